"""What agencies send back: tables of any spreadsheet, XLIFF of any program, and what is refused."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from translate.storage import csvl10n

from gapress.catalogs.exchange import Unit, recognised
from gapress.catalogs.po import parse_po
from gapress.catalogs.spreadsheet import guarded, read_csv, unguarded, write_csv
from gapress.catalogs.xliff import read_xliff, write_xliff
from gapress.errors import ContentError

if TYPE_CHECKING:
    from conftest import Newsroom

CATALOG = "locales/fr/LC_MESSAGES/news.po"
FRENCH = [
    Unit("headline", "One; “two”, three", "Un ; « deux », trois — été", False),
    Unit(
        "note", "A line\nand, a second;\tone", 'Une ligne\net "une" seconde', True, ("Two", "lines")
    ),
    Unit("quote", "Nothing", "", False),
    Unit("list item", "- a dash", "- un tiret", False),
]
ARABIC = [Unit("headline", "A headline", "عنوان؛ «أول»، ثانٍ", False)]


def saved(
    units: list[Unit], delimiter: str, order: str = "context source translation state"
) -> str:
    """Return units as a spreadsheet saves them."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter)
    columns = order.split()
    writer.writerow(columns)
    for unit in units:
        cells = {"comments": "\n".join(unit.comments)}
        writer.writerow(cells.get(c) or str(getattr(unit, c, "anybody")) for c in columns)
    return buffer.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("encoding", "language", "units"),
    [
        ("utf-8", "fr", FRENCH),
        ("utf-8-sig", "fr", FRENCH),
        ("utf-16", "fr-MA", FRENCH),
        ("utf-16-le", "fr", FRENCH),
        ("utf-16-be", "fr", FRENCH),
        ("cp1252", "fr-MA", FRENCH),
        ("cp1256", "ar-MA", ARABIC),
        ("utf-16", "ar", ARABIC),
    ],
)
def test_any_spreadsheets_table_is_read(
    encoding: str, language: str, units: list[Unit], delimiter: str
) -> None:
    own = write_csv(units).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(own, newline="")))
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    assert read_csv(buffer.getvalue().encode(encoding), "x.csv", language) == units


@pytest.mark.parametrize(
    "text",
    [
        saved(FRENCH[:1], ";", "translation state reviewer source context"),
        saved(FRENCH[:1], ";").replace("context", "Context ").replace("source", "SOURCE"),
        "sep=;\r\n" + saved(FRENCH[:1], ";"),
        saved(FRENCH[:1], ";").replace("\r\n", ";;\r\n"),
        saved(FRENCH[:1], ";") + ";;;;\r\n\r\n",
        saved(FRENCH[:1], ";").replace("\r\n", "\r"),
    ],
)
def test_columns_in_any_order_and_what_spreadsheets_add(text: str) -> None:
    assert read_csv(text.encode(), "x.csv") == FRENCH[:1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("source,translation,state\nb,c,translated\n", "x.csv:1: the column context is missing"),
        ("Kontext;Quelle\na;b\n", "x.csv:1: the column context is missing"),
        ("", "x.csv:1: the column context is missing"),
        ("context,source,source,translation,state\n", "x.csv:1: the column source is there twice"),
        (
            'context,source,translation,state\na,"b\nb",c,translated\nd,e\n',
            "x.csv:4: the row has 2 cells, the first row has 4",
        ),
        (
            "context,source,translation,state\na,b,c, d,translated\n",
            "x.csv:2: the row has 5 cells, the first row has 4",
        ),
        ('context,source,translation,state\na,"b" c,d,e\n', "x.csv:2: not valid CSV"),
        ('context,source,translation,state\na,b,c,d\na,"b\n\n', "x.csv:3: not valid CSV"),
    ],
)
def test_a_table_that_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_csv(text.encode(), "x.csv")
    assert str(caught.value).startswith(message)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


