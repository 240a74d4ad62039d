"""An SVG's elements, copied one by one: what is drawn, and nothing else.

What programs add for themselves is dropped; what acts, reaches out or is drawn in different ways
is refused.
"""

from __future__ import annotations

import base64
import binascii
import re
import unicodedata
from typing import TYPE_CHECKING, Any

from gapress.release.svg import attributes, values
from gapress.release.svg.cascade import SVG, Styles, resolve
from gapress.release.svg.error import SvgError
from gapress.release.svg.limits import MAX_SEGMENTS, SIMPLIFY
from gapress.release.svg.paths import path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

XLINK = "{http://www.w3.org/1999/xlink}"
HREF = f"{XLINK}href"
_NAMESPACES: Any = {None: SVG[1:-1], "xlink": XLINK[1:-1]}
_TRANSFORMS = ("transform", "gradientTransform", "patternTransform")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NO_SURFACE = 1e-18
_TEXTS = {"text", "tspan", "textPath"}
_FILTERS = {
    "feBlend", "feColorMatrix", "feComponentTransfer", "feFuncR", "feFuncG", "feFuncB", "feFuncA",
    "feComposite", "feDropShadow", "feFlood", "feGaussianBlur", "feMerge", "feMergeNode",
    "feOffset",
}  # fmt: skip
_DRAWN = {
    "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "image", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern",
    "marker", "filter",
} | _TEXTS | _FILTERS  # fmt: skip
# SVG's own fonts and flowed text of SVG 1.2 are drawn by no browser.
_NOT_DRAWN = {"title", "desc", "metadata", "style", "view", "cursor", "font", "font-face"}
_LINKING = {"use", "image", "textPath", "linearGradient", "radialGradient", "pattern", "filter"}
_SIZED = {"rect", "image", "svg", "pattern", "mask", "filter", "use"}
_BOXED = {"svg", "symbol", "marker", "pattern"}
_PICTURE = re.compile(r"data:image/(png|jpe?g)(?:;[\w=-]{1,40})*;base64,", re.IGNORECASE)
_SHAPES = {
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "image",
    "use",
    "stop",
}
_WAY_OUT_TEXT = "convert its text to paths, or export as PNG"


