"""Resolves how plain text is shown (UAX #9), to leave out isolates that change nothing.

Plain text and news data go through programs that may not know isolates: one that isn't needed can
only do harm there. ``text`` and ``ninjs`` ask here.

The rules are those of Unicode 15.1 for text whose only explicit controls are marks and balanced
isolates. The content of such an isolate is resolved by itself, and to the text around it the whole
isolate is one neutral character; so no stack of levels is needed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapress.document import Direction

ISOLATES: dict[Direction, str] = {"ltr": "\u2066", "rtl": "\u2067"}
POP_ISOLATE = "\u2069"

# A letter a class, so that the rules are regular expressions: left-to-right, right-to-left and
# Arabic letters, European and Arabic numbers, separators, terminators, marks; "o" is any neutral,
# "i" an isolate.
_LETTERS = {
    "L": "l",
    "R": "r",
    "AL": "a",
    "EN": "e",
    "AN": "n",
    "ES": "s",
    "ET": "t",
    "CS": "c",
    "NSM": "m",
    "LRI": "i",
    "RLI": "i",
}


class _Classes(dict[int, str]):
    """The letter of each character, looked up once."""

    def __missing__(self, code: int) -> str:
        letter = self[code] = _LETTERS.get(unicodedata.bidirectional(chr(code)), "o")
        return letter


_CLASSES = _Classes()
# Too seldom to be worth the rules for them; a line that holds one keeps its isolates.
_OTHER_CONTROLS = re.compile("[\u202a-\u202e\u2068]")
_CONTROLS = frozenset("\u061c\u200e\u200f\u2066\u2067\u2068\u2069")
_AT_THE_END = frozenset(" \t\u2000\u2001\u2002\u2003\u2009\u3000\u2066\u2067\u2068\u2069")
_BRACKETS = {pair[0]: pair[1] for pair in ("()", "[]", "{}", "⟨⟩", "（）", "［］")}
_ANY_BRACKET = re.compile(r"[()\[\]{}⟨⟩（）［］]")
_MARKS: dict[Direction, str] = {"ltr": "\u200e", "rtl": "\u200f"}
_STRONG: dict[str, Direction] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
# With more isolates than this, they are left out one by one, not in the best combination.
_MOST_COMBINED = 6

_Pair = tuple[int, int]


@lru_cache(maxsize=4096)
def with_fewest_controls(line: str, direction: Direction) -> str:
    """Return a line that shows in a direction, without the isolates that change nothing in it.

    Args:
        line: One paragraph, its isolates balanced.
        direction: The direction in which it is shown.
    """
    return directed(_with_fewest_isolates(line, direction), direction)


def directed(line: str, direction: Direction) -> str:
    """Return a line that shows in a direction, with a mark before it if it would not by itself.

    A line is shown in the direction of its first strong character outside isolates, and from the
    left without one (UAX #9, P2 and P3).
    """
    return line if not line or _first_direction(line) == direction else _MARKS[direction] + line


def _first_direction(line: str) -> Direction:
    depth = 0
    for character in line:
        kind = unicodedata.bidirectional(character)
        if kind in {"LRI", "RLI", "FSI"}:
            depth += 1
        elif kind == "PDI":
            depth = max(depth - 1, 0)
        elif not depth and kind in _STRONG:
            return _STRONG[kind]
    return "ltr"


def _with_fewest_isolates(line: str, base: Direction) -> str:
    """Return a line without the isolates that change nothing in how it is shown."""
    pairs = _pairs(line)
    if not pairs or _OTHER_CONTROLS.search(line):
        return line
    if len(pairs) > 1:
        parts = _parts(line, base)
        fewer = "".join(_fewest(part, base) for part in parts)
        if len(parts) > 1 and _Shown(fewer, base) == _Shown(line, base):
            return fewer
    return _fewest(line, base)


def _parts(line: str, base: Direction) -> list[str]:
    """Return a line cut inside words of its direction, across which no rule but N0 looks."""
    parts = [""]
    depth = 0
    before = False
    for character in line:
        depth += (character in ISOLATES.values()) - (character == POP_ISOLATE)
        strong = not depth and _STRONG.get(unicodedata.bidirectional(character)) == base
        if strong and before:
            parts.append("")
        parts[-1] += character
        before = strong
    return parts


def _fewest(line: str, base: Direction) -> str:
    pairs = _pairs(line)
    if not pairs:
        return line
    wanted = _Shown(line, base)

    def suffices(kept: Iterable[_Pair]) -> bool:
        return _Shown(_only(line, kept), base) == wanted

    if suffices(()):
        return _only(line, ())
    if len(pairs) <= _MOST_COMBINED:
        return _only(line, next(filter(suffices, _smaller(pairs)), pairs))
    kept = set(pairs)
    for pair in pairs:
        if suffices(kept - {pair}):
            kept.remove(pair)
    return _only(line, kept)


def _smaller(pairs: list[_Pair]) -> Iterator[tuple[_Pair, ...]]:
    for count in range(1, len(pairs)):
        yield from combinations(pairs, count)


def _pairs(line: str) -> list[_Pair]:
    """Return the places of each isolate's first and last character."""
    found: list[_Pair] = []
    opened: list[int] = []
    for place, character in enumerate(line):
        if character in ISOLATES.values():
            opened.append(place)
        elif character == POP_ISOLATE and opened:
            found.append((opened.pop(), place))
    return sorted(found)


def _only(line: str, kept: Iterable[_Pair]) -> str:
    """Return a line with these isolates alone."""
    places = {place for pair in kept for place in pair}
    isolates = {*ISOLATES.values(), POP_ISOLATE}
    return "".join(c for place, c in enumerate(line) if c not in isolates or place in places)


class _Shown:
    """How the characters of a line that can be seen are ordered, and which are mirrored."""

    def __init__(self, line: str, base: Direction) -> None:
        self._line, self._bottom = line, int(base == "rtl")
        self._levels = _levels(line, self._bottom)
        # L1: separators, and spaces before them and at the end.
        before = len(line)
        for place in range(len(line) - 1, -1, -1):
            if line[place] == "\t":
                before = place + 1
            if place != before - 1 or line[place] not in _AT_THE_END:
                continue
            self._levels[place] = self._bottom
            before = place
        self._seen = list(self._visible())

    def _visible(self) -> Iterator[tuple[int, int, str]]:
        """Yield each character that can be seen with its level, and the lowest one before it.

        A control of a lower level parts what stands on either side of it.
        """
        lowest = self._bottom
        for level, character in zip(self._levels, self._line, strict=True):
            lowest = min(lowest, level)
            if character not in _CONTROLS:
                yield level, lowest, character
                lowest = level

    def __eq__(self, other: object) -> bool:
        """Whether both are seen alike; the same levels are the short way to tell."""
        if not isinstance(other, _Shown):
            return NotImplemented
        return self._seen == other._seen or self._order() == other._order()

    __hash__ = None  # type: ignore[assignment]

    def _order(self) -> list[tuple[int, bool]]:
        """Return the places of the characters from left to right (L2), and who is mirrored."""
        order = list(range(len(self._line)))
        for level in range(max(self._levels, default=0), 0, -1):
            start = 0
            while start < len(order):
                end = start
                while end < len(order) and self._levels[order[end]] >= level:
                    end += 1
                order[start:end] = order[start:end][::-1]
                start = max(end, start + 1)
        seen = (place for place, c in enumerate(self._line) if c not in _CONTROLS)
        names = {place: name for name, place in enumerate(seen)}
        return [
            (
                names[place],
                bool(self._levels[place] % 2 and unicodedata.mirrored(self._line[place])),
            )
            for place in order
            if place in names
        ]


def _levels(text: str, level: int) -> list[int]:
    """Return the level of each character of a text, or of an isolate's content."""
    levels: list[int] = [level] * len(text)
    outside: list[int] = []
    ends = {}
    start = 0
    for place, end in _pairs(text):
        if place >= start:
            ends[place] = end
            outside += range(start, place + 1)
            inner = (level + 2) & ~1 if text[place] == ISOLATES["ltr"] else (level + 1) | 1
            levels[place + 1 : end] = _levels(text[place + 1 : end], inner)
            start = end + 1
    outside += range(start, len(text))
    shown = "".join([text[place] for place in outside])
    above = {"l": level % 2, "r": 1 - level % 2, "e": 2 - level % 2, "n": 2 - level % 2}  # I1, I2
    resolved = _resolved(shown.translate(_CLASSES), shown, level)
    for place, kind in zip(outside, resolved, strict=True):
        levels[place] = level + above[kind]
    for place, end in ends.items():
        levels[end] = levels[place]
    return levels


def _resolved(classes: str, text: str, level: int) -> str:
    """Return classes with weak and neutral ones resolved to l, r, e or n."""
    own = "lr"[level % 2]
    found = f"{own}{classes}"
    found = re.sub("([^m])(m+)", lambda m: m[1] + m[1].replace("i", "o") * len(m[2]), found)  # W1
    found = found.replace("i", "o")
    found = re.sub("a[^lra]*", lambda m: m[0].replace("e", "n"), found)  # W2
    found = found.replace("a", "r")  # W3
    found = re.sub("(?<=e)[sc](?=e)", "e", found)  # W4
    found = re.sub("(?<=n)c(?=n)", "n", found)
    found = re.sub("(?<=e)t+|t+(?=e)", lambda m: "e" * len(m[0]), found)  # W5
    found = re.sub("[sct]", "o", found)  # W6
    found = re.sub("l[^lr]*", lambda m: m[0].replace("e", "l"), found)  # W7
    found = _with_brackets(found, text, own) + own

    def neutral(match: re.Match[str]) -> str:  # N1, N2
        sides = {_strength(found[match.start() - 1]), _strength(found[match.end()])}
        return (sides.pop() if len(sides) == 1 else own) * len(match[0])

    return re.sub("o+", neutral, found)[1:-1]


def _strength(kind: str) -> str:
    return "l" if kind == "l" else "r"


def _with_brackets(classes: str, text: str, own: str) -> str:
    """Return classes, which begin with that of the start, with paired brackets resolved (N0)."""
    found = list(classes)
    for opening, closing in _paired(classes, text):
        inside = {_strength(kind) for kind in found[opening + 1 : closing] if kind != "o"}
        if not inside:
            continue
        before = next(kind for kind in reversed(found[:opening]) if kind != "o")
        kind = own if own in inside else _strength(before)
        found[opening] = found[closing] = kind
    return "".join(found)


def _paired(classes: str, text: str) -> list[_Pair]:
    """Return the places of paired brackets in ``classes`` (BD16)."""
    opened: list[tuple[str, int]] = []
    pairs: list[_Pair] = []
    if not _ANY_BRACKET.search(text):
        return pairs
    for place, character in enumerate(text, 1):
        if classes[place] != "o":
            continue
        if character in _BRACKETS:
            opened.append((_BRACKETS[character], place))
        elif character in _BRACKETS.values():
            closings = [closing for closing, _ in opened]
            if character in closings:
                last = len(closings) - 1 - closings[::-1].index(character)
                pairs.append((opened[last][1], place))
                del opened[last:]
    return sorted(pairs)
