"""What a photograph says about itself: its maker, rights and origin stay, the rest goes.

A file whose pixels need no change and that tells nothing private is published as it is, with its
Content Credentials (C2PA) intact. Any other loses them, since they would verify as tampered.

JPEG: ITU-T T.81; PNG: third edition; IPTC-IIM 4.2; IPTC Photo Metadata 2025.1; XMP, ISO 16684-1;
C2PA 2.2, A.3; Exif 3.0; Ultra HDR and MPF, CIPA DC-007.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

_JPEG_START = b"\xff\xd8"
_PNG_START = b"\x89PNG\r\n\x1a\n"
_XMP_NAME = b"http://ns.adobe.com/xap/1.0/\x00"
_PHOTOSHOP = b"Photoshop 3.0\x00"
_ICC = b"ICC_PROFILE\x00"
_PNG_XMP = b"XML:com.adobe.xmp\x00"
_LONGEST = 65_533
# Chunks of what is drawn, and how: no texts, times, animation or unknown notes.
_PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT",
    b"bKGD", b"hIST", b"pHYs", b"sPLT", b"cICP", b"mDCV", b"cLLI",
}  # fmt: skip
# By-line and its title, credit, source, copyright notice; and how they are encoded.
_IIM_KEPT = {(1, 90), (2, 0), (2, 80), (2, 85), (2, 110), (2, 115), (2, 116)}
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_EXT = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_PHOTO = "{http://ns.adobe.com/photoshop/1.0/}"
_PLUS = "{http://ns.useplus.org/ldf/xmp/1.0/}"
_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"
_XMP_KEPT = {
    *(_DC + name for name in ("creator", "rights")),
    *(_PHOTO + name for name in ("Credit", "Source", "AuthorsPosition")),
    *(_RIGHTS + name for name in ("Marked", "Owner", "UsageTerms", "WebStatement")),
    *(_EXT + name for name in ("DigitalSourceType", "AISystemUsed", "AISystemVersionUsed")),
    *(_PLUS + name for name in ("CopyrightOwner", "ImageCreator", "Licensor", "ImageSupplier",
                                "DataMining", "OtherConstraints", "MinorModelAgeDisclosure")),
}  # fmt: skip
_SOURCE_TYPE = re.compile(rb"https?://cv\.iptc\.org/newscodes/digitalsourcetype/\w{3,60}")
_ARTIST, _COPYRIGHT = 0x013B, 0x8298
# Exif that tells nothing about a person, a place or a camera: how the pixels are to be shown.
_EXIF_HARMLESS = {
    *(0x0100, 0x0101, 0x0102, 0x0103, 0x0106, 0x0112, 0x0115, 0x011A, 0x011B, 0x0128, 0x0131),
    *(_ARTIST, _COPYRIGHT, 0x0213, 0x8769, 0x9000, 0x9101, 0xA000, 0xA001, 0xA002, 0xA003),
}
_PRIVATE_XMP = re.compile(
    rb"GPS|SerialNumber|OwnerName|MotionPhoto|MicroVideo|filePath|documentID|History", re.IGNORECASE
)
_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">{}</x:xmpmeta><?xpacket end="r"?>'
)


@dataclass(frozen=True)
class Notes:
    """What a file says about its picture.

    Attributes:
        xmp: The XMP packet that is published; empty for none.
        iptc: The Photoshop resource with IPTC's credits that is published; empty for none.
        has_credentials: Whether the file has Content Credentials.
        is_private: Whether it tells more than is published.
    """

    xmp: bytes = field(default=b"", repr=False)
    iptc: bytes = field(default=b"", repr=False)
    has_credentials: bool = False
    is_private: bool = False


def notes_of(raw: bytes, exif: Any) -> Notes:
    """Return what a JPEG or PNG file says about its picture.

    Args:
        raw: The file's bytes.
        exif: Its Exif, as Pillow reads it.
    """
    parts = list(_jpeg_parts(raw) if raw[:2] == _JPEG_START else _png_parts(raw))
    packets = [part for name, part in parts if name == "xmp"]
    credentials = b"".join(part for name, part in parts if name == "c2pa")
    tags = {int(tag) for tag in exif} | {int(tag) for tag in exif.get_ifd(0x8769)}
    is_private = bool(
        tags - _EXIF_HARMLESS
        or any(name in {"other", "trailer"} for name, _ in parts)
        or any(_PRIVATE_XMP.search(packet) for packet in packets)
    )
    iptc = b"".join(_credits(part) for name, part in parts if name == "iptc")
    return Notes(_rights(packets, exif, credentials), iptc, bool(credentials), is_private)


def published(raw: bytes, notes: Notes) -> bytes:
    """Return a file with what is published about its picture, and nothing else about it."""
    if notes.has_credentials and not notes.is_private:
        return raw
    return _jpeg(raw, notes) if raw[:2] == _JPEG_START else _png(raw, notes)


# --- JPEG ---------------------------------------------------------------------------------------


def _segments(raw: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield marker, start and end of each segment; the scans of the picture as marker 0."""
    place = 2
    while place + 4 <= len(raw):
        if raw[place] != 0xFF:
            return
        marker = raw[place + 1]
        if marker == 0xFF:  # a fill byte
            place += 1
            continue
        if marker == 0xDA:
            end = _end_of_picture(raw, place)
            yield 0, place, end
            yield -1, end, len(raw)
            return
        end = place + 2 + int.from_bytes(raw[place + 2 : place + 4], "big")
        yield marker, place, end
        place = end


