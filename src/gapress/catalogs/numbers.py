"""Compares the figures of a source text and its translation by value, not by how they are written.

What a good translation changes is no fault: separators and digits, hours of 12 and of 24, Roman
numerals, numbers as words, millions written out, months as names, telephone numbers with or without
the country. What is left is a figure that was dropped, added or changed.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from babel import Locale, UnknownLocaleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

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
_ROMAN = re.compile(r"\b([IVXLCDM]+)(?:ers?|[èe]res?|res?|[eè]|[èe]mes?|es)?\b")
_ROMAN_FORM = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_ROUND_THE_CLOCK = re.compile(
    r"(?<!\d)24\s?/\s?7(?!\d)|(?<!\d)24\s?h?\w*\s?(?:/|\w{2,3})\s?24(?!\d)"
)
_NAME = re.compile(r"(?:[^\W\d_]-|(?<![^\W\d_])[A-Za-z]{1,2})$")
# From an hour to the mark after it: 3:30 p.m., from 3 to 5 p.m.
_TO_MARK = r"(?:[:.h]\d\d)?(?:[\s\-–—]*(?:[^\W\d]{1,6}\s+)?\d{1,2}(?:[:.h]\d\d)?)?\s*"
_HALVES = {Decimal("0.5"): (2, 50), Decimal("0.25"): (4, 25), Decimal("0.75"): (4, 75)}
_DECIMALS = ".,،٫"
# Below this a number is often a word, or goes without saying (the Arabic dual, "both", "no").
_SMALL = 2
# Telephone numbers are the same if so many last digits are: the code before them may differ.
_SUBSCRIBER = 7
# Longer numbers are codes: they mean nothing but themselves.
_LARGEST = Decimal(10) ** 18


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


@dataclass(frozen=True)
class Difference:
    """A figure that only one of the texts has, or another in its place.

    Attributes:
        source: The source text's figure; empty for one that was added.
        translation: The translation's; empty for one that is missing.
        severity: A warning where a good translation may have put it otherwise.
    """

    source: str
    translation: str
    severity: Literal["error", "warning"]


def compare(source: str, translation: str, languages: tuple[str, str]) -> Iterator[Difference]:
    """Yield each figure that is not the same in both texts.

    Args:
        source: The source text.
        translation: Its translation.
        languages: BCP 47 tags of both; empty where they are not known.
    """
    one, other = read(source, languages[0]), read(translation, languages[1])
    lost_phones = [phone for phone in one.phones if not _has_phone(other, phone)]
    new_phones = [phone for phone in other.phones if not _has_phone(one, phone)]
    for pair in zip_longest(lost_phones, new_phones, fillvalue=""):
        yield Difference(*pair, "error")
    missing, extra = _unmatched(one, other)
    lost = [(f, severity) for f in missing if (severity := _weight(f, other))]
    more = [(f, severity) for f in extra if (severity := _weight(f, one))]
    converted = sum(figure.converted for figure in one.figures)
    if converted:  # miles are kilometres elsewhere: what came in their place is in doubt, too
        lost = [(f, "warning" if f.converted else severity) for f, severity in lost]
        more = [(f, "warning" if i < converted else s) for i, (f, s) in enumerate(more)]
    hard = [[f for f, severity in found if severity == "error"] for found in (lost, more)]
    if len(hard[0]) == len(hard[1]) == 1:
        yield Difference(hard[0][0].text, hard[1][0].text, "error")
        lost, more = ([x for x in found if x[1] == "warning"] for found in (lost, more))
    yield from (Difference(figure.text, "", severity) for figure, severity in lost)
    yield from (Difference("", figure.text, severity) for figure, severity in more)


def read(text: str, language: str = "") -> Reading:
    """Return a text's figures, in the notation of its language."""
    plain = _ADDRESS.sub(" ", _plain(text))
    digits = re.sub(r"\D", "", plain)
    phones = _PHONE.findall(plain)
    plain = _PHONE.sub(" ", plain)
    found = tuple(_figures(plain, language))
    return Reading(language, plain, found, tuple(dict.fromkeys(phones)), digits)


def _has_phone(text: Reading, phone: str) -> bool:
    """Whether a text has a telephone number, with or without the country's code."""
    digits, abroad = _dialled(phone)
    others = [_dialled(other) for other in text.phones]
    near = [other for other in others if other[0].endswith(digits[-_SUBSCRIBER:])]
    if not near:
        return digits[-_SUBSCRIBER:] in text.digits
    return any(other == digits or not (abroad and too) for other, too in near)


