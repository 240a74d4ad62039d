"""Tables: what cells and columns take, how each language sets them, and how each format shows them."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import docx
import pypdfium2
import pytest
from babel import Locale
from docx.oxml.ns import qn
from lxml import html
from pydantic import ValidationError

from gapress.document import ColumnGroup, FactTable, Paragraph, plain
from gapress.kit.prepare import prepare
from gapress.localization.facts import format_fact
from gapress.release.blocks.table import TableBlock
from gapress.release.facts import MoneyFact, NumberFact, PercentageFact
from gapress.theme import load_theme
from gapress.workspace import Workspace
from gapress.writers import WRITERS

if TYPE_CHECKING:
    from conftest import Newsroom
    from gapress.document import Document

NARROW, NO_BREAK = "\u202f", "\u00a0"

RESULTS = """\
  - table: Results
    columns:
      - ~
      - {heading: First half, type: number}
      - {heading: Second half, type: number}
      - {heading: Income, type: money, currency: MAD}
      - {heading: Change, type: percentage, decimals: 1}
      - {heading: Closed on, type: date}
    groups: [{heading: "2025", columns: 2}, {columns: 3}]
    rows:
      - [Sales, 12500.5, 11900, 1500, 7.4, 2025-12-31]
      - [Costs, -300, ~, -99.9, "{share}", 2025-12]
      - [Rents, "n/a", "", {money: 5, currency: EUR}, {number: 4.00}, later]
    total: [Total, 12200.5, 11900, 1400.1, 12, ""]
    note: ["Figures are *unaudited*.", In millions.]
facts:
  share: {percentage: 5}
