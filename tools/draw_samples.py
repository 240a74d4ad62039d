"""Draws the neutral pictures of the sample newsroom: the logo and the timeline.

Figures are drawn as outlines of a pinned font, so that the pictures look the same everywhere and
need no font. Run it from the top of the project: ``python tools/draw_samples.py``.
"""

from __future__ import annotations

from pathlib import Path

import fontpkg
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

ACCENT, MUTED, RULE, SURFACE = "#12405f", "#4d5b66", "#c3ccd3", "#eef2f5"
TIMELINE = Path("releases/2025-11-24-interpol-general-assembly/timeline.svg")
LOGO = Path("templates/logo.svg")


def outlined(text: str, size: float, middle: float, baseline: float, colour: str) -> str:
    """Return a path element with the outlines of ``text`` centred on ``middle``."""
    font = TTFont(fontpkg.path("IBM Plex Sans Arabic", weight=600))
    glyphs, cmap, scale = font.getGlyphSet(), font.getBestCmap(), size / font["head"].unitsPerEm
    names = [cmap[ord(character)] for character in text]
    x = middle - sum(glyphs[name].width for name in names) * scale / 2
    pen = SVGPathPen(glyphs, ntos=lambda number: f"{number:.1f}".removesuffix(".0"))
    for name in names:
        glyphs[name].draw(TransformPen(pen, (scale, 0, 0, -scale, x, baseline)))
        x += glyphs[name].width * scale
    return f'<path fill="{colour}" d="{pen.getCommands()}"/>'


def timeline() -> str:
    """Return the timeline 2007-2025 as SVG."""
    start, end, line, years = 110, 690, 96, range(2007, 2026)
    ticks = []
    for index, year in enumerate(years):
        x = start + (end - start) * index / (len(years) - 1)
        if year not in {2007, 2025}:
            ticks.append(f'<path stroke="{RULE}" stroke-width="2" d="M{x:.1f} {line - 7}v14"/>')
    marks = [
        f'<circle cx="{x}" cy="{line}" r="{radius}" fill="{fill}"/>'
        for x in (start, end)
        for radius, fill in ((13, ACCENT), (5, "#fff"))
    ]
    parts = [
        f'<rect width="800" height="140" fill="{SURFACE}"/>',
        f'<path stroke="{ACCENT}" stroke-width="4" d="M{start} {line}H{end}"/>',
        *ticks,
        *marks,
        outlined("2007", 38, start, 62, ACCENT),
        outlined("2025", 38, end, 62, ACCENT),
    ]
    return svg(800, 140, parts)


def logo() -> str:
    """Return a neutral mark: three sheets, one text."""
    parts = [
        f'<rect x="4" y="14" width="44" height="58" rx="4" fill="{RULE}"/>',
        f'<rect x="16" y="9" width="44" height="58" rx="4" fill="{MUTED}"/>',
        f'<rect x="28" y="4" width="44" height="58" rx="4" fill="{ACCENT}"/>',
        '<path stroke="#fff" stroke-width="4" d="M37 20h26m-26 11h26m-26 11h16"/>',
    ]
    return svg(76, 76, parts)


def svg(width: int, height: int, parts: list[str]) -> str:
    """Return an SVG file of this size."""
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} fill="none">'
    return "\n".join([head, *parts, "</svg>", ""])


if __name__ == "__main__":
    TIMELINE.write_text(timeline(), encoding="utf-8")
    LOGO.write_text(logo(), encoding="utf-8")
