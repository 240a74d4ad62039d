"""The font files of the theme's families, and which families stand in for characters they lack.

A family comes from the newsroom's ``templates/fonts/``, else from a pinned font package, else from
the two fonts that come with gapress: signs of all sorts, and emoji.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from gapress.errors import ContentError, Problem
from gapress.writers.font_files import FontFile, read_fonts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapress.theme import Theme

# What templates use; each further file costs time in every render.
_WEIGHTS = (400, 500, 600, 700)
_FOLDER = Path(__file__).parents[1] / "fonts"
# Made by tools/make_fallback_fonts.py, from fonts of the Noto project.
SHIPPED_FALLBACK = {
    "Gapress Symbols": _FOLDER / "Symbols-Regular.ttf",
    "Noto Emoji": _FOLDER / "NotoEmoji-Regular.ttf",
}


def font_files(theme: Theme) -> tuple[FontFile, ...]:
    """Return the font files of every family that the theme names.

    Raises:
        ContentError: A family is neither in ``templates/fonts/`` nor installed as a font package,
            or a file of ``templates/fonts/`` can't be used.
    """
    return family_files(theme.families, read_own(theme))


def family_files(families: Iterable[str], own: tuple[FontFile, ...] = ()) -> tuple[FontFile, ...]:
    """Return the font files of families, in their order.

    Args:
        families: Their names.
        own: The newsroom's own font files, which come first.

    Raises:
        ContentError: A family is neither the newsroom's nor installed as a font package.
    """
    found: list[FontFile] = []
    for family in families:
        files = [font for font in own if font.family.lower() == family.lower()]
        usable = [font for font in files if font.weight in _WEIGHTS]
        found += usable or files or _family(family)
    return tuple(found)


def fallback_families(theme: Theme) -> dict[str, tuple[FontFile, ...]]:
    """Return the families that may stand in for characters, the best first, with their files.

    Raises:
        ContentError: A file of ``templates/fonts/`` can't be used.
    """
    own = read_own(theme)
    named = {family.lower() for fonts in theme.fonts.values() for family in fonts.families}
    names = dict.fromkeys((*(font.family for font in own), *SHIPPED_FALLBACK))
    return {n: family_files([n], own) for n in names if n.lower() not in named}


def read_own(theme: Theme) -> tuple[FontFile, ...]:
    """Return the fonts of the newsroom's ``templates/fonts/``.

    Raises:
        ContentError: A file there can't be used.
    """
    return _read(theme.own_fonts)


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[str, bytes], ...]) -> tuple[FontFile, ...]:
    return read_fonts(files)


def package_of(family: str) -> str:
    """Return the name of a family's font package, whether there is one or not."""
    return "fontpkg-" + family.lower().replace(" ", "-")


@lru_cache(maxsize=32)
def _family(name: str) -> tuple[FontFile, ...]:
    import fontpkg

    if name in SHIPPED_FALLBACK:
        return (FontFile(name, str(SHIPPED_FALLBACK[name]), 400, "normal"),)
    try:
        files = fontpkg.family(name).files
    except fontpkg.FamilyNotInstalled:
        hint = (
            f"put its files into templates/fonts/, install it with pip install {package_of(name)}, "
            "or choose another in theme: fonts:"
        )
        problem = Problem(
            "releases/_newsroom.yaml", message=f"the font family {name} is not installed", hint=hint
        )
        raise ContentError([problem]) from None
    usable = [f for f in files if f.variable or f.weight in _WEIGHTS] or files
    return tuple(FontFile(name, str(f.path), f.weight or 0, f.style) for f in usable)
