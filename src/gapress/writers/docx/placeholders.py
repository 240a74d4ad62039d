"""The placeholders of the Word template: how one is written, and what a paragraph says around it.

``refusals`` looks for slips with it, ``template`` replaces what it finds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from gapress.writers.docx.ooxml import w

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapress.writers.docx.ooxml import Element

PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
# Braces as a designer may type them by mistake: one, or those of an East Asian keyboard.
BRACE = re.compile(r"[{}\uff5b\uff5d]")
BRACED = re.compile(r"[{\uff5b]+([^{}\uff5b\uff5d]*)[}\uff5d]+")
# Stands for what is no text: a picture, a link, a field.
OBJECT = "\ufffc"

_BREAKS = {w("tab"): "\t", w("br"): "\n", w("cr"): "\n", w("noBreakHyphen"): "-"}
_UNSEEN = {
    w(name)
    for name in ("rPr", "pPr", "proofErr", "bookmarkStart", "bookmarkEnd", "softHyphen",
                 "lastRenderedPageBreak")
}  # fmt: skip


@dataclass(frozen=True)
class Piece:
    """Some text of a paragraph, or one thing in it that is no text (``OBJECT``).

    Attributes:
        text: The characters.
        element: The ``w:t`` or the like that holds them, or the thing itself.
        run: The run around it; none for what is beside the runs.
    """

    text: str
    element: Element
    run: Element | None


def pieces(paragraph: Element) -> list[Piece]:
    """Return what a paragraph consists of, in order.

    Word splits what was typed at will, so a placeholder may be spread over several runs. The
    result of a field (ECMA-376 Part 1, 17.16.18) is no text: Word replaces it.
    """
    return list(_pieces(paragraph))


def _pieces(paragraph: Element) -> Iterator[Piece]:
    in_field = 0
    for child in paragraph.iterchildren("*"):
        if child.tag in _UNSEEN:
            continue
        if child.tag != w("r"):
            yield Piece(OBJECT, child, None)
            continue
        for part in child.iterchildren("*"):
            if part.tag in _UNSEEN:
                continue
            kind = part.get(w("fldCharType")) if part.tag == w("fldChar") else ""
            if kind == "begin":
                in_field += 1
            text = OBJECT if in_field else _text(part)
            if kind == "end":
                in_field -= 1
            yield Piece(text, part, child)


def _text(element: Element) -> str:
    if element.tag == w("t"):
        return element.text or ""
    # A break of a page or column is no text.
    if element.tag == w("br") and element.get(w("type"), "textWrapping") != "textWrapping":
        return OBJECT
    return _BREAKS.get(element.tag, OBJECT)


def words(found: Iterable[Piece]) -> str:
    """Return the text of a paragraph, with ``OBJECT`` for everything else."""
    return "".join(piece.text for piece in found)


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name that was probably meant, or nothing."""
    by_letters = {_letters(one): one for one in known}
    close = get_close_matches(_letters(name), by_letters, n=1)
    return by_letters[close[0]] if close else ""


def _letters(name: str) -> str:
    return re.sub(r"[\W_]", "", name).casefold()
