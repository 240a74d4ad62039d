"""Names of the elements of Word files (ECMA-376), short, and what their attributes say."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gapress.word.package import Element

_OFFICE = "http://schemas.openxmlformats.org/"
_SPACES = {
    "w": f"{_OFFICE}wordprocessingml/2006/main",
    "r": f"{_OFFICE}officeDocument/2006/relationships",
    "m": f"{_OFFICE}officeDocument/2006/math",
    "a": f"{_OFFICE}drawingml/2006/main",
    "wp": f"{_OFFICE}drawingml/2006/wordprocessingDrawing",
    "pic": f"{_OFFICE}drawingml/2006/picture",
    "c": f"{_OFFICE}drawingml/2006/chart",
    "dgm": f"{_OFFICE}drawingml/2006/diagram",
    "mc": f"{_OFFICE}markup-compatibility/2006",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
}
_SHORT = {uri: prefix for prefix, uri in _SPACES.items()}
_OFF = {"0", "false", "off", "none"}


@lru_cache(maxsize=1024)
def full(name: str) -> str:
    """Return the name of an element or attribute in lxml's notation: ``w:p``."""
    prefix, _, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"


@lru_cache(maxsize=1024)
def _short(tag: str) -> str:
    uri, _, local = tag.rpartition("}")
    return f"{_SHORT.get(uri[1:], '?')}:{local}"


def name(element: Element) -> str:
    """Return the short name of an element: ``w:p``; with ``?`` in a namespace not known here."""
    return _short(element.tag) if isinstance(element.tag, str) else "?:"


def at(element: Element | None, *path: str) -> Element | None:
    """Return the element at a path of short names below another, if there is one."""
    for step in path:
        element = None if element is None else element.find(full(step))
    return element


def value(element: Element | None, *path: str, key: str = "w:val") -> str:
    """Return an attribute of the element at a path; empty where there is none."""
    found = at(element, *path)
    return "" if found is None else found.get(full(key), "")


def switch(element: Element | None, *path: str) -> bool | None:
    """Return whether a property at a path is on or off; none where it isn't said."""
    found = at(element, *path)
    return None if found is None else found.get(full("w:val"), "1").lower() not in _OFF
