"""SVGs come out in one plain form that every library draws alike, or are refused with a reason."""

from __future__ import annotations

import contextlib
import io
import re
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from gapress.errors import ContentError
from gapress.release.media import check_picture
from gapress.release.svg.paths import path
from gapress.release.svg.values import transform

if TYPE_CHECKING:
    from gapress.document import Picture

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
HEAD = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def drawing(content: str = "", attributes: str = 'viewBox="0 0 20 10"') -> str:
    return f"<svg {HEAD} {attributes}>{content}</svg>"


def plain(text: str | bytes) -> Picture:
    raw = text if isinstance(text, bytes) else text.encode()
    return check_picture("a.svg", raw, "a.svg")


def root(text: str | bytes) -> etree._Element:
    return etree.fromstring(plain(text).data)


def refused(text: str | bytes) -> str:
    with pytest.raises(ContentError) as caught:
        plain(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("attributes", "width", "height"),
    [
        ('viewBox="0 0 20 10"', 20, 10),
        ('viewBox="-5,-5 20,10" width="100%" height="100%"', 20, 10),
        ('viewBox="0 0 20 10" width="40"', 40, 20),
        ('viewBox="0 0 20 10" height="40px"', 80, 40),
        ('viewBox="0 0 20 10" width="auto" height="auto"', 20, 10),
        ('width="1in" height="2.54cm"', 96, 96),
        ('width="25.4mm" height="72pt"', 96, 96),
        ('width="2em" height="6pc"', 32, 96),
        ('viewBox="0 0 20 10" style="width:10px;height:5px"', 10, 5),
        ('viewBox="0 0 .5 .25"', 800, 400),
        ('viewBox="0 0 5e6 1e6"', 800, 160),
    ],
)
def test_every_picture_gets_its_size(attributes: str, width: float, height: float) -> None:
    picture = plain(drawing(attributes=attributes))
    assert (picture.width, picture.height) == pytest.approx((width, height))
    written = etree.fromstring(picture.data)
    assert (float(written.get("width")), float(written.get("height"))) == pytest.approx(
        (width, height)
    )
    assert len(written.get("viewBox").split()) == 4


@pytest.mark.parametrize(
    ("attributes", "message"),
    [
        ("", "has no usable size"),
        ('width="100%" height="100%"', "has no usable size"),
        ('width="0" height="9"', "has no usable size"),
        ('width="-9" height="9"', "has no usable size"),
        ('viewBox="0 0 0 10"', "has no usable size"),
        ('width="30000" height="9"', "has no usable size"),
        ('width="NaN" height="9"', "has width='NaN', which gapress can't read"),
        ('width="1e999" height="9"', "has width='1e999', which gapress can't read"),
        ('viewBox="0 0 inf 10"', "has viewBox='0 0 inf 10', which gapress can't read"),
        ('viewBox="0 0 10"', "has viewBox='0 0 10', which gapress can't read"),
        ('viewBox="0 0 9 9" transform="scale(2)"', "has a transform on its svg element"),
    ],
)
def test_what_has_no_size_is_refused(attributes: str, message: str) -> None:
    assert message in refused(drawing(attributes=attributes))


@pytest.mark.parametrize(
    ("data", "written"),
    [
        ("M1,2L3-4", "M1 2 L3 -4"),
        ("m1 2 3 4-1-1z", "M1 2 L4 6 L3 5 Z"),
        ("M.5.5.25.25", "M0.5 0.5 L0.25 0.25"),
        ("M0 0h5v-3H1V0", "M0 0 L5 0 L5 -3 L1 -3 L1 0"),
        ("M0 0C1 1 2 2 3 3s1 1 2 2", "M0 0 C1 1 2 2 3 3 C4 4 4 4 5 5"),
        ("M0 0q1 1 2 0t2 0", "M0 0 Q1 1 2 0 Q3 -1 4 0"),
        ("M0 0S1 1 2 2", "M0 0 C0 0 1 1 2 2"),
        ("M0 0a5 5 0 1010 0", "M0 0 A5 5 0 1 0 10 0"),
        ("M0 0A0 5 0 0 1 9 9", "M0 0 L9 9"),
        ("M1 1zl2 2", "M1 1 Z L3 3"),
        ("M1e1 1E-1", "M10 0.1"),
        ("none", ""),
        (" ", ""),
    ],
)
def test_path_data_in_its_plain_form(data: str, written: str) -> None:
    assert path(data)[0] == written


