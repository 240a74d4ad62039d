"""Write ``templates/press-release.docx``, the Word template that every DOCX is made from.

Run it once to start again from the shipped look; after that the template belongs to the
designer, who restyles it and moves its ``{{ placeholders }}`` in Word. ``gapress.writers.docx``
fills it. Everything follows ECMA-376 Part 1 (Office Open XML, WordprocessingML) with the
transitional schema of Part 4; the bytes are the same on every run.

    python tools/make_word_template.py [FILE]
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

TARGET = Path(__file__).parent.parent / "templates" / "press-release.docx"

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "application/vnd.openxmlformats-officedocument"
WORD = f"{OFFICE}.wordprocessingml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

# The shipped palette, by theme slot (ECMA-376 Part 1, 20.1.6.2); the theme of a newsroom
# replaces it. Word's names for the first four slots differ from those of the theme part.
COLOURS = {
    "dk1": "1B1F24",  # text
    "lt1": "FFFFFF",  # paper
    "dk2": "565F6B",  # muted
    "lt2": "F4F6F9",  # surface
    "accent1": "1F3B64",  # accent
    "accent2": "A51C1C",  # alert
    "accent3": "C5CDD8",  # rule
    "accent4": "565F6B",
    "accent5": "1F3B64",
    "accent6": "A51C1C",
    "hlink": "1F3B64",
    "folHlink": "1F3B64",
}
TEXT, PAPER, MUTED, SURFACE = "text1", "background1", "text2", "background2"
ACCENT, ALERT, RULE, LINK = "accent1", "accent2", "accent3", "hyperlink"
SLOTS = {TEXT: "dk1", PAPER: "lt1", MUTED: "dk2", SURFACE: "lt2", LINK: "hlink"}

TEXT_WIDTH = 9070  # twentieths of a point between the margins of A4
CELL_PADDING = 100


def value(slot: str) -> str:
    """Return the shipped ``RRGGBB`` of a theme colour."""
    return COLOURS[SLOTS.get(slot, slot)]


# --- properties, each function in the order of its schema type ----------------------------------


def text(
    size: float = 0,
    colour: str = "",
    *,
    bold: bool = False,
    headline: bool = False,
    extra: str = "",
) -> str:
    """Return run properties (CT_RPr); complex scripts get one point more, as they look smaller."""
    parts = []
    if headline:
        parts.append(
            '<w:rFonts w:asciiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia" '
            'w:hAnsiTheme="majorHAnsi" w:cstheme="majorBidi"/>'
        )
    if bold:
        parts.append("<w:b/><w:bCs/>")
    parts.append(extra)
    if colour:
        parts.append(f'<w:color w:val="{value(colour)}" w:themeColor="{colour}"/>')
    if size:
        parts.append(f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2) + 2}"/>')
    return "".join(parts)


def layout(
    *,
    together: str = "",
    number: str = "",
    border: str = "",
    surface: str = "",
    tabs: str = "",
    spacing: tuple[int, int, int] | None = None,
    indent: str = "",
    contextual: bool = False,
    align: str = "",
    level: int | None = None,
) -> str:
    """Return paragraph properties (CT_PPr): ``spacing`` is before, after, line (240 = single)."""
    parts = []
    if "next" in together:
        parts.append("<w:keepNext/>")
    if "free" in together:
        parts.append('<w:keepNext w:val="0"/>')
    if "lines" in together:
        parts.append("<w:keepLines/>")
    parts += [number, border]
    if surface:
        parts.append(
            f'<w:shd w:val="clear" w:color="auto" w:fill="{value(surface)}" '
            f'w:themeFill="{surface}"/>'
        )
    parts.append(tabs)
    if level is not None:
        parts.append("<w:suppressAutoHyphens/>")
    if spacing:
        before, after, line = spacing
        parts.append(
            f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>'
        )
    parts.append(indent)
    if contextual:
        parts.append("<w:contextualSpacing/>")
    if align:
        parts.append(f'<w:jc w:val="{align}"/>')
    if level is not None:
        parts.append(f'<w:outlineLvl w:val="{level}"/>')
    return "".join(parts)


def line(side: str, slot: str, size: int = 4, space: int = 0) -> str:
    """Return one border (CT_Border); ``size`` is in eighths of a point."""
    return (
        f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{value(slot)}" '
        f'w:themeColor="{slot}"/>'
    )


def box(*sides: str) -> str:
    """Return paragraph borders."""
    return f"<w:pBdr>{''.join(sides)}</w:pBdr>"


def indent(start: int = 0, end: int = 0, hanging: int = 0) -> str:
    """Return indents; Word's ``left`` is the start side, so the right in Arabic."""
    hang = f' w:hanging="{hanging}"' if hanging else ""
    return f'<w:ind w:left="{start}" w:right="{end}"{hang}/>'


