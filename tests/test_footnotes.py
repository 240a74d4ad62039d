"""Footnotes: what refers to them, how each language numbers them, and how each format shows them."""

from __future__ import annotations

import email
import io
import json
import re
import zipfile
from email import policy
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from conftest import NEWSROOM, RELEASE
from gapress.document import FootnoteMark, Isolate, Paragraph, Text
from gapress.localization.footnotes import numbered
from gapress.localization.inline import inlines
from gapress.localization.typography import Typography
from gapress.release.markup import scan, tokens

if TYPE_CHECKING:
    from conftest import Newsroom

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
NOTES = """\
contacts: [press]
headline: Council opens
body:
  - paragraph: "The council met today,[^where] in spring.[^when]"
  - list: ["Members[^who]", "Guests [^where]"]
  - table: "Votes[^when]"
    columns: [Side, "Count[^count]"]
    rows: [["For[^who]", 12], ["Against", 5]]
    note: "As counted[^count]."
footnotes:
  count: By hand.
  who: See the [list](https://example.org/list).
  when: Before the recess.
  where: In the *old* hall.
"""
FRENCH = {
    "Council opens": "Ouverture du conseil",
    "The council met today,[^where] in spring.[^when]": "Au printemps[^when], le conseil s’est réuni[^where].",
    "Members[^who]": "Membres[^who]",
    "Guests [^where]": "Invités[^where]",
    "Votes[^when]": "Votes[^when]",
    "Side": "Camp",
    "Count[^count]": "Nombre[^count]",
    "For[^who]": "Pour[^who]",
    "Against": "Contre",
    "As counted[^count].": "Décompte[^count].",
    "By hand.": "À la main.",
    "See the [list](https://example.org/list).": "Voir la [liste](https://example.org/list).",
    "Before the recess.": "Avant les vacances.",
    "In the *old* hall.": "Dans l’*ancienne* salle.",
}


def write(newsroom: Newsroom, text: str = NOTES) -> None:
    """Write a release with this body and these footnotes."""
    head = RELEASE.partition("headline:")[0]
    newsroom.write("releases/news.yaml", f"{head}{text}")


def made(newsroom: Newsroom, language: str, suffix: str) -> bytes:
    return (newsroom.root / f"dist/news/{language}/news_{language}.{suffix}").read_bytes()


def english(newsroom: Newsroom, suffix: str, text: str = NOTES) -> bytes:
    """Return the English file of a release in a format."""
    write(newsroom, text)
    result = newsroom.run("render", "news", "-l", "en", "-f", suffix.removesuffix(".json"))
    assert result.exit_code == 0, result.output
    return made(newsroom, "en", suffix)


# --- the mark -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a[^x] b", ["text a", "footnote x", "text  b"]),
        ("a[^1][^b_2]", ["text a", "footnote 1", "footnote b_2"]),
        ("*a[^x]*", ["emphasis ", "text a", "footnote x", "end "]),
        ("a\\[^x]", ["text a[^x]"]),
        ("a[^ and [x] ^]", ["text a[^ and [x] ^]"]),
        ("{a}[^x]", ["placeholder a", "footnote x"]),
        (
            "[a](https://example.org)[^x]",
            ["link https://example.org", "text a", "end ", "footnote x"],
        ),
    ],
)
def test_the_mark_is_told_from_what_looks_like_it(text: str, expected: list[str]) -> None:
    assert [f"{token.kind} {token.value}" for token in tokens(text)] == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a[^Name]", "[^Name] is not a footnote"),
        ("a[^two words]", "[^two words] is not a footnote"),
        ("a[^{x}]", "[^{x}] is not a footnote"),
        ("[a[^x]](https://example.org)", "the footnote [^x] is inside a link"),
        ("[a[^x] b](https://example.org)", "the footnote [^x] is inside a link"),
    ],
)
def test_a_mark_that_is_none_says_how_to_write_it(text: str, reason: str) -> None:
    (found,) = scan(text)[1]
    assert found.startswith(reason)


NONE = Typography({}, {})


def shown(text: str) -> tuple[Any, ...]:
    return inlines(tokens(text), {}, "ltr", NONE)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("word [^x] on", (Text("word"), FootnoteMark("x"), Text(" on"))),
        ("word\u00a0[^x]", (Text("word"), FootnoteMark("x"))),
        ("word[^x], [^y]", (Text("word"), FootnoteMark("x"), FootnoteMark("y"))),
        ("word[^x] [^y]", (Text("word"), FootnoteMark("x"), FootnoteMark("y"))),
        # No line may end between the two.
        (
            "word,[^x]",
            (Text("word"), Isolate("ltr", (Text(","), FootnoteMark("x")), unbroken=True)),
        ),
    ],
)
def test_a_mark_holds_to_the_word_before_it(text: str, expected: tuple[Any, ...]) -> None:
    assert shown(text) == expected


