"""Writes a kit's ``index.html`` from ``templates/index.html``: every language and all its files.

Not in the table of writers, since it shows the whole kit and not one document.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gapress.document import Emphasis, Isolate, Link, Raised, Strong
from gapress.writers.direction import with_directions
from gapress.writers.html import refuse_loads
from gapress.writers.templating import fill_page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapress.document import Document, Inlines, KitFile, Language
    from gapress.theme import Theme

TEMPLATE = "index.html"


def write(
    sections: Sequence[tuple[Document, Sequence[KitFile]]],
    shared: Sequence[KitFile],
    page: Language,
    theme: Theme,
) -> bytes:
    """Return the index page of a kit (HTML Living Standard), UTF-8.

    Args:
        sections: Each language's document and its files, in the order of the page; at least one.
        shared: The files for all languages.
        page: The language of the page's own words, if the kit has it; else the first.
        theme: The design.

    Raises:
        ContentError: A template is broken, or would load something from elsewhere.
    """
    documents = [document for document, _ in sections]
    own = next((d for d in documents if d.language.code == page.code), documents[0])
    filled = fill_page(
        TEMPLATE,
        theme,
        theme.fonts_for(own.language.script),
        document=own,
        page=own.language,
        labels=own.labels,
        sections=[(_titled(document), files, _web_page(files)) for document, files in sections],
        shared=shared,
        scripts={d.language.script: theme.fonts_for(d.language.script) for d in documents},
        hidden=any(d.draft or d.release_line.embargoed for d in documents),
    )
    refuse_loads(filled, TEMPLATE)
    return with_directions(filled).encode()


def _web_page(files: Sequence[KitFile]) -> str:
    return next((file.href for file in files if file.href.endswith(".html")), "")


def _titled(document: Document) -> Document:
    """Return the document with a headline that may stand inside a link."""
    return replace(document, headline=_without_links(document.headline))


def _without_links(inlines: Inlines) -> Inlines:
    found: Inlines = ()
    for inline in inlines:
        match inline:
            case Link(_, children):
                found += _without_links(children)
            case Emphasis() | Strong() | Raised() | Isolate():
                found += (replace(inline, children=_without_links(inline.children)),)
            case _:
                found += (inline,)
    return found
