"""Blocks as paragraphs in named styles; ``parts`` calls it for the body and for sections."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from gapress.document import FactTable, Figure, Heading, ItemList, Paragraph, Quote, Text
from gapress.writers.docx.inlines import paragraph
from gapress.writers.docx.ooxml import new
from gapress.writers.docx.pictures import drawing
from gapress.writers.docx.tables import fact_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapress.document import Block
    from gapress.writers.docx.ooxml import Element
    from gapress.writers.docx.story import Story


@dataclass(frozen=True)
class Look:
    """The styles of ordinary blocks, which differ between the body and the sections after it.

    Attributes:
        text: Id of the style of paragraphs: that of the placeholder.
        heading: Name of the style of headings.
        bullet: Name of the style of items with bullets.
        number: Name of the style of numbered items.
    """

    text: str
    heading: str = "heading 2"
    bullet: str = "List Bullet"
    number: str = "List Number"


def blocks(story: Story, content: Iterable[Block], look: Look) -> Iterator[Element]:
    """Yield the paragraphs and tables of blocks."""
    for block in content:
        match block:
            case Paragraph():
                yield _paragraph(story, block, look)
            case Heading():
                style = story.styles.paragraph(look.heading)
                yield paragraph(story, style, (block.content, ""))
            case Quote():
                yield from _quote(story, block)
            case ItemList():
                yield from _list(story, block, look)
            case FactTable():
                yield from fact_table(story, block)
            case Figure():
                yield from _figure(story, block)
            case _:  # a block that nothing writes must not vanish from the file
                assert_never(block)


def _paragraph(story: Story, block: Paragraph, look: Look) -> Element:
    if not block.dateline:
        return paragraph(story, look.text, (block.content, ""))
    opening = (block.dateline, "Dateline")
    return paragraph(story, look.text, opening, ((Text(" "), *block.content), ""))


def _quote(story: Story, block: Quote) -> Iterator[Element]:
    style = story.styles.paragraph
    yield paragraph(story, style("Quote"), (block.content, ""))
    # The space is for programs that read Word files and drop line breaks (mammoth).
    break_between = (Text(" \n"),) if block.speaker and block.title else ()
    if block.speaker or block.title:
        yield paragraph(
            story,
            style("Quote Attribution"),
            (block.speaker, "Quote Speaker"),
            ((*break_between, *block.title), ""),
        )
    if block.note:
        yield paragraph(story, style("Quote Note"), (block.note, ""))


def _list(story: Story, block: ItemList, look: Look) -> Iterator[Element]:
    style = story.styles.paragraph(look.number if block.numbered else look.bullet)
    numbering = story.numbering.restart(style) if block.numbered else ""
    for item in block.items:
        yield paragraph(story, style, (item, ""), numbering=numbering)


def _figure(story: Story, block: Figure) -> Iterator[Element]:
    style = story.styles.paragraph
    picture = paragraph(story, style("Figure"))
    # Two thirds of the page leave room for the caption, which must stay with its picture.
    room = (story.width, story.height * 2 // 3)
    picture.append(new("r", drawing(story, block.picture, block.alt, room)))
    yield picture
    if block.caption:
        yield paragraph(story, style("caption"), (block.caption, ""))
    if block.credit:
        yield paragraph(story, style("Credit"), (block.credit, ""))
