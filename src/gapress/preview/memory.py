"""Finds what translators have written before for texts like this one, in any release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from gapress.catalogs.store import read_catalog
from gapress.catalogs.translations import folder_name
from gapress.errors import ContentError
from gapress.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from gapress.catalogs.store import Catalog

_SHOWN = 3
_LEAST = 60  # per cent; what is less alike helps nobody


@dataclass(frozen=True)
class Near:
    """A translation of a text like the one that is asked for.

    Attributes:
        source: The text that was translated.
        translation: Its translation.
        file: The catalog that it is in.
        likeness: How much of the texts is the same, in per cent (normalized Indel similarity).
    """

    source: str
    translation: str
    file: str
    likeness: int


class Memory:
    """All translations of a newsroom, each catalog read again when it has changed.

    Args:
        root: The newsroom's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._read: dict[Path, tuple[tuple[int, int], Catalog | None]] = {}

    def near(self, code: str, source: str, translation: str) -> tuple[Near, ...]:
        """Return the translations of the texts that are most like one, the nearest first.

        Args:
            code: The language.
            source: The text.
            translation: What it is translated by now, which nobody needs to be told.
        """
        texts: list[str] = []
        found: list[tuple[str, str]] = []
        for path in sorted((self._root / "locales" / folder_name(code)).glob("LC_MESSAGES/*.po")):
            if path.name == "gapress.po":
                continue
            catalog = self._catalog(path)
            for (_, text), entry in catalog.entries.items() if catalog else ():
                if entry.usable and (text, entry.translation) != (source, translation):
                    texts.append(text)
                    found.append((entry.translation, entry.file))
        best = process.extract(source, texts, scorer=fuzz.ratio, limit=20, score_cutoff=_LEAST)
        near = {
            found[index][0]: Near(text, *found[index], int(score))
            for text, score, index in reversed(best)
        }
        return tuple(sorted(near.values(), key=lambda one: -one.likeness)[:_SHOWN])

    def _catalog(self, path: Path) -> Catalog | None:
        """Return a catalog; none where it can't be read: its problems are told elsewhere."""
        try:
            state = path.stat()
            stamp = (state.st_mtime_ns, state.st_size)
            known = self._read.get(path)
            if known is None or known[0] != stamp:
                workspace = Workspace(self._root)
                raw = workspace.read_bytes(path)
                known = stamp, read_catalog(raw, workspace.name(path))
        except ContentError:
            known = stamp, None
        except OSError:
            return None
        self._read[path] = known
        return known[1]
