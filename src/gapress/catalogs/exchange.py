"""Catalogs for translation agencies and back: XLIFF 1.2 (OASIS) and CSV (RFC 4180).

A round trip changes nothing; what comes back fills translations and states, and nothing else.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from gapress.errors import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapress.catalogs.po import PoFile

_XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
_COLUMNS = ("context", "source", "translation", "state", "comments")
_STATES = {"new": False, "needs-review-translation": True, "translated": False}

Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Unit:
    """One message on its way: what it is, its text, its translation, whether that is in doubt."""

    context: str
    source: str
    translation: str
    fuzzy: bool
    comments: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """Context and source text."""
        return self.context, self.source

    @property
    def state(self) -> str:
        """The state as XLIFF names it."""
        if not self.translation:
            return "new"
        return "needs-review-translation" if self.fuzzy else "translated"


def units(catalog: PoFile) -> list[Unit]:
    """Return the live messages of a catalog; those with plural forms stay behind."""
    return [
        Unit(*e.key, e.translation, "fuzzy" in e.flags, tuple(e.comment("#.")))
        for e in catalog.messages
        if not e.obsolete and not e.plural
    ]


def take_back(catalog: PoFile, returned: Sequence[Unit]) -> tuple[PoFile, list[Key]]:
    """Return the catalog with returned translations, and the keys that it no longer has."""
    live = {e.key: i for i, e in enumerate(catalog.entries) if not e.obsolete and not e.plural}
    entries = list(catalog.entries)
    unknown: list[Key] = []
    for unit in returned:
        index = live.get(unit.key)
        if index is None or not unit.source:
            unknown.append(unit.key)
            continue
        if not unit.translation:
            continue
        entry = entries[index].with_string("msgstr", unit.translation, catalog.width)
        flags = [flag for flag in entry.flags if flag != "fuzzy"]
        entry = entry.with_flags(["fuzzy", *flags] if unit.fuzzy else flags)
        entries[index] = entry if unit.fuzzy else entry.with_previous(None, catalog.width)
    return replace(catalog, entries=tuple(entries)), unknown


def write_xliff(found: Sequence[Unit], name: str, source: str, target: str) -> bytes:
    """Return units as an XLIFF 1.2 file, UTF-8.

    Args:
        found: The units.
        name: The catalog, the ``original`` of the file.
        source: BCP 47 tag of the source texts' language.
        target: BCP 47 tag of the translations' language.
    """
    from lxml import etree

    root = etree.Element("xliff", nsmap={None: _XLIFF}, version="1.2")  # type: ignore[dict-item]
    names = {"source-language": source, "target-language": target}
    file = etree.SubElement(root, "file", {"original": name, "datatype": "plaintext", **names})
    body = etree.SubElement(file, "body")
    space = {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
    for number, unit in enumerate(found, 1):
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
        ContentError: Not well-formed, with a document type, or not XLIFF 1.2.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root: Any = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise ContentError([Problem(file, line, 0, f"not well-formed XML: {error}")]) from None
    found = root.find(f"{{{_XLIFF}}}file")
    if root.getroottree().docinfo.doctype or found is None:
        hint = "export it again with gapress catalogs export"
        raise ContentError([Problem(file, message="not an XLIFF 1.2 file", hint=hint)])
    result = []
    for element in found.iter(f"{{{_XLIFF}}}trans-unit"):
        target = element.find(f"{{{_XLIFF}}}target")
        state = target.get("state", "translated") if target is not None else "new"
        result.append(
            Unit(
                element.get("resname", ""),
                "".join(element.find(f"{{{_XLIFF}}}source").itertext()),
                "".join(target.itertext()) if target is not None else "",
                _STATES.get(state, state.startswith("needs-")),
                tuple("".join(n.itertext()) for n in element.iter(f"{{{_XLIFF}}}note")),
            )
        )
    return found.get("original", ""), found.get("target-language", ""), result


def write_csv(found: Sequence[Unit]) -> bytes:
    """Return units as CSV: UTF-8 with a byte order mark, which spreadsheets need."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(_COLUMNS)
    for unit in found:
        comments = "\n".join(unit.comments)
        writer.writerow((unit.context, unit.source, unit.translation, unit.state, comments))
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def read_csv(raw: bytes, file: str) -> list[Unit]:
    """Return the units of a CSV file; the columns may stand in any order.

    Raises:
        ContentError: Not UTF-8, not CSV, or without the columns that say which message it is.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        problem = Problem(file, message=f"not CSV in UTF-8: {error}", hint="save it as CSV UTF-8")
        raise ContentError([problem]) from None
    missing = [c for c in _COLUMNS[:4] if not rows or rows[0].get(c) is None]
    if missing:
        hint = f"the first row must name {', '.join(_COLUMNS)}"
        raise ContentError([Problem(file, 1, 0, f"the column {missing[0]} is missing", hint)])
    return [
        Unit(
            row["context"],
            row["source"],
            row["translation"],
            row["state"].startswith("needs-"),
            tuple((row.get("comments") or "").splitlines()),
        )
        for row in rows
    ]