def test_french_spaces_go_behind_the_mark() -> None:
    french = Typography({"!": "\u202f", ";": "\u202f", "»": "\u00a0"}, {"«": "\u00a0"})
    found = inlines(tokens("Oui[^x]! « non[^y] » ; si[^z] ;"), {}, "ltr", french)
    flat = "".join(getattr(part, "text", "¹") for part in found)
    assert flat == "Oui¹\u202f! «\u00a0non¹\u00a0»\u202f; si¹\u202f;"


@given(
    st.lists(
        st.sampled_from(["abc", "د.م", "[^x]", "[^y]", " ", ",", "2025", "*", "ﬁ", "«", "12-3"])
    )
)
def test_no_mark_and_no_letter_is_lost(pieces: list[str]) -> None:
    text = "".join(pieces)
    found, reasons = scan(text)
    for direction in ("ltr", "rtl"):
        content = inlines(found, {}, direction, Typography({"!": "\u202f"}, {}, "»", ()))
        (block,), names = numbered([Paragraph(content)])
        marks = [token.value for token in found if token.kind == "footnote"]
        assert [mark.name for mark in _marks(block)] == marks
        assert list(names) == list(dict.fromkeys(marks))
        letters = "".join(t.value for t in found if t.kind == "text")
        kept = "".join(c for c in letters if c not in " ,")
        assert "".join(c for c in _letters(block) if c not in " ,") == kept
    assert not reasons


def _marks(part: Any) -> list[FootnoteMark]:
    if isinstance(part, FootnoteMark):
        return [part]
    children = part if isinstance(part, tuple) else getattr(part, "children", None)
    children = getattr(part, "content", ()) if children is None else children
    return [mark for child in children for mark in _marks(child)]


def _letters(part: Any) -> str:
    if isinstance(part, Text):
        return part.text
    children = part if isinstance(part, tuple) else getattr(part, "children", None)
    children = getattr(part, "content", ()) if children is None else children
    return "".join(_letters(child) for child in children)


# --- the release --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "[^where] in",
            "[^were] in",
            "news.yaml:{line}:16: [^were] is not in footnotes; did you mean where?",
        ),
        (
            "  where: In the *old* hall.\n",
            "",
            "[^where] is not in footnotes; did you mean when?",
        ),
        (
            "  when: B",
            "  spare: Spare.\n  when: B",
            "nothing refers to the footnote spare; write [^spare] behind",
        ),
        (
            "Council opens",
            '"Council[^when]"',
            "the footnote [^when] can't stand here; refer to it in a text of",
        ),
        (
            "By hand.",
            '"By hand[^when]."',
            "a footnote can't have another, [^when]; write both in one",
        ),
        ("For[^who]", "For[^nobody]", "row 1, column 1 (Side): [^nobody] is not in footnotes"),
    ],
)
def test_one_problem_says_where_and_what_to_do(
    old: str, new: str, expected: str, newsroom: Newsroom
) -> None:
    assert old in NOTES
    write(newsroom, NOTES.replace(old, new, 1))
    text = (newsroom.root / "releases/news.yaml").read_text(encoding="utf-8")
    line = next((i for i, row in enumerate(text.splitlines(), 1) if "were]" in row), 0)
    result = newsroom.run("check", "news")
    told = [row for row in result.output.splitlines() if "news.yaml" in row]
    told = [row for row in told if "has no entry" not in row]
    assert result.exit_code == 1
    for row in told:
        assert expected.format(line=line) in row
    assert told


def test_the_newsroom_has_no_footnotes(newsroom: Newsroom) -> None:
    more = 'boilerplates: {about: {title: About, text: ["Text[^x]"]}}\n'
    newsroom.write("releases/_newsroom.yaml", NEWSROOM + more)
    result = newsroom.run("check")
    assert "the footnote [^x] can't stand here" in result.output


# --- each language counts by itself -------------------------------------------------------------


def test_a_translation_numbers_in_its_own_order(newsroom: Newsroom) -> None:
    write(newsroom)
    assert newsroom.run("catalogs", "update", "news").exit_code == 0
    path = newsroom.root / "locales/fr/LC_MESSAGES/news.po"
    text = path.read_text(encoding="utf-8")
    text = text.replace("#, fuzzy\nmsgctxt", "msgctxt")
    for source, translation in FRENCH.items():
        entry = f'msgid "{source}"\nmsgstr ""'
        assert entry in text, source
        text = text.replace(entry, f'msgid "{source}"\nmsgstr "{translation}"')
    path.write_text(text, encoding="utf-8")
    assert "#. [^where]: the footnote 'In the *old* hall.'" in text
    result = newsroom.run("render", "news", "-f", "txt")
    assert result.exit_code == 0, result.output
    notes = made(newsroom, "en", "txt").decode().partition("Footnotes\n")[2]
    assert re.findall(r"\[(\d)\] (\w+)", notes)[:4] == [
        ("1", "In"), ("2", "Before"), ("3", "See"), ("4", "By")
    ]  # fmt: skip
    french = made(newsroom, "fr", "txt").decode()
    assert "Au printemps[1], le conseil s’est réuni[2]." in " ".join(french.split())
    assert re.findall(r"\[(\d)\] (\w+)", french.partition("Notes\n")[2])[:2] == [
        ("1", "Avant"), ("2", "Dans")
    ]  # fmt: skip


