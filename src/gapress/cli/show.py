"""Prints what a person reads: problems, tables, messages. Colours on a terminal only."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapress.errors import Problem


def style(text: str, colour: str) -> str:
    """Return the text in a colour, or as it is where colours are not wanted (NO_COLOR)."""
    plain = "NO_COLOR" in os.environ or not sys.stderr.isatty()
    return text if plain else click.style(text, fg=colour, bold=True)


def say(message: str) -> None:
    """Print a message for a person, beside the output."""
    click.echo(message, err=True)


def show_problems(problems: Sequence[Problem]) -> None:
    """Print each problem in a line of its own, and how many there are."""
    for problem in sorted(problems):
        warning = problem.severity == "warning"
        place = style(problem.place, "yellow" if warning else "red")
        kind = "warning: " if warning else ""
        hint = f"; {problem.hint}" if problem.hint else ""
        check = f" [{problem.check}]" if problem.check else ""
        say(f"{place}: {kind}{problem.message}{hint}{check}")
    warnings = sum(problem.severity == "warning" for problem in problems)
    counts = [(len(problems) - warnings, "problem"), (warnings, "warning")]
    shown = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts if n]
    say(f"{', '.join(shown)}.")


def github_annotations(problems: Sequence[Problem]) -> str:
    """Return problems as GitHub shows them beside a change: workflow commands, a line each."""
    return "\n".join(
        f"::{problem.severity} file={_property(problem.path)},line={max(1, problem.line)},"
        f"col={max(1, problem.column)},title={_property(problem.check or 'gapress')}"
        f"::{_data('; '.join(part for part in (problem.message, problem.hint) if part))}"
        for problem in sorted(problems)
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def size(count: int) -> str:
    """Return a number of bytes as a person reads it: ``85 kB``."""
    return (
        f"{max(1, round(count / 1000)):,} kB"
        if count < 1_000_000
        else f"{count / 1_000_000:.1f} MB"
    )


def relative(path: Path, directory: Path) -> str:
    """Return a path as a person would write it in a folder, with ``/``."""
    inside = path.is_relative_to(directory)
    return Path(os.path.relpath(path, directory)).as_posix() if inside else path.as_posix()


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows in columns: numbers to the right, everything else to the left."""
    columns = list(zip(head, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    numeric = [bool(column[1:]) and all(map(str.isdigit, column[1:])) for column in columns]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if right else cell.ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        ).rstrip()
        for line in (head, *rows)
    )
