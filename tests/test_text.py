"""Plain text: every word, in lines that show in the right direction wherever they are read."""

from __future__ import annotations

import itertools
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ADVISORY, ASSEMBLY, RELEASE
from gapress.document import Emphasis, Heading, Isolate, Link, Paragraph, Strong, Text
from gapress.kit.prepare import prepare
from gapress.workspace import Workspace
from gapress.writers.order import directed
from gapress.writers.text import WIDTH, text_of, underline, width, wrap, write

if TYPE_CHECKING:
    from conftest import Newsroom
    from gapress.document import Document, Inlines
    from gapress.theme import Theme

Documents = dict[tuple[str, str], "Document"]
EVERY = [(slug, code) for slug in (ASSEMBLY, ADVISORY) for code in ("en", "fr", "ar")]
WITHDRAWAL = "version: 2\nwithdrawal: {version: 1, date: 2025-11-26, text: Sent in error.}\n"
LRI, RLI, PDI = "\u2066", "\u2067", "\u2069"
NBSP, NNBSP = "\u00a0", "\u202f"


def shown(text: str) -> str:
    """Return a text without what a reader does not see: line ends, indents, bidi controls."""
    return re.sub(r"\s+", " ", re.sub("[\u200e\u200f\u2066-\u2069]", "", text)).strip()


def squeezed(text: str) -> str:
    return re.sub("[ \n\u2066-\u2069\u202a-\u202e]", "", text)


def is_balanced(line: str) -> bool:
    depth = 0
    for character in line:
        depth += character in "\u2066\u2067\u2068"
        depth -= character == PDI
        if depth < 0:
            return False
    return depth == 0


def first_strong(line: str) -> str:
    outside = line
    while (fewer := re.sub("[\u2066-\u2068][^\u2066-\u2069]*\u2069", "", outside)) != outside:
        outside = fewer
    strong = (unicodedata.bidirectional(c) for c in outside)
    return next((kind for kind in strong if kind in {"L", "R", "AL"}), "")


def lines_with(document: Document, theme: Theme, *content: Inlines) -> str:
    """Return the text of a document that says this alone."""
    body = tuple(Paragraph(inlines) for inlines in content)
    return text_of(replace(document, body=body, sections=(), contacts=()), theme)


@pytest.mark.parametrize(("slug", "code"), EVERY)
def test_every_text_is_there(slug: str, code: str, documents: Documents, theme: Theme) -> None:
    text = shown(write(documents[slug, code], theme).decode())
    for wanted in documents[slug, code].texts():
        assert shown(wanted) in text


@pytest.mark.parametrize(("slug", "code"), EVERY)
def test_the_shape_of_its_lines(slug: str, code: str, documents: Documents, theme: Theme) -> None:
    document = documents[slug, code]
    text = text_of(document, theme)
    assert "\r" not in text
    assert "\n\n\n" not in text
    assert text == text.strip("\n") + "\n"
    for line in text.splitlines():
        assert line == line.rstrip()
        assert width(line) <= WIDTH or " " not in line.strip(" -")
        assert is_balanced(line)
        if line and document.language.direction == "rtl":
            assert first_strong(line) in {"R", "AL"}


def test_an_arabic_telephone_number_is_isolated_and_whole(
    documents: Documents, theme: Theme
) -> None:
    number = f"{LRI}+212 5 00 00 00 00{PDI}".replace(" ", NBSP)
    lines = text_of(documents[ASSEMBLY, "ar"], theme).splitlines()
    assert f"الهاتف: {number}" in lines


@pytest.mark.parametrize("before", range(50, 75))
def test_a_telephone_number_is_never_split(before: int, documents: Documents, theme: Theme) -> None:
    number = Isolate("ltr", (Text("+212 5 00 00 00 00"),), unbroken=True)
    line = (Text("م" * before + " "), number, Text(" النهاية"))
    text = lines_with(documents[ASSEMBLY, "ar"], theme, line)
    assert f"{LRI}+212 5 00 00 00 00{PDI}".replace(" ", NBSP) in text


