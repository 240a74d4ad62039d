"""Quotations, lists and headings, as a release writes them and as formats show them."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree, html

from conftest import NEWSROOM

if TYPE_CHECKING:
    from conftest import Newsroom

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PEOPLE = {"chair": {"name": "Ada Chair", "title": "chair"}, "board": {"name": "The Board"}}


def write(newsroom: Newsroom, *body: dict[str, Any], **more: Any) -> None:
    """Write a release with this body."""
    release = {
        "kind": "press release", "date": "2025-11-24", "contacts": ["press"], "headline": "Title",
        "dateline": {"city": "Marrakech"}, "body": list(body), **more,
    }  # fmt: skip
    newsroom.write("releases/news.yaml", json.dumps(release, ensure_ascii=False, indent=1))


def english(newsroom: Newsroom, suffix: str) -> bytes:
    result = newsroom.run("render", "news", "-l", "en", "-f", suffix)
    assert result.exit_code == 0, result.output
    return (newsroom.root / f"dist/news/en/news_en.{suffix}").read_bytes()


def text(newsroom: Newsroom) -> str:
    return english(newsroom, "txt").decode()


def problems(newsroom: Newsroom) -> list[str]:
    """Return what the check tells of the release's file, translations left aside."""
    found = newsroom.run("check", "news").output.splitlines()
    return [line for line in found if "news.yaml" in line and "has no entry" not in line]


def quote(**more: Any) -> dict[str, Any]:
    return {"quote": "Words.", "speaker": "chair", "on_record": "en", **more}


# --- quotations ---------------------------------------------------------------------------------


def test_each_paragraph_is_opened_and_the_last_closed(newsroom: Newsroom) -> None:
    write(newsroom, quote(quote=["One.", "Two.", "Three."]), people=PEOPLE)
    shown = text(newsroom)
    assert "    “One.\n\n    “Two.\n\n    “Three.”\n" in shown


def test_speakers(newsroom: Newsroom) -> None:
    both = {"quote": "Ours.", "speakers": ["chair", "board"], "on_record": "en"}
    write(newsroom, quote(title="guest of the day"), both, people=PEOPLE)
    shown = text(newsroom)
    assert "“Words.”\n\n    Ada Chair\n    guest of the day\n" in shown
    assert "“Ours.”\n\n    Ada Chair\n    chair\n    The Board\n" in shown


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ({"quote": "a", "on_record": "en"}, "speaker is missing; add it"),
        (quote(speaker="chiar"), "speaker chiar is not in people; did you mean chair?"),
        (quote(speakers=["chair", "board"]), "has speaker and speakers; keep speakers alone"),
        (
            {"quote": "a", "speakers": ["chair", "nobody"], "on_record": "en"},
            "speaker nobody is not in people",
        ),
        (quote(quote=[]), "quote has fewer than 1 entries"),
        (quote(quote=["a", ""]), "entry 2 of quote is empty"),
        (quote(quote=["a", "b"], on_record="es", original="c"), "another number of paragraphs"),
        ({"list": ["a"], "continues": True}, "continues a numbered list, but there is none"),
        ({"list": ["a"], "start": 0}, "start is not a whole number from 1 to 999"),
        ({"list": ["a"], "start": 3, "numbered": False}, "has start but no numbers"),
        ({"list": [{"item": "a"}]}, "list is missing; add it"),
        ({"heading": "a", "level": 2}, "level 2 with none of level 1 before it"),
        ({"heading": "a", "level": 3}, "level is not a level of heading; write 1 or 2"),
    ],
)
def test_one_problem_says_what_to_do(
    block: dict[str, Any], expected: str, newsroom: Newsroom
) -> None:
    write(newsroom, block, people=PEOPLE)
    (told,) = problems(newsroom)
    assert expected in told
    assert re.match(r"releases/news.yaml:\d+:\d+: ", told)


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ({"heading": "One", "only": ["fr"]}, "none of level 1 before it in en; delete level"),
        ({"heading": "One", "except": ["en"]}, "none of level 1 before it in en; delete level"),
        (
            {"list": ["a"], "numbered": True, "only": ["fr"]},
            "none before it in en; delete continues",
        ),
    ],
)
def test_what_must_stand_before_stands_there_in_every_language(
    first: dict[str, Any], expected: str, newsroom: Newsroom
) -> None:
    kind = "heading" if "heading" in first else "list"
    second = (
        {"heading": "Two", "level": 2} if kind == "heading" else {"list": ["b"], "continues": True}
    )
    body = [{"paragraph": "Text."}, first, second]
    write(newsroom, *body)
    (told,) = problems(newsroom)
    assert expected in told
    for choice in ({"only": ["fr"]}, {"except": ["en"]}):
        write(newsroom, *body[:-1], second | choice)
        assert not problems(newsroom)
    everywhere = {key: value for key, value in first.items() if key not in {"only", "except"}}
    write(newsroom, {**everywhere, "only": ["en"]}, first, second)
    assert not problems(newsroom)


NOTE = "quotes: {on_record: note}\n"


