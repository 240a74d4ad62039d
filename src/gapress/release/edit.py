"""Changes values in a YAML file and leaves everything else as it was typed.

Comments, order, quotes and line ends of what is not changed stay: edits replace pieces of the text.
"""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING

from gapress.errors import ContentError, Problem
from gapress.release.yaml import nodes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ruamel.yaml.nodes import Node

    from gapress.release.yaml import Path

WIDTH = 100
# What may stand as it is after a key, or in an entry of a block list; everything else gets quotes.
_PLAIN = re.compile(r"[^\W\d_][^:#\"'\\{}\[\]&*!|>%@`<~,=\n]*")
_RESERVED = {"true", "false", "null", "yes", "no", "on", "off"}


class Edits:
    """The changes to one file.

    Args:
        raw: The file's bytes.
        file: Its name for messages.
    """

    def __init__(self, raw: bytes, file: str) -> None:
        self._text, self._root = nodes(raw, file)
        self._file = file
        self._made: list[tuple[int, int, str]] = []

    def set(self, path: Path, written: str) -> None:
        """Write YAML in place of the value at a path.

        Raises:
            KeyError: There is no such value.
            ContentError: It is an alias that can't be found.
        """
        start, end = self._span(path)
        self._made.append((start, end, written))

    def set_text(self, path: Path, text: str) -> None:
        """Write a text in place of the value at a path, in its form: folded, plain or in quotes.

        Raises:
            KeyError: There is no such value.
        """
        start, end = self._span(path)
        old = self._text[start:end]
        folded = re.match(r"[>|][-+]?[ \t]*\r?\n([ \t]+)", old)
        if folded:
            lines = textwrap.wrap(
                text, WIDTH - len(folded[1]), break_long_words=False, break_on_hyphens=False
            )
            lines = [f"{folded[1]}{line}" for line in lines]
            self._made.append((start, end, "\n".join([">-", *lines])))
        else:
            self._made.append((start, end, scalar(text)))

    def remove(self, key: str) -> None:
        """Take a key of the file out, with its value; nothing where it has none.

        Raises:
            ContentError: The file stands in braces, where a key has no lines of its own.
        """
        found = [i for i, (name, _) in enumerate(self._root.value) if name.value == key]
        if not found:
            return
        if _is_in_brackets(self._root):
            message = f"is written in braces, so {key} can't be taken out"
            hint = "write each key on a line of its own"
            raise ContentError([Problem(self._file, message=message, hint=hint)])
        start = self._text.rfind("\n", 0, self._root.value[found[0]][0].start_mark.index) + 1
        _, end = self._span((key,))
        rest = self._text.find("\n", end)
        end = len(self._text) if rest < 0 else rest + 1
        self._made.append((start, end, ""))

    def add_first(self, line: str) -> None:
        """Put a line before the first key.

        Raises:
            ContentError: The file stands in braces.
        """
        if _is_in_brackets(self._root):
            hint = "write each key on a line of its own"
            raise ContentError([Problem(self._file, message="is written in braces", hint=hint)])
        start = self._root.value[0][0].start_mark.index
        self._made.append((start, start, f"{line}\n"))

    def text(self) -> str:
        """Return the file's text with all changes."""
        text = self._text
        for start, end, new in sorted(self._made, key=lambda made: made[:2], reverse=True):
            text = text[:start] + new + text[end:]
        return text

    def _span(self, path: Path) -> tuple[int, int]:
        """Return where a value begins and ends in the text, without what follows it."""
        node, key_end = self._root, 0
        for step in path:
            if isinstance(step, int):
                node, key_end = node.value[step], node.start_mark.index
                continue
            pairs = node.value if getattr(node, "id", "") == "mapping" else ()
            found = [(key, value) for key, value in pairs if key.value == step]
            if not found:
                raise KeyError(step)
            key_end, node = found[0][0].end_mark.index, found[0][1]
        start = node.start_mark.index
        if start < key_end or self._text.startswith("*", start):  # an alias: its anchor is above
            alias = re.compile(r"[\s:\-,\[]*(\*[^\s,\]}]+)").match(self._text, key_end)
            if alias is None:
                line = self._text.count("\n", 0, key_end) + 1
                message = "a value that * repeats keeps the file from being changed"
                hint = "write the value itself"
                raise ContentError([Problem(self._file, line, 0, message, hint)])
            return alias.span(1)
        return start, max(start, _end(node, self._text))


def _is_in_brackets(node: Node) -> bool:
    return bool(getattr(node, "flow_style", False))


def _end(node: Node, text: str) -> int:
    """Return where a value ends: a block's mark stands behind the comments after it."""
    if isinstance(node.value, list) and not _is_in_brackets(node) and node.value:
        last = node.value[-1]
        inner = last[1] if isinstance(last, tuple) else last
        if inner.start_mark.index < node.start_mark.index:  # an alias
            end = int(node.end_mark.index)
        else:
            return _end(inner, text)
    else:
        end = int(node.end_mark.index)
    return len(text[:end].rstrip())


def scalar(text: str) -> str:
    """Return a text as YAML, in double quotes where it needs them (JSON is YAML 1.2.2, 1.3)."""
    plain = _PLAIN.fullmatch(text) and text == text.strip() and text.casefold() not in _RESERVED
    return text if plain else json.dumps(text, ensure_ascii=False)


def mapping(values: Mapping[str, object]) -> str:
    """Return a mapping in braces, as facts are written."""
    return f"{{{', '.join(f'{key}: {_inside(value)}' for key, value in values.items())}}}"


def _inside(value: object) -> str:
    if isinstance(value, dict):
        return mapping(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_inside, value))}]"
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    is_date = isinstance(value, str) and re.fullmatch(r"\d{4}(-\d{2}){1,2}", value)
    return scalar(value) if isinstance(value, str) and not is_date else str(value)
