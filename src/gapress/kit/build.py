"""Makes press kits: finds what is out of date, has it made, and puts each kit in its place.

An up-to-date kit is recognised from its manifest alone; everything heavy is imported only when
there is something to do.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from gapress.errors import (
    ContentError,
    GapressError,
    MachineError,
    Problem,
    UsageError,
    contained,
)
from gapress.kit.folder import KitFolder
from gapress.kit.manifest import ALL_LANGUAGES
from gapress.kit.naming import EDITIONS, kit_name
from gapress.kit.sources import Sources
from gapress.kit.verify import faults
from gapress.writers import WRITERS, with_needs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from gapress.kit.job import Item, Job
    from gapress.kit.manifest import Manifest
    from gapress.kit.naming import Edition
    from gapress.kit.prepare import Prepared
    from gapress.kit.work import Crew, FileError, Task
    from gapress.workspace import Workspace

Owner: TypeAlias = "tuple[Job, Item]"


@dataclass(frozen=True)
class Order:
    """What to make; every sequence in the order of the work.

    Attributes:
        slugs: The releases.
        languages: Languages of the newsroom and pseudo-locales; empty for all of the newsroom.
        formats: Names of formats.
        output: Where kits are put.
        draft: Make drafts.
        force: Make everything again.
        jobs: How many processes work at once.
        cluster: Address of a Dask scheduler that does the work; empty without one.
    """

    slugs: Sequence[str]
    languages: Sequence[str]
    formats: Sequence[str]
    output: Path
    draft: bool = False
    force: bool = False
    jobs: int = 1
    cluster: str = ""


@dataclass(frozen=True)
class Refused:
    """What was not made: a file, or all files of a language where ``format`` is empty."""

    release: str
    language: str
    format: str = ""


@dataclass
class Report:
    """What was done.

    Attributes:
        kits: The folders of the kits of which something was made.
        made: The files that were made, with their sizes in bytes.
        removed: The files that no longer agreed with the sources.
        superseded: The files of drafts and pseudo-locales whose place a final kit has taken.
        current: The kits for which there was nothing to do.
        refused: What was not made.
        problems: What is wrong with the content; warnings too.
        open: The problems that a draft shows and a final kit would not pass.
        failures: What the machine could not do.
    """

    kits: set[Path] = field(default_factory=set)
    made: dict[Path, int] = field(default_factory=dict)
    removed: list[Path] = field(default_factory=list)
    superseded: list[Path] = field(default_factory=list)
    current: list[Path] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    open: list[Problem] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def files(self) -> Iterator[tuple[Path, Path, int]]:
        """Yield kit, file and size of everything that was made."""
        for path, size in self.made.items():
            kit = path.parent
            while kit not in self.kits:
                kit = kit.parent
            yield kit, path, size


def build(
    workspace: Workspace,
    order: Order,
    step: Callable[[int], None] = lambda _count: None,
    say: Callable[[str], None] = lambda _message: None,
) -> Report:
    """Make press kits.

    A language with problems is left out of the kit, and its earlier files go, since they no longer
    agree with the source; the others are made. So it is with a file that can't be made: it alone
    is left out, with the e-mail draft that would attach it. A release whose file has problems, or
    whose kit can't be written, keeps its kit as it is, and doesn't stop the others.

    Args:
        workspace: The newsroom's folder.
        order: What to make.
        step: Called with the number of releases that are done since the last call.
        say: Tells a person why nothing seems to happen.

    Raises:
        ContentError: The newsroom's file or the theme is broken.
        UsageError: A language is not the newsroom's.
        MachineError: The cluster can't be reached.
    """
    report = Report(problems=workspace.misnamed(order.slugs))
    sources = Sources(workspace.root)
    stale = [slug for slug in order.slugs if not _is_current(slug, order, sources, report)]
    step(len(order.slugs) - len(stale))
    if stale:
        slow = any(WRITERS[name].is_slow for name in with_needs(order.formats))
        jobs = order.jobs if slow else 1
        if jobs > 1 and not order.cluster:
            from gapress.kit.server import warm_up

            warm_up()
        from gapress.kit.work import Crew

        crew: Crew[Owner] = Crew(jobs, order.cluster)
        _Builder(workspace, order, sources, report, step, say).build(stale, crew)
    report.problems = list(dict.fromkeys(report.problems))
    return report


def _is_current(slug: str, order: Order, sources: Sources, report: Report) -> bool:
    """Whether a release's kit holds everything that is asked for, made from today's sources."""
    if order.force or order.draft:
        return False
    folder = KitFolder(order.output, kit_name(slug, ""))
    manifest = folder.manifest()
    if manifest is None or not _holds(manifest, order, sources) or folder.is_under_way:
        return False
    found = list(faults(folder, slug, sources))
    # A file that is lacking may be one that nobody asks for now.
    found = [finding for finding in found if finding.kind != "lacking"]
    if any(finding.kind != "extra" for finding in found) or any(_superseded(folder, slug)):
        return False
    report.current.append(folder.root)
    extra = [finding.path.partition("/")[2] for finding in found]
    report.problems += _warnings(slug, folder, folder.notes(), extra)
    return True


def _warnings(
    slug: str, folder: KitFolder, notes: Sequence[str], extra: Sequence[str]
) -> Iterator[Problem]:
    """Yield what a person should know of a kit that is up to date: each time, not once."""
    for note in notes:
        message, _, hint = note.rpartition("; ")
        yield Problem(f"releases/{slug}.yaml", 0, 0, message, hint, "warning", "attachments")
    for name in extra:
        message = "was not made by gapress; it is not in the ZIP"
        place = f"{folder.output.name}/{folder.name}/{name}"
        yield Problem(place, 0, 0, message, "move it out of the kit", "warning", "extra")


def _superseded(final: KitFolder, slug: str) -> Iterator[KitFolder]:
    """Yield the kits that must not lie beside a final kit, which has all of their languages."""
    manifest = final.manifest()
    there = {made.language for made in manifest.files.values()} if manifest else set()
    for edition in EDITIONS[1:]:
        folder = KitFolder(final.output, kit_name(slug, edition))
        other = folder.manifest()
        shown = {made.language for made in other.files.values()} if other else {""}
        if there and other and (edition == "PSEUDO" or shown <= there):
            yield folder


def _holds(manifest: Manifest, order: Order, sources: Sources) -> bool:
    """Whether a kit has every file that is asked for, or that its release can't have."""
    there = {(made.language, made.format) for made in manifest.files.values()}
    languages = order.languages or manifest.languages
    if ALL_LANGUAGES in manifest.lacking:
        return False
    return all(
        (code, name) in there or not sources.may_have(manifest.release, WRITERS[name])
        for code in languages
        for name in order.formats
    )


