"""Grammar, by a program that answers as Grammalecte's command line does."""

from __future__ import annotations

import json
import os
import sys
import textwrap
from typing import TYPE_CHECKING

import pytest

from gapress.spelling import grammar

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Newsroom

# Finds "les" with a word without s, and answers in Grammalecte 2.1's form.
PROGRAM = """\
    import json, re, sys
    arguments = sys.argv[1:]
    assert "-j" in arguments and "-owe" in arguments and "nbsp" in arguments
    data = []
    with open(arguments[arguments.index("-f") + 1], encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            errors = [
                {"nStart": m.start(1), "nEnd": m.end(1), "sLineId": "#1", "sRuleId": "gn", "sType": "gn",
                 "sMessage": f"« {m[1]} » devrait être au pluriel.", "aSuggestions": [m[1] + "s"],
                 "URL": ""}
                for m in re.finditer(r"\\bles (\\w+[^s\\W])\\b", line)
            ]
            if errors:
                data.append({"iParagraph": number, "lGrammarErrors": errors, "lSpellingErrors": []})
    print(json.dumps({"grammalecte": "2.1.2", "lang": "fr", "data": data}, ensure_ascii=False))
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "bin" / "grammalecte-cli.py"
    path.parent.mkdir()
    path.write_text(textwrap.dedent(PROGRAM), encoding="utf-8")
    monkeypatch.setenv(grammar.VARIABLE, str(path))
    return path


def told(newsroom: Newsroom) -> list[dict[str, object]]:
    found = json.loads(newsroom.run("check", "--json").output)["problems"]
    return [problem for problem in found if problem["check"] == "grammar"]


def test_its_findings_are_warnings_at_the_translation(newsroom: Newsroom, program: Path) -> None:
    newsroom.edit("locales/fr/LC_MESSAGES/news.po", "Un titre", "Voici *les titre* du jour")
    (problem,) = told(newsroom)
    assert problem["file"] == "locales/fr/LC_MESSAGES/news.po"
    assert problem["severity"] == "warning"
    assert problem["message"] == "“titre”: « titre » devrait être au pluriel."
    assert problem["hint"] == "suggested: titres"
    newsroom.edit(
        "locales/fr/LC_MESSAGES/news.po",
        'msgctxt "headline"',
        '#, ignore-grammar\nmsgctxt "headline"',
    )
    assert told(newsroom) == []


def test_a_source_in_french_is_asked_about_and_english_is_not(
    newsroom: Newsroom, program: Path
) -> None:
    newsroom.edit("releases/news.yaml", "A headline", "On les title")
    assert told(newsroom) == []
    newsroom.edit("releases/news.yaml", "kind: press release", "kind: press release\nlanguage: fr")
    (problem,) = told(newsroom)
    assert (problem["file"], problem["line"]) == ("releases/news.yaml", 5)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("import sys; sys.exit(3)", "it ends with code 3"),
        ("print('no json')", "its answer can't be read"),
        (
            'print(\'{"data": [{"iParagraph": 99, "lGrammarErrors": [{}]}]}\')',
            "its answer can't be read",
        ),
        ("print('x' * 11_000_000)", "it prints more than 10,000,000 bytes"),
    ],
)
def test_a_faulty_program_is_one_warning(
    newsroom: Newsroom, program: Path, text: str, reason: str
) -> None:
    program.write_text(text, encoding="utf-8")
    (problem,) = told(newsroom)
    assert problem["message"] == f"grammar was not checked by {program}: {reason}"
    assert problem["severity"] == "warning"
    assert newsroom.run("check").exit_code == 0


def test_a_program_that_never_ends_is_ended(program: Path) -> None:
    program.write_text("while True: pass", encoding="utf-8")
    with pytest.raises(grammar.GrammarError, match=r"it takes more than 0\.2 seconds"):
        list(grammar.check(["Un texte."], grammar.program(), 0.2))


def test_where_the_program_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(grammar.VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert grammar.program() == ()
    found = tmp_path / "grammalecte-cli"
    found.write_text("#!/bin/sh\n", encoding="utf-8")
    found.chmod(0o755)
    assert grammar.program() == (str(found),)
    monkeypatch.setenv(grammar.VARIABLE, "off")
    assert grammar.program() == ()
    monkeypatch.setenv(grammar.VARIABLE, f"{tmp_path}{os.sep}grammalecte-cli.py")
    assert grammar.program() == (sys.executable, f"{tmp_path}{os.sep}grammalecte-cli.py")
    with pytest.raises(grammar.GrammarError, match="it can't be started"):
        list(grammar.check(["Un texte."], [str(tmp_path / "nothing")]))
