"""Pictures with their captions, alone or side by side; ``blocks`` calls it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapress.writers.docx.inlines import paragraph
from gapress.writers.docx.ooxml import new
from gapress.writers.docx.pictures import drawing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapress.document import Figure, FigureGroup, Inlines, Picture
    from gapress.writers.docx.ooxml import Element
    from gapress.writers.docx.story import Story

_EMU_PER_TWIP = 635
# Half of the space between two pictures, in twentieths of a point.
_GAP = 108


def shown(story: Story, picture: Picture, alt: str, room: tuple[int, int]) -> Element:
    """Return the paragraph of a picture.

    Args:
        story: Where it will be.
        picture: The picture.
        alt: What it shows.
        room: The most that it may be wide and high, in EMU.
    """
    element = paragraph(story, story.styles.paragraph("Figure"))
    element.append(new("r", drawing(story, picture, alt, room)))
    return element


def below(story: Story, caption: Inlines, credit: Inlines) -> Iterator[Element]:
    """Yield the paragraphs under a picture, those that there are."""
    if caption:
        yield paragraph(story, story.styles.paragraph("caption"), (caption, ""))
    if credit:
        yield paragraph(story, story.styles.paragraph("Credit"), (credit, ""))


def figure_group(story: Story, group: FigureGroup) -> Iterator[Element]:
    """Yield pictures side by side in a table without rules, and what is said of all of them."""
    # The outer pictures end where the text does, their cells a little beyond.
    width = (story.width // _EMU_PER_TWIP + 2 * _GAP) // group.columns
    grid = new("tblGrid", *(new("gridCol", w=str(width)) for _ in range(group.columns)))
    rows = (_row(story, row, group.columns, width) for row in group.rows)
    margins = (new(side, w=str(_GAP), type="dxa") for side in ("left", "right"))
    properties = new(
        "tblPr",
        new("tblW", w=str(width * group.columns), type="dxa"),
        new("tblInd", w=str(-_GAP), type="dxa"),
        new("tblLayout", type="fixed"),
        new("tblCellMar", *margins),
        # No row and no column heads the others (17.4.55): it only sets pictures side by side.
        new("tblLook", val="0600", firstRow="0", lastRow="0", firstColumn="0", lastColumn="0",
            noHBand="1", noVBand="1"),
    )  # fmt: skip
    yield new("tbl", properties, grid, *rows)
    if group.caption or group.credit:
        yield from below(story, group.caption, group.credit)
    else:
        yield paragraph(story, story.styles.paragraph("After Table"))


def _row(story: Story, figures: Sequence[Figure], columns: int, width: int) -> Element:
    cells = [_cell(story, figure, width) for figure in figures]
    cells += [
        _box(width, [paragraph(story, story.styles.paragraph("After Table"))])
        for _ in range(columns - len(figures))
    ]
    return new("tr", new("trPr", new("cantSplit")), *cells)


def _cell(story: Story, figure: Figure, width: int) -> Element:
    room = ((width - 2 * _GAP) * _EMU_PER_TWIP, story.height // 3)
    picture = shown(story, figure.picture, figure.alt, room)
    return _box(width, [picture, *below(story, figure.caption, figure.credit)])


def _box(width: int, content: Sequence[Element]) -> Element:
    return new("tc", new("tcPr", new("tcW", w=str(width), type="dxa")), *content)
