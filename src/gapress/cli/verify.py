"""What ``gapress verify`` prints."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from gapress.cli.show import say
from gapress.kit.verify import orphans, verify
from gapress.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MEANING = {
    "none": "has no kit; run gapress render",
    "damaged": "can't be read, so nothing is known of the kit; run gapress render --force",
    "missing": "is missing; run gapress render",
    "changed": "is not as it was made; run gapress render",
    "extra": "was not made by gapress; move it out of the kit",
    "lacking": "could not be made; run gapress render to see why",
    "other": "holds a draft, or another release's kit; move it away, then run gapress render",
    "orphan": "is a kit whose release is gone; delete the folder, or bring the release back",
    "outdated": "made it, which has another version today; run gapress render",
    "stale": "has changed since the kit was made; run gapress render",
}


def run_verify(directory: Path, slugs: Sequence[str], *, as_json: bool, output: Path | None) -> int:
    """Report whether kits are intact and up to date; return the exit code."""
    workspace = Workspace.find(directory)
    chosen = workspace.choose(slugs)
    folder = (directory / output) if output else workspace.root / "dist"
    findings = list(verify(workspace, chosen, folder))
    if not slugs:
        findings += orphans(workspace, folder)
    if as_json:
        click.echo(json.dumps({"findings": [asdict(f) for f in findings]}, indent=2))
        return 1 if findings else 0
    for finding in findings:
        say(f"{finding.release}: {finding.path} {MEANING[finding.kind]}")
    sound = len(set(chosen) - {finding.release for finding in findings})
    click.echo(f"{sound} of {len(chosen)} kits intact and made from today's sources.")
    return 1 if findings else 0
