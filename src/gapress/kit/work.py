"""The work list: a document and its formats in, the bytes of files out; here, or on other cores.

A task is data alone, so that it can be done in this process, in a pool of processes or on a Dask
cluster; the results are the same.
"""

from __future__ import annotations

from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Executor,
    Future,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from gapress import __version__
from gapress.errors import ContentError, MachineError, Problem
from gapress.kit.cluster import SECONDS, Cluster
from gapress.kit.plan import packages_of
from gapress.kit.pool import Workers
from gapress.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from gapress.document import Document
    from gapress.theme import Theme

WORKER_DIED = "a worker process was ended from outside; is memory short? Try --jobs 1"
CLUSTER_LOST = "the cluster has no worker or no scheduler any more; start it, and run this again"

_alone = Lock()

ResultT = TypeVar("ResultT")
OwnerT = TypeVar("OwnerT")


@dataclass(frozen=True)
class Task:
    """The files of one document that must be made.

    Attributes:
        document: The document.
        theme: The design.
        formats: What to make of it, in the order of the table of writers.
        made: The files of other formats that are there already, by format.
        versions: The versions of gapress and of the libraries that must make them.
    """

    document: Document
    theme: Theme
    formats: tuple[str, ...]
    made: Mapping[str, bytes] = field(repr=False)
    versions: tuple[str, Mapping[str, str]]


@dataclass(frozen=True)
class Result:
    """The files that a task made, by format, or what is wrong with the content."""

    files: Mapping[str, bytes] = field(repr=False)
    problems: tuple[Problem, ...] = ()


def task(
    document: Document, theme: Theme, formats: Sequence[str], made: Mapping[str, bytes]
) -> Task:
    """Return a task that must be done with the versions that this machine has."""
    names = tuple(formats)
    return Task(document, theme, names, made, (__version__, packages_of(names, theme)))


def perform(todo: Task) -> Result:
    """Make the files of a task, all of them or none.

    One at a time in a process: fontconfig is set up in its environment, and a cluster's worker may
    have several threads.

    Raises:
        MachineError: The machine lacks a library, or has another version than was asked for.
    """
    with _alone:
        return _perform(todo)


def _perform(todo: Task) -> Result:
    here = (__version__, packages_of(todo.formats, todo.theme))
    if here != todo.versions:
        raise MachineError(
            "a worker has other versions than this machine; install the same requirements there"
        )
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for name in todo.formats:
        writer = WRITERS[name]
        held = {**todo.made, **files}
        if any(need not in held for need in writer.needs):
            continue  # what it needs has failed
        try:
            needed = {need: held[need] for need in writer.needs}
            files[name] = writer.write(todo.document, todo.theme, needed)
        except ContentError as error:
            problems += error.problems
    return Result({} if problems else files, tuple(problems))


class Crew(Generic[OwnerT]):
    """Does tasks: in this process, or on ``jobs`` processes, or on a cluster.

    Args:
        jobs: How many processes; 1 is this one.
        cluster: Address of a Dask scheduler; empty without one.

    Attributes:
        room: How many tasks it is useful to have under way.
        is_broken: Whether the workers are gone, so that nothing more can be done.
    """

    def __init__(self, jobs: int, cluster: str = "") -> None:
        self._jobs, self._address = jobs, cluster
        self._cluster: Cluster | None = None
        self._lost = CLUSTER_LOST if cluster else WORKER_DIED
        self._waiting: dict[Future[Result], OwnerT] = {}
        self._close: Callable[[bool], None] = lambda _at_once: None
        self._executor: Executor = _Here()
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
            self._cluster = cluster = Cluster(self._address)
            self._executor = cluster.executor
            self._close = lambda _at_once: cluster.close()
            self.room = 2 * max(1, cluster.cores)
        elif self._jobs > 1:
            jobs = min(self._jobs, expected)
            self._executor = workers = Workers(jobs)
            self._close = lambda at_once: workers.end(at_once=at_once)
            self.room = 2 * jobs

    @property
    def is_full(self) -> bool:
        """Whether as many tasks wait as are useful; more would only fill memory."""
        return len(self._waiting) >= self.room

    @property
    def is_busy(self) -> bool:
        """Whether tasks are under way."""
        return bool(self._waiting)

    def submit(self, todo: Task, owner: OwnerT) -> None:
        """Take on a task; ``owner`` comes back with its outcome."""
        future = Future[Result]() if self.is_broken else self._executor.submit(perform, todo)
        self._waiting[future] = owner

    def do(self, todo: Task, owner: OwnerT) -> None:
        """Do a task at once, in this process; its result comes with the others."""
        self._waiting[_Here().submit(perform, todo)] = owner

    def results(self) -> Iterator[tuple[OwnerT, Result | MachineError]]:
        """Yield owner and outcome of at least one finished task, if any is under way.

        The outcome is an error where a worker lacks something, or is gone.
        """
        done: set[Future[Result]] = set()
        while self._waiting and not done:
            done, _ = wait(self._waiting, SECONDS if self._cluster else None, FIRST_COMPLETED)
            if self._cluster and not done and not self._cluster.cores:
                self.is_broken = True
                break
        for future in list(self._waiting) if self.is_broken else done:
            yield self._waiting.pop(future), self._outcome(future)

    def _outcome(self, future: Future[Result]) -> Result | MachineError:
        try:
            return future.result(0)
        except MachineError as error:
            return error
        except (BrokenProcessPool, CancelledError, TimeoutError):
            self.is_broken = True
            return MachineError(self._lost)
        except Exception as error:
            if not self._cluster or not isinstance(error, self._cluster.killed):
                raise
            return MachineError(WORKER_DIED)

    def close(self, *, at_once: bool = False) -> None:
        """End all workers; ``at_once`` in the middle of their work."""
        self._close(at_once)


class _Here(Executor):
    """Does each task at once, in this process."""

    def submit(self, fn: Callable[..., ResultT], /, *args: Any, **kwargs: Any) -> Future[ResultT]:
        future: Future[ResultT] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - raised again where the result is asked for
            future.set_exception(error)
        return future
