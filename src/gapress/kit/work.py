"""The work list: a document and a format in, the bytes of a file out; here, or on other cores.

A task is data alone, so that it can be done in this process, in a pool of processes or on a Dask
cluster; the results are the same.
"""

from __future__ import annotations

from collections import deque
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
from gapress.errors import GapressError, MachineError
from gapress.kit.cluster import SECONDS, Cluster
from gapress.kit.plan import packages_of
from gapress.kit.pool import Workers
from gapress.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from gapress.document import Document
    from gapress.theme import Theme

WORKER_DIED = "a worker process was ended from outside; is memory short? Try --jobs 1"
CLUSTER_LOST = "the cluster has no worker or no scheduler any more; start it, and run this again"

_alone = Lock()

ResultT = TypeVar("ResultT")
OwnerT = TypeVar("OwnerT")


@dataclass(frozen=True)
class Task:
    """A file of a document that must be made.

    Attributes:
        document: The document.
        theme: The design.
        format: What to make of it.
        made: The files of other formats that it holds, by format.
        versions: The versions of gapress and of the libraries that must make it.
    """

    document: Document
    theme: Theme
    format: str
    made: Mapping[str, bytes] = field(repr=False)
    versions: tuple[str, Mapping[str, str]]


def task(document: Document, theme: Theme, name: str, made: Mapping[str, bytes]) -> Task:
    """Return a task that must be done with the versions that this machine has."""
    return Task(document, theme, name, made, (__version__, packages_of([name], theme)))


def perform(todo: Task) -> bytes:
    """Return the bytes of a task's file.

    One at a time in a process: fontconfig is set up in its environment, and a cluster's worker may
    have several threads.

    Raises:
        ContentError: A template is broken, or the document can't be shown in this format.
        MachineError: The machine lacks a library, or has another version than was asked for.
    """
    if (__version__, packages_of([todo.format], todo.theme)) != todo.versions:
        raise MachineError(
            "a worker has other versions than this machine; install the same requirements there"
        )
    with _alone:
        return WRITERS[todo.format].write(todo.document, todo.theme, todo.made)


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
        self._waiting: dict[Future[bytes], OwnerT] = {}
        self._quick: deque[tuple[Task, OwnerT]] = deque()
        self._workers: Workers | None = None
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
            self.room = 6 * max(1, cluster.cores)
        elif self._jobs > 1:
            jobs = min(self._jobs, expected)
            self._executor = self._workers = workers = Workers(jobs)
            self._close = lambda at_once: workers.end(at_once=at_once)
            self.room = 6 * jobs

    @property
    def is_full(self) -> bool:
        """Whether as many tasks wait as are useful; more would only fill memory."""
        return len(self._waiting) >= self.room

    @property
    def is_busy(self) -> bool:
        """Whether tasks are under way."""
        return bool(self._waiting or self._quick)

    def submit(self, todo: Task, owner: OwnerT) -> None:
        """Take on a task; ``owner`` comes back with its outcome."""
        future = Future[bytes]() if self.is_broken else self._executor.submit(perform, todo)
        self._waiting[future] = owner

    def keep(self, todo: Task, owner: OwnerT) -> None:
        """Take on a quick task for this process, when it would else do nothing but wait."""
        self._quick.append((todo, owner))

    def results(self) -> Iterator[tuple[OwnerT, bytes | GapressError]]:
        """Yield owner and outcome of at least one task, if any is under way.

        The outcome is an error where the content has problems, or a worker lacks something or is
        gone.
        """
        done = {future for future in self._waiting if future.done()}
        while self.is_busy and not done and not self.is_broken:
            if self._quick and not self._is_disturbing:
                todo, owner = self._quick.popleft()
                future = _Here().submit(perform, todo)
                self._waiting[future] = owner
                done = {future}
                break
            done, _ = wait(self._waiting, SECONDS if self._cluster else None, FIRST_COMPLETED)
            self.is_broken = bool(self._cluster and not done and not self._cluster.cores)
        for future in list(self._waiting) if self.is_broken else done:
            yield self._waiting.pop(future), self._outcome(future)
        while self.is_broken and self._quick:
            yield self._quick.popleft()[1], MachineError(self._lost)

    @property
    def _is_disturbing(self) -> bool:
        """Whether work of this process would only slow down the last tasks of the workers."""
        left = sum(not future.done() for future in self._waiting)
        is_ready = self._workers is not None and self._workers.is_ready
        return is_ready and self._jobs <= left <= 2 * self._jobs

    def _outcome(self, future: Future[bytes]) -> bytes | GapressError:
        try:
            return future.result(0)
        except GapressError as error:
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
