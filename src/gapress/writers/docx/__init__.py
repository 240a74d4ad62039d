"""DOCX writer: a document and a theme become a Word file, on the designer's Word template.

The template (``templates/press-release.docx``) holds every decision about looks: named styles,
and a placeholder for each part of a release. The steps, in the order in which data meets them:
``intake`` reads the designer's template (``contents``), refuses what must not be published
(``refusals``) and takes out what is the designer's own (``removals``); ``package`` opens it,
``theming`` gives it the newsroom's colours, fonts, paper and
language, ``template`` replaces its placeholders by what ``parts`` has for them (made by
``blocks``, ``tables``, ``pictures`` and ``inlines``), ``direction`` and ``watermark`` go over
the whole, and ``package`` saves it. Everything follows ECMA-376 (Office Open XML),
transitional schema.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gapress.document import Document
    from gapress.errors import Problem
    from gapress.theme import Theme

__all__ = ["TEMPLATE", "check_template", "write"]

TEMPLATE = "press-release.docx"
"""The name of the Word template in ``templates/``."""


def write(document: Document, theme: Theme) -> bytes:
    """Return the document as a Word file; the same bytes for the same document and theme.

    Raises:
        ContentError: The theme's Word template can't be used.
    """
    # Imported here so that the table of writers stays light: python-docx takes a while.
    from gapress.writers.docx import direction, package, template, theming, watermark

    word = package.open_template(theme)
    theming.apply(word, document.language, theme)
    turned = template.fill(word, document, theme)
    if document.draft:
        watermark.add(word, document.draft, document.language, theme)
    if document.language.direction == "rtl":
        direction.turn(word, turned)
    package.describe(word, document)
    return package.save(word)


def check_template(theme: Theme, shipped: bytes | None = None) -> list[Problem]:
    """Return what is wrong with the theme's Word template.

    Args:
        theme: The theme.
        shipped: The template that comes with gapress, which fits every paper.
    """
    from gapress.writers.docx.intake import take_in
    from gapress.writers.docx.theming import paper_conflict

    data = theme.files.get(TEMPLATE)
    if data is None or data == shipped:
        return []
    template = take_in(data)
    return [*template.problems, *paper_conflict(template.paper, theme.paper)]
