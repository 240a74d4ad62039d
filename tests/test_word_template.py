"""The designer's Word template: what is refused, what is taken out, what is understood."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effort import some
from gapress.document import Identifier, Paragraph, plain
from gapress.errors import ContentError
from gapress.writers.docx import check_template, write
from gapress.writers.docx.parts import BLOCK_PARTS, INLINE_PARTS, LATER_PARTS
from test_docx import TEMPLATE, arabic, english, t, theme

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from openxml_audit import OpenXmlValidator

    from conftest import Newsroom
    from gapress.document import Document

DOCUMENT = "word/document.xml"
RELATIONS = "word/_rels/document.xml.rels"
TYPES = "[Content_Types].xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
EXTERNAL = ' TargetMode="External"'
BY = 'w:id="7" w:author="A. Colleague" w:date="2025-01-02T03:04:05Z"'


def run(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="Subheadline"/></w:pPr>{content}</w:p>'


SUBHEADLINE = paragraph(run("{{ subheadline }}"))


@dataclass(frozen=True)
class Edit:
    """What a designer's program did to the shipped template.

    Attributes:
        swap: Texts to replace, by part.
        parts: Parts to add.
        relations: Relationships of the text to add: type, target, and whether it is outside.
    """

    swap: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    relations: tuple[tuple[str, str, bool], ...] = ()


def text(content: str) -> Edit:
    """Put something in place of the subheadline's paragraph."""
    return Edit({DOCUMENT: (SUBHEADLINE, content)})


def made(edit: Edit) -> bytes:
    swap = dict(edit.swap)
    if edit.relations:
        entries = "".join(
            f'<Relationship Id="new{number}" Type="{kind if ":" in kind else f"{OFFICE}/{kind}"}" '
            f'Target="{target}"{EXTERNAL if outside else ""}/>'
            for number, (kind, target, outside) in enumerate(edit.relations)
        )
        swap[RELATIONS] = ("</Relationships>", f"{entries}</Relationships>")
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            xml = old.read(name).decode()
            if name in swap:
                before, after = swap[name]
                assert before in xml, (name, before)
                xml = xml.replace(before, after, 1)
            new.writestr(name, xml)
        for name, content in edit.parts.items():
            new.writestr(name, content)
    return target.getvalue()


def messages(data: bytes) -> list[str]:
    look = theme(files={"press-release.docx": data})
    return [f"{p.message}; {p.hint}" for p in check_template(look)]


def written(data: bytes, document: Document | None = None) -> bytes:
    return write(document or english(), theme(files={"press-release.docx": data}))


