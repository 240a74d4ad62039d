"""Texts as YAML writes them: folding what stands on several lines, and putting a text in quotes.

The reader's messages show with these how a line should be written.
"""

from __future__ import annotations

import re

_WHITESPACE = re.compile(r"[ \t\r\n]+")
# What a message can't show as it is (see ``errors``): double quotes take it as an escape.
_ESCAPED = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff]")
_CLOSED_AT_ONCE = re.compile(r"[\s.,;:!?…)\]}»]|$")


def fold(text: str) -> str:
    """Return a text on one line: every run of spaces, tabs and line ends is one space."""
    return _WHITESPACE.sub(" ", text).strip(" ")


def quoted(text: str) -> str:
    """Return a text in YAML's quotes, in the form that needs the fewest changes.

    Reading the result as YAML 1.2 gives the text again. Single quotes are taken where the text has
    double quotes or backslashes, which double quotes would need to escape (YAML 1.2, 7.3).
    """
    text = fold(text)
    if not _ESCAPED.search(text):
        if '"' not in text and "\\" not in text:
            return f'"{text}"'
        return "'" + text.replace("'", "''") + "'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + _ESCAPED.sub(_escape, escaped) + '"'


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def meant(typed: str) -> str:
    """Return the text that somebody meant who typed quotation marks that YAML can't pair.

    ``'L'Oréal opens'`` is a text in quotes with an apostrophe inside; ``"Yes", she said, "now"``
    is a text that itself begins and ends with a quotation.
    """
    typed = fold(typed)
    mark = typed[:1]
    if mark not in {'"', "'"} or len(typed) < 3:
        return typed
    inside = typed[1:-1]
    if typed[-1] == mark:
        first = inside.find(mark)
        closes = first > 0 and _CLOSED_AT_ONCE.match(inside, first + 1)
        return typed if closes and not inside[first - 1].isspace() else _unescaped(inside, mark)
    if typed[-1] in "”“″’′" and not re.search(r"[“‘]", inside):
        return inside
    return typed


def _unescaped(inside: str, mark: str) -> str:
    return inside.replace("''", "'") if mark == "'" else inside.replace('\\"', '"')
