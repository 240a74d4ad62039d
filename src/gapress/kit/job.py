"""One kit on its way: which of its files can stay, which must be made, and putting it in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from gapress.errors import ContentError
from gapress.kit.manifest import ALL_LANGUAGES, digest
from gapress.kit.naming import INDEX
from gapress.kit.package import index_task, package, together_task
from gapress.kit.plan import Wanted, made_from, plan
from gapress.kit.work import file_task
from gapress.localization.languages import language
from gapress.writers import WRITERS, with_needs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gapress.document import Document
    from gapress.errors import GapressError
    from gapress.kit.folder import KitFolder
    from gapress.kit.work import Task
    from gapress.newsroom import NewsroomEntry
    from gapress.theme import Theme

Key: TypeAlias = tuple[str, str]

Item: TypeAlias = Wanted | str
"""A document's file, or the name of one for all languages."""


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
        attached: The release's attachments by file name.
        place: Returns line and column of a block of a document's body.
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
        attached: Mapping[str, bytes],
        place: Callable[[Document, int | None], tuple[int, int]],
        *,
        force: bool,
    ) -> None:
        self.slug, self.folder = slug, folder
        self.asked, self.place = asked, place
        self.failed: set[tuple[str, str]] = set()
        self.made: dict[str, int] = {}
        self.notes: list[str] = []
        self.is_given_up = False
        self._documents, self._theme = documents, theme
        self._newsroom, self._sources, self._attached = newsroom, sources, attached
        self._old = folder.manifest()
        self._have: dict[Key, bytes] = {}
        self._made: set[Key] = set()
        self._shared: dict[str, bytes] = {}
        self._under_way: set[Key | str] = set()
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
        lacking = self._lacking()
        formats = {
            code: [name for name in names if name not in lacking.get(code, ())]
            for code, names in self._formats.items()
        }
        return plan(self._documents, formats, self._theme)

    def _lacking(self) -> dict[str, list[str]]:
        """Return the formats that can't be made, by language, with those that hold them."""
        found = {}
        for code, names in self._formats.items():
            failed = [name for name in names if (code, name) in self.failed]
            held = [name for name in names if {*WRITERS[name].needs} & {*failed}]
            if failed:
                found[code] = [name for name in names if name in {*failed, *held}]
        return found

    def _still_lacking(self) -> dict[str, list[str]]:
        """Return what the kit lacks: now, and since earlier runs what was not asked for now."""
        found = self._lacking()
        for code, names in self._old.lacking.items() if self._old else ():
            if code in self._documents:
                tried = {*self._formats[code]}
                earlier = {*names} - tried | {*found.get(code, ())}
                found[code] = [name for name in WRITERS if name in earlier]
        if (ALL_LANGUAGES, "eml") in self.failed:
            found[ALL_LANGUAGES] = ["eml"]
        return {code: names for code, names in found.items() if names}

    def tasks(self) -> Iterator[tuple[Item, Task]]:
        """Yield what can be made now: the files whose needs are there, and at last the shared."""
        held: dict[str, dict[str, bytes]] = {code: {} for code in self._documents}
        for w in self._wanted:
            if w.key in self._have:
                held[w.document.language.code][w.writer.name] = self._have[w.key]
        for w in self._wanted:
            there = held[w.document.language.code]
            made = {name: there[name] for name in w.writer.needs if name in there}
            if len(made) == len(w.writer.needs) and w.key not in {*self._have, *self._under_way}:
                self._under_way.add(w.key)
                yield w, file_task(w.document, self._theme, w.writer.name, made)
        if self._wanted and not self._under_way and (shared := self._shared_task()):
            self._under_way.add(shared[0])
            yield shared

    def _shared_task(self) -> tuple[str, Task] | None:
        """Return the next file for all languages: the index page lists the others."""
        made = self._files()
        together = together_task(made, self._theme)
        is_lost = (ALL_LANGUAGES, "eml") in self.failed
        if together and together[0] not in self._shared and not is_lost:
            return together
        if INDEX in self._shared:
            return None
        code = self._newsroom.language
        page = language(code, self._newsroom.languages[code])
        return INDEX, index_task(made, self._shared, page, self._theme)

    def _files(self) -> dict[Wanted, bytes]:
        return {w: self._have[w.key] for w in self._wanted}

    def _attachments(self) -> dict[str, bytes]:
        """Return the attachments that the kit's documents name, by path."""
        named = {a.path: a.name for w in self._wanted for a in w.document.attachments}
        return {path: self._attached[name] for path, name in sorted(named.items())}

    @property
    def is_waiting(self) -> bool:
        """Whether tasks of it are under way."""
        return bool(self._under_way)

    def take(self, wanted: Item, outcome: bytes | GapressError) -> list[str]:
        """Take a file, or why there is none; return the formats of its language that are lost."""
        if isinstance(wanted, str):
            return self._take_shared(wanted, outcome)
        self._under_way.discard(wanted.key)
        code, name = wanted.document.language.code, wanted.writer.name
        if isinstance(outcome, bytes):
            self._have[wanted.key] = outcome
            self._made.add(wanted.key)
        elif isinstance(outcome, ContentError):
            before = self._lacking().get(code, ())
            self.failed.add((code, name))
            self._wanted = self._plan()  # the others link to it no more
            return [lost for lost in self._lacking()[code] if lost not in before]
        else:
            self.is_given_up = True
        return []

    def _take_shared(self, name: str, outcome: bytes | GapressError) -> list[str]:
        self._under_way.discard(name)
        if isinstance(outcome, bytes):
            self._shared[name] = outcome
        elif isinstance(outcome, ContentError) and name != INDEX:
            self.failed.add((ALL_LANGUAGES, "eml"))
            return ["eml"]
        else:
            self.is_given_up = True
        return []

    def finish(self) -> list[str]:
        """Put the kit in its place; return the paths that it no longer has.

        Raises:
            MachineError: It can't be written; the old kit is as it was.
        """
        wanted = self._wanted
        before = set(self._old.files) if self._old else set()
        if not wanted:
            self.folder.remove()
            return sorted(before)
        languages = list(self._newsroom.languages)
        lacking = self._still_lacking()
        shared = {**self._shared, **self._attachments()}
        kit = package(self._files(), shared, self._theme, languages, self._sources, lacking)
        shown = {w.path for w in wanted if w.key in self._made}
        self.notes = list(_oversize(kit.files, self._newsroom.email.attachments_limit))
        if not self.folder.holds(kit.files, kit.manifest):
            self.folder.replace(kit.files, kit.manifest.archive, self.notes)
            shown |= {name for name in kit.files if "/" not in name or name in shared}
        self.made = {name: len(data) for name, data in kit.files.items() if name in shown}
        return sorted(before - set(kit.files))


def _oversize(files: Mapping[str, bytes], limit: int) -> Iterator[str]:
    """Yield what is to be said of e-mail drafts that are too large, each with what to do.

    Args:
        files: The files of the kit by path.
        limit: The most that mail servers take, in megabytes.
    """
    from gapress.writers.email import NEARLY_CLIPPED, page_size

    for name, data in files.items():
        if not name.endswith(".eml"):
            continue
        if len(data) > limit * 1_000_000:
            hint = "make pictures smaller, or raise email: attachments_limit: in _newsroom.yaml"
            yield f"{name} has {len(data) / 1e6:.1f} MB, more than {limit} MB; {hint}"
        if (size := page_size(data)) > NEARLY_CLIPPED:
            hint = "shorten the text, or send the PDF with a summary"
            clipped = "Gmail hides what is behind 102 kB"
            yield f"the text of {name} has {size // 1000} kB, and {clipped}; {hint}"
