"""Finds the words of a text that a dictionary can be asked about.

Addresses, hashtags, codes, numbers with letters, and words that a placeholder is part of are left
out; so are marks that a language may leave out itself (Arabic vowel signs and tatweel).
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from gapress.release.markup import scan

if TYPE_CHECKING:
    from collections.abc import Iterator

_PLACEHOLDER = "\ufffc"
# Addresses (of the web, of mail, of files), handles, hashtags; abbreviations such as p.m. or U.N.;
# commands of gapress, which the first release of a newsroom names.
_LITERAL = re.compile(
    r"(?<!\w)(?:https?://|www\.)\S+"
    r"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<!\w)[@#]\w+"
    r"|(?<![\w.-])(?:[a-zA-Z0-9-]+\.)+[a-z]{2,6}(?:/\S*)?(?!\w)"
    r"|(?<!\w)(?:\w\.){2,}"
    r"|\bgapress(?: (?:catalogs|check|doctor|init|preview|render))?\b"
)
# Vowel signs and cantillation of Arabic and Hebrew, and the tatweel, which stretches a word.
_LEFT_OUT = re.compile(
    "[\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]"
)
# Letters, figures, signs that are written onto letters, and joiners inside of words.
_SIGNS = r"\u0300-\u036f\u0900-\u0963\u0966-\u0dff"
_WORD = re.compile(
    rf"[\w{_SIGNS}{_PLACEHOLDER}]+(?:[-‐‑'’ʼ\u200c\u200d״\"]?[\w{_SIGNS}{_PLACEHOLDER}]+)*"
)
_HYPHENS = re.compile("[‐‑]")


def words(text: str) -> Iterator[str]:
    """Yield the words of a text with inline markup, as a dictionary has them, in order.

    Args:
        text: The text as it is written in a source or a catalog.
    """
    kinds = {"placeholder": _PLACEHOLDER, "footnote": " "}
    pieces = (t.value if t.kind == "text" else kinds.get(t.kind, "") for t in scan(text)[0])
    yield from plain_words("".join(pieces))


def plain_words(text: str) -> Iterator[str]:
    """Yield the words of a text without markup, as a dictionary has them, in order."""
    plain = _LEFT_OUT.sub("", unicodedata.normalize("NFC", text))
    for match in _WORD.finditer(_LITERAL.sub(" ", plain)):
        word = _HYPHENS.sub("-", match[0])
        if len(word) > 1 and not any(c in _PLACEHOLDER or c == "_" or c.isdigit() for c in word):
            yield word
