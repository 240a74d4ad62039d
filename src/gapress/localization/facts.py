"""Formats typed facts, dates and instants for a locale, with CLDR's data through Babel."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from babel import Locale, dates
from babel.core import get_global

from gapress.localization.amounts import (
    agreeing_number,
    format_amount,
    format_amounts,
)
from gapress.localization.durations import format_duration
from gapress.localization.intervals import format_clocks, format_dates, with_first_day
from gapress.localization.numbers import format_number, native_digits
from gapress.localization.press_style import CLDR
from gapress.release.facts import BlankFact
from gapress.release.zones import is_utc

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from gapress.localization.press_style import PressStyle
    from gapress.release.facts import Fact
    from gapress.release.facts.base import Amount, DateStyle, UnitStyle

# CLDR's ordinal categories and the labels that spell them (UTS #35, Language Plural Rules).
ORDINALS = {"one": "{number}st", "two": "{number}nd", "few": "{number}rd"}
OTHER_ORDINAL = "{number}th"

# An instant in a text, and the same one elsewhere: on the same day, on another.
INSTANT = "{date}, {time} ({zone})"
INSTANT_WITH_OTHERS = "{date}, {time} ({zone}; {others})"
CITY_TIME = "{city} time"
UTC = "UTC"
ELSEWHERE = "{city}: {time}"
ELSEWHERE_ANOTHER_DAY = "{city}: {date}, {time}"
NEXT_ZONE = "{first}; {next}"


class Formats:
    """How a locale writes values; what facts ask for (:class:`gapress.release.facts.Formats`).

    Attributes:
        locale: The locale.
        label: Gives the translation of a label; ordinals are spelt by labels.
        zones: The newsroom's time zones, its own first.
        words: Gives the translation of what is still to be filled.
        contracted: Joins a label and a name (:meth:`Typography.contracted`).
        press: The locale's press style.
        form: The gender of what an ordinal stands beside; empty where nothing is said of it.
    """

    def __init__(
        self,
        locale: Locale,
        label: Callable[[str], str],
        zones: Sequence[str] = ("UTC",),
        words: Callable[[str], str] = str,
        contracted: Callable[[str, str, str], tuple[str, str]] | None = None,
        press: PressStyle = CLDR,
        form: str = "",
    ) -> None:
        self.locale, self.label, self.zones, self.words = locale, label, zones, words
        self.contracted, self.press, self.form = contracted, press, form

    def date(self, text: str, style: DateStyle) -> str:
        """Return an ISO 8601 date of any precision, in a CLDR style."""
        return format_partial_date(text, style, self.locale, self.label, self.press)

    def dates(self, first: str, last: str, style: DateStyle, *, words: bool) -> str:
        """Return a span of dates of one precision, with a dash or with a word."""
        locale, label = self.locale, self.label

        def whole(text: str) -> str:
            return self.date(text, style)

        return format_dates(first, last, style, locale, label, whole, words=words, press=self.press)

    def clock(self, time: dt.time) -> str:
        """Return a time of day."""
        return format_time(time, self.locale, self.press)

    def clocks(self, first: dt.time, last: dt.time, *, words: bool) -> str:
        """Return a span of times of day."""
        return format_clocks(first, last, self.locale, self.label, words=words, press=self.press)

    def instant(self, instant: dt.datetime, style: DateStyle, *, zones: bool) -> str:
        """Return an instant in the newsroom's time zone, and in its further ones if asked."""
        own, *further = (instant.astimezone(ZoneInfo(zone)) for zone in self.zones)
        city = zone_city(self.zones[0], self.locale)
        slots = {
            "date": format_date(own.date(), self.locale, self.label, style, self.press),
            "time": format_clock(own, self.locale, self.press),
            "zone": self._said(CITY_TIME, city=city) if city else self._offset(own),
        }
        others = [
            self._elsewhere(zone, local, own.date(), style)
            for zone, local in zip(self.zones[1:], further, strict=True)
        ]
        if not (zones and others):
            return self._said(INSTANT, **slots)
        slots["others"] = others[0]
        for other in others[1:]:
            slots["others"] = _filled(self.label(NEXT_ZONE), first=slots["others"], next=other)
        return self._said(INSTANT_WITH_OTHERS, **slots)

    def _elsewhere(self, zone: str, local: dt.datetime, day: dt.date, style: DateStyle) -> str:
        label = ELSEWHERE if local.date() == day else ELSEWHERE_ANOTHER_DAY
        return self._said(
            label,
            city=zone_city(zone, self.locale) or self._offset(local),
            date=format_date(local.date(), self.locale, self.label, style, self.press),
            time=format_clock(local, self.locale, self.press),
        )

    def _said(self, label: str, **slots: str) -> str:
        """Return a label with its slots filled, as it and they stand together."""
        text = self.label(label)
        if self.contracted:
            for name, value in slots.items():
                text, slots[name] = self.contracted(text, name, value)
        return _filled(text, **slots)

    def _offset(self, instant: dt.datetime) -> str:
        shown = format_offset(instant)
        return self.label(UTC) if shown == UTC else shown

    def ordinal(self, value: Decimal) -> str:
        """Return an ordinal, as the press style or else a label spells it."""
        category = str(self.locale.ordinal_form(value))
        pattern = self.press.ordinal(category, self.form)
        if not pattern:
            pattern = self.label(ORDINALS.get(category, OTHER_ORDINAL))
        return pattern.replace("{number}", format_number(value, self.locale))

    def amount(self, amount: Amount) -> str:
        """Return a number, a percentage, an amount of money or a quantity."""
        return self.press.signed(format_amount(amount, self.locale, self.label))

    def amounts(self, first: Amount, last: Amount, *, words: bool) -> str:
        """Return a range of figures of one kind."""
        shown = format_amounts(first, last, self.locale, self.label, words=words)
        return self.press.signed(shown)

    def duration(self, parts: Mapping[str, Decimal], style: UnitStyle) -> str:
        """Return a duration, by the units that it has."""
        return format_duration(parts, style, self.locale, self.label)

    def blank(self, text: str) -> str:
        """Return the mark of what is still to be filled: its words in brackets."""
        return f"[{self.words(text)}]"


