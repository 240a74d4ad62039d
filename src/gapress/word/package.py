"""Opens a Word file that was sent by anybody (ECMA-376 Part 2): first step of an import.

Nothing in it is trusted: sizes are bounded, and XML with declarations of its own is refused.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import unquote

from lxml import etree

from gapress.errors import ContentError, Problem

if TYPE_CHECKING:
    from lxml.etree import _Element

    Element: TypeAlias = _Element

MAX_FILE = 100_000_000
MAX_UNPACKED = 300_000_000
MAX_XML = 40_000_000
MAX_ENTRIES = 10_000
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_SAVE = "open it in Word or LibreOffice, and save it as a Word document (.docx)"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What else people send, by how the file begins.
_OTHERS = (
    (b"%PDF-", "a PDF file"),
    (b"{\\rtf", "an RTF file"),
    (b"<", "a web page or another file of text"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
_ZIPPED = {
    "xl/workbook.xml": "an Excel file",
    "ppt/presentation.xml": "a PowerPoint file",
    "content.xml": "an OpenDocument file",
    "Index/Document.iwa": "a Pages file",
}
# Namespaces of Strict Open XML (ECMA-376 Part 1), and those that Word writes (Part 4).
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|drawingml|officeDocument)/")


@dataclass(frozen=True)
class Relation:
    """What an id in a part stands for: another part, or an address outside.

    Attributes:
        kind: The end of its type's URI, such as ``image``.
        target: The part's name, or the address.
        is_external: Whether it is an address.
    """

    kind: str
    target: str
    is_external: bool


@dataclass
class Package:
    """A Word file.

    Attributes:
        file: Its name for messages.
        archive: The ZIP that it is.
    """

    file: str
    archive: zipfile.ZipFile
    _relations: dict[str, dict[str, Relation]] = field(default_factory=dict)

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part in self.archive.NameToInfo

    def read(self, part: str) -> bytes:
        """Return the bytes of a part.

        Raises:
            ContentError: It is damaged.
        """
        try:
            return self.archive.read(part)
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, KeyError,
                RuntimeError, ValueError, OSError) as error:  # fmt: skip
            raise refusal(self.file, f"is damaged: {part} can't be read", _SAVE) from error

    def root(self, part: str) -> Element | None:
        """Return the root element of a part; none where there is no such part.

        Raises:
            ContentError: It is too large, damaged, or has a document type declaration.
        """
        if not self.has(part):
            return None
        if self.archive.getinfo(part).file_size > MAX_XML:
            message = f"has more text than can be imported: {part} is over {MAX_XML:,} bytes"
            raise refusal(self.file, message, "split it into several files")
        data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", self.read(part))
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True,
                                 remove_pis=True)  # fmt: skip
        try:
            root = etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise refusal(self.file, f"is damaged: {part} is not sound XML", _SAVE) from error
        if root.getroottree().docinfo.internalDTD is not None:
            message = f"has a document type declaration in {part}, which no Word file has"
            raise refusal(self.file, message, _SAVE)
        return root

    def relations(self, source: str) -> dict[str, Relation]:
        """Return what the ids of a part stand for; an empty name means the whole file's."""
        if source not in self._relations:
            folder, name = posixpath.split(source)
            root = self.root(posixpath.join(folder, "_rels", f"{name}.rels"))
            found: dict[str, Relation] = {}
            for entry in () if root is None else root.iter(_RELATION):
                is_external = entry.get("TargetMode") == "External"
                target = entry.get("Target", "")
                if not is_external:
                    target = posixpath.normpath(posixpath.join("/", folder, unquote(target)))[1:]
                kind = entry.get("Type", "").rpartition("/")[2]
                found[entry.get("Id", "")] = Relation(kind, target, is_external)
            self._relations[source] = found
        return self._relations[source]

    def related(self, source: str, kind: str) -> str:
        """Return the first part of a kind that a part refers to; empty where there is none."""
        for relation in self.relations(source).values():
            if relation.kind == kind and not relation.is_external:
                return relation.target
        return ""


def refusal(file: str, message: str, hint: str) -> ContentError:
    """Return the error that a file can't be imported."""
    return ContentError([Problem(file, message=message, hint=hint)])


def open_package(raw: bytes, file: str) -> Package:
    """Return a Word file, opened.

    Args:
        raw: Its bytes.
        file: Its name for messages.

    Raises:
        ContentError: It is no Word file, is protected or damaged, or would need too much memory.
    """
    if raw.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in raw:
            hint = "open it in Word, take the password away (File, Info), and save it"
            raise refusal(file, "is protected with a password", hint)
        raise refusal(file, "is in the old format of Word (.doc), or is no Word file", _SAVE)
    if not raw.startswith(b"PK"):
        start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")
        other = next((what for sign, what in _OTHERS if start.startswith(sign)), "")
        message = "is empty" if not raw else f"is {other or 'no Word file'}"
        raise refusal(file, f"{message}, not a Word file" if other else message, _SAVE)
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, EOFError) as error:
        raise refusal(file, "is damaged: it is no sound ZIP archive", _SAVE) from error
    if len(entries) > MAX_ENTRIES or sum(e.file_size for e in entries) > MAX_UNPACKED:
        message = f"unpacks to more than {MAX_ENTRIES:,} files or {MAX_UNPACKED // 1_000_000} MB"
        raise refusal(file, message, "make its pictures smaller, or split it")
    package = Package(file, archive)
    if main_part(package):
        return package
    other = next((what for name, what in _ZIPPED.items() if package.has(name)), "no Word file")
    raise refusal(file, f"is {other}", _SAVE)


def main_part(package: Package) -> str:
    """Return the name of the part with the text; empty where there is none."""
    part = package.related("", "officeDocument")
    is_text = package.has(part) and not part.startswith(("xl/", "ppt/"))
    return part if is_text else ""
