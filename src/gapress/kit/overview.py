"""What a list of releases shows of each, made again only where one of its sources has changed.

A newsroom has hundreds of releases; reading them all takes a minute, looking whether their files
have changed takes a moment. Times and sizes of files tell whether they have, as for ``make``.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from gapress import __version__
from gapress.errors import ContentError, MachineError, Problem, contained
from gapress.kit.folder import KitFolder, replace_file
from gapress.kit.prepare import read
from gapress.kit.sources import Sources
from gapress.kit.status import count
from gapress.shipped import SHIPPED
from gapress.theme import load_theme
from gapress.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Stamp = tuple[int, int] | None
"""Time of the last change in nanoseconds, and size in bytes; none for what is not there."""


@dataclass(frozen=True)
class Progress:
    """How far a release is in one language: numbers of texts, and of failed checks."""

    translated: int = 0
    fuzzy: int = 0
    missing: int = 0
    errors: int = 0


@dataclass(frozen=True)
class Overview:
    """What a list shows of a release.

    Attributes:
        slug: The release.
        headline: Its headline in the language that it is written in; the slug where it can't be
            read.
        date: The day on which it is issued, ISO 8601.
        kind: Its kind, as its file names it.
        written_in: The language that it is written in.
        embargo: The end of its embargo, ISO 8601; empty without one.
        version: 1, and one more with each correction.
        withdrawn: Whether it is withdrawn.
        kit: Whether it has a kit, and whether that was made of today's sources.
        languages: How far it is in each language.
        problems: What keeps it from being read.
    """

    slug: str
    headline: str
    date: str = ""
    kind: str = ""
    written_in: str = ""
    embargo: str = ""
    version: int = 1
    withdrawn: bool = False
    kit: Literal["none", "up to date", "stale"] = "none"
    languages: Mapping[str, Progress] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


class Overviews:
    """The overviews of a newsroom's releases, kept over restarts.

    Args:
        root: The newsroom's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = root / "dist" / ".gapress" / "overviews.json"
        self._kept = self._load()

    def known(self, slugs: list[str]) -> dict[str, Overview]:
        """Return the overviews of these releases whose sources have not changed."""
        stamps: dict[str, Stamp] = {}
        templates = _templates(self._root)
        found = {}
        for slug in slugs:
            made, given, overview = self._kept.get(slug, ({}, (), None))
            if overview is None or given != templates:
                continue
            for name in made:
                if name not in stamps:
                    stamps[name] = self._stamp(name)
            if all(stamps[name] == stamp for name, stamp in made.items()):
                found[slug] = overview
        return found

    def last(self, slug: str) -> Overview:
        """Return the overview of a release as it last was; its slug alone where there is none."""
        return self._kept[slug][2] if slug in self._kept else Overview(slug, slug)

    def make(self, slug: str) -> Overview:
        """Return the overview of a release as it is now, and remember it."""
        workspace = Workspace(self._root)
        templates = _templates(self._root)
        # Before anything is read: what changes meanwhile is read again.
        before = {name: self._stamp(name) for name in self._kept.get(slug, ({},))[0]}
        try:
            with contained(f"releases/{slug}.yaml"):
                overview = replace(_overview(workspace, slug), kit=self._kit(slug))
        except ContentError as error:
            overview = Overview(slug, slug, problems=error.problems)
        others = (f"releases/{slug}", f"dist/{slug}/manifest.json")
        names = (*workspace.digests, *templates, *others)
        made = {name: before.get(name, self._stamp(name)) for name in names}
        self._kept[slug] = (made, templates, overview)
        return overview

    def keep(self) -> None:
        """Write what is remembered, so that the next start knows it."""
        kept = {
            slug: {"made": made, "templates": templates, "overview": asdict(overview)}
            for slug, (made, templates, overview) in self._kept.items()
        }
        data = json.dumps({"gapress": __version__, "releases": kept}).encode()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            replace_file(self._path, data)
        except (OSError, MachineError):  # it is made again next time
            return

    def _load(self) -> dict[str, tuple[dict[str, Stamp], tuple[str, ...], Overview]]:
        """Return what is remembered; nothing where another gapress, or nobody, has written it."""
        try:
            data = json.loads(self._path.read_bytes())
            if data["gapress"] != __version__:
                return {}
            return {
                slug: (
                    {name: stamp and tuple(stamp) for name, stamp in kept["made"].items()},
                    tuple(kept["templates"]),
                    _from_json(kept["overview"]),
                )
                for slug, kept in data["releases"].items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def _kit(self, slug: str) -> Literal["none", "up to date", "stale"]:
        manifest = KitFolder(self._root / "dist", slug).manifest()
        if manifest is None:
            return "none"
        return "stale" if Sources(self._root).changed(manifest) else "up to date"

    def _stamp(self, name: str) -> Stamp:
        if name.startswith(SHIPPED):
            return (0, 0)  # of this version of gapress
        try:
            state = (self._root / name).stat()
        except OSError:
            return None
        return state.st_mtime_ns, state.st_size


def _templates(root: Path) -> tuple[str, ...]:
    return tuple(name for name in Sources(root).templates if not name.startswith(SHIPPED))


def _from_json(data: dict[str, Any]) -> Overview:
    languages = {code: Progress(**found) for code, found in data["languages"].items()}
    problems = tuple(Problem(**found) for found in data["problems"])
    return Overview(**{**data, "languages": languages, "problems": problems})


def _overview(workspace: Workspace, slug: str) -> Overview:
    newsroom = workspace.newsroom.model
    reading = read(workspace, slug, load_theme(workspace))
    release = reading.source.model
    written_in = release.language or newsroom.language
    headline = slug
    if written_in in reading.translations:
        headline = reading.localized(written_in, draft=True).document.title
    return Overview(
        slug,
        headline,
        release.date.isoformat(),
        release.kind,
        written_in,
        release.embargo.isoformat() if release.embargo else "",
        release.version,
        release.withdrawal is not None,
        languages={
            code: Progress(*count(workspace, slug, reading.source, code, tag))
            for code, tag in newsroom.languages.items()
        },
    )