def test_an_isolate_over_two_lines_is_closed_and_opened_again(
    documents: Documents, theme: Theme
) -> None:
    phrase = Isolate("ltr", (Text("1 " + "one " * 30 + "+"),))
    text = lines_with(documents[ASSEMBLY, "ar"], theme, (Text("عنوان "), phrase))
    split = [line for line in text.splitlines() if "one" in line]
    assert len(split) == 2
    assert all(line.endswith(PDI) for line in split)
    assert split[1].startswith(f"\u200f{LRI}one")


def test_a_line_that_begins_with_latin_letters_still_shows_from_the_right() -> None:
    assert directed(f"{LRI}DGSN{PDI} عربي", "rtl") == f"{LRI}DGSN{PDI} عربي"
    assert directed("DGSN عربي", "rtl") == "\u200fDGSN عربي"
    assert directed("====", "rtl") == "\u200f===="
    assert directed("", "rtl") == ""
    assert directed("1. word", "ltr") == "1. word"
    assert directed("عربي word", "ltr") == "\u200eعربي word"


def test_links_show_their_addresses_once(documents: Documents, theme: Theme) -> None:
    english, arabic = documents[ASSEMBLY, "en"], documents[ASSEMBLY, "ar"]
    telephone = Isolate("ltr", (Text("+212 5 00 00 00 00"),), unbroken=True)
    content: tuple[Inlines, ...] = (
        (Link("https://example.org/a", (Text("the page"),)),),
        (Link("https://example.org/b", (Text("example.org/b"),)),),
        (Link("mailto:a@example.org", (Text("write to us"),)),),
        (Link("mailto:b@example.org", (Text("b@example.org"),)),),
        (Link("tel:+212500000000", (telephone,)),),
        (Link("tel:+212500000001", (Text("call"),)),),
    )
    text = lines_with(english, theme, *content)
    for line in (
        "the page (https://example.org/a)",
        "example.org/b",
        "write to us (a@example.org)",
        "b@example.org",
        "+212 5 00 00 00 00".replace(" ", NBSP),
        "call (+212500000001)",
    ):
        assert f"\n{line}\n" in text
    page = (Link("https://example.org/a", (Text("الصفحة"),)),)
    assert "\nالصفحة (https://example.org/a)\n" in lines_with(arabic, theme, page)


def test_markup_leaves_the_words_and_nothing_is_escaped(documents: Documents, theme: Theme) -> None:
    words = (Emphasis((Text("R&D"),)), Text(" <b> "), Strong((Text("“it’s”"),)), Text(" {{ 1 }}"))
    text = lines_with(documents[ASSEMBLY, "en"], theme, words)
    assert "\nR&D <b> “it’s” {{ 1 }}\n" in text


def test_lists_tables_and_pictures(documents: Documents, theme: Theme) -> None:
    text = text_of(documents[ASSEMBLY, "en"], theme)
    assert "\n- examine emerging challenges to global security and anticipate new\n  forms" in text
    assert f"\n- Session: 76th{NBSP}session\n  Host city: Marrakech\n  Date: 2007\n" in text
    assert "\nPicture: A timeline from 2007 to 2025," in text
    assert "\n1. write to accreditation@example.org" in text_of(documents[ADVISORY, "en"], theme)
    assert "\nImage : Une frise" in text_of(documents[ASSEMBLY, "fr"], theme).replace(NBSP, " ")


def test_a_heading_is_underlined_as_wide_as_it_is(documents: Documents, theme: Theme) -> None:
    assert underline("発表\nab") == "発表\nab\n===="
    heading = replace(documents[ASSEMBLY, "en"], body=(Heading((Text("Title"),)),))
    assert "\n\nTitle\n-----\n\n" in text_of(heading, theme)


def test_an_embargo_shows_all_its_zones(documents: Documents, theme: Theme) -> None:
    document = documents[ADVISORY, "ar"]
    text = text_of(document, theme)
    assert len(document.release_line.zones) == 2
    assert "(بتوقيت غرينتش)" in text
    assert "\n    أي يوم الجمعة، 21" in text


