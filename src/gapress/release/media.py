"""Checks picture files: PNG, JPEG and SVG, of sane size, and with nothing that acts or reaches out.

Part of the reader: what passes becomes a :class:`~gapress.document.Picture`, as every program shows
it: upright, in RGB, no larger than print needs, and without what a camera notes about its owner.
"""

from __future__ import annotations

import base64
import io
import re
import unicodedata
import warnings
from typing import TYPE_CHECKING, Any

from gapress.document import Picture
from gapress.errors import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element
    from PIL.Image import Image
    from PIL.ImageFile import ImageFile

MAX_BYTES = 40_000_000
MAX_PIXELS = 100_000_000
# Pixels a side: 300 a inch over the width of a page, and some more. Larger ones are made smaller.
PRINTED = 2_400
MAX_USES = 1_000
# Elements that are drawn, each as often as fills, masks, markers and the like draw it; and how many
# references may lead on from one to the next.
MAX_DRAWN = 100_000
MAX_CHAIN = 10

_UNITS = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
}
_ORIENTATION = 0x0112  # Exif 3.0, 4.6.5
_SVG = "{http://www.w3.org/2000/svg}"
# Elements that draw and structure; everything else (script, foreignObject, animation) is refused.
_SVG_ELEMENTS = {
    *("svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "style", "switch"),
    *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "image"),
    *("text", "tspan", "textPath", "linearGradient", "radialGradient", "stop"),
    *("clipPath", "mask", "pattern", "marker", "filter", "feBlend", "feColorMatrix"),
    *("feComposite", "feFlood", "feGaussianBlur", "feMerge", "feMergeNode", "feOffset"),
}
_SVG_TEXTS = {"text", "tspan", "textPath"}
_SAFE_REFERENCE = re.compile(r"#[\w.-]+|data:image/(png|jpeg);base64,[A-Za-z0-9+/=\s]*")
_CSS_REFERENCE = re.compile(r"([\w-]{1,40})\s{0,9}:[^;:]{0,99}?url\(\s{0,9}['\"]?#([^)'\"\s]+)")
_INHERITED = ("fill", "stroke", "marker")
_CSS_URL = re.compile(r"url\(\s*['\"]?\s*(?!#)", re.IGNORECASE)


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
    from lxml import etree

    # Not every program that draws the picture reads other encodings, or reads them alike.
    try:
        raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse(file, "is not UTF-8 text", "save it with the encoding UTF-8")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = str(error).partition(", line")[0]
        _refuse(
            file, f"is not well-formed SVG: {reason}", "export it again from the drawing program"
        )
    info: Any = root.getroottree().docinfo
    if info.encoding and info.encoding.upper() not in {"UTF-8", "ASCII", "US-ASCII"}:
        _refuse(file, f"says that it is {info.encoding}", 'write encoding="UTF-8", or nothing')
    if info.doctype:
        _refuse(
            file,
            "has a document type, which could pull in other files",
            "delete the line <!DOCTYPE …>",
        )
    if root.tag != f"{_SVG}svg":
        _refuse(file, "is not an SVG picture", "export it again from the drawing program")
    for reason in _dangers(root):
        _refuse(
            file,
            reason,
            "mend it in the drawing program (text: convert to paths), or export as PNG",
        )
    _check_embedded(root, file)
    if _multiplies(root):
        _refuse(file, "uses elements that use others", "export it with its symbols resolved")
    if _draws_too_much(root):
        message = f"draws more than {MAX_DRAWN:,} elements, or an element within itself"
        _refuse(file, message, "simplify its patterns, masks and markers, or export as PNG")
    width, height = _svg_size(root)
    if not (1 <= width <= 20_000 and 1 <= height <= 20_000):
        _refuse(
            file, "has no usable size", "give its svg element a viewBox, or a width and a height"
        )
    return Picture(name, "image/svg+xml", raw, width, height)


