"""Imported by the server from which worker processes are forked: what every worker needs."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

from gapress.errors import MachineError
from gapress.writers import WRITERS, pdf

import_module("gapress.kit.work")
for writer in WRITERS.values():
    import_module(writer.module)
with suppress(MachineError):  # a worker that makes a PDF will say so
    pdf.load()
