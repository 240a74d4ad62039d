"""Path data of SVG (SVG 2, 9.3), written with absolute M, L, C, Q, A and Z alone.

Libraries differ in what they make of shorthand, of numbers that touch and of mistakes; WeasyPrint
goes round for ever in some of these.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from gapress.release.svg.values import NUMBER, matched, written

if TYPE_CHECKING:
    from collections.abc import Iterator

_COUNTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
_SEGMENT = re.compile(r"([MmLlHhVvCcSsQqTtAaZz])([^MmLlHhVvCcSsQqTtAaZz]*)")
_PART = re.compile(rf"[\s,]*({NUMBER})", re.ASCII)
_FLAG = re.compile(r"[\s,]*([01])", re.ASCII)
_FLAGS = (3, 4)
_ENLARGED = 1.000001  # arcs that just fit must fit after rounding, too


def path(text: str) -> tuple[str, int]:
    """Return path data in its plain form, and how many segments it has.

    Raises:
        ValueError: It is not path data; with what is wrong.
    """
    text = text.strip()
    if not text or text == "none":
        return "", 0
    if text[0] not in "Mm":
        raise ValueError(f"path data that begins with {text[:12]!r} and not with M")
    written_out = [command + " ".join(map(written, values)) for command, values in _absolute(text)]
    return " ".join(written_out), len(written_out)


def _absolute(text: str) -> Iterator[tuple[str, list[float]]]:
    x = y = start_x = start_y = 0.0
    control: tuple[str, float, float] = ("", 0.0, 0.0)
    for letter, values in _segments(text):
        command = letter.upper()
        if letter.islower():
            values = _from(command, values, x, y)
        if command == "Z":
            x, y = start_x, start_y
            control = ("", x, y)
            yield "Z", []
            continue
        if command in "ST":
            curve = "C" if command == "S" else "Q"
            first = (2 * x - control[1], 2 * y - control[2]) if control[0] == curve else (x, y)
            command, values = curve, [*first, *values]
        elif command == "H":
            command, values = "L", [values[0], y]
        elif command == "V":
            command, values = "L", [x, values[0]]
        elif command == "A":
            command, values = _arc(values, x, y)
        control = (command, *values[-4:-2]) if command in "CQ" else ("", 0.0, 0.0)  # type: ignore[assignment]
        x, y = values[-2:]
        if command == "M":
            start_x, start_y = x, y
        yield command, values


def _segments(text: str) -> Iterator[tuple[str, list[float]]]:
    """Yield each segment with its letter, those that leave theirs out too."""
    place = 0
    for match in _SEGMENT.finditer(text):
        if match.start() != place:
            raise ValueError(f"path data with {text[place : place + 12].strip()!r}")
        place = match.end()
        letter, rest = match[1], match[2]
        values = _values(letter, rest)
        count = _COUNTS[letter.upper()]
        if not count:
            if values:
                raise ValueError(f"path data with numbers after {letter}")
            yield letter, []
            continue
        if not values or len(values) % count:
            raise ValueError(f"path data with {len(values)} numbers after {letter}")
        for index in range(0, len(values), count):
            following = {"M": "L", "m": "l"}.get(letter, letter) if index else letter
            yield following, values[index : index + count]
    if place != len(text):
        raise ValueError(f"path data with {text[place : place + 12].strip()!r}")


def _values(letter: str, text: str) -> list[float]:
    values: list[float] = []
    place, is_arc = 0, letter in "Aa"
    while place < len(text.rstrip(" \t\r\n\f,")):
        expected = _FLAG if is_arc and len(values) % 7 in _FLAGS else _PART
        match = expected.match(text, place)
        if not match:
            raise ValueError(f"path data with {text[place : place + 12].strip()!r}")
        try:
            values.append(matched(match[1]))
        except ValueError:
            raise ValueError(f"path data with {match[1]!r}, which is no finite number") from None
        place = match.end()
    return values


def _from(command: str, values: list[float], x: float, y: float) -> list[float]:
    """Return a relative segment as an absolute one."""
    match command:
        case "H":
            return [values[0] + x]
        case "V":
            return [values[0] + y]
        case "A":
            return [*values[:5], values[5] + x, values[6] + y]
    return [value + (y if index % 2 else x) for index, value in enumerate(values)]


def _arc(values: list[float], x: float, y: float) -> tuple[str, list[float]]:
    """Return an arc whose ellipse is large enough (SVG 2, B.2.5), or the line that it is."""
    rx, ry, rotation, large, sweep, to_x, to_y = values
    rx, ry = abs(rx), abs(ry)
    if not rx or not ry or (x, y) == (to_x, to_y):
        return "L", [to_x, to_y]
    angle = math.radians(rotation % 360)
    dx, dy = (x - to_x) / 2, (y - to_y) / 2
    across = math.cos(angle) * dx + math.sin(angle) * dy
    along = -math.sin(angle) * dx + math.cos(angle) * dy
    needed = math.hypot(across / rx, along / ry)
    if needed > 1:
        rx, ry = rx * needed * _ENLARGED, ry * needed * _ENLARGED
    return "A", [rx, ry, rotation % 360, large, sweep, to_x, to_y]
