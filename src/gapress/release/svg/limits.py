"""How large an SVG may be, told before anything in it is looked at.

A drawing of ordinary size is read in well under a second. One that is only huge, such as a map with
the outline of every building, would take many seconds here and minutes where it is drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapress.release.svg.error import SvgError

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_ELEMENTS = 15_000
MAX_PATH_DATA = 4_000_000
"""Characters of path data and of points, in all."""

MAX_SEGMENTS = 200_000
"""Segments of paths and points of lines, in all."""

MAX_TEXT = 50_000
"""Characters outside style sheets."""

MAX_CSS = 300_000
"""Characters of style sheets, and of the longest attribute ``style`` a tenth of them."""

SIMPLIFY = "simplify it in the drawing program, or export as PNG"

# Each begins at least one segment.
_COMMANDS = "MmLlHhVvCcSsQqTtAaZz"


def check_size(root: _Element) -> None:
    """Refuse a picture that is too large to be read quickly.

    Raises:
        SvgError: It is.
    """
    paths = segments = text = css = 0
    for count, element in enumerate(root.iter(), 1):
        if count > MAX_ELEMENTS:
            raise SvgError(f"has more than {MAX_ELEMENTS:,} elements", SIMPLIFY)
        data = element.get("d") or ""
        paths += len(data) + len(element.get("points") or "")
        segments += sum(map(data.count, _COMMANDS))
        if segments > MAX_SEGMENTS:
            raise SvgError(f"has more than {MAX_SEGMENTS:,} points", SIMPLIFY, element)
        if paths > MAX_PATH_DATA:
            message = f"has more than {MAX_PATH_DATA:,} characters of path data"
            raise SvgError(message, SIMPLIFY, element)
        own = len(element.text or "")
        if str(element.tag).endswith("}style"):
            css += own
        else:
            text += own
        text += len(element.tail or "") if (element.tail or "").strip() else 0
        if css > MAX_CSS or len(element.get("style") or "") > MAX_CSS // 10:
            raise SvgError("has too many rules of CSS", SIMPLIFY, element)
        if text > MAX_TEXT:
            raise SvgError(f"has more than {MAX_TEXT:,} characters of text", SIMPLIFY, element)
