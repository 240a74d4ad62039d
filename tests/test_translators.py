"""What surrounds the catalogs: status, pseudo-locales, exchange with agencies, Babel's extractor."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract as babel_extract
from hypothesis import assume, given
from hypothesis import strategies as st
from lxml import html
from translate.storage import xliff

from conftest import ADVISORY, ASSEMBLY, ROOT, Newsroom
from gapress.catalogs.exchange import Unit, recognised, take_back, units
from gapress.catalogs.po import parse_po
from gapress.catalogs.pseudo import accented, arabic
from gapress.catalogs.spreadsheet import read_csv, write_csv
from gapress.catalogs.xliff import read_xliff, write_xliff
from gapress.kit.status import status
from gapress.release.markup import placeholders, scan

if TYPE_CHECKING:
    from pathlib import Path

    from gapress.workspace import Workspace

# --- status --------------------------------------------------------------------------------------


def rows(newsroom: Newsroom) -> dict[tuple[str, str], dict[str, object]]:
    report = json.loads(newsroom.run("status", "--json").stdout)["status"]
    return {(row["release"], row["language"]): row for row in report}


def test_status_counts_and_knows_the_kit(newsroom: Newsroom) -> None:
    newsroom.run("render", "--format", "html")
    french = rows(newsroom)["news", "fr"]
    assert (french["translated"], french["fuzzy"], french["missing"], french["errors"]) == (
        5,
        0,
        0,
        0,
    )
    assert french["kit"] == "up to date"
    path = "locales/fr/LC_MESSAGES/news.po"
    newsroom.edit(path, 'msgctxt "headline"', '#, fuzzy\nmsgctxt "headline"')
    newsroom.edit(path, 'msgstr "Marrakech"', 'msgstr ""')
    newsroom.edit(path, "{count} chiffres", "chiffres")
    french = rows(newsroom)["news", "fr"]
    assert (french["translated"], french["fuzzy"], french["missing"], french["errors"]) == (
        3,
        1,
        1,
        1,
    )
    assert french["kit"] == "refused, stale"
    # Its page still links to the French one.
    assert rows(newsroom)["news", "en"]["kit"] == "stale"
    newsroom.run("render", "--format", "html")
    assert rows(newsroom)["news", "fr"]["kit"] == "refused"
    assert rows(newsroom)["news", "en"]["kit"] == "up to date"


def test_status_tells_a_stale_a_changed_and_a_missing_kit(newsroom: Newsroom) -> None:
    assert rows(newsroom)["news", "en"]["kit"] == "none"
    newsroom.run("render", "--format", "html")
    newsroom.edit("releases/news.yaml", "number: 1500", "number: 1501")
    assert rows(newsroom)["news", "en"]["kit"] == "stale"
    newsroom.edit("releases/news.yaml", "number: 1501", "number: 1500")
    assert rows(newsroom)["news", "en"]["kit"] == "up to date"
    newsroom.write("dist/news/en/news_en.html", "tampered with")
    assert rows(newsroom)["news", "en"]["kit"] == "stale"
    assert rows(newsroom)["news", "fr"]["kit"] == "up to date"
    newsroom.run("render", "--format", "html")
    for shared in ("index.html", "news.zip", "SHA256SUMS"):
        newsroom.write(f"dist/news/{shared}", "tampered with")
        assert rows(newsroom)["news", "fr"]["kit"] == "stale"
        newsroom.run("render", "--format", "html")
        assert rows(newsroom)["news", "fr"]["kit"] == "up to date"


def test_status_says_whether_an_embargo_has_passed(sample: Workspace, tmp_path: Path) -> None:
    instant = dt.datetime.fromisoformat("2025-11-21T09:00:00+01:00")
    for now, passed in ((instant - dt.timedelta(seconds=1), False), (instant, True)):
        standings = list(status(sample, [ADVISORY], tmp_path, now))
        assert {(s.embargo, s.passed) for s in standings} == {(instant, passed)}
    assert {s.embargo for s in status(sample, [ASSEMBLY], tmp_path, instant)} == {None}


def test_status_goes_on_past_a_broken_release(newsroom: Newsroom) -> None:
    newsroom.write("releases/broken.yaml", "kind: novel\n")
    result = newsroom.run("status")
    assert result.exit_code == 1
    assert "news     fr" in re.sub(r" {2,}", "     ", result.output)
    assert "releases/broken.yaml:1:7: kind is 'novel'" in result.output


# --- pseudo-locales ------------------------------------------------------------------------------


def test_pseudo_locales_render_without_catalogs(newsroom: Newsroom) -> None:
    result = newsroom.run("render", "-l", "en-XA", "-l", "ar-XB")
    assert result.exit_code == 0, result.output
    assert len(newsroom.files()) == 12
    pages = {
        code: html.document_fromstring(
            (newsroom.root / f"dist/news-PSEUDO/{code}/news_{code}.html").read_bytes()
        )
        for code in ("en-XA", "ar-XB")
    }
    assert pages["en-XA"].findtext(".//h1") == "Å héádlîñé øø"
    assert (pages["en-XA"].get("dir"), pages["ar-XB"].get("dir")) == ("ltr", "rtl")
    assert pages["ar-XB"].findtext(".//h1") == "ا حهادليته".replace("ت", "ن")
    assert newsroom.run("render", "--format", "html").exit_code == 0
    assert not [name for name in newsroom.files() if "X" in name]


@given(st.text(alphabet="abcXYZ {}*[]().:/@"))
def test_pseudo_translations_keep_placeholders_and_addresses(text: str) -> None:
    source = f"See {{fact}} at [it](https://example.org/a) or a@example.org {text.replace('{', '').replace('}', '')}"
    assume(not scan(source)[1])
    for make in (accented, arabic):
        made = make(source)
        assert placeholders(made) == {"fact"}
        assert "](https://example.org/a)" in made
        assert "a@example.org" in made


# --- exchange ------------------------------------------------------------------------------------

SAMPLES = sorted((ROOT / "locales").rglob(f"{ASSEMBLY}.po"))
ANY_TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], include_characters="\n\t")
)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.parts[-3])
@pytest.mark.parametrize("kind", ["xliff", "csv"])
def test_a_round_trip_changes_nothing(path: Path, kind: str) -> None:
    raw = path.read_bytes()
    catalog = parse_po(raw, path.name)
    found = units(catalog)
    assert len(found) > 40
    if kind == "xliff":
        name, language, returned = read_xliff(write_xliff(found, ASSEMBLY, "en", "ar"), "x.xlf")
        assert (name, language) == (ASSEMBLY, "ar")
    else:
        returned = read_csv(write_csv(found), "x.csv")
    assert returned == found
    known, unknown = recognised(catalog, returned)
    assert (take_back(catalog, known).to_bytes(), unknown) == (raw, [])


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT, st.booleans())
def test_any_text_survives_exchange(
    context: str, source: str, translation: str, fuzzy: bool
) -> None:
    unit = Unit(context.strip(), source, translation, fuzzy and bool(translation))
    assert read_xliff(write_xliff([unit], "a", "en", "fr"), "x")[2] == [unit]
    assert read_csv(write_csv([unit]), "x") == [unit]


def test_an_agencys_work_comes_back(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "A headline", "A new headline")
    newsroom.run("catalogs", "update")
    result = newsroom.run("catalogs", "export", "news", "--language", "fr", "--output", "agency")
    assert result.output == "agency/news.fr.xlf\n"
    newsroom.edit(
        "agency/news.fr.xlf",
        'state="needs-review-translation">Un titre',
        'state="translated">Un nouveau titre',
    )
    result = newsroom.run("catalogs", "import", "agency/news.fr.xlf")
    assert "locales/fr/LC_MESSAGES/news.po  updated" in result.output
    text = (newsroom.root / "locales/fr/LC_MESSAGES/news.po").read_text(encoding="utf-8")
    assert 'msgctxt "headline"\nmsgid "A new headline"\nmsgstr "Un nouveau titre"\n' in text
    assert "fuzzy" not in text
    assert newsroom.run("check").exit_code == 0
    assert "nothing new" in newsroom.run("catalogs", "import", "agency/news.fr.xlf").output
    newsroom.edit("releases/news.yaml", "A new headline", "Something wholly different, now")
    newsroom.run("catalogs", "update")
    output = newsroom.run("catalogs", "import", "agency/news.fr.xlf").output
    assert "warning: the headline 'A new headline' is no longer in the catalog" in output


def test_translate_toolkit_reads_the_same_xliff() -> None:
    catalog = parse_po((ROOT / f"locales/ar/LC_MESSAGES/{ASSEMBLY}.po").read_bytes(), "x")
    found = units(catalog)
    store = xliff.xlifffile.parsestring(write_xliff(found, ASSEMBLY, "en", "ar"))
    assert [(u.source, u.target, u.isapproved()) for u in store.units] == [
        (u.source, u.translation, u.state == "translated") for u in found
    ]
    assert (store.getsourcelanguage(), store.gettargetlanguage()) == ("en", "ar")
    # What an agency's program saves is taken back as it is.
    _, _, returned = read_xliff(bytes(store), "x.xlf")
    assert take_back(catalog, returned).to_bytes() == catalog.to_bytes()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.xlf", b"<xliff", "a.xlf:1: not well-formed XML"),
        ("a.xlf", b"<a/>", "a.xlf:1: not an XLIFF 1.2 file, but <a>"),
        (
            "a.xlf",
            b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>',
            "a.xlf:1: has a document type",
        ),
        ("a.fr.csv", b"a,b\n1,2\n", "a.fr.csv:1: the column context is missing"),
        ("a.fr.csv", b"\x81", "a.fr.csv:1: the column context is missing"),
        (
            "other.fr.csv",
            write_csv([Unit("a", "b", "c", False)]),
            "other.fr.csv: is for other in fr",
        ),
        ("news.de.csv", write_csv([Unit("a", "b", "c", False)]), "news.de.csv: is for news in de"),
    ],
)
def test_what_is_no_agencys_file(
    name: str, content: bytes, message: str, newsroom: Newsroom
) -> None:
    (newsroom.root / name).write_bytes(content)
    result = newsroom.run("catalogs", "import", name)
    assert result.exit_code == 1
    assert message in result.output


# --- Babel ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [ASSEMBLY, ADVISORY, "newsroom"])
def test_babel_finds_the_same_messages(name: str) -> None:
    file = ROOT / "releases" / f"{'_newsroom' if name == 'newsroom' else name}.yaml"
    found = babel_extract(
        "gapress.localization.babel_extractor:extract",
        io.BytesIO(file.read_bytes()),
        keywords={"pgettext": ((1, "c"), 2)},
    )
    template = parse_po((ROOT / "locales" / f"{name}.pot").read_bytes(), "x")
    ours = {
        (entry.key, place.rpartition(":")[2])
        for entry in template.messages
        for line in entry.comment("#:")
        for place in line.split()
    }
    theirs = {((context, message), str(line)) for line, message, _, context in found}
    assert theirs == ours
