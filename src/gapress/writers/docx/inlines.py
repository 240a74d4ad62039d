"""Inline content as runs: character styles, links, fields, direction (ECMA-376 Part 1, 17.3.2).

``blocks``, ``tables`` and ``template`` call :func:`add_inlines` for each paragraph.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, assert_never

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from gapress.document import (
    Emphasis,
    FootnoteMark,
    Isolate,
    Link,
    PageCount,
    PageNumber,
    Raised,
    Strong,
    Text,
)
from gapress.writers.docx.bidi import Span, with_marks
from gapress.writers.docx.ooxml import new, put, remove

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapress.document import Inlines
    from gapress.writers.docx.ooxml import Element
    from gapress.writers.docx.story import Story

_SPACE = qn("xml:space")
_PIECES = re.compile("([\t\n])")
_BREAKS = {"\t": "tab", "\n": "br"}
# The order of these names is the order in the name of the style for words that have several.
_MARKUP = ("Hyperlink", "Strong", "Emphasis")


def add_inlines(
    parent: Element,
    story: Story,
    inlines: Inlines,
    style: str = "",
    like: Element | None = None,
    *,
    blend_links: bool = False,
) -> None:
    """Append inline content to a paragraph.

    Args:
        parent: The paragraph.
        story: Where the paragraph is.
        inlines: The content.
        style: Character style of the words that have no markup of their own.
        like: Run properties to start from, such as those of a placeholder.
        blend_links: Let links look like the words around them.
    """
    flat = flatten(inlines, Span("", story.direction))
    if blend_links:
        flat = (replace(span, styles=span.styles - {"Hyperlink"}) for span in flat)
    spans = with_marks(flat, story.direction)
    for url, members in groupby(spans, lambda span: span.url):
        holder = _hyperlink(parent, story, url) if url else parent
        for span in members:
            for run in _runs(span, story, style, like):
                holder.append(run)


def flatten(inlines: Inlines, around: Span) -> Iterator[Span]:
    """Yield the spans of inline content; each knows all the markup around it."""
    for inline in inlines:
        match inline:
            case Text(text):
                if text:
                    yield replace(around, text=text)
            case Emphasis(children):
                yield from flatten(children, _styled(around, "Emphasis"))
            case Strong(children):
                yield from flatten(children, _styled(around, "Strong"))
            case Raised(children):
                yield from flatten(children, replace(around, raised=True))
            case Link(url, children):
                yield from flatten(children, replace(_styled(around, "Hyperlink"), url=url))
            case Isolate(direction, children):
                yield from flatten(children, replace(around, direction=direction))
            case FootnoteMark():
                own = Span(str(inline.number), around.direction, mark=inline)
                if around.direction == "rtl":  # or digits before it would take it in
                    yield replace(own, text="\u200f", mark=None)
                yield own
            case PageNumber():
                yield replace(around, field="PAGE")
            case PageCount():
                yield replace(around, field="NUMPAGES")
            case _:
                assert_never(inline)


def _styled(span: Span, name: str) -> Span:
    return replace(span, styles=span.styles | {name})


def _hyperlink(parent: Element, story: Story, url: str) -> Element:
    relation = story.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    element = new("hyperlink", history="1")
    element.set(qn("r:id"), relation)
    parent.append(element)
    return element


def _runs(span: Span, story: Story, style: str, like: Element | None) -> Iterator[Element]:
    if span.mark:
        yield from story.footnotes.reference(story, span.mark)
        return
    name = " ".join(kind for kind in _MARKUP if kind in span.styles) or style
    make = _RunMaker(story, name, rtl=span.direction == "rtl", like=like, raised=span.raised)
    if not span.field:
        yield make.run(_characters(span))
        return
    # A page number is known only to the program that lays the pages out (17.16.5): until then 1.
    yield make.run([new("fldChar", fldCharType="begin")])
    yield make.run([text_element(f" {span.field} ", "instrText")])
    yield make.run([new("fldChar", fldCharType="separate")])
    yield make.run([text_element("1")])
    yield make.run([new("fldChar", fldCharType="end")])


def _characters(span: Span) -> Iterator[Element]:
    """Yield text and break elements.

    The characters stay as they are typed, so that they copy and search as typed. Word knows no
    way to keep words on one line but other characters: a no-break space, U+2011, or
    ``w:noBreakHyphen``, which half of the programs that read Word files drop.
    """
    for piece in _PIECES.split(span.text):
        if piece in _BREAKS:
            yield new(_BREAKS[piece])
        elif piece:
            yield text_element(piece)


def text_element(words: str, name: str = "t") -> Element:
    """Return an element with characters, whose spaces stay."""
    element = new(name)
    element.text = words
    element.set(_SPACE, "preserve")
    return element


class _RunMaker:
    """Makes the runs of a span, all with the same properties."""

    def __init__(
        self, story: Story, style: str, *, rtl: bool, like: Element | None, raised: bool = False
    ) -> None:
        self._properties = new("rPr") if like is None else deepcopy(like)
        # The language and direction of a placeholder are those of whoever typed it.
        remove(self._properties, "rtl", "cs", "lang", "noProof")
        if style:
            put(self._properties, "rStyle", val=story.styles.character(style))
        if raised:
            put(self._properties, "vertAlign", val="superscript")
        if rtl:
            put(self._properties, "rtl")

    def run(self, content: Iterable[Element]) -> Element:
        run = new("r")
        if len(self._properties):
            run.append(deepcopy(self._properties))
        run.extend(content)
        return run


def paragraph(
    story: Story,
    style: str,
    *contents: tuple[Inlines, str],
    numbering: str = "",
    level: int = 0,
    blend_links: bool = False,
) -> Element:
    """Return a paragraph.

    Args:
        story: Where the paragraph will be.
        style: Id of the paragraph's style.
        contents: Inline content, each with the character style of its plain words.
        numbering: Id of the numbering that counts this paragraph.
        level: The level of that numbering.
        blend_links: Let links look like the words around them.
    """
    element = new("p", new("pPr"))
    put(element[0], "pStyle", val=style)
    if numbering:
        put(element[0], "numPr", new("ilvl", val=str(level)), new("numId", val=numbering))
    for inlines, character in contents:
        add_inlines(element, story, inlines, character, blend_links=blend_links)
    return element
