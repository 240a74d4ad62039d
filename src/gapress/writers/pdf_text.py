"""Orders the text of a PDF's right-to-left lines as programs need it that read it out again.

A line of Arabic text with a number in it is three texts: what is before the number, the number,
what is after it. WeasyPrint paints them in the order of reading, each from its left to its right.
How programs put a line together again differs, so these texts are left without blanks at their
ends, and what stands between two of them is painted by itself, as glyphs without ink or width:

- A *blank* for pdf.js and MuPDF, which see no gap where the next text is to the left. pdf.js drops
  blanks at the ends of texts; so the glyph's own mapping begins with a zero width space, which its
  replacement text (ISO 32000-1, 14.9.4), which the others follow, has not.
- A *mark* (U+200F) on the left of a number or Latin word. poppler takes for part of such a word all
  that is no right-to-left letter, and would put the blank after it before it; MuPDF takes a full
  stop on the left end of an Arabic text for something else than its end.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pydyf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapress.writers.pdf_faces import Face

_BLANK, _WIDE, _MARK, _BOUND, _HELD = "\u200b ", " \u200f", "\u200f", "\u00a0", "\u200f "
_TM = re.compile(rb"(\S+ \S+ \S+ \S+) (\S+) (\S+) Tm")
_TF = re.compile(rb"/(\S+) (\S+) Tf")
_TJ = re.compile(rb"\[(.*)\] TJ", re.DOTALL)
_PART = re.compile(rb"<([0-9a-f]*)>|(-?[0-9.]+(?:e-?\d+)?)")
_LEFTWARD = {"R", "AL"}
_SPACES = {" ", "\u00a0", "\u202f"}
# Two texts are neighbours where no more than this lies between them, in ems.
_GAP, _TOUCHING = 0.6, 0.1
# pdf.js remembers where a glyph was that has a width.
_POINT = 1.0


@dataclass
class _Piece:
    """A text that is painted at once.

    Attributes:
        stream: The page's content.
        begin: Where ``BT`` stands in it.
        end: Where ``ET`` stands.
        around: The transformations that hold there.
        face: Its font.
        size: The font's size.
        parts: Its glyphs, and what is added between them, in thousandths of an em to the left.
        scale: The first four numbers of its matrix.
        x: Where it begins.
        y: Its base line.
        before: What is to be painted before it.
        after: What is to be painted after it.
    """

    stream: list[Any]
    begin: int
    end: int
    around: tuple[bytes, ...]
    face: Face
    font: bytes
    size: float
    parts: list[int | float]
    scale: bytes
    x: float
    y: float
    changed: bool = False
    before: list[Any] = field(default_factory=list)
    after: list[Any] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What its glyphs stand for, from the left."""
        return "".join(self.face.texts.get(p, "") for p in self.parts if isinstance(p, int))

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.size * sum(map(self._advance, self.parts)) / 1000

    def _advance(self, part: float) -> float:
        return self.face.widths.get(part, 0) if isinstance(part, int) else -part

    @property
    def is_leftward(self) -> bool:
        """Whether it is read from the right."""
        return any(unicodedata.bidirectional(c) in _LEFTWARD for c in self.text)

    @property
    def has_letters(self) -> bool:
        """Whether it holds right-to-left letters."""
        return self.is_leftward and any(unicodedata.category(c)[0] == "L" for c in self.text)

    @property
    def is_rightward(self) -> bool:
        """Whether it is a number or a word that is read from the left."""
        kinds = {unicodedata.bidirectional(c) for c in self.text}
        return not kinds & _LEFTWARD and bool(kinds & {"L", "EN", "AN"})

    def strip_left(self) -> bool:
        """Take blanks off its left end; whether there were any."""
        found = False
        while self.parts and (not _is_glyph(self.parts[0]) or self._is_space(self.parts[0])):
            part = self.parts.pop(0)
            found |= _is_glyph(part)
            self.x += self.size * self._advance(part) / 1000
        self.changed |= found
        return found

    def strip_right(self) -> bool:
        """Take blanks off its right end; whether there were any."""
        found = False
        while self.parts and (not _is_glyph(self.parts[-1]) or self._is_space(self.parts[-1])):
            found |= _is_glyph(self.parts.pop())
        self.changed |= found
        return found

    def hold_signs(self) -> None:
        """Put a glyph before each sign at a word's left end, for pdf.js to know where it is.

        It asks of signs neither where they are nor what is before them: one after a blank would
        be parted from its letter, and one at the beginning stand at the end of the line before.
        """
        last, place = "", 0
        for index, part in enumerate(self.parts):
            if isinstance(part, int):
                text = self.face.texts.get(part, "")
                if _is_sign(text) and last in _SPACES:
                    self.parts[place] = self.face.blank(_HELD, is_wide=True)
                    self.changed = True
                last, place = text, index
        if _is_sign(self.text[:1]):
            self.parts.insert(0, self.face.blank(_HELD, _POINT))
            self.changed = True

    def add(self, text: str, *, is_wide: bool = False) -> None:
        """Put a glyph that shows nothing at its right end."""
        self.parts.append(self.face.blank(text, is_wide=is_wide))
        self.changed = True

    def bind(self) -> None:
        """Make the blanks of a number such that pdfium does not turn round what they part."""
        if self.is_rightward and not any(unicodedata.bidirectional(c) == "L" for c in self.text):
            spaces = [i for i, part in enumerate(self.parts) if self._is_space(part)]
            for place in spaces:
                self.parts[place] = self.face.blank(_BOUND, is_wide=True)
                self.changed = True

    def _is_space(self, part: int | float) -> bool:
        return isinstance(part, int) and self.face.texts.get(part) in _SPACES


