"""Finds each message's text again in a rendered page.

``localize`` puts characters for private use around every text, which no source may hold; after the
page is made they become elements, or go where no element can stand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapress.catalogs.translations import Domain

# Opening, digits of the message's number, end of the number; and closing.
_OPEN, _END, _CLOSE, _ZERO = "\ue200", "\ue201", "\ue202", 0xE210
_ANY = re.compile("\ue200[\ue210-\ue219]*\ue201|\ue202")
_IN_JSON = re.compile(r"\\ue20[0-2]|\\ue21[0-9]")
_TAG = re.compile(r"(<[^>]*>)")
_RAW = re.compile(r"<(/?)(script|style|title)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Message:
    """A text of a page, as its catalog knows it.

    Attributes:
        domain: The catalog.
        role: Its context, ``msgctxt``.
        source: The text to translate.
        place: ``file:line:column`` of the source; empty for a label.
    """

    domain: Domain
    role: str
    source: str
    place: str

    @property
    def key(self) -> tuple[str, str]:
        """Context and source text, as catalogs have them."""
        return self.role, self.source


@dataclass
class Marks:
    """The messages of one page, each with its number."""

    messages: list[Message] = field(default_factory=list)
    _numbers: dict[tuple[Domain, str, str], int] = field(default_factory=dict)

    def __call__(self, domain: Domain, role: str, source: str, place: str) -> tuple[str, str]:
        """Return what stands before and behind a message's text."""
        number = self._numbers.setdefault((domain, role, source), len(self.messages))
        if number == len(self.messages):
            self.messages.append(Message(domain, role, source, place))
        digits = "".join(chr(_ZERO + int(digit)) for digit in str(number))
        return f"{_OPEN}{digits}{_END}", _CLOSE

    def clear(self) -> None:
        """Forget every message: the page is made again."""
        self.messages.clear()
        self._numbers.clear()

    @staticmethod
    def removed(text: str) -> str:
        """Return a text without marks."""
        return _ANY.sub("", text)

    def placed(self, page: str, attributes: Callable[[int], str]) -> str:
        """Return a page in which each marked text is an element.

        Args:
            page: HTML, with marks.
            attributes: The attributes of a message's element, by its number.
        """
        made, raw = [], ""
        for piece in _TAG.split(page):
            if piece.startswith("<"):
                if found := _RAW.match(piece):
                    raw = "" if found[1] else found[2]
                made.append(_ANY.sub("", piece))
            else:
                piece = _IN_JSON.sub("", piece) if raw else piece
                made.append(_ANY.sub("" if raw else _element(attributes), piece))
        return "".join(made)


def _element(attributes: Callable[[int], str]) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        if match[0] == _CLOSE:
            return "</span>"
        number = int("".join(str(ord(digit) - _ZERO) for digit in match[0][1:-1]))
        return f"<span {attributes(number)}>"

    return replace
