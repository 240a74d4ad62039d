"""Compares the figures of a source text and its translation by value, not by how they are written.

What a good translation changes is no fault: separators and digits, hours of 12 and of 24, Roman
numerals, numbers as words, millions written out, months as names, telephone numbers with or without
the country. What is left is a figure that was dropped, added or changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, Literal

from gapress.catalogs.figures import decimal_mark, read
from gapress.catalogs.number_words import LARGEST, datum, is_spelled, romans, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from gapress.catalogs.figures import Figure, Reading

# Below this a number is often a word, or goes without saying (the Arabic dual, "both", "no").
_SMALL = 2
# Telephone numbers are the same if so many last digits are: the code before them may differ.
_SUBSCRIBER = 7


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


def _unmatched(one: Reading, other: Reading) -> tuple[list[Figure], list[Figure]]:
    """Return the figures of each text that the other one does not have, in no form."""
    # What the source says in its own language is sure; a translator may write another notation.
    sure = bool(decimal_mark(one.language))
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
                if (
                    addend >= 1000
                    and rest > 0
                    and (second or is_spelled(rest, text.text, text.language))
                ):
                    mine.remove(figure)
                    theirs[:] = [f for f in theirs if f is not first and f is not second]
                    return


def _weight(figure: Figure, other: Reading) -> Literal["error", "warning"] | None:
    """Return how bad it is that a text lacks a figure of the other; nothing where it is not."""
    if figure.soft or any(
        is_spelled(value, other.text, other.language) for value in figure.meanings
    ):
        return None
    if str(figure.value) in datum(other.language, "unsaid").split("|"):
        return None
    if any(value in romans(other.text) for value in figure.meanings):
        return None
    small = figure.value <= _SMALL and not figure.scaled
    repeated = not figure.scaled and figure.value in {f.value for f in other.figures}
    if small or figure.named or repeated:
        return "warning"
    known = words(other.language)
    easy = figure.value < LARGEST and figure.value % 1 == 0
    easy = easy and (figure.value <= 100 or len(str(int(figure.value)).rstrip("0")) == 1)
    return "warning" if easy and not known else "error"
