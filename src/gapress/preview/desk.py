"""What the preview shows: every release of a newsroom, in every language, as it is on disk now."""

from __future__ import annotations

import html
import io
import re
import time
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Lock, RLock, Thread
from typing import TYPE_CHECKING, Any

from gapress.catalogs.checks import with_ignored
from gapress.catalogs.store import Entry
from gapress.errors import ContentError, MachineError, Problem, contained
from gapress.kit.build import Order, build
from gapress.kit.maker import Maker
from gapress.kit.manifest import digest
from gapress.kit.naming import file_name
from gapress.kit.overview import Overviews
from gapress.kit.prepare import read
from gapress.kit.verify import verify
from gapress.localization.languages import language
from gapress.localization.localize import Localized
from gapress.preview.marks import Marks
from gapress.preview.memory import Memory
from gapress.preview.texts import Texts
from gapress.theme import load_theme
from gapress.workspace import Workspace
from gapress.writers import WRITERS, with_needs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapress.catalogs.glossary import Term
    from gapress.document import Language
    from gapress.kit.build import Report
    from gapress.kit.overview import Overview
    from gapress.kit.prepare import Reading
    from gapress.kit.verify import Finding
    from gapress.preview.memory import Near
    from gapress.preview.texts import Text

_STYLE = (
    "[data-entry]{cursor:pointer}"
    "[data-entry]:hover{outline:1px dashed currentColor;outline-offset:2px}"
    "[data-state=missing]{background:#ffd9d6;color:#5c0d07}"
    "[data-state=fuzzy]{background:#fff0c2;color:#4d3800}"
    "[data-state=unsound]{background:#ffd9d6;color:#5c0d07;text-decoration:underline wavy}"
    ".gapress-problem{display:block;margin:.4rem 0;padding:.4rem .7rem;text-align:left;"
    "border-left:4px solid #8f1a1d;background:#fdecea;color:#5c0d07;font:400 14px/1.45 sans-serif}"
    "[data-unsaved]{outline:2px dotted #8a4b00;outline-offset:2px}"
    "[data-chosen]{outline:3px solid #1a6fd0!important;outline-offset:2px}"
)
_SUBJECT = "margin:0;padding:8px 16px;background:#eef2f5;font:bold 15px sans-serif;color:#1b242c"
_PIXELS_PER_POINT = 1.6
_TELL_SECONDS = 1.0  # between two pieces of the list while releases are read


@dataclass(frozen=True)
class Pane:
    """A release in one language.

    Attributes:
        language: The language.
        title: The headline.
        page: The web page, its texts marked; the last good one where this one can't be made.
        texts: The texts of that page.
        problems: What keeps it from being published.
        sendable: Whether a final kit has this language.
        formats: The formats in which there is a file of it.
    """

    language: Language
    title: str
    page: str
    texts: tuple[Text, ...]
    problems: tuple[Problem, ...]
    formats: tuple[str, ...] = ()
    sendable: bool = False


@dataclass(frozen=True)
class Sheet:
    """A release in every language, as it was when it was last looked at."""

    headline: str
    panes: Mapping[str, Pane]
    problems: tuple[Problem, ...] = ()


