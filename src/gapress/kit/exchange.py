"""Hands catalogs to translation agencies, and takes their work back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from gapress.catalogs.exchange import (
    read_csv,
    read_xliff,
    take_back,
    units,
    write_csv,
    write_xliff,
)
from gapress.catalogs.po import parse_po
from gapress.catalogs.translations import folder_name
from gapress.errors import ContentError, Problem, UsageError
from gapress.kit.folder import replace_file
from gapress.kit.translate import store

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gapress.workspace import Workspace


def export_catalogs(
    workspace: Workspace,
    names: Sequence[str],
    languages: Sequence[str],
    kind: Literal["xliff", "csv"],
    folder: Path,
) -> list[Path]:
    """Write catalogs for an agency, ``<name>.<language>.xlf`` or ``.csv``; return the files.

    Raises:
        ContentError: A catalog can't be read.
        MachineError: A file can't be written.
    """
    made = []
    for name in names:
        for code in languages:
            path = _catalog(workspace, name, code)
            if (raw := workspace.find_bytes(path)) is None:
                continue
            found = units(parse_po(raw, workspace.name(path)))
            target = folder / f"{name}.{code}{'.xlf' if kind == 'xliff' else '.csv'}"
            source = _written_in(workspace, name)
            replace_file(
                target,
                write_xliff(found, name, source, code) if kind == "xliff" else write_csv(found),
            )
            made.append(target)
    return made


def import_catalog(workspace: Workspace, file: Path) -> tuple[Path, bool, list[Problem]]:
    """Take an agency's file back into its catalog.

    Returns:
        The catalog, whether it changed, and a warning for each message that it no longer has.

    Raises:
        ContentError: The file or the catalog can't be read.
        UsageError: The newsroom has no such catalog.
    """
    raw = _read(file)
    if file.suffix == ".csv":
        name, _, code = file.stem.rpartition(".")
        returned = read_csv(raw, file.name)
    else:
        name, code, returned = read_xliff(raw, file.name)
    if (
        name not in {"newsroom", *workspace.slugs()}
        or code not in workspace.newsroom.model.languages
    ):
        raise UsageError(
            f"{file.name} is for {name or '?'} in {code or '?'}, which is not in this newsroom"
        )
    path = _catalog(workspace, name, code)
    catalog = parse_po(workspace.read_bytes(path), workspace.name(path))
    merged, unknown = take_back(catalog, returned)
    changed = store(workspace, path, merged)
    hint = "its text has changed since; translate the new one"
    warnings = [
        Problem(
            file.name,
            0,
            0,
            f"the {context} {source[:60]!r} is no longer in the catalog",
            hint,
            "warning",
        )
        for context, source in unknown
    ]
    return path, changed, warnings


def _catalog(workspace: Workspace, name: str, code: str) -> Path:
    return workspace.root / "locales" / folder_name(code) / "LC_MESSAGES" / f"{name}.po"


def _written_in(workspace: Workspace, name: str) -> str:
    own = workspace.newsroom.model.language
    return own if name == "newsroom" else workspace.release(name)[0].model.language or own


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        problem = Problem(file.name, message=f"can't be read: {error.strerror}")
        raise ContentError([problem]) from None
