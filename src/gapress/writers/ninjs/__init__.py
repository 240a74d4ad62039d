"""Writes one ninjs object: the release as data, for the systems of newsrooms.

The standard is IPTC's ninjs 3.1, "News in JSON" (https://iptc.org/standards/ninjs/). The names of
roles are those of its user guide. The object says what the web page's schema.org data says.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from gapress.document import Text, plain, without_links
from gapress.writers.ninjs.markup import document_markup
from gapress.writers.ninjs.text import document_text, text_of
from gapress.writers.order import with_fewest_controls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.document import Document, Inlines, Recording
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
    item: dict[str, object] = {
        "uri": _uri(document, document.language.code),
        "standard": STANDARD,
        "type": "text",
        "representationType": "full",
        "version": str(document.version),
        "firstCreated": f"{document.date.isoformat()}T00:00:00Z",
        "versionCreated": f"{document.changed.isoformat()}T00:00:00Z",
        "embargoedUntil": until.isoformat() if until else "",
        "pubStatus": _status(document),
        "language": document.language.tag,
        "title": document.title,
        "slugline": document.slug,
        "altIds": list(_numbers(document)),
        "headlines": _roles(
            main=_shown(_title(document), document), subhead=_shown(document.subheadline, document)
        ),
        "descriptions": _roles(
            summary=_description(document), regulatory=_shown(document.regulatory, document)
        ),
        "genres": [{"name": plain(document.kind)}],
        "events": _events(document),
        "subjects": list(_subjects(document)),
        "organisations": list(_organisations(document)),
        "infoSources": [
            {"name": plain(issuer.name), "uri": issuer.url} for issuer in document.issuers
        ],
        "by": plain(document.issued_by),
        "located": document.city,
        "edNote": _ordered("\n".join(_notes(document)), document),
        "bodies": _bodies(document) if document.status == "usable" else [],
        "associations": [
            *_recordings(document),
            *_translations(document),
            *_attachments(document),
        ],
    }
    return {name: value for name, value in item.items() if value}


def _uri(document: Document, code: str) -> str:
    """Return the name of the release in a language, the same for all its versions."""
    return f"{document.organisation.url.rstrip('/')}/{document.slug}/{code}"


def _numbers(document: Document) -> Iterator[dict[str, str]]:
    if document.number:
        yield {"role": "reference", "value": document.number}
    for number in document.identifiers:
        value = f"{number.name}: {number.value}" if number.role == "ticker" else number.value
        role = number.name if number.role == "other" else number.role
        yield {"role": role, "value": value}


def _subjects(document: Document) -> Iterator[dict[str, str]]:
    for subject in document.subjects:
        named = {"name": subject.name} if subject.name else {}
        yield {**named, "rel": "about", "uri": subject.uri, "literal": subject.code}
    yield from ({"name": keyword} for keyword in document.keywords)


def _organisations(document: Document) -> Iterator[dict[str, object]]:
    """Yield who issues the release; the symbols of shares belong to one that does so alone."""
    for issuer in document.issuers:
        yield {"name": plain(issuer.name), "uri": issuer.url}
    symbols = [
        {"exchange": number.name, "symbol": number.value}
        for number in document.identifiers
        if number.role == "ticker"
    ]
    if symbols and not document.issuers:
        own = document.organisation
        yield {"name": plain(own.name), "uri": own.url, "symbols": symbols}


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
    return _ordered(text_of(without_links(inlines), document.language.direction), document)


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
        yield text_of(document.release_line.text, base)
        yield from (text_of(zone, base) for zone in document.release_line.zones)
    for notice in document.notices:
        yield text_of(notice.title, base)
        yield from (text_of(text, base) for text in notice.content)


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


def _events(document: Document) -> list[dict[str, str]]:
    return [
        {"id": document.uid(event.appointment), "name": _shown(event.title, document)}
        for event in document.events
    ]


def _recordings(document: Document) -> list[dict[str, object]]:
    """Return the videos and sound recordings; each is named by its address, in every version."""
    return [_recording(block, document) for block in document.recordings]


def _recording(block: Recording, document: Document) -> dict[str, object]:
    name = f"{block.medium}-{hashlib.sha256(block.url.encode()).hexdigest()[:12]}"
    rendition = {"name": "web", "href": block.url, "duration": block.seconds}
    item: dict[str, object] = {
        "name": block.title,
        "rel": "seeAlso",
        "uri": _uri(document, name),
        "type": block.medium,
        "representationType": "partial",
        "language": document.language.tag,
        "headlines": _roles(main=block.title),
        "descriptions": _roles(caption=_shown(block.caption, document)),
        "by": _shown(block.credit, document),
        "renditions": [{key: value for key, value in rendition.items() if value}],
    }
    return {key: value for key, value in item.items() if value}


def _attachments(document: Document) -> Iterator[dict[str, object]]:
    for file in document.attachments:
        rendition = {
            "name": file.name,
            "title": file.text,
            "contentType": file.media_type,
            "sizeInBytes": file.size,
        }
        uri = f"{document.organisation.url.rstrip('/')}/{document.slug}/{file.path}"
        yield {"name": file.text, "rel": "attachment", "uri": uri, "renditions": [rendition]}


def _bodies(document: Document) -> list[dict[str, str]]:
    language = document.language
    markup = "\n".join(document_markup(document))
    fragment = f'<div lang="{language.tag}" dir="{language.direction}">\n{markup}\n</div>'
    text = _ordered("\n\n".join(document_text(document)), document)
    return [
        {"role": "main", "contentType": "text/plain", "value": text},
        {"role": "richtext", "contentType": "text/html", "value": fragment},
    ]
