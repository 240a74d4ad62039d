"""Isolates words that run against the document's direction (UAX #9), and keeps telephones whole.

In a right-to-left text these are Latin words, numbers, dates in digits, codes, addresses and
telephone numbers; in a left-to-right one, right-to-left words. An isolate never begins or ends
inside a code: ``MA0000012437``, ``#مراكش_2025`` and ``12345-أ-6`` are each one word.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from gapress.document import Text
from gapress.localization.codes import SPECIAL
from gapress.localization.isolates import INVISIBLE, OBJECT, Span, isolates, opaque, united, wrapped
from gapress.localization.lines import MAX_UNBROKEN, kept_together

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.document import Direction, Inlines

# Letters stand for any strongly left-to-right character, once _classes has mapped the text.
_INSIDE = r".,:/\\'’&@#+_°′″$%=?!~*×·−–-"
_SIGNS = r"[+#@$~≈±<>≤≥§−-]*"
_TAIL = r"(?:[ \u00a0\u202f]?°L(?![LE])|(?:[ \u00a0\u202f](?=[%‰]))?[%‰°$′″]*[+#]*)"
_WORD = re.compile(rf"{_SIGNS}[LE](?:[LE]|[{_INSIDE}]{{1,3}}(?=[LE]))*{_TAIL}")
# What may stand between two words of one phrase.
_GAP = re.compile(r"[ \u00a0\u202f()\[\]&/'’\"“”,–-]{0,4}")
# The dash of a range of figures that have signs, as facts are formatted: -5 – 2.
_RANGE = re.compile(r"\u00a0[-–~]\u00a0")
_PAIRS = {")": "(", "]": "[", "»": "«", "”": "“"}
_BACKWARD = re.compile(r"R(?:[RME]|[^LR](?=[^L]*R))*")
# What is written onto the first and the last word of a right-to-left phrase: #مراكش_2025, 12-أ-6.
_BEFORE_R = re.compile(r"(?:[LE]+[-–/_])*E*[#@]?$")
_BEHIND_R = re.compile(r"(?:[-–/_][LE]+)*%?")
# A number that the algorithm orders rightly behind any letter: 1.500, 10:30, 24/11/2025.
_PLAIN_NUMBER = re.compile(r"E(?:E|[.,:/](?=E))*")
_WORD_BEFORE = re.compile(r"(?:[RM]{4}|[#@_][RM]+)$")
# Codes of right-to-left letters and digits, which it orders rightly, too: 12-أ-6, كوفيد-19, 5كلم.
_MIXED = re.compile(r"RM*[-–/_]+E|E[-–/_]+R|ER")


def isolate(content: Inlines | str, direction: Direction) -> Inlines:
    """Return content, what runs against ``direction`` isolated.

    Telephone numbers are isolated in either direction, since they must not be split. Markup and
    the values of placeholders inside a word are isolated with it; isolates that are there stay,
    or become part of a longer one.
    """
    runs = (Text(content),) if isinstance(content, str) else content
    text = opaque(runs, direction)
    places = [place for place, char in enumerate(text) if not INVISIBLE.match(char)]
    shown = "".join(text[place] for place in places)
    there = tuple(isolates(runs))
    ends = {end for span in there for end in (span.start, span.end)}
    stops = {index for index, place in enumerate((*places, len(text))) if place in ends}
    found = (
        replace(span, start=places[span.start], end=places[span.end - 1] + 1)
        for span in _spans(shown, direction, stops)
    )
    return kept_together(wrapped(runs, united(found, there), 0), direction)


# --- what must be isolated ----------------------------------------------------------------------


def _spans(text: str, direction: Direction, stops: set[int]) -> Iterator[Span]:
    place = 0
    for match in SPECIAL.finditer(text):
        yield from _words(text, place, match.start(), direction, stops)
        phone = match["phone"] is not None
        if phone or direction == "rtl":
            whole = phone or (match["code"] is not None and _stays_whole(match[0]))
            yield Span(match.start(), match.end(), "ltr", whole)
        place = match.end()
    yield from _words(text, place, len(text), direction, stops)


def _stays_whole(words: str) -> bool:
    return len(words) <= MAX_UNBROKEN and not re.search(r"[ \t\n]", words)


def _words(
    text: str, start: int, end: int, direction: Direction, stops: set[int]
) -> Iterator[Span]:
    classes = _classes(text[start:end])
    if direction == "ltr":
        for match in _BACKWARD.finditer(classes):
            last = match.start() + len(match[0].rstrip(" "))
            first, last = _bracketed(classes, *_grown(classes, match.start(), last))
            yield Span(start + first, start + last, "rtl")
        return
    hidden = re.sub(r"\S+", lambda m: OBJECT * len(m[0]) if _MIXED.search(m[0]) else m[0], classes)
    for first, last in _phrases(hidden, {stop - start for stop in stops}):
        words = classes[first:last]
        # A number at the end of an Arabic word needs no help; a particle, as in و2025, is no word.
        if not (
            _WORD_BEFORE.search(classes, max(0, first - MAX_UNBROKEN), first)
            and _PLAIN_NUMBER.fullmatch(words)
        ):
            whole = _stays_whole(text[start + first : start + last])
            yield Span(start + first, start + last, "ltr", whole)


def _grown(classes: str, start: int, end: int) -> tuple[int, int]:
    """Return a right-to-left phrase with the digits and signs that its words have."""
    before = _BEFORE_R.search(classes, max(0, start - MAX_UNBROKEN), start)
    if before and ("E" in before[0] or before[0] in {"#", "@"}):
        start = before.start()
    behind = _BEHIND_R.match(classes, end)
    if behind and ("E" in behind[0] or classes[end - 1 : end] == "E"):
        end = behind.end()
    return start, end


def _phrases(classes: str, stops: set[int]) -> Iterator[tuple[int, int]]:
    """Yield phrases of left-to-right words, with the numbers among and after them, and numbers.

    Numbers that stand alone keep to themselves, since their order follows the sentence; but
    groups of digits with single spaces between them are one number, and so is a range. ``stops``
    are the ends of values: two of them are never one number.
    """
    start = end = -1
    for match in _WORD.finditer(classes):
        between = classes[end : match.start()]
        held = classes[start:end]
        one_number = between in {" ", "\u00a0", "\u202f"} and "L" not in held + match[0]
        one_range = _RANGE.fullmatch(between) and "L" not in held + match[0]
        if (one_number or one_range) and not {end, match.start()} & stops:
            end = match.end()
            continue
        if end >= 0 and "L" in held and _GAP.fullmatch(between):
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
