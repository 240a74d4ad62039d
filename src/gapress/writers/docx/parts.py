"""What each placeholder of the Word template stands for; ``template`` puts it there.

An inline part stays in the placeholder's paragraph. A part of several paragraphs stands alone in
its paragraph, whose style is that of the part's ordinary paragraphs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapress.document import Text
from gapress.writers.docx.blocks import Look, blocks
from gapress.writers.docx.inlines import paragraph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from gapress.document import Contact, Document, Inlines
    from gapress.writers.docx.ooxml import Element
    from gapress.writers.docx.story import Story

LOGO = "logo"
# Between the label and the detail of a contact; the style has the tab stop.
_TAB = (Text("\t"),)
_BETWEEN = Text(" · ")


LATER_PARTS = ("identifiers", "regulatory")
"""Parts that older templates have no place for; ``template`` gives them one."""


def _draft_line(document: Document) -> Inlines:
    return (Text(document.labels["Draft – not for publication"]),) if document.draft else ()


def _identifiers(document: Document) -> Inlines:
    parts = ((*identifier.line, _BETWEEN) for identifier in document.identifiers)
    return tuple(inline for part in parts for inline in part)[:-1]


# Parts that are a line or less; an empty one is not shown.
INLINE_PARTS: Mapping[str, Callable[[Document], Inlines]] = {
    "draft_line": _draft_line,
    "organisation": lambda document: document.issued_by,
    "organisation_notice": lambda document: (
        () if document.issuers else document.organisation.notice
    ),
    "kind": lambda document: document.kind,
    "reference": lambda document: document.reference,
    "identifiers": _identifiers,
    "regulatory": lambda document: document.regulatory,
    "date_line": lambda document: document.date_line,
    "release_line": lambda document: document.release_line.text,
    "immediate_release": lambda document: (
        () if document.release_line.embargoed else document.release_line.text
    ),
    "embargo": lambda document: (
        document.release_line.text if document.release_line.embargoed else ()
    ),
    "headline": lambda document: document.headline,
    "subheadline": lambda document: document.subheadline,
    "summary": lambda document: document.summary,
    "end_mark": lambda document: document.end_mark,
    "contacts_title": lambda document: document.contacts_title if document.contacts else (),
    "page_label": lambda document: document.page_label,
}


def _release_zones(story: Story, document: Document, style: str) -> Iterator[Element]:
    for zone in document.release_line.zones:
        yield paragraph(story, style, (zone, ""))


def _notices(story: Story, document: Document, style: str) -> Iterator[Element]:
    title = story.styles.paragraph("Notice Title")
    for notice in document.notices:
        yield paragraph(story, title, (notice.title, ""))
        for content in notice.content:
            yield paragraph(story, style, (content, ""))


def _body(story: Story, document: Document, style: str) -> Iterator[Element]:
    return blocks(story, document.body, Look(style))


def _sections(story: Story, document: Document, style: str) -> Iterator[Element]:
    look = Look(style, "heading 3", "Section List Bullet", "Section List Number")
    title = story.styles.paragraph("heading 2")
    for section in document.sections:
        if section.title:
            yield paragraph(story, title, (section.title, ""))
        yield from blocks(story, section.blocks, look)


def _contacts(story: Story, document: Document, style: str) -> Iterator[Element]:
    for contact in document.contacts:
        if contact.heading:
            heading = story.styles.paragraph("heading 3")
            yield paragraph(story, heading, (contact.heading, ""))
        yield from _contact(story, contact, style)


def _contact(story: Story, contact: Contact, style: str) -> Iterator[Element]:
    """Yield a contact card; its last line alone may be followed by a page break."""
    if contact.name:
        yield paragraph(story, story.styles.paragraph("Contact Name"), (contact.name, ""))
    if contact.role:
        yield paragraph(story, story.styles.paragraph("Contact Role"), (contact.role, ""))
    last = len(contact.details) - 1
    for index, (label, detail) in enumerate(contact.details):
        name = story.styles.paragraph("Contact Last Detail") if index == last else style
        yield paragraph(story, name, (label, "Contact Label"), (_TAB, ""), (detail, ""))


BLOCK_PARTS: Mapping[str, Callable[[Story, Document, str], Iterator[Element]]] = {
    "release_zones": _release_zones,
    "notices": _notices,
    "body": _body,
    "sections": _sections,
    "contacts": _contacts,
}
