"""What a fact is: a typed value of a release, formatted by the locale of each language."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, ClassVar, Literal, Protocol, TypeAlias

from gapress.release.base import Model

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

DateStyle: TypeAlias = Literal["full", "long", "medium", "short"]


class Formats(Protocol):
    """How one language writes values (CLDR); ``localization.facts`` has them."""

    def date(self, text: str, style: DateStyle) -> str:
        """Return an ISO 8601 date of any precision: a day, a month or a year."""

    def clock(self, time: dt.time) -> str:
        """Return a time of day."""

    def number(self, value: Decimal, decimals: int | None = None) -> str:
        """Return a number; without decimal places, with those that it needs."""

    def ordinal(self, value: Decimal) -> str:
        """Return an ordinal: 93rd, 93e."""

    def percentage(self, value: Decimal, decimals: int | None = None) -> str:
        """Return a percentage: 12.5 as ``12.5%``, ``12,5 %``."""

    def money(self, value: Decimal, currency: str, decimals: int | None = None) -> str:
        """Return an amount of money in a currency, by its ISO 4217 code."""

    def blank(self, text: str) -> str:
        """Return the mark, in a draft, of what is still to be filled."""


class FactModel(Model):
    """Base of every fact.

    Attributes:
        called: A name that its placeholder may have, where messages show how to write one.
        is_figure: Whether a column of a table may be of this kind with decimal places set for all.
    """

    called: ClassVar[str]
    is_figure: ClassVar[bool] = False

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


def places(figure: Decimal) -> int:
    """Return the decimal places of a number as it is written."""
    return max(0, -int(figure.as_tuple().exponent))
