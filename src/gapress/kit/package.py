"""Makes a kit of its files: index page, e-mail draft in all languages, manifest, sums and ZIP."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from babel import Locale

from gapress import __version__
from gapress.document import KitFile
from gapress.kit.manifest import MadeFile, Manifest, digest, sums_of
from gapress.kit.naming import MANIFEST, SUMS, archive_name, together_name
from gapress.kit.plan import packages_of
from gapress.kit.work import task
from gapress.localization.bidi import isolate
from gapress.localization.sizes import format_size
from gapress.writers import WRITERS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from gapress.document import Document, Language
    from gapress.kit.plan import Wanted
    from gapress.kit.work import Task
    from gapress.theme import Theme

_TOGETHER = "E-mail draft in all languages"
_COMPRESSED = (".pdf", ".docx")


@dataclass(frozen=True)
class Package:
    """A whole kit: the bytes of every file by path, and its manifest."""

    manifest: Manifest
    files: Mapping[str, bytes]


def together_task(made: Mapping[Wanted, bytes], theme: Theme) -> tuple[str, Task] | None:
    """Return name and task of the e-mail draft in all languages; none where one has a draft.

    Args:
        made: The documents' files, in the order of the languages.
        theme: The design.
    """
    drafts = [w.document for w in made if w.writer.name == "eml"]
    if len(drafts) < 2:
        return None
    held: dict[str, dict[str, bytes]] = {}
    for wanted, data in made.items():
        if wanted.writer.name in WRITERS["eml"].needs:
            held.setdefault(wanted.document.language.code, {})[wanted.writer.name] = data
    return together_name(drafts[0]), task(drafts, theme, ["eml"], partial(_together, held))


def _together(
    held: Mapping[str, Mapping[str, bytes]], documents: Sequence[Document], theme: Theme
) -> bytes:
    from gapress.writers.email import write_all

    return write_all(documents, theme, held)


def index_task(
    made: Mapping[Wanted, bytes], shared: Mapping[str, bytes], page: Language, theme: Theme
) -> Task:
    """Return the task of making the index page.

    Args:
        made: The documents' files, in the order of the languages.
        shared: The files for all languages, by name.
        page: The language of the page's frame.
        theme: The design.
    """
    documents = _documents(made)
    listed = [
        [
            _listed(w.path, w.writer.label, data, document)
            for w, data in made.items()
            if w.document.language == document.language
        ]
        for document in documents
    ]
    frame = next((d for d in documents if d.language.code == page.code), documents[0])
    for_all = [_listed(name, _TOGETHER, data, frame) for name, data in shared.items()]
    write = partial(_index, listed, for_all, frame.language)
    return task(documents, theme, ["html"], write)


def _index(
    listed: Sequence[Sequence[KitFile]],
    shared: Sequence[KitFile],
    page: Language,
    documents: Sequence[Document],
    theme: Theme,
) -> bytes:
    from gapress.writers import index

    return index.write(list(zip(documents, listed, strict=True)), shared, page, theme)


def package(
    made: Mapping[Wanted, bytes],
    shared: Mapping[str, bytes],
    theme: Theme,
    languages: Sequence[str],
    sources: Mapping[str, str | None],
    lacking: Mapping[str, Sequence[str]],
) -> Package:
    """Return a kit.

    Args:
        made: The documents' files, in the order of the languages.
        shared: The files for all languages, by name.
        theme: The design.
        languages: The languages of the newsroom.
        sources: Digest of each file that the kit is made from.
        lacking: Formats that could not be made, by language.
    """
    files = {wanted.path: data for wanted, data in made.items()} | {**shared}
    entries = {
        w.path: MadeFile(
            digest(data), len(data), w.writer.name, w.document.language.code, w.made_from, w.links
        )
        for w, data in made.items()
    }
    entries |= {name: MadeFile(digest(data), len(data)) for name, data in shared.items()}
    first = _documents(made)[0]
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


def _documents(made: Iterable[Wanted]) -> list[Document]:
    return list({w.document.language.code: w.document for w in made}.values())


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