@pytest.mark.parametrize(
    "data",
    ["L1 1", "M0", "M0 0 L", "M0 0 L1", "M0 0 L x y", "M0 0 X", "M0 0 1e999 1", "M0 0 L nan 1",
     "M0 0 C1 1 2 2 3", "M0 0 A5 5 0 2 0 9 9", "M0 0Z5", "M0 0 L1 1;", "5M0 0"],
)  # fmt: skip
def test_path_data_that_is_none_is_refused(data: str) -> None:
    assert "a.svg:1: has path data " in refused(drawing(f'<path d="{data}"/>'))


numbers = st.floats(-1e6, 1e6).map(lambda value: f"{value:.6g}")


@given(st.lists(st.tuples(st.sampled_from("MmLlHhVvCcSsQqTtAaZz"), st.lists(numbers, max_size=14))))
def test_any_path_is_plain_or_refused(segments: list[tuple[str, list[str]]]) -> None:
    data = "M0 0" + "".join(letter + " ".join(values) for letter, values in segments)
    with contextlib.suppress(ValueError):
        written, _ = path(data)
        assert re.fullmatch(r"(?:[MLCQAZ](?:-?[0-9.e+-]+ ?)* ?)+", written)
        again = path(written)[0]
        assert again == written or "A" in written or "e" in written


@pytest.mark.parametrize(
    ("text", "matrix"),
    [
        ("translate(10)", (1, 0, 0, 1, 10, 0)),
        ("translate(10px, 5px) scale(2)", (2, 0, 0, 2, 10, 5)),
        ("rotate(90)", (0, 1, -1, 0, 0, 0)),
        ("rotate(.25turn 5 5)", (0, 1, -1, 0, 10, 0)),
        ("matrix(1-2 3-4 5-6)", (1, -2, 3, -4, 5, -6)),
        ("scaleX(2),skewX(0)", (2, 0, 0, 1, 0, 0)),
        ("none", (1, 0, 0, 1, 0, 0)),
    ],
)
def test_transformations_as_one_matrix(text: str, matrix: tuple[float, ...]) -> None:
    assert transform(text) == pytest.approx(matrix)


def test_style_sheets_are_resolved() -> None:
    css = """
    :root { --brand: #ff0000; }
    .a { fill: var(--brand); stroke: light-dark(#00ff00, #000); }
    path.a { fill: rgb(0 0 255 / 50%) !important }
    #b { font: italic bold 12px/1.5 "DejaVu Sans", serif; }
    @media print { .a { fill: black } } .a:hover { fill: black }
    """
    content = f'<style>{css}</style><path class="a" style="fill:black;stroke-width:2px" d="M0 0"/>'
    text = '<text id="b" fill="white">x</text><rect class="a" fill="white" width="1" height="1"/>'
    picture = root(drawing(content + text))
    drawn, shown, rect = picture
    assert picture.find(f"{SVG}style") is None
    assert (drawn.get("fill"), drawn.get("stroke")) == ("rgba(0,0,255,0.5)", "#00ff00")
    assert (drawn.get("stroke-width"), drawn.get("class")) == ("2", None)
    assert (shown.get("font-size"), shown.get("font-weight")) == ("12", "bold")
    assert shown.get("font-family") == "'DejaVu Sans', serif"
    assert rect.get("fill") == "#ff0000"


