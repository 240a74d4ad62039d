"""Numbers in words, and what else each language says of a number, from ``number_words.toml``."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_ROMAN = re.compile(r"\b([IVXLCDM]+)(?:ers?|[èe]res?|res?|[eè]|[èe]mes?|es)?\b")
_ROMAN_FORM = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_HALVES = {Decimal("0.5"): (2, 50), Decimal("0.25"): (4, 25), Decimal("0.75"): (4, 75)}
# Longer numbers are codes: they mean nothing but themselves.
LARGEST = Decimal(10) ** 18


@cache
def _data() -> Mapping[str, Mapping[str, str]]:
    path = files("gapress.catalogs").joinpath("number_words.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def words(language: str) -> Mapping[int, re.Pattern[str]]:
    """Return the words for numbers of a language, by value; none where they are not known."""
    data = _data().get(_base(language), {})
    before, after = (folded(data.get(name, "")) for name in ("before", "after"))
    gap = r"[\s-]+(?:ال)?"
    return {
        int(value): re.compile(
            rf"(?<!\w){before}(?:{folded(words).replace(' ', gap)}){after}(?!\w)"
        )
        for value, words in data.items()
        if value.isdigit()
    }


def datum(language: str, name: str) -> str:
    """Return what a language says of numbers under a name, a regular expression; may be empty."""
    return _data().get(_base(language), {}).get(name, "")


def _base(language: str) -> str:
    return language.split("-")[0].lower()


def folded(text: str) -> str:
    """Return a text in small letters, without what Arabic writers leave out."""
    return re.sub("[أإآٱ]", "ا", text.lower()).replace("ى", "ي").replace("\u064b", "")


def is_before(after: str, language: str, name: str) -> bool:
    """Whether one of a language's words follows a number."""
    words = datum(language, name)
    return bool(words) and bool(re.match(rf"[\s-]*(?:{words})(?!\w)", after, re.IGNORECASE))


def romans(text: str) -> set[Decimal]:
    """Return the values of a text's Roman numerals."""
    found = set()
    for match in _ROMAN.finditer(text):
        letters = match[1]
        if _ROMAN_FORM.fullmatch(letters) and letters not in {"L", "C", "D", "M"}:
            values = [_ROMAN_VALUES[letter] for letter in letters]
            later = [*values[1:], 0]
            found.add(Decimal(sum(-a if a < b else a for a, b in zip(values, later, strict=True))))
    return found


def is_spelled(value: Decimal, text: str, language: str) -> bool:
    """Whether a text may have a number in words."""
    known = words(language)
    plain = folded(text)
    return bool(known) and _said(value, lambda v: v in known and bool(known[v].search(plain)))


def _said(value: Decimal, word: Callable[[int], bool]) -> bool:
    if value >= LARGEST:
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
