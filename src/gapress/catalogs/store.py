"""Catalogs as the renderer needs them: translations that know their place in the file."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapress.catalogs.message import plural_categories
from gapress.catalogs.po import parse_po

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Entry:
    """One message of a catalog: its translation, its flags, and where it is.

    ``categories`` holds the plural category of each number in it when it was last updated.
    """

    translation: str
    flags: tuple[str, ...]
    file: str
    line: int
    categories: Mapping[str, str] = field(default_factory=dict)

    @property
    def fuzzy(self) -> bool:
        """Whether the translation may be out of date."""
        return "fuzzy" in self.flags

    @property
    def usable(self) -> bool:
        """Whether the translation may be published."""
        return is_visible(self.translation) and not self.fuzzy


def is_visible(text: str) -> bool:
    """Whether a text has anything to see: more than spaces and format characters."""
    return any(unicodedata.category(c) not in {"Zs", "Cf", "Cc", "Zl", "Zp"} for c in text)


@dataclass(frozen=True)
class Catalog:
    """A PO file's live messages, by context and source text; the context may be empty."""

    file: str
    entries: Mapping[tuple[str, str], Entry] = field(repr=False)


def read_catalog(raw: bytes, file: str) -> Catalog:
    """Return the catalog in a PO or POT file.

    Raises:
        ContentError: Merge-conflict markers, an unknown encoding, or broken syntax.
    """
    entries = {
        entry.key: Entry(
            entry.translation,
            tuple(entry.flags),
            file,
            entry.keyword_line(),
            plural_categories(entry.comment("#.")),
        )
        for entry in parse_po(raw, file).messages
        if not entry.obsolete
    }
    return Catalog(file, entries)
