"""A release begun from a Word file: what becomes of each construct, and that nothing is lost."""

from __future__ import annotations

import datetime as dt
import io
import re
import unicodedata
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from conftest import ASSEMBLY, Kits, Newsroom
from effort import some
from gapress.kit.word import WordWish, release_of
from gapress.release.yaml import parse
from gapress.word.dateline import find_dateline
from gapress.word.marked import Writer
from gapress.word.reader import read_word
from gapress.word.story import NoteMark, Span
from gapress.word.written import line_scalar
from gapress.workspace import Workspace
from test_kit import tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.document import Document as WordDocument

FULL = """\
language: en
organisation: {name: Test Newsroom, url: "https://example.org/"}
languages: {en: en-GB, fr: fr-MA, ar: ar-MA}
time_zone: Africa/Casablanca
contacts:
  press: {name: Press office, email: press@example.org}
"""


@pytest.fixture
def desk(tmp_path: Path) -> Newsroom:
    """Return a newsroom in three languages without a release."""
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases/_newsroom.yaml").write_text(FULL, encoding="utf-8")
    return Newsroom(tmp_path)


def saved(word: WordDocument, folder: Path, name: str = "sent.docx") -> Path:
    word.save(str(folder / name))
    return folder / name


def read(desk: Newsroom, word: WordDocument) -> tuple[dict[str, Any], str]:
    """Return the data of the release that a file makes, and what is told; nothing is written."""
    wish = WordWish(saved(word, desk.root), dt.date(2026, 1, 12), "r")
    made = release_of(Workspace(desk.root), wish)
    return parse(made.files[made.path], "r.yaml").data, "\n".join(map(str, made.told))


def imported(desk: Newsroom, word: WordDocument, *options: str) -> tuple[dict[str, Any], str]:
    """Import a file as ``r``; return the release's data and what was printed."""
    saved(word, desk.root)
    result = desk.run("import", "sent.docx", "r", *options)
    assert result.exit_code == 0, result.output
    return parse((desk.root / "releases/r.yaml").read_bytes(), "r.yaml").data, result.output


def picture(kind: str = "PNG", colour: str = "red") -> io.BytesIO:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(made, kind)
    made.seek(0)
    return made


def add_xml(word: WordDocument, xml: str) -> None:
    body = word.element.body
    body.insert(len(body) - 1, parse_xml(xml))


