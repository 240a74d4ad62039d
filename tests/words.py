"""Words of a text, for comparing what was written with what copies out of a file."""

from __future__ import annotations

import re
import unicodedata


def words(text: str) -> list[str]:
    """Return the runs of letters and the runs of digits in a text, ligatures undone.

    Bidirectional control characters are left out: extractors add their own.
    """
    plain = unicodedata.normalize("NFKC", text)
    shown = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    return re.findall(r"[^\W\d]+|\d+", shown)


def missing(wanted: list[str], found: str) -> list[str]:
    """Return the wanted words that a text lacks, each as often as it is lacking."""
    there = words(found)
    counts = {word: there.count(word) for word in set(wanted)}
    lost = []
    for word in wanted:
        counts[word] -= 1
        if counts[word] < 0:
            lost.append(word)
    return lost
