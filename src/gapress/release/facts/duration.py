"""A duration: ``{duration: "1:30"}``, ``{duration: {days: 3, hours: 2}}``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from gapress.release.data import suggestion
from gapress.release.facts.base import FactModel, UnitStyle

if TYPE_CHECKING:
    from gapress.release.facts.base import Formats

UNITS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")


def _parts(value: Any) -> dict[str, Decimal]:
    how = 'write hours:minutes like "1:30", in quotes, or units like {days: 3, hours: 2}'
    if isinstance(value, str) and (found := re.fullmatch(r"(\d{1,4}):([0-5]\d)", value)):
        value = {"hours": Decimal(found[1]), "minutes": Decimal(found[2])}
    if not isinstance(value, dict):
        raise PydanticCustomError("gapress", "is not a duration; {how}", {"how": how})
    for unit, count in value.items():
        if unit not in UNITS:
            context = {"unit": str(unit), "hint": suggestion(str(unit), UNITS)}
            raise PydanticCustomError("gapress", "has no {unit}; {hint}", context)
        if not isinstance(count, Decimal) or count != int(count) or not 0 <= count < 10**6:
            message = "has {unit} that are not a whole number; write digits only, like {unit}: 3"
            raise PydanticCustomError("gapress", message, {"unit": str(unit)})
    found_parts = {unit: Decimal(int(value[unit])) for unit in UNITS if value.get(unit)}
    if not found_parts:
        raise PydanticCustomError("gapress", "is of no length; {how}", {"how": how})
    return found_parts


Parts: TypeAlias = Annotated[
    dict[str, Decimal],
    BeforeValidator(_parts),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{1,4}:[0-5]\d$"},
                {
                    "type": "object",
                    "additionalProperties": False,
                    "properties": {unit: {"type": "integer", "minimum": 0} for unit in UNITS},
                },
            ]
        }
    ),
]


class DurationFact(FactModel):
    """A duration, in the units that it is written with."""

    called = "length"

    duration: Parts = Field(description='"1:30" (hours:minutes), or {days: 3, hours: 2}')
    style: UnitStyle = Field("long", description="long: 3 hours; short: 3 hr")

    def shown(self, formats: Formats, decimals: int | None = None) -> str:
        del decimals
        return formats.duration(self.duration, self.style)

    def written(self) -> str:
        parts = ", ".join(f"{unit}: {count}" for unit, count in self.duration.items())
        return f"{{duration: {{{parts}}}}}"
