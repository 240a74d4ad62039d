"""Pictures are published as every program shows them, and tell nothing about who took them."""

from __future__ import annotations

import io
import json
import re
import unicodedata
import zlib
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from PIL import Image, ImageCms, ImageFile

from gapress.errors import ContentError
from gapress.release.media import PRINTED, check_picture

if TYPE_CHECKING:
    from conftest import Newsroom


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def published(raw: bytes, name: str) -> Image.Image:
    picture = check_picture(name, raw, f"releases/news/{name}")
    image = Image.open(io.BytesIO(picture.data))
    image.load()
    assert image.size == (picture.width, picture.height)
    return image


def halves(mode: str = "RGB") -> Image.Image:
    """Wider than high; red at the left, blue at the right."""
    image = Image.new("RGB", (64, 32), "red")
    image.paste("blue", (32, 0, 64, 32))
    return image.convert(mode)


def close(colour: object, wanted: tuple[int, ...], by: int = 30) -> bool:
    assert isinstance(colour, tuple)
    return all(abs(a - b) <= by for a, b in zip(colour, wanted, strict=True))


def test_a_picture_that_is_fine_is_left_alone() -> None:
    for kind, name in (("PNG", "a.png"), ("JPEG", "a.jpg")):
        raw = saved(halves(), kind)
        assert check_picture(name, raw, name).data == raw


@pytest.mark.parametrize(
    ("orientation", "size", "first"),
    [(3, (64, 32), (0, 0, 255)), (6, (32, 64), (255, 0, 0)), (8, (32, 64), (0, 0, 255))],
)
def test_a_turned_photograph_stands_upright(
    orientation: int, size: tuple[int, int], first: tuple[int, ...]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    image = published(saved(halves(), "JPEG", exif=exif), "a.jpg")
    assert image.size == size
    assert close(image.getpixel((2, 2)), first)
    assert not image.getexif()


def test_nothing_tells_where_and_with_what_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif[0x8825] = {2: (31.0, 37.0, 46.0)}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    raw = saved(halves(), "JPEG", exif=exif, xmp=b"<x:xmpmeta>me</x:xmpmeta>", icc_profile=profile)
    credit = b"Photoshop 3.0\x008BIM\x04\x04a credit"
    raw = raw[:2] + b"\xff\xed" + (len(credit) + 2).to_bytes(2, "big") + credit + b"\xff" + raw[2:]
    data = check_picture("a.jpg", raw, "a.jpg").data
    assert b"A camera" not in data
    assert b"xmpmeta" not in data
    assert b"a credit" in data  # IPTC: who took it may have to be named
    image = published(raw, "a.jpg")
    assert image.info["icc_profile"] == profile
    assert image.tobytes() == Image.open(io.BytesIO(raw)).tobytes()
    from PIL.PngImagePlugin import PngInfo

    texts = PngInfo()
    texts.add_text("Author", "me")
    raw = saved(halves(), "PNG", pnginfo=texts, exif=exif, dpi=(300, 300))
    data = check_picture("a.png", raw, "a.png").data
    assert b"Author" not in data
    assert b"A camera" not in data
    assert published(raw, "a.png").tobytes() == halves().tobytes()


def test_cmyk_becomes_rgb() -> None:
    image = published(saved(halves("CMYK"), "JPEG"), "a.jpg")
    assert image.mode == "RGB"
    assert close(image.getpixel((2, 2)), (255, 0, 0))
    assert close(image.getpixel((60, 2)), (0, 0, 255))


def test_sixteen_bits_become_eight() -> None:
    ramp = b"".join((value * 257).to_bytes(2, "little") for value in range(256))
    image = published(saved(Image.frombytes("I;16", (256, 4), ramp * 4), "PNG"), "a.png")
    assert image.mode == "L"
    assert [image.getpixel((x, 0)) for x in (0, 128, 255)] == [0, 128, 255]


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "1"])
def test_no_picture_is_larger_than_print_needs(mode: str) -> None:
    image = published(saved(halves(mode).resize((6000, 3000)), "PNG"), "a.png")
    assert image.size == (PRINTED, PRINTED / 2)
    if mode == "P":
        assert close(image.convert("RGB").getpixel((2, 2)), (255, 0, 0))


# --- what a photograph says about itself -----------------------------------------------------------

AI = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
 xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
 exif:GPSLatitude="31,37.5N" photoshop:Credit="MAP" Iptc4xmpExt:DigitalSourceType="{ai}">
