"""The font files of the theme's families, and which families stand in for characters they lack.

A family comes from the newsroom's ``templates/fonts/``, else from a pinned font package, else from
the two fonts that come with gapress: signs of all sorts, and emoji.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from gapress.errors import ContentError, Problem
from gapress.writers.font_files import FontFile, read_fonts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapress.theme import Theme

# What templates use; each further file costs time in every render.
_WEIGHTS = (400, 500, 600, 700)
# Families of font packages that have the letters of a script (ISO 15924). One that is installed
# stands in without being named.
PACKAGED = {
    "Arab": "IBM Plex Sans Arabic",
    "Cyrl": "IBM Plex Serif",
    "Deva": "Noto Sans Devanagari",
    "Grek": "IBM Plex Sans",
    "Hani": "Noto Sans CJK TC",
    "Hans": "Noto Sans CJK TC",
    "Hant": "Noto Sans CJK TC",
    "Hebr": "Frank Ruhl Libre",
    "Hira": "Noto Sans CJK TC",
    "Jpan": "Noto Sans CJK TC",
    "Kana": "Noto Sans CJK TC",
    "Hang": "Noto Sans CJK TC",
    "Kore": "Noto Sans CJK TC",
    "Khmr": "Noto Sans Khmer",
    "Latn": "IBM Plex Serif",
    "Taml": "Noto Sans Tamil",
    "Telu": "Noto Sans Telugu",
    "Thai": "Sarabun",
}
# Families whose packages are modules with files; too large to come with gapress. HarfBuzz takes
# the forms of each language from them.
_FILES = {
    "Noto Sans CJK TC": {
        400: ("cvttf_NotoSansCJK_Regular", "NotoSansCJKtc-Regular.otf"),
        700: ("cvttf_NotoSansCJK_Bold", "NotoSansCJKtc-Bold.otf"),
    }
}
_EXTRAS = {"Noto Sans CJK TC": "gapress[cjk]"}
_FOLDER = Path(__file__).parents[1] / "fonts"
# Made by tools/make_fallback_fonts.py, from fonts of the Noto project.
SHIPPED_FALLBACK = {
    "Noto Sans Tifinagh": _FOLDER / "NotoSansTifinagh-Regular.ttf",
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
    packaged = [*filter(is_installed, PACKAGED.values())]
    # The large ones come last: they have a few letters of every script.
    small = [family for family in packaged if family not in _FILES]
    families = (*(font.family for font in own), *small, *SHIPPED_FALLBACK, *packaged)
    names = dict.fromkeys(families)
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
    if family in _FILES:
        return _FILES[family][400][0].lower().replace("_", "-")
    return "fontpkg-" + family.lower().replace(" ", "-")


def to_install(family: str) -> str:
    """Return what pip must install for a family."""
    return f"'{_EXTRAS[family]}'" if family in _EXTRAS else package_of(family)


@lru_cache(maxsize=64)
def is_installed(family: str) -> bool:
    """Whether a family's font package is installed."""
    try:
        return bool(_family(family))
    except ContentError:
        return False


def _modules(family: str) -> tuple[FontFile, ...]:
    """Return the files of a family that are in modules; none of the modules runs."""
    found = []
    for weight, (module, name) in _FILES[family].items():
        spec = find_spec(module)
        if spec and spec.origin and (path := Path(spec.origin).parent / name).is_file():
            found.append(FontFile(family, str(path), weight, "normal"))
    return tuple(found)


@lru_cache(maxsize=32)
def _family(name: str) -> tuple[FontFile, ...]:
    import fontpkg

    if name in SHIPPED_FALLBACK:
        return (FontFile(name, str(SHIPPED_FALLBACK[name]), 400, "normal"),)
    if name in _FILES and (found := _modules(name)):
        return found
    try:
        files = fontpkg.family(name).files
    except fontpkg.FamilyNotInstalled:
        hint = (
            f"put its files into templates/fonts/, install it with pip install {to_install(name)}, "
            "or choose another in theme: fonts:"
        )
        problem = Problem(
            "releases/_newsroom.yaml", message=f"the font family {name} is not installed", hint=hint
        )
        raise ContentError([problem]) from None
    usable = [f for f in files if f.variable or f.weight in _WEIGHTS] or files
    return tuple(FontFile(name, str(f.path), f.weight or 0, f.style) for f in usable)
