"""Writes one ninjs object: the release as data, for the systems of newsrooms.

The standard is IPTC's ninjs 3.1, "News in JSON" (https://iptc.org/standards/ninjs/). The names of
roles are those of its user guide. The object says what the web page's schema.org data says.
"""

from __future__ import annotations

import json
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, assert_never

from gapress.document import (
    Emphasis,
    FactTable,
    Figure,
    Heading,
    Isolate,
    ItemList,
    Link,
    Paragraph,
    Quote,
    Strong,
    Text,
    plain,
)
from gapress.writers.order import ISOLATES, POP_ISOLATE, with_fewest_controls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapress.document import Block, Contact, Direction, Document, Inline, Inlines
    from gapress.theme import Theme

STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}


def write(document: Document, theme: Theme) -> bytes:
    """Return the document as a ninjs 3.1 object: JSON, UTF-8, its properties in a fixed order."""
    del theme
    return (json.dumps(_item(document), ensure_ascii=False, indent=2) + "\n").encode()


def _item(document: Document) -> dict[str, object]:
    until = document.release_line.until
    changed = max([document.date, *(notice.date for notice in document.notices)])
    item: dict[str, object] = {
        "uri": _uri(document, document.language.code),
        "standard": STANDARD,
        "type": "text",
        "representationType": "full",
        "version": str(document.version),
        "firstCreated": f"{document.date.isoformat()}T00:00:00Z",
        "versionCreated": f"{changed.isoformat()}T00:00:00Z",
        "embargoedUntil": until.isoformat() if until else "",
        "pubStatus": _status(document),
        "language": document.language.tag,
        "title": document.title,
        "slugline": document.slug,
        "altIds": [{"role": "reference", "value": document.number}] if document.number else [],
        "headlines": _roles(
            main=_shown(_title(document), document), subhead=_shown(document.subheadline, document)
        ),
        "descriptions": _roles(summary=_description(document)),
        "genres": [{"name": plain(document.kind)}],
        "by": plain(document.organisation.name),
        "located": document.city,
        "edNote": _ordered("\n".join(_notes(document)), document),
        "bodies": _bodies(document) if document.status == "usable" else [],
        "associations": _translations(document),
    }
    return {name: value for name, value in item.items() if value}


def _uri(document: Document, code: str) -> str:
    """Return the name of the release in a language, the same for all its versions."""
    return f"{document.organisation.url.rstrip('/')}/{document.slug}/{code}"


def _status(document: Document) -> str:
    """Return ``pubStatus``; the draft of a withdrawal must not yet cancel anything."""
    if document.draft:
        return "withheld"
    return "canceled" if document.status == "withdrawn" else "usable"


def _title(document: Document) -> Inlines:
    is_headline = plain(document.headline) == document.title
    return document.headline if is_headline else (Text(document.title),)


def _description(document: Document) -> str:
    content = (document.summary, document.subheadline, document.headline)
    notices = (text for notice in document.notices for text in notice.content)
    same = (inlines for inlines in (*content, *notices) if plain(inlines) == document.description)
    return _shown(next(same, (Text(document.description),)), document)


def _shown(inlines: Inlines, document: Document) -> str:
    return _ordered(_text(_without_links(inlines), document.language.direction), document)


def _without_links(inlines: Inlines) -> Inlines:
    """Return inline content whose links are only their words."""
    found: list[Inline] = []
    for inline in inlines:
        match inline:
            case Link(_, children):
                found += _without_links(children)
            case Emphasis(children) | Strong(children) | Isolate(_, children):
                found.append(replace(inline, children=_without_links(children)))
            case _:
                found.append(inline)
    return tuple(found)


def _ordered(text: str, document: Document) -> str:
    """Return lines with the controls that they need to show in the document's direction."""
    return "\n".join(
        with_fewest_controls(line, document.language.direction) for line in text.split("\n")
    )


def _roles(**texts: str) -> list[dict[str, str]]:
    return [{"role": role, "value": text} for role, text in texts.items() if text]


def _notes(document: Document) -> Iterator[str]:
    """Yield what the desk must know: draft, embargo, correction or withdrawal."""
    base = document.language.direction
    if document.draft:
        yield document.labels["Draft – not for publication"]
    if document.release_line.embargoed:
        yield _text(document.release_line.text, base)
        yield from (_text(zone, base) for zone in document.release_line.zones)
    for notice in document.notices:
        yield _text(notice.title, base)
        yield from (_text(text, base) for text in notice.content)


def _translations(document: Document) -> list[dict[str, str]]:
    return [
        {
            "name": other.language.name,
            "rel": "translation",
            "uri": _uri(document, other.language.code),
            "type": "text",
            "representationType": "partial",
            "language": other.language.tag,
        }
        for other in document.alternates
    ]


def _bodies(document: Document) -> list[dict[str, str]]:
    language = document.language
    markup = "\n".join(_document_markup(document))
    fragment = f'<div lang="{language.tag}" dir="{language.direction}">\n{markup}\n</div>'
    text = _ordered("\n\n".join(_document_text(document)), document)
    return [
        {"role": "main", "contentType": "text/plain", "value": text},
        {"role": "richtext", "contentType": "text/html", "value": fragment},
    ]


