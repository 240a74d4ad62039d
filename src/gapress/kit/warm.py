"""Imported by the server from which worker processes are forked: what makes slow files."""

from __future__ import annotations

import gc
from contextlib import suppress
from importlib import import_module

from gapress.errors import ContentError, MachineError
from gapress.writers import WRITERS


def _get_ready() -> None:
    usual = gc.get_threshold()
    gc.set_threshold(50_000)  # modules are no garbage
    import_module("gapress.kit.work")
    for writer in WRITERS.values():
        if writer.is_slow:
            with suppress(ContentError, MachineError):  # a worker that makes a file will say so
                import_module(writer.module).get_ready()
    gc.freeze()  # workers needn't go through all of it time and again
    gc.set_threshold(*usual)


_get_ready()
