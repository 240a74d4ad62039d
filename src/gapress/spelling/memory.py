"""Remembers between runs what dictionaries have answered: a large one takes seconds to load.

The file is the user's own, in the folder for caches, since it has words of what is not yet
published. Whatever is wrong with it, the dictionary is asked again.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

# Above this, what was remembered longest ago goes.
_MAX_WORDS = 100_000
_MAX_BYTES = 20_000_000


def folder() -> Path:
    """Return the folder for what can be made again (XDG Base Directory Specification)."""
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "gapress/spelling")
    except RuntimeError:  # the user has no home, so nothing is remembered
        return Path(os.devnull)


class Memory:
    """The answers of one dictionary.

    Args:
        name: Changes when the dictionary does.
    """

    def __init__(self, name: str) -> None:
        self._path = folder() / f"{name}.json"
        self._changed = False
        self.known: dict[str, bool] = {}
        self.suggested: dict[str, tuple[str, ...]] = {}
        with suppress(OSError, ValueError, LookupError, TypeError, AttributeError):
            if self._path.stat().st_size <= _MAX_BYTES:
                self._read(json.loads(self._path.read_bytes()))

    def _read(self, data: Any) -> None:
        known = {str(word): bool(answer) for word, answer in data["known"].items()}
        suggested = {str(word): tuple(map(str, found)) for word, found in data["suggested"].items()}
        self.known, self.suggested = known, suggested

    def note(self, word: str, answer: bool) -> bool:
        """Remember whether a word is known, and return it."""
        self.known[word], self._changed = answer, True
        return answer

    def note_suggested(self, word: str, found: tuple[str, ...]) -> tuple[str, ...]:
        """Remember what a dictionary suggests, and return it."""
        self.suggested[word], self._changed = found, True
        return found

    def save(self) -> None:
        """Write down what is new; where that can't be done, nothing is lost but time."""
        if not self._changed:
            return
        self._changed = False
        known = dict(list(self.known.items())[-_MAX_WORDS:])
        data = {"known": known, "suggested": self.suggested}
        with suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with NamedTemporaryFile(
                "w", encoding="utf-8", dir=self._path.parent, delete=False
            ) as file:  # made for its owner alone
                json.dump(data, file, ensure_ascii=False)
            Path(file.name).replace(self._path)
