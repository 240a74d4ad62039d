"""The DOCX writer: what Word, LibreOffice, python-docx and a validator find in the file."""

from __future__ import annotations

import datetime as dt
import io
import re
import runpy
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from conftest import ADVISORY, ASSEMBLY, Kits, Newsroom
from effort import some
from gapress.document import (
    Contact,
    Document,
    Emphasis,
    FactTable,
    Figure,
    Heading,
    Isolate,
    ItemList,
    Language,
    Link,
    Notice,
    Organisation,
    PageCount,
    PageNumber,
    Paragraph,
    Picture,
    Quote,
    ReleaseLine,
    Section,
    Speaker,
    Strong,
    Text,
)
from gapress.errors import ContentError
from gapress.theme import DEFAULT_SCRIPT, SHIPPED_FONTS, Colours, FontSet, Theme
from gapress.writers.docx import write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument
    from openxml_audit import OpenXmlValidator

    from gapress.document import Direction, Inlines

ROOT = Path(__file__).parent.parent
TEMPLATE = (ROOT / "templates" / "press-release.docx").read_bytes()
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
LRM, RLM = "\u200e", "\u200f"
PHONE = "+212 5 00 00 00 00"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{1}" viewBox="0 0 {0} {1}">'
    '<rect width="{0}" height="{1}" fill="#1f3b64"/><text x="4" y="20">INTERPOL</text></svg>'
)
ENGLISH = Language("en", "en-GB", "English", "ltr", "Latn")
ARABIC = Language("ar", "ar-MA", "العربية", "rtl", "Arab")


# --- a small document in two languages ----------------------------------------------------------


def t(text: str) -> Inlines:
    return (Text(text),)


def ltr(text: str, *, unbroken: bool = False) -> Isolate:
    return Isolate("ltr", t(text), unbroken)


def picture(name: str, width: int, height: int) -> Picture:
    data = SVG.format(width, height).encode()
    return Picture(name, "image/svg+xml", data, width, height)


def theme(**changes: Any) -> Theme:
    fonts = {
        "default": FontSet("IBM Plex Serif", "IBM Plex Serif", "IBM Plex Serif", "Cambria", "Gill"),
        "Arab": FontSet(
            "IBM Plex Sans Arabic",
            "IBM Plex Sans Arabic",
            "IBM Plex Sans Arabic",
            "Sakkal Majalla",
            "Traditional Arabic",
        ),
    }
    colours = Colours("#123456", "#111111", "#555555", "#cccccc", "#f0f0f0", "#990000")
    made = Theme(
        paper="A4",
        colours=colours,
        fonts=fonts,
        logo=picture("logo.svg", 120, 60),
        files={"press-release.docx": TEMPLATE},
    )
    return replace(made, **changes)


PHONE_LINK = Link("tel:+212500000000", (ltr(PHONE, unbroken=True),))
SITE = Link("https://www.interpol.int/", (Text("the "), Emphasis(t("INTERPOL")), Text(" site")))


def english(**changes: Any) -> Document:
    made = Document(
        slug="assembly",
        language=ENGLISH,
        status="usable",
        version=2,
        date=dt.date(2025, 11, 24),
        title="Marrakech hosts the assembly",
        subject="Marrakech hosts the assembly",
        description="What " + "a long description " * 20,
        organisation=Organisation(t("Royal Office"), t("Demonstration"), "https://example.org"),
        kind=t("Press release"),
        reference=t("Ref. DGSN/2025/01"),
        date_line=t("24 November 2025"),
        release_line=ReleaseLine(
            embargoed=True,
            text=t("Embargoed until 10:00 (UTC+1)"),
            zones=(t("04:00 in New York"), t("17:00 in Beijing")),
        ),
        notices=(
            Notice(
                "correction", dt.date(2025, 11, 25), t("Correction"), (t("It is 196, not 195."),)
            ),
        ),
        headline=t("Marrakech hosts the assembly"),
        subheadline=t("Delegates agree"),
        summary=t("In short."),
        body=(
            Paragraph(
                (Strong(t("Bold")), Text(" and "), Emphasis((SITE,)), Text(".")),
                dateline=t("MARRAKECH —"),
            ),
            Heading(t("Background")),
            Quote(t("“Words.”"), t("A. Speaker,"), t("Director"), t("Translated from Arabic.")),
            ItemList((t("one"), t("two"))),
            ItemList((t("first"), t("second")), numbered=True),
            ItemList((t("again first"),), numbered=True),
            FactTable(
                t("In figures"),
                (t("Item"), t("Value")),
                ((t("Members"), t("196")), (t("Delegates"), t("1,200"))),
            ),
            Figure(picture("chart.svg", 1600, 400), "A chart", t("Members."), t("Photo: DGSN")),
        ),
        end_mark=t("# # #"),
        sections=(
            Section("notes", t("Notes to editors"), (ItemList((t("a note"),), numbered=True),)),
            Section("boilerplate", t("About us"), (Paragraph(t("We are.")),)),
        ),
        contacts_title=t("Press contacts"),
        contacts=(
            Contact(
                t("Press office"),
                t("Communication"),
                (
                    (t("Telephone"), (PHONE_LINK,)),
                    (t("E-mail"), (Link("mailto:press@example.org", t("press@example.org")),)),
                ),
            ),
        ),
        page_label=(Text("Page "), PageNumber(), Text(" of "), PageCount()),
        labels={"Draft – not for publication": "Draft – not for publication"},
    )
    return replace(made, **changes)