def numbered(num_id: int) -> str:
    """Return the numbering of a list style."""
    return f'<w:numPr><w:numId w:val="{num_id}"/></w:numPr>'


# --- styles -------------------------------------------------------------------------------------


def style(
    kind: str,
    name: str,
    properties: str = "",
    runs: str = "",
    *,
    based_on: str = "",
    following: str = "",
    table: str = "",
    default: bool = False,
) -> str:
    """Return one style (17.7.4.17); its id is its name without spaces, as Word makes it."""
    parts = [f'<w:style w:type="{kind}"']
    if default:
        parts.append(' w:default="1"')
    elif name not in BUILT_IN:
        parts.append(' w:customStyle="1"')
    parts.append(f' w:styleId="{identifier(name)}"><w:name w:val="{name}"/>')
    if based_on:
        parts.append(f'<w:basedOn w:val="{identifier(based_on)}"/>')
    if following:
        parts.append(f'<w:next w:val="{identifier(following)}"/>')
    parts.append('<w:uiPriority w:val="1"/><w:qFormat/>')
    if properties:
        parts.append(f"<w:pPr>{properties}</w:pPr>")
    if runs:
        parts.append(f"<w:rPr>{runs}</w:rPr>")
    return "".join([*parts, table, "</w:style>"])


def identifier(name: str) -> str:
    """Return the style id of a name: ``heading 1`` becomes ``Heading1``."""
    return "".join(word[0].upper() + word[1:] for word in name.split())


BUILT_IN = {
    "Normal", "Default Paragraph Font", "Normal Table", "No List", "Body Text", "heading 1",
    "heading 2", "heading 3", "Subtitle", "Quote", "List Bullet", "List Number", "caption",
    "header", "footer", "Hyperlink", "Emphasis", "Strong", "Table Grid",
}  # fmt: skip


def character_styles() -> str:
    """Return the styles of words.

    Arabic has no italic, so emphasis is bold there (``bCs``) while Latin leans. A run has one
    style: words that are, say, both a link and emphasised have a style of their own.
    """
    link = '<w:u w:val="single"/>'
    hyperlink = f'<w:color w:val="{value(LINK)}" w:themeColor="{LINK}"/>'
    lean, strong = "<w:bCs/><w:i/>", "<w:b/><w:bCs/>"

    def char(name: str, runs: str) -> str:
        return style("character", name, runs=runs, based_on="Default Paragraph Font")

    return "".join(
        [
            char("Emphasis", lean),
            char("Strong", strong),
            char("Strong Emphasis", "<w:b/><w:bCs/><w:i/>"),
            char("Hyperlink", hyperlink + link),
            char("Hyperlink Emphasis", lean + hyperlink + link),
            char("Hyperlink Strong", strong + hyperlink + link),
            char("Hyperlink Strong Emphasis", "<w:b/><w:bCs/><w:i/>" + hyperlink + link),
            char("Dateline", text(colour=ACCENT, bold=True)),
            char("Quote Speaker", text(colour=TEXT, bold=True)),
            char("Contact Label", text(colour=MUTED)),
        ]
    )


