"""Fonts: what they cover, in every text and with its place; fallbacks; a newsroom's own files."""

from __future__ import annotations

import io
import json
import struct
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import fontpkg
import pikepdf
import pypdfium2
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from effort import some
from gapress.document import Paragraph, Text
from gapress.errors import ContentError
from gapress.preview.desk import Desk
from gapress.release.fields import problem_with_characters
from gapress.theme import load_theme
from gapress.workspace import Workspace
from gapress.writers import pdf
from gapress.writers.coverage import coverage
from gapress.writers.font_files import MAX_BYTES, read_fonts
from gapress.writers.fonts import SHIPPED_FALLBACK

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Kits, Newsroom
    from gapress.document import Document
    from gapress.theme import Theme

ASSEMBLY = "2025-11-24-interpol-general-assembly"


def own_font(
    family: str = "Own Font", characters: str = "ზთი", *, fs_type: int = 0, weight: int = 400
) -> bytes:
    """Return a TrueType font with a box for each character, and a space."""
    names = [".notdef", "space", *(f"u{ord(c):04X}" for c in characters)]
    pen = TTGlyphPen(None)
    for point, move in zip([(0, 0), (0, 700), (500, 700), (500, 0)], "mlll", strict=True):
        (pen.moveTo if move == "m" else pen.lineTo)(point)
    pen.closePath()
    box = pen.glyph()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({32: "space"} | {ord(c): f"u{ord(c):04X}" for c in characters})
    font.setupGlyf({name: TTGlyphPen(None).glyph() if name == "space" else box for name in names})
    font.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": family, "styleName": "Regular", "version": "Version 1.5"})
    font.setupOS2(usWeightClass=weight, fsType=fs_type, sTypoAscender=800, sTypoDescender=-200)
    font.setupPost()
    font.font["head"].created = font.font["head"].modified = 0
    font.font.recalcTimestamp = False
    return saved(font.font)


def saved(font: TTFont) -> bytes:
    data = io.BytesIO()
    font.save(data)
    return data.getvalue()


def with_font(newsroom: Newsroom, name: str, data: bytes) -> Path:
    path = newsroom.root / "templates/fonts" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def fonts_in(path: Path) -> set[str]:
    """The families that a PDF holds a font of."""
    with pikepdf.open(path) as document:
        return {
            str(thing.FontName).partition("+")[2]
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        }


def words_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


# --- every text, with its place ------------------------------------------------------------------

LACKING = "ზ"  # Georgian: no font that comes with gapress has it
EVERYWHERE = """\
kind: press release
date: 2025-11-24
reference: PR/2025
dateline:
  city: CITY
headline: TITLE
subheadline: UNDER
summary: SUMMARY
body:
  - heading: HEADING
  - paragraph: PARAGRAPH
  - list:
      - ITEM
  - quote: QUOTE
    speaker: someone
    on_record: en
  - table: TABLE
    columns:
      - COLUMN
      - Other
    rows:
      - [Row, CELL]
  - image: dot.png
    alt: ALT
    caption: CAPTION
    credit: CREDIT
people:
  someone:
    name: PERSON
    title: ROLE
notes_to_editors:
  - NOTE
links:
  - text: LINK
    url: https://example.org/
boilerplates: [about]
contacts: [press]
"""
SHARED = """\
boilerplates:
  about:
    title: ABOUT
    text:
      - STANDING
"""
TEXTS = (
    "CITY", "TITLE", "UNDER", "SUMMARY", "HEADING", "PARAGRAPH", "ITEM", "QUOTE", "TABLE",
    "COLUMN", "CELL", "CAPTION", "CREDIT", "PERSON", "ROLE", "NOTE", "LINK", "ABOUT", "STANDING",
    "Test Newsroom", "Press office",
)  # fmt: skip


