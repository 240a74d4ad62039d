"""Catalogs as XLIFF 1.2 (OASIS), for the programs of translation agencies."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gapress.catalogs.exchange import Unit
from gapress.errors import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

_XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
_STATES = {"new": False, "needs-review-translation": True, "translated": False}
_ROOT = re.compile(rb"<(?:[\w.-]+:)?xliff\b")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AGAIN = "export it again with gapress catalogs export"


def write_xliff(found: Sequence[Unit], name: str, source: str, target: str) -> bytes:
    """Return units as an XLIFF 1.2 file, UTF-8.

    Args:
        found: The units.
        name: The catalog, the ``original`` of the file.
        source: BCP 47 tag of the source texts' language.
        target: BCP 47 tag of the translations' language.

    Raises:
        ContentError: A text has a character that XML can't hold.
    """
    from lxml import etree

    root = etree.Element("xliff", nsmap={None: _XLIFF}, version="1.2")  # type: ignore[dict-item]
    names = {"source-language": source, "target-language": target}
    file = etree.SubElement(root, "file", {"original": name, "datatype": "plaintext", **names})
    body = etree.SubElement(file, "body")
    space = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
    for number, unit in enumerate(found, 1):
        texts = (unit.context, unit.source, unit.translation, *unit.comments)
        if match := next(filter(None, map(_NOT_XML.search, texts)), None):
            message = f"the {unit.context} {unit.source[:60]!r} has U+{ord(match[0]):04X}"
            hint = "XML can't hold it: delete it, or export as csv"
            raise ContentError([Problem(f"{name}.po", message=message, hint=hint)])
        approved = "yes" if unit.state == "translated" else "no"
        marks = {"id": str(number), "resname": unit.context, "approved": approved, **space}
        element = etree.SubElement(body, "trans-unit", marks)
        etree.SubElement(element, "source").text = unit.source
        target_element = etree.SubElement(element, "target", {"state": unit.state})
        target_element.text = unit.translation
        for comment in unit.comments:
            etree.SubElement(element, "note", {"from": "developer"}).text = comment
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def read_xliff(raw: bytes, file: str) -> tuple[str, str, list[Unit]]:
    """Return the catalog's name, the target language and the units of an XLIFF 1.2 file.

    Raises:
        ContentError: Not well-formed, with a document type, not XLIFF 1.2, for several catalogs, or
            with a unit that has no source text: each with its line.
    """
    from lxml import etree

    # Before anything is parsed: entities may stand for gigabytes, or for other files.
    prolog = _ROOT.split(raw.replace(b"\0", b""), maxsplit=1)[0]
    if b"<!DOCTYPE" in prolog or b"<!ENTITY" in prolog:
        raise _refused(file, 1, "has a document type, which XLIFF does not need", "delete it")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root: Any = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        reason = getattr(error, "msg", None) or str(error)
        raise _refused(file, line, f"not well-formed XML: {reason}", _AGAIN) from None
    name = etree.QName(root)
    version = root.get("version", "")
    if name.localname != "xliff" or name.namespace not in {_XLIFF, None}:
        told = f"XLIFF {version}" if name.localname == "xliff" else f"<{name.localname}>"
        hint = "save it as XLIFF 1.2, which gapress exports" if version else _AGAIN
        raise _refused(file, root.sourceline, f"not an XLIFF 1.2 file, but {told}", hint)
    if version != "1.2":
        hint = "save it as XLIFF 1.2, which gapress exports"
        message = f"not an XLIFF 1.2 file, but XLIFF {version or 'without a version'}"
        raise _refused(file, root.sourceline, message, hint)
    parts = root.findall("{*}file")
    catalogs = {(part.get("original", ""), part.get("target-language", "")) for part in parts}
    if len(catalogs) != 1:
        message = f"not an XLIFF 1.2 file of one catalog: it has {len(catalogs)}"
        raise _refused(file, root.sourceline, message, "import a file for each catalog")
    units: list[Unit] = []
    problems: list[Problem] = []
    for element in root.iter("{*}trans-unit"):
        source = element.find("{*}source")
        if source is None:
            message = f"the trans-unit {element.get('id', '')!r} has no source"
            problems.append(Problem(file, element.sourceline, 0, message, _AGAIN))
            continue
        units.append(_unit(element, source))
    if problems:
        raise ContentError(problems)
    return (*catalogs.pop(), units)


def _unit(element: Any, source: Any) -> Unit:
    target = element.find("{*}target")
    state = target.get("state", "translated") if target is not None else "new"
    return Unit(
        element.get("resname", ""),
        "".join(source.itertext()),
        "".join(target.itertext()) if target is not None else "",
        _STATES.get(state, state.startswith("needs-")),
        tuple("".join(note.itertext()) for note in element.iter("{*}note")),
        element.sourceline,
    )


def _refused(file: str, line: int, message: str, hint: str) -> ContentError:
    return ContentError([Problem(file, line, 0, message, hint)])
