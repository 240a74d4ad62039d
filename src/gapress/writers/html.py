"""Writes one self-contained HTML file from ``templates/release.html``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapress.writers.templating import fill

if TYPE_CHECKING:
    from gapress.document import Document
    from gapress.theme import Theme


def write(document: Document, theme: Theme) -> bytes:
    """Return the document as a web page (HTML Living Standard), UTF-8.

    Raises:
        ContentError: A template is broken.
    """
    return fill("release.html", document, theme).encode()
