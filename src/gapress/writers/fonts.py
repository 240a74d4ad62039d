"""The font files of the theme's families, from the pinned font packages."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gapress.errors import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from gapress.theme import FontSet, Theme

# What templates use; each further file costs time in every render.
_WEIGHTS = (400, 500, 600, 700)
# Letters of right-to-left scripts, and the signs above and below them.
_LEFTWARD = {"R", "AL", "NSM"}


@dataclass(frozen=True)
class FontFile:
    """A font file and what it is, in CSS terms."""

    family: str
    path: Path
    weight: int
    style: str


def font_files(theme: Theme) -> tuple[FontFile, ...]:
    """Return the font files of every family that the theme names.

    Raises:
        ContentError: A family is not installed as a font package.
    """
    return family_files(theme.fonts)


def family_files(fonts: Mapping[str, FontSet]) -> tuple[FontFile, ...]:
    """Return the font files of every family that font sets name.

    Raises:
        ContentError: A family is not installed as a font package.
    """
    sets = fonts.values()
    families = dict.fromkeys(name for s in sets for name in (s.text, s.headline, s.label))
    return tuple(file for family in families for file in _family(family))


@lru_cache(maxsize=32)
def _family(name: str) -> tuple[FontFile, ...]:
    import fontpkg

    try:
        files = fontpkg.family(name).files
    except fontpkg.FamilyNotInstalled:
        package = "fontpkg-" + name.lower().replace(" ", "-")
        hint = f"install it with pip install {package}, or choose another in theme: fonts:"
        problem = Problem(
            "releases/_newsroom.yaml", message=f"the font family {name} is not installed", hint=hint
        )
        raise ContentError([problem]) from None
    usable = (f for f in files if f.variable or f.weight in _WEIGHTS)
    return tuple(FontFile(name, f.path, f.weight, f.style) for f in usable)


def characters(theme: Theme) -> frozenset[int]:
    """Return the characters that the families of the theme have together, as code points.

    Raises:
        ContentError: A family is not installed as a font package.
    """
    return frozenset().union(*(_character_map(str(f.path)) for f in font_files(theme)))


@lru_cache(maxsize=64)
def _character_map(path: str) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


@lru_cache(maxsize=4096)
def leftward_text(path: Path, number: int) -> str:
    """Return what a glyph of a right-to-left script stands for; empty for other glyphs.

    From the font's character map, else from the glyph's name (Adobe Glyph List Specification, 2).

    Args:
        path: The font file.
        number: The glyph's number in it.
    """
    from fontTools import agl

    names, characters = _glyphs(path)
    name = names[number] if number < len(names) else ".notdef"
    text = unicodedata.normalize("NFKC", characters.get(name) or agl.toUnicode(name)).strip()
    return text if all(unicodedata.bidirectional(c) in _LEFTWARD for c in text) else ""


@lru_cache(maxsize=64)
def _glyphs(path: Path) -> tuple[list[str], dict[str, str]]:
    """Return the names of a font's glyphs in their order, and the characters of those names."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        characters = {name: chr(code) for code, name in font.getBestCmap().items()}
        return font.getGlyphOrder(), characters
