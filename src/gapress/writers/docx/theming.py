"""Give the Word template the newsroom's colours, fonts, paper and language.

Styles refer to the theme part (ECMA-376 Part 1, 14.2.7), so a colour or a font is changed in one
place. Programs that read no theme colours take the value beside the reference: it is updated too.
"""

from __future__ import annotations

import colorsys
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml
from lxml import etree

from gapress.theme import DEFAULT_SCRIPT
from gapress.writers.docx.ooxml import properties, put, related, remove, stories, w
from gapress.writers.docx.story import template_error, template_problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from docx.document import Document as WordDocument

    from gapress.document import Language
    from gapress.errors import Problem
    from gapress.theme import Colours, Theme
    from gapress.writers.docx.ooxml import Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_TWIPS_PER_MM = 1440 / 25.4
PAPER = {"A4": ("11906", "16838"), "Letter": ("12240", "15840")}  # twentieths of a point
# Styles name the first four slots otherwise than the theme does (17.15.1.20).
_ALIASES = {
    "text1": "dk1", "dark1": "dk1", "background1": "lt1", "light1": "lt1",
    "text2": "dk2", "dark2": "dk2", "background2": "lt2", "light2": "lt2",
    "hyperlink": "hlink", "followedHyperlink": "folHlink",
}  # fmt: skip
# Scripts whose runs take Word's complex-script font, size and boldness (17.3.2.26).
_COMPLEX = frozenset(
    {
        "Adlm", "Arab", "Aran", "Beng", "Deva", "Gujr", "Guru", "Hebr", "Khmr", "Knda", "Laoo",
        "Mlym", "Mymr", "Nkoo", "Orya", "Rohg", "Sinh", "Syrc", "Taml", "Telu", "Thaa", "Thai",
        "Tibt",
    }
)  # fmt: skip

# Scripts whose runs take Word's East Asian font.
_EAST_ASIAN = frozenset({"Bopo", "Hang", "Hani", "Hans", "Hant", "Hira", "Jpan", "Kana", "Kore"})


def apply(word: WordDocument, language: Language, theme: Theme) -> None:
    """Apply a theme and a language to an opened template."""
    scheme = related(word.part, RELATIONSHIP_TYPE.THEME)
    if scheme is None:
        raise template_error("the Word template has no theme", "take the shipped template")
    root = parse_xml(scheme.blob)
    palette = _recolour(root, theme.colours)
    _set_fonts(root, language, theme)
    scheme._blob = etree.tostring(root, encoding="UTF-8", standalone=True)
    for part in _styled_parts(word):
        _update_values(part, palette)
    _set_paper(word, theme.paper)
    _set_language(word, language)


def _recolour(root: Element, colours: Colours) -> dict[str, str]:
    """Set the theme's colour slots; return every slot with its ``RRGGBB``."""
    slots = {
        "dk1": colours.text,
        "dk2": colours.muted,
        "lt2": colours.surface,
        "accent1": colours.accent,
        "accent2": colours.alert,
        "accent3": colours.rule,
        "hlink": colours.accent,
        "folHlink": colours.accent,
    }
    scheme = next(root.iter(f"{_A}clrScheme"))
    palette: dict[str, str] = {}
    for slot in scheme:
        name = slot.tag.removeprefix(_A)
        if name in slots:
            for child in slot.findall("*"):
                slot.remove(child)
            rgb = slots[name].removeprefix("#").upper()
            etree.SubElement(slot, f"{_A}srgbClr", {"val": rgb})
        # A system colour (such as window text) has the last value seen beside its name.
        palette[name] = slot[0].get("lastClr") or slot[0].get("val") or ""
    return palette


def _set_fonts(root: Element, language: Language, theme: Theme) -> None:
    """Set headline and text fonts: Latin, complex script, and each script of the theme."""
    own, default = theme.fonts_for(language.script), theme.fonts_for(DEFAULT_SCRIPT)
    is_latin = language.script not in _COMPLEX | _EAST_ASIAN
    for kind, family in (("majorFont", "word_headline"), ("minorFont", "word_text")):
        fonts = next(root.iter(f"{_A}{kind}"))
        typefaces = {"latin": getattr(own if is_latin else default, family)}
        typefaces["cs"] = getattr(own, family)
        if language.script in _EAST_ASIAN:
            typefaces["ea"] = getattr(own, family)
        for name, typeface in typefaces.items():
            for entry in fonts.iterchildren(f"{_A}{name}"):
                entry.attrib.clear()  # the PANOSE number of another font
                entry.set("typeface", typeface)
        for script, font_set in sorted(theme.fonts.items()):
            if script == DEFAULT_SCRIPT:
                continue
            for entry in fonts.findall(f"{_A}font[@script='{script}']"):
                fonts.remove(entry)
            typeface = getattr(font_set, family)
            etree.SubElement(fonts, f"{_A}font", {"script": script, "typeface": typeface})