@pytest.fixture
def everywhere(newsroom: Newsroom) -> Newsroom:
    """A newsroom in English alone, whose release has a text of every kind."""
    newsroom.edit("releases/_newsroom.yaml", "{en: en-GB, fr: fr-MA}", "{en: en-GB}")
    newsroom.edit("releases/_newsroom.yaml", "contacts:", f"{SHARED}contacts:")
    newsroom.write("releases/news.yaml", EVERYWHERE)
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "navy").save(picture, "PNG")
    newsroom.write("releases/news/x", "")
    (newsroom.root / "releases/news/dot.png").write_bytes(picture.getvalue())
    return newsroom


@pytest.mark.parametrize("word", TEXTS)
def test_what_no_font_has_is_told_at_the_text_that_has_it(word: str, everywhere: Newsroom) -> None:
    shared = word in {"ABOUT", "STANDING", "Test Newsroom", "Press office"}
    file = "releases/_newsroom.yaml" if shared else "releases/news.yaml"
    everywhere.edit(file, word, f"{word} {LACKING}")
    lines = (everywhere.root / file).read_text(encoding="utf-8").splitlines()
    (line,) = (n for n, text in enumerate(lines, 1) if LACKING in text)
    column = lines[line - 1].index(word) + 1
    result = everywhere.run("check")
    assert result.exit_code == 1
    assert f"{file}:{line}:{column}: no font of the theme has the character ზ (U+10D6)" in (
        result.output
    )
    assert "1 problem." in result.output


def test_what_a_pdf_does_not_draw_is_no_problem(everywhere: Newsroom) -> None:
    everywhere.edit("releases/news.yaml", "ALT", f"ALT {LACKING}")
    assert everywhere.run("check").exit_code == 0
    assert everywhere.run("render", "-f", "pdf").exit_code == 0


def test_only_the_pdf_of_that_language_is_refused(newsroom: Newsroom) -> None:
    path = "locales/fr/LC_MESSAGES/news.po"
    newsroom.edit(path, "Un titre", f"Un titre {LACKING}")
    place = f"{path}:5: no font of the theme has the character ზ (U+10D6), so the PDF can't show it"
    assert place in newsroom.run("check").output
    result = newsroom.run("render")
    assert result.exit_code == 1
    assert place in result.output
    made = set(newsroom.files())
    assert {
        "news/fr/news_fr.html",
        "news/fr/news_fr.docx",
        "news/fr/news_fr.txt",
        "news/en/news_en.pdf",
    } <= made
    assert not {"news/fr/news_fr.pdf", "news/fr/news_fr.eml"} & made
    assert LACKING in (newsroom.root / "dist/news/fr/news_fr.html").read_text(encoding="utf-8")


def test_a_label_is_told_at_its_entry(newsroom: Newsroom) -> None:
    newsroom.catalog("fr/LC_MESSAGES/gapress.po", {"": {"Press contacts": f"Presse {LACKING}"}})
    result = newsroom.run("render", "-f", "pdf")
    assert result.exit_code == 1
    assert "locales/fr/LC_MESSAGES/gapress.po:5: no font of the theme has" in result.output
    assert "news/en/news_en.pdf" in newsroom.files()


def test_a_template_s_own_text_falls_back_too_and_is_told(newsroom: Newsroom) -> None:
    shipped = load_theme(Workspace.find(newsroom.root)).files["release.pdf.html"].decode()
    end = "</body>"
    assert end in shipped
    newsroom.write("templates/release.pdf.html", shipped.replace(end, f"<p>☎ ✅</p>{end}"))
    assert newsroom.run("render", "-f", "pdf", "-l", "en").exit_code == 0
    assert "☎ ✅" in words_of(newsroom.root / "dist/news/en/news_en.pdf")
    newsroom.write("templates/release.pdf.html", shipped.replace(end, f"<p>{LACKING}</p>{end}"))
    result = newsroom.run("render", "-f", "pdf", "-l", "en")
    assert result.exit_code == 1, result.output
    assert "no font of the theme has the character ზ (U+10D6)" in result.output


