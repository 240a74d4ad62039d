"""An instant: ``{datetime: 2025-11-24T10:00:00+01:00, zones: true}``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from gapress.release.facts.base import DateStyle, FactModel
from gapress.release.fields import Instant

if TYPE_CHECKING:
    from gapress.release.facts.base import Formats


class DateTimeFact(FactModel):
    """Date and time in the newsroom's time zone, which is named."""

    called = "start"

    datetime: Instant = Field(description="With its UTC offset: 2025-11-24T10:00:00+01:00")
    style: DateStyle = Field("long", description="CLDR date style; full has the weekday")
    zones: bool = Field(
        default=False, description="Whether the newsroom's further time zones follow in brackets"
    )

    def shown(self, formats: Formats, decimals: int | None = None) -> str:
        del decimals
        return formats.instant(self.datetime, self.style, zones=self.zones)

    def written(self) -> str:
        return f"{{datetime: {self.datetime.isoformat()}}}"