class _Builder:
    """Drives the kits that are not up to date through their steps, several at once."""

    def __init__(
        self,
        workspace: Workspace,
        order: Order,
        sources: Sources,
        report: Report,
        step: Callable[[int], None],
        say: Callable[[str], None],
    ) -> None:
        from gapress.catalogs.pseudo import PSEUDO
        from gapress.release.data import suggestion
        from gapress.theme import load_theme

        self.workspace, self.order, self.report = workspace, order, report
        self.sources, self.step, self.say = sources, step, say
        self.newsroom = workspace.newsroom.model
        known = self.newsroom.languages
        self.asked = list(order.languages) or list(known)
        for code in self.asked:
            if code not in known and code not in PSEUDO:
                hint = suggestion(code, known)
                raise UsageError(f"no language {code!r} in this newsroom; {hint}")
        own = [code for code in self.asked if code not in PSEUDO]
        pseudo = [code for code in self.asked if code in PSEUDO]
        edition: Edition = "DRAFT" if order.draft else ""
        kinds: list[tuple[Edition, list[str]]] = [(edition, own), ("PSEUDO", pseudo)]
        self.editions = {name: codes for name, codes in kinds if codes}
        self.theme = load_theme(workspace)
        self.templates = [name for name in workspace.digests if "templates/" in name]
        self.holds: dict[Job, ExitStack] = {}
        self.releases = 0
        self.is_reading = False
        self.kits_left = dict.fromkeys(order.slugs, len(self.editions))

    def build(self, slugs: Sequence[str], crew: Crew[Owner]) -> None:
        self.releases = len(slugs)
        done = False
        try:
            if self.order.cluster:
                crew.start(len(slugs))
            for slug in slugs:
                if crew.is_broken:
                    break
                self.is_reading = slug != slugs[-1]
                self._start(slug, crew)
                while crew.is_full:
                    self._collect(crew)
            self._drain(crew)
            done = True
        finally:
            for hold in self.holds.values():
                hold.close()
            crew.close(at_once=not done)

    def _start(self, slug: str, crew: Crew[Owner]) -> None:
        """Lock a release's kits, read it, and hand its work to the crew."""
        for edition, codes in self.editions.items():
            folder = KitFolder(self.order.output, kit_name(slug, edition))
            hold = ExitStack()
            try:
                self._lock(folder, hold, crew)
                job = self._read(slug, folder, edition, codes)
                self.holds[job] = hold
                self._hand_out(job, crew)
            except ContentError as error:
                hold.close()
                self.report.problems += error.problems
                self.report.refused += [Refused(slug, code) for code in codes]
                self._tick(slug)
            except MachineError as error:
                hold.close()
                self._fail(error)
                self._tick(slug)

    def _lock(self, folder: KitFolder, hold: ExitStack, crew: Crew[Owner]) -> None:
        if hold.enter_context(folder.lock(wait=False)):
            return
        # Others may wait for kits that are under way here: finish those first.
        self._drain(crew)
        self.say(f"waiting for another run that is making {folder.name}")
        hold.enter_context(folder.lock(wait=True))

    def _read(self, slug: str, folder: KitFolder, edition: Edition, codes: list[str]) -> Job:
        from gapress.kit.job import Job
        from gapress.kit.prepare import prepare

        pseudo = codes if edition == "PSEUDO" else []
        draft = self.order.draft
        prepared = prepare(self.workspace, slug, self.theme, draft=draft, pseudo=pseudo)
        sources = self._sources_of(slug, prepared)
        documents = prepared.drafts if draft else prepared.documents
        if edition == "PSEUDO":
            documents = prepared.pseudo
        else:
            self._tell(slug, prepared, codes)
        shown = [documents[code] for code in codes if code in documents]
        asked = [WRITERS[name] for name in self.order.formats]
        if shown and not any(writer.is_for(document) for writer in asked for document in shown):
            self.say(f"{slug} has nothing for a file in {' or '.join(self.order.formats)}")
        return Job(
            slug,
            folder,
            documents,
            codes,
            self.order.formats,
            self.theme,
            self.newsroom,
            sources,
            prepared.attached,
            prepared.place,
            force=self.order.force,
        )

    def _sources_of(self, slug: str, prepared: Prepared) -> dict[str, str | None]:
        """Return the digests of what was read of the files that a kit is made from."""
        from gapress.catalogs.translations import catalog_names

        names = ["releases/_newsroom.yaml", f"releases/{slug}.yaml", *self.templates]
        names += [f"releases/{slug}/{name}" for name in prepared.pictures.names()]
        names += [f"releases/{slug}/{name}" for name in prepared.attached]
        for code, tag in self.newsroom.languages.items():
            names += catalog_names(slug, code, tag)
        read = self.workspace.digests
        # A file that could not be read is as it is now.
        return {n: read[n] if n in read else self.sources.digest(n) for n in dict.fromkeys(names)}

    def _tell(self, slug: str, prepared: Prepared, codes: Sequence[str]) -> None:
        documents = prepared.drafts if self.order.draft else prepared.documents
        problems = self.report.open if self.order.draft else self.report.problems
        for code in codes:
            problems += prepared.problems.get(code, ())
            if code not in documents:
                self.report.refused.append(Refused(slug, code))

    def _hand_out(self, job: Job, crew: Crew[Owner]) -> None:
        """Have made what can be made now; with nothing left to read, what is quick is made here."""
        kept: list[tuple[Item, Task]] = []
        others: list[tuple[Item, Task]] = []
        for item, todo in job.tasks():
            (others if self.is_reading or _is_slow(todo) else kept).append((item, todo))
        if others:
            crew.start(len(others) * self.releases)
        # The longest first: at the end, it would have one core work while the others wait.
        for item, todo in sorted(others, key=lambda other: _size(other[1]), reverse=True):
            crew.submit(todo, (job, item))
        formats = list(WRITERS)  # the first takes the longest, and must not come last
        for item, todo in sorted(kept, key=lambda one: formats.index(one[1].formats[0])):
            crew.submit(todo, (job, item), quick=True)
        if not job.is_waiting:
            self._finish(job)

    def _collect(self, crew: Crew[Owner]) -> None:
        from gapress.kit.work import FileError

        for (job, item), outcome in crew.results():
            if isinstance(outcome, FileError):
                outcome = self._problem(job, item, outcome)
            lost = job.take(item, outcome)
            if isinstance(outcome, ContentError):
                self.report.problems += outcome.problems
                self._lose(job, item, lost)
            elif isinstance(outcome, GapressError):
                self._fail(outcome)
            if not job.is_given_up:
                self._hand_out(job, crew)
            elif not job.is_waiting:
                self._end(job)

    def _problem(self, job: Job, item: Item, fault: FileError) -> ContentError:
        """Return a fault as the problem of one file."""
        if isinstance(item, str):
            file = "eml in all languages" if item.endswith(".eml") else item
            return fault.as_content_error(job.slug, file)
        place = job.place(item.document, fault.block)
        file = f"{item.writer.name} in {item.document.language.code}"
        return fault.as_content_error(job.slug, file, place)

    def _lose(self, job: Job, item: Item, lost: Sequence[str]) -> None:
        """Report what can't be made: a file and those that would hold it, or the whole kit."""
        if isinstance(item, str):
            refused = [Refused(job.slug, "all languages", name) for name in lost]
            self.report.refused += refused or [Refused(job.slug, code) for code in job.asked]
            return
        code, failed = item.document.language.code, item.writer.name
        self.report.refused += [Refused(job.slug, code, name) for name in lost]
        for name in lost:
            if name != failed:
                message = f"the {name} in {code} is not made, since it would attach the {failed}"
                hint = f"fix what is wrong with the {failed}"
                place = f"releases/{job.slug}.yaml"
                self.report.problems.append(Problem(place, 0, 0, message, hint))

    def _drain(self, crew: Crew[Owner]) -> None:
        while crew.is_busy:
            self._collect(crew)

    def _finish(self, job: Job) -> None:
        report, root = self.report, job.folder.root
        try:
            with contained(f"releases/{job.slug}.yaml"):
                gone = job.finish()
            report.kits.add(root)
            report.made |= {root / name: size for name, size in job.made.items()}
            report.removed += [root / name for name in gone]
            report.problems += _warnings(job.slug, job.folder, job.notes, job.folder.foreign())
            if job.folder.name == job.slug:
                self._remove_superseded(job)
            if not job.made and not gone and job.folder.manifest():
                report.current.append(root)
        except ContentError as error:
            report.problems += error.problems
            report.refused += [Refused(job.slug, code) for code in job.asked]
        except MachineError as error:
            self._fail(error)
        finally:
            self._end(job)

    def _end(self, job: Job) -> None:
        self.holds.pop(job).close()
        self._tick(job.slug)

    def _tick(self, slug: str) -> None:
        """Count a kit as done; a release is done with the last of its kits."""
        self.kits_left[slug] -= 1
        if not self.kits_left[slug]:
            self.step(1)

    def _remove_superseded(self, job: Job) -> None:
        wanted = {kit_name(job.slug, edition) for edition in self.editions}
        for folder in _superseded(job.folder, job.slug):
            if folder.name in wanted:
                continue
            with folder.lock(wait=False) as mine:
                if mine and (manifest := folder.manifest()):
                    folder.remove()
                    self.report.superseded += [folder.root / name for name in manifest.files]

    def _fail(self, error: GapressError) -> None:
        if str(error) not in self.report.failures:
            self.report.failures.append(str(error))


def _is_slow(todo: Task) -> bool:
    return any(WRITERS[name].is_slow for name in todo.formats)


def _size(todo: Task) -> tuple[bool, int]:
    """Tell long tasks: by bytes, since scripts of two bytes a letter take longer to set, too."""
    return _is_slow(todo), len(repr(todo.documents).encode())