@example("=1+1")
@example("'=1+1")
@example("''@SUM(A1)")
@example("\t=1")
@example("'")
@given(TEXTS | st.text("'=+-@\t\r\n＝a"))
def test_no_cell_is_a_formula_and_every_text_comes_back(text: str) -> None:
    cell = guarded(text)
    assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"}
    assert unguarded(cell) == text
    unit = Unit(text, text, text, bool(text), (text.replace("\r", " "),) if text.isascii() else ())
    (found,) = read_csv(write_csv([unit]), "x.csv")
    assert (found.key, found.translation, found.fuzzy) == (unit.key, text, unit.fuzzy)
    stored = csv.reader(io.StringIO(write_csv([unit]).decode("utf-8-sig"), newline=""))
    assert all(cell[:1] not in set("=+-@\t\r") for row in stored for cell in row)


def test_translate_toolkit_reads_the_same_table() -> None:
    store = csvl10n.csvfile.parsestring(write_csv(FRENCH[:3]))
    found = [
        (str(unit.source), str(unit.target)) for unit in store.units if unit.source != "source"
    ]
    assert found == [(unit.source, unit.translation) for unit in FRENCH[:3]]


def test_what_a_code_page_lacks_is_not_lost(newsroom: Newsroom) -> None:
    newsroom.edit(CATALOG, '"Un titre"', '"Un titre → 12\u202f000"')
    catalog = parse_po((newsroom.root / CATALOG).read_bytes(), CATALOG)
    unit = Unit("headline", "A headline", "Un titre ? 12?000", False)
    ((known,), unknown) = recognised(catalog, [unit])
    assert (known.translation, unknown) == ("Un titre → 12\u202f000", [])


# --- XLIFF ---------------------------------------------------------------------------------------

SOUND = write_xliff([Unit("note", "A note", "Une note", False)], "news", "en", "fr").decode()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("<source>A note</source>", "", "x.xlf:5: the trans-unit '1' has no source"),
        ('version="1.2"', 'version="1.1"', "x.xlf:2: not an XLIFF 1.2 file, but XLIFF 1.1"),
        ('version="1.2"', "", "x.xlf:2: not an XLIFF 1.2 file, but XLIFF without a version"),
        (
            'document:1.2" version="1.2"',
            'document:2.0" version="2.0"',
            "x.xlf:2: not an XLIFF 1.2 file, but XLIFF 2.0",
        ),
        ("</source>", "", "x.xlf:8: not well-formed XML: Opening and ending tag mismatch"),
        ("</file>", '</file><file original="other"/>', "x.xlf:2: not an XLIFF 1.2 file of one"),
        ("<xliff", '<!DOCTYPE xliff [<!ENTITY a "aaaa">]><xliff', "x.xlf:1: has a document type"),
        (
            "<xliff",
            '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd"><xliff',
            "x.xlf:1: has a document type",
        ),
    ],
)
def test_xliff_that_is_refused_with_its_line(old: str, new: str, message: str) -> None:
    assert SOUND.count(old) >= 1
    with pytest.raises(ContentError) as caught:
        read_xliff(SOUND.replace(old, new, 1).encode(), "x.xlf")
    assert str(caught.value).startswith(message)


def test_an_entity_bomb_is_refused_in_any_encoding() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "x" * 99}">' for n in range(12))
    text = SOUND.partition("?>")[2].replace("A note", "&e11;")
    for encoding in ("utf-8", "utf-16"):
        with pytest.raises(ContentError, match="has a document type"):
            read_xliff(f"<!DOCTYPE xliff [{bomb}]>{text}".encode(encoding), "x.xlf")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (' xmlns="urn:oasis:names:tc:xliff:document:1.2"', ""),
        ("<trans-unit", "<group><trans-unit"),
        ("<source>A note", '<source>A <g id="1">note</g>'),
        ("<target", "<alt-trans><target>Un avis</target></alt-trans><target"),
    ],
)
def test_xliff_of_other_programs(old: str, new: str) -> None:
    text = SOUND.replace(old, new, 1)
    text = text.replace("note</source>", "note</g></source>") if "<g " in new else text
    text = text.replace("</trans-unit>", "</trans-unit></group>") if "group" in new else text
    name, language, (unit,) = read_xliff(text.encode(), "x.xlf")
    assert (name, language) == ("news", "fr")
    assert (unit.source, unit.translation, unit.fuzzy) == ("A note", "Une note", False)


