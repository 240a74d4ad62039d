"""What ``gapress status`` prints."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

import click

from gapress.cli.show import show_problems, table
from gapress.kit.status import Standing, status
from gapress.workspace import Workspace, is_skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

HEAD = ("release", "language", "translated", "fuzzy", "missing", "errors", "embargo", "kit")


def run_status(directory: Path, slugs: Sequence[str], *, as_json: bool, output: Path | None) -> int:
    """Report how releases stand; return the exit code."""
    workspace = Workspace.find(directory)
    folder = (directory / output) if output else workspace.root / "dist"
    now = dt.datetime.now(dt.UTC)
    standings = list(status(workspace, workspace.choose(slugs, with_skeletons=True), folder, now))
    problems = [problem for standing in standings for problem in standing.problems]
    if as_json:
        click.echo(json.dumps({"status": [_plain(s) for s in standings]}, indent=2))
    else:
        rows = [_row(standing) for standing in standings if standing.language]
        if rows:
            click.echo(table(HEAD, rows))
        if problems:
            show_problems(problems)
    return 1 if problems else 0


def _row(standing: Standing) -> tuple[str, ...]:
    counts = (standing.translated, standing.fuzzy, standing.missing, standing.errors)
    embargo = "–"
    if standing.embargo:
        passed = "passed" if standing.passed else "in force"
        embargo = f"{standing.embargo.isoformat(timespec='minutes')} {passed}"
    kit = "–" if is_skeleton(standing.slug) else standing.kit
    return (standing.slug, standing.language, *map(str, counts), embargo, kit)


def _plain(standing: Standing) -> dict[str, object]:
    return {
        "release": standing.slug,
        "language": standing.language,
        "translated": standing.translated,
        "fuzzy": standing.fuzzy,
        "missing": standing.missing,
        "errors": standing.errors,
        "embargo": standing.embargo.isoformat() if standing.embargo else None,
        "embargo_passed": standing.passed,
        "kit": standing.kit,
        "problems": [problem.as_json() for problem in standing.problems],
    }
