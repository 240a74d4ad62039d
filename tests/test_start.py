"""A newsroom in one command, a release in another, and what a machine lacks."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from conftest import NEWSROOM, Newsroom
from gapress.cli.app import main
from gapress.kit import doctor, starter
from gapress.release.model import Release
from gapress.release.schema import json_schema
from gapress.writers import fonts
from test_kit import tree

if TYPE_CHECKING:
    from pathlib import Path


def run(*arguments: str, inside: Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["-C", str(inside), *arguments])
    return result.exit_code, result.output


def test_a_new_newsroom_renders_at_once_in_three_languages(tmp_path: Path) -> None:
    code, output = run("init", "desk", "--name", "Ministry: Health & {x} *y*", inside=tmp_path)
    assert code == 0, output
    assert "cd desk" in output
    desk = tmp_path / "desk"
    assert run("check", inside=desk) == (0, "No problem in 1 release.\n")
    code, output = run("render", "-f", "html", "-f", "txt", inside=desk)
    assert code == 0, output
    (kit,) = (p for p in (desk / "dist").iterdir() if p.name != ".gapress")
    for language, word in (("en", "Our newsroom"), ("fr", "Notre salle"), ("ar", "غرفة أخبارنا")):
        (text,) = (kit / language).glob("*.txt")
        assert word in text.read_text(encoding="utf-8")
    (page,) = (kit / "fr").glob("*.html")
    assert "Ministry\u00a0: Health &amp; {x} *y*" in page.read_text(encoding="utf-8")
    schema = json.loads((desk / "releases/_release.schema.json").read_bytes())
    assert schema == json_schema(Release)


@pytest.mark.parametrize(
    ("options", "languages", "headline", "comment"),
    [
        ([], "en: en\n  fr: fr\n  ar: ar", "Our newsroom", "# A first release"),
        (["--source", "fr"], "fr: fr\n  en: en\n  ar: ar", "Notre salle", "# Un premier"),
        (["--source", "fr-CH"], "fr: fr-CH\n  en: en\n  ar: ar", "Notre salle", "# Un premier"),
        (
            ["--source", "ar-MA", "--languages", "fr-MA,en-GB"],
            "ar: ar-MA\n  fr: fr-MA\n  en: en-GB",
            "غرفة أخبارنا",
            "# بلاغ أول",
        ),
        (["--source", "ar", "-l", "ar-EG"], "ar: ar-EG", "غرفة أخبارنا", "# بلاغ أول"),
        (["--source", "fr", "--languages", "fr"], "fr: fr", "Notre salle", "# Un premier"),
    ],
)
def test_a_newsroom_may_be_written_in_another_language(
    options: list[str], languages: str, headline: str, comment: str, tmp_path: Path
) -> None:
    code, output = run("init", "--name", "وزارة: *X*", *options, inside=tmp_path)
    assert code == 0, output
    newsroom = (tmp_path / "releases/_newsroom.yaml").read_text(encoding="utf-8")
    source = languages[:2]
    assert f"languages:\n  {languages}\ntime_zone:" in newsroom
    assert f"\nlanguage: {source}\n" in newsroom
    (release,) = (tmp_path / "releases").glob("*-first-release.yaml")
    text = release.read_text(encoding="utf-8")
    assert comment in text
    assert headline in text
    assert f"on_record: {source}\n" in text
    assert not list(tmp_path.glob(f"locales/{source}/LC_MESSAGES/*-first-release.po"))
    assert run("check", inside=tmp_path) == (0, "No problem in 1 release.\n")
    code, output = run("render", "-f", "txt", "-f", "html", inside=tmp_path)
    assert code == 0, output
    kit = tmp_path / "dist" / release.stem
    made = {path.name for path in kit.iterdir() if path.is_dir()}
    assert made == {line.strip()[:2] for line in languages.splitlines()}


@pytest.mark.parametrize("source", ["el", "klingon", "", "en_GB_x"])
def test_a_newsroom_begins_in_a_language_of_the_starter(source: str, tmp_path: Path) -> None:
    code, output = run("init", "--name", "X", "--source", source, inside=tmp_path)
    assert code == 2
    assert "error: " in output
    assert not list(tmp_path.iterdir())


SOURCES = [code.replace("_", "-") for code in starter.languages()]
WITH_OWN_FONT = {"he", "ru", "ur", "zgh"}
WITHOUT_FONT = {"zh", "zh-Hant"}  # too large to come with gapress


@pytest.mark.parametrize("source", SOURCES)
def test_a_newsroom_in_any_language_of_the_starter_renders_at_once(
    source: str, tmp_path: Path
) -> None:
    code, output = run("init", "--name", "X", "--source", source, "-l", source, inside=tmp_path)
    assert code == 0, output
    formats = ["txt", "html", *(["pdf"] if source in WITH_OWN_FONT else [])]
    options = [option for name in formats for option in ("-f", name)]
    code, output = run("render", *options, inside=tmp_path)
    assert code == 0, output
    made = {path.suffix[1:] for path in tmp_path.glob(f"dist/*/{source}/*")}
    assert made == set(formats)
    if source in WITH_OWN_FONT:
        assert run("check", inside=tmp_path) == (0, "No problem in 1 release.\n")


@pytest.mark.parametrize("source", sorted(WITHOUT_FONT))
def test_a_missing_family_is_told_once(source: str, tmp_path: Path) -> None:
    if fonts.is_installed("Noto Sans CJK TC"):
        pytest.skip("it is installed here")
    run("init", "--name", "X", "--source", source, "-l", source, inside=tmp_path)
    code, output = run("check", inside=tmp_path)
    assert code == 1
    assert output.endswith("\n1 problem.\n")
    assert output.count("\n") == 2
    assert "no font of the theme has Chinese letters (Noto Sans CJK TC has them)" in output
    assert "pip install 'gapress[cjk]'" in output
    code, output = run("render", "-f", "pdf", "-f", "txt", inside=tmp_path)
    assert code == 1
    assert output.count("no font of the theme has") == 1
    assert [path.suffix for path in tmp_path.glob(f"dist/*/{source}/*")] == [".txt"]


def test_every_text_of_the_starter_is_translated() -> None:
    for name in (starter.NEWSROOM, starter.FIRST, *starter.skeleton_names()):
        for code in starter.languages(name):
            texts = starter.written(name, code)
            assert texts.count("\n") >= 10
            catalog = starter.catalog(name, code, "fr" if code != "fr" else "en", "X", "x")
            assert catalog is not None
            assert all(entry.translation for entry in catalog.messages)


def test_other_languages_begin_with_empty_catalogs(tmp_path: Path) -> None:
    code, output = run(
        "init",
        "--name",
        "X",
        "-l",
        "el",
        "-l",
        "fr-CA",
        "--time-zone",
        "Europe/Madrid",
        inside=tmp_path,
    )
    assert code == 0, output
    text = (tmp_path / "releases/_newsroom.yaml").read_text(encoding="utf-8")
    assert "languages:\n  en: en\n  el: el\n  fr: fr-CA\ntime_zone: Europe/Madrid\n" in text
    code, output = run("render", "-f", "txt", "-l", "fr", inside=tmp_path)
    assert code == 0, output
    code, output = run("render", "-f", "txt", inside=tmp_path)
    assert code == 1
    assert "is not translated" in output


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    run("init", "--name", "X", inside=tmp_path)
    before = tree(tmp_path)
    code, output = run("init", "--name", "Y", inside=tmp_path)
    assert code == 2
    assert "there is a newsroom already" in output
    assert tree(tmp_path) == before
    assert run("init", "other", "--name", "Y", "-l", "klingon", inside=tmp_path)[0] == 2
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--time-zone", "Nowhere"], "Nowhere is not an IANA time zone"),
        (["--name", "a\x07b"], "forbidden character"),
    ],
)
def test_a_newsroom_is_begun_whole_or_not_at_all(
    options: list[str], told: str, tmp_path: Path
) -> None:
    code, output = run("init", "--name", "X", *options, inside=tmp_path)
    assert code == 1
    assert told in output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("headline", ["a\x07b", "x" * 5_001, "a\u202eb"])
def test_a_release_is_begun_whole_or_not_at_all(headline: str, newsroom: Newsroom) -> None:
    before = tree(newsroom.root)
    result = newsroom.run("new", "--city", "A", "--slug", "x", "--headline", headline)
    assert result.exit_code == 1
    assert "releases/x.yaml:6:11: headline" in result.output
    assert tree(newsroom.root) == before


def test_a_new_release(newsroom: Newsroom) -> None:
    options = ["--kind", "statement", "--city", "Rabat: *centre*", "--date", "2025-12-01"]
    result = newsroom.run("new", "--headline", "50% {more} of *this*: é_à", "-l", "en", *options)
    assert result.exit_code == 0, result.output
    path = newsroom.root / "releases/2025-12-01-50-more-of-this-e-a.yaml"
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=_release.schema.json"
    assert (newsroom.root / "releases/_release.schema.json").is_file()
    assert (newsroom.root / f"locales/fr/LC_MESSAGES/{path.stem}.po").is_file()
    result = newsroom.run("render", path.stem, "-f", "txt", "-l", "en")
    assert result.exit_code == 0, result.output
    text = newsroom.root / f"dist/{path.stem}/en/{path.stem}_en.txt"
    assert "50% {more} of *this*: é_à" in text.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--headline", "A"], "city is missing; give it with --city"),
        (["--city", "A"], "headline is missing; give it with --headline"),
        (["--headline", "عنوان", "--city", "A"], "give one with --slug"),
        (["--headline", "A", "--city", "A", "-l", "xx"], "no language 'xx' in this newsroom"),
        (["--headline", "A", "--city", "A", "--slug", "A b"], "'A b' is no name for a release"),
        (["--headline", "A", "--city", "A", "--slug", "../x"], "'../x' is no name for a release"),
        (
            ["--headline", "A", "--city", "A", "--slug", "news"],
            "releases/news.yaml is there already",
        ),
    ],
)
def test_what_no_release_can_be_made_of(options: list[str], told: str, newsroom: Newsroom) -> None:
    before = tree(newsroom.root)
    result = newsroom.run("new", *options)
    assert result.exit_code == 2
    assert told in result.output
    assert tree(newsroom.root) == before


def test_on_a_terminal_it_asks(newsroom: Newsroom) -> None:
    leader, follower = pty.openpty()
    child = subprocess.Popen(
        [sys.executable, "-m", "gapress", "-C", str(newsroom.root), "new", "--date", "2025-12-02"],
        stdin=follower,
        stdout=follower,
        stderr=follower,
    )
    os.close(follower)
    os.write(leader, b"\nfr\nUn beau titre\nRabat\n")
    said = b""
    while True:
        try:
            piece = os.read(leader, 1000)
        except OSError:
            break
        if not piece:
            break
        said += piece
    assert child.wait() == 0, said
    assert b"Kind (press release, media advisory, statement, " in said
    text = (newsroom.root / "releases/2025-12-02-un-beau-titre.yaml").read_text(encoding="utf-8")
    assert "language: fr\n" in text


def test_doctor_finds_everything_here(newsroom: Newsroom) -> None:
    result = newsroom.run("doctor", "--json")
    assert result.exit_code == 0, result.output
    found = {one["name"]: one["found"] for one in json.loads(result.stdout)["findings"]}
    assert found["fonts"] == "IBM Plex Serif, IBM Plex Sans Arabic"
    assert found["output folder"].endswith("dist")


def test_doctor_tells_what_is_missing_and_what_mends_it(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.write("releases/_newsroom.yaml", NEWSROOM + (
        "theme: {fonts: {default: {text: Nothing Sans, headline: Nothing Sans, label: Nothing Sans, "
        "word_text: Arial, word_headline: Arial}}}\n"
    ))  # fmt: skip
    monkeypatch.setattr(doctor, "versions", lambda names: dict.fromkeys(names, ""))
    result = newsroom.run("doctor")
    assert result.exit_code == 3
    assert "missing  fonts: the font family Nothing Sans is not installed" in result.output
    assert "pip install fontpkg-nothing-sans" in result.output
    assert "better  quick font subsetting (HarfBuzz): sudo apt-get install" in result.output
    assert "1 missing." in result.output
