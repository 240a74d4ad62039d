"""Proves a catalog before it is written: it reads back as it is meant, and nothing is lost.

Nothing that a translator wrote may depend on the rest of gapress being free of faults.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from gapress.catalogs.po import parse_po
from gapress.errors import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.catalogs.po import PoEntry, PoFile

Content: TypeAlias = tuple[object, ...]
_HINT = "the file was left as it is; this is an error in gapress, please report it with the file"


def prove(data: bytes, after: PoFile, file: str, before: PoFile | None = None) -> None:
    """Refuse bytes that are not the catalog, or have lost what an earlier state of it had.

    Args:
        data: What would be written.
        after: The catalog that it should hold.
        file: Its name, for messages.
        before: The catalog as it is on disk, if every translation of it must still be there.

    Raises:
        ContentError: The file would be broken, or would lose or repeat a message.
    """
    try:
        found = [_content(entry) for entry in parse_po(data, file).entries]
    except ContentError as error:
        first = error.problems[0]
        message = f"the update would make it unreadable ({first.message})"
        raise ContentError([Problem(file, message=message, hint=_HINT)]) from None
    wanted = [_content(entry) for entry in after.entries]
    if found != wanted:
        wrong = next((w for w, f in zip(wanted, found, strict=False) if w != f), wanted[-1:])
        message = f"the update would lose or change a message: {wrong!r}"[:200]
        raise ContentError([Problem(file, message=message, hint=_HINT)])
    if before is not None and (gone := next(_lost(before, after), None)):
        message = f"the update would lose the translation of {gone.key[1][:60]!r}"
        raise ContentError([Problem(file, gone.keyword_line(), 0, message, _HINT)])


def _content(entry: PoEntry) -> Content:
    return entry.key, entry.obsolete, _strings(entry), sorted(entry.flags), entry.previous


def _strings(entry: PoEntry) -> tuple[tuple[str, str], ...]:
    kinds = ("msgid_plural", "msgstr")
    return tuple((part.kind, part.text()) for part in entry.parts if part.kind.startswith(kinds))


def _lost(before: PoFile, after: PoFile) -> Iterator[PoEntry]:
    """Yield the entries whose translation is nowhere any more, for the text that it was made of."""
    held = {(key, _strings(entry)) for entry in after.entries for key in _keys(entry)}
    for entry in before.entries:
        work = any(text for kind, text in _strings(entry) if kind != "msgid_plural")
        if work and not any((key, _strings(entry)) in held for key in _keys(entry)):
            yield entry


def _keys(entry: PoEntry) -> list[tuple[str, str]]:
    """Return the text that a translation belongs to, and the one that it was made of."""
    context, source = entry.previous
    return [entry.key, (context or entry.key[0], source)] if source else [entry.key]
