"""Worker processes: each does one thing at a time, within limits, and may die of it alone.

What a worker dies of (a crash of a library, an endless loop, too much memory) is the outcome of
what it was doing; another takes its place.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, replace
from math import ceil
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread, current_thread, main_thread
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from gapress.errors import GapressError
from gapress.kit.limits import PATIENCE
from gapress.kit.server import METHOD, warm_up

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapress.kit.limits import Limit

# A fork has what this process has imported already, and need not wait for the server. It must be
# made while this process has one thread; only on Linux do all system libraries survive it.
_AT_ONCE = "fork" if sys.platform == "linux" else METHOD
_TOO_MUCH_MEMORY = 86

End: TypeAlias = Literal["exception", "crash", "time", "memory"]


class WorkersGoneError(Exception):
    """No worker process can be started any more."""


class FaultError(Exception):
    """What a call ended with that should not have.

    Attributes:
        end: What happened.
        detail: The exception, or the signal that ended the process.
        trace: The traceback of an exception.
        note: What the call had last noted; see :func:`note`.
    """

    def __init__(self, end: End, detail: str = "", trace: str = "", note: Any = None) -> None:
        super().__init__(end, detail, trace, note)
        self.end, self.detail, self.trace = end, detail, trace
        self.note: Any = note


@dataclass(frozen=True)
class _Work:
    future: Future[Any]
    call: Callable[[], Any]
    limit: Limit
    is_again: bool = False


class Workers:
    """Processes to which work can be handed before they can be started.

    Args:
        jobs: How many processes. Where there are several, one more does what is quick: it is there
            at once, and has what this process has imported.

    Attributes:
        is_ready: Whether all processes have been started.
    """

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._mail: SimpleQueue[tuple[_Work, bool] | _Worker] = SimpleQueue()
        self._bell, self._ring = multiprocessing.Pipe(duplex=False)
        self._work: deque[_Work] = deque()
        self._quick: deque[_Work] = deque()
        self._workers: list[_Worker] = []
        self._ending = self._at_once = self._is_gone = False
        self.is_ready = False
        alone = current_thread() is main_thread()  # elsewhere, others may hold locks
        first = _Worker(_AT_ONCE if alone else METHOD)
        self._quick_worker = first if jobs > 1 else None
        if jobs == 1:
            self._workers, self.is_ready = [first], True
        self._starter = Thread(target=self._start, daemon=True)
        self._starter.start()
        # Ctrl-C reaches the main thread alone: so each process that is started becomes known.
        self._thread = Thread(target=self._run, daemon=True)
        self._thread.start()

    def submit(self, call: Callable[[], Any], limit: Limit, *, quick: bool = False) -> Future[Any]:
        """Return a future of a call.

        It ends with the call's own :class:`GapressError`, with :class:`FaultError` for anything
        else, or with :class:`WorkersGoneError`.
        """
        work = _Work(Future(), call, limit)
        self._mail.put((work, quick))
        self._wake()
        return work.future

    def end(self, *, at_once: bool) -> None:
        """End the processes; ``at_once`` in the middle of their work."""
        self._ending, self._at_once = True, at_once
        self._wake()
        self._thread.join()
        self._starter.join()
        while not self._mail.empty():
            if isinstance(worker := self._mail.get(), _Worker):
                worker.end(at_once=True)

    def _wake(self) -> None:
        with suppress(OSError):
            self._ring.send_bytes(b"")

    # --- in threads -----------------------------------------------------------------------------

    def _start(self) -> None:
        """Start the processes; the server from which they are forked may not be ready."""
        for _ in range(self._jobs if self._jobs > 1 else 0):
            if self._ending:
                return
            try:
                self._mail.put(_Worker(METHOD))
            except (EOFError, OSError):  # the server is gone
                self._is_gone = True
            self._wake()

    def _run(self) -> None:
        while not (self._at_once or (self._ending and not self._is_busy)):
            if self._is_gone:
                self._give_up()
            self._assign()
            if not any(worker.is_failed for worker in self._all):
                self._wait()
        for worker in self._all:
            worker.end(at_once=self._at_once)

    @property
    def _is_busy(self) -> bool:
        held = any(worker.work or worker.again for worker in self._all)
        return bool(self._work or self._quick or held)

    @property
    def _all(self) -> list[_Worker]:
        return [*self._workers, *([self._quick_worker] if self._quick_worker else [])]

    def _assign(self) -> None:
        for worker in self._all:
            if worker.is_dead:
                self._replace(worker)
        for worker in self._workers:
            if self._work and not worker.work:
                worker.take(self._work.popleft())
        quick = self._quick_worker
        if quick and self._quick and not quick.work and not self._would_disturb:
            quick.take(self._quick.popleft())

    @property
    def _would_disturb(self) -> bool:
        """Whether quick work would only slow down the last work of the others."""
        left = len(self._work) + sum(worker.work is not None for worker in self._workers)
        return self.is_ready and self._jobs <= left <= 2 * self._jobs

    def _wait(self) -> None:
        busy = [worker for worker in self._all if worker.work]
        signs = {sign: worker for worker in busy for sign in worker.signs}
        deadline = min((worker.deadline for worker in busy), default=None)
        pause = None if deadline is None else max(0, deadline - time.monotonic())
        ready = wait([self._bell, *signs], pause)
        if self._bell in ready:
            self._bell.recv_bytes()
            self._open_mail()
        for worker in busy:
            if any(sign in ready for sign in worker.signs):
                worker.hear()
            elif worker.deadline <= time.monotonic():
                worker.fail(FaultError("time"))

    def _open_mail(self) -> None:
        while not self._mail.empty():
            mail = self._mail.get()
            if isinstance(mail, _Worker):
                self._workers.append(mail)
                self.is_ready = len(self._workers) == self._jobs
            else:
                work, is_quick = mail
                (self._quick if is_quick and self._quick_worker else self._work).append(work)

    def _replace(self, worker: _Worker) -> None:
        if worker.work:  # it has died since it was last heard
            worker.hear()
        worker.end(at_once=True)
        is_quick = worker is self._quick_worker
        if worker.again:
            (self._quick if is_quick else self._work).append(worker.again)
        new: _Worker | None = None
        try:
            new = _Worker(METHOD)
        except (EOFError, OSError):
            self._is_gone = True
        if is_quick:
            self._quick_worker = new
        present = (new if one is worker else one for one in self._workers)
        self._workers = [one for one in present if one]

    def _give_up(self) -> None:
        for queue in (self._work, self._quick):
            while queue:
                queue.popleft().future.set_exception(WorkersGoneError())
        for worker in self._all:
            if worker.work:
                worker.work.future.set_exception(WorkersGoneError())
                worker.work = None


class _Worker:
    """One process, as the others see it."""

    def __init__(self, method: str) -> None:
        if method == METHOD:
            warm_up()
        context: Any = multiprocessing.get_context(method)
        self._connection, theirs = context.Pipe()
        # What WeasyPrint puts there stays when its process is killed.
        self._folder = tempfile.mkdtemp(prefix="gapress-")
        quiet = not logging.getLogger(__name__).isEnabledFor(logging.DEBUG)
        given = theirs, self._folder, quiet
        self._process = context.Process(target=_serve, args=given, daemon=True)
        try:
            self._process.start()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise
        theirs.close()
        self.signs = (self._connection, self._process.sentinel)
        self.work: _Work | None = None
        self.again: _Work | None = None
        self.deadline = float("inf")
        self.is_failed = False
        self._note: Any = None

    @property
    def is_dead(self) -> bool:
        """Whether it can't be given any more work."""
        return self.is_failed or not self._process.is_alive()

    def take(self, work: _Work) -> None:
        self.work, self._note = work, None
        self.deadline = time.monotonic() + PATIENCE * work.limit.seconds
        try:
            self._connection.send((work.call, work.limit))
        except (OSError, EOFError):  # it has died meanwhile, not of this work
            if work.is_again:
                self.fail(self._death())
            else:
                self.is_failed = True
                self.again, self.work = replace(work, is_again=True), None
        except Exception as error:  # noqa: BLE001 - what can't be sent is the outcome of this work
            self._done().set_exception(_fault(error))

    def hear(self) -> None:
        """Take what it says, or what it died of."""
        try:
            while self._connection.poll():
                kind, said = self._connection.recv()
                if kind == "note":
                    self._note = said
                elif kind == "result":
                    self._done().set_result(said)
                else:
                    self._done().set_exception(said)
                if not self.work:
                    return
        except (EOFError, OSError):
            self.fail(self._death())
            return
        if not self._process.is_alive():
            self.fail(self._death())

    def fail(self, fault: FaultError) -> None:
        """Let its work end with a fault; the process is of no more use.

        Where memory is short, the system kills a process that need not be the one at fault: what
        it did is done once more.
        """
        self.is_failed = True
        if self.work and fault.detail == "SIGKILL" and not self.work.is_again:
            self.again, self.work = replace(self.work, is_again=True), None
        elif self.work:
            fault.note = self._note
            self._done().set_exception(fault)

    def _done(self) -> Future[Any]:
        future = self.work.future if self.work else Future()
        self.work, self.deadline = None, float("inf")
        return future

    def _death(self) -> FaultError:
        self._process.join(1)
        code = self._process.exitcode
        if code == _TOO_MUCH_MEMORY:
            return FaultError("memory")
        if code is not None and code == -getattr(signal, "SIGXCPU", 0):
            return FaultError("time")
        name = f"exit code {code}"
        with suppress(ValueError, TypeError):
            name = signal.Signals(-(code or 0)).name
        return FaultError("crash", name)

    def end(self, *, at_once: bool) -> None:
        """End the process; ``at_once`` in the middle of its work."""
        if at_once:
            with suppress(OSError, AttributeError):
                self._process.kill()
        with suppress(OSError):
            self._connection.send(None)
        self._connection.close()
        self._process.join()
        shutil.rmtree(self._folder, ignore_errors=True)


