"""The embedded fonts of a PDF, and glyphs that are added to them for being read out rightly.

An added glyph takes the place of one that the subset has left empty; so nothing moves. It shows
nothing, or another glyph of the font somewhat moved.
"""

from __future__ import annotations

import io
import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

import pydyf

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEFTWARD = {"R", "AL"}
# Glyphs before this one are for special use in many fonts.
_FIRST = 3


class _Added(NamedTuple):
    """A glyph that is added.

    Attributes:
        text: What it stands for.
        width: Its width, in thousandths of an em.
        shows: The glyph that it shows; -1 for none.
        right: How far that is moved to the right, in thousandths of an em.
        up: How far it is moved up.
    """

    text: str
    width: float = 0
    shows: int = -1
    right: int = 0
    up: int = 0


class Face:
    """An embedded font.

    Attributes:
        name: Its name in the pages.
        texts: What its glyphs stand for.
        widths: Their widths, in thousandths of an em.
    """

    def __init__(self, pdf: Any, font: Any) -> None:
        self._pdf, self._font = pdf, font
        self._below = _at(pdf, font["DescendantFonts"][0])
        self.name = bytes(font["BaseFont"]).lstrip(b"/").partition(b"+")[0]
        self.texts = dict(_mapped(_at(pdf, font["ToUnicode"]).stream))
        self.widths = dict(_widths(self._below["W"]))
        spaces = (self.widths[glyph] for glyph, own in self.texts.items() if own == " ")
        self._space = next(spaces, 250)
        self._spare = self._empty()
        self._added: dict[_Added, int] = {}
        self.is_leftward = any(
            unicodedata.bidirectional(c) in _LEFTWARD for text in self.texts.values() for c in text
        )

    def blank(self, text: str, width: float = 0, *, is_wide: bool = False) -> int:
        """Return a glyph that shows nothing; -1 without room.

        Args:
            text: What it stands for.
            width: Its width, in thousandths of an em.
            is_wide: Whether it is as wide as a blank.
        """
        return self._glyph(_Added(text, self._space if is_wide else width))

    def moved(self, glyph: int, right: float, up: float) -> int:
        """Return a glyph of no width that shows another one, moved; -1 without room.

        Args:
            glyph: The other one.
            right: How far it is moved to the right, in thousandths of an em.
            up: How far it is moved up.
        """
        return self._glyph(_Added(self.texts[glyph], 0, glyph, round(right), round(up)))

    def _glyph(self, added: _Added) -> int:
        found = self._added.get(added, 0) or next(self._spare, -1)
        if found > 0:
            self._added[added] = found
            self.texts[found], self.widths[found] = added.text, added.width
        return found

    def _empty(self) -> Iterator[int]:
        """Yield the font's glyphs that are empty, of no width and not used."""
        file = _at(self._pdf, self._below["FontDescriptor"]).get("FontFile2")
        if not file:
            return
        with _opened(b"".join(_at(self._pdf, file).stream), lazy=True) as font:
            if "loca" not in font:
                return
            places, names = font["loca"].locations, font.getGlyphOrder()
            metrics, used = font["hmtx"].metrics, {*self.texts}
        for glyph in range(_FIRST, len(places) - 1):
            is_empty = places[glyph] == places[glyph + 1] and not metrics[names[glyph]][0]
            if is_empty and glyph not in used:
                yield glyph

    def write(self) -> None:
        """Write the glyphs that were added into the font."""
        if not self._added:
            return
        mapped = []
        for added, glyph in self._added.items():
            self._below["W"] += [glyph, pydyf.Array([added.width])]
            mapped.append(b"<%04x> <%s>" % (glyph, added.text.encode("utf-16-be").hex().encode()))
        lines = _at(self._pdf, self._font["ToUnicode"]).stream
        place = lines.index(b"endcmap")
        for start in range(0, len(mapped), 100):  # ISO 32000-1, 9.7.5.4: no more in a section
            some = mapped[start : start + 100]
            section = [b"%d beginbfchar" % len(some), *some, b"endbfchar"]
            lines[place:place] = section
            place += len(section)
        file = _at(self._pdf, _at(self._pdf, self._below["FontDescriptor"])["FontFile2"])
        file.stream = [self._drawn(b"".join(file.stream))]

    def _drawn(self, data: bytes) -> bytes:
        """Return the font's file with the glyphs that were added (OpenType, glyf and hmtx)."""
        from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

        is_shown = any(added.shows >= 0 for added in self._added)
        with _opened(data, recalcTimestamp=False, recalcBBoxes=is_shown) as font:
            names, units = font.getGlyphOrder(), font["head"].unitsPerEm / 1000
            for added, glyph in self._added.items():
                font["hmtx"].metrics[names[glyph]] = (round(added.width * units), 0)
                if added.shows >= 0:
                    part = GlyphComponent()
                    part.glyphName = names[added.shows]
                    part.x, part.y = round(added.right * units), round(added.up * units)
                    part.flags = 0x0202  # offsets are no points; USE_MY_METRICS stays off
                    drawn = Glyph()
                    drawn.numberOfContours = -1
                    drawn.components = [part]
                    font["glyf"][names[glyph]] = drawn
                    drawn.recalcBounds(font["glyf"])
                    font["hmtx"].metrics[names[glyph]] = (0, drawn.xMin)
            made = io.BytesIO()
            font.save(made)
        return made.getvalue()


def _opened(data: bytes, **options: Any) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(data), **options)


def faces(pdf: Any) -> dict[bytes, Face]:
    """Return the embedded fonts of a PDF by their names in its pages."""
    fonts = (t for t in pdf.objects if isinstance(t, dict) and t.get("Subtype") == "/Type0")
    found = (Face(pdf, font) for font in fonts)
    return {face.name: face for face in found}


def _mapped(lines: list[bytes]) -> Iterator[tuple[int, str]]:
    for line in lines:
        if match := re.fullmatch(rb"<([0-9a-f]{4})> <([0-9a-f]*)>", line):
            yield int(match[1], 16), bytes.fromhex(match[2].decode()).decode("utf-16-be")


def _widths(array: list[Any]) -> Iterator[tuple[int, float]]:
    for first, widths in zip(array[::2], array[1::2], strict=True):
        yield from enumerate(widths, first)


def _at(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[int(reference.split()[0])]
