"""The attributes that an SVG keeps, each with the function that reads and writes its value.

What is not named here is not drawn, and dropped. SVG 2, Appendix F and G; Filter Effects 1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from gapress.release.svg import values
from gapress.release.svg.values import written

if TYPE_CHECKING:
    from collections.abc import Callable

REFERENCES: Final = {
    "clip-path": {"clipPath"},
    "mask": {"mask"},
    "filter": {"filter"},
    "marker-start": {"marker"},
    "marker-mid": {"marker"},
    "marker-end": {"marker"},
}
"""Properties that name another element, and of what kind it must be."""

PAINT_SERVERS: Final = {"linearGradient", "radialGradient", "pattern"}
PAINTS: Final = {"fill", "stroke"}
LOCAL: Final = re.compile(r"""url\(\s*(["']?)#([^"'()\\]{1,200})\1\s*\)""", re.IGNORECASE)
CHILDREN_INHERIT: Final = ("fill", "stroke", "marker")

_WORDS = re.compile(r"[A-Za-z][A-Za-z-]{0,40}(?:\s+[A-Za-z][A-Za-z-]{0,40}){0,3}")
_NAME = re.compile(r"[^\"'()\\;{}<>&]{1,200}")
_SIZES = {
    "xx-small": 9, "x-small": 10, "small": 13, "medium": 16, "large": 18, "x-large": 24,
    "xx-large": 32,
}  # fmt: skip
_MOST_FILTER_NUMBERS = 400
_MOST_BLUR = 500.0


def _length(text: str) -> str:
    value, unit = values.length(text)
    return f"{written(value)}{unit}"


def _positive(text: str) -> str:
    value, unit = values.length(text)
    if value < 0:
        raise ValueError(text)
    return f"{written(value)}{unit}"


def _corner(text: str) -> str:
    """Return a radius; one below nothing counts as ``auto``."""
    return "" if text.strip() == "auto" or values.length(text)[0] < 0 else _length(text)


def _extent(text: str) -> str:
    return "" if text.strip() == "auto" else _length(text)


def _lengths(text: str) -> str:
    return " ".join(f"{written(value)}{unit}" for value, unit in values.lengths(text))


def _number(text: str) -> str:
    return written(values.number(text.strip()))


def _numbers(text: str) -> str:
    found = values.numbers(text)
    if len(found) > _MOST_FILTER_NUMBERS:
        raise ValueError(text)
    return " ".join(map(written, found))


def _points(text: str) -> str:
    found = values.numbers(text)
    pairs = zip(found[::2], found[1::2], strict=False)
    return " ".join(f"{written(x)},{written(y)}" for x, y in pairs)


def _blur(text: str) -> str:
    found = values.numbers(text)
    if not 1 <= len(found) <= 2 or not all(0 <= value <= _MOST_BLUR for value in found):
        raise ValueError(text)
    return " ".join(map(written, found))


def _share(text: str) -> str:
    return written(values.share(text))


def _box(text: str) -> str:
    return " ".join(map(written, values.box(text)))


def _transform(text: str) -> str:
    matrix = values.transform(text)
    return "" if matrix == values.IDENTITY else f"matrix({' '.join(map(written, matrix))})"


def _words(text: str) -> str:
    if not _WORDS.fullmatch(text.strip()):
        raise ValueError(text)
    return text.strip()


def _name(text: str) -> str:
    if not _NAME.fullmatch(text):
        raise ValueError(text)
    return text


def _families(text: str) -> str:
    names = [re.sub(r"[^\w\s.-]", "", name).strip() for name in text.split(",")]
    return ", ".join(f"'{n}'" if " " in n else n for n in names if n)


def _size(text: str) -> str:
    word = text.strip().lower()
    if word in {"larger", "smaller"}:
        return "1.2em" if word == "larger" else "0.833em"
    return str(_SIZES[word]) if word in _SIZES else _positive(text)


def _dashes(text: str) -> str:
    if text.strip() == "none":
        return "none"
    found = values.lengths(text)
    if any(value < 0 for value, _ in found):
        raise ValueError(text)
    return _lengths(text) if any(value > 0 for value, _ in found) else "none"


def _spacing(text: str) -> str:
    return "" if text.strip() == "normal" else _length(text)


def _weight(text: str) -> str:
    return text.strip() if re.fullmatch(r"\s*[1-9][0-9]{0,2}\s*", text) else _words(text)


def _shift(text: str) -> str:
    return text.strip() if text.strip() in {"baseline", "sub", "super"} else _length(text)


def _orient(text: str) -> str:
    return text if text in {"auto", "auto-start-reverse"} else written(values.degrees(text))


def _paint(text: str) -> str:
    """Return a colour, none, or a reference with what to paint if it leads nowhere."""
    text = text.strip()
    found = LOCAL.match(text)
    if found:
        rest = text[found.end() :].strip()
        return f"url(#{found[2]})" + (f" {_paint(rest)}" if rest else "")
    if text in {"none", "transparent", "context-fill", "context-stroke"}:
        return "none" if text == "transparent" else text
    return values.colour(text)


def _reference(text: str) -> str:
    if text.strip() in {"none", ""}:
        return ""
    found = LOCAL.fullmatch(text.strip())
    if not found:
        raise ValueError(text)
    return f"url(#{found[2]})"


def _many(read: Callable[[str], str], names: str) -> dict[str, Callable[[str], str]]:
    return dict.fromkeys(names.split(), read)


READ: Final[dict[str, Callable[[str], str]]] = {
    **_many(_length, "x y x1 y1 x2 y2 cx cy fx fy refX refY startOffset stroke-dashoffset"),
    **_many(_lengths, "dx dy"),
    **_many(_extent, "width height"),
    **_many(_length, "r fr markerWidth markerHeight textLength"),
    **_many(_corner, "rx ry"),
    **_many(_positive, "stroke-width"),
    **_many(_dashes, "stroke-dasharray"),
    **_many(_spacing, "letter-spacing word-spacing"),
    **_many(_size, "font-size"),
    **_many(_number, "stroke-miterlimit k1 k2 k3 k4 amplitude exponent intercept slope"),
    **_many(_numbers, "rotate values tableValues"),
    **_many(_points, "points"),
    **_many(_blur, "stdDeviation"),
    **_many(_share, "opacity fill-opacity stroke-opacity stop-opacity flood-opacity offset"),
    **_many(_box, "viewBox"),
    **_many(_transform, "transform gradientTransform patternTransform"),
    **_many(_paint, "fill stroke"),
    **_many(values.colour, "color stop-color flood-color"),
    **_many(_reference, " ".join(REFERENCES)),
    **_many(_families, "font-family"),
    **_many(_weight, "font-weight"),
    **_many(_shift, "baseline-shift"),
    **_many(_orient, "orient"),
    **_many(_name, "in in2 result"),
    **_many(
        _words,
        "fill-rule clip-rule stroke-linecap stroke-linejoin text-anchor font-style font-variant "
        "font-stretch display visibility overflow preserveAspectRatio gradientUnits spreadMethod "
        "patternUnits patternContentUnits clipPathUnits maskUnits maskContentUnits markerUnits "
        "filterUnits primitiveUnits dominant-baseline alignment-baseline text-decoration "
        "lengthAdjust method side writing-mode text-orientation direction unicode-bidi paint-order "
        "vector-effect mask-type color-interpolation color-interpolation-filters image-rendering "
        "shape-rendering text-rendering mode operator type edgeMode mix-blend-mode isolation",
    ),
}
"""How the value of each attribute is read; empty for one that says nothing, ValueError for one
that is wrong."""

KEEPS_WORDS: Final = frozenset({"inherit", "initial", "unset", "revert"})
STYLED: Final = frozenset({"mix-blend-mode", "isolation"})
"""Properties that no attribute stands for."""

NOT_PROPERTIES: Final = frozenset(
    {
        "x1", "y1", "x2", "y2", "fx", "fy", "refX", "refY", "startOffset", "dx", "dy",
        "markerWidth", "markerHeight", "textLength", "k1", "k2", "k3", "k4", "amplitude",
        "exponent", "intercept", "slope", "rotate", "values", "tableValues", "points",
        "stdDeviation", "offset", "viewBox", "gradientTransform", "patternTransform", "orient",
        "in", "in2", "result", "preserveAspectRatio", "gradientUnits", "spreadMethod",
        "patternUnits", "patternContentUnits", "clipPathUnits", "maskUnits", "maskContentUnits",
        "markerUnits", "filterUnits", "primitiveUnits", "lengthAdjust", "method", "side", "mode",
        "operator", "type", "edgeMode", "fr",
    }
)  # fmt: skip
"""Attributes that CSS can't set."""
