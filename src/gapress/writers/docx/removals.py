"""Takes out of the Word template what is the designer's own and what no reader would miss.

What shows in the file, or might be meant, is not taken out but refused: see ``refusals``. The
table in ``docs/designer.md`` says what goes and why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapress.writers.docx.ooxml import remove, w
from gapress.writers.docx.placeholders import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.writers.docx.contents import Contents
    from gapress.writers.docx.ooxml import Element

# Ends of relationship types (ECMA-376 Part 1, annex C; [MS-DOCX] 2.1) of parts that are kept.
KEPT = frozenset(
    {
        "officeDocument", "extended-properties", "styles", "settings", "fontTable", "theme",
        "numbering", "header", "footer", "footnotes", "endnotes", "image", "hdphoto", "hyperlink",
        "font", "chart", "chartStyle", "chartColorStyle", "chartUserShapes", "themeOverride",
        "diagramData", "diagramLayout", "diagramQuickStyle", "diagramColors", "diagramDrawing",
    }
)  # fmt: skip
# Parts that go with what refers to them, which ``clean`` takes out.
_DROPPED = frozenset(
    {
        "comments", "printerSettings", "attachedTemplate", "mailMergeSource",
        "mailMergeHeaderSource", "recipientData", "transform",
    }
)  # fmt: skip
# Settings of whoever made the template: its history, its machine, how it was being worked on.
_SETTINGS = (
    "attachedTemplate", "mailMerge", "docVars", "rsids", "trackRevisions", "revisionView",
    "documentProtection", "writeProtection", "saveThroughXslt", "attachedSchema", "proofState",
)  # fmt: skip
_DOCUMENT_ID = "docId"  # in the namespaces of Word 2010 and Word 2013
_WRAPPERS = {w("smartTag"): w("smartTagPr"), w("customXml"): w("customXmlPr")}
_MARKS = (
    "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef", "permStart",
    "permEnd",
)  # fmt: skip
_RELATIONSHIP_ATTRIBUTES = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{urn:schemas-microsoft-com:office:office}relid",
)


def drop_parts(contents: Contents) -> None:
    """Drop the relationships with parts that are not to be published.

    Those are comments, people, building blocks, properties, custom XML, thumbnails, printers, and
    whatever gapress does not know and nothing in the text refers to. What the text refers to stays
    here, for ``refusals`` to name.
    """
    for source, relations in contents.published().items():
        root = contents.roots.get(source)
        used = set() if root is None else set(_used(root))
        for relation in relations:
            is_unknown = relation.kind not in KEPT
            if relation.kind in _DROPPED or (is_unknown and relation.id not in used):
                contents.drop(relation)


def _used(root: Element) -> Iterator[str]:
    """Yield the ids of relationships that an XML part names."""
    for element in root.iter("*"):
        for name, value in element.attrib.items():
            if str(name).startswith(_RELATIONSHIP_ATTRIBUTES):
                yield str(value)


def clean(root: Element) -> None:
    """Take out of an XML part what only Word needs, and unwrap the content controls."""
    for element in list(root.iter(*map(w, _MARKS))):
        _remove(element)
    for element in list(root.iter(*map(w, ("rsid", "printerSettings", "divId")))):
        _remove(element)
    for element in root.iter("*"):
        for name in [n for n in element.attrib if str(n).startswith(w("rsid"))]:
            del element.attrib[name]
    if root.tag == w("settings"):
        remove(root, *_SETTINGS)
        for element in root.findall("{*}" + _DOCUMENT_ID):
            root.remove(element)
    _spell(root)
    _drop_bookmarks(root)
    for control in list(root.iter(w("sdt"))):
        _open_control(control)
    for element in list(root.iter(*_WRAPPERS)):
        _unwrap(element, element.findall("*"), without=_WRAPPERS[element.tag])


def _spell(root: Element) -> None:
    """Write values of LibreOffice as the transitional schema has them; Word takes both."""
    for element in root.iter(w("lvlJc")):
        value = element.get(w("val"), "")
        element.set(w("val"), {"start": "left", "end": "right"}.get(value, value))
    for element in root.iter(*map(w, ("cantSplit", "tblHeader", "hidden"))):
        if element.get(w("val")) == "true":
            del element.attrib[w("val")]
    for element in root.iter(w("charset")):
        element.attrib.pop(w("characterSet"), "")


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
        # A run that held nothing but a comment's mark.
        if parent.tag == w("r") and all(child.tag == w("rPr") for child in parent):
            _remove(parent)


def _drop_bookmarks(root: Element) -> None:
    """Drop the bookmarks that nothing leads to; their paragraphs may be replaced."""
    wanted = {element.get(w("anchor")) for element in root.iter(w("hyperlink"))}
    codes = " ".join(element.text or "" for element in root.iter(w("instrText")))
    codes += " ".join(element.get(w("instr"), "") for element in root.iter(w("fldSimple")))
    dropped = set()
    for start in list(root.iter(w("bookmarkStart"))):
        if start.get(w("name")) not in wanted | set(codes.split()):
            dropped.add(start.get(w("id")))
            _remove(start)
    for end in list(root.iter(w("bookmarkEnd"))):
        if end.get(w("id")) in dropped:
            _remove(end)


def _open_control(control: Element) -> None:
    """Put the content of a content control (17.5.2) in its place.

    A control of a block, of words, of a row or of a cell: what is in it is what may stand there.
    """
    content = control.find(w("sdtContent"))
    children = [] if content is None else content.findall("*")
    if is_prompting(control):
        for style in [found for child in children for found in child.iter(w("rStyle"))]:
            _remove(style)  # the grey of a prompt
    _unwrap(control, children)


def is_prompting(control: Element) -> bool:
    """Whether a content control shows its prompt, "Click here to enter text"."""
    return control.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is not None


def is_placeholder(control: Element) -> bool:
    """Whether a content control holds a placeholder of gapress."""
    return PLACEHOLDER.search("".join(t.text or "" for t in control.iter(w("t")))) is not None


def _unwrap(element: Element, children: list[Element], without: str = "") -> None:
    parent = element.getparent()
    if parent is None:
        return
    place = parent.index(element)
    parent[place : place + 1] = [child for child in children if child.tag != without]
