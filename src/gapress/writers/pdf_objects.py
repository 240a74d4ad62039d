"""Mends the objects of a PDF before it is written, where WeasyPrint leaves something to wish for.

Called by the PDF writer as WeasyPrint's ``finisher``, which hands over all objects of the file.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import pydyf

from gapress.writers import pdf_faces, pdf_text
from gapress.writers.coverage import is_turned
from gapress.writers.font_files import leftward_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapress.document import Direction
    from gapress.writers.font_files import FontFile

_BFCHAR = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
_PRINT = 4  # ISO 32000-1, table 165: annotation flag Print


def mend(
    fonts: Sequence[FontFile], direction: Direction, note_label: str, document: Any, pdf: Any
) -> None:
    """Mend the text mappings, the table headers, the links and the footnotes of a ``pydyf.PDF``.

    Args:
        fonts: The files that the page's fonts come from.
        direction: The direction of its lines.
        note_label: What a reference to a footnote is called, with ``{number}`` for its number.
        document: WeasyPrint's document.
        pdf: Its PDF, about to be written.
    """
    files = {(file.family, file.weight, file.style): file for file in fonts}
    names = {font.name: files.get(_in_css(font)) for font in document.fonts.values()}
    for thing in pdf.objects:
        if isinstance(thing, dict) and thing.get("Subtype") == "/Type0":
            mapping = _at(pdf, thing["ToUnicode"])
            mapping.stream[:] = _mended_mapping(
                mapping.stream, names.get(thing["BaseFont"]), direction
            )
    faces = pdf_faces.faces(pdf)
    pages = (_at(pdf, page["Contents"]).stream for page in pdf.objects if _is_page(page))
    pdf_text.order_lines(pages, faces)
    for face in faces.values():
        face.write()
    _scope_headers(pdf)
    _name_groups(pdf)
    _mend_links(pdf)
    _tag_footnotes(pdf, note_label)
    _mark_artifacts(pdf)


def _in_css(font: Any) -> tuple[str, int, str]:
    """Return family, weight and style of a font of WeasyPrint's in CSS terms."""
    return font.family, int(font.weight), ("normal", "oblique", "italic")[font.style]


def _mended_mapping(lines: list[bytes], font: FontFile | None, direction: Direction) -> list[bytes]:
    """Return a ToUnicode CMap (ISO 32000-1, 9.10.3) from which words copy out correctly.

    Extractors read a right-to-left line glyph by glyph from the left and then turn it round,
    character by character; so the characters of a right-to-left ligature must stand in that order
    too, and so those of an emoji sequence in such a line (flags are letters, and a country would
    become another). Where a right-to-left ligature carries a vowel sign, WeasyPrint maps the
    sign's glyph to all of it: the font says better what each glyph is. And a space glyph that
    served first for a no-break space is a space.
    """
    mapped = [_mapped(line) for line in lines]
    texts = {text for _, text in mapped if text}
    is_leftward = any(unicodedata.bidirectional(text[0]) in {"R", "AL"} for text in texts)
    mended = []
    for line, (glyph, text) in zip(lines, mapped, strict=True):
        own = leftward_text(font, glyph) if font and is_leftward and glyph >= 0 else ""
        new = own or text
        turned = unicodedata.bidirectional(new[:1]) in {"R", "AL"} if new else False
        if len(new) > 1 and (turned or (direction == "rtl" and is_turned(new))):
            new = new[::-1]
        elif text and " " not in texts and unicodedata.category(text[0]) == "Zs":
            new = " "
        kept = new == text
        mended.append(
            line if kept else b"%s<%s>" % (line[:7], new.encode("utf-16-be").hex().encode())
        )
    return mended


def _mapped(line: bytes) -> tuple[int, str]:
    """Return a glyph's number and its text; -1 where the line maps none."""
    match = _BFCHAR.fullmatch(line)
    if not match:
        return -1, ""
    return int(match[1], 16), bytes.fromhex(match[2].decode()).decode("utf-16-be")


def _scope_headers(pdf: Any) -> None:
    """Give each table header cell its scope (ISO 14289-1, 7.5)."""
    for cell in _elements(pdf, "/TH"):
        row = _at(pdf, cell["P"])
        head = _at(pdf, row["P"])["S"] == "/THead"
        cell.setdefault("A", pydyf.Dictionary({"O": "/Table"}))
        cell["A"]["Scope"] = "/Column" if head else "/Row"


def _name_groups(pdf: Any) -> None:
    """Add the heading over several columns to the headers of each cell under it.

    ISO 32000-1, table 349, Headers; WeasyPrint names it for the first of these columns only.
    """
    over: dict[str, Any] = {}
    for head in _elements(pdf, "/THead"):
        rows = [_cells(pdf, _at(pdf, row)) for row in _references(head["K"])]
        if len(rows) == 2:
            spans = ([cell] * int(cell["A"].get("ColSpan", 1)) for cell in rows[0])
            groups = [cell.get("ID") for span in spans for cell in span]
            for group, cell in zip(groups, rows[1], strict=True):
                if group and "ID" in cell:
                    over[cell["ID"].string] = group
    for cell in _elements(pdf, "/TD") if over else ():
        headers = cell["A"].get("Headers", [])
        known = {header.string for header in headers}
        for index, header in reversed(list(enumerate(headers))):
            group = over.get(header.string)
            if group and group.string not in known:
                headers.insert(index, group)


