"""Pictures are published as every program shows them, and tell nothing about who took them."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageCms

from gapress.release.media import PRINTED, check_picture


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
