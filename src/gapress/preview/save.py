"""Puts one translation into its catalog, without losing anything that somebody else has changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from gapress.catalogs.checks import with_ignored
from gapress.catalogs.po import new_entry, parse_po
from gapress.errors import ContentError, GapressError
from gapress.kit.translate import store, update
from gapress.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from gapress.catalogs.po import PoEntry, PoFile
    from gapress.preview.marks import Message


# Each reads a catalog and writes it: of two at once, one would undo the other.
_one_at_a_time = Lock()


class ConflictError(GapressError):
    """The translation is no longer what the page showed; nothing was written.

    Attributes:
        translation: What is in the catalog now.
        fuzzy: Whether it is marked as out of date.
    """

    def __init__(self, translation: str, *, fuzzy: bool) -> None:
        super().__init__("somebody else has changed this translation meanwhile")
        self.translation, self.fuzzy = translation, fuzzy


@dataclass(frozen=True)
class Change:
    """A translation as it should be.

    Attributes:
        slug: The release that it was seen in.
        file: The catalog, relative to the newsroom's folder.
        message: What is translated.
        before: The translation that the page showed.
        before_fuzzy: Whether it was marked as out of date.
        translation: The translation.
        fuzzy: Mark it as out of date, or as not reviewed.
        ignored: The checks to switch off for it.
        note_before: The note that the page showed.
        note: What translators say about it to each other.
    """

    slug: str
    file: str
    message: Message
    before: str
    before_fuzzy: bool
    translation: str
    fuzzy: bool
    ignored: tuple[str, ...] | None = None
    note_before: str = ""
    note: str = ""


def save(root: Path, change: Change) -> int:
    """Write a translation into its catalog; return its line there.

    Every other line of the file stays as it is. A catalog or an entry that is not there yet is made
    as ``gapress catalogs update`` makes it.

    Raises:
        ConflictError: It was changed meanwhile.
        ContentError: The catalog is broken, or its encoding lacks a character.
        MachineError: It can't be written.
    """
    with _one_at_a_time:
        return _save(root, change)


def _save(root: Path, change: Change) -> int:
    workspace = Workspace(root)
    path = root / change.file
    catalog, index = _find(workspace, path, change)
    is_new = index is None
    if is_new:
        report = update(workspace, [change.slug])
        if mine := [problem for problem in report.problems if problem.path == change.file]:
            raise ContentError(mine)
        catalog, index = _find(workspace, path, change)
    if index is None:  # a label of the shipped catalog, of which the newsroom has no entry yet
        entry = new_entry(*change.message.key, catalog.width)
        catalog = replace(catalog, entries=(*catalog.entries, entry))
        index = len(catalog.entries) - 1
    else:
        entry = catalog.entries[index]
        fuzzy = "fuzzy" in entry.flags
        if not is_new and (entry.translation, fuzzy) != (change.before, change.before_fuzzy):
            raise ConflictError(entry.translation, fuzzy=fuzzy)
    note = "\n".join(entry.comment("#"))
    if change.note != change.note_before and note not in {change.note_before, change.note}:
        raise ConflictError(entry.translation, fuzzy="fuzzy" in entry.flags)
    entries = list(catalog.entries)
    entries[index] = _changed(entry, change, catalog.width)
    store(workspace, path, replace(catalog, entries=tuple(entries)))
    made, place = _find(workspace, path, change)
    return made.entries[place].keyword_line() if place is not None else 0


def _find(workspace: Workspace, path: Path, change: Change) -> tuple[PoFile, int | None]:
    raw = workspace.find_bytes(path)
    catalog = parse_po(raw or b"", change.file)
    found = (
        i for i, e in enumerate(catalog.entries) if e.key == change.message.key and not e.obsolete
    )
    return catalog, next(found, None)


def _changed(entry: PoEntry, change: Change, width: int) -> PoEntry:
    entry = entry.with_string("msgstr", change.translation, width)
    if change.note != change.note_before:
        entry = entry.with_comment("#", change.note.splitlines() if change.note.strip() else ())
    flags = [flag for flag in entry.flags if flag != "fuzzy"]
    if change.ignored is not None:
        flags = with_ignored(flags, change.ignored)
    if change.fuzzy:
        return entry.with_flags(["fuzzy", *flags])
    return entry.with_flags(flags).with_previous(None, width)
