"""Hands catalogs to translation agencies, and takes their work back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from gapress.catalogs.checks import Pair, Rules, run_checks
from gapress.catalogs.exchange import recognised, take_back, units
from gapress.catalogs.po import parse_po
from gapress.catalogs.spreadsheet import read_csv, write_csv
from gapress.catalogs.store import Entry
from gapress.catalogs.translations import folder_name
from gapress.catalogs.xliff import read_xliff, write_xliff
from gapress.errors import ContentError, Problem
from gapress.kit.check import text_rules
from gapress.kit.folder import replace_file
from gapress.kit.prepare import typography_rules
from gapress.kit.translate import store
from gapress.localization.languages import language
from gapress.theme import load_theme
from gapress.writers.coverage import coverage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gapress.catalogs.exchange import Unit
    from gapress.catalogs.po import PoFile
    from gapress.workspace import Workspace

_TABLES = {".csv", ".tsv", ".txt"}


def export_catalogs(
    workspace: Workspace,
    names: Sequence[str],
    languages: Sequence[str],
    kind: Literal["xliff", "csv"],
    folder: Path,
) -> tuple[list[Path], list[Problem]]:
    """Write catalogs for an agency, ``<name>.<language>.xlf`` or ``.csv``.

    Returns:
        The files, and what kept other catalogs from being exported.

    Raises:
        MachineError: A file can't be written.
    """
    made: list[Path] = []
    problems: list[Problem] = []
    for name in names:
        for code in languages:
            path = _catalog(workspace, name, code)
            try:
                if (raw := workspace.find_bytes(path)) is None:
                    continue
                found = units(parse_po(raw, workspace.name(path)))
                source = _written_in(workspace, name)
                data = (
                    write_xliff(found, name, source, code) if kind == "xliff" else write_csv(found)
                )
            except ContentError as error:
                problems += error.problems
                continue
            ending = "xlf" if kind == "xliff" else "csv"
            target = folder / f"{name.replace('/', '.')}.{code}.{ending}"
            replace_file(target, data)
            made.append(target)
    return made, list(dict.fromkeys(problems))


@dataclass(frozen=True)
class Imported:
    """An agency's file, taken back.

    Attributes:
        path: The catalog.
        changed: Whether it changed.
        problems: Translations that fail a check, at their place in the catalog: those with an
            error are marked fuzzy; and messages that the catalog no longer has, at their place in
            the agency's file.
    """

    path: Path
    changed: bool
    problems: tuple[Problem, ...]


def import_catalog(workspace: Workspace, file: Path) -> Imported:
    """Take an agency's file back into its catalog.

    Raises:
        ContentError: The file or the catalog can't be read, or the newsroom has no such catalog.
    """
    raw = _read(file)
    if file.suffix.lower() in _TABLES:
        name, _, code = file.stem.rpartition(".")
        name = name.replace(".", "/")  # _skeletons/flood
        code = _code(workspace, code)
        tag = workspace.newsroom.model.languages.get(code, "")
        returned = read_csv(raw, file.name, tag)
    else:
        name, code, returned = read_xliff(raw, file.name)
        code = _code(workspace, code)
    if (
        name not in {"newsroom", *workspace.slugs(), *workspace.skeletons()}
        or code not in workspace.newsroom.model.languages
    ):
        message = f"is for {name or '?'} in {code or '?'}, which is not in this newsroom"
        hint = "a table is called <release>.<language>.csv; XLIFF says it in <file>"
        raise ContentError([Problem(file.name, message=message, hint=hint)])
    path = _catalog(workspace, name, code)
    catalog = parse_po(workspace.read_bytes(path), workspace.name(path))
    known, unknown = recognised(catalog, returned)
    found = _checked(workspace, name, code, catalog, known)
    merged = take_back(catalog, list(found))
    changed = store(workspace, path, merged)
    lines = {e.key: e.keyword_line() for e in parse_po(merged.to_bytes(), "").messages}
    told = [
        replace(problem, line=lines[unit.key])
        for unit, problems in found.items()
        for problem in problems
    ]
    hint = "its text has changed since; translate the new one"
    for unit in unknown:
        message = f"the {unit.context} {unit.source[:60]!r} is no longer in the catalog"
        told.append(Problem(file.name, unit.line, 0, message, hint, "warning"))
    return Imported(path, changed, tuple(told))


def _checked(
    workspace: Workspace, name: str, code: str, catalog: PoFile, known: Sequence[Unit]
) -> dict[Unit, list[Problem]]:
    """Return the units with what the checks say of new translations; unsound ones are fuzzy."""
    rules = _rules(workspace, name, code)
    entries = {e.key: e for e in catalog.messages if not e.obsolete}
    found: dict[Unit, list[Problem]] = {}
    for unit in known:
        old = entries[unit.key]
        unchanged = old.translation == unit.translation and "fuzzy" not in old.flags
        if not unit.translation or unit.fuzzy or unchanged:
            found[unit] = []
            continue
        pair = Pair(unit.context, unit.source, unit.translation, rules)
        entry = Entry(
            unit.translation, tuple(old.flags), workspace.name(_catalog(workspace, name, code)), 0
        )
        problems = list(run_checks(pair, entry))
        unsound = any(problem.severity == "error" for problem in problems)
        found[replace(unit, fuzzy=unsound)] = problems
    return found


def _rules(workspace: Workspace, name: str, code: str) -> Rules:
    tag = workspace.newsroom.model.languages[code]
    source = _written_in(workspace, name)
    try:
        theme = load_theme(workspace)
        known = coverage(theme)
        return text_rules(workspace, typography_rules(theme), source, code, tag, known)
    except ContentError:  # gapress check tells of it; the translations can be taken nevertheless
        return Rules(language(code, tag).script, languages=(source, tag))


def _code(workspace: Workspace, named: str) -> str:
    """Return the newsroom's name for a language that a program may call otherwise."""
    named = named.replace("_", "-").casefold()
    languages = workspace.newsroom.model.languages
    same = [code for code, tag in languages.items() if named in {code.casefold(), tag.casefold()}]
    near = [code for code in languages if code.split("-")[0].casefold() == named.split("-")[0]]
    return same[0] if same else near[0] if len(near) == 1 else named


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
