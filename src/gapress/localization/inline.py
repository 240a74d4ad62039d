"""Turns a marked text of one language into typed runs: markup, facts, spacing and isolation."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from gapress.document import (
    Emphasis,
    FootnoteMark,
    Inlines,
    Isolate,
    Link,
    PageCount,
    PageNumber,
    Strong,
    Text,
    plain,
)
from gapress.localization.bidi import isolate
from gapress.localization.isolates import INVISIBLE
from gapress.localization.typography import SPACES, gaps
from gapress.release.markup import Token

# Stands for the number of a page, and keeps spaces out of its place.
_NUMBER, _FIXED = "0", 1_000
# Stands for a reference to a footnote: typography does not see it, and spaces go behind it.
_MARK = ("", 1_001)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from gapress.document import Direction, Inline
    from gapress.localization.typography import Typography


def inlines(
    tokens: tuple[Token, ...],
    slots: Mapping[str, Inlines],
    direction: Direction,
    typography: Typography,
) -> Inlines:
    """Return the runs of a text.

    Args:
        tokens: The text's markup; every placeholder in it has its slot.
        slots: What stands for each placeholder.
        direction: The direction of the text around it.
        typography: The language's spacing.
    """
    normal = _glued([replace(token, value=_normal(token)) for token in tokens])
    folded = _fold(iter(_with_one_stop(normal, slots)), slots)
    return _held(settled(tuple(folded), direction, typography), direction)


def _held(content: Inlines, direction: Direction) -> Inlines:
    """Return content in which no line can end between a mark of punctuation and a footnote's.

    Renderers break there, behind a comma or an exclamation mark.
    """
    found: list[Inline] = []
    for inline in content:
        if not isinstance(inline, FootnoteMark):
            found.append(
                inline
                if isinstance(inline, Text | PageNumber | PageCount)
                else replace(inline, children=_held(inline.children, direction))
            )
            continue
        before = found[-1] if found else inline
        if isinstance(before, Text) and before.text and _is_punctuation(before.text[-1]):
            found[-1:] = [Text(before.text[:-1])] if before.text[:-1] else []
            found.append(Isolate(direction, (Text(before.text[-1]), inline), unbroken=True))
        elif isinstance(before, Isolate) and before.children:
            found[-1:] = _joined_mark(before, inline)
        else:
            found.append(inline)
    return tuple(found)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] == "P"


def _joined_mark(before: Isolate, mark: FootnoteMark) -> list[Inline]:
    """Return an isolate and the mark behind it: in one, where the isolate is held with a mark."""
    if before.unbroken and isinstance(before.children[-1], FootnoteMark):
        return [replace(before, children=(*before.children, mark))]
    return [before, mark]


def settled(content: Inlines, direction: Direction, typography: Typography) -> Inlines:
    """Return content with a language's spaces, and with what runs against it isolated.

    Both look at the text as it is shown, across markup, links and the values of placeholders.
    Content that is settled stays as it is.
    """
    return typography.raised(isolate(_spaced(content, typography), direction))


def isolated(content: Inlines, own: Direction, around: Direction) -> Inlines:
    """Return content of one direction so that it stands well in text of another."""
    return content if own == around else (Isolate(own, content),)


def _normal(token: Token) -> str:
    """Return a token's characters with letters and accents put together.

    That is Unicode Normalization Form C, as W3C asks of web pages ("Character Model for the World
    Wide Web: String Matching", 3.1.1).
    """
    return unicodedata.normalize("NFC", token.value) if token.kind == "text" else token.value


def _glued(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens without the spaces before references to footnotes, which would break there.

    Nor with a comma between two of them: it is set with the numbers.
    """
    found: list[Token] = []
    for token in tokens:
        if token.kind == "footnote" and found and found[-1].kind == "text":
            text = found.pop().value
            follows = [before.kind for before in found[-1:]] == ["footnote"]
            text = "" if follows and not text.strip(f"{SPACES},،") else text.rstrip(SPACES)
            if text:
                found.append(Token("text", text))
        found.append(token)
    return found


def _spaced(content: Inlines, typography: Typography) -> Inlines:
    """Return content with a language's spaces, across markup and the values of placeholders."""
    leaves = list(_leaves(content))
    text = "".join(words for words, _ in leaves)
    shown = INVISIBLE.sub("", text)
    spaced = typography.apply(shown)
    if spaced == shown:
        return content
    return _with_leaves(content, iter(_spread(leaves, gaps(shown)[1], gaps(spaced)[1])))


def _leaves(content: Inlines, depth: int = 0) -> Iterator[tuple[str, int]]:
    """Yield the texts of content, each with the number of elements around it."""
    for inline in content:
        match inline:
            case Text(text):
                yield text, depth
            case PageNumber() | PageCount():
                yield _NUMBER, _FIXED
            case FootnoteMark():
                yield _MARK
            case _:
                yield from _leaves(inline.children, depth + 1)


def _with_leaves(content: Inlines, texts: Iterator[str]) -> Inlines:
    """Return content with other texts in its places."""
    found: list[Inline] = []
    for inline in content:
        match inline:
            case Text():
                found.append(Text(next(texts)))
            case FootnoteMark() | PageNumber() | PageCount():
                next(texts)
                found.append(inline)
            case _:
                found.append(replace(inline, children=_with_leaves(inline.children, texts)))
    return tuple(run for run in found if run != Text(""))


def _spread(
    leaves: list[tuple[str, int]], before: Sequence[str], after: Sequence[str]
) -> list[str]:
    """Return the leaves with the spaces ``before`` each visible character changed to ``after``.

    A space that markup did not have goes outside it.
    """
    found = [""] * len(leaves)
    gap = 0
    pending: list[tuple[int, str]] = []  # spaces and what cannot be seen, with their leaves
    last = 0

    def close(following: int) -> None:
        if before[gap] == after[gap]:
            for place, character in pending:
                found[place] += character
            return
        where = [place for place, character in pending if character in SPACES]
        between = range(last, following + 1) if leaves else ()
        marks = [place for place in between if leaves[place] == _MARK]
        if marks:
            between = range(marks[-1] + 1, following + 1)
        home = min([*where, *between] or [last], key=lambda place: leaves[place][1])
        placed = False
        for place, character in pending:
            if place >= home and not placed:
                found[home] += after[gap]
                placed = True
            if character not in SPACES:
                found[place] += character
        if not placed:
            found[home] += after[gap]

    for index, (text, _) in enumerate(leaves):
        for character in text:
            if character in SPACES or INVISIBLE.match(character):
                pending.append((index, character))
                continue
            close(index)
            pending.clear()
            found[index] += character
            gap, last = gap + 1, index
    close(len(leaves) - 1)
    return found


def _with_one_stop(tokens: Iterable[Token], slots: Mapping[str, Inlines]) -> list[Token]:
    """Return the tokens without the full stop after a value that ends in one, as د.م. does."""
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else token
        stops = token.kind == "text" and re.match(r"\.(?!\.)", token.value)
        if stops and before.kind == "placeholder" and _ends_in_stop(slots[before.value]):
            token = Token("text", token.value[1:])
        found.append(token)
    return [token for token in found if token.kind != "text" or token.value]


def _ends_in_stop(content: Inlines) -> bool:
    shown = "".join(c for c in plain(content) if unicodedata.category(c) != "Cf")
    return shown.endswith(".")


def _fold(tokens: Iterator[Token], slots: Mapping[str, Inlines]) -> Iterator[Inline]:
    for token in tokens:
        match token.kind:
            case "text":
                yield Text(token.value)
            case "placeholder":
                own = slots.get(f"{token.value}:{token.form}") if token.form else None
                yield from own or slots[token.value]
            case "footnote":
                yield FootnoteMark(token.value)
            case "emphasis":
                yield Emphasis(tuple(_fold(tokens, slots)))
            case "strong":
                yield Strong(tuple(_fold(tokens, slots)))
            case "link":
                yield Link(token.value, tuple(_fold(tokens, slots)))
            case "end":
                return
