"""Blocks as paragraphs in named styles; ``parts`` calls it for the body and for sections."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import singledispatch
from typing import TYPE_CHECKING

from gapress.document import (
    Event,
    FactTable,
    Figure,
    FigureGroup,
    Heading,
    ItemList,
    Link,
    Paragraph,
    Quote,
    Recording,
    Strong,
    Text,
)
from gapress.writers.docx.figures import below, figure_group, shown
from gapress.writers.docx.inlines import paragraph
from gapress.writers.docx.ooxml import properties, put, w
from gapress.writers.docx.tables import event_table, fact_table
from gapress.writers.kinds import shows_every_block

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapress.document import Block, Inlines, Language
    from gapress.writers.docx.ooxml import Element
    from gapress.writers.docx.story import Story


_SECOND_HEADING = "heading 3"


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
        yield from _elements(block, story, look)


@singledispatch
def _elements(block: Block, story: Story, look: Look) -> Iterable[Element]:
    raise NotImplementedError(type(block).__name__)


@_elements.register(Paragraph)
def _paragraph(block: Paragraph, story: Story, look: Look) -> Iterable[Element]:
    if not block.dateline:
        return [paragraph(story, look.text, (block.content, ""))]
    opening = (block.dateline, "Dateline")
    return [paragraph(story, look.text, opening, ((Text(" "), *block.content), ""))]


@_elements.register(Heading)
def _heading(block: Heading, story: Story, look: Look) -> Iterable[Element]:
    name = _SECOND_HEADING if block.level == 2 else look.heading
    return [paragraph(story, story.styles.paragraph(name), (block.content, ""))]


@_elements.register(FactTable)
def _table(block: FactTable, story: Story, _: Look) -> Iterable[Element]:
    return fact_table(story, block)


@_elements.register(Event)
def _event(block: Event, story: Story, _: Look) -> Iterable[Element]:
    return event_table(story, block)


@_elements.register(Quote)
def _quote(block: Quote, story: Story, _: Look) -> Iterator[Element]:
    style = story.styles.paragraph
    yield from _said(story, style("Quote"), block.paragraphs, block.language)
    has_more = bool(block.note or block.record)
    for place, speaker in enumerate(block.speakers, 1):
        # The space is for programs that read Word files and drop line breaks (mammoth).
        break_between = (Text(" \n"),) if speaker.name and speaker.title else ()
        is_last = place == len(block.speakers) and not has_more
        yield paragraph(
            story,
            story.styles.last_attribution() if is_last else style("Quote Attribution"),
            (speaker.name, "Quote Speaker"),
            ((*break_between, *speaker.title), ""),
        )
    if block.note:
        yield paragraph(story, style("Quote Note"), (block.note, ""))
    if block.record:
        record = block.record
        yield from _said(story, style("Quote Note"), record.paragraphs, record.language)


def _said(
    story: Story, style: str, paragraphs: tuple[Inlines, ...], language: Language | None
) -> Iterator[Element]:
    """Yield paragraphs of words, in another language than the document's or not."""
    if language is None:
        yield from (paragraph(story, style, (words, "")) for words in paragraphs)
        return
    own = replace(story, direction=language.direction)
    is_rtl = language.direction == "rtl"
    for words in paragraphs:
        element = paragraph(own, style, (words, ""))
        put(element[0], "bidi", val="1" if is_rtl else "0")
        if is_rtl:
            put(put(element[0], "rPr"), "rtl")
        for run in element.iter(w("r")):
            put(properties(run, "rPr"), "lang", **{"bidi" if is_rtl else "val": language.tag})
        story.turned.append(element)
        yield element


@_elements.register(ItemList)
def _list(block: ItemList, story: Story, look: Look) -> Iterator[Element]:
    names = {False: look.bullet, True: look.number}
    style = story.styles.paragraph(names[block.numbered])
    kinds = {nested.numbered for nested in block.nested if nested}
    numberings: dict[bool, str] = {}
    # Numbers of one level restart by themselves after an item of the level above, in one numbering.
    for kind in sorted(kinds, reverse=True):
        inner = story.styles.paragraph(names[kind])
        numberings[kind] = story.numbering.levels(style, inner, block.start)
    numbering = next(iter(numberings.values()), "")
    if not kinds and block.numbered:
        numbering = story.numbering.restart(style, block.start)
    for item, nested in block.entries:
        yield paragraph(story, style, (item, ""), numbering=numbering)
        if nested is None:
            continue
        second = story.styles.second(names[nested.numbered])
        own = numberings[nested.numbered]
        for text in nested.items:
            yield paragraph(story, second, (text, ""), numbering=own, level=1)


@_elements.register(Figure)
def _figure(block: Figure, story: Story, _: Look) -> Iterator[Element]:
    # Two thirds of the page leave room for the caption, which must stay with its picture.
    room = (story.width, story.height * 2 // 3)
    yield shown(story, block.picture, block.alt, room)
    yield from below(story, block.caption, block.credit)


@_elements.register(FigureGroup)
def _figures(block: FigureGroup, story: Story, _: Look) -> Iterator[Element]:
    return figure_group(story, block)


@_elements.register(Recording)
def _recording(block: Recording, story: Story, _: Look) -> Iterator[Element]:
    style = story.styles.paragraph
    if block.poster:
        room = (story.width, story.height * 2 // 5)
        yield shown(story, block.poster, block.alt, room)
    lines: list[Inlines] = [
        (Link(block.url, (Strong(block.invitation),)),),
        (Link(block.url, block.address),),
        *block.times,
    ]
    if block.transcript:
        address = Link(block.transcript, block.transcript_address)
        lines.append((*block.transcript_label, Text(" "), address))
    for line in (*lines, block.caption):
        if line:
            yield paragraph(story, style("caption"), (line, ""))
    if block.credit:
        yield paragraph(story, style("Credit"), (block.credit, ""))
    else:
        yield paragraph(story, style("After Table"))


shows_every_block(_elements)
