"""The work list: a document and a format in, the bytes of a file out; in processes that may die.

A task is data alone, so that it can be done in a process beside this one, in a pool of them or on a
Dask cluster; the results are the same. What goes wrong with one is its own outcome.
"""

from __future__ import annotations

import logging
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Lock
from time import process_time
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from gapress import __version__
from gapress.errors import ContentError, GapressError, MachineError, Problem
from gapress.kit.cluster import SECONDS, Cluster
from gapress.kit.limits import BLOCK_SECONDS, Limit, Limits
from gapress.kit.plan import packages_of
from gapress.kit.pool import FaultError, Workers, WorkersGoneError, bound, note
from gapress.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from gapress.document import Document
    from gapress.theme import Theme

WORKER_DIED = "a worker process was killed (out of memory?)"
WORKERS_GONE = "worker processes can't be started any more; run this again"
CLUSTER_LOST = "the cluster has no worker or no scheduler any more; start it, and run this again"

_alone = Lock()

OwnerT = TypeVar("OwnerT")


@dataclass(frozen=True)
class Task:
    """A file that must be made.

    Attributes:
        documents: What it shows: one, or a release in several languages.
        theme: The design.
        formats: The formats on whose libraries its bytes depend.
        write: Returns its bytes.
        versions: The versions of gapress and of the libraries that must make it.
    """

    documents: tuple[Document, ...]
    theme: Theme
    formats: tuple[str, ...]
    write: Callable[[tuple[Document, ...], Theme], bytes] = field(repr=False)
    versions: tuple[str, Mapping[str, str]]


def task(
    documents: Iterable[Document],
    theme: Theme,
    formats: Iterable[str],
    write: Callable[[tuple[Document, ...], Theme], bytes],
) -> Task:
    """Return a task that must be done with the versions that this machine has."""
    names = tuple(formats)
    return Task(tuple(documents), theme, names, write, (__version__, packages_of(names, theme)))


def file_task(document: Document, theme: Theme, name: str, made: Mapping[str, bytes]) -> Task:
    """Return the task of making a document's file, in a format by its name."""
    return task([document], theme, [name], partial(_file, name, made))


def _file(
    name: str, made: Mapping[str, bytes], documents: tuple[Document, ...], theme: Theme
) -> bytes:
    return WRITERS[name].write(documents[0], theme, made)


def perform(todo: Task) -> bytes:
    """Return the bytes of a task's file.

    One at a time in a process: fontconfig is set up in its environment, and a cluster's worker may
    have several threads.

    Raises:
        ContentError: A template is broken, or the document can't be shown in this format.
        MachineError: The machine lacks a library, or has another version than was asked for.
    """
    if (__version__, packages_of(todo.formats, todo.theme)) != todo.versions:
        raise MachineError(
            "a worker has other versions than this machine; install the same requirements there"
        )
    with _alone:
        return todo.write(todo.documents, todo.theme)


def block_at_fault(todo: Task, limits: Limits) -> int | None:
    """Return which block of a task's one document can't be written, even if it is the only one.

    It is noted first, for the process may die of it. None where the fault is not in one block, or
    is not found in the time that the file itself may take.
    """
    left = limits.of(todo.documents).seconds
    (document,) = todo.documents
    for number in (None, *range(len(document.body))):
        note(number)
        body = () if number is None else (document.body[number],)
        alone = replace(todo, documents=(replace(document, body=body),))
        limit = limits.of(alone.documents)
        most = min(limit.seconds, BLOCK_SECONDS + limit.seconds - limits.seconds, left)
        bound(Limit(most, limit.memory))
        began = process_time()
        try:
            perform(alone)
        except BaseException:  # noqa: BLE001 - it is this one
            return None if number is None else int(number)
        left -= process_time() - began
        if left <= 0:
            break
    return None


class FileError(GapressError):
    """Why a file could not be made, that should not have happened.

    Attributes:
        reason: What happened, for a person.
        hint: What to do about it.
        block: Which block of the document's body it comes from; none where that is not known.
    """

    def __init__(self, reason: str, hint: str, block: int | None) -> None:
        super().__init__(reason, hint, block)
        self.reason, self.hint, self.block = reason, hint, block

    def as_content_error(
        self, slug: str, file: str, place: tuple[int, int] = (0, 0)
    ) -> ContentError:
        """Return it as a problem of one file, at the place of its block in the release.

        Args:
            slug: The release.
            file: The file, for a person: ``pdf in ar``.
            place: Line and column of the block.
        """
        where = "this block of the" if place[0] else "the"
        message = f"{where} {file} can't be made: {self.reason}"
        return ContentError([Problem(f"releases/{slug}.yaml", *place, message, self.hint)])


def _fault(error: FaultError, limit: Limit, block: int | None = None) -> FileError:
    """Return what a call ended with as a fault of a file."""
    if error.trace:
        logging.getLogger(__name__).debug(error.trace)
    report = "change it, or remove it, and report this"
    if error.end == "time":
        reason = f"it takes more than {limit.seconds:,.0f} seconds"
        return FileError(reason, "make it shorter or simpler, or raise GAPRESS_SECONDS", block)
    if error.end == "memory":
        reason = f"it takes more than {limit.memory / 1e9:.1f} GB of memory"
        return FileError(reason, "make it shorter or simpler, or raise GAPRESS_MEGABYTES", block)
    if error.end == "crash":
        what = WORKER_DIED if error.detail == "SIGKILL" else f"a library crashed ({error.detail})"
        return FileError(what, report, block)
    return FileError(f"internal error in gapress: {error.detail}", report, block)


