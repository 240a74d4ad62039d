"""Makes a kit of its files: index page, e-mail draft in all languages, manifest, sums and ZIP."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from babel import Locale

from gapress import __version__
from gapress.document import KitFile
from gapress.kit.manifest import MadeFile, Manifest, digest, sums_of
from gapress.kit.naming import INDEX, MANIFEST, SUMS, archive_name, together_name
from gapress.kit.plan import packages_of
from gapress.localization.bidi import isolate
from gapress.localization.sizes import format_size

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from gapress.document import Document, Language
    from gapress.kit.plan import Wanted
    from gapress.theme import Theme

_TOGETHER = "E-mail draft in all languages"
_COMPRESSED = (".pdf", ".docx")


@dataclass(frozen=True)
class Package:
    """A whole kit: the bytes of every file by path, and its manifest."""

    manifest: Manifest
    files: Mapping[str, bytes]


def package(
    made: Mapping[Wanted, bytes],
    page: Language,
    theme: Theme,
    languages: Sequence[str],
    sources: Mapping[str, str | None],
    lacking: Mapping[str, Sequence[str]],
) -> Package:
    """Return a kit.

    Args:
        made: The documents' files, in the order of the languages.
        page: The language of the index page's frame.
        theme: The design.
        languages: The languages of the newsroom.
        sources: Digest of each file that the kit is made from.
        lacking: Formats that could not be made, by language.

    Raises:
        ContentError: A template is broken.
    """
    documents = list({w.document.language.code: w.document for w in made}.values())
    files = {wanted.path: data for wanted, data in made.items()}
    entries = {
        w.path: MadeFile(
            digest(data), len(data), w.writer.name, w.document.language.code, w.made_from, w.links
        )
        for w, data in made.items()
    }
    whole = _together(made, documents, theme)
    whole[INDEX] = _index(made, whole, documents, page, theme)
    files |= whole
    entries |= {name: MadeFile(digest(data), len(data)) for name, data in whole.items()}
    first = documents[0]
    until = first.release_line.until
    manifest = Manifest(
        gapress=__version__,
        release=first.slug,
        version=first.version,
        status=first.status,
        draft=bool(first.draft),
        embargo=until.isoformat() if until else None,
        languages=tuple(languages),
        archive=archive_name(first),
        packages=packages_of(dict.fromkeys(w.writer.name for w in made), theme),
        sources=dict(sorted(sources.items())),
        files=dict(sorted(entries.items())),
        lacking=lacking,
    )
    files |= {MANIFEST: manifest.to_bytes(), SUMS: sums_of(manifest)}
    return Package(manifest, {**files, manifest.archive: archive(files, first.date)})


def _together(
    made: Mapping[Wanted, bytes], documents: Sequence[Document], theme: Theme
) -> dict[str, bytes]:
    drafts = {w.document.language.code for w in made if w.writer.name == "eml"}
    if len(drafts) < 2:
        return {}
    chosen = [document for document in documents if document.language.code in drafts]
    held: dict[str, dict[str, bytes]] = {}
    for wanted, data in made.items():
        if wanted.writer.name in {"pdf", "docx"}:
            held.setdefault(wanted.document.language.code, {})[wanted.writer.name] = data
    write_all = import_module("gapress.writers.email").write_all
    return {together_name(chosen[0]): write_all(chosen, theme, held)}


def _index(
    made: Mapping[Wanted, bytes],
    whole: Mapping[str, bytes],
    documents: Sequence[Document],
    page: Language,
    theme: Theme,
) -> bytes:
    sections = [
        (
            document,
            [
                _listed(w.path, w.writer.label, data, document)
                for w, data in made.items()
                if w.document.language == document.language
            ],
        )
        for document in documents
    ]
    frame = next((d for d in documents if d.language.code == page.code), documents[0])
    shared = [_listed(name, _TOGETHER, data, frame) for name, data in whole.items()]
    written: bytes = import_module("gapress.writers.index").write(
        sections, shared, frame.language, theme
    )
    return written


def _listed(path: str, label: str, data: bytes, document: Document) -> KitFile:
    size = format_size(len(data), Locale.parse(document.language.tag, sep="-"))
    direction = document.language.direction
    return KitFile(path, isolate(document.labels[label], direction), isolate(size, direction))


def archive(files: Mapping[str, bytes], date: dt.date) -> bytes:
    """Return a ZIP of a kit, the same bytes for the same files (APPNOTE.TXT, PKWARE).

    Names are ASCII; times are midnight of the release's date; modes are those of plain files.
    """
    buffer = io.BytesIO()
    stamp = (min(max(date.year, 1980), 2107), date.month, date.day, 0, 0, 0)
    with zipfile.ZipFile(buffer, "w") as target:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=stamp)
            entry.create_system = 3
            entry.external_attr = 0o100644 << 16
            stored = name.endswith(_COMPRESSED)
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            target.writestr(entry, files[name])
    return buffer.getvalue()
