"""Worker processes: a pool that takes tasks while it is still getting ready."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, Any, TypeAlias

from gapress.kit.server import METHOD

if TYPE_CHECKING:
    from collections.abc import Callable

_Work: TypeAlias = "tuple[Future[Any], Callable[[], Any]]"


class Workers(Executor):
    """A pool of so many processes, to which a task can be handed before they can be started.

    Args:
        jobs: How many processes.

    Attributes:
        is_ready: Whether a process has been started.
    """

    def __init__(self, jobs: int) -> None:
        context = multiprocessing.get_context(METHOD)
        self._pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin)
        self._todo: SimpleQueue[_Work | None] = SimpleQueue()
        self._is_ending = False
        self.is_ready = False
        # Ctrl-C reaches the main thread alone: so each process that is started becomes known.
        self._thread = Thread(target=self._hand_over, daemon=True)
        self._thread.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Return a future of the call; it fails with BrokenProcessPool if the workers are gone."""
        future: Future[Any] = Future()
        self._todo.put((future, partial(fn, *args, **kwargs)))
        return future

    def _hand_over(self) -> None:
        while (work := self._todo.get()) and not self._is_ending:
            future, call = work
            try:
                self._pool.submit(call).add_done_callback(partial(_pass_on, future))
                self.is_ready = True
            except Exception as error:  # noqa: BLE001 - raised where the result is asked for
                is_gone = isinstance(error, (EOFError, OSError))  # the server
                future.set_exception(BrokenProcessPool() if is_gone else error)

    def end(self, *, at_once: bool) -> None:
        """End the processes; ``at_once`` in the middle of their work."""
        self._is_ending = at_once
        self._todo.put(None)
        self._thread.join()
        if at_once:
            for child in multiprocessing.active_children():
                with suppress(OSError):
                    child.kill()
        self._pool.shutdown(cancel_futures=True)  # waits: its thread must not outlive the pipes


def _pass_on(outer: Future[Any], inner: Future[Any]) -> None:
    if inner.cancelled():
        outer.set_exception(BrokenProcessPool())
    elif error := inner.exception():
        outer.set_exception(error)
    else:
        outer.set_result(inner.result())


def _begin() -> None:
    """Leave Ctrl-C to the main process, and end with it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing.connection import wait as wait_for

    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)
