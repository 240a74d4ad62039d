"""Checks picture files: PNG, JPEG and SVG, of sane size, and with nothing that acts or reaches out.

Part of the reader: what passes becomes a :class:`~gapress.document.Picture`, as every program shows
it: upright, in RGB, no larger than print needs, and without what a camera notes about its owner.
"""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gapress.document import Picture
from gapress.errors import ContentError, Problem
from gapress.release.photo import notes_of, published
from gapress.release.svg import SvgError, normalise

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

KINDS = {
    "png": "PNG", "jpg": "JPEG", "jpeg": "JPEG", "jpe": "JPEG", "jfif": "JPEG", "svg": "SVG",
    "gif": "GIF", "webp": "WEBP", "tif": "TIFF", "tiff": "TIFF",
    # Known, and refused for what they are.
    "heic": "HEIC", "heif": "HEIC", "avif": "AVIF", "svgz": "SVG", "bmp": "BMP", "pdf": "PDF",
    "eps": "EPS", "psd": "PSD",
}  # fmt: skip
"""What a picture is, by the ending of its name in small letters."""

_NAME = "".join(
    (
        r"^[^\s./\\:*?\"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]",
        r"[^/\\:*?\"<>|\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]{0,150}",
        r"\.",
    )
)
PICTURE_NAME = (
    _NAME + "(" + "|".join("".join(f"[{c}{c.upper()}]" for c in ending) for ending in KINDS) + ")$"
)
"""The name of a picture's file: any that every system can store, with the ending of a picture."""

MAX_BYTES = 40_000_000
MAX_PIXELS = 100_000_000
# Pixels a side: 300 a inch over the width of a page, and some more. Larger ones are made smaller.
PRINTED = 2_400
_CONVERTED = {"GIF", "WEBP", "TIFF"}
_EXPORT = "export it as JPEG or PNG"
_IPHONE = "export it as JPEG (iPhone: Settings, Camera, Formats, Most Compatible)"
# Signatures of what Pillow can't read without more libraries, or no page is made of.
_NOT_SHOWN = (
    (rb".{4}ftyp(?:hei|hev|mif1|msf1)", "a HEIC picture", _IPHONE),
    (rb".{4}ftypavi", "an AVIF picture", _EXPORT),
    (rb"BM.{4}\x00\x00\x00\x00", "a BMP picture", _EXPORT),
    (rb"%PDF-", "a PDF file", "export the page as SVG or PNG"),
    (rb"%!PS", "an EPS file", "export it as SVG or PNG"),
    (rb"8BPS", "a Photoshop file", _EXPORT),
)
_ORIENTATION = 0x0112  # Exif 3.0, 4.6.5


def check_picture(name: str, raw: bytes, file: str) -> Picture:
    """Return a picture file as a :class:`Picture`.

    Args:
        name: File name, without a folder.
        raw: The file's bytes.
        file: The file's name for messages.

    Raises:
        ContentError: Too large, damaged, not of the kind that its name says, or an SVG file with
            scripts, animation, or references to anything outside itself.
    """
    if len(raw) > MAX_BYTES:
        _refuse(
            file, f"has {len(raw):,} bytes; the limit is {MAX_BYTES:,}", "make the picture smaller"
        )
    kind = KINDS[name.rpartition(".")[2].lower()]
    return _svg(name, raw, file) if kind == "SVG" else _raster(name, kind, raw, file)


def _refuse(file: str, message: str, hint: str) -> None:
    raise ContentError([Problem(file, message=message, hint=hint)])


def _raster(name: str, expected: str, raw: bytes, file: str, *, embedded: bool = False) -> Picture:
    from PIL import Image

    for start, other, hint in _NOT_SHOWN:
        if re.match(start, raw, re.DOTALL):
            _refuse(file, f"is {other}, which browsers and word processors can't show", hint)
    kind, size, frames, made = _opened(raw, expected, Image)
    if kind != expected:
        hint = f"export it again as {expected} and check that it opens"
        if kind and not embedded:
            endings = " or ".join(f".{ending}" for ending, k in KINDS.items() if k == kind)
            hint = f"it is {kind}: let its name end in {endings}"
        _refuse(
            file, f"is not a {expected} picture" if kind else "is damaged or not a picture", hint
        )
    if size[0] * size[1] > MAX_PIXELS:
        _refuse(file, f"has more than {MAX_PIXELS:,} pixels", "make the picture smaller")
    if frames > 1 and expected in _CONVERTED:
        _refuse(file, f"has {frames} pages or is animated", "export the one to show, as PNG")
    media_type, data, (width, height) = made
    return Picture(name, media_type, data, float(width), float(height))


