"""Reads YAML 1.2 into plain data, and remembers where each value stands in its file.

First half of the reader: bytes become a :class:`Tree`; ``release.read`` makes a model of it.
Data only: no tags, no merge keys, and bounded size, depth and aliases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from gapress.errors import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ruamel.yaml.composer import Composer
    from ruamel.yaml.nodes import Node, ScalarNode

Path: TypeAlias = tuple[str | int, ...]
Position: TypeAlias = tuple[int, int]

MAX_BYTES = 4_000_000
MAX_VALUES = 70_000
MAX_DEPTH = 20

_TAG = "tag:yaml.org,2002:"
_FIGURE = re.compile(r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_MERGE_MARKERS = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.MULTILINE)


@dataclass(frozen=True)
class Tree:
    """A YAML file as data.

    Attributes:
        file: The file's name for messages.
        data: Mappings, sequences, texts, numbers (``Decimal``), booleans and none.
        positions: Line and column, both from 1, of each value by its path of keys and indices;
            a mapping's key has the position of the key.
    """

    file: str
    data: Any
    positions: Mapping[Path, Position] = field(repr=False)
    keys: Mapping[Path, Position] = field(repr=False)

    def position(self, path: Path) -> Position:
        """Return line and column of the value at ``path``, or of what is nearest above it."""
        while path and path not in self.positions:
            path = path[:-1]
        return self.positions.get(path, (1, 1))

    def key_position(self, path: Path) -> Position:
        """Return line and column of the key that leads to the value at ``path``."""
        return self.keys.get(path) or self.position(path)

    def problem(self, path: Path, message: str, hint: str = "", *, key: bool = False) -> Problem:
        """Return a problem at the value (or at its key) with this path."""
        line, column = self.key_position(path) if key else self.position(path)
        return Problem(self.file, line, column, message, hint)


def parse(raw: bytes, file: str) -> Tree:
    """Return the data of a YAML 1.2 file (core schema: ``no``, ``on`` and ``12:30`` are text).

    Raises:
        ContentError: Not UTF-8, too large, broken syntax, duplicate keys, tags, merge keys,
            anything that is not a mapping at the top; all problems of one kind together.
    """
    text = _decode(raw, file)
    node = _compose(text, file)
    if node is None:
        raise ContentError(
            [Problem(file, 1, 1, "the file is empty", "write at least kind, date and headline")]
        )
    builder = _Builder(file)
    data = builder.value(node, (), 0)
    if not builder.problems and not isinstance(data, dict):
        builder.report(
            node,
            "the file must be a mapping of keys to values",
            "start with a line like kind: press release",
        )
    if builder.problems:
        raise ContentError(builder.problems)
    return Tree(file, data, builder.positions, builder.keys)


def _decode(raw: bytes, file: str) -> str:
    if len(raw) > MAX_BYTES:
        message = f"the file has {len(raw):,} bytes; the limit is {MAX_BYTES:,}"
        raise ContentError([Problem(file, 0, 0, message, "split it, or move pictures into files")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        problem = Problem(
            file, line, column, "not UTF-8 text", "save the file with the encoding UTF-8"
        )
        raise ContentError([problem]) from None
    if marker := _MERGE_MARKERS.search(text):
        line = text.count("\n", 0, marker.start()) + 1
        problem = Problem(
            file,
            line,
            1,
            "a merge conflict is not resolved",
            "keep one side and delete the markers",
        )
        raise ContentError([problem])
    return text


def _compose(text: str, file: str) -> Node | None:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError
    from ruamel.yaml.reader import ReaderError

    reader = YAML(typ="safe", pure=True)
    reader.Composer = _composer(file)
    try:
        node: Node | None = reader.compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        message = " ".join(part for part in (error.problem, error.context) if part)
        problem = Problem(
            file,
            line,
            column,
            f"not valid YAML: {message}",
            "check indentation, quotes and colons here",
        )
        raise ContentError([problem]) from None
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - (text.rfind("\n", 0, error.position) + 1) + 1
        code = error.character if isinstance(error.character, int) else ord(error.character)
        problem = Problem(file, line, column, f"forbidden character U+{code:04X}", "delete it")
        raise ContentError([problem]) from None
    except RecursionError:
        problem = Problem(
            file, 0, 0, "values are nested too deeply", "check brackets and indentation"
        )
        raise ContentError([problem]) from None
    except (YAMLError, ValueError) as error:
        problem = Problem(file, 0, 0, f"not valid YAML: {error}", "check the file in an editor")
        raise ContentError([problem]) from None
    return node


def _composer(file: str) -> type[Composer]:
    """Return a composer that stops at the limit: composing on could take a minute."""
    from ruamel.yaml.composer import Composer

    class Bounded(Composer):
        count = 0

        def compose_node(self, parent: Node | None, index: Any) -> Any:
            self.count += 1
            if self.count > 2 * MAX_VALUES + 1:  # keys are nodes, too
                mark = self.parser.peek_event().start_mark
                raise ContentError([_too_many(file, mark.line + 1, mark.column + 1)])
            return super().compose_node(parent, index)

    return Bounded


def _too_many(file: str, line: int, column: int) -> Problem:
    hint = "shorten the file; aliases count each time"
    return Problem(file, line, column, f"more than {MAX_VALUES:,} values", hint)


class _Builder:
    """Turns composed nodes into data, collecting positions and problems."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.positions: dict[Path, Position] = {}
        self.keys: dict[Path, Position] = {}
        self.problems: list[Problem] = []
        self.count = 0

    def report(self, node: Node, message: str, hint: str) -> None:
        line, column = _position(node)
        self.problems.append(Problem(self.file, line, column, message, hint))

    def value(self, node: Node, path: Path, depth: int) -> Any:
        from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode

        self.count += 1
        if self.count > MAX_VALUES:
            raise ContentError([_too_many(self.file, *_position(node))])
        if depth > MAX_DEPTH:
            hint = "shorten the file; aliases count each time"
            message = f"more than {MAX_DEPTH} levels"
            raise ContentError([Problem(self.file, *_position(node), message, hint)])
        self.positions[path] = _position(node)
        match node:
            case ScalarNode():
                return self.scalar(node)
            case SequenceNode():
                self.check_tag(node, "seq")
                return [
                    self.value(child, (*path, i), depth + 1) for i, child in enumerate(node.value)
                ]
            case MappingNode():
                self.check_tag(node, "map")
                return self.mapping(node, path, depth)
        raise TypeError(node)

    def mapping(self, node: Node, path: Path, depth: int) -> dict[str, Any]:
        from ruamel.yaml.nodes import ScalarNode

        data: dict[str, Any] = {}
        for key, child in node.value:
            if not isinstance(key, ScalarNode) or str(key.tag) in {f"{_TAG}merge", f"{_TAG}null"}:
                self.report(key, "a key must be a word", "write key: value")
                continue
            name = str(key.value)
            if self.has_surrogate(key, name):
                continue
            if name in data:
                first = self.keys[(*path, name)][0]
                self.report(
                    key, f"{name} is given twice; the first is in line {first}", "keep one of them"
                )
                continue
            self.keys[(*path, name)] = _position(key)
            data[name] = self.value(child, (*path, name), depth + 1)
        return data

    def has_surrogate(self, node: Node, text: str) -> bool:
        """Report half a character, which escapes can make and no encoding can hold."""
        if half := _SURROGATE.search(text):
            self.report(node, f"forbidden character U+{ord(half[0]):04X}", "delete it")
        return bool(half)

    def scalar(self, node: ScalarNode) -> str | bool | Decimal | None:
        tag, text = str(node.tag), str(node.value)
        self.has_surrogate(node, text)
        if node.style is None:
            if tag == f"{_TAG}null":
                return None
            if tag == f"{_TAG}bool" and text.lower() in {"true", "false"}:
                return text.lower() == "true"
            if tag in {f"{_TAG}int", f"{_TAG}float"}:
                return _number(text)
        if tag not in {
            f"{_TAG}{kind}"
            for kind in ("str", "int", "float", "bool", "null", "timestamp", "value", "merge")
        }:
            self.report(node, f"tags such as {tag} are not used here", "write the value alone")
        return text

    def check_tag(self, node: Node, kind: str) -> None:
        if str(node.tag) != f"{_TAG}{kind}":
            self.report(node, f"tags such as {node.tag} are not used here", "write the value alone")


def _number(text: str) -> str | Decimal:
    # Figures as people write them. A telephone or a reference number with a leading + or 0 is
    # text, and so is what isn't decimal (0x1F, .inf, 1e9).
    return Decimal(text) if _FIGURE.fullmatch(text) else text


def _position(node: Node) -> Position:
    return node.start_mark.line + 1, node.start_mark.column + 1