def test_files_of_drawing_programs_are_ordinary() -> None:
    illustrator = """<?xml version="1.0" encoding="utf-16"?>
<!-- Generator: Adobe Illustrator -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [
<!ENTITY ns_svg "http://www.w3.org/2000/svg"><!ENTITY ns_ai "http://ns.adobe.com/AI/10.0/">]>
<svg xmlns="&ns_svg;" xmlns:i="&ns_ai;" i:a="1" width="20" height="10" enable-background="new">
<metadata><i:x/></metadata><switch><foreignObject requiredExtensions="&ns_ai;"><i:x/></foreignObject>
<g i:extraneous="self"><path d="M0 0h5"/></g></switch></svg>"""
    (group,) = root(illustrator.encode("utf-16"))
    assert [etree.QName(child).localname for child in group] == ["path"]
    draw_io = """<switch><foreignObject><div xmlns="http://www.w3.org/1999/xhtml">Step</div>
    </foreignObject><text>Step</text></switch><a xlink:href="https://example.org"><rect width="1"
    height="1"/></a>"""
    assert [etree.QName(e).localname for e in root(drawing(draw_io))] == ["text", "g"]
    inkscape = """<sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/x"/>
    <flowRoot><flowRegion/></flowRoot><defs><linearGradient id="a"/></defs>"""
    assert len(root(drawing(inkscape))) == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<switch><foreignObject/></switch>", "has the element foreignObject"),
        (
            "<switch><foreignObject>A long text</foreignObject><text>A lo...</text></switch>",
            "cut short",
        ),
        ("<flowRoot>text</flowRoot>", "has flowed text"),
        ("<style>@keyframes a{}</style>", "is animated"),
        ("<style>p:nth-child(2){fill:red}</style>", "has CSS for 'p:nth-child(2)'"),
        ('<rect fill="url(other.svg#a)"/>', "refers to something outside"),
        ('<g filter="blur(9px)"/>', "has filter='blur(9px)'"),
        (
            '<image href="data:image/svg+xml;base64,AAAA"/>',
            "holds a picture that is no PNG or JPEG",
        ),
        ('<text dx="1 x"/>', "has dx='1 x'"),
        ('<rect width="1e400" height="1"/>', "has width='1e400'"),
        ('<g transform="rotate(1e400)"/>', "has transform='rotate(1e400)'"),
        ('<feGaussianBlur stdDeviation="9999"/>', "has stdDeviation='9999'"),
        ('<polyline points="1 1 x"/>', "has points='1 1 x'"),
    ],
)
def test_what_is_drawn_in_many_ways_is_refused(content: str, message: str) -> None:
    assert message in refused(drawing(content))


BLUR = '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter>'
MASK = '<mask id="m"><rect width="9" height="9"/></mask>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('<rect width="1" height="1"/>' * 15_001, "has more than 15,000 elements"),
        (f'<path d="M0 0{"h1v1" * 100_000}"/>', "has more than 200,000 points"),
        (f'<path d="M0 0L{"1 2 " * 200_001}"/>', "has more than 200,000 points"),
        (f'<path d="M0 0{" " * 4_000_000}"/>', "has more than 4,000,000 characters of path data"),
        (f'<polyline points="{"1,2 " * 200_001}"/>', "has more than 200,000 points"),
        (f"<text>{'word ' * 10_001}</text>", "has more than 50,000 characters of text"),
        (f"<style>{'.a{fill:red}' * 25_001}</style>", "has too many rules of CSS"),
        (f'<g style="{"fill:red;" * 3_400}"/>', "has too many rules of CSS"),
        (BLUR + '<rect width="9" height="9" filter="url(#f)"/>' * 200, "more than 200 steps of filters"),
        (MASK + '<rect width="9" height="9" mask="url(#m)"/>' * 500, "draws more than 500 masks"),
        (
            '<linearGradient id="g0"/>'
            + "".join(f'<linearGradient id="g{i + 1}" href="#g{i}"/>' for i in range(11))
            + '<rect width="9" height="9" fill="url(#g11)"/>',
            "draws more than 100,000 elements, or an element within itself",
        ),
        (
            '<linearGradient id="g"/>' + '<rect width="9" height="9" fill="url(#g)"/>' * 2_000,
            "draws more than 2,000 gradients",
        ),
    ],
)  # fmt: skip
def test_what_is_merely_huge_is_refused(content: str, message: str) -> None:
    told = refused(drawing(content))
    assert message in told
    assert "export as PNG" in told


