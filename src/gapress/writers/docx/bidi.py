"""Direction marks for the few spans that plain text order would get wrong.

Word lays out each run in the run's own direction (``w:rtl``, ECMA-376 Part 1, 17.3.2.30) and
needs no mark. LibreOffice knows only the Unicode bidirectional algorithm (UAX #9) over the
characters of the paragraph, and so does every program into which a journalist pastes the words:
there ``+212 5 00`` in an Arabic sentence would read ``00 5 212+``. A mark (U+200E, U+200F) is
set just where the algorithm needs it, in a run of its own beside the words, which stay as they
are. ``w:dir`` would do without characters, but python-docx and other readers lose its words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapress.document import Direction, FootnoteMark

_MARKS: dict[Direction, str] = {"ltr": "\u200e", "rtl": "\u200f"}
_STRONG: dict[Direction, frozenset[str]] = {
    "ltr": frozenset({"L"}),
    "rtl": frozenset({"R", "AL"}),
}
_RESOLVED = frozenset({"L", "R", "AL", "EN", "AN"})
# Rule W4: one common separator between digits joins them to one number, wherever it stands.
_NUMBER = re.compile(r"\d+(?:[.,:/\u00a0\u202f]\d+)*")


@dataclass(frozen=True)
class Span:
    """Characters with everything that one run says of them.

    Attributes:
        text: The characters; none for a field.
        direction: The direction of the innermost isolate, or of the document.
        styles: Names of the inline markup around it.
        url: Where it leads, if it is part of a link.
        field: A field instruction (``PAGE``), instead of characters.
        mark: A reference to a footnote, instead of characters; ``text`` is then its number.
        raised: Whether its letters stand above the line.
    """

    text: str
    direction: Direction
    styles: frozenset[str] = frozenset()
    url: str = ""
    field: str = ""
    mark: FootnoteMark | None = None
    raised: bool = False


def with_marks(spans: Iterable[Span], base: Direction) -> Iterator[Span]:
    """Yield the spans with direction marks where UAX #9 needs them in a paragraph of ``base``."""
    groups = [(way, list(members)) for way, members in groupby(spans, lambda span: span.direction)]
    for index, (way, members) in enumerate(groups):
        if way == base:
            yield from members
            continue
        words = "".join(span.text for span in members)
        if _opens_astray(words, way):
            yield _mark(members[0], way)
        yield from members
        if _closes_astray(words, way):
            yield _mark(members[-1], way)
        following = groups[index + 1][1] if index + 1 < len(groups) else []
        if _captures(following, more=index + 2 < len(groups)):
            yield Span(_MARKS[base], base)


def _mark(beside: Span, way: Direction) -> Span:
    """Return a mark; within a link it stays within, so that the link stays one."""
    return replace(beside, text=_MARKS[way], direction=way, styles=frozenset(), field="")


def _opens_astray(words: str, way: Direction) -> bool:
    if not words or _NUMBER.fullmatch(words):
        return False
    return unicodedata.bidirectional(words[0]) not in _STRONG[way]


def _closes_astray(words: str, way: Direction) -> bool:
    if not words or _NUMBER.fullmatch(words):
        return False
    return unicodedata.bidirectional(words[-1]) not in _STRONG[way] | {"EN", "AN"}


def _captures(following: list[Span], *, more: bool) -> bool:
    """Whether the words before would draw what follows them into their own order.

    Digits take the direction of the letter before them (W2, W7), and punctuation between two
    isolates would take theirs (N1).
    """
    classes = map(unicodedata.bidirectional, "".join(span.text for span in following))
    first = next((kind for kind in classes if kind in _RESOLVED), "")
    return first in {"EN", "AN"} or (not first and more and bool(following))