def paragraph_xml(inside: str) -> str:
    more = (
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    return f"<w:p {nsdecls('w', 'wp', 'a', 'r', 'm')} {more}>{inside}</w:p>"


def link(paragraph: Any, words: str, url: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    key = paragraph.part.relate_to(url, kind, is_external=True)
    xml = (
        f'<w:hyperlink {nsdecls("w", "r")} r:id="{key}"><w:r><w:t>{words}</w:t></w:r></w:hyperlink>'
    )
    paragraph._p.append(parse_xml(xml))


def release_of_word(title: str = "A quay opens") -> WordDocument:
    word = docx.Document()
    word.add_heading(title, 0)
    return word


# --- the head -----------------------------------------------------------------------------------


def test_title_subtitle_and_dateline_become_the_head(desk: Newsroom) -> None:
    word = release_of_word("A *quay* opens {soon}")
    word.add_paragraph("For the port: a new age", style="Subtitle")
    word.add_paragraph("RABAT, Morocco, 24 November 2025 – The port has opened a quay.")
    data, _ = imported(desk, word)
    assert data["headline"] == "A \\*quay\\* opens {{soon}}"
    assert data["subheadline"] == "For the port: a new age"
    assert data["dateline"] == {"city": "RABAT", "country": "Morocco"}
    assert data["date"] == "2025-11-24"
    assert data["body"] == [{"paragraph": "The port has opened a quay."}]
    text = (desk.root / "releases/r.yaml").read_text(encoding="utf-8")
    keys = re.findall(r"(?m)^(\w+):", text)
    assert keys == [
        "kind", "date", "dateline", "headline", "subheadline", "body", "contacts"
    ]  # fmt: skip
    assert 'subheadline: "For the port: a new age"\n' in text


def test_the_name_is_made_of_date_and_headline(desk: Newsroom) -> None:
    saved(release_of_word("L’école s’ouvre"), desk.root)
    result = desk.run("import", "sent.docx", "--date", "2026-01-12")
    assert result.exit_code == 0, result.output
    assert (desk.root / "releases/2026-01-12-lecole-souvre.yaml").exists()
    assert "gapress check 2026-01-12-lecole-souvre" in result.output


def _heading_1(word: WordDocument) -> None:
    word.add_paragraph("Ministry of Specimens")
    word.add_heading("The headline stands here", 1)
    word.add_paragraph("Text.")


def _larger(word: WordDocument) -> None:
    word.add_paragraph("PRESS RELEASE")
    word.add_paragraph().add_run("The headline stands here").font.size = Pt(20)
    word.add_paragraph("Text of the usual size, and of some length.")


def _bold(word: WordDocument) -> None:
    word.add_paragraph().add_run("The headline stands here").bold = True
    word.add_paragraph("Text that is not bold.")


def _own_style(word: WordDocument) -> None:
    style = word.styles.add_style("Titre maison", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = word.styles["Title"]
    word.add_paragraph("The headline stands here", style="Titre maison")
    word.add_paragraph("Text.")


@pytest.mark.parametrize("write", [_heading_1, _larger, _bold, _own_style])
def test_a_headline_without_the_style_of_one(
    write: Callable[[WordDocument], None], desk: Newsroom
) -> None:
    word = docx.Document()
    write(word)
    data, _ = read(desk, word)
    assert data["headline"] == "The headline stands here"
    assert len(data["body"]) == 1


def test_without_a_headline_there_is_a_blank_that_check_asks_for(desk: Newsroom) -> None:
    word = docx.Document()
    word.add_paragraph("Only a text, which is just like any other.")
    data, output = imported(desk, word)
    assert data["headline"] == "{headline}"
    assert "has no headline" in output
    checked = desk.run("check")
    assert "headline is still to be filled" in checked.output


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("RABAT, 24 November 2025 – Words", "en", ("RABAT", "", "2025-11-24", "Words")),
        ("NEW YORK (November 24, 2025) — Words", "en", ("NEW YORK", "", "2025-11-24", "Words")),
        ("Paris, France, Nov. 3, 2025 -- Words", "en", ("Paris", "France", "2025-11-03", "Words")),
        ("Rabat, le 1er mars 2025 – Mots", "fr", ("Rabat", "", "2025-03-01", "Mots")),
        ("Aix-en-Provence (France), lundi 24 novembre 2025 – Mots", "fr",
         ("Aix-en-Provence", "France", "2025-11-24", "Mots")),
        ("الرباط، 24 نونبر 2025 – نص", "ar", ("الرباط", "", "2025-11-24", "نص")),
        ("بيروت، ٢٤ تشرين الثاني ٢٠٢٥ – نص", "ar", ("بيروت", "", "2025-11-24", "نص")),
        ("Rabat, 25/11/2025 – Words", "en", ("Rabat", "", "2025-11-25", "Words")),
        ("Rabat, 03/04/2025 – Words", "en", None),
        ("RABAT – Words", "en", None),
        ("On 24 November 2025 – a Monday – it rained", "en", None),
        ("The port opened on 24 November 2025 – at last", "en", None),
        ("Geneva and Rabat, 24 November 2025 – Words", "en", None),
        ("Rabat, 31 November 2025 – Words", "en", None),
    ],
)  # fmt: skip
def test_a_dateline_is_read_only_where_it_is_sure(
    text: str, language: str, found: tuple[str, str, str, str] | None
) -> None:
    read = find_dateline(text, language)
    shown = read and (read.city, read.country, read.date.isoformat(), text[read.end :])
    assert shown == found


def test_a_dateline_that_is_not_sure_stays_and_is_told(desk: Newsroom) -> None:
    word = release_of_word()
    word.add_paragraph("RABAT – The port has opened a quay.")
    data, output = imported(desk, word, "--date", "2026-01-12")
    assert data["body"] == [{"paragraph": "RABAT – The port has opened a quay."}]
    assert "dateline" not in data
    assert "may begin with a dateline" in output


@pytest.mark.parametrize(
    ("title", "text", "language"),
    [
        (
            "Un quai ouvre au port",
            "Le port a ouvert un quai pour les élèves et leurs parents.",
            "fr",
        ),
        ("افتتاح رصيف جديد بالميناء", "افتتح الميناء رصيفا جديدا لفائدة التلاميذ.", "ar"),
        ("A quay opens", "The port has opened a quay for the pupils of the town.", "en"),
    ],
)
def test_the_language_is_told_by_the_words(
    title: str, text: str, language: str, desk: Newsroom
) -> None:
    word = release_of_word(title)  # python-docx marks every text as American English
    word.add_paragraph(text)
    data, output = imported(desk, word)
    assert data.get("language", "en") == language
    assert f"written in {language}" in output


def test_lines_above_the_headline_are_gapress_s_own_or_told(desk: Newsroom) -> None:
    word = docx.Document()
    for line in ("MEDIA ADVISORY", "For immediate release", "Ministry of Specimens"):
        word.add_paragraph(line)
    word.add_heading("A quay opens", 0)
    word.add_paragraph("Text.")
    data, output = imported(desk, word)
    assert data["kind"] == "media advisory"
    assert data["body"] == [{"paragraph": "Text."}]
    assert "“Ministry of Specimens”" in output


# --- the body -----------------------------------------------------------------------------------


def test_emphasis_links_and_literal_markup(desk: Newsroom) -> None:
    word = release_of_word()
    paragraph = word.add_paragraph("Three *stars*, [words](x), {braces} and a back\\slash; ")
    paragraph.add_run("bold ").bold = True
    run = paragraph.add_run("both")
    run.bold = run.italic = True
    paragraph.add_run(" then ")
    link(paragraph, "a link", "https://example.org/a_(b)")
    paragraph.add_run(" and ")
    link(paragraph, "a file", "file:///C:/plan.doc")
    data, output = imported(desk, word)
    assert data["body"][0]["paragraph"] == (
        r"Three \*stars\*, \[words](x), {{braces}} and a back\\slash; **bold** ***both*** then "
        "[a link](https://example.org/a_(b)) and a file"
    )
    assert "file:///C:/plan.doc" in output
    rendered = desk.run("render", "r", "-f", "txt", "--draft", "-l", "en")
    assert rendered.exit_code == 0, rendered.output
    (text,) = desk.root.glob("dist/*/en/*.txt")
    shown = " ".join(text.read_text(encoding="utf-8").split())
    assert r"Three *stars*, [words](x), {braces} and a back\slash; bold both then a link" in shown


def test_headings_have_two_levels(desk: Newsroom) -> None:
    word = release_of_word()
    for level, text in ((3, "Before"), (2, "First"), (3, "Second"), (4, "Third")):
        word.add_heading(text, level)
    data, output = read(desk, word)
    assert data["body"] == [
        {"heading": "Before"},
        {"heading": "First"},
        {"heading": "Second", "level": 2},
        {"heading": "Third", "level": 2},
    ]
    assert "more than two levels" in output


def test_lists_nest_and_count(desk: Newsroom) -> None:
    word = release_of_word()
    for style, text in (
        ("List Bullet", "one"),
        ("List Bullet 2", "under"),
        ("List Bullet", "two"),
        ("List Number", "first"),
        ("List Number", "second"),
        ("Normal", "Between."),
        ("List Number", "third"),
    ):
        word.add_paragraph(text, style=style)
    data, _ = read(desk, word)
    shown = str(data["body"])
    assert "{'list': ['first', 'second'], 'numbered': True}" in shown
    assert "{'list': ['third'], 'continues': True}" in shown
    assert shown.index("one") < shown.index("under") < shown.index("two")


def test_a_list_by_numbering_of_its_own(desk: Newsroom) -> None:
    word = release_of_word()
    numbering = word.part.numbering_part.element
    numbering.insert(0, parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90">'
        '<w:lvl w:ilvl="0"><w:start w:val="4"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
        '</w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/><w:lvlText w:val="•"/></w:lvl>'
        "</w:abstractNum>"
    ))  # fmt: skip
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>')
    )
    for level, text in ((0, "four"), (1, "inner"), (0, "five")):
        properties = word.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>'
        ))  # fmt: skip
    data, _ = read(desk, word)
    assert data["body"] == [{"list": [{"item": "four", "list": ["inner"]}, "five"], "start": 4}]


