"""A change from one fact to another: ``{change_of: revenue, from: revenue_before}``."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from pydantic import Field
from pydantic_core import PydanticCustomError

from gapress.release.facts.base import ComputedFact, FactModel, Sign
from gapress.release.facts.number import NumberFact
from gapress.release.facts.operands import (
    MOST_DECIMALS,
    figure_of,
    plain,
    rounded,
    same_measure,
)
from gapress.release.facts.percentage import PercentageFact
from gapress.release.facts.quantity import QuantityFact
from gapress.release.fields import Decimals, Key

if TYPE_CHECKING:
    from collections.abc import Mapping
    from fractions import Fraction


class ChangeFact(ComputedFact):
    """How much a figure has changed, computed exactly and rounded once."""

    called = "growth"

    change_of: Key = Field(description="The name of the fact with the later figure")
    before: Key = Field(alias="from", description="The name of the fact with the earlier figure")
    result: Literal["percentage", "points", "percentage-points", "basis-points", "difference"] = (
        Field(
            "percentage",
            alias="as",
            description="percentage: of the earlier figure; difference: in their unit; of two "
            "percentages, points: as a number, percentage-points or basis-points: in these",
        )
    )
    decimals: Decimals | None = Field(
        None, description="Rounded to so many, halves away from zero; 1 for a percentage if not set"
    )
    sign: Sign = Field("auto", description="always: +3.2, -3.2, 0; never: 3.2 for both")

    @property
    def operands(self) -> Mapping[str, str]:
        return {"change_of": self.change_of, "from": self.before}

    def computed(self, values: Mapping[str, FactModel]) -> FactModel:
        later, earlier = values["change_of"], values["from"]
        same_measure(values, self.operands)
        new, old = figure_of(later), figure_of(earlier)
        how = f"change of {{{self.change_of}}} from {{{self.before}}}"
        if self.result == "percentage":
            if old <= 0:
                what = "is zero" if old == 0 else "is below zero"
                message = "has no percentage: {name} {what}; write as: difference"
                context = {"name": self.before, "what": what}
                raise PydanticCustomError("gapress", message, context)
            decimals = 1 if self.decimals is None else self.decimals
            value = rounded((new - old) / old * 100, decimals)
            given = {"percentage": value, "decimals": Decimal(decimals), "sign": self.sign}
            return PercentageFact.model_validate(given).made(how)
        is_of_percentages = isinstance(later, PercentageFact)
        if is_of_percentages != self.result.endswith("points"):
            message = "is of percentages; write as: points, percentage-points or basis-points"
            if not is_of_percentages:
                message = "is not of percentages; write as: percentage, or as: difference"
            raise PydanticCustomError("gapress", message)
        difference = (new - old) * (100 if self.result == "basis-points" else 1)
        return self._difference(later, difference).made(how)

    def _difference(self, later: FactModel, difference: Fraction) -> FactModel:
        value = rounded(difference, MOST_DECIMALS if self.decimals is None else self.decimals)
        if self.decimals is None:
            value = plain(value)
        decimals = None if self.decimals is None else Decimal(self.decimals)
        given = {"decimals": decimals, "sign": self.sign}
        if isinstance(later, PercentageFact):
            if self.result == "points":
                return NumberFact.model_validate({"number": value, **given})
            unit = self.result.removesuffix("s")
            return QuantityFact.model_validate({"quantity": value, "unit": unit, **given})
        fields = type(later).model_fields.items()
        same = {field.alias or name: getattr(later, name) for name, field in fields}
        return type(later).model_validate({**same, later.key(): value, **given})

    def written(self) -> str:
        return f"{{change_of: {self.change_of}, from: {self.before}}}"
