"""Open the Word template and save the finished file: first and last step of the DOCX writer.

The bytes depend on nothing but the document and the theme (ECMA-376 Part 2, Open Packaging
Conventions).
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from lxml import etree

from gapress.document import plain
from gapress.errors import ContentError
from gapress.writers.docx import TEMPLATE
from gapress.writers.docx.intake import take_in
from gapress.writers.docx.ooxml import related
from gapress.writers.docx.story import template_error

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

    from gapress.document import Document
    from gapress.theme import Theme

_APPLICATION = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"><Application>gapress</Application></Properties>'
)
_XSI_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_CP = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_DCTERMS = "{http://purl.org/dc/terms/}"
_STORED = (".png", ".jpg", ".jpeg")


def open_template(theme: Theme) -> WordDocument:
    """Open the theme's Word template.

    Raises:
        ContentError: There is none, or it can't be used.
    """
    data = theme.files.get(TEMPLATE)
    if data is None:
        raise template_error("the Word template is missing", "take the shipped template")
    template = take_in(data)
    if template.problems:
        raise ContentError(template.problems)
    try:
        return docx.Document(BytesIO(template.data))
    except (OpcError, KeyError, ValueError, etree.XMLSyntaxError) as error:
        raise template_error(
            "the Word template can't be read", "save it in Word as a document (.docx)"
        ) from error


def describe(word: WordDocument, document: Document) -> None:
    """Set the properties that programs show, in place of those of the template's makers."""
    _set_core_properties(word, document)
    package = word.part.package
    assert package is not None  # noqa: S101 - an opened file always has one
    application = related(package, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    if application is not None:
        application._blob = _APPLICATION


def _set_core_properties(word: WordDocument, document: Document) -> None:
    """Write the core properties again; python-docx would refuse those of over 255 characters."""
    organisation = plain(document.issued_by)
    day = f"{document.date.isoformat()}T00:00:00Z"
    values = {
        f"{_DC}title": document.subject,
        f"{_DC}subject": plain(document.kind),
        f"{_DC}creator": organisation,
        f"{_CP}keywords": ", ".join(document.keywords),
        f"{_DC}description": document.description,
        f"{_CP}contentStatus": _status(document),
        f"{_CP}lastModifiedBy": organisation,
        f"{_CP}revision": str(document.version),
        f"{_DCTERMS}created": day,
        f"{_DCTERMS}modified": day,
        f"{_DC}language": document.language.tag,
    }
    root = word.core_properties._element
    for child in root.findall("*"):
        root.remove(child)
    for name, value in values.items():
        if name == f"{_CP}contentStatus" and not value:
            continue
        element = etree.SubElement(root, name)
        element.text = value
        if name.startswith(_DCTERMS):
            element.set(_XSI_TYPE, "dcterms:W3CDTF")


def _status(document: Document) -> str:
    """Return what must be known before the file is used: draft, withdrawal, embargo."""
    found = [document.draft] if document.draft else []
    if document.status == "withdrawn":
        found.append(document.title)
    if document.release_line.embargoed:
        found.append(plain(document.release_line.text))
    return " – ".join(found)


def save(word: WordDocument) -> bytes:
    """Return the file, with fixed times and modes in its ZIP."""
    saved, fixed = BytesIO(), BytesIO()
    word.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 3  # ZIP notes the operating system: let it be one everywhere
            stored = name.endswith(_STORED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
