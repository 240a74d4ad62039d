"""Templates that a designer takes into the newsroom."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from gapress.shipped import shipped, template_names

if TYPE_CHECKING:
    from conftest import Newsroom


def test_all_templates_are_copied_and_the_kits_are_the_same(newsroom: Newsroom) -> None:
    assert newsroom.run("render", "-f", "html", "-o", "before").exit_code == 0
    result = newsroom.run("templates", "copy")
    assert result.exit_code == 0, result.output
    names = template_names(shipped("templates"))
    assert {"press-release.docx", "typography.toml", "parts.html"} <= set(names)
    assert result.output.splitlines() == [
        *(f"templates/{name}" for name in names),
        f"{len(names)} files copied.",
    ]
    for name in names:
        copied = newsroom.root / "templates" / name
        assert copied.read_bytes() == (shipped("templates") / name).read_bytes()
    assert newsroom.run("check").exit_code == 0
    assert newsroom.run("render", "-f", "html", "-o", "after").exit_code == 0
    page = "news/fr/news_fr.html"
    before, after = (newsroom.root / folder / page for folder in ("before", "after"))
    assert before.read_bytes() == after.read_bytes()


def test_a_changed_template_stays(newsroom: Newsroom) -> None:
    newsroom.write("templates/paged.css", "h1 { color: red }\n")
    newsroom.write("templates/own.css", "")
    result = newsroom.run("templates", "copy", "paged.css", "screen.css")
    assert result.exit_code == 1
    assert "templates/paged.css was changed here, and stays; --force replaces it" in result.output
    assert "1 file copied." in result.output
    assert newsroom.run("templates", "copy").exit_code == 0
    paged = newsroom.root / "templates/paged.css"
    assert paged.read_text(encoding="utf-8") == "h1 { color: red }\n"
    found = json.loads(newsroom.run("templates", "list", "--json").stdout)["templates"]
    states = {each["name"]: each["state"] for each in found}
    assert (states["paged.css"], states["screen.css"], states["own.css"]) == (
        "changed",
        "the same",
        "own",
    )
    result = newsroom.run("templates", "copy", "paged.css", "--force")
    assert result.exit_code == 0
    assert paged.read_bytes() == (shipped("templates") / "paged.css").read_bytes()


def test_what_is_changed_is_shown(newsroom: Newsroom) -> None:
    assert newsroom.run("templates", "diff").output == ""
    shown = (shipped("templates") / "release.txt").read_text(encoding="utf-8")
    newsroom.write("templates/logo.svg", "\x00").write_bytes(b"\xff\xfe")
    newsroom.write("templates/release.txt", "")
    (newsroom.root / "templates/release.txt").write_text(f"{shown}more\n", encoding="utf-8")
    output = newsroom.run("templates", "diff").output
    assert "Binary files gapress/templates/logo.svg and templates/logo.svg differ" in output
    assert "--- gapress/templates/release.txt\n+++ templates/release.txt\n" in output
    assert "\n+more\n" in output
    assert "logo.svg" not in newsroom.run("templates", "diff", "release.txt").output


def test_an_unknown_template_is_told(newsroom: Newsroom) -> None:
    for command in ("copy", "diff"):
        result = newsroom.run("templates", command, "pagd.css")
        assert result.exit_code == 2
        assert "no template 'pagd.css'; did you mean paged.css?" in result.output
    assert newsroom.run("templates", "copy", "../x").exit_code == 2
    assert not (newsroom.root / "templates").exists()
