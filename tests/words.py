"""Words of a text, for comparing what was written with what copies out of a file."""

from __future__ import annotations

import re
import unicodedata

LONG = 10
"""Letters of a word that may not fit into a line or a narrow column."""


def words(text: str) -> list[str]:
    """Return the runs of letters and the runs of digits in a text, ligatures undone.

    Bidirectional control characters are left out: extractors add their own. So are signs above and
    below letters, which extractors put before or after any letter of the word, and the spaces
    between thousands, which some of them take for none.
    """
    plain = unicodedata.normalize("NFKC", re.sub(r"(?<=\d)[\u00a0\u202f](?=\d{3})", "", text))
    shown = "".join(c for c in plain if unicodedata.category(c) not in {"Cf", "Mn"})
    # MuPDF puts no space between words of two scripts.
    return re.findall(r"(?:(?=[\u0600-\u08ff])[^\W\d])+|(?:(?![\u0600-\u08ff])[^\W\d])+|\d+", shown)


def missing(wanted: list[str], found: str) -> list[str]:
    """Return the wanted words that a text lacks, each as often as it is lacking."""
    there = words(found)
    counts = {word: there.count(word) for word in set(wanted)}
    lost = []
    for word in wanted:
        counts[word] -= 1
        if counts[word] < 0:
            lost.append(word)
    # A long word may be broken between lines.
    together = "".join(there)
    return [w for w in lost if w not in together or (len(w) < LONG and not w.isdigit())]
