"""Reads and writes PO files (GNU gettext manual, "The Format of PO Files") losing nothing.

A file is a list of entries that keep their own lines: what is not changed is written back byte for
byte, with its wrapping, order, line ends, byte order mark and encoding; what is changed is written
anew part by part.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gapress.catalogs.wrapping import quoted_lines, unquoted
from gapress.errors import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MERGE_MARKERS = re.compile(r"^(<{7}|={7}|>{7})( |$)")
_KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s*(\".*\")\s*$")
# In the header alone: a text may speak of a charset, too.
_CHARSET = re.compile(
    rb'^msgid\s+""\s*\nmsgstr\s(?:[^\n]*\n")*?[^\n]*?charset=([A-Za-z0-9_.:-]+)', re.MULTILINE
)
# Codecs of Python that are no character sets: not every text goes in, or comes back as it was.
_NO_CHARSETS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
_ORDER = ("#", "#.", "#:", "#,", "#|", "msgctxt", "msgid", "msgid_plural", "msgstr")


@dataclass(frozen=True)
class Part:
    """A comment of one kind, or one keyword with its strings: the lines as they stand."""

    kind: str
    lines: tuple[str, ...]

    def text(self) -> str:
        """Return the string of a keyword part."""
        first = _KEYWORD.match(self.lines[0])
        return "".join(unquoted(line) for line in (first[2] if first else '""', *self.lines[1:]))


@dataclass(frozen=True)
class PoEntry:
    """One entry of a PO file.

    Attributes:
        parts: Its comments and keywords, in the file's order; obsolete lines without their ``#~``.
        obsolete: Whether its lines begin with ``#~``.
        before: The lines between the entry above and this one.
        line: Its first line in the file, from 1; 0 for a new entry.
        prefix: What stands before the lines of an obsolete entry, ``#~ `` as it is written.
    """

    parts: tuple[Part, ...]
    obsolete: bool = False
    before: tuple[str, ...] = ("",)
    line: int = field(default=0, compare=False)
    prefix: str = "#~ "

    def part(self, kind: str) -> Part | None:
        """Return the first part of a kind: ``#,``, ``msgid``, ``msgstr``."""
        return next((part for part in self.parts if part.kind == kind), None)

    def string(self, kind: str) -> str:
        """Return the string of a keyword; empty where there is none."""
        part = self.part(kind)
        return part.text() if part else ""

    @property
    def key(self) -> tuple[str, str]:
        """Context and source text."""
        return self.string("msgctxt"), self.string("msgid")

    @property
    def plural(self) -> bool:
        """Whether it has plural forms; gapress writes none, but keeps those of others."""
        return self.part("msgid_plural") is not None

    @property
    def translation(self) -> str:
        """The translation, or that of the first plural form."""
        return self.string("msgstr") or self.string("msgstr[0]")

    @property
    def flags(self) -> list[str]:
        """The flags, such as ``fuzzy``."""
        return [f.strip() for line in self.comment("#,") for f in line.split(",") if f.strip()]

    @property
    def previous(self) -> tuple[str, str]:
        """The previous context and source text (``#| msgid``); empty where there is none."""
        lines = [
            line.removeprefix("#|").strip()
            for p in self.parts
            if p.kind == "#|"
            for line in p.lines
        ]
        found = {"msgctxt": "", "msgid": "", "msgid_plural": ""}
        name = "msgid"
        for line in lines:
            if match := _KEYWORD.match(line):
                name, line = match[1], match[2]
            found[name] = found.get(name, "") + unquoted(line)
        return found["msgctxt"], found["msgid"]

    def comment(self, kind: str) -> list[str]:
        """Return the lines of a comment without their marks."""
        return [
            line[len(kind) :].removeprefix(" ")
            for part in self.parts
            if part.kind == kind
            for line in part.lines
        ]

    def keyword_line(self) -> int:
        """Return the line of the file in which its ``msgid`` begins."""
        line = self.line
        for part in self.parts:
            if part.kind == "msgid":
                return line
            line += len(part.lines)
        return line

    def with_comment(self, kind: str, lines: Iterable[str]) -> PoEntry:
        """Return the entry with a comment replaced, or removed if there are no lines."""
        new = tuple(f"{kind} {line}".rstrip() for line in lines)
        if [line for p in self.parts if p.kind == kind for line in p.lines] == list(new):
            return self
        return self._with(kind, Part(kind, new) if new else None)

    def with_flags(self, flags: Iterable[str]) -> PoEntry:
        """Return the entry with these flags."""
        flags = list(flags)
        return (
            self
            if flags == self.flags
            else self.with_comment("#,", [", ".join(flags)] if flags else [])
        )

    def with_string(self, kind: str, text: str, width: int) -> PoEntry:
        """Return the entry with a keyword's string replaced, wrapped to ``width`` columns."""
        part = self.part(kind)
        if part and part.text() == text:
            return self
        return self._with(kind, Part(kind, quoted_lines(kind, text, width)))

    def with_previous(self, key: tuple[str, str] | None, width: int) -> PoEntry:
        """Return the entry with the previous context and source text, or without them."""
        lines: list[str] = []
        for kind, text in zip(("msgctxt", "msgid"), key or (), strict=False):
            if text:
                lines += quoted_lines(kind, text, width - len("#| "))
        return self.with_comment("#|", lines)

    def without_obsolete(self) -> PoEntry:
        """Return the entry alive again."""
        return replace(self, obsolete=False)

    def _with(self, kind: str, new: Part | None) -> PoEntry:
        kept = [part for part in self.parts if part.kind != kind]
        if new:
            rank = _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
            index = next(
                (i for i, p in enumerate(kept) if p.kind in _ORDER and _ORDER.index(p.kind) > rank),
                len(kept),
            )
            was = next((i for i, part in enumerate(self.parts) if part.kind == kind), None)
            kept.insert(index if was is None else min(was, len(kept)), new)
        return replace(self, parts=tuple(kept))

    def lines(self) -> Iterator[str]:
        """Yield the entry's lines as the file has them, without those before it."""
        for part in self.parts:
            for line in part.lines:
                if not self.obsolete or part.kind in {"#", "#.", "#:", "#,", "blank"}:
                    yield line  # comments of an obsolete entry stand without the mark
                elif part.kind == "#|":
                    yield f"#~{line[1:]}"
                else:
                    yield f"{self.prefix}{line}"


