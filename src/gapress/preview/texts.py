"""What a translator should know of each text of a page: its entry, its state, what checks say."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

from rapidfuzz.distance import Indel

from gapress.catalogs.checks import Pair, ignored_checks, run_checks
from gapress.catalogs.message import without_categories
from gapress.catalogs.po import parse_po
from gapress.catalogs.source_checks import run_source_checks
from gapress.catalogs.store import Entry
from gapress.errors import ContentError, Problem
from gapress.kit.check import text_rules
from gapress.kit.proofread import Proofreader
from gapress.kit.translate import foreseen
from gapress.localization.wording import LABEL_LANGUAGE
from gapress.writers.coverage import coverage, unprintable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.catalogs.checks import Rules
    from gapress.catalogs.glossary import Term
    from gapress.catalogs.po import PoEntry
    from gapress.catalogs.translations import Domain
    from gapress.document import Document
    from gapress.kit.prepare import Reading
    from gapress.preview.marks import Marks, Message
    from gapress.writers.coverage import Coverage

# Words, and what is between them.
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")

State: TypeAlias = Literal["source", "translated", "fuzzy", "missing", "unsound"]
Run: TypeAlias = tuple[Literal["same", "gone", "new"], str]


@dataclass(frozen=True)
class Text:
    """A text of a release in one language, with all that a translator should know.

    Attributes:
        number: Its number in the page.
        message: What it is.
        translation: Its translation; empty without one. Where the text was rewritten and the
            catalog not yet updated, that of the text before, as an update would have it.
        state: Its state; ``source`` where the release is written in this language.
        file: The catalog that it is in, or belongs in.
        line: Its line there; 0 where it has none yet.
        comments: What the catalog says about it.
        note: What translators say about it to each other.
        ignored: The checks that are switched off for it.
        problems: What the checks say of the translation.
        changes: How the source text differs from the one that the translation was made of: runs
            that stayed, went and came; empty where it is the same.
        written_in: BCP 47 tag of the source text's language.
    """

    number: int
    message: Message
    translation: str
    state: State
    file: str
    line: int
    comments: tuple[str, ...] = ()
    note: str = ""
    ignored: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    changes: tuple[Run, ...] = ()
    written_in: str = ""


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
        self._proofreader = Proofreader(reading.workspace, reading.typography)
        self._proofreader.names(reading.source, self._translations, "release")
        self._proofreader.names(reading.workspace.newsroom, self._translations, "newsroom")
        self._entries: dict[str, dict[tuple[str, str], PoEntry]] = {}
        self._foreseen: dict[Domain, dict[tuple[str, str], PoEntry]] = {}

    def of(self, marks: Marks) -> tuple[Text, ...]:
        """Return the texts that a page has.

        Raises:
            ContentError: The glossary is broken.
        """
        found = (self._text(number, message) for number, message in enumerate(marks.messages))
        return tuple(replace(t, written_in=self._tag_of(t.message.domain)) for t in found)

    def problems(self, message: Message, entry: Entry) -> tuple[Problem, ...]:
        """Return what the checks say of a translation: those of ``gapress check``.

        Raises:
            ContentError: The glossary is broken.
        """
        if not entry.translation:
            return ()
        pair = Pair(message.role, message.source, entry.translation, self._rules_for(message))
        spelt = self._proofreader.of_translation(message.role, message.source, entry, self._code)
        return (*run_checks(pair, entry), *spelt)

    def terms(self, message: Message) -> tuple[Term, ...]:
        """Return the terms of the glossary that a text has.

        Raises:
            ContentError: The glossary is broken.
        """
        terms = self._rules_for(message).glossary
        return tuple(term for term in terms if term.is_in_source(message.source))

    def _rules_for(self, message: Message) -> Rules:
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
        return self._rules[written_in]

    def _text(self, number: int, message: Message) -> Text:
        home = self._translations.home[message.domain]
        entry = self._translations.find(message.domain, *message.key)
        if self._is_source(message) and (entry is None or not entry.translation):
            problems = tuple(self._lacking(message))
            place = message.place or home
            return Text(number, message, message.source, "source", place, 0, problems=problems)
        if entry is None:
            return self._offered(number, message, home)
        problems = self.problems(message, entry)
        own = entry.file.startswith("locales/")  # or it is in a catalog that comes with gapress
        held = self._entries_in(entry.file).get(message.key) if own else None
        return Text(
            number,
            message,
            entry.translation,
            _state(entry, problems),
            entry.file if own else home,
            entry.line if own else 0,
            *_remarks(held),
            problems,
            _changes(held, message) if held and entry.fuzzy else (),
        )

    def unprintable(self, document: Document, marks: Marks) -> list[Problem]:
        """Return what the PDF of a marked document can't show."""
        return unprintable(document, self._known, marks.removed) if self._known else []

    def _lacking(self, message: Message) -> Iterator[Problem]:
        """Yield what the PDF can't show of a text in its own language, and what may be misspelt."""
        file, line, column = (*message.place.split(":"), "0", "0")[:3]
        place = Problem(file, int(line), int(column), severity="warning")
        if message.domain != "gapress":
            yield from self._proofreader.of_source(message.role, message.source, place, self._code)
            for check, told, hint in run_source_checks(message.role, message.source, self._own()):
                yield replace(place, message=told, hint=hint, check=check)
        for finding in self._known.findings(message.source) if self._known else ():
            told, _, hint = finding.partition("; ")
            yield Problem(file, int(line), int(column), told, hint, check="glyphs")

    def _own(self) -> Rules:
        """Return what the checks must know of the language where a text is written in it."""
        code, reading = self._code, self._reading
        if code not in self._rules:
            tag = reading.workspace.newsroom.model.languages[code]
            self._rules[code] = text_rules(
                reading.workspace, reading.typography, code, code, tag, self._known
            )
        return self._rules[code]

    def _offered(self, number: int, message: Message, home: str) -> Text:
        """Return a text that has no entry yet, with what an update would find for it."""
        made = self._foreseen_in(message.domain).get(message.key)
        if made is None or not made.translation:
            return Text(number, message, "", "missing", home, 0)
        problems = self.problems(message, Entry(made.translation, tuple(made.flags), home, 0))
        told = *_remarks(made), problems, _changes(made, message)
        return Text(number, message, made.translation, "fuzzy", home, 0, *told)

    def _tag_of(self, domain: Domain) -> str:
        code = self._written_in[domain]
        return self._reading.workspace.newsroom.model.languages.get(code, code)

    def _is_source(self, message: Message) -> bool:
        if message.domain == "gapress":  # English in any region
            return self._code.split("-")[0] == LABEL_LANGUAGE
        return self._code == self._written_in[message.domain]

    def _entries_in(self, file: str) -> dict[tuple[str, str], PoEntry]:
        if file not in self._entries:
            workspace = self._reading.workspace
            raw = workspace.read_bytes(workspace.root / file)
            messages = parse_po(raw, file).messages
            self._entries[file] = {entry.key: entry for entry in messages if not entry.obsolete}
        return self._entries[file]

    def _foreseen_in(self, domain: Domain) -> dict[tuple[str, str], PoEntry]:
        if domain == "gapress":  # labels are not reworded
            return {}
        if domain not in self._foreseen:
            reading = self._reading
            own = domain == "release"
            name = reading.slug if own else "newsroom"
            source = reading.source if own else reading.workspace.newsroom
            try:
                messages = foreseen(reading.workspace, name, source, self._code).messages
            except ContentError:  # told with the release
                messages = ()
            self._foreseen[domain] = {entry.key: entry for entry in messages if not entry.obsolete}
        return self._foreseen[domain]


def _remarks(entry: PoEntry | None) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """Return the comments, the note and the checks that are switched off."""
    if entry is None:
        return (), "", ()
    comments = tuple(without_categories(entry.comment("#.")))
    return comments, "\n".join(entry.comment("#")), ignored_checks(entry.flags)


def _changes(entry: PoEntry, message: Message) -> tuple[Run, ...]:
    """Return how a text differs from the one that its translation was made of."""
    before = entry.previous[1]
    return differences(before, message.source) if before and before != message.source else ()


def differences(before: str, after: str) -> tuple[Run, ...]:
    """Return the runs of two texts, word by word: what stayed, went and came."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    runs: list[Run] = []
    went = came = ""
    for step in (*Indel.opcodes(old, new), None):
        if step is None or step.tag == "equal":
            runs += [("gone", went)] if went else []
            runs += [("new", came)] if came else []
            went = came = ""
        if step is None:
            break
        if step.tag == "equal":
            runs.append(("same", "".join(new[step.dest_start : step.dest_end])))
        else:
            went += "".join(old[step.src_start : step.src_end])
            came += "".join(new[step.dest_start : step.dest_end])
    return tuple(runs)


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
