"""Helpers for the data of a source file, whether or not it fits the model."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def mapping_named(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the mapping of a key, or of one that is misspelt: that one mistake is told once."""
    close = [name] if name in data else difflib.get_close_matches(name, data, n=1)
    value = data.get(close[0]) if close else None
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """Return a list of the file; an empty one for anything else."""
    return value if isinstance(value, list) else []


def suggestion(word: str, known: Iterable[str]) -> str:
    """Return "did you mean …?" for a misspelt word, or what is known."""
    known = list(known)
    close = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]}?"
    return f"known are {', '.join(sorted(known))}" if known else "none is defined"


def is_language(tag: str) -> bool:
    """Whether CLDR knows a BCP 47 tag."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True
