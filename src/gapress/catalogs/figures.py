"""Finds the figures of a text, and what each of them means in its language."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from gapress.catalogs.number_words import datum, folded, is_before, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_ADDRESS = re.compile(
    r"(?<!\w)(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)[@#]\w*[^\W\d]\w*"
)
_PHONE = re.compile(
    r"(?<![\w,.:])(?:(?:\+|00)\s?\d[\d \u00a0\u202f\u2009().\-/]{6,}\d"
    r"|0\d{1,3}(?:[ \u00a0\u202f\u2009.\-]\d{2,3}){3,4})(?!\d)"
)
_SPACES = " \u00a0\u202f\u2009"
_TOKEN = re.compile(rf"\d+(?:[.,'’٫٬،]\d+|[{_SPACES}]\d{{3}}(?!\d))*")
_DATE = re.compile(
    r"(?<!\d)\d{1,4}([./-])\d{1,2}\1\d{2,4}(?!\d)|(?<![\d/])\d{1,2}/\d{1,4}(?![\d/])"
)
_DAY = re.compile(r"(0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])")
_ROUND_THE_CLOCK = re.compile(
    r"(?<!\d)24\s?/\s?7(?!\d)|(?<!\d)24\s?h?\w*\s?(?:/|\w{2,3})\s?24(?!\d)"
)
_NAME = re.compile(r"(?:[^\W\d_]-|(?<![^\W\d_])[A-Za-z]{1,2})$")
# From an hour to the mark after it: 3:30 p.m., from 3 to 5 p.m.
_TO_MARK = r"(?:[:.h]\d\d)?(?:[\s\-–—]*(?:[^\W\d]{1,6}\s+)?\d{1,2}(?:[:.h]\d\d)?)?\s*"
_DECIMALS = ".,،٫"


@dataclass(frozen=True)
class Figure:
    """A number in a text.

    Attributes:
        text: As it is written.
        value: What it means in its language's notation.
        also: What else it may mean beside its neighbours: times a million, as an hour after noon.
        notations: What it would mean in another language's notation.
        parts: Its groups of digits, where they may be numbers of their own.
        soft: Whether it may be missing in the other text: a month, a square, the minutes 00.
        named: Whether it is part of a name, such as COVID-19.
        scaled: Whether a word such as million follows.
        converted: Whether a unit follows that other countries don't use: miles, pounds.
    """

    text: str
    value: Decimal
    also: frozenset[Decimal] = frozenset()
    notations: frozenset[Decimal] = frozenset()
    parts: tuple[Decimal, ...] = ()
    soft: bool = False
    named: bool = False
    scaled: bool = False
    converted: bool = False

    @property
    def meanings(self) -> frozenset[Decimal]:
        """Everything that it may mean in its language."""
        return self.also | {self.value}


@dataclass(frozen=True)
class Reading:
    """A text with its figures.

    Attributes:
        language: BCP 47 tag of its language; empty where it is not known.
        text: The text, without addresses and telephone numbers, its digits in ASCII.
        figures: Its numbers, in their order.
        phones: Its telephone numbers.
        digits: All its digits.
    """

    language: str
    text: str
    figures: tuple[Figure, ...]
    phones: tuple[str, ...]
    digits: str = field(repr=False)


def read(text: str, language: str = "") -> Reading:
    """Return a text's figures, in the notation of its language."""
    plain = _ADDRESS.sub(" ", _plain(text))
    digits = re.sub(r"\D", "", plain)
    phones = _PHONE.findall(plain)
    plain = _PHONE.sub(" ", plain)
    found = tuple(_figures(plain, language))
    return Reading(language, plain, found, tuple(dict.fromkeys(phones)), digits)


@cache
def decimal_mark(language: str) -> str:
    """Return the decimal mark of a language; empty where it is not known."""
    try:
        symbols = Locale.parse(language, sep="-").number_symbols["latn"]
    except (ValueError, UnknownLocaleError, KeyError, TypeError):
        return ""
    return str(symbols.get("decimal", ""))


def _plain(text: str) -> str:
    """Return a text with ASCII digits, without controls; raised and lowered digits in brackets."""
    made = []
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if category == "Nd":
            made.append(str(unicodedata.digit(character)))
        elif category == "No" and unicodedata.digit(character, None) is not None:
            made.append(f"⟨{unicodedata.digit(character)}⟩")
        elif category == "No":
            value = unicodedata.numeric(character, None)
            made.append(f"⟨{value:g}⟩" if value is not None else " ")
        elif category not in {"Cf", "Mn"} and character != "ـ":
            made.append(character)
    plain = re.sub("⟩⟨", "", "".join(made))
    return re.sub(r"(\d)⟨0(\.\d+)⟩", r"\1\2", plain)  # 1½ is 1.5


