"""Run the checkers that are programs, and shape checks that look at one file."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).parent
TIME_LIMIT = 900  # seconds for one program; all of them together take a few minutes

Findings = Mapping[Path, Sequence[str]]
Check = Callable[[Sequence[Path]], Findings]
"""Looks at files of one format and returns, for each, what it found: nothing means passed."""


def find(program: str) -> str:
    """Return the path of a program.

    Raises:
        RuntimeError: it is not installed.
    """
    path = shutil.which(program)
    if path is None:
        raise RuntimeError(f"{program} is not installed; `make conformance` installs it")
    return path


def run(*command: str | Path, ok: Sequence[int] = (0,)) -> str:
    """Return what a program prints.

    Raises:
        RuntimeError: it is not installed, or ends with a code other than ``ok``.
        subprocess.TimeoutExpired: it hangs.
    """
    program, *arguments = (str(part) for part in command)
    done = subprocess.run(
        [find(program), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        timeout=TIME_LIMIT,
        check=False,
    )
    if done.returncode not in ok:
        raise RuntimeError(f"{program} ended with {done.returncode}: {done.stdout.strip()}")
    return done.stdout


def each(look: Callable[[Path], Sequence[str]]) -> Check:
    """Make a check of a function that looks at one file."""

    def check(files: Sequence[Path]) -> Findings:
        findings: dict[Path, Sequence[str]] = {}
        for file in files:
            try:
                findings[file] = look(file)
            except Exception as error:  # noqa: BLE001  one broken file must not hide the others
                findings[file] = [f"the check could not finish: {error}"]
        return findings

    return check
