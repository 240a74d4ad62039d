"""The watermark of a draft, on every page, made as Word makes it: WordArt in each header.

VML is ECMA-376 Part 4, clause 14; the name of the shape is how Word and LibreOffice know that
it is a watermark and not a picture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from docx.oxml.parser import parse_xml

from gapress.writers.docx.ooxml import new, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument
    from docx.section import _BaseHeaderFooter

    from gapress.document import Language
    from gapress.theme import Theme
    from gapress.writers.docx.ooxml import Element

_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
# The shape type of straight WordArt text, as every version of Word writes it.
_SHAPE_TYPE = (
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" '
    'path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas><v:f eqn="sum #0 0 10800"/>'
    '<v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/>'
    '<v:f eqn="sum 21600 0 @3"/><v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/>'
    '<v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/><v:f eqn="mid @5 @6"/>'
    '<v:f eqn="mid @8 @5"/><v:f eqn="mid @7 @8"/><v:f eqn="mid @6 @7"/>'
    '<v:f eqn="sum @6 0 @5"/></v:formulas><v:path textpathok="t" o:connecttype="custom" '
    'o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
    '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" '
    'xrange="6629,14971"/></v:handles><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
)
_LENGTH = 460  # points: the text across an A4 or Letter page, corner to corner
_ASPECT = 0.62  # width of a letter for its height


def add(word: WordDocument, text: str, language: Language, theme: Theme) -> None:
    """Add the watermark to every header, making headers that are missing."""
    fonts = theme.fonts_for(language.script)
    for number, header in enumerate(_headers(word), start=1):
        element = header._element  # made here if there is none
        holder = next(element.iterchildren(w("p"), reversed=True), None)
        if holder is None:
            holder = new("p")
            element.append(holder)
        holder.append(new("r", _picture(number, text, theme.colours.muted, fonts.word_text)))


def _headers(word: WordDocument) -> Iterator[_BaseHeaderFooter]:
    """Yield the headers of all pages: a section without its own shows those before it."""
    even = word.settings.odd_and_even_pages_header_footer
    for index, section in enumerate(word.sections):
        headers: list[_BaseHeaderFooter] = [section.header]
        if section.different_first_page_header_footer:
            headers.append(section.first_page_header)
        if even:
            headers.append(section.even_page_header)
        for header in headers:
            if index == 0 or not header.is_linked_to_previous:
                yield header


def _picture(number: int, text: str, colour: str, family: str) -> Element:
    height = min(_LENGTH / 3, _LENGTH / (_ASPECT * max(len(text), 1)))
    place = (
        f"position:absolute;margin-left:0;margin-top:0;width:{_LENGTH}pt;height:{height:.0f}pt;"
        "rotation:315;z-index:-251658240;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        "mso-position-vertical-relative:margin"
    )
    font = quoteattr(f"font-family:'{family}';font-size:1pt")
    shape = (
        f'<v:shape id="PowerPlusWaterMarkObject{number}" o:spid="_x0000_s{2048 + number}" '
        f'type="#_x0000_t136" alt={quoteattr(text)} style="{place}" o:allowincell="f" '
        f'fillcolor="{colour}" stroked="f"><v:fill opacity=".2"/>'
        f"<v:textpath style={font} string={quoteattr(text)}/></v:shape>"
    )
    picture: Element = parse_xml(f"<w:pict {_NAMESPACES}>{_SHAPE_TYPE}{shape}</w:pict>")
    return picture