def _end_of_picture(raw: bytes, place: int) -> int:
    """Return where the picture ends; phones put previews, brightness and films after it."""
    while (place := raw.find(b"\xff", place)) >= 0 and place + 4 <= len(raw):
        marker = raw[place + 1]
        if marker == 0xD9:
            return place + 2
        if marker in {0x00, 0x01, 0xFF} or 0xD0 <= marker <= 0xD8:
            place += 1 if marker == 0xFF else 2
        else:
            place += 2 + int.from_bytes(raw[place + 2 : place + 4], "big")
    return raw.rfind(b"\xff\xd9") + 2 if raw.endswith(b"\xff\xd9") else len(raw)


def _jpeg_parts(raw: bytes) -> Iterator[tuple[str, bytes]]:
    for marker, start, end in _segments(raw):
        content = raw[start + 4 : end]
        match marker:
            case 0xE1 if content.startswith(_XMP_NAME):
                yield "xmp", content[len(_XMP_NAME) :]
            case 0xE1 if content.startswith(b"Exif"):
                pass  # Pillow reads it
            case 0xEB:
                yield "c2pa", content
            case 0xED if content.startswith(_PHOTOSHOP):
                yield "iptc", content
            case -1 if end > start:
                yield "trailer", b""
            case _ if not _is_kept(marker, content):
                yield "other", b""


def _is_kept(marker: int, content: bytes) -> bool:
    """Whether a segment is needed to draw the picture rightly."""
    if marker == 0xE0:
        return content.startswith(b"JFIF\x00")
    if marker == 0xE2:
        return content.startswith(_ICC)
    if marker == 0xEE:
        return content.startswith(b"Adobe")
    return marker != 0xFE and not 0xE1 <= marker <= 0xEF


def _jpeg(raw: bytes, notes: Notes) -> bytes:
    added = b""
    if notes.xmp and len(notes.xmp) < _LONGEST - len(_XMP_NAME):
        added += _segment(0xE1, _XMP_NAME + notes.xmp)
    if notes.iptc and len(notes.iptc) < _LONGEST:
        added += _segment(0xED, notes.iptc)
    head: list[bytes] = []
    rest: list[bytes] = []
    for marker, start, end in _segments(raw):
        if marker >= 0 and _is_kept(marker, raw[start + 4 : end]):
            (head if marker == 0xE0 and not rest else rest).append(raw[start:end])
    return b"".join([_JPEG_START, *head, added, *rest])


def _segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content


# --- PNG ----------------------------------------------------------------------------------------


def _chunks(raw: bytes) -> Iterator[tuple[bytes, int, int]]:
    place = 8
    while place + 12 <= len(raw):
        name = raw[place + 4 : place + 8]
        end = place + 12 + int.from_bytes(raw[place : place + 4], "big")
        yield name, place, end
        place = end
        if name == b"IEND":
            break
    if place < len(raw):
        yield b"", place, len(raw)


def _png_parts(raw: bytes) -> Iterator[tuple[str, bytes]]:
    for name, start, end in _chunks(raw):
        content = raw[start + 8 : end - 4]
        if name == b"iTXt" and content.startswith(_PNG_XMP):
            flags, _, text = content[len(_PNG_XMP) :].partition(b"\x00\x00")
            yield ("xmp", text) if not flags.strip(b"\x00") else ("other", b"")
        elif name == b"caBX":
            yield "c2pa", content
        elif name not in _PNG_KEPT and name != b"eXIf":
            yield "other", b""


