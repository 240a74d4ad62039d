"""Draws the neutral pictures of the sample newsroom: logos, drawings and painted photographs.

Figures are drawn as outlines of a pinned font, so that the pictures look the same everywhere and
need no font. What is drawn from left to right has a version from right to left, and what shows
decimals one a language. Run it from the top of the project: ``python tools/draw_samples.py``.
"""

from __future__ import annotations

from pathlib import Path

import fontpkg
import resvg_py
from draw_photos import PHOTOGRAPHS
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

ACCENT, MUTED, RULE, SURFACE = "#12405f", "#4d5b66", "#c3ccd3", "#eef2f5"
TIMELINE = Path("releases/2025-11-24-interpol-general-assembly")
RESULTS = Path("releases/2025-11-06-specimen-ports-third-quarter")
FEATURE = Path("releases/2025-12-04-lighthouse-without-a-cable")
TEMPLATES = Path("templates")

REVENUES = {2021: "742.0", 2022: "803.6", 2023: "871.2", 2024: "935.5", 2025: "992.5"}
# The charge of a battery through a night, in percent, from 17:00 to 8:00.
CHARGE = (98, 100, 96, 92, 88, 84, 79, 75, 71, 67, 63, 59, 56, 52, 50, 55)


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


def timeline(*, rtl: bool = False) -> str:
    """Return the timeline 2007-2025 as SVG."""
    line, years = 96, range(2007, 2026)
    start, end = (690, 110) if rtl else (110, 690)
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


def quarters(point: str, *, rtl: bool = False) -> str:
    """Return the revenues of five third quarters as columns; ``point`` separates decimals."""
    parts = [f'<rect width="800" height="330" fill="{SURFACE}"/>']
    for index, (year, revenue) in enumerate(REVENUES.items()):
        x = 110 + 145 * (len(REVENUES) - 1 - index if rtl else index)
        height = float(revenue) / 1000 * 210
        colour = ACCENT if year == max(REVENUES) else MUTED
        top = 270 - height
        parts += [
            f'<rect x="{x - 38}" y="{top:.1f}" width="76" height="{height:.1f}" fill="{colour}"/>',
            outlined(revenue.replace(".", point), 24, x, top - 12, colour),
            outlined(str(year), 22, x, 306, colour),
        ]
    parts.append(f'<path stroke="{RULE}" stroke-width="3" d="M40 271.5H760"/>')
    return svg(800, 330, parts)


def night(*, rtl: bool = False) -> str:
    """Return the charge of a battery from hour to hour of a night."""
    parts = [f'<rect width="800" height="300" fill="{SURFACE}"/>']
    width, gap = 36, 9
    for index, charge in enumerate(CHARGE):
        left = 45 + (width + gap) * (len(CHARGE) - 1 - index if rtl else index)
        height, hour = charge * 1.9, (17 + index) % 24
        colour = MUTED if 1 < index < len(CHARGE) - 1 else ACCENT
        parts.append(
            f'<rect x="{left}" y="{240 - height:.1f}" width="{width}" height="{height:.1f}"'
            f' rx="3" fill="{colour}"/>'
        )
        if index % 3 == 0:
            parts.append(outlined(str(hour), 22, left + width / 2, 274, ACCENT))
    parts.append(f'<path stroke="{RULE}" stroke-width="3" d="M30 241.5H770"/>')
    return svg(800, 300, parts)


def sound() -> bytes:
    """Return the picture that stands for a recording, as PNG."""
    heights = [8 + (index * 53 + index * index * 7) % 150 for index in range(41)]
    bars = [
        f'<rect x="{40 + index * 18}" y="{150 - height / 2}" width="9" height="{height}" rx="4"'
        f' fill="{"#fff" if index % 5 else RULE}"/>'
        for index, height in enumerate(heights)
    ]
    drawing = svg(800, 300, [f'<rect width="800" height="300" fill="{ACCENT}"/>', *bars])
    return bytes(resvg_py.svg_to_bytes(svg_string=drawing))


def ports() -> str:
    """Return the mark of a port: a quay, a crane and the sea."""
    parts = [
        f'<rect x="2" y="2" width="72" height="72" rx="8" fill="{ACCENT}"/>',
        '<path stroke="#fff" stroke-width="4" d="M22 54V18h38M30 18v36M16 54h24M52 18v16"/>',
        f'<rect x="45" y="34" width="14" height="10" fill="{RULE}"/>',
        '<path stroke="#fff" stroke-width="3" d="M10 63q7-6 14 0t14 0t14 0t14 0"/>',
    ]
    return svg(76, 76, parts)


def institute() -> str:
    """Return the mark of an institute of the sea: a gauge in the waves."""
    parts = [
        f'<circle cx="38" cy="38" r="35" stroke="{ACCENT}" stroke-width="5"/>',
        f'<path stroke="{ACCENT}" stroke-width="4" d="M38 12v46M38 18h9M38 26h6M38 34h9"/>',
        f'<path stroke="{MUTED}" stroke-width="4" d="M12 46q6-6 13 0t13 0t13 0t13 0"/>',
        f'<path stroke="{MUTED}" stroke-width="4" d="M18 56q5-5 10 0t10 0t10 0t10 0"/>',
    ]
    return svg(76, 76, parts)


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


def files() -> dict[Path, bytes]:
    """Return every picture of the sample newsroom by its path."""
    drawings = {
        TIMELINE / "timeline.svg": timeline(),
        TIMELINE / "timeline.rtl.svg": timeline(rtl=True),
        RESULTS / "quarters.svg": quarters("."),
        RESULTS / "quarters.fr.svg": quarters(","),
        RESULTS / "quarters.ar.svg": quarters(",", rtl=True),
        FEATURE / "night.svg": night(),
        FEATURE / "night.ar.svg": night(rtl=True),
        TEMPLATES / "logo.svg": logo(),
        TEMPLATES / "ports.svg": ports(),
        TEMPLATES / "institute.svg": institute(),
    }
    made = {path: text.encode() for path, text in drawings.items()}
    photographs = {FEATURE / name: paint() for name, paint in PHOTOGRAPHS.items()}
    return {**made, **photographs, FEATURE / "sound.png": sound()}


if __name__ == "__main__":
    for path, data in files().items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
