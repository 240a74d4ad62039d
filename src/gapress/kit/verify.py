"""Whether kits are as they were made, and made from today's sources; nothing heavy is imported."""

from __future__ import annotations

from dataclasses import dataclass
from os.path import lexists
from typing import TYPE_CHECKING, Literal, TypeAlias

from gapress.kit.folder import KitFolder
from gapress.kit.manifest import ALL_LANGUAGES, damaged, digest, read_manifest, sums_of
from gapress.kit.naming import EDITIONS, MANIFEST, SUMS, kit_name
from gapress.kit.sources import Sources, outdated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gapress.kit.manifest import Manifest
    from gapress.workspace import Workspace

Kind: TypeAlias = Literal[
    "none",
    "damaged",
    "missing",
    "changed",
    "extra",
    "lacking",
    "stale",
    "outdated",
    "orphan",
    "other",
]


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be.

    Attributes:
        release: The release.
        kind: ``none``: there is no kit; ``damaged``: its manifest can't be read; ``missing``,
            ``changed`` or ``extra``: a file of it; ``lacking``: a file could not be made;
            ``stale``: a source has changed since;
            ``outdated``: gapress or a library is another today; ``orphan``: the release is no
            longer there; ``other``: a draft, or another release's kit, lies in its place.
        path: The file, as seen from the output folder; the source, from the newsroom's; the
            name and version of what made it; or language and format of what is lacking.
    """

    release: str
    kind: Kind
    path: str


def verify(workspace: Workspace, slugs: Sequence[str], output: Path) -> Iterator[Finding]:
    """Yield everything that is wrong with the kits of these releases.

    Args:
        workspace: The newsroom's folder.
        slugs: The releases.
        output: Where the kits are.
    """
    sources = Sources(workspace.root)
    for slug in slugs:
        yield from faults(KitFolder(output, kit_name(slug, "")), slug, sources, trust_seal=False)


def faults(
    folder: KitFolder, slug: str, sources: Sources, *, trust_seal: bool = True
) -> Iterator[Finding]:
    """Yield everything that is wrong with a kit; nothing where it is intact and up to date.

    Args:
        folder: Where it is.
        slug: The release that it should be of.
        sources: The newsroom's files.
        trust_seal: Don't open a ZIP that is the one which was put there with the kit.
    """
    manifest = folder.manifest()
    if manifest is None:
        there = lexists(folder.root / MANIFEST)
        name = f"{folder.name}/{MANIFEST}" if there else slug
        yield Finding(slug, "damaged" if there else "none", name)
        return
    if manifest.release != slug or manifest.draft:
        yield Finding(slug, "other", folder.name)
        return
    found: dict[str, Kind] = dict(damaged(folder.root, manifest))
    if not (trust_seal and folder.is_sealed(manifest)):
        found |= _archive(folder.root, manifest)
    found |= dict.fromkeys(folder.foreign(manifest), "extra")
    for name, what in sorted(found.items()):
        yield Finding(slug, what, f"{folder.name}/{name}")
    for code, formats in manifest.lacking.items():
        where = "all languages" if code == ALL_LANGUAGES else code
        for name in formats:
            yield Finding(slug, "lacking", f"{where} {name}")
    for name in sources.changed(manifest):
        yield Finding(slug, "stale", name)
    if other := outdated(manifest):
        yield Finding(slug, "outdated", other)


def orphans(workspace: Workspace, output: Path) -> Iterator[Finding]:
    """Yield the kits whose release is no longer in the newsroom; nobody keeps them up to date."""
    known = set(workspace.slugs())
    names = {kit_name(slug, edition) for slug in known for edition in EDITIONS}
    for path in sorted(output.glob("*/")):
        manifest = read_manifest(path)
        if manifest and manifest.release not in known:
            yield Finding(manifest.release, "orphan", path.name)
        elif not manifest and path.name not in names and lexists(path / MANIFEST):
            yield Finding(path.name, "damaged", f"{path.name}/{MANIFEST}")


def _archive(root: Path, manifest: Manifest) -> dict[str, Kind]:
    """Return what is wrong with the ZIP: it must hold the files as they were made, and no other."""
    import zipfile
    import zlib

    path = root / manifest.archive
    if not path.is_file():
        return {manifest.archive: "missing"}
    wanted = {name: made.sha256 for name, made in manifest.files.items()}
    own = {MANIFEST: manifest.to_bytes(), SUMS: sums_of(manifest)}
    wanted |= {name: digest(data) for name, data in own.items()}
    # Sizes first: a file that was put there may unpack to more than there is memory.
    wanted_sizes = {name: made.bytes for name, made in manifest.files.items()}
    wanted_sizes |= {name: len(data) for name, data in own.items()}
    try:
        with zipfile.ZipFile(path) as archive:
            sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
            if sizes != wanted_sizes or len(archive.infolist()) != len(sizes):
                return {manifest.archive: "changed"}
            held = {name: digest(archive.read(name)) for name in wanted}
    except (OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error):
        held = {}
    return {} if held == wanted else {manifest.archive: "changed"}
