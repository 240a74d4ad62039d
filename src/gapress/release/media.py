"""Checks picture files: PNG, JPEG and SVG, of sane size, and with nothing that acts or reaches out.

Part of the reader: what passes becomes a :class:`~gapress.document.Picture`, as every program shows
it: upright, in RGB, no larger than print needs, and without what a camera notes about its owner.
"""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING

from gapress.document import Picture
from gapress.errors import ContentError, Problem
from gapress.release.svg import SvgError, normalise

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

MAX_BYTES = 40_000_000
MAX_PIXELS = 100_000_000
# Pixels a side: 300 a inch over the width of a page, and some more. Larger ones are made smaller.
PRINTED = 2_400
_ORIENTATION = 0x0112  # Exif 3.0, 4.6.5


def check_picture(name: str, raw: bytes, file: str) -> Picture:
    """Return a picture file as a :class:`Picture`.

    Args:
        name: File name, without a folder.
        raw: The file's bytes.
        file: The file's name for messages.

    Raises:
        ContentError: Too large, damaged, not of the kind that its name says, or an SVG file with
            scripts, animation, entities, or references to anything outside itself.
    """
    if len(raw) > MAX_BYTES:
        _refuse(
            file, f"has {len(raw):,} bytes; the limit is {MAX_BYTES:,}", "make the picture smaller"
        )
    return _svg(name, raw, file) if name.endswith(".svg") else _raster(name, raw, file)


def _refuse(file: str, message: str, hint: str) -> None:
    raise ContentError([Problem(file, message=message, hint=hint)])


def _raster(name: str, raw: bytes, file: str) -> Picture:
    from PIL import Image

    expected = "PNG" if name.endswith(".png") else "JPEG"
    hint = f"export it again as {expected} and check that it opens"
    try:
        with warnings.catch_warnings():
            # Pillow warns below our limit, and raises above it.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(raw), formats=["PNG", "JPEG"]) as image:
                kind, (width, height) = image.format, image.size
                if kind == expected and width * height <= MAX_PIXELS:
                    image.load()
                    raw, (width, height) = _published(image, raw)
    except Image.DecompressionBombError:
        kind, width, height = expected, MAX_PIXELS, MAX_PIXELS
    except Exception:  # noqa: BLE001 - decoders fail in many ways on damaged files
        kind, width, height = None, 0, 0
    if kind != expected:
        _refuse(
            file, f"is not a {expected} picture" if kind else "is damaged or not a picture", hint
        )
    if width * height > MAX_PIXELS:
        _refuse(file, f"has more than {MAX_PIXELS:,} pixels", "make the picture smaller")
    return Picture(name, f"image/{expected.lower()}", raw, float(width), float(height))


def _published(image: ImageFile, raw: bytes) -> tuple[bytes, tuple[int, int]]:
    """Return a picture's file as it is published, and its size in pixels."""
    from PIL import Image, ImageOps

    common = {"L", "RGB"} if image.format == "JPEG" else {"1", "L", "LA", "P", "RGB", "RGBA"}
    turned = image.getexif().get(_ORIENTATION, 1) != 1
    large = max(image.size) > PRINTED
    if image.mode in common and not turned and not large:
        return _bare(raw, str(image.format)), image.size
    shown: Image.Image = ImageOps.exif_transpose(image)
    profile = image.info.get("icc_profile")
    if image.mode not in common:
        shown, profile = _in_common_colours(shown, profile), None
    if shown.mode in {"1", "P"}:
        shown = shown.convert("RGBA")
    if large:
        shown.thumbnail((PRINTED, PRINTED), Image.Resampling.LANCZOS)
    file = io.BytesIO()
    clean = Image.new(shown.mode, shown.size)  # without what Pillow would write of its own accord
    clean.paste(shown)
    quality = {"quality": 92, "subsampling": 0} if image.format == "JPEG" else {}
    clean.save(file, str(image.format), icc_profile=profile, **quality)
    return file.getvalue(), clean.size


def _in_common_colours(image: Image, profile: bytes | None) -> Image:
    """Return a picture in RGB or grey with 8 bits, from CMYK by its own profile."""
    from PIL import ImageCms

    if image.mode.startswith(("I", "F")):  # 16 bits
        return image.convert("F").point(lambda value: value * (1 / 257)).convert("L")
    if image.mode == "CMYK" and profile:
        source, target = (
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
        )
        try:
            converted = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except ImageCms.PyCMSError:
            converted = None
        if converted:
            return converted
    return image.convert("RGB")


def _bare(raw: bytes, kind: str) -> bytes:
    """Return a JPEG file without Exif and XMP, or a PNG file without texts and Exif.

    They hold places, serial numbers and names. Colour profiles and IPTC's credits (APP13) stay.

    JPEG: ITU-T T.81, B.1.1.4; PNG: third edition, 5.
    """
    kept, place = [raw[:2] if kind == "JPEG" else raw[:8]], 2 if kind == "JPEG" else 8
    while place < len(raw):
        if kind == "JPEG":
            if raw[place : place + 2] == b"\xff\xff":  # a fill byte
                place += 1
                continue
            if raw[place] != 0xFF or raw[place + 1] == 0xDA:  # the picture itself begins
                break
            end = place + 2 + int.from_bytes(raw[place + 2 : place + 4], "big")
            drop = raw[place + 1] == 0xE1
        else:
            end = place + 12 + int.from_bytes(raw[place : place + 4], "big")
            drop = raw[place + 4 : place + 8] in {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
        if not drop:
            kept.append(raw[place:end])
        place = end
    return b"".join([*kept, raw[place:]])


def _svg(name: str, raw: bytes, file: str) -> Picture:
    def embedded(kind: str, data: bytes) -> tuple[str, bytes]:
        inside = _raster(f"inside.{kind}", data, file)
        return inside.media_type, inside.data

    try:
        plain, width, height = normalise(raw, embedded)
    except SvgError as refusal:
        problem = Problem(file, refusal.line, 0, refusal.message, refusal.hint)
        raise ContentError([problem]) from None
    return Picture(name, "image/svg+xml", plain, width, height)
