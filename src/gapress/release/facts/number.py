"""A number: ``{number: 196}``, ``{number: 93, style: ordinal}``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from gapress.release.facts.base import (
    POWERS,
    Amount,
    FactModel,
    OwnDecimals,
    OwnScale,
    OwnSign,
    check_decimals,
    places,
    scaled_places,
    scaled_style,
)
from gapress.release.fields import Number

if TYPE_CHECKING:
    from decimal import Decimal

    from gapress.release.facts.base import Formats


class NumberFact(FactModel):
    """A number; ``ordinal`` gives 93rd, 93e, and ``compact`` 1.5 million."""

    called = "count"
    is_figure = True

    number: Number = Field(description="Digits only, with a point before decimals")
    style: Literal["decimal", "ordinal", "compact", "compact-short"] = Field(
        "decimal", description="ordinal: 93rd; compact: 1.5 million; compact-short: 1.5M"
    )
    scale: OwnScale = None
    decimals: OwnDecimals = None
    sign: OwnSign = "auto"

    @model_validator(mode="after")
    def _fits_its_style(self) -> NumberFact:
        if self.style != "ordinal":
            style = scaled_style(self.style, self.scale)
            check_decimals(self.number, self.decimals, style)
            return self
        if not (self.number >= 1 and self.number == int(self.number)):
            message = "can't be an ordinal; write a whole number from 1"
            raise PydanticCustomError("gapress", message)
        if self.decimals is not None or self.sign != "auto" or self.scale:
            message = "is an ordinal, which has no decimals, sign or scale; delete them"
            raise PydanticCustomError("gapress", message)
        return self

    def shown(self, formats: Formats, decimals: int | None = None) -> str:
        if self.style == "ordinal":
            return formats.ordinal(self.number)
        return formats.amount(self.amount(decimals))

    def amount(self, decimals: int | None = None) -> Amount:
        shown = self.decimals if decimals is None else decimals
        style, power = scaled_style(self.style, self.scale), POWERS[self.scale] if self.scale else 0
        return Amount(self.number, decimals=shown, style=style, sign=self.sign, power=power)

    def written(self) -> str:
        return f"{{number: {self.number}}}"

    @property
    def plural_rule(self) -> Literal["cardinal", "ordinal"]:
        return "ordinal" if self.style == "ordinal" else "cardinal"

    @property
    def figure(self) -> Decimal:
        return self.number

    @property
    def measure(self) -> str | None:
        return None if self.style == "ordinal" else ""

    def precision(self) -> int | None:
        if self.scale and self.decimals is None:
            return scaled_places(self.number, self.scale)
        if self.style != "decimal" or self.decimals is not None:
            return self.decimals
        return places(self.number)
