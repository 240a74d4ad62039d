"""What each file of a kit depends on, so that only what has changed is made again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gapress import __version__
from gapress.document import Alternate
from gapress.kit.manifest import digest
from gapress.kit.naming import file_name, file_path
from gapress.kit.sources import versions
from gapress.writers import WRITERS
from gapress.writers.fonts import PACKAGED, package_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gapress.document import Document
    from gapress.theme import Theme
    from gapress.writers import Writer


@dataclass(frozen=True, eq=False)
class Wanted:
    """A file that a kit is to hold.

    Attributes:
        document: What it shows, with links to its siblings.
        writer: Its format.
        made_from: Digest of everything that its bytes depend on, but for its links.
        links: Digest of its links to the kit's other languages; empty where the format has none.
    """

    document: Document
    writer: Writer
    made_from: str
    links: str

    @property
    def path(self) -> str:
        """Its place in the kit."""
        return file_path(self.document, self.writer.suffix)

    @property
    def key(self) -> tuple[str, str]:
        """Equal for two files with equal bytes."""
        return self.made_from, self.links


def packages_of(formats: Iterable[str], theme: Theme) -> dict[str, str]:
    """Return the versions of the libraries that these formats' files depend on."""
    names = {"babel", "markdown-it-py", "pillow", "tzdata"}
    for name in formats:
        names |= set(WRITERS[name].packages)
        if "fontpkg" in WRITERS[name].packages:
            names |= {package_of(family) for family in (*theme.families, *PACKAGED.values())}
    return versions(names)


def made_from(document: Document, theme: Theme, writer: Writer) -> str:
    """Return the digest of everything that a file's bytes depend on, but for its links."""
    alone = replace(document, alternates=())
    packages = packages_of([writer.name], theme)
    state = hashlib.sha256(f"{__version__}\n{writer.name}\n{packages}\n{alone!r}\n".encode())
    state.update(_theme_digest(theme, writer))
    for need in writer.needs:
        state.update(made_from(document, theme, WRITERS[need]).encode())
    return state.hexdigest()


def _theme_digest(theme: Theme, writer: Writer) -> bytes:
    """Return the digest of a theme without the templates that only other formats use."""
    others = {name for other in WRITERS.values() for name in other.templates} - {*writer.templates}
    files = {name: data for name, data in theme.files.items() if name not in others}
    while named := [n for n in others if any(n.encode() in data for data in files.values())]:
        # A newsroom's own template takes it in.
        files |= {name: theme.files[name] for name in named if name in theme.files}
        others -= set(named)
    return bytes.fromhex(replace(theme, files=files).digest)


def plan(
    documents: Mapping[str, Document], formats: Mapping[str, Sequence[str]], theme: Theme
) -> list[Wanted]:
    """Return the files of a kit.

    Args:
        documents: The documents by language.
        formats: The formats of each language that the kit is to hold.
        theme: The design.
    """
    linked = [code for code in documents if "html" in formats.get(code, ())]
    found = []
    for code, document in documents.items():
        siblings = tuple(other for other in linked if other != code)
        alternates = tuple(
            Alternate(other.language, f"../{other.language.code}/{file_name(other, '.html')}")
            for other in (documents[name] for name in siblings)
        )
        document = document.with_alternates(alternates)
        for name in formats.get(code, ()):
            writer = WRITERS[name]
            if not writer.is_for(document):
                continue
            links = digest(repr(alternates).encode()) if writer.links else ""
            found.append(Wanted(document, writer, made_from(document, theme, writer), links))
    return found