def test_a_unit_without_its_name_is_found_by_its_text(newsroom: Newsroom) -> None:
    newsroom.run("catalogs", "export", "news", "--language", "fr")
    newsroom.edit("news.fr.xlf", ' resname="headline"', "")
    newsroom.edit("news.fr.xlf", ">Un titre<", ">Un meilleur titre<")
    newsroom.edit("news.fr.xlf", 'target-language="fr"', 'target-language="fr_FR"')
    result = newsroom.run("catalogs", "import", "news.fr.xlf")
    assert (result.exit_code, result.output) == (0, f"{CATALOG}  updated\n")
    assert 'msgstr "Un meilleur titre"' in (newsroom.root / CATALOG).read_text()


# --- the commands --------------------------------------------------------------------------------


def test_an_unsound_translation_is_taken_back_fuzzy_and_named(newsroom: Newsroom) -> None:
    newsroom.run("catalogs", "export", "news", "--language", "fr", "--format", "csv")
    newsroom.edit("news.fr.csv", "{count} chiffres", "1500 chiffres (")
    newsroom.edit("news.fr.csv", "Un titre", "Un autre titre")
    result = newsroom.run("catalogs", "import", "news.fr.csv")
    assert result.exit_code == 1
    assert f"{CATALOG}  updated\n" in result.output
    text = (newsroom.root / CATALOG).read_text()
    line = text.split("\n").index('msgid "A paragraph with {count} figures."') + 1
    assert f"{CATALOG}:{line}: the translation lacks {{count}}" in result.output
    assert f"{CATALOG}:{line}: warning: the translation has unpaired brackets" in result.output
    assert '#, fuzzy\nmsgctxt "paragraph"' in text
    assert 'msgstr "Un autre titre"' in text
    again = newsroom.run("catalogs", "import", "news.fr.csv")
    assert f"{CATALOG}  nothing new\n" in again.output
    assert f"{CATALOG}:{line}: the translation lacks {{count}}" in again.output


def test_one_faulty_file_stops_no_other(newsroom: Newsroom) -> None:
    newsroom.write("locales/fr/LC_MESSAGES/newsroom.po", "<<<<<<< HEAD\n")
    result = newsroom.run("catalogs", "export", "--language", "fr")
    assert result.exit_code == 1
    assert "news.fr.xlf\n" in result.output
    assert "newsroom.po:1:1: a merge conflict is not resolved" in result.output
    newsroom.edit("news.fr.xlf", ">Un titre<", ">Un autre titre<")
    newsroom.write("a.xlf", "<xliff")
    newsroom.write("old.fr.csv", "x")
    result = newsroom.run("catalogs", "import", "a.xlf", "missing.xlf", "old.fr.csv", "news.fr.xlf")
    assert result.exit_code == 1
    assert f"{CATALOG}  updated\n" in result.output
    for message in ("a.xlf:1: not well-formed", "missing.xlf: can't be read", "old.fr.csv:1: the"):
        assert message in result.output
    assert "3 problems." in result.output


def test_what_xml_cannot_hold_is_told(newsroom: Newsroom) -> None:
    newsroom.edit(CATALOG, '"Un titre"', '"Un\\v titre"')
    result = newsroom.run("catalogs", "export", "news", "--language", "fr")
    assert result.exit_code == 1
    assert "news.po: the headline 'A headline' has U+000B; XML can't hold it" in result.output
    assert newsroom.run("catalogs", "export", "news", "-l", "fr", "-f", "csv").exit_code == 0