class Copier:
    """Copies the tree of one picture.

    Args:
        styles: Its style sheets.
        embed: Takes ``png`` or ``jpeg`` and the bytes of a picture inside, and returns its media
            type and the bytes to publish.
    """

    def __init__(self, styles: Styles, embed: Callable[[str, bytes], tuple[str, bytes]]) -> None:
        self._styles, self._embed = styles, embed
        self._segments = 0

    def copy(
        self, old: _Element, parent: _Element | None, variables: dict[str, str], words: bool = False
    ) -> _Element | None:
        """Copy an element with all that is in it, and return the copy; nothing if it is dropped."""
        from lxml import etree

        if not isinstance(old.tag, str) or not old.tag.startswith(SVG):
            return None
        tag = old.tag[len(SVG) :]
        if tag == "switch":
            return self._switch(old, parent, variables)
        if tag == "a":
            tag = "tspan" if words else "g"
        if tag in _NOT_DRAWN or (tag == "flowRoot" and not _text(old)):
            return None
        _check(tag, old)
        found, variables = self._attributes(tag, old, variables)
        if found is None:
            return None
        new = (
            etree.Element(f"{SVG}{tag}", nsmap=_NAMESPACES)
            if parent is None
            else etree.SubElement(parent, f"{SVG}{tag}")
        )
        for name, value in found.items():
            new.set(name, value)
        in_words = tag in _TEXTS
        if in_words:
            new.text = old.text
        for child in () if tag in _SHAPES else old:
            copied = self.copy(child, new, variables, in_words)
            if in_words and child.tail:
                if copied is not None:
                    copied.tail = child.tail
                else:
                    _append(new, child.tail)
        return new

    def _switch(
        self, old: _Element, parent: _Element | None, variables: dict[str, str]
    ) -> _Element | None:
        """Copy the child of a ``switch`` that a program which only draws would choose."""
        children = [c for c in old if isinstance(c.tag, str) and c.tag.startswith(SVG)]
        html = [
            c
            for c in children
            if c.tag == f"{SVG}foreignObject" and not c.get("requiredExtensions")
        ]
        fitting = [
            c
            for c in children
            if c.tag != f"{SVG}foreignObject" and not c.get("requiredExtensions")
        ]
        fitting.sort(key=lambda child: child.get("systemLanguage") is not None)
        if not fitting:
            for child in html:
                _check("foreignObject", child)
            return None
        shown = _text(fitting[0])
        if shown.endswith(("...", "…")) and any(_text(h) != shown for h in html):
            message = f"has text that other programs cut short: {shown[:40]!r}"
            raise SvgError(message, "switch off “Formatted Text” (draw.io), or export as PNG", old)
        return self.copy(fitting[0], parent, variables)

    def _attributes(
        self, tag: str, old: _Element, variables: dict[str, str]
    ) -> tuple[dict[str, str] | None, dict[str, str]]:
        """Return the copy's attributes, or None for an element that can't be seen."""
        given = {str(key): str(value) for key, value in old.attrib.items() if key[0] != "{"}
        for key in given:
            if key.lower().startswith("on"):
                raise SvgError(f"has the event handler {key}", element=old)
        given = {**given, "href": old.get(HREF) or ""} if "href" not in given else given
        declared = self._styles.of(old)
        resolved, variables = resolve({**_presented(given), **declared}, variables, old)
        for name in attributes.STYLED:
            given.pop(name, None)
        given.update((k, v) for k, v in resolved.items() if k not in attributes.NOT_PROPERTIES)
        found = dict(_read(tag, given, old))
        if given.get("transform-origin") and any(name in found for name in _TRANSFORMS):
            found["transform"] = _around(found.get("transform"), given["transform-origin"], old)
        if tag == "ellipse" and len({"rx", "ry"} & found.keys()) == 1:
            only = found.get("rx") or found["ry"]
            if "%" not in only:
                found["rx"] = found["ry"] = only
        if "d" in given and tag == "path":
            found["d"] = self._path(given["d"], old)
        self._segments += found.get("points", "").count(",")
        if self._segments > MAX_SEGMENTS:
            message = f"has more than {MAX_SEGMENTS:,} points"
            raise SvgError(message, SIMPLIFY, old)
        if given.get("href") and tag in _LINKING:
            found[HREF] = self._href(tag, given["href"].strip(), old)
        if old.get("id"):
            found["id"] = str(old.get("id"))
        if tag in _TEXTS and old.get(_SPACE) == "preserve":
            found[_SPACE] = "preserve"
        return (found if _can_be_seen(tag, found) else None), variables

    def _path(self, data: str, old: _Element) -> str:
        try:
            written, count = path(data)
        except ValueError as error:
            raise SvgError(f"has {error}", element=old) from None
        self._segments += count
        return written

    def _href(self, tag: str, target: str, old: _Element) -> str:
        if target.startswith("#"):
            return target
        start = _PICTURE.match(target)
        if tag != "image" or not start:
            shown = target[:60]
            if target.startswith("data:"):
                hint = "embed it as PNG or JPEG"
                raise SvgError(f"holds a picture that is no PNG or JPEG: {shown}", hint, old)
            hint = "embed what it shows, in the drawing program"
            raise SvgError(f"refers to something outside the picture: {shown}", hint, old)
        try:
            data = base64.b64decode("".join(target[start.end() :].split()), validate=True)
        except (binascii.Error, ValueError):
            raise SvgError("is damaged or not a picture", "embed its picture again", old) from None
        kind, data = self._embed(start[1].lower().replace("jpg", "jpeg"), data)
        return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _check(tag: str, old: _Element) -> None:
    if tag == "flowRoot":
        raise SvgError("has flowed text, which few programs draw", _WAY_OUT_TEXT, old)
    if tag not in _DRAWN:
        raise SvgError(f"has the element {tag}, which is not only drawing", element=old)
    if tag in _TEXTS and any(unicodedata.bidirectional(c) in {"R", "AL"} for c in _text(old)):
        message = "has text in a script that joins letters, which not every program draws rightly"
        raise SvgError(message, _WAY_OUT_TEXT, old)


