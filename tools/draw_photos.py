"""Paints what stands for photographs in the sample newsroom: they show nothing that exists.

Grain and chance come from a seed, so that a picture comes out the same each time.
"""

from __future__ import annotations

from io import BytesIO
from math import cos, pi, sin
from random import Random
from typing import TYPE_CHECKING

from PIL import Image, ImageChops, ImageDraw, ImageFilter

if TYPE_CHECKING:
    from collections.abc import Callable

Colour = tuple[int, int, int]

SIZE = (1200, 800)


def shaded(size: tuple[int, int], top: Colour, bottom: Colour) -> Image.Image:
    """Return a picture that goes from one colour at the top to another at the bottom."""
    mask = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), mask)


def glow(picture: Image.Image, at: tuple[int, int], radius: int, colour: Colour) -> Image.Image:
    """Return the picture with a soft light at a point."""
    light = Image.new("RGB", picture.size)
    x, y = at
    ImageDraw.Draw(light).ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
    return ImageChops.screen(picture, light.filter(ImageFilter.GaussianBlur(radius / 1.5)))


def sea(picture: Image.Image, horizon: int, top: Colour, bottom: Colour, seed: int) -> None:
    """Paint water from the horizon down, with waves that are larger in front."""
    width, height = picture.size
    picture.paste(shaded((width, height - horizon), top, bottom), (0, horizon))
    draw, chance = ImageDraw.Draw(picture, "RGBA"), Random(seed)
    for _ in range(700):
        depth = chance.random() ** 2
        y = horizon + 3 + depth * (height - horizon)
        x, length = chance.random() * width, 8 + 90 * depth
        light = (255, 255, 255, 26) if chance.random() < 0.5 else (0, 10, 30, 40)
        draw.line((x, y, x + length, y), fill=light, width=1 + int(4 * depth))


def developed(picture: Image.Image, seed: int) -> bytes:
    """Return the picture with softened edges and grain, as JPEG."""
    grain = Image.frombytes(
        "L", picture.size, Random(seed).randbytes(picture.width * picture.height)
    )
    grain = grain.point(lambda value: 122 + value // 20).convert("RGB")
    soft = picture.filter(ImageFilter.GaussianBlur(1.1))
    data = BytesIO()
    ImageChops.overlay(soft, grain).save(data, "JPEG", quality=78, optimize=True)
    return data.getvalue()


def lighthouse() -> bytes:
    """Return a lighthouse on a rock at dusk."""
    picture = shaded(SIZE, (25, 42, 78), (236, 158, 112))
    picture = glow(picture, (250, 520), 130, (150, 84, 40))
    sea(picture, 560, (120, 104, 112), (18, 36, 58), 1)
    beam = Image.new("RGB", SIZE)
    ImageDraw.Draw(beam).polygon([(840, 196), (0, 40), (0, 190)], fill=(104, 92, 58))
    picture = ImageChops.screen(picture, beam.filter(ImageFilter.GaussianBlur(14)))
    draw = ImageDraw.Draw(picture)
    rock = [(560, 800), (620, 690), (700, 650), (760, 610), (930, 604), (1010, 660), (1120, 690)]
    draw.polygon([*rock, (1200, 740), (1200, 800)], fill=(26, 26, 32))
    draw.polygon([(798, 612), (816, 236), (864, 236), (882, 612)], fill=(222, 214, 206))
    draw.polygon([(840, 236), (864, 236), (882, 612), (840, 612)], fill=(170, 160, 160))
    for y in (320, 420, 520):
        draw.rectangle((834, y, 846, y + 22), fill=(52, 54, 68))
    draw.rectangle((804, 228, 876, 240), fill=(58, 44, 48))
    draw.rectangle((818, 172, 862, 228), fill=(255, 232, 160))
    for x in (818, 833, 847, 862):
        draw.line((x, 172, x, 228), fill=(58, 44, 48), width=3)
    draw.polygon([(812, 172), (840, 136), (868, 172)], fill=(58, 44, 48))
    return developed(glow(picture, (840, 200), 62, (190, 150, 70)), 2)


def lens() -> bytes:
    """Return the rings of a lens with its lamp."""
    picture = shaded(SIZE, (20, 22, 30), (44, 34, 28))
    draw, x, y = ImageDraw.Draw(picture), 600, 400
    for step in range(22):
        radius = 372 - step * 16
        level = step / 22
        colour = (int(70 + 165 * level), int(64 + 130 * level), int(50 + 60 * level))
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)
        inner = radius - 9
        shade = (int(40 + 150 * level), int(38 + 110 * level), int(34 + 36 * level))
        draw.ellipse((x - inner, y - inner, x + inner, y + inner), fill=shade)
    for turn in range(8):
        angle = turn * pi / 4 + pi / 8
        end = (x + 384 * cos(angle), y + 384 * sin(angle))
        draw.line((x + 60 * cos(angle), y + 60 * sin(angle), *end), fill=(34, 28, 24), width=7)
    draw.ellipse((x - 384, y - 384, x + 384, y + 384), outline=(92, 72, 44), width=14)
    return developed(glow(picture, (x, y), 96, (255, 214, 130)), 3)


