"""What it takes to write into one part of the Word file: the body, a header or a footer.

``template`` opens a :class:`Story` for each part and hands it to everything that writes there.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from gapress.errors import ContentError, Problem
from gapress.writers.docx import TEMPLATE
from gapress.writers.docx.ooxml import new, remove, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.parts.story import StoryPart

    from gapress.document import Direction
    from gapress.theme import Theme
    from gapress.writers.docx.footnotes import Footnotes
    from gapress.writers.docx.ooxml import Element

_STEP = 340  # twentieths of a point by which a list in a list is indented
_CHARACTER = (
    "Dateline", "Quote Speaker", "Contact Label", "Emphasis", "Strong", "Strong Emphasis",
    "Hyperlink", "Hyperlink Emphasis", "Hyperlink Strong", "Hyperlink Strong Emphasis",
)  # fmt: skip
_PARAGRAPH = (
    "Notice Title", "heading 2", "heading 3", "Quote", "Quote Attribution", "Quote Note",
    "List Bullet", "List Number", "Section List Bullet", "Section List Number", "Table Title",
    "Table Heading", "Table Row Heading", "Table Text", "After Table", "Figure", "caption",
    "Credit", "Contact Name", "Contact Role", "Contact Last Detail",
)  # fmt: skip
_TABLE = ("Fact Table",)
_KINDS = {"paragraph": _PARAGRAPH, "character": _CHARACTER, "table": _TABLE}


def template_problem(
    message: str, hint: str, severity: Literal["error", "warning"] = "error"
) -> Problem:
    """Return a problem of the template, for its designer."""
    return Problem(f"templates/{TEMPLATE}", message=message, hint=hint, severity=severity)


def template_error(message: str, hint: str) -> ContentError:
    """Return the error for a designer whose template can't be used."""
    return ContentError([template_problem(message, hint)])


def missing_styles(sheet: Element | None) -> list[str]:
    """Return the styles that the writer needs and the template lacks."""
    found = {} if sheet is None else _ids(sheet)
    return [
        f"“{name}” ({kind})"
        for kind, names in _KINDS.items()
        for name in names
        if (kind, name.casefold()) not in found
    ]


def restore_names(sheet: Element) -> None:
    """Give styles back the names that LibreOffice changed; their ids still tell them.

    It takes “Strong Emphasis” for its own name of Word's “Strong”, and saves two styles of one
    name, which no designer can make in Word.
    """
    found, seen = _ids(sheet), set()
    by_id = {(kind, identifier(name)): name for kind, names in _KINDS.items() for name in names}
    for style in sheet.iterchildren(w("style")):
        name, kind = style.find(w("name")), style.get(w("type"), "")
        if name is None:
            continue
        key = kind, name.get(w("val"), "").casefold()
        meant = by_id.get((kind, style.get(w("styleId"), "")), "")
        if key in seen and meant and (kind, meant.casefold()) not in found:
            name.set(w("val"), meant)
        seen.add(key)