class Crew(Generic[OwnerT]):
    """Does tasks: in one process beside this one, or in ``jobs`` processes, or on a cluster.

    Args:
        jobs: How many processes.
        cluster: Address of a Dask scheduler; empty without one.

    Attributes:
        room: How many tasks it is useful to have under way.
        is_broken: Whether the workers are gone, so that nothing more can be done.

    Raises:
        UsageError: A limit in the environment is not a number.
    """

    def __init__(self, jobs: int, cluster: str = "") -> None:
        self._jobs, self._address = jobs, cluster
        self._limits = Limits.of_environment()
        self._cluster: Cluster | None = None
        self._executor: Executor | None = None
        self._workers: Workers | None = None
        self._lost = CLUSTER_LOST if cluster else WORKERS_GONE
        self._waiting: dict[Future[bytes], tuple[Task, OwnerT]] = {}
        self._searching: dict[Future[int | None], tuple[Task, OwnerT, FaultError]] = {}
        self._started = False
        self.room = 1
        self.is_broken = False

    def start(self, expected: int) -> None:
        """Get ready, once, for about so many tasks.

        Raises:
            MachineError: The cluster can't be reached, or Dask is not installed.
        """
        if self._started:
            return
        self._started = True
        if self._address:
            self._cluster = Cluster(self._address)
            self._executor = self._cluster.executor
            self.room = 6 * max(1, self._cluster.cores)
        else:
            jobs = max(1, min(self._jobs, expected))
            self._workers = Workers(jobs)
            self.room = 6 * jobs

    @property
    def _pool(self) -> Workers:
        if self._workers is None:
            self._workers = Workers(1)
        return self._workers

    @property
    def is_full(self) -> bool:
        """Whether as many tasks wait as are useful; more would only fill memory."""
        return len(self._waiting) >= self.room

    @property
    def is_busy(self) -> bool:
        """Whether tasks are under way."""
        return bool(self._waiting or self._searching)

    def submit(self, todo: Task, owner: OwnerT, *, quick: bool = False) -> None:
        """Take on a task; ``owner`` comes back with its outcome.

        Args:
            todo: The task.
            owner: Whose it is.
            quick: Whether it is best done while a core would else do nothing but wait.
        """
        self.start(1)
        future: Future[bytes]
        if self.is_broken:
            future = Future()
            future.set_exception(WorkersGoneError())
        elif self._executor:
            future = self._executor.submit(perform, todo)
        else:
            limit = self._limits.of(todo.documents)
            future = self._pool.submit(partial(perform, todo), limit, quick=quick)
        self._waiting[future] = todo, owner

    def results(self) -> Iterator[tuple[OwnerT, bytes | GapressError]]:
        """Yield owner and outcome of at least one task, if any is under way.

        The outcome is an error where the content has problems, the file can't be made
        (:class:`FileError`), or a worker lacks something or is gone.
        """
        found: list[tuple[OwnerT, bytes | GapressError]] = []
        while self.is_busy and not found:
            pause = SECONDS if self._cluster else None
            under_way: list[Future[Any]] = [*self._waiting, *self._searching]
            done, _ = wait(under_way, pause, FIRST_COMPLETED)
            if self._cluster and not done and not self._cluster.cores:
                self.is_broken = True
            for future in [f for f in self._waiting if f in done or self.is_broken]:
                todo, owner = self._waiting.pop(future)
                outcome = self._outcome(future)
                if not isinstance(outcome, FaultError):
                    found.append((owner, outcome))
                elif fault := self._search(todo, owner, outcome):
                    found.append((owner, fault))
            for search in [f for f in self._searching if f in done]:
                todo, owner, why = self._searching.pop(search)
                found.append((owner, self._found(todo, why, search)))
        yield from found

    def _outcome(self, future: Future[bytes]) -> bytes | GapressError | FaultError:
        try:
            return future.result(0)
        except (GapressError, FaultError) as error:
            return error
        except (WorkersGoneError, CancelledError, TimeoutError):
            self.is_broken = True
            return MachineError(self._lost)
        except Exception as error:  # noqa: BLE001 - of a cluster, where no worker says it better
            if self._cluster and isinstance(error, self._cluster.killed):
                return FaultError("crash", "SIGKILL")
            return FaultError("exception", f"{type(error).__name__}: {error}")

    def _search(self, todo: Task, owner: OwnerT, fault: FaultError) -> FileError | None:
        """Begin to look for the block from which a fault comes; return it where none can."""
        limit = self._limits.of(todo.documents)
        has_blocks = len(todo.documents) == 1 and todo.documents[0].body
        if not has_blocks or self._cluster:
            return _fault(fault, limit)
        call = partial(block_at_fault, todo, self._limits)
        whole = replace(limit, seconds=limit.seconds + BLOCK_SECONDS)
        self._searching[self._pool.submit(call, whole)] = todo, owner, fault
        return None

    def _found(self, todo: Task, fault: FaultError, search: Future[int | None]) -> FileError:
        limit = self._limits.of(todo.documents)
        try:
            return _fault(fault, limit, search.result(0))
        except FaultError as error:  # it died of it
            return _fault(fault, limit, error.note)
        except Exception:  # noqa: BLE001 - the fault itself is what counts
            return _fault(fault, limit)

    def close(self, *, at_once: bool = False) -> None:
        """End all workers; ``at_once`` in the middle of their work."""
        if self._cluster:
            self._cluster.close()
        if self._workers:
            self._workers.end(at_once=at_once)
