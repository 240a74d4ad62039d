"""Formats figures and ranges of figures as CLDR has it: compact, with signs, units, currencies.

What stands around the digits is a *frame*: a sign or a code of a currency, a word for millions,
the name of a unit. A range has one frame around both figures where it can. Sources: UTS #35 part 2
(Unit Elements) and part 3 (Compact Number Formats, Currencies, Plural Ranges).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from babel.numbers import get_currency_precision, get_currency_symbol

from gapress.localization.numbers import DIGITS, conventions_of, digits, fraction_digits, signed
from gapress.localization.units import currency_name, unit_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from babel import Locale

    from gapress.release.facts.base import Amount

# Labels; what follows | says where they stand, and is not shown.
SPAN = "{first} to {last}|figures, times, months, years"
MILLIONS = "{amount} {currency}|a million or more"
MILLIONS_BEFORE_VOWEL = "{amount} {currency}|a million or more, before a vowel"

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))
_MILLION = 6


@dataclass(frozen=True)
class _Shown:
    """A figure as it is shown.

    Attributes:
        sign: Its sign: ``-``, ``+`` or none.
        number: What its digits say: that many millions, if it is compact.
        digits: The digits, with separators.
        power: The power of ten that a word stands for; 0 where there is none.
        pattern: The compact pattern's magnitude, as a key of CLDR's; empty where there is none.
    """

    sign: str
    number: Decimal
    digits: str
    power: int = 0
    pattern: str = ""


def format_amount(amount: Amount, locale: Locale, label: Callable[[str], str]) -> str:
    """Return a figure as text of a locale.

    Args:
        amount: The figure.
        locale: The locale that formats it.
        label: Gives the translation of a label.
    """
    shown = _shown(amount, locale)
    frame = _frame(amount, shown, shown.sign, locale, label)
    return frame.replace(DIGITS, shown.digits)


def format_amounts(
    first: Amount, last: Amount, locale: Locale, label: Callable[[str], str], *, words: bool
) -> str:
    """Return a range of two figures of one kind as text of a locale.

    Args:
        first: The first.
        last: The last.
        locale: The locale that formats it.
        label: Gives the translation of a label.
        words: Whether a word stands between them instead of a dash.
    """
    decimals = _common_decimals(first, last)
    one, other = (_shown(replace(a, decimals=decimals), locale) for a in (first, last))
    if one == other:
        return format_amount(replace(last, decimals=decimals), locale, label)  # both round to it
    has_sign = bool(one.sign or other.sign)
    frame = _frame(last, other, "", locale, label, is_range=True)
    if one.power != other.power or (has_sign and not frame.translate(_MARKS).startswith(DIGITS)):
        whole = [format_amount(replace(a, decimals=decimals), locale, label) for a in (first, last)]
        return _joined(whole, locale, label, words=words, spaced=True)
    signs = [signed("0", shown.sign, locale) for shown in (one, other)]
    ends = [s.replace(DIGITS, shown.digits) for s, shown in zip(signs, (one, other), strict=True)]
    span = _joined(ends, locale, label, words=words, spaced=has_sign)
    return frame.replace(DIGITS, span)


def _joined(
    ends: list[str], locale: Locale, label: Callable[[str], str], *, words: bool, spaced: bool
) -> str:
    """Return two figures as a range: with a dash, or with a language's word between them."""
    first, last = ends
    if words:
        pattern = label(SPAN).partition("|")[0]
        return pattern.replace("{first}", first).replace("{last}", last)
    pattern = conventions_of(locale).span
    if spaced and " " not in pattern:
        pattern = re.sub(r"(?<=\})(.+?)(?=\{)", "\u00a0\\1\u00a0", pattern)
    return pattern.replace("{0}", first).replace("{1}", last)


def agreeing_number(amount: Amount, locale: Locale) -> Decimal:
    """Return the number by which words beside a figure agree with it.

    CLDR's rules tell 1.5 million from 1500000 (the operand ``c``), which Babel's don't: a million
    stands for it, whose category is the same in the languages that have such a rule.
    """
    shown = _shown(amount, locale)
    if shown.power >= _MILLION:
        return Decimal(10) ** shown.power
    return amount.value if shown.power else shown.number.copy_sign(amount.value)


