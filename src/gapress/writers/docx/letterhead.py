"""The logos' place in the letterhead, and the names of several issuers; ``template`` calls it.

The designer gives the logo a table cell, whose column and row are the most room that it may
take; several logos stand in it side by side. The column then closes up to them, so that the words
beside it start near them whatever their shape.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

from gapress.document import plain
from gapress.writers.docx import placeholders
from gapress.writers.docx.inlines import add_inlines
from gapress.writers.docx.ooxml import drop, new, properties, put, w
from gapress.writers.docx.pictures import drawing, size
from gapress.writers.docx.placeholders import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.document import Document, Inlines, Picture
    from gapress.theme import Theme
    from gapress.writers.docx.ooxml import Element
    from gapress.writers.docx.story import Story

_EMU_PER_TWIP = 635
_GAP = 227  # twentieths of a point between the logo and the words: 4 mm
_APART = 80  # twentieths of a point between one issuer and the next
_NOTICE = "organisation_notice"
_HEIGHT = 1134  # where the row has no height of its own: 20 mm


def put_logos(story: Story, element: Element, document: Document) -> None:
    """Put the logos of who publishes into a paragraph, or take the place of the logo away."""
    cell = element.getparent()
    in_table = cell is not None and cell.tag == w("tc")
    for child in element.findall(w("r")):
        element.remove(child)
    logos = list(_logos(story.theme, document))
    if not logos:
        drop(element)
        if cell is not None and in_table and cell.find(f".//{w('r')}") is None:
            _set_column(cell, 0)
        return
    room = _room(cell) if cell is not None and in_table else (story.width, _HEIGHT * _EMU_PER_TWIP)
    each = (room[0] // len(logos) - _GAP * _EMU_PER_TWIP * (len(logos) > 1), room[1])
    for number, (logo, alt) in enumerate(logos):
        if number:
            element.append(new("r", _space()))
        element.append(new("r", drawing(story, logo, alt, each)))
    if cell is not None and in_table:
        width = sum(size(logo, each)[0] // _EMU_PER_TWIP + _GAP for logo, _ in logos)
        _set_column(cell, width)


def _logos(theme: Theme, document: Document) -> Iterator[tuple[Picture, str]]:
    """Yield the logos, each with the name that it stands for."""
    if not document.issuers and theme.logo:
        yield theme.logo, plain(document.organisation.name)
    for issuer in document.issuers:
        if issuer.logo:
            yield theme.logos[issuer.logo], plain(issuer.name)


def _space() -> Element:
    element = new("t")
    element.text = "\u2003"
    return element


def put_issuers(story: Story, element: Element, document: Document) -> None:
    """Put each issuer's name into a paragraph of its own, like the one that has the place."""
    small = next((p for p in story.part.element.iter(w("p")) if _names(p) == [_NOTICE]), element)
    for number, issuer in enumerate(document.issuers):
        _put_like(story, element, issuer.name, element, before=_APART if number else 0)
        if issuer.notice:
            _put_like(story, small, issuer.notice, element)
    drop(element)


def _names(element: Element) -> list[str]:
    return PLACEHOLDER.findall(placeholders.words(placeholders.pieces(element)))


def _put_like(
    story: Story, model: Element, words: Inlines, place: Element, *, before: int = 0
) -> None:
    """Put a paragraph that looks like another before a place, with some space before it."""
    made = deepcopy(model)
    settings = next((run.find(w("rPr")) for run in made.findall(w("r"))), None)
    for run in made.findall(w("r")):
        made.remove(run)
    if before:
        put(properties(made, "pPr"), "spacing", before=str(before))
    add_inlines(made, story, words, like=settings)
    place.addprevious(made)


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