class Desk:
    """Reads a newsroom again after each change, and remembers what could last be shown.

    Args:
        root: The newsroom's folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.version = 0
        self._lock = RLock()
        self._maker = Maker()
        self._memory = Memory(root)
        self._overviews = Overviews(root)
        self._surveying = Lock()
        self._closed = Event()
        self._sheets: dict[str, Sheet] = {}
        self._good: dict[str, Sheet] = {}
        self._readings: dict[str, Reading] = {}
        self._files: dict[tuple[str, str, str], bytes] = {}
        self._pages: dict[tuple[str, str], list[bytes]] = {}
        self._kits: dict[str, dict[str, bytes]] = {}

    def close(self) -> None:
        """End the process that makes files, and the thread that reads releases."""
        self._closed.set()
        with self._surveying:
            self._maker.close()

    def changed(self) -> None:
        """Forget what was read: something has changed on disk."""
        with self._lock:
            self.version += 1
            for found in (self._sheets, self._readings, self._files, self._pages, self._kits):
                found.clear()

    def slugs(self) -> list[str]:
        """Return the slugs of all releases."""
        return Workspace(self.root).slugs()

    def overviews(self) -> tuple[list[Overview], list[str]]:
        """Return what is known of each release, and the slugs of those being read again."""
        slugs = self.slugs()
        known = self._overviews.known(slugs)
        waiting = [slug for slug in slugs if slug not in known]
        if waiting:
            Thread(target=self._survey, name="survey", daemon=True).start()
        return [known.get(slug) or self._overviews.last(slug) for slug in slugs], waiting

    def language_names(self) -> dict[str, str]:
        """Return the names of the newsroom's languages by their codes; none of a broken newsroom.

        What is wrong with it is told with each release.
        """
        try:
            languages = Workspace(self.root).newsroom.model.languages
        except ContentError:
            return {}
        return {code: language(code, tag).name for code, tag in languages.items()}

    def _survey(self) -> None:
        """Read the releases of which nothing is known, the newest first, and tell of them."""
        if not self._surveying.acquire(blocking=False):
            return  # somebody does
        try:
            slugs = self.slugs()
            known = self._overviews.known(slugs)
            told = time.monotonic()
            for slug in sorted(slugs, reverse=True):
                if slug in known:
                    continue
                if self._closed.is_set():
                    break
                self._overviews.make(slug)
                if time.monotonic() - told > _TELL_SECONDS:
                    told = time.monotonic()
                    self.version += 1
            self._overviews.keep()
        finally:
            self._surveying.release()
        self.version += 1

    def sheet(self, slug: str) -> Sheet:
        """Return a release in every language; what can't be shown now, as it last was."""
        with self._lock:
            if slug not in self._sheets:
                self._sheets[slug] = self._make(slug)
            return self._sheets[slug]

    def text(self, slug: str, code: str, number: int) -> Text:
        """Return a text by its number in the page.

        Raises:
            LookupError: There is no such release, language or text.
        """
        if slug not in self.slugs():
            raise KeyError(slug)
        return self.sheet(slug).panes[code].texts[number]

    def checked(
        self, slug: str, code: str, number: int, translation: str, ignored: Sequence[str] = ()
    ) -> tuple[Problem, ...]:
        """Return what the checks would say of a text if it were translated like this.

        Args:
            slug: The release.
            code: The language.
            number: The text.
            translation: Its translation.
            ignored: The checks that are switched off for it.

        Raises:
            LookupError: There is no such release, language or text.
            ContentError: The release or the glossary is broken.
        """
        message = self.text(slug, code, number).message
        with self._lock:
            entry = Entry(translation, tuple(with_ignored((), ignored)), "", 0)
            return Texts(self._read(slug), code).problems(message, entry)

    def hints(self, slug: str, code: str, number: int) -> tuple[tuple[Term, ...], tuple[Near, ...]]:
        """Return the glossary's terms of a text, and translations of texts like it.

        Raises:
            LookupError: There is no such release, language or text.
            ContentError: The release or the glossary is broken.
        """
        text = self.text(slug, code, number)
        with self._lock:
            terms = Texts(self._read(slug), code).terms(text.message)
            return terms, self._memory.near(code, text.message.source, text.translation)

    def _make(self, slug: str) -> Sheet:
        last = self._good.get(slug) or Sheet(slug, {})
        try:
            reading = self._read(slug)
        except ContentError as error:
            return replace(last, problems=error.problems)
        newsroom = reading.workspace.newsroom.model
        with contained(f"releases/{slug}.yaml"):
            panes = {
                code: _pane(reading, code, last.panes.get(code), self._maker)
                for code in newsroom.languages
            }
        written_in = panes.get(reading.source.model.language or newsroom.language)
        self._good[slug] = Sheet(written_in.title if written_in else slug, panes)
        return self._good[slug]

    def _read(self, slug: str) -> Reading:
        if slug not in self._readings:
            workspace = Workspace(self.root)
            theme = load_theme(workspace)
            with contained(f"releases/{slug}.yaml"):
                self._readings[slug] = read(workspace, slug, theme)
        return self._readings[slug]

    def file(self, slug: str, code: str, form: str) -> tuple[str, bytes]:
        """Return name and bytes of a file of the kit; of a draft where it is not complete.

        Raises:
            ContentError: It can't be made.
            MachineError: The machine lacks a library.
            KeyError: There is no such language or format.
        """
        with self._lock:
            reading = self._read(slug)
            if code in reading.broken:
                raise ContentError(reading.broken[code])
            document = _shown(reading, code).document
            if not WRITERS[form].is_for(document):
                raise KeyError(form)
            made: dict[str, bytes] = {}
            for name in with_needs([form]):
                key = slug, code, name
                if key not in self._files:
                    self._files[key] = self._maker.write(
                        reading.source, document, reading.theme, name, made
                    )
                made[name] = self._files[key]
            return file_name(document, WRITERS[form].suffix), made[form]

    def kit(self, slug: str) -> dict[str, bytes]:
        """Return what the kit has for all languages, by name: as ``gapress render`` makes it.

        Raises:
            ContentError: No language is complete, or the release is broken.
            MachineError: The machine lacks a library.
        """
        with self._lock:
            if slug not in self._kits:
                with TemporaryDirectory(prefix="gapress-") as folder:
                    order = Order([slug], (), list(WRITERS), Path(folder))
                    report = build(Workspace(self.root), order)
                    if report.failures:
                        raise MachineError(report.failures[0])
                    files = (f for f in Path(folder, slug).glob("*") if f.is_file())
                    self._kits[slug] = {f.name: f.read_bytes() for f in files}
                if not self._kits[slug]:
                    raise ContentError(report.problems)
            return self._kits[slug]

    def make(self, slug: str) -> tuple[Report, list[Finding]]:
        """Make the kit of a release in ``dist/``; return what was done, and what is wrong with it.

        Raises:
            ContentError: The release is broken.
            MachineError: The machine lacks a library, or the kit can't be written.
        """
        output = self.root / "dist"  # which ``build`` keeps from others meanwhile
        report = build(Workspace(self.root), Order([slug], (), list(WRITERS), output))
        return report, list(verify(Workspace(self.root), [slug], output))

    def pages(self, slug: str, code: str) -> list[bytes]:
        """Return the pages of the PDF as PNG pictures."""
        with self._lock:
            if (slug, code) not in self._pages:
                _, data = self.file(slug, code, "pdf")
                self._pages[slug, code] = _pictures(data)
            return self._pages[slug, code]

    def email(self, slug: str, code: str) -> str:
        """Return the e-mail's web page, under its subject."""
        import email
        from email import policy

        message: Any = email.message_from_bytes(
            self.file(slug, code, "eml")[1], policy=policy.default
        )
        body: str = message.get_body(("html",)).get_content()
        subject = f'<p dir="auto" style="{_SUBJECT}">{html.escape(str(message["Subject"]))}</p>'
        return re.sub(r"<body[^>]*>", lambda found: found[0] + subject, body, count=1)

    def word(self, slug: str, code: str) -> str:
        """Return the words of the Word document as a plain web page."""
        import docx

        _, data = self.file(slug, code, "docx")
        own = self.sheet(slug).panes[code].language
        lines = "".join(_paragraphs(docx.Document(io.BytesIO(data))))
        return (
            f'<!DOCTYPE html><html lang="{own.tag}" dir="{own.direction}"><meta charset="utf-8">'
            "<title>Word</title><style>body{font:16px/1.6 serif;max-width:42rem;margin:1.5rem auto;"
            "padding:0 1rem;background:#fff;color:#111}table{border-collapse:collapse}"
            "td{border:1px solid #999;padding:.3rem .6rem;vertical-align:top}</style>"
            f"{lines}</html>"
        )

    def tag(self, slug: str, code: str) -> str:
        """Return a text that changes when what the views show may have."""
        pane = self.sheet(slug).panes.get(code)
        reading = self._readings.get(slug)
        design = reading.theme.digest if reading else ""
        return digest(f"{design}{pane.page if pane else ''}".encode())[:16]


