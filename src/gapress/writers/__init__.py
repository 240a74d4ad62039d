"""The writers: a document and a theme in, the bytes of a file out. One table of them.

Last step before the press kit. A writer reads no YAML, no PO, no clock and no environment; a new
format is one module and one line here. Modules are imported when they first write.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from gapress.document import Document
    from gapress.theme import Theme


@dataclass(frozen=True)
class Writer:
    """A format.

    Attributes:
        name: Its name on the command line.
        suffix: The end of its files' names.
        label: What its files are, a label of ``gapress.po``.
        module: The module whose ``write`` makes it.
        templates: The files of ``templates/`` that it uses and most other formats don't.
        packages: The libraries whose versions its bytes depend on.
        needs: The formats whose files it holds; its ``write`` takes them too.
        links: Whether its files link to those of the kit's other languages.
        is_slow: Whether a file takes so long that it is worth a process of its own.
        is_for: Says whether a document has a file of this format.
        sign: What every release's file contains if its documents may have one; empty for a
            format that all documents have.
    """

    name: str
    suffix: str
    label: str
    module: str
    templates: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    links: bool = False
    is_slow: bool = False
    is_for: Callable[[Document], bool] = lambda _document: True
    sign: bytes = b""

    def write(
        self, document: Document, theme: Theme, made: Mapping[str, bytes] | None = None
    ) -> bytes:
        """Return the bytes of the document in this format.

        Args:
            document: The document.
            theme: The design.
            made: The files of the formats that this one needs, by format.

        Raises:
            ContentError: A template is broken, or the document can't be shown in this format.
            MachineError: The machine lacks a library.
        """
        module = import_module(self.module)
        written: bytes = (
            module.write(document, theme, made or {})
            if self.needs
            else module.write(document, theme)
        )
        return written


_PAGE = ("jinja2", "markupsafe")
WRITERS = {
    writer.name: writer
    for writer in (
        Writer(
            "pdf", ".pdf", "PDF document", "gapress.writers.pdf",
            templates=("release.pdf.html", "paged.css"),
            packages=(*_PAGE, "weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2",
                      "resvg-py", "fonttools", "pillow", "pyphen", "cffi", "fontpkg", "pango",
                      "harfbuzz-subset"),
            is_slow=True,
        ),
        Writer(
            "docx", ".docx", "Word document", "gapress.writers.docx",
            templates=("press-release.docx",),
            packages=("python-docx", "lxml", "pillow", "resvg-py"),
        ),
        Writer(
            "html", ".html", "Web page", "gapress.writers.html",
            templates=("release.html", "screen.css"), packages=(*_PAGE, "lxml"), links=True,
        ),
        Writer(
            "txt", ".txt", "Plain text", "gapress.writers.text",
            templates=("release.txt",), packages=_PAGE,
        ),
        Writer(
            "eml", ".eml", "E-mail draft", "gapress.writers.email",
            templates=("email.html", "email.css", "release.txt"),
            packages=(*_PAGE, "css-inline", "lxml"),
            needs=("pdf", "docx"),
        ),
        Writer(
            "ninjs", ".ninjs.json", "News data (ninjs)", "gapress.writers.ninjs",
            packages=_PAGE, links=True,
        ),
        Writer(
            "ics", ".ics", "Calendar file", "gapress.writers.calendar",
            is_for=lambda document: document.has_events, sign=b"event",
        ),
    )
}  # fmt: skip


def with_needs(formats: Iterable[str]) -> list[str]:
    """Return formats with those whose files they hold, in the order of the table."""
    wanted = set(formats)
    wanted |= {need for name in wanted for need in WRITERS[name].needs}
    return [name for name in WRITERS if name in wanted]