def _is_able(face: Face) -> bool:
    """Whether a font has room for what is added to its texts."""
    added = ((_BLANK, False), (_WIDE, True), (_MARK, False), (_BOUND, True))
    return face.is_leftward and min(face.blank(t, is_wide=wide) for t, wide in added) > 0


def _is_neutral(character: str) -> bool:
    return unicodedata.bidirectional(character) not in {"R", "AL", "L", "EN", "AN", "NSM"}


def _is_glyph(part: float) -> bool:
    return isinstance(part, int)


def order_lines(pages: Iterator[list[Any]], faces: Mapping[bytes, Face]) -> None:
    """Prepare the right-to-left lines of pages for being read out.

    Args:
        pages: The contents of the pages, which are changed.
        faces: The fonts by their names in the pages.
    """
    for stream in pages:
        _lower(stream, faces)
        pieces = list(_pieces(stream, faces))
        for before, after in pairwise(pieces):
            if _meet(before, after):
                _join(before, after)
            elif _is_beside(before, after):
                after.before += _painted(after, after.x, " ")
        for piece in pieces:
            if _is_able(piece.face) and piece.has_letters:
                if _is_neutral(piece.text[0]):
                    piece.parts.insert(0, piece.face.blank(_MARK))
                    piece.changed = True
                piece.hold_signs()
        for piece in reversed(pieces):
            stream[piece.begin : piece.end + 1] = _written(piece)


def _lower(stream: list[Any], faces: Mapping[bytes, Face]) -> None:
    """Replace signs that are raised, or set elsewhere than where the pen is, by glyphs that are so.

    What is raised is a line of its own to poppler, pdfium and MuPDF.
    """
    index = 0
    while index < len(stream):
        if stream[index] == b"BT":
            end = stream.index(b"ET", index)
            if (lowered := _lowered(stream[index + 1 : end], faces)) is not None:
                stream[index + 1 : end] = lowered
        index += 1


def _lowered(text: list[bytes], faces: Mapping[bytes, Face]) -> list[bytes] | None:
    """Return the operators of a text without any that raise; none where that can't be."""
    font = re.fullmatch(_TF, text[1]) if len(text) > 2 else None
    face = faces.get(font[1]) if font else None
    if not font or not face or not any(_is_sign(t) for t in face.texts.values()):
        return None
    size, rise = float(font[2]), 0.0
    parts: list[int | float] = []
    for part in text[2:]:
        if raised := re.fullmatch(rb"(\S+) Ts", part):
            rise = float(raised[1])
        elif shown := re.fullmatch(_TJ, part):
            for one in _parts(shown[1]):
                parts.append(one)
                if isinstance(one, int) and _is_sign(face.texts.get(one, "")):
                    before = parts[-2] if len(parts) > 1 and not _is_glyph(parts[-2]) else 0
                    glyph = face.moved(one, -before, rise * 1000 / size)
                    if glyph < 0:
                        return None
                    parts[-2 if before else -1 :] = [glyph, float(before - face.widths[one])]
                elif rise and isinstance(one, int):
                    return None
        else:
            return None
    return [text[0], text[1], _shown(_summed(parts))]


def _summed(parts: list[int | float]) -> list[int | float]:
    """Return glyphs and movements with movements added up, and those left out that are none."""
    summed: list[int | float] = []
    for part in parts:
        if not _is_glyph(part) and summed and not _is_glyph(summed[-1]):
            summed[-1] += part
        else:
            summed.append(part)
    return [part for part in summed if _is_glyph(part) or abs(part) >= 1]


