"""What is still to be filled: told, shown in drafts, and never published."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from conftest import FRENCH, RELEASE
from gapress.release.facts import FACTS, BlankFact
from gapress.release.facts.blank import EXAMPLES, kinds
from gapress.release.model import Release
from gapress.release.schema import json_schema

if TYPE_CHECKING:
    from conftest import Newsroom

BLANK = RELEASE.replace("{number: 1500}", "{blank: Number of *guests*, kind: number}")


def blank(newsroom: Newsroom, written: str = "{blank: Number of *guests*, kind: number}") -> None:
    newsroom.write("releases/news.yaml", RELEASE.replace("{number: 1500}", written))


def test_no_language_is_published_and_each_blank_is_told_once(newsroom: Newsroom) -> None:
    blank(newsroom)
    result = newsroom.run("render", "news", "-f", "txt")
    assert result.exit_code == 1
    told = [line for line in result.output.splitlines() if "still to be filled" in line]
    assert told == [
        "releases/news.yaml:8:10: count is still to be filled: Number of *guests*; "
        "write its value there, such as {number: 12} [blank]"
    ]
    assert "refused news in en" in result.output
    assert "refused news in fr" in result.output
    assert newsroom.files() == []


def test_other_problems_are_told_with_it(newsroom: Newsroom) -> None:
    blank(newsroom)
    newsroom.edit("locales/fr/LC_MESSAGES/news.po", "Un titre", "")
    result = newsroom.run("check", "news")
    assert result.exit_code == 1
    assert "count is still to be filled" in result.output
    assert "the headline 'A headline' is not translated" in result.output


def test_drafts_show_a_mark_in_every_language(newsroom: Newsroom) -> None:
    blank(newsroom)
    french = FRENCH | {"blank": {"Number of *guests*": "Nombre d’invités"}}
    newsroom.catalog("fr/LC_MESSAGES/news.po", french)
    result = newsroom.run("render", "news", "--draft", "-f", "txt", "-f", "html")
    assert result.exit_code == 0, result.output
    texts = {
        code: " ".join(
            (newsroom.root / f"dist/news-DRAFT/{code}/news_{code}-DRAFT.txt")
            .read_text(encoding="utf-8")
            .split()
        )
        for code in ("en", "fr")
    }
    assert "A paragraph with [Number of guests] figures." in texts["en"]
    assert "Un paragraphe avec [Nombre d’invités] chiffres." in texts["fr"]


def test_a_draft_without_its_translation_shows_the_source(newsroom: Newsroom) -> None:
    blank(newsroom)
    assert newsroom.run("render", "news", "--draft", "-f", "txt").exit_code == 0
    text = newsroom.root / "dist/news-DRAFT/fr/news_fr-DRAFT.txt"
    words = " ".join(text.read_text(encoding="utf-8").split())
    assert "Un paragraphe avec [Number of guests] chiffres." in words


def test_translators_are_told_what_comes(newsroom: Newsroom) -> None:
    blank(newsroom)
    assert newsroom.run("catalogs", "update").exit_code == 0
    catalog = (newsroom.root / "locales/fr/LC_MESSAGES/news.po").read_text(encoding="utf-8")
    assert (
        "#. {count}: still to be filled: Number of *guests* (number); words beside it must fit any "
        "number\n"
    ) in catalog
    assert 'msgctxt "blank"\nmsgid "Number of *guests*"\n' in catalog


@pytest.mark.parametrize(
    ("text", "french", "value", "exit_code"),
    [
        ("{count} guests came.", "{count} invités sont venus.", 2, 0),
        ("{count} guests came.", "{count} invités sont venus.", 1, 1),
        ("Guests: {count}.", "Invités : {count}.", 1, 0),
        ("Guests: {count}", "Invités : {count}", 1, 0),
    ],
)
def test_words_beside_a_number_that_comes_are_looked_at_again(
    text: str, french: str, value: int, exit_code: int, newsroom: Newsroom
) -> None:
    words = "A paragraph with {count} figures."
    newsroom.write("releases/news.yaml", BLANK.replace(words, f'"{text}"'))
    newsroom.catalog("fr/LC_MESSAGES/news.po", FRENCH | {"paragraph": {text: french}})
    newsroom.run("catalogs", "update")
    newsroom.edit(
        "releases/news.yaml", "{blank: Number of *guests*, kind: number}", f"{{number: {value}}}"
    )
    result = newsroom.run("render", "news", "-f", "txt")
    assert result.exit_code == exit_code, result.output
    assert ("{count} was other and is one" in result.output) == bool(exit_code)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("{blank: A day, kind: date}", "such as {date: 2025-11-24} ["),
        ("{blank: A time, kind: time}", 'such as {time: "09:30"} ['),
        (
            "{blank: A name, kind: text}",
            "write the words into the texts instead of {count}, and delete this line [",
        ),
        (
            "{blank: Anything}",
            "such as {number: 12}; or write the words into the texts instead of {count}, and",
        ),
        (
            "{blank: count, kind: money, was: '{money: 5, currency: MAD}'}",
            "such as {money: 1500, currency: MAD}; before, it was {money: 5, currency: MAD} [",
        ),
        ("{blank: A sum, kind: monney}", "kind can't be 'monney'; did you mean money?"),
        ("{blank: A sum, kind: 3}", "kind can't be"),
        ("{blank: A sum, kind: ['{']}", "kind can't be"),
        ("{blank: '{x}'}", "{x} is not in facts"),
        ("{blank: }", "is empty"),
    ],
)
def test_messages_say_what_to_write(written: str, told: str, newsroom: Newsroom) -> None:
    blank(newsroom, written)
    result = newsroom.run("check", "news")
    assert result.exit_code == 1
    assert told in result.output
    assert "internal error" not in result.output


def test_a_blank_in_a_table(newsroom: Newsroom) -> None:
    newsroom.write(
        "releases/news.yaml",
        RELEASE.replace(
            "facts:\n",
            "  - table: Figures\n    columns: [~, Now]\n    rows:\n"
            "      - [Guests, {blank: Number of guests, kind: number}]\nfacts:\n",
        ),
    )
    result = newsroom.run("check", "news")
    place = "releases/news.yaml:10:18: row 1, column 2 (Now) is still to be filled"
    assert place in result.output


def test_a_blank_that_nothing_uses_is_a_warning(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "facts:\n", "facts:\n  more: {blank: Nothing}\n")
    result = newsroom.run("check", "news")
    assert result.exit_code == 0
    assert "8:3: warning: more is blank, and no text uses it; delete the line" in result.output
    assert newsroom.run("render", "news", "-f", "txt").exit_code == 0


def test_every_kind_of_fact_may_come() -> None:
    assert set(kinds()) == {fact.key() for fact in FACTS} - {BlankFact.key()}
    schema = json_schema(Release)["$defs"]["BlankFact"]["properties"]["kind"]
    assert schema["enum"] == [*kinds(), "text"]
    assert set(EXAMPLES) <= set(kinds())
    assert all(re.match(rf"\{{{kind}: ", example) for kind, example in EXAMPLES.items())
