"""Literal figures in sources: what is told, what is left alone, and totals that don't add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from babel import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from gapress.localization.facts import format_fact
from gapress.localization.literals import literals
from gapress.release.facts import NumberFact

if TYPE_CHECKING:
    from decimal import Decimal

    from conftest import Newsroom

Q3 = """\
kind: press release
date: 2026-01-02
dateline: {city: "1"}
headline: "2"
body:
  - table: "3"
    columns: ["4", "5", "6"]
    rows:
      - ["7", "48,200", "+6.5%"]
      - ["8", "03/04/2026", "£1,050.75"]
      - ["9", "(310.4)", "14/09/2026"]
contacts: [press]
"""
HOUSE = """\
language: en
organisation: {name: "1", url: "https://example.org/"}
languages: {en: en-GB, fr: fr-FR, ar: ar-MA}
time_zone: Europe/Paris
contacts: {press: {name: "1"}}
"""


def test_a_cell_in_another_notation_keeps_its_languages_back(newsroom: Newsroom) -> None:
    newsroom.write("releases/_newsroom.yaml", HOUSE)
    newsroom.write("releases/news.yaml", Q3)
    result = newsroom.run("check")
    told = [line for line in result.output.splitlines() if "[figures]" in line]
    assert told == [
        "releases/news.yaml:9:15: row 1, column 2 (5): 48,200 is written 48\u202f200 in fr and 48.200 in ar; write 48200 without quotes; a column of codes has type: text [figures]",
        "releases/news.yaml:9:25: row 1, column 3 (6): +6.5% is written 6,5\u00a0% in fr and 6,5% in ar; write {percentage: 6.5} [figures]",
        "releases/news.yaml:10:15: row 2, column 2 (5): 03/04/2026 is written 3 avril 2026 in fr and 3 أبريل 2026 in ar; write {date: 2026-04-03} or {date: 2026-03-04}, as it is meant [figures]",
        "releases/news.yaml:10:29: row 2, column 3 (6): £1,050.75 is written 1\u202f050,75\u00a0£GB in fr and 1.050,75\u00a0UK£ in ar; write {money: 1050.75, currency: GBP} [figures]",
        "releases/news.yaml:11:15: row 3, column 2 (5): 310.4 is written 310,4 in fr and 310,4 in ar; write -310.4 without quotes; a column of codes has type: text [figures]",
        "releases/news.yaml:11:26: row 3, column 3 (6): 14/09/2026 is written 14 septembre 2026 in fr and 14 شتنبر 2026 in ar; write {date: 2026-09-14} [figures]",
    ]  # fmt: skip
    assert result.exit_code == 1
    rendered = newsroom.run("render", "-f", "txt")
    assert "refused news in fr" in rendered.output
    assert newsroom.files() == ["news/en/news_en.txt"]


def test_as_facts_they_are_right_in_every_language(newsroom: Newsroom) -> None:
    newsroom.write("releases/_newsroom.yaml", HOUSE)
    newsroom.write("releases/news.yaml", Q3)
    for old, new in {
        '"48,200"': "48200",
        '"+6.5%"': "{percentage: 6.5}",
        '"03/04/2026"': "{date: 2026-04-03}",
        '"£1,050.75"': "{money: 1050.75, currency: GBP}",
        '"(310.4)"': "-310.4",
        '"14/09/2026"': "{date: 2026-09-14}",
    }.items():
        newsroom.edit("releases/news.yaml", old, new)
    result = newsroom.run("check")
    assert (result.exit_code, result.output) == (0, "No problem in 1 release.\n")
    assert newsroom.run("render", "-f", "txt").exit_code == 0
    french = (newsroom.root / "dist/news/fr/news_fr.txt").read_text(encoding="utf-8")
    for text in (
        "48\u202f200",
        "6,5\u202f%",
        "3\u00a0avril 2026",
        "1\u202f050,75\u00a0£GB",
        "−310,4",
    ):
        assert text in french


def told(newsroom: Newsroom) -> list[str]:
    result = newsroom.run("check")
    return [line for line in result.output.splitlines() if line.endswith(("[figures]", "[total]"))]


def test_a_figure_among_words_is_a_warning_with_the_fact_to_write(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "A headline", "Up by 12,500")
    newsroom.edit(
        "releases/news.yaml", "A paragraph with {count} figures.", "From *€3.5* to {count}."
    )
    assert told(newsroom) == [
        "releases/news.yaml:4:11: warning: 12,500 is written 12\u202f500 in fr; write {count} there, and count: {number: 12500} under facts [figures]",
        "releases/news.yaml:6:16: warning: €3.5 is written 3,5\u00a0€ in fr; write {amount} there, and amount: {money: 3.5, currency: EUR} under facts [figures]",
    ]  # fmt: skip


def test_a_backslash_or_a_column_of_texts_says_that_it_is_no_figure(newsroom: Newsroom) -> None:
    table = '  - table: T\n    columns: [A, {heading: B, type: text}]\n    rows: [[a, "2.10"], [b, "c 3.5"]]\nfacts:'
    newsroom.edit("releases/news.yaml", "facts:", table)
    newsroom.edit("releases/news.yaml", "A headline", r"Ratings of 8\.1 and 12\,500")
    assert told(newsroom) == []


def test_the_newsrooms_own_texts_are_read_too(newsroom: Newsroom) -> None:
    text = 'boilerplates:\n  about: {title: About us, text: ["We are 12,500."]}\ncontacts:'
    newsroom.edit("releases/_newsroom.yaml", "contacts:", text)
    assert told(newsroom) == [
        "releases/_newsroom.yaml:6:35: warning: 12,500 is written 12\u202f500 in fr; see that each translation writes it as its language does [figures]"
    ]  # fmt: skip


def test_one_language_or_one_notation_is_no_reason(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "A headline", "Up by 12,500")
    newsroom.edit("releases/_newsroom.yaml", ", fr: fr-MA", "")
    assert told(newsroom) == []
    newsroom.edit("releases/_newsroom.yaml", "en: en-GB", "en: en-GB, zh: zh-CN")
    assert told(newsroom) == []


# --- what is a figure, and what is not -----------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("en-GB", "12,500 people and 1,234,567.5 tonnes", ["{number: 12500}", "{number: 1234567.5}"]),
        ("en-GB", "a loss of -1,234.5 or −0.4", ["{number: -1234.5}", "{number: -0.4}"]),
        ("en-GB", "3.5% to 12.25 %, (2.5)%", ["{percentage: 3.5}", "{percentage: 12.25}", "{percentage: -2.5}"]),
        ("en-GB", "between 1,000–2,000 and 1.5-2.5", ["{number: 1000}", "{number: 2000}", "{number: 1.5}", "{number: 2.5}"]),
        ("en-GB", "€1,234.56, US$20, 500 MAD and DH 5", ["{money: 1234.56, currency: EUR}", "{money: 20, currency: USD}", "{money: 500, currency: MAD}", "{money: 5, currency: MAD}"]),
        ("en-GB", "€1.2 million, $23.4bn, £5m", ["{number: 1.2}", "{number: 23.4}"]),
        ("en-GB", "doors at 9:30 a.m., close 5pm", ["{time: 09:30}", "{time: 17:00}"]),
        ("en-GB", "by 12 am, not 12:15 PM", ["{time: 00:00}", "{time: 12:15}"]),
        ("en-GB", "on 01/02/2026", ["{date: 2026-02-01}", "{date: 2026-01-02}"]),
        ("en-US", "on 01/02/2026", ["{date: 2026-01-02}", "{date: 2026-02-01}"]),
        ("en-GB", "on 12/31/25, 2026/01/02", ["{date: 2025-12-31}", "{date: 2026-01-02}"]),
        ("en-GB", "12.345 or 1.000.000", ["{number: 12.345}", "{number: 12345}", "{number: 1000000}"]),
        ("en-GB", "1.234,50 euros", ["{number: 1234.50}"]),
        ("en-GB", "36.8 °C, 12.5km, 3.5-inch", ["{number: 36.8}", "{number: 12.5}", "{number: 3.5}"]),
        ("en-US", "$5", ["{money: 5, currency: USD}"]),
        ("fr-CA", "12,50 $", ["{money: 12.50, currency: CAD}"]),
        ("fr-FR", "12 000 MAD, 1 234,56 €", ["{money: 12000, currency: MAD}", "{money: 1234.56, currency: EUR}"]),
        ("fr-FR", "12\u202f500 emplois, 3,5 %", ["{number: 12500}", "{percentage: 3.5}"]),
        ("fr-FR", "au capital de 1 127 091 960 euros", ["{number: 1127091960}"]),
        ("fr-FR", "le 24.11.2025, 12,5 M€ et 3,2 milliards", ["{date: 2025-11-24}", "{number: 12.5}", "{number: 3.2}"]),
        ("ar-MA", "12.500 منصب و3,5%", ["{number: 12500}", "{percentage: 3.5}"]),
        ("ar-MA", "1.234,50 د.م.", ["{money: 1234.50, currency: MAD}"]),
        ("ar-EG", "١٢٬٥٠٠ و١٤٫٥", ["{number: 12500}", "{number: 14.5}"]),
        ("en-IN", "12,34,567 and ₹5,000", ["{number: 1234567}", "{money: 5000, currency: INR}"]),
        ("de-CH", "12’500.50 CHF", ["{money: 12500.50, currency: CHF}"]),
    ],
)  # fmt: skip
def test_figures_are_found(tag: str, text: str, expected: list[str]) -> None:
    found = literals(text, tag)
    assert [fact.written() for literal in found for fact in literal.facts] == expected
    assert all(text[f.start :].startswith(f.text) for f in found)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en-GB", "In 2024, 300 people; 1500 metres; 9M 2017; Q3"),
        ("en-GB", "+212 5 00 00 00 00, 05 00 00 00 00, +44 (0)20 7946 0000"),
        ("en-GB", "ISIN MA0000012437, IBAN FR7630006000011234567890189"),
        ("en-GB", "https://example.org/1,234/3.5, www.example.org/2.5, a.b1.5@example.org"),
        ("en-GB", "v2.0, version 3.1, Web 2.0, release 10.15.7, Python 3.14, GPT-4.5"),
        ("en-GB", "Article 12.3, section 4.2, § 7.1, Rule 14.2, No. 1,234, law 103.13"),
        ("en-GB", "won 3-2, 6-4; at 8:30 and at 12.30; 24/7; 9/11; page 7/12"),
        ("en-GB", "33.5731° N, 7.5898° W; 192.168.100.200; PM 2.5"),
        ("en-GB", "COP30, COP 30, TOP 10, 5G, A4, ISO 9001"),
        ("en-GB", "SN/2025-11-24/01, DGSN-12,500"),
        ("en-GB", "3.1 Scope of this release"),
        ("en-GB", "rooms 101,102; 1,2,3; £5 million; €5m"),
        ("fr-FR", "RCS Nanterre 780 129 987, 395 062 540 RCS Paris, SIREN 552 120 222."),
        ("fr-FR", "Tél. : 01 44 41 11 11, n° 1 234, article 12,3, L. 233-7, loi n° 103.13"),
        ("ar-MA", "المادة 12,3 من القانون رقم 103.13"),
    ],
)
def test_what_is_no_figure_is_left(tag: str, text: str) -> None:
    assert [literal.text for literal in literals(text, tag)] == []


@given(
    st.decimals(-(10**9), 10**9, places=2),
    st.sampled_from(["en-GB", "fr-FR", "de-DE", "es-MX", "pt-PT", "ar-MA", "ru-RU", "en-IN"]),
)
def test_what_a_locale_writes_is_read_back(number: Decimal, tag: str) -> None:
    text = format_fact(NumberFact(number=number), Locale.parse(tag, sep="-"), str, 2)
    (literal,) = literals(text, tag)
    assert literal.text == text
    assert literal.facts == (NumberFact(number=number),)


@given(
    st.text() | st.text(alphabet="0123456789.,'/-:% €$MADpam()\u202f٫٬١"),
    st.sampled_from(["en-GB", "fr-MA", "ar-EG", "fa"]),
)
@example("99999999999999999999,5", "fr-MA")
@example("²,⁵ ½% €²", "en-GB")
def test_any_text_can_be_read(text: str, tag: str) -> None:
    for literal in literals(text, tag):
        assert text[literal.start :].startswith(literal.text)
        assert literal.facts
        assert literal.is_foreign(Locale("fr")) in {True, False}


# --- totals --------------------------------------------------------------------------------------

TABLE = """\
  - table: T
    columns: [Item, {{heading: Sum, type: number}}, {{heading: Share, type: percentage}}]
    rows: [[a, {a}, 40.5], [b, {b}, 60.1]]
    total: [All, {total}, 100]
