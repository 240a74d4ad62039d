"""``gapress catalogs``: what a translation workflow needs from the command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gapress.cli.show import relative, show_problems, table
from gapress.errors import UsageError

if TYPE_CHECKING:
    from gapress.errors import Problem


@click.group()
def catalogs() -> None:
    """Keep translation catalogs in step with the sources."""


@catalogs.command(
    epilog="""
\b
Examples:
  gapress catalogs update
  gapress catalogs update 2025-11-24-interpol-general-assembly
"""
)
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_obj
def update(directory: Path, slugs: tuple[str, ...], as_json: bool) -> None:
    """Create and refresh templates (.pot) and catalogs (.po).

    A changed text keeps its translation, marked fuzzy; nothing that a translator wrote is lost. A
    catalog for which nothing has changed is not touched.
    """
    from gapress.kit.translate import update as update_catalogs
    from gapress.workspace import Workspace

    workspace = Workspace.find(directory)
    done = update_catalogs(workspace, workspace.choose(slugs, with_skeletons=True))
    if as_json:
        report = [
            {
                "file": relative(result.path, directory),
                "translated": result.translated,
                "fuzzy": result.fuzzy,
                "missing": result.missing,
                "changed": result.changed,
            }
            for result in done.catalogs
        ]
        problems = [problem.as_json() for problem in done.problems]
        found = {"catalogs": report, "problems": problems}
        click.echo(json.dumps(found, indent=2, ensure_ascii=False))
        sys.exit(1 if problems else 0)
    rows = [
        (
            relative(result.path, directory),
            str(result.translated),
            str(result.fuzzy),
            str(result.missing),
            "updated" if result.changed else "",
        )
        for result in done.catalogs
    ]
    if rows:
        click.echo(table(("catalog", "translated", "fuzzy", "missing", ""), rows))
    if done.problems:
        show_problems(done.problems)
        sys.exit(1)


@catalogs.command(
    "export",
    epilog="""
\b
Examples:
  gapress catalogs export --format xliff --language ar
  gapress catalogs export newsroom --format csv --output to-agency
""",
)
@click.argument("names", nargs=-1, metavar="[SLUG|newsroom]...")
@click.option(
    "-l", "--language", "languages", multiple=True, help="Only this language; may be repeated."
)
@click.option(
    "-f",
    "--format",
    "kind",
    type=click.Choice(["xliff", "csv"]),
    default="xliff",
    show_default=True,
    help="The files' format.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=".",
    help="Put the files here.",
)
@click.pass_obj
def export_(
    directory: Path, names: tuple[str, ...], languages: tuple[str, ...], kind: str, output: Path
) -> None:
    """Write catalogs as XLIFF or CSV for a translation agency."""
    from gapress.kit.exchange import export_catalogs
    from gapress.workspace import Workspace

    workspace = Workspace.find(directory)
    chosen = [name for name in names if name == "newsroom"]
    slugs = [name for name in names if name != "newsroom"]
    chosen += workspace.choose(slugs, with_skeletons=True) if slugs or not names else []
    known = list(workspace.newsroom.model.languages)
    for code in languages:
        if code not in known:
            raise UsageError(f"no language {code!r} in this newsroom; known are {', '.join(known)}")
    files, problems = export_catalogs(
        workspace,
        chosen if names else ["newsroom", *chosen],
        languages or known,
        "csv" if kind == "csv" else "xliff",
        directory / output,
    )
    for path in files:
        click.echo(relative(path, directory))
    if problems:
        show_problems(problems)
        sys.exit(1)


@catalogs.command(
    "import",
    epilog="""
\b
Example:
  gapress catalogs import from-agency/*.xlf
""",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def import_(directory: Path, files: tuple[Path, ...]) -> None:
    """Take translations back from an agency's XLIFF or CSV files.

    Tables may be saved by any spreadsheet: with commas, semicolons or tabs, in UTF-8, UTF-16 or a
    code page of Windows. A translation that fails a check is taken over, marked fuzzy, and named.
    """
    from gapress.errors import ContentError
    from gapress.kit.exchange import import_catalog
    from gapress.workspace import Workspace

    workspace = Workspace.find(directory)
    problems: list[Problem] = []
    for file in files:
        try:
            done = import_catalog(workspace, directory / file)
        except ContentError as error:
            problems += error.problems
            continue
        click.echo(
            f"{relative(done.path, directory)}  {'updated' if done.changed else 'nothing new'}"
        )
        problems += done.problems
    if problems:
        show_problems(problems)
    sys.exit(1 if any(problem.severity == "error" for problem in problems) else 0)
