"""What ``gapress init``, ``gapress new`` and ``gapress doctor`` do and print."""

from __future__ import annotations

import datetime as dt
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from gapress.cli.show import relative, style
from gapress.errors import MachineError, UsageError
from gapress.kit.copying import Wish, start_from
from gapress.kit.doctor import Finding, examine
from gapress.kit.start import (
    Draft,
    literal,
    machine_zone,
    start_newsroom,
    start_release,
)
from gapress.release.kinds import KINDS
from gapress.workspace import Workspace, is_skeleton

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def run_init(
    directory: Path,
    folder: Path,
    name: str | None,
    source: str,
    languages: Sequence[str],
    zone: str | None,
) -> int:
    """Make a newsroom; return the exit code."""
    root = directory / folder
    name = name or _asked("Name of the organisation", "--name", "My Newsroom")
    workspace = start_newsroom(
        root, name, _tags(languages), zone or machine_zone(), dt.date.today(), source
    )
    tags = workspace.newsroom.model.languages
    click.echo(
        f"A newsroom in {', '.join(tags)} is in {relative(root, directory)}/, with a first release."
    )
    click.echo("\nNext:")
    if root.resolve() != directory.resolve():
        click.echo(f"  cd {relative(root, directory)}")
    click.echo("  gapress render     make its press kits, into dist/")
    click.echo("  gapress preview    see it, change it, translate it")
    return 0


def _tags(languages: Sequence[str]) -> list[str]:
    """Return the tags of options that may each name several: ``fr,ar``."""
    return [tag for given in languages for tag in given.replace(",", " ").split()]


def run_new(
    directory: Path,
    headline: str | None,
    kind: str | None,
    language: str | None,
    city: str | None,
    date: dt.date | None,
    slug: str,
) -> int:
    """Make a release; return the exit code."""
    workspace = Workspace.find(directory)
    newsroom = workspace.newsroom.model
    kinds = list(dict.fromkeys((*KINDS, *newsroom.kinds)))
    kind = kind or _asked("Kind", "--kind", kinds[0], kinds)
    language = language or _asked(
        "Language", "--language", newsroom.language, list(newsroom.languages)
    )
    headline = headline or _asked("Headline", "--headline")
    city = city or _asked("City", "--city")
    draft = Draft(kind, language, headline, city, date or dt.date.today(), slug)
    path = start_release(workspace, draft)
    click.echo(f"{relative(path, directory)} is made, and catalogs for its translations.")
    _say_what_next(path.stem, 0)
    return 0


def run_new_from(
    directory: Path,
    source: str,
    headline: str | None,
    language: str | None,
    city: str | None,
    date: dt.date | None,
    slug: str,
) -> int:
    """Make a release from another, or from a skeleton; return the exit code."""
    workspace = Workspace.find(directory)
    day = date or dt.date.today()
    texts = literal(headline or ""), literal(city or "")
    begun = start_from(workspace, Wish(source, day, slug, *texts, language or ""))
    done = f"{relative(begun.path, directory)} is made from {begun.origin}, with its translations."
    click.echo(done)
    if begun.blanks:
        many = "1 blank is" if begun.blanks == 1 else f"{begun.blanks} blanks are"
        click.echo(f"{many} still to be filled; gapress check tells where.")
    if begun.origin in workspace.slugs():
        click.echo("Its texts still say what was true then: read each of them.")
    name = begun.path.relative_to(workspace.root / "releases").with_suffix("").as_posix()
    _say_what_next(name, begun.blanks)
    return 0


def _say_what_next(slug: str, blanks: int) -> None:
    click.echo("\nNext:")
    click.echo(f"  {'fill the blanks in' if blanks else 'edit'} it, then gapress check {slug}")
    if not is_skeleton(slug):
        click.echo("  gapress preview    see it, and translate it")


def _asked(what: str, option: str, default: str | None = None, choices: Sequence[str] = ()) -> str:
    if not sys.stdin.isatty():
        if default is not None:
            return default
        raise UsageError(f"{what.lower()} is missing; give it with {option}")
    kind = click.Choice(choices) if choices else str
    found: str = click.prompt(what, default=default, type=kind)
    return found


def run_doctor(directory: Path, *, as_json: bool) -> int:
    """Tell what this machine has and lacks; return the exit code."""
    try:
        workspace = Workspace.find(directory)
    except UsageError:
        workspace = None
    findings = list(examine(workspace))
    lacking = [finding for finding in findings if finding.needed and not finding.found]
    if as_json:
        click.echo(json.dumps({"findings": [asdict(f) for f in findings]}, indent=2))
    else:
        for finding in findings:
            click.echo(_line(finding))
        click.echo("\nEverything is there." if not lacking else f"\n{len(lacking)} missing.")
    return MachineError.exit_code if lacking else 0


def _line(finding: Finding) -> str:
    if finding.found:
        return f"{style('ok', 'green')}       {finding.name}: {finding.found}"
    word = style("missing", "red") if finding.needed else style("better", "yellow")
    return f"{word}  {finding.name}: {finding.mend}"
