"""Writes runs as a text of a release: emphasis, links, footnotes; what is no markup is escaped."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING
from urllib.parse import quote

from gapress.release.fields import MAX_TEXT, problem_with_characters, problem_with_url
from gapress.release.markup import scan
from gapress.word.story import NoteMark, Span, cut, plain, stripped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from gapress.word.story import Piece

_MARKUP = re.compile(r"([\\*\[])")
_IN_LINK = re.compile(r"([\\*\[\]])")
# Directional embeddings, overrides and isolates (UAX #9): gapress isolates by itself.
_DIRECTIONAL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACES = re.compile(r"[ \t\r\n\v\f\u0085\u2028\u2029]+")
_SOFT = str.maketrans(dict.fromkeys((0xAD, 0xFEFF)))
_SENTENCE = re.compile(r"(?<=[.!?؟…])[”»\")]*\s+")
_ROOM = 1_000  # for markup, in a text that is split


class Writer:
    """Writes texts, and says what was lost on the way.

    Args:
        tell: Is called with where and what.
    """

    def __init__(self, tell: Callable[[str, str], None]) -> None:
        self._tell = tell

    def text(self, pieces: Iterable[Piece], where: str, *, notes: bool = True) -> str:
        """Return runs as one text of a release.

        Args:
            pieces: The runs; pictures among them are left out.
            where: Where they stand in the Word file.
            notes: Whether the text may refer to footnotes.
        """
        listed = tuple(pieces)
        written = self._text(listed, where, notes=notes)
        if len(written) <= MAX_TEXT:
            return written
        first, *others = _split(listed)
        rest = " ".join(" ".join(plain(other).split()) for other in others)
        self._tell(where, f"is too long for one text; the rest is left out: “{rest}”")
        return self._text(first, where, notes=notes)

    def _text(self, pieces: Iterable[Piece], where: str, *, notes: bool = True) -> str:
        clean = self._clean(pieces, where)
        if not notes:
            for mark in (piece for piece in clean if isinstance(piece, NoteMark)):
                self._tell(where, f"footnote {mark.name} can't stand here, and is not referred to")
            clean = [piece for piece in clean if isinstance(piece, Span)]
        written = _written(clean)
        if _is_as_meant(written, clean):
            return written
        tight = [part for piece in clean for part in _tightened(piece)]
        written = _written(tight)
        if _is_as_meant(written, tight):
            return written
        self._tell(where, "its bold and italics are left out, as markup can't show them there")
        bare = [replace(p, bold=False, italic=False) if isinstance(p, Span) else p for p in clean]
        written = _written(bare)
        if _is_as_meant(written, bare):
            return written
        for href in dict.fromkeys(p.href for p in bare if isinstance(p, Span) and p.href):
            self._tell(where, f"a link is left out, which leads to {href}")
        return _written([replace(p, href="") if isinstance(p, Span) else p for p in bare])

    def texts(self, pieces: Sequence[Piece], where: str) -> list[str]:
        """Return runs as texts of a release: one, or several if it would be too long."""
        if len(plain(pieces)) <= MAX_TEXT - _ROOM:
            written = self._text(pieces, where)
            if len(written) <= MAX_TEXT:
                return [written] if written else []
        self._tell(where, "is too long for one text; it is split")
        return [t for part in _split(tuple(pieces)) if (t := self.text(part, where))]

    def _clean(self, pieces: Iterable[Piece], where: str) -> list[Piece]:
        """Return runs with characters and addresses that a release may have, spaces outside."""
        found: list[Piece] = []
        for piece in pieces:
            if isinstance(piece, NoteMark):
                found.append(piece)
            if not isinstance(piece, Span):
                continue
            text = _DIRECTIONAL.sub("", _SPACES.sub(" ", piece.text)).translate(_SOFT)
            lost = [c for c in dict.fromkeys(text) if problem_with_characters(c)]
            for character in lost:
                text = text.replace(character, "")
                self._tell(where, f"the character U+{ord(character):04X} is left out, which no "
                                  "text may have")  # fmt: skip
            span = replace(piece, text=text, href=self._address(piece.href, where))
            if not (span.bold or span.italic or span.href):
                found.append(span)
                continue
            start, end = len(text) - len(text.lstrip()), len(text.rstrip())
            if not text.strip():
                found.append(Span(text))
                continue
            outer = (Span(text[:start]), replace(span, text=text[start:end]), Span(text[end:]))
            found += [each for each in outer if each.text]
        return _joined(_one_space(_joined(found)))

    def _address(self, href: str, where: str) -> str:
        href = href.strip()
        if not href or href.startswith("#"):
            return ""
        address = quote(href, safe="%/:=&?~#+!$,;'@()*[]") if not href.isascii() or re.search(
            r'[\s<>"{}|\\^`]', href) else href  # fmt: skip
        if address.count("(") != address.count(")") or ")(" in address:
            address = address.replace("(", "%28").replace(")", "%29")
        reason = problem_with_url(address)
        if re.search("%7[bd]", address, re.IGNORECASE):
            reason = "has a brace, which no link of a release may have"
        if reason:
            self._tell(where, f"the link {href} {reason.partition(';')[0]}; its words stay")
            return ""
        return address


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return runs with those that look alike put together; a space takes the look around it."""
    found: list[Piece] = []
    listed = list(pieces)
    for index, piece in enumerate(listed):
        last = found[-1] if found else None
        after = listed[index + 1] if index + 1 < len(listed) else None
        if isinstance(piece, Span) and not piece.text.strip() and isinstance(last, Span):
            same = isinstance(after, Span) and _look(after) == _look(last)
            piece = replace(last, text=piece.text) if same else piece
        if isinstance(piece, Span) and isinstance(last, Span) and _look(last) == _look(piece):
            found[-1] = replace(last, text=last.text + piece.text)
        else:
            found.append(piece)
    return found


