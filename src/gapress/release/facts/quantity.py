"""A quantity in a unit: ``{quantity: 12, unit: kilometer}``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from gapress.release.data import suggestion
from gapress.release.facts.base import (
    POWERS,
    Amount,
    FactModel,
    OwnDecimals,
    OwnScale,
    OwnSign,
    UnitStyle,
    check_decimals,
    places,
    scaled_places,
    scaled_style,
)
from gapress.release.fields import Number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from gapress.release.facts.base import Formats

OWN_UNITS = {"basis-point": "bps", "percentage-point": "pp"}
"""Units that CLDR has no names for, or not those of the press, and their short English names."""


def _unit(value: object) -> object:
    if not isinstance(value, str) or value in units():
        return value
    spelt = value.casefold().replace(" ", "-").replace("metre", "meter").replace("litre", "liter")
    named = next((unit for unit in units() if {value, spelt} & _names(unit)), "")
    hint = f"did you mean {named}?" if named else suggestion(spelt, units())
    if hint.startswith("known are"):
        hint = "write one of CLDR's, such as kilometer, square-meter, celsius or kilowatt-hour"
    raise PydanticCustomError(
        "gapress", "is {unit}, which is not a unit; {hint}", {"unit": value, "hint": hint}
    )


@cache
def units() -> Mapping[str, str]:
    """Return units by their names, those of CLDR with their category: ``length-meter``."""
    from babel import Locale

    known = {str(full).partition("-")[2]: full for full in Locale("en")._data["unit_patterns"]}
    return {**known, **{unit: unit for unit in OWN_UNITS}}


def _names(unit: str) -> set[str]:
    """Return what a unit is called in English, in the plural and in short."""
    from babel import Locale
    from babel.units import get_unit_name

    names = (get_unit_name(units()[unit], length, Locale("en")) for length in ("long", "short"))
    if unit in OWN_UNITS:
        return {f"{unit}s", OWN_UNITS[unit]}
    return {f"{unit}s", *(name for name in names if name)}


Unit: TypeAlias = Annotated[
    str,
    StringConstraints(pattern="^[a-z]"),
    BeforeValidator(_unit),
    Field(
        description="CLDR's name of a unit, such as kilometer, hectare, celsius, megawatt; "
        "or basis-point, percentage-point"
    ),
]


class QuantityFact(FactModel):
    """A quantity, with the name of its unit in each language."""

    called = "quantity"
    is_figure = True

    quantity: Number
    unit: Unit
    style: UnitStyle = Field("long", description="long: 12 kilometres; short: 12 km")
    scale: OwnScale = None
    decimals: OwnDecimals = None
    sign: OwnSign = "auto"

    @model_validator(mode="after")
    def _fits_its_decimals(self) -> QuantityFact:
        check_decimals(self.quantity, self.decimals, scaled_style("decimal", self.scale))
        return self

    def shown(self, formats: Formats, decimals: int | None = None) -> str:
        return formats.amount(self.amount(decimals))

    def amount(self, decimals: int | None = None) -> Amount:
        shown = self.decimals if decimals is None else decimals
        style, power = "decimal", 0
        if self.scale:
            style, power = scaled_style(style, self.scale), POWERS[self.scale]
        return Amount(
            self.quantity, "quantity", self.unit, shown, style, self.sign, self.style, power
        )

    def written(self) -> str:
        return f"{{quantity: {self.quantity}, unit: {self.unit}}}"

    @property
    def plural_rule(self) -> Literal["cardinal"]:
        return "cardinal"

    @property
    def figure(self) -> Decimal:
        return self.quantity

    @property
    def measure(self) -> str:
        return self.unit

    def precision(self) -> int:
        if self.decimals is not None:
            return self.decimals
        return scaled_places(self.quantity, self.scale) if self.scale else places(self.quantity)
