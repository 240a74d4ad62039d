"""Values of SVG attributes, read strictly and written in one plain form.

Every library that draws the picture then reads the same finite numbers, pixels, matrices and
colours. SVG 1.1 and 2; CSS Values and Units 4, Transforms 1, Color 4.
"""

from __future__ import annotations

import math
import re
from typing import TypeAlias

Matrix: TypeAlias = tuple[float, float, float, float, float, float]

LARGEST = 1e11
"""No number in a picture is larger."""

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
# At most 30 digits, so that no text takes long to match.
NUMBER = r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})(?:[eE][+-]?[0-9]{1,3})?"
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "q": 96 / 101.6,
    "rem": 16.0,
}
_RELATIVE = {"%", "em", "ex"}
_NUMBER = re.compile(NUMBER)
_LENGTH = re.compile(rf"({NUMBER})(%|[A-Za-z]{{0,3}})")
_LIST = re.compile(rf"\s*(?:{NUMBER}(?:\s*,\s*|\s*))*", re.ASCII)
_FUNCTION = re.compile(r"\s*,?\s*([A-Za-z]{1,20})\s*\(([^()]{0,500})\)")
_ANGLES = {"": 1.0, "deg": 1.0, "rad": 180 / math.pi, "grad": 0.9, "turn": 360.0}


def number(text: str) -> float:
    """Return a finite number.

    Raises:
        ValueError: It is none, or larger than :data:`LARGEST`.
    """
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return matched(text)


def matched(text: str) -> float:
    """Return a number whose text has matched :data:`NUMBER`.

    Raises:
        ValueError: It is larger than :data:`LARGEST`.
    """
    value = float(text)
    if not abs(value) <= LARGEST:
        raise ValueError(text)
    return value


def written(value: float) -> str:
    """Return a number as every library reads it."""
    return f"{value:.8g}" if value else "0"


def numbers(text: str) -> list[float]:
    """Return a list of numbers, with spaces or commas between them.

    Raises:
        ValueError: It holds something else.
    """
    if not _LIST.fullmatch(text):
        raise ValueError(text)
    return [matched(match) for match in _NUMBER.findall(text)]


def length(text: str) -> tuple[float, str]:
    """Return a length as pixels and no unit, or a relative one with ``%``, ``em`` or ``ex``.

    Raises:
        ValueError: It is no length.
    """
    match = _LENGTH.fullmatch(text.strip())
    if not match:
        raise ValueError(text)
    value, unit = number(match[1]), match[2].lower()
    if unit == "ch":
        value, unit = value / 2, "em"
    if unit in _RELATIVE:
        return value, unit
    if unit not in _PIXELS:
        raise ValueError(text)
    return number(written(value * _PIXELS[unit])), ""


def lengths(text: str) -> list[tuple[float, str]]:
    """Return a list of lengths.

    Raises:
        ValueError: It holds something else.
    """
    return [length(part) for part in re.split(r"[\s,]+", text.strip()) if part]


def share(text: str) -> float:
    """Return an opacity or an offset as a number from 0 to 1.

    Raises:
        ValueError: It is neither a number nor a percentage.
    """
    text = text.strip()
    value = number(text[:-1]) / 100 if text.endswith("%") else number(text)
    return min(max(value, 0.0), 1.0)


def box(text: str) -> tuple[float, float, float, float]:
    """Return a viewBox.

    Raises:
        ValueError: It is none.
    """
    x, y, width, height = numbers(text)
    return x, y, width, height


def transform(text: str) -> Matrix:
    """Return a list of transformations as one matrix (CSS Transforms 1, 12).

    Raises:
        ValueError: It is none in two dimensions, or depends on the size of what it moves.
    """
    place, result = 0, IDENTITY
    text = "" if text.strip() == "none" else text.rstrip()
    while place < len(text):
        match = _FUNCTION.match(text, place)
        if not match:
            raise ValueError(text)
        result, place = product(result, _matrix(match[1], match[2])), match.end()
    if not all(abs(value) <= LARGEST for value in result):
        raise ValueError(text)
    return result