def _look(span: Span) -> tuple[bool, bool, str]:
    return span.bold, span.italic, span.href


def _one_space(pieces: list[Piece]) -> list[Piece]:
    """Return runs without double spaces across them, nor any at the ends."""
    found: list[Piece] = []
    before = " "
    for piece in pieces:
        if isinstance(piece, Span):
            text = piece.text.lstrip(" ") if before == " " else piece.text
            text = re.sub(" +", " ", text)
            if text:
                found.append(replace(piece, text=text))
                before = text[-1]
        else:
            found.append(piece)
            before = ""
    return list(stripped(found))


def _written(pieces: Sequence[Piece]) -> str:
    """Return runs as markup: links outside, bold in them, italics in that, footnotes by name."""
    parts: list[str] = []
    for href, linked in groupby(pieces, lambda p: p.href if isinstance(p, Span) else None):
        if href is None:
            parts += [f"[^{p.name}]" for p in linked if isinstance(p, NoteMark)]
            continue
        escape = _IN_LINK if href else _MARKUP
        inner = _strong([p for p in linked if isinstance(p, Span)], escape)
        parts.append(f"[{inner}]({href})" if href else inner)
    return "".join(parts)


def _strong(spans: Sequence[Span], escape: re.Pattern[str]) -> str:
    parts = []
    for bold, group in groupby(spans, lambda span: span.bold):
        inner = "".join(
            f"*{_escaped(span.text, escape)}*" if span.italic else _escaped(span.text, escape)
            for span in group
        )
        parts.append(f"**{inner}**" if bold else inner)
    return "".join(parts)


def _escaped(text: str, escape: re.Pattern[str]) -> str:
    return escape.sub(r"\\\1", text).replace("{", "{{").replace("}", "}}")


def _tightened(piece: Piece) -> list[Piece]:
    """Return a run with the punctuation at its ends outside its emphasis, where none could begin.

    CommonMark 0.31, 6.2: a mark between a letter and punctuation opens and closes nothing.
    """
    if not isinstance(piece, Span) or not (piece.bold or piece.italic):
        return [piece]
    match = re.fullmatch(r"(\W*)(.*?)(\W*)", piece.text, re.DOTALL)
    if match is None or not match[2]:
        return [replace(piece, bold=False, italic=False)]
    bare = replace(piece, bold=False, italic=False)
    outer = (replace(bare, text=match[1]), replace(piece, text=match[2]),
             replace(bare, text=match[3]))  # fmt: skip
    return [each for each in outer if each.text]


def _is_as_meant(written: str, pieces: Sequence[Piece]) -> bool:
    """Whether gapress reads a text as the runs that it was written from."""
    found, reasons = scan(written)
    if reasons:
        return False
    read: list[tuple[str, bool, bool, bool]] = []
    open_: list[str] = []
    for token in found:
        match token.kind:
            case "end":
                open_.pop()
            case "emphasis" | "strong" | "link":
                open_.append(token.kind)
            case "text":
                state = ("strong" in open_, "emphasis" in open_, "link" in open_)
                read += [(character, *state) for character in token.value]
            case "footnote":
                read.append((f"[^{token.value}]", False, False, False))
            case "placeholder":
                return False
    meant: list[tuple[str, bool, bool, bool]] = []
    for piece in pieces:
        if isinstance(piece, Span):
            state = (piece.bold, piece.italic, bool(piece.href))
            meant += [(character, *state) for character in piece.text]
        elif isinstance(piece, NoteMark):
            meant.append((f"[^{piece.name}]", False, False, False))
    return read == meant


def _split(pieces: tuple[Piece, ...]) -> list[tuple[Piece, ...]]:
    """Return runs in parts that are short enough each, split between sentences where it can be."""
    text = plain(pieces)
    most, parts, start = (MAX_TEXT - _ROOM) // 2, [], 0
    while len(text) - start > most:
        ends = [m.end() for m in _SENTENCE.finditer(text, start, start + most)]
        space = text.rfind(" ", start + 1, start + most)
        end = ends[-1] if ends else space if space > start else start + most
        parts.append(cut(pieces, start, end))
        start = end
    return [*parts, cut(pieces, start)]