# --- in the worker process ----------------------------------------------------------------------

_to_parent: Connection[Any, Any] | None = None


def note(what: Any) -> None:
    """Say how far a call has come, in case that its process dies; nothing outside of a worker."""
    if _to_parent is not None:
        _to_parent.send(("note", what))


def _serve(connection: Connection[Any, Any], folder: str, quiet: bool) -> None:
    """Do what comes, one thing after the other, until nothing comes any more."""
    global _to_parent
    _to_parent, tempfile.tempdir = connection, folder
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the main process
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if quiet:  # libraries print what they die of
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    watched: list[int] = []
    Thread(target=_watch, args=(watched,), daemon=True).start()
    while True:
        try:
            if (given := connection.recv()) is None:
                return
        except (EOFError, OSError):
            return
        except Exception as error:  # noqa: BLE001 - what can't be read is the outcome of this work
            connection.send(("fault", _fault(error)))
            continue
        call, limit = given
        bound(limit)
        watched[:] = [max(limit.memory, _peak())]
        try:
            answer = ("result", call())
        except GapressError as error:
            answer = ("fault", error)
        except BaseException as error:  # noqa: BLE001 - whatever it is, it must not end the process
            answer = ("fault", _fault(error))
        connection.send(answer)
        del given, call, answer  # or memory would hold them until the next