# --- digits -------------------------------------------------------------------------------------


def _shown(amount: Amount, locale: Locale) -> _Shown:
    value = abs(amount.value)
    if amount.is_compact and (found := _compacted(value, amount, locale)):
        magnitude, number = found
        pattern = _compact_patterns(amount, locale)["other"][magnitude]
        power = len(magnitude) - pattern.count("0")
        # As in CLDR's compact figures: 1850 million only where a locale groups so late anyway.
        text = digits(number, locale, amount.decimals, least=1 if amount.power else 2)
        return _Shown(_sign(amount, number), number, text, power, magnitude)
    decimals = amount.decimals
    if decimals is None:
        decimals = fraction_digits(value)
        if amount.kind == "money" and decimals:
            decimals = max(decimals, get_currency_precision(amount.unit))
    number = _rounded(value, decimals)
    least = 2 if amount.is_compact else 1
    text = digits(number, locale, decimals, money=amount.kind == "money", least=least)
    return _Shown(_sign(amount, number), number, text)


def _sign(amount: Amount, shown: Decimal) -> str:
    """Return the sign of a figure, none of what is shown as zero."""
    if amount.sign == "never" or not shown:
        return ""
    return "-" if amount.value < 0 else "+" if amount.sign == "always" else ""


def _common_decimals(first: Amount, last: Amount) -> int | None:
    """Return the decimal places of both ends of a range: amounts of money have the same."""
    if first.kind != "money" or first.decimals is not None or first.is_compact:
        return first.decimals
    has_cents = any(fraction_digits(a.value) for a in (first, last))
    return get_currency_precision(first.unit) if has_cents else 0


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _compacted(value: Decimal, amount: Amount, locale: Locale) -> tuple[str, Decimal] | None:
    """Return a magnitude of CLDR's and how often a value has it; none where it has no word."""
    patterns = _compact_patterns(amount, locale).get("other", {})
    if amount.power and (found := _scaled(value, amount, patterns)):
        return found
    for magnitude in sorted(patterns, key=len, reverse=True):
        pattern = patterns[magnitude]
        if pattern.strip("0") == "":
            unit = Decimal(1)
        else:
            unit = Decimal(10) ** (len(magnitude) - pattern.count("0"))
        number = value / unit
        if amount.decimals is not None:
            number = _rounded(number, amount.decimals)
        if number * unit >= Decimal(magnitude):  # 999,999 may round up to a million
            return None if unit == 1 else (magnitude, number)
    return None


def _scaled(
    value: Decimal, amount: Amount, patterns: Mapping[str, str]
) -> tuple[str, Decimal] | None:
    """Return what stands for the word of a chosen magnitude; none in a locale without that word.

    Its forms may differ by how many digits stand before it, as in 3 ملايين, 103 مليون.
    """
    fitting = [
        magnitude
        for magnitude in sorted(patterns, key=len)
        if len(magnitude) - patterns[magnitude].count("0") == amount.power
        and patterns[magnitude].strip("0")
    ]
    number = value / Decimal(10) ** amount.power
    if amount.decimals is not None:
        number = _rounded(number, amount.decimals)
    below = [m for m in fitting if number.scaleb(amount.power) >= Decimal(m)]
    return ((below or fitting)[-1 if below else 0], number) if fitting else None


def _compact_patterns(amount: Amount, locale: Locale) -> Mapping[str, Mapping[str, str]]:
    return _compact_forms(locale, "long" if amount.style == "compact" else "short")


@cache
def _compact_forms(locale: Locale, length: str) -> dict[str, dict[str, str]]:
    """Return the compact patterns of a locale: by plural category, by magnitude."""
    known = locale.compact_decimal_formats
    forms: Any = known.get(length) or known.get("short") or {}
    return {
        category: {magnitude: str(p.pattern).translate(_MARKS) for magnitude, p in by.items()}
        for category, by in forms.items()
        if category.isalpha()
    }


# --- what stands around the digits --------------------------------------------------------------


