"""Reads and writes PO files (GNU gettext manual, "The Format of PO Files") losing nothing.

A file is a list of entries that keep their own lines, each with its own line end: what is not
changed is written back byte for byte, with its wrapping, order, byte order mark and encoding; what
is changed is written again part by part.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from gapress.catalogs.wrapping import quoted_lines, unquoted
from gapress.errors import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MERGE_MARKERS = re.compile(r"^(<{7}|={7}|>{7})( |$)")
# A line end is \n, \r\n, what a second conversion makes of that (\r\r\n), or an old Mac's \r. A
# lone \r inside a comment or a string is none, as for gettext.
_LINE = re.compile(r"[^\n]*?(?:\r*\n|\r(?=[ \t]*(?:[#\"\r]|msg|\Z))|\Z)", re.DOTALL)
_STRING = r'"(?:[^"\\]|\\.)*"'
_STRINGS = re.compile(_STRING, re.DOTALL)
_KEYWORD = re.compile(
    rf"\s*(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)(?![\w\[])\s*((?:{_STRING}\s*)*)",
    re.DOTALL,
)
_CONTINUED = re.compile(rf"\s*(?:{_STRING}\s*)+", re.DOTALL)
_OBSOLETE = re.compile(r"#~(?!\|)[ \t]?")
# In the header alone: a text may speak of a charset, too.
_CHARSET = re.compile(
    rb'^msgid\s+""\s*\nmsgstr\s(?:[^\n]*\n")*?[^\n]*?charset=([A-Za-z0-9_.:-]+)', re.MULTILINE
)
# Codecs of Python that are no character sets: not every text goes in, or comes back as it was.
_NO_CHARSETS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
_ENDS = {"\n", "\r"}
# Comments that an obsolete entry has without its mark.
_COMMENTS = {"#", "#.", "#:", "#,", "#=", "blank"}
_ORDER = ("#", "#.", "#:", "#,", "#|", "msgctxt", "msgid", "msgid_plural", "msgstr")


@dataclass(frozen=True)
class Part:
    """A comment of one kind, or one keyword with its strings.

    Attributes:
        kind: ``#``, ``#.``, ``#,``, ``msgid``, ``msgstr[0]``; ``blank`` for an empty line inside.
        lines: The lines as they are in the file, each with its line end; a line without one
            gets the file's own. Those of an obsolete entry begin with ``#~``.
    """

    kind: str
    lines: tuple[str, ...]

    def text(self) -> str:
        """Return the string of a keyword part."""
        return strings(map(_bare, self.lines))

    def marked(self) -> Part:
        """Return the part as an obsolete entry has it."""
        if self.kind in _COMMENTS:
            return self
        if self.kind == "#|":
            return replace(self, lines=tuple(f"#~{line[1:]}" for line in self.lines))
        return replace(self, lines=tuple(f"#~ {line}" for line in self.lines))

    def unmarked(self) -> Part:
        """Return the part as a live entry has it."""
        return replace(self, lines=tuple(map(_bare, self.lines)))


def strings(lines: Iterable[str]) -> str:
    """Return what the strings in quotes of some lines say together."""
    return unquoted("".join(quoted[1:-1] for line in lines for quoted in _STRINGS.findall(line)))


def _bare(line: str) -> str:
    """Return a line without the mark of an obsolete entry."""
    if line.startswith("#~|"):
        return f"#{line[2:]}"
    return _OBSOLETE.sub("", line, count=1) if line.startswith("#~") else line


def _end(line: str) -> str:
    """Return the line end of a line; empty where it has none."""
    return line[len(line.rstrip("\r\n")) :]


@dataclass(frozen=True)
class PoEntry:
    """One entry of a PO file.

    Attributes:
        parts: Its comments and keywords, in the file's order.
        obsolete: Whether its lines begin with ``#~``.
        before: The lines between the entry above and this one.
        line: Its first line in the file, from 1; 0 for a new entry.
    """

    parts: tuple[Part, ...]
    obsolete: bool = False
    before: tuple[str, ...] = ("",)
    line: int = field(default=0, compare=False)

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
        found: dict[str, list[str]] = {"msgctxt": [], "msgid": []}
        name = "msgid"
        for part in self.parts:
            for line in map(_bare, part.lines if part.kind == "#|" else ()):
                text = line.removeprefix("#|").strip()
                if match := _KEYWORD.match(text):
                    name = match[1]
                found.setdefault(name, []).append(text)
        return strings(found["msgctxt"]), strings(found["msgid"])

    def comment(self, kind: str) -> list[str]:
        """Return the lines of a comment without their marks."""
        return [
            _bare(line).lstrip().rstrip("\r\n")[len(kind) :].removeprefix(" ")
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
        old = (_bare(line) for p in self.parts if p.kind == kind for line in p.lines)
        if [line.rstrip("\r\n") for line in old] == list(new):
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

    def as_obsolete(self) -> PoEntry:
        """Return the entry as one that no source has any more."""
        if self.obsolete:
            return self
        return replace(self, parts=tuple(part.marked() for part in self.parts), obsolete=True)

    def without_obsolete(self) -> PoEntry:
        """Return the entry alive again."""
        return replace(self, parts=tuple(part.unmarked() for part in self.parts), obsolete=False)

    def _with(self, kind: str, new: Part | None) -> PoEntry:
        kept = [part for part in self.parts if part.kind != kind]
        if new:
            # The entry's own line end: in a file with both, its lines stay alike.
            end = _end(self.parts[0].lines[0]) if self.parts else ""
            new = replace(new, lines=tuple(f"{line}{end}" for line in new.lines))
            new = new.marked() if self.obsolete else new
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
            yield from part.lines


def new_entry(context: str, source: str, width: int, translation: str = "") -> PoEntry:
    """Return a new entry; without a translation, one that waits for it."""
    parts = [Part("msgctxt", quoted_lines("msgctxt", context, width))] if context else []
    parts.append(Part("msgid", quoted_lines("msgid", source, width)))
    parts.append(Part("msgstr", quoted_lines("msgstr", translation, width)))
    return PoEntry(tuple(parts))


@dataclass(frozen=True)
class PoFile:
    """A PO file: entries, and how its text is stored.

    Attributes:
        entries: The header and the messages, in the file's order.
        tail: The lines after the last entry.
        newline: The line end of most lines, and of new ones.
        encoding: The character set that the header names.
        bom: Whether it begins with a byte order mark.
        ended: Whether its last line has a line end.
    """

    entries: tuple[PoEntry, ...]
    tail: tuple[str, ...] = ()
    newline: str = "\n"
    encoding: str = "utf-8"
    bom: bool = False
    ended: bool = True

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
                    lengths = [len(_bare(line).rstrip("\r\n")) for line in part.lines]
                    longest = max(longest, *lengths[1:], 0)
                    single = max(single, lengths[0] if len(lengths) == 1 else 0)
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
        text = "".join(line if line[-1:] in _ENDS else f"{line}{self.newline}" for line in lines)
        if not self.ended:
            text = text[: len(text) - len(_end(text))]
        data = text.encode(self.encoding)
        return (b"\xef\xbb\xbf" if self.bom else b"") + data


def parse_po(raw: bytes, file: str) -> PoFile:
    """Return a PO file's entries.

    Raises:
        ContentError: Merge-conflict markers, an unknown encoding, or broken syntax, with the line.
    """
    bom = raw.startswith(b"\xef\xbb\xbf")
    data = raw.removeprefix(b"\xef\xbb\xbf")
    charset = _CHARSET.search(re.sub(rb"\r+\n?", b"\n", data))
    encoding = charset[1].decode("ascii") if charset and charset[1] != b"CHARSET" else "utf-8"
    try:
        # Not every codec of Python is a character set, or gives back what it has read.
        if codecs.lookup(encoding).name in _NO_CHARSETS:
            raise LookupError
        text = data.decode(encoding)
        if text.encode(encoding) != data:
            raise LookupError
    except (UnicodeError, LookupError):
        message = f"not in the encoding that its header declares ({encoding})"
        raise ContentError([Problem(file, 0, 0, message, "save it as UTF-8")]) from None
    lines = [line for line in _LINE.findall(text) if line]
    entries, tail = _Parser(file, lines).entries()
    _refuse_duplicates(entries, file)
    ends = Counter(end for line in lines if (end := _end(line)))
    newline = ends.most_common(1)[0][0] if ends else "\n"
    ended = not lines or bool(_end(lines[-1]))
    return PoFile(tuple(entries), tuple(tail), newline, encoding, bom, ended)


def _refuse_duplicates(entries: Iterable[PoEntry], file: str) -> None:
    first: dict[tuple[str, str], int] = {}
    problems = []
    for entry in entries:
        if not entry.obsolete and first.setdefault(entry.key, entry.line) != entry.line:
            other = f"the first is on line {first[entry.key]}"
            message = f"the message {entry.key[1][:60]!r} is there twice; {other}"
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
        start, obsolete = 0, False
        for number, line in enumerate(self.lines, 1):
            if not line.strip():
                if parts and self._complete(parts):
                    found.append(PoEntry(tuple(parts), obsolete, tuple(before), start))
                    before, parts = [], []
                if parts:
                    parts.append(Part("blank", (line,)))
                else:
                    before.append(line)
                continue
            marked = _OBSOLETE.match(line) is not None
            old = line.startswith("#~|")
            kind = self._kind(number, _bare(line), parts)
            if parts and self._complete(parts) and self._begins(kind, parts):
                found.append(PoEntry(tuple(parts), obsolete, tuple(before), start))
                before, parts = [], []
            if not parts:
                start, obsolete = number, False
            if kind[:1] != "#":
                begun = any(part.kind[0] != "#" and part.kind != "blank" for part in parts)
                if obsolete != marked and (obsolete or begun):
                    self._fail(number, "not a valid catalog: #~ marks a part of an entry only")
                if kind.startswith("msgstr") and not any(part.kind == "msgid" for part in parts):
                    self._fail(number, "not a valid catalog: a msgstr without its msgid")
            obsolete = obsolete or old or marked
            if kind == "" or (parts and parts[-1].kind == kind and kind[0] == "#"):
                parts[-1] = Part(parts[-1].kind, (*parts[-1].lines, line))
            else:
                parts.append(Part(kind, (line,)))
        if parts and self._complete(parts):
            found.append(PoEntry(tuple(parts), obsolete, tuple(before), start))
            return found, []
        if any(part.kind[0] != "#" and part.kind != "blank" for part in parts):
            self._fail(len(self.lines), "the last entry has no msgstr")
        return found, [*before, *(self.lines[start - 1 :] if parts else ())]

    def _kind(self, number: int, line: str, parts: list[Part]) -> str:
        """Return the kind of a line; empty for a continued string."""
        if line.lstrip().startswith("#"):
            line = line.lstrip()
            return line[:2] if line[1:2] in {".", ":", ",", "|", "="} else "#"
        if _MERGE_MARKERS.match(line):
            self._fail(
                number, "a merge conflict is not resolved", "keep one side and delete the markers"
            )
        if match := _KEYWORD.fullmatch(line):
            return match[1]
        if not line.strip() or not _CONTINUED.fullmatch(line):
            self._fail(number, "not a valid catalog: a keyword or a string in quotes belongs here")
        if not parts or parts[-1].kind[0] == "#" or parts[-1].kind == "blank":
            self._fail(number, "not a valid catalog: a string without its keyword")
        return ""

    @staticmethod
    def _complete(parts: list[Part]) -> bool:
        return any(part.kind.startswith("msgstr") for part in parts)

    @staticmethod
    def _begins(kind: str, parts: list[Part]) -> bool:
        if kind.startswith("#") or kind == "msgctxt":
            return True
        return kind == "msgid" and any(part.kind == "msgid" for part in parts)

    def _fail(self, line: int, message: str, hint: str = "fix it in a text editor") -> None:
        raise ContentError([Problem(self.file, line, 1, message, hint)])
