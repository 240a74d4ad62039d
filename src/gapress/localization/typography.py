"""Puts the spaces that a language's typography wants around punctuation.

The rules are data, in ``templates/typography.toml``, by language with regional fallback.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPACES = "[ \u00a0\u2009\u202f]*"


@dataclass(frozen=True)
class Typography:
    """The spacing of one language: the space before and after each mark."""

    before: Mapping[str, str]
    after: Mapping[str, str]

    def apply(self, text: str) -> str:
        """Return the text with this language's spaces around punctuation.

        A mark counts where it ends a word: followed by a space, a closing mark or the end. So
        times, URLs and addresses stay as they are.
        """
        # No space inside a run of marks such as ?!, but one after a closing quotation mark.
        run = "".join(mark for mark in self.before if unicodedata.category(mark) == "Po")
        for mark, space in self.before.items():
            ahead = r"(?=[\s\u00a0\u202f»”’)\].,;:!?]|$)"
            behind = rf"(?<=[^\s{re.escape(run)}])"
            text = re.sub(rf"{behind}{_SPACES}{re.escape(mark)}{ahead}", space + mark, text)
            text = re.sub(rf"^{_SPACES[:-1]}+{re.escape(mark)}(?=\s|$)", space + mark, text)
        for mark, space in self.after.items():
            text = re.sub(rf"{re.escape(mark)}{_SPACES}(?=\S)", f"{mark}{space}", text)
        return text


def typography_for(rules: Mapping[str, Any], tag: str) -> Typography:
    """Return the typography of a locale: its own rules, or its language's, or none.

    Args:
        rules: The content of ``typography.toml``.
        tag: BCP 47 tag.
    """
    found = rules_for(rules, tag)
    return Typography(found.get("before", {}), found.get("after", {}))


def rules_for(rules: Mapping[str, Any], tag: str) -> Mapping[str, Any]:
    """Return everything that ``typography.toml`` says of a locale, or of its language."""
    parts = tag.split("-")
    for length in range(len(parts), 0, -1):
        if found := rules.get("-".join(parts[:length])):
            return dict(found)
    return {}
