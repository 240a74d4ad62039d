"""Pictures in the text and the logo, as DrawingML (ECMA-376 Part 1, 20.4.2.8)."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Emu

from gapress.errors import ContentError
from gapress.theme import SHIPPED_FAMILIES
from gapress.writers.coverage import coverage
from gapress.writers.docx.ooxml import new
from gapress.writers.fonts import family_files, font_files

if TYPE_CHECKING:
    from gapress.document import Picture
    from gapress.theme import Theme
    from gapress.writers.docx.ooxml import Element
    from gapress.writers.docx.story import Story
    from gapress.writers.font_files import FontFile

SVG = "image/svg+xml"
EMU_PER_PIXEL = 9525
_EMU_PER_INCH = 914400
_PIXELS_PER_INCH = 220  # what Word keeps in a picture when it saves for print
_EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg"}


def size(picture: Picture, room: tuple[int, int]) -> tuple[int, int]:
    """Return width and height in EMU: the natural ones, made smaller to fit the room."""
    width, height = picture.width * EMU_PER_PIXEL, picture.height * EMU_PER_PIXEL
    scale = min(1.0, room[0] / width, room[1] / height)
    return round(width * scale), round(height * scale)


def drawing(story: Story, picture: Picture, alt: str, room: tuple[int, int]) -> Element:
    """Return the drawing element of a picture that is at most as large as the room, in EMU."""
    width, height = size(picture, room)
    relation = _embed(story, picture, width)
    number = next(story.shape_ids)
    inline: Any = CT_Inline.new_pic_inline(number, relation, picture.name, Emu(width), Emu(height))
    inline.docPr.set("descr", alt)
    for side in ("distT", "distB", "distL", "distR"):
        inline.set(side, "0")  # without them LibreOffice leaves an eighth of an inch
    return new("drawing", inline)


def _embed(story: Story, picture: Picture, width: int) -> str:
    """Return the relationship of a story with a picture; a file has each picture once."""
    data, media_type = picture.data, picture.media_type
    if media_type == SVG:
        pixels = max(1, round(width * _PIXELS_PER_INCH / _EMU_PER_INCH))
        files, family = _font_files(story.theme, data), story.theme.fonts_for("default").label
        data, media_type = _rasterised(data, pixels, files, family), "image/png"
    package = story.part.package
    assert package is not None  # noqa: S101 - every part of an opened file has one
    for part in package.iter_parts():
        if isinstance(part, ImagePart) and part.blob == data:
            return story.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    # python-docx would look into the file and refuse JPEG files without a JFIF or Exif header.
    name = package.next_partname(f"/word/media/picture%d.{_EXTENSIONS[media_type]}")
    part = ImagePart(PackURI(name), media_type, data)
    return story.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)


@lru_cache(maxsize=8)
def _rasterised(svg: bytes, pixels: int, fonts: tuple[FontFile, ...], family: str) -> bytes:
    """Return an SVG as PNG; kept, as the logo is the same in every file."""
    import resvg_py

    with TemporaryDirectory(prefix="gapress-") as folder:
        image = resvg_py.svg_to_bytes(
            svg_string=svg.decode("utf-8-sig"),
            width=pixels,
            skip_system_fonts=True,
            font_files=[_path(font, Path(folder)) for font in fonts],
            # A family that is not among them falls back on one that is: no word may be lost.
            font_family=family,
            serif_family=family,
            sans_serif_family=family,
            monospace_family=family,
        )
    return bytes(image)


def _path(font: FontFile, folder: Path) -> str:
    """Return where a font's file is: in a folder, where it comes from a newsroom's."""
    if not font.data:
        return font.name
    path = folder / font.digest
    path.write_bytes(font.data)
    return str(path)


def _font_files(theme: Theme, svg: bytes) -> tuple[FontFile, ...]:
    """Return the files of the theme's families; none where the picture has no text."""
    if b"text" not in svg:
        return ()
    try:
        if not svg.isascii():
            spare = coverage(theme).spare_for(svg.decode("utf-8-sig", "replace"))
            theme = replace(theme, fallback=spare)
        return font_files(theme)
    except ContentError:  # the PDF tells of a font that is not there
        return family_files(SHIPPED_FAMILIES)