def product(a: Matrix, b: Matrix) -> Matrix:
    """Return the matrix that does ``b`` and then ``a``."""
    return (
        a[0] * b[0] + a[2] * b[1],
        a[1] * b[0] + a[3] * b[1],
        a[0] * b[2] + a[2] * b[3],
        a[1] * b[2] + a[3] * b[3],
        a[0] * b[4] + a[2] * b[5] + a[4],
        a[1] * b[4] + a[3] * b[5] + a[5],
    )


def _matrix(name: str, inside: str) -> Matrix:
    parts = [part for part in re.split(r"[\s,]+", _spaced(inside)) if part]
    match name, len(parts):
        case "matrix", 6:
            a, b, c, d, e, f = map(number, parts)
            return a, b, c, d, e, f
        case "translate", 1 | 2:
            x, y = _pixels(parts[0]), _pixels(parts[1]) if len(parts) > 1 else 0.0
            return 1, 0, 0, 1, x, y
        case "translateX", 1:
            return 1, 0, 0, 1, _pixels(parts[0]), 0
        case "translateY", 1:
            return 1, 0, 0, 1, 0, _pixels(parts[0])
        case "scale", 1 | 2:
            return number(parts[0]), 0, 0, number(parts[-1]), 0, 0
        case "scaleX", 1:
            return number(parts[0]), 0, 0, 1, 0, 0
        case "scaleY", 1:
            return 1, 0, 0, number(parts[0]), 0, 0
        case "rotate", 1 | 3:
            angle = math.radians(degrees(parts[0]))
            cos, sin = math.cos(angle), math.sin(angle)
            x, y = map(_pixels, parts[1:]) if len(parts) > 1 else (0.0, 0.0)
            return product(
                (1, 0, 0, 1, x, y), product((cos, sin, -sin, cos, 0, 0), (1, 0, 0, 1, -x, -y))
            )
        case "skewX", 1:
            return 1, 0, math.tan(math.radians(degrees(parts[0]))), 1, 0, 0
        case "skewY", 1:
            return 1, math.tan(math.radians(degrees(parts[0]))), 0, 1, 0, 0
    raise ValueError(name)


def _spaced(text: str) -> str:
    """Return numbers that stand together, as in ``10-5``, with a space between them."""
    return re.sub(r"(?<=[0-9.])(?=[+-])", " ", text)


def _pixels(text: str) -> float:
    value, unit = length(text)
    if unit:
        raise ValueError(text)
    return value


def degrees(text: str) -> float:
    """Return an angle in degrees.

    Raises:
        ValueError: It is none.
    """
    match = re.fullmatch(rf"({NUMBER})([a-z]{{0,4}})", text)
    if not match or match[2] not in _ANGLES:
        raise ValueError(text)
    return number(match[1]) * _ANGLES[match[2]]


def colour(text: str) -> str:
    """Return a colour as ``#rrggbb``, ``rgba(…)`` or ``currentColor``.

    Raises:
        ValueError: It is no colour.
    """
    from tinycss2.color5 import parse_color

    try:
        parsed = parse_color(re.sub(r"\s*icc-color\([^()]*\)", "", text).strip())
        if parsed == "currentcolor":
            return "currentColor"
        red, green, blue, alpha = parsed.to("srgb") if parsed else (None,) * 4
    except NotImplementedError:
        parsed = None
    if parsed is None:
        raise ValueError(text)
    values = [round(255 * min(max(part or 0.0, 0.0), 1.0)) for part in (red, green, blue)]
    alpha = min(max(1.0 if alpha is None else alpha, 0.0), 1.0)
    if alpha == 1:
        return "#{:02x}{:02x}{:02x}".format(*values)
    return "rgba({},{},{},{:.4g})".format(*values, alpha)
