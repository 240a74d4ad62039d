"""Finds quotations in a Word file, with who said them: “words”, then — Name, title."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gapress.word.pictures import slug_of_words
from gapress.word.story import Paragraph, cut, lines, plain, stripped, without_bold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapress.word.body import Body
    from gapress.word.story import Item, Piece

_DASH = re.compile(r"\s*(?:[—–―]|--|-(?=\s))\s*")
_MARKS = {"“": "”", "«": "»", "„": "“”", "‹": "›", '"': '"', "‟": "”", "”": "”", "»": "«"}
_NAME = 80
_TITLE = 300


class Quotes:
    """The quotations of a release that is begun.

    Attributes:
        people: Who speaks, by key.
    """

    def __init__(self, body: Body, language: str) -> None:
        self._body = body
        self._language = language
        self.people: dict[str, dict[str, str]] = {}

    def take(self, items: Sequence[Item]) -> int:
        """Add the quotation that some items begin with; return how many of them it took, or 0."""
        said: list[tuple[tuple[Piece, ...], str]] = []
        first, speaker, taken = items[0], None, 0
        assert isinstance(first, Paragraph)  # noqa: S101 - the caller looked
        is_styled = first.kind == "quote"
        if not is_styled and not self._is_all_quoted(first):
            return 0
        for item in items:
            if not isinstance(item, Paragraph) or item.shots:
                break
            if said and (found := _attribution(stripped(item.pieces), item)):
                speaker, taken = found, taken + 1
                break
            if said and (not is_styled or item.kind != "quote"):
                break
            split = lines(item.pieces)
            if len(split) > 1 and (found := _attribution(split[-1], None)):
                said += [(line, item.where) for line in split[:-1]]
                speaker, taken = found, taken + 1
                break
            said.append((stripped(item.pieces), item.where))
            taken += 1
        words = _without_marks([pieces for pieces, _ in said])
        if speaker is None or words is None:
            if is_styled:
                why = "no line “— Name, title” follows" if speaker is None else "it has more in it"
                self._body.story.tell(first.where, f"looks like a quotation, but {why}; it is a "
                                                   "paragraph now")  # fmt: skip
                for pieces, where in said:
                    texts = self._body.texts(pieces, where)
                    self._body.blocks += [{"paragraph": text} for text in texts]
                if speaker is not None:
                    self._body.blocks.append({"paragraph": self._line(speaker, first.where)})
                return taken
            return 0
        texts = [
            text
            for pieces, (_, where) in zip(words, said, strict=True)
            for text in self._body.texts(pieces, where)
        ]
        block: dict[str, Any] = {"quote": texts[0] if len(texts) == 1 else texts}
        block |= self._speaker(speaker, first.where)
        self._body.blocks.append(block | {"on_record": self._language})
        return taken

    def _line(self, speaker: tuple[tuple[Piece, ...], tuple[Piece, ...]], where: str) -> str:
        name, title = (self._body.write.text(part, where) for part in speaker)
        return f"— {name}, {title}" if title else f"— {name}"

    def _is_all_quoted(self, item: Paragraph) -> bool:
        if item.kind or item.place is not None:
            return False
        split = lines(item.pieces)
        pieces = split[:-1] if len(split) > 1 and _attribution(split[-1], None) else [item.pieces]
        return _marks(" ".join(plain(each).strip() for each in pieces)) is not None

    def _speaker(
        self, speaker: tuple[tuple[Piece, ...], tuple[Piece, ...]], where: str
    ) -> dict[str, str]:
        name, title = (
            self._body.write.text(without_bold(part), where, notes=False) for part in speaker
        )
        for key, known in self.people.items():
            if known["name"] == name:
                if title and known.get("title", "") != title:
                    return {"speaker": key, "title": title}
                return {"speaker": key}
        last = slug_of_words(plain(speaker[0]).split()[-1]).replace("-", "_")
        key = last if re.fullmatch(r"[a-z][a-z0-9_]*", last) else f"speaker_{len(self.people) + 1}"
        while key in self.people:
            key += "_2"
        self.people[key] = {"name": name} | ({"title": title} if title else {})
        return {"speaker": key}


def _attribution(
    pieces: tuple[Piece, ...], item: Paragraph | None
) -> tuple[tuple[Piece, ...], tuple[Piece, ...]] | None:
    """Return name and title of who speaks, if that is what a line says."""
    text = plain(pieces)
    dash = _DASH.match(text)
    is_styled = item is not None and item.kind == "attribution"
    if dash is None and not is_styled:
        return None
    start = dash.end() if dash else 0
    rest = text[start:]
    split = re.search(r"\s*(?:\n|[,،])\s*", rest)
    name_end, title_start = split.span() if split else (len(rest), len(rest))
    name, title = rest[:name_end].strip(), rest[title_start:].strip()
    if not name or len(name) > _NAME or len(title) > _TITLE:
        return None
    if not is_styled and (len(name.split()) > 7 or re.search(r"[.!?:;]\s", name)):
        return None
    return (
        stripped(cut(pieces, start, start + name_end)),
        stripped(cut(pieces, start + title_start)),
    )


def _marks(text: str) -> tuple[int, int] | None:
    """Return where the words of a text that is all in quotation marks begin and end."""
    text = text.rstrip()
    lead = len(text) - len(text.lstrip())
    if len(text) - lead < 3 or text[lead] not in _MARKS:
        return None
    closing = _MARKS[text[lead]]
    stop = 1 if text[-1] in ".," and text[-2] in closing else 0
    if text[-1 - stop] not in closing:
        return None
    inside = text[lead + 1 : -1 - stop]
    if any(mark in inside for mark in closing):  # “Yes”, she said, “now”
        return None
    return lead + 1, len(text) - 1 - stop


def _without_marks(said: list[tuple[Piece, ...]]) -> list[tuple[Piece, ...]] | None:
    """Return the paragraphs of a quotation without its marks; none where they are elsewhere."""
    if not said:
        return None
    texts = [plain(pieces) for pieces in said]
    marked = [bool(text.strip()) and text.strip()[0] in _MARKS for text in texts]
    if not any(marked):
        has_inner = any(mark in texts[-1][-2:] for mark in "”»")
        return None if has_inner and not any(m in texts[-1][:-2] for m in "“«") else said
    if len(said) == 1:
        found = _marks(texts[0])
        return None if found is None else [_between(said[0], texts[0], *found)]
    if not all(marked) and not marked[0]:
        return said
    closing = _MARKS[texts[0].strip()[0]]
    if texts[-1].rstrip()[-1:] not in closing:
        return None
    bare = []
    for number, (pieces, text) in enumerate(zip(said, texts, strict=True)):
        lead = len(text) - len(text.lstrip())
        start = lead + 1 if marked[number] else 0
        last = len(text.rstrip())
        closes = number == len(said) - 1 or (marked[number] and text[last - 1] in closing)
        bare.append(stripped(cut(pieces, start, last - 1 if closes else last)))
    return bare if all(plain(pieces).strip() for pieces in bare) else None


def _between(pieces: tuple[Piece, ...], text: str, start: int, end: int) -> tuple[Piece, ...]:
    """Return the words between two marks, with a full stop that stands behind the last one."""
    after = cut(pieces, end + 1, len(text.rstrip())) if len(text.rstrip()) > end + 1 else ()
    return stripped((*stripped(cut(pieces, start, end)), *after))
