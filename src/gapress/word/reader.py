"""Reads the text of a Word file (ECMA-376 Part 1, 17) into a :class:`~gapress.word.story.Story`.

Every character of the body ends in the story or among what is told: at the end, what no rule has
seen is looked for and told, too.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gapress.word.inline import InlineReader
from gapress.word.names import at, full, name, switch, value
from gapress.word.package import main_part, open_package, refusal
from gapress.word.sheet import Sheet
from gapress.word.story import Cell, NoteMark, Paragraph, Shot, Span, Story, Table, excerpt, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapress.word.package import Element, Package
    from gapress.word.story import Item, Piece

MAX_DEPTH = 25  # tables in each other, content controls, …
_CHANGES = {
    full(f"w:{tag}")
    for tag in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
}
_INSIDE = {"w:sdt", "w:customXml", "w:smartTag", "w:sdtContent", "w:bdo", "w:dir"}
_MOST_COLUMNS = 63  # as Word has them


def read_word(raw: bytes, file: str) -> tuple[Story, Package]:
    """Return what a Word file says, and the file itself, whose parts hold the pictures.

    Args:
        raw: Its bytes.
        file: Its name for messages.

    Raises:
        ContentError: It is no Word file, is damaged, or has tracked changes.
    """
    package = open_package(raw, file)
    part = main_part(package)
    root = package.root(part)
    body = at(root, "w:body")
    if root is None or body is None:
        raise refusal(file, "has no text", "check that it is the right file")
    sheet = Sheet(
        package.root(package.related(part, "styles")),
        package.root(package.related(part, "numbering")),
    )
    story = Story()
    notes = {kind: _notes(package, part, kind) for kind in ("footnotes", "endnotes")}
    _refuse_changes(file, [root, *(each for each, _, _ in notes.values() if each is not None)])
    try:
        reader = _Reader(InlineReader(package, part, sheet, story))
        story.items = list(reader.items(body, 0))
        reader.tell_leftovers(root)
        _read_notes(reader, notes)
        _look_around(package, part, story)
    except RecursionError:
        message = "is nested deeper than any program writes it"
        raise refusal(file, message, "copy its text into a new Word file") from None
    return story, package


def _refuse_changes(file: str, roots: Iterable[Element]) -> None:
    """Refuse a file in which somebody has yet to decide which words stand."""
    found = [element for root in roots for element in root.iter(*_CHANGES)]
    if not found:
        return
    first = next((e for e in found[0].iterancestors(full("w:p"))), found[0])
    said = excerpt("".join(t.text or "" for t in first.iter(full("w:t"), full("w:delText"))))
    many = "a tracked change" if len(found) == 1 else f"{len(found)} tracked changes"
    where = f", the first in “{said}”" if said else ""
    hint = "open it in Word, accept or reject the changes first (Review), save, and import it again"
    raise refusal(file, f"has {many}{where}", hint)


class _Reader:
    """Reads blocks; ``inline`` reads what is in a paragraph."""

    def __init__(self, inline: InlineReader) -> None:
        self.inline = inline
        self.story = inline.story
        self.sheet = inline.sheet
        self._paragraphs = 0
        self._tables = 0

    def items(self, parent: Element, depth: int) -> Iterator[Item]:
        """Yield the paragraphs and tables in an element."""
        if depth > MAX_DEPTH:
            raise RecursionError
        for child in parent:
            match name(child):
                case "w:p":
                    yield from self.paragraph(child)
                case "w:tbl":
                    yield self._table(child, depth)
                case "w:sdt" if self._is_contents(child):
                    self._leave_out(child, "a table of contents", ", gapress writes none")
                case "w:sdt" if switch(child, "w:sdtPr", "w:showingPlcHdr"):
                    self._leave_out(child, "a field to fill in", ", as nobody filled it in")
                case tag if tag in _INSIDE:
                    yield from self.items(child, depth + 1)
                case "mc:AlternateContent":
                    if (chosen := self.inline.chosen(child)) is not None:
                        yield from self.items(chosen, depth + 1)
                case "w:altChunk":
                    self.story.tell(self._behind(), "an inserted file is left out; copy its text")
                case tag if tag in {"m:oMathPara", "m:oMath"}:
                    self._leave_out(child, "an equation", "")

    def _behind(self) -> str:
        return f"after paragraph {self._paragraphs}" if self._paragraphs else "at the beginning"

    def _is_contents(self, control: Element) -> bool:
        gallery = value(control, "w:sdtPr", "w:docPartObj", "w:docPartGallery")
        return gallery == "Table of Contents"

    def _leave_out(self, element: Element, what: str, why: str) -> None:
        words = self.inline.words(element)
        said = f": “{words}”" if words else ""
        self.story.tell(self._behind(), f"{what} is left out{why}{said}")
        self._paragraphs += sum(1 for _ in element.iter(full("w:p")))

    def paragraph(self, element: Element) -> Iterator[Paragraph]:
        """Yield a paragraph, unless it is one of a table of contents."""
        self._paragraphs += 1
        kind, level = self.sheet.kind(element)
        number = self._paragraphs
        pieces = tuple(self.inline.pieces(element, f"paragraph {number}"))
        if kind == "contents":
            if words := " ".join(plain(pieces).split()):
                what = f"a line of a table of contents is left out, gapress writes none: “{words}”"
                self.story.tell(f"paragraph {number}", what)
            return
        place = self.sheet.place(element)
        if kind in {"title", "heading"} and place is not None:
            if place.is_numbered and not place.is_continuation:
                what = "headings have numbers in Word; the release has none"
                self.story.tell("the whole file", what)
            place = None
        runs = [r for r in element.iter(full("w:r")) if self.inline.words_shown(r).strip()]
        size = max((self.sheet.size(run, element) for run in runs), default=0)
        is_bold = bool(runs) and all(self.sheet.has(r, element, "w:b", "w:bCs") for r in runs)
        yield Paragraph(number, kind, level, pieces, place, size, is_bold)

    # --- tables ---

    def _table(self, element: Element, depth: int) -> Table:
        self._tables += 1
        number = self._tables
        rows: list[list[Cell]] = []
        for row in self._within(element, "w:tr"):
            cells = [Cell()] * min(_count(value(row, "w:trPr", "w:gridBefore")), _MOST_COLUMNS)
            for cell in self._within(row, "w:tc"):
                span = max(1, min(_count(value(cell, "w:tcPr", "w:gridSpan")), _MOST_COLUMNS))
                vertical = at(cell, "w:tcPr", "w:vMerge")
                goes_on = vertical is not None and value(vertical) != "restart"
                items = tuple(self.items(cell, depth + 1))
                cells.append(Cell(items, span > 1 or goes_on))
                cells += [Cell(is_merged=True)] * (span - 1)
            rows.append(cells)
        width = max((len(row) for row in rows), default=0)
        title = value(element, "w:tblPr", "w:tblCaption")
        full_rows = tuple((*row, *[Cell()] * (width - len(row))) for row in rows)
        return Table(number, full_rows, title)

    def _within(self, parent: Element, wanted: str) -> Iterator[Element]:
        for child in parent:
            tag = name(child)
            if tag == wanted:
                yield child
            elif tag in _INSIDE:
                yield from self._within(child, wanted)

    def tell_leftovers(self, body: Element) -> None:
        """Tell the words that no rule has seen, with the paragraph that they stand in."""
        rest: dict[Element, list[str]] = {}
        for element in self.inline.unseen(body):
            above = next(element.iterancestors(full("w:p")), body)
            rest.setdefault(above, []).append(element.text or "")
        for above, texts in rest.items():
            words = " ".join("".join(texts).split())
            if words:
                where = excerpt(self.inline.words_shown(above)) if above is not body else ""
                where = f"near “{where}”" if where else "somewhere"
                self.story.tell(where, f"words that gapress can't place are left out: “{words}”")


def _count(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 0


# --- beside the body ----------------------------------------------------------------------------


def _notes(
    package: Package, part: str, kind: str
) -> tuple[Element | None, str, dict[str, Element]]:
    """Return the root, the part, and the notes by id."""
    there = package.related(part, kind)
    root = package.root(there)
    tag = full(f"w:{kind.removesuffix('s')}")
    found = {e.get(full("w:id"), ""): e for e in (() if root is None else root.iter(tag))}
    return root, there, found


def _read_notes(
    reader: _Reader, notes: dict[str, tuple[Element | None, str, dict[str, Element]]]
) -> None:
    """Read the notes that texts refer to; a note has one text, whatever its paragraphs."""
    main = reader.inline
    for mark, (kind, identifier) in main.marks.items():
        _, part, found = notes[kind]
        if identifier not in found:
            reader.story.tell(f"footnote {mark}", "has no text in the Word file")
            continue
        inner = InlineReader(main.package, part, main.sheet, main.story)
        pieces: list[Piece] = []
        for paragraph in found[identifier].iter(full("w:p")):
            if pieces:
                pieces.append(Span(" "))
            for piece in inner.pieces(paragraph, f"footnote {mark}"):
                if isinstance(piece, Shot):
                    reader.story.tell(f"footnote {mark}", "has a picture, which is left out")
                elif not isinstance(piece, NoteMark):
                    pieces.append(piece)
        reader.story.notes[mark] = tuple(pieces)
        if words := inner.words(found[identifier]):
            what = f"words that gapress can't place are left out: “{words}”"
            reader.story.tell(f"footnote {mark}", what)


def _look_around(package: Package, part: str, story: Story) -> None:
    """Tell what stands beside the body: headers, footers, comments, macros."""
    names = {"header": "a header", "footer": "a footer", "comments": "a comment"}
    for relation in package.relations(part).values():
        if relation.kind == "vbaProject":
            story.tell("the whole file", "macros are left out")
        if relation.kind not in names or relation.is_external:
            continue
        root = package.root(relation.target)
        parts = [] if root is None else [root]
        if relation.kind == "comments":
            parts = [each for p in parts for each in p.iter(full("w:comment"))]
        for each in parts:
            texts = [
                "".join(t.text or "" for t in p.iter(full("w:t"))) for p in each.iter(full("w:p"))
            ]
            words = " ".join(" ".join(texts).split())
            author = each.get(full("w:author"), "")
            who = f"{names[relation.kind]}" + (f" by {author}" if author else "")
            if re.search(r"\w", words) and not re.fullmatch(r"\d+", words):
                story.tell(who, f"is left out: “{words}”")
            elif any(True for _ in each.iter(full("a:blip"), full("v:imagedata"))):
                story.tell(who, "has a picture, which is left out")
