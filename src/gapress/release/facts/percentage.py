"""A percentage: ``{percentage: 12.5}``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gapress.release.facts.base import FactModel, places
from gapress.release.fields import Number

if TYPE_CHECKING:
    from decimal import Decimal

    from gapress.release.facts.base import Formats


class PercentageFact(FactModel):
    """A percentage: 12.5 means 12.5 %."""

    called = "share"
    is_figure = True

    percentage: Number

    def shown(self, formats: Formats, decimals: int | None = None) -> str:
        return formats.percentage(self.percentage, decimals)

    def written(self) -> str:
        return f"{{percentage: {self.percentage}}}"

    @property
    def plural_rule(self) -> Literal["cardinal"]:
        return "cardinal"

    @property
    def figure(self) -> Decimal:
        return self.percentage

    def precision(self) -> int:
        return places(self.percentage)