def _filled(label: str, **slots: str) -> str:
    """Return a label with its placeholders filled, in one go: a value may look like one."""
    return re.sub(r"\{(\w+)\}", lambda match: slots[match[1]], label)


def format_fact(
    fact: Fact,
    locale: Locale,
    label: Callable[[str], str],
    decimals: int | None = None,
    zones: Sequence[str] = ("UTC",),
    words: Callable[[str], str] = str,
    contracted: Callable[[str, str, str], tuple[str, str]] | None = None,
    press: PressStyle = CLDR,
    form: str = "",
) -> str:
    """Return a fact as text of a locale.

    Args:
        fact: The typed value.
        locale: The locale that formats it.
        label: Gives the translation of a label; ordinals are spelt by labels.
        decimals: How many decimal places a number, a percentage or an amount has; without it,
            as many as it needs.
        zones: The newsroom's time zones, its own first.
        words: Gives the translation of what is still to be filled.
        contracted: Joins a label and a name (:meth:`Typography.contracted`).
        press: The locale's press style.
        form: The gender of what an ordinal stands beside.
    """
    formats = Formats(locale, label, zones, words, contracted, press, form)
    return fact.shown(formats, decimals)


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
    if fact.plural_rule == "ordinal":
        return str(locale.ordinal_form(fact.figure))
    amount = fact.amount()
    return str(locale.plural_form(agreeing_number(amount, locale) if amount else fact.figure))


def format_partial_date(
    text: str,
    style: DateStyle,
    locale: Locale,
    label: Callable[[str], str],
    press: PressStyle = CLDR,
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
            return format_date(dt.date.fromisoformat(text), locale, label, style, press)


def format_date(
    date: dt.date,
    locale: Locale,
    label: Callable[[str], str],
    style: DateStyle = "long",
    press: PressStyle = CLDR,
) -> str:
    """Return a date as text of a locale, in a CLDR style; the first of a month as labelled."""
    pattern = str(dates.get_date_format(style, locale).pattern)
    pattern = press.dated(with_first_day(pattern, date, label), date.month)
    return native_digits(dates.format_date(date, pattern, locale=locale), locale)


def format_time(time: dt.time, locale: Locale, press: PressStyle = CLDR) -> str:
    """Return a time of day as text of a locale."""
    shown = press.clock(time) or dates.format_time(time, "short", locale=locale)
    return native_digits(shown, locale)


def format_clock(instant: dt.datetime, locale: Locale, press: PressStyle = CLDR) -> str:
    """Return the time of day of an instant in its own zone, as text of a locale."""
    clock = instant.timetz().replace(tzinfo=None)
    return format_time(clock, locale, press)


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
