"""``gapress catalogs``: what a translation workflow needs from the command line."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

import click

from gapress.cli.show import relative, table

if TYPE_CHECKING:
    from pathlib import Path


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
    from gapress.newsroom import Workspace

    workspace = Workspace.find(directory)
    results = update_catalogs(workspace, workspace.choose(slugs))
    if as_json:
        report = [
            {
                "file": relative(result.path, directory),
                "translated": result.translated,
                "fuzzy": result.fuzzy,
                "missing": result.missing,
                "changed": result.changed,
            }
            for result in results
        ]
        click.echo(json.dumps({"catalogs": report}, indent=2, ensure_ascii=False))
        sys.exit(0)
    rows = [
        (
            relative(result.path, directory),
            str(result.translated),
            str(result.fuzzy),
            str(result.missing),
            "updated" if result.changed else "",
        )
        for result in results
    ]
    click.echo(table(("catalog", "translated", "fuzzy", "missing", ""), rows))
