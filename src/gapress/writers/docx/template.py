"""Fill the placeholders of the Word template, in the body, the headers and the footers.

A placeholder is ``{{ name }}``, typed in Word anywhere in a paragraph. Text between two
placeholders of a paragraph, such as " · ", is shown only between two parts that are not empty;
a paragraph whose parts are all empty is left out.
"""

from __future__ import annotations

import re
from copy import deepcopy
from itertools import count
from typing import TYPE_CHECKING

from gapress.document import Text
from gapress.writers.docx import letterhead
from gapress.writers.docx.footnotes import Footnotes
from gapress.writers.docx.inlines import add_inlines
from gapress.writers.docx.ooxml import drop, new, stories, w
from gapress.writers.docx.parts import BLOCK_PARTS, INLINE_PARTS, LATER_PARTS, LOGO
from gapress.writers.docx.placeholders import OBJECT, PLACEHOLDER, pieces, words
from gapress.writers.docx.story import Numbering, Story, Styles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument

    from gapress.document import Document, Inlines
    from gapress.theme import Theme
    from gapress.writers.docx.ooxml import Element
    from gapress.writers.docx.placeholders import Piece

_DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"

# Behind the first of these that the body has, later parts get their place.
_ANCHORS = ("reference", "date_line", "kind", "headline", "body")


def fill(word: WordDocument, document: Document, theme: Theme) -> list[Element]:
    """Replace every placeholder; ``intake`` has seen that there is no other, and none misplaced.

    Returns:
        The paragraphs that have another direction than the document.
    """
    turned: list[Element] = []
    inlines = {name: part(document) for name, part in INLINE_PARTS.items()}
    for story in _open(word, document, theme):
        if story.part is word.part:
            _add_places(story.part.element, inlines)
        # Listed first, as the loop takes paragraphs away and adds others.
        for element in list(story.part.element.iter(w("p"))):
            names = PLACEHOLDER.findall(words(pieces(element)))
            if names == [LOGO]:
                letterhead.put_logos(story, element, document)
            elif names == ["organisation"] and document.issuers and _is_alone(element):
                letterhead.put_issuers(story, element, document)
            elif names and names[0] in BLOCK_PARTS:
                for new_element in BLOCK_PARTS[names[0]](story, document, _style(story, element)):
                    element.addprevious(new_element)
                drop(element)
            elif names:
                _fill_paragraph(story, element, inlines)
        turned += story.turned
        story.footnotes.arrange()
    return turned


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
    notes = Footnotes(word, document.footnotes, styles)
    for part in parts:
        yield Story(part, direction, styles, numbering, shape_ids, notes, theme, width, height)


def _is_alone(element: Element) -> bool:
    """Whether a paragraph has a placeholder and nothing else."""
    return PLACEHOLDER.fullmatch(words(pieces(element)).strip()) is not None


def _add_places(body: Element, inlines: dict[str, Inlines]) -> None:
    """Give parts that an older template has no place for one, behind what stands at the top."""
    held = {
        name: element
        for element in body.iter(w("p"))
        for name in PLACEHOLDER.findall(words(pieces(element)))
    }
    anchor = next((held[name] for name in _ANCHORS if name in held), None)
    if anchor is None:
        return
    for name in reversed([n for n in LATER_PARTS if inlines[n] and n not in held]):
        made, text = new("p"), new("t")
        if (settings := anchor.find(w("pPr"))) is not None:
            made.append(deepcopy(settings))
        text.text = f"{{{{ {name} }}}}"
        made.append(new("r", text))
        anchor.addnext(made)


def _numbering(word: WordDocument) -> Element | None:
    try:
        element: Element = word.part.numbering_part.element
    except NotImplementedError:  # python-docx's way to say that the template has no lists
        return None
    return element


def _fill_paragraph(story: Story, element: Element, inlines: dict[str, Inlines]) -> None:
    _split_runs(element)
    found = pieces(element)
    text = words(found)
    if OBJECT not in text and not any(inlines[name] for name in PLACEHOLDER.findall(text)):
        drop(element)
        return
    # What holds each character: its formatting is the designer's, and its place is in the order.
    owners = [piece for piece in found for _ in piece.text]
    shown, end = False, 0
    for match in PLACEHOLDER.finditer(text):
        start, between = end, text[end : match.start()]
        end = match.end()
        is_empty = not inlines[match[1]]
        if between and not is_empty and (shown or not start):
            _put_text(story, between, owners[start:end])
        if not is_empty:
            _put(story, inlines[match[1]], owners[match.start()])
            shown = True
    if text[end:]:
        _put_text(story, text[end:], owners[end:])
    for piece in found:
        if piece.run is not None and piece.text != OBJECT:
            element.remove(piece.run)


def _put_text(story: Story, text: str, owners: list[Piece]) -> None:
    """Put the designer's own words where they are, what is no text among them left out."""
    place = 0
    for part in re.split(f"({OBJECT})", text):
        if part and part != OBJECT:
            _put(story, (Text(part),), owners[place])
        place += len(part)


def _put(story: Story, inlines: Inlines, owner: Piece) -> None:
    """Put inline content before the run that holds its first character."""
    if owner.run is None:  # only what is no text is beside the runs
        return
    holder = new("p")
    add_inlines(holder, story, inlines, like=owner.run.find(w("rPr")))
    for element in holder.findall("*"):
        owner.run.addprevious(element)


def _split_runs(element: Element) -> None:
    """Give everything in a paragraph a run of its own, so that each can be replaced alone."""
    for run in element.findall(w("r")):
        settings, last = run.find(w("rPr")), run
        for part in [child for child in run.findall("*") if child.tag != w("rPr")][1:]:
            own = new("r") if settings is None else new("r", deepcopy(settings))
            own.append(part)
            last.addnext(own)
            last = own


def _style(story: Story, element: Element) -> str:
    """Return the id of a paragraph's style."""
    found = element.find(f"{w('pPr')}/{w('pStyle')}")
    return story.styles.default if found is None else found.get(w("val"), "")
