"""Fill the placeholders of the Word template, in the body, the headers and the footers.

A placeholder is ``{{ name }}``, typed in Word anywhere in a paragraph. Text between two
placeholders of a paragraph, such as " · ", is shown only between two parts that are not empty;
a paragraph whose parts are all empty is left out.
"""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

from gapress.document import Text, plain
from gapress.writers.docx import letterhead
from gapress.writers.docx.inlines import add_inlines
from gapress.writers.docx.ooxml import drop, stories, w
from gapress.writers.docx.parts import BLOCK_PARTS, LOGO, inline_parts
from gapress.writers.docx.story import Numbering, Story, Styles, template_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument

    from gapress.document import Document, Inlines
    from gapress.theme import Theme
    from gapress.writers.docx.ooxml import Element

_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_BREAKS = {w("tab"): "\t", w("br"): "\n", w("noBreakHyphen"): "-"}
_TEXT = {w("t"), w("lastRenderedPageBreak"), *_BREAKS}


def fill(word: WordDocument, document: Document, theme: Theme) -> None:
    """Replace every placeholder.

    Raises:
        ContentError: A style is missing, or a placeholder is unknown or in the wrong place.
    """
    inlines = inline_parts(document)
    for story in _open(word, document, theme):
        # Listed first, as the loop takes paragraphs away and adds others.
        for element in list(story.part.element.iter(w("p"))):
            pieces = _pieces(element)
            words = "".join(text for text, _ in pieces)
            names = _PLACEHOLDER.findall(words)
            _check(names, words, inlines)
            if names == [LOGO]:
                letterhead.put_logo(story, element, plain(document.organisation.name))
            elif names and names[0] in BLOCK_PARTS:
                for new_element in BLOCK_PARTS[names[0]](story, document, _style(story, element)):
                    element.addprevious(new_element)
                drop(element)
            elif names:
                _fill_paragraph(story, element, pieces, inlines)


def _open(word: WordDocument, document: Document, theme: Theme) -> Iterator[Story]:
    parts = list(stories(word))
    ids = [int(e.get("id", "0")) for part in parts for e in part.element.iter(_DOCPR)]
    shape_ids = count(max(ids, default=0) + 1)
    sheet = word.styles.element
    styles = Styles(sheet)
    numbering = Numbering(_numbering(word), sheet)
    section = word.sections[-1]
    margins = [
        int(side or 0)
        for side in (section.left_margin, section.right_margin, section.top_margin,
                     section.bottom_margin)
    ]  # fmt: skip
    width = int(section.page_width or 0) - margins[0] - margins[1]
    height = int(section.page_height or 0) - margins[2] - margins[3]
    direction = document.language.direction
    for part in parts:
        yield Story(part, direction, styles, numbering, shape_ids, theme, width, height)


def _numbering(word: WordDocument) -> Element | None:
    try:
        element: Element = word.part.numbering_part.element
    except NotImplementedError:  # python-docx's way to say that the template has no lists
        return None
    return element


def _check(names: list[str], words: str, inlines: dict[str, Inlines]) -> None:
    for name in names:
        if name not in inlines and name not in BLOCK_PARTS and name != LOGO:
            known = ", ".join(sorted([*inlines, *BLOCK_PARTS, LOGO]))
            raise template_error(
                f"the Word template has an unknown placeholder {{{{ {name} }}}}",
                f"known ones are {known}",
            )
        if name not in inlines and _PLACEHOLDER.fullmatch(words.strip()) is None:
            raise template_error(
                f"the Word template has other text beside {{{{ {name} }}}}",
                "put this placeholder into a paragraph of its own",
            )


def _pieces(element: Element) -> list[tuple[str, Element]]:
    """Return the text of a template paragraph with the run of each piece.

    Word splits what was typed at will, so a placeholder may be spread over several runs.
    """
    pieces = []
    for run in element.iterchildren(w("r")):
        for child in run:
            if child.tag == w("t"):
                pieces.append((child.text or "", run))
            elif child.tag in _BREAKS:
                pieces.append((_BREAKS[child.tag], run))
    return pieces


def _fill_paragraph(
    story: Story, element: Element, pieces: list[tuple[str, Element]], inlines: dict[str, Inlines]
) -> None:
    words = "".join(text for text, _ in pieces)
    if not any(inlines[name] for name in _PLACEHOLDER.findall(words)):
        drop(element)
        return
    # The designer's formatting of each character, which its replacement takes over.
    likes = [run.find(w("rPr")) for text, run in pieces for _ in text]
    _clear(element)
    shown, end = False, 0
    for match in _PLACEHOLDER.finditer(words):
        start, between = end, words[end : match.start()]
        end = match.end()
        if not inlines[match[1]]:
            continue
        if between and (shown or not start):
            add_inlines(element, story, (Text(between),), like=likes[start])
        add_inlines(element, story, inlines[match[1]], like=likes[match.start()])
        shown = True
    if words[end:]:
        add_inlines(element, story, (Text(words[end:]),), like=likes[end])


def _clear(element: Element) -> None:
    """Remove the text of a paragraph, and the runs that held nothing else."""
    for run in element.findall(w("r")):
        for child in run.findall("*"):
            if child.tag in _TEXT:
                run.remove(child)
        if all(child.tag == w("rPr") for child in run):
            element.remove(run)


def _style(story: Story, element: Element) -> str:
    """Return the id of a paragraph's style."""
    found = element.find(f"{w('pPr')}/{w('pStyle')}")
    return story.styles.default if found is None else found.get(w("val"), "")
