"""The body of a news item as plain text; one function for each kind of block."""

from __future__ import annotations

from functools import singledispatch
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
    plain,
)
from gapress.writers.kinds import shows_every_block
from gapress.writers.order import ISOLATES, POP_ISOLATE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gapress.document import Block, Contact, Direction, Document, Inline, Inlines


def document_text(document: Document) -> Iterator[str]:
    """Yield the parts of a document; gaps go between them."""
    base, labels = document.language.direction, document.labels
    yield from (block_text(block, base, labels) for block in document.body)
    if document.footnotes:
        notes = enumerate(document.footnotes, 1)
        yield "\n".join(f"[{number}] {text_of(note, base)}" for number, note in notes)
    yield text_of(document.end_mark, base)
    for section in document.sections:
        yield text_of(section.title, base)
        yield from (block_text(block, base, labels) for block in section.blocks)
    yield text_of(document.contacts_title, base)
    for contact in document.contacts:
        if contact.heading:
            yield text_of(contact.heading, base)
        yield "\n".join(text_of(line, base) for line in contact_lines(contact))


def contact_lines(contact: Contact) -> list[Inlines]:
    """Return the lines of a contact: name, role and each detail behind its label."""
    details = ((*label, Text(" "), *detail) for label, detail in contact.details)
    return [line for line in (contact.name, contact.role, *details) if line]


@singledispatch
def block_text(block: Block, base: Direction, labels: Mapping[str, str]) -> str:
    """Return a block as lines.

    Args:
        block: The block.
        base: The direction of the document.
        labels: The labels of its language.
    """
    raise NotImplementedError(type(block).__name__)


@block_text.register(Paragraph)
def _paragraph(block: Paragraph, base: Direction, _: Mapping[str, str]) -> str:
    parts = (block.dateline, block.content)
    return " ".join(text_of(part, base) for part in parts if part)


@block_text.register(Heading)
def _heading(block: Heading, base: Direction, _: Mapping[str, str]) -> str:
    return text_of(block.content, base)


@block_text.register(Quote)
def _quote(block: Quote, base: Direction, _: Mapping[str, str]) -> str:
    way = block.language.direction if block.language else base
    said = (_isolated(text_of(text, way), way, base) for text in block.paragraphs)
    people = [line for speaker in block.speakers for line in (speaker.name, speaker.title)]
    parts = [*said, _lines((*people, block.note), base)]
    if block.record:
        way = block.record.language.direction
        parts += (_isolated(text_of(text, way), way, base) for text in block.record.paragraphs)
    return "\n".join(filter(None, parts))


@block_text.register(ItemList)
def _list(block: ItemList, base: Direction, _: Mapping[str, str]) -> str:
    return "\n".join(_items(block, base))


def _items(block: ItemList, base: Direction) -> Iterator[str]:
    for number, (item, nested) in enumerate(block.entries, block.start):
        yield f"{f'{number}.' if block.numbered else '–'} {text_of(item, base)}"
        if nested:
            yield from (f"   {line}" for line in _items(nested, base))


@block_text.register(FactTable)
def _table(block: FactTable, base: Direction, _: Mapping[str, str]) -> str:
    headings = [" – ".join(text_of(part, base) for part in heads) for heads in block.headings]
    cells = ("\t".join(text_of(cell, base) for cell in row) for row in block.rows)
    notes = (text_of(note, base) for note in block.notes)
    return "\n".join((text_of(block.title, base), "\t".join(headings), *cells, *notes))


@block_text.register(Event)
def _event(block: Event, base: Direction, labels: Mapping[str, str]) -> str:
    found = [text_of(block.title, base)]
    for label, lines in block.details:
        first, *others = (text_of(line, base) for line in lines)
        name = text_of(label, base)
        found.append(labels["{column}: {value}"].format(column=name, value=first))
        found += others
    return "\n".join(found)


@block_text.register(Figure)
def _figure(block: Figure, base: Direction, labels: Mapping[str, str]) -> str:
    shown = labels["Picture: {alt}"].replace("{alt}", block.alt)
    return "\n".join(filter(None, (shown, _lines((block.caption, block.credit), base))))


@block_text.register(FigureGroup)
def _figures(block: FigureGroup, base: Direction, labels: Mapping[str, str]) -> str:
    shown = (_figure(figure, base, labels) for figure in block.figures)
    return "\n".join(filter(None, (*shown, _lines((block.caption, block.credit), base))))


@block_text.register(Recording)
def _recording(block: Recording, base: Direction, labels: Mapping[str, str]) -> str:
    transcript = (block.transcript_label, block.transcript_address)
    lines = _lines((block.invitation, block.address, *block.times, *transcript), base)
    poster = labels["Picture: {alt}"].replace("{alt}", block.alt) if block.poster else ""
    return "\n".join(filter(None, (lines, poster, _lines((block.caption, block.credit), base))))


shows_every_block(block_text)


def _lines(parts: Iterable[Inlines], base: Direction) -> str:
    return "\n".join(text_of(part, base) for part in parts if part)


def text_of(inlines: Iterable[Inline], base: Direction) -> str:
    """Return inline content as text, with controls where a part has a direction of its own."""
    return "".join(_inline_text(inline, base) for inline in inlines)


def _inline_text(inline: Inline, base: Direction) -> str:
    match inline:
        case Text(text):
            return text
        case Emphasis(children) | Strong(children) | Raised(children):
            return text_of(children, base)
        case Link(url, children):
            words = text_of(children, base)
            if _letters(plain(children)).endswith(_letters(url.partition(":")[2])):
                return words
            # Between angle brackets, RFC 3986 appendix C.
            return f"{words} {_isolated(f'<{url}>', 'ltr', base)}"
        case Isolate(direction, children):
            return _isolated(text_of(children, direction), direction, base)
        case FootnoteMark():
            number = f"[{inline.number}]"
            return f"{ISOLATES[base]}{number}{POP_ISOLATE}" if base == "rtl" else number
        case _:
            return ""


def _isolated(text: str, direction: Direction, base: Direction) -> str:
    return text if direction == base else f"{ISOLATES[direction]}{text}{POP_ISOLATE}"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()