def _figures(text: str, language: str) -> Iterator[Figure]:
    decimal = decimal_mark(language)
    dates = {i for match in _DATE.finditer(text) for i in range(*match.span())}
    always = _ROUND_THE_CLOCK.search(text) is not None
    for match in _TOKEN.finditer(text):
        written, start, end = match[0], match.start(), match.end()
        values, parts = _readings(written, decimal)
        before, after = text[max(0, start - 30) : start], text[end : end + 40]
        dated = start in dates
        if decimal == "," and after[:1] == "." and (day := _DAY.fullmatch(written)):
            parts = (Decimal(day[1]),)  # 24.11. may be a day and its month
        if not values:  # a date, a version: each group is a number
            for part in parts:
                years = frozenset({1900 + part, 2000 + part} if dated and part < 100 else ())
                yield Figure(written, part, years, soft=dated and part <= 12)
            continue
        value, *notations = values
        large = frozenset(_scales(values, after, language))
        also = {*large, *_in_context(value, written, before, after, language)}
        if dated and len(written) == 2:
            also |= {1900 + value, 2000 + value}
        month = dated and len(written) <= 2 and value <= 12
        soft = month or (always and value in {24, 7}) or _is_soft(written, before, after, language)
        named = bool(_NAME.search(before)) and len(written) <= 3
        yield Figure(
            written,
            value,
            frozenset(also),
            frozenset(notations),
            parts or _hours(value),
            soft,
            named,
            bool(large),
            after[:1] in {"′", "″"} or is_before(after, language, "units"),
        )


def _hours(value: Decimal) -> tuple[Decimal, ...]:
    """Return hours and minutes of hours with a half or a quarter: 1.5, 1 h 30."""
    whole = value < 24 and value % Decimal("0.25") == 0 and value % 1 != 0
    return (Decimal(int(value)), value % 1 * 60) if whole else ()


def _is_soft(written: str, before: str, after: str, language: str) -> bool:
    """Whether a number goes without saying: a raised one, that of P2P, the minutes of 15 h 00."""
    if before.endswith("⟨") or (before[-1:].isalpha() and after[:1].isalpha()):
        return True
    hour = datum(language, "hour") or "h"
    return written == "00" and bool(
        re.search(rf"(?:[:.h]|\b(?:{hour}))\s?$", before, re.IGNORECASE)
    )


def _readings(token: str, decimal: str) -> tuple[list[Decimal], tuple[Decimal, ...]]:
    """Return what a number may mean, the likeliest first, and its groups of digits."""
    groups = re.split(r"\D", token)
    marks = [" " if mark in _SPACES else mark for mark in re.findall(r"\D", token)]
    parts = tuple(map(Decimal, groups))
    whole = Decimal("".join(groups))
    if not marks:
        return [whole], ()
    grouped = len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:])
    indian = len(groups) > 2 and len(groups[-1]) == 3 and set(map(len, groups[1:-1])) == {2}
    if len(set(marks)) == 1 and (marks[0] not in _DECIMALS or len(marks) > 1):
        return ([whole] if grouped or (indian and marks[0] == ",") else []), parts
    *before, last = marks
    head = groups[:-1]
    sound = len(head) == 1 or (len(head[0]) <= 3 and {len(group) for group in head[1:]} <= {2, 3})
    if last not in _DECIMALS or len(set(before)) > 1 or last in before or not sound:
        return [], parts
    fraction = Decimal(f"{''.join(head)}.{groups[-1]}")
    if before or last == "٫" or not grouped or set(groups[0]) == {"0"}:
        time = last == "." and len(groups[-1]) == 2 and parts[0] < 25 and parts[-1] < 60
        return [fraction], parts if time and not before else ()
    # 1,500 or 1.500: the language tells.
    return ([fraction, whole] if last == decimal else [whole, fraction]), ()


def _scales(values: Sequence[Decimal], ahead: str, language: str) -> Iterator[Decimal]:
    """Yield what a number means before a word such as million."""
    for scale, pattern in words(language).items():
        if scale >= 1000 and pattern.match(folded(ahead.lstrip(f"{_SPACES}-"))):
            yield from (value * scale for value in values)


def _in_context(
    value: Decimal, written: str, before: str, after: str, language: str
) -> Iterator[Decimal]:
    """Yield what a number means beside certain words: an hour after noon, a decade."""
    if value <= 12 and value == int(value):
        hour, later = datum(language, "hour") or "h", datum(language, "later")
        mark = rf"{_TO_MARK}(?:(?:{hour})\s*)?(?:{later})"
        if later and re.match(mark, after, re.IGNORECASE):
            yield value + 12
        if value == 12:
            yield Decimal(0)
            yield Decimal(24)
    if 12 < value < 24 and (is_before(after, language, "hour") or re.match(r"[:h.]\d\d\b", after)):
        yield value - 12
    if len(written) > 4 or not written.isdigit():
        return
    decade = datum(language, "decade")
    told = bool(decade) and bool(re.search(rf"(?:{decade})\s$", before))
    if told or re.match(r"['’]?s\b", after):
        yield value % 100
    if len(written) == 2:
        if told or before[-1:] in {"’", "'", "‘"}:
            yield 1900 + value
        if before.endswith(("’", "'", "‘", "FY")):
            yield 2000 + value
        if year := re.search(r"(?<!\d)(\d\d)\d\d[-–/]$", before):
            yield Decimal(f"{year[1]}{written}")