def test_a_draft_says_so_first(newsroom: Newsroom, theme: Theme) -> None:
    drafts = prepare(Workspace(newsroom.root), "news", theme, draft=True).drafts
    assert text_of(drafts["en"], theme).startswith("*** Draft – not for publication ***\n\n")


def test_a_withdrawn_release_says_that_alone_without_gaps(newsroom: Newsroom, theme: Theme) -> None:
    newsroom.write("releases/news.yaml", RELEASE + WITHDRAWAL)
    document = prepare(Workspace(newsroom.root), "news", theme, draft=False).documents["en"]
    assert text_of(document, theme) == (
        "Test Newsroom\n\n"
        "Press release\n24\u00a0November 2025\n\n"
        "| Withdrawn on 26\u00a0November 2025: version 1 must no longer be used\n"
        "| Press release of 24\u00a0November 2025: news\n| Sent in error.\n\n"
        "Press release withdrawn\n=======================\n\n"
        "Press contacts\n--------------\n\n"
        "Press office\n"
        f"Telephone: +212{NBSP}5{NBSP}00{NBSP}00{NBSP}00{NBSP}00\n"
        "E-mail: press@example.org\n"
    )


LETTERS = ["a", "word", "ب", "كلمة", "é", "e\u0301", " ", "  ", "\n", NBSP, NNBSP, "x" * 40]
PHRASES = st.lists(st.sampled_from([*LETTERS, LRI, RLI, "\u2068", "\u202b", "\u202c", PDI]))


@given(PHRASES.map("".join), st.sampled_from(["", "- ", "    "]))
def test_wrapped_lines_keep_every_character_and_are_balanced(text: str, first: str) -> None:
    lines = wrap(text, first).split("\n")
    starts = [first, *(" " * len(first) for _ in lines[1:])]
    assert all(line.startswith(start) for start, line in zip(starts, lines, strict=True))
    bare = [line.removeprefix(start) for start, line in zip(starts, lines, strict=True)]
    assert squeezed("".join(bare)) == squeezed(text)
    assert all(map(is_balanced, bare))
    for line in bare:
        assert width(line) + len(first) <= WIDTH or " " not in line
    words = [squeezed(word) for word in re.split("[ \n]+", text)]
    seen = [squeezed(line) for line in bare]
    assert all(any(word in line for line in seen) for word in words)


@given(PHRASES.map("".join))
def test_lines_are_filled(text: str) -> None:
    lines = wrap(text).split("\n")
    for line, following in itertools.pairwise(lines):
        assert width(f"{line} {following.split(' ')[0]}") > WIDTH


@given(st.text())
def test_any_text_can_be_wrapped(text: str) -> None:
    assert all(map(is_balanced, wrap(text).split("\n")))
    assert "\u2028" not in wrap(text)


def test_ideographs_are_two_columns_wide_and_break_anywhere_but_before_a_full_stop() -> None:
    text = "国" * 36 + "。" + "際" * 40
    lines = wrap(text).split("\n")
    assert "".join(lines) == text
    assert [width(line) for line in lines] == [70, 72, 12]
    assert lines[1].startswith("国。")


def test_a_value_that_ends_in_a_full_stop_ends_the_sentence(newsroom: Newsroom) -> None:
    newsroom.edit("releases/_newsroom.yaml", "{en: en-GB, fr: fr-MA}", "{en: en-GB, ar: ar-MA}")
    newsroom.edit("releases/news.yaml", "number: 1500", "money: 1500, currency: MAD")
    newsroom.edit("releases/news.yaml", "{count} figures.", "{count}. Then {count}… and {count}!")
    newsroom.edit("releases/news.yaml", "kind:", "language: ar\nkind:")
    newsroom.run("render", "-l", "ar", "-f", "txt", "--draft")
    text = (newsroom.root / "dist/news-DRAFT/ar/news_ar-DRAFT.txt").read_text(encoding="utf-8")
    shown = " ".join("".join(c for c in text if unicodedata.category(c) != "Cf").split())
    assert "1.500 د.م. Then 1.500 د.م.… and 1.500 د.م.!" in shown