def _cells(pdf: Any, row: Any) -> list[Any]:
    return [_at(pdf, cell) for cell in _references(row["K"])]


def _mend_links(pdf: Any) -> None:
    """Leave one annotation a link, the one in its Link element (ISO 14289-1, 7.18.5), and print it.

    WeasyPrint makes another for each element inside the link.
    """
    dropped: set[bytes] = set()
    for element in _elements(pdf):
        for reference in _references(element.get("K", ())):
            kid = _at(pdf, reference)
            if isinstance(kid, dict) and kid.get("Type") == "/OBJR" and element["S"] != "/Link":
                element["K"].remove(reference)
                dropped.add(kid["Obj"])
    keys = {_at(pdf, reference).get("StructParent") for reference in dropped}
    for thing in pdf.objects:
        if not isinstance(thing, dict):
            continue
        if thing.get("Subtype") == "/Link":
            thing["F"] = _PRINT
        if "Annots" in thing:
            thing["Annots"][:] = [
                annotation for annotation in thing["Annots"] if annotation not in dropped
            ]
        if "Nums" in thing:
            pairs = zip(thing["Nums"][::2], thing["Nums"][1::2], strict=True)
            thing["Nums"][:] = [part for pair in pairs if pair[0] not in keys for part in pair]


_TO_NOTE = re.compile(r"footnote-(\d+)")
_TO_MARK = re.compile(r"footnote-(\d+)-mark(?:-\d+)?")


def _tag_footnotes(pdf: Any, note_label: str) -> None:
    """Tag footnotes as notes, and the links to them as references (ISO 14289-1, 7.9).

    A note has a label, which leads back, and an ID (ISO 32000-1, 14.8.4.4.1).
    """
    for element in list(_elements(pdf, "/Link")):
        for reference in _references(element["K"]):
            kid = _at(pdf, reference)
            annotation = _at(pdf, kid["Obj"]) if kid.get("Type") == "/OBJR" else {}
            target = annotation.get("Dest")
            name = target.string if isinstance(target, pydyf.String) else ""
            if found := _TO_NOTE.fullmatch(name):
                _wrap(pdf, element, "/Reference")
            elif found := _TO_MARK.fullmatch(name):
                note = _at(pdf, element["P"])
                note["S"] = "/Note"
                note["ID"] = pydyf.String(f"footnote-{found[1]}")
                _wrap(pdf, element, "/Lbl")
            if found:
                annotation["Contents"] = pydyf.String(note_label.replace("{number}", found[1]))


def _wrap(pdf: Any, element: Any, kind: str) -> None:
    """Put an element into a new one of a kind, at its place."""
    parent = _at(pdf, element["P"])
    outer = pydyf.Dictionary(
        {
            "Type": "/StructElem",
            "S": kind,
            "K": pydyf.Array([element.reference]),
            "Pg": element["Pg"],
            "P": parent.reference,
        }
    )
    pdf.add_object(outer)
    parent["K"][parent["K"].index(element.reference)] = outer.reference
    element["P"] = outer.reference


def _mark_artifacts(pdf: Any) -> None:
    """Mark running heads and feet as pagination artifacts (ISO 14289-1, 7.8).

    WeasyPrint marks them as content and then leaves them out of the structure tree.
    """
    reachable: set[int] = set()
    todo = [pdf.catalog["StructTreeRoot"]]
    while todo:
        number = _number(todo.pop())
        thing = pdf.objects[number]
        if number not in reachable and isinstance(thing, dict):
            reachable.add(number)
            todo += _references(thing.get("K", ()))
    parents = _at(pdf, _at(pdf, pdf.catalog["StructTreeRoot"])["ParentTree"])["Nums"]
    owners = dict(zip(parents[::2], parents[1::2], strict=True))
    for page in pdf.objects:
        if _is_page(page):
            own = owners[page["StructParents"]]
            lost = {i for i, owner in enumerate(own) if _number(owner) not in reachable}
            _drop_marks(_at(pdf, page["Contents"]).stream, lost)
            own[:] = ["null" if i in lost else owner for i, owner in enumerate(own)]


def _drop_marks(stream: list[Any], lost: set[int]) -> None:
    for index, part in enumerate(stream):
        if isinstance(part, dict) and part.get("MCID") in lost:
            stream[index - 1] = "/Artifact"
            stream[index] = pydyf.Dictionary({"Type": "/Pagination"})


def _is_page(thing: Any) -> bool:
    return isinstance(thing, dict) and thing.get("Type") == "/Page"


def _elements(pdf: Any, kind: str = "") -> Iterator[Any]:
    for thing in pdf.objects:
        if (
            isinstance(thing, dict)
            and thing.get("Type") == "/StructElem"
            and kind in {"", thing["S"]}
        ):
            yield thing


def _references(kids: Any) -> list[bytes]:
    return [kid for kid in kids if isinstance(kid, bytes)]


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _at(pdf: Any, reference: bytes) -> Any:
    return pdf.objects[_number(reference)]
