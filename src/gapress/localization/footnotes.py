"""Numbers the footnotes of a document in the order in which its readers meet them.

A translation may bring them in another order than the release; so each language is numbered by
itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

from gapress.document import Block, FactTable, FootnoteMark, PageCount, PageNumber, Paragraph, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapress.document import Inline, Inlines

# Fields that are read before those that they follow.
_READ_FIRST: dict[type[object], tuple[str, ...]] = {
    FactTable: ("title", "groups"),
    Paragraph: ("dateline",),
}


def numbered(body: Iterable[Block]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """Return the blocks of a body with its footnotes numbered, and their names in that order."""
    counter = _Counter()
    blocks = counter.counted(tuple(body))
    return blocks, tuple(counter.times)


@dataclass
class _Counter:
    """How often each footnote was referred to so far, in the order of first references."""

    times: dict[str, int] = field(default_factory=dict)

    def counted(self, part: Any) -> Any:
        """Return a part of a document with the marks in it numbered."""
        if isinstance(part, FootnoteMark):
            self.times[part.name] = self.times.get(part.name, 0) + 1
            number = list(self.times).index(part.name) + 1
            return replace(part, number=number, time=self.times[part.name])
        if isinstance(part, tuple):
            found = tuple(self._in_order(part))
            return part if _same(part, found) else found
        if not is_dataclass(part) or isinstance(part, type):
            return part
        changed = {}
        for name in _names(part):
            before = getattr(part, name)
            if (now := self.counted(before)) is not before:
                changed[name] = now
        return replace(part, **changed) if changed else part

    def _in_order(self, parts: tuple[Any, ...]) -> Iterator[Any]:
        before: Any = None
        for part in parts:
            now = self.counted(part)
            if isinstance(now, FootnoteMark) and isinstance(before, FootnoteMark):
                now = replace(now, joins=True)
            before = now
            yield now


def _same(one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    return all(a is b for a, b in zip(one, other, strict=True))


def _names(part: Any) -> list[str]:
    """Return the names of a part's fields, in the order in which they are read."""
    first = _READ_FIRST.get(type(part), ())
    names = [item.name for item in fields(part) if item.init]
    return [*first, *(name for name in names if name not in first)]


def without_marks(content: Inlines) -> Inlines:
    """Return content without its references to footnotes."""
    found: list[Inline] = []
    for inline in content:
        match inline:
            case FootnoteMark():
                pass
            case Text() | PageNumber() | PageCount():
                found.append(inline)
            case _:
                found.append(replace(inline, children=without_marks(inline.children)))
    return tuple(found)
