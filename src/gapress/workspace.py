"""A newsroom's folder: finds it, and reads files from it and from nowhere else.

First step of the flow. Nothing heavy is imported until a source is parsed.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from os.path import lexists
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

from gapress.errors import ContentError, Problem, UsageError
from gapress.release.pictures import EVERY, variants
from gapress.shipped import SHIPPED, shipped

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from gapress.newsroom import NewsroomEntry
    from gapress.release.model import Release
    from gapress.release.pictures import Pictures
    from gapress.release.read import Source

NEWSROOM_FILE = "_newsroom.yaml"
SLUG = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
SKELETONS = "_skeletons"
"""Inside ``releases/``: what releases are begun from (``gapress new --from``)."""
# Catalogs of these names hold the newsroom's texts and the labels.
RESERVED = {"newsroom", "gapress"}
# Kits of drafts and pseudo-locales are called so; not every file system tells -DRAFT from -draft.
_EDITIONS = ("-draft", "-pseudo")
# With language, version, embargo and ending, a file's name stays below 255 bytes.
MAX_SLUG = 100
# Of any file; those of YAML and of pictures are lower, or depend on more.
MAX_BYTES = 40_000_000


@dataclass(frozen=True)
class Workspace:
    """A newsroom's folder.

    Attributes:
        root: The folder.
        digests: SHA-256 in hexadecimal of every file that was read, by its name in manifests; none
            for a file that was looked for and not there. A file that was read twice and had
            changed has a value that no file has.
    """

    root: Path
    digests: dict[str, str | None] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def find(cls, start: Path) -> Workspace:
        """Return the workspace that holds ``start``, itself or above.

        Raises:
            UsageError: There is none.
        """
        for folder in (start, *start.parents):
            if (folder / "releases" / NEWSROOM_FILE).is_file():
                return cls(folder)
        raise UsageError(f"no newsroom here: no folder from here up has releases/{NEWSROOM_FILE}")

    @cached_property
    def newsroom(self) -> Source[NewsroomEntry]:
        """The newsroom's file as its model.

        Raises:
            ContentError: With every problem of the file.
        """
        from gapress.newsroom import read_newsroom

        path = self.root / "releases" / NEWSROOM_FILE
        return read_newsroom(self.read_bytes(path), self.name(path))

    def slugs(self) -> list[str]:
        """Return the slugs of all releases, sorted; files whose name is none are left out."""
        return [name for name in self._names() if not why_no_slug(name)]

    def skeletons(self) -> list[str]:
        """Return the names of all skeletons, each with its folder: ``_skeletons/flood``."""
        return [f"{SKELETONS}/{name}" for name in self._names(SKELETONS) if not why_no_slug(name)]

    def misnamed(self, slugs: Sequence[str]) -> list[Problem]:
        """Return a problem for each release whose file's name is not a slug.

        Args:
            slugs: The releases that were chosen; if some were not, nobody asks for these either.
        """
        if not set(self.slugs()) <= set(slugs):
            return []
        names = (*self._names(), *(f"{SKELETONS}/{name}" for name in self._names(SKELETONS)))
        return [
            Problem(f"releases/{name}.yaml", message="the name is not a slug", hint=why)
            for name in names
            if (why := why_no_slug(name.removeprefix(f"{SKELETONS}/")))
        ]

    def _names(self, folder: str = "") -> list[str]:
        found = (self.root / "releases" / folder).glob("*.yaml")
        return sorted(path.stem for path in found if path.name[0] not in "_.")

    def choose(self, slugs: Sequence[str], *, with_skeletons: bool = False) -> list[str]:
        """Return these releases, each once, or all of them if none is named.

        Args:
            slugs: Names of releases; a skeleton's may be without its folder.
            with_skeletons: Whether skeletons may be chosen, and are among all.

        Raises:
            UsageError: There is no such release, or a skeleton has no place here.
        """
        known, skeletons = self.slugs(), self.skeletons()
        chosen: list[str] = []
        for slug in slugs:
            in_folder = slug if is_skeleton(slug) else f"{SKELETONS}/{slug}"
            if slug in known:
                chosen.append(slug)
            elif in_folder not in skeletons:
                from gapress.release.data import suggestion

                meant = [*known, *(skeletons if with_skeletons else ())]
                raise UsageError(f"no release {slug!r}; {suggestion(slug, meant)}")
            elif with_skeletons:
                chosen.append(in_folder)
            else:
                name = in_folder.removeprefix(f"{SKELETONS}/")
                message = f"{name} is a skeleton; gapress new --from {name} makes a release of it"
                raise UsageError(message)
        return list(dict.fromkeys(chosen)) or [*known, *(skeletons if with_skeletons else ())]

    def release(self, slug: str) -> tuple[Source[Release], Pictures]:
        """Return a release as its model, and its pictures.

        Raises:
            ContentError: With every problem of the file and of its pictures.
        """
        from gapress.newsroom import read_release

        path = self.root / "releases" / f"{slug}.yaml"
        newsroom = self.newsroom.model
        folder = _Folder(self, self.root / "releases" / slug, tuple(newsroom.languages))
        return read_release(self.read_bytes(path), self.name(path), newsroom, folder)

    def beside(self, slug: str) -> list[str]:
        """Return the names of the files in a release's folder, in order."""
        folder = self.root / "releases" / slug
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []

    def name(self, path: Path) -> str:
        """Return a file's name for messages: relative to the workspace, with ``/``."""
        return path.relative_to(self.root).as_posix()

    def read_bytes(self, path: Path) -> bytes:
        """Return the bytes of a regular file inside the workspace.

        Raises:
            ContentError: It is missing, leads out of the workspace, or can't be read.
        """
        name = self.name(path)
        try:
            resolved = path.resolve(strict=True)
            if not resolved.is_relative_to(self.root.resolve()):
                raise ContentError(
                    [
                        Problem(
                            name,
                            message="leads out of the newsroom's folder",
                            hint="replace the link with the file itself",
                        )
                    ]
                )
            if not resolved.is_file():
                raise ContentError(
                    [
                        Problem(
                            name,
                            message="is not a plain file",
                            hint="replace it with the file itself",
                        )
                    ]
                )
            if (size := resolved.stat().st_size) > MAX_BYTES:
                message = f"has {size:,} bytes; the limit is {MAX_BYTES:,}"
                raise ContentError([Problem(name, message=message, hint="make it smaller")])
            return self._noted(name, resolved.read_bytes())
        except OSError as error:
            reason = (
                "is missing"
                if isinstance(error, FileNotFoundError)
                else f"can't be read: {error.strerror}"
            )
        except RuntimeError:  # before Python 3.13
            reason = "can't be read: Too many levels of symbolic links"
        raise ContentError(
            [Problem(name, message=reason, hint="check its name and its permissions")]
        )

    def find_bytes(self, path: Path) -> bytes | None:
        """Return the bytes of a regular file inside the workspace; none where there is nothing.

        Raises:
            ContentError: It leads out of the workspace, or can't be read.
        """
        if lexists(path):
            return self.read_bytes(path)
        self._note(self.name(path), None)
        return None

    def read_shipped(self, folder: Literal["templates", "locales"], name: str) -> bytes | None:
        """Return the bytes of a file that comes with gapress; none where there is none."""
        path = shipped(folder) / name
        if path.is_file():
            return self._noted(f"{SHIPPED}{folder}/{name}", path.read_bytes())
        self._note(f"{SHIPPED}{folder}/{name}", None)
        return None

    def note_missing(self, path: Path) -> None:
        """Remember that a file was looked for, and is not there."""
        self._note(self.name(path), None)

    def _noted(self, name: str, data: bytes) -> bytes:
        self._note(name, hashlib.sha256(data).hexdigest())
        return data

    def _note(self, name: str, digest: str | None) -> None:
        self.digests[name] = digest if self.digests.get(name, digest) == digest else "changed"


