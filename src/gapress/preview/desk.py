"""What the preview shows: every release of a newsroom, in every language, as it is on disk now."""

from __future__ import annotations

import html
import io
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import RLock
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from gapress.catalogs.checks import Pair, Rules, run_checks
from gapress.catalogs.po import parse_po
from gapress.catalogs.translations import load_translations
from gapress.errors import ContentError, MachineError, Problem
from gapress.kit.build import Order, build
from gapress.kit.manifest import digest
from gapress.kit.naming import file_name
from gapress.kit.plan import with_needs
from gapress.kit.prepare import typography_rules
from gapress.localization.languages import language
from gapress.localization.localize import localize
from gapress.localization.wording import LABEL_LANGUAGE
from gapress.preview.marks import Marks
from gapress.theme import load_theme
from gapress.workspace import Workspace
from gapress.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapress.catalogs.store import Entry
    from gapress.catalogs.translations import Translations
    from gapress.document import Document, Language, Picture
    from gapress.newsroom import NewsroomEntry
    from gapress.preview.marks import Message
    from gapress.release.model import Release
    from gapress.release.read import Source
    from gapress.theme import Theme

State: TypeAlias = Literal["source", "translated", "fuzzy", "missing", "unsound"]

_STYLE = (
    "[data-entry]{cursor:pointer}"
    "[data-entry]:hover{outline:1px dashed currentColor;outline-offset:2px}"
    "[data-state=missing]{background:#ffd9d6;color:#5c0d07}"
    "[data-state=fuzzy]{background:#fff0c2;color:#4d3800}"
    "[data-state=unsound]{background:#ffd9d6;color:#5c0d07;text-decoration:underline wavy}"
    "[data-chosen]{outline:3px solid #1a6fd0!important;outline-offset:2px}"
)
_PIXELS_PER_POINT = 1.6


