"""Reads YAML 1.2 into plain data, and remembers where each value stands in its file.

First half of the reader: bytes become a :class:`Tree`; ``release.read`` makes a model of it.
Data only: no tags, no merge keys, and bounded size, depth and aliases.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from gapress.errors import ContentError, Problem
from gapress.release.slips import explain
from gapress.release.typed import (
    Source,
    problem_with_key,
    slip_in_collection,
    slip_in_scalar,
    split_text,
    tagged,
    unclosed_quote,
    unused_anchor,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ruamel.yaml.nodes import Node, ScalarNode

Path: TypeAlias = tuple[str | int, ...]
Position: TypeAlias = tuple[int, int]

MAX_BYTES = 4_000_000
MAX_VALUES = 70_000
MAX_DEPTH = 20

_TAG = "tag:yaml.org,2002:"
_FIGURE = re.compile(r"-?(0|[1-9][0-9]{0,30})(\.[0-9]{1,30})?")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
# Controls, and what some readers take for line ends (YAML 1.2, 5.1 and 5.4); not tab, LF, CR.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_MERGE_MARKERS = re.compile(r"^(<{7}|={7}|>{7})( |$)", re.MULTILINE)


@dataclass(frozen=True)
class Tree:
    """A YAML file as data.

    Attributes:
        file: The file's name for messages.
        data: Mappings, sequences, texts, numbers (``Decimal``), booleans and none.
        positions: Line and column, both from 1, of each value by its path of keys and indices;
            a mapping's key has the position of the key.
        slips: What is told of a value if a text belongs there: what YAML drops from it, or takes it
            for; by its path.
        faults: What is told of a value whatever belongs there: a tag, an unused anchor, a quotation
            mark that closes in another entry, a comma that splits a figure; by its path.
    """

    file: str
    data: Any
    positions: Mapping[Path, Position] = field(repr=False)
    keys: Mapping[Path, Position] = field(repr=False)
    slips: Mapping[Path, Problem] = field(repr=False, default_factory=dict)
    faults: Mapping[Path, Problem] = field(repr=False, default_factory=dict)

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
        ContentError: Not UTF-8, too large, broken syntax, duplicate keys, merge keys, anything that
            is not a mapping at the top, a fault of a value; all problems of one kind together.
    """
    tree = parse_with_faults(raw, file)
    if tree.faults:
        raise ContentError(sorted(tree.faults.values()))
    return tree


def parse_with_faults(raw: bytes, file: str) -> Tree:
    """Return the data of a file as :func:`parse` does, but keep the faults of values.

    Raises:
        ContentError: As :func:`parse` does, but for faults of values.
    """
    source = Source(file, _decode(raw, file))
    node, used = _compose(source)
    if node is None:
        raise ContentError(
            [Problem(file, 1, 1, "the file is empty", "write at least kind, date and headline")]
        )
    builder = _Builder(source, used)
    data = builder.value(node, (), 0)
    if not builder.problems and not isinstance(data, dict):
        builder.report(
            node,
            "the file must be a mapping of keys to values",
            "start with a line like kind: press release",
        )
    if builder.problems:
        raise ContentError(builder.problems)
    return Tree(file, data, builder.positions, builder.keys, builder.slips, builder.faults)


def nodes(raw: bytes, file: str) -> tuple[str, Node]:
    """Return the text of a YAML file, and its root node, whose marks are places in that text.

    Raises:
        ContentError: As :func:`parse` does for what is no YAML.
    """
    text = _decode(raw, file)
    node, _ = _compose(Source(file, text))
    if node is None:
        raise ContentError([Problem(file, 1, 1, "the file is empty")])
    return text, node