def bound(limit: Limit) -> None:
    """Let the system end this process when it takes more than this from now on."""
    try:
        import resource
    except ImportError:  # Windows: there is the main process's patience alone
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = ceil(used.ru_utime + used.ru_stime + limit.seconds)
    wanted = {"RLIMIT_CORE": 0, "RLIMIT_CPU": seconds, "RLIMIT_DATA": limit.memory}
    for name, value in wanted.items():
        with suppress(ValueError, OSError):
            hard = resource.getrlimit(getattr(resource, name))[1]
            soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
            resource.setrlimit(getattr(resource, name), (soft, hard))


def _fault(error: BaseException) -> FaultError:
    if isinstance(error, MemoryError):
        return FaultError("memory")
    trace = "".join(traceback.format_exception(error))
    return FaultError("exception", f"{type(error).__name__}: {error}"[:500], trace)


def _peak() -> int:
    """Return the most memory that this process has had, in bytes; 0 where nobody knows."""
    try:
        import resource
    except ImportError:
        return 0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (
        1 if sys.platform == "darwin" else 1024
    )


def _watch(watched: list[int]) -> None:
    """End with the parent, however it ends; and with too much memory, where the system won't."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    pause = 0.5 if sys.platform == "darwin" else None
    while not wait([parent.sentinel], pause):
        if watched and _peak() > watched[0]:
            os._exit(_TOO_MUCH_MEMORY)
    os._exit(1)
