"""Localization: facts, markup, spacing, isolation, and what hypothesis can say of any text."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from conftest import ADVISORY, ASSEMBLY, STATEMENT, Newsroom
from gapress.document import Document, Isolate, Link, Paragraph, Quote, Text, plain
from gapress.kit.prepare import typography_rules
from gapress.localization.facts import format_date, format_fact, format_offset
from gapress.localization.inline import inlines
from gapress.localization.typography import typography_for
from gapress.release.facts import DateFact, MoneyFact, NumberFact, PercentageFact, TimeFact
from gapress.release.fields import problem_with_characters
from gapress.release.markup import MarkupError, placeholders, scan, tokens

if TYPE_CHECKING:
    from gapress.theme import Theme

NARROW, NO_BREAK = "\u202f", "\u00a0"


FACTS = {
    "day": DateFact(date="2025-11-24"),
    "weekday": DateFact(date="2025-11-24", style="full"),
    "month": DateFact(date="2007-11"),
    "year": DateFact(date=Decimal(2007)),
    "time": TimeFact(time="09:05"),
    "number": NumberFact(number=Decimal("1234567.25")),
    "ordinal": NumberFact(number=Decimal(93), style="ordinal"),
    "first": NumberFact(number=Decimal(1), style="ordinal"),
    "percentage": PercentageFact(percentage=Decimal("12.5")),
    "money": MoneyFact(money=Decimal(1500), currency="MAD"),
}


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        (
            "en_GB",
            [
                "24 November 2025",
                "Monday, 24 November 2025",
                "November 2007",
                "2007",
                "09:05",
                "1,234,567.25",
                "{number}rd 93",
                "{number}st 1",
                "12.5%",
                "MAD\u00a01,500",
            ],
        ),
        (
            "fr_MA",
            [
                "24 novembre 2025",
                "lundi 24 novembre 2025",
                "novembre 2007",
                "2007",
                "09:05",
                "1\u202f234\u202f567,25",
                "{number}th 93",
                "{number}st 1",
                "12,5\u00a0%",
                "1\u202f500\u00a0MAD",
            ],
        ),
        (
            "ar_MA",
            [
                "24 نونبر 2025",
                "الاثنين، 24 نونبر 2025",
                "نونبر 2007",
                "2007",
                "09:05",
                "1.234.567,25",
                "{number}th 93",
                "{number}th 1",
                "12,5%",
                "\u200f1.500\u00a0د.م.\u200f",
            ],
        ),
    ],
)
def test_facts_follow_cldr(locale: str, expected: list[str]) -> None:
    def label(pattern: str) -> str:
        return f"{pattern} {{number}}"

    got = [format_fact(fact, Locale.parse(locale), label) for fact in FACTS.values()]
    spelt = [
        text.replace("93rd 93", "{number}rd 93")
        .replace("93th 93", "{number}th 93")
        .replace("1st 1", "{number}st 1")
        .replace("1th 1", "{number}th 1")
        for text in got
    ]
    assert spelt == expected


@pytest.mark.parametrize(
    ("offset", "expected"),
    [("+01:00", "UTC+01:00"), ("Z", "UTC"), ("-03:30", "UTC-03:30"), ("+05:45", "UTC+05:45")],
)
def test_offsets(offset: str, expected: str) -> None:
    import datetime as dt

    assert format_offset(dt.datetime.fromisoformat(f"2025-11-24T10:00:00{offset}")) == expected


@given(st.text())
def test_any_text_has_tokens_or_a_reason(text: str) -> None:
    found, reasons = scan(text)
    if reasons:
        with pytest.raises(MarkupError):
            tokens(text)
    depth = 0
    for token in found:
        depth += {"end": -1, "text": 0, "placeholder": 0}.get(token.kind, 1)
        assert depth >= 0
    assert depth == 0


def test_markup_is_emphasis_strong_links_escapes_and_nothing_else() -> None:
    kept = (
        "<b>x</b> &amp; `code` ~~x~~ ![a](https://example.org) _x_ # no\n> no\n- no <https://x.org>"
    )
    text = "".join(token.value for token in tokens(kept) if token.kind == "text")
    assert text == kept.replace("[a](https://example.org)", "a").replace("\n", " ")
    kinds = [token.kind for token in tokens("*a* **b** [c](tel:+212) \\*d\\* {e} {{f}}")]
    assert kinds.count("emphasis") == kinds.count("strong") == kinds.count("link") == 1
    assert placeholders("{a} {{b}} *{c}*") == {"a", "c"}


@pytest.mark.parametrize(
    "bad", ["\x00", "\x1b", "\ud800", "\ufffe", "\ue000", "\u2028", "\u202e", "\u2066a", "a\u2069"]
)
def test_forbidden_characters(bad: str) -> None:
    assert problem_with_characters(bad)


@pytest.mark.parametrize(
    "good", ["é\t\n", "😀", "ⵣ", "پ", "\u2066a\u2069", "\u200fx\u200e", "a\u200db"]
)
def test_allowed_characters(good: str) -> None:
    assert not problem_with_characters(good)


# --- the documents of the sample newsroom --------------------------------------------------------


def test_embargo_lines(documents: dict[tuple[str, str], Document]) -> None:
    lines = {
        code: [plain(line) for line in (d.release_line.text, *d.release_line.zones)]
        for (slug, code), d in documents.items()
        if slug == ADVISORY
    }
    assert lines == {
        "en": [
            "Embargoed until Friday, 21\u00a0November 2025, 9am (Casablanca time, UTC+01:00)",
            "Friday, 21\u00a0November 2025, 8am (UTC)",
            "Friday, 21\u00a0November 2025, 9am (Paris time, UTC+01:00)",
        ],
        "fr": [
            "Sous embargo jusqu’au vendredi 21\u00a0novembre 2025 à 9h (heure de Casablanca, UTC+01:00)",
            "soit le vendredi 21\u00a0novembre 2025 à 8h (UTC)",
            "soit le vendredi 21\u00a0novembre 2025 à 9h (heure de Paris, UTC+01:00)",
        ],
        "ar": [
            "يحظر النشر إلى غاية يوم الجمعة، 21\u00a0نونبر 2025، على الساعة\u00a09:00 (بتوقيت الدار البيضاء، UTC+01:00)",
            "أي يوم الجمعة، 21\u00a0نونبر 2025، على الساعة\u00a08:00 (بتوقيت غرينتش)",
            "أي يوم الجمعة، 21\u00a0نونبر 2025، على الساعة\u00a09:00 (بتوقيت باريس، UTC+01:00)",
        ],
    }


@pytest.mark.parametrize(
    ("tag", "style", "expected"),
    [
        ("fr-MA", "long", "1er décembre 2025"),
        ("fr-MA", "full", "lundi 1er décembre 2025"),
        ("fr-MA", "short", "01/12/2025"),
        ("en-GB", "long", "1 December 2025"),
        ("ar-MA", "long", "1 دجنبر 2025"),
    ],
)
def test_the_first_of_a_month(tag: str, style: Any, expected: str) -> None:
    locale = Locale.parse(tag, sep="-")
    day = "1er" if tag.startswith("fr") else "1"
    assert format_date(dt.date(2025, 12, 1), locale, lambda _: day, style) == expected
    assert "1er" not in format_date(dt.date(2025, 12, 11), locale, lambda _: day, style)


def test_a_quote_is_marked_as_a_translation_where_it_is_one(
    documents: dict[tuple[str, str], Document],
) -> None:
    notes = {}
    for (slug, code), document in documents.items():
        for block in document.body:
            if isinstance(block, Quote) and slug == ASSEMBLY:
                notes[code] = plain(block.note)
    assert notes == {
        "en": "",
        "fr": f"Traduction{NARROW}; texte de référence en anglais",
        "ar": "ترجمة؛ النص المرجعي باللغة الإنجليزية",
    }


def test_a_quote_in_two_languages_of_record(documents: dict[tuple[str, str], Document]) -> None:
    """Of three quotes, two were said in French and one in Arabic."""
    marked = {}
    for code in ("en", "fr", "ar"):
        body = documents[STATEMENT, code].body
        marked[code] = [bool(plain(block.note)) for block in body if isinstance(block, Quote)]
    assert marked == {
        "en": [True, True, True],
        "fr": [False, False, True],
        "ar": [True, True, False],
    }


def test_the_dateline_opens_the_first_paragraph(documents: dict[tuple[str, str], Document]) -> None:
    datelines = {}
    for (slug, code), document in documents.items():
        first = document.body[0]
        assert isinstance(first, Paragraph)
        if slug == ASSEMBLY:
            datelines[code] = plain(first.dateline)
    assert datelines == {
        "en": "Marrakech, Morocco, 24\u00a0November 2025 –",
        "fr": "Marrakech (Maroc), le 24\u00a0novembre 2025 –",
        "ar": "مراكش (المغرب)، 24\u00a0نونبر 2025 –",
    }


def test_contacts_keep_their_order(documents: dict[tuple[str, str], Document]) -> None:
    contact = documents[ASSEMBLY, "ar"].contacts[0]
    (_, phone), (_, email) = contact.details
    assert phone == (
        Link("tel:+212500000000", (Isolate("ltr", (Text("+212 5 00 00 00 00"),), unbroken=True),)),
    )
    assert email == (
        Link("mailto:press@example.org", (Isolate("ltr", (Text("press@example.org"),)),)),
    )


def test_a_figure_corrected_in_one_place_is_corrected_in_every_language(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "number: 1500", "number: 1600")
    newsroom.run("render", "--format", "html")
    texts = {
        code: (newsroom.root / f"dist/news/{code}/news_{code}.html").read_text()
        for code in ("en", "fr")
    }
    assert "1,600" in texts["en"]
    assert "1,500" not in texts["en"]
    assert f"1{NARROW}600" in texts["fr"]


def test_notices_stand_in_every_language(newsroom: Newsroom) -> None:
    release = newsroom.root / "releases/news.yaml"
    notice = "version: 2\ncorrection: {version: 1, date: 2025-11-25, text: The figure was wrong.}\n"
    release.write_text(release.read_text() + notice, encoding="utf-8")
    output = newsroom.run("render", "--format", "html")
    assert (
        "releases/news.yaml:11:50: the correction 'The figure was wrong.' has no entry in"
        in output.output
    )
    catalog = newsroom.root / "locales/fr/LC_MESSAGES/news.po"
    entry = (
        '\nmsgctxt "correction"\nmsgid "The figure was wrong."\nmsgstr "Le chiffre était faux."\n'
    )
    catalog.write_text(catalog.read_text() + entry, encoding="utf-8")
    assert newsroom.run("render", "--format", "html").exit_code == 0
    page = (newsroom.root / "dist/news/fr/news_fr_v2.html").read_text()
    assert "Rectificatif du 25\u00a0novembre 2025\u202f; remplace la version 1" in page
    assert "Le chiffre était faux." in page


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« {p} » et « **gras** »", f"«{NO_BREAK}1{NO_BREAK}» et «{NO_BREAK}gras{NO_BREAK}»"),
        ("«**x**»;", f"«{NO_BREAK}x{NO_BREAK}»{NARROW};"),
        ("{p}; *a*! [lien](https://example.org)?", f"1{NARROW}; a{NARROW}! lien{NARROW}?"),
        ("{p}: ok", f"1{NO_BREAK}: ok"),
    ],
)
def test_french_spacing_beside_markup_and_facts(text: str, expected: str, theme: Theme) -> None:
    french = typography_for(typography_rules(theme), "fr")
    assert plain(inlines(tokens(text), {"p": (Text("1"),)}, "ltr", french)) == expected