def new_entry(context: str, source: str, width: int, translation: str = "") -> PoEntry:
    """Return a new entry; without a translation, one that waits for it."""
    parts = [Part("msgctxt", quoted_lines("msgctxt", context, width))] if context else []
    parts.append(Part("msgid", quoted_lines("msgid", source, width)))
    parts.append(Part("msgstr", quoted_lines("msgstr", translation, width)))
    return PoEntry(tuple(parts))


@dataclass(frozen=True)
class PoFile:
    """A PO file: entries, and how its text is stored."""

    entries: tuple[PoEntry, ...]
    tail: tuple[str, ...] = ("",)
    newline: str = "\n"
    encoding: str = "utf-8"
    bom: bool = False

    @property
    def header(self) -> PoEntry | None:
        """The entry with the header, if there is one."""
        first = self.entries[0] if self.entries else None
        return first if first and first.key == ("", "") and not first.obsolete else None

    @property
    def messages(self) -> tuple[PoEntry, ...]:
        """All entries but the header."""
        return self.entries[1:] if self.header else self.entries

    @property
    def width(self) -> int:
        """The column at which the file's longest strings are wrapped; very large if they aren't."""
        longest = single = 0
        for entry in self.messages:
            for part in entry.parts:
                if part.kind in _ORDER[5:]:
                    if len(part.lines) > 1:
                        longest = max(longest, *(len(line) for line in part.lines[1:]))
                    else:
                        single = max(single, len(part.lines[0]))
        if single > max(longest, 100):
            return 1_000_000
        return longest if longest > 60 else 79

    def to_bytes(self) -> bytes:
        """Return the file's bytes."""
        lines: list[str] = []
        for entry in self.entries:
            lines += entry.before
            lines += entry.lines()
        lines += self.tail
        data = self.newline.join(lines).encode(self.encoding)
        return (b"\xef\xbb\xbf" if self.bom else b"") + data


def parse_po(raw: bytes, file: str) -> PoFile:
    """Return a PO file's entries.

    Raises:
        ContentError: Merge-conflict markers, an unknown encoding, or broken syntax, with the line.
    """
    bom = raw.startswith(b"\xef\xbb\xbf")
    data = raw.removeprefix(b"\xef\xbb\xbf")
    charset = _CHARSET.search(data)
    encoding = charset[1].decode("ascii") if charset and charset[1] != b"CHARSET" else "utf-8"
    try:
        if codecs.lookup(encoding).name in _NO_CHARSETS:
            raise LookupError
        text = data.decode(encoding)
    except (UnicodeError, LookupError):
        message = f"not in the encoding that its header declares ({encoding})"
        raise ContentError([Problem(file, 0, 0, message, "save it as UTF-8")]) from None
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(newline)
    entries, tail = _Parser(file, lines).entries()
    _refuse_duplicates(entries, file)
    return PoFile(tuple(entries), tuple(tail), newline, encoding, bom)


