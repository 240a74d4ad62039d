"""A date: ``{date: 2025-11-24}``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from gapress.release.facts.base import DateStyle, FactModel
from gapress.release.fields import PartialDate

if TYPE_CHECKING:
    from gapress.release.facts.base import Formats


class DateFact(FactModel):
    """A date, formatted for each language."""

    called = "day"

    date: PartialDate = Field(description="2025-11-24, 2025-11 or 2025")
    style: DateStyle = Field("long", description="CLDR date style; full has the weekday")

    def shown(self, formats: Formats, decimals: int | None = None) -> str:
        del decimals
        return formats.date(self.date, self.style)

    def written(self) -> str:
        return f"{{date: {self.date}}}"
