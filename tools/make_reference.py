"""Writes docs/reference/ from the code: the files field by field, the commands, the checks.

Run it from the top of the project, in its environment: ``python tools/make_reference.py``.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from gapress.catalogs.checks import CHECKS
from gapress.catalogs.source_checks import SOURCE_CHECKS
from gapress.cli.app import main as gapress
from gapress.newsroom import NewsroomEntry
from gapress.release.model import Release
from gapress.release.schema import json_schema

FOLDER = Path("docs/reference")
MADE = "<!-- made by: python tools/make_reference.py -->\n"


def of_schema(title: str, opening: str, schema: dict[str, Any]) -> str:
    """Return the page of a source file: a table for it, and one for each of its parts."""
    parts = [f"# {title}\n", MADE, opening, fields(schema)]
    for name, part in sorted(schema.get("$defs", {}).items()):
        if "properties" in part:
            parts += [f"## {name}\n", described(part), fields(part)]
    return "\n".join(part for part in parts if part)


def described(part: dict[str, Any]) -> str:
    """Return what a part is, as a paragraph."""
    text = part.get("description", "")
    return f"{text}\n" if text else ""


def fields(part: dict[str, Any]) -> str:
    """Return a table of a part's fields."""
    required = set(part.get("required", ()))
    lines = ["| field | | value | what |", "|---|---|---|---|"]
    for name, field in part["properties"].items():
        must = "required" if name in required else ""
        text = cell(field.get("description", ""))
        lines.append(f"| `{name}` | {must} | {value(field)} | {text} |")
    return "\n".join(lines) + "\n"


def cell(text: str) -> str:
    """Return a text for a cell of a table."""
    for mark in "|*[":
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", " ")


def value(field: dict[str, Any]) -> str:
    """Return what a field may hold."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    for several in ("anyOf", "oneOf", "allOf"):
        if several in field:
            return " or ".join(dict.fromkeys(value(one) for one in field[several]))
    if "enum" in field:
        return ", ".join(f"`{one}`" for one in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    kind = field.get("type", "value")
    if kind == "array":
        items = field.get("items") or {}
        return f"list of {value(items)}" if items else "list"
    if kind == "object":
        more = field.get("additionalProperties")
        more = next(iter(field.get("patternProperties", {}).values()), more)
        return f"by name: {value(more)}" if isinstance(more, dict) else "table"
    shown = {"string": "text", "integer": "whole number", "boolean": "`true` or `false`"}
    text = shown.get(kind, str(kind)) if isinstance(kind, str) else " or ".join(kind)
    if "default" in field and field["default"] not in (None, "", [], {}):
        text += f"; `{field['default']}` by default"
    return text


def commands() -> str:
    """Return the page of all commands, as ``--help`` has them."""
    parts = ["# Commands\n", MADE, "As `gapress --help` and `gapress COMMAND --help` have them.\n"]

    settings: dict[str, Any] = {"help_option_names": gapress.context_settings["help_option_names"]}

    def add(command: click.Command, name: str, parent: click.Context | None) -> None:
        context = click.Context(
            command, info_name=name, parent=parent, terminal_width=96, **settings
        )
        path = context.command_path
        parts.append(f"## {path}\n\n```\n{command.get_help(context)}\n```\n")
        if isinstance(command, click.Group):
            for inner in command.list_commands(context):
                found = command.get_command(context, inner)
                if found is not None:
                    add(found, inner, context)

    add(gapress, "gapress", None)
    return "\n".join(parts)


def checks() -> str:
    """Return the page of the checks of translations."""
    lines = [
        "# Checks\n",
        MADE,
        "What `gapress check` asks of every translation. An error keeps the language from being "
        "published, a warning doesn't. `ignore-<id>` among a message's flags switches a check off "
        "there.\n",
        "| id | | finds |",
        "|---|---|---|",
        *(f"| `{check.id}` | {check.severity} | {cell(check.finds)} |" for check in CHECKS),
        "| `spelling` | warning | a word that the dictionary of its language lacks |",
        "| `grammar` | warning | what Grammalecte says of a French text |",
        f"\nSource texts are asked {', '.join(f'`{check.id}`' for check in SOURCE_CHECKS)}, "
        "`spelling` and `grammar` in their own language.",
    ]
    return "\n".join(lines) + "\n"


def pages() -> dict[str, str]:
    """Return every page by file name."""
    release = (
        "One release, `releases/<slug>.yaml`. `gapress schema release` is the same for editors.\n"
    )
    newsroom = "What all releases share, `releases/_newsroom.yaml`; `gapress schema newsroom`.\n"
    return {
        "release.md": of_schema("The release's file", release, json_schema(Release)),
        "newsroom.md": of_schema("The newsroom's file", newsroom, json_schema(NewsroomEntry)),
        "commands.md": commands(),
        "checks.md": checks(),
    }


def main() -> None:
    """Write the pages; with ``--check``, say instead whether they are as they should be."""
    stale = []
    for name, text in pages().items():
        path = FOLDER / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        raise SystemExit(f"run python tools/make_reference.py: {', '.join(stale)}")


if __name__ == "__main__":
    main()
