"""How large the result of an operation in a template would be, told before it is done.

Only what can multiply needs an estimate: padding, replacing, joining, formatting, indenting. The
rest makes results about as large as what it is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sized
from collections.abc import Set as AbstractSet
from typing import Any, Final, TypeAlias

Estimate: TypeAlias = Callable[..., int]

_PERCENT = re.compile(r"%(?:\([^)]*\))?[#0 +-]*(\*|[0-9]*)(?:\.(\*|[0-9]*))?")
_NUMBERS = re.compile(r"[0-9]+")
_MOST_LEVELS = 100
# Digits of a number that is larger than any limit.
_MANY = 12


def measure(value: object, limit: int) -> int:
    """Return how many characters a value has when it is shown, roughly; at most about the limit.

    Args:
        value: A text, a number, or a list, tuple, set or mapping of such, at any depth.
        limit: Where to stop counting.
    """
    total = 0
    waiting = [value]
    while waiting and total <= limit:
        item = waiting.pop()
        if isinstance(item, (str, bytes)):
            total += len(item)
        elif isinstance(item, int):
            total += item.bit_length() // 3
        elif isinstance(item, Mapping):
            total += len(item)
            waiting += [*item.keys(), *item.values()]
        elif isinstance(item, (list, tuple, AbstractSet)):
            total += len(item)
            waiting += item
    return total


def percent(text: Any, arguments: object, limit: int) -> int:
    """Return about how long a text is after ``%``."""
    if not isinstance(text, (str, bytes)):
        return 0
    shown = text.decode("latin-1") if isinstance(text, bytes) else text
    widths, places = 0, 0
    for match in _PERCENT.finditer(shown):
        places += 1
        for width in match.groups():
            widths += _largest(arguments) if width == "*" else _number(width)
    return len(text) + widths + places * measure(arguments, limit)


def format_fields(text: str, arguments: object, limit: int) -> int:
    """Return about how long a text is after ``format``."""
    widths = sum(_number(number) for number in _NUMBERS.findall(text))
    if text.count("{") > text.count("{}"):  # a width may come from an argument
        widths += text.count("{") * _largest(arguments)
    return len(text) + widths + text.count("{") * measure(arguments, limit)


def _largest(arguments: object) -> int:
    """Return the largest number among arguments, where it could be a width."""
    values = [arguments]
    if isinstance(arguments, Mapping):
        values = list(arguments.values())
    elif isinstance(arguments, (list, tuple)):
        values = list(arguments)
    return max((abs(value) for value in values if isinstance(value, int)), default=0)


def _number(digits: str | None) -> int:
    return int(digits[:_MANY]) if digits else 0


def _replace(text: Any, old: Any = "", new: Any = "", count: Any = None, *_: Any) -> int:
    if not isinstance(old, Sized) or not isinstance(new, Sized):
        return 0
    found = text.count(old) if len(old) else len(text) + 1
    if isinstance(count, int) and count >= 0:
        found = min(found, count)
    return int(len(text) + found * max(0, len(new) - len(old)))


def _pad(text: Any, width: Any = 80, *_: Any) -> int:
    return max(len(text), width) if isinstance(width, int) else 0


def _join(separator: Any, items: Any = (), *_: Any) -> int:
    return len(separator) * len(items) if isinstance(items, Sized) else 0


def _join_filter(items: Any, separator: Any = "", *_: Any) -> int:
    return _join(str(separator), items)


def _expand(text: Any, size: Any = 8, *_: Any) -> int:
    tab = "\t" if isinstance(text, str) else b"\t"
    return int(len(text) + text.count(tab) * size) if isinstance(size, int) else 0


def _translate(text: Any, table: Any = None, *_: Any) -> int:
    if not isinstance(table, Mapping):
        return len(text)
    return len(text) * max((len(v) for v in table.values() if isinstance(v, Sized)), default=1)


def _indent(text: Any, width: Any = 4, *_: Any) -> int:
    size = width if isinstance(width, int) else len(width) if isinstance(width, Sized) else 0
    return int(len(text) + (text.count("\n") + 2) * size)


def _wordwrap(text: Any, width: Any = 79, _long: Any = True, between: Any = None, *_: Any) -> int:
    if not isinstance(width, int):
        return 0
    lines = len(text) // max(1, width) + text.count(" ") + text.count("\n") + 1
    return int(len(text) + lines * len(between or "\n"))


def _urlize(text: Any, *options: Any) -> int:
    links = text.count(".") + text.count("@") + 1
    return int(3 * len(text) + links * sum(len(o) for o in options if isinstance(o, str)))


def _batch(items: Any, count: Any = 1, *_: Any) -> int:
    return count + (len(items) if isinstance(items, Sized) else 0) if isinstance(count, int) else 0


def _sum(items: Any, _attribute: Any = None, start: Any = 0, *_: Any) -> int:
    # Lists are added one by one, each time copied.
    size = len(items) if isinstance(items, Sized) else 0
    return 0 if isinstance(start, int) else size * (size + 1)


def _json(value: Any, indent: Any = None, *_: Any) -> int:
    indent = indent if isinstance(indent, int) else len(indent) if isinstance(indent, str) else 0
    return measure(value, 10**7) * (6 + int(indent) * _levels(value))


def _levels(value: object) -> int:
    levels = 0
    items: list[Any] = [value]
    while items and levels < _MOST_LEVELS:
        levels += 1
        items = [
            child
            for item in items
            if isinstance(item, (list, tuple, Mapping))
            for child in (item.values() if isinstance(item, Mapping) else item)
            if isinstance(child, (list, tuple, Mapping))
        ][:1000]
    return levels + 1


def _many(_: Any, size: Any = 1, *_others: Any) -> int:
    return size if isinstance(size, int) else 0


METHODS: Final[dict[str, Estimate]] = {
    "replace": _replace,
    "center": _pad,
    "ljust": _pad,
    "rjust": _pad,
    "zfill": _pad,
    "join": _join,
    "expandtabs": _expand,
    "translate": _translate,
}
"""Methods of texts."""

FILTERS: Final[dict[str, Estimate]] = {
    "replace": _replace,
    "center": _pad,
    "join": _join_filter,
    "indent": _indent,
    "wordwrap": _wordwrap,
    "urlize": _urlize,
    "batch": _batch,
    "slice": _many,
    "sum": _sum,
    "tojson": _json,
}
"""Filters of templates."""

ITEMS: Final = frozenset({"split", "rsplit", "splitlines", "list", "fromkeys", "sort", "unique"})
"""What makes an item of each character or word of a text."""