facts:
"""


@pytest.mark.parametrize(
    ("a", "b", "total", "expected"),
    [
        ("1200", "300", "1500", ""),
        ("1200", "300", "1600", "the rows add up to 1500, the total is 1600"),
        ("1200.5", "-300", "900.5", ""),
        ("1200.5", "-300", "1500.5", "the rows add up to 900.5, the total is 1500.5"),
        # Each may be rounded by half of its last place.
        ("1200", "300", "1501", ""),
        ("0.25", "0.25", "0.52", "the rows add up to 0.50, the total is 0.52"),
        ("1500", '"{count}"', "3000", ""),
        ("1500", '"{count}"', "3002", "the rows add up to 3000, the total is 3002"),
        # Nothing to add up.
        ("n/a", "300", "1500", ""),
        ("{money: 5, currency: MAD}", "300", "1500", ""),
        ("1200", "300", "~", ""),
    ],
)
def test_totals(a: str, b: str, total: str, expected: str, newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "facts:\n", TABLE.format(a=a, b=b, total=total))
    found = [line.partition(": warning: ")[2] for line in told(newsroom) if "[total]" in line]
    message = f"total, column 2 (Sum): {expected}; check both; or, for an average or an index, "
    message += "add adds_up: false to the table [total]"
    assert found == ([message] if expected else [])


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("total: [All, {total}", "adds_up: false\n    total: [All, {total}"),
        ("heading: Sum, ", "heading: Sum, adds_up: false, "),
    ],
)
def test_a_last_row_may_be_no_sum(before: str, behind: str, newsroom: Newsroom) -> None:
    table = TABLE.replace(before, behind)
    newsroom.edit("releases/news.yaml", "facts:\n", table.format(a="120.5", b="131.4", total="126"))
    assert not [line for line in told(newsroom) if "[total]" in line]
    lines = table.splitlines()
    newsroom.edit(
        "releases/news.yaml", next(x for x in lines if "total:" in x).format(total=126), ""
    )
    assert "says adds_up but has no total; delete adds_up" in newsroom.run("check").output