def _opened(
    raw: bytes, expected: str, module: Any
) -> tuple[str | None, tuple[int, int], int, tuple[str, bytes, tuple[int, int]]]:
    """Return a picture's kind, size, number of frames, and its file as it is published."""
    from PIL import ImageFile

    nothing = "", b"", (0, 0)
    # WeasyPrint lets Pillow read half a picture, for the whole process.
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    kinds = ["PNG", "JPEG", "GIF", "WEBP", "TIFF"]
    try:
        with warnings.catch_warnings():
            # Pillow warns below our limit, and raises above it.
            warnings.simplefilter("ignore", module.DecompressionBombWarning)
            warnings.simplefilter("ignore", UserWarning)  # such as of a telephone's trailer
            with module.open(io.BytesIO(raw), formats=kinds) as image:
                # Phones put several pictures into one JPEG file; the first is the photograph.
                kind = "JPEG" if image.format == "MPO" else str(image.format)
                frames = int(getattr(image, "n_frames", 1))
                if kind != expected or image.width * image.height > MAX_PIXELS:
                    return kind, image.size, frames, nothing
                image.load()
                return kind, image.size, frames, _published(image, raw, kind)
    except module.DecompressionBombError:
        return expected, (MAX_PIXELS, MAX_PIXELS), 1, nothing
    except Exception:  # noqa: BLE001 - decoders fail in many ways on damaged files
        return None, (0, 0), 1, nothing
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _published(image: ImageFile, raw: bytes, kind: str) -> tuple[str, bytes, tuple[int, int]]:
    """Return a picture's media type, its file as it is published, and its size in pixels."""
    from PIL import Image, ImageOps

    common = {"L", "RGB"} if kind == "JPEG" else {"1", "L", "LA", "P", "RGB", "RGBA"}
    exif = image.getexif()
    notes = notes_of(raw, exif)
    turned = exif.get(_ORIENTATION, 1) != 1
    large = max(image.size) > PRINTED
    is_plain = image.mode in common and kind not in _CONVERTED
    if is_plain and not turned and not large:
        return f"image/{kind.lower()}", published(raw, notes), image.size
    shown: Image.Image = ImageOps.exif_transpose(image)
    profile = image.info.get("icc_profile")
    if image.mode not in common:
        shown, profile = _in_common_colours(shown, profile), None
    if shown.mode in {"1", "P"}:
        shown = shown.convert("RGBA")
    if large:
        shown.thumbnail((PRINTED, PRINTED), Image.Resampling.LANCZOS)
    if kind == "WEBP" and not shown.has_transparency_data:
        kind, shown = "JPEG", shown.convert("RGB")  # as photographs are
    elif kind in _CONVERTED:
        kind = "PNG"
    file = io.BytesIO()
    clean = Image.new(shown.mode, shown.size)  # without what Pillow would write of its own accord
    clean.paste(shown)
    quality = {"quality": 92, "subsampling": 0} if kind == "JPEG" else {}
    clean.save(file, kind, icc_profile=profile, **quality)
    data = published(file.getvalue(), replace(notes, has_credentials=False))
    return f"image/{kind.lower()}", data, clean.size


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


def _svg(name: str, raw: bytes, file: str) -> Picture:
    def embedded(kind: str, data: bytes) -> tuple[str, bytes]:
        inside = _raster("", kind.upper(), data, file, embedded=True)
        return inside.media_type, inside.data

    try:
        plain, width, height = normalise(raw, embedded)
    except SvgError as refusal:
        problem = Problem(file, refusal.line, 0, refusal.message, refusal.hint)
        raise ContentError([problem]) from None
    return Picture(name, "image/svg+xml", plain, width, height)
