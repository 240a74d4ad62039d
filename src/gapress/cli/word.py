"""What ``gapress import`` does and prints."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from gapress.cli.show import relative
from gapress.kit.word import WordWish, import_word
from gapress.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path


def run_import(
    directory: Path, file: Path, slug: str, language: str, kind: str, date: dt.date | None
) -> int:
    """Make a release of a Word file; return the exit code."""
    workspace = Workspace.find(directory)
    wish = WordWish(directory / file, dt.date.today(), slug, language, kind, date)
    done = import_word(workspace, wish)
    click.echo(
        f"{relative(done.path, directory)} is made from {file.name}: a {done.kind} of "
        f"{done.date.isoformat()}, written in {done.language}."
    )
    if done.pictures:
        listed = ", ".join(done.pictures)
        folder = relative(done.path.with_suffix(""), directory)
        click.echo(f"Its pictures are in {folder}/: {listed}.")
    if done.told:
        click.echo("\nNot as in the Word file:")
        for told in done.told:
            click.echo(f"  {_shown(str(told))}")
    if done.blanks:
        click.echo("\nStill to be written (gapress check tells where):")
        for words in done.blanks:
            click.echo(f"  {words}")
    name = done.path.stem
    click.echo("\nNext:")
    click.echo(f"  read {name}.yaml: date, dateline, contacts; make facts of its figures")
    click.echo(f"  gapress check {name}")
    click.echo("  gapress preview    see it beside the Word file, and translate it")
    return 0


def _shown(text: str) -> str:
    """Return words of a foreign file without what would act on a terminal."""
    return "".join(c if c.isprintable() or c == " " else " " for c in text)
