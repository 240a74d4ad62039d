"""Reading a release: every problem of a file at once, each with its place and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from conftest import ROOT, Newsroom
from gapress.errors import ContentError
from gapress.newsroom import NewsroomEntry
from gapress.release.model import Release
from gapress.release.schema import json_schema
from gapress.release.yaml import parse
from gapress.workspace import Workspace

CASES = sorted((Path(__file__).parent / "cases" / "problems").glob("*.yaml"))


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.stem)
def test_problems(case: Path, newsroom: Newsroom) -> None:
    """A case file is a release, then ``---``, then what ``gapress check`` says of it."""
    release, _, expected = case.read_text(encoding="utf-8").partition("\n---\n")
    newsroom.write("releases/news.yaml", release)
    result = newsroom.run("check")
    assert result.output.strip().splitlines() == expected.strip().splitlines()
    assert result.exit_code == 1


def test_problems_of_several_files_come_together(newsroom: Newsroom) -> None:
    newsroom.write("releases/second.yaml", "kind: statement\n")
    newsroom.edit("releases/news.yaml", "{count}", "{counts}")
    output = newsroom.run("check").output
    assert "releases/news.yaml:6:16: {counts} is not in facts; did you mean count?" in output
    assert "releases/second.yaml:1:1: headline is missing; add it" in output


def test_the_newsroom_file_is_checked_too(newsroom: Newsroom) -> None:
    newsroom.write(
        "releases/_newsroom.yaml",
        """\
        language: de
        organisation: {name: Test, url: "ftp://example.org/"}
        languages: {en: xx-YY, fr: ar-MA}
        time_zone: Africa/Casablanka
        contacts:
          press: {name: Press, phone: 0522, email: nobody}
        theme:
          logo: ../logo.svg
          colours: {accent: blue}
          fonts: {default: {text: "a'b"}}
        """,
    )
    result = newsroom.run("check")
    assert result.exit_code == 1
    places = [line.partition(": ")[0] for line in result.output.splitlines()]
    name = "releases/_newsroom.yaml"
    expected = ["1:11", "2:33", "3:17", "3:28", "4:12", "6:31", "6:44", "8:9", "9:21"]
    assert [f"{name}:{place}" for place in expected] == [
        p for p in places if p in {f"{name}:{place}" for place in expected}
    ]


@pytest.mark.parametrize("name", ["release", "newsroom"])
def test_the_published_schemas_are_those_of_the_models(name: str, newsroom: Newsroom) -> None:
    result = newsroom.run("schema", name)
    assert result.exit_code == 0
    published = (ROOT / "releases" / f"_{name}.schema.json").read_text(encoding="utf-8")
    assert result.output == published


def test_the_samples_fit_the_published_schemas() -> None:
    def plain(data: object) -> object:
        return json.loads(json.dumps(data, default=lambda n: int(n) if n == int(n) else float(n)))

    folder = ROOT / "releases"
    for path in folder.glob("*.yaml"):
        model = NewsroomEntry if path.name.startswith("_") else Release
        data = plain(parse(path.read_bytes(), path.name).data)
        jsonschema.Draft202012Validator(json_schema(model)).validate(data)


def test_the_schema_refuses_what_the_reader_refuses() -> None:
    validator = jsonschema.Draft202012Validator(json_schema(Release))
    errors = {error.message for error in validator.iter_errors({"dateline": 5, "extra": 1})}
    assert any("5 is not valid under any" in message for message in errors)
    assert any("'extra' was unexpected" in message for message in errors)
    assert "'headline' is a required property" in errors


def test_a_release_that_leads_out_of_the_workspace_is_refused(
    newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.yaml"
    outside.write_text("kind: statement\n", encoding="utf-8")
    (newsroom.root / "releases" / "linked.yaml").symlink_to(outside)
    with pytest.raises(ContentError, match="leads out of the newsroom's folder"):
        Workspace(newsroom.root).release("linked")


@pytest.mark.parametrize("name", ["My Release", "a_b", "gapress", "news-draft", "x" * 101])
def test_a_file_name_that_is_no_slug_is_refused(name: str, newsroom: Newsroom) -> None:
    newsroom.write(f"releases/{name}.yaml", "kind: statement\n")
    result = newsroom.run("check")
    assert result.exit_code == 1
    assert f"releases/{name}.yaml: the name is not a slug; rename it" in result.output


def test_a_file_name_that_is_no_slug_stops_no_other_release(newsroom: Newsroom) -> None:
    newsroom.write("releases/My Release.yaml", "kind: statement\n")
    message = "releases/My Release.yaml: the name is not a slug"
    for command in (["check"], ["status"], ["catalogs", "update"], ["render", "-f", "html"]):
        result = newsroom.run(*command)
        assert result.exit_code == 1, command
        assert message in result.output
    assert "news/en/news_en.html" in newsroom.files()
    assert (newsroom.root / "locales/news.pot").is_file()
    assert newsroom.run("catalogs", "export", "-l", "fr").exit_code == 0


def test_the_longest_slug_has_room_for_every_mark(newsroom: Newsroom) -> None:
    name = "x" * 100
    newsroom.edit("releases/news.yaml", "kind:", "embargo: 2025-11-24T09:00:00+01:00\nkind:")
    (newsroom.root / "releases/news.yaml").rename(newsroom.root / f"releases/{name}.yaml")
    result = newsroom.run("render", "-l", "en", "--draft")
    assert result.exit_code == 0, result.output
