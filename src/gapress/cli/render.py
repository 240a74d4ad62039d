"""What ``gapress render`` does and prints."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import click

from gapress.cli.show import relative, say, show_problems, size, style
from gapress.document import ATTACHED
from gapress.errors import MachineError, UsageError
from gapress.kit.build import Order, Report, build
from gapress.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def run_render(
    directory: Path, order: Order, *, output: Path | None, as_json: bool, quiet: bool
) -> int:
    """Render and report; return the exit code."""
    workspace = Workspace.find(directory)
    folder = (directory / output) if output else workspace.root / "dist"
    order = replace(order, slugs=workspace.choose(order.slugs), output=folder)
    _refuse_sources(workspace.root, order)
    if quiet or as_json or not sys.stderr.isatty():
        report = build(workspace, order, say=say)
    else:
        total = len(order.slugs)
        with click.progressbar(length=total, label="Rendering", file=sys.stderr) as bar:
            report = build(workspace, order, bar.update, say)
    if as_json:
        click.echo(json.dumps(_as_json(report, directory), indent=2, ensure_ascii=False))
    else:
        _show(report, directory, quiet=quiet)
    if report.failures:
        return MachineError.exit_code
    return 1 if any(problem.severity == "error" for problem in report.problems) else 0


def _refuse_sources(root: Path, order: Order) -> None:
    """Refuse an output folder in which kits would lie among what they are made from."""
    output = order.output.resolve()
    own = [root / name for name in ("releases", "locales", "templates")]
    if output == root or any(output.is_relative_to(folder) for folder in own):
        raise UsageError(f"kits can't be put into {output}, where sources are; choose another")
    if any(root.is_relative_to(output / slug) for slug in order.slugs):
        raise UsageError(f"a kit in {output} would take the newsroom's place; choose another")


def _show(report: Report, directory: Path, *, quiet: bool) -> None:
    if not quiet:
        _show_kits(report, directory)
        if report.current:
            count = len(report.current)
            kits = "kit is" if count == 1 else "kits are"
            click.echo(f"{count} {kits} up to date.")
        for path in report.removed:
            say(f"removed {relative(path, directory)}: it no longer agreed with the sources")
        for path in report.superseded:
            say(f"removed {relative(path, directory)}: a final kit is there now")
    if report.open:
        count = len(set(report.open))
        problems = "problem" if count == 1 else "problems"
        drafts = "must be fixed before these drafts can be released"
        say(f"{count} {problems} {drafts}; gapress check lists them.")
    for refused in report.refused:
        kind = f": {refused.format}" if refused.format else ""
        say(f"{style('refused', 'red')} {refused.release} in {refused.language}{kind}")
    if report.problems:
        show_problems(report.problems)
    for message in report.failures:
        say(f"{style('error:', 'red')} {message}")


def _show_kits(report: Report, directory: Path) -> None:
    """Print each kit, and below it its files by folder: ``fr  pdf 49 kB, docx 24 kB``."""
    kits: dict[Path, dict[str, list[str]]] = {}
    for kit, path, count in report.files():
        place = path.parent.relative_to(kit).as_posix()
        # The slug, and what a name says of embargo or version, would only hide the format.
        own = place == "." and not path.name.endswith((".eml", ".zip"))
        own = own or place == ATTACHED
        kind = path.name if own else path.name.partition(".")[2]
        kits.setdefault(kit, {}).setdefault(place, []).append(f"{kind} {size(count)}")
    for kit, folders in kits.items():
        click.echo(f"{relative(kit, directory)}/")
        for place, files in folders.items():
            name = "all" if place == "." else place
            click.echo(f"  {name}  {', '.join(files)}")


def _as_json(report: Report, directory: Path) -> dict[str, object]:
    return {
        "made": [
            {"file": relative(path, directory), "bytes": n} for path, n in report.made.items()
        ],
        "removed": _names(report.removed, directory),
        "superseded": _names(report.superseded, directory),
        "current": _names(report.current, directory),
        "refused": [asdict(refused) for refused in report.refused],
        "problems": [problem.as_json() for problem in sorted(report.problems)],
        "open": [problem.as_json() for problem in sorted(set(report.open))],
        "failures": report.failures,
    }


def _names(paths: Iterable[Path], directory: Path) -> list[str]:
    return [relative(path, directory) for path in paths]