def test_many_places_are_told_in_few_lines(newsroom: Newsroom) -> None:
    items = "".join(f"\n      - Item {n} {LACKING}" for n in range(40))
    newsroom.edit("releases/news.yaml", "\nfacts:", f"\n  - list:{items}\nfacts:")
    newsroom.edit("releases/_newsroom.yaml", "{en: en-GB, fr: fr-MA}", "{en: en-GB}")
    output = newsroom.run("check").output
    assert "10 problems." in output
    assert "(so it is in 30 more places)" in output


# --- fallback ------------------------------------------------------------------------------------

SIGNS = "Call ☎ or 📢 the tag ✅ ➜ №5 ≈ 3 m², H₂O, CO₂, 5 Ω, β, ★★☆ ☐ ✓ ✗ ∑ √ ∞ ⇒ ① ⅓ ℃ Αθήνα ὀξύς"


@pytest.mark.parametrize("text", [SIGNS, f"اتصلوا {SIGNS} انتهى"])
def test_signs_and_emoji_are_drawn_and_copy_out(text: str, newsroom: Newsroom) -> None:
    cells = '\n  - table: Services\n    columns: [Service, Open]\n    rows:\n      - [Police, "✅"]'
    newsroom.edit("releases/news.yaml", "\nfacts:", f"{cells}\nfacts:")
    newsroom.edit("releases/news.yaml", "A headline", text)
    newsroom.edit("releases/_newsroom.yaml", "{en: en-GB, fr: fr-MA}", "{en: en-GB}")
    assert newsroom.run("check").exit_code == 0
    result = newsroom.run("render", "-f", "pdf")
    assert result.exit_code == 0, result.output
    path = newsroom.root / "dist/news/en/news_en.pdf"
    assert {"Gapress-Symbols", "Noto-Emoji"} <= fonts_in(path)
    found = words_of(path)
    for sign in SIGNS.split():
        if text == SIGNS or ord(sign[0]) < 0x10000:  # pdfium drops others from such lines
            assert all(part in found for part in sign), sign


def test_fallback_fonts_are_loaded_only_for_what_needs_them(kits: Kits) -> None:
    for code in ("en", "fr", "ar"):
        found = fonts_in(kits.path(ASSEMBLY, code, "pdf"))
        assert found
        assert not {name for name in found if "Noto" in name or "Gapress" in name}


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("flags 🇲🇦 🇫🇷 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿", ()),
        ("tones 👍🏽 👩🏽‍⚕️ and hearts ❤️ ❤", ()),
        ("families 👨‍👩‍👧 👩‍💻 🏳️‍🌈", ()),
        ("text ☎︎ and picture ☎️", ()),
        ("e\u0301te\u0301 ș ł € 1\u00a0000\u202f000 a\u00adb \u200b\u2060", ()),
        ("مُدَرِّسٌ بِالعَرَبِيَّةِ", ()),
        ("می\u200cخواهم ه\u200d", ()),
        ("no country 🇽🇽", ("🇽🇽",)),
        ("no family 👨‍👨‍👨", ("👨‍👨‍👨",)),
        ("keycaps 1️⃣ #️⃣", ("1️⃣", "#️⃣")),
        ("private \ue000 and unassigned \U0001fffe", ("\ue000", "\U0001fffe")),
        ("Georgian ზზ, Armenian հ", ("ზ", "հ")),
    ],
)
def test_coverage(text: str, lacking: tuple[str, ...], theme: Theme) -> None:
    assert coverage(theme).missing(text) == lacking


def test_every_character_that_is_covered_is_drawn(
    documents: dict[tuple[str, str], Document], theme: Theme
) -> None:
    """The PDF writer complains of what WeasyPrint can't draw: of nothing that passes before."""
    document = documents[ASSEMBLY, "en"]
    characters: set[int] = set()
    for path in SHIPPED_FALLBACK.values():
        characters |= {*TTFont(path, lazy=True).getBestCmap()}
    shown = [c for c in map(chr, sorted(characters)) if not problem_with_characters(c) and c != " "]
    assert len(shown) > 5_000
    parts = [" ".join(shown[n : n + 400]) for n in range(0, len(shown), 400)]
    body = tuple(Paragraph((Text(part),)) for part in parts)
    assert pdf.write(replace(document, body=body), theme).startswith(b"%PDF")