def _shown(reading: Reading, code: str, marks: Marks | None = None) -> Localized:
    """Return a release as it would be published; as a draft where it can't be."""
    final = reading.localized(code, mark=marks)
    if not final.problems:
        return final
    if marks:
        marks.clear()
    return Localized(reading.localized(code, draft=True, mark=marks).document, final.problems)


def _pane(reading: Reading, code: str, last: Pane | None, maker: Maker) -> Pane:
    own = language(code, reading.workspace.newsroom.model.languages[code])
    last = last or Pane(own, "", "", (), ())
    if code in reading.broken:
        return replace(last, problems=reading.broken[code])
    marks = Marks()
    shown = _shown(reading, code, marks)
    title = marks.removed(shown.document.title)
    known = Texts(reading, code)
    try:
        texts = known.of(marks)
        document = replace(shown.document, draft="")
        page = maker.write(reading.source, document, reading.theme, "html", {}).decode()
    except ContentError as error:
        return replace(last, problems=(*error.problems, *shown.problems))

    def attributes(number: int) -> str:
        return f'data-entry="{number}" data-state="{texts[number].state}"'

    page = marks.placed(page, attributes)
    page = page.replace("</head>", f"<style>{_STYLE}</style></head>", 1)
    lacking = known.unprintable(shown.document, marks)  # the PDF alone, but it would be refused
    formats = tuple(writer.name for writer in WRITERS.values() if writer.is_for(shown.document))
    problems = (*shown.problems, *lacking)
    return Pane(own, title, page, texts, problems, formats, sendable=not shown.problems)


def _pictures(pdf: bytes) -> list[bytes]:
    """Return the pages of a PDF as PNG pictures."""
    import pypdfium2

    pictures = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            picture = io.BytesIO()
            page.render(scale=_PIXELS_PER_POINT).to_pil().save(picture, "PNG", compress_level=1)
            pictures.append(picture.getvalue())
    finally:
        document.close()
    return pictures


def _paragraphs(container: Any) -> list[str]:
    from docx.table import Table

    found = []
    for block in container.iter_inner_content():
        if isinstance(block, Table):
            rows = [["".join(_paragraphs(cell)) for cell in row.cells] for row in block.rows]
            lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
            found.append(f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>")
        elif block.text.strip():
            style = str(block.style.name)
            element = "h2" if style.startswith(("Heading", "Title")) else "p"
            found.append(f"<{element}>{html.escape(block.text)}</{element}>")
    return found
