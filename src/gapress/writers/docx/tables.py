"""Fact tables as Word tables (ECMA-376 Part 1, 17.4); ``blocks`` calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapress.document import plain
from gapress.writers.docx.inlines import paragraph
from gapress.writers.docx.ooxml import new

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapress.document import FactTable, Inlines
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
_LONG = 40  # characters from which a text wraps anyway and gives no column more room


def fact_table(story: Story, table: FactTable) -> Iterator[Element]:
    """Yield the title, the table, and a small paragraph that keeps two tables apart."""
    style = story.styles.paragraph
    if table.title:
        yield paragraph(story, style("Table Title"), (table.title, ""))
    widths = _widths((table.columns, *table.rows), story.width // _EMU_PER_TWIP)
    grid = new("tblGrid", *(new("gridCol", w=str(width)) for width in widths))
    header = _row(story, table.columns, ["Table Heading"] * len(widths), widths, header=True)
    names = ["Table Row Heading"] + ["Table Text"] * (len(widths) - 1)
    rows = [_row(story, row, names, widths) for row in table.rows]
    yield new("tbl", _properties(story, table), grid, header, *rows)
    yield paragraph(story, style("After Table"))


def _properties(story: Story, table: FactTable) -> Element:
    look = {"firstRow": "1", "lastRow": "0", "firstColumn": "1", "lastColumn": "0"}
    properties = new(
        "tblPr",
        new("tblStyle", val=story.styles.table("Fact Table")),
        new("tblW", w="5000", type="pct"),
        new("tblLook", val="06A0", noHBand="1", noVBand="1", **look),
    )
    if table.title:
        # What assistive technology says when it comes to the table (17.4.59).
        properties.append(new("tblCaption", val=plain(table.title)))
    return properties


def _row(
    story: Story,
    cells: Sequence[Inlines],
    names: list[str],
    widths: list[int],
    *,
    header: bool = False,
) -> Element:
    properties = new("trPr", new("cantSplit"))
    if header:
        # Word finds the first row by itself; viewers in a browser go by what Word notes of it.
        properties.insert(0, _conditions("firstRow"))
        properties.append(new("tblHeader"))
    row = new("tr", properties)
    for number, (content, name, width) in enumerate(zip(cells, names, widths, strict=True)):
        size = new("tcPr", new("tcW", w=str(width), type="dxa"))
        if number == 0:
            size.insert(0, _conditions("firstColumn"))
        # A link's colour is the ground on which headings stand.
        style = story.styles.paragraph(name)
        words = paragraph(story, style, (content, ""), blend_links=header)
        row.append(new("tc", size, words))
    return row


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
    least = [word * _LETTER + _PADDING for word in words]
    if sum(least) > total:
        return [width * total // sum(least) for width in least]
    wishes = [min(max(map(len, column)), _LONG) + 1 for column in columns]
    spare = total - sum(least)
    return [width + spare * wish // sum(wishes) for width, wish in zip(least, wishes, strict=True)]