def opening_styles() -> str:
    """Return the styles of what stands before the body."""
    alert = [line(side, ALERT, 6, 7) for side in ("top", "left", "bottom", "right")]
    notice = {"border": box(*alert), "surface": SURFACE, "indent": indent(160, 160)}

    def para(name: str, properties: str, runs: str, based_on: str = "Normal") -> str:
        return style("paragraph", name, properties, runs, based_on=based_on)

    return "".join(
        [
            para("Kind", layout(together="next lines", spacing=(120, 20, 252)),
                 text(13, ACCENT, bold=True, headline=True)),
            para("Date Line", layout(together="next lines", spacing=(0, 160, 252)),
                 text(10, MUTED)),
            para("Release Line", layout(together="next lines", spacing=(0, 40, 264)),
                 text(11, ACCENT, bold=True)),
            para("Embargo Line", "", text(colour=ALERT), based_on="Release Line"),
            para("Release Zones", layout(together="next lines", spacing=(0, 0, 264)),
                 text(9.5, MUTED)),
            para("Notice Text",
                 layout(together="lines", spacing=(0, 60, 264), **notice), text(10)),
            para("Notice Title",
                 layout(together="next lines", spacing=(240, 40, 264)),
                 text(11, ALERT, bold=True), based_on="Notice Text"),
            style("paragraph", "heading 1",
                  layout(together="next lines", spacing=(360, 120, 252), level=0),
                  text(25, TEXT, bold=True, headline=True),
                  based_on="Normal", following="Body Text"),
            para("Subheadline", layout(together="next lines", spacing=(0, 160, 264)),
                 text(14, MUTED, headline=True)),
            para("Summary",
                 layout(together="lines", spacing=(60, 260, 288),
                        border=box(line("bottom", RULE, 4, 10))),
                 text(12, MUTED)),
        ]
    )  # fmt: skip


def body_styles() -> str:
    """Return the styles of the blocks."""

    def para(name: str, properties: str, runs: str = "", based_on: str = "Normal") -> str:
        return style("paragraph", name, properties, runs, based_on=based_on)

    return "".join(
        [
            para("Body Text", layout(spacing=(0, 160, 300))),
            style("paragraph", "heading 2",
                  layout(together="next lines", spacing=(320, 100, 264), level=1),
                  text(13, ACCENT, bold=True, headline=True),
                  based_on="Normal", following="Body Text"),
            style("paragraph", "heading 3",
                  layout(together="next lines", spacing=(200, 60, 264), level=2),
                  text(11, TEXT, bold=True, headline=True),
                  based_on="Normal", following="Body Text"),
            para("Quote",
                 layout(together="next lines", spacing=(240, 80, 300), indent=indent(454, 454)),
                 text(12.5, ACCENT, headline=True)),
            para("Quote Attribution",
                 layout(together="lines", spacing=(0, 60, 264), indent=indent(454, 454)),
                 text(10, MUTED)),
            para("Quote Note",
                 layout(together="lines", spacing=(0, 240, 252), indent=indent(454, 454)),
                 text(9, MUTED)),
            para("List Bullet",
                 layout(number=numbered(1), spacing=(0, 100, 288), indent=indent(567, 0, 340)),
                 based_on="Body Text"),
            para("List Number",
                 layout(number=numbered(2), spacing=(0, 100, 288), indent=indent(567, 0, 340)),
                 based_on="Body Text"),
            para("Table Title", layout(together="next lines", spacing=(240, 100, 264)),
                 text(10.5, TEXT, bold=True)),
            para("Table Text", layout(together="lines", spacing=(0, 0, 264)), text(10)),
            para("Table Heading", layout(together="next lines"), text(10, PAPER, bold=True),
                 based_on="Table Text"),
            para("Table Row Heading", "", text(bold=True), based_on="Table Text"),
            *(
                para(f"{name} {side.title()}", layout(align="right" if side == "end" else side),
                     based_on=name)
                for name in ("Table Text", "Table Heading", "Table Row Heading")
                for side in ("end", "center")
            ),
            para("Table Note", layout(together="lines", spacing=(60, 0, 252)), text(8.5, MUTED),
                 based_on="Table Text"),
            para("After Table", layout(spacing=(0, 120, 240)), text(5)),
            para("Figure", layout(together="next lines", spacing=(240, 80, 240))),
            style("paragraph", "caption", layout(together="lines", spacing=(0, 20, 252)),
                  text(9.5, MUTED), based_on="Normal", following="Body Text"),
            para("Credit", layout(together="lines", spacing=(0, 240, 252)), text(8.5, MUTED)),
            para("End Mark", layout(together="lines", spacing=(280, 280, 240), align="center"),
                 text(11, MUTED)),
        ]
    )  # fmt: skip