def everything(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return "\n".join(
            f"{name}\n{package.read(name).decode(errors='replace')}" for name in package.namelist()
        )


def test_shipped_template_is_fine() -> None:
    assert messages(TEMPLATE) == []


# --- what is refused ----------------------------------------------------------------------------

IN_TEXT = "word/document.xml, “{{ subheadline }}”"
CHANGED = f"<w:rPr><w:b/><w:rPrChange {BY}><w:rPr/></w:rPrChange></w:rPr>"
INSERTED_MARK = f"<w:rPr><w:ins {BY}/></w:rPr>"
STYLED = '<w:pPr><w:pStyle w:val="Subheadline"/>'
TABLE = (
    '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/>{0}</w:tblPr><w:tblGrid>'
    '<w:gridCol w:w="5000"/></w:tblGrid><w:tr>{1}<w:tc><w:tcPr>'
    '<w:tcW w:w="5000" w:type="dxa"/>{2}</w:tcPr>{3}</w:tc></w:tr></w:tbl>'
)
COMMENTS = (
    f"<w:comments {W}><w:comment {BY}><w:p><w:r><w:t>why so big?</w:t></w:r></w:p></w:comment>"
    "</w:comments>"
)
FOOTNOTES = (
    f'<w:footnotes {W}><w:footnote w:id="2"><w:p>{run("see {{ body }}")}</w:p></w:footnote>'
    "</w:footnotes>"
)


def field_of(code: str, result: str = "Jane") -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText> {code} </w:instrText></w:r>"
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(result)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def beside(content: str) -> Edit:
    return text(SUBHEADLINE + paragraph(run("Fixed words") + content))


REFUSED = {
    # Tracked changes (ECMA-376 Part 1, 17.13.5): of words, marks, formatting, tables, pages.
    "ins": (
        text(paragraph(f"<w:ins {BY}>{run('{{ subheadline }}')}</w:ins>")),
        f"a tracked insertion by A. Colleague in {IN_TEXT}",
    ),
    "del": (
        beside(f"<w:del {BY}><w:r><w:delText>old</w:delText></w:r></w:del>"),
        "a tracked deletion by A. Colleague in word/document.xml, “Fixed wordsold”",
    ),
    "moveFrom": (beside(f"<w:moveFrom {BY}>{run('x')}</w:moveFrom>"), "a tracked move"),
    "moveTo": (beside(f"<w:moveTo {BY}>{run('x')}</w:moveTo>"), "a tracked move"),
    "rPrChange": (
        text(paragraph(run("{{ subheadline }}", CHANGED))),
        f"a tracked change of formatting by A. Colleague in {IN_TEXT}",
    ),
    "pPrChange": (
        text(SUBHEADLINE.replace(STYLED, f"{STYLED}<w:pPrChange {BY}><w:pPr/></w:pPrChange>")),
        "a tracked change of formatting",
    ),
    "paragraph mark": (
        text(SUBHEADLINE.replace(STYLED, STYLED + INSERTED_MARK)), "a tracked insertion",
    ),
    "numbering": (
        text(SUBHEADLINE.replace(STYLED, f'{STYLED}<w:numPr><w:numberingChange {BY}/></w:numPr>')),
        "a tracked change of formatting",
    ),
    "table": (
        text(TABLE.format(f"<w:tblPrChange {BY}><w:tblPr/></w:tblPrChange>", "", "", SUBHEADLINE)),
        "a tracked change of formatting",
    ),
    "row": (
        text(TABLE.format("", f"<w:trPr><w:ins {BY}/></w:trPr>", "", SUBHEADLINE)),
        "a tracked insertion",
    ),
    "cell": (
        text(TABLE.format("", "", f"<w:cellIns {BY}/>", SUBHEADLINE)),
        "a tracked insertion of a cell",
    ),
    "section": (
        Edit({DOCUMENT: ("</w:sectPr>", f"<w:sectPrChange {BY}><w:sectPr/></w:sectPrChange></w:sectPr>")}),
        "a tracked change of formatting by A. Colleague in word/document.xml",
    ),
    "style": (
        Edit({"word/styles.xml": ("<w:qFormat/><w:pPr><w:keepNext/>",
            f"<w:qFormat/><w:pPr><w:keepNext/><w:pPrChange {BY}><w:pPr/></w:pPrChange>")}),
        "word/styles.xml, style “Kind”",
    ),
    "header": (
        Edit({"word/header1.xml": ("<w:r>", f"<w:ins {BY}><w:r/></w:ins><w:r>")}),
        "a tracked insertion by A. Colleague in word/header1.xml, “{{ draft_line }}",
    ),
    "comment": (
        Edit(
            {DOCUMENT: (SUBHEADLINE, paragraph(
                '<w:commentRangeStart w:id="7"/>' + run("{{ subheadline }}")
                + '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'))},
            {"word/comments.xml": COMMENTS}, (("comments", "comments.xml", False),),
        ),
        f"a comment by A. Colleague, “why so big?”, in {IN_TEXT}",
    ),
    # Placeholders.
    "misspelt": (
        text(paragraph(run("{{ Sub headline }}"))), "{{ Sub headline }} in word/document.xml, "
        "“{{ Sub headline }}”; did you mean {{ subheadline }}?",
    ),
    "unknown": (
        beside(run("{{ weather }}")), "an unknown placeholder {{ weather }} in word/document.xml, "
        "“Fixed words{{ weather }}”; known ones are",
    ),
    "one brace": (
        text(paragraph(run("{subheadline}"))), "{subheadline} in word/document.xml, "
        "“{subheadline}”; did you mean {{ subheadline }}?",
    ),
    "Jinja": (beside(run("{% if x %}")), "an unknown placeholder {% if x %}"),
    "filter": (beside(run("{{ headline|upper }}")), "an unknown placeholder {{ headline|upper }}"),
    "half": (beside(run("{{ headline")), "half a placeholder"),
    "over paragraphs": (
        text(SUBHEADLINE + paragraph(run("{{ head")) + paragraph(run("line }}"))),
        "half a placeholder",
    ),
    "beside": (
        Edit({DOCUMENT: ("{{ body }}", "Text: {{ body }}")}), "other text beside {{ body }}",
    ),
    "in a link": (
        beside(f'<w:hyperlink w:anchor="x">{run("{{ reference }}")}</w:hyperlink>'),
        "take the link or field around it away",
    ),
    "in a field": (
        beside(f'<w:fldSimple w:instr="PAGE">{run("{{ reference }}")}</w:fldSimple>'),
        "braces that nothing replaces, “{{ reference }}”",
    ),
    "alternative text": (
        Edit({"word/header2.xml": ("{{ logo }}</w:t></w:r>", '{{ logo }}</w:t></w:r></w:p><w:p><w:r>'
            '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
            'wordprocessingDrawing"><wp:docPr id="9" name="x" descr="{{ headline }}"/></wp:inline>'
            "</w:drawing></w:r>")}),
        "braces that nothing replaces, “{{ headline }}”, in word/header2.xml",
    ),
    "footnote": (
        Edit({}, {"word/footnotes.xml": FOOTNOTES}, (("footnotes", "footnotes.xml", False),)),
        "braces that nothing replaces, “see {{ body }}”, in word/footnotes.xml, “see {{ body }}”",
    ),
    "list": (
        Edit({"word/numbering.xml": ('w:val="%1."', 'w:val="{{ kind }} %1."')}),
        "braces that nothing replaces, “{{ kind }} %1.”, in word/numbering.xml",
    ),
    # What the designer's machine knows.
    "file name": (
        beside(field_of(r"FILENAME \p")), "the field FILENAME in word/document.xml, “Fixed words",
    ),
    "author": (beside('<w:fldSimple w:instr=" AUTHOR "/>'), "the field AUTHOR"),
    "day": (beside(field_of('DATE \\@ "d MMMM yyyy"')), "the field DATE"),
    "property": (beside(field_of("DOCPROPERTY Client")), "the field DOCPROPERTY"),
    "words of the template": (beside(field_of('STYLEREF "heading 1"')), "the field STYLEREF"),
    "merge": (beside(field_of("MERGEFIELD Name")), "the field MERGEFIELD"),
    "field's link": (beside(field_of(r'HYPERLINK "file:///C:/x"')), "a link to file:///C:/x"),
    "link": (
        Edit({}, {}, (("hyperlink", r"\\server\share\brief.doc", True),)),
        r"a link to \\server\share\brief.doc",
    ),
    "link's placeholder": (
        Edit({}, {}, (("hyperlink", "https://example.org/%7B%7Bslug%7D%7D", True),)),
        "a link to https://example.org/",
    ),
    "linked picture": (
        Edit({}, {}, (("image", "https://example.org/logo.png", True),)), "a linked image",
    ),
    "path": (
        beside('<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" '
               r'alt="C:\Users\jane\logo.png"/></w:pict></w:r>'),
        r"the path of a file, C:\Users\jane\logo.png",
    ),
    "hidden": (beside(run("draft 3", "<w:rPr><w:vanish/></w:rPr>")), "hidden text"),
    "prompt": (
        beside("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
               f"{run('Click here')}</w:sdtContent></w:sdt>"),
        "a content control that still shows its prompt in word/document.xml, “Fixed wordsClick here”",
    ),
    # What no text needs.
    "macros": (
        Edit({}, {"word/vbaProject.bin": "x"}, (
            ("http://schemas.microsoft.com/office/2006/relationships/vbaProject",
             "vbaProject.bin", False),)),
        "has macros in word/document.xml",
    ),
    "docm": (
        Edit({TYPES: (f"{WORD_TYPE}.document.main+xml",
                      "application/vnd.ms-word.document.macroEnabled.main+xml")}),
        "has macros in the whole file",
    ),
    "object": (
        Edit({}, {"word/embeddings/o.bin": "x"}, (("oleObject", "embeddings/o.bin", False),)),
        "an embedded object",
    ),
    "linked object": (
        Edit({}, {}, (("oleObject", "file:///C:/budget.xlsx", True),)), "an embedded object",
    ),
    "inserted file": (
        Edit({}, {"word/a.html": "x"}, (("aFChunk", "a.html", False),)), "an inserted file",
    ),
    "unknown part": (
        Edit({DOCUMENT: (SUBHEADLINE, SUBHEADLINE + '<w:p><w:r><w:unknown r:id="new0"/></w:r></w:p>')},
             {"word/odd.xml": "<odd/>"}, (("https://example.org/odd", "odd.xml", False),)),
        "something that gapress does not know (odd)",
    ),
    "lost picture": (Edit({}, {}, (("image", "NULL", False),)), "a part that is lost, word/NULL"),
    "no styles": (Edit({"word/styles.xml": ('w:val="Quote Note"', 'w:val="Q"')}),
                  "lacks the styles “Quote Note” (paragraph)"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_refused(case: str) -> None:
    edit, message = REFUSED[case]
    data = made(edit)
    found = messages(data)
    assert any(message in said for said in found), found
    with pytest.raises(ContentError):
        written(data)


@pytest.mark.parametrize("case", ["ins", "misspelt", "comment", "one brace"])
def test_one_mistake_is_one_problem(case: str) -> None:
    assert len(messages(made(REFUSED[case][0]))) == 1


def test_many_places_of_one_fault_are_counted() -> None:
    many = "".join(paragraph(run(f"{n}") + f"<w:ins {BY}>{run('x')}</w:ins>") for n in range(40))
    found = messages(made(text(SUBHEADLINE + many)))
    assert len(found) == 11
    assert "tracked insertion by A. Colleague in more places" in found[-1]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "can't be read"),
        (b"PK\x03\x04 no", "can't be read"),
        (b"\xd0\xcf\x11\xe0 a .doc", "protected with a password, or is in the old format"),
        (made(Edit({DOCUMENT: ("<w:body>", "<w:body><w:p>")})), "word/document.xml is damaged"),
        (
            made(Edit({DOCUMENT: ("<w:document", "<!DOCTYPE x [<!ENTITY a 'b'>]><w:document")})),
            "a document type declaration",
        ),
        (
            made(
                Edit({DOCUMENT: (W, 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"')})
            ),
            "Strict Open XML",
        ),
        (made(Edit({RELATIONS: (f"{OFFICE}/theme", f"{OFFICE}/x")})), "has no theme"),
    ],
)
def test_file_that_is_no_template(data: bytes, message: str) -> None:
    assert message in "".join(messages(data))


@pytest.mark.parametrize("name", sorted({*INLINE_PARTS, *BLOCK_PARTS}))
def test_no_text_of_a_release_gets_lost(name: str) -> None:
    """A placeholder may be missing only where it stands for furniture of the page."""
    furniture = {"organisation", "end_mark", "page_label", "contacts_title", "draft_line"}
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            new.writestr(part, old.read(part).decode().replace(f"{{{{ {name} }}}}", ""))
    found = messages(target.getvalue())
    # The shipped template has two placeholders in place of {{ release_line }}; what came later
    # than many a template gets a place by itself.
    if name in {*furniture, "release_line", *LATER_PARTS}:
        assert found == []
    else:
        assert [f"no place for {{{{ {name} }}}}:" in said for said in found] == [True]


def test_what_came_later_gets_a_place_in_an_older_template() -> None:
    older = {f"{{{{ {name} }}}}": "" for name in LATER_PARTS}
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as old, zipfile.ZipFile(target, "w") as new:
        for part in old.namelist():
            words = old.read(part).decode()
            for placeholder in older:
                words = words.replace(placeholder, "")
            new.writestr(part, words)
    number = Identifier("isin", t("ISIN: US0378331005"), "ISIN", "US0378331005")
    document = replace(english(), identifiers=(number, number), regulatory=t("Inside information"))
    for template in (TEMPLATE, target.getvalue()):
        data = written(template, document)
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            shown = re.sub("<[^>]+>", "", package.read(DOCUMENT).decode())
        places = [
            shown.index(plain(part))
            for part in (document.date_line, number.line, document.regulatory, document.headline)
        ]
        assert places == sorted(places)
        assert shown.count("ISIN: US0378331005 · ISIN: US0378331005") == 1
        assert shown.count("Inside information") == 1


def test_release_line_in_one_placeholder() -> None:
    line = "{{ immediate_release }}", "{{ release_line }}"
    embargo = re.escape(paragraph(run("{{ embargo }}")).replace("Subheadline", "EmbargoLine"))
    with zipfile.ZipFile(io.BytesIO(made(Edit({DOCUMENT: line})))) as package:
        xml = re.sub(embargo, "", package.read(DOCUMENT).decode())
    assert "embargo" not in xml
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as package:
        before = package.read(DOCUMENT).decode()
    data = made(Edit({DOCUMENT: (before, xml)}))
    assert messages(data) == []
    shown = docx.Document(io.BytesIO(written(data))).paragraphs
    assert "Embargoed until 10:00 (UTC+1)" in [p.text for p in shown]


# --- what is understood -------------------------------------------------------------------------


def control(content: str, properties: str = "") -> str:
    return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"


BOUND = (
    '<w:alias w:val="Subheadline"/><w:lock w:val="sdtContentLocked"/><w:dataBinding '
    'w:xpath="/x" w:storeItemID="{5B2E3B3B-1111-4444-8888-0123456789AB}"/>'
)
PROMPTING = '<w:placeholder><w:docPart w:val="X"/></w:placeholder><w:showingPlcHdr/>'
GREY = '<w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr>'
PLAIN_TABLE = TABLE.format("", "", "", SUBHEADLINE)
UNDERSTOOD = {
    "control around words": text(paragraph(control(run("{{ subheadline }}")))),
    "control around a block": text(control(SUBHEADLINE, BOUND)),
    "control around a cell": text(
        PLAIN_TABLE.replace("<w:tc>", "<w:sdt><w:sdtContent><w:tc>").replace(
            "</w:tc>", "</w:tc></w:sdtContent></w:sdt>"
        )
    ),
    "control around a row": text(
        PLAIN_TABLE.replace("<w:tr>", "<w:sdt><w:sdtContent><w:tr>").replace(
            "</w:tr>", "</w:tr></w:sdtContent></w:sdt>"
        )
    ),
    "control in a control": text(paragraph(control(control(run("{{ sub"))) + run("headline }}"))),
    "control that prompts": text(paragraph(control(run("{{ subheadline }}", GREY), PROMPTING))),
    "smart tag": text(
        paragraph(
            '<w:smartTag w:uri="x" w:element="place"><w:smartTagPr/>'
            f"{run('{{ subheadline')}</w:smartTag>{run(' }}')}"
        )
    ),
    "split": text(
        paragraph(
            f'{run("{")}<w:proofErr w:type="spellStart"/>{run("{ sub")}'
            '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
            f"<w:r><w:t>head</w:t><w:lastRenderedPageBreak/><w:t>line</w:t></w:r>{run(' }}')}"
        )
    ),
    "no-break spaces": text(paragraph(run("{{\u00a0subheadline\u00a0}}"))),
    "page number": beside(field_of("PAGE", "1")),
    "template": Edit({TYPES: (f"{WORD_TYPE}.document.main+xml", f"{WORD_TYPE}.template.main+xml")}),
}


@pytest.mark.parametrize("case", UNDERSTOOD)
def test_understood(case: str, tmp_path: Path, openxml_validator: OpenXmlValidator) -> None:
    data = made(UNDERSTOOD[case])
    assert messages(data) == []
    file = tmp_path / "made.docx"
    file.write_bytes(written(data))
    assert openxml_validator.validate(file).errors == []
    word = docx.Document(str(file))
    cells = [cell.text for table in word.tables for cell in table.rows[0].cells]
    assert "Delegates agree" in [*cells, *(p.text for p in word.paragraphs)]
    assert "PlaceholderText" not in everything(file.read_bytes())
    assert "<w:sdt" not in everything(file.read_bytes())


def test_what_is_no_text_keeps_its_place() -> None:
    """A link, a picture or a break beside placeholders stays between the words around it."""
    link = f'<w:hyperlink w:anchor="here">{run("here")}</w:hyperlink>'
    content = f'{run("See ")}{link}{run(" and {{ subheadline }}, ")}<w:r><w:sym w:char="F0E0" w:font="Wingdings"/><w:t>end</w:t></w:r>'
    word = docx.Document(io.BytesIO(written(made(text(paragraph(content))))))
    found = next(p for p in word.paragraphs if "Delegates" in p.text)
    assert found.text == "See here and Delegates agree, end"
    xml = found._p.xml
    assert xml.index("here") < xml.index("Delegates") < xml.index("Wingdings") < xml.index(">end<")


def test_landscape_stays() -> None:
    data = made(
        Edit(
            {DOCUMENT: ('w:w="11906" w:h="16838"', 'w:w="16838" w:h="11906" w:orient="landscape"')}
        )
    )
    section = docx.Document(io.BytesIO(written(data))).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)


def test_text_without_page_settings() -> None:
    with zipfile.ZipFile(io.BytesIO(TEMPLATE)) as package:
        section = re.search("<w:sectPr>.*</w:sectPr>", package.read(DOCUMENT).decode())
    assert section
    data = made(Edit({DOCUMENT: (section[0], "")}))
    assert "{{ organisation_notice }}" in "".join(messages(data))
    data = made(Edit({DOCUMENT: (section[0], paragraph(run("{{ organisation_notice }}")))}))
    assert messages(data) == []
    made_section = docx.Document(io.BytesIO(written(data))).sections[0]
    assert round(made_section.page_width.mm) == 210
    assert round(made_section.left_margin.mm) == 25


# --- what is taken out --------------------------------------------------------------------------

SECRET = "Jane-at-her-desk"
SETTING = "<w:zoom"
TAKEN_OUT = {
    "revision ids": text(SUBHEADLINE.replace("<w:p>", f'<w:p w:rsidR="{SECRET}">')),
    "editors": text(
        f'<w:permStart w:id="1" w:ed="{SECRET}"/>{SUBHEADLINE}<w:permEnd w:id="1"/>'
    ),
    "bookmark": text(
        paragraph(
            f'<w:bookmarkStart w:id="0" w:name="{SECRET}"/>{run("{{ subheadline }}")}'
            '<w:bookmarkEnd w:id="0"/>'
        )
    ),
    "marks of a comment that is gone": text(
        paragraph(
            f'<w:commentRangeStart w:id="7"/>{run("{{ subheadline }}")}<w:commentRangeEnd w:id="7"/>'
            '<w:r><w:commentReference w:id="7"/></w:r>'
        )
    ),
    "control's name": text(control(SUBHEADLINE, f'<w:tag w:val="{SECRET}"/>')),
    "variables": Edit(
        {"word/settings.xml": (SETTING, f'<w:docVars><w:docVar w:name="{SECRET}"/></w:docVars>{SETTING}')}
    ),
    "protection": Edit(
        {"word/settings.xml": (SETTING, f'<w:writeProtection w:hash="{SECRET}"/>{SETTING}')}
    ),
    "file's id": Edit(
        {"word/settings.xml": (SETTING,
            '<w15:docId xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
            f'w15:val="{SECRET}"/>{SETTING}')}
    ),
    "attached template": Edit(
        {"word/settings.xml": (SETTING,
            f'<w:attachedTemplate xmlns:r="{OFFICE}" r:id="rId1"/>{SETTING}')},
        {"word/_rels/settings.xml.rels":
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{OFFICE}/attachedTemplate" '
            f'Target="file:///C:/{SECRET}.dotx" TargetMode="External"/></Relationships>'},
    ),
    "mail merge": Edit(
        {"word/settings.xml": (SETTING,
            f'<w:mailMerge xmlns:r="{OFFICE}"><w:dataSource r:id="rId1"/></w:mailMerge>{SETTING}')},
        {"word/_rels/settings.xml.rels":
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{OFFICE}/mailMergeSource" '
            f'Target="file:///C:/{SECRET}.xlsx" TargetMode="External"/></Relationships>'},
    ),
    "printer": Edit(
        {DOCUMENT: ("<w:titlePg/>", '<w:titlePg/><w:printerSettings r:id="new0"/>')},
        {"word/printerSettings1.bin": SECRET},
        (("printerSettings", "printerSettings1.bin", False),),
    ),
    "people": Edit(
        {}, {"word/people.xml": f"<x>{SECRET}</x>"},
        (("http://schemas.microsoft.com/office/2011/relationships/people", "people.xml", False),),
    ),
    "empty list of comments": Edit(
        {}, {"word/comments.xml": f"<w:comments {W}><!-- {SECRET} --></w:comments>"},
        (("comments", "comments.xml", False),),
    ),
    "building blocks": Edit(
        {}, {"word/glossary/document.xml": f"<w:glossaryDocument {W}>{SECRET}</w:glossaryDocument>"},
        (("glossaryDocument", "glossary/document.xml", False),),
    ),
    "pasted web pages": Edit(
        {DOCUMENT: (STYLED, f'{STYLED}<w:divId w:val="1"/>')},
        {"word/webSettings.xml": f"<w:webSettings {W}>{SECRET}</w:webSettings>"},
        (("webSettings", "webSettings.xml", False),),
    ),
    "data": Edit(
        {}, {"customXml/item1.xml": f"<x>{SECRET}</x>"},
        (("customXml", "../customXml/item1.xml", False),),
    ),
    "author": Edit(
        {"docProps/core.xml": ("</dc:title>", f"</dc:title><dc:creator>{SECRET}</dc:creator>")}
    ),
    "company": Edit(
        {"docProps/app.xml": ("<Application>", f"<Company>{SECRET}</Company><Application>")}
    ),
    "properties": Edit(
        {"_rels/.rels": ("</Relationships>",
            f'<Relationship Id="c" Type="{OFFICE}/custom-properties" Target="docProps/custom.xml"/>'
            "</Relationships>")},
        {"docProps/custom.xml": f"<Properties>{SECRET} {{{{ headline }}}}</Properties>"},
    ),
    "thumbnail": Edit(
        {"_rels/.rels": ("</Relationships>",
            '<Relationship Id="c" Type="http://schemas.openxmlformats.org/package/2006/'
            'relationships/metadata/thumbnail" Target="docProps/thumbnail.jpeg"/></Relationships>')},
        {"docProps/thumbnail.jpeg": SECRET},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", TAKEN_OUT)
def test_taken_out(case: str, tmp_path: Path, openxml_validator: OpenXmlValidator) -> None:
    data = made(TAKEN_OUT[case])
    assert messages(data) == []
    file = tmp_path / "made.docx"
    file.write_bytes(written(data))
    assert SECRET not in everything(file.read_bytes())
    assert openxml_validator.validate(file).errors == []
    assert "Delegates agree" in [p.text for p in docx.Document(str(file)).paragraphs]


# --- other programs -----------------------------------------------------------------------------


@cache
def office() -> str:
    found = shutil.which("soffice")
    if not found:
        pytest.skip("LibreOffice is not installed")
    return found


def saved_by_libreoffice(folder: Path) -> bytes:
    source = folder / "press-release.docx"
    source.write_bytes(TEMPLATE)
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [office(), f"-env:UserInstallation={profile}", "--headless", "--convert-to",
         "docx:MS Word 2007 XML", "--outdir", folder / "saved", source],
        check=True, capture_output=True, timeout=300,
    )  # fmt: skip
    return (folder / "saved" / source.name).read_bytes()


def test_saved_by_libreoffice(tmp_path: Path, openxml_validator: OpenXmlValidator) -> None:
    data = saved_by_libreoffice(tmp_path)
    assert data != TEMPLATE
    assert messages(data) == []
    for document in (english(), arabic()):
        file = tmp_path / "made.docx"
        file.write_bytes(written(data, document))
        assert openxml_validator.validate(file).errors == []
        ours = docx.Document(io.BytesIO(written(TEMPLATE, document)))
        theirs = docx.Document(str(file))
        assert [p.text for p in theirs.paragraphs] == [p.text for p in ours.paragraphs]
        names = [p.style.name.casefold() for p in theirs.paragraphs]
        assert names == [p.style.name.casefold() for p in ours.paragraphs]
        assert zipfile.ZipFile(file).namelist().count("docProps/core.xml") == 1


def test_libreoffice_s_names_of_styles() -> None:
    """It saves “Strong Emphasis” with the name “Strong”, and says “Core properties” otherwise."""
    data = made(
        Edit(
            {
                "word/styles.xml": (
                    '<w:name w:val="Strong Emphasis"/>',
                    '<w:name w:val="Strong"/>',
                ),
                "_rels/.rels": (
                    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core",
                    "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core",
                ),
            }
        )
    )
    assert messages(data) == []
    finished = written(data)
    with zipfile.ZipFile(io.BytesIO(finished)) as package:
        assert package.namelist().count("docProps/core.xml") == 1
    styles = docx.Document(io.BytesIO(finished)).styles
    assert [styles[name].font.italic for name in ("Strong", "Strong Emphasis")] == [None, True]


# --- paper --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("size", "paper", "message"),
    [
        ('w:w="12240" w:h="15840"', "A4", "Letter (216 × 279 mm), the theme's paper is A4"),
        ('w:w="11906" w:h="16838"', "Letter", "A4 (210 × 297 mm), the theme's paper is Letter"),
        ('w:w="8391" w:h="11906"', "A4", "148 × 210 mm, the theme's paper is A4"),
        ('w:w="11907" w:h="16840"', "A4", ""),
        ('w:w="15840" w:h="12240" w:orient="landscape"', "Letter", ""),
    ],
)
def test_paper_of_template_and_theme(size: str, paper: str, message: str) -> None:
    own = made(
        Edit({DOCUMENT: ('w:w="11906" w:h="16838"', size), "docProps/app.xml": ("gapress", "x")})
    )
    found = check_template(theme(paper=paper, files={"press-release.docx": own}), TEMPLATE)
    assert [p.severity for p in found] == (["warning"] if message else [])
    assert all(message in p.message for p in found)


def test_shipped_template_fits_every_paper() -> None:
    assert check_template(theme(paper="Letter"), TEMPLATE) == []


# --- check --------------------------------------------------------------------------------------


def test_check_refuses_and_render_makes_the_rest(newsroom: Newsroom) -> None:
    own = newsroom.root / "templates" / "press-release.docx"
    own.parent.mkdir()
    own.write_bytes(made(REFUSED["misspelt"][0]))
    checked = newsroom.run("check")
    assert checked.exit_code == 1
    assert checked.output.count("did you mean {{ subheadline }}?") == 1
    assert newsroom.run("render", "-f", "docx").exit_code == 1
    assert newsroom.run("render", "-f", "html").exit_code == 0
    own.write_bytes(made(UNDERSTOOD["split"]))
    assert newsroom.run("check").exit_code == 0


def test_check_tells_the_template_without_any_release(newsroom: Newsroom) -> None:
    own = newsroom.root / "templates" / "press-release.docx"
    own.parent.mkdir()
    own.write_bytes(made(Edit({DOCUMENT: ('w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"')})))
    (newsroom.root / "releases/news.yaml").unlink()
    checked = newsroom.run("check")
    assert checked.exit_code == 0
    assert "the theme's paper is A4" in checked.output


# --- any words ----------------------------------------------------------------------------------


@some(30)
@given(st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff")))
def test_braces_of_a_release_are_its_own(words: str) -> None:
    """Only the template's braces are placeholders; a text may say {{ body }} itself."""
    said = f"{{{{ body }}}} {words} {{"
    word = docx.Document(io.BytesIO(written(TEMPLATE, english(body=(Paragraph(t(said)),)))))
    assert said in [p.text for p in word.paragraphs]