def _presented(given: dict[str, str]) -> dict[str, str]:
    """Return the presentation attributes, which are like the weakest style sheet."""
    return {
        key: value
        for key, value in given.items()
        if key in attributes.READ and key not in attributes.NOT_PROPERTIES
    }


def _read(tag: str, given: dict[str, str], old: _Element) -> Iterator[tuple[str, str]]:
    styled: list[str] = []
    for name, value in given.items():
        read = attributes.READ.get(name)
        if tag in {"text", "tspan"} and name in {"x", "y"}:
            read = attributes.READ["dx"]
        if read is None or not value.strip():
            continue
        if value.strip().lower() in attributes.KEEPS_WORDS:
            if value.strip().lower() == "inherit":
                yield name, "inherit"
            continue
        try:
            plain = read(re.sub(r"/\*.*?\*/", "", value, flags=re.DOTALL))
        except (ValueError, OverflowError):
            _refuse_value(name, value, old)
            continue
        if plain and name in attributes.STYLED:
            styled.append(f"{name}:{plain}")
        elif plain:
            yield name, plain
    if styled:
        yield "style", ";".join(styled)


def _refuse_value(name: str, value: str, old: _Element) -> None:
    if "url(" in value.lower():
        message = f"has an attribute {name} that refers to something outside the picture"
        raise SvgError(message, element=old)
    raise SvgError(f"has {name}={value[:40]!r}, which gapress can't read", element=old)


def _around(matrix: str | None, origin: str, old: _Element) -> str:
    words = {"left": "0", "top": "0"}
    try:
        if matrix is None:  # that of a pattern or a gradient
            raise ValueError(origin)
        parts = [values.length(words.get(part, part)) for part in origin.split()[:2]]
        x, y = (value for value, unit in parts if not unit or not value)
        moved = values.product((1, 0, 0, 1, x, y), values.transform(matrix))
        moved = values.product(moved, (1, 0, 0, 1, -x, -y))
    except ValueError:
        raise SvgError(
            f"has transform-origin={origin[:40]!r}, which gapress can't read", element=old
        ) from None
    return f"matrix({' '.join(map(values.written, moved))})"


def _can_be_seen(tag: str, found: dict[str, str]) -> bool:
    """Whether an element has a size (SVG 2, 7.12: with none it is not drawn)."""
    sizes = [found[name] for name in ("width", "height") if name in found and tag in _SIZED]
    sizes += [found["r"]] if tag == "circle" and "r" in found else []
    sizes += [found[n] for n in ("markerWidth", "markerHeight") if n in found]
    if "viewBox" in found and tag in _BOXED:
        sizes += found["viewBox"].split()[2:]
    if tag == "image" and HREF not in found:
        return False
    if any(_is_flat(found.get(name, "")) for name in _TRANSFORMS):
        return False
    return all(values.length(size)[0] > 0 for size in sizes)


def _is_flat(matrix: str) -> bool:
    """Whether a transformation leaves no surface."""
    if not matrix:
        return False
    a, b, c, d, *_ = values.transform(matrix)
    return abs(a * d - b * c) < _NO_SURFACE


def _text(element: _Element) -> str:
    return "".join("".join(map(str, element.itertext())).split())


def _append(new: _Element, tail: str) -> None:
    """Add text at an element's end."""
    if len(new):
        new[-1].tail = (new[-1].tail or "") + tail
    else:
        new.text = (new.text or "") + tail
