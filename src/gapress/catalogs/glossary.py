"""The glossary: approved terms, one column per language, matched with a tolerance of inflection."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapress.errors import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

GLOSSARY_FILE = "locales/glossary.csv"
# A word may take other endings from its sixth letter on: Assembly, Assemblies.
STEM = 5
# Prefixes that one word may have: و + ب + ال.
PREFIXES = 4

_GAP = re.compile(r"\W+")
_SMALL = re.compile(r"(\w{1,4})\W+")


@dataclass(frozen=True)
class Term:
    """A term and its approved translations, the best first.

    ``prefixes`` are letters that the translation's language writes onto a word: و ف ب ك ل ال.
    """

    source: str
    translations: tuple[str, ...]
    prefixes: tuple[str, ...] = ()

    @property
    def translation(self) -> str:
        """The approved translation."""
        return self.translations[0]

    def is_in_source(self, text: str) -> bool:
        """Whether the source text has the term, or a plural of it."""
        words = r"\W+".join(
            rf"{re.escape(word)}\w{{0,2}}" for word in _plain(self.source).split(" ")
        )
        return bool(re.search(rf"\b{words}\b", _plain(text), _case(self.source)))

    def is_in_translation(self, text: str) -> bool:
        """Whether the translation has one of the approved terms, in any of its endings."""
        plain = _plain(text)
        return any(_stands_in(plain, t, self.prefixes) for t in self.translations)


def read_glossary(
    raw: bytes, source: str, target: str, prefixes: Sequence[str]
) -> tuple[Term, ...]:
    """Return the terms that both languages have.

    Args:
        raw: The file: CSV (RFC 4180), UTF-8, a row of language codes, then a term a row; ``|``
            between translations that are all approved.
        source: Code of the source text's language.
        target: Code of the translation's language.
        prefixes: Letters that the target language writes onto a word.

    Raises:
        ContentError: Not UTF-8, or a row with more cells than languages.
    """
    try:
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    except UnicodeDecodeError:
        raise ContentError(
            [Problem(GLOSSARY_FILE, message="not UTF-8 text", hint="save it as UTF-8")]
        ) from None
    except csv.Error as error:
        raise ContentError([Problem(GLOSSARY_FILE, message=f"not valid CSV: {error}")]) from None
    head = [cell.strip() for cell in rows[0]] if rows else []
    if source not in head or target not in head:
        return ()
    terms: list[Term] = []
    for number, row in enumerate(rows[1:], 2):
        if len(row) > len(head):
            message = f"the row has {len(row)} cells, the first has {len(head)}"
            raise ContentError(
                [Problem(GLOSSARY_FILE, number, 0, message, "quote cells that hold commas")]
            )
        cells = dict(zip(head, (cell.strip() for cell in row), strict=False))
        wanted = tuple(t.strip() for t in cells.get(target, "").split("|") if t.strip())
        names = [name.strip() for name in cells.get(source, "").split("|")]
        terms += [Term(name, wanted, tuple(prefixes)) for name in names if name and wanted]
    return tuple(terms)


def _plain(text: str) -> str:
    """Return the text without vowel marks, tatweel and differences of apostrophes and spaces."""
    kept = (
        c
        for c in unicodedata.normalize("NFC", text)
        if unicodedata.category(c) != "Mn" and c != "ـ"
    )
    return re.sub(r"\s+", " ", "".join(kept)).replace("'", "’")


def _case(term: str) -> re.RegexFlag:
    """Return the flags of a term: capitals count where it is written with them, as names are."""
    return re.IGNORECASE if term.islower() else re.NOFLAG


def _stands_in(text: str, term: str, prefixes: tuple[str, ...]) -> bool:
    """Whether a term's words follow each other in a plain text.

    One small word, such as an article, may stand between two of them. One pattern for all words
    would try every choice of small words: a term of thirty letters would take hours.
    """
    words = [re.compile(_word(w, prefixes), _case(term)) for w in _plain(term).split(" ")]
    places = {match.start() for match in re.finditer(r"\b", text)}
    for word in words[:-1]:
        ends = {match.end() for place in places if (match := word.match(text, place))}
        gaps = [gap for end in ends if (gap := _GAP.match(text, end))]
        places = {place for gap in gaps for place in range(gap.start() + 1, gap.end() + 1)}
        small = [found for gap in gaps if (found := _SMALL.match(text, gap.end()))]
        places |= {place for found in small for place in range(found.end(1) + 1, found.end() + 1)}
    return any(words[-1].match(text, place) for place in places)


def _word(word: str, prefixes: tuple[str, ...]) -> str:
    ahead = ""
    if prefixes:
        longest = sorted(prefixes, key=len, reverse=True)
        bare = next(
            (word[len(p) :] for p in longest if word.startswith(p) and len(word) - len(p) > 2), word
        )
        ahead = f"(?:{'|'.join(map(re.escape, longest))}){{0,{PREFIXES}}}"
        word = bare
    if word.isupper() or len(word) <= STEM:
        return rf"{ahead}{re.escape(word)}\b"
    return rf"{ahead}{re.escape(word[: max(STEM, len(word) - 2)])}\w*"