def closing_styles() -> str:
    """Return the styles of what stands after the body, and of headers and footers."""
    tabs = '<w:tabs><w:tab w:val="left" w:pos="1418"/></w:tabs>'

    def para(name: str, properties: str, runs: str = "", based_on: str = "Normal") -> str:
        return style("paragraph", name, properties, runs, based_on=based_on)

    return "".join(
        [
            para("Section Text", layout(spacing=(0, 110, 288)), text(10), based_on="Body Text"),
            para("Section List Bullet", layout(spacing=(0, 60, 276)), text(10),
                 based_on="List Bullet"),
            para("Section List Number", layout(spacing=(0, 60, 276)), text(10),
                 based_on="List Number"),
            para("Contact Name", layout(together="next lines", spacing=(60, 0, 264)),
                 text(11, TEXT, bold=True)),
            para("Contact Role", layout(together="next lines", spacing=(0, 50, 264)),
                 text(10, MUTED)),
            para("Contact Detail",
                 layout(together="next lines", spacing=(0, 20, 264), tabs=tabs,
                        indent=indent(1418, 0, 1418)),
                 text(10)),
            para("Contact Last Detail", layout(together="free", spacing=(0, 200, 264)),
                 based_on="Contact Detail"),
            para("Logo", layout(spacing=(0, 0, 240))),
            para("Organisation", layout(together="lines", spacing=(0, 0, 252)),
                 text(14, ACCENT, bold=True, headline=True)),
            para("Organisation Notice", layout(together="lines", spacing=(20, 0, 252)),
                 text(9, MUTED)),
            style("paragraph", "header", layout(spacing=(0, 0, 240)), text(8.5, MUTED),
                  based_on="Normal"),
            para("Running Head",
                 layout(spacing=(0, 240, 252), border=box(line("bottom", RULE, 4, 6))),
                 based_on="header"),
            style("paragraph", "footer",
                  layout(spacing=(0, 0, 252), align="center",
                         border=box(line("top", RULE, 4, 7))),
                  text(8.5, MUTED), based_on="Normal"),
        ]
    )  # fmt: skip


def table_styles() -> str:
    """Return the styles of tables; the header row has the accent, rows have thin rules."""
    padding = (
        f'<w:tblCellMar><w:top w:w="70" w:type="dxa"/><w:left w:w="{CELL_PADDING}" w:type="dxa"/>'
        f'<w:bottom w:w="70" w:type="dxa"/><w:right w:w="{CELL_PADDING}" w:type="dxa"/>'
        "</w:tblCellMar>"
    )
    none = (
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
        '<w:bottom w:w="120" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
    )
    rules = (
        f"<w:tblBorders>{line('top', ACCENT)}{line('bottom', ACCENT, 8)}"
        f"{line('insideH', RULE)}</w:tblBorders>"
    )
    head = (
        '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:shd w:val="clear" w:color="auto" '
        f'w:fill="{value(ACCENT)}" w:themeFill="{ACCENT}"/></w:tcPr></w:tblStylePr>'
    )
    total = (
        f'<w:tblStylePr w:type="lastRow"><w:tblPr/><w:tcPr><w:tcBorders>{line("top", ACCENT, 8)}'
        "</w:tcBorders></w:tcPr></w:tblStylePr>"
    )
    letterhead = f"<w:tblBorders>{line('bottom', ACCENT, 6)}</w:tblBorders>"
    return style(
        "table",
        "Fact Table",
        table=f"<w:tblPr>{rules}{padding}</w:tblPr>{head}{total}",
        based_on="Normal Table",
    ) + style(
        "table", "Letterhead", table=f"<w:tblPr>{letterhead}{none}</w:tblPr>",
        based_on="Normal Table",
    )  # fmt: skip


