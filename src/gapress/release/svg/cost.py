"""References inside an SVG: renamed, and counted as often as they are drawn.

Patterns in patterns, masks in masks and uses of uses multiply; some lead back to themselves.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gapress.release.svg.attributes import (
    CHILDREN_INHERIT,
    LOCAL,
    PAINT_SERVERS,
    PAINTS,
    REFERENCES,
)
from gapress.release.svg.cascade import SVG
from gapress.release.svg.error import SvgError
from gapress.release.svg.limits import SIMPLIFY
from gapress.release.svg.tree import HREF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element

# Elements that are drawn, each as often as fills, masks, markers and the like draw it; steps of
# filters, masks and gradients among them, each of which takes long; how many
# references may lead on from one to the next; and levels, those of what is referred to included:
# libraries call themselves for each, and crash at about 240.
MAX_DRAWN = 100_000
MAX_FILTERS = 200
MAX_MASKS = 500
MAX_GRADIENTS = 2_000
MAX_CHAIN = 10
MAX_DEPTH = 64

_LINKS = {
    "use": {"svg", "g", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline",
            "polygon", "image", "text"},
    "textPath": {"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"},
    "linearGradient": {"linearGradient", "radialGradient"},
    "radialGradient": {"linearGradient", "radialGradient"},
    "pattern": {"pattern"},
    "filter": {"filter"},
}  # fmt: skip


_SLOW = {
    "filter": (MAX_FILTERS, "steps of filters, such as shadows and blurs"),
    "mask": (MAX_MASKS, "masks"),
    "gradient": (MAX_GRADIENTS, "gradients"),
}


def tie(root: _Element) -> None:
    """Give the elements that are referred to short names, and drop what leads nowhere."""
    named: dict[str, _Element] = {}
    for element in root.iter():
        name = element.attrib.pop("id", "")
        if name:
            named.setdefault(str(name), element)
    used: dict[_Element, str] = {}

    def target(name: str, kinds: set[str]) -> str:
        element = named.get(name)
        if element is None or _tag(element) not in kinds:
            return ""
        return used.setdefault(element, f"n{len(used) + 1}")

    for element in list(root.iter()):
        _tie_link(element, target)
        for key in PAINTS.intersection(element.keys()):
            element.set(key, _paint(element.get(key) or "", target))
        for key, kinds in REFERENCES.items():
            found = LOCAL.match(element.get(key) or "")
            if found:
                name = target(found[2], kinds)
                if name:
                    element.set(key, f"url(#{name})")
                else:
                    del element.attrib[key]
    for element, name in used.items():
        element.set("id", name)


def _tie_link(element: _Element, target: Callable[[str, set[str]], str]) -> None:
    link, kinds = element.get(HREF) or "", _LINKS.get(_tag(element))
    if not link.startswith("#"):
        return
    name = target(link[1:], kinds) if kinds else ""
    if name:
        element.set(HREF, f"#{name}")
        return
    del element.attrib[HREF]
    parent = element.getparent()
    if _tag(element) in {"use", "image", "textPath"} and parent is not None:
        tail = element.tail
        parent.remove(element)
        if tail and tail.strip():
            raise SvgError("has text along a path that is not there")


def _paint(value: str, target: Callable[[str, set[str]], str]) -> str:
    found = LOCAL.match(value)
    if not found:
        return value
    name = target(found[2], PAINT_SERVERS)
    rest = value[found.end() :].strip()
    return f"url(#{name})" if name else _paint(rest, target) or "none"


def check(root: _Element) -> None:
    """Refuse a picture that takes very long to draw, or never ends.

    Raises:
        SvgError: It does.
    """
    named = {name: element for element in root.iter() if (name := element.get("id"))}
    left = MAX_DRAWN
    slow = {kind: most for kind, (most, _) in _SLOW.items()}
    waiting = [(root, 0, 1)]
    while waiting:
        element, chain, depth = waiting.pop()
        left -= 1
        kind = _kind(element)
        if kind:
            slow[kind] -= 1
        if depth > MAX_DEPTH:
            message = f"has more than {MAX_DEPTH} levels of elements"
            raise SvgError(message, "ungroup what is nested so deeply, or export as PNG", element)
        if left < len(waiting) or chain > MAX_CHAIN:
            message = f"draws more than {MAX_DRAWN:,} elements, or an element within itself"
            hint = "simplify its patterns, masks and markers, or export as PNG"
            raise SvgError(message, hint)
        waiting += [(child, chain, depth + 1) for child in element]
        for key, name in _references(element):
            times = _times(element, key) if key.startswith(CHILDREN_INHERIT) else 1
            waiting += [(named[name], chain + 1, depth + 2)] * min(times, MAX_DRAWN)
    for kind, remaining in slow.items():
        if remaining < 0:
            most, what = _SLOW[kind]
            raise SvgError(f"draws more than {most:,} {what}", SIMPLIFY)


def _kind(element: _Element) -> str:
    """Return what an element that takes long to draw counts as; empty for others."""
    tag = _tag(element)
    if tag in PAINT_SERVERS - {"pattern"}:
        return "gradient"
    return "filter" if tag.startswith("fe") else tag if tag == "mask" else ""


def _references(element: _Element) -> Iterator[tuple[str, str]]:
    link = element.get(HREF) or ""
    if link.startswith("#"):
        yield "href", link[1:]
    for key in (*REFERENCES, *PAINTS):
        found = LOCAL.match(element.get(key) or "")
        if found:
            yield key, found[2]


def _times(element: _Element, key: str) -> int:
    """Return how often a property is drawn: by each element inside, markers at each point."""
    count = 0
    for each in element.iter():
        points = f"{each.get('d') or ''} {each.get('points') or ''}"
        count += 1 + (len(re.findall(r"[A-Z,]", points)) if key.startswith("marker") else 0)
    return count


def _tag(element: _Element) -> str:
    return str(element.tag)[len(SVG) :]
