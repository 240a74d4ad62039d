"""Makes one file at a time in a process beside this one, where a fault ends nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapress.errors import GapressError
from gapress.kit.prepare import block_place
from gapress.kit.work import Crew, FileError, file_task

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapress.document import Document
    from gapress.release.model import Release
    from gapress.release.read import Source
    from gapress.theme import Theme


class Maker:
    """Makes files for a program that goes on; to be made where it has one thread yet."""

    def __init__(self) -> None:
        self._crew: Crew[None] = Crew(1)
        self._crew.start(1)

    def write(
        self,
        source: Source[Release],
        document: Document,
        theme: Theme,
        name: str,
        made: Mapping[str, bytes],
    ) -> bytes:
        """Return a file of a document, in a format by its name.

        Args:
            source: The release that the document comes from.
            document: The document.
            theme: The design.
            name: The format.
            made: The files of other formats that it holds.

        Raises:
            ContentError: It can't be made.
            MachineError: The machine lacks a library.
        """
        self._crew.submit(file_task(document, theme, name, made), None)
        ((_, outcome),) = self._crew.results()
        if isinstance(outcome, FileError):
            place = block_place(source, document, outcome.block)
            raise outcome.as_content_error(
                document.slug, f"{name} in {document.language.code}", place
            )
        if isinstance(outcome, GapressError):
            raise outcome
        return outcome

    def close(self) -> None:
        """End the process."""
        self._crew.close(at_once=True)
