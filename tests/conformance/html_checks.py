"""HTML: the Nu HTML checker; axe, network requests, reflow and a reader view in Chromium."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from .tools import HERE, Check, Findings, find, run

if TYPE_CHECKING:
    from collections.abc import Sequence

NU = HERE / "node_modules/vnu-jar/build/dist/vnu.jar"


def nu(files: Sequence[Path]) -> Findings:
    """Every message of the Nu HTML checker counts: error, warning and information."""
    by_path = {file.resolve(): file for file in files}
    output = run("java", "-jar", NU, "--format", "json", "--exit-zero-always", "--stdout", *files)
    findings: dict[Path, list[str]] = {file: [] for file in files}
    for message in json.loads(output)["messages"]:
        file = by_path[Path(unquote(urlsplit(message["url"]).path)).resolve()]
        kind = message.get("subType", message["type"])
        findings[file].append(f"line {message.get('lastLine', '?')}: {kind}: {message['message']}")
    return findings


@lru_cache
def visit(files: tuple[Path, ...]) -> dict[str, dict[str, list[str]]]:
    """Open each page in Chromium, once for all checks of a module."""
    output = run(
        "node", HERE / "browser.cjs", find("chromium"), *(file.resolve() for file in files)
    )
    visited: dict[str, dict[str, list[str]]] = json.loads(output.splitlines()[-1])
    return visited


def _in_browser(what: str) -> Check:
    def check(files: Sequence[Path]) -> Findings:
        visited = visit(tuple(files))
        return {file: visited[str(file.resolve())][what] for file in files}

    return check


CHECKS: dict[str, Check] = {
    "nu": nu,
    "axe": _in_browser("axe"),
    "requests": _in_browser("requests"),
    "console": _in_browser("console"),
    "reflow": _in_browser("reflow"),
    "reader": _in_browser("reader"),
}
