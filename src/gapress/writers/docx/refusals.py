"""Finds in the Word template what must not be published: a template fails closed.

Tracked changes, comments, hidden text, leftover braces, fields and links that hold something of
the designer's machine, macros and embedded files. Each is told with the part that it is in and the
words of its paragraph.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lxml import etree

from gapress.writers.docx.ooxml import w
from gapress.writers.docx.placeholders import BRACE, OBJECT, pieces
from gapress.writers.docx.removals import KEPT, is_placeholder, is_prompting
from gapress.writers.docx.story import template_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.errors import Problem
    from gapress.writers.docx.contents import Contents, Relation
    from gapress.writers.docx.ooxml import Element

# ECMA-376 Part 1, 17.13.5; names of elements, and what each is called in Word.
_CHANGES = {
    "ins": "tracked insertion", "del": "tracked deletion",
    "cellIns": "tracked insertion of a cell", "cellDel": "tracked deletion of a cell",
    "cellMerge": "tracked merging of cells",
    "moveFrom": "tracked move", "moveTo": "tracked move",
    "moveFromRangeStart": "tracked move", "moveToRangeStart": "tracked move",
    "customXmlInsRangeStart": "tracked insertion", "customXmlDelRangeStart": "tracked deletion",
    "customXmlMoveFromRangeStart": "tracked move", "customXmlMoveToRangeStart": "tracked move",
    **dict.fromkeys(
        ("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "trPrChange",
         "tcPrChange", "tblGridChange", "numberingChange"), "tracked change of formatting",
    ),
}  # fmt: skip
_CONFLICTS = dict.fromkeys(("conflictIns", "conflictDel"), "conflicting change")
_WORD_2010 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_TRACKED = {w(name): what for name, what in _CHANGES.items()} | {
    f"{_WORD_2010}{name}": what for name, what in _CONFLICTS.items()
}
# Fields (17.16.5) whose result depends on nothing but the pages. Others show the designer's name,
# file or day, or words of the template that Word has kept from the last time it was open.
_FIELDS = frozenset(
    {"PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "HYPERLINK", "SYMBOL", "EQ", "ADVANCE", "SEQ",
     "LISTNUM", "="}
)  # fmt: skip
_LINKS = ("http:", "https:", "mailto:", "tel:")
_EMBEDDED = {
    "vbaProject": "macros",
    "oleObject": "an embedded object",
    "package": "an embedded file",
    "control": "a control",
    "activeXControlBinary": "a control",
    "aFChunk": "an inserted file",
    "subDocument": "a subdocument",
    "frame": "a frame",
}
_PATH = re.compile(r"(?:file:|[a-z]:[\\/]|\\\\\w|/(?:users|home|volumes)/)", re.IGNORECASE)
_QUOTED_PATH = re.compile(f'"{_PATH.pattern}', re.IGNORECASE)
_GUID = re.compile(r"\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}", re.IGNORECASE)
_DOUBLE = re.compile(r"\{\{|\}\}|\{%|%\}|%7B%7B", re.IGNORECASE)
# Attributes that are shown or read out: alternative texts, tips, titles of content controls.
_SHOWN = frozenset({"descr", "title", "alt", "string", "tooltip"})
_SHOWN_VALUES = frozenset(map(w, ("tblCaption", "tblDescription", "alias", "tag")))
_TEXT = frozenset({"t", "delText", "v"})
_ONLY = "placeholders work in paragraphs of the text, headers, footers and their text boxes"
_NOT_IN_LINKS = "take the link or field around it away: a placeholder can't be inside one"
_LINK_HINT = "let it lead to an address with https, http, mailto or tel, or take it out"
_WHOLE = "the whole file"
_LENGTH = 60
_MOST = 10  # places of one fault; more would only hide the other faults


class Findings:
    """Collects what is found; the same fault in the same place is told once."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], dict[str, None]] = {}

    def add(self, what: str, part: str, element: Element | None, hint: str) -> None:
        """Note a fault in a part of the file, at an element of it where there is one."""
        places = self._places.setdefault((what, hint), {})
        if len(places) <= _MOST:  # to tell where something is takes a while
            places[part if element is None else _place(part, element)] = None

    def problems(self) -> Iterator[Problem]:
        """Yield a problem for each place."""
        for (what, hint), places in self._places.items():
            for number, place in enumerate(places):
                where = place if number < _MOST else "more places"
                yield template_problem(f"the Word template has {what} in {where}", hint)