HIDDEN = (
    "index 1", "index 2", "index 3", "index 4", "index 5", "index 6", "index 7", "index 8",
    "index 9", "Normal Indent", "footnote text", "annotation text", "header", "footer",
    "index heading", "table of figures", "envelope address", "envelope return",
    "footnote reference", "annotation reference", "line number", "page number",
    "endnote reference", "endnote text", "table of authorities", "macro", "toa heading", "List",
    "List Bullet", "List Number", "List 2", "List 3", "List 4", "List 5", "List Bullet 2",
    "List Bullet 3", "List Bullet 4", "List Bullet 5", "List Number 2", "List Number 3",
    "List Number 4", "List Number 5", "Closing", "Signature", "Body Text", "Body Text Indent",
    "List Continue", "List Continue 2", "List Continue 3", "List Continue 4", "List Continue 5",
    "Message Header", "Salutation", "Date", "Body Text First Indent", "Body Text First Indent 2",
    "Note Heading", "Body Text 2", "Body Text 3", "Body Text Indent 2", "Body Text Indent 3",
    "Block Text", "Hyperlink", "FollowedHyperlink", "Document Map", "Plain Text",
    "E-mail Signature", "HTML Top of Form", "HTML Bottom of Form", "Normal (Web)", "HTML Acronym",
    "HTML Address", "HTML Cite", "HTML Code", "HTML Definition", "HTML Keyboard",
    "HTML Preformatted", "HTML Sample", "HTML Typewriter", "HTML Variable", "Normal Table",
    "annotation subject", "No List", "Outline List 1", "Outline List 2", "Outline List 3",
    "Table Simple 1", "Table Simple 2", "Table Simple 3", "Table Classic 1", "Table Classic 2",
    "Table Classic 3", "Table Classic 4", "Table Colorful 1", "Table Colorful 2",
    "Table Colorful 3", "Table Columns 1", "Table Columns 2", "Table Columns 3",
    "Table Columns 4", "Table Columns 5", "Table Grid 1", "Table Grid 2", "Table Grid 3",
    "Table Grid 4", "Table Grid 5", "Table Grid 6", "Table Grid 7", "Table Grid 8",
    "Table List 1", "Table List 2", "Table List 3", "Table List 4", "Table List 5",
    "Table List 6", "Table List 7", "Table List 8", "Table 3D effects 1", "Table 3D effects 2",
    "Table 3D effects 3", "Table Contemporary", "Table Elegant", "Table Professional",
    "Table Subtle 1", "Table Subtle 2", "Table Web 1", "Table Web 2", "Table Web 3",
    "Balloon Text", "Table Theme", "Mention", "Smart Hyperlink", "Hashtag", "Unresolved Mention",
    "Smart Link",
)  # fmt: skip
# Names and places in Word's list of recommended styles; what is marked q is in its gallery.
LISTED = {
    "Normal": "0q", "heading 1": "9q", "Title": "10q", "Subtitle": "11q", "Strong": "22q",
    "Emphasis": "20q", "Table Grid": "39", "No Spacing": "1q", "List Paragraph": "34q",
    "Quote": "29q", "Intense Quote": "30q", "Subtle Emphasis": "19q", "Intense Emphasis": "21q",
    "Subtle Reference": "31q", "Intense Reference": "32q", "Book Title": "33q",
    "Plain Table 1": "41", "Plain Table 2": "42", "Plain Table 3": "43", "Plain Table 4": "44",
    "Plain Table 5": "45", "Grid Table Light": "40",
}  # fmt: skip
# Those that Word shows only once they are used.
LATER = {
    **{f"heading {n}": "9q" for n in range(2, 10)},
    **{f"toc {n}": "39" for n in range(1, 10)},
    "caption": "35q", "Default Paragraph Font": "1", "Bibliography": "37", "TOC Heading": "39q",
}  # fmt: skip
ACCENTED = {
    "Light Shading": 60, "Light List": 61, "Light Grid": 62, "Medium Shading 1": 63,
    "Medium Shading 2": 64, "Medium List 1": 65, "Medium List 2": 66, "Medium Grid 1": 67,
    "Medium Grid 2": 68, "Medium Grid 3": 69, "Dark List": 70, "Colorful Shading": 71,
    "Colorful List": 72, "Colorful Grid": 73,
    **{
        f"{kind} Table {number}": place
        for kind in ("Grid", "List")
        for place, number in enumerate(
            ("1 Light", "2", "3", "4", "5 Dark", "6 Colorful", "7 Colorful"), start=46
        )
    },
}  # fmt: skip
LATENT_COUNT = 376


