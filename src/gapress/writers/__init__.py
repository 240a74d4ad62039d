"""The writers: a document and a theme in, the bytes of a file out. One table of them.

Last step before the press kit. A writer reads no YAML, no PO, no clock and no environment; a new
format is one module and one line here. Modules are imported when they first write.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gapress.document import Document
    from gapress.theme import Theme


@dataclass(frozen=True)
class Writer:
    """A format: its name and file suffix, and the module whose ``write`` makes it."""

    name: str
    suffix: str
    module: str

    def write(self, document: Document, theme: Theme) -> bytes:
        """Return the bytes of the document in this format.

        Raises:
            ContentError: A template is broken, or the document can't be shown in this format.
            MachineError: The machine lacks a library.
        """
        written: bytes = import_module(self.module).write(document, theme)
        return written


WRITERS = {
    writer.name: writer
    for writer in (
        Writer("pdf", ".pdf", "gapress.writers.pdf"),
        Writer("docx", ".docx", "gapress.writers.docx"),
        Writer("html", ".html", "gapress.writers.html"),
    )
}
