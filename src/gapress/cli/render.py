"""What ``gapress render`` and ``gapress check`` do and print."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from gapress.catalogs.pseudo import PSEUDO
from gapress.cli.show import github_annotations, relative, say, show_problems, size, style
from gapress.errors import UsageError
from gapress.kit.build import Order, Report, build
from gapress.kit.check import check as check_all
from gapress.newsroom import Workspace
from gapress.release.read import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def run_render(
    directory: Path,
    slugs: Sequence[str],
    languages: Sequence[str],
    formats: Sequence[str],
    *,
    draft: bool,
    output: Path | None,
    as_json: bool,
    quiet: bool,
) -> int:
    """Render and report; return the exit code."""
    workspace = Workspace.find(directory)
    known = workspace.newsroom.model.languages
    for code in languages:
        if code not in known and code not in PSEUDO:
            raise UsageError(f"no language {code!r} in this newsroom; {suggestion(code, known)}")
    order = Order(
        slugs=workspace.choose(slugs),
        languages=list(dict.fromkeys(languages)) or list(known),
        formats=list(dict.fromkeys(formats)),
        output=(directory / output) if output else workspace.root / "dist",
        draft=draft,
    )
    total = len(order.slugs) * len(order.languages) * len(order.formats)
    hidden = quiet or as_json or not sys.stderr.isatty()
    with click.progressbar(length=total, label="Rendering", file=sys.stderr, hidden=hidden) as bar:
        report = build(workspace, order, lambda: bar.update(1))
    if as_json:
        click.echo(json.dumps(_as_json(report, directory), indent=2, ensure_ascii=False))
    else:
        _show(report, directory, quiet=quiet)
    return 1 if report.problems else 0


def run_check(directory: Path, slugs: Sequence[str], *, as_json: bool, github: bool) -> int:
    """Check and report; return the exit code: warnings alone are no failure."""
    workspace = Workspace.find(directory)
    chosen = workspace.choose(slugs)
    problems = check_all(workspace, chosen)
    if as_json:
        report = {"problems": [problem.as_json() for problem in sorted(problems)]}
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    elif github:
        click.echo(github_annotations(problems))
    elif problems:
        show_problems(problems)
    else:
        click.echo(f"No problem in {len(chosen)} release{'' if len(chosen) == 1 else 's'}.")
    return 1 if any(problem.severity == "error" for problem in problems) else 0


def _show(report: Report, directory: Path, *, quiet: bool) -> None:
    if not quiet:
        rows = [(relative(path, directory), size(count)) for path, count in report.made.items()]
        width = max((len(name) for name, _ in rows), default=0)
        for name, shown in rows:
            click.echo(f"{name:<{width}}  {shown:>8}")
        for path in report.removed:
            say(f"removed {relative(path, directory)}: it no longer agreed with the sources")
    if report.open:
        count = len(set(report.open))
        stand = "problem stands" if count == 1 else "problems stand"
        say(f"{count} {stand} between these drafts and a release; gapress check lists them.")
    for slug, code in report.refused:
        say(f"{style('refused', 'red')} {slug} in {code}")
    if report.problems:
        show_problems(report.problems)


def _as_json(report: Report, directory: Path) -> dict[str, object]:
    return {
        "made": [
            {"file": relative(path, directory), "bytes": n} for path, n in report.made.items()
        ],
        "removed": _names(report.removed, directory),
        "refused": [{"release": slug, "language": code} for slug, code in report.refused],
        "problems": [problem.as_json() for problem in sorted(report.problems)],
    }


def _names(paths: Iterable[Path], directory: Path) -> list[str]:
    return [relative(path, directory) for path in paths]