def arabic(**changes: Any) -> Document:
    made = english(
        language=ARABIC,
        organisation=Organisation(t("المديرية"), (), "https://example.org"),
        kind=t("بلاغ صحفي"),
        reference=(Text("المرجع "), ltr("DGSN/2025/01")),
        date_line=t("24 نونبر 2025"),
        release_line=ReleaseLine(embargoed=False, text=t("للنشر الفوري")),
        notices=(),
        headline=t("مراكش تحتضن الجمعية"),
        subheadline=(),
        summary=t("باختصار."),
        body=(
            Paragraph((Text("المنظمة ("), ltr("INTERPOL"), Text(")، الهاتف "), PHONE_LINK)),
            FactTable(t("أرقام"), (t("البند"), t("القيمة")), ((t("الأعضاء"), t("196")),)),
        ),
        sections=(),
        contacts_title=t("للاتصال"),
        contacts=(Contact(t("المكتب"), (), ((t("الهاتف"), (PHONE_LINK,)),)),),
        page_label=(Text("صفحة "), PageNumber(), Text(" من "), PageCount()),
    )
    return replace(made, **changes)


def opened(document: Document, look: Theme | None = None) -> WordDocument:
    return docx.Document(io.BytesIO(write(document, look or theme())))


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def texts(word: WordDocument) -> list[tuple[str, str]]:
    return [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs]


def stories(data: bytes) -> Iterator[tuple[str, etree._Element]]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if re.fullmatch(r"word/(document|header\d+|footer\d+)\.xml", name):
                yield name, etree.fromstring(package.read(name))


NOTICE_IN_TEXT = ("{{ subheadline }}", "{{ subheadline }} {{ organisation_notice }}")