def _png(raw: bytes, notes: Notes) -> bytes:
    from zlib import crc32

    parts: list[bytes] = []
    for name, start, end in _chunks(raw):
        if name in _PNG_KEPT:
            parts.append(raw[start:end])
        if name == b"IHDR" and notes.xmp:
            content = b"iTXt" + _PNG_XMP + b"\x00\x00\x00\x00" + notes.xmp
            size, check = len(content) - 4, crc32(content)
            parts.append(size.to_bytes(4, "big") + content + check.to_bytes(4, "big"))
    return b"".join([_PNG_START, *parts])


# --- credits ------------------------------------------------------------------------------------


def _credits(content: bytes) -> bytes:
    """Return Photoshop's resources with IPTC's credits alone."""
    kept, place = b"", len(_PHOTOSHOP)
    while content[place : place + 4] == b"8BIM":
        number = int.from_bytes(content[place + 4 : place + 6], "big")
        place += 6 + (content[place + 6] + 2) // 2 * 2
        size = int.from_bytes(content[place : place + 4], "big")
        data = content[place + 4 : place + 4 + size]
        if place + 4 > len(content) or len(data) < size:
            return content  # damaged; nothing is lost that may have to be named
        place += 4 + (size + 1) // 2 * 2
        if number == 0x0404:
            kept += _iim(data)
    if not kept:
        return b""
    padding = b"\x00" * (len(kept) % 2)
    return _PHOTOSHOP + b"8BIM\x04\x04\x00\x00" + len(kept).to_bytes(4, "big") + kept + padding


def _iim(data: bytes) -> bytes:
    """Return the datasets of IPTC-IIM that credit the picture."""
    kept, place, credited = b"", 0, False
    while data[place : place + 1] == b"\x1c" and place + 5 <= len(data):
        name, size = (
            (data[place + 1], data[place + 2]),
            int.from_bytes(data[place + 3 : place + 5], "big"),
        )
        if size & 0x8000:  # an extended dataset, for what is longer than any credit
            break
        if name in _IIM_KEPT:
            kept += data[place : place + 5 + size]
            credited = credited or (name[1] >= 80 and name[0] == 2)
        place += 5 + size
    return kept if credited else b""


def _rights(packets: list[bytes], exif: Any, credentials: bytes) -> bytes:
    """Return an XMP packet with maker, rights and origin; empty if nothing is said of them."""
    from lxml import etree

    names: Any = {
        "rdf": _RDF[1:-1],
        "dc": _DC[1:-1],
        "photoshop": _PHOTO[1:-1],
        "xmpRights": _RIGHTS[1:-1],
        "Iptc4xmpExt": _EXT[1:-1],
        "plus": _PLUS[1:-1],
    }
    root = etree.Element(f"{_RDF}RDF", nsmap=names)
    about = etree.SubElement(root, f"{_RDF}Description", {f"{_RDF}about": ""})
    for packet in packets:
        for item in _kept(packet):
            if about.find(item.tag) is None:
                about.append(item)
    for tag, name, kind in ((_ARTIST, "creator", "Seq"), (_COPYRIGHT, "rights", "Alt")):
        said = _plain(exif.get(tag))
        if said and about.find(_DC + name) is None:
            inside = etree.SubElement(etree.SubElement(about, _DC + name), _RDF + kind)
            item = etree.SubElement(inside, f"{_RDF}li")
            item.text = said
            if kind == "Alt":
                item.set("{http://www.w3.org/XML/1998/namespace}lang", "x-default")
    types = set(_SOURCE_TYPE.findall(credentials))
    if len(types) == 1 and about.find(f"{_EXT}DigitalSourceType") is None:
        etree.SubElement(about, f"{_EXT}DigitalSourceType").text = types.pop().decode("ascii")
    if not len(about):
        return b""
    return _PACKET.format(etree.tostring(root, encoding="unicode")).encode()


def _kept(packet: bytes) -> Iterator[_Element]:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(packet.strip(b"\x00 \r\n\t"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    for about in list(root.iter(f"{_RDF}Description")):
        parent = about.getparent()
        if parent is not None and parent.tag != f"{_RDF}RDF":
            continue
        for key, value in about.attrib.items():
            if key in _XMP_KEPT:
                item = etree.Element(key)
                item.text = value
                yield item
        for child in list(about):
            if child.tag in _XMP_KEPT:
                child.tail = None
                yield child


def _plain(value: object) -> str:
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value or "")
    with suppress(UnicodeError):  # Pillow reads bytes as Latin-1; most programs write UTF-8
        text = text.encode("latin-1").decode()
    return "".join(c for c in text.strip("\x00 ") if c.isprintable())[:1000].strip()
