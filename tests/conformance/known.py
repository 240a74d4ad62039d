"""Findings that are known, with the reason why they stand; any other finding is a failure.

A line here that matches nothing any more is a failure too.
"""

from __future__ import annotations

from fnmatch import fnmatch
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Check, files, how the finding begins, reason.
KNOWN = [
    (
        "strings",
        "most_*.pdf",
        "",
        "a quotation of several thousand characters goes over a page's end: foot and head stand in it",
    ),
    (
        "words",
        "*_ar_v3_WITHDRAWN.pdf",
        "",
        "a page of some forty words, of which every seventh is in the reference and in the release's "
        "name: pdfium turns these round, and poppler misplaces blanks beside them",
    ),
    (
        "words",
        "noted_*.pdf",
        "",
        "notes are at the foot of their page, in the web page at its end; so most words are elsewhere",
    ),
    (
        "words",
        "wide_*.pdf",
        "",
        "readers take the cells of a very wide table line by line, each with those beside it",
    ),
    (
        "words",
        "letters_ar.pdf",
        "",
        "poppler and pdfium turn parts of right-to-left lines with Latin words that are broken",
    ),
    (
        "words",
        "signs_ar.pdf",
        "",
        "signs that stand for two characters, in lines of both directions",
    ),
    (
        "contacts",
        "events_*.pdf",
        "",
        "an address of 150 letters takes several lines of a cell, which are read with those beside it",
    ),
    (
        "strings",
        "letters_*.pdf",
        "",
        "a vowel sign on a ligature comes after all its letters",
    ),
    (
        "strings",
        "mixed_ar.pdf",
        "",
        "a bracket that first stood in Arabic is a glyph that stands for the other bracket",
    ),
    (
        "strings",
        "noted_*.pdf",
        "",
        "the mark of a footnote stands a little higher, so readers part it from its word",
    ),
    (
        "strings",
        "signs_ar.pdf",
        "",
        "flags are two letters each, which readers turn round in a right-to-left line",
    ),
    (
        "strings",
        "wide_*.pdf",
        "",
        "a word of 120 letters is broken between lines",
    ),
    (
        "strings",
        "ministry-port_*.pdf",
        "poppler",
        "poppler takes a full stop between Arabic letters for the end of a right-to-left text",
    ),
    (
        "outloud",
        "statistics-prices_*.pdf",
        "TBL-010",
        "a table of two rows with headings has more heading cells than others",
    ),
    (
        "outloud",
        "*-third-quarter_*.pdf",
        "TBL-010",
        "a table of two columns has more heading cells than others",
    ),
    (
        "outloud",
        "*_ar*.pdf",
        "TXT-004",
        "each form of an Arabic letter is a glyph of its own, and all of them are that letter",
    ),
    (
        "outloud",
        "l*_*.pdf",
        "ORD-001",
        "the numbers and bullets of a list are painted last; the reading order is that of the tags",
    ),
    (
        "outloud",
        "pictures_*.pdf",
        "ORD-001",
        "pictures are painted after the texts of their page; the reading order is that of the tags",
    ),
    (
        "outloud",
        "recordings_*.pdf",
        "ORD-001",
        "pictures are painted after the texts of their page; the reading order is that of the tags",
    ),
    (
        "outloud",
        "long_*.pdf",
        "PAG-001",
        "the headings of a table are repeated on each page that it goes on to, as content",
    ),
    (
        "outloud",
        "mixed_*.pdf",
        "TBL-010",
        "a table of two rows with headings has more heading cells than others",
    ),
    (
        "reader",
        "events_*.html",
        "lost in a reader view",
        "Readability takes a table for the article where a release is hardly more than tables",
    ),
]


class Known:
    """Tells known findings from new ones, and remembers which lines were of use."""

    def __init__(self) -> None:
        self._used: set[int] = set()

    def is_known(self, check: str, file: Path, finding: str) -> bool:
        """Whether a finding is in the list."""
        for number, (name, files, beginning, _) in enumerate(KNOWN):
            if name == check and fnmatch(file.name, files) and finding.startswith(beginning):
                self._used.add(number)
                return True
        return False

    def reasons(self) -> list[str]:
        """Return the reasons that were of use."""
        return [f"{KNOWN[n][0]}, {KNOWN[n][1]}: {KNOWN[n][3]}" for n in sorted(self._used)]

    def unused(self) -> list[str]:
        """Return the lines that matched nothing."""
        return [
            f"{check}, {files}: known, but not found any more; delete the line"
            for number, (check, files, _, _) in enumerate(KNOWN)
            if number not in self._used
        ]
