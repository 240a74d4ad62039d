"""Files for the press beside the release: reports, spreadsheets, packs of logos.

Only kinds that newsrooms open without risk are taken, and a file must be what its name says: no
programs, no macros, in ZIP archives neither.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Annotated, TypeAlias

from pydantic import Field, StringConstraints

from gapress.release.base import Model
from gapress.release.fields import Prose, matching, role

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "csv": "text/csv",
    "txt": "text/plain",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "zip": "application/zip",
}
"""The kinds of file that may be attached, by the end of their names, with their media types."""

# How files of a kind begin (their specifications; for MPEG audio, ISO/IEC 11172-3 and ID3v2).
_STARTS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"),
    "wav": (b"RIFF",),
}
_PACKAGES = ("docx", "xlsx", "pptx", "odt", "ods", "odp", "zip")
_MACROS = ("vbaproject.bin", "basic/", "scripts/")
# What packs of logos hold beside the kinds above.
_PACKED = (*MEDIA_TYPES, "svg", "eps", "ai", "tif", "tiff", "webp", "md")
# In any case; regular expressions of JSON Schema have no flag for it.
_ENDINGS = "|".join(
    "".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in kind) for kind in MEDIA_TYPES
)
_NAME = rf"^[A-Za-z0-9][A-Za-z0-9._-]{{0,90}}\.({_ENDINGS})$"

AttachmentName: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=_NAME),
    matching(
        _NAME,
        "name a file of the release's folder with A-Z, a-z, 0-9, hyphens, points and _ only, such "
        f"as report.pdf; it may end in {', '.join(MEDIA_TYPES)}",
    ),
]


class AttachmentEntry(Model):
    """A file of the release's folder that goes into the kit."""

    file: AttachmentName
    text: Annotated[Prose, role("attachment", "What an attached file is, in the list of them.")] = (
        Field(description="What it is: Full report")
    )


def ending(name: str) -> str:
    """Return the end of a file's name, in small letters and without its point."""
    return name.rpartition(".")[2].lower()


def problem_with(name: str, data: bytes) -> str:
    """Return why a file can't be attached; nothing where it can."""
    kind = ending(name)
    if not data:
        return "is empty"
    if kind in _STARTS and not data.startswith(_STARTS[kind]):
        return f"is no {kind.upper()} file, whatever its name says"
    if kind in {"mp4", "m4a"} and data[4:8] != b"ftyp":
        return f"is no {kind.upper()} file, whatever its name says"
    if kind in {"csv", "txt"} and b"\0" in data:
        return "is no text file, whatever its name says"
    return _problem_with_package(kind, data) if kind in _PACKAGES else ""


def _problem_with_package(kind: str, data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = [entry.filename.lower() for entry in package.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        return f"is no {kind.upper()} file, or is damaged or protected"
    if kind != "zip" and any(name.endswith(_MACROS[0]) for name in names):
        return "holds macros"
    if kind.startswith("od") and any(name.startswith(_MACROS[1:]) for name in names):
        return "holds macros"
    if kind == "zip":
        odd = next((name for name in names if ending(name) not in _PACKED), "")
        return f"holds {odd}, which is of no kind that may be attached" if odd else ""
    return ""
