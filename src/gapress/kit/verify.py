"""Whether kits are as they were made, and made from today's sources; nothing heavy is imported."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from gapress.kit.folder import KitFolder
from gapress.kit.manifest import damaged, digest, sums_of
from gapress.kit.naming import MANIFEST, SUMS, kit_name
from gapress.kit.sources import Sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gapress.kit.manifest import Manifest
    from gapress.workspace import Workspace

Kind: TypeAlias = Literal[
    "none", "damaged", "missing", "changed", "extra", "stale", "orphan", "other"
]


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be.

    Attributes:
        release: The release.
        kind: ``none``: there is no kit; ``damaged``: its manifest can't be read; ``missing``,
            ``changed`` or ``extra``: a file of it; ``stale``: a source has changed since;
            ``orphan``: the release is no longer there; ``other``: a draft, or another release's
            kit, lies in its place.
        path: The file, as seen from the output folder, or the source from the newsroom's.
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
        folder = KitFolder(output, kit_name(slug, ""))
        manifest = folder.manifest()
        if manifest and (manifest.release != slug or manifest.draft):
            yield Finding(slug, "other", folder.name)
            continue
        if manifest is None:
            kind: Kind = "damaged" if (folder.root / MANIFEST).exists() else "none"
            yield Finding(slug, kind, f"{folder.name}/{MANIFEST}" if kind == "damaged" else slug)
            continue
        found = {**damaged(folder.root, manifest), **_archive(folder.root, manifest)}
        found |= dict.fromkeys(folder.foreign(manifest), "extra")
        for name, what in sorted(found.items()):
            yield Finding(slug, what, f"{folder.name}/{name}")
        for name in sources.changed(manifest):
            yield Finding(slug, "stale", name)


def orphans(workspace: Workspace, output: Path) -> Iterator[Finding]:
    """Yield the kits whose release is no longer in the newsroom; nobody keeps them up to date."""
    known = set(workspace.slugs())
    for path in sorted(output.glob("*/")):
        manifest = KitFolder(output, path.name).manifest()
        if manifest and manifest.release not in known:
            yield Finding(manifest.release, "orphan", path.name)


def _archive(root: Path, manifest: Manifest) -> dict[str, Kind]:
    """Return what is wrong with the ZIP: it must hold the files as they were made, and no other."""
    path = root / manifest.archive
    if not path.is_file():
        return {manifest.archive: "missing"}
    wanted = {name: made.sha256 for name, made in manifest.files.items()}
    wanted |= {MANIFEST: digest(manifest.to_bytes()), SUMS: digest(sums_of(manifest))}
    try:
        with zipfile.ZipFile(path) as archive:
            if sorted(archive.namelist()) != sorted(wanted):
                return {manifest.archive: "changed"}
            held = {name: digest(archive.read(name)) for name in wanted}
    except (OSError, EOFError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error):
        held = {}
    return {} if held == wanted else {manifest.archive: "changed"}
