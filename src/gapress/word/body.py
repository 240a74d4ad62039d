"""Makes the blocks of a release of paragraphs and tables of a Word file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gapress.release.fields import MOST_COLUMNS
from gapress.word.marked import Writer
from gapress.word.pictures import Gallery
from gapress.word.quotes import Quotes
from gapress.word.story import (
    NoteMark,
    Paragraph,
    Span,
    Table,
    cut,
    stripped,
    text_of,
    without_bold,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gapress.word.package import Package
    from gapress.word.story import Cell, Item, Piece, Shot, Story

_BULLET = re.compile(r"[•‣▪●○◦■□➢✓⁃]\s*")
_LONG_CELL = 600
_LAST_NUMBER = 999
_MOST = 4_900  # characters of a text that is put together


@dataclass(frozen=True)
class _InList:
    """Where a paragraph is in a list: its depth, whether it is numbered, and which list."""

    depth: int
    is_numbered: bool
    list: str


class Body:
    """The body of a release, as it grows.

    Attributes:
        blocks: The blocks.
        blanks: What is still to be filled, by name.
        people: Who speaks, by key.
        gallery: The pictures.
        notes_used: The footnotes that texts refer to.
    """

    def __init__(self, story: Story, package: Package, language: str) -> None:
        self.story = story
        self.write = Writer(story.tell)
        self.gallery = Gallery(package)
        self.blocks: list[dict[str, Any]] = []
        self.blanks: dict[str, str] = {}
        self.quotes = Quotes(self, language)
        self.notes_used: set[str] = set()
        self._captions: set[int] = set()
        self._levels: list[int] = []
        self._bold_heads = False
        self._reached: dict[str, int] = {}
        self._last_number = 0

    @property
    def people(self) -> dict[str, dict[str, str]]:
        """Who speaks, by key."""
        return self.quotes.people

    def blank(self, name: str, words: str) -> str:
        """Return a placeholder for what is still to be written."""
        self.blanks[name] = words
        return f"{{{name}}}"

    def add(self, items: Sequence[Item]) -> None:
        """Add all of the text."""
        paragraphs = [item for item in items if isinstance(item, Paragraph)]
        self._levels = sorted({p.level for p in paragraphs if p.kind == "heading"})
        self._bold_heads = not self._levels
        if len(self._levels) > 2:
            told = "has headings of more than two levels; those below the second are of it now"
            self.story.tell("the whole file", told)
        self._add(list(items))

    def _add(self, items: list[Item]) -> None:
        index = 0
        while index < len(items):
            item = items[index]
            if isinstance(item, Table):
                self._table(item, items, index)
                index += 1
                continue
            if id(item) in self._captions:
                index += 1
                continue
            if _list_place(item):
                index += self._list(items[index:])
                continue
            if taken := self.quotes.take(items[index:]):
                index += taken
                continue
            self._paragraph(item, items, index)
            index += 1

    # --- paragraphs ---

    def _paragraph(self, item: Paragraph, items: Sequence[Item], index: int) -> None:
        pieces = stripped(item.pieces)
        if item.kind == "heading" or (item.kind in {"title", "subtitle"} and item.text.strip()):
            level = item.level if item.kind == "heading" else min(self._levels, default=1)
            self._heading(pieces, item, level)
        elif self._is_bold_heading(item):
            self.story.tell(item.where, "is bold, on a line of its own: it is a heading now")
            self._heading(pieces, item, 1)
        elif item.shots and item.kind == "caption":
            pass  # the picture takes its words
        else:
            for text in self.texts(pieces, item.where):
                self.blocks.append({"paragraph": text})
        for shot in item.shots:
            self._picture(shot, item, items, index)

    def texts(self, pieces: Sequence[Piece], where: str) -> list[str]:
        """Return runs as texts of the body."""
        self._use(pieces)
        return self.write.texts(tuple(pieces), where)

    def text(self, pieces: Sequence[Piece], where: str) -> str:
        """Return runs as one text of the body."""
        self._use(pieces)
        return self.write.text(pieces, where)

    def _use(self, pieces: Iterable[Piece]) -> None:
        self.notes_used |= {piece.name for piece in pieces if isinstance(piece, NoteMark)}

    def _heading(self, pieces: tuple[Piece, ...], item: Paragraph, level: int) -> None:
        texts = self.texts(without_bold(pieces), item.where)
        if not texts:
            return
        has_first = any("heading" in block and "level" not in block for block in self.blocks)
        is_second = level > min(self._levels, default=1) and has_first
        block: dict[str, Any] = {"heading": texts[0]}
        self.blocks.append(block | ({"level": 2} if is_second else {}))
        self.blocks += [{"paragraph": text} for text in texts[1:]]

    def _is_bold_heading(self, item: Paragraph) -> bool:
        words = item.text.strip()
        return (
            self._bold_heads
            and not item.kind
            and item.is_bold
            and 2 < len(words) <= 90
            and "\n" not in words
            and words[-1] not in ".,;:!؟،؛–-"
            and any(character.isalpha() for character in words)
            and not item.shots
        )

    # --- pictures ---

    def _picture(self, shot: Shot, item: Paragraph, items: Sequence[Item], index: int) -> None:
        caption = None
        if item.kind == "caption":
            caption = item
        elif shot is item.shots[-1]:
            after = items[index + 1] if index + 1 < len(items) else None
            if isinstance(after, Paragraph) and after.kind == "caption" and not after.shots:
                caption = after
        said = "" if caption is None else self.text(stripped(caption.pieces), caption.where)
        name, reason = self.gallery.take(shot, shot.alt or (caption.text if caption else ""))
        if not name:
            alt = f", with the alternative text “{shot.alt}”" if shot.alt else ""
            self.story.tell(item.where, f"a picture is left out: it {reason}{alt}")
            if caption is item and said:
                self.blocks.append({"paragraph": said})
            return
        if caption is not None:
            self._captions.add(id(caption))
        stem = re.sub(r"\W", "_", name.rpartition(".")[0])
        if shot.alt:
            alt = self.write.text((Span(shot.alt),), item.where)
        else:
            alt = self.blank(f"alt_{stem}", f"What {name} shows")
            self.story.tell(item.where, f"the picture {name} has no alternative text")
        if shot.is_cropped:
            told = f"the picture {name} is whole, of which Word showed a piece: cut it if you must"
            self.story.tell(item.where, told)
        self.blocks.append({"image": name, "alt": alt} | ({"caption": said} if said else {}))

    # --- lists ---

    def _list(self, items: Sequence[Item]) -> int:
        """Add a list, and return how many items it took."""
        first = items[0]
        assert isinstance(first, Paragraph)  # noqa: S101 - the caller looked
        place = _list_place(first)
        assert place is not None  # noqa: S101 - likewise
        base, numbered, of = place.depth, place.is_numbered, place.list
        entries: list[dict[str, Any]] = []
        shots: list[tuple[Shot, Paragraph]] = []
        taken = 0
        start = first.place.number if first.place else 0
        if numbered and first.place and first.place.level.format not in {"decimal", "decimalZero"}:
            told = "is a list with letters or Roman numbers in Word; now it has numbers"
            self.story.tell(first.where, told)
        for item in items:
            if not isinstance(item, Paragraph):
                break
            here = _list_place(item)
            if here is None:
                break
            depth = here.depth
            is_more = item.place is not None and item.place.is_continuation and bool(entries)
            if depth < base or (depth == base and not is_more and here != place):
                break
            pieces = stripped(item.pieces)
            if item.place is None:
                pieces = stripped(cut(pieces, _bullet_length(item.text.strip())))
            self._item(entries, item, pieces, depth - base, is_more=is_more)
            shots += [(shot, item) for shot in item.shots]
            taken += 1
        if entries:
            self.blocks.append(self._list_block(entries, of, start, numbered=numbered))
        for shot, item in shots:
            self._picture(shot, Paragraph(item.number, pieces=item.pieces), (), 0)
        return max(taken, 1)

    def _item(
        self, entries: list[dict[str, Any]], item: Paragraph, pieces: tuple[Piece, ...],
        depth: int, *, is_more: bool,
    ) -> None:  # fmt: skip
        texts = self.texts(pieces, item.where)
        for number, text in enumerate(texts):
            if is_more and not number:
                inner = entries[-1]["list"]
                before = inner[-1] if inner else entries[-1]["item"]
                if len(before) + len(text) < _MOST:
                    if inner:
                        inner[-1] = f"{before} {text}"
                    else:
                        entries[-1]["item"] = f"{before} {text}"
                    continue
            if depth > 0 and entries:
                if depth > 1:
                    told = "has a list of a third level in Word; it is of the second now"
                    self.story.tell("the whole file", told)
                if not entries[-1]["list"]:
                    entries[-1]["numbered"] = item.place is not None and item.place.is_numbered
                entries[-1]["list"].append(text)
            else:
                entries.append({"item": text, "list": [], "numbered": False})

    def _list_block(
        self, entries: list[dict[str, Any]], of: str, start: int, *, numbered: bool
    ) -> dict[str, Any]:
        listed = [
            (entry if entry["numbered"] else {"item": entry["item"], "list": entry["list"]})
            if entry["list"]
            else entry["item"]
            for entry in entries
        ]
        block: dict[str, Any] = {"list": listed}
        if not numbered:
            return block
        if start > 1 and start == self._last_number + 1 and of in self._reached:
            block["continues"] = True
        elif 1 < start <= _LAST_NUMBER:
            block["start"] = start
        else:
            block["numbered"] = True
        begun = start if start > 0 else 1
        self._last_number = begun + len(entries) - 1
        self._reached[of] = self._last_number
        return block

    # --- tables ---

    def _table(self, table: Table, items: Sequence[Item], index: int) -> None:
        rows = [row for row in table.rows if any(map(_holds, row))]
        width = len(rows[0]) if rows else 0
        if not rows:
            return
        if width < 2 or len(rows) < 2 or any(map(_is_layout, (c for row in rows for c in row))):
            if width > 1 or len(rows) > 1:
                self.story.tell(table.where, "is a layout of text in Word; its cells follow each "
                                             "other now")  # fmt: skip
            for row in rows:
                for cell in row:
                    self._add(list(cell.items))
            return
        if width > MOST_COLUMNS:
            self._wide(table, rows)
            return
        if any(cell.is_merged for row in rows for cell in row):
            told = "has merged cells in Word; their text is in the first of them now"
            self.story.tell(table.where, told)
        top = self._top(table, rows)
        rows = rows[1:] if top else rows
        title = self._title(table, items, index)
        if top and title.startswith("{"):
            del self.blanks[title.strip("{}")]
            title = top
        elif top:
            self.blocks.append({"paragraph": top})
        columns = [self._cell(cell, table) for cell in rows[0]]
        for column, heading in enumerate(columns[1:], 1):
            if heading is None:
                name = f"table_{table.number}_column_{column + 1}"
                columns[column] = self.blank(name, f"Heading of column {column + 1}")
        self.blocks.append(
            {
                "table": title,
                "columns": columns,
                "rows": [[self._cell(cell, table) for cell in row] for row in rows[1:]],
            }
        )
        for shot, item in (each for row in rows for cell in row for each in _shots(cell)):
            self.story.tell(table.where, "has a picture in a cell; it follows the table now")
            self._picture(shot, Paragraph(item.number, pieces=item.pieces), (), 0)

    def _top(self, table: Table, rows: Sequence[Sequence[Cell]]) -> str:
        """Return the words of a first row that is one cell, over all columns: a title."""
        first, *others = rows[0]
        is_one = len(rows) > 2 and first.is_merged and others and not any(map(_holds, others))
        is_one = is_one and all(cell.is_merged for cell in others) and not _is_layout(first)
        return (self._cell(first, table) or "") if is_one and not _shots(first) else ""

    def _title(self, table: Table, items: Sequence[Item], index: int) -> str:
        """Return the title of a table: the caption before or after it, or a blank."""
        last = self.blocks[-1] if self.blocks else {}
        before = items[index - 1] if index else None
        after = items[index + 1] if index + 1 < len(items) else None
        is_title = isinstance(before, Paragraph) and (
            before.kind == "caption"
            or " ".join(before.text.split()) == " ".join(table.title.split())
        )
        if is_title and list(last) == ["paragraph"]:
            del self.blocks[-1]
            return str(last["paragraph"])
        if isinstance(after, Paragraph) and after.kind == "caption" and not after.shots:
            self._captions.add(id(after))
            return self.text(stripped(after.pieces), after.where)
        if table.title.strip():
            return self.write.text((Span(table.title),), table.where)
        return self.blank(f"table_{table.number}", f"Title of table {table.number}")

    def _cell(self, cell: Cell, table: Table) -> str | None:
        pieces: list[Piece] = []
        for item in cell.items:
            if isinstance(item, Paragraph) and item.text.strip():
                pieces += [Span(" "), *item.pieces] if pieces else item.pieces
        return self.text(without_bold(pieces), table.where) or None

    def _wide(self, table: Table, rows: Sequence[Sequence[Cell]]) -> None:
        told = f"has {len(rows[0])} columns, and a table of a release has {MOST_COLUMNS} at most: "
        self.story.tell(table.where, f"{told}each row is an item of a list now")
        entries = []
        for row in rows:
            texts = [t for cell in row if (t := self._cell(cell, table))]
            entries.append("; ".join(texts))
        for number, entry in enumerate(entries):
            if len(entry) > _MOST:
                self.story.tell(table.where, f"row {number + 1} is too long, and is left out: "
                                             f"“{entry}”")  # fmt: skip
        self.blocks.append({"list": [entry for entry in entries if 0 < len(entry) <= _MOST]})
        for row in rows:
            for cell in row:
                for shot, item in _shots(cell):
                    self._picture(shot, Paragraph(item.number, pieces=item.pieces), (), 0)


def _list_place(item: Paragraph) -> _InList | None:
    """Return where a paragraph is in a list; none if it is in none."""
    if item.kind in {"heading", "title", "subtitle"} or not item.text.strip():
        return None
    if item.place is not None:
        numbered = item.place.is_numbered and not item.place.is_continuation
        return _InList(item.place.depth, numbered, item.place.list if numbered else "")
    is_typed = _bullet_length(item.text.strip()) > 0
    return _InList(0, is_numbered=False, list="") if is_typed else None


def _bullet_length(text: str) -> int:
    match = _BULLET.match(text)
    return match.end() if match and match.end() < len(text) else 0


def _holds(cell: Cell) -> bool:
    return bool(text_of(cell.items) or _shots(cell))


def _shots(cell: Cell) -> list[tuple[Shot, Paragraph]]:
    return [(s, item) for item in cell.items if isinstance(item, Paragraph) for s in item.shots]


def _is_layout(cell: Cell) -> bool:
    """Whether a cell holds what no cell of a release's table can."""
    paragraphs = [item for item in cell.items if isinstance(item, Paragraph) and item.text.strip()]
    if len(text_of(cell.items)) > _LONG_CELL:
        return True
    return any(isinstance(item, Table) for item in cell.items) or any(
        p.kind in {"heading", "title"} for p in paragraphs
    )
