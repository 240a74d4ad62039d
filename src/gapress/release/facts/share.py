"""One fact's share in another: ``{share_of: women, in: participants}``."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import Field
from pydantic_core import PydanticCustomError

from gapress.release.facts.base import ComputedFact, FactModel
from gapress.release.facts.operands import figure_of, rounded, same_measure
from gapress.release.facts.percentage import PercentageFact
from gapress.release.fields import Decimals, Key

if TYPE_CHECKING:
    from collections.abc import Mapping


class ShareFact(ComputedFact):
    """Which percentage of a figure another one is, computed exactly and rounded once."""

    called = "share"

    share_of: Key = Field(description="The name of the fact with the part")
    whole: Key = Field(alias="in", description="The name of the fact with the whole")
    decimals: Decimals = Field(1, description="Rounded to so many, halves away from zero")

    @property
    def operands(self) -> Mapping[str, str]:
        return {"share_of": self.share_of, "in": self.whole}

    def computed(self, values: Mapping[str, FactModel]) -> FactModel:
        same_measure(values, self.operands)
        part, whole = figure_of(values["share_of"]), figure_of(values["in"])
        if whole == 0:
            message = "has no percentage: {name} is zero; delete it, or correct {name}"
            raise PydanticCustomError("gapress", message, {"name": self.whole})
        value = rounded(part / whole * 100, self.decimals)
        how = f"share of {{{self.share_of}}} in {{{self.whole}}}"
        given = {"percentage": value, "decimals": Decimal(self.decimals)}
        return PercentageFact.model_validate(given).made(how)

    def written(self) -> str:
        return f"{{share_of: {self.share_of}, in: {self.whole}}}"
