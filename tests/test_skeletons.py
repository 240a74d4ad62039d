"""Releases that are begun from skeletons and from former releases."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ADVISORY, ASSEMBLY, RELEASE, ROOT, Newsroom
from gapress.kit import starter
from gapress.release.edit import Edits, mapping, scalar
from gapress.release.markup import placeholders
from gapress.release.yaml import parse
from test_kit import tree
from test_start import run

if TYPE_CHECKING:
    from pathlib import Path

SKELETON = """\
# yaml-language-server: $schema=../_release.schema.json
# Ask the control room before you fill this.
kind: statement
date: 2020-01-01   # gapress new sets it
dateline: {city: Marrakech}
headline: "Statement of {day}"   # short
facts:
  day: {blank: Day of the flood, kind: date}
  hurt: {blank: Number of people hurt, kind: number}
body:
  - paragraph: >-
      People hurt in the flood:
      {hurt}.
contacts: [press]
"""
IN_FRENCH = {
    "dateline city": {"Marrakech": "Marrakech"},
    "headline": {"Statement of {day}": "Déclaration du {day}"},
    "paragraph": {"People hurt in the flood: {hurt}.": "Personnes blessées : {hurt}."},
    "blank": {
        "Day of the flood": "Jour de l’inondation",
        "Number of people hurt": "Nombre de personnes blessées",
    },
}


@pytest.fixture
def flood(newsroom: Newsroom) -> Newsroom:
    newsroom.write("releases/_skeletons/flood.yaml", SKELETON)
    newsroom.catalog("fr/LC_MESSAGES/_skeletons/flood.po", IN_FRENCH)
    return newsroom


@pytest.fixture
def samples(tmp_path: Path) -> Newsroom:
    for name in ("releases", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name)
    return Newsroom(tmp_path)


def test_a_filled_release_renders_at_once_in_every_language(flood: Newsroom) -> None:
    result = flood.run("new", "--from", "flood", "--date", "2026-02-03")
    assert result.exit_code == 0, result.output
    assert "2 blanks are still to be filled" in result.output
    path = "releases/2026-02-03-flood.yaml"
    expected = SKELETON.replace("../_release", "_release").replace("2020-01-01", "2026-02-03")
    assert (flood.root / path).read_text(encoding="utf-8") == expected
    assert flood.run("render", "2026-02-03-flood", "-f", "txt").exit_code == 1
    flood.edit(path, "{blank: Day of the flood, kind: date}", "{date: 2026-02-01}")
    flood.edit(path, "{blank: Number of people hurt, kind: number}", "{number: 3}")
    result = flood.run("render", "2026-02-03-flood", "-f", "txt")
    assert result.exit_code == 0, result.output
    text = flood.root / "dist/2026-02-03-flood/fr/2026-02-03-flood_fr.txt"
    assert "Déclaration du 1er\u00a0février 2026" in text.read_text(encoding="utf-8")
    assert "Personnes blessées\u00a0: 3." in text.read_text(encoding="utf-8")


def test_a_skeleton_is_checked_and_translated_and_never_rendered(flood: Newsroom) -> None:
    result = flood.run("check")
    assert result.output == "No problem in 1 release and 1 skeleton.\n"
    result = flood.run("catalogs", "update", "--json")
    files = [entry["file"] for entry in json.loads(result.stdout)["catalogs"]]
    assert "locales/fr/LC_MESSAGES/_skeletons/flood.po" in files
    assert (flood.root / "locales/_skeletons/flood.pot").is_file()
    names = {
        entry["release"] for entry in json.loads(flood.run("status", "--json").stdout)["status"]
    }
    assert names == {"news", "_skeletons/flood"}
    assert flood.run("render", "-f", "txt").exit_code == 0
    assert not (flood.root / "dist/_skeletons").exists()
    assert not any("flood" in file for file in flood.files())
    result = flood.run("render", "flood")
    assert result.exit_code == 2
    assert "flood is a skeleton; gapress new --from flood makes a release of it" in result.output
    assert flood.run("verify").output == "1 of 1 kits intact and made from today's sources.\n"


def test_what_is_wrong_in_a_skeleton_is_told(flood: Newsroom) -> None:
    flood.edit("locales/fr/LC_MESSAGES/_skeletons/flood.po", "Déclaration du {day}", "Déclaration")
    flood.edit("releases/_skeletons/flood.yaml", "contacts: [press]", "contacts: [pres]")
    result = flood.run("check", "flood")
    assert "releases/_skeletons/flood.yaml:14:12: pres is not in contacts" in result.output
    flood.edit("releases/_skeletons/flood.yaml", "contacts: [pres]", "contacts: [press]")
    result = flood.run("check")
    assert "locales/fr/LC_MESSAGES/_skeletons/flood.po" in result.output
    flood.write("releases/_skeletons/Flood 2.yaml", SKELETON)
    assert "releases/_skeletons/Flood 2.yaml: the name is not a slug" in flood.run("check").output


@pytest.mark.parametrize("kind", ["xliff", "csv"])
def test_an_agency_translates_a_skeleton(kind: str, flood: Newsroom) -> None:
    flood.run("catalogs", "update")
    assert flood.run("catalogs", "export", "flood", "-f", kind, "-o", "out").exit_code == 0
    (file,) = (flood.root / "out").iterdir()
    raw = file.read_bytes().decode("utf-8-sig")
    file.write_text(raw.replace("Déclaration du", "Communiqué du"), encoding="utf-8")
    result = flood.run("catalogs", "import", f"out/{file.name}")
    assert result.exit_code == 0, result.output
    catalog = flood.root / "locales/fr/LC_MESSAGES/_skeletons/flood.po"
    assert "Communiqué du {day}" in catalog.read_text(encoding="utf-8")


def test_a_former_release_gives_its_texts_and_none_of_its_figures(samples: Newsroom) -> None:
    samples.edit(
        f"releases/{ASSEMBLY}.yaml",
        "kind: press release\n",
        "kind: press release\nversion: 2\n# what was wrong\ncorrection:\n  version: 1\n"
        "  date: 2025-11-25\n  text: The city was wrong.\nembargo: 2025-11-24T10:00:00+01:00\n",
    )
    result = samples.run("new", "opening", "--from", ASSEMBLY, "--date", "2026-02-03")
    assert result.exit_code == 0, result.output
    assert "Its texts still say what was true then" in result.output
    before = (samples.root / f"releases/{ASSEMBLY}.yaml").read_text(encoding="utf-8")
    after = (samples.root / "releases/opening.yaml").read_text(encoding="utf-8")
    gone = ("version: 2", "correction:", "  version: 1", "  date: 2025-11-25", "  text: The city")
    gone = (*gone, "embargo:", "reference:")
    kept = [line for line in before.splitlines() if not line.startswith(gone)]
    changed = [line for line in after.splitlines() if line not in kept]
    assert "# what was wrong" in after
    assert changed == [
        "date: 2026-02-03",
        '  session: {blank: session, kind: number, was: "{number: 93, style: ordinal}"}',
        '  opening: {blank: opening, kind: date, was: "{date: 2025-11-24}"}',
        '  year: {blank: year, kind: date, was: "{date: 2025}"}',
        '  previous_session: {blank: previous session, kind: number, was: "{number: 76, style: ordinal}"}',
        '  previous_year: {blank: previous year, kind: date, was: "{date: 2007}"}',
    ]
    assert len(after.splitlines()) == len(kept)
    picture = "timeline.svg"
    old, new = (samples.root / "releases" / name / picture for name in (ASSEMBLY, "opening"))
    assert new.read_bytes() == old.read_bytes()
    result = samples.run("check", "opening")
    assert result.output.count("still to be filled") == 5
    assert "5 problems" in result.output
    catalog = (samples.root / "locales/fr/LC_MESSAGES/opening.po").read_text(encoding="utf-8")
    assert '"Project-Id-Version: opening\\n"' in catalog


def test_a_former_release_gives_the_numbers_of_its_organisation_alone(newsroom: Newsroom) -> None:
    numbers = (
        "identifiers:\n  isin: MA0000012437\n  case: C-12/25\n"
        "  other: {label: Docket, number: D 7}\n"
    )
    newsroom.edit("releases/news.yaml", "facts:", f"{numbers}facts:")
    assert newsroom.run("new", "x", "--from", "news", "--date", "2026-02-03").exit_code == 0
    after = (newsroom.root / "releases/x.yaml").read_text(encoding="utf-8")
    assert "identifiers:\n  {isin: MA0000012437}\n" in after
    newsroom.edit("releases/news.yaml", "  isin: MA0000012437\n", "")
    assert newsroom.run("new", "y", "--from", "news", "--date", "2026-02-03").exit_code == 0
    after = (newsroom.root / "releases/y.yaml").read_text(encoding="utf-8")
    assert "identifiers" not in after


def test_what_a_former_release_announced_keeps_the_new_one_back(newsroom: Newsroom) -> None:
    announced = (
        "  - {event: Opening, starts: 2025-11-25T10:00:00Z, place: Hall}\n"
        "  - {event: Fair, starts: 2025-11-25, ends: 2026-03-01, place: Hall}\n"
        "  - {event: Visit, starts: 2025-11-25, place: Hall, status: cancelled}\n"
        "  - {video: https://example.org/, title: Live, live: true, starts: 2025-11-25T10:00:00Z}\n"
    )
    newsroom.edit("releases/news.yaml", "facts:", f"{announced}facts:")
    assert "2025-11-25" not in newsroom.run("check").output
    assert newsroom.run("new", "x", "--from", "news", "--date", "2026-02-03").exit_code == 0
    newsroom.edit(
        "releases/x.yaml", '{blank: count, kind: number, was: "{number: 1500}"}', "{number: 2}"
    )
    result = newsroom.run("render", "x", "-f", "txt", "-l", "en")
    assert result.exit_code == 1
    told = [line for line in result.output.splitlines() if line.startswith("releases/x.yaml")]
    assert [line.partition(";")[0] for line in told] == [
        "releases/x.yaml:7:30: starts is before 2026-02-03, when the release is issued",
        "releases/x.yaml:10:68: starts is before 2026-02-03, when the release is issued",
    ]


def test_what_follows_from_a_blank_waits_for_it(newsroom: Newsroom) -> None:
    newsroom.edit(
        "releases/news.yaml",
        "  count: {number: 1500}",
        "  count: {number: 1500}\n  all: {number: 3000}\n  part: {share_of: count, in: all}\n"
        "  twice: {change_of: part, from: part, as: points}",
    )
    newsroom.edit("releases/news.yaml", "{count} figures", "{count}, {part}, {twice} figures")
    newsroom.run("new", "x", "--from", "news")
    text = (newsroom.root / "releases/x.yaml").read_text(encoding="utf-8")
    assert "part: {share_of: count, in: all}" in text
    output = newsroom.run("render", "x", "-f", "txt", "-l", "en").output
    assert "count is still to be filled" in output
    assert "all is still to be filled" in output
    assert "part" not in output.replace("part of", "")
    for name, number in (("count", 1), ("all", 4)):
        old = re.search(rf"{name}: (\{{blank: .*)", text)
        assert old
        newsroom.edit("releases/x.yaml", old[1], f"{{number: {number}}}")
    result = newsroom.run("render", "x", "-f", "txt", "-l", "en")
    assert result.exit_code == 0, result.output
    shown = (newsroom.root / "dist/x/en/x_en.txt").read_text(encoding="utf-8")
    assert "1, 25.0%, 0 figures" in shown


def test_the_old_number_says_what_words_beside_it_are_right_for(samples: Newsroom) -> None:
    path = "releases/x.yaml"
    samples.run("new", "x", "--from", ADVISORY)
    assert "fuzzy" not in samples.run("check", "x").output
    samples.edit(path, 'number, was: "{number: 93, style: ordinal}"}', "number}")
    samples.edit(path, "{blank: session, kind: number}", "{number: 91, style: ordinal}")
    told = samples.run("check", "x").output
    assert "the number {session} was few and is one: words beside it may change" in told


@pytest.mark.parametrize(
    "facts",
    [
        "facts:\n  count: {number: 1500}\n",
        "facts: {count: {number: 1500}}\n",
        "facts:\n  count:\n    number: 1500\n    # why\n\n",
        "facts:\n  count:\n    {number: 1500}   # why\n",
        "facts:\n  'count':   {number:   1500,}\n",
        "facts:\r\n  count:\r\n    number: 1500\r\n",
        "facts:\n  more: &more {number: 1500}\n  count: *more\n",
    ],
)
def test_facts_become_blanks_however_they_are_written(facts: str, newsroom: Newsroom) -> None:
    old = "facts:\n  count: {number: 1500}\n"
    raw = RELEASE.replace(old, facts).encode()
    (newsroom.root / "releases/news.yaml").write_bytes(raw)
    result = newsroom.run("new", "copy", "--from", "news")
    assert result.exit_code == 0, result.output
    written = (newsroom.root / "releases/copy.yaml").read_bytes().decode()
    assert '{blank: count, kind: number, was: "{number: 1500}"}' in written
    assert ("# why" in written) == ("# why" in facts)
    result = newsroom.run("check", "copy")
    assert "count is still to be filled" in result.output


def test_figures_in_tables_become_blanks(newsroom: Newsroom) -> None:
    table = (
        "  - table: Figures\n    columns: [~, {heading: Year, type: date}, Share, Note]\n    rows:\n"
        "      - [Guests, 2025, {percentage: 12.5}, many]\n"
        "      - [Staff, ~, 7.5, few]\n    total: [All, ~, 20, ~]\nfacts:\n"
    )
    newsroom.write("releases/news.yaml", RELEASE.replace("facts:\n", table))
    assert newsroom.run("new", "copy", "--from", "news").exit_code == 0
    text = (newsroom.root / "releases/copy.yaml").read_text(encoding="utf-8")
    assert (
        '      - [Guests, {blank: Guests, kind: date, was: "2025"}, '
        '{blank: Guests, kind: percentage, was: "{percentage: 12.5}"}, many]\n'
        '      - [Staff, ~, {blank: Staff, kind: number, was: "7.5"}, few]\n'
        '    total: [All, ~, {blank: All, kind: number, was: "20"}, ~]\n'
    ) in text
    assert newsroom.run("check", "copy").output.count("still to be filled") == 5


def test_what_an_alias_repeats_far_away_is_told(newsroom: Newsroom) -> None:
    table = (
        "  - table: Figures\n    columns: [~, Now]\n    rows:\n"
        "      - [Guests, &n 7.5]\n      - [Staff, *n]\nfacts:\n"
    )
    newsroom.write("releases/news.yaml", RELEASE.replace("facts:\n", table))
    before = tree(newsroom.root)
    result = newsroom.run("new", "copy", "--from", "news")
    assert result.exit_code == 1
    assert "releases/news.yaml:11: a value that * repeats keeps the file" in result.output
    assert tree(newsroom.root) == before


def test_headline_and_city_may_be_given(flood: Newsroom) -> None:
    options = ["--headline", "50% of *it*: {x}", "--city", "Fès"]
    result = flood.run("new", "now", "--from", "flood", *options)
    assert result.exit_code == 0, result.output
    data = parse((flood.root / "releases/now.yaml").read_bytes(), "x").data
    assert data["headline"] == "50% of \\*it\\*: {{x}}"
    assert data["dateline"] == {"city": "Fès"}


def test_a_release_becomes_a_skeleton(newsroom: Newsroom) -> None:
    result = newsroom.run("new", "_skeletons/report", "--from", "news")
    assert result.exit_code == 0, result.output
    assert newsroom.run("check").output == "No problem in 1 release and 1 skeleton.\n"
    catalog = newsroom.root / "locales/fr/LC_MESSAGES/_skeletons/report.po"
    assert "Un titre" in catalog.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "code", "told"),
    [
        (["--from", "flod"], 2, "no skeleton or release 'flod'; did you mean flood?"),
        (["--from", "holding statment"], 2, "did you mean holding statement?"),
        (["--from", "zzz"], 2, "flood, holding statement, media advisory, press release"),
        (["news", "--from", "flood"], 2, "releases/news.yaml is there already"),
        (["left", "--from", "flood"], 2, "locales/fr/LC_MESSAGES/left.po is there already"),
        (["A b", "--from", "flood"], 2, "'A b' is no name for a release"),
        (["../x", "--from", "flood"], 2, "'../x' is no name for a release"),
        (["_skeletons/../x", "--from", "flood"], 2, "'../x' is no name for a release"),
        (["x", "--slug", "y", "--from", "flood"], 2, "the name is given twice"),
        (["x", "--from", "flood", "--kind", "statement"], 2, "don't go together"),
        (["x", "--from", "flood", "-l", "fr"], 2, "flood is written in en, not in fr"),
        (["x", "--from", "flood", "--headline", "a\x07b"], 1, "forbidden character"),
        (["x", "--from", "broken"], 1, "releases/_skeletons/broken.yaml:1:1"),
        (["x", "--from", "torn"], 1, "a merge conflict is not resolved"),
        (["x", "--from", "braces"], 0, ""),
        (["x", "--from", "old"], 1, "is written in braces, so version can't be taken out"),
        (["x", "--from", "statement", "-l", "xx"], 2, "no language 'xx' in this newsroom"),
    ],
)
def test_what_no_release_can_be_made_of(
    options: list[str], code: int, told: str, flood: Newsroom
) -> None:
    flood.write("releases/_skeletons/broken.yaml", "kind: statement\n")
    flood.write("releases/_skeletons/torn.yaml", SKELETON)
    flood.write("locales/fr/LC_MESSAGES/_skeletons/torn.po", "<<<<<<< a\n")
    flood.write("locales/fr/LC_MESSAGES/left.po", 'msgid ""\nmsgstr ""\n')
    braces = json.dumps(parse(RELEASE.encode(), "x").data, default=int)
    flood.write("releases/_skeletons/braces.yaml", braces)
    flood.write("releases/old.yaml", braces.replace('"date"', '"version": 1, "date"'))
    before = tree(flood.root)
    result = flood.run("new", *options)
    assert result.exit_code == code, result.output
    assert told in result.output
    assert "internal error" not in result.output
    if code:
        assert tree(flood.root) == before


def test_nothing_is_left_of_a_release_that_could_not_be_made(flood: Newsroom) -> None:
    flood.write("locales/gapress.pot", "<<<<<<< a\n")
    result = flood.run("new", "x", "--from", "flood")
    assert result.exit_code == 1, result.output
    assert not [path for path in flood.root.rglob("*") if path.stem == "x"]


# --- shipped with gapress -----------------------------------------------------------------------

FILLED = {
    "date": "{date: 2026-02-01}",
    "time": '{time: "09:30"}',
    "number": "{number: 4}",
    "money": "{money: 1500, currency: MAD}",
    "percentage": "{percentage: 12.5}",
}


@pytest.mark.parametrize("source", ["en", "fr", "ar-MA"])
def test_shipped_skeletons_are_sound_in_every_source_language(source: str, tmp_path: Path) -> None:
    assert run("init", "--name", "X", "--source", source, inside=tmp_path)[0] == 0
    names = starter.skeleton_names()
    assert {"press-release", "media-advisory", "statement", "holding-statement", "results"} <= set(
        names
    )
    for name in names:
        code, output = run("new", f"_skeletons/{name}", "--from", name, inside=tmp_path)
        assert code == 0, output
        text = (tmp_path / f"releases/_skeletons/{name}.yaml").read_text(encoding="utf-8")
        assert not any(mark in text for mark in ("DATE", "CITY", "HEADLINE", "LANGUAGE", "CONTACT"))
    code, output = run("check", inside=tmp_path)
    assert output == f"No problem in 1 release and {len(names)} skeletons.\n"


CITY = {"en": "Rabat", "fr": "Rabat", "ar": "الرباط"}


@pytest.mark.parametrize("source", CITY)
def test_a_holding_statement_renders_once_its_facts_are_filled(source: str, tmp_path: Path) -> None:
    city = CITY[source]
    run("init", "--name", "X", "--source", source, inside=tmp_path)
    options = ["--from", "Holding statement", "--city", city, "--date", "2026-02-01"]
    code, output = run("new", "now", *options, inside=tmp_path)
    assert code == 0, output
    path = tmp_path / "releases/now.yaml"
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        kind = line.rpartition("kind: ")[2].rstrip("}")
        name = line.partition("{")[0]
        lines.append(f"{name}{FILLED[kind]}" if "{blank:" in line else line)
    path.write_text("\n".join(lines), encoding="utf-8")
    for catalog in tmp_path.glob("locales/*/LC_MESSAGES/now.po"):  # the one word to translate
        text, entry = catalog.read_text(encoding="utf-8"), f'msgid "{city}"\nmsgstr ""'
        assert entry in text
        translated = f'{entry[:-1]}{CITY[catalog.parts[-3]]}"'
        catalog.write_text(text.replace(entry, translated), encoding="utf-8")
    code, output = run("render", "now", "-f", "txt", inside=tmp_path)
    assert code == 0, output


def test_a_shipped_skeleton_in_another_language_of_the_newsroom(newsroom: Newsroom) -> None:
    result = newsroom.run("new", "x", "--from", "results", "-l", "fr")
    assert result.exit_code == 0, result.output
    text = (newsroom.root / "releases/x.yaml").read_text(encoding="utf-8")
    assert "\nlanguage: fr\nkind: " in text
    assert "Chiffres clés" in text
    assert "Key figures" in (newsroom.root / "locales/en/LC_MESSAGES/x.po").read_text("utf-8")


def test_a_newsroom_in_no_language_of_the_skeletons_is_told(newsroom: Newsroom) -> None:
    newsroom.edit("releases/_newsroom.yaml", "language: en", "language: el")
    newsroom.edit("releases/_newsroom.yaml", "en: en-GB, fr: fr-MA", "el: el-GR")
    result = newsroom.run("new", "x", "--from", "results")
    assert result.exit_code == 2
    assert "the shipped skeletons are in en, ar, de, es, " in result.output
    assert ", not in el" in result.output


def test_translated_skeletons_keep_what_is_filled_in() -> None:
    for name in (starter.NEWSROOM, starter.FIRST, *starter.skeleton_names()):
        for code in starter.languages(name):
            catalog = starter.catalog(name, "en", code.replace("_", "-"), "X", "x")
            assert catalog is not None
            for entry in catalog.messages:
                assert placeholders(entry.translation) == placeholders(entry.key[1]), (code, entry)
                assert entry.translation.count("*") == entry.key[1].count("*"), (code, entry)


# --- edits --------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cc", "Cs", "Co", "Cn", "Zl", "Zp"])).filter(
    lambda text: text.strip() and not set(text) & set("\ufeff\u0085\ufffe\uffff")
)


@given(st.sampled_from([("headline",), ("dateline", "city"), ("body", 0, "paragraph")]), texts)
def test_a_text_is_written_so_that_yaml_reads_it_again(
    path: tuple[str | int, ...], text: str
) -> None:
    edits = Edits(SKELETON.encode(), "x.yaml")
    edits.set_text(path, text)
    edits.set(("date",), "2026-01-01")
    data = parse(edits.text().encode(), "x.yaml").data
    found = data
    for step in path:
        found = found[step]
    assert " ".join(found.split()) == " ".join(text.split())
    assert "# gapress new sets it" in edits.text()
    assert "# Ask the control room" in edits.text()


@given(texts)
def test_values_in_braces_are_read_again(text: str) -> None:
    written = f"a: {scalar(text)}\nb: {mapping({'c': text, 'd': '2025-01-01'})}\n"
    data = parse(written.encode(), "x.yaml").data
    assert data == {"a": text, "b": {"c": text, "d": "2025-01-01"}}
