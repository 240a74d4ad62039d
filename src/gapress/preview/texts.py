"""What a translator should know of each text of a page: its entry, its state, what checks say."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from gapress.catalogs.checks import Pair, run_checks
from gapress.catalogs.po import parse_po
from gapress.errors import ContentError, Problem
from gapress.kit.check import text_rules
from gapress.localization.wording import LABEL_LANGUAGE
from gapress.writers.coverage import coverage, unprintable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.catalogs.checks import Rules
    from gapress.catalogs.store import Entry
    from gapress.document import Document
    from gapress.kit.prepare import Reading
    from gapress.preview.marks import Marks, Message
    from gapress.writers.coverage import Coverage

State: TypeAlias = Literal["source", "translated", "fuzzy", "missing", "unsound"]


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


class Texts:
    """The texts of a release in one language.

    Args:
        reading: The release.
        code: The language.
    """

    def __init__(self, reading: Reading, code: str) -> None:
        self._known = _coverage(reading)
        newsroom = reading.workspace.newsroom.model
        self._reading, self._code = reading, code
        self._translations = reading.translations[code]
        self._written_in = {
            "release": reading.source.model.language or newsroom.language,
            "newsroom": newsroom.language,
            "gapress": LABEL_LANGUAGE,
        }
        self._rules: dict[str, Rules] = {}
        self._comments: dict[str, dict[tuple[str, str], tuple[str, ...]]] = {}

    def of(self, marks: Marks) -> tuple[Text, ...]:
        """Return the texts that a page has.

        Raises:
            ContentError: The glossary is broken.
        """
        return tuple(self._text(number, message) for number, message in enumerate(marks.messages))

    def problems(self, message: Message, entry: Entry) -> tuple[Problem, ...]:
        """Return what the checks say of a translation: those of ``gapress check``.

        Raises:
            ContentError: The glossary is broken.
        """
        if not entry.translation:
            return ()
        written_in = self._written_in[message.domain]
        if written_in not in self._rules:
            reading = self._reading
            self._rules[written_in] = text_rules(
                reading.workspace,
                reading.typography,
                written_in,
                self._code,
                reading.workspace.newsroom.model.languages[self._code],
                self._known,
            )
        pair = Pair(message.role, message.source, entry.translation, self._rules[written_in])
        return tuple(run_checks(pair, entry))

    def _text(self, number: int, message: Message) -> Text:
        home = self._translations.home[message.domain]
        entry = self._translations.find(message.domain, *message.key)
        if self._is_source(message) and (entry is None or not entry.translation):
            problems = tuple(self._lacking(message))
            place = message.place or home
            return Text(number, message, message.source, "source", place, 0, (), problems)
        if entry is None:
            return Text(number, message, "", "missing", home, 0)
        problems = self.problems(message, entry)
        own = entry.file.startswith("locales/")  # or it is in a catalog that comes with gapress
        return Text(
            number,
            message,
            entry.translation,
            _state(entry, problems),
            entry.file if own else home,
            entry.line if own else 0,
            self._comments_in(entry.file).get(message.key, ()) if own else (),
            problems,
        )

    def unprintable(self, document: Document, marks: Marks) -> list[Problem]:
        """Return what the PDF of a marked document can't show."""
        return unprintable(document, self._known, marks.removed) if self._known else []

    def _lacking(self, message: Message) -> Iterator[Problem]:
        """Yield what the PDF can't show of a text in the language that it is written in."""
        file, line, column = (*message.place.split(":"), "0", "0")[:3]
        for finding in self._known.findings(message.source) if self._known else ():
            told, _, hint = finding.partition("; ")
            yield Problem(file, int(line), int(column), told, hint, check="glyphs")

    def _is_source(self, message: Message) -> bool:
        if message.domain == "gapress":  # English in any region
            return self._code.split("-")[0] == LABEL_LANGUAGE
        return self._code == self._written_in[message.domain]

    def _comments_in(self, file: str) -> dict[tuple[str, str], tuple[str, ...]]:
        if file not in self._comments:
            workspace = self._reading.workspace
            raw = workspace.read_bytes(workspace.root / file)
            self._comments[file] = {
                entry.key: (*entry.comment("#."), *entry.comment("#"))
                for entry in parse_po(raw, file).messages
                if not entry.obsolete
            }
        return self._comments[file]


def _coverage(reading: Reading) -> Coverage | None:
    """Return what the theme's fonts can show; none where one of them is broken."""
    with suppress(ContentError):  # told when somebody asks for the PDF
        return coverage(reading.theme)
    return None


def _state(entry: Entry, problems: tuple[Problem, ...]) -> State:
    if entry.fuzzy:
        return "fuzzy"
    if not entry.usable:
        return "missing"
    return "unsound" if any(p.severity == "error" for p in problems) else "translated"
