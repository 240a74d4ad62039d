"""Turn a whole Word file to right-to-left (ECMA-376 Part 1, annex I.3).

Paragraphs, sections and tables are turned here, all of them, the template's own included; the
runs of ``inlines`` already have their direction. ``left`` and ``right`` in Word's indents, tabs
and alignments then mean start and end, so that styles need no change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart

from gapress.writers.docx.ooxml import properties, put, related, stories, w

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document as WordDocument

    from gapress.writers.docx.ooxml import Element


def turn(word: WordDocument, turned: Sequence[Element] = ()) -> None:
    """Set ``w:bidi`` on paragraphs and sections and ``w:bidiVisual`` on tables.

    Args:
        word: The file.
        turned: The paragraphs that have a direction of their own.
    """
    notes = related(word.part, RELATIONSHIP_TYPE.FOOTNOTES)
    roots = [part.element for part in stories(word)]
    if isinstance(notes, XmlPart):  # one that gapress writes; a designer's own stays as it is
        roots.append(notes.element)
    for root in roots:
        for paragraph in root.iter(w("p")):
            if any(paragraph is other for other in turned):
                continue
            settings = properties(paragraph, "pPr")
            put(settings, "bidi")
            # The paragraph mark decides how the number or bullet of a list item is written.
            mark = settings.find(w("rPr"))
            put(put(settings, "rPr") if mark is None else mark, "rtl")
        for table in root.iter(w("tbl")):
            put(properties(table, "tblPr"), "bidiVisual")
        for section in root.iter(w("sectPr")):
            put(section, "bidi")