def _dialled(phone: str) -> tuple[str, bool]:
    """Return a telephone number's digits, and whether they begin with the country's code."""
    digits = re.sub(r"\D", "", phone)
    return digits.removeprefix("00"), phone.startswith(("+", "00"))


# --- reading -------------------------------------------------------------------------------------


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
    decimal = _decimal(language)
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
            after[:1] in {"′", "″"} or _is_before(after, language, "units"),
        )


def _hours(value: Decimal) -> tuple[Decimal, ...]:
    """Return hours and minutes of hours with a half or a quarter: 1.5, 1 h 30."""
    whole = value < 24 and value % Decimal("0.25") == 0 and value % 1 != 0
    return (Decimal(int(value)), value % 1 * 60) if whole else ()


def _is_before(after: str, language: str, name: str) -> bool:
    """Whether one of a language's words follows a number."""
    words = _datum(language, name)
    return bool(words) and bool(re.match(rf"[\s-]*(?:{words})(?!\w)", after, re.IGNORECASE))


def _is_soft(written: str, before: str, after: str, language: str) -> bool:
    """Whether a number goes without saying: a raised one, that of P2P, the minutes of 15 h 00."""
    if before.endswith("⟨") or (before[-1:].isalpha() and after[:1].isalpha()):
        return True
    hour = _datum(language, "hour") or "h"
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


@cache
def _decimal(language: str) -> str:
    """Return the decimal mark of a language; empty where it is not known."""
    try:
        symbols = Locale.parse(language, sep="-").number_symbols["latn"]
    except (ValueError, UnknownLocaleError, KeyError, TypeError):
        return ""
    return str(symbols.get("decimal", ""))


def _scales(values: Sequence[Decimal], ahead: str, language: str) -> Iterator[Decimal]:
    """Yield what a number means before a word such as million."""
    for scale, pattern in _words(language).items():
        if scale >= 1000 and pattern.match(_folded(ahead.lstrip(f"{_SPACES}-"))):
            yield from (value * scale for value in values)


def _in_context(
    value: Decimal, written: str, before: str, after: str, language: str
) -> Iterator[Decimal]:
    """Yield what a number means beside certain words: an hour after noon, a decade."""
    if value <= 12 and value == int(value):
        hour, later = _datum(language, "hour") or "h", _datum(language, "later")
        mark = rf"{_TO_MARK}(?:(?:{hour})\s*)?(?:{later})"
        if later and re.match(mark, after, re.IGNORECASE):
            yield value + 12
        if value == 12:
            yield Decimal(0)
            yield Decimal(24)
    if 12 < value < 24 and (_is_before(after, language, "hour") or re.match(r"[:h.]\d\d\b", after)):
        yield value - 12
    if len(written) > 4 or not written.isdigit():
        return
    decade = _datum(language, "decade")
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


# --- comparing -----------------------------------------------------------------------------------


def _unmatched(one: Reading, other: Reading) -> tuple[list[Figure], list[Figure]]:
    """Return the figures of each text that the other one does not have, in no form."""
    # What the source says in its own language is sure; a translator may write another notation.
    sure = bool(_decimal(one.language))
    left, right = list(one.figures), list(other.figures)

    def alike(a: Figure, b: Figure) -> bool:
        if a.scaled and b.scaled:
            return not a.also.isdisjoint(b.also)
        mine = a.meanings if sure else a.meanings | a.notations
        return not mine.isdisjoint(b.meanings | b.notations)

    _pair(left, right, lambda a, b: a.value == b.value and alike(a, b))
    _pair(left, right, alike)
    for mine, theirs, text in ((left, right, other), (right, left, one)):
        for figure in [f for f in mine if f.parts]:
            _split(figure, mine, theirs)
        for figure in list(mine):
            _add_up(figure, mine, theirs, text)
    repeated = {f.value for f in one.figures}  # named once more: no fault
    return left, [f for f in right if f.scaled or f.value not in repeated]


def _pair(left: list[Figure], right: list[Figure], alike: Callable[[Figure, Figure], bool]) -> None:
    """Take out of both lists what is alike."""
    for figure in list(left):
        found = next((other for other in right if alike(figure, other)), None)
        if found is not None:
            left.remove(figure)
            right.remove(found)


def _split(figure: Figure, mine: list[Figure], theirs: list[Figure]) -> None:
    """Take out a figure whose groups are figures of their own in the other text: 10.30, 10 h 30."""
    rest = list(theirs)
    for place, part in enumerate(figure.parts):
        found = next((other for other in rest if part in other.meanings), None)
        if found is not None:
            rest.remove(found)
        elif place == 0 or part != 0:
            return
    mine.remove(figure)
    theirs[:] = rest


