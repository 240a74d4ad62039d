"""What ``gapress check`` prints."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from gapress.cli.show import github_annotations, show_problems
from gapress.kit.check import check
from gapress.spelling.dictionaries import EXTRA, is_installed
from gapress.workspace import Workspace, is_skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def run_check(directory: Path, slugs: Sequence[str], *, as_json: bool, github: bool) -> int:
    """Check and report; return the exit code: warnings alone are no failure."""
    workspace = Workspace.find(directory)
    chosen = workspace.choose(slugs, with_skeletons=True)
    problems = check(workspace, chosen)
    if as_json:
        report = {"problems": [problem.as_json() for problem in sorted(problems)]}
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    elif github:
        click.echo(github_annotations(problems))
    elif problems:
        show_problems(problems)
    else:
        skeletons = sum(map(is_skeleton, chosen))
        counts = [(len(chosen) - skeletons, "release"), (skeletons, "skeleton")]
        shown = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts if n]
        click.echo(f"No problem in {' and '.join(shown) or '0 releases'}.")
    if not is_installed() and not (as_json or github):
        click.echo(f"Spelling was not checked: {EXTRA} brings dictionaries.", err=True)
    return 1 if any(problem.severity == "error" for problem in problems) else 0