def _decode(raw: bytes, file: str) -> str:
    if len(raw) > MAX_BYTES:
        message = f"the file has {len(raw):,} bytes; the limit is {MAX_BYTES:,}"
        raise ContentError([Problem(file, 0, 0, message, "split it, or move pictures into files")])
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or raw[:8].count(0) > 2:
        hint = "save the file with the encoding UTF-8"
        raise ContentError([Problem(file, 1, 1, "the file is in UTF-16, not UTF-8", hint)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ContentError([_not_utf_8(raw, error, file)]) from None
    source = Source(file, text)
    if found := _FORBIDDEN.search(text):
        message = f"forbidden character U+{ord(found[0]):04X}"
        raise ContentError([source.problem(found.start(), message, "delete it")])
    if found := _MERGE_MARKERS.search(text):
        hint = "keep one side and delete the markers"
        raise ContentError(
            [source.problem(found.start(), "a merge conflict is not resolved", hint)]
        )
    return _without_directives(source)


def _not_utf_8(raw: bytes, error: UnicodeDecodeError, file: str) -> Problem:
    """Return the problem of the first byte that is not UTF-8, with the letter it seems to be."""
    before = raw[: error.start].decode("utf-8-sig")
    source = Source(file, before)
    message, hint = "not UTF-8 text", "save the file with the encoding UTF-8"
    letter = raw[error.start : error.start + 1].decode("cp1252", "ignore")
    if letter:
        message += f"; in Windows-1252 this is {letter}"
    return source.problem(len(before), message, hint)


def _without_directives(source: Source) -> str:
    """Return the text with the line ``%YAML 1.2`` as a comment; refuse what else begins with %.

    A second document is refused, too: what stands in it would be dropped.
    """
    begun = ended = False
    problems: list[Problem] = []
    text = source.text
    for start in source.starts:
        line = source.rest(start)
        marker = re.match(r"(---|\.\.\.)(?=[ \t]|$)", line)
        if line.startswith("%") and not begun:
            if re.fullmatch(r"%YAML[ \t]+1\.[0-2][ \t]*(#.*)?", line):
                text = f"{text[:start]}#{text[start + 1 :]}"
                continue
            message = f"a line that begins with % is a directive: {line.strip()}"
            problems.append(source.problem(start, message, "delete the line, or write %YAML 1.2"))
        elif marker and marker[1] == "---" and begun:
            message = "--- begins a second document, and a file holds one"
            hint = "delete the line; a text that begins with --- goes in quotes"
            problems.append(source.problem(start, message, hint))
        elif marker and marker[1] == "...":
            ended = True
        elif line.strip() and not line.lstrip().startswith("#"):
            if ended:
                message = "the document ended at the line ... above, and what follows is not read"
                problems.append(source.problem(start, message, "delete the line with ... above"))
                break
            begun = True
    if problems:
        raise ContentError(problems)
    return text


def _compose(source: Source) -> tuple[Node | None, set[int]]:
    """Return the file's nodes, and the identities of those that an alias refers to."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    reader = YAML(typ="safe", pure=True)
    composer = _composer(source.file)
    reader.Composer = composer
    try:
        node: Node | None = reader.compose(source.text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = mark.index if mark else 0
        reason = " ".join(part for part in (error.problem, error.context) if part)
        raise ContentError(explain(source, place, reason)) from None
    except RecursionError:
        message, hint = "values are nested too deeply", "check brackets and indentation"
        raise ContentError([Problem(source.file, 0, 0, message, hint)]) from None
    except (YAMLError, ValueError, AssertionError, IndexError, AttributeError):
        # Faults of the library itself, met with input that is no YAML.
        raise ContentError(explain(source, 0, "")) from None
    return node, composer.used


def _composer(file: str) -> type[Any]:
    """Return a composer that stops at the limit: composing on could take a minute."""
    from ruamel.yaml.composer import Composer

    class Bounded(Composer):
        count = 0
        used: ClassVar[set[int]] = set()

        def compose_node(self, parent: Node | None, index: Any) -> Any:
            self.warn_double_anchors = False
            self.count += 1
            if self.count > 2 * MAX_VALUES + 1:  # keys are nodes, too
                mark = self.parser.peek_event().start_mark
                raise ContentError([_too_many(file, mark.line + 1, mark.column + 1)])
            return super().compose_node(parent, index)

        def return_alias(self, a: Any) -> Any:
            self.used.add(id(a))
            return a

    return Bounded


def _too_many(file: str, line: int, column: int) -> Problem:
    hint = "shorten the file; every use of an alias counts"
    return Problem(file, line, column, f"more than {MAX_VALUES:,} values", hint)


class _Builder:
    """Turns composed nodes into data, collecting positions, problems and slips."""

    def __init__(self, source: Source, used: set[int]) -> None:
        self.source = source
        self.file = source.file
        self.used = used
        self.positions: dict[Path, Position] = {}
        self.keys: dict[Path, Position] = {}
        self.slips: dict[Path, Problem] = {}
        self.faults: dict[Path, Problem] = {}
        self.problems: list[Problem] = []
        self.count = 0

    def report(self, node: Node, message: str, hint: str) -> None:
        line, column = _position(node)
        self.problems.append(Problem(self.file, line, column, message, hint))

    def value(
        self, node: Node, path: Path, depth: int, indent: int = -1, *, flow: bool = False
    ) -> Any:
        """Return a node's data.

        Args:
            node: The node.
            path: Its place.
            depth: How deep it stands.
            indent: The column of the innermost block collection around it.
            flow: Whether it stands in brackets.
        """
        from ruamel.yaml.nodes import CollectionNode, MappingNode, ScalarNode, SequenceNode

        self.count += 1
        if self.count > MAX_VALUES:
            raise ContentError([_too_many(self.file, *_position(node))])
        if depth > MAX_DEPTH:
            hint = "shorten the file; every use of an alias counts"
            message = f"more than {MAX_DEPTH} levels"
            raise ContentError([Problem(self.file, *_position(node), message, hint)])
        self.positions[path] = _position(node)
        if isinstance(node, ScalarNode):
            return self.scalar(node, path, indent, flow=flow)
        self.check_properties(node, path, flow=flow)
        assert isinstance(node, CollectionNode)  # noqa: S101
        if slip := slip_in_collection(self.source, node, flow=flow):
            self.slips[path] = slip
        flow = bool(node.flow_style)
        indent = indent if flow else node.start_mark.column
        match node:
            case SequenceNode():
                if flow:
                    self.check_commas(node, path)
                return [
                    self.value(child, (*path, i), depth + 1, indent, flow=flow)
                    for i, child in enumerate(node.value)
                ]
            case MappingNode():
                return self.mapping(node, path, depth, indent, flow=flow)
        raise TypeError(node)

    def mapping(
        self, node: Node, path: Path, depth: int, indent: int, *, flow: bool
    ) -> dict[str, Any]:
        from ruamel.yaml.nodes import ScalarNode

        data: dict[str, Any] = {}
        for key, child in node.value:
            if not isinstance(key, ScalarNode):
                self.report(key, "a key must be a word", "write key: value")
                continue
            name = str(key.value)
            if problem := problem_with_key(self.source, key, flow=flow):
                self.problems.append(problem)
                continue
            if self.has_surrogate(key, name):
                continue
            if name in data:
                first = self.keys[(*path, name)][0]
                self.report(
                    key, f"{name} is given twice; the first is on line {first}", "keep one of them"
                )
                continue
            self.keys[(*path, name)] = _position(key)
            data[name] = self.value(child, (*path, name), depth + 1, indent, flow=flow)
        return data

    def check_commas(self, node: Node, path: Path) -> None:
        for first, second in pairwise(node.value):
            if problem := split_text(self.source, first, second):
                self.faults.setdefault(path, problem)

    def has_surrogate(self, node: Node, text: str) -> bool:
        """Report half a character, which escapes can make and no encoding can hold."""
        if half := _SURROGATE.search(text):
            self.report(node, f"forbidden character U+{ord(half[0]):04X}", "delete it")
        return bool(half)

    def scalar(
        self, node: ScalarNode, path: Path, indent: int, *, flow: bool
    ) -> str | bool | Decimal | None:
        tag, text = str(node.tag), str(node.value)
        self.has_surrogate(node, text)
        self.check_properties(node, path, flow=flow)
        if node.style in {"'", '"'} and (
            problem := unclosed_quote(self.source, node, indent, flow=flow)
        ):
            self.faults[path] = problem
        if slip := slip_in_scalar(self.source, node, flow=flow):
            self.slips[path] = slip
        if node.style is None:
            if tag == f"{_TAG}null":
                return None
            if tag == f"{_TAG}bool" and text.lower() in {"true", "false"}:
                return text.lower() == "true"
            if tag in {f"{_TAG}int", f"{_TAG}float"}:
                return _number(text)
        return text

    def check_properties(self, node: Node, path: Path, *, flow: bool) -> None:
        """Report what may stand before a value in YAML, and is no data: tags, unused anchors."""
        if node.anchor is not None and id(node) not in self.used:
            self.faults[path] = unused_anchor(self.source, node, flow=flow)
        elif problem := tagged(self.source, node, flow=flow):
            self.faults[path] = problem


def _number(text: str) -> str | Decimal:
    # Figures as people write them. A telephone or a reference number with a leading + or 0 is
    # text, and so is what isn't decimal (0x1F, .inf, 1e9).
    return Decimal(text) if _FIGURE.fullmatch(text) else text


def _position(node: Node) -> Position:
    return node.start_mark.line + 1, node.start_mark.column + 1
