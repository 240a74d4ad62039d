"""A text that translators see: what extraction finds and merging puts into catalogs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


_CATEGORY = re.compile(r"\{(\w+)\} .*\(\w+, (\w+)\)")


def plural_categories(comments: Iterable[str]) -> dict[str, str]:
    """Return the plural category of each number as the comments of a message record it."""
    found = (_CATEGORY.fullmatch(comment) for comment in comments)
    return {match[1]: match[2] for match in found if match}


@dataclass(frozen=True)
class Message:
    """One text of a source file.

    Attributes:
        context: What it is (headline, quote, caption, …): the ``msgctxt``.
        source: The text: the ``msgid``.
        places: Where it stands, ``file:line``, in the order of the file.
        comments: What a translator must know, a line each.
    """

    context: str
    source: str
    places: tuple[str, ...]
    comments: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """Context and source text, by which catalogs know a message."""
        return self.context, self.source
