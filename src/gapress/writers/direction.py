"""Gives every block of a page its own language and direction.

What is copied from a page, or rewritten by a mail program, loses what it inherits; so no block may
depend on what is around it. Works on the finished page: templates need not repeat themselves.
"""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser
from itertools import accumulate

# fmt: off
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "caption", "dd", "div", "dl", "dt", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "main", "nav", "ol",
    "p", "pre", "section", "table", "td", "th", "ul",
})
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
})
# fmt: on
_INHERITED = ("lang", "dir")


def with_directions(page: str) -> str:
    """Return a page (HTML) in which every block states its language and direction.

    Nothing else of the page changes. Where nothing around a block says either, neither does it.
    """
    reader = _Reader(page)
    reader.feed(page)
    reader.close()
    for place, added in reversed(reader.added):
        page = page[:place] + added + page[place:]
    return page


class _Reader(HTMLParser):
    """Finds the start tags of blocks and what each lacks."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.added: list[tuple[int, str]] = []
        lines = (len(line) + 1 for line in page.split("\n"))
        self._starts = [0, *accumulate(lines)]
        self._open: list[tuple[str, dict[str, str]]] = [("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs if name in _INHERITED}
        around = self._open[-1][1]
        if tag in BLOCKS:
            lacking = [name for name in _INHERITED if name in around and name not in own]
            text = "".join(f' {name}="{escape(around[name])}"' for name in lacking)
            line, column = self.getpos()
            if text:
                self.added.append((self._starts[line - 1] + column + 1 + len(tag), text))
        if tag not in _VOID:
            self._open.append((tag, around | own))

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag in names[1:]:
            last = len(names) - 1 - names[::-1].index(tag)
            del self._open[last:]
