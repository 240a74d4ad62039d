"""What a kit is made from: files of the newsroom, of the package, and versions of libraries.

Recorded in the manifest when a kit is made, and compared when somebody asks whether it is up to
date; so nothing heavy is imported, and no source is parsed.
"""

from __future__ import annotations

import os
import re
import sys
from functools import cache, cached_property
from typing import TYPE_CHECKING

from gapress import __version__
from gapress.kit.manifest import file_digest
from gapress.release.pictures import variants
from gapress.shipped import SHIPPED, shipped, template_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gapress.kit.manifest import Manifest
    from gapress.writers import Writer

# Libraries that WeasyPrint loads; their versions decide where lines break and what a font holds.
_SYSTEM = {
    "pango": (("libpango-1.0.so.0", "libpango-1.0.0.dylib"), "pango_version_string"),
    "harfbuzz-subset": (
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
        "hb_version_string",
    ),
}


class Sources:
    """The files of a newsroom and of the package, each read once.

    Args:
        root: The newsroom's folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._digests: dict[str, str | None] = {}

    def digest(self, name: str) -> str | None:
        """Return the digest of a file by its name in manifests; none where it is not there."""
        if name not in self._digests:
            self._digests[name] = file_digest(self._path(name))
        return self._digests[name]

    @cached_property
    def templates(self) -> tuple[str, ...]:
        """The names of the files that make up the theme."""
        own, packaged = self.root / "templates", shipped("templates")
        return tuple(
            f"{prefix}templates/{name}"
            for prefix, folder in ((SHIPPED, packaged), ("", own))
            if prefix or folder != packaged
            for name in template_names(folder)
        )

    def changed(self, manifest: Manifest) -> list[str]:
        """Return the sources that are no longer what a kit was made from."""
        recorded = manifest.sources
        found = [name for name, was in recorded.items() if self.digest(name) != was]
        found += [name for name in self.templates if name not in recorded]
        return [*found, *self._new_pictures(manifest)]

    def _new_pictures(self, manifest: Manifest) -> Iterator[str]:
        """Yield the pictures of a language that have come to stand in for those of a kit."""
        folder = f"releases/{manifest.release}/"
        named = [name.removeprefix(folder) for name in manifest.sources if name.startswith(folder)]
        try:
            there = [path.name for path in (self.root / folder).iterdir()] if named else []
        except OSError:  # a source that was there is told
            return
        for name in named:
            for file in variants(name, there, manifest.languages).values():
                if file not in named:
                    yield f"{folder}{file}"

    def may_have(self, slug: str, writer: Writer) -> bool:
        """Whether a release's documents may have a file of a format, by what its file contains."""
        path = self._path(f"releases/{slug}.yaml")
        return not writer.sign or (path.is_file() and writer.sign in path.read_bytes())

    def _path(self, name: str) -> Path:
        if name.startswith(SHIPPED):
            folder, _, rest = name.removeprefix(SHIPPED).partition("/")
            return shipped("templates" if folder == "templates" else "locales") / rest
        return self.root / name


def outdated(manifest: Manifest) -> str:
    """Return what made a kit that is another today, such as ``weasyprint 70.0``; or nothing."""
    if manifest.gapress != __version__:
        return f"gapress {manifest.gapress}"
    now = versions(manifest.packages)
    return next((f"{n} {v}" for n, v in manifest.packages.items() if now[n] != v), "")


def versions(names: Mapping[str, str] | set[str]) -> dict[str, str]:
    """Return the versions of libraries by name, in order; empty for one that is not there."""
    installed = _installed()
    return {name: installed.get(name) or _system_version(name) for name in sorted(names)}


@cache
def _installed() -> dict[str, str]:
    """Return the version of each installed distribution, by normalized name.

    From the names of the ``.dist-info`` folders ("Recording installed projects", PyPA
    specifications): asking importlib.metadata would take longer than ``gapress --help``.
    """
    found: dict[str, str] = {}
    for place in sys.path:
        try:
            names = [entry.name for entry in os.scandir(place or ".")]
        except OSError:
            continue
        for folder in names:
            name, _, version = folder.removesuffix(".dist-info").partition("-")
            if version and folder.endswith(".dist-info"):
                found.setdefault(re.sub(r"[-_.]+", "-", name).lower(), version)
    return found


@cache
def _system_version(name: str) -> str:
    if name not in _SYSTEM:
        return ""
    import ctypes

    files, function = _SYSTEM[name]
    for file in files:
        try:
            ask = getattr(ctypes.CDLL(file), function)
        except (OSError, AttributeError):
            continue
        ask.restype = ctypes.c_char_p
        return bytes(ask()).decode("ascii", "replace")
    return ""
