"""Explains a file that is not valid YAML to a person who doesn't know YAML.

``release.yaml`` asks here when the library gives up. The file is walked line by line as a person
sees it: entries (``key: text`` and ``- text``) with the lines that continue them. Each entry's
value is read on its own; what can't be read, or not as it was typed, is a slip, told with the line
as it should be written. All slips of a file are told at once, whatever the library met first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from gapress.release.brackets import depth, parts, reads
from gapress.release.quoting import fold, meant, quoted
from gapress.release.typed import (
    COMMENT_ELSEWHERE,
    IN_QUOTES,
    reason_for_respacing,
    respaced,
    shown_respaced,
)

if TYPE_CHECKING:
    from gapress.errors import Problem
    from gapress.release.typed import Source

Kind: TypeAlias = Literal["list", "keys"]

# Keys of gapress's files: names, language tags, scripts; and quoted ones.
_KEY = r'(?:[a-z][a-z0-9_]*|[a-z]{2,3}(?:-[A-Za-z0-9]+)+|[A-Z][a-z]{3}(?=:\s*$)|"[^"\s]*")'
_LEAD = re.compile(rf"(?P<dashes> *(?:-(?: +|$))*)(?P<key>{_KEY} *:(?: +|\t+|$))?")
# A character of YAML's own before an entry.
_STRAY = re.compile(rf"[\]\[{{}}>|%@`*&!,?]+ *(?=((?:- +)*{_KEY} *:(?: |$)|- ))")
_BLOCK = re.compile(r"[|>][-+0-9]*[ \t]*(?:#.*)?$")
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"", re.DOTALL)
_REST = re.compile(r"[ \t]*(?:[ \t]#[^\r\n]*)?\r?$", re.MULTILINE)
# What may end a text or begin something else in it.
_INDICATED = re.compile(r":(?:\s|$)|\s#|\t")
# Markup and placeholders at the start of a text.
_LIST = re.compile(r"[\]},]\s*(?:#.*)?$|,|^.$")
_MARKUP = re.compile(r"\{(?!\s*(?:[\w-]+|\"[^\"]*\"|'[^']*')\s*:|\s*\}|(?:\s+#.*)?$)|\[[^\]]*\]\(")

# What the library says, in part, and what is told: for what the walk does not explain.
_REASONS = {
    "expected ',' or ']'": (
        "the list in brackets is not closed here",
        "check the commas and write ] at its end",
    ),
    "expected ',' or '}'": (
        "the keys in braces are not closed here",
        "check the commas and write } at their end",
    ),
    "unexpected end of stream": (
        "a quotation mark is not closed",
        "write it again at the end of the text",
    ),
    "unexpected document separator": (
        "a quotation mark is not closed",
        "write it again at the end of the text",
    ),
    "undefined alias": ("* at the start refers to a value that has no name", IN_QUOTES),
    "mapping values are not allowed": (
        'a ": " stands where YAML reads no key',
        f"{IN_QUOTES}, or check the indentation of this line",
    ),
    "unknown escape": (
        "a backslash in double quotes begins an escape that YAML does not know",
        r"write \\ for a backslash, or use single quotes",
    ),
    "escape sequence": (
        "a backslash in double quotes begins an escape that YAML does not know",
        r"write \\ for a backslash, or use single quotes",
    ),
    "cannot start any token": (
        "YAML can't read the character here",
        f"{IN_QUOTES}; indent with spaces, not tabs",
    ),
}
_OTHERWISE = ("YAML can't read this line", "check its indentation, quotes and colons")

_STARTS = {
    "@": "@ can't begin a text",
    "`": "` can't begin a text",
    "%": "% can't begin a text",
    "*": "* at the start refers to another value",
    "&": "& at the start names a value",
    "!": "! at the start is a tag",
    "|": "| at the start begins a text on the lines below",
    ">": "> at the start begins a text on the lines below",
    "[": "[ at the start begins a list",
    "{": "{ at the start begins keys and values",
    "]": "] can't begin a text",
    "}": "} can't begin a text",
    ",": ", can't begin a text",
    '"': 'the " at the start and the one that closes it must enclose the whole text',
    "'": "the ' at the start and the one that closes it must enclose the whole text",
    "- ": "a dash and a space at the start begin a list",
    "? ": "a question mark and a space at the start begin a key",
}


def explain(source: Source, place: int, reason: str) -> list[Problem]:
    """Return the problems of a file that is not YAML: at least one.

    Args:
        source: The file.
        place: Where the library stopped, an index into its text.
        reason: What the library said, in its own words; never shown.
    """
    walk = _Walk(source)
    if not re.match(r"(?:\s*#.*\n)*\s*[\[{]", source.text):  # JSON has no lines of entries
        walk.run()
    line = source.line(min(place, len(source.text)))
    explained = [problem for problem in walk.problems if problem.line <= line]
    if explained:
        return walk.problems
    message, hint = next((told for part, told in _REASONS.items() if part in reason), _OTHERWISE)
    return [*walk.problems, source.problem(min(place, len(source.text)), message, hint)]


def reads_as(value: str) -> str | None:
    """Return the text that YAML reads for a value typed after a key, or none if it reads no text.

    Args:
        value: What stands after ``key: ``; further lines are indented.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError
    from ruamel.yaml.nodes import MappingNode, ScalarNode

    try:
        node = YAML(typ="safe", pure=True).compose(f"x: {value}\n")
    except (YAMLError, ValueError, AssertionError, IndexError, AttributeError, RecursionError):
        return None
    if not isinstance(node, MappingNode) or len(node.value) != 1:
        return None
    found = node.value[0][1]
    return str(found.value) if isinstance(found, ScalarNode) else None