"""
FRENCH = {
    "table title": {"Results": "Résultats"},
    "table heading": {
        "First half": "Premier semestre",
        "Second half": "Second semestre",
        "Income": "Revenu",
        "Change": "Variation",
        "Closed on": "Clos le",
    },
    "table cell": {
        "Sales": "Ventes",
        "Costs": "Charges",
        "Rents": "Loyers",
        "Total": "Total",
        "n/a": "n. d.",
        "later": "plus tard",
    },
    "table note": {
        "Figures are *unaudited*.": "Chiffres *non audités*.",
        "In millions.": "En millions.",
    },
}


@pytest.fixture
def results(newsroom: Newsroom) -> Newsroom:
    """The small newsroom with a table of results, complete in English and French."""
    newsroom.edit("releases/news.yaml", "facts:\n", RESULTS)
    path = newsroom.root / "locales/fr/LC_MESSAGES/news.po"
    head = path.read_text(encoding="utf-8")
    newsroom.catalog("fr/LC_MESSAGES/news.po", FRENCH)
    more = path.read_text(encoding="utf-8").partition("\n\n")[2]
    path.write_text(f"{head}\n{more}", encoding="utf-8")
    return newsroom


def documents(newsroom: Newsroom) -> dict[str, Document]:
    workspace = Workspace(newsroom.root)
    prepared = prepare(workspace, "news", load_theme(workspace), draft=False)
    assert not prepared.problems
    return dict(prepared.documents)


def table(document: Document) -> FactTable:
    (found,) = (block for block in document.body if isinstance(block, FactTable))
    return found


def shown(document: Document) -> list[list[str]]:
    return [[plain(cell) for cell in row] for row in table(document).rows]


def made(newsroom: Newsroom, name: str, code: str = "en") -> bytes:
    document = documents(newsroom)[code]
    return WRITERS[name].write(document, load_theme(Workspace(newsroom.root)), {})


# --- what a language makes of the cells ----------------------------------------------------------


def test_figures_follow_their_columns_in_each_language(results: Newsroom) -> None:
    found = documents(results)
    assert shown(found["en"]) == [
        ["Sales", "12,500.5", "11,900", "MAD\u00a01,500.00", "7.4%", "31\u00a0December 2025"],
        ["Costs", "\u2212300.0", "", "\u2212MAD\u00a099.90", "5.0%", "December 2025"],
        ["Rents", "n/a", "", "€5", "4.00", "later"],
        ["Total", "12,200.5", "11,900", "MAD\u00a01,400.10", "12.0%", ""],
    ]
    assert shown(found["fr"]) == [
        ["Ventes", "12\u202f500,5", "11\u202f900", "1\u202f500,00\u00a0MAD", "7,4\u202f%", "31\u00a0décembre 2025"],
        ["Charges", "\u2212300,0", "", "\u221299,90\u00a0MAD", "5,0\u202f%", "décembre 2025"],
        ["Loyers", "n. d.", "", "5\u00a0€", "4,00", "plus tard"],
        ["Total", "12\u202f200,5", "11\u202f900", "1\u202f400,10\u00a0MAD", "12,0\u202f%", ""],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "cells", "expected"),
    [
        # As they are written, with every zero; a mapping is the same as a fact.
        ("Value", ["4.00", "12500", "-0.5"], ["4.00", "12,500", "\u22120.5"]),
        ("Value", ["{percentage: 12.50}", "{number: 93, style: ordinal}"], ["12.50%", "93rd"]),
        ("Value", ["{time: 09:30}", "{date: 2025-11}"], ["9.30am", "November 2025"]),
        ("Value", ['"{count}"', '"{count} cases"', "~"], ["1,500", "1,500 cases", ""]),
        # Of a type: all with the decimals of the one that has most, or as many as the column says.
        ("{heading: V, type: number}", ["4", "1.25", "~"], ["4.00", "1.25", ""]),
        ("{heading: V, type: number, decimals: 0}", ["4", "12500.0"], ["4", "12,500"]),
        ("{heading: V, type: number}", ['"{count}"', "0.5"], ["1,500.0", "0.5"]),
        ("{heading: V, type: percentage}", ["12.5", "4"], ["12.5%", "4.0%"]),
        ("{heading: V, type: money, currency: EUR}", ["5", "1.5"], ["€5.00", "€1.50"]),
        ("{heading: V, type: money, currency: EUR}", ["5", "1500"], ["€5", "€1,500"]),
        ("{heading: V, type: money, currency: JPY}", ["1500"], ["JP¥1,500"]),
        ("{heading: V, type: date}", ["2025", '"2025-11-01"', "soon"], ["2025", "1\u00a0November 2025", "soon"]),
        ("{heading: V, type: time}", ["09:30", "noon"], ["9.30am", "noon"]),
        ("{heading: V, type: text}", ["2025", "007", "4.00", '"1.5"'], ["2025", "007", "4.00", "1.5"]),
        # Numbers that can't all be years are numbers.
        ("Value", ["2025", "5000"], ["2,025", "5,000"]),
    ],
)  # fmt: skip
def test_cells(column: str, cells: list[str], expected: list[str], newsroom: Newsroom) -> None:
    newsroom.edit("releases/_newsroom.yaml", ", fr: fr-MA", "")
    rows = "".join(f"      - [Row, {cell}]\n" for cell in cells)
    block = f"  - table: T\n    columns: [Item, {column}]\n    rows:\n{rows}facts:\n"
    newsroom.edit("releases/news.yaml", "facts:\n", block)
    assert [row[1] for row in shown(documents(newsroom)["en"])] == expected


@pytest.mark.parametrize(
    ("fact", "decimals", "english", "french", "arabic"),
    [
        (NumberFact(number=Decimal("12500.5")), 2, "12,500.50", f"12{NARROW}500,50", "12.500,50"),
        (NumberFact(number=Decimal(-4)), 0, "-4", "-4", "-4"),
        (PercentageFact(percentage=Decimal(4)), 2, "4.00%", f"4,00{NO_BREAK}%", "4,00%"),
        (MoneyFact(money=Decimal(5), currency="EUR"), 2, "€5.00", f"5,00{NO_BREAK}€", f"5,00{NO_BREAK}€"),
        # Letters of a currency keep apart from digits, signs don't (CLDR, currencySpacing).
        (MoneyFact(money=Decimal(1500), currency="MAD"), None, f"MAD{NO_BREAK}1,500", f"1{NARROW}500{NO_BREAK}MAD", f"1.500{NO_BREAK}د.م."),
        (MoneyFact(money=Decimal(-1500), currency="CHF"), None, f"-CHF{NO_BREAK}1,500", f"-1{NARROW}500{NO_BREAK}CHF", f"-1.500{NO_BREAK}CHF"),
    ],
)  # fmt: skip
def test_decimals_and_currencies(
    fact: Any, decimals: int | None, english: str, french: str, arabic: str
) -> None:
    found = [
        format_fact(fact, Locale.parse(tag, sep="-"), str, decimals)
        for tag in ("en-GB", "fr-FR", "ar-MA")
    ]
    # Marks of direction stand in CLDR's patterns for Arabic.
    assert [text.translate({0x200E: None, 0x200F: None}) for text in found] == [
        english, french, arabic,
    ]  # fmt: skip


# --- what a source may hold ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amount", "currency", "fits"),
    [
        ("1.50", "EUR", True),
        ("1.500", "EUR", True),  # no more than two that count
        ("1.505", "EUR", False),
        ("1.5", "JPY", False),
        ("1500", "JPY", True),
        ("1.505", "TND", True),
        ("1.5055", "TND", False),
    ],
)
def test_an_amount_has_the_decimals_of_its_currency(amount: str, currency: str, fits: bool) -> None:
    values = {"money": Decimal(amount), "currency": currency}
    if fits:
        assert MoneyFact.model_validate(values).money == Decimal(amount)
    else:
        with pytest.raises(ValidationError, match="more decimal places than the currency uses"):
            MoneyFact.model_validate(values)


@pytest.mark.parametrize(
    ("number", "fits"),
    [
        ("999999999999999999", True),
        ("-999999999999999999", True),
        ("1000000000000000000", False),
        ("0.123456789", True),
        ("0.1234567891", False),
        ("0.1000000000", False),
    ],
)
def test_numbers_have_18_digits_before_and_9_after_the_point(number: str, fits: bool) -> None:
    if fits:
        assert NumberFact.model_validate({"number": Decimal(number)}).number == Decimal(number)
    else:
        with pytest.raises(ValidationError, match="18 before the point and 9 after it"):
            NumberFact.model_validate({"number": Decimal(number)})


def test_a_table_that_is_made_in_python_is_the_same() -> None:
    block = TableBlock.model_validate(
        {"table": "T", "columns": ("A", "B"), "rows": (("a", NumberFact(number=Decimal(5))),)}
    )
    assert block.rows[0][1] == NumberFact(number=Decimal(5))


def test_figures_are_no_messages(results: Newsroom) -> None:
    assert results.run("catalogs", "update").exit_code == 0
    catalog = (results.root / "locales/fr/LC_MESSAGES/news.po").read_text(encoding="utf-8")
    found = [line for line in catalog.splitlines() if line.startswith(("msgid", "msgctxt"))]
    roles = dict.fromkeys(line for line in found if line.startswith('msgctxt "table'))
    assert list(roles) == [f'msgctxt "{role}"' for role in FRENCH]
    cells = {after for before, after in pairwise(found) if "table cell" in before}
    assert cells == {f'msgid "{text}"' for text in FRENCH["table cell"]}
    assert "#~" not in catalog


# --- alignment -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "cells", "side"),
    [
        ("Value", ["5", "~", "1.5"], "end"),
        ("Value", ['"{count}"', '"{count}"'], "end"),
        ("Value", ["5", "n/a"], "end"),
        ("Value", ['"{count}"', "text"], "start"),
        ("Value", ["text", "more"], "start"),
        ("Value", ["{date: 2025}"], "start"),
        ("Value", ["{number: 5, style: ordinal}"], "start"),
        ("{heading: V, type: number}", ["n/a"], "end"),
        ("{heading: V, type: text}", ["5"], "start"),
        ("{heading: V, type: date}", ["2025"], "start"),
        ("{heading: V, align: center}", ["5"], "center"),
        ("{heading: V, type: number, align: start}", ["5"], "start"),
        ("{heading: V, align: end}", ["text"], "end"),
    ],
)
def test_alignment(column: str, cells: list[str], side: str, newsroom: Newsroom) -> None:
    newsroom.write(
        "releases/_newsroom.yaml",
        """\
        language: en
        organisation: {name: "1", url: "https://example.org/"}
        languages: {en: en-GB, ar: ar-MA}
        time_zone: Africa/Casablanca
        contacts: {press: {name: "1"}}
        """,
    )
    rows = "".join(f"      - [Row, {cell}]\n" for cell in cells)
    block = f"  - table: T\n    columns: [Item, {column}]\n    rows:\n{rows}facts:\n"
    newsroom.edit("releases/news.yaml", "facts:\n", block)
    workspace = Workspace(newsroom.root)
    found = prepare(workspace, "news", load_theme(workspace), draft=True).drafts
    assert table(found["en"]).sides == ("start", side)
    # Digits run from left to right in Arabic too: their last is on the right, where lines start.
    figures = side == "end" and "align: end" not in column
    assert table(found["ar"]).sides == ("start", "start" if figures else side)


# --- formats -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["html", "ninjs"])
def test_table_as_markup(name: str, results: Newsroom) -> None:
    raw = made(results, name)
    if name == "ninjs":
        bodies = json.loads(raw)["bodies"]
        raw = next(b["value"] for b in bodies if b["contentType"] == "text/html").encode()
    (found,) = html.document_fromstring(raw.decode()).iter("table")
    groups, headings, *rows = found.iter("tr")
    assert [(c.tag, c.get("scope"), c.get("colspan"), c.text_content()) for c in groups] == [
        ("td", None, "1" if name == "ninjs" else None, ""),
        ("th", "colgroup", "2", "2025"),
        ("td", None, "3", ""),
    ]
    assert [int(c.get("span") or len(c)) for c in found.iter("colgroup")] == [1, 2, 3]
    assert [(c.tag, c.get("scope")) for c in headings] == [("td", None)] + [("th", "col")] * 5
    for row in rows:
        assert [(c.tag, c.get("scope")) for c in row] == [("th", "row")] + [("td", None)] * 5
    assert [c.text_content() for c in rows[1]][1:3] == ["\u2212300.0", ""]
    if name == "html":
        assert [c.get("class") for c in headings] == [None, "end", "end", "end", "end", None]
        assert [row.get("class") for row in rows] == [None, None, None, "total"]
    below = [p.text_content() for p in found.itersiblings("p")]
    assert below[:2] == ["Figures are unaudited.", "In millions."]


def test_table_in_an_email(results: Newsroom) -> None:
    import email
    from email import policy

    document = documents(results)["en"]
    theme = load_theme(Workspace(results.root))
    raw = WRITERS["eml"].write(document, theme, {"pdf": b"", "docx": b""})
    message: Any = email.message_from_bytes(raw, policy=policy.default)
    root = html.document_fromstring(message.get_body(("html",)).get_content())
    (found,) = root.find_class("facts")
    groups, headings, *rows = found.iter("tr")
    assert [(c.tag, c.get("scope"), c.get("colspan")) for c in groups] == [
        ("td", None, "1"), ("th", "colgroup", "2"), ("td", None, "3"),
    ]  # fmt: skip
    for row in (headings, *rows):
        assert [c.get("align") for c in row] == ["left", *["right"] * 4, "left"]
    assert {"total" in c.get("class").split() for c in rows[-1]} == {True}
    text = message.get_body(("plain",)).get_content()
    assert "- Costs\n  2025 – First half: \u2212300.0\n  2025 – Second half: –\n" in text.replace(
        "\r", ""
    )


def test_table_in_plain_text(results: Newsroom) -> None:
    text = made(results, "txt").decode()
    expected = """\