# --- as markup, well-formed in HTML and in XML ---------------------------------------------------


def _document_markup(document: Document) -> Iterator[str]:
    picture = document.labels["Picture: {alt}"]
    yield from (_block_markup(block, picture) for block in document.body)
    yield _element("p", _markup(document.end_mark))
    for section in document.sections:
        yield _element("h2", _markup(section.title))
        yield from (_block_markup(block, picture) for block in section.blocks)
    yield _element("h2", _markup(document.contacts_title))
    for contact in document.contacts:
        lines = (_markup(line) for line in _contact_lines(contact))
        yield _element("p", "<br/>".join(lines))


def _block_markup(block: Block, picture: str) -> str:
    match block:
        case Paragraph(content, dateline):
            return _element("p", " ".join(filter(None, (_markup(dateline), _markup(content)))))
        case Heading(content):
            return _element("h2", _markup(content))
        case Quote(content, speaker, title, note):
            source = "<br/>".join(map(_markup, filter(None, (speaker, title, note))))
            words = _element("blockquote", _element("p", _markup(content)))
            return _element("figure", words + _element("figcaption", source))
        case ItemList(items, numbered):
            entries = "".join(_element("li", _markup(item)) for item in items)
            return _element("ol" if numbered else "ul", entries)
        case FactTable():
            return _table_markup(block)
        case Figure(_, alt, caption, credit):
            shown = _element("p", escape(picture.replace("{alt}", alt)))
            below = "<br/>".join(map(_markup, filter(None, (caption, credit))))
            return _element("figure", shown + (_element("figcaption", below) if below else ""))
    assert_never(block)


def _table_markup(table: FactTable) -> str:
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
        case Link(url, children):
            return f'<a href="{escape(url)}">{_markup(children)}</a>'
        case Isolate(direction, children):
            return f'<bdi dir="{direction}">{_markup(children)}</bdi>'
        case _:
            return ""


# --- as plain text -------------------------------------------------------------------------------


def _document_text(document: Document) -> Iterator[str]:
    base, picture = document.language.direction, document.labels["Picture: {alt}"]
    yield from (_block_text(block, base, picture) for block in document.body)
    yield _text(document.end_mark, base)
    for section in document.sections:
        yield _text(section.title, base)
        yield from (_block_text(block, base, picture) for block in section.blocks)
    yield _text(document.contacts_title, base)
    for contact in document.contacts:
        yield "\n".join(_text(line, base) for line in _contact_lines(contact))


def _contact_lines(contact: Contact) -> list[Inlines]:
    details = ((*label, Text(" "), *detail) for label, detail in contact.details)
    return [line for line in (contact.name, contact.role, *details) if line]


def _block_text(block: Block, base: Direction, picture: str) -> str:
    match block:
        case Paragraph(content, dateline):
            return " ".join(_text(part, base) for part in (dateline, content) if part)
        case Heading(content):
            return _text(content, base)
        case Quote(content, speaker, title, note):
            return _lines((content, speaker, title, note), base)
        case ItemList(items, numbered):
            marks = [f"{number}." if numbered else "–" for number in range(1, len(items) + 1)]
            texts = (_text(item, base) for item in items)
            return "\n".join(f"{mark} {text}" for mark, text in zip(marks, texts, strict=True))
        case FactTable(title, _, rows, notes=notes):
            headings = [" – ".join(_text(part, base) for part in heads) for heads in block.headings]
            cells = ("\t".join(_text(cell, base) for cell in row) for row in rows)
            lines = (_text(title, base), "\t".join(headings), *cells)
            return "\n".join((*lines, *(_text(note, base) for note in notes)))
        case Figure(_, alt, caption, credit):
            below = _lines((caption, credit), base)
            return "\n".join(filter(None, (picture.replace("{alt}", alt), below)))
    assert_never(block)


def _lines(parts: Iterable[Inlines], base: Direction) -> str:
    return "\n".join(_text(part, base) for part in parts if part)


def _text(inlines: Iterable[Inline], base: Direction) -> str:
    return "".join(_inline_text(inline, base) for inline in inlines)


def _inline_text(inline: Inline, base: Direction) -> str:
    match inline:
        case Text(text):
            return text
        case Emphasis(children) | Strong(children):
            return _text(children, base)
        case Link(url, children):
            words = _text(children, base)
            if _letters(plain(children)).endswith(_letters(url.partition(":")[2])):
                return words
            # Between angle brackets, RFC 3986 appendix C.
            return f"{words} {_isolated(f'<{url}>', 'ltr', base)}"
        case Isolate(direction, children):
            return _isolated(_text(children, direction), direction, base)
        case _:
            return ""


def _isolated(text: str, direction: Direction, base: Direction) -> str:
    return text if direction == base else f"{ISOLATES[direction]}{text}{POP_ISOLATE}"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()
