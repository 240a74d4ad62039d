"""Checks of a source text by itself: what is asked of a translation and needs no other text.

All are warnings, with the same ids as the checks of translations.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from gapress.catalogs.checks import CHECKS, NAMES, SCRIPTS, Pair
from gapress.release.markup import scan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.catalogs.checks import Rules

_ASKED = {"spaces", "brackets", "quotes", "bidi-controls", "script", "punctuation", "length"}
_WORD = re.compile(r"[^\W\d_]+")

SOURCE_CHECKS = tuple(check for check in CHECKS if check.id in _ASKED)
"""The checks of translations that are asked of source texts too."""


def run_source_checks(role: str, text: str, rules: Rules) -> Iterator[tuple[str, str, str]]:
    """Yield the id of each check that finds something in a source text, what, and what to do.

    Args:
        role: What the text is.
        text: The text as it is typed in its file.
        rules: What the checks must know of its language.
    """
    text = text.strip()
    if scan(text)[1]:
        return  # broken markup is told as an error of the file
    # A name may be written in another script, and words of one are no slip beside others.
    pair = Pair(role, " ".join(_foreign_words(text, rules.script)), text, rules)
    for check in SOURCE_CHECKS:
        if check.id == "script" and role in NAMES:
            continue
        for finding in check.find(pair):
            message, _, hint = finding.partition("; ")
            yield check.id, message.replace("the translation", "the text"), hint


def _foreign_words(text: str, script: str) -> Iterator[str]:
    """Yield the words that have no letter of a script."""
    own = SCRIPTS.get(script)
    for word in _WORD.findall(text):
        if own not in {unicodedata.name(letter, "").split(" ")[0] for letter in word}:
            yield word