def test_quotations_have_a_speaker_or_stay_paragraphs(desk: Newsroom) -> None:
    word = release_of_word()
    word.add_paragraph("“We are proud.”", style="Quote")
    word.add_paragraph("— Nora Example, director of the port")
    word.add_paragraph("“No style at all.”\n– Ali Specimen")
    word.add_paragraph("Nobody said this.", style="Intense Quote")
    word.add_paragraph("“Yes”, she said, “now.”")
    data, output = read(desk, word)
    assert data["body"] == [
        {"quote": "We are proud.", "speaker": "example", "on_record": "en"},
        {"quote": "No style at all.", "speaker": "specimen", "on_record": "en"},
        {"paragraph": "Nobody said this."},
        {"paragraph": "“Yes”, she said, “now.”"},
    ]
    assert data["people"] == {
        "example": {"name": "Nora Example", "title": "director of the port"},
        "specimen": {"name": "Ali Specimen"},
    }
    assert "“Nobody said this.”: looks like a quotation" in output


def test_a_table_with_its_caption_and_merged_cells(desk: Newsroom) -> None:
    word = release_of_word()
    word.add_paragraph("Traffic: by quay", style="Caption")
    table = word.add_table(3, 3)
    for row, texts in enumerate((("Quay", "2024", "2025"), ("North", "1", "2"), ("South", "", ""))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(2, 1).merge(table.cell(2, 2)).text = "none"
    data, output = read(desk, word)
    assert data["body"] == [
        {
            "table": "Traffic: by quay",
            "columns": ["Quay", "2024", "2025"],
            "rows": [["North", "1", "2"], ["South", "none", None]],
        }
    ]
    assert "merged cells" in output


def test_a_table_that_is_too_wide_or_a_layout_keeps_its_words(desk: Newsroom) -> None:
    word = release_of_word()
    wide = word.add_table(2, 11)
    for index, cell in enumerate(cell for row in wide.rows for cell in row.cells):
        cell.text = f"c{index}"
    box = word.add_table(1, 2)
    box.cell(0, 0).text = "left"
    box.cell(0, 1).add_table(1, 1).cell(0, 0).text = "inner"
    data, output = read(desk, word)
    assert data["body"][0] == {
        "list": ["; ".join(f"c{i}" for i in range(11)), "; ".join(f"c{i}" for i in range(11, 22))]
    }
    assert data["body"][1:] == [{"paragraph": "left"}, {"paragraph": "inner"}]
    assert "has 11 columns" in output
    assert "is a layout" in output


def test_pictures_have_sound_names_and_alternative_texts(desk: Newsroom) -> None:
    word = release_of_word()
    word.add_picture(picture())
    properties = word.element.body.find(f".//{qn('wp:docPr')}")
    properties.set("descr", "A red field: nothing else")
    word.add_paragraph("The field", style="Caption")
    word.add_picture(picture("GIF", "blue"))
    data, output = imported(desk, word)
    first, second = data["body"]
    assert first == {
        "image": "a-red-field-nothing-else.png",
        "alt": "A red field: nothing else",
        "caption": "The field",
    }
    assert second == {"image": "picture-2.gif", "alt": "{alt_picture_2}"}
    assert (desk.root / "releases/r" / first["image"]).read_bytes() == picture().getvalue()
    assert "picture-2.gif has no alternative text" in output
    assert "What picture-2.gif shows" in desk.run("check").output


def test_a_picture_that_no_page_can_show_is_told(desk: Newsroom) -> None:
    word = release_of_word()
    word.add_paragraph("Text.")
    word.add_picture(picture())
    word.element.body.find(f".//{qn('wp:docPr')}").set("descr", "A chart of sales")
    part = next(p for p in word.part.package.iter_parts() if "/media/" in p.partname)
    part._blob = b"\x01\x00\x00\x00" + b"\x6c" * 36 + b" EMF" + b"\x00" * 100
    data, output = read(desk, word)
    assert data["body"] == [{"paragraph": "Text."}]
    assert "is an EMF picture" in output
    assert "A chart of sales" in output


NOTES = (
    f'<w:footnotes {nsdecls("w")}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>'
    '<w:footnote w:id="5"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> Counted '
    "in </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>May</w:t></w:r></w:p></w:footnote></w:footnotes>"
)


def test_footnotes(desk: Newsroom) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    word = release_of_word()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, NOTES.encode(), word.part.package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    add_xml(word, paragraph_xml(
        '<w:r><w:t>Some 1,500 ships</w:t></w:r><w:r><w:footnoteReference w:id="5"/></w:r>'
        "<w:r><w:t>.</w:t></w:r>"
    ))  # fmt: skip
    data, _ = read(desk, word)
    assert data["body"] == [{"paragraph": "Some 1,500 ships[^1]."}]
    assert data["footnotes"] == {"1": "Counted in *May*"}


TEXT_BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic>'
    '<a:graphicData uri="x"><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>in a box</w:t></w:r>'
    "</w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline>"
    "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent><w:p><w:r>"
    "<w:t>in a box</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


@pytest.mark.parametrize(
    ("xml", "told"),
    [
        (TEXT_BOX, "a text box is left out: “in a box”"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>not yet</w:t></w:r>", "hidden text is left out: “not"),
        ("<m:oMath><m:r><m:t>E=mc²</m:t></m:r></m:oMath>", "an equation is left out: “E=mc²”"),
        ("<w:r><w:object/></w:r>", "an embedded object is left out"),
        ('<w:r><w:rPr><w:strike/></w:rPr><w:t>old</w:t></w:r>', "“old” is struck through"),
        ("<w:unheard><w:r><w:t>of a later Word</w:t></w:r></w:unheard>", "“of a later Word”"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>', "a symbol of the font Wingdings"),
        ("<w:r><w:t>a\ue000b</w:t></w:r>", "U+E000 is left out"),
    ],
)  # fmt: skip
def test_what_has_no_place_is_told(xml: str, told: str, desk: Newsroom) -> None:
    word = release_of_word()
    add_xml(word, paragraph_xml(f"<w:r><w:t>Beside it.</w:t></w:r>{xml}"))
    _, output = read(desk, word)
    assert told in output
    assert output.count("in a box") <= 1


def test_long_texts_are_split_or_told(desk: Newsroom) -> None:
    word = release_of_word()
    word.add_paragraph(" ".join(f"Sentence {number} is here." for number in range(400)))
    word.add_picture(picture())
    word.add_paragraph(" ".join(f"Caption {number}." for number in range(900)), style="Caption")
    data, told = read(desk, word)
    paragraphs = [block["paragraph"] for block in data["body"] if "paragraph" in block]
    assert len(paragraphs) > 1
    assert " ".join(paragraphs).split()[-3:] == ["399", "is", "here."]
    assert "Caption 899." not in str(data)
    assert "Caption 899." in told


def test_headers_comments_and_captions_of_nothing_are_told(desk: Newsroom) -> None:
    word = release_of_word()
    word.sections[0].header.paragraphs[0].text = "Ministry of Specimens"
    word.add_comment(word.add_paragraph("Text.").runs, "Is this right?", author="Ali", initials="A")
    _, output = imported(desk, word)
    assert "a header: is left out: “Ministry of Specimens”" in output
    assert "a comment by Ali: is left out: “Is this right?”" in output


# --- what can't be imported ---------------------------------------------------------------------


def _changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            raw = old.read(name)
            new.writestr(name, change(raw) if name == part else raw)
    return made.getvalue()


def _word() -> bytes:
    made = io.BytesIO()
    word = release_of_word()
    word.add_paragraph("Text.")
    word.save(made)
    return made.getvalue()


DOCUMENT = "word/document.xml"
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "is empty"),
    "text": (lambda: b"Dear colleagues", "no Word file"),
    "pdf": (lambda: b"%PDF-1.7\n", "is a PDF file"),
    "rtf": (lambda: b"{\\rtf1 x}", "is an RTF file"),
    "doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old format of Word"),
    "password": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "protected with a password",
    ),
    "cut": (lambda: _word()[:-900], "is damaged"),
    "broken XML": (lambda: _changed(_word(), DOCUMENT, lambda raw: raw[:-30]), "is not sound XML"),
    "entities": (lambda: _changed(_word(), DOCUMENT, lambda _: ENTITY), "document type declaration"),
    "no body": (
        lambda: _changed(_word(), DOCUMENT, lambda _: f"<w:x {nsdecls('w')}/>".encode()),
        "has no text",
    ),
    "deep": (
        lambda: _changed(
            _word(), DOCUMENT, lambda raw: raw.replace(
                b"<w:body>", b"<w:body>" + b"<w:customXml>" * 60, 1
            ).replace(b"</w:body>", b"</w:customXml>" * 60 + b"</w:body>")
        ),
        "nested deeper",
    ),
    "tracked": (
        lambda: _changed(_word(), DOCUMENT, lambda raw: raw.replace(
            b"<w:r><w:t>Text.</w:t></w:r>",
            b'<w:ins w:id="1" w:author="A"><w:r><w:t>Text.</w:t></w:r></w:ins>',
        )),
        "accept or reject the changes first",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_a_file_that_is_no_sound_word_file_is_refused(kind: str, desk: Newsroom) -> None:
    made, told = BAD[kind]
    (desk.root / "sent.docx").write_bytes(made())
    before = tree(desk.root)
    result = desk.run("import", "sent.docx", "r")
    assert result.exit_code == 1, result.output
    assert told in result.output
    assert result.output.count("sent.docx: ") == 1
    assert "internal error" not in result.output
    assert tree(desk.root) == before


def test_a_bomb_is_refused_before_it_is_unpacked(desk: Newsroom) -> None:
    made = io.BytesIO(_word())
    with zipfile.ZipFile(made, "a") as package:
        for number in range(10_000):
            package.writestr(f"word/media/{number}.png", b"")
    (desk.root / "sent.docx").write_bytes(made.getvalue())
    result = desk.run("import", "sent.docx", "r")
    assert result.exit_code == 1
    assert "unpacks to more than" in result.output


def test_a_missing_file_and_a_folder(desk: Newsroom) -> None:
    for name in ("none.docx", "releases"):
        result = desk.run("import", name, "r")
        assert result.exit_code == 1
        assert f"{name}: " in result.output


def test_nothing_is_overwritten_and_nothing_is_left_behind(desk: Newsroom) -> None:
    word = release_of_word()
    word.add_picture(picture())
    saved(word, desk.root)
    folder = desk.root / "releases/r"
    folder.mkdir()
    (folder / "picture-1.png").write_bytes(b"mine")
    before = tree(desk.root)
    result = desk.run("import", "sent.docx", "r")
    assert result.exit_code == 2
    assert "releases/r/picture-1.png is there already" in result.output
    assert tree(desk.root) == before
    for options in (["--language", "es"], ["--kind", "novel"]):
        assert desk.run("import", "sent.docx", "s", *options).exit_code == 2
        assert tree(desk.root) == before


# --- nothing is lost ----------------------------------------------------------------------------


def words_of(text: str) -> set[str]:
    shown = unicodedata.normalize(
        "NFKC", re.sub("[\u200e\u200f\u2066-\u2069\u202a-\u202e]", "", text)
    )
    return set(re.findall(r"\w+", shown))


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_gapress_s_own_word_files_come_back(language: str, kits: Kits, desk: Newsroom) -> None:
    sent = kits.path(ASSEMBLY, language, "docx")
    (desk.root / "sent.docx").write_bytes(sent.read_bytes())
    result = desk.run("import", "sent.docx", "r")
    assert result.exit_code == 0, result.output
    text = (desk.root / "releases/r.yaml").read_text(encoding="utf-8")
    data = parse(text.encode(), "r.yaml").data
    assert data.get("language", "en") == language
    assert data["date"] == "2025-11-24"
    assert {"heading", "quote", "list", "table", "image"} <= {k for b in data["body"] for k in b}
    story, _ = read_word(sent.read_bytes(), "sent.docx")
    from gapress.word.story import text_of

    assert words_of(text_of(story.items)) <= words_of(text + result.output) | {"نونبر", "novembre",
                                                                              "November"}  # fmt: skip


TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn"), max_codepoint=0x2FFF), max_size=40
)
SPANS = st.lists(
    st.builds(
        Span, TEXTS, st.booleans(), st.booleans(), st.sampled_from(["", "https://example.org/a_b"])
    )
    | st.just(NoteMark("1")),
    max_size=6,
)


