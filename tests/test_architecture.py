"""The shape of the code: imports point one way, and the light commands stay light."""

from __future__ import annotations

import subprocess
import sys

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from conftest import ROOT, Newsroom

HEAVY = ("weasyprint", "docx", "pydantic", "babel", "jinja2", "lxml", "PIL", "ruamel", "fontTools")


def test_imports_point_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


def loaded(*arguments: str) -> set[str]:
    """Return the modules that a command imports."""
    program = (
        "import sys; from gapress.cli.app import main\n"
        f"try: main({list(arguments)!r})\n"
        "except SystemExit as end: assert not end.code\n"
        "print('LOADED', *sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    found = set(run.stdout.partition("LOADED")[2].split())
    assert "gapress.cli.app" in found
    return found


@pytest.mark.parametrize("arguments", [["--help"], ["render", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    assert not loaded(*arguments) & set(HEAVY)


@pytest.mark.parametrize("command", ["render", "verify"])
def test_an_up_to_date_kit_is_recognised_without_anything_heavy(
    command: str, newsroom: Newsroom
) -> None:
    assert newsroom.run("render", "-f", "html", "-f", "txt").exit_code == 0
    arguments = ["-f", "html", "-f", "txt"] if command == "render" else []
    assert not loaded("-C", str(newsroom.root), command, *arguments) & set(HEAVY)


def test_python_dash_m_is_the_same_command() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "gapress", "--version"], capture_output=True, text=True, check=True
    )
    assert run.stdout.startswith("gapress, version ")
