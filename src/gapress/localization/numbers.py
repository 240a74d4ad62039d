"""How locales write numbers: digits, separators, signs; as ICU prints them, with CLDR's data.

Babel has most of the data. What it leaves out is in ``cldr.json`` (``tools/make_locale_data.py``):
from how many digits a locale groups them, the separators that some use in amounts of money, and
the patterns of native digits. Sources: UTS #35 part 3, Numbers.
"""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from babel.numbers import parse_pattern

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from babel import Locale

# gapress isolates what needs it; the marks that CLDR puts beside signs would only be copied along.
_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))
_LATIN = "latn"

DIGITS = "\ufffc"
"""Stands for the digits of a number in what is written around them."""


@dataclass(frozen=True)
class Conventions:
    """How a locale writes numbers."""

    decimal: str
    group: str
    money_decimal: str
    money_group: str
    minus: str
    plus: str
    percent: str
    money: str
    least: int  # digits before the first separator, at least
    span: str  # a range of two numbers: {0}–{1}
    digits: Mapping[int, str]


def format_number(value: Decimal, locale: Locale, decimals: int | None = None) -> str:
    """Return a number as text of a locale.

    Args:
        value: The number.
        locale: The locale that formats it.
        decimals: How many to show; without it, those that the number has but trailing zeros.
    """
    pattern = str(locale.decimal_formats[None].pattern)
    sign = "-" if value < 0 else ""
    return signed(pattern, sign, locale).replace(DIGITS, digits(value, locale, decimals))


def digits(
    value: Decimal,
    locale: Locale,
    decimals: int | None = None,
    *,
    money: bool = False,
    least: int = 1,
) -> str:
    """Return a number without its sign, in the digits of a locale and with its separators.

    Args:
        value: The number.
        locale: The locale.
        decimals: How many to show; without it, those that the number has but trailing zeros.
        money: Whether it is an amount of money, which some locales write otherwise.
        least: How many digits stand before the first separator, at least.
    """
    conventions = conventions_of(locale)
    pattern = conventions.money if money else str(locale.decimal_formats[None].pattern)
    grouping = parse_pattern(pattern).grouping
    count = fraction_digits(value) if decimals is None else decimals
    parsed = parse_pattern("#,##0")
    parsed.grouping, parsed.frac_prec = grouping, (count, count)
    whole = len(str(abs(int(value))))
    grouped = whole >= grouping[0] + max(conventions.least, least)
    text: str = parsed.apply(abs(value), "en", currency_digits=False, group_separator=grouped)
    decimal = conventions.money_decimal if money else conventions.decimal
    group = conventions.money_group if money else conventions.group
    return text.translate({ord("."): decimal, ord(","): group}).translate(conventions.digits)


def signed(pattern: str, sign: str, locale: Locale) -> str:
    """Return a pattern of CLDR's with its signs in place, and :data:`DIGITS` for its digits.

    Args:
        pattern: ``#,##0%``, ``#,##0.00 ¤;(#,##0.00 ¤)``; a currency's sign is left as it is.
        sign: ``-``, ``+`` or none.
        locale: The locale.
    """
    conventions = conventions_of(locale)
    parsed = parse_pattern(pattern)
    which = 1 if sign else 0
    before, behind = (
        str(affix[which]).replace("%", conventions.percent)
        for affix in (parsed.prefix, parsed.suffix)
    )
    shown = {"": "", "-": conventions.minus, "+": conventions.plus}[sign]
    return f"{before}{DIGITS}{behind}".replace("-", shown)


def native_digits(text: str, locale: Locale) -> str:
    """Return a text with the digits of a locale: those that CLDR has as its default."""
    return text.translate(conventions_of(locale).digits)


def fraction_digits(value: Decimal) -> int:
    """Return how many decimals a number has, without zeros at the end."""
    return max(0, -int(value.normalize().as_tuple().exponent))


@cache
def conventions_of(locale: Locale) -> Conventions:
    """Return how a locale writes numbers."""
    system = locale.default_numbering_system
    symbols = locale.number_symbols.get(system, {})
    if "decimal" not in symbols:
        symbols = locale.number_symbols[_LATIN]
    own = _supplement(locale)
    decimal, group = own.get("decimal", symbols["decimal"]), own.get("group", symbols["group"])
    return Conventions(
        decimal,
        group,
        own.get("money_decimal", symbols.get("currencyDecimal", decimal)),
        own.get("money_group", symbols.get("currencyGroup", group)),
        own.get("minus", symbols["minusSign"]).translate(_MARKS),
        symbols["plusSign"].translate(_MARKS),
        own.get("percent", symbols["percentSign"]).translate(_MARKS),
        own.get("money", str(locale.currency_formats["standard"].pattern)),
        own.get("least", 1),
        own.get("range", "{0}–{1}"),
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