def _place(part: str, element: Element) -> str:
    """Return where an element is: its part, and the words of its paragraph."""
    owner = next(_paragraphs_around(element), None)
    if owner is None:
        style = next(element.iterancestors(w("style")), None)
        name = None if style is None else style.find(w("name"))
        return part if name is None else f"{part}, style “{name.get(w('val'))}”"
    if said := _said(owner):
        return f"{part}, “{said}”"
    for before in owner.itersiblings(preceding=True):
        if said := _said(before):
            return f"{part}, the empty paragraph after “{said}”"
    return f"{part}, the empty paragraph at the beginning"


def _paragraphs_around(element: Element) -> Iterator[Element]:
    names = {w("p"), "{http://schemas.openxmlformats.org/drawingml/2006/main}p"}
    if element.tag in names:
        yield element
    yield from (around for around in element.iterancestors() if around.tag in names)


def _said(element: Element) -> str:
    shown = (e.text or "" for e in element.iter("*") if etree.QName(e).localname in _TEXT)
    text = " ".join("".join(shown).split())
    return text if len(text) <= _LENGTH else text[:_LENGTH].rstrip() + "…"


def look_at_parts(contents: Contents, found: Findings) -> None:
    """Find parts and links that must not be published; before ``removals`` takes others out."""
    if b"macroEnabled" in contents.parts["[Content_Types].xml"]:
        found.add("macros", _WHOLE, None, "save it as a Word document without macros (.docx)")
    for source, relations in contents.published().items():
        part = source or _WHOLE
        for relation in relations:
            if relation.kind in _EMBEDDED:
                hint = "take it out in Word; a template holds text and pictures"
                found.add(_EMBEDDED[relation.kind], part, None, hint)
            elif relation.kind == "comments" and not relation.is_external:
                _comments(contents, source, relation, found)
            elif relation.kind in KEPT and relation.is_external:
                _outside(relation, part, found)
            elif relation.kind in KEPT and relation.target not in contents.parts:
                hint = "insert again in Word what is missing, or delete it"
                found.add(f"a part that is lost, {relation.target},", part, None, hint)


def look_at_the_rest(contents: Contents, found: Findings) -> None:
    """Find the parts that gapress does not know; after ``removals`` took out those it may."""
    for source, relations in contents.published().items():
        for relation in relations:
            if relation.kind not in {*KEPT, *_EMBEDDED}:
                found.add(
                    f"something that gapress does not know ({relation.kind})",
                    source or _WHOLE,
                    None,
                    "take it out in Word, or use the shipped template",
                )


def _outside(relation: Relation, where: str, found: Findings) -> None:
    if relation.kind != "hyperlink":
        found.add(
            f"a linked {relation.kind}, {relation.target},", where, None,
            "insert it into the file instead of linking it",
        )  # fmt: skip
    elif not _may_lead(relation.target):
        found.add(f"a link to {relation.target}", where, None, _LINK_HINT)


def _may_lead(target: str) -> bool:
    return target.casefold().startswith(_LINKS) and not _DOUBLE.search(target)


def _comments(contents: Contents, source: str, relation: Relation, found: Findings) -> None:
    root = contents.roots.get(relation.target)
    for comment in () if root is None else root.iter(w("comment")):
        author = comment.get(w("author"))
        what = f"a comment by {author}" if author else "a comment"
        marks = contents.roots[source].iter(w("commentReference"), w("commentRangeStart"))
        number = comment.get(w("id"))
        anchor = next((mark for mark in marks if mark.get(w("id")) == number), None)
        part = relation.target if anchor is None else source
        hint = "delete all comments in Word, then save"
        found.add(f"{what}, “{_said(comment)}”,", part, anchor, hint)


