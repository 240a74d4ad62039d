"""Reads PO files (GNU gettext) into catalogs whose entries know their place.

Only here does gapress touch catalog files.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapress.errors import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

_MERGE_MARKERS = re.compile(rb"^(<{7}|={7}|>{7})( |\r?$)", re.MULTILINE)


@dataclass(frozen=True)
class Entry:
    """One message of a catalog: its translation, whether it is fuzzy, and where it stands."""

    translation: str
    fuzzy: bool
    file: str
    line: int

    @property
    def usable(self) -> bool:
        """Whether the translation may be published."""
        return bool(self.translation) and not self.fuzzy


@dataclass(frozen=True)
class Catalog:
    """A PO file's live messages, by context and source text; the context may be empty."""

    file: str
    entries: Mapping[tuple[str, str], Entry] = field(repr=False)


def read_catalog(raw: bytes, file: str) -> Catalog:
    """Return the catalog in a PO or POT file.

    Raises:
        ContentError: Merge-conflict markers, an unknown encoding, or broken syntax.
    """
    from babel.messages.pofile import PoFileError, read_po

    if marker := _MERGE_MARKERS.search(raw):
        line = raw.count(b"\n", 0, marker.start()) + 1
        hint = "keep one side and delete the markers"
        raise ContentError([Problem(file, line, 1, "a merge conflict is not resolved", hint)])
    try:
        catalog = read_po(io.BytesIO(raw.removeprefix(b"\xef\xbb\xbf")), abort_invalid=True)
    except PoFileError as error:
        message = f"not a valid catalog: {error}".split(" on ", maxsplit=1)[0]
        line = (error.lineno or 0) + 1
        raise ContentError(
            [Problem(file, line, 0, message, "mend it in the catalog editor")]
        ) from None
    except (UnicodeDecodeError, LookupError):
        problem = Problem(
            file, 0, 0, "not in the encoding that its header declares", "save it as UTF-8"
        )
        raise ContentError([problem]) from None
    except Exception as error:  # noqa: BLE001 - Babel's reader raises what its slips raise
        problem = Problem(
            file, 0, 0, f"not a valid catalog: {error}", "mend it in the catalog editor"
        )
        raise ContentError([problem]) from None
    entries = {
        (message.context or "", message.id): Entry(
            message.string if isinstance(message.string, str) else "",
            message.fuzzy,
            file,
            message.lineno or 0,
        )
        for message in catalog
        if message.id and isinstance(message.id, str)
    }
    return Catalog(file, entries)