@pytest.mark.parametrize("where", ["note", "annex"])
def test_the_words_on_record_stand_beside_a_translation(where: str, newsroom: Newsroom) -> None:
    newsroom.write("releases/_newsroom.yaml", f"{NEWSROOM}quotes: {{on_record: {where}}}\n")
    spanish = quote(on_record="es", original="Palabras.")
    write(newsroom, quote(on_record="fr"), spanish, {"heading": "After"}, people=PEOPLE)
    newsroom.catalog("fr/LC_MESSAGES/news.po", {"quote": {"Words.": "Paroles."}})
    page: Any = html.document_fromstring(english(newsroom, "html").decode())
    said = [(b.get("lang"), b.text_content()) for b in page.xpath("//blockquote")]
    assert ("fr-MA", "« Paroles. »") in [(lang, t.replace("\xa0", " ")) for lang, t in said]
    assert ("es", "“Palabras.”") in said
    title = "Quotations in their original language"
    assert (title in page.text_content()) == (where == "annex")
    with zipfile.ZipFile(io.BytesIO(english(newsroom, "docx"))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
    tags = {lang.get(f"{W}val") for lang in body.iter(f"{W}lang")}
    assert {"fr-MA", "es"} <= tags


def test_words_on_record_are_not_kept_unless_the_newsroom_wants_them(newsroom: Newsroom) -> None:
    write(newsroom, quote(on_record="es", original="Palabras."), people=PEOPLE)
    assert "Palabras" not in text(newsroom)


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        (quote(on_record="es"), "the words on record in es are missing; write them in original:"),
        (quote(on_record="fr"), "the words on record are missing: the quote 'Words.' has no entry"),
        (quote(on_record="fr", original="Mots."), "are given, which the texts in fr have"),
    ],
)
def test_missing_words_on_record_are_a_problem(
    block: dict[str, Any], expected: str, newsroom: Newsroom
) -> None:
    newsroom.write("releases/_newsroom.yaml", NEWSROOM + NOTE)
    write(newsroom, block, people=PEOPLE)
    result = newsroom.run("render", "news", "-l", "en", "-f", "txt")
    assert result.exit_code == 1
    assert expected in result.output


# --- lists and headings -------------------------------------------------------------------------


LISTS: list[dict[str, Any]] = [
    {"list": ["a", {"item": "b", "list": ["c", "d"]}, "e"], "numbered": True},
    {"paragraph": "Between."},
    {"list": ["f", {"item": "g", "list": ["h"], "numbered": True}], "continues": True},
    {"list": ["i"], "start": 12},
]


def test_lists_in_text(newsroom: Newsroom) -> None:
    write(newsroom, *LISTS)
    lines = [line for line in text(newsroom).splitlines() if re.match(r" *(\d+\.|-) ", line)]
    assert lines == [
        "1. a", "2. b", "    - c", "    - d", "3. e", "4. f", "5. g", "    1. h", "12. i",
    ]  # fmt: skip


def test_lists_on_the_page(newsroom: Newsroom) -> None:
    write(newsroom, *LISTS)
    page: Any = html.document_fromstring(english(newsroom, "html").decode())
    assert page.xpath("//article/div/ol/@start") == ["4", "12"]
    assert [li.text for li in page.xpath("//article/div/ol/li/ul/li | //article/div/ol/li/ol/li")] == [
        "c", "d", "h",
    ]  # fmt: skip


def test_lists_in_word_have_two_levels(newsroom: Newsroom) -> None:
    write(newsroom, *LISTS)
    with zipfile.ZipFile(io.BytesIO(english(newsroom, "docx"))) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        numbering = etree.fromstring(package.read("word/numbering.xml"))
    items = [
        ("".join(p.itertext()), p.find(f".//{W}ilvl").get(f"{W}val"), _number(p))
        for p in body.iter(f"{W}p")
        if p.find(f".//{W}numPr") is not None
    ]
    assert [(words, level) for words, level, _ in items] == [
        ("a", "0"), ("b", "0"), ("c", "1"), ("d", "1"), ("e", "0"),
        ("f", "0"), ("g", "0"), ("h", "1"), ("i", "0"),
    ]  # fmt: skip
    assert len({number for _, _, number in items}) == 3
    starts = {
        num.get(f"{W}numId"): num.find(f".//{W}startOverride").get(f"{W}val")
        for num in numbering.iter(f"{W}num")
        if num.find(f".//{W}startOverride") is not None
    }
    assert [starts[items[i][2]] for i in (0, 5, 8)] == ["1", "4", "12"]


def _number(paragraph: Any) -> str:
    return str(paragraph.find(f".//{W}numId").get(f"{W}val"))


def test_headings_of_two_levels(newsroom: Newsroom) -> None:
    write(newsroom, {"heading": "First"}, {"heading": "Second", "level": 2})
    page: Any = html.document_fromstring(english(newsroom, "html").decode())
    assert page.xpath("//article/div/h2/text()") == ["First"]
    assert page.xpath("//article/div/h3/text()") == ["Second"]
    assert "Second\n~~~~~~\n" in text(newsroom)
    with zipfile.ZipFile(io.BytesIO(english(newsroom, "docx"))) as package:
        assert 'w:val="Heading3"' in package.read("word/document.xml").decode()
