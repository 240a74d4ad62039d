"""Fact tables as Word tables (ECMA-376 Part 1, 17.4); ``blocks`` calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapress.document import plain
from gapress.writers.docx.inlines import paragraph
from gapress.writers.docx.ooxml import new, properties, put, w

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapress.document import ColumnGroup, Event, FactTable, Inlines
    from gapress.writers.docx.ooxml import Element
    from gapress.writers.docx.story import Story

_EMU_PER_TWIP = 635
# Word fits columns to their words by itself; LibreOffice keeps to the widths of the file. In
# twentieths of a point: a wide letter of table text, and the padding of a cell with some air.
_LETTER, _PADDING = 125, 240
# The parts of a table that its style may format, in the order of ST_Cnf (17.18.6).
_CONDITIONS = (
    "firstRow", "lastRow", "firstColumn", "lastColumn", "oddVBand", "evenVBand", "oddHBand",
    "evenHBand", "firstRowFirstColumn", "firstRowLastColumn", "lastRowFirstColumn",
    "lastRowLastColumn",
)  # fmt: skip
_SIDES = {"start": "", "end": " End", "center": " Center"}
# A table of at most so many rows stays on one page; a longer one begins with so many together.
_SHORT, _OPENING = 14, 3
# From so many columns, type is smaller; by the most that a size in half points is for.
_MANY = 7
_SIZES = {8: 16, 10: 14}
_LONG = 40  # characters from which a text wraps anyway and gives no column more room


def fact_table(story: Story, table: FactTable) -> Iterator[Element]:
    """Yield the title, the table, its notes, and a small paragraph that keeps two tables apart."""
    style = story.styles.paragraph
    if table.title:
        yield paragraph(story, style("Table Title"), (table.title, ""))
    widths = _widths((table.columns, *table.rows), story.width // _EMU_PER_TWIP)
    grid = new("tblGrid", *(new("gridCol", w=str(width)) for width in widths))
    headers = [_group_row(story, table.groups, widths)] if table.groups else []
    headings = _styles(story, table, ["Table Heading"] * len(widths))
    headers.append(_row(story, table.columns, headings, widths, header=True))
    names = _styles(story, table, ["Table Row Heading"] + ["Table Text"] * (len(widths) - 1))
    rows = [_row(story, row, names, widths) for row in table.rows]
    if table.total:
        bold = _styles(story, table, ["Table Row Heading"] * len(widths))
        rows[-1] = _row(story, table.rows[-1], bold, widths)
        rows[-1][0].insert(0, _conditions("lastRow"))
    _keep_together([*headers, *rows], with_next=bool(table.notes))
    if len(widths) >= _MANY:
        _make_small((*headers, *rows), _size(len(widths)))
    yield new("tbl", _properties(story, table.title, total=table.total), grid, *headers, *rows)
    for note in table.notes:
        yield paragraph(story, story.styles.paragraph_or("Table Note", "Table Text"), (note, ""))
    yield paragraph(story, style("After Table"))


def _size(columns: int) -> int:
    return next((size for most, size in _SIZES.items() if columns <= most), min(_SIZES.values()))


def _make_small(rows: Sequence[Element], size: int) -> None:
    """Set the rows of a table of many columns in smaller type, and the texts of cells closer."""
    for row in rows:
        for run in row.iter(w("r")):
            for name in ("sz", "szCs"):
                put(properties(run, "rPr"), name, val=str(size))
        for cell in row.iter(w("tc")):
            sides = (new(side, w="50", type="dxa") for side in ("start", "end"))
            put(properties(cell, "tcPr"), "tcMar", *sides)


def event_table(story: Story, event: Event) -> Iterator[Element]:
    """Yield the title of an event, a table of what to know of it, and what keeps tables apart."""
    style = story.styles.paragraph
    yield paragraph(story, style("Table Title"), (event.title, ""))
    room = story.width // _EMU_PER_TWIP
    longest = max(len(plain(label)) for label, _ in event.details)
    first = min(max(longest * _LETTER + _PADDING, room // 5), room // 3)
    widths = (first, room - first)
    grid = new("tblGrid", *(new("gridCol", w=str(width)) for width in widths))
    rows = []
    for label, (line, *others) in event.details:
        row = _row(story, (label, line), (style("Table Row Heading"), style("Table Text")), widths)
        for other in others:
            row[-1].append(paragraph(story, style("Table Text"), (other, "")))
        rows.append(row)
    _keep_together(rows)
    yield new("tbl", _properties(story, event.title, header=False), grid, *rows)
    yield paragraph(story, style("After Table"))


def _styles(story: Story, table: FactTable, names: Sequence[str]) -> list[str]:
    """Return the id of the style of each column: a style of its own for each side."""
    return [
        story.styles.paragraph_or(f"{name}{_SIDES[side]}", name)
        for name, side in zip(names, table.sides, strict=True)
    ]


def _properties(
    story: Story, title: Inlines, *, header: bool = True, total: bool = False
) -> Element:
    first, last = "1" if header else "0", "1" if total else "0"
    look = {"firstRow": first, "lastRow": last, "firstColumn": "1", "lastColumn": "0"}
    bits = 0x0680 | (0x0020 if header else 0) | (0x0040 if total else 0)
    properties = new(
        "tblPr",
        new("tblStyle", val=story.styles.table("Fact Table")),
        new("tblW", w="5000", type="pct"),
        # The same as a bit field, for programs of before 2010 (17.4.55).
        new("tblLook", val=f"{bits:04X}", noHBand="1", noVBand="1", **look),
    )
    if title:
        # What assistive technology says when it comes to the table (17.4.59).
        properties.append(new("tblCaption", val=plain(title)))
    return properties


def _row(
    story: Story,
    cells: Sequence[Inlines],
    styles: Sequence[str],
    widths: Sequence[int],
    *,
    header: bool = False,
) -> Element:
    row = _empty_row(header=header)
    for content, style, width in zip(cells, styles, widths, strict=True):
        row.append(_cell(story, content, style, width, header=header))
    row[1][0].insert(0, _conditions("firstColumn"))
    return row


def _empty_row(*, header: bool) -> Element:
    properties = new("trPr", new("cantSplit"))
    if header:
        # Word finds the first row by itself; viewers in a browser go by what Word notes of it.
        properties.insert(0, _conditions("firstRow"))
        properties.append(new("tblHeader"))
    return new("tr", properties)


def _cell(
    story: Story, content: Inlines, style: str, width: int, span: int = 1, *, header: bool = False
) -> Element:
    size = new("tcPr", new("tcW", w=str(width), type="dxa"))
    if span > 1:
        put(size, "gridSpan", val=str(span))
    # A link's colour is the ground on which headings stand.
    return new("tc", size, paragraph(story, style, (content, ""), blend_links=header))


def _group_row(story: Story, groups: Sequence[ColumnGroup], widths: Sequence[int]) -> Element:
    """Return the header row above that of the columns, each group in one merged cell."""
    row, start = _empty_row(header=True), 0
    style = story.styles.paragraph_or("Table Heading Center", "Table Heading")
    for group in groups:
        width = sum(widths[start : start + group.columns])
        row.append(_cell(story, group.heading, style, width, group.columns, header=True))
        start += group.columns
    return row


def _keep_together(rows: Sequence[Element], *, with_next: bool = False) -> None:
    """Let no page end inside a short table, nor behind the first or before the last row of any.

    Rows are kept with the next by their paragraphs (17.3.1.15).

    Args:
        rows: All rows of the table.
        with_next: Keep the table with the paragraph behind it.
    """
    last = len(rows) - 1
    for number, row in enumerate(rows):
        inside = last < _SHORT or number < _OPENING or number == last - 1
        if with_next if number == last else inside:
            for paragraph_ in row.iter(w("p")):
                put(properties(paragraph_, "pPr"), "keepNext")


def _conditions(which: str) -> Element:
    """Return the note of which conditional formats of the table's style apply (17.3.1.8)."""
    flags = {name: "1" if name == which else "0" for name in _CONDITIONS}
    return new("cnfStyle", val="".join(flags.values()), **flags)


def _widths(rows: Sequence[Sequence[Inlines]], total: int) -> list[int]:
    """Return the width of each column in twentieths of a point; together at most ``total``.

    A column has room for its longest word; what is left goes to the columns with more text.
    """
    columns = [[plain(cell) for cell in column] for column in zip(*rows, strict=True)]
    words = [max(len(word) for text in column for word in text.split(" ")) for column in columns]
    letter, padding = _LETTER, _PADDING
    if len(columns) >= _MANY:
        letter, padding = _size(len(columns)) * 7, 110  # half points; twips
    least = [word * letter + padding for word in words]
    if sum(least) > total:
        return [width * total // sum(least) for width in least]
    wishes = [min(max(map(len, column)), _LONG) + 1 for column in columns]
    spare = total - sum(least)
    return [width + spare * wish // sum(wishes) for width, wish in zip(least, wishes, strict=True)]
