"""Makes src/gapress/fonts/ from static fonts of the Noto project: what theme families lack.

The result is committed; run this only to take up newer fonts, in the project's environment::

    python tools/make_fallback_fonts.py FOLDER

FOLDER holds the regular weights as ``NotoEmoji.ttf``, ``NotoSans.ttf``, ``NotoSansMath.ttf``,
``NotoSansSymbols.ttf``, ``NotoSansSymbols2.ttf`` and ``NotoSansTifinagh.ttf``. All are under the
SIL Open Font License 1.1; ``src/gapress/fonts/OFL.txt`` goes along. Equal fonts give equal bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TARGET = Path("src/gapress/fonts")
SYMBOLS = "Gapress Symbols"
# Blocks of Unicode that press releases take signs from; letters without their combining marks,
# which need the positions that only a whole font has.
BLOCKS = (
    (0x0020, 0x0020),  # between two words of one font, Pango takes the space from it
    (0x00A0, 0x02FF),  # Latin, phonetic letters
    (0x0370, 0x052F),  # Greek, Cyrillic
    (0x1E00, 0x1FFF),  # Latin (Vietnamese), Greek with accents
    (0x2000, 0x209F),  # punctuation, superscripts and subscripts
    (0x20A0, 0x20CF),  # currencies
    (0x2100, 0x218F),  # letterlike, fractions
    (0x2190, 0x23FF),  # arrows, mathematics, technical
    (0x2460, 0x27FF),  # numbers in circles, boxes, shapes, symbols, dingbats, arrows
    (0x2900, 0x2BFF),  # arrows, mathematics
    (0x1F100, 0x1F1E5),  # letters in circles and squares
    (0x1F780, 0x1F8FF),  # shapes, arrows
)
# In this order: what one has, the next need not have.
SOURCES = ("NotoSans", "NotoSansSymbols2", "NotoSansMath", "NotoSansSymbols")


def main(folder: Path) -> None:
    """Make the fonts."""
    cut(folder / "NotoSansTifinagh.ttf", None).save(TARGET / "NotoSansTifinagh-Regular.ttf")
    emoji = cut(folder / "NotoEmoji.ttf", None)
    # Pango takes the space after an emoji from its font, where it is as wide as an emoji.
    space = emoji.getBestCmap()[0x20]
    emoji["hmtx"][space] = (emoji["head"].unitsPerEm // 4, emoji["hmtx"][space][1])
    emoji.save(TARGET / "NotoEmoji-Regular.ttf")
    # An emoji's parts must come from one font, or a sequence falls apart.
    taken = {code for code in emoji.getBestCmap() if code > 0xFF}
    with TemporaryDirectory() as work:
        parts = []
        for name in SOURCES:
            there = {c for c in TTFont(folder / f"{name}.ttf").getBestCmap() if in_blocks(c)}
            part = cut(folder / f"{name}.ttf", there - taken)
            taken |= there
            parts.append(Path(work) / f"{name}.ttf")
            part.save(parts[-1])
        symbols = Merger().merge([str(part) for part in parts])
    rename(symbols, SYMBOLS)
    symbols.recalcTimestamp = False
    symbols["head"].created = symbols["head"].modified = emoji["head"].created
    symbols.save(TARGET / "Symbols-Regular.ttf")


def in_blocks(code: int) -> bool:
    """Whether a character is one of those that the symbol font takes."""
    return any(first <= code <= last for first, last in BLOCKS)


def cut(path: Path, characters: set[int] | None) -> TTFont:
    """Return a font with these characters, or with all and what joins them; without hints."""
    options = Options(
        hinting=False, notdef_outline=True, name_IDs=["*"], recalc_timestamp=False,
        layout_features=["*"] if characters is None else [], glyph_names=False,
        drop_tables=[*Options().drop_tables, "MATH", "STAT", "vhea", "vmtx", "gasp"],
    )  # fmt: skip
    font = TTFont(path, recalcTimestamp=False)
    if characters is not None:
        options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=font.getBestCmap() if characters is None else characters)
    subsetter.subset(font)
    return font


def rename(font: Any, family: str) -> None:
    """Name a font that was put together from others; its copyright and licence stay."""
    names = {1: family, 2: "Regular", 3: f"{family} Regular", 4: f"{family} Regular"}
    names[6] = family.replace(" ", "") + "-Regular"
    table = font["name"]
    for record in list(table.names):
        if record.nameID in {7, 16, 17, 21, 22, 25}:
            table.removeNames(nameID=record.nameID)
    for number, text in names.items():
        table.setName(text, number, 3, 1, 0x409)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