<dc:creator><rdf:Seq><rdf:li>Ada</rdf:li></rdf:Seq></dc:creator><dc:title>secret</dc:title>
</rdf:Description></rdf:RDF></x:xmpmeta>""".replace("{ai}", AI).encode()


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content


def with_segments(raw: bytes, *segments: bytes) -> bytes:
    return raw[:2] + b"".join(segments) + raw[2:]


def chunk(name: bytes, content: bytes) -> bytes:
    check = zlib.crc32(name + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + name + content + check


def with_chunks(raw: bytes, *chunks: bytes) -> bytes:
    return raw[:33] + b"".join(chunks) + raw[33:]


# A box of JUMBF as C2PA's manifests begin, with the kind of source in it.
MANIFEST = b"JP\x00\x01\x00\x00\x00\x01\x00\x00\x00\x60jumb\x00\x00\x00\x1ejumdc2pa" + AI.encode()
PRIVATE = {
    "GPS": segment(0xE1, b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x88\x25\x00\x04\x00\x00\x00\x01\x00\x00\x00\x1a\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"),
    "XMP": segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + XMP),
    "note": segment(0xFE, b"a comment"),
    "previews": segment(0xE2, b"MPF\x00MM\x00*"),
}  # fmt: skip


def properties(image: Image.Image) -> dict[str, str]:
    """The properties of a picture's XMP, by their names without a namespace."""
    packet = etree.fromstring(image.info["xmp"])
    (about,) = packet.iter("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}Description")
    return {etree.QName(e).localname: "".join(e.itertext()).strip() for e in about}


def test_content_credentials_stay_valid_where_nothing_changes() -> None:
    raw = with_segments(saved(halves(), "JPEG"), segment(0xEB, MANIFEST))
    assert check_picture("a.jpg", raw, "a.jpg").data == raw
    raw = with_chunks(saved(halves(), "PNG"), chunk(b"caBX", MANIFEST))
    assert check_picture("a.png", raw, "a.png").data == raw


@pytest.mark.parametrize("kind", [*PRIVATE, "film after it", "too large", "turned"])
def test_content_credentials_never_look_tampered_with(kind: str) -> None:
    size = (3000, 60) if kind == "too large" else (64, 32)
    exif = Image.Exif()
    if kind == "turned":
        exif[0x0112] = 6
    raw = saved(halves().resize(size), "JPEG", exif=exif)
    raw = with_segments(raw, segment(0xEB, MANIFEST), PRIVATE.get(kind, b""))
    raw += b"\x00\x00\x00\x18ftypmp42" if kind == "film after it" else b""
    data = check_picture("a.jpg", raw, "a.jpg").data
    assert b"jumb" not in data
    assert AI.encode() in data  # that a machine made it stays true
    for private in (b"comment", b"MPF", b"ftyp", b"GPS", b"secret"):
        assert private not in data


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("width", [64, 3000])
def test_maker_rights_and_origin_stay(kind: str, width: int) -> None:
    raw = saved(halves().resize((width, 32)), kind)
    raw = (
        with_segments(raw, PRIVATE["XMP"])
        if kind == "JPEG"
        else with_chunks(raw, chunk(b"iTXt", b"XML:com.adobe.xmp" + b"\x00" * 5 + XMP))
    )
    name = f"a.{kind.lower()}"
    image = Image.open(io.BytesIO(check_picture(name, raw, name).data))
    assert image.width == min(width, PRINTED)
    wanted = {"creator": "Ada", "Credit": "MAP", "DigitalSourceType": AI}
    assert properties(image) == wanted


def test_rights_in_exif_become_xmp() -> None:
    exif = Image.Exif()
    exif[0x013B], exif[0x8298], exif[0x8825] = "Ada", "(c) Ada <2025>", {2: (31.0, 37.0, 46.0)}
    image = published(saved(halves(), "JPEG", exif=exif), "a.jpg")
    assert properties(image) == {"creator": "Ada", "rights": "(c) Ada <2025>"}
    assert not image.getexif()


def test_iptc_keeps_credits_alone() -> None:
    def dataset(number: int, text: bytes) -> bytes:
        return b"\x1c\x02" + bytes([number]) + len(text).to_bytes(2, "big") + text

    iim = dataset(80, b"Ada") + dataset(90, b"Rabat") + dataset(110, b"MAP")
    resources = b"8BIM\x04\x0c\x00\x00\x00\x00\x00\x04tiny"
    resources += b"8BIM\x04\x04\x00\x00" + len(iim).to_bytes(4, "big") + iim
    raw = with_segments(saved(halves(), "JPEG"), segment(0xED, b"Photoshop 3.0\x00" + resources))
    data = check_picture("a.jpg", raw, "a.jpg").data
    assert b"Ada" in data
    assert b"MAP" in data
    assert b"Rabat" not in data
    assert b"tiny" not in data