@dataclass
class _Level:
    """An open list or mapping: its column, its kind and the line on which it starts."""

    column: int
    kind: Kind
    line: int


@dataclass
class _Walk:
    """One pass over a file's lines."""

    source: Source
    problems: list[Problem] = field(default_factory=list)
    levels: list[_Level] = field(default_factory=list)
    # The entry above if it has no value on its line: column and kind of what holds it.
    waiting: _Level | None = None
    # The entry above: its column, its line, and the column at which its text starts.
    above: tuple[int, int] | None = None
    misplaced: bool = False

    def __post_init__(self) -> None:
        self.lines = [self.source.rest(start).rstrip(" \t") for start in self.source.starts]

    def run(self) -> None:
        number = 0
        while number < len(self.lines):
            line = self.lines[number]
            bare = line.strip(" ")
            if not bare or bare.startswith("#") or line in {"---", "..."}:
                number += 1
            else:
                number = self.entry(number)

    def tell(self, number: int, column: int, message: str, hint: str) -> None:
        self.problems.append(
            self.source.problem(self.source.starts[number] + column, message, hint)
        )

    def entry(self, number: int) -> int:
        """Look at the entry that starts on a line; return the number of the line after it."""
        line = self.lines[number]
        indent = len(line) - len(line.lstrip(" "))
        text = line[indent:]
        if text.startswith("<<"):
            message = "merge keys (<<) are not used here"
            self.tell(number, indent, message, "write the keys themselves")
            return number + 1
        if (fixed := respaced(text)) != text:
            self.tell(number, indent, reason_for_respacing(text), shown_respaced(text))
            self.waiting = None if not fixed.endswith(":") else self.waiting
            return number + 1
        stray = _STRAY.match(text)
        if stray:
            message = f"{stray[0].strip()} before {stray[1].strip()} does not belong there"
            self.tell(number, indent, message, f"delete {stray[0].strip()}")
            indent += stray.end()
            line = self.lines[number] = " " * indent + line[indent:]
        lead = _LEAD.match(line)
        assert lead is not None  # every part of it may be empty  # noqa: S101
        if lead["key"] is None and "-" not in lead["dashes"]:
            lead = re.match(r"(?P<dashes> *)(?P<key>[^\s:#'\"][^:#]*?:(?: +|$))", line)
            if lead is None or (
                self.waiting and indent > self.waiting.column and line[lead.end() :]
            ):
                return self.bare(number, indent)
        if not stray:
            self.place(number, line[: lead.end()])
        column = lead.end("dashes") if lead["key"] else lead["dashes"].rindex("-")
        self.above = (column, number)
        value = line[lead.end() :]
        if not value or value.startswith("#"):
            kind: Kind = "keys" if lead["key"] else "list"
            self.waiting = _Level(column, kind, number)
            return number + 1
        self.waiting = None
        return self.value(number, lead.end(), column)

    def bare(self, number: int, indent: int) -> int:
        """Look at a line that has neither key nor dash, and continues nothing."""
        line = self.lines[number]
        if self.waiting and indent > self.waiting.column:
            column, self.waiting = self.waiting.column, None
            return self.value(number, indent, column)
        if self.above is None:
            hint = "write key: value" if ":" not in line else "write the key in small letters"
            self.tell(number, indent, "this line has no key", hint)
            return self.next_entry(number)
        column, first = self.above
        message = "this line has no key, and is not indented as the text above it"
        hint = (
            f"to continue the text of line {first + 1}, indent it by {column + 2} spaces or more; "
            "otherwise write its key"
        )
        if not self.misplaced:
            self.tell(number, indent, message, hint)
        return self.next_entry(number)

    def next_entry(self, number: int) -> int:
        """Return the number of the next line with a key or a dash: one slip is told once."""
        for after in range(number + 1, len(self.lines)):
            lead = _LEAD.match(self.lines[after])
            if lead and (lead["key"] or "-" in lead["dashes"]):
                return after
        return len(self.lines)

    def place(self, number: int, lead: str) -> None:
        """Hold a line's dashes and key against the lists and keys that are open."""
        found: list[_Level] = [
            _Level(match.start(), "list" if match[0] == "-" else "keys", number)
            for match in re.finditer(r"-(?= |$)|[^- ].*", lead)
        ]
        first = found[0]
        before = list(self.levels)
        while self.levels and (
            self.levels[-1].column > first.column
            or (
                self.levels[-1].column == first.column
                and self.levels[-1].kind == "list"
                and first.kind == "keys"
            )
        ):
            self.levels.pop()
        top = self.levels[-1] if self.levels else None
        fits = top and (top.column, top.kind) == (first.column, first.kind)
        waiting = self.waiting
        opens = not before or (
            waiting
            and (
                first.column > waiting.column
                or (
                    first.column == waiting.column
                    and (first.kind, waiting.kind) == ("list", "keys")
                )
            )
        )
        if not fits and not opens and not self.misplaced:
            self.misplaced = True
            self.tell_misplaced(number, first, before)
        if not fits:
            self.levels.append(first)
        self.levels += found[1:]

    def tell_misplaced(self, number: int, first: _Level, before: list[_Level]) -> None:
        what = "dash" if first.kind == "list" else "key"
        if first.column < before[0].column:
            message = (
                f"this {what} is indented by {_spaces(before[0].column)}, what follows by less"
            )
            hint = f"indent it by {_spaces(first.column)}, as on line {number + 1}"
            self.tell(before[0].line, before[0].column, message, hint)
            return
        same = {level.column: level.line for level in before if level.kind == first.kind}
        message = (
            f"this {what} is indented by {_spaces(first.column)} and lines up with nothing above"
        )
        hint = "check its indentation"
        if same:
            near = sorted(same, key=lambda column: (abs(column - first.column), column))[:2]
            places = " or ".join(f"by {_spaces(c)}, as on line {same[c] + 1}" for c in sorted(near))
            hint = f"indent it {places}"
        self.tell(number, first.column, message, hint)

    # --- values ---------------------------------------------------------------------------------

    def value(self, number: int, column: int, indent: int) -> int:
        """Look at the value that starts in a column; return the number of the line after it.

        Args:
            number: Its line.
            column: The column at which it starts.
            indent: The column of its key or dash: what continues it is indented further.
        """
        value = self.lines[number][column:]
        if _BLOCK.match(value):
            return self.block(number, indent)
        if value[0] in "'\"" and (after := self.closed(number, column, indent)):
            return after
        if value[0] in "[{" and _LIST.search(value) and not _MARKUP.match(value):
            return self.flow(number, column, indent)
        return self.plain(number, column, indent)

    def block(self, number: int, indent: int) -> int:
        """Pass over the lines of a ``>`` or ``|`` text."""
        width, told = 0, False
        number += 1
        while number < len(self.lines):
            line = self.lines[number]
            found = len(line) - len(line.lstrip(" "))
            if line and found <= indent:
                break
            if line and not width:
                width, first = found, number
            elif line and found < width:
                if line.lstrip().startswith("#") and not self.follows_deeper(number, indent):
                    break
                if not told:
                    message = f"this line is indented by {_spaces(found)}, its text by {width}"
                    self.tell(number, found, message, f"indent it by {width}, as line {first + 1}")
                told = True
            number += 1
        return number

    def follows_deeper(self, number: int, indent: int) -> bool:
        """Whether text goes on after comment lines."""
        for line in self.lines[number:]:
            if line and not line.lstrip().startswith("#"):
                return len(line) - len(line.lstrip(" ")) > indent
        return False

    def closed(self, number: int, column: int, indent: int) -> int:
        """Return the number of the line after a text in quotes; 0 if they don't enclose it."""
        start = self.source.starts[number] + column
        match = _QUOTED.match(self.source.text, start)
        if match is None or not _REST.match(self.source.text, match.end()):
            return 0
        last = self.source.line(match.end()) - 1
        inner = self.lines[number + 1 : last + 1]
        if any(line and len(line) - len(line.lstrip()) <= indent for line in inner):
            return 0
        if reads_as(match[0].replace("\n", "\n ")) is None:
            message = "a backslash in double quotes begins an escape that YAML does not know"
            typed = fold(match[0])[1:-1].replace('\\"', '"').replace("\\\\", "\\")
            hint = self.fixed(number, column, typed)
            self.tell(number, column, message, hint)
        return last + 1

    def continued(self, number: int, indent: int) -> tuple[list[str], int]:
        """Return the lines that continue a plain text, and the number of the line after them.

        Blank lines count, and comment lines behind which the text goes on.
        """
        found: list[str] = []
        kept, after = 0, number + 1
        while after < len(self.lines):
            line = self.lines[after]
            bare = line.strip(" \t")
            if bare and not bare.startswith("#"):
                if len(line) - len(line.lstrip(" ")) <= indent:
                    break
                lead = _LEAD.match(line)
                if lead and (lead["key"] or "-" in lead["dashes"]):
                    break
                kept = len(found) + 1
            found.append(bare)
            after += 1
        return found[:kept], number + 1 + kept

    def over_indented(self, number: int, first: int, fixed: str) -> None:
        """Tell of an entry that is indented as if it continued the text of a line above."""
        line = self.lines[number]
        lead = _LEAD.match(line)
        what = lead["key"].strip() if lead and lead["key"] else "-"
        message = f"{what} begins an entry, but this line is indented as a part of line {first + 1}"
        column = len(line) - len(line.lstrip(" "))
        hint = (
            f"if it is an entry, align it with line {first + 1} or another entry; "
            f"if it is text, {fixed}"
        )
        if not self.misplaced:
            self.tell(number, column, message, hint)
        self.misplaced = True

    def plain(self, number: int, column: int, indent: int) -> int:
        """Look at a text without quotes, or with quotes that don't enclose it."""
        value = self.lines[number][column:]
        more, after = self.continued(number, indent)
        lines = [value, *more]
        remarks = [line for line in more if re.match(r"#(?:\s|$)", line)]
        text = meant(fold(" ".join(line for line in lines if line not in remarks)))
        cut = any(re.search(r"(?:^|[ \t])#", line) for line in lines[:-1])
        if (cut and more) or (self.is_suspect(lines) and reads_as("\n  ".join(lines)) is None):
            self.tell_text(number, column, lines, text)
        elif after < len(self.lines) and _indent(line := self.lines[after]) > indent:
            fixed = self.fixed(number, column, f"{text} {line.strip(' ')}")
            self.over_indented(after, number, fixed)
            return after + 1
        return after

    def is_suspect(self, lines: list[str]) -> bool:
        """Whether a value needs reading to be known as a text: most don't."""
        first = lines[0]
        return (not first[0].isalnum() or bool(_INDICATED.search("\n".join(lines)))) and not (
            self.is_named(first)
        )

    def is_named(self, value: str) -> bool:
        """Whether YAML reads a value only with the rest of the file: an alias, a named value."""
        return bool(re.fullmatch(r"\*[\w-]+\s*(#.*)?|&[\w-]+", value)) and (
            value[0] == "&" or f"&{value[1:].split()[0]}" in self.source.text
        )

    def tell_text(self, number: int, column: int, lines: list[str], text: str) -> None:
        """Tell of a text that needs quotes, where it needs them first."""
        hint = self.fixed(number, column, text)
        value = lines[0]
        start = next((s for s in _STARTS if value.startswith(s) or value == s.strip()), "")
        if start:
            self.tell(number, column, _STARTS[start], hint)
            return
        for offset, line in enumerate(lines):
            at = column if not offset else self.lines[number + offset].find(line)
            if offset and re.match(r"#(?:\s|$)", line):
                message = "a comment cuts this text in two"
                hint = f"move the comment above the text, or {hint}"
                self.tell(number + offset, at, message, hint)
                return
            if comment := re.search(r"(?:^|(?<=[ \t]))#.*", line):
                message = f"YAML drops {comment[0]}: # after a space begins a comment"
                hint = f"{hint}; {COMMENT_ELSEWHERE}"
                self.tell(number + offset, at + comment.start(), message, hint)
                return
            if colon := re.search(r":(?=[ \t]|$)", line):
                message = (
                    '": " in a text begins a key'
                    if line[colon.end() :]
                    else "a colon at the end of a text begins a key"
                )
                self.tell(number + offset, at + colon.start(), message, hint)
                return
            if "\t" in line:
                message = "YAML can't read the tab here"
                self.tell(number + offset, at + line.index("\t"), message, hint)
                return
        self.tell(number, column, "YAML can't read this text", hint)

    def fixed(self, number: int, column: int, text: str) -> str:
        return f"{IN_QUOTES}: {self.lines[number][:column].lstrip(' ')}{quoted(text)}"

    # --- brackets -------------------------------------------------------------------------------

    def flow(self, number: int, column: int, indent: int) -> int:
        """Look at a list in brackets or keys in braces."""
        lines = [self.lines[number][column:]]
        open_, after = depth(lines[0]), number + 1
        while open_ > 0 and after < len(self.lines):
            line = self.lines[after]
            if line and len(line) - len(line.lstrip(" ")) <= indent and line.strip() not in "]}":
                break
            lines.append(line.strip())
            open_ += depth(line)
            after += 1
        whole = "\n".join(lines)
        if reads(whole):
            return after
        if len(lines) == 1 and open_ == 0 and not re.match(r"[\[{].*[\]}]\s*(#.*)?$", whole):
            self.tell_text(number, column, lines, fold(whole))
            return after
        entries = parts(lines[0]) if len(lines) == 1 else []
        wrong = [part for part in entries if part.is_broken]
        if not wrong:
            closer = "]" if whole[0] == "[" else "}"
            message, hint = f"{whole[0]} is not closed", f"write {closer} at the end of the list"
            if open_ <= 0:
                message, hint = "YAML can't read this list", "put each text in quotes"
            self.tell(number, column, message, hint)
            return after
        row = lines[0]
        for part in reversed([part for part in entries if part in wrong or part.is_text]):
            row = (
                f"{row[: part.start]}{quoted(meant(part.text))}{row[part.start + len(part.text) :]}"
            )
        if depth(row) > 0:
            row += "]" if whole[0] == "[" else "}"
        shown = self.lines[number][:column].lstrip(" ") + row
        part = wrong[0]
        start = next((s for s in _STARTS if part.text.startswith(s)), "")
        message = _STARTS.get(start) or (
            f"YAML drops what follows {part.text.split()[-1]}: # begins a comment"
            if "#" in part.text
            else "YAML can't read this entry of the list"
        )
        self.tell(number, column + part.start, message, f"{IN_QUOTES}: {shown}")
        return after


def _spaces(count: int) -> str:
    return "1 space" if count == 1 else f"{count} spaces"


def _indent(line: str) -> int:
    """Return a line's indentation; -1 for a blank line or a comment."""
    bare = line.lstrip(" ")
    return -1 if not bare or bare.startswith("#") else len(line) - len(bare)
