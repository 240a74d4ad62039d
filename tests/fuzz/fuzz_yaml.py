"""Fuzzes the YAML reader and the models: any file is a release or a newsroom, or problems."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent))
from harness import ROOT, fuzz, pieces

with atheris.instrument_imports(include=["gapress", "ruamel"]):
    from gapress.errors import ContentError, Problem
    from gapress.newsroom import read_newsroom, read_release
    from gapress.release.blocks import BLOCKS
    from gapress.release.facts import FACTS
    from gapress.release.model import Release

FILES = sorted((ROOT / "releases").glob("*.yaml"), reverse=True)
CASES = sorted((ROOT / "tests/cases/problems").glob("*.yaml"))
NEWSROOM = read_newsroom((ROOT / "releases/_newsroom.yaml").read_bytes(), "_newsroom.yaml").model
WORDS = [
    *Release.model_fields,
    *(kind.key() for kind in (*FACTS, *BLOCKS)),
    "&a",
    "*a",
    "!!",
    "<<",
    "%YAML 1.1\n---\n",
    "? ",
]
WORDS += [
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "|-\n",
    ">-\n",
    '"',
    "'",
    "\\ud800",
    "\\x1b",
    "\ufeff",
    "~",
]
WORDS += ["1e9", "0x1F", ".inf", "9999-12-31", "2025-11-24T10:00:00+01:00", "\u2028", "\x85", "\r"]


def one(data: bytes) -> None:
    """Read a file as a release and as a newsroom."""
    # Every character that YAML or an editor may take for the end of a line.
    ends = (b"\n", b"\r", b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xa9")
    lines = sum(map(data.count, ends)) + 1
    for problem in problems_of(data):
        assert problem.path == "x.yaml"
        assert problem.message
        assert 0 <= problem.line <= lines


def problems_of(data: bytes) -> list[Problem]:
    """Return what is wrong with a file as a release, and as a newsroom."""
    found: list[Problem] = []
    try:
        read_release(data, "x.yaml", NEWSROOM)
    except ContentError as error:
        found += error.problems
    try:
        read_newsroom(data, "x.yaml")
    except ContentError as error:
        found += error.problems
    return found


if __name__ == "__main__":
    seeds = [part for file in FILES for part in pieces(file.read_bytes(), b"\n\n")]
    fuzz(one, [*seeds, *(case.read_bytes() for case in CASES)], WORDS)
