"""Keeps codes on one line: what would break at a hyphen or a slash, or in an account number.

A short code is never split. A longer one is held together with all that is written onto it, up to
the next space, and split only where no line has room for it: then it begins a line of its own and
its parts stay in order. Nothing is added to the characters.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from gapress.document import FootnoteMark, Isolate, PageCount, PageNumber, Text, plain
from gapress.localization.codes import SPECIAL
from gapress.localization.isolates import INVISIBLE, OBJECT, Span, isolates, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapress.document import Direction, Inline, Inlines

MAX_UNBROKEN = 24
"""Longer words fit not every line: columns of tables, headlines on telephones."""

MAX_TOGETHER = 200
"""Still longer ones, such as addresses of searches, fit no line and are split like any word."""

_CHUNK = re.compile(r"[^\s—<>]+")
_OPENING, _CLOSING = "([{«“‘‹\"'¿¡", ")]}»”’›\"'.,;:!?…،؛؟"
_PAIRS = {")": "(", "]": "[", "}": "{"}
# Where a line may end inside a word (UAX #14: BA, HY, SY, EX; browsers: a hyphen before digits). No
# program breaks 24/11 or TN/7.
_BREAK = re.compile(r"\s|(?<=.)(?:[-\u2010\u2012\u2013?|](?=.)|/(?=.)(?!(?<=[0-9A-Za-z]/)[0-9]))")
# Words with digits, words all in capitals, and what is whole already.
_CODE = re.compile(rf"\d|{OBJECT}|^(?=.*[^\W\d_])[^a-zà-öø-ÿœ]+$")


def kept_together(content: Inlines, direction: Direction) -> Inlines:
    """Return content of one direction in which codes are not split; those that are stay."""
    inside = tuple(_within(inline, direction) for inline in content)
    level = _level(inside)
    places = [place for place, char in enumerate(level) if not INVISIBLE.match(char)]
    text = "".join(level[place] for place in places)
    known = {(span.start, span.end): span for span in isolates(inside)}
    spans: list[Span] = []
    for start, end, together in _codes(text):
        first, last = places[start], places[end - 1] + 1
        there = known.get((first, last))
        if direction == "rtl" and not there and _needs_context(text[start:end]):
            continue
        # As bidi isolates it: a code without right-to-left letters runs from the left.
        turned = not together and not _has_leftward(text[start:end])
        own: Direction = there.direction if there else "ltr" if turned else direction
        spans.append(Span(first, last, own, not together, together))
    return wrapped(inside, spans, 0)


def _within(inline: Inline, direction: Direction) -> Inline:
    """Return an element with the codes of phrases in it, which are isolated as a whole, kept."""
    if isinstance(inline, Text | FootnoteMark | PageNumber | PageCount):
        return inline
    if not isinstance(inline, Isolate):
        return replace(inline, children=tuple(_within(c, direction) for c in inline.children))
    if _is_phrase(inline):
        return replace(inline, children=kept_together(inline.children, inline.direction))
    return inline


def _is_phrase(isolate: Isolate) -> bool:
    if isolate.unbroken or isolate.together:
        return False
    words = INVISIBLE.sub("", plain(isolate.children))
    return re.search(r"\s", words) is not None and not SPECIAL.fullmatch(words)


def _level(content: Iterable[Inline]) -> str:
    """Return the characters of content; those of phrases, and of what is together, as spaces."""
    parts: list[str] = []
    for inline in content:
        match inline:
            case Text(text):
                parts.append(text)
            case PageNumber() | PageCount():
                parts.append(OBJECT)
            case FootnoteMark():
                pass
            case Isolate() if inline.unbroken:
                parts.append(OBJECT * len(_level((Text(plain(inline.children)),))))
            case Isolate() if inline.together or _is_phrase(inline):
                parts.append(" " * len(_level(inline.children)))
            case _:
                parts.append(_level(inline.children))
    return "".join(parts)


def _codes(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the places of codes that would break, and whether each is a long one."""
    special = [match.span() for match in SPECIAL.finditer(text)]
    glued = SPECIAL.sub(lambda match: re.sub(r"\s", OBJECT, match[0]), text)
    for chunk in _CHUNK.finditer(glued):
        start, end = _core(text, chunk.start(), chunk.end())
        code = text[start:end]
        if not _BREAK.search(code):
            continue
        is_special = any(start <= first and last <= end for first, last in special)
        if not is_special and not _CODE.search(code):
            continue
        if end - start <= MAX_UNBROKEN and not re.search(r"\s", code):
            yield start, end, False
        elif chunk.end() - chunk.start() <= MAX_TOGETHER:
            yield chunk.start(), chunk.end(), True


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a word without the punctuation before and after it."""
    while start < end and text[start] in _OPENING:
        start += 1
    while end > start and text[end - 1] in _CLOSING:
        opening = _PAIRS.get(text[end - 1])
        if opening and opening in text[start:end]:
            break
        end -= 1
    return start, end


def _needs_context(text: str) -> bool:
    """Whether a code would read otherwise by itself than behind Arabic letters (UAX #9, W2, W4).

    ``2025-17-م`` does: its groups of digits follow each other from the right only in context.
    """
    head = re.split(r"[^\W\d_]", text, maxsplit=1)[0]
    return _has_leftward(text) and re.search(r"\d[-+]\d", head) is not None


def _has_leftward(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)