@some(200)
@given(SPANS)
@example([NoteMark("1"), Span(" ")])
@example([NoteMark("1"), Span(" 0 "), NoteMark("1")])
def test_any_runs_are_written_as_a_text_that_reads_as_they_do(
    pieces: list[Span | NoteMark],
) -> None:
    from gapress.release.markup import tokens

    written = Writer(lambda *_: None).text(pieces, "here")
    read = "".join(
        token.value if token.kind == "text" else "[^1]" if token.kind == "footnote" else ""
        for token in tokens(written)
    )
    meant = "".join(p.text if isinstance(p, Span) else "[^1]" for p in pieces)
    gone = dict.fromkeys(map(ord, "\xad\ufeff\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067"
                                  "\u2068\u2069"))  # fmt: skip
    assert (
        read.translate(gone).split() == meant.translate(gone | {0x2028: " ", 0x2029: " "}).split()
    )


@some(100)
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn")), min_size=1))
def test_any_text_stands_in_a_line_of_yaml(text: str) -> None:
    line = " ".join(text.split(" ")).strip()
    if not line or line.translate(dict.fromkeys(map(ord, "\u2028\u2029\ufeff"))) != line:
        return
    assert parse(f"x: {line_scalar(line)}\n".encode(), "x").data["x"].split() == line.split()


