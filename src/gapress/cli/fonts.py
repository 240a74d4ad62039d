"""What ``gapress fonts`` prints."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from gapress.cli.show import show_problems, table
from gapress.kit.font_survey import survey
from gapress.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gapress.kit.font_survey import FamilyFound, Letters

FAMILIES = ("family", "used for", "from", "version", "files", "characters")
LETTERS = ("language", "script", "letters", "covered", "lacking", "best families")


def run_fonts(directory: Path, slugs: Sequence[str], *, as_json: bool) -> int:
    """Report what the newsroom's fonts cover; return the exit code."""
    workspace = Workspace.find(directory)
    found = survey(workspace, workspace.choose(slugs))
    if as_json:
        report = {
            "families": [asdict(family) for family in found.families],
            "languages": [asdict(letters) for letters in found.letters],
            "problems": [problem.as_json() for problem in found.problems],
        }
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        click.echo(table(FAMILIES, [_family(family) for family in found.families]))
        click.echo()
        click.echo(table(LETTERS, [_letters(letters) for letters in found.letters]))
        if found.problems:
            click.echo()
            show_problems(found.problems)
    return 1 if any(problem.severity == "error" for problem in found.problems) else 0


def _family(family: FamilyFound) -> tuple[str, ...]:
    counts = str(family.files), str(family.characters)
    return (family.name, ", ".join(family.used), family.source, family.version, *counts)


def _letters(letters: Letters) -> tuple[str, ...]:
    covered = letters.needed - len(letters.lacking)
    share = f"{100 * covered // letters.needed} %" if letters.needed else "–"
    lacking = " ".join(letters.lacking[:12]) + (" …" if len(letters.lacking) > 12 else "")
    families = ", ".join(letters.families[:3])
    return (letters.code, letters.name, str(letters.needed), share, lacking or "–", families)
