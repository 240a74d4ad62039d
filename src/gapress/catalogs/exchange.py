"""Catalogs for translation agencies and back: what goes out, and what is taken back.

A round trip changes nothing; what comes back fills translations and states, and nothing else. The
formats are in ``xliff`` and ``spreadsheet``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapress.catalogs.po import PoFile

Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Unit:
    """One message on its way.

    Attributes:
        context: What it is.
        source: Its text.
        translation: Its translation.
        fuzzy: Whether that is in doubt.
        comments: What a translator must know.
        line: Where the agency's file has it, from 1; 0 where it is not from a file.
    """

    context: str
    source: str
    translation: str
    fuzzy: bool
    comments: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> Key:
        """Context and source text."""
        return self.context, self.source

    @property
    def state(self) -> str:
        """The state as XLIFF names it."""
        if not self.translation:
            return "new"
        return "needs-review-translation" if self.fuzzy else "translated"


def units(catalog: PoFile) -> list[Unit]:
    """Return the live messages of a catalog; those with plural forms stay behind."""
    return [
        Unit(*e.key, e.translation, "fuzzy" in e.flags, tuple(e.comment("#.")))
        for e in catalog.messages
        if not e.obsolete and not e.plural
    ]


def recognised(catalog: PoFile, returned: Sequence[Unit]) -> tuple[list[Unit], list[Unit]]:
    """Return the units that the catalog has, by its own keys, and those that it does not have.

    Programs change line ends inside a text, some drop what XLIFF calls ``resname``, and a table in
    a code page of Windows has ``?`` for what that lacks.
    """
    entries = [e for e in catalog.messages if not e.obsolete and not e.plural]
    translations = {entry.key: entry.translation for entry in entries}
    live = list(translations)
    keys = {key: key for key in live} | {(c, _one_line_end(s)): (c, s) for c, s in live}
    often = Counter(source for _, source in live)
    keys |= {("", source): (context, source) for context, source in live if often[source] == 1}
    known, unknown = [], []
    for unit in returned:
        context, source = unit.key
        key = keys.get((context, source)) or keys.get((context, _one_line_end(source)))
        if key is None and "?" in source:
            key = next((k for k in live if k[0] == context and _is_rest_of(source, k[1])), None)
        if key is None or not source:
            unknown.append(unit)
            continue
        old = translations[key]
        translation = old if _is_rest_of(unit.translation, old) else unit.translation
        known.append(replace(unit, context=key[0], source=key[1], translation=translation))
    return known, unknown


def take_back(catalog: PoFile, known: Sequence[Unit]) -> PoFile:
    """Return the catalog with returned translations; empty ones change nothing."""
    live = {e.key: i for i, e in enumerate(catalog.entries) if not e.obsolete and not e.plural}
    entries = list(catalog.entries)
    for unit in known:
        if not unit.translation:
            continue
        index = live[unit.key]
        entry = entries[index].with_string("msgstr", unit.translation, catalog.width)
        flags = [flag for flag in entry.flags if flag != "fuzzy"]
        entry = entry.with_flags(["fuzzy", *flags] if unit.fuzzy else flags)
        entries[index] = entry if unit.fuzzy else entry.with_previous(None, catalog.width)
    return replace(catalog, entries=tuple(entries))


def _one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_rest_of(text: str, original: str) -> bool:
    """Whether a text is what a code page has left of another: ``?`` in place of some characters."""
    return len(text) == len(original) and all(
        here == there or (here == "?" and not there.isascii())
        for here, there in zip(text, original, strict=True)
    )
