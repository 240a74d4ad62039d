"""Names and order of WordprocessingML elements, for every module of the DOCX writer.

Word refuses elements in another order than that of their schema type (ECMA-376 Part 1, annex
A), so properties are set through :func:`put`.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.parts.hdrftr import FooterPart, HeaderPart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument
    from docx.opc.package import OpcPackage
    from docx.opc.part import Part
    from docx.parts.story import StoryPart
    from lxml.etree import _Element

    Element: TypeAlias = _Element

_ORDERS = {
    "w:tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection
        tcFitText vAlign hideMark headers cellIns cellDel cellMerge tcPrChange""",
    "w:pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr
        suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct
        topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind
        contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment
        textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange""",
    "w:rPr": """ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike
        outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern
        position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang
        eastAsianLayout specVanish oMath rPrChange""",
    "w:tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize
        tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption
        tblDescription tblPrChange""",
    "w:sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc
        pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi
        rtlGutter docGrid printerSettings sectPrChange""",
    "w:settings": """writeProtection view zoom removePersonalInformation removeDateAndTime
        doNotDisplayPageBoundaries displayBackgroundShape printPostScriptOverText
        printFractionalCharacterWidth printFormsData embedTrueTypeFonts embedSystemFonts
        saveSubsetFonts saveFormsData mirrorMargins alignBordersAndEdges
        bordersDoNotSurroundHeader bordersDoNotSurroundFooter gutterAtTop hideSpellingErrors
        hideGrammaticalErrors activeWritingStyle proofState formsDesign attachedTemplate
        linkStyles stylePaneFormatFilter stylePaneSortMethod documentType mailMerge revisionView
        trackRevisions doNotTrackMoves doNotTrackFormatting documentProtection autoFormatOverride
        styleLockTheme styleLockQFSet defaultTabStop autoHyphenation consecutiveHyphenLimit
        hyphenationZone doNotHyphenateCaps showEnvelope summaryLength clickAndTypeStyle
        defaultTableStyle evenAndOddHeaders bookFoldRevPrinting bookFoldPrinting
        bookFoldPrintingSheets drawingGridHorizontalSpacing drawingGridVerticalSpacing
        displayHorizontalDrawingGridEvery displayVerticalDrawingGridEvery
        doNotUseMarginsForDrawingGridOrigin drawingGridHorizontalOrigin
        drawingGridVerticalOrigin doNotShadeFormData noPunctuationKerning
        characterSpacingControl printTwoOnOne strictFirstAndLastChars noLineBreaksAfter
        noLineBreaksBefore savePreviewPicture doNotValidateAgainstSchema saveInvalidXml
        ignoreMixedContent alwaysShowPlaceholderText doNotDemarcateInvalidXml
        saveXmlDataOnly useXSLTWhenSaving saveThroughXslt showXMLTags alwaysMergeEmptyNamespace
        updateFields hdrShapeDefaults footnotePr endnotePr compat docVars rsids mathPr
        attachedSchema themeFontLang clrSchemeMapping""",
}
_RANKS = {
    qn(parent): {qn(f"w:{name}"): rank for rank, name in enumerate(names.split())}
    for parent, names in _ORDERS.items()
}


@cache
def w(name: str) -> str:
    """Return the name of a WordprocessingML element or attribute in lxml's notation."""
    return qn(f"w:{name}")


def new(name: str, *children: Element, **attributes: str) -> Element:
    """Return a WordprocessingML element."""
    element: Element = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        element.set(w(key), value)
    element.extend(children)
    return element


def put(parent: Element, name: str, *children: Element, **attributes: str) -> Element:
    """Set a child of a properties element in the order of its type, in place of an old one."""
    ranks = _RANKS[parent.tag]
    remove(parent, name)
    element = new(name, *children, **attributes)
    rank = ranks[element.tag]
    for index, sibling in enumerate(parent):
        if ranks.get(sibling.tag, len(ranks)) > rank:
            parent.insert(index, element)
            return element
    parent.append(element)
    return element


def remove(parent: Element, *names: str) -> None:
    """Remove the children with these names."""
    for name in names:
        for child in parent.findall(w(name)):
            parent.remove(child)


def properties(element: Element, name: str) -> Element:
    """Return the properties of a paragraph, run, table, …; they come first in it."""
    found = element.find(w(name))
    if found is None:
        found = new(name)
        element.insert(0, found)
    return found


def stories(word: WordDocument) -> Iterator[StoryPart]:
    """Yield the parts that hold text: the body, then the headers and footers."""
    yield word.part
    for rel in word.part.rels.values():
        if not rel.is_external and isinstance(rel.target_part, HeaderPart | FooterPart):
            yield rel.target_part


def related(part: Part | OpcPackage, kind: str) -> Part | None:
    """Return the part that has this relationship type with a part or the package, if any."""
    for rel in part.rels.values():
        if rel.reltype == kind and not rel.is_external:
            found: Part = rel.target_part
            return found
    return None


def drop(element: Element) -> None:
    """Remove a paragraph; what needs one, such as a cell (17.4.65), keeps it empty."""
    parent = element.getparent()
    others = [] if parent is None else parent.findall(w("p"))[1:]
    if parent is None or not others or element.find(f"{w('pPr')}/{w('sectPr')}") is not None:
        for child in element.findall("*"):
            if child.tag != w("pPr"):
                element.remove(child)
        return
    parent.remove(element)
