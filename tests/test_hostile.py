"""Hostile input: shown as text, or refused in a clear line. Never run, never followed."""

from __future__ import annotations

import email
import email.policy
import io
import json
import re
import zlib
from typing import TYPE_CHECKING

import docx
import pypdfium2
import pytest
from lxml import html
from PIL import Image

from conftest import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Newsroom

NASTY = [
    "<script>alert(1)</script>",
    "{{{{ 7*7 }}}} {{% include 'x' %}} ${{jndi:x}}",
    "]]> --> </style></title><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" \'',
    "&lt;b&gt; &#x41; &nbsp;",
    "=cmd|' /C calc'!A0 @SUM(1) ../../etc/passwd file:///etc/passwd",
]


def shown(nasty: str) -> str:
    return nasty.replace("{{", "{").replace("}}", "}")


def hostile_release(nasty: str) -> str:
    text = quoted(nasty)
    return f"""\
kind: press release
date: 2025-11-24
version: 2
reference: {text}
dateline: {{city: {text}, country: {text}}}
headline: {text}
subheadline: {text}
summary: {text}
people:
  somebody: {{name: {text}, title: {text}}}
body:
  - paragraph: {text}
  - heading: {text}
  - quote: {text}
    speaker: somebody
    on_record: en
  - list: [{text}]
  - table: {text}
    columns: [{text}, {text}]
    rows: [[{text}, {text}]]
  - image: dot.png
    alt: {text}
    caption: {text}
    credit: {text}
notes_to_editors: [{text}]
links: [{{text: {text}, url: "https://example.org/?a=1&b=%22"}}]
boilerplates: [about]
contacts: [press]
correction: {{version: 1, date: 2025-11-25, text: {text}}}
"""


