"""Writes a tagged PDF (PDF/UA-1) with WeasyPrint from ``templates/release.pdf.html``.

The page comes from the same parts as the web page, with a stylesheet for paper. Fonts are those
of the theme and no other: system fonts are out of reach.
"""

from __future__ import annotations

import ctypes.util
import gc
import html
import logging
import os
import re
import sys
import tempfile
import warnings
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache, partial
from multiprocessing.util import Finalize
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import ref

from jinja2 import pass_context

from gapress.errors import ContentError, MachineError, Problem
from gapress.theme import SHIPPED_FAMILIES
from gapress.writers import drawings, templating
from gapress.writers.coverage import coverage, known_characters, pictured, placed, unprintable
from gapress.writers.fonts import family_files, font_files
from gapress.writers.html import refuse_styles
from gapress.writers.pdf_objects import mend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.runtime import Context

    from gapress.document import Document, Picture
    from gapress.theme import Theme
    from gapress.writers.font_files import FontFile

_NO_SYSTEM_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig></fontconfig>
"""
_MISSING_GLYPH = ".notdef glyph"


def write(document: Document, theme: Theme) -> bytes:
    """Return the document as PDF/UA-1 (ISO 14289-1): tagged, with title, language and bookmarks.

    Raises:
        ContentError: A template is broken, or the theme's fonts lack a character of the text.
        MachineError: Pango or another library that WeasyPrint needs is missing.
    """
    weasyprint = load()
    known = coverage(theme)
    if problems := unprintable(document, known):
        raise ContentError(problems)
    page = templating.fill("release.pdf.html", document, theme, filters=_FILTERS)
    hint = "write {% set on_paper = true %} into its first line"
    templating.require_footnotes(page, document, "release.pdf.html", hint)
    if spare := known.spare_for("\n".join((page, *pictured(document, theme)))):
        theme = replace(theme, fallback=spare)
        page = templating.fill("release.pdf.html", document, theme, filters=_FILTERS)
    refuse_styles(page, "release.pdf.html")
    fonts = font_files(theme)
    faces, configuration = load_fonts(fonts)
    with _Complaints(document) as complaints:
        source = weasyprint.HTML(string=page, url_fetcher=_fetcher(fonts))
        pdf: bytes = source.write_pdf(
            font_config=configuration,
            stylesheets=[faces],
            pdf_variant="pdf/ua-1",
            finisher=partial(
                mend,
                fonts,
                document.language.direction,
                document.labels["Footnote {number}"] if document.footnotes else "",
            ),
        )
    if complaints.problems:
        raise ContentError(complaints.problems)
    return pdf


def get_ready() -> None:
    """Do what all documents with the shipped fonts need; nothing depends on it but time.

    Raises:
        ContentError: A family is not installed as a font package.
        MachineError: Pango or another library that WeasyPrint needs is missing.
    """
    load()
    fonts = family_files(SHIPPED_FAMILIES)
    load_fonts(fonts)
    known_characters(fonts)
    templating.get_ready(["release.pdf.html", "paged.css", "parts.html"], _FILTERS)


@lru_cache(maxsize=1)
def load() -> Any:
    """Return WeasyPrint, imported where no font of the machine is in reach.

    Raises:
        MachineError: Pango or another library that it needs is missing.
    """
    from PIL import ImageFile

    try:
        with _no_system_fonts(), _by_soname():
            import weasyprint
            import weasyprint.text.fonts

            ImageFile.LOAD_TRUNCATED_IMAGES = False  # a damaged picture is told, not half shown
    except OSError as error:
        reason = str(error).partition("\n")[0]
        raise MachineError(f"WeasyPrint can't start: {reason}\n{INSTALL_PANGO}") from None
    return weasyprint


INSTALL_PANGO = """Install Pango:
  Debian, Ubuntu: sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
  macOS: brew install pango"""


@contextmanager
def _no_system_fonts() -> Iterator[None]:
    """Let fontconfig load nothing: Pango would fall back on whatever fonts the machine has."""
    before = os.environ.get("FONTCONFIG_FILE")
    with tempfile.TemporaryDirectory(prefix="gapress-") as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # WeasyPrint warns that there are no fonts
        config = Path(folder) / "fonts.conf"
        config.write_text(_NO_SYSTEM_FONTS, encoding="utf-8")
        os.environ["FONTCONFIG_FILE"] = str(config)
        try:
            yield
        finally:
            del os.environ["FONTCONFIG_FILE"]
            if before is not None:
                os.environ["FONTCONFIG_FILE"] = before


@contextmanager
def _by_soname() -> Iterator[None]:
    """Let libraries be loaded by the names that they have on Linux, which WeasyPrint tries last.

    It tries those of other systems first, for each of which ctypes runs gcc, ld and ldconfig: a
    quarter of the time that importing WeasyPrint takes.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005 - as it is called
    try:
        yield
    finally:
        ctypes.util.find_library = search


