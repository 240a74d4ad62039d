"""``manifest.json``: what a kit holds, and what it was made from.

Read by every command that asks whether a kit is as it should be; so nothing heavy is imported.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from gapress.kit.naming import MANIFEST, SUMS
from gapress.shipped import SHIPPED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

ALL_LANGUAGES = "mul"
"""Stands for all languages together where a language is named (ISO 639-2)."""

_FILE = re.compile(r"(?:[A-Za-z0-9-]+/)?[A-Za-z0-9][A-Za-z0-9._-]*")
_ARCHIVE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*\.zip")


@dataclass(frozen=True)
class MadeFile:
    """A file of a kit.

    Attributes:
        sha256: Its digest, in hexadecimal.
        bytes: Its size.
        format: The name of its format; empty for what belongs to the kit as a whole.
        language: Its language; empty for what belongs to the kit as a whole.
        made_from: Digest of everything that its bytes depend on, but for its links.
        links: Digest of its links to the kit's other languages; empty where it has none.
    """

    sha256: str
    bytes: int
    format: str = ""
    language: str = ""
    made_from: str = ""
    links: str = ""


@dataclass(frozen=True)
class Manifest:
    """The content of ``manifest.json``.

    Attributes:
        gapress: The version that made the kit.
        release: The release's slug.
        version: The release's version.
        status: ``usable`` or ``withdrawn``.
        draft: Whether it is a draft.
        embargo: The embargo's instant in ISO 8601; none without one.
        languages: The languages of the newsroom.
        archive: The name of the ZIP.
        packages: The versions of the libraries that files depend on.
        sources: Digest of each file that the kit was made from, by its path in the newsroom's
            folder (``gapress:`` before what comes with the package); none for a catalog that was
            looked for and not there.
        files: The files by path in the kit, but for this file, ``SHA256SUMS`` and the ZIP.
        lacking: Formats that were asked for and could not be made, by language;
            of :data:`ALL_LANGUAGES`, the e-mail draft in all languages.
    """

    gapress: str
    release: str
    version: int
    status: str
    draft: bool
    embargo: str | None
    languages: tuple[str, ...]
    archive: str
    packages: Mapping[str, str]
    sources: Mapping[str, str | None] = field(repr=False)
    files: Mapping[str, MadeFile] = field(repr=False)
    lacking: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Return the file's bytes: JSON (RFC 8259), keys in a fixed order."""
        files = {name: vars(made) for name, made in self.files.items()}
        text = json.dumps({**vars(self), "files": files}, indent=2, ensure_ascii=False)
        return f"{text}\n".encode()

    def paths(self) -> tuple[str, ...]:
        """Return every path that gapress made in the kit."""
        return (*self.files, MANIFEST, SUMS, self.archive)


def read_manifest(root: Path) -> Manifest | None:
    """Return the manifest of a kit; none where there is no sound one."""
    path = root / MANIFEST
    try:
        if not path.is_file():  # a pipe would never end
            return None
        raw = json.loads(path.read_bytes())
        files = {name: MadeFile(**_known(MadeFile, e)) for name, e in raw.pop("files").items()}
        languages = tuple(raw.pop("languages"))
        manifest = Manifest(files=files, languages=languages, **_known(Manifest, raw))
        sound = _is_sound(manifest)
        manifest.to_bytes()  # half a character can't be written
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return manifest if sound else None


def _known(kind: type, entry: dict[str, Any]) -> dict[str, Any]:
    """Return the entries that this version knows; another may have written more."""
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in entry.items() if name in names}


def _is_sound(manifest: Manifest) -> bool:
    """Whether everything has its type, and no path leads anywhere else."""
    texts = (manifest.gapress, manifest.release, manifest.status, *manifest.languages)
    texts += tuple(part for item in manifest.packages.items() for part in item)
    texts += tuple(was for was in manifest.sources.values() if was is not None)
    for made in manifest.files.values():
        texts += (made.sha256, made.format, made.language, made.made_from, made.links)
    for code, formats in manifest.lacking.items():
        texts += (code, *formats)
    return (
        all(isinstance(text, str) for text in texts)
        and isinstance(manifest.embargo, str | None)
        and type(manifest.version) is int
        and type(manifest.draft) is bool
        and all(type(made.bytes) is int for made in manifest.files.values())
        and all(map(_FILE.fullmatch, manifest.files))
        and not any(_leads_away(name) for name in manifest.sources)
        and _ARCHIVE.fullmatch(manifest.archive) is not None
    )


def _leads_away(name: str) -> bool:
    path = name.partition("/")[2] if name.startswith(SHIPPED) else name
    return path.startswith("/") or ".." in name


def digest(data: bytes) -> str:
    """Return SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def file_digest(path: Path) -> str | None:
    """Return the digest of a plain file; none where it can't be read."""
    try:
        if not path.is_file():  # a pipe would never end
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def damaged(root: Path, manifest: Manifest) -> dict[str, Any]:
    """Return the files of a kit that are not as they were made: ``missing`` or ``changed``."""
    found: dict[str, Any] = {}
    sums = sums_of(manifest)
    expected = {name: made.sha256 for name, made in manifest.files.items()}
    expected |= {MANIFEST: digest(manifest.to_bytes()), SUMS: digest(sums)}
    for name, wanted in expected.items():
        actual = file_digest(root / name)
        if actual != wanted:
            found[name] = "missing" if actual is None else "changed"
    return found


def read_sums(root: Path) -> dict[str, str]:
    """Return the digests in a kit's ``SHA256SUMS`` by path; nothing where there is no sound one."""
    try:
        path = root / SUMS
        text = path.read_bytes().decode("ascii") if path.is_file() else ""
    except (OSError, ValueError):
        return {}
    found = (line.partition("  ") for line in text.splitlines())
    return {name: wanted for wanted, _, name in found if _FILE.fullmatch(name)}


def sums_of(manifest: Manifest) -> bytes:
    """Return ``SHA256SUMS`` (GNU coreutils, ``sha256sum``): every file but itself and the ZIP."""
    entries = {name: made.sha256 for name, made in manifest.files.items()}
    entries[MANIFEST] = digest(manifest.to_bytes())
    return "".join(f"{entries[name]}  {name}\n" for name in sorted(entries)).encode()
