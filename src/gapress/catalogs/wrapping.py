"""Strings of PO files: escapes, and wrapping as GNU gettext does it."""

from __future__ import annotations

import re

_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v"}
_ESCAPE = re.compile(r"((?:\\x[0-9a-fA-F]{1,2}|\\[0-7]{1,3})+)|\\(.)", re.DOTALL)
_CODE = re.compile(r"\\(?:x([0-9a-fA-F]+)|([0-7]+))")
_WRITTEN = {
    "\\": "\\\\",
    '"': '\\"',
    "\n": "\\n",
    "\t": "\\t",
    "\r": "\\r",
    "\a": "\\a",
    "\b": "\\b",
    "\f": "\\f",
    "\v": "\\v",
}


def unquoted(text: str) -> str:
    """Return the characters of a string, as it is between quotes, without its escapes."""
    return _ESCAPE.sub(_unescaped, text) if "\\" in text else text


def quoted_lines(keyword: str, text: str, width: int) -> tuple[str, ...]:
    """Return the lines of a keyword and its string.

    Like GNU gettext: one line if it fits and has no line break inside, else an empty string and
    then pieces of at most ``width`` columns, broken after spaces and line breaks.
    """
    whole = f'{keyword} "{_escaped(text)}"'
    if len(whole) <= width and "\n" not in text[:-1]:
        return (whole,)
    pieces: list[str] = []
    for line in text.splitlines(keepends=True):
        pieces += _pieces(line, width - 2)
    return (f'{keyword} ""', *(f'"{_escaped(piece)}"' for piece in pieces))


def _pieces(line: str, width: int) -> list[str]:
    pieces, held = [], ""
    for word in re.findall(r"[^ ]* *", line):
        if held and len(_escaped(held + word)) > width:
            pieces.append(held)
            held = ""
        held += word
    return [*pieces, held] if held else pieces


def _escaped(text: str) -> str:
    return "".join(_WRITTEN.get(character, character) for character in text)


def _unescaped(match: re.Match[str]) -> str:
    if match[2]:
        return _ESCAPES.get(match[2], match[2])
    # Numbers are bytes: \303\251 is the é of a file in UTF-8.
    codes = [int(c[1], 16) if c[1] else int(c[2], 8) for c in _CODE.finditer(match[1])]
    try:
        return bytes(code & 255 for code in codes).decode()
    except UnicodeDecodeError:
        return "".join(chr(code & 255) for code in codes)
