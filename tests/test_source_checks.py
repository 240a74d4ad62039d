"""Source texts are checked like translations: each slip is a warning at its place in the file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from gapress.catalogs.checks import Rules
from gapress.catalogs.source_checks import SOURCE_CHECKS, run_source_checks
from gapress.kit.prepare import typography_rules
from gapress.localization.typography import rules_for
from gapress.release.fields import limits

if TYPE_CHECKING:
    from conftest import Newsroom
    from gapress.theme import Theme

SCRIPTS = {"en": "Latn", "fr": "Latn", "ar": "Arab", "ru": "Cyrl"}


def found(theme: Theme, code: str, text: str, role: str = "paragraph") -> list[str]:
    own = rules_for(typography_rules(theme), code)
    rules = Rules(SCRIPTS[code], own.get("instead", {}), limits(), languages=(code, code))
    return [check for check, _, _ in run_source_checks(role, text, rules)]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "Two  words", ["spaces"]),
        ("en", "One “quotation", ["quotes"]),
        ("en", "A (bracket", ["brackets"]),
        ("en", "The «wrong» marks", ["punctuation", "punctuation"]),
        ("en", "One \u0430lien letter", ["script"]),
        ("en", "One l\u0435tter", ["script"]),
        ("en", "A \u200emark", ["bidi-controls"]),
        ("fr", 'Une "citation"', ["punctuation"]),
        ("fr", "Une “citation”", ["punctuation", "punctuation"]),
        ("fr", "Une « citation » : 1 500 € (12 %), « le “deal” du siècle » !", []),
        ("ar", "قال, ثم مضى", ["punctuation"]),
        ("ar", "قال، ثم مضى؟", []),
        ("ar", "شركة International Business Machines Corporation", []),
        ("en", 'a) one b) two; 5\'10" tall and a 10" screen :-)', []),
        ("en", "A line\nand another,\n  indented", []),
        ("en", "See [the “words](https://example.org/a(b)) of” Москва", []),
        ("en", "A {broken", []),  # told as an error
    ],
)
def test_a_source_text_is_asked_what_a_translation_is(
    theme: Theme, code: str, text: str, expected: list[str]
) -> None:
    assert found(theme, code, text) == expected


def test_a_long_headline_is_told(theme: Theme) -> None:
    assert found(theme, "en", "word " * 60, "headline") == ["length"]
    assert found(theme, "ar", "INTERPOL Global Complex", "organisation") == []


def test_each_check_is_one_of_translations() -> None:
    assert {check.id for check in SOURCE_CHECKS} == {
        "spaces", "brackets", "quotes", "bidi-controls", "script", "punctuation", "length",
    }  # fmt: skip
    assert {check.severity for check in SOURCE_CHECKS} == {"warning"}


def test_a_slip_has_its_place_and_keeps_nothing_back(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "A paragraph with", "A “paragraph  with")
    newsroom.edit("releases/_newsroom.yaml", "Press office", "Press (office")
    for path, old, new in (
        ("news", "A paragraph with", "A “paragraph with"),
        ("newsroom", "Press office", "Press (office"),
    ):
        newsroom.edit(f"locales/fr/LC_MESSAGES/{path}.po", old, new)
    result = newsroom.run("check", "--json")
    told = [p for p in json.loads(result.output)["problems"] if p["file"].startswith("releases/")]
    assert result.exit_code == 0
    assert [(p["file"], p["line"], p["column"], p["message"], p["hint"]) for p in told] == [
        (
            "releases/_newsroom.yaml",
            6,
            17,
            "the text has unpaired brackets ()",
            "close or remove them",
        ),
        ("releases/news.yaml", 6, 16, "the text has a double space", "leave one"),
        (
            "releases/news.yaml",
            6,
            16,
            "the text has an unpaired quotation mark",
            "close or remove it",
        ),
    ]
    assert newsroom.run("render").exit_code == 0
