"""A Dask cluster that does the work list; only with ``gapress[cluster]``."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from gapress.errors import MachineError

if TYPE_CHECKING:
    from concurrent.futures import Executor

SECONDS = 5
"""How long a scheduler may take to answer, and a worker to join."""


class Cluster:
    """The workers behind a scheduler.

    Args:
        address: The scheduler's, such as ``tcp://host:8786``.

    Attributes:
        executor: What does the tasks.
        killed: What a task ends with whose worker died, each time that it was tried.

    Raises:
        MachineError: Dask is not installed, nothing answers there, or no worker has joined.
    """

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
            from distributed.scheduler import KilledWorker
        except ImportError:
            message = "--cluster needs Dask: pip install 'gapress[cluster]'"
            raise MachineError(message) from None
        for name in logging.root.manager.loggerDict:  # what it logs, we say
            if name.startswith(("distributed", "tornado")):
                logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        try:
            self._client: Any = Client(address, timeout=SECONDS, set_as_default=False)
        except (OSError, ValueError) as error:
            message = f"no Dask scheduler answers at {address}: {error}"
            raise MachineError(message) from None
        try:
            self._client.wait_for_workers(1, timeout=SECONDS)
        except (OSError, ValueError):
            self.close()
            message = f"no worker has joined the cluster at {address}; start dask worker {address}"
            raise MachineError(message) from None
        self.killed: type[Exception] = KilledWorker
        self.executor: Executor = self._client.get_executor(pure=False)

    @property
    def cores(self) -> int:
        """How many tasks it does at once; 0 where no worker or no scheduler is left."""
        if self._client.status != "running":
            return 0
        try:
            return sum(self._client.nthreads().values())
        except OSError:
            return 0

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()
