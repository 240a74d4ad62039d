"""A text that translators see: what extraction finds and merging puts into catalogs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


# A line of a catalog that is kept for gapress: no prose is read as data. Gettext has no other place
# that every program keeps; flags that it does not know, it drops.
_CATEGORIES = "gapress: plural "
_LINE = re.compile(rf"{_CATEGORIES}(\w+=\w+(?:, \w+=\w+)*)")


def plural_categories(comments: Iterable[str]) -> dict[str, str]:
    """Return the plural category of each number of a message, as its entry records it."""
    found = filter(None, map(_LINE.fullmatch, comments))
    pairs = (pair.partition("=") for match in found for pair in match[1].split(", "))
    return {name: category for name, _, category in pairs}


def without_categories(comments: Iterable[str]) -> list[str]:
    """Return the comments that are for people."""
    return [comment for comment in comments if not _LINE.fullmatch(comment)]


@dataclass(frozen=True)
class Message:
    """One text of a source file.

    Attributes:
        context: What it is (headline, quote, caption, …): the ``msgctxt``.
        source: The text: the ``msgid``.
        places: Where it is, ``file:line``, in the order of the file.
        comments: What a translator must know, one line each.
        categories: The plural category of each number in it (CLDR), by the name of its placeholder.
    """

    context: str
    source: str
    places: tuple[str, ...]
    comments: tuple[str, ...] = ()
    categories: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Context and source text, by which catalogs know a message."""
        return self.context, self.source

    @property
    def notes(self) -> tuple[str, ...]:
        """The lines after ``#.`` in its entry: the comments, and the categories in a line."""
        pairs = ", ".join(f"{name}={category}" for name, category in self.categories)
        return (*self.comments, f"{_CATEGORIES}{pairs}") if pairs else self.comments