@dataclass(frozen=True)
class Text:
    """A text of a release in one language, with all that a translator should know.

    Attributes:
        number: Its number in the page.
        message: What it is.
        translation: Its translation; empty without one.
        state: How it stands; ``source`` where the release is written in this language.
        file: The catalog that it stands in, or belongs into.
        line: Its line there; 0 where it has none yet.
        comments: What the catalog says about it.
        problems: What the checks say of the translation.
    """

    number: int
    message: Message
    translation: str
    state: State
    file: str
    line: int
    comments: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Pane:
    """A release in one language.

    Attributes:
        language: The language.
        title: The headline.
        page: The web page, its texts marked; the last good one where this one can't be made.
        texts: Its texts.
        problems: What keeps it from being published.
    """

    language: Language
    title: str
    page: str
    texts: tuple[Text, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Sheet:
    """A release in every language, as it was when it was last looked at."""

    headline: str
    panes: Mapping[str, Pane]
    problems: tuple[Problem, ...] = ()


@dataclass
class _Read:
    """The sources of a release."""

    workspace: Workspace
    theme: Theme
    source: Source[Release]
    pictures: Mapping[str, Picture]
    translations: dict[str, Translations] = field(default_factory=dict)
    broken: dict[str, tuple[Problem, ...]] = field(default_factory=dict)


class Desk:
    """Reads a newsroom anew after each change, and remembers what could last be shown.

    Args:
        root: The newsroom's folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.version = 0
        self._lock = RLock()
        self._sheets: dict[str, Sheet] = {}
        self._good: dict[str, Sheet] = {}
        self._read: dict[str, _Read] = {}
        self._files: dict[tuple[str, str, str], bytes] = {}
        self._kits: dict[str, dict[str, bytes]] = {}

    def changed(self) -> None:
        """Forget what was read: something has changed on disk."""
        with self._lock:
            self.version += 1
            self._sheets.clear()
            self._read.clear()
            self._files.clear()
            self._kits.clear()

    def slugs(self) -> list[str]:
        """Return the slugs of all releases.

        Raises:
            ContentError: A file's name is not a slug.
        """
        return Workspace(self.root).slugs()

    def sheet(self, slug: str) -> Sheet:
        """Return a release in every language; what can't be shown now, as it last was."""
        with self._lock:
            if slug not in self._sheets:
                self._sheets[slug] = self._make(slug)
            return self._sheets[slug]

    def _make(self, slug: str) -> Sheet:
        last = self._good.get(slug) or Sheet(slug, {})
        try:
            read = self._sources(slug)
        except ContentError as error:
            return replace(last, problems=error.problems)
        panes: dict[str, Pane] = {}
        for code in read.workspace.newsroom.model.languages:
            panes[code] = self._pane(slug, code, read, last.panes.get(code))
        newsroom = read.workspace.newsroom.model
        written_in = panes.get(read.source.model.language or newsroom.language)
        sheet = Sheet(written_in.title if written_in else slug, panes)
        self._good[slug] = sheet
        return sheet

    def _sources(self, slug: str) -> _Read:
        if slug in self._read:
            return self._read[slug]
        workspace = Workspace(self.root)
        source, pictures = workspace.release(slug)
        read = _Read(workspace, load_theme(workspace), source, pictures)
        typography_rules(read.theme)
        for code, tag in workspace.newsroom.model.languages.items():
            try:
                read.translations[code] = load_translations(workspace, slug, code, tag)
            except ContentError as error:
                read.broken[code] = error.problems
        self._read[slug] = read
        return read

    def _localized(
        self, slug: str, code: str, read: _Read, mark: Marks | None, *, draft: bool
    ) -> tuple[Document, tuple[Problem, ...]]:
        rules = typography_rules(read.theme)
        made = localize(
            slug,
            read.source,
            read.workspace.newsroom,
            code,
            read.translations[code],
            read.pictures,
            rules,
            draft=draft,
            mark=mark,
        )
        return made.document, made.problems

    def _pane(self, slug: str, code: str, read: _Read, last: Pane | None) -> Pane:
        own = language(code, read.workspace.newsroom.model.languages[code])
        if code in read.broken:
            title, page = (last.title, last.page) if last else ("", "")
            return Pane(own, title, page, (), read.broken[code])
        marks = Marks()
        document, problems = self._localized(slug, code, read, marks, draft=False)
        if problems:
            marks = Marks()
            document, _ = self._localized(slug, code, read, marks, draft=True)
        texts = _Texts(read, code, own).all(marks)
        title = marks.removed(document.title)
        try:
            page = WRITERS["html"].write(replace(document, draft=""), read.theme).decode()
        except ContentError as error:
            page = last.page if last else ""
            return Pane(own, title, page, texts, (*error.problems, *problems))

        def attributes(number: int) -> str:
            return f'data-entry="{number}" data-state="{texts[number].state}"'

        page = marks.placed(page, attributes)
        page = page.replace("</head>", f"<style>{_STYLE}</style></head>", 1)
        return Pane(own, title, page, texts, problems)

    def file(self, slug: str, code: str, form: str) -> tuple[str, bytes]:
        """Return name and bytes of a file of the kit; of a draft where it is not complete.

        Raises:
            ContentError: It can't be made.
            MachineError: The machine lacks a library.
            KeyError: There is no such language or format.
        """
        with self._lock:
            read = self._sources(slug)
            if code in read.broken:
                raise ContentError(read.broken[code])
            document, problems = self._localized(slug, code, read, None, draft=False)
            if problems:
                document, _ = self._localized(slug, code, read, None, draft=True)
            made: dict[str, bytes] = {}
            for name in with_needs([form]):
                key = slug, code, name
                if key not in self._files:
                    self._files[key] = WRITERS[name].write(document, read.theme, made)
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

    def pages(self, slug: str, code: str) -> list[bytes]:
        """Return the pages of the PDF as PNG pictures."""
        import pypdfium2

        _, data = self.file(slug, code, "pdf")
        pictures = []
        with self._lock:
            document = pypdfium2.PdfDocument(data)
            try:
                for page in document:
                    picture = io.BytesIO()
                    page.render(scale=_PIXELS_PER_POINT).to_pil().save(
                        picture, "PNG", compress_level=1
                    )
                    pictures.append(picture.getvalue())
            finally:
                document.close()
        return pictures

    def email(self, slug: str, code: str) -> str:
        """Return the e-mail's web page."""
        import email
        from email import policy

        message: Any = email.message_from_bytes(
            self.file(slug, code, "eml")[1], policy=policy.default
        )
        subject = html.escape(str(message["Subject"]))
        body: str = message.get_body(("html",)).get_content()
        return body.replace("<body", f'<body title="{subject}"', 1)

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
        read = self._read.get(slug)
        design = read.theme.digest if read else ""
        return digest(f"{design}{pane.page if pane else ''}".encode())[:16]


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


class _Texts:
    """Looks up everything that a translator should know of a page's messages."""

    def __init__(self, read: _Read, code: str, own: Language) -> None:
        newsroom: NewsroomEntry = read.workspace.newsroom.model
        self.read, self.code, self.own = read, code, own
        self.translations = read.translations[code]
        self.written_in = {
            "release": read.source.model.language or newsroom.language,
            "newsroom": newsroom.language,
        }
        self.comments: dict[str, dict[tuple[str, str], tuple[str, ...]]] = {}

    def all(self, marks: Marks) -> tuple[Text, ...]:
        return tuple(self.one(number, message) for number, message in enumerate(marks.messages))

    def one(self, number: int, message: Message) -> Text:
        home = self.translations.home[message.domain]
        label = message.domain == "gapress"
        written = self.written_in.get(message.domain, LABEL_LANGUAGE)
        entry = self.translations.find(message.domain, message.role, message.source)
        own = self.code.split("-")[0] == LABEL_LANGUAGE if label else self.code == written
        if own and (entry is None or not entry.translation):
            return Text(number, message, message.source, "source", message.place or home, 0)
        if entry is None:
            return Text(number, message, "", "missing", home, 0)
        problems: tuple[Problem, ...] = ()
        if entry.translation:
            pair = Pair(message.role, message.source, entry.translation, Rules(self.own.script))
            problems = tuple(run_checks(pair, entry))
        return Text(
            number,
            message,
            entry.translation,
            _state(entry, problems),
            entry.file if entry.file.startswith("locales/") else home,
            entry.line if entry.file.startswith("locales/") else 0,
            self._comments(entry.file).get((message.role, message.source), ()),
            problems,
        )

    def _comments(self, file: str) -> dict[tuple[str, str], tuple[str, ...]]:
        if file not in self.comments:
            path = self.read.workspace.root / file
            raw = self.read.workspace.find_bytes(path) if file.startswith("locales/") else None
            entries = parse_po(raw, file).messages if raw is not None else ()
            self.comments[file] = {
                e.key: (*e.comment("#."), *e.comment("#")) for e in entries if not e.obsolete
            }
        return self.comments[file]


def _state(entry: Entry, problems: tuple[Problem, ...]) -> State:
    if entry.fuzzy:
        return "fuzzy"
    if not entry.usable:
        return "missing"
    return "unsound" if any(p.severity == "error" for p in problems) else "translated"
