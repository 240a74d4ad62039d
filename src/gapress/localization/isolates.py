"""Finds and makes isolates in inline content, by the places of its characters.

``bidi`` and ``lines`` say which characters belong together; here they are wrapped, across markup,
links and the values of placeholders.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapress.document import (
    Direction,
    FootnoteMark,
    Inline,
    Inlines,
    Isolate,
    PageCount,
    PageNumber,
    Text,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# Controls, and the marks that the preview puts around texts.
INVISIBLE = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]")

OBJECT = "\ufffc"
"""Stands for content whose direction is its own affair (a neutral character, UAX #9)."""

_BREAKABLE = re.compile(r"[\s–/-]")


@dataclass(frozen=True)
class Span:
    """Characters that are isolated together."""

    start: int
    end: int
    direction: Direction
    unbroken: bool = False
    together: bool = False


def opaque(content: Iterable[Inline], direction: Direction) -> str:
    """Return the characters of content, those that keep a direction of their own as objects."""
    parts: list[str] = []
    for inline in content:
        match inline:
            case Text(text):
                parts.append(text)
            case PageNumber() | PageCount():
                parts.append(OBJECT)
            case FootnoteMark():
                pass  # it is no part of the words, and has a direction of its own
            case Isolate("rtl", children) if direction == "rtl":
                parts.append(OBJECT * len(opaque(children, direction)))
            case _:
                parts.append(opaque(inline.children, direction))
    return "".join(parts)


def length_of(inline: Inline) -> int:
    """Return how many characters an element has, as spans count them."""
    return len(opaque((inline,), "ltr"))


def isolates(content: Iterable[Inline], offset: int = 0) -> Iterator[Span]:
    """Yield the places of the outermost isolates of content."""
    for inline in content:
        length = length_of(inline)
        if isinstance(inline, Isolate):
            yield Span(offset, offset + length, inline.direction, inline.unbroken, inline.together)
        elif not isinstance(inline, Text | FootnoteMark | PageNumber | PageCount):
            yield from isolates(inline.children, offset)
        offset += length


def united(found: Iterable[Span], there: Sequence[Span]) -> list[Span]:
    """Return the spans, grown over the isolates that they cut; not those inside an isolate."""
    united: list[Span] = []
    for span in found:
        touched = [old for old in there if old.start < span.end and old.end > span.start]
        start = min([span.start, *(old.start for old in touched)])
        end = max([span.end, *(old.end for old in touched)])
        grown = (start, end) != (span.start, span.end)
        if len(touched) == 1 and (touched[0].start, touched[0].end) == (start, end):
            old = touched[0]
            whole = old.unbroken or old.together or not span.unbroken
            if grown or (whole and old.direction == span.direction):
                continue
        unbroken = span.unbroken and not grown
        if united and united[-1].end > start:
            united[-1] = replace(united[-1], end=max(end, united[-1].end), unbroken=False)
        else:
            united.append(Span(start, end, span.direction, unbroken))
    return united


def wrapped(content: Iterable[Inline], spans: Sequence[Span], offset: int) -> Inlines:
    """Return content that begins at ``offset`` with its spans isolated."""
    found: list[Inline] = []
    held: list[Inline] = []
    current: Span | None = None

    def close() -> None:
        if current and held:
            found.append(_isolate(current, held))
        held.clear()

    for inline in content:
        end = offset + length_of(inline)
        if end == offset and not isinstance(inline, Text):  # a footnote's mark, in markup or not
            # It stays on the line of what is kept together, which may be a box of its own.
            if current and offset >= current.end and not current.together:
                close()
                current = None
            (held if current else found).append(inline)
            continue
        for start, stop, span in _pieces(offset, end, spans):
            if span != current:
                close()
                current = span
            whole = span is not None and span.start <= offset and end <= span.end
            if isinstance(inline, Text):
                piece: Inlines = (Text(inline.text[start - offset : stop - offset]),)
            elif isinstance(inline, FootnoteMark | PageNumber | PageCount):
                piece = (inline,)
            elif span and whole:
                piece = _within(inline, span)
            else:
                # Markup that a word only partly fills: what is inside is isolated there.
                close()
                current = None
                inner = wrapped(inline.children, spans, offset)
                found.append(replace(inline, children=inner))
                break
            (held if span else found).extend(piece)
        offset = end
    close()
    return _joined(found)


def _isolate(span: Span, held: Iterable[Inline]) -> Isolate:
    return Isolate(span.direction, _joined(held), span.unbroken, span.together)


def _pieces(start: int, end: int, spans: Sequence[Span]) -> Iterator[tuple[int, int, Span | None]]:
    """Yield the parts of a range, each with the span that it is in."""
    for span in spans:
        if span.end <= start or span.start >= end:
            continue
        if span.start > start:
            yield start, span.start, None
            start = span.start
        yield start, min(end, span.end), span
        start = min(end, span.end)
    if start < end:
        yield start, end, None


def _within(inline: Inline, span: Span) -> Inlines:
    """Return an element of a span, without the isolates that the span makes superfluous."""
    if isinstance(inline, Text | FootnoteMark | PageNumber | PageCount):
        return (inline,)
    children = tuple(piece for child in inline.children for piece in _within(child, span))
    if isinstance(inline, Isolate) and inline.direction == span.direction:
        whole = inline.unbroken or inline.together
        kept = whole and not span.unbroken and _BREAKABLE.search(plain(children))
        return (replace(inline, children=children),) if kept else children
    return (replace(inline, children=children),)


def _joined(runs: Iterable[Inline]) -> Inlines:
    """Return runs, plain characters that stand side by side put together."""
    joined: list[Inline] = []
    for run in runs:
        if isinstance(run, Text) and joined and isinstance(joined[-1], Text):
            joined[-1] = Text(joined[-1].text + run.text)
        elif run != Text(""):
            joined.append(run)
    return tuple(joined)
