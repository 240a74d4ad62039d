"""Formats numbers, percentages and amounts as ICU prints them, with CLDR's data.

Babel has most of the data. What it leaves out is in ``cldr.json`` (``tools/make_locale_data.py``):
from how many digits a locale groups them, the separators that some use in amounts of money, and
the patterns of native digits. Sources: UTS #35 part 3, Numbers.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from babel.numbers import get_currency_precision, get_currency_symbol, parse_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from babel import Locale

# gapress isolates what needs it; the marks that CLDR puts beside signs would only be copied along.
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))
_LATIN = "latn"


@dataclass(frozen=True)
class _Conventions:
    """How a locale writes numbers."""

    decimal: str
    group: str
    money_decimal: str
    money_group: str
    minus: str
    percent: str
    money: str
    least: int  # digits before the first separator, at least
    digits: Mapping[int, str]


def format_number(value: Decimal, locale: Locale, decimals: int | None = None) -> str:
    """Return a number as text of a locale.

    Args:
        value: The number.
        locale: The locale that formats it.
        decimals: How many to show; without it, those that the number has but trailing zeros.
    """
    conventions = _conventions(locale)
    pattern = str(locale.decimal_formats[None].pattern)
    return _format(
        value, pattern, conventions, conventions.decimal, conventions.group, decimals=decimals
    )


def format_percentage(value: Decimal, locale: Locale, decimals: int | None = None) -> str:
    """Return a percentage as text of a locale: 12.5 as ``12.5%``, ``12,5 %``.

    Args:
        value: The percentage.
        locale: The locale that formats it.
        decimals: How many to show; without it, those that the number has but trailing zeros.
    """
    conventions = _conventions(locale)
    pattern = str(locale.percent_formats[None].pattern)
    shown = value / 100
    text = _format(
        shown,
        pattern,
        conventions,
        conventions.decimal,
        conventions.group,
        decimals=_decimals(value) if decimals is None else decimals,
    )
    return text.replace("%", conventions.percent)


def format_money(value: Decimal, currency: str, locale: Locale, decimals: int | None = None) -> str:
    """Return an amount of money as text of a locale: ``MAD 4,500``, ``4 500 MAD``.

    Args:
        value: The amount.
        currency: ISO 4217 code.
        locale: The locale that formats it.
        decimals: How many to show; without it, none for a whole amount, else the currency's.
    """
    conventions = _conventions(locale)
    if decimals is None:
        whole = value == value.to_integral_value()
        decimals = 0 if whole else get_currency_precision(currency)
    text = _format(
        value,
        conventions.money,
        conventions,
        conventions.money_decimal,
        conventions.money_group,
        decimals=decimals,
    )
    symbol = get_currency_symbol(currency, locale)
    return re.sub(r"(\d?)¤(\d?)", lambda found: _spaced(found, symbol), text)


def native_digits(text: str, locale: Locale) -> str:
    """Return a text with the digits of a locale: those that CLDR has as its default."""
    return text.translate(_conventions(locale).digits)


def _spaced(found: re.Match[str], symbol: str) -> str:
    """Return a currency's symbol, its letters apart from digits (UTS #35 part 3, 4.2)."""
    before, behind = found.groups()
    before += "\u00a0" if before and symbol[0].isalpha() else ""
    return before + symbol + ("\u00a0" if behind and symbol[-1].isalpha() else "") + behind


def _decimals(value: Decimal) -> int:
    """Return how many decimals a number has, without zeros at the end."""
    return max(0, -int(value.normalize().as_tuple().exponent))


def _format(
    value: Decimal,
    pattern: str,
    conventions: _Conventions,
    decimal: str,
    group: str,
    *,
    decimals: int | None,
) -> str:
    """Return a number in a pattern, with ``¤`` and ``%`` left as they are."""
    parsed = parse_pattern(pattern)
    count = _decimals(value.scaleb(parsed.scale)) if decimals is None else decimals
    parsed.frac_prec = (count, count)
    whole = len(str(abs(int(value.scaleb(parsed.scale)))))
    grouped = whole >= parsed.grouping[0] + conventions.least
    text = parsed.apply(value, "en", currency_digits=False, group_separator=grouped)
    shown = re.sub(r"[0-9][0-9,.]*", lambda m: _separated(m[0], decimal, group), text)
    return shown.replace("-", conventions.minus).translate(conventions.digits)


def _separated(digits: str, decimal: str, group: str) -> str:
    return digits.translate({ord("."): decimal, ord(","): group})


@cache
def _conventions(locale: Locale) -> _Conventions:
    system = locale.default_numbering_system
    symbols = locale.number_symbols.get(system, {})
    if "decimal" not in symbols:
        symbols = locale.number_symbols[_LATIN]
    own = _supplement(locale)
    decimal, group = own.get("decimal", symbols["decimal"]), own.get("group", symbols["group"])
    return _Conventions(
        decimal,
        group,
        own.get("money_decimal", symbols.get("currencyDecimal", decimal)),
        own.get("money_group", symbols.get("currencyGroup", group)),
        own.get("minus", symbols["minusSign"]).translate(_MARKS),
        own.get("percent", symbols["percentSign"]).translate(_MARKS),
        own.get("money", str(locale.currency_formats["standard"].pattern)),
        own.get("least", 1),
        {} if system == _LATIN else _digits(system),
    )


def _supplement(locale: Locale) -> dict[str, Any]:
    """Return what Babel lacks of a locale: its own record, else its language's."""
    known = _records()
    tag = str(locale).replace("_", "-")
    while tag not in known and "-" in tag:
        tag = tag.rpartition("-")[0]
    return dict(known.get(tag, {}))


@cache
def _records() -> dict[str, dict[str, Any]]:
    text = files("gapress.localization").joinpath("cldr.json").read_text("utf-8")
    return {tag: record for tag, record in json.loads(text).items() if tag != "version"}


# The first digit of each numbering system of ten digits in a row that a locale has as its default
# (CLDR, common/supplemental/numberingSystems.xml).
_ZEROS = {
    "adlm": "\U0001e950",
    "arab": "\u0660",
    "arabext": "\u06f0",
    "beng": "\u09e6",
    "cakm": "\U00011136",
    "deva": "\u0966",
    "hmnp": "\U0001e140",
    "mtei": "\uabf0",
    "mymr": "\u1040",
    "nkoo": "\u07c0",
    "olck": "\u1c50",
    "rohg": "\U00010d30",
    "tibt": "\u0f20",
}


def _digits(system: str) -> dict[int, str]:
    zero = _ZEROS.get(system)
    if zero is None:
        return {}
    return {ord("0") + i: unicodedata.normalize("NFC", chr(ord(zero) + i)) for i in range(10)}