def _add_up(figure: Figure, mine: list[Figure], theirs: list[Figure], text: Reading) -> None:
    """Take out a figure that is the sum of others: 1.25 million, a million and 250 thousand."""
    for total in figure.also:
        for first in theirs:
            for addend in first.meanings:
                rest = total - addend
                second = next((f for f in theirs if f is not first and rest in f.meanings), None)
                if addend >= 1000 and rest > 0 and (second or _spelled(rest, text)):
                    mine.remove(figure)
                    theirs[:] = [f for f in theirs if f is not first and f is not second]
                    return


def _weight(figure: Figure, other: Reading) -> Literal["error", "warning"] | None:
    """Return how bad it is that a text lacks a figure of the other; nothing where it is not."""
    if figure.soft or any(_spelled(value, other) for value in figure.meanings):
        return None
    if str(figure.value) in _datum(other.language, "unsaid").split("|"):
        return None
    if any(value in _romans(other.text) for value in figure.meanings):
        return None
    small = figure.value <= _SMALL and not figure.scaled
    repeated = not figure.scaled and figure.value in {f.value for f in other.figures}
    if small or figure.named or repeated:
        return "warning"
    known = _words(other.language)
    easy = figure.value < _LARGEST and figure.value % 1 == 0
    easy = easy and (figure.value <= 100 or len(str(int(figure.value)).rstrip("0")) == 1)
    return "warning" if easy and not known else "error"


def _romans(text: str) -> set[Decimal]:
    """Return the values of a text's Roman numerals."""
    found = set()
    for match in _ROMAN.finditer(text):
        letters = match[1]
        if _ROMAN_FORM.fullmatch(letters) and letters not in {"L", "C", "D", "M"}:
            values = [_ROMAN_VALUES[letter] for letter in letters]
            later = [*values[1:], 0]
            found.add(Decimal(sum(-a if a < b else a for a, b in zip(values, later, strict=True))))
    return found


def _spelled(value: Decimal, text: Reading) -> bool:
    """Whether a text may have a number in words."""
    words = _words(text.language)
    return bool(words) and _said(
        value, lambda v: v in words and bool(words[v].search(_folded(text.text)))
    )


def _said(value: Decimal, word: Callable[[int], bool]) -> bool:
    if value >= _LARGEST:
        return False
    if value % 1 != 0:
        halves = _HALVES.get(value % 1, ())
        return any(word(half) for half in halves) or _scaled(value, word)
    number = int(value)
    if word(number) or _scaled(value, word):
        return True
    if 20 < number < 100:  # vingt et un; soixante-douze
        tens = range(number - number % 10, 19, -10)
        return any(word(ten) and number - ten < 20 and word(number - ten) for ten in tens)
    return False


def _scaled(value: Decimal, word: Callable[[int], bool]) -> bool:
    """Whether a large number is told as so many thousands or millions, the rest of it in words."""
    for scale in (1_000_000_000, 1_000_000, 1000, 100):
        count, rest = divmod(value, scale)
        if value < scale / 4 or not word(scale):
            continue
        part = value / scale
        if scale > 1000 and part % 1 in _HALVES and _said(part, word):
            return True
        if count and (count == 1 or _said(count, word)) and (rest == 0 or _said(rest, word)):
            return True
    return False


# --- words ---------------------------------------------------------------------------------------


@cache
def _data() -> Mapping[str, Mapping[str, str]]:
    path = files("gapress.catalogs").joinpath("number_words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _words(language: str) -> Mapping[int, re.Pattern[str]]:
    """Return the words for numbers of a language, by value; none where they are not known."""
    data = _data().get(_base(language), {})
    before, after = (_folded(data.get(name, "")) for name in ("before", "after"))
    gap = r"[\s-]+(?:ال)?"
    return {
        int(value): re.compile(
            rf"(?<!\w){before}(?:{_folded(words).replace(' ', gap)}){after}(?!\w)"
        )
        for value, words in data.items()
        if value.isdigit()
    }


def _datum(language: str, name: str) -> str:
    return _data().get(_base(language), {}).get(name, "")


def _base(language: str) -> str:
    return language.split("-")[0].lower()


def _folded(text: str) -> str:
    """Return a text in small letters, without what Arabic writers leave out."""
    return re.sub("[أإآٱ]", "ا", text.lower()).replace("ى", "ي").replace("\u064b", "")
