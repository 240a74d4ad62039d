"""The body of a news item as markup that is well-formed in HTML and in XML.

One function for each kind of block.
"""

from __future__ import annotations

from functools import singledispatch
from html import escape
from typing import TYPE_CHECKING

from gapress.document import (
    Emphasis,
    Event,
    FactTable,
    Figure,
    FigureGroup,
    FootnoteMark,
    Heading,
    Isolate,
    ItemList,
    Link,
    Paragraph,
    Quote,
    Raised,
    Recording,
    Strong,
    Text,
)
from gapress.writers.kinds import shows_every_block
from gapress.writers.ninjs.text import contact_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gapress.document import Block, Document, Inline, Inlines, Language


def document_markup(document: Document) -> Iterator[str]:
    """Yield the parts of a document as elements."""
    labels = document.labels
    yield from (block_markup(block, labels) for block in document.body)
    if document.footnotes:
        notes = "".join(_element("li", _markup(note)) for note in document.footnotes)
        yield _element("h2", escape(labels["Footnotes"])) + _element("ol", notes)
    yield _element("p", _markup(document.end_mark))
    for section in document.sections:
        yield _element("h2", _markup(section.title))
        yield from (block_markup(block, labels) for block in section.blocks)
    yield _element("h2", _markup(document.contacts_title))
    for contact in document.contacts:
        if contact.heading:
            yield _element("h3", _markup(contact.heading))
        yield _element("p", _stacked(contact_lines(contact)))


@singledispatch
def block_markup(block: Block, labels: Mapping[str, str]) -> str:
    """Return a block as an element.

    Args:
        block: The block.
        labels: The labels of the document's language.
    """
    raise NotImplementedError(type(block).__name__)


@block_markup.register(Paragraph)
def _paragraph(block: Paragraph, _: Mapping[str, str]) -> str:
    parts = (_markup(block.dateline), _markup(block.content))
    return _element("p", " ".join(filter(None, parts)))


@block_markup.register(Heading)
def _heading(block: Heading, _: Mapping[str, str]) -> str:
    return _element("h3" if block.level == 2 else "h2", _markup(block.content))


@block_markup.register(Quote)
def _quote(block: Quote, _: Mapping[str, str]) -> str:
    people = [line for speaker in block.speakers for line in (speaker.name, speaker.title)]
    record = block.record
    said = _words(record.paragraphs, record.language) if record else ""
    source = _element("figcaption", _stacked((*people, block.note)) + said)
    return _element("figure", _words(block.paragraphs, block.language) + source)


def _words(paragraphs: Iterable[Inlines], language: Language | None) -> str:
    own = f' lang="{language.tag}" dir="{language.direction}"' if language else ""
    said = "".join(_element("p", _markup(paragraph)) for paragraph in paragraphs)
    return f"<blockquote{own}>{said}</blockquote>"


@block_markup.register(ItemList)
def _list(block: ItemList, labels: Mapping[str, str]) -> str:
    entries = "".join(
        _element("li", _markup(item) + (_list(nested, labels) if nested else ""))
        for item, nested in block.entries
    )
    name = "ol" if block.numbered else "ul"
    start = f' start="{block.start}"' if block.start > 1 else ""
    return f"<{name}{start}>{entries}</{name}>"


@block_markup.register(Event)
def _event(event: Event, _: Mapping[str, str]) -> str:
    rows = "".join(
        _element("tr", f'<th scope="row">{_markup(label)}</th>{_element("td", _stacked(lines))}')
        for label, lines in event.details
    )
    caption = _element("caption", _markup(event.title))
    return _element("table", caption + _element("tbody", rows))


@block_markup.register(Figure)
def _figure(block: Figure, labels: Mapping[str, str]) -> str:
    shown = _element("p", escape(labels["Picture: {alt}"].replace("{alt}", block.alt)))
    below = _stacked((block.caption, block.credit))
    return _element("figure", shown + (_element("figcaption", below) if below else ""))


@block_markup.register(FigureGroup)
def _figures(block: FigureGroup, labels: Mapping[str, str]) -> str:
    shown = "".join(_figure(figure, labels) for figure in block.figures)
    below = _stacked((block.caption, block.credit))
    return _element("figure", shown + (_element("figcaption", below) if below else ""))


@block_markup.register(Recording)
def _recording(block: Recording, labels: Mapping[str, str]) -> str:
    link: Inlines = (Link(block.url, block.invitation),)
    shown = _element("p", _markup(link))
    if block.poster:
        poster = labels["Picture: {alt}"].replace("{alt}", block.alt)
        shown += _element("p", escape(poster))
    read: Inlines = ()
    if block.transcript:
        address = Link(block.transcript, block.transcript_address)
        read = (*block.transcript_label, Text(" "), address)
    below = _stacked((*block.times, read, block.caption, block.credit))
    return _element("figure", shown + (_element("figcaption", below) if below else ""))


@block_markup.register(FactTable)
def _table(table: FactTable, _: Mapping[str, str]) -> str:
    spans = "".join(f'<colgroup span="{group.columns}"></colgroup>' for group in table.groups)
    over = "".join(
        _cell_markup(group.heading, "colgroup", f' colspan="{group.columns}"')
        for group in table.groups
    )
    head = "".join(_cell_markup(cell, "col") for cell in table.columns)
    rows = "".join(
        _element("tr", _cell_markup(row[0], "row") + "".join(map(_cell_markup, row[1:])))
        for row in table.rows
    )
    caption = _element("caption", _markup(table.title))
    lines = "".join(_element("tr", line) for line in (over, head) if line)
    made = _element("table", caption + spans + _element("thead", lines) + _element("tbody", rows))
    return "\n".join((made, *(_element("p", _markup(note)) for note in table.notes)))


def _cell_markup(content: Inlines, scope: str = "", span: str = "") -> str:
    """Return a cell, a heading where it has a scope; an empty one heads nothing."""
    if scope and content:
        return f'<th scope="{scope}"{span}>{_markup(content)}</th>'
    return f"<td{span}>{_markup(content)}</td>"


def _element(name: str, content: str) -> str:
    return f"<{name}>{content}</{name}>"


def _markup(inlines: Iterable[Inline]) -> str:
    return "".join(map(_inline_markup, inlines))


def _inline_markup(inline: Inline) -> str:
    match inline:
        case Text(text):
            return escape(text)
        case Emphasis(children):
            return _element("em", _markup(children))
        case Strong(children):
            return _element("strong", _markup(children))
        case Raised(children):
            return _element("sup", _markup(children))
        case Link(url, children):
            return f'<a href="{escape(url)}">{_markup(children)}</a>'
        case Isolate(direction, children):
            return f'<bdi dir="{direction}">{_markup(children)}</bdi>'
        case FootnoteMark():
            comma = "," if inline.joins else ""
            return f"<sup>{comma}<bdi>{inline.number}</bdi></sup>"
        case _:
            return ""


def _stacked(lines: Iterable[Inlines]) -> str:
    return "<br/>".join(_markup(line) for line in lines if line)


shows_every_block(block_markup)
