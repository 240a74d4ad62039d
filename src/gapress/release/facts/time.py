"""A time of day: ``{time: "09:30"}``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from gapress.release.facts.base import FactModel
from gapress.release.fields import TimeOfDay

if TYPE_CHECKING:
    from gapress.release.facts.base import Formats


class TimeFact(FactModel):
    """A time of day in the newsroom's time zone."""

    called = "time"

    time: TimeOfDay = Field(description="09:30")

    def shown(self, formats: Formats, decimals: int | None = None) -> str:
        del decimals
        return formats.clock(self.time)

    def written(self) -> str:
        return f"{{time: {self.time:%H:%M}}}"