def look_at_text(part: str, root: Element, found: Findings) -> None:
    """Find changes, hidden text, prompts and fields; before ``removals`` unwraps anything."""
    for element in root.iter(*_TRACKED):
        author = element.get(w("author"))
        what = f"a {_TRACKED[element.tag]}" + (f" by {author}" if author else "")
        hint = "accept or reject all changes in Word (Review), then save"
        found.add(what, part, element, hint)
    for element in root.iter(w("vanish")):
        run = element.getparent()
        run = None if run is None else run.getparent()
        if run is not None and run.tag == w("r") and _is_on(element) and _said(run):
            found.add("hidden text", part, element, "delete it, or show it")
    for control in root.iter(w("sdt")):
        if is_prompting(control) and not is_placeholder(control):
            inner = next(control.iter(w("p"), w("t")), control)
            found.add(
                "a content control that still shows its prompt", part, inner,
                "fill it in, or delete it",
            )  # fmt: skip
    for element, code in _fields(root):
        name = code.split()[0].upper() if code.split() else ""
        if name.startswith("="):
            name = "="
        if name not in _FIELDS:
            hint = "delete it; what differs between releases is a placeholder"
            found.add(f"the field {name or 'without a name'}", part, element, hint)
        target = re.search(r'"([^"]*)"', code)
        is_inside = r"\l" in code.split()
        if name == "HYPERLINK" and target and not is_inside and not _may_lead(target[1]):
            found.add(f"a link to {target[1]}", part, element, _LINK_HINT)


def _is_on(toggle: Element) -> bool:
    return toggle.get(w("val"), "true") not in {"0", "false", "off"}


def _fields(root: Element) -> Iterator[tuple[Element, str]]:
    """Yield every field, simple or complex, with its code (17.16.18)."""
    for element in root.iter(w("fldSimple")):
        yield element, element.get(w("instr"), "")
    codes: list[str | None] = []
    for element in root.iter(w("fldChar"), w("instrText")):
        kind = element.get(w("fldCharType"))
        code = codes[-1] if codes else None
        if kind == "begin":
            codes.append("")
        elif element.tag == w("instrText") and code is not None:
            codes[-1] = code + (element.text or "")
        elif kind in {"separate", "end"} and codes:
            if code is not None:
                yield element, code
            codes[-1] = None  # what follows is the result
            if kind == "end":
                codes.pop()


def look_at_braces(part: str, root: Element, found: Findings, *, fillable: bool) -> None:
    """Find braces where no placeholder is replaced, and paths of somebody's computer.

    Args:
        part: The part's name.
        root: Its root, with content controls unwrapped.
        found: Where to note them.
        fillable: Whether placeholders in paragraphs of this part are replaced.
    """
    xml = _GUID.sub("", str(etree.tostring(root, encoding="unicode")))
    if not any(pattern.search(xml) for pattern in (BRACE, _DOUBLE, _QUOTED_PATH)):
        return  # nearly every part; to look at each element takes a while
    read = set(_read(root)) if fillable else set()
    for element in root.iter("*"):
        if element not in read:
            text = (element.text or "") + "".join(child.tail or "" for child in element)
            pattern = BRACE if etree.QName(element).localname in _TEXT else _DOUBLE
            if pattern.search(text) and not _is_within(element, *_TRACKED):
                in_link = fillable and _is_within(element, w("hyperlink"), w("fldSimple"))
                found.add(_braces(text), part, element, _NOT_IN_LINKS if in_link else _ONLY)
        for key, given in element.attrib.items():
            value = str(given)
            shown = etree.QName(str(key)).localname in _SHOWN or element.tag in _SHOWN_VALUES
            if (BRACE if shown else _DOUBLE).search(_GUID.sub("", value)):
                found.add(_braces(value), part, element, _ONLY)
            if _PATH.match(value):
                hint = "write an alternative text, or delete it"
                found.add(f"the path of a file, {value},", part, element, hint)


def _is_within(element: Element, *tags: str) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _read(root: Element) -> Iterator[Element]:
    """Yield the elements whose text ``template`` reads."""
    for paragraph in root.iter(w("p")):
        yield from (piece.element for piece in pieces(paragraph) if piece.text != OBJECT)


def _braces(text: str) -> str:
    return f"braces that nothing replaces, “{' '.join(text.split())[:_LENGTH]}”,"
