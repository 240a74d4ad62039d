"""SVG pictures for the writers: which ones WeasyPrint draws as they are meant, and others as PNG.

WeasyPrint ignores filters and blending, and places clips, masks, patterns and nested pictures
elsewhere than browsers do; held against resvg and Chromium on the test files of resvg and librsvg.
"""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from gapress.errors import ContentError, Problem
from gapress.theme import SHIPPED_FAMILIES
from gapress.writers.coverage import coverage
from gapress.writers.fonts import family_files, font_files

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapress.document import Picture
    from gapress.theme import Theme
    from gapress.writers.font_files import FontFile

SVG = "image/svg+xml"
# 300 to the inch over the width of a page, as photographs have.
_PRINTED = 2_400
_WIDEST = 768.0  # CSS pixels; what is wider is shown as wide as the text
_INCH = 96
# Bytes; resvg takes some 35,000 a level of elements.
_STACK = 32 * 1024 * 1024

_DRAWN_ALIKE = (
    "svg|g|defs|path|rect|circle|ellipse|line|polyline|polygon|use|linearGradient|stop|clipPath|"
    "text|tspan|image"
)
_DRAWN_OTHERWISE = re.compile(
    rf"<(?!/|(?:{_DRAWN_ALIKE})[\s/>])"  # any other element
    r"|.<svg[\s>]"
    r"|<clipPath[^>]*\s(?:transform|clipPathUnits|clip-path)="
    r"|\s(?:opacity|style|preserveAspectRatio|spreadMethod|rotate|d[xy]|textLength|writing-mode"
    r"|letter-spacing|word-spacing|text-decoration|baseline-shift|dominant-baseline|paint-order"
    r"|vector-effect|marker-\w+|color-interpolation|stroke-dasharray|image-rendering)="
    r'|\sstroke="url|="currentColor'
    r'|(?:%|e[mx])"|\svisibility='
    r"|<tspan(?:(?!</tspan>).)*<tspan|<clipPath(?:(?!</clipPath>).)*<text",
    re.DOTALL,
)


def for_pdf(picture: Picture, theme: Theme) -> Picture:
    """Return a picture as WeasyPrint draws it rightly: itself, or as PNG.

    Raises:
        ContentError: It can't be drawn.
    """
    if picture.media_type != SVG or not _DRAWN_OTHERWISE.search(picture.data.decode()):
        return picture
    return as_png(picture, theme, min(picture.width, _WIDEST) / _INCH * 300)


def as_png(picture: Picture, theme: Theme, pixels: float) -> Picture:
    """Return an SVG as PNG, so many pixels wide at most.

    Raises:
        ContentError: It can't be drawn.
    """
    longest = max(1.0, picture.height / picture.width)
    width = max(1, round(min(pixels, _PRINTED / longest)))
    family = theme.fonts_for("default").label
    try:
        data = _rasterised(picture.data, width, _font_files(theme, picture.data), family)
    except ValueError as error:
        hint = "simplify it, or export it as PNG"
        message = f"can't be drawn: {error}"
        raise ContentError([Problem(picture.name, message=message, hint=hint)]) from None
    return replace(picture, media_type="image/png", data=data)


@lru_cache(maxsize=8)
def _rasterised(svg: bytes, pixels: int, fonts: tuple[FontFile, ...], family: str) -> bytes:
    """Return an SVG as PNG; kept, as the logo is the same in every file."""
    import resvg_py

    with TemporaryDirectory(prefix="gapress-") as folder:
        draw = partial(
            resvg_py.svg_to_bytes,
            svg_string=svg.decode(),
            width=pixels,
            skip_system_fonts=True,
            font_files=[_path(font, Path(folder)) for font in fonts],
            # A family that is not among them falls back on one that is: no word may be lost.
            font_family=family,
            serif_family=family,
            sans_serif_family=family,
            monospace_family=family,
        )
        return bytes(_with_deep_stack(draw))


def _with_deep_stack(draw: Callable[[], list[int] | bytes]) -> list[int] | bytes:
    """Return what a function returns that calls itself for each level of a picture.

    The stack of the thread that asks may be small: half a megabyte on macOS.
    """
    before = threading.stack_size(_STACK)
    try:
        thread = ThreadPoolExecutor(1)
        drawn = thread.submit(draw)
    finally:
        threading.stack_size(before)
    with thread:
        return drawn.result()


def _path(font: FontFile, folder: Path) -> str:
    """Return where a font's file is: in a folder, where it comes from a newsroom's."""
    if not font.data:
        return font.name
    path = folder / font.digest
    path.write_bytes(font.data)
    return str(path)


def _font_files(theme: Theme, svg: bytes) -> tuple[FontFile, ...]:
    """Return the files of the theme's families; none where the picture has no text."""
    if b"<text" not in svg:
        return ()
    try:
        if not svg.isascii():
            spare = coverage(theme).spare_for(svg.decode("utf-8-sig", "replace"))
            theme = replace(theme, fallback=spare)
        return font_files(theme)
    except ContentError:  # the PDF tells of a font that is not there
        return family_files(SHIPPED_FAMILIES)