def _dangers(root: _Element) -> Iterator[str]:
    around = (*root.itersiblings(preceding=True), *root.itersiblings())
    for element in (*around, *root.iter()):
        if not isinstance(element.tag, str):
            if type(element).__name__ != "_Comment":
                yield "has a processing instruction or an entity"
            continue
        namespace, _, local = element.tag.rpartition("}")
        if f"{namespace}}}" != _SVG:
            continue  # editors' own metadata is never drawn
        if local not in _SVG_ELEMENTS:
            yield f"has the element {local}, which is not only drawing"
        if local in _SVG_TEXTS and _needs_shaping("".join(map(str, element.itertext()))):
            yield "has text in a script that joins letters, which not every program draws rightly"
        if local == "style" and _unsafe_css(element.text or ""):
            yield "has CSS that refers to something outside the picture"
        for key, value in element.attrib.items():
            attribute = str(key).rpartition("}")[2].lower()
            if attribute.startswith("on"):
                yield f"has the event handler {attribute}"
            if attribute == "href" and not _SAFE_REFERENCE.fullmatch(str(value).strip()):
                yield f"refers to something outside the picture: {str(value)[:60]}"
            if attribute != "href" and _unsafe_css(str(value)):
                yield f"has an attribute {attribute} that refers to something outside the picture"


def _check_embedded(root: _Element, file: str) -> None:
    for element in root.iter(f"{_SVG}image"):
        for key, value in element.attrib.items():
            kind, _, data = str(value).strip().partition(";base64,")
            if str(key).endswith("href") and data:
                name = f"embedded.{kind.removeprefix('data:image/')}"
                try:
                    _raster(name, base64.b64decode(data), file)
                except ValueError:
                    _refuse(file, "is damaged or not a picture", "embed its picture again")


def _needs_shaping(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in {"R", "AL"} for character in text)


def _multiplies(root: _Element) -> bool:
    """Whether elements that are used hold others that are used: each level multiplies them."""
    uses = list(root.iter(f"{_SVG}use"))
    targets = {str(v)[1:] for u in uses for k, v in u.attrib.items() if str(k).endswith("href")}
    holders = {ancestor.get("id") for use in uses for ancestor in (use, *use.iterancestors())}
    return bool(targets & holders) or len(uses) > MAX_USES


def _draws_too_much(root: _Element) -> bool:
    """Whether drawing would take very long: patterns of patterns multiply like uses do."""
    named = {name: element for element in root.iter() if (name := element.get("id"))}
    written = "".join(style.text or "" for style in root.iter(f"{_SVG}style")).split("}")
    halves = [rule.rpartition("{") for rule in written if "url(" in rule]
    rules = [(selector, body) for selector, _, body in halves]
    left = MAX_DRAWN
    waiting = [(root, 0)]
    while waiting:
        element, chain = waiting.pop()
        left -= 1
        if left < len(waiting) or chain > MAX_CHAIN:
            return True
        if not isinstance(element.tag, str):
            continue
        waiting += [(child, chain) for child in element]
        for key, name in _references(element, rules):
            if name in named:
                times = _times(element, key) if key.startswith(_INHERITED) else 1
                waiting += [(named[name], chain + 1)] * min(times, MAX_DRAWN)
    return False


def _references(element: _Element, rules: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield property and id of what an element refers to, CSS that may be meant for it too."""
    tag = str(element.tag).rpartition("}")[2]
    handles = [tag, "*", "[", *(f".{name}" for name in (element.get("class") or "").split())]
    handles.append(f"#{element.get('id')}")
    css = [body for selector, body in rules if any(handle in selector for handle in handles)]
    for key, value in element.attrib.items():
        local, text = str(key).rpartition("}")[2], str(value).strip()
        if local == "href" and text.startswith("#"):
            yield local, text[1:]
        if "url(" in text:
            css.append(text if local == "style" else f"{local}:{text}")
    for declarations in css:
        yield from _CSS_REFERENCE.findall(declarations)


def _times(element: _Element, key: str) -> int:
    """Return how often a property is drawn: by each element inside, markers at each point."""
    count = 0
    for each in element.iter():
        points = f"{each.get('d') or ''} {each.get('points') or ''}"
        count += 1 + (len(re.findall(r"[0-9.]+", points)) if key.startswith("marker") else 0)
    return count


def _unsafe_css(css: str) -> bool:
    return bool(_CSS_URL.search(css)) or "@import" in css.lower() or "\\" in css


def _svg_size(root: _Element) -> tuple[float, float]:
    width, height = _length(root.get("width")), _length(root.get("height"))
    if width and height:
        return width, height
    try:
        _, _, box_width, box_height = map(
            float, re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
        )
    except ValueError:
        return 0.0, 0.0
    return box_width, box_height


def _length(text: str | None) -> float:
    match = re.fullmatch(r"([0-9.]+)([a-z]*)", (text or "").strip())
    if not match or match[2] not in _UNITS:
        return 0.0
    try:
        return float(match[1]) * _UNITS[match[2]]
    except ValueError:
        return 0.0
