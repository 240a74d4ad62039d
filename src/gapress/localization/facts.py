"""Formats typed facts, dates and instants for a locale, with CLDR's data through Babel."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Literal, TypeAlias, assert_never
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers

from gapress.release.model import DateFact, MoneyFact, NumberFact, PercentageFact, TimeFact

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from gapress.release.model import Fact

DateStyle: TypeAlias = Literal["full", "long", "medium", "short"]

# CLDR's ordinal categories and the labels that spell them (UTS #35, Language Plural Rules).
ORDINALS = {"one": "{number}st", "two": "{number}nd", "few": "{number}rd"}
OTHER_ORDINAL = "{number}th"
FIRST_DAY = "1|first day of a month"


def format_fact(
    fact: Fact, locale: Locale, label: Callable[[str], str], decimals: int | None = None
) -> str:
    """Return a fact as text of a locale.

    Args:
        fact: The typed value.
        locale: The locale that formats it.
        label: Gives the translation of a label; ordinals are spelt by labels.
        decimals: How many decimal places a number, a percentage or an amount has; without it,
            as many as it needs.
    """
    match fact:
        case DateFact(date=date, style=style):
            return format_partial_date(date, style, locale, label)
        case TimeFact(time=time):
            return dates.format_time(time, "short", locale=locale)
        case NumberFact(number=number, style="ordinal"):
            pattern = ORDINALS.get(locale.ordinal_form(number), OTHER_ORDINAL)
            return label(pattern).replace("{number}", numbers.format_decimal(number, locale=locale))
        case NumberFact(number=number):
            pattern = _with_decimals(locale.decimal_formats[None].pattern, decimals)
            return numbers.format_decimal(
                number, pattern, locale=locale, decimal_quantization=False
            )
        case PercentageFact(percentage=percentage):
            pattern = _with_decimals(locale.percent_formats[None].pattern, decimals)
            return numbers.format_percent(
                percentage / 100, pattern, locale=locale, decimal_quantization=False
            )
        case MoneyFact(money=money, currency=currency):
            return _format_money(money, currency, locale, decimals)
    assert_never(fact)


def decimals_of(fact: Fact) -> int | None:
    """Return the decimal places that a figure has as it is written; none for any other fact.

    An amount has none, or those of its currency.
    """
    match fact:
        case NumberFact(style="ordinal"):
            return None
        case NumberFact(number=figure) | PercentageFact(percentage=figure):
            return max(0, -int(figure.as_tuple().exponent))
        case MoneyFact(money=figure, currency=currency):
            written = int(figure.as_tuple().exponent) < 0
            return int(numbers.get_currency_precision(currency)) if written else 0
    return None


def _with_decimals(pattern: str, decimals: int | None) -> str:
    """Return a number pattern with so many decimal places (UTS #35 part 3, Number Patterns)."""
    if decimals is None:
        return pattern
    whole = re.sub(r"(?<=0)\.[0#]+", "", pattern)
    return re.sub(r"0(?=[^0#,.]|$)", f"0.{'0' * decimals}", whole) if decimals else whole


def _format_money(money: Decimal, currency: str, locale: Locale, decimals: int | None) -> str:
    """Return an amount; without ``decimals``, with some only where the officer wrote some."""
    if decimals is None and money != money.to_integral_value():
        text = numbers.format_currency(money, currency, locale=locale)
    else:
        pattern = _with_decimals(locale.currency_formats["standard"].pattern, decimals or 0)
        text = numbers.format_currency(
            money, currency, pattern, locale=locale, currency_digits=False
        )
    # A currency's letters keep apart from digits (UTS #35 part 3, currencySpacing); not in Babel.
    return re.sub(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])", "\u00a0", text)


def plural_category(fact: Fact, locale: Locale) -> str:
    """Return the CLDR plural category of a number in a locale; empty for a date or a time.

    Words beside the number may depend on it (UTS #35, Language Plural Rules).
    """
    match fact:
        case NumberFact(number=number, style="ordinal"):
            return locale.ordinal_form(number)
        case NumberFact(number=number):
            return locale.plural_form(number)
        case PercentageFact(percentage=percentage):
            return locale.plural_form(percentage)
        case MoneyFact(money=money):
            return locale.plural_form(money)
    return ""


def format_partial_date(
    text: str, style: DateStyle, locale: Locale, label: Callable[[str], str]
) -> str:
    """Return an ISO 8601 date of any precision (day, month, year) as text of a locale."""
    match len(text):
        case 4:
            return dates.format_skeleton("y", dt.date(int(text), 1, 1), locale=locale)
        case 7:
            first = dt.date.fromisoformat(f"{text}-01")
            return dates.format_skeleton("yMMMM", first, locale=locale)
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
    return dates.format_date(date, pattern, locale=locale)


def format_clock(instant: dt.datetime, locale: Locale) -> str:
    """Return the time of day of an instant in its own zone, as text of a locale."""
    return dates.format_time(instant.timetz().replace(tzinfo=None), "short", locale=locale)


def format_offset(instant: dt.datetime) -> str:
    """Return the UTC offset of an instant: ``UTC``, ``UTC+01:00`` (ISO 8601 section 4.3.13)."""
    offset = instant.utcoffset() or dt.timedelta()
    if not offset:
        return "UTC"
    sign = "-" if offset < dt.timedelta() else "+"
    minutes = abs(offset) // dt.timedelta(minutes=1)
    return f"UTC{sign}{minutes // 60:02}:{minutes % 60:02}"


def zone_city(zone: str, locale: Locale) -> str:
    """Return CLDR's city of a time zone in a locale; empty for UTC, which has none."""
    if zone.rpartition("/")[2] in {"UTC", "GMT", "Zulu", "Universal", "UCT", "Greenwich"}:
        return ""
    return dates.get_timezone_location(ZoneInfo(zone), locale=locale, return_city=True)
