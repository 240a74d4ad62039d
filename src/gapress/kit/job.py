"""One kit on its way: which of its files can stay, which must be made, and putting it in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from gapress.errors import MachineError
from gapress.kit.manifest import digest
from gapress.kit.package import package
from gapress.kit.plan import made_from, plan
from gapress.kit.work import Task, task
from gapress.localization.languages import language
from gapress.writers import WRITERS, with_needs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gapress.document import Document
    from gapress.errors import Problem
    from gapress.kit.folder import KitFolder
    from gapress.kit.manifest import Manifest
    from gapress.kit.plan import Wanted
    from gapress.kit.work import Result
    from gapress.newsroom import NewsroomEntry
    from gapress.theme import Theme

Key: TypeAlias = tuple[str, str]
Part: TypeAlias = "tuple[Wanted, ...]"
"""Files of one language that are made together."""


class Job:
    """One kit on its way through the steps.

    Args:
        slug: The release.
        folder: Where the kit is; its lock is held.
        documents: The documents that it can show, by language.
        asked: The languages that are asked for; others stay in the kit if they are up to date.
        formats: The formats that are asked for.
        theme: The design.
        newsroom: The newsroom.
        sources: Digest of each file that the documents were made from.
        force: Make what is asked for again, whatever is there.
    """

    def __init__(
        self,
        slug: str,
        folder: KitFolder,
        documents: Mapping[str, Document],
        asked: Sequence[str],
        formats: Sequence[str],
        theme: Theme,
        newsroom: NewsroomEntry,
        sources: Mapping[str, str | None],
        *,
        force: bool,
    ) -> None:
        self.slug, self.folder = slug, folder
        self.asked = asked
        self.failed: dict[str, tuple[Problem, ...]] = {}
        self.made: dict[str, int] = {}
        self.notes: list[str] = []
        self.is_given_up = False
        self._documents, self._theme = documents, theme
        self._newsroom, self._sources = newsroom, sources
        self._old = folder.manifest()
        self._have: dict[Key, bytes] = {}
        self._made: set[Key] = set()
        self._under_way: set[Key] = set()
        self._formats = self._chosen(with_needs(formats))
        self._wanted = self._plan()
        self._load(force=force)

    def _chosen(self, formats: Sequence[str]) -> dict[str, list[str]]:
        """Return the formats of each language: those asked for, and those that are up to date."""
        chosen = {code: set(formats) if code in self.asked else set() for code in self._documents}
        for made in self._old.files.values() if self._old else ():
            document = self._documents.get(made.language)
            writer = WRITERS.get(made.format)
            if document and writer and made_from(document, self._theme, writer) == made.made_from:
                chosen[made.language].add(made.format)
        return {code: with_needs(names) for code, names in chosen.items()}

    def _load(self, *, force: bool) -> None:
        """Read the files of the kit in place that are as they were made."""
        for path, made in self._old.files.items() if self._old else ():
            file = self.folder.root / path
            if made.format not in WRITERS or (force and made.language in self.asked):
                continue
            data = file.read_bytes() if file.is_file() else b""
            if digest(data) == made.sha256:
                self._have[made.made_from, made.links] = data

    def _plan(self) -> list[Wanted]:
        """Return the files that the kit is to hold."""
        sound = {c: d for c, d in self._documents.items() if c not in self.failed}
        return plan(sound, self._formats, self._theme)

    def tasks(self) -> Iterator[tuple[Part, Task]]:
        """Yield what can be made now: each slow file alone, a language's others together."""
        for code in dict.fromkeys(w.document.language.code for w in self._wanted):
            own = [w for w in self._wanted if w.document.language.code == code]
            held = {w.writer.name: self._have[w.key] for w in own if w.key in self._have}
            missing = [w for w in own if w.key not in self._have and w.key not in self._under_way]
            parts = [(w,) for w in missing if w.writer.is_slow]
            at_hand, quick = {*held}, []
            for w in missing:
                if not w.writer.is_slow and at_hand.issuperset(w.writer.needs):
                    at_hand.add(w.writer.name)
                    quick.append(w)
            for part in (*parts, tuple(quick)):
                if part:
                    yield part, self._task(part, held)

    def _task(self, part: Part, held: Mapping[str, bytes]) -> Task:
        self._under_way |= {w.key for w in part}
        needs = {need for w in part for need in w.writer.needs}
        made = {name: data for name, data in held.items() if name in needs}
        return task(part[0].document, self._theme, [w.writer.name for w in part], made)

    @property
    def is_waiting(self) -> bool:
        """Whether tasks of it are under way."""
        return bool(self._under_way)

    def take(self, part: Part, result: Result | MachineError) -> None:
        """Take files of a language, or why there are none."""
        self._under_way -= {w.key for w in part}
        if isinstance(result, MachineError):
            self.is_given_up = True
        elif result.problems:
            code = part[0].document.language.code
            self.failed[code] = (*self.failed.get(code, ()), *result.problems)
            self._wanted = self._plan()  # the others link to it no more
        else:
            for w in part:
                self._have[w.key] = result.files[w.writer.name]
                self._made.add(w.key)

    def finish(self) -> list[str]:
        """Put the kit in its place; return the paths that it no longer has.

        Raises:
            ContentError: A template of the whole kit is broken; the old kit is as it was.
            MachineError: It can't be written; the old kit is as it was.
        """
        wanted = self._wanted
        before = set(self._old.files) if self._old else set()
        if not wanted:
            self.folder.remove()
            return sorted(before)
        page = language(self._newsroom.language, self._newsroom.languages[self._newsroom.language])
        made = {w: self._have[w.key] for w in wanted}
        kit = package(made, page, self._theme, list(self._newsroom.languages), self._sources)
        shown = {w.path for w in wanted if w.key in self._made}
        self.notes = list(_oversize(kit.manifest, self._newsroom.email.attachments_limit))
        if not self.folder.holds(kit.files, kit.manifest):
            self.folder.replace(kit.files, kit.manifest.archive, self.notes)
            shown |= {name for name in kit.files if "/" not in name}
        self.made = {name: len(data) for name, data in kit.files.items() if name in shown}
        return sorted(before - set(kit.files))


def _oversize(manifest: Manifest, limit: int) -> Iterator[str]:
    """Yield what is to be said of e-mail drafts of more than ``limit`` megabytes."""
    for name, made in manifest.files.items():
        if name.endswith(".eml") and made.bytes > limit * 1_000_000:
            yield f"{name} has {made.bytes / 1e6:.1f} MB, more than {limit} MB"