Results

- Sales
  2025 – First half: 12,500.5
  2025 – Second half: 11,900
  Income: MAD\u00a01,500.00
  Change: 7.4%
  Closed on: 31\u00a0December 2025

- Costs
"""
    assert expected in text
    assert text.index("- Total") < text.index("Figures are unaudited.\nIn millions.")
    french = made(results, "txt", "fr").decode()
    assert f"  2025 – Premier semestre{NO_BREAK}: 12{NARROW}500,5\n" in french


def test_table_in_word(results: Newsroom) -> None:
    word = docx.Document(io.BytesIO(made(results, "docx")))
    (found,) = word.tables
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    rows = found._tbl.findall(f"{w}tr")
    assert [row.find(f"{w}trPr/{w}tblHeader") is not None for row in rows] == [True] * 2 + [
        False
    ] * 4
    spans = [cell.find(f"{w}tcPr/{w}gridSpan") for cell in rows[0].findall(f"{w}tc")]
    assert [None if span is None else span.get(f"{w}val") for span in spans] == [None, "2", "3"]
    assert [cell.text for cell in found.rows[0].cells] == ["", "2025", "2025", "", "", ""]
    styles = [[cell.paragraphs[0].style.name for cell in row.cells] for row in found.rows]
    assert styles[0][1] == "Table Heading Center"
    assert styles[1] == ["Table Heading", *["Table Heading End"] * 4, "Table Heading"]
    assert styles[2] == ["Table Row Heading", *["Table Text End"] * 4, "Table Text"]
    assert styles[-1] == ["Table Row Heading", *["Table Row Heading End"] * 4, "Table Row Heading"]
    noted = [row.find(f"{w}trPr/{w}cnfStyle") for row in rows]
    assert [n is not None and n.get(f"{w}firstRow") for n in noted] == ["1"] * 2 + [False] * 3 + [
        "0"
    ]
    assert noted[-1].get(f"{w}lastRow") == "1"
    look = found._tbl.tblPr.find(f"{w}tblLook")
    assert (look.get(f"{w}lastRow"), look.get(f"{w}val")) == ("1", "06E0")
    notes = [p.text for p in word.paragraphs if p.style.name == "Table Note"]
    assert notes == ["Figures are unaudited.", "In millions."]


def test_a_template_without_the_newer_styles_shows_the_same_words(results: Newsroom) -> None:
    import zipfile

    from gapress.shipped import shipped

    with zipfile.ZipFile(shipped("templates") / "press-release.docx") as package:
        parts = {name: package.read(name) for name in package.namelist()}
    sheet = parts["word/styles.xml"].decode()
    for name in ("Table Note", "Table Text End", "Table Heading End", "Table Heading Center"):
        sheet = sheet.replace(f'w:name w:val="{name}"', 'w:name w:val="Something else"')
    parts["word/styles.xml"] = sheet.encode()
    path = results.write("templates/press-release.docx", "")
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    word = docx.Document(io.BytesIO(made(results, "docx")))
    assert word.tables[0].cell(2, 1).paragraphs[0].style.name == "Table Text"
    assert "In millions." in [p.text for p in word.paragraphs]


def test_the_cells_of_a_pdf_name_the_headings_over_them(results: Newsroom) -> None:
    import pikepdf

    pdf = pikepdf.open(io.BytesIO(made(results, "pdf")))
    cells = [
        o
        for o in pdf.objects
        if isinstance(o, pikepdf.Dictionary) and o.get("/S") in ("/TH", "/TD")
    ]
    heads = [cell for cell in cells if cell.get("/S") == "/TH" and cell.A.Scope == "/Column"]
    group, *columns = (str(cell.ID) for cell in heads)
    assert int(heads[0].A.ColSpan) == 2
    rows = [c for c in cells if c.get("/S") == "/TH" and c.A.Scope == "/Row"]
    named = [[str(n) for n in c.A.Headers] for c in cells if c.get("/S") == "/TD"]
    over = [[group, columns[0]], [group, columns[1]], *([name] for name in columns[2:])]
    wanted = [[str(row.ID), *names] for row in rows for names in over]
    assert len(rows) == 4
    assert [names for names in named if names in wanted] == wanted


def test_a_table_without_any_of_it_stays_as_it_was() -> None:
    text = (Paragraph(()).content,) * 2
    plain_table = FactTable((), text, (text,))
    assert plain_table.sides == ("start", "start")
    assert plain_table.headings == ((), ())
    grouped = FactTable((), text, (text,), groups=(ColumnGroup((), 2),))
    assert grouped.headings == ((), ())


def test_every_text_of_a_table_is_a_text_of_the_document(results: Newsroom) -> None:
    texts = list(documents(results)["fr"].texts())
    for text in ("2025", "Premier semestre", "12\u202f200,5", "Chiffres non audités."):
        assert text in texts


WIDE = """\
  - table: Ten columns
    columns: [Item, {columns}]
    groups: [{{heading: Quarters, columns: 4}}, {{columns: 5}}]
    rows: [[A row, {cells}], [Another, {cells}]]
