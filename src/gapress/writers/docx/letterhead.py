"""The logo's place in the letterhead; ``template`` calls it for ``{{ logo }}``.

The designer gives the logo a table cell, whose column and row are the most room that it may
take. The column then closes up to the logo, so that the words beside it start near it whatever
its shape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapress.writers.docx.ooxml import drop, new, properties, put, w
from gapress.writers.docx.pictures import drawing, size

if TYPE_CHECKING:
    from gapress.writers.docx.ooxml import Element
    from gapress.writers.docx.story import Story

_EMU_PER_TWIP = 635
_GAP = 227  # twentieths of a point between the logo and the words: 4 mm
_HEIGHT = 1134  # where the row has no height of its own: 20 mm


def put_logo(story: Story, element: Element, alt: str) -> None:
    """Put the theme's logo into a paragraph, or take the place of the logo away."""
    cell = element.getparent()
    in_table = cell is not None and cell.tag == w("tc")
    for child in element.findall(w("r")):
        element.remove(child)
    logo = story.theme.logo
    if logo is None:
        drop(element)
        if cell is not None and in_table and cell.find(f".//{w('r')}") is None:
            _set_column(cell, 0)
        return
    room = _room(cell) if cell is not None and in_table else (story.width, _HEIGHT * _EMU_PER_TWIP)
    element.append(new("r", drawing(story, logo, alt, room)))
    if cell is not None and in_table:
        _set_column(cell, size(logo, room)[0] // _EMU_PER_TWIP + _GAP)


def _room(cell: Element) -> tuple[int, int]:
    """Return width and height of a cell in EMU."""
    row = cell.getparent()
    assert row is not None  # noqa: S101 - a cell is always in a row
    height = row.find(f"{w('trPr')}/{w('trHeight')}")
    twips = _HEIGHT if height is None else int(height.get(w("val"), _HEIGHT))
    columns = _columns(cell)
    width = int(columns[row.findall(w("tc")).index(cell)].get(w("w"), "0")) - _GAP
    return width * _EMU_PER_TWIP, twips * _EMU_PER_TWIP


def _columns(cell: Element) -> list[Element]:
    table = next(cell.iterancestors(w("tbl")))
    return table.findall(f"{w('tblGrid')}/{w('gridCol')}")


def _set_column(cell: Element, width: int) -> None:
    """Set the width of a cell's column; its neighbour takes the rest, and at 0 all of it.

    Only in tables of one row with a cell for each column: others are left as they are.
    """
    row, columns = cell.getparent(), _columns(cell)
    assert row is not None  # noqa: S101
    cells, rows = row.findall(w("tc")), len(next(row.iterancestors(w("tbl"))).findall(w("tr")))
    if rows != 1 or len(cells) != len(columns) or len(cells) < 2:
        return
    index = cells.index(cell)
    neighbour = index + 1 if index + 1 < len(cells) else index - 1
    total = sum(int(columns[i].get(w("w"), "0")) for i in (index, neighbour))
    for i, share in ((index, width), (neighbour, total - width)):
        columns[i].set(w("w"), str(share))
        put(properties(cells[i], "tcPr"), "tcW", w=str(share), type="dxa")
    if not width:
        row.remove(cell)
        grid = columns[index].getparent()
        if grid is not None:
            grid.remove(columns[index])
