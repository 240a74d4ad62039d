"""What must hold for any release and any catalog: kits, or problems that say where. Never a fault."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings

from conftest import FRENCH, NEWSROOM, RELEASE, Newsroom
from gapress.catalogs.merge import merge
from gapress.catalogs.message import Message
from gapress.catalogs.po import parse_po
from gapress.errors import ContentError
from gapress.kit.plan import plan
from gapress.kit.prepare import prepare
from gapress.release.yaml import parse
from gapress.theme import load_theme
from gapress.workspace import Workspace
from strategies import DOT, as_yaml, broken_catalogs, broken_releases, catalogs, releases
from test_hostile import dot

if TYPE_CHECKING:
    from collections.abc import Iterator

HOUSE = (
    NEWSROOM.replace("{en: en-GB, fr: fr-MA}", "{en: en-GB, fr: fr-MA, ar: ar-MA}")
    + "boilerplates: {about: {title: About, text: [Text]}}\n"
)
SOURCES = tuple((role, source) for role, texts in FRENCH.items() for source in texts)


def some(examples: int) -> settings:
    """Return settings for so many examples; drawing a release takes a while."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples, deadline=None, suppress_health_check=slow)


@pytest.fixture(scope="module")
def house() -> Iterator[Newsroom]:
    """A newsroom for all examples of a test; each writes its own release or catalog over the last."""
    with TemporaryDirectory() as folder:
        made = Newsroom(Path(folder).resolve())
        made.write("releases/_newsroom.yaml", HOUSE)
        made.write("releases/news.yaml", RELEASE)
        picture = made.root / "releases/news" / DOT
        picture.parent.mkdir()
        picture.write_bytes(dot())
        yield made


def told(house: Newsroom, *command: str) -> list[dict[str, Any]]:
    """Return the problems that a command tells; refuse whatever else may end it."""
    result = house.run(*command, "--json")
    assert result.exit_code in {0, 1}, result.output
    assert "fault in gapress" not in result.output
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    problems: list[dict[str, Any]] = json.loads(result.stdout)["problems"]
    assert result.exit_code == int(any(p["severity"] == "error" for p in problems))
    for problem in problems:
        assert problem["message"]
        lines = (house.root / problem["file"]).read_bytes().decode("utf-8", "replace").splitlines()
        assert 0 <= problem["line"] <= len(lines) + 1
    return problems


@some(12)
@given(releases())
def test_any_sound_release_is_read_and_written(house: Newsroom, release: dict[str, Any]) -> None:
    house.write("releases/news.yaml", as_yaml(release))
    workspace = Workspace(house.root)
    theme = load_theme(workspace)
    written_in = release.get("language", "en")
    prepared = prepare(workspace, "news", theme, draft=True)
    assert set(prepared.drafts) == {"en", "fr", "ar"}
    assert set(prepared.documents) | set(prepared.problems) == {"en", "fr", "ar"}
    for code, problems in prepared.problems.items():
        # The newsroom's own texts are in English; nothing else is missing in a release's language.
        assert all(problem.path and problem.message for problem in problems)
        if code == written_in:
            assert {problem.path for problem in problems} <= {"releases/_newsroom.yaml"}
    formats = {code: ["html", "txt", "ninjs"] for code in prepared.drafts}
    final = prepared.documents.get("en")
    assert final is not None or written_in != "en"
    finals = plan({"en": final}, {"en": ["eml"]}, theme) if final else []
    for wanted in (*plan(prepared.drafts, formats, theme), *finals):
        needed = dict.fromkeys(wanted.writer.needs, b"")
        assert wanted.writer.write(wanted.document, theme, needed)


@some(40)
@given(broken_releases())
@example("kind: statement\nversion: x\ncorrection: {version: y, date: 2025-01-01, text: a}\n")
@example("kind: statement\nversion: [1]\nwithdrawal: {version: [1], date: 2025-01-01, text: a}\n")
@example('kind: statement\nlanguage: "\\ud800"\ncontacts: ["\\ud800"]\n"\\ud800": 1\n')
@example(f'kind: statement\nheadline: "{"*" * 2400}a{"*" * 2400}"\n')
def test_any_broken_release_is_problems_with_their_lines(house: Newsroom, text: str) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    (house.root / "releases/news.yaml").write_bytes(raw)
    problems = [p for p in told(house, "check", "news") if p["file"] == "releases/news.yaml"]
    try:
        parse(raw, "news.yaml")
    except ContentError as error:
        placed = all(problem.line for problem in error.problems)
    else:
        placed = True
    if placed:  # there are lines to point at
        assert all(problem["line"] for problem in problems)


@some(30)
@given(broken_catalogs(SOURCES))
@example(b'msgid ""\nmsgstr "charset=punycode"\n')
@example(b'msgid ""\nmsgstr "charset=undefined"\n')
def test_any_broken_catalog_is_problems(house: Newsroom, raw: bytes) -> None:
    house.write("releases/news.yaml", RELEASE)
    path = house.root / "locales/fr/LC_MESSAGES/news.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    told(house, "check", "news")


@some(30)
@given(catalogs(SOURCES))
@example('msgid ""\nmsgstr ""\n\n# A note\n\nmsgid "old"\nmsgstr "vieux"\n')
def test_any_sound_catalog_is_written_back_and_stays_one(text: str) -> None:
    catalog = parse_po(text.encode(), "x.po")
    assert catalog.to_bytes() == text.encode()
    merged = merge(
        catalog, [Message(*key, ("x.yaml:1",)) for key in (*SOURCES, ("headline", "New"))]
    )
    again = parse_po(merged.to_bytes(), "x.po")
    live = {entry.key: entry.translation for entry in again.messages if not entry.obsolete}
    assert set(live) == {*SOURCES, ("headline", "New")}
    before = {entry.key: entry.translation for entry in catalog.messages if not entry.obsolete}
    assert all(live[key] == before[key] for key in SOURCES if key in before)
