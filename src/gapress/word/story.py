"""What a Word file says, free of its XML: paragraphs and tables with runs, and what was told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from gapress.word.sheet import Place

_EXCERPT = 50


@dataclass(frozen=True)
class Span:
    """Characters that look alike.

    Attributes:
        text: The characters; a line break is a line feed.
        bold: Whether they are strong.
        italic: Whether they are emphasised.
        href: The address that they lead to.
    """

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass(frozen=True)
class NoteMark:
    """Where a text refers to a footnote or endnote."""

    name: str


@dataclass(frozen=True)
class Shot:
    """A picture.

    Attributes:
        parts: The parts that hold it, the best form first.
        alt: What it shows.
        is_cropped: Whether Word shows a piece of it alone.
    """

    parts: tuple[str, ...]
    alt: str
    is_cropped: bool = False


Piece: TypeAlias = Span | NoteMark | Shot


@dataclass(frozen=True)
class Paragraph:
    """A paragraph.

    Attributes:
        number: Its place among the paragraphs of the file, from 1.
        kind: ``title``, ``heading``, …; empty for a plain one.
        level: The level of a heading.
        pieces: What it holds.
        place: Where it is in a list.
        size: The size of its largest letters, in half-points.
        is_bold: Whether all of it is bold, its style counted.
    """

    number: int
    kind: str = ""
    level: int = 0
    pieces: tuple[Piece, ...] = ()
    place: Place | None = None
    size: int = 0
    is_bold: bool = False

    @property
    def text(self) -> str:
        """Its characters."""
        return plain(self.pieces)

    @property
    def where(self) -> str:
        """Where it stands in the Word file, in words."""
        said = excerpt(self.text)
        return f"paragraph {self.number}" + (f", “{said}”" if said else "")

    @property
    def shots(self) -> list[Shot]:
        """Its pictures."""
        return [piece for piece in self.pieces if isinstance(piece, Shot)]


@dataclass(frozen=True)
class Cell:
    """A cell of a table: what it holds, and whether it was merged with others."""

    items: tuple[Item, ...] = ()
    is_merged: bool = False


@dataclass(frozen=True)
class Table:
    """A table: its rows, all with the same number of cells, and its title if it has one."""

    number: int
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""

    @property
    def where(self) -> str:
        """Where it stands in the Word file, in words."""
        words = " ".join(text_of(cell.items) for row in self.rows[:1] for cell in row)
        said = excerpt(words)
        return f"table {self.number}" + (f", “{said}”" if said else "")


Item: TypeAlias = Paragraph | Table


@dataclass(frozen=True, order=True)
class Told:
    """Something that the release doesn't have as the Word file has it.

    Attributes:
        where: Where it stands in the Word file.
        what: What it is, what was done with it, and its words where the release lacks them.
    """

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass
class Story:
    """A whole Word file.

    Attributes:
        items: Paragraphs and tables.
        notes: The footnotes and endnotes that texts refer to, by name.
        told: What could not be read into it.
        languages: How many characters are marked with each language.
    """

    items: list[Item] = field(default_factory=list)
    notes: dict[str, tuple[Piece, ...]] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    languages: dict[str, int] = field(default_factory=dict)

    def tell(self, where: str, what: str) -> None:
        """Note what the release doesn't have as the Word file has it."""
        if (told := Told(where, what)) not in self.told:
            self.told.append(told)


def plain(pieces: Iterable[Piece]) -> str:
    """Return the characters of runs."""
    return "".join(piece.text for piece in pieces if isinstance(piece, Span))


def text_of(items: Iterable[Item]) -> str:
    """Return the words of paragraphs and tables, on one line."""
    found = [
        item.text
        if isinstance(item, Paragraph)
        else " ".join(text_of(cell.items) for row in item.rows for cell in row)
        for item in items
    ]
    return " ".join(" ".join(found).split())


def excerpt(text: str) -> str:
    """Return the first words of a text."""
    text = " ".join(text.split())
    return text if len(text) <= _EXCERPT else f"{text[:_EXCERPT].rstrip()}…"


def cut(pieces: Iterable[Piece], start: int, end: int | None = None) -> tuple[Piece, ...]:
    """Return runs from one character to before another; marks and pictures between them stay."""
    found: list[Piece] = []
    at = 0
    for piece in pieces:
        if not isinstance(piece, Span):
            if at >= start and (end is None or at <= end):
                found.append(piece)
            continue
        first, last = max(start - at, 0), len(piece.text) if end is None else max(end - at, 0)
        at += len(piece.text)
        if kept := piece.text[first:last]:
            found.append(replace(piece, text=kept))
    return tuple(found)


def stripped(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return runs without white space at the start and the end; what is no text stays."""
    ahead = _stripped(list(pieces), str.lstrip)
    return tuple(reversed(_stripped(ahead[::-1], str.rstrip)))


def _stripped(pieces: list[Piece], strip: Callable[[str], str]) -> list[Piece]:
    """Return runs stripped up to the first character, or mark of a footnote, that stays."""
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        if isinstance(piece, NoteMark):
            return [*found, *pieces[number:]]
        if not isinstance(piece, Span):
            found.append(piece)
        elif text := strip(piece.text):
            return [*found, replace(piece, text=text), *pieces[number + 1 :]]
    return found


def without_bold(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return runs that are all bold without it: that is how such a text looks anyway."""
    found = tuple(pieces)
    spans = [piece for piece in found if isinstance(piece, Span) and piece.text.strip()]
    if not all(span.bold for span in spans):
        return found
    return tuple(replace(p, bold=False) if isinstance(p, Span) else p for p in found)


def lines(pieces: Iterable[Piece]) -> list[tuple[Piece, ...]]:
    """Return runs split at line breaks."""
    found = tuple(pieces)
    breaks = [match.start() for match in re.finditer("\n", plain(found))]
    ends = [*breaks, None]
    starts = [0, *(at + 1 for at in breaks)]
    split = [cut(found, start, end) for start, end in zip(starts, ends, strict=True)]
    return [line for each in split if (line := stripped(each))]