@lru_cache(maxsize=4)
def load_fonts(fonts: tuple[FontFile, ...]) -> tuple[Any, Any]:
    """Return the parsed @font-face rules and their configuration; made once for all documents."""
    from weasyprint.text.fonts import FontConfiguration

    with _no_system_fonts():
        configuration = FontConfiguration()
    rules = "".join(map(_face, fonts))
    Finalize(None, _forget_fonts, exitpriority=0)  # for workers too, which end in their own way
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=partial(_disown, ref(configuration)))
    css = load().CSS(string=rules, font_config=configuration, url_fetcher=_fetcher(fonts))
    return css, configuration


def _face(font: FontFile) -> str:
    weight = f"font-weight:{font.weight};" if font.weight else ""
    return (
        f'@font-face{{font-family:"{font.family}";{weight}font-style:{font.style};'
        f'src:url("{font.url}")}}'
    )


def _disown(configuration: ref[Any]) -> None:
    """Keep a forked process from removing font files that the one it comes from still needs."""
    if (found := configuration()) is not None:
        found._folder = None


def _forget_fonts() -> None:
    """Let WeasyPrint remove its copies of the font files from the temporary folder."""
    load_fonts.cache_clear()
    gc.collect()


def _fetcher(fonts: tuple[FontFile, ...]) -> Any:
    """Return a fetcher that knows data URIs and the theme's font files, and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    allowed = {font.url: font for font in fonts}

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url in allowed:
                return URLFetcherResponse(url, allowed[url].read())
            return super().fetch(url, headers)

    return Fetcher(allowed_protocols=("data",))


@pass_context
def _data_uri(context: Context, picture: Picture) -> str:
    """Return a picture that WeasyPrint draws rightly as a data URI (RFC 2397)."""
    environment: Any = context.environment
    shown = drawings.for_pdf(picture, context["theme"])
    return str(environment.embed(templating.data_uri(shown)))


_FILTERS: templating.Filters = (("data_uri", _data_uri),)


class _Complaints(logging.Handler):
    """Collects what WeasyPrint logs, and turns into problems what a reader would notice."""

    def __init__(self, document: Document) -> None:
        super().__init__(logging.WARNING)
        self.problems: list[Problem] = []
        self._document = document
        self._logger = logging.getLogger("weasyprint")

    def __enter__(self) -> _Complaints:
        self._state = self._logger.handlers[:], self._logger.propagate, self._logger.disabled
        self._logger.handlers, self._logger.propagate = [self], False
        self._logger.disabled = False  # whatever a program that uses gapress has configured
        return self

    def __exit__(self, *_: object) -> None:
        self._logger.handlers, self._logger.propagate, self._logger.disabled = self._state

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if message.startswith(_MISSING_GLYPH):
            # What the document shows was looked at before; so it is a template's or a picture's.
            found = re.search(r"\(U\+([0-9A-F]+)\)", message)
            self.problems += placed(self._document, [chr(int(found[1], 16)) if found else "?"])
        elif message.startswith("Font-face"):
            hint = "get the file again from where it came from, or remove it"
            self.problems.append(Problem("templates/fonts", message=message, hint=hint))
        elif message.startswith("Failed to render"):
            hint = "simplify the picture, or export it as PNG"
            self.problems.append(Problem("templates", message=message[:200], hint=hint))
        elif message.startswith("Failed to load"):
            shown = html.unescape(message)[:200]
            hint = "templates may use data: URIs only; put pictures and CSS into templates/"
            self.problems.append(Problem("templates", message=shown, hint=hint))
