"""Imported by the server from which worker processes are forked: what every worker needs."""

from __future__ import annotations

from contextlib import suppress
from importlib import import_module

from gapress.errors import ContentError, MachineError
from gapress.theme import SHIPPED_FONTS
from gapress.writers import WRITERS, pdf
from gapress.writers.fonts import family_files

import_module("gapress.kit.work")
for writer in WRITERS.values():
    import_module(writer.module)
with suppress(ContentError, MachineError):  # a worker that makes a PDF will say so
    pdf.load()
    pdf.load_fonts(family_files(SHIPPED_FONTS))