# --- the formats --------------------------------------------------------------------------------


def test_pdf_has_notes_at_the_foot_of_the_page(newsroom: Newsroom) -> None:
    with pikepdf.open(io.BytesIO(english(newsroom, "pdf"))) as pdf:
        elements = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o]
        kinds = [str(o.S) for o in elements if o.get("/Type") == "/StructElem"]
        notes = {str(o.ID) for o in elements if o.S == "/Note"}
        targets = [str(o.Dest) for o in pdf.objects if _is_link(o)]
    assert notes == {f"footnote-{number}" for number in range(1, 5)}
    assert kinds.count("/Reference") == 8
    assert kinds.count("/Lbl") - 2 == 4  # two items of a list have theirs
    assert targets.count("footnote-1") == 2


def _is_link(thing: Any) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and "/Dest" in thing


def test_word_has_footnotes_of_its_own(newsroom: Newsroom) -> None:
    with zipfile.ZipFile(io.BytesIO(english(newsroom, "docx"))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        notes = etree.fromstring(package.read("word/footnotes.xml"))
        settings = package.read("word/settings.xml").decode()
    ids = [note.get(f"{W}id") for note in body.iter(f"{W}footnoteReference")]
    assert ids == ["1", "2", "3", "4"]
    assert [note.get(f"{W}id") for note in notes] == ["-1", "0", *ids]
    fields = [field.text for field in body.iter(f"{W}instrText") if "NOTEREF" in (field.text or "")]
    names = {mark.get(f"{W}name") for mark in body.iter(f"{W}bookmarkStart")}
    assert len(fields) == 4
    assert {field.split()[1] for field in fields if field} <= names
    assert "footnotePr" in settings


def test_a_word_file_without_footnotes_has_no_part_for_them(newsroom: Newsroom) -> None:
    plain = NOTES.partition("footnotes:")[0]
    data = english(newsroom, "docx", re.sub(r" ?\[\^\w+\]", "", plain))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert "word/footnotes.xml" not in package.namelist()


def test_the_page_links_marks_and_notes(newsroom: Newsroom) -> None:
    page: Any = html.document_fromstring(english(newsroom, "html").decode())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    for link in page.xpath("//a[starts-with(@href, '#')]"):
        assert link.get("href")[1:] in ids
        assert link.get("aria-label")
    assert len(page.xpath("//sup/bdi/a[@role='doc-noteref']")) == 8
    assert len(page.xpath("//section[@role='doc-endnotes']/ol/li")) == 4


def test_mail_and_news_data_have_numbers_and_a_list(newsroom: Newsroom) -> None:
    item = json.loads(english(newsroom, "ninjs.json"))
    text, markup = (body["value"] for body in item["bodies"])
    assert "today,[1] in spring.[2]" in text
    assert "[4] By hand." in text
    assert "<sup><bdi>1</bdi></sup>" in markup
    assert "<li>By hand.</li>" in markup
    message: Any = email.message_from_bytes(english(newsroom, "eml"), policy=policy.default)
    page: Any = html.document_fromstring(message.get_body(("html",)).get_content())
    assert page.xpath("//sup//text()") == ["1", "2", "3", "1", "2", "4", "3", "4"]
    assert not page.xpath("//sup//a")


def test_arabic_numbers_of_notes_never_join_the_digits_before_them(newsroom: Newsroom) -> None:
    text = '{body: [{paragraph: "سنة 2025[^x] وبعدها 12,[^x]"}], footnotes: {x: "هامش 2025"}}'
    release = {
        "kind": "statement", "language": "ar", "date": "2025-11-24", "contacts": ["press"],
        "dateline": {"city": "الرباط"}, "headline": "عنوان",
    }  # fmt: skip
    assert text
    from ruamel.yaml import YAML

    release |= YAML(typ="safe").load(text)
    newsroom.write("releases/_newsroom.yaml", NEWSROOM.replace("fr: fr-MA", "ar: ar-MA"))
    newsroom.write("releases/news.yaml", json.dumps(release, ensure_ascii=False))
    result = newsroom.run("render", "news", "-l", "ar", "-f", "docx", "-f", "html", "--draft")
    assert result.exit_code == 0, result.output
    path = next(newsroom.root.glob("dist/news-DRAFT/ar/*.docx"))
    with zipfile.ZipFile(path) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        notes = etree.fromstring(package.read("word/footnotes.xml"))
    (reference,) = body.iter(f"{W}footnoteReference")
    run = reference.getparent()
    before = (
        run.getprevious() if run.getprevious().tag == f"{W}r" else run.getprevious().getprevious()
    )
    assert "".join(before.itertext()) == "\u200f"
    assert all(p.find(f"{W}pPr/{W}bidi") is not None for p in notes.iter(f"{W}p"))
