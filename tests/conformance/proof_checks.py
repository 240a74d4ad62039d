"""Texts: what ``gapress check`` says of a source file or of a catalog, of each of its checks."""

from __future__ import annotations

import json
import subprocess
from typing import TYPE_CHECKING

from .tools import each

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from .tools import Check

ASKED = ("spaces", "quotes", "brackets", "script", "punctuation", "spelling")
"""The checks of a text by itself; those of a translation against its source have tests."""


def checks(gapress: Path) -> Mapping[str, Check]:
    """Return the checks of a file in a newsroom's folder, by their ids."""
    return {check: each(_of(check, gapress)) for check in ASKED}


def _of(check: str, gapress: Path) -> Callable[[Path], list[str]]:
    def find(file: Path) -> list[str]:
        root = next(folder for folder in file.parents if (folder / "releases").is_dir())
        command = [str(gapress), "-C", str(root), "check", "--json"]
        told = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)
        name = file.relative_to(root).as_posix()
        found = (p for p in told["problems"] if (p["file"], p["check"]) == (name, check))
        return [f"{problem['message']}; {problem['hint']}" for problem in found]

    return find