def latent_styles() -> str:
    """Return what Word 2016 and later know of the styles that are not in the file (17.7.4.5).

    Without it Word offers every built-in style beside those of the template. Names and places are
    those of [MS-DOCX] and ECMA-376 Part 1, 17.7.4.9 and 17.7.4.18, in another order.
    """

    def one(name: str, place: str = "", *, later: bool = False, hidden: bool = False) -> str:
        parts = [f'<w:lsdException w:name="{name}"']
        if later or hidden:
            parts.append(' w:semiHidden="1"')
        if number := place.rstrip("q"):
            parts.append(f' w:uiPriority="{number}"')
        if later:
            parts.append(' w:unhideWhenUsed="1"')
        if place.endswith("q"):
            parts.append(' w:qFormat="1"')
        return "".join([*parts, "/>"])

    made = [one(name, place) for name, place in LISTED.items()]
    made += [one(name, place, later=True) for name, place in LATER.items()]
    made += [one(name, later=True) for name in HIDDEN]
    made += [one(name, hidden=True) for name in ("Placeholder Text", "Revision")]
    for name, place in ACCENTED.items():
        accents = ["", *(f" Accent {number}" for number in range(1, 7))]
        made += [one(f"{name}{accent}", str(place)) for accent in accents]
    assert len(made) == LATENT_COUNT
    return (
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" '
        f'w:defUnhideWhenUsed="0" w:defQFormat="0" w:count="{LATENT_COUNT}">'
        f"{''.join(made)}</w:latentStyles>"
    )


def styles() -> str:
    """Return the styles part (17.7)."""
    defaults = (
        "<w:docDefaults><w:rPrDefault><w:rPr>"
        '<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" '
        'w:hAnsiTheme="minorHAnsi" w:cstheme="minorBidi"/>'
        f'<w:color w:val="{value(TEXT)}" w:themeColor="{TEXT}"/>'
        '<w:sz w:val="22"/><w:szCs w:val="24"/>'
        '<w:lang w:val="en-GB" w:eastAsia="en-US" w:bidi="ar-SA"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault>"
        "</w:docDefaults>"
    )
    base = (
        style("paragraph", "Normal", layout(spacing=(0, 120, 288)), default=True)
        + style("character", "Default Paragraph Font", default=True)
        + style(
            "table",
            "Normal Table",
            table='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
            '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/>'
            '<w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/>'
            "</w:tblCellMar></w:tblPr>",
            default=True,
        )
        + style("numbering", "No List", default=True)
    )
    return (
        f"<w:styles {W}>{defaults}{latent_styles()}{base}{opening_styles()}{body_styles()}"
        f"{closing_styles()}{character_styles()}{table_styles()}</w:styles>"
    )


# --- the text, headers and footers --------------------------------------------------------------


def paragraph(name: str, words: str = "") -> str:
    """Return a paragraph in a style."""
    run = f'<w:r><w:t xml:space="preserve">{words}</w:t></w:r>' if words else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{identifier(name)}"/></w:pPr>{run}</w:p>'


def document() -> str:
    """Return the main part: a placeholder for every part of a release, in reading order."""
    body = "".join(
        paragraph(name, words)
        for name, words in (
            ("Notice Title", "{{ draft_line }}"),
            ("Kind", "{{ kind }}"),
            ("Date Line", "{{ date_line }} · {{ reference }}"),
            ("Date Line", "{{ identifiers }}"),
            ("Release Line", "{{ regulatory }}"),
            ("Release Line", "{{ immediate_release }}"),
            ("Embargo Line", "{{ embargo }}"),
            ("Release Zones", "{{ release_zones }}"),
            ("Notice Text", "{{ notices }}"),
            ("heading 1", "{{ headline }}"),
            ("Subheadline", "{{ subheadline }}"),
            ("Summary", "{{ summary }}"),
            ("Body Text", "{{ body }}"),
            ("End Mark", "{{ end_mark }}"),
            ("Section Text", "{{ sections }}"),
            ("heading 2", "{{ contacts_title }}"),
            ("Contact Detail", "{{ contacts }}"),
        )
    )
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId6"/>'
        '<w:headerReference w:type="first" r:id="rId7"/>'
        '<w:footerReference w:type="default" r:id="rId8"/>'
        '<w:footerReference w:type="first" r:id="rId9"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1418" w:right="1418" w:bottom="1304" w:left="1418" w:header="737" '
        'w:footer="624" w:gutter="0"/><w:cols w:space="708"/><w:titlePg/></w:sectPr>'
    )
    return f"<w:document {W} {R}><w:body>{body}{section}</w:body></w:document>"


