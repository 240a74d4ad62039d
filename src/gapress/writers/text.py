"""Writes plain text from ``templates/release.txt``, wrapped; also the text part of e-mails.

Plain text has no direction of its own: isolates become control characters (UAX #9), where a line
would be shown in another order without them. Each line is a paragraph of its own to them.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from jinja2 import pass_context

from gapress.document import FootnoteMark, Isolate, Link, PageCount, PageNumber, Text, plain
from gapress.writers.order import ISOLATES, POP_ISOLATE, with_fewest_controls
from gapress.writers.templating import fill

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jinja2.runtime import Context

    from gapress.document import Direction, Document, Inline, Inlines, Language
    from gapress.theme import Theme

WIDTH = 72
"""Columns of a line: what RFC 3676 advises, so that quoting leaves it under 80."""

_POP_EMBEDDING = "\u202c"
_CLOSING = {
    **dict.fromkeys("\u2066\u2067\u2068", POP_ISOLATE),
    **dict.fromkeys("\u202a\u202b\u202d\u202e", _POP_EMBEDDING),
}
_SPACE = re.compile("[ \t\n\r\x0b\x0c\x1c-\x1f\x85\u2028\u2029]+")
_NO_BREAK_SPACE = "\u00a0"
_SCHEME = re.compile(r"^(?:mailto:|tel:)")


def write(document: Document, theme: Theme) -> bytes:
    """Return the document as plain text: UTF-8, LF line ends, at most 72 columns wide.

    Raises:
        ContentError: The template is broken.
    """
    return text_of(document, theme).encode()


def text_of(document: Document, theme: Theme) -> str:
    """Return the document as wrapped lines, with one LF at the end and no gap of two lines.

    Raises:
        ContentError: The template is broken.
    """
    filters = (("text", _text), ("words_in", _words_in), ("wrap", wrap), ("underline", underline))
    filled = fill("release.txt", document, theme, filters=filters)
    direction = document.language.direction
    lines = (with_fewest_controls(line.rstrip(), direction) for line in filled.split("\n"))
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"


def wrap(text: str, first: str = "", rest: str | None = None) -> str:
    """Return text in lines of at most 72 columns; a longer word has a line of its own.

    Lines break at spaces, never at no-break spaces, and between ideographs. An isolate that goes
    on in the next line is closed in this one and opened again in that one.

    Args:
        text: Text of one paragraph.
        first: What the first line begins with, such as "- ".
        rest: What every other line begins with; as many spaces as ``first`` is wide, without it.
    """
    rest = " " * width(first) if rest is None else rest
    room = WIDTH - max(width(first), width(rest))
    lines = [""]
    for space, word in _pieces(_SPACE.sub(" ", text).strip(" ")):
        longer = f"{lines[-1]}{space}{word}"
        if lines[-1] and width(longer) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    starts = (first, *(rest for _ in lines[1:]))
    return "\n".join(f"{start}{line}" for start, line in zip(starts, balanced(lines), strict=True))


def underline(text: str, mark: str = "=") -> str:
    """Return lines with a line of marks under them, as wide as the widest."""
    return f"{text}\n{mark * max(map(width, text.split(chr(10))))}"


def width(text: str) -> int:
    """Return the columns that a text takes: two for East Asian wide characters (UAX #11)."""
    columns = 0
    for character in text:
        if unicodedata.category(character) not in {"Mn", "Me", "Cf"}:
            columns += 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
    return columns


def balanced(lines: Iterable[str]) -> Iterator[str]:
    """Yield lines of one paragraph, each with its isolates and embeddings closed (UAX #9)."""
    pending: list[str] = []
    for line in lines:
        kept = pending.copy()
        for character in line:
            if character in _CLOSING:
                pending.append(character)
            elif character == POP_ISOLATE:
                opened = [i for i, item in enumerate(pending) if _CLOSING[item] == character]
                if not opened:
                    continue
                kept += _POP_EMBEDDING * (len(pending) - opened[-1] - 1)
                del pending[opened[-1] :]
            elif character == _POP_EMBEDDING:
                if not pending or _CLOSING[pending[-1]] != character:
                    continue
                pending.pop()
            kept.append(character)
        yield "".join(kept) + "".join(_CLOSING[item] for item in reversed(pending))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is never split, each with the space before it."""
    for space, word in re.findall("( ?)([^ ]+)", text):
        start = 0
        for end in range(1, len(word)):
            if _may_break(word[end - 1], word[end]):
                yield space if not start else "", word[start:end]
                start = end
        yield space if not start else "", word[start:]


def _may_break(before: str, after: str) -> bool:
    """Return whether a line may break between two ideographs (UAX #14, ID), simplified."""
    wide = all(
        unicodedata.east_asian_width(character) in {"W", "F"} for character in before + after
    )
    opens = unicodedata.category(before) in {"Ps", "Pi"}
    joins = unicodedata.category(after) in {"Pe", "Pf", "Po", "Lm", "Sk", "Mn", "Mc"}
    return wide and not opens and not joins


@pass_context
def _text(context: Context, inlines: Inlines) -> str:
    """Return inline content as one line, with isolates, and addresses after the words of links."""
    direction = context["document"].language.direction
    return _SPACE.sub(" ", "".join(_run(inline, direction) for inline in inlines))


@pass_context
def _words_in(context: Context, inlines: Inlines, language: Language | None) -> str:
    """Return inline content of another language as one line; without one, as ``text``."""
    around = context["document"].language.direction
    if language is None or language.direction == around:
        return _text(context, inlines)
    return _text(context, (Isolate(language.direction, inlines),))


def _run(inline: Inline, around: Direction) -> str:
    match inline:
        case Text(text):
            return text
        case PageNumber() | PageCount():
            return ""
        case FootnoteMark():
            return _isolated(f"[{inline.number}]", around)
        case Isolate(direction, children, unbroken):
            words = "".join(_run(child, direction) for child in children)
            words = _SPACE.sub(_NO_BREAK_SPACE, words) if unbroken else words
            return _isolated(words, direction)
        case _:
            words = "".join(_run(child, around) for child in inline.children)
            return f"{words}{_address(inline, around)}" if isinstance(inline, Link) else words


def _isolated(text: str, direction: Direction) -> str:
    return f"{ISOLATES[direction]}{text}{POP_ISOLATE}"


def _address(link: Link, around: Direction) -> str:
    """Return the address of a link in parentheses; nothing where the words are the address."""
    address = _SCHEME.sub("", link.url)
    if _bare(plain(link.children)) == _bare(address):
        return ""
    # Mail programs may take the isolate for a part of the address: only where it is needed.
    return f" ({address if around == 'ltr' else _isolated(address, 'ltr')})"


def _bare(address: str) -> str:
    """Return an address without what people leave out or put in when they write it."""
    unspaced = re.sub(r"[\s().\u2010\u2011-]", "", address) if address[:1] in "+0" else address
    return re.sub(r"^https?://", "", unspaced).rstrip("/").casefold()