@some(100)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30))
def test_what_is_missing_is_in_the_text_and_nothing_else_is(theme: Theme, text: str) -> None:
    known = coverage(theme)
    missing = known.missing(text)
    assert all(cluster in text for cluster in missing)
    rest = text
    for cluster in sorted(missing, key=len, reverse=True):
        rest = rest.replace(cluster, " ")
    assert not {c for c in known.missing(rest) if len(c) == 1 and c not in missing}


@some(15)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc", "Co"]), min_size=1, max_size=20))
def test_coverage_says_what_the_pdf_writer_does(
    documents: dict[tuple[str, str], Document], theme: Theme, text: str
) -> None:
    document = documents[ASSEMBLY, "en"]
    document = replace(document, body=(Paragraph((Text(f"Words {text} and words"),)),))
    missing = coverage(theme).missing(text)
    told = None
    try:
        pdf.write(document, theme)
    except ContentError as error:
        told = {problem.check for problem in error.problems}
    assert told == ({"glyphs"} if missing else None), missing


# --- a script without a font ---------------------------------------------------------------------


def test_a_language_without_a_font_is_told_once_with_the_package(newsroom: Newsroom) -> None:
    newsroom.edit("releases/_newsroom.yaml", "fr: fr-MA}", "fr: fr-MA, th: th-TH}")
    wanted = (
        "releases/_newsroom.yaml:3:39: no font of the theme has Thai letters (Sarabun has them), "
        "so there is no PDF in th; pip install fontpkg-sarabun, or put a font into templates/fonts/ "
        "[glyphs]"
    )
    for command in ("check", "fonts"):
        result = newsroom.run(command)
        assert result.exit_code == 1
        assert result.output.count("Thai letters") == 1
        assert wanted in result.output


def test_a_script_s_letters_are_told_together(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "A headline", "Words in ภาษาไทย here")
    newsroom.edit("releases/_newsroom.yaml", "{en: en-GB, fr: fr-MA}", "{en: en-GB}")
    output = newsroom.run("check").output
    assert "no font of the theme has the Thai letters ภ า ษ ไ ท ย, so the PDF can't" in output
    assert "1 problem." in output


# --- the newsroom's own fonts --------------------------------------------------------------------


def test_a_font_in_the_workspace_stands_in(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "A headline", f"A headline {LACKING}")
    newsroom.edit("releases/_newsroom.yaml", "{en: en-GB, fr: fr-MA}", "{en: en-GB}")
    path = with_font(newsroom, "tifinagh.ttf", own_font())
    assert newsroom.run("check").exit_code == 0
    result = newsroom.run("render")
    assert result.exit_code == 0, result.output
    made = newsroom.root / "dist/news/en/news_en.pdf"
    assert "Own-Font" in fonts_in(made)
    assert LACKING in words_of(made)
    assert newsroom.run("verify").exit_code == 0
    path.write_bytes(own_font(characters="ზთინ"))
    assert newsroom.run("verify").exit_code == 1
    assert "templates/fonts/tifinagh.ttf" in newsroom.run("verify").output
    path.unlink()
    assert newsroom.run("render").exit_code == 1
    assert not made.exists()