facts:
"""


def test_ten_columns_in_every_format(newsroom: Newsroom) -> None:
    headings = ", ".join(f"{{heading: C{n}, type: number, decimals: 1}}" for n in range(1, 10))
    cells = ", ".join(f"{n}1234.5" for n in range(1, 10))
    newsroom.edit("releases/news.yaml", "facts:\n", WIDE.format(columns=headings, cells=cells))
    newsroom.edit("releases/_newsroom.yaml", ", fr: fr-MA", "")
    result = newsroom.run("render")
    assert result.exit_code == 0, result.output
    kit = newsroom.root / "dist/news/en"
    wanted = [f"{n}1,234.5" for n in range(1, 10)]
    page = html.fromstring((kit / "news_en.html").read_text("utf-8"))
    (region,) = page.xpath("//div[contains(@class, 'wider')]")
    assert region.get("tabindex") == "0"  # it scrolls where it doesn't fit
    word = docx.Document(str(kit / "news_en.docx"))
    (table,) = word.tables
    assert {
        run.font.size.pt for cell in table.rows[2].cells for run in cell.paragraphs[0].runs
    } == {7.0}
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]
    assert sum(widths) <= word.sections[0].page_width.twips
    with pypdfium2.PdfDocument(kit / "news_en.pdf") as pdf:
        page_text = pdf[0].get_textpage()
        text = page_text.get_text_bounded()
        assert [figure for figure in wanted if text.count(figure) != 2] == []  # none is broken
        right = max(page_text.get_charbox(i)[2] for i in range(page_text.count_chars()))
        assert right < pdf[0].get_width() - 30
    plain_text = (kit / "news_en.txt").read_text("utf-8")
    assert [figure for figure in wanted if plain_text.count(figure) != 2] == []
    too_many = WIDE.format(columns=f"{headings}, C10", cells=f"{cells}, 1.5")
    newsroom.edit("releases/news.yaml", WIDE.format(columns=headings, cells=cells), too_many)
    assert newsroom.run("check").exit_code == 1


@pytest.mark.parametrize(
    ("column", "cells", "expected"),
    [
        (
            "{heading: H, type: number, scale: million}",
            ["1850000000", "2500000", "-400000.5"],
            ["1,850.0000000 million", "2.5000000 million", "\u22120.4000005 million"],
        ),
        (
            "{heading: H, type: number, scale: million, decimals: 1}",
            ["1850000000", "2540000", "~"],
            ["1,850.0 million", "2.5 million", ""],
        ),
        (
            "{heading: H, type: money, currency: MAD, scale: million, style: compact-short}",
            ["1850000000", "2500000", "{money: 3, currency: EUR}"],
            ["MAD 1,850.0M", "MAD 2.5M", "€3"],
        ),
        (
            "{heading: H, type: number, style: compact}",
            ["1850000000", "2500000"],
            ["1.85 billion", "2.5 million"],
        ),
    ],
)
def test_a_column_says_the_magnitude_of_its_figures(
    column: str, cells: list[str], expected: list[str], newsroom: Newsroom
) -> None:
    rows = "".join(f"      - [Row, {cell}]\n" for cell in cells)
    table = f"  - table: T\n    columns: [I, {column}]\n    rows:\n{rows}facts:\n"
    newsroom.edit("releases/news.yaml", "facts:\n", table)
    newsroom.edit("releases/_newsroom.yaml", ", fr: fr-MA", "")
    found = [row[1].replace(NO_BREAK, " ") for row in shown(documents(newsroom)["en"])]
    assert found == expected


@pytest.mark.parametrize(
    "more", ["scale: million", "type: percentage, scale: million", "style: compact"]
)
def test_only_columns_of_numbers_and_money_have_a_magnitude(more: str, newsroom: Newsroom) -> None:
    table = f"  - table: T\n    columns: [I, {{heading: H, {more}}}]\n    rows: [[a, 5]]\nfacts:\n"
    newsroom.edit("releases/news.yaml", "facts:\n", table)
    assert "add type: number or money" in newsroom.run("check").output
