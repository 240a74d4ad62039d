"""Pictures in the text and the logo, as DrawingML (ECMA-376 Part 1, 20.4.2.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.shape import CT_Inline
from docx.parts.image import ImagePart
from docx.shared import Emu

from gapress.writers.docx.ooxml import new
from gapress.writers.drawings import SVG, as_png

if TYPE_CHECKING:
    from gapress.document import Picture
    from gapress.writers.docx.ooxml import Element
    from gapress.writers.docx.story import Story

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
    if picture.media_type == SVG:
        picture = as_png(picture, story.theme, width * _PIXELS_PER_INCH / _EMU_PER_INCH)
    data, media_type = picture.data, picture.media_type
    package = story.part.package
    assert package is not None  # noqa: S101 - every part of an opened file has one
    for part in package.iter_parts():
        if isinstance(part, ImagePart) and part.blob == data:
            return story.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    # python-docx would look into the file and refuse JPEG files without a JFIF or Exif header.
    name = package.next_partname(f"/word/media/picture%d.{_EXTENSIONS[media_type]}")
    part = ImagePart(PackURI(name), media_type, data)
    return story.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
