"""What this machine has and lacks for making press kits, and the command that mends it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from gapress import __version__
from gapress.errors import ContentError, GapressError, MachineError
from gapress.kit.proofread import unchecked
from gapress.kit.sources import versions
from gapress.spelling import grammar
from gapress.spelling.dictionaries import EXTRA, is_installed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from gapress.errors import Problem
    from gapress.workspace import Workspace


@dataclass(frozen=True)
class Finding:
    """One thing that gapress needs.

    Attributes:
        name: What it is.
        found: What this machine has of it; empty where it is missing.
        mend: What to do where it is missing.
        needed: Whether kits can't be made without it.
    """

    name: str
    found: str
    mend: str = ""
    needed: bool = True


def examine(workspace: Workspace | None) -> Iterator[Finding]:
    """Yield everything that gapress needs of this machine.

    Args:
        workspace: The newsroom, for its fonts and its output folder; none outside of one.
    """
    yield Finding("gapress", __version__)
    yield Finding("Python", sys.version.split()[0])
    yield Finding("PDF (WeasyPrint, Pango)", *_tried(_pdf))
    subset = versions({"harfbuzz-subset"})["harfbuzz-subset"]
    hint = "sudo apt-get install libharfbuzz-subset0   (macOS: brew install harfbuzz)"
    yield Finding("quick font subsetting (HarfBuzz)", subset, hint, needed=False)
    for name, package in (("Word (python-docx)", "docx"), ("preview (uvicorn)", "uvicorn")):
        yield Finding(name, *_tried(partial(_package, package)))
    yield Finding("fonts", *_tried(lambda: _fonts(workspace)))
    if workspace:
        yield Finding("output folder", *_tried(lambda: _output(workspace.root / "dist")))
    yield Finding("spelling (Hunspell)", _spelling(workspace), EXTRA, needed=False)
    if workspace is None or grammar.LANGUAGE in workspace.newsroom.model.languages:
        found = "".join(grammar.program()[-1:])
        yield Finding("French grammar (Grammalecte)", found, grammar.INSTALL, needed=False)
    encoding = sys.stdout.encoding or ""
    utf8 = encoding.lower().replace("-", "") == "utf8"
    mend = "set PYTHONUTF8=1, or a UTF-8 locale, to see names in every script"
    yield Finding("terminal", encoding if utf8 else "", mend, needed=False)


def _tried(look: Callable[[], str]) -> tuple[str, str]:
    try:
        return look(), ""
    except ContentError as error:
        return "", "; ".join(map(_told, error.problems))
    except GapressError as error:
        return "", str(error)


def _told(problem: Problem) -> str:
    where = f"{problem.path} " if problem.path.startswith("templates/") else ""
    return f"{where}{problem.message}; {problem.hint}"


def _pdf() -> str:
    from gapress.writers.pdf import load

    load()
    now = versions({"weasyprint", "pango"})
    return f"{now['weasyprint']}, {now['pango']}"


def _package(name: str) -> str:
    try:
        module = import_module(name)
    except ImportError as error:
        raise MachineError(f"{error}; pip install --force-reinstall gapress") from None
    return str(getattr(module, "__version__", "")) or "there"


def _fonts(workspace: Workspace | None) -> str:
    from gapress.theme import SHIPPED_FAMILIES, load_theme
    from gapress.writers.coverage import coverage
    from gapress.writers.fonts import family_files

    fonts = coverage(load_theme(workspace)).fonts if workspace else family_files(SHIPPED_FAMILIES)
    return ", ".join(dict.fromkeys(file.family for file in fonts))


def _spelling(workspace: Workspace | None) -> str:
    """Return the languages of the newsroom that can be checked, and those that can't."""
    if workspace is None:
        return "there" if is_installed() else ""
    lacking = unchecked(workspace)
    found = [code for code in workspace.newsroom.model.languages if code not in lacking]
    more = f" (no dictionary of {', '.join(lacking)})" if lacking else ""
    return f"{', '.join(found)}{more}" if found else ""


def _output(folder: Path) -> str:
    there = folder
    while not there.exists():
        there = there.parent
    if not os.access(there, os.W_OK):
        raise MachineError(f"{there} can't be written by this user; choose another with --output")
    return str(folder)
