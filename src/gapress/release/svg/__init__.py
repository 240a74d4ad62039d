"""SVG pictures, normalised: what every library draws alike, and nothing that acts or reaches out.

Nothing that comes in is passed on as it is: the picture is written again from the elements,
attributes, numbers and references that are known, with its style sheets resolved. So no library
meets a value that makes it crash, hang or draw something else.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gapress.release.svg import cost, values
from gapress.release.svg.cascade import SVG, Styles
from gapress.release.svg.error import SvgError
from gapress.release.svg.limits import SIMPLIFY, check_size
from gapress.release.svg.tree import Copier

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

__all__ = ["MAX_SIDE", "SvgError", "normalise"]

MAX_SIDE = 20_000
_AGAIN = "export it again from the drawing program"
# A picture that has a ratio and no size: as wide or high as this where its own units are no pixels.
_USUAL_SIDE = 800.0
_OUTER = ("x", "y", "overflow", "id", "display")


def normalise(
    raw: bytes, embed: Callable[[str, bytes], tuple[str, bytes]]
) -> tuple[bytes, float, float]:
    """Return an SVG in its plain form, UTF-8, with its width and height in CSS pixels.

    Args:
        raw: The file's bytes, in any encoding that XML declares.
        embed: Takes ``png`` or ``jpeg`` and the bytes of a picture inside, and returns its media
            type and the bytes to publish.

    Raises:
        SvgError: It can't be published.
    """
    from lxml import etree

    root = _parsed(raw)
    check_size(root)
    styles = Styles(root)
    if styles.of(root).get("transform", root.get("transform", "none")) != "none":
        raise SvgError("has a transform on its svg element", "put it on a group inside", root)
    copied = Copier(styles, embed).copy(root, None, {})
    if copied is None:
        raise SvgError("has no usable size", _SIZE_HINT)
    width, height = _size(copied)
    for name in _OUTER:
        copied.attrib.pop(name, "")
    copied.set("width", values.written(width))
    copied.set("height", values.written(height))
    if not copied.get("viewBox"):
        copied.set("viewBox", f"0 0 {values.written(width)} {values.written(height)}")
    cost.tie(copied)
    cost.check(copied)
    return etree.tostring(copied, encoding="utf-8"), width, height


_STYLE_SHEET = "has a processing instruction that names a style sheet in another file"
_SIZE_HINT = "give its svg element a viewBox, or a width and a height"


def _parsed(raw: bytes) -> _Element:
    from lxml import etree

    if raw[:2] == b"\x1f\x8b":
        raise SvgError("is compressed (SVGZ)", "save it as plain SVG")
    # Entities that the file itself defines, as Illustrator does, are text; others are not read.
    options: Any = {"resolve_entities": "internal"}  # newer than its type
    parser = etree.XMLParser(no_network=True, load_dtd=False, **options)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if re.search(rb"<!ENTITY[^>]{1,300}\s(?:SYSTEM|PUBLIC)\s", raw):
            message = "has a document type that refers to other files"
            raise SvgError(message, "delete the line <!DOCTYPE …>") from None
        if "Resource limit" in str(error):
            raise SvgError("is too large to be read", SIMPLIFY) from None
        reason = str(error).partition(", line")[0]
        raise SvgError(f"is not well-formed SVG: {reason}", _AGAIN) from None
    if root.tag == "svg":
        hint = 'write xmlns="http://www.w3.org/2000/svg" into its svg element'
        raise SvgError("has no SVG namespace", hint, root)
    if root.tag != f"{SVG}svg":
        raise SvgError("is not an SVG picture", _AGAIN)
    around: tuple[Any, ...] = (*root.itersiblings(preceding=True), *root.itersiblings())
    for node in (*around, *root.iter(etree.ProcessingInstruction, etree.Entity)):
        if isinstance(node, etree._Entity):
            raise SvgError(f"has the entity {node.name}, which it does not define", element=node)
        if isinstance(node, etree._ProcessingInstruction) and node.target == "xml-stylesheet":
            raise SvgError(_STYLE_SHEET, "put it into the picture", node)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    return root


def _size(root: _Element) -> tuple[float, float]:
    """Return the natural width and height in pixels (CSS Images 3, 4.3)."""
    width, height = _pixels(root, "width"), _pixels(root, "height")
    box = [float(value) for value in (root.get("viewBox") or "").split()[2:]]
    if not (width and height) and not box:
        raise SvgError("has no usable size", _SIZE_HINT, root)
    if not (width or height):
        width, height = box
        if not 1 <= max(box) <= MAX_SIDE:
            width, height = (side * _USUAL_SIDE / max(box) for side in box)
    elif not width:
        width = height * box[0] / box[1]
    elif not height:
        height = width * box[1] / box[0]
    if not (max(width, height) >= 1 and 0.01 <= width <= MAX_SIDE and 0.01 <= height <= MAX_SIDE):
        message = f"has no usable size: {values.written(width)} × {values.written(height)} pixels"
        raise SvgError(message, _SIZE_HINT, root)
    return width, height


def _pixels(root: _Element, name: str) -> float:
    text = root.get(name) or "100%"
    value, unit = values.length(text)
    return 0.0 if unit == "%" else value * {"em": 16.0, "ex": 8.0}.get(unit, 1.0)
