"""The pictures of a release, and those that stand in for them: ``timeline.ar.svg``.

Beside ``timeline.svg`` there may be a picture for one language (its code in the newsroom) or one
direction (``timeline.rtl.svg``). ``workspace`` finds them, and so does every step that asks whether
a kit is up to date; so nothing heavy is imported.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gapress.document import Language, Picture

DIRECTIONS = ("ltr", "rtl")
EVERY = ""
"""Stands for a language's code where a picture is for every language that has none of its own."""

# A file's name that has what may be a code (a language tag in any case) before its ending.
_WITH_CODE = re.compile(r"(.+)\.([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)(\.[^.]+)")


@dataclass(frozen=True)
class Pictures:
    """The pictures of a release.

    Attributes:
        files: By the name in the release's file: the picture for each code of a language, for a
            direction, and for every other language (:data:`EVERY`), those that there are.
    """

    files: Mapping[str, Mapping[str, Picture]]

    def names(self) -> Iterator[str]:
        """Yield the names of all files, and those in the release's file, there or not."""
        for name, found in self.files.items():
            yield found[EVERY].name if EVERY in found else name
            yield from (picture.name for code, picture in found.items() if code)

    def shown(self, language: Language) -> dict[str, Picture]:
        """Return the pictures that a language shows, by the name in the release's file.

        A language that has none, which only a pseudo-locale can be, shows any other's.
        """
        order = (*codes_of(language.code), language.direction, EVERY)
        return {
            name: next((found[code] for code in order if code in found), next(iter(found.values())))
            for name, found in self.files.items()
        }


def codes_of(code: str) -> tuple[str, ...]:
    """Return the codes under which a language's picture may stand: ``fr-CA``, then ``fr``."""
    return tuple(dict.fromkeys((code, code.partition("-")[0])))


def with_code(file: str) -> tuple[str, str] | None:
    """Return the name and the code of a picture that may be one for a language; none without."""
    found = _WITH_CODE.fullmatch(file)
    return (f"{found[1]}{found[3]}", found[2]) if found else None


def variants(name: str, there: Iterable[str], languages: Iterable[str]) -> dict[str, str]:
    """Return the files that stand in for a picture, by the code of a language or a direction.

    Args:
        name: The picture's name in the release's file.
        there: The names of the files in the release's folder.
        languages: The codes of the newsroom's languages.
    """
    codes = {*DIRECTIONS, *(each for code in languages for each in codes_of(code))}
    if (own := with_code(name)) and own[1] in codes:
        return {}
    found: dict[str, str] = {}
    for file in sorted(there):
        plain, code = with_code(file) or ("", "")
        if code in codes and _is_same(plain, name):
            found.setdefault(code, file)
    return found


def _is_same(name: str, other: str) -> bool:
    """Whether two names differ in nothing but how accents and the ending are written."""
    (stem, _, ending), (other_stem, _, other_ending) = name.rpartition("."), other.rpartition(".")
    same = normalize("NFC", stem) == normalize("NFC", other_stem)
    return same and ending.lower() == other_ending.lower()
