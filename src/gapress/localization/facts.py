"""Formats typed facts, dates and instants for a locale, with CLDR's data through Babel."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from babel import Locale, dates
from babel.core import get_global

from gapress.localization.numbers import (
    format_money,
    format_number,
    format_percentage,
    native_digits,
)
from gapress.release.facts import BlankFact
from gapress.release.zones import is_utc

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from gapress.release.facts import Fact
    from gapress.release.facts.base import DateStyle

# CLDR's ordinal categories and the labels that spell them (UTS #35, Language Plural Rules).
ORDINALS = {"one": "{number}st", "two": "{number}nd", "few": "{number}rd"}
OTHER_ORDINAL = "{number}th"
FIRST_DAY = "1|first day of a month"


class Formats:
    """How a locale writes values; what facts ask for (:class:`gapress.release.facts.Formats`).

    Attributes:
        locale: The locale.
        label: Gives the translation of a label; ordinals are spelt by labels.
        words: Gives the translation of what is still to be filled.
    """

    def __init__(
        self,
        locale: Locale,
        label: Callable[[str], str],
        words: Callable[[str], str] = str,
    ) -> None:
        self.locale, self.label, self.words = locale, label, words

    def date(self, text: str, style: DateStyle) -> str:
        """Return an ISO 8601 date of any precision, in a CLDR style."""
        return format_partial_date(text, style, self.locale, self.label)

    def clock(self, time: dt.time) -> str:
        """Return a time of day."""
        return native_digits(dates.format_time(time, "short", locale=self.locale), self.locale)

    def number(self, value: Decimal, decimals: int | None = None) -> str:
        """Return a number; without decimal places, with those that it needs."""
        return format_number(value, self.locale, decimals)

    def ordinal(self, value: Decimal) -> str:
        """Return an ordinal, as a label spells it."""
        pattern = ORDINALS.get(self.locale.ordinal_form(value), OTHER_ORDINAL)
        return self.label(pattern).replace("{number}", format_number(value, self.locale))

    def percentage(self, value: Decimal, decimals: int | None = None) -> str:
        """Return a percentage."""
        return format_percentage(value, self.locale, decimals)

    def money(self, value: Decimal, currency: str, decimals: int | None = None) -> str:
        """Return an amount of money."""
        return format_money(value, currency, self.locale, decimals)

    def blank(self, text: str) -> str:
        """Return the mark of what is still to be filled: its words in brackets."""
        return f"[{self.words(text)}]"


def format_fact(
    fact: Fact,
    locale: Locale,
    label: Callable[[str], str],
    decimals: int | None = None,
    words: Callable[[str], str] = str,
) -> str:
    """Return a fact as text of a locale.

    Args:
        fact: The typed value.
        locale: The locale that formats it.
        label: Gives the translation of a label; ordinals are spelt by labels.
        decimals: How many decimal places a number, a percentage or an amount has; without it,
            as many as it needs.
        words: Gives the translation of what is still to be filled.
    """
    return fact.shown(Formats(locale, label, words), decimals)


def plural_category(fact: Fact, locale: Locale) -> str:
    """Return the CLDR plural category of a number in a locale; empty for a date or a time.

    Words beside the number may depend on it (UTS #35, Language Plural Rules). Of a number that is
    still to come, it is that of the one before it, or of most numbers.
    """
    if isinstance(fact, BlankFact):
        if former := fact.former:
            return plural_category(former, locale)
        return "other" if fact.is_of_figure else ""
    if fact.figure is None or not fact.plural_rule:
        return ""
    form = locale.ordinal_form if fact.plural_rule == "ordinal" else locale.plural_form
    return str(form(fact.figure))


def format_partial_date(
    text: str, style: DateStyle, locale: Locale, label: Callable[[str], str]
) -> str:
    """Return an ISO 8601 date of any precision (day, month, year) as text of a locale."""
    match len(text):
        case 4:
            year = dates.format_skeleton("y", dt.date(int(text), 1, 1), locale=locale)
            return native_digits(year, locale)
        case 7:
            first = dt.date.fromisoformat(f"{text}-01")
            return native_digits(dates.format_skeleton("yMMMM", first, locale=locale), locale)
        case _:
            return format_date(dt.date.fromisoformat(text), locale, label, style)


def format_date(
    date: dt.date, locale: Locale, label: Callable[[str], str], style: DateStyle = "long"
) -> str:
    """Return a date as text of a locale, in a CLDR style; the first of a month as its label has it.

    CLDR has no word for the first day, which French writes as an ordinal.
    """
    pattern = str(dates.get_date_format(style, locale).pattern)
    if date.day == 1 and "MMM" in pattern:
        first = label(FIRST_DAY).partition("|")[0]
        pattern = re.sub("(?<![A-Za-z'])d(?![A-Za-z'])", f"'{first}'", pattern)
    return native_digits(dates.format_date(date, pattern, locale=locale), locale)


def format_clock(instant: dt.datetime, locale: Locale) -> str:
    """Return the time of day of an instant in its own zone, as text of a locale."""
    clock = instant.timetz().replace(tzinfo=None)
    return native_digits(dates.format_time(clock, "short", locale=locale), locale)


def format_offset(instant: dt.datetime) -> str:
    """Return the UTC offset of an instant: ``UTC``, ``UTC+01:00`` (ISO 8601 section 4.3.13)."""
    offset = instant.utcoffset() or dt.timedelta()
    if not offset:
        return "UTC"
    sign = "-" if offset < dt.timedelta() else "+"
    minutes = abs(offset) // dt.timedelta(minutes=1)
    return f"UTC{sign}{minutes // 60:02}:{minutes % 60:02}"


def zone_city(zone: str, locale: Locale) -> str:
    """Return CLDR's city of a time zone in a locale; empty for UTC, which has none.

    CLDR files a zone under the first name that it ever had (``Europe/Kiev``), Babel under all but
    some (UTS #35 part 4, Time Zone Identifiers).
    """
    if is_utc(zone):
        return ""
    known = get_global("zone_aliases")
    canonical = known.get(zone, zone)
    names = (zone, canonical, *(old for old, new in known.items() if new == canonical))
    cities = (locale.time_zones.get(name, {}).get("city") for name in names)
    return str(next(filter(None, cities), canonical.rpartition("/")[2].replace("_", " ")))
