"""Writes one self-contained HTML file from ``templates/release.html``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import html

from gapress.errors import ContentError, Problem
from gapress.writers.css import check_filled
from gapress.writers.direction import with_directions
from gapress.writers.templating import fill, require_footnotes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.document import Document
    from gapress.theme import Theme

_LOADING = (
    "//@src | //@poster | //@background | //object/@data | //html/@manifest | //iframe/@srcdoc"
    " | //link[not(translate(@rel, 'ALTERNATE', 'alternate')='alternate')]/@href"
    " | //*[self::image or self::use or self::feimage]/@href | //@*[name()='xlink:href']"
    " | //base/@href"
)
_ONE_EMBEDDED = re.compile(r"\s*data:\S*(?:\s+[0-9.]+[wx])?\s*", re.IGNORECASE)


def write(document: Document, theme: Theme) -> bytes:
    """Return the document as a web page (HTML Living Standard), UTF-8.

    Raises:
        ContentError: A template is broken, or would load something from elsewhere.
    """
    page = fill("release.html", document, theme)
    hint = "write {{ parts.footnotes(document) }} where they belong"
    require_footnotes(page, document, "release.html", hint)
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
    file = f"templates/{template}"
    root: Any = html.document_fromstring(page)
    for address in _addresses(root):
        if not address.lower().startswith(("data:", "#")):
            message = f"the page would load {address[:80]}"
            hint = "embed it as a data: URI: a kit must need no network"
            raise ContentError([Problem(file, message=message, hint=hint)])
    refuse_styles(root, template)


def refuse_styles(page: Any, template: str) -> None:
    """Refuse a page, or its parsed tree, whose style elements or attributes would load something.

    Args:
        page: The page.
        template: The template that it comes from.

    Raises:
        ContentError: They would.
    """
    root: Any = html.document_fromstring(page) if isinstance(page, str) else page
    for css in map(str, root.xpath("//style/text() | //@style | //svg//@*[contains(., '(')]")):
        check_filled(f"templates/{template}", css)


def _addresses(root: Any) -> Iterator[str]:
    """Yield every address that a browser would load by itself when it shows the page."""
    yield from (str(address).strip() for address in root.xpath(_LOADING))
    for chosen in map(str, root.xpath("//@srcset | //@imagesrcset")):
        if not _ONE_EMBEDDED.fullmatch(chosen):
            yield f"srcset {chosen.strip()}"
    for refresh in root.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']"):
        yield f"{refresh.get('content')} (refresh)"
