"""What the styles and the numbering of a Word file make of a paragraph or run.

Programs name the built-in styles in English (ECMA-376 Part 1, 17.7.4), whatever the language of
their menus; styles of one's own are told by what they are based on, and by their outline level.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapress.word.names import at, full, switch, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.word.package import Element

_HEADING = re.compile(r"heading ?([1-9])")
# Names of styles in Word, LibreOffice, pandoc and gapress's own Word files.
_KINDS = {
    "title": "title", "headline": "title", "subtitle": "subtitle", "subheadline": "subtitle",
    "summary": "summary", "abstract": "summary",
    "quote": "quote", "intense quote": "quote", "block text": "quote", "quotations": "quote",
    "block quote": "quote", "quotation": "quote", "quote attribution": "attribution",
    "caption": "caption", "table caption": "caption", "image caption": "caption",
    "illustration": "caption", "drawing": "caption", "figure caption": "caption",
}  # fmt: skip
_MAX_CHAIN = 30
_BODY_LEVEL = 9
_SIZE = 20  # half-points (17.3.2.38), where nothing says


@dataclass(frozen=True)
class Level:
    """A level of a list.

    Attributes:
        format: ``bullet``, ``decimal``, …
        text: How its label is written.
        start: Its first number.
        style: The paragraph style that is at this level.
    """

    format: str = "bullet"
    text: str = "•"
    start: int = 1
    style: str = ""


@dataclass(frozen=True)
class Place:
    """Where a paragraph is in a list.

    Attributes:
        list: The list that it belongs to.
        depth: Its level, from 0.
        level: What the level looks like.
        number: Its number; 0 where it has none.
    """

    list: str
    depth: int
    level: Level
    number: int

    @property
    def is_numbered(self) -> bool:
        """Whether it has a number or a letter, and not a bullet."""
        return self.level.format not in {"bullet", "none"}

    @property
    def is_continuation(self) -> bool:
        """Whether it has no mark at all: it goes on with the item before, as pandoc writes it."""
        return self.level.format == "none" or not self.level.text.strip()


@dataclass
class Sheet:
    """The styles and lists of a Word file.

    Args:
        styles: The root of the part with styles, if there is one.
        numbering: The root of the part with lists, if there is one.
    """

    styles: Element | None
    numbering: Element | None
    _styles: dict[str, Element] = field(default_factory=dict)
    _default: str = ""
    _defaults: Element | None = None
    _lists: dict[str, tuple[str, dict[int, Level], set[int]]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._defaults = at(self.styles, "w:docDefaults", "w:rPrDefault")
        for style in () if self.styles is None else self.styles.iter(full("w:style")):
            identifier = style.get(full("w:styleId"), "")
            self._styles.setdefault(identifier, style)
            is_default = style.get(full("w:default"), "0") in {"1", "true", "on"}
            if is_default and style.get(full("w:type")) == "paragraph":
                self._default = identifier
        self._read_lists()

    # --- styles ---

    def chain(self, identifier: str) -> Iterator[Element]:
        """Yield a style and those that it is based on."""
        seen: set[str] = set()
        while identifier in self._styles and identifier not in seen and len(seen) < _MAX_CHAIN:
            seen.add(identifier)
            style = self._styles[identifier]
            yield style
            identifier = value(style, "w:basedOn")

    def style_of(self, paragraph: Element) -> str:
        """Return the id of a paragraph's style."""
        given = value(paragraph, "w:pPr", "w:pStyle")
        return given if given in self._styles else self._default

    def names(self, identifier: str) -> list[str]:
        """Return the names of a style and of those that it is based on, in small letters."""
        return [value(style, "w:name").casefold().strip() for style in self.chain(identifier)]

    def kind(self, paragraph: Element) -> tuple[str, int]:
        """Return what a paragraph is (``title``, ``heading``, ``quote``, …), and a heading's level.

        Empty for what is none of them.
        """
        identifier = self.style_of(paragraph)
        names = self.names(identifier)
        if names and names[0].startswith(("toc ", "contents ")):
            return "contents", 0
        for given in names:
            if given in _KINDS:
                return _KINDS[given], 0
            if match := _HEADING.fullmatch(given):
                return "heading", int(match[1])
        levels = [value(paragraph, "w:pPr", "w:outlineLvl")]
        levels += [value(style, "w:pPr", "w:outlineLvl") for style in self.chain(identifier)]
        level = next((int(each) for each in levels if each.isdecimal()), _BODY_LEVEL)
        return ("heading", level + 1) if level < _BODY_LEVEL else ("", 0)

    def has(self, run: Element, paragraph: Element | None, *keys: str) -> bool:
        """Whether a run has a property, of its own or by its styles.

        Args:
            run: The run.
            paragraph: Its paragraph; none where the paragraph's style is not asked.
            keys: The property's names, of which any may be on.
        """
        holders = [run, *self.chain(value(run, "w:rPr", "w:rStyle"))]
        if paragraph is not None:
            holders += self.chain(self.style_of(paragraph))
        for holder in holders:
            said = [switch(holder, "w:rPr", key) for key in keys]
            if any(each is not None for each in said):
                return any(said)
        return False

    def size(self, run: Element, paragraph: Element) -> int:
        """Return the size of a run's letters in half-points."""
        holders = [
            run,
            *self.chain(value(run, "w:rPr", "w:rStyle")),
            *self.chain(self.style_of(paragraph)),
            self._defaults,
        ]
        for holder in holders:
            for key in ("w:sz", "w:szCs"):
                if (given := value(holder, "w:rPr", key)).isdecimal():
                    return int(given)
        return _SIZE

    def language(self, run: Element, *, is_rtl: bool) -> str:
        """Return the language that a run is marked with; empty where it has none."""
        key = "w:bidi" if is_rtl else "w:val"
        for holder in (run, self._defaults):
            if given := value(holder, "w:rPr", "w:lang", key=key):
                return given
        return ""

    # --- lists ---

    def _read_lists(self) -> None:
        if self.numbering is None:
            return
        abstract: dict[str, Element] = {}
        for each in self.numbering.iter(full("w:abstractNum")):
            abstract.setdefault(each.get(full("w:abstractNumId"), ""), each)
        for num in self.numbering.iter(full("w:num")):
            identifier = value(num, "w:abstractNumId")
            found = abstract.get(identifier)
            if link := value(found, "w:numStyleLink"):  # 17.9.21
                other = value(self._styles.get(link), "w:pPr", "w:numPr", "w:numId")
                target = self.numbering.find(f"{full('w:num')}[@{full('w:numId')}='{other}']") \
                    if other.isdecimal() else None  # fmt: skip
                identifier = value(target, "w:abstractNumId") or identifier
                found = abstract.get(identifier, found)
            levels = _levels(found)
            restarted: set[int] = set()
            for override in num.iter(full("w:lvlOverride")):
                depth = _whole(override.get(full("w:ilvl"), ""), 0)
                levels |= _levels(override)
                if start := value(override, "w:startOverride"):
                    old = levels.get(depth, Level())
                    levels[depth] = Level(old.format, old.text, _whole(start, 1), old.style)
                    restarted.add(depth)
            self._lists.setdefault(num.get(full("w:numId"), ""), (identifier, levels, restarted))

    def place(self, paragraph: Element) -> Place | None:
        """Return where a paragraph is in a list, and count it; none where it is in none."""
        own = at(paragraph, "w:pPr", "w:numPr")
        styles = list(self.chain(self.style_of(paragraph)))
        inherited = [at(style, "w:pPr", "w:numPr") for style in styles]
        holders = [holder for holder in (own, *inherited) if holder is not None]
        list_id = next((v for h in holders if (v := value(h, "w:numId"))), "")
        if list_id in {"", "0"} or list_id not in self._lists:
            return None
        base, levels, restarted = self._lists[list_id]
        given = next((v for h in holders if (v := value(h, "w:ilvl"))), "")
        names = {style.get(full("w:styleId"), "") for style in styles}
        by_style = next((d for d, level in levels.items() if level.style in names - {""}), 0)
        depth = min(_whole(given, by_style), 8)
        level = levels.get(depth, Level())
        found = Place(list_id, depth, level, 0)
        if not found.is_numbered or found.is_continuation:
            return found
        counts = self._counts.setdefault(base, {})
        if depth in restarted and (list_id, depth) not in self._begun:
            counts.pop(depth, None)
        self._begun.add((list_id, depth))
        counts[depth] = counts[depth] + 1 if depth in counts else level.start
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        return Place(list_id, depth, level, counts[depth])


def _levels(holder: Element | None) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for level in () if holder is None else holder.findall(full("w:lvl")):
        text = at(level, "w:lvlText")
        found[_whole(level.get(full("w:ilvl"), ""), 0)] = Level(
            value(level, "w:numFmt") or "decimal",
            "•" if text is None or at(level, "w:lvlPicBulletId") is not None
            else text.get(full("w:val"), ""),
            _whole(value(level, "w:start"), 1),
            value(level, "w:pStyle"),
        )  # fmt: skip
    return found


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else default
