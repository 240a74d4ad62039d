"""What a fact is: a typed value of a release, formatted by the locale of each language."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Protocol, TypeAlias

from pydantic import Field, PrivateAttr
from pydantic_core import PydanticCustomError

from gapress.release.base import Model
from gapress.release.fields import Decimals

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from decimal import Decimal

DateStyle: TypeAlias = Literal["full", "long", "medium", "short"]
Sign: TypeAlias = Literal["auto", "always", "never"]
UnitStyle: TypeAlias = Literal["long", "short"]
Scale: TypeAlias = Literal["thousand", "million", "billion", "trillion"]
POWERS: dict[Scale, int] = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
"""The powers of ten that a scale stands for."""

OwnDecimals: TypeAlias = Annotated[
    Decimals | None, Field(description="Exactly so many decimal places: 4.00")
]
OwnSign: TypeAlias = Annotated[
    Sign, Field(description="always: +3.2, -3.2, 0; never: 3.2 for both; auto: only the minus")
]
OwnScale: TypeAlias = Annotated[
    Scale | None,
    Field(description="The word for its magnitude: million gives 1,850 million, not 1.85 billion"),
]


@dataclass(frozen=True)
class Amount:
    """A figure, and how it is to be written.

    Attributes:
        value: The number.
        kind: What it counts.
        unit: The ISO 4217 code of a currency, or CLDR's name of a unit.
        decimals: Its decimal places; without them, as many as it needs.
        style: ``compact`` is "1.5 million", ``compact-short`` "1.5M".
        sign: Which signs are shown.
        named: How the currency or the unit is named; for a currency, it may differ by language.
        power: The power of ten whose word a compact figure has; without it, the one that fits.
    """

    value: Decimal
    kind: Literal["number", "percentage", "money", "quantity"] = "number"
    unit: str = ""
    decimals: int | None = None
    style: str = "decimal"
    sign: Sign = "auto"
    named: str | Mapping[str, str] = "symbol"
    power: int = 0

    @property
    def is_compact(self) -> bool:
        """Whether it is written with a word or a letter for thousands, millions and so on."""
        return self.style.startswith("compact")


class Formats(Protocol):
    """How one language writes values (CLDR); ``localization.facts`` has them."""

    def date(self, text: str, style: DateStyle) -> str:
        """Return an ISO 8601 date of any precision: a day, a month or a year."""

    def dates(self, first: str, last: str, style: DateStyle, *, words: bool) -> str:
        """Return a span of dates of one precision, with a dash or with a word."""

    def clock(self, time: dt.time) -> str:
        """Return a time of day."""

    def clocks(self, first: dt.time, last: dt.time, *, words: bool) -> str:
        """Return a span of times of day."""

    def instant(self, instant: dt.datetime, style: DateStyle, *, zones: bool) -> str:
        """Return an instant in the newsroom's time zone, and in its further ones if asked."""

    def ordinal(self, value: Decimal) -> str:
        """Return an ordinal: 93rd, 93e."""

    def amount(self, amount: Amount) -> str:
        """Return a number, a percentage, an amount of money or a quantity."""

    def amounts(self, first: Amount, last: Amount, *, words: bool) -> str:
        """Return a range of figures of one kind."""

    def duration(self, parts: Mapping[str, Decimal], style: UnitStyle) -> str:
        """Return a duration, by the units that it has."""

    def blank(self, text: str) -> str:
        """Return the mark, in a draft, of what is still to be filled."""


class FactModel(Model):
    """Base of every fact.

    Attributes:
        called: A name that its placeholder may have, where messages show how to write one.
        is_figure: Whether it is a plain figure: one that others may be computed from.
    """

    called: ClassVar[str]
    is_figure: ClassVar[bool] = False

    _how: str = PrivateAttr("")

    @abstractmethod
    def shown(self, formats: Formats, decimals: int | None = None) -> str:
        """Return it as text of a language.

        Args:
            formats: How the language writes values.
            decimals: How many decimal places a figure has; without it, as many as it needs.
        """

    @abstractmethod
    def written(self) -> str:
        """Return it as a release's file has it: ``{money: 1500, currency: MAD}``."""

    @property
    def plural_rule(self) -> Literal["", "cardinal", "ordinal"]:
        """By which of CLDR's plural rules words beside it agree with it (UTS #35 part 3)."""
        return ""

    @property
    def figure(self) -> Decimal | None:
        """Its number, by which words beside it agree with it; none where it has none."""
        return None

    @property
    def measure(self) -> str | None:
        """What its number counts: figures of one measure can be added up; none for any other."""
        return None

    def precision(self) -> int | None:
        """Return the decimal places that a figure has as it is written; none for any other fact."""
        return None

    def amount(self, decimals: int | None = None) -> Amount | None:
        """Return its figure and how it is to be written; none where it has no figure.

        Args:
            decimals: How many decimal places it has, whatever it says of itself.
        """
        del decimals
        return None

    @property
    def how(self) -> str:
        """How it was computed, with the names of facts in braces; empty for a plain one."""
        return self._how

    def made(self, how: str) -> FactModel:
        """Return this fact, which remembers how it was computed."""
        self._how = how
        return self


class ComputedFact(FactModel):
    """Base of facts that follow from others, which they name; what they come to is shown."""

    @property
    @abstractmethod
    def operands(self) -> Mapping[str, str]:
        """The names of the facts that it is computed from, by its keys."""

    @abstractmethod
    def computed(self, values: Mapping[str, FactModel]) -> FactModel:
        """Return the plain fact that it comes to.

        Args:
            values: The facts that it names, by its keys.

        Raises:
            PydanticCustomError: It can't be computed from these.
        """

    def shown(self, formats: Formats, decimals: int | None = None) -> str:
        """Raise an error: ``release.computed`` has put in its place what it comes to.

        Raises:
            TypeError: Always.
        """
        del formats, decimals
        raise TypeError(f"{self.written()} is shown as what it comes to")


def places(figure: Decimal) -> int:
    """Return the decimal places of a number as it is written."""
    return max(0, -int(figure.as_tuple().exponent))


def check_decimals(figure: Decimal, decimals: int | None, style: str = "") -> None:
    """Refuse a figure with more decimal places than it is to be shown with; compact ones round.

    Args:
        figure: The figure.
        decimals: Its decimal places, if the file says.
        style: How it is written.

    Raises:
        PydanticCustomError: It has more.
    """
    if decimals is None or style.startswith("compact"):
        return
    if places(figure.normalize()) > decimals:
        message = "has more decimal places than its decimals; round it, or write more decimals"
        raise PydanticCustomError("gapress", message)


def scaled_style(style: str, scale: Scale | None) -> str:
    """Return how a figure is written: one with a scale is compact whether or not it says so."""
    return "compact" if scale and style == "decimal" else style


def scaled_places(figure: Decimal, scale: Scale) -> int:
    """Return the decimal places of a figure as so many thousands or millions."""
    return places(figure.scaleb(-POWERS[scale]).normalize())