def test_a_font_in_the_workspace_is_a_family_of_the_theme(newsroom: Newsroom) -> None:
    letters = "".join(map(chr, range(0x21, 0x250))) + "–—…’“”"
    with_font(newsroom, "House.TTF", own_font("House Serif", letters))
    with_font(newsroom, "OFL.txt", b"the licence")
    fonts = "{text: House Serif, headline: House Serif, label: House Serif, word_text: A, word_headline: B}"
    newsroom.edit(
        "releases/_newsroom.yaml", "contacts:", f"theme: {{fonts: {{default: {fonts}}}}}\ncontacts:"
    )
    result = newsroom.run("render", "-l", "en")
    assert result.exit_code == 0, result.output
    assert fonts_in(newsroom.root / "dist/news/en/news_en.pdf") == {"House-Serif"}
    (family, *_) = json.loads(newsroom.run("fonts", "--json").output)["families"]
    assert family["name"] == "House Serif"
    assert family["source"] == "templates/fonts/House.TTF"
    assert family["version"].startswith("1.5")
    assert family["used"] == ["default text", "default headline", "default label"]


def test_an_opentype_font_with_postscript_outlines(newsroom: Newsroom) -> None:
    names = [".notdef", "space", "tifinagh"]
    pen = T2CharStringPen(600, None)
    pen.moveTo((0, 0))
    for point in ((0, 700), (500, 700), (500, 0)):
        pen.lineTo(point)
    pen.closePath()
    box, empty = pen.getCharString(), T2CharStringPen(600, None).getCharString()
    font = FontBuilder(1000, isTTF=False)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({32: "space", ord(LACKING): "tifinagh"})
    outlines = {".notdef": box, "space": empty, "tifinagh": box}
    font.setupCFF("Own-Regular", {"FullName": "Own Regular"}, outlines, {})
    font.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Own", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    with_font(newsroom, "own.otf", saved(font.font))
    newsroom.edit("releases/news.yaml", "A headline", f"A headline {LACKING}")
    newsroom.edit("releases/_newsroom.yaml", "{en: en-GB, fr: fr-MA}", "{en: en-GB}")
    assert newsroom.run("render", "-f", "pdf").exit_code == 0
    made = newsroom.root / "dist/news/en/news_en.pdf"
    assert "Own" in fonts_in(made)
    assert LACKING in words_of(made)


def test_words_copy_out_of_an_arabic_font_in_the_workspace(newsroom: Newsroom) -> None:
    for weight in (400, 700):
        source = fontpkg.path("IBM Plex Sans Arabic", weight)
        with_font(newsroom, source.name, source.read_bytes())
    newsroom.edit("releases/news.yaml", "A headline", "افتتاح الدورة الأولى")
    newsroom.edit("releases/_newsroom.yaml", "{en: en-GB, fr: fr-MA}", "{en: en-GB}")
    assert newsroom.run("render", "-f", "pdf").exit_code == 0
    families = json.loads(newsroom.run("fonts", "--json").output)["families"]
    (source,) = {f["source"] for f in families if f["name"] == "IBM Plex Sans Arabic"}
    assert source.startswith("templates/fonts/")
    found = words_of(newsroom.root / "dist/news/en/news_en.pdf")
    assert all(word in found for word in ("افتتاح", "الدورة", "الأولى"))


@pytest.mark.parametrize("sign", ["☎", LACKING])
def test_words_in_a_drawing_are_covered_too(sign: str, newsroom: Newsroom) -> None:
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="60" viewBox="0 0 300 60">'
        f'<text x="10" y="40" font-size="30">Call {sign}</text></svg>'
    )
    newsroom.write("releases/news/sign.svg", drawing)
    newsroom.edit("releases/news.yaml", "\nfacts:", "\n  - {image: sign.svg, alt: A sign}\nfacts:")
    newsroom.edit("releases/_newsroom.yaml", "{en: en-GB, fr: fr-MA}", "{en: en-GB}")
    with_font(newsroom, "own.ttf", own_font())
    result = newsroom.run("render", "-f", "pdf", "-f", "docx")
    assert result.exit_code == 0, result.output
    assert sign in words_of(newsroom.root / "dist/news/en/news_en.pdf")


