"""Prints what a person reads: problems, tables, messages. Colours on a terminal only."""

from __future__ import annotations

import os
import sys
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
        hint = f"; {problem.hint}" if problem.hint else ""
        say(f"{style(problem.place, 'red')}: {problem.message}{hint}")
    say(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}.")


def size(count: int) -> str:
    """Return a number of bytes as a person reads it: ``85 kB``."""
    return (
        f"{max(1, round(count / 1000)):,} kB"
        if count < 1_000_000
        else f"{count / 1_000_000:.1f} MB"
    )
