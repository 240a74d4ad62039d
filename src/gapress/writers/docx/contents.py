"""The parts of a Word file and their relationships (ECMA-376 Part 2), read without python-docx.

``intake`` reads the designer's template with it, before anything of it is used: python-docx shows
neither the parts that it does not know nor those that nothing refers to.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree

from gapress.writers.docx.story import template_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.writers.docx.ooxml import Element

# The whole template, unpacked; the shipped one has 60 kB, one with fonts and pictures some MB.
MAX_UNPACKED = 200_000_000
TYPES = "[Content_Types].xml"
_OLE = b"\xd0\xcf\x11\xe0"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = "http://purl.oclc.org/ooxml/"
_SAVE = "save it in Word as a Word document (.docx)"


@dataclass(frozen=True)
class Relation:
    """A relationship of one part with another, or with something outside.

    Attributes:
        source: The part that has it; empty for the package.
        id: Its id in that part.
        kind: The end of its type's URI, such as ``header``.
        target: The other part's name, or the address outside.
        is_external: Whether the target is outside.
    """

    source: str
    id: str
    kind: str
    target: str
    is_external: bool


@dataclass(frozen=True)
class Contents:
    """A Word file, its XML parts parsed.

    Attributes:
        parts: The bytes of every entry.
        roots: The root element of every XML part, relationship parts included.
    """

    parts: dict[str, bytes]
    roots: dict[str, Element]

    def relations(self, source: str) -> Iterator[Relation]:
        """Yield the relationships of a part."""
        root = self.roots.get(_relations_part(source))
        for entry in () if root is None else root.iterchildren(f"{_RELATIONS}Relationship"):
            is_external = entry.get("TargetMode") == "External"
            target = entry.get("Target", "")
            if not is_external:
                folder = posixpath.dirname(source)
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target)))[1:]
            kind = entry.get("Type", "").rpartition("/")[2]
            yield Relation(source, entry.get("Id", ""), kind, target, is_external)

    def drop(self, relation: Relation) -> None:
        """Take a relationship out; a part that nothing else refers to is then not published."""
        root = self.roots[_relations_part(relation.source)]
        for entry in root.findall(f"{_RELATIONS}Relationship"):
            if entry.get("Id") == relation.id:
                root.remove(entry)

    def published(self) -> dict[str, list[Relation]]:
        """Return the parts that will be in the finished file, each with its relationships."""
        found: dict[str, list[Relation]] = {}
        waiting = [""]
        while waiting:
            name = waiting.pop()
            if name in found:
                continue
            found[name] = list(self.relations(name))
            waiting += [r.target for r in reversed(found[name]) if not r.is_external]
        return found

    def packed(self) -> bytes:
        """Return the file."""
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as package:
            for name, data in self.parts.items():
                root = self.roots.get(name)
                package.writestr(name, data if root is None else _serialised(root))
        return packed.getvalue()


def _serialised(root: Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def _relations_part(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def read(data: bytes) -> Contents:
    """Return the contents of a Word file.

    Raises:
        ContentError: It can't be read, or is of a kind that can't be used.
    """
    if data.startswith(_OLE):
        raise template_error(
            "the Word template is protected with a password, or is in the old format (.doc)",
            f"{_SAVE}, without a password",
        )
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > MAX_UNPACKED:
                raise template_error(
                    f"the Word template unpacks to more than {MAX_UNPACKED // 1_000_000} MB",
                    "use smaller pictures",
                )
            parts = {name: package.read(name) for name in package.namelist()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        raise template_error("the Word template can't be read", _SAVE) from error
    if TYPES not in parts:
        raise template_error("the Word template can't be read", _SAVE)
    roots = {name: _parsed(name, parts[name]) for name in parts if name.endswith((".xml", ".rels"))}
    if any(root.nsmap.get(root.prefix, "").startswith(_STRICT) for root in roots.values()):
        raise template_error("the Word template is in the format Strict Open XML", _SAVE)
    return Contents(parts, roots)


def _parsed(name: str, data: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise template_error(
            f"the Word template can't be read: {name} is damaged",
            "open it in Word and save it again",
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise template_error(
            f"the Word template can't be read: {name} has a document type declaration", _SAVE
        )
    return root