def test_the_preview_tells_it_at_the_text(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "A headline", f"A headline {LACKING}")
    newsroom.edit("locales/fr/LC_MESSAGES/news.po", "A headline", f"A headline {LACKING}")
    newsroom.edit("locales/fr/LC_MESSAGES/news.po", "Un titre", f"Un titre {LACKING}")
    panes = Desk(newsroom.root).sheet("news").panes
    for code, place in (
        ("en", "releases/news.yaml:4:11"),
        ("fr", "locales/fr/LC_MESSAGES/news.po:5"),
    ):
        wanted = (
            f"{place}: no font of the theme has the character ზ (U+10D6), so the PDF can't show"
        )
        (text,) = (text for text in panes[code].texts if text.message.role == "headline")
        (problem,) = text.problems
        assert str(problem).startswith(wanted)
        assert panes[code].problems == (problem,)
        assert LACKING in panes[code].page


def variable() -> bytes:
    font = TTFont(io.BytesIO(own_font()))
    builder = FontBuilder(font=font)
    builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    return saved(font)


def without(*tags: str, **fields: Any) -> bytes:
    font = TTFont(io.BytesIO(own_font(**fields)))
    for tag in tags:
        del font[tag]
    return saved(font)


def coloured() -> bytes:
    builder = FontBuilder(font=TTFont(io.BytesIO(own_font())))
    builder.setupCOLR({"u10D6": [("u10D7", 0)]})
    builder.setupCPAL([[(1, 0, 0, 1)]])
    return saved(builder.font)


def with_bomb(kind: int) -> bytes:
    """Return a font whose character map would unfold to billions of characters."""
    font = TTFont(io.BytesIO(own_font()))
    if kind == 12:
        groups = b"".join(struct.pack(">LLL", 0, 0x7FFFFFFF, 0) for _ in range(50))
        table = struct.pack(">HHLLL", 12, 0, 16 + len(groups), 0, 50) + groups
    else:
        count = 8_000
        table = struct.pack(">HHHHHHH", 4, 0xFFFF, 0, 2 * count, 0, 0, 0)
        table += b"\xff\xff" * count + b"\0\0" + b"\0\0" * (3 * count)
    raw = struct.pack(">HHHHL", 0, 1, 3, 10 if kind == 12 else 1, 12) + table
    del font["cmap"]
    from fontTools.ttLib.tables.DefaultTable import DefaultTable

    font["cmap"] = DefaultTable("cmap")
    font["cmap"].data = raw
    return saved(font)


BROKEN = [
    ("a.ttf", b"", "is no font, or a damaged one: it does not begin like one"),
    ("a.ttf", b"<html>404</html>", "is no font, or a damaged one: it does not begin like one"),
    ("a.ttf", own_font()[:400], "is no font, or a damaged one: it ends too early"),
    ("a.ttf", b"\0\1\0\0" + b"\xff" * 40, "is no font, or a damaged one"),
    ("a.ttf", without("glyf", "loca"), "it has no table glyf"),
    ("a.ttf", without("name"), "it has no table name"),
    ("a.ttf", without("OS/2"), "it has no table OS/2"),
    ("a.ttf", b"\0\1\0\0" + bytes(MAX_BYTES), "has 20,000,004 bytes; the limit is 20,000,000"),
    ("a.ttf", variable(), "is a variable font; put static files there"),
    ("a.ttf", coloured(), "is a colour or bitmap font (COLR); use one with plain outlines"),
    ("a.ttf", with_bomb(12), "its map has more characters than there are"),
    ("a.ttf", with_bomb(4), "its map has more characters than there are"),
    ("a.ttf", own_font("خط", "ზ"), "has a family name without Latin letters or digits: 'خط'"),
    ("a.ttf", b"ttcf" + bytes(60), "holds several fonts; save each as a .ttf file"),
    ("a.ttf", b"wOF2" + bytes(60), "is packed for the web; put the .ttf or .otf file there"),
    ("a.woff2", b"wOF2", "is packed for the web; put the .ttf or .otf file there"),
    ("a.WOFF", b"wOFF", "is packed for the web; put the .ttf or .otf file there"),
    ("a.ttc", b"ttcf", "holds several fonts; save each as a .ttf file"),
    ("a.pfb", b"%!PS", "is a Type 1 font; put the .ttf or .otf file there"),
]