def test_a_detailed_map_is_ordinary() -> None:
    """5,000 shapes, 1 MB, with the shadows and gradients of an ordinary drawing."""
    outline = "M1.25 2.5" + "l1.25 -2.5 3 .75" * 11 + "z"
    shapes = "".join(
        f'<path id="p{i}" class="a" style="stroke-width:.5" d="{outline}"/>' for i in range(5_000)
    )
    defined = (
        '<style>.a{fill:#abc}</style><linearGradient id="g"><stop offset="1"/></linearGradient>'
    )
    above = '<rect width="9" height="9" filter="url(#f)" fill="url(#g)"/>' * 50
    raw = drawing(defined + BLUR + shapes + above)
    assert len(raw) > 1_000_000
    assert len(root(raw).findall(f"{SVG}path")) == 5_000


@pytest.mark.parametrize("raw", [b"\x1f\x8b\x08\x00", b'<svg width="1" height="1"/>'])
def test_what_is_no_svg_is_told(raw: bytes) -> None:
    assert "(SVGZ)" in refused(raw) or "has no SVG namespace" in refused(raw)


def test_references_are_renamed_and_lead_somewhere() -> None:
    content = """<linearGradient id="x y&quot;z"/><rect fill="url('#missing') red" width="1" height="1"/>
    <rect fill="url(#missing)" clip-path="url(#missing)" width="1" height="1"/><use href="#missing"/>
    <path id="p" d="M0 0"/><use href="#p" x="3"/><use xlink:href="#p"/>"""
    (first, second, drawn, *uses) = root(drawing(content))[1:]
    assert (first.get("fill"), second.get("fill")) == ("#ff0000", "none")
    assert second.get("clip-path") is None
    assert [use.get(HREF) for use in uses] == [f"#{drawn.get('id')}"] * 2


def test_a_photograph_inside_tells_nothing_about_who_took_it() -> None:
    exif, file = Image.Exif(), io.BytesIO()
    exif[0x010F] = "A camera"
    Image.new("RGB", (4, 4)).save(file, "JPEG", exif=exif)
    data = b64encode(file.getvalue()).decode()
    (image,) = root(drawing(f'<image width="4" height="4" href="data:image/jpg;base64,{data}"/>'))
    published = b64decode(image.get(HREF).partition(",")[2])
    assert b"A camera" in file.getvalue()
    assert b"A camera" not in published


texts = st.text(st.sampled_from("url(#a)'\";:{}<>&\\ 01e+-.,%pxnone"), max_size=30)
names = st.sampled_from(
    ["d", "fill", "style", "transform", "points", "width", "x", "mask", "href", "id"]
)
tags = st.sampled_from(["path", "rect", "g", "use", "text", "image", "pattern", "polygon", "stop"])


@given(tags, st.dictionaries(names, texts))
def test_no_attribute_gets_through_unread(tag: str, attributes: dict[str, str]) -> None:
    element = etree.Element(f"{SVG}svg", viewBox="0 0 9 9")
    etree.SubElement(element, f"{SVG}{tag}", attributes)
    with contextlib.suppress(ContentError):
        picture = plain(etree.tostring(element))
        assert b"\\" not in picture.data
        assert b"style" not in picture.data
        # What comes out goes through again, and stays as it is.
        assert plain(picture.data).data == picture.data
