"""What the folders and files of a press kit are called.

A name says what must be known before the file is opened: version, withdrawal, embargo, draft.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from gapress.document import Document

Edition: TypeAlias = Literal["", "DRAFT", "PSEUDO"]
"""Drafts and pseudo-locales have kits of their own, apart from what is sent."""

EDITIONS: tuple[Edition, ...] = ("", "DRAFT", "PSEUDO")
INDEX = "index.html"
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"


def kit_name(slug: str, edition: Edition) -> str:
    """Return the folder of a kit in the output folder: ``slug``, ``slug-DRAFT``."""
    return f"{slug}-{edition}" if edition else slug


def file_name(document: Document, suffix: str) -> str:
    """Return the name of a document's file: ``slug_ar_v2_EMBARGO-20251121T0800Z.pdf``."""
    return f"{document.slug}_{document.language.code}{_marks(document)}{suffix}"


def file_path(document: Document, suffix: str) -> str:
    """Return the place of a document's file in its kit, with ``/``."""
    return f"{document.language.code}/{file_name(document, suffix)}"


def together_name(document: Document) -> str:
    """Return the name of the e-mail draft in all languages."""
    return f"{document.slug}_all{_marks(document)}.eml"


def archive_name(document: Document) -> str:
    """Return the name of the kit's ZIP."""
    return f"{document.slug}{_marks(document)}.zip"


def _marks(document: Document) -> str:
    marks = f"_v{document.version}" if document.version > 1 else ""
    if document.status == "withdrawn":
        marks += "_WITHDRAWN"
    if until := document.release_line.until:
        # ISO 8601 basic format in UTC: no colon, no plus, and no doubt about the zone.
        marks += f"_EMBARGO-{until.astimezone(dt.UTC):%Y%m%dT%H%MZ}"
    return f"{marks}-DRAFT" if document.draft else marks
