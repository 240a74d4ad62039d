"""Writes one self-contained HTML file from ``templates/release.html``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import html

from gapress.errors import ContentError, Problem
from gapress.writers.direction import with_directions
from gapress.writers.templating import fill

_CSS_URL = re.compile(
    r"""(?:\b(?:url|src|image-set)\(\s*|@import\s+)(?!url\()["']?\s*([^"')\s;]+)""", re.IGNORECASE
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.document import Document
    from gapress.theme import Theme


def write(document: Document, theme: Theme) -> bytes:
    """Return the document as a web page (HTML Living Standard), UTF-8.

    Raises:
        ContentError: A template is broken, or would load something from elsewhere.
    """
    page = fill("release.html", document, theme)
    refuse_loads(page, "release.html")
    return with_directions(page).encode()


def refuse_loads(page: str, template: str) -> None:
    """Refuse a page that would load something.

    Args:
        page: The page.
        template: The template that it comes from.

    Raises:
        ContentError: It would.
    """
    for address in _addresses(page):
        if not address.startswith(("data:", "#")):
            message = f"the page would load {address[:80]}"
            hint = "embed it as a data: URI: a kit must need no network"
            raise ContentError([Problem(f"templates/{template}", message=message, hint=hint)])


def _addresses(page: str) -> Iterator[str]:
    """Yield every address that a browser would load by itself when it shows the page."""
    root: Any = html.document_fromstring(page)
    yield from map(str, root.xpath("//@src | //@srcset | //@poster | //object/@data"))
    yield from map(str, root.xpath("//link[not(@rel='alternate')]/@href"))
    yield from map(
        str, root.xpath("//*[self::image or self::use]/@href | //@*[name()='xlink:href']")
    )
    for css in map(str, root.xpath("//style/text() | //@style")):
        yield from (match[1] for match in _CSS_URL.finditer(css))
