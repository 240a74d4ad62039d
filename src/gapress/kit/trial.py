"""Writes documents in every format, for their problems alone, where a fault ends nothing else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from gapress.errors import ContentError, GapressError, Problem
from gapress.kit.work import Crew, FileError, task
from gapress.writers import WRITERS, templating

if TYPE_CHECKING:
    from gapress.document import Document
    from gapress.kit.prepare import Prepared
    from gapress.theme import Theme


class Trial:
    """Tries releases out, while others are still being read.

    Args:
        theme: The design.
    """

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._crew: Crew[tuple[Prepared, Document, str]] = Crew(1)
        self._found: list[Problem] = []

    def __enter__(self) -> Trial:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._crew.close(at_once=kind is not None)

    def write(self, prepared: Prepared) -> None:
        """Have the final documents of a release written in every format."""
        for document in prepared.documents.values():
            for writer in (w for w in WRITERS.values() if w.is_for(document)):
                todo = task([document], self._theme, [writer.name], partial(_try_out, writer.name))
                self._crew.submit(todo, (prepared, document, writer.name))
        while self._crew.is_full:
            self._collect()

    def problems(self) -> list[Problem]:
        """Return the problems of everything that was written, when it is.

        Raises:
            MachineError: Worker processes can't be started.
        """
        while self._crew.is_busy:
            self._collect()
        return self._found

    def _collect(self) -> None:
        for (prepared, document, name), outcome in self._crew.results():
            error = outcome
            if isinstance(outcome, FileError):
                place = prepared.place(document, outcome.block)
                error = outcome.as_content_error(
                    prepared.slug, f"{name} in {document.language.code}", place
                )
            if isinstance(error, ContentError):
                self._found += error.problems
            elif isinstance(error, GapressError):
                raise error


def _try_out(name: str, documents: tuple[Document, ...], theme: Theme) -> bytes:
    """Write a document for its problems alone; of a PDF, which takes longest, fill the template."""
    (document,) = documents
    if name == "pdf":
        templating.fill("release.pdf.html", document, theme)
    else:
        writer = WRITERS[name]
        writer.write(document, theme, dict.fromkeys(writer.needs, b""))
    return b""
