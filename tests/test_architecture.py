"""The shape of the code: imports point one way, and the light commands stay light."""

from __future__ import annotations

import subprocess
import sys

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from conftest import ROOT

HEAVY = ("weasyprint", "docx", "pydantic", "babel", "jinja2", "lxml", "PIL", "ruamel", "fontTools")


def test_imports_point_one_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == EXIT_STATUS_SUCCESS


@pytest.mark.parametrize("arguments", [["--help"], ["render", "--help"], ["--version"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    program = (
        "import sys; from gapress.cli import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: pass\n"
        "print('LOADED', *sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(run.stdout.partition("LOADED")[2].split())
    assert "gapress.cli.app" in loaded
    assert not loaded & set(HEAVY)


def test_python_dash_m_is_the_same_command() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "gapress", "--version"], capture_output=True, text=True, check=True
    )
    assert run.stdout.startswith("gapress, version ")