def is_skeleton(slug: str) -> bool:
    """Whether a name is that of a skeleton, and not of a release."""
    return slug.startswith(f"{SKELETONS}/")


@dataclass(frozen=True)
class _Folder:
    """The folder with a release's pictures."""

    workspace: Workspace
    path: Path
    languages: tuple[str, ...]

    def files(self, name: str) -> dict[str, str]:
        """Return the files for a picture, by the code of the language or direction they are for."""
        there = self._there()
        others = variants(name, there, self.languages)
        if others and normalize("NFC", name) not in {normalize("NFC", n) for n in there}:
            self.workspace.note_missing(self.path / name)
            return others
        return {EVERY: name, **others}

    def read(self, name: str) -> tuple[str, bytes]:
        """Return the name for messages and the bytes of a picture.

        Systems write accents in two ways (Unicode's NFC and NFD), and not all of them tell capital
        letters from small ones.
        """
        path, there = self.path / name, self._there()
        alike = [n for n in there if normalize("NFC", n) == normalize("NFC", name)]
        if alike and name not in alike:
            path = self.path / alike[0]
        elif not alike and (other := [n for n in there if n.casefold() == name.casefold()]):
            hint = f"write it as the file is called: {other[0]}"
            shown = self.workspace.name(path)
            raise ContentError([Problem(shown, message="is missing", hint=hint)])
        return self.workspace.name(path), self.workspace.read_bytes(path)

    def _there(self) -> list[str]:
        return self.workspace.beside(self.path.name)


def why_no_slug(name: str) -> str:
    """Return what to do about a name that is not a slug; nothing about one that is."""
    if not re.fullmatch(SLUG, name) or name in RESERVED:
        return "rename it with a-z, 0-9 and hyphens only, not newsroom or gapress"
    if name.endswith(_EDITIONS):
        return "rename it; kits of drafts and pseudo-locales are called like this"
    if len(name) > MAX_SLUG:
        return f"rename it with at most {MAX_SLUG} characters"
    return ""