def letterhead() -> str:
    """Return the header of the first page.

    The first cell is the most room that the logo may take; the writer closes it up to the logo,
    or removes it where there is none.
    """

    def cell(width: int, content: str) -> str:
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f"{content}</w:tc>"
        )

    logo, name = 3400, TEXT_WIDTH - 3400
    return (
        f'<w:hdr {W} {R}><w:tbl><w:tblPr><w:tblStyle w:val="Letterhead"/>'
        '<w:tblW w:w="5000" w:type="pct"/><w:tblLayout w:type="fixed"/>'
        '<w:tblLook w:val="0000" w:firstRow="0" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="0"/></w:tblPr>'
        f'<w:tblGrid><w:gridCol w:w="{logo}"/><w:gridCol w:w="{name}"/></w:tblGrid>'
        '<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="1134"/></w:trPr>'
        + cell(logo, paragraph("Logo", "{{ logo }}"))
        + cell(
            name,
            paragraph("Organisation", "{{ organisation }}")
            + paragraph("Organisation Notice", "{{ organisation_notice }}"),
        )
        + f"</w:tr></w:tbl>{paragraph('header')}</w:hdr>"
    )


def running_head() -> str:
    """Return the header of the pages after the first."""
    words = "{{ draft_line }} · {{ organisation }} · {{ reference }} · {{ embargo }}"
    return f"<w:hdr {W} {R}>{paragraph('Running Head', words)}</w:hdr>"


def footer() -> str:
    """Return the footer of every page."""
    return f"<w:ftr {W} {R}>{paragraph('footer', '{{ page_label }}')}</w:ftr>"


# --- the other parts ----------------------------------------------------------------------------


def numbering() -> str:
    """Return the numbering part (17.9): bullets, and numbers, which start again in every list."""

    def abstract(number: int, kind: str, words: str, name: str) -> str:
        level = (
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:pStyle w:val="{identifier(name)}"/><w:lvlText w:val="{words}"/>'
            '<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="567" w:hanging="340"/></w:pPr>'
            f'<w:rPr><w:color w:val="{value(ACCENT)}" w:themeColor="{ACCENT}"/></w:rPr></w:lvl>'
        )
        return (
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
            f"{level}</w:abstractNum>"
        )

    return (
        f"<w:numbering {W}>{abstract(0, 'bullet', '•', 'List Bullet')}"
        f"{abstract(1, 'decimal', '%1.', 'List Number')}"
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )


def settings() -> str:
    """Return the settings part (17.15); mode 15 is the layout of Word 2013 and later."""
    uri = "http://schemas.microsoft.com/office/word"
    modes = {
        "compatibilityMode": "15",
        "overrideTableStyleFontSizeAndJustification": "1",
        "enableOpenTypeFeatures": "1",
        "doNotFlipMirrorIndents": "1",
        "differentiateMultirowTableHeaders": "1",
    }
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="{uri}" w:val="{val}"/>'
        for name, val in modes.items()
    )
    mapping = {
        "bg1": "light1", "t1": "dark1", "bg2": "light2", "t2": "dark2",
        **{f"accent{n}": f"accent{n}" for n in range(1, 7)},
        "hyperlink": "hyperlink", "followedHyperlink": "followedHyperlink",
    }  # fmt: skip
    scheme = " ".join(f'w:{name}="{slot}"' for name, slot in mapping.items())
    return (
        f'<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f"<w:compat>{compat}</w:compat>"
        '<w:themeFontLang w:val="en-GB" w:bidi="ar-SA"/>'
        f'<w:clrSchemeMapping {scheme}/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        "</w:settings>"
    )