def test_phones_put_more_after_the_photograph() -> None:
    raw = saved(halves(), "MPO", save_all=True, append_images=[halves("L").convert("RGB")])
    data = check_picture("a.jpg", raw + b"film", "a.jpg").data
    assert Image.open(io.BytesIO(data)).format == "JPEG"
    assert data.count(b"\xff\xd9") == 1


def test_half_a_picture_is_damaged_wherever_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does
    with pytest.raises(ContentError, match="is damaged or not a picture"):
        check_picture("a.png", saved(halves().resize((200, 200)), "PNG")[:-60], "a.png")


# --- kinds and names -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name", "mode", "media_type"),
    [
        ("WEBP", "a.webp", "RGB", "image/jpeg"),
        ("WEBP", "a.webp", "RGBA", "image/png"),
        ("GIF", "a.gif", "P", "image/png"),
        ("TIFF", "a.tif", "RGB", "image/png"),
        ("TIFF", "a.TIFF", "CMYK", "image/png"),
        ("JPEG", "a.JPE", "L", "image/jpeg"),
    ],
)
def test_other_kinds_are_converted(kind: str, name: str, mode: str, media_type: str) -> None:
    shown = halves(mode)
    if mode == "RGBA":
        shown.putpixel((0, 0), (0, 0, 0, 0))
    picture = check_picture(name, saved(shown, kind), name)
    assert picture.media_type == media_type
    image = Image.open(io.BytesIO(picture.data)).convert("RGB")
    if mode != "L":
        assert close(image.getpixel((2, 2)), (255, 0, 0))


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("a.jpg", b"\0\0\0\x18ftypheic", "is a HEIC picture, which browsers and word processors can't show; export it as JPEG (iPhone: "),
        ("a.heic", b"\0\0\0\x18ftypmif1", "is a HEIC picture"),
        ("a.avif", b"\0\0\0\x18ftypavif", "is an AVIF picture"),
        ("a.pdf", b"%PDF-1.7", "is a PDF file"),
        ("a.psd", b"8BPS", "is a Photoshop file"),
        ("a.eps", b"%!PS-Adobe", "is an EPS file"),
        ("a.png", saved(halves(), "JPEG"), "is not a PNG picture; it is JPEG: let its name end in .jpg"),
        ("a.gif", saved(halves("P"), "GIF", save_all=True, append_images=[halves("L").convert("P")]), "has 2 pages or is animated"),
    ],
)  # fmt: skip
def test_what_is_refused_is_called_by_its_name(name: str, raw: bytes, message: str) -> None:
    with pytest.raises(ContentError, match=re.escape(message)):
        check_picture(name, raw, name)


NAMES = ["p.PNG", "IMG_2044.Png", "Photo été (1).png", "صورة المؤتمر.png", "L'été, n° 5 & co.png"]


@pytest.mark.parametrize("name", NAMES)
def test_names_as_cameras_and_people_give_them(name: str, newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "facts:", f'  - image: "{name}"\n    alt: x\nfacts:')
    stored = unicodedata.normalize("NFD", name)  # as macOS writes it
    newsroom.write(f"releases/news/{stored}", "").write_bytes(saved(halves(), "PNG"))
    result = newsroom.run("render", "-l", "en", "-f", "docx", "-f", "html")
    assert result.exit_code == 0, result.output
    assert newsroom.run("verify").exit_code == 0


@pytest.mark.parametrize(
    "name",
    [
        "../a.png",
        "a/b.png",
        "a\\b.png",
        ".a.png",
        " a.png",
        "a:b.png",
        "a\u202egnp.png",
        "a",
        "a.exe",
    ],
)
def test_names_that_no_system_or_reader_takes(name: str, newsroom: Newsroom) -> None:
    newsroom.edit(
        "releases/news.yaml", "facts:", f"  - image: {json.dumps(name)}\n    alt: x\nfacts:"
    )
    result = newsroom.run("check")
    assert result.exit_code == 1
    assert "releases/news.yaml:7:12: image can't be " in result.output


def test_capital_letters_are_told(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "facts:", "  - image: p.png\n    alt: x\nfacts:")
    newsroom.write("releases/news/P.PNG", "").write_bytes(saved(halves(), "PNG"))
    told = "releases/news/p.png is missing; write it as the file is called: P.PNG"
    assert told in newsroom.run("check").output