def edited(
    find: str, put: str, name: str = "word/document.xml", also: tuple[str, str] = ("", "")
) -> Theme:
    """Return a theme whose template a designer has changed."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as old, zipfile.ZipFile(changed, "w") as new:
        for entry in old.namelist():
            xml = old.read(entry).decode()
            if entry == name:
                assert find in xml
                xml = xml.replace(find, put).replace(*also)
            new.writestr(entry, xml)
    return theme(files={"press-release.docx": changed.getvalue()})


# --- the template -------------------------------------------------------------------------------


def test_template_is_what_the_tool_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "again.docx"
    tool = ROOT / "tools" / "make_word_template.py"
    monkeypatch.setattr(sys, "argv", [str(tool), str(target)])
    runpy.run_path(str(tool), run_name="__main__")
    assert target.read_bytes() == TEMPLATE


DOCUMENTS = {
    "en": (english(), theme()),
    "ar": (arabic(), theme()),
    "en draft": (english(draft="DRAFT"), theme()),
    "ar draft on Letter without logo": (arabic(draft="مسودة"), theme(paper="Letter", logo=None)),
}


@pytest.mark.parametrize("case", ["template", *DOCUMENTS])
def test_validator_has_no_finding(
    case: str, tmp_path: Path, openxml_validator: OpenXmlValidator
) -> None:
    target = tmp_path / "file.docx"
    target.write_bytes(TEMPLATE if case == "template" else write(*DOCUMENTS[case]))
    assert openxml_validator.validate(target).errors == []


# --- what a reader finds ------------------------------------------------------------------------


def test_text_and_styles_in_reading_order() -> None:
    assert texts(opened(english())) == [
        ("Kind", "Press release"),
        ("Date Line", "24 November 2025 · Ref. DGSN/2025/01"),
        ("Embargo Line", "Embargoed until 10:00 (UTC+1)"),
        ("Release Zones", "04:00 in New York"),
        ("Release Zones", "17:00 in Beijing"),
        ("Notice Title", "Correction"),
        ("Notice Text", "It is 196, not 195."),
        ("Heading 1", "Marrakech hosts the assembly"),
        ("Subheadline", "Delegates agree"),
        ("Summary", "In short."),
        ("Body Text", "MARRAKECH — Bold and the INTERPOL site."),
        ("Heading 2", "Background"),
        ("Quote", "“Words.”"),
        ("Quote Attribution", "A. Speaker, \nDirector"),
        ("Quote Note", "Translated from Arabic."),
        ("List Bullet", "one"),
        ("List Bullet", "two"),
        ("List Number", "first"),
        ("List Number", "second"),
        ("List Number", "again first"),
        ("Table Title", "In figures"),
        ("After Table", ""),
        ("Figure", ""),
        ("Caption", "Members."),
        ("Credit", "Photo: DGSN"),
        ("End Mark", "# # #"),
        ("Heading 2", "Notes to editors"),
        ("Section List Number", "a note"),
        ("Heading 2", "About us"),
        ("Section Text", "We are."),
        ("Heading 2", "Press contacts"),
        ("Contact Name", "Press office"),
        ("Contact Role", "Communication"),
        ("Contact Detail", "Telephone\t+212 5 00 00 00 00"),
        ("Contact Last Detail", "E-mail\tpress@example.org"),
    ]


def test_room_below_a_quotation_that_ends_with_its_speaker() -> None:
    """A note has room below it in its own style; a speaker who is the last gets a style with room."""
    other = (Speaker(t("B. Speaker"), ()),)
    for note, last in (((), "Quote Attribution Last"), (t("Translation"), "Quote Attribution")):
        quote = Quote(t("Words."), t("A. Speaker"), (), note, joint=other)
        word = opened(english(body=(quote, Paragraph(t("After.")))))
        styles = [style for style, text in texts(word) if text.endswith("Speaker")]
        assert styles == ["Quote Attribution", last]


def test_empty_parts_leave_no_trace() -> None:
    word = opened(
        english(
            reference=(), subheadline=(), notices=(), contacts=(), sections=(), body=(),
            end_mark=(), summary=(), release_line=ReleaseLine(embargoed=False, text=t("Now")),
        )
    )  # fmt: skip
    assert texts(word) == [
        ("Kind", "Press release"),
        ("Date Line", "24 November 2025"),
        ("Release Line", "Now"),
        ("Heading 1", "Marrakech hosts the assembly"),
    ]


def test_text_between_two_parts_needs_both() -> None:
    assert ("Date Line", "Ref. DGSN/2025/01") in texts(opened(english(date_line=())))
    assert ("Date Line", "24 November 2025") in texts(opened(english(reference=())))


def test_headers_and_footers() -> None:
    section = opened(english()).sections[0]
    letterhead = section.first_page_header.tables[0]
    assert [cell.text for cell in letterhead.rows[0].cells] == ["", "Royal Office\nDemonstration"]
    head = section.header.paragraphs[0]
    assert head.text == "Royal Office · Ref. DGSN/2025/01 · Embargoed until 10:00 (UTC+1)"
    for footer in (section.footer, section.first_page_footer):
        fields = [e.text.strip() for e in footer._element.iter(f"{W}instrText")]
        assert fields == ["PAGE", "NUMPAGES"]
        assert footer.paragraphs[0].text.replace(" PAGE ", "") == "Page 1 of 1"


def test_running_head_has_no_embargo_without_one() -> None:
    section = opened(arabic()).sections[0]
    assert section.header.paragraphs[0].text == "المديرية · المرجع DGSN/2025/01"


def test_without_logo_the_name_takes_its_place() -> None:
    with_logo = opened(english()).sections[0].first_page_header.tables[0]
    without = opened(english(), theme(logo=None)).sections[0].first_page_header.tables[0]
    assert [cell.text for cell in without.rows[0].cells] == ["Royal Office\nDemonstration"]
    assert without.columns[0].width == sum(column.width for column in with_logo.columns)


def test_fact_table() -> None:
    word = opened(english())
    table = word.tables[0]
    assert table.style.name == "Fact Table"
    cells = [[(c.paragraphs[0].style.name, c.text) for c in row.cells] for row in table.rows]
    assert cells == [
        [("Table Heading", "Item"), ("Table Heading", "Value")],
        [("Table Row Heading", "Members"), ("Table Text", "196")],
        [("Table Row Heading", "Delegates"), ("Table Text", "1,200")],
    ]
    rows = table._tbl.findall(f"{W}tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    # What applies of the table's style, as Word notes it: viewers in a browser go by it.
    notes = [[e.get(f"{W}val") for e in row.iter(f"{W}cnfStyle")] for row in rows]
    assert notes == [["100000000000", "001000000000"], ["001000000000"], ["001000000000"]]
    assert table._tbl.tblPr.find(f"{W}tblCaption").get(f"{W}val") == "In figures"


def test_unknown_block_is_an_error() -> None:
    class Video:
        """A kind of block that the writer of Word files does not know."""

    unknown: Any = Video()
    with pytest.raises(NotImplementedError, match="Video"):
        write(english(body=(unknown,)), theme())


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (30, [0, 1, 2, 29, 30]),  # the header row and two more, and the last two with the note
    ],
)
def test_no_page_ends_inside_a_short_table(rows: int, kept: list[int]) -> None:
    cells = tuple((t(f"Row {number}"), t("12")) for number in range(rows))
    table = FactTable(t("Figures"), (t("City"), t("People")), cells, notes=(t("A note"),))
    word = opened(english(body=(table,)))
    found = [
        number
        for number, row in enumerate(word.tables[0].rows)
        if all(p.paragraph_format.keep_with_next for cell in row.cells for p in cell.paragraphs)
    ]
    assert found == kept
    alone = opened(english(body=(replace(table, notes=()),)))
    last = alone.tables[0].rows[-1].cells[0].paragraphs[0]
    assert last.paragraph_format.keep_with_next is None


def test_columns_have_room_for_their_words() -> None:
    cells = ("Marrakech", "Theme of the session " * 5)
    table = FactTable((), (t("City"), t("In brief")), (tuple(map(t, cells)),))
    word = opened(english(body=(table,)))
    city, brief = (column.width for column in word.tables[0].columns)
    assert city > 9 * 6 * 12700  # nine letters of 6 points, in EMU
    assert brief > 2 * city
    assert city + brief <= word.sections[0].page_width - 2 * word.sections[0].left_margin


def test_each_numbered_list_starts_again_at_one() -> None:
    word = opened(english())
    numbers = {
        paragraph.text: paragraph._p.pPr.numPr.numId.val
        for paragraph in word.paragraphs
        if paragraph._p.pPr.numPr is not None
    }
    assert set(numbers) == {"first", "second", "again first", "a note"}
    assert numbers["first"] == numbers["second"]
    assert len(set(numbers.values())) == 3
    root = word.part.numbering_part.element
    for number in set(numbers.values()):
        start = root.find(f"{W}num[@{W}numId='{number}']/{W}lvlOverride/{W}startOverride")
        assert start.get(f"{W}val") == "1"


def test_pictures() -> None:
    data = write(english(), theme())
    word = docx.Document(io.BytesIO(data))
    chart = word.inline_shapes[0]
    text_width = word.sections[0].page_width - 2 * word.sections[0].left_margin
    assert chart.width == text_width
    assert chart.width / chart.height == pytest.approx(4, rel=0.001)
    described = {
        e.get("descr"): e.get("id")
        for _, root in stories(data)
        for e in root.iter(qn("wp:docPr"))
    }  # fmt: skip
    assert set(described) == {"A chart", "Royal Office"}
    assert len(set(described.values())) == 2
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        media = [name for name in package.namelist() if name.startswith("word/media/")]
        widths = {Image.open(package.open(name)).width for name in media}
    inches = {text_width / 914400, 120 / 96}
    assert widths == {round(220 * width) for width in inches}


def test_small_picture_keeps_its_size() -> None:
    figure = Figure(picture("small.svg", 96, 48), "Small", (), ())
    shape = opened(english(body=(figure,))).inline_shapes[0]
    assert (shape.width, shape.height) == (914400, 457200)


def test_tall_picture_leaves_room_for_its_caption() -> None:
    figure = Figure(picture("tall.svg", 500, 5000), "Tall", (), ())
    word = opened(english(body=(figure,)))
    assert word.inline_shapes[0].height < word.sections[0].page_height * 2 / 3


def test_jpeg_without_jfif_header() -> None:
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, "JPEG")
    data = made.getvalue()
    bare = data[:2] + data[20:]  # without the JFIF segment, as some programs save it
    assert b"JFIF" not in bare
    figure = Figure(Picture("photo.jpg", "image/jpeg", bare, 8, 8), "Photo", (), ())
    written = write(english(body=(figure,)), theme())
    with zipfile.ZipFile(io.BytesIO(written)) as package:
        assert bare in [package.read(n) for n in package.namelist() if n.endswith(".jpg")]


def test_hyperlinks() -> None:
    word = opened(english())
    links = [link for paragraph in word.paragraphs for link in paragraph.hyperlinks]
    assert [(link.address, link.text) for link in links] == [
        ("https://www.interpol.int/", "the INTERPOL site"),
        ("tel:+212500000000", PHONE),
        ("mailto:press@example.org", "press@example.org"),
    ]
    assert [run.style.name for run in links[0].runs] == ["Hyperlink Emphasis"] * 3
    assert [run.style.name for run in links[2].runs] == ["Hyperlink"]


def test_character_styles() -> None:
    nested = Paragraph((Strong((Text("a"), Emphasis(t("b")))), Text("c")), dateline=t("CITY"))
    word = opened(english(body=(nested,)))
    lede = next(p for p in word.paragraphs if p.text.startswith("CITY"))
    assert [(run.text, run.style.name) for run in lede.runs] == [
        ("CITY", "Dateline"),
        (" ", "Default Paragraph Font"),
        ("a", "Strong"),
        ("b", "Strong Emphasis"),
        ("c", "Default Paragraph Font"),
    ]


def test_core_properties() -> None:
    properties = opened(english()).core_properties
    day = dt.datetime(2025, 11, 24, tzinfo=dt.UTC)
    assert properties.title == "Marrakech hosts the assembly"
    assert properties.author == properties.last_modified_by == "Royal Office"
    assert properties.subject == "Press release"
    assert properties.comments == english().description
    assert properties.language == "en-GB"
    assert properties.keywords == ""
    assert properties.revision == 2
    assert properties.created == properties.modified == day


def test_language_for_the_spell_checker() -> None:
    def defaults(document: Document) -> dict[str, str]:
        lang = opened(document).styles.element.find(f"{W}docDefaults").find(f".//{W}lang")
        return {key.removeprefix(W): value for key, value in lang.attrib.items()}

    assert defaults(english())["val"] == "en-GB"
    assert defaults(arabic())["val"] == defaults(arabic())["bidi"] == "ar-MA"


# --- right-to-left ------------------------------------------------------------------------------


def test_everything_is_right_to_left_in_arabic() -> None:
    for name, root in stories(write(arabic(), theme())):
        for paragraph in root.iter(f"{W}p"):
            assert paragraph.find(f"{W}pPr/{W}bidi") is not None, name
        for table in root.iter(f"{W}tbl"):
            assert table.find(f"{W}tblPr/{W}bidiVisual") is not None, name
        for section in root.iter(f"{W}sectPr"):
            assert section.find(f"{W}bidi") is not None
        for run in root.iter(f"{W}r"):
            words = "".join(run.itertext())
            if re.search("[\u0600-\u06ff]", words):
                assert run.find(f"{W}rPr/{W}rtl") is not None, words
            if re.search("[A-Za-z+]", words.replace("PAGE", "").replace("NUMS", "")):
                assert run.find(f"{W}rPr/{W}rtl") is None or "NUM" in words, words


def test_nothing_is_right_to_left_in_english() -> None:
    for _, root in stories(write(english(), theme())):
        for name in ("bidi", "rtl", "bidiVisual"):
            assert root.find(f".//{W}{name}") is None


def test_arabic_words_in_an_english_text() -> None:
    words = Paragraph((Text("He said "), Isolate("rtl", t("شكرا")), Text(" and left.")))
    word = opened(english(body=(words,)))
    paragraph = next(p for p in word.paragraphs if "He said" in p.text)
    assert paragraph.text == "He said شكرا and left."
    assert [run.font.rtl for run in paragraph.runs] == [None, True, None]


@pytest.mark.parametrize(
    ("isolated", "expected"),
    [
        ("INTERPOL", "INTERPOL"),
        ("DGSN/2025/01", "DGSN/2025/01"),
        ("press@example.org", "press@example.org"),
        ("24/11/2025", "24/11/2025"),
        ("10:00", "10:00"),
        ("+212 5", f"{LRM}+212 5"),
        ("24-11-2025", f"{LRM}24-11-2025"),
        ("C++", f"C++{LRM}"),
    ],
)
def test_marks_only_where_plain_text_order_needs_them(isolated: str, expected: str) -> None:
    body = (Paragraph((Text("قبل "), ltr(isolated), Text(" بعد"))),)
    assert ("Body Text", f"قبل {expected} بعد") in texts(opened(arabic(body=body)))


@pytest.mark.parametrize(
    ("between", "expected"),
    [(" / ", f"A{RLM} / B"), (" 93 ", f"A{RLM} 93 B"), (" و ", "A و B")],
)
def test_isolates_do_not_draw_their_neighbours_along(between: str, expected: str) -> None:
    body = (Paragraph((Text("قبل "), ltr("A"), Text(between), ltr("B"))),)
    assert ("Body Text", f"قبل {expected}") in texts(opened(arabic(body=body)))


def test_mark_stands_beside_the_words_not_in_them() -> None:
    word = opened(arabic())
    link = next(link for p in word.paragraphs for link in p.hyperlinks)
    assert [run.text for run in link.runs] == [LRM, PHONE]
    assert [run.font.rtl for run in link.runs] == [None, None]


def test_unbroken_words_copy_as_typed() -> None:
    """Word keeps words on one line only by other characters, and those would be copied."""
    typed = "DGSN-2025-01, 09:00–17:30, U\u2011turn, 12\u00a0kg, +212 5 00-00"
    words = Isolate("ltr", t(typed), unbroken=True)
    for document in (english, arabic):
        root = part(write(document(body=(Paragraph((words,)),)), theme()), "word/document.xml")
        assert typed in [e.text for e in root.iter(f"{W}t")]
        assert root.find(f".//{W}noBreakHyphen") is None


# --- looks --------------------------------------------------------------------------------------

FORMATTING = {
    "b", "bCs", "i", "iCs", "color", "sz", "szCs", "rFonts", "u", "caps", "smallCaps", "shd",
    "spacing", "highlight", "vertAlign", "ind", "jc", "pBdr", "keepLines", "tabs",
    "tblBorders", "tcBorders",
}  # fmt: skip


@pytest.mark.parametrize("case", DOCUMENTS)
def test_no_direct_formatting(case: str) -> None:
    for name, root in stories(write(*DOCUMENTS[case])):
        found = {etree.QName(element).localname for element in root.iter(f"{W}*")}
        assert not found & FORMATTING, name


def test_colours() -> None:
    data = write(english(), theme())
    scheme = part(data, "word/theme/theme1.xml").find(f".//{A}clrScheme")
    slots = {etree.QName(slot).localname: slot[0].get("val") for slot in scheme}
    assert slots["accent1"] == slots["hlink"] == "123456"
    assert (slots["dk1"], slots["dk2"], slots["lt2"]) == ("111111", "555555", "F0F0F0")
    assert (slots["accent2"], slots["accent3"]) == ("990000", "CCCCCC")
    # Programs that read no theme find the same colours as values.
    sheet = part(data, "word/styles.xml")
    kind = sheet.find(f"{W}style[@{W}styleId='Kind']").find(f".//{W}color")
    assert (kind.get(f"{W}themeColor"), kind.get(f"{W}val")) == ("accent1", "123456")
    header = sheet.find(f"{W}style[@{W}styleId='FactTable']").find(f".//{W}shd")
    assert (header.get(f"{W}themeFill"), header.get(f"{W}fill")) == ("accent1", "123456")


def test_lighter_and_darker_theme_colours() -> None:
    plain = '<w:color w:val="1F3B64" w:themeColor="accent1"/>'
    changed = '<w:color w:val="1F3B64" w:themeColor="accent1" w:themeTint="80"/>'
    sheet = part(write(english(), edited(plain, changed, "word/styles.xml")), "word/styles.xml")
    value = sheet.find(f"{W}style[@{W}styleId='Kind']").find(f".//{W}color").get(f"{W}val")
    # #123456 has a luminance of 20.4 %; half way to white it has 60.2 %.
    red, green, blue = (int(value[i : i + 2], 16) for i in (0, 2, 4))
    assert (max(red, green, blue) + min(red, green, blue)) / 510 == pytest.approx(0.6, abs=0.01)


def test_fonts() -> None:
    def families(document: Document) -> dict[str, str]:
        scheme = part(write(document, theme()), "word/theme/theme1.xml").find(f".//{A}fontScheme")
        return {
            f"{etree.QName(kind).localname} {e.get('script') or etree.QName(e).localname}": e.get(
                "typeface"
            )
            for kind in scheme
            for e in kind
            if e.get("typeface")
        }

    assert families(english()) == {
        "majorFont latin": "Gill",
        "majorFont cs": "Gill",
        "majorFont Arab": "Traditional Arabic",
        "minorFont latin": "Cambria",
        "minorFont cs": "Cambria",
        "minorFont Arab": "Sakkal Majalla",
    }
    arab = {"majorFont cs": "Traditional Arabic", "minorFont cs": "Sakkal Majalla"}
    assert families(arabic()) == families(english()) | arab


@pytest.mark.parametrize(
    ("tag", "script", "direction", "slot", "kinds"),
    [
        ("zh-CN", "Hans", "ltr", "eastAsia", {"ea": "SimSun", "cs": "SimSun", "latin": "Cambria"}),
        ("ja-JP", "Jpan", "ltr", "eastAsia", {"ea": "MS Mincho", "latin": "Cambria"}),
        ("he-IL", "Hebr", "rtl", "bidi", {"cs": "Arial", "latin": "Cambria"}),
        ("zgh-MA", "Tfng", "ltr", "val", {"latin": "Ebrima", "cs": "Ebrima"}),
        ("ru-RU", "Cyrl", "ltr", "val", {"latin": "Cambria", "cs": "Cambria"}),
    ],
)
def test_fonts_and_language_of_a_script(
    tag: str, script: str, direction: Direction, slot: str, kinds: dict[str, str]
) -> None:
    language = Language(tag.partition("-")[0], tag, "A language", direction, script)
    chosen = theme(fonts={**SHIPPED_FONTS, DEFAULT_SCRIPT: theme().fonts[DEFAULT_SCRIPT]})
    data = write(replace(english(), language=language), chosen)
    minor = part(data, "word/theme/theme1.xml").find(f".//{A}minorFont")
    for kind, family in kinds.items():
        assert minor.find(f"{A}{kind}").get("typeface") == family
    defaults = part(data, "word/styles.xml").find(f"{W}docDefaults").find(f".//{W}lang")
    assert defaults.get(f"{W}{slot}") == tag
    assert part(data, "word/settings.xml").find(f"{W}themeFontLang").get(f"{W}{slot}") == tag


@pytest.mark.parametrize(("paper", "size"), [("A4", (210, 297)), ("Letter", (216, 279))])
def test_paper(paper: str, size: tuple[int, int]) -> None:
    section = opened(english(), theme(paper=paper)).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == size


@pytest.mark.parametrize("document", [english(draft="DRAFT"), arabic(draft="مسودة & <1>")])
def test_draft_has_a_watermark_on_every_page(document: Document) -> None:
    text_paths = {
        name: list(root.iter("{urn:schemas-microsoft-com:vml}textpath"))
        for name, root in stories(write(document, theme()))
        if "header" in name
    }
    words = [[e.get("string") for e in found if e.get("string")] for found in text_paths.values()]
    assert words == [[document.draft], [document.draft]]


def test_draft_on_a_template_without_headers(
    tmp_path: Path, openxml_validator: OpenXmlValidator
) -> None:
    references = (
        '<w:headerReference w:type="default" r:id="rId6"/>'
        '<w:headerReference w:type="first" r:id="rId7"/>'
    )
    target = tmp_path / "draft.docx"
    document = english(draft="DRAFT", organisation=Organisation(t("Royal Office"), (), ""))
    target.write_bytes(write(document, edited(references, "", also=NOTICE_IN_TEXT)))
    assert openxml_validator.validate(target).errors == []
    section = docx.Document(str(target)).sections[0]
    for header in (section.header, section.first_page_header):
        assert len(list(header._element.iter(f"{W}pict"))) == 1


def test_no_watermark_on_a_release() -> None:
    assert b"WaterMark" not in b"".join(
        etree.tostring(root) for _, root in stories(write(english(), theme()))
    )


# --- the designer's template --------------------------------------------------------------------


def test_designer_moves_and_restyles_a_part() -> None:
    typed = '<w:pStyle w:val="Kind"/></w:pPr><w:r><w:t xml:space="preserve">{{ kind }}'
    split = (
        '<w:pStyle w:val="EndMark"/></w:pPr><w:r><w:rPr><w:i/><w:lang w:val="fr-FR"/></w:rPr>'
        '<w:t xml:space="preserve">No. {{</w:t></w:r><w:proofErr w:type="spellStart"/><w:r>'
        "<w:rPr><w:i/></w:rPr><w:t>kind</w:t></w:r><w:r><w:t>}} {{ reference }} (end)"
    )
    word = opened(english(), edited(typed, split))
    paragraph = word.paragraphs[0]
    assert paragraph.text == "No. Press release Ref. DGSN/2025/01 (end)"
    assert paragraph.style.name == "End Mark"
    kind = next(run for run in paragraph.runs if run.text == "Press release")
    assert kind.italic
    assert kind._r.find(f".//{W}lang") is None


@pytest.mark.parametrize(
    ("find", "put", "name", "message"),
    [
        ("{{ kind }}", "{{ kindd }}", "word/document.xml", "unknown placeholder {{ kindd }}"),
        ("{{ body }}", "x {{ body }}", "word/document.xml", "other text beside {{ body }}"),
        ('w:val="Quote Note"', 'w:val="Q"', "word/styles.xml", "lacks the styles “Quote Note”"),
    ],
)
def test_template_that_can_not_be_used(find: str, put: str, name: str, message: str) -> None:
    with pytest.raises(ContentError, match=re.escape(message)) as caught:
        write(english(), edited(find, put, name))
    assert caught.value.problems[0].path == "templates/press-release.docx"
    assert caught.value.problems[0].hint


@pytest.mark.parametrize(
    ("files", "message"),
    [({}, "missing"), ({"press-release.docx": b"PK no"}, "can't be read")],
)
def test_no_template(files: dict[str, bytes], message: str) -> None:
    with pytest.raises(ContentError, match=message):
        write(english(), theme(files=files))


def test_traces_of_the_designer_stay_out() -> None:
    private = '<w:rsids><w:rsidRoot w:val="00AB12CD"/></w:rsids><w:themeFontLang'
    look = edited("<w:themeFontLang", private, "word/settings.xml")
    assert b"00AB12CD" not in etree.tostring(part(write(english(), look), "word/settings.xml"))
    look = edited("Press release</dc:title>", "x</dc:title><dc:creator>Jane</dc:creator>",
                  "docProps/core.xml")  # fmt: skip
    assert b"Jane" not in etree.tostring(part(write(english(), look), "docProps/core.xml"))
    look = edited("<Application>", "<Company>Jane Ltd</Company><Application>", "docProps/app.xml")
    assert b"Jane" not in etree.tostring(part(write(english(), look), "docProps/app.xml"))


# --- bytes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", DOCUMENTS)
def test_same_bytes_at_any_time(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = write(*DOCUMENTS[case])
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert write(*DOCUMENTS[case]) == before
    with zipfile.ZipFile(io.BytesIO(before)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


TEXTS = st.text(
    st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"),
    min_size=1,
)


@given(TEXTS, TEXTS)
@some(30)
def test_any_text_reads_back(plain: str, marked: str) -> None:
    body = (Paragraph((Text(plain), Strong((Text(marked),)))),)
    for document in (english(body=body), arabic(body=body)):
        assert ("Body Text", plain + marked) in texts(opened(document))


# --- the sample newsroom -------------------------------------------------------------------------


@pytest.mark.parametrize("slug", [ASSEMBLY, ADVISORY])
@pytest.mark.parametrize("code", ["en", "fr", "ar"])
def test_every_text_of_the_samples_is_in_the_word_file(
    slug: str, code: str, kits: Kits, documents: dict[tuple[str, str], Document]
) -> None:
    """Read back by python-docx; marks of direction apart, which stand beside the words."""

    def squeezed(text: str) -> str:
        return re.sub(r"[\s\u200e\u200f]+", " ", text).strip()

    word = docx.Document(str(kits.path(slug, code, "docx")))
    header = [p.text for section in word.sections for p in section.first_page_header.paragraphs]
    header += [
        p.text
        for section in word.sections
        for table in section.first_page_header.tables
        for row in table.rows
        for cell in row.cells
        for p in cell.paragraphs
    ]
    cells = [c.text for table in word.tables for row in table.rows for c in row.cells]
    shown = squeezed(" ".join([*header, *(p.text for p in word.paragraphs), *cells]))
    for text in documents[slug, code].texts():
        assert squeezed(text) in shown


def test_a_link_in_a_tables_heading_looks_like_the_heading(newsroom: Newsroom) -> None:
    link = "'[a link](https://example.org/)'"
    table = f"  - table: T\n    columns: [{link}, b]\n    rows: [[c, {link}]]\nfacts:"
    newsroom.edit("releases/news.yaml", "facts:", table)
    assert newsroom.run("render", "-l", "en", "-f", "docx").exit_code == 0
    document = docx.Document(str(newsroom.root / "dist/news/en/news_en.docx"))
    (found,) = (t for t in document.tables if "a link" in t.cell(0, 0).text)
    styles = [
        [style.get(qn("w:val")) for style in cell._tc.iter(qn("w:rStyle"))]
        for cell in (found.cell(0, 0), found.cell(1, 1))
    ]
    assert styles == [[], ["Hyperlink"]]
    assert all(cell._tc.findall(f".//{qn('w:hyperlink')}") for cell in found.rows[0].cells[:1])