def _styled_parts(word: WordDocument) -> Iterator[Element]:
    yield word.styles.element
    for part in stories(word):
        yield part.element
    numbering = related(word.part, RELATIONSHIP_TYPE.NUMBERING)
    if isinstance(numbering, XmlPart):
        yield numbering.element


def _update_values(root: Element, palette: Mapping[str, str]) -> None:
    """Write the value of every theme colour beside its name (17.18.97)."""
    for name, prefix, plain in (
        ("themeColor", "theme", "color"),
        ("themeFill", "themeFill", "fill"),
    ):
        for element in root.findall(f".//*[@{w(name)}]"):
            slot = element.get(w(name), "")
            rgb = palette.get(_ALIASES.get(slot, slot))
            if not rgb:
                continue
            tint, shade = element.get(w(f"{prefix}Tint")), element.get(w(f"{prefix}Shade"))
            # In w:color itself the value has another name than in borders and underlines.
            attribute = "val" if element.tag == w("color") else plain
            element.set(w(attribute), _varied(rgb, tint, shade))


def _varied(rgb: str, tint: str | None, shade: str | None) -> str:
    """Return a colour made lighter or darker, as 17.3.2.6 says: by its luminance in HSL."""
    if not tint and not shade:
        return rgb
    red, green, blue = (int(rgb[i : i + 2], 16) / 255 for i in (0, 2, 4))
    hue, luminance, saturation = colorsys.rgb_to_hls(red, green, blue)
    if tint:
        part = int(tint, 16) / 255
        luminance = luminance * part + 1 - part
    if shade:
        luminance *= int(shade, 16) / 255
    mixed = colorsys.hls_to_rgb(hue, luminance, saturation)
    return "".join(f"{round(channel * 255):02X}" for channel in mixed)


def _set_paper(word: WordDocument, paper: str) -> None:
    """Set the paper size of every section (17.6.13); a page on its side stays so."""
    width, height = PAPER[paper]
    for section in word.part.element.iter(w("sectPr")):
        old = section.find(w("pgSz"))
        if old is not None and old.get(w("orient")) == "landscape":
            put(section, "pgSz", w=height, h=width, orient="landscape")
        else:
            put(section, "pgSz", w=width, h=height)


def paper_conflict(pages: tuple[int, int], paper: str) -> list[Problem]:
    """Return a warning where a template was laid out for another paper than the theme's.

    Args:
        pages: Width and height of the template's pages in twentieths of a point; 0 if unknown.
        paper: The theme's paper.
    """
    wanted = sorted(map(int, PAPER[paper]))
    found = sorted(pages)
    # Programs round millimetres and inches in their own ways: half a millimetre is no difference.
    if not all(pages) or all(abs(a - b) < 30 for a, b in zip(found, wanted, strict=True)):
        return []
    width, height = (round(length / _TWIPS_PER_MM) for length in pages)
    names = {tuple(sorted(map(int, size))): name for name, size in PAPER.items()}
    named = names.get((found[0], found[1]))
    shown = f"{named} ({width} × {height} mm)" if named else f"{width} × {height} mm"
    return [
        template_problem(
            f"the Word template's pages are {shown}, the theme's paper is {paper}; the Word "
            f"files get {paper}",
            "change the page size in Word, or paper: under theme: in releases/_newsroom.yaml",
            "warning",
        )
    ]


def _set_language(word: WordDocument, language: Language) -> None:
    """Set the language for the spell-checker, hyphenation and the choice of fonts (17.3.2.20)."""
    tags = {"val": language.tag}
    is_complex = language.script in _COMPLEX
    slot = "bidi" if is_complex else "eastAsia" if language.script in _EAST_ASIAN else "val"
    tags[slot] = language.tag
    sheet = word.styles.element
    # Word likes to note the designer's own language in styles.
    for style in sheet.iter(w("style")):
        for run in style.iter(w("rPr")):
            remove(run, "lang")
    defaults = properties(properties(properties(sheet, "docDefaults"), "rPrDefault"), "rPr")
    old = defaults.find(w("lang"))
    kept = {} if old is None else {str(k).rpartition("}")[2]: str(v) for k, v in old.items()}
    put(defaults, "lang", **{**kept, **tags})
    settings = word.settings.element
    theme_language = settings.find(w("themeFontLang"))
    if theme_language is None:
        theme_language = put(settings, "themeFontLang")
    theme_language.set(w(slot), language.tag)