def stairs() -> bytes:
    """Return a spiral staircase, seen from above."""
    picture = Image.new("RGB", SIZE, (206, 198, 186))
    draw, x, y = ImageDraw.Draw(picture), 600, 400
    for turn in range(3):
        outer, inner = 620 - turn * 190, 470 - turn * 150
        for step in range(26):
            level = (turn * 26 + step) / 78
            first, last = (2 * pi * (step + more) / 26 for more in (0, 1))
            corners = [
                (x + radius * cos(angle), y + radius * sin(angle))
                for radius, angle in (
                    (outer, first),
                    (outer, last),
                    (inner * 0.3, last),
                    (inner * 0.3, first),
                )
            ]
            tone = int((150 - 96 * level) * (1 - 0.22 * (step % 2)))
            draw.polygon(corners, fill=(tone + 30, tone + 18, tone))
        draw.ellipse((x - inner, y - inner, x + inner, y + inner), outline=(38, 34, 32), width=6)
    draw.ellipse((x - 92, y - 92, x + 92, y + 92), fill=(18, 16, 18))
    return developed(glow(picture, (930, 130), 150, (70, 60, 40)), 4)


def panels() -> bytes:
    """Return panels in the sun above the sea."""
    picture = shaded(SIZE, (86, 146, 206), (214, 228, 236))
    picture = glow(picture, (980, 130), 80, (255, 240, 190))
    sea(picture, 400, (90, 140, 170), (36, 86, 120), 5)
    draw = ImageDraw.Draw(picture)
    draw.polygon(
        [(0, 620), (300, 560), (820, 580), (1200, 640), (1200, 800), (0, 800)], (134, 112, 88)
    )
    for left in (110, 460, 810):
        draw.line((left + 70, 620, left + 70, 700), fill=(70, 70, 74), width=10)
        draw.line((left + 230, 600, left + 230, 700), fill=(70, 70, 74), width=10)
        frame = [(left, 640), (left + 70, 440), (left + 340, 440), (left + 270, 640)]
        draw.polygon(frame, fill=(22, 38, 72), outline=(190, 200, 210), width=6)
        for part in range(1, 5):
            at = part * 54
            draw.line((left + at, 640, left + 70 + at, 440), fill=(96, 118, 160), width=2)
            down = 440 + part * 40
            shift = 70 - part * 14
            draw.line((left + shift, down, left + shift + 270, down), fill=(96, 118, 160), width=2)
    return developed(picture, 6)


PHOTOGRAPHS: dict[str, Callable[[], bytes]] = {
    "lighthouse.jpg": lighthouse,
    "lens.jpg": lens,
    "stairs.jpg": stairs,
    "panels.jpg": panels,
}