def identifier(name: str) -> str:
    """Return the id that Word makes of a style's name: ``heading 1`` becomes ``Heading1``."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


def _ids(sheet: Element) -> dict[tuple[str, str], str]:
    """Return the ids of styles by kind and name, in any case; a name as it is written wins."""
    wanted = {(kind, name) for kind, names in _KINDS.items() for name in names}
    found: dict[tuple[str, str], str] = {}
    for style in sheet.iterchildren(w("style")):
        element = style.find(w("name"))
        if element is None:
            continue
        kind, name = style.get(w("type"), ""), element.get(w("val"), "")
        key = kind, name.casefold()
        if key not in found or (kind, name) in wanted:
            found[key] = style.get(w("styleId"), "")
    return found


class Styles:
    """The ids of the template's styles by name (17.7.4): names stay as they are in every Word.

    Attributes:
        default: Id of the style of paragraphs that name none.
    """

    def __init__(self, styles: Element) -> None:
        self._sheet = styles
        self._ids = _ids(styles)
        self.default = ""
        for style in styles.iterchildren(w("style")):
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in {"1", "true"}:
                self.default = style.get(w("styleId"), "")

    def paragraph(self, name: str) -> str:
        """Return the id of a paragraph style."""
        return self._ids["paragraph", name.casefold()]

    def paragraph_or(self, name: str, other: str) -> str:
        """Return the id of a paragraph style; of another where an older template lacks it."""
        return self._ids.get(("paragraph", name.casefold())) or self.paragraph(other)

    def character(self, name: str) -> str:
        """Return the id of a character style."""
        return self._ids["character", name.casefold()]

    def added(
        self,
        kind: str,
        name: str,
        based_on: str,
        *properties: Element,
        shown: bool = True,
        is_custom: bool = False,
    ) -> str:
        """Return the id of a style that not every document needs, added where it is missing.

        Args:
            kind: ``paragraph`` or ``character``.
            name: Its name.
            based_on: Id of the style that it starts from; empty for none.
            properties: ``w:pPr`` and ``w:rPr`` of a style that is added.
            shown: Whether Word shows it among its quick styles.
            is_custom: Whether its name is none of Word's own.
        """
        key = kind, name.casefold()
        if key not in self._ids:
            taken = {style.get(w("styleId")) for style in self._sheet.iterchildren(w("style"))}
            identifier_ = identifier(name)
            while identifier_ in taken:
                identifier_ += "1"
            base = [new("basedOn", val=based_on)] if based_on else []
            looks = [new("uiPriority", val="99"), *([new("qFormat")] if shown else [])]
            style = new("style", new("name", val=name), *base, *looks, *properties, type=kind)
            style.set(w("styleId"), identifier_)
            if is_custom:
                style.set(w("customStyle"), "1")
            self._sheet.append(style)
            self._ids[key] = identifier_
        return self._ids[key]

    def second(self, name: str) -> str:
        """Return the id of the style of items in an item: ``List Bullet 2`` of ``List Bullet``."""
        based_on = self.paragraph(name)
        left = self._indent(based_on) + _STEP
        indent = new("ind", left=str(left), hanging=str(_STEP))
        return self.added("paragraph", f"{name} 2", based_on, new("pPr", indent))

    def last_attribution(self) -> str:
        """Return the id of the style of a speaker below whom a quotation ends.

        It leaves the room below that the style of notes leaves where there is one.
        """
        below = new("spacing", after="240")
        based_on = self.paragraph("Quote Attribution")
        name = "Quote Attribution Last"
        return self.added("paragraph", name, based_on, new("pPr", below), is_custom=True)

    def _indent(self, style_id: str) -> int:
        """Return how far a style indents its text."""
        while style_id:
            style = self._sheet.find(f"{w('style')}[@{w('styleId')}='{style_id}']")
            if style is None:
                break
            found = style.find(f"{w('pPr')}/{w('ind')}")
            left = None if found is None else found.get(w("left")) or found.get(w("start"))
            if left:
                return int(left)
            base = style.find(w("basedOn"))
            style_id = "" if base is None else base.get(w("val"), "")
        return 0

    def table(self, name: str) -> str:
        """Return the id of a table style."""
        return self._ids["table", name.casefold()]


class Numbering:
    """New numberings on the template's list styles: every list starts at its first number."""

    def __init__(self, numbering: Element | None, styles: Element) -> None:
        self._numbering = numbering
        self._styles = styles

    def restart(self, style_id: str, start: int = 1) -> str:
        """Return the id of a new numbering (17.9.15) that looks like that of a list style.

        Args:
            style_id: Id of the list style.
            start: The number of the first item.
        """
        instance = self._instance(style_id)
        if self._numbering is None or instance is None:
            return ""
        old = self._numbering.find(f"{w('num')}[@{w('numId')}='{instance}']/{w('abstractNumId')}")
        return "" if old is None else self._new(old.get(w("val"), ""), start)

    def levels(self, outer: str, inner: str, start: int = 1) -> str:
        """Return the id of a new numbering of two levels (17.9.1), each like that of a list style.

        Args:
            outer: Id of the list style of the first level.
            inner: Id of the list style of the second one, in which its text is indented once more.
            start: The number of the first item.
        """
        found = [self._level(style) for style in (outer, inner)]
        if self._numbering is None or found[0] is None or found[1] is None:
            return ""
        first, second = found[0], found[1]
        second.set(w("ilvl"), "1")
        text = second.find(w("lvlText"))
        if text is not None:
            text.set(w("val"), text.get(w("val"), "").replace("%1", "%2"))
        indents = [level.find(f"{w('pPr')}/{w('ind')}") for level in (first, second)]
        if indents[0] is not None and indents[1] is not None:
            left, hanging = (int(indents[0].get(w(k)) or 0) for k in ("left", "hanging"))
            indents[1].set(w("left"), str(left + (hanging or _STEP)))
        others = self._numbering.findall(w("abstractNum"))
        number = str(max(int(other.get(w("abstractNumId"), "0")) for other in others) + 1)
        kind = new("multiLevelType", val="multilevel")
        others[-1].addnext(new("abstractNum", kind, first, second, abstractNumId=number))
        return self._new(number, start)

    def _new(self, abstract: str, start: int) -> str:
        """Return the id of a new instance of a numbering."""
        assert self._numbering is not None  # noqa: S101 - who calls has looked
        taken = [int(num.get(w("numId"), "0")) for num in self._numbering.iterchildren(w("num"))]
        number = str(max(taken) + 1)
        override = new("lvlOverride", new("startOverride", val=str(start)), ilvl="0")
        element = new("num", new("abstractNumId", val=abstract), override)
        element.set(w("numId"), number)
        last = self._numbering.findall(w("num"))[-1]
        last.addnext(element)
        return number

    def _level(self, style_id: str) -> Element | None:
        """Return a copy of the first level of a style's numbering, which no style names."""
        instance = self._instance(style_id)
        if self._numbering is None or instance is None:
            return None
        old = self._numbering.find(f"{w('num')}[@{w('numId')}='{instance}']/{w('abstractNumId')}")
        if old is None:
            return None
        number = old.get(w("val"), "")
        level = self._numbering.find(
            f"{w('abstractNum')}[@{w('abstractNumId')}='{number}']/{w('lvl')}[@{w('ilvl')}='0']"
        )
        if level is None:
            return None
        copy = deepcopy(level)
        remove(copy, "pStyle")
        return copy

    def _instance(self, style_id: str) -> str | None:
        """Return the numbering of a style, or of the style that it is based on."""
        while style_id:
            style = self._styles.find(f"{w('style')}[@{w('styleId')}='{style_id}']")
            if style is None:
                return None
            num_id = style.find(f"{w('pPr')}/{w('numPr')}/{w('numId')}")
            if num_id is not None:
                return num_id.get(w("val"))
            base = style.find(w("basedOn"))
            style_id = "" if base is None else base.get(w("val"), "")
        return None


@dataclass(frozen=True)
class Story:
    """One part that is being written.

    Attributes:
        part: The body, a header or a footer; links and pictures are relationships of it.
        direction: The direction of the document.
        styles: The template's styles.
        numbering: Where lists get their numbering.
        shape_ids: Fresh ids for pictures; no two in the whole file are the same.
        footnotes: Where footnotes go.
        theme: The newsroom's theme.
        width: Width between the margins in EMU (1/914400 inch).
        height: Height between the margins in EMU.
        turned: Paragraphs that keep a direction of their own.
    """

    part: StoryPart
    direction: Direction
    styles: Styles
    numbering: Numbering
    shape_ids: Iterator[int]
    footnotes: Footnotes
    theme: Theme
    width: int
    height: int
    turned: list[Element] = field(default_factory=list)