def dot() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("nasty", NASTY, ids=range(len(NASTY)))
def test_markup_of_other_languages_is_text_in_every_format(nasty: str, newsroom: Newsroom) -> None:
    # The newsroom's own texts have no facts, but braces are doubled there too.
    newsroom.write(
        "releases/_newsroom.yaml",
        f"""\
        language: en
        organisation: {{name: {quoted(nasty)}, notice: {quoted(nasty)}, url: "https://example.org/"}}
        languages: {{en: en-GB}}
        time_zone: Africa/Casablanca
        boilerplates: {{about: {{title: {quoted(nasty)}, text: [{quoted(nasty)}]}}}}
        contacts: {{press: {{name: {quoted(nasty)}, role: {quoted(nasty)}}}}}
        """,
    )
    newsroom.write("releases/news.yaml", hostile_release(nasty))
    picture = newsroom.root / "releases/news/dot.png"
    picture.parent.mkdir()
    picture.write_bytes(dot())
    result = newsroom.run("render")
    assert result.exit_code == 0, result.output
    folder = newsroom.root / "dist/news/en"

    root = html.document_fromstring((folder / "news_en_v2.html").read_bytes())
    assert len(list(root.iter("script"))) == 1
    assert not root.xpath("//@onerror | //@onmouseover")
    assert {img.get("src")[:5] for img in root.iter("img")} == {"data:"}
    assert root.findtext(".//h1") == shown(nasty)
    assert root.findtext(".//title") == f"CORRECTION – {shown(nasty)}"
    assert root.xpath("//figure/img/@alt") == [shown(nasty)]
    assert root.find("body").text_content().count(shown(nasty)) >= 20

    paragraphs = "\n".join(
        p.text for p in docx.Document(str(folder / "news_en_v2.docx")).paragraphs
    )
    assert paragraphs.count(shown(nasty)) >= 12

    pages = pypdfium2.PdfDocument(folder / "news_en_v2.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in pages)
    squeezed = re.sub(r"\W", "", shown(nasty))
    assert re.sub(r"\W", "", text).count(squeezed) >= 20

    assert re.sub(r"\W", "", (folder / "news_en_v2.txt").read_text()).count(squeezed) >= 20
    news = json.loads((folder / "news_en_v2.ninjs.json").read_bytes())
    assert news["title"] == shown(nasty)
    message = email.message_from_bytes(
        (folder / "news_en_v2.eml").read_bytes(), policy=email.policy.default
    )
    assert message["Subject"] == f"CORRECTION – {shown(nasty)}"
    assert set(message.keys()) == {
        "Subject",
        "X-Unsent",
        "Content-Language",
        "MIME-Version",
        "Content-Type",
    }
    for part in (message.get_body(("html",)).get_content(), news["bodies"][1]["value"]):
        root = html.document_fromstring(part)
        assert not root.xpath("//script | //@onerror | //@onmouseover | //img")
        assert root.text_content().count(shown(nasty)) >= 12
    index = html.document_fromstring((folder.parent / "index.html").read_bytes())
    assert not index.xpath("//script | //@onerror | //@onmouseover")


def svg(content: str = "", attributes: str = "") -> bytes:
    head = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{head} viewBox="0 0 10 10" {attributes}>{content}</svg>'.encode()


def png_of(width: int, height: int) -> bytes:
    """A PNG header that promises a picture of this size, with next to no data."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")
        )

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    data = chunk(b"IDAT", zlib.compress(b"\0" * 100))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", size + b"\x08\x00\x00\x00\x00")
        + data
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.svg", svg("<script>alert(1)</script>"), "has the element script"),
        ("a.svg", svg("<foreignObject/>"), "has the element foreignObject"),
        ("a.svg", svg("<set attributeName='href'/>"), "has the element set"),
        ("a.svg", svg("", 'onload="alert(1)"'), "has the event handler onload"),
        ("a.svg", svg('<image href="https://example.org/x.png"/>'), "refers to something outside"),
        ("a.svg", svg('<image xlink:href="file:///etc/passwd"/>'), "refers to something outside"),
        ("a.svg", svg('<image href="/etc/passwd"/>'), "refers to something outside"),
        ("a.svg", svg('<use href="other.svg#a"/>'), "refers to something outside"),
        ("a.svg", svg("<style>@import 'https://example.org/x.css';</style>"), "has CSS that refers"),
        ("a.svg", svg("<style>path{fill:url(https://example.org/x)}</style>"), "has CSS that refers"),
        ("a.svg", svg('<path style="fill:\\75rl(https://example.org)"/>'), "has an attribute style"),
        ("a.svg", svg('<path fill="url( \'https://example.org/#a\')"/>'), "has an attribute fill"),
        ("a.svg", b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + svg("&a;"), "has a document type"),
        ("a.svg", b'<?xml-stylesheet href="x.css"?>' + svg(), "has a processing instruction"),
        ("a.svg", svg("<text>مراكش</text>"), "has text in a script that joins letters"),
        ("a.svg", b"<svg", "is not well-formed SVG"),
        ("a.svg", b"<html/>", "is not an SVG picture"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "has no usable size"),
        ("a.svg", svg("", 'width="1e9" height="1e9"').replace(b"0 0 10 10", b"0 0 1e9 1e9"), "has no usable size"),
        ("a.png", b"GIF89a", "is damaged or not a picture"),
        ("a.png", dot()[:40], "is damaged or not a picture"),
        ("a.jpg", dot(), "is not a JPEG picture"),
        ("a.png", png_of(60_000, 60_000), "has more than 100,000,000 pixels"),
        ("a.png", b"", "is damaged or not a picture"),
    ],
)  # fmt: skip
def test_unsafe_pictures_are_refused(
    name: str, content: bytes, message: str, newsroom: Newsroom
) -> None:
    newsroom.edit("releases/news.yaml", "facts:", f"  - image: {name}\n    alt: x\nfacts:")
    (newsroom.root / "releases/news").mkdir()
    (newsroom.root / "releases/news" / name).write_bytes(content)
    result = newsroom.run("render")
    assert result.exit_code == 1
    assert result.output.startswith("refused news in en\nrefused news in fr\n")
    assert f"releases/news.yaml:7:12: releases/news/{name} {message}" in result.output
    assert newsroom.files() == []


def test_a_sound_svg_is_fine(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "facts:", "  - image: a.svg\n    alt: A mark\nfacts:")
    parts = '<defs><linearGradient id="g"/></defs><path fill="url(#g)" d="M0 0h9"/><use href="#g"/>'
    newsroom.write("releases/news/a.svg", svg(parts).decode())
    result = newsroom.run("render", "--draft")
    assert result.exit_code == 0, result.output


def test_a_picture_behind_a_link_out_of_the_workspace(
    newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside: Path = tmp_path_factory.mktemp("outside") / "a.png"
    outside.write_bytes(dot())
    newsroom.edit("releases/news.yaml", "facts:", "  - image: a.png\n    alt: x\nfacts:")
    (newsroom.root / "releases/news").mkdir()
    (newsroom.root / "releases/news/a.png").symlink_to(outside)
    result = newsroom.run("render")
    assert result.exit_code == 1
    assert "releases/news/a.png leads out of the newsroom's folder" in result.output


def test_a_pipe_in_place_of_a_file_does_not_hang(newsroom: Newsroom) -> None:
    import os

    os.mkfifo(newsroom.root / "releases/piped.yaml")
    result = newsroom.run("check")
    assert result.exit_code == 1
    assert "releases/piped.yaml: is not a plain file" in result.output


def test_a_fact_is_never_markup(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "{number: 1500}", "{money: 1, currency: XTS}")
    newsroom.edit(
        "releases/news.yaml", "A paragraph with {count} figures.", '"*{count}* **{count}**"'
    )
    assert newsroom.run("render", "-l", "en", "-f", "html").exit_code == 0
    page = (newsroom.root / "dist/news/en/news_en.html").read_text(encoding="utf-8")
    assert "<em>XTS\u00a01</em> <strong>XTS\u00a01</strong>" in page
