"""Press styles: what agencies write, letters that are raised, and the way back to CLDR."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from gapress.catalogs.po import parse_po
from gapress.document import Emphasis, Raised, Text, plain
from gapress.localization.calendars import with_calendar
from gapress.localization.facts import format_fact
from gapress.localization.press_style import CLDR, press_style
from gapress.release.facts import Fact
from gapress.release.yaml import parse
from gapress.shipped import shipped

if TYPE_CHECKING:
    from .conftest import Newsroom

STYLES: dict[str, Any] = tomllib.loads(
    (shipped("templates") / "press-style.toml").read_text("utf-8")
)
CASES: dict[str, dict[str, str]] = tomllib.loads(
    (Path(__file__).parent / "cases/press_style/facts.toml").read_text("utf-8")
)
FACT: TypeAdapter[Fact] = TypeAdapter(Fact)
SPACES = str.maketrans({"\u00a0": "~", "\u202f": "^", "\u200f": None, "\u061c": None})


@cache
def labels(tag: str) -> dict[str, str]:
    path = shipped("locales") / tag.split("-")[0] / "LC_MESSAGES/gapress.po"
    if not path.is_file():
        return {}
    entries = parse_po(path.read_bytes(), path.name).entries
    return {entry.key[1]: entry.translation for entry in entries}


def shown(written: str, tag: str, form: str = "", rules: dict[str, Any] = STYLES) -> str:
    data = parse(f"fact: {written}".encode(), "x.yaml").data["fact"]
    known = labels(tag)
    return format_fact(
        FACT.validate_python(data),
        Locale.parse(tag, sep="-"),
        lambda label: (known.get(label) or label).partition("|")[0],
        press=press_style(rules, tag),
        form=form,
    )


TABLE = [
    (tag, *written.partition("}")[::2], expected)
    for tag, facts in CASES.items()
    for written, expected in facts.items()
    if written != "source"
]


@pytest.mark.parametrize(("tag", "written", "form", "expected"), TABLE)
def test_facts_are_as_the_press_writes_them(
    tag: str, written: str, form: str, expected: str
) -> None:
    assert shown(written + "}", tag, form.strip()).translate(SPACES) == expected


def test_eighteen_locales_are_in_the_table_with_their_sources() -> None:
    assert len(CASES) == 18
    assert all(facts["source"] for facts in CASES.values())


SPANS = [
    ("fr-FR", "09:00", "11:30", "9~h–11~h~30"),
    ("fr-MA", "09:00", "11:30", "9h–11h30"),
    ("en-US", "09:00", "11:30", "9–11:30~a.m."),
    ("en-US", "09:00", "14:00", "9~a.m.–2~p.m."),
    ("en-US", "09:00", "12:00", "9~a.m.–noon"),
    ("en-GB", "09:30", "11:00", "9.30–11am"),
    ("de-DE", "09:30", "11:00", "9.30–11.00~Uhr"),
    ("ar-MA", "09:30", "11:00", "9:30–11:00"),
    ("ar-EG", "09:30", "11:00", "٩:٣٠–١١:٠٠~صباحًا"),
]


@pytest.mark.parametrize(("tag", "first", "last", "expected"), SPANS)
def test_spans_of_times_say_once_what_both_have(
    tag: str, first: str, last: str, expected: str
) -> None:
    written = f"{{range: ['{first}', '{last}']}}"
    assert shown(written, tag).translate(SPACES) == expected


# --- one line for the old ways -------------------------------------------------------------------


@pytest.mark.parametrize("tag", CASES)
def test_one_line_brings_cldr_back(tag: str) -> None:
    everywhere = {**STYLES, "every": {"style": "cldr"}}
    language = {**STYLES, tag: {"style": "cldr"}}
    for rules in (everywhere, language):
        assert replace(press_style(rules, tag), calendars={}) == CLDR


def test_a_newsroom_may_have_a_style_of_its_own(newsroom: Newsroom) -> None:
    newsroom.write("templates/press-style.toml", '[every]\nstyle = "cldr"\n')
    assert newsroom.run("check").exit_code == 0


@pytest.mark.parametrize(
    ("rules", "problem"),
    [
        ("[fr\n", "not valid TOML"),
        ("fr = 1\n", "fr is no table"),
        ('[fr]\ntime = "{hour}"\n', "time of fr has the wrong form"),
        ('[fr]\nmonths = ["janv."]\n', "months of fr has the wrong form"),
        ('[fr]\nstyle = "afp"\n', "style of fr has the wrong form"),
        ('[fr.ordinals]\nfemale = { other = "{number}e" }\n', "ordinals of fr has the wrong form"),
        ('[fr.ordinals]\nfeminine = { other = "e" }\n', "ordinals of fr has the wrong form"),
    ],
)
def test_a_broken_style_is_told_in_one_line(rules: str, problem: str, newsroom: Newsroom) -> None:
    newsroom.write("templates/press-style.toml", rules)
    outcome = newsroom.run("check")
    assert outcome.exit_code == 1
    assert f"templates/press-style.toml: {problem}" in outcome.output
    assert "Traceback" not in outcome.output


# --- raised letters ------------------------------------------------------------------------------


def raised(text: str, tag: str = "fr-FR") -> list[str]:
    found = press_style(STYLES, tag).with_raised((Emphasis((Text(text),)),))
    assert plain(found) == text
    (emphasis,) = found
    assert isinstance(emphasis, Emphasis)
    return [plain(inline.children) for inline in emphasis.children if isinstance(inline, Raised)]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("la 93e session", ["e"]),
        ("la 1re session et le 1er décembre", ["re", "er"]),
        ("les XIXe et XXe siècles", ["e", "e"]),
        ("la Ve République, Napoléon Ier.", ["e", "er"]),
        ("l’an 2e", ["e"]),
        ("https://example.org/93e, a-93e, 93e@example.org, 93e.pdf, 0x3e, 3e-4", []),
        ("Me Dupont, 3 er, 5est, 93éme", []),
    ],
)
def test_letters_of_french_ordinals_are_raised(text: str, letters: list[str]) -> None:
    assert raised(text) == letters


def test_english_ordinals_are_not_raised() -> None:
    assert raised("the 93rd session", "en-GB") == []


@given(st.text(), st.sampled_from([*CASES]))
def test_raising_changes_no_character_and_is_done_once(text: str, tag: str) -> None:
    style = press_style(STYLES, tag)
    once = style.with_raised((Text(text),))
    assert plain(once) == text
    assert style.with_raised(once) == once or not text


def test_a_translator_chooses_the_gender_of_an_ordinal(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "{count} figures", "the {count:feminine} session")
    newsroom.edit("releases/news.yaml", "kind: press release", "language: fr\nkind: press release")
    path = newsroom.root / "releases/news.yaml"
    text = re.sub("count: .*", "count: {number: 1, style: ordinal}", path.read_text("utf-8"))
    path.write_text(text, "utf-8")
    assert newsroom.run("render", "--draft").exit_code == 0
    (page,) = newsroom.root.rglob("news_fr*.html")
    (words,) = newsroom.root.rglob("news_fr*.txt")
    assert 'the 1<sup class="raised">re</sup>' in page.read_text("utf-8")
    assert "the 1re" in words.read_text("utf-8")


def test_another_word_than_a_gender_is_refused(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "{count} figures", "{count:female} figures")
    outcome = newsroom.run("check")
    assert outcome.exit_code == 1
    assert "behind the colon, write one of masculine, feminine, neuter" in outcome.output


# --- a second calendar ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "calendar", "day", "expected"),
    [
        ("ar-SA", "islamic-umalqura", "2025-11-24", "(24) الموافق ٣ جمادى الآخرة ١٤٤٧ هـ"),
        ("ar-MA", "islamic-umalqura", "2025-11-24", "(24) الموافق 3 جمادى الآخرة 1447 هـ"),
        ("ar-MA", "islamic-umalqura", "2026-06-16", "(24) الموافق 1 محرم 1448 هـ"),
        ("en-GB", "islamic-umalqura", "2025-03-01", "(24) (1 Ramadan 1446 AH)"),
        ("fr-MA", "islamic-umalqura", "2025-11-24", "(24) (3 joumada II 1447 de l’hégire)"),
        ("fa-IR", "persian", "2025-11-24", "۳ آذر ۱۴۰۴ ((24))"),
        ("fa-IR", "persian", "2026-03-21", "۱ فروردین ۱۴۰۵ ((24))"),
        ("en-GB", "islamic-umalqura", "2099-01-01", "(24)"),
        ("de-DE", "islamic-umalqura", "2025-11-24", None),
    ],
)
def test_a_date_in_a_second_calendar(
    tag: str, calendar: Any, day: str, expected: str | None
) -> None:
    locale, press = Locale.parse(tag, sep="-"), press_style(STYLES, tag)
    shown = with_calendar("(24)", dt.date.fromisoformat(day), calendar, locale, press)
    assert (shown and shown.replace("\u00a0", " ")) == expected


def test_the_hijri_date_stands_in_every_format(newsroom: Newsroom) -> None:
    newsroom.edit(
        "releases/_newsroom.yaml", "time_zone:", "calendars:\n  en: islamic-umalqura\ntime_zone:"
    )
    assert newsroom.run("render", "--draft").exit_code == 0
    texts = [path.read_text("utf-8") for path in newsroom.root.rglob("news_en*.[ht][tx]*")]
    assert len(texts) == 2
    for text in texts:
        assert "24\u00a0November 2025 (3\u00a0Jumada\u00a0II 1447 AH)" in text


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("de: islamic-umalqura", "de is not in languages"),
        ("fr: persian", "has no words for the calendar persian in fr"),
        ("fr: julian", "write one of islamic-umalqura or persian"),
    ],
)
def test_a_calendar_that_cannot_be_shown_is_told(
    entry: str, problem: str, newsroom: Newsroom
) -> None:
    newsroom.edit("releases/_newsroom.yaml", "time_zone:", f"calendars:\n  {entry}\ntime_zone:")
    outcome = newsroom.run("check")
    assert outcome.exit_code == 1
    assert problem in outcome.output