def _refuse_duplicates(entries: Iterable[PoEntry], file: str) -> None:
    first: dict[tuple[str, str], int] = {}
    problems = []
    for entry in entries:
        if not entry.obsolete and first.setdefault(entry.key, entry.line) != entry.line:
            other = f"the first is in line {first[entry.key]}"
            message = f"the message {entry.key[1][:60]!r} stands twice; {other}"
            problems.append(Problem(file, entry.line, 1, message, "delete one of them"))
    if problems:
        raise ContentError(problems)


class _Parser:
    """Groups lines into parts, and parts into entries."""

    def __init__(self, file: str, lines: list[str]) -> None:
        self.file, self.lines = file, lines

    def entries(self) -> tuple[list[PoEntry], list[str]]:
        found: list[PoEntry] = []
        before: list[str] = []
        parts: list[Part] = []
        start, obsolete, prefix = 0, False, "#~ "
        for number, line in enumerate(self.lines, 1):
            if not line.strip():
                if parts and self._complete(parts):
                    found.append(PoEntry(tuple(parts), obsolete, tuple(before), start, prefix))
                    before, parts = [], []
                if parts:
                    parts.append(Part("blank", (line,)))
                else:
                    before.append(line)
                continue
            marked = re.match(r"#~(?!\|)\s?", line)
            old = line.startswith("#~|")
            bare = line[marked.end() :] if marked else f"#{line[2:]}" if old else line
            kind, content = self._kind(number, bare, parts)
            if parts and self._complete(parts) and self._begins(kind, parts):
                found.append(PoEntry(tuple(parts), obsolete, tuple(before), start, prefix))
                before, parts = [], []
            if not parts:
                start, obsolete, prefix = number, False, "#~ "
            if kind[:1] != "#":
                begun = any(part.kind[0] != "#" and part.kind != "blank" for part in parts)
                if obsolete != bool(marked) and (obsolete or begun):
                    self._fail(number, "not a valid catalog: #~ marks a part of an entry only")
                if kind.startswith("msgstr") and not any(part.kind == "msgid" for part in parts):
                    self._fail(number, "not a valid catalog: a msgstr without its msgid")
            obsolete = obsolete or old or marked is not None
            if marked:
                prefix = marked[0]
            if kind == "" or (parts and parts[-1].kind == kind and kind[0] == "#"):
                parts[-1] = Part(parts[-1].kind, (*parts[-1].lines, content))
            else:
                parts.append(Part(kind, (content,)))
        if parts and self._complete(parts):
            found.append(PoEntry(tuple(parts), obsolete, tuple(before), start, prefix))
            return found, []
        if any(part.kind[0] != "#" and part.kind != "blank" for part in parts):
            self._fail(len(self.lines), "the last entry has no msgstr")
        return found, [*before, *(self.lines[start - 1 :] if parts else ())]

    def _kind(self, number: int, line: str, parts: list[Part]) -> tuple[str, str]:
        """Return the kind of a line, empty for a continued string, and its content."""
        if line.startswith("#"):
            return (line[:2] if line[1:2] in {".", ":", ",", "|", "="} else "#"), line
        if _MERGE_MARKERS.match(line):
            self._fail(
                number, "a merge conflict is not resolved", "keep one side and delete the markers"
            )
        match = _KEYWORD.match(line)
        strings = match[2] if match else line.strip()
        if not re.fullmatch(r'"(?:[^"\\]|\\.)*"', strings):
            self._fail(number, "not a valid catalog: a keyword or a string in quotes belongs here")
        if match:
            return match[1], line
        if not parts or parts[-1].kind[0] == "#" or parts[-1].kind == "blank":
            self._fail(number, "not a valid catalog: a string without its keyword")
        return "", line

    @staticmethod
    def _complete(parts: list[Part]) -> bool:
        return any(part.kind.startswith("msgstr") for part in parts)

    @staticmethod
    def _begins(kind: str, parts: list[Part]) -> bool:
        if kind.startswith("#") or kind == "msgctxt":
            return True
        return kind == "msgid" and any(part.kind == "msgid" for part in parts)

    def _fail(self, line: int, message: str, hint: str = "mend it in a text editor") -> None:
        raise ContentError([Problem(self.file, line, 1, message, hint)])
