"""``gapress templates``: what a designer needs from the command line."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from gapress.cli.show import say, table

if TYPE_CHECKING:
    from pathlib import Path


@click.group()
def templates() -> None:
    """Bring the shipped templates into the newsroom, to change them."""


@templates.command(
    epilog="""
\b
Examples:
  gapress templates copy paged.css screen.css
  gapress templates copy
"""
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--force", is_flag=True, help="Replace files that were changed here, too.")
@click.pass_obj
def copy(directory: Path, names: tuple[str, ...], force: bool) -> None:
    """Copy the shipped templates, or those named, into templates/.

    A file that was changed there stays as it is. Copy only what you change: a file that is not in
    templates/ stays that of the gapress that is installed, and gets its improvements.
    """
    from gapress.kit.designing import copy_templates
    from gapress.workspace import Workspace

    workspace = Workspace.find(directory)
    copied, kept = copy_templates(workspace, names, force=force)
    for name in copied:
        click.echo(f"templates/{name}")
    changed = [template.name for template in kept if template.state == "changed"]
    for name in changed:
        say(f"templates/{name} was changed here, and stays; --force replaces it")
    files = "1 file" if len(copied) == 1 else f"{len(copied)} files"
    same = len(kept) - len(changed)
    more = f"; {same} {'was' if same == 1 else 'were'} there already, unchanged" if same else ""
    click.echo(f"{files} copied{more}.")
    sys.exit(1 if changed and names else 0)


@templates.command(
    "list",
    epilog="""
\b
Example:
  gapress templates list
""",
)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_obj
def list_(directory: Path, as_json: bool) -> None:
    """List all templates: shipped, changed here, or the newsroom's own."""
    from gapress.kit.designing import templates as all_templates
    from gapress.workspace import Workspace

    found = all_templates(Workspace.find(directory))
    if as_json:
        click.echo(json.dumps({"templates": [asdict(each) for each in found]}, indent=2))
        return
    shown = {"shipped": "shipped", "the same": "copied, not changed", "changed": "changed here"}
    rows = [(each.name, shown.get(each.state, "of this newsroom")) for each in found]
    click.echo(table(("template", ""), rows))


@templates.command(
    epilog="""
\b
Examples:
  gapress templates diff
  gapress templates diff paged.css
"""
)
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.pass_obj
def diff(directory: Path, names: tuple[str, ...]) -> None:
    """Show how the newsroom's templates differ from those of this gapress.

    After an upgrade, that is what to look through: lines with - are in the new gapress.
    """
    from gapress.kit.designing import differences
    from gapress.workspace import Workspace

    for line in differences(Workspace.find(directory), names):
        click.echo(line)
