"""What five readers copy out of a PDF, held against the web page of the same kit.

The readers are poppler (as it reads by itself, and in the order of the content stream), pdfium
(Chrome), MuPDF, and pdf.js (Firefox).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pymupdf
import pypdfium2

from words import LONG

from .tools import HERE, run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

READERS = ("poppler", "poppler -raw", "pdfium", "MuPDF", "pdf.js")

# Readers add marks and embeddings of their own (Unicode, Bidi_Control), and break lines where the
# page does; no-break spaces come out as spaces. Joiners and non-joiners have no glyph to copy.
_CONTROLS = re.compile("[\u061c\u200b-\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
# Signs above and below letters: vowels, doubling, accents that no letter includes.
_SIGN = "[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]"
# What must come out as it stands, by the markup of the web page.
_EXACT = {"bdi", "time", "blockquote"}


def read(file: Path) -> dict[str, list[str]]:
    """Return the text of each page as each reader extracts it."""
    document = pypdfium2.PdfDocument(file)
    try:
        pdfium = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    with pymupdf.open(file) as opened:
        mupdf = [page.get_text() for page in opened]
    default, raw = (
        run("pdftotext", "-enc", "UTF-8", *options, file, "-").split("\f")[:-1]
        for options in ((), ("-raw",))
    )
    return dict(zip(READERS, (default, raw, pdfium, mupdf, _pdfjs(file)), strict=True))


def _pdfjs(file: Path) -> list[str]:
    pages: list[str] = json.loads(run("node", HERE / "pdfjs.mjs", file))[0]
    return pages


def plain(text: str) -> str:
    """Return a text without controls, ligatures undone, each white space one blank."""
    return " ".join(unicodedata.normalize("NFKC", _CONTROLS.sub("", text)).split())


@dataclass(frozen=True)
class Wanted:
    """What must copy out of a PDF.

    Attributes:
        words: The words of the web page, in its order.
        contacts: Telephone numbers, and addresses of e-mail and of the web.
        others: Dates, references, codes and figures.
        quotations: What is quoted.
    """

    words: tuple[str, ...]
    contacts: tuple[str, ...]
    others: tuple[str, ...]
    quotations: tuple[str, ...]


@dataclass(frozen=True)
class Copied:
    """What one reader copies out of a PDF.

    Attributes:
        found: How many of the words are there.
        in_order: How many of them stand in the page's order.
        lost: The words that are not there.
        contacts: The contact details that do not come out as they stand.
        others: The dates, references, codes and figures that do not.
        quotations: The quotations that do not.
    """

    found: int
    in_order: int
    lost: tuple[str, ...]
    contacts: tuple[str, ...]
    others: tuple[str, ...]
    quotations: tuple[str, ...]


class _Page(HTMLParser):
    """Collects texts of a web page's body, but for its language switcher."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.contacts: list[str] = []
        self.others: list[str] = []
        self.quotations: list[str] = []
        self._hidden = 0
        self._open: list[tuple[str, list[str], int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        self._hidden += tag in {"head", "nav", "style", "script"}
        if tag == "a" and (attributes.get("href") or "").startswith(("tel:", "mailto:")):
            self._open.append((tag, self.contacts, len(self.text)))
        elif tag in _EXACT:
            into = self.quotations if tag == "blockquote" else self.others
            self._open.append((tag, into, len(self.text)))
        if tag not in {"a", "bdi", "em", "strong", "time", "sup"}:
            self.text += " "

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in {"head", "nav", "style", "script"}
        if self._open and self._open[-1][0] == tag:
            _, into, start = self._open.pop()
            into.append(plain(self.text[start:]))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text += data


@lru_cache(maxsize=256)
def wanted(page: Path) -> Wanted:
    """Return what the PDF beside a web page must hold."""
    text = page.read_text(encoding="utf-8")
    # The foot of printed pages says the embargo again; a PDF of one page has no such foot.
    text = re.sub(r'<p [^>]*class="printed-foot".*?</p>', "", text, flags=re.DOTALL)
    reader = _Page()
    reader.feed(text)
    reader.close()
    contacts = tuple(dict.fromkeys(filter(None, reader.contacts)))
    addresses = tuple(one for one in dict.fromkeys(reader.others) if _is_address(one))
    others = tuple(
        one for one in dict.fromkeys(reader.others) if not _is_address(one) and len(one) > 2
    )
    return Wanted(
        tuple(tokens(reader.text)),
        tuple(dict.fromkeys((*contacts, *addresses))),
        tuple(one for one in others if one not in contacts),
        tuple(dict.fromkeys(filter(None, reader.quotations))),
    )


def _is_address(text: str) -> bool:
    return bool(re.fullmatch(r"\S+@\S+\.\w+|(https?://|www\.)\S+|\+\d[\d ()-]{7,}", text))


def copied(target: Wanted, pages: Sequence[str]) -> Copied:
    """Return how much of what is wanted stands in the pages that a reader extracted."""
    text = "\n".join(pages)
    there = tokens(text)
    lost = _lost(target.words, there)
    matched = _in_order(target.words, there)
    exact = plain(text)
    return Copied(
        len(target.words) - len(lost),
        matched,
        tuple(lost),
        tuple(one for one in target.contacts if not _stands(one, exact)),
        tuple(one for one in target.others if not _stands(one, exact)),
        tuple(one for one in target.quotations if one not in exact),
    )


def tokens(text: str) -> list[str]:
    """Return the runs of letters, digits and signs above and below them, in a text's order."""
    # The mark of a footnote stands at its word, as far as copying goes.
    apart = re.sub(r"(?<=[^\W\d])(?=\d\b)", " ", plain(text))
    return re.findall(rf"(?:\w|{_SIGN})+", apart)


def _stands(one: str, text: str) -> bool:
    # What has no blank and is long may be broken between two lines.
    return one in text or (len(one) > LONG and " " not in one and one in text.replace(" ", ""))


def _lost(target: Iterable[str], there: Sequence[str]) -> list[str]:
    counts = Counter(there)
    lost = []
    for word in target:
        counts[word] -= 1
        if counts[word] < 0:
            lost.append(word)
    together = "".join(there)
    return [word for word in lost if len(word) < LONG or word not in together]


def _in_order(target: Sequence[str], there: Sequence[str]) -> int:
    matcher = SequenceMatcher(None, target, there, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks())