def fonts() -> str:
    """Return the font table (17.8)."""
    names = ("Arial", "Calibri", "Georgia", "Times New Roman")
    return (
        f"<w:fonts {W}>"
        + "".join(
            f'<w:font w:name="{name}"><w:charset w:val="00"/><w:pitch w:val="variable"/></w:font>'
            for name in names
        )
        + "</w:fonts>"
    )


def theme() -> str:
    """Return the theme part (20.1.6.9): palette, fonts, and the plainest format scheme."""
    palette = "".join(
        f'<a:{slot}><a:srgbClr val="{rgb}"/></a:{slot}>' for slot, rgb in COLOURS.items()
    )

    def collection(kind: str, latin: str, complex_script: str) -> str:
        return (
            f'<a:{kind}><a:latin typeface="{latin}"/><a:ea typeface=""/>'
            f'<a:cs typeface="{complex_script}"/>'
            f'<a:font script="Arab" typeface="{complex_script}"/></a:{kind}>'
        )

    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    stroke = f'<a:ln w="6350">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'<a:theme {A} name="Press release"><a:themeElements>'
        f'<a:clrScheme name="Press release">{palette}</a:clrScheme>'
        f'<a:fontScheme name="Press release">{collection("majorFont", "Georgia", "Arial")}'
        f"{collection('minorFont', 'Calibri', 'Arial')}</a:fontScheme>"
        f'<a:fmtScheme name="Press release"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{stroke * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )


def core() -> str:
    """Return the core properties (Part 2, clause 11)."""
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        "<dc:title>Press release</dc:title></cp:coreProperties>"
    )


def app() -> str:
    """Return the extended properties (22.2)."""
    return (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"><Application>gapress</Application></Properties>'
    )


def relations(*targets: tuple[str, str]) -> str:
    """Return a relationships part; each target is a relationship type and a part."""
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def content_types() -> str:
    """Return the content types of all parts."""
    types = {
        "/word/document.xml": f"{WORD}.document.main+xml",
        "/word/styles.xml": f"{WORD}.styles+xml",
        "/word/settings.xml": f"{WORD}.settings+xml",
        "/word/fontTable.xml": f"{WORD}.fontTable+xml",
        "/word/numbering.xml": f"{WORD}.numbering+xml",
        "/word/header1.xml": f"{WORD}.header+xml",
        "/word/header2.xml": f"{WORD}.header+xml",
        "/word/footer1.xml": f"{WORD}.footer+xml",
        "/word/footer2.xml": f"{WORD}.footer+xml",
        "/word/theme/theme1.xml": f"{OFFICE}.theme+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{OFFICE}.extended-properties+xml",
    }
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in types.items()
    )
    return (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def parts() -> dict[str, str]:
    """Return every part of the package by its name."""
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(
            (f"{RELATION}/officeDocument", "word/document.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{RELATION}/extended-properties", "docProps/app.xml"),
        ),
        "word/document.xml": document(),
        "word/_rels/document.xml.rels": relations(
            (f"{RELATION}/styles", "styles.xml"),
            (f"{RELATION}/settings", "settings.xml"),
            (f"{RELATION}/fontTable", "fontTable.xml"),
            (f"{RELATION}/theme", "theme/theme1.xml"),
            (f"{RELATION}/numbering", "numbering.xml"),
            (f"{RELATION}/header", "header1.xml"),
            (f"{RELATION}/header", "header2.xml"),
            (f"{RELATION}/footer", "footer1.xml"),
            (f"{RELATION}/footer", "footer2.xml"),
        ),
        "word/styles.xml": styles(),
        "word/settings.xml": settings(),
        "word/fontTable.xml": fonts(),
        "word/theme/theme1.xml": theme(),
        "word/numbering.xml": numbering(),
        "word/header1.xml": running_head(),
        "word/header2.xml": letterhead(),
        "word/footer1.xml": footer(),
        "word/footer2.xml": footer(),
        "docProps/core.xml": core(),
        "docProps/app.xml": app(),
    }


def main() -> None:
    """Write the template."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, xml in parts().items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            package.writestr(entry, DECLARATION + xml)
    print(f"wrote {target}")


if __name__ == "__main__":
    main()