def _frame(
    amount: Amount,
    shown: _Shown,
    sign: str,
    locale: Locale,
    label: Callable[[str], str],
    *,
    is_range: bool = False,
) -> str:
    """Return what stands around the digits of a figure, with :data:`DIGITS` for them."""
    category = str(locale.plural_form(shown.number))
    word = DIGITS
    if shown.pattern:
        forms = _compact_patterns(amount, locale)
        pattern = forms.get(category, {}).get(shown.pattern, forms["other"][shown.pattern])
        word = re.sub("0+", DIGITS, pattern).replace("'", "")
    conventions = conventions_of(locale)
    match amount.kind:
        case "percentage":
            outer = signed(str(locale.percent_formats[None].pattern), sign, locale)
            return outer.replace(DIGITS, word)
        case "money" if (named := _named(amount, locale)) in {"symbol", "code"}:
            outer = signed(conventions.money, sign, locale).replace(DIGITS, word)
            symbol = amount.unit
            if named == "symbol":
                symbol = get_currency_symbol(amount.unit, locale)
            return _with_symbol(outer, symbol)
    inner = signed(str(locale.decimal_formats[None].pattern), sign, locale).replace(DIGITS, word)
    if amount.kind == "money":
        return _with_name(amount, shown, inner, category, locale, label)
    if amount.kind == "quantity":
        # Arabic has a word for two days, without a digit: right for two days alone.
        is_said = not (is_range or sign or fraction_digits(shown.number) or amount.decimals)
        return _with_unit(amount, shown, inner, category, locale, label, is_said=is_said)
    return inner


def _with_symbol(frame: str, symbol: str) -> str:
    """Return a frame with a currency's symbol, its letters apart from digits.

    Source: UTS #35 part 3, 4.2 (currency spacing).
    """
    frame = re.sub(rf"(?<=[\w{DIGITS}])¤", f"{_gap(symbol[0])}¤", frame)
    frame = re.sub(rf"¤(?=[\w{DIGITS}])", f"¤{_gap(symbol[-1])}", frame)
    return frame.replace("¤", symbol)


def _gap(letter: str) -> str:
    return "\u00a0" if letter.isalpha() else ""


def _with_name(
    amount: Amount,
    shown: _Shown,
    number: str,
    category: str,
    locale: Locale,
    label: Callable[[str], str],
) -> str:
    if shown.power >= _MILLION:
        category = str(locale.plural_form(Decimal(10) ** shown.power))
    short = _named(amount, locale) == "short-name"
    name = currency_name(amount.unit, category, locale, short=short)
    if shown.power >= _MILLION:
        return _after_millions(number, name, label)
    patterns: Mapping[str, str] = locale._data["currency_unit_patterns"]
    pattern = patterns.get(category, patterns.get("other", "{0} {1}"))
    return pattern.replace("{0}", number).replace("{1}", name)


def _with_unit(
    amount: Amount,
    shown: _Shown,
    number: str,
    category: str,
    locale: Locale,
    label: Callable[[str], str],
    *,
    is_said: bool,
) -> str:
    if shown.power >= _MILLION:
        category = str(locale.plural_form(Decimal(10) ** shown.power))
    named = _named(amount, locale)
    pattern = unit_pattern(
        amount.unit, named, category, locale, label, is_said=is_said and not shown.power
    )
    if shown.power >= _MILLION and (found := re.fullmatch(r"\{0\}\s([^\W\d].*)", pattern)):
        return _after_millions(number, found[1], label)
    return pattern.replace("{0}", number)


def _after_millions(number: str, name: str, label: Callable[[str], str]) -> str:
    """Return millions of something: in French with de between them."""
    first = unicodedata.normalize("NFD", name[0]).casefold()[0]
    pattern = label(MILLIONS_BEFORE_VOWEL if first in "aeiouy" else MILLIONS).partition("|")[0]
    return pattern.replace("{amount}", number).replace("{currency}", name)


def _named(amount: Amount, locale: Locale) -> str:
    """Return how a locale names the unit of an amount: its own choice, or its language's."""
    if isinstance(amount.named, str):
        return amount.named
    tag = str(locale).replace("_", "-")
    while tag not in amount.named and "-" in tag:
        tag = tag.rpartition("-")[0]
    return amount.named.get(tag, "symbol")
