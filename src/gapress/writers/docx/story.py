"""What it takes to write into one part of the Word file: the body, a header or a footer.

``template`` opens a :class:`Story` for each part and hands it to everything that writes there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from gapress.errors import ContentError, Problem
from gapress.writers.docx import TEMPLATE
from gapress.writers.docx.ooxml import new, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.parts.story import StoryPart

    from gapress.document import Direction
    from gapress.theme import Theme
    from gapress.writers.docx.ooxml import Element

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

    def table(self, name: str) -> str:
        """Return the id of a table style."""
        return self._ids["table", name.casefold()]


class Numbering:
    """New numberings on the template's list styles: every list starts at its first number."""

    def __init__(self, numbering: Element | None, styles: Element) -> None:
        self._numbering = numbering
        self._styles = styles

    def restart(self, style_id: str) -> str:
        """Return the id of a new numbering (17.9.15) that looks like that of a list style."""
        instance = self._instance(style_id)
        if self._numbering is None or instance is None:
            return ""
        old = self._numbering.find(f"{w('num')}[@{w('numId')}='{instance}']/{w('abstractNumId')}")
        if old is None:
            return ""
        taken = [int(num.get(w("numId"), "0")) for num in self._numbering.iterchildren(w("num"))]
        number = str(max(taken) + 1)
        override = new("lvlOverride", new("startOverride", val="1"), ilvl="0")
        element = new("num", new("abstractNumId", val=old.get(w("val"), "")), override)
        element.set(w("numId"), number)
        last = self._numbering.findall(w("num"))[-1]
        last.addnext(element)
        return number

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
        theme: The newsroom's theme.
        width: Width between the margins in EMU (1/914400 inch).
        height: Height between the margins in EMU.
    """

    part: StoryPart
    direction: Direction
    styles: Styles
    numbering: Numbering
    shape_ids: Iterator[int]
    theme: Theme
    width: int
    height: int