@lru_cache(maxsize=4096)
def _is_sign(text: str) -> bool:
    return bool(text) and all(unicodedata.category(c) == "Mn" for c in text)


def _is_beside(before: _Piece, after: _Piece) -> bool:
    """Whether one text stands to the left of another, as the next cell of a table does."""
    return (
        abs(before.y - after.y) < before.size / 2
        and after.x < before.x
        and before.around == after.around
        and before.scale == after.scale
        and after.x + after.width < before.x + _TOUCHING * before.size
        and _is_able(before.face)
        and _is_able(after.face)
    )


def _meet(before: _Piece, after: _Piece) -> bool:
    """Whether one text goes on to the left with another."""
    room = before.x - after.x - after.width
    size = max(before.size, after.size)
    return (
        _is_beside(before, after)
        and abs(before.y - after.y) < 0.01
        and -_TOUCHING * size < room < _GAP * size
    )


def _join(before: _Piece, after: _Piece) -> None:
    """Put between two neighbours what readers need."""
    for piece in (before, after):
        piece.bind()
    parted = before.x - after.x - after.width > _TOUCHING * before.size
    if not before.is_rightward:
        parted |= before.strip_left()
    if not after.is_rightward:
        parted |= after.strip_right()
    if before.is_rightward and not after.is_rightward:
        after.add(_WIDE if parted else _MARK, is_wide=parted)
    if not parted:
        return
    if after.is_rightward:
        after.before += _painted(after, after.x, " ")
    else:
        # MuPDF begins a new line where a text is not beside the one before it, unless only one of
        # the two is right-to-left; pdf.js adds a blank where it is.
        place = before.x + (before.width if before.is_rightward else 0)
        before.after += _painted(before, place, "" if before.is_rightward else " ")


def _painted(piece: _Piece, x: float, actual: str) -> list[Any]:
    """Return the operators that paint a blank without width, which is another text to some."""
    return [
        "/Span",
        pydyf.Dictionary({"ActualText": pydyf.String(actual)}),
        b"BDC",
        b"BT",
        b"%s %.6f %.6f Tm" % (piece.scale, x, piece.y),
        b"/%s %s Tf" % (piece.font, _number(piece.size)),
        b"[<%04x>] TJ" % piece.face.blank(_BLANK),
        b"ET",
        b"EMC",
    ]


def _number(number: float) -> bytes:
    return f"{number:.6f}".rstrip("0").rstrip(".").encode()


def _shown(parts: list[int | float]) -> bytes:
    shown = (b"<%04x>" % part if isinstance(part, int) else _number(part) for part in parts)
    return b"[%s] TJ" % b"".join(shown).replace(b"><", b"")


def _written(piece: _Piece) -> list[Any]:
    """Return the operators of a text, and of what is around it."""
    own = piece.stream[piece.begin : piece.end + 1]
    if piece.changed:
        own[1:-1] = [
            b"%s %.6f %.6f Tm" % (piece.scale, piece.x, piece.y),
            b"/%s %s Tf" % (piece.font, _number(piece.size)),
            _shown(piece.parts),
        ]
    return [*piece.before, *own, *piece.after]


def _pieces(stream: list[Any], faces: Mapping[bytes, Face]) -> Iterator[_Piece]:
    """Yield the texts of a page in one font each."""
    around: list[list[bytes]] = [[]]
    begin = -1
    for index, part in enumerate(stream):
        if part == b"q":
            around.append([*around[-1]])
        elif part == b"Q" and len(around) > 1:
            around.pop()
        elif isinstance(part, bytes) and part.endswith(b" cm"):
            around[-1].append(part)
        elif part == b"BT":
            begin = index
        elif part == b"ET" and index - begin == 4:
            matrix, font, shown = map(re.fullmatch, (_TM, _TF, _TJ), stream[begin + 1 : index])
            if matrix and font and shown and (face := faces.get(font[1])):
                yield _Piece(
                    stream, begin, index, tuple(around[-1]), face, font[1], float(font[2]),
                    list(_parts(shown[1])), matrix[1], float(matrix[2]), float(matrix[3]),
                )  # fmt: skip


def _parts(shown: bytes) -> Iterator[int | float]:
    for match in _PART.finditer(shown):
        if match[1] is not None:
            yield from (int(match[1][i : i + 4], 16) for i in range(0, len(match[1]), 4))
        elif float(match[2]):
            yield float(match[2])