@pytest.mark.parametrize(("name", "data", "reason"), BROKEN)
def test_a_file_that_can_t_be_used_is_one_clear_problem(
    name: str, data: bytes, reason: str, newsroom: Newsroom
) -> None:
    with_font(newsroom, name, data)
    result = newsroom.run("check")
    assert result.exit_code == 1
    assert f"templates/fonts/{name}: " in result.output
    assert reason in result.output
    assert "1 problem." in result.output
    assert "Traceback" not in result.output


def test_a_broken_font_refuses_the_pdfs_alone(newsroom: Newsroom) -> None:
    with_font(newsroom, "a.ttf", own_font()[:400])
    result = newsroom.run("render", "-l", "en")
    assert result.exit_code == 1
    assert "templates/fonts/a.ttf: is no font, or a damaged one" in result.output
    assert "templates/fonts/a.ttf is no font" in newsroom.run("doctor").output
    assert {"news/en/news_en.html", "news/en/news_en.docx", "news/en/news_en.txt"} <= set(
        newsroom.files()
    )
    assert "news/en/news_en.pdf" not in newsroom.files()


def test_the_same_font_twice_is_told(newsroom: Newsroom) -> None:
    with_font(newsroom, "a.ttf", own_font())
    with_font(newsroom, "b.ttf", own_font(characters="ზ"))
    wanted = "templates/fonts/b.ttf: is Own Font, weight 400, normal, as is templates/fonts/a.ttf"
    assert wanted in newsroom.run("check").output


def test_a_font_that_may_not_be_embedded_is_a_warning(newsroom: Newsroom) -> None:
    with_font(newsroom, "a.ttf", own_font(fs_type=2))
    result = newsroom.run("check")
    assert result.exit_code == 0
    assert "warning: Own Font says that it may not be embedded" in result.output
    assert newsroom.run("fonts").exit_code == 0


@some(100)
@given(st.binary(max_size=200), st.integers(0, 2_000), st.sampled_from([own_font(), b"OTTO"]))
def test_any_bytes_are_a_font_or_a_problem(junk: bytes, place: int, start: bytes) -> None:
    data = start[:place] + junk + start[place + len(junk) :]
    try:
        (font,) = read_fonts((("templates/fonts/a.ttf", data),))
    except ContentError as error:
        (problem,) = error.problems
        assert problem.path == "templates/fonts/a.ttf"
        assert problem.hint
    else:
        assert font.family


# --- gapress fonts -------------------------------------------------------------------------------


def test_the_report(newsroom: Newsroom) -> None:
    result = newsroom.run("fonts")
    assert result.exit_code == 0
    for part in ("IBM Plex Serif", "fontpkg-ibm-plex-serif", "Noto Emoji", "Latin", "100 %"):
        assert part in result.output
    newsroom.edit("releases/news.yaml", "A headline", f"A headline {LACKING}")
    newsroom.edit("releases/_newsroom.yaml", "fr: fr-MA}", "fr: fr-MA, ar: ar-MA, ja: ja-JP}")
    result = newsroom.run("fonts", "--json")
    assert result.exit_code == 1
    report = json.loads(result.output)
    languages = {language["code"]: language for language in report["languages"]}
    assert languages["ar"]["script"] == "Arab"
    assert languages["ar"]["lacking"] == []
    assert languages["ar"]["families"][0] == "IBM Plex Sans Arabic"
    assert languages["fr"]["needed"] > 60
    assert languages["ja"]["name"] == "Japanese"
    assert len(languages["ja"]["lacking"]) == languages["ja"]["needed"]
    assert {p["message"] for p in report["problems"]} == {
        "no font of the theme has the character ზ (U+10D6), so the PDF can't show it",
        "no font of the theme has Japanese letters (Noto Sans CJK TC has them), so there is no PDF "
        "in ja",
    }
