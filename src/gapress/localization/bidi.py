"""Isolates words that run against the document's direction (UAX #9), and keeps telephones whole.

In a right-to-left text these are Latin words, numbers, dates in digits, reference numbers,
addresses and telephone numbers; in a left-to-right one, right-to-left words.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from gapress.document import Direction, Inline, Inlines, Isolate, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

# Longer words, such as long references, may be split where lines are short.
MAX_UNBROKEN = 24

_PHONE = (
    r"\+\d(?:[ \u00a0.-]?\d|[ \u00a0]?\(\d{1,4}\)){4,}"
    r"|(?<!\d)0\d{1,2}(?:[ \u00a0.-]?\d{2,3}){3,4}(?!\d)"
)
_URL = r"https?://(?:[^\s<>()\[\]«»؛،]|\([^\s<>()«»؛،]*\))*(?<![.,;:!?])"
_BARE_URL = r"(?:[a-z0-9-]+\.)+[a-z]{2,}/[^\s<>()\[\]«»؛،]*(?<![.,;:!?])"
_EMAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
# Letters stand for any strongly left-to-right character, once _classes has mapped the text.
_WORD = r"[+#@$-]*[LE](?:[LE]|[.,:/\\'’&@#+_°$-](?=[LE]))*[%‰°$]?[+#]*"
# What may stand between two words of one phrase.
_GAP = re.compile(r"[ \u00a0()\[\]&/'’\"“”,–-]{0,4}")
_PAIRS = {")": "(", "]": "[", "»": "«", "”": "“"}
_BACKWARD = re.compile(r"R(?:[RME]|[^LR](?=[^L]*R))*")
_SPECIAL = re.compile(rf"(?P<phone>{_PHONE})|(?P<other>{_URL}|{_EMAIL}|{_BARE_URL})", re.ASCII)


def isolate(text: str, direction: Direction) -> Inlines:
    """Return a text as runs, what runs against ``direction`` isolated.

    Telephone numbers are isolated in either direction, since they must not be split.
    """
    return tuple(_merged(_runs(text, direction)))


def _runs(text: str, direction: Direction) -> Iterator[Inline]:
    place = 0
    for match in _SPECIAL.finditer(text):
        yield from _words(text[place : match.start()], direction)
        if match["phone"]:
            yield Isolate("ltr", (Text(match[0]),), unbroken=True)
        elif direction == "rtl":
            yield Isolate("ltr", (Text(match[0]),))
        else:
            yield Text(match[0])
        place = match.end()
    yield from _words(text[place:], direction)


def _words(text: str, direction: Direction) -> Iterator[Inline]:
    classes = _classes(text)
    against: Direction = "ltr" if direction == "rtl" else "rtl"
    place = 0
    for start, end in _spans(classes, direction):
        yield Text(text[place:start])
        words = text[start:end]
        unbroken = direction == "rtl" and len(words) <= MAX_UNBROKEN and not re.search(r"\s", words)
        yield Isolate(against, (Text(words),), unbroken)
        place = end
    yield Text(text[place:])


def _spans(classes: str, direction: Direction) -> Iterator[tuple[int, int]]:
    if direction == "ltr":
        for match in _BACKWARD.finditer(classes):
            end = match.start() + len(match[0].rstrip(" "))
            yield _bracketed(classes, match.start(), end)
        return
    yield from _phrases(classes)


def _phrases(classes: str) -> Iterator[tuple[int, int]]:
    """Yield phrases of left-to-right words, with the numbers among and after them, and numbers.

    Numbers that stand alone keep to themselves, since their order follows the sentence; but
    groups of digits with single spaces between them are one number.
    """
    start = end = -1
    for match in re.finditer(_WORD, classes):
        between = classes[end : match.start()]
        held = classes[start:end]
        one_number = between in {" ", "\u00a0"} and "L" not in held + match[0]
        if end >= 0 and (one_number or ("L" in held and _GAP.fullmatch(between))):
            end = match.end()
            continue
        if end >= 0:
            yield _bracketed(classes, start, end)
        start, end = match.span()
    if end >= 0:
        yield _bracketed(classes, start, end)


def _bracketed(classes: str, start: int, end: int) -> tuple[int, int]:
    """Return a phrase with the brackets that open or close among its words."""
    for closing, opening in _PAIRS.items():
        words = classes[start:end]
        while words.count(opening) > words.count(closing) and classes[end : end + 1] == closing:
            end += 1
            words = classes[start:end]
        while words.count(closing) > words.count(opening) and classes[start - 1 : start] == opening:
            start -= 1
            words = classes[start:end]
    return start, end


def _classes(text: str) -> str:
    """Map letters to L or R, digits to E, marks to M or the letter before, currencies to $.

    The rest is kept.
    """
    mapped: list[str] = []
    for character in text:
        match unicodedata.bidirectional(character):
            case "L":
                mapped.append("L")
            case "R" | "AL":
                mapped.append("R")
            case "EN":
                mapped.append("E")
            case "NSM":
                mapped.append(mapped[-1] if mapped and mapped[-1] in "LR" else "M")
            case "ET" if unicodedata.category(character) == "Sc":
                mapped.append("$")
            case _:
                mapped.append(character if character not in "LREM" else "?")
    return "".join(mapped)


def _merged(runs: Iterator[Inline]) -> Iterator[Inline]:
    held = ""
    for run in runs:
        if isinstance(run, Text):
            held += run.text
            continue
        if held:
            yield Text(held)
        held = ""
        yield run
    if held:
        yield Text(held)