@some(25)
@given(data=st.data())
def test_every_word_of_any_file_is_in_the_release_or_told(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("desk")
    (root / "releases").mkdir()
    (root / "releases/_newsroom.yaml").write_text(FULL, encoding="utf-8")
    word = docx.Document()
    count = 0

    def fresh() -> str:
        nonlocal count
        count += 1
        form = data.draw(st.sampled_from(["w{}", "*w{}*", "“w{}”", "— w{}, x", "• w{}", "{{w{}}}",
                                          "w{}: [x]", "كلمة{}", "# w{}", "w{}\nw", "RABAT – w{}"]))  # fmt: skip
        return form.format(count) if "{{" not in form else f"{{w{count}}}"

    styles = ["Normal", "Title", "Subtitle", "Heading 1", "Heading 3", "List Bullet", "Caption",
              "List Number 2", "Quote", "List Continue", "Intense Quote"]  # fmt: skip
    for _ in range(data.draw(st.integers(0, 12))):
        match data.draw(st.sampled_from(["paragraph", "paragraph", "paragraph", "table", "box"])):
            case "paragraph":
                paragraph = word.add_paragraph(style=data.draw(st.sampled_from(styles)))
                for _ in range(data.draw(st.integers(0, 3))):
                    run = paragraph.add_run(fresh())
                    run.bold, run.italic = data.draw(st.booleans()), data.draw(st.booleans())
                    run.font.hidden = data.draw(st.sampled_from([None, None, True]))
            case "table":
                rows, columns = data.draw(st.integers(1, 3)), data.draw(st.integers(1, 12))
                table = word.add_table(rows, columns)
                for row in table.rows:
                    for cell in row.cells:
                        if data.draw(st.booleans()):
                            cell.text = fresh()
            case _:
                add_xml(word, paragraph_xml(TEXT_BOX.replace("in a box", f"w{count + 1}")))
                count += 1
    saved(word, root)
    wish = WordWish(root / "sent.docx", dt.date(2026, 1, 12), "r")
    made = release_of(Workspace(root), wish)
    text = made.files[made.path].decode() + "\n".join(map(str, made.told))
    found = set(re.findall(r"\d+", text))
    assert {str(number) for number in range(1, count + 1)} <= found
