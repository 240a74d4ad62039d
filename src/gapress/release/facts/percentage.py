"""A percentage: ``{percentage: 12.5}``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import model_validator

from gapress.release.facts.base import (
    Amount,
    FactModel,
    OwnDecimals,
    OwnSign,
    check_decimals,
    places,
)
from gapress.release.fields import Number

if TYPE_CHECKING:
    from decimal import Decimal

    from gapress.release.facts.base import Formats


class PercentageFact(FactModel):
    """A percentage: 12.5 means 12.5 %."""

    called = "share"
    is_figure = True

    percentage: Number
    decimals: OwnDecimals = None
    sign: OwnSign = "auto"

    @model_validator(mode="after")
    def _fits_its_decimals(self) -> PercentageFact:
        check_decimals(self.percentage, self.decimals)
        return self

    def shown(self, formats: Formats, decimals: int | None = None) -> str:
        return formats.amount(self.amount(decimals))

    def amount(self, decimals: int | None = None) -> Amount:
        shown = self.decimals if decimals is None else decimals
        return Amount(self.percentage, "percentage", decimals=shown, sign=self.sign)

    def written(self) -> str:
        return f"{{percentage: {self.percentage}}}"

    @property
    def plural_rule(self) -> Literal["cardinal"]:
        return "cardinal"

    @property
    def figure(self) -> Decimal:
        return self.percentage

    def precision(self) -> int:
        return places(self.percentage) if self.decimals is None else self.decimals
