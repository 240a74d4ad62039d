"""Finds the words of one language: translations with their problems, labels with their slots.

``localize`` asks here for each text; what is missing, fuzzy or broken is collected, not raised,
so that a translator sees everything at once.
"""

from __future__ import annotations

import re
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from gapress.catalogs.checks import Pair, Rules, run_checks
from gapress.catalogs.store import is_visible
from gapress.document import Labels, Origin, Text
from gapress.errors import Problem
from gapress.localization.durations import UNITS, format_duration
from gapress.localization.facts import format_date, format_fact, plural_category
from gapress.localization.inline import inlines, isolated, settled
from gapress.localization.languages import language, locale_for
from gapress.localization.press_style import press_style
from gapress.localization.typography import typography_for
from gapress.release.facts import NumberFact
from gapress.release.markup import FORMS, MarkupError, placeholders, scan, tokens

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from gapress.catalogs.store import Entry
    from gapress.catalogs.translations import Domain, Translations
    from gapress.document import Direction, Inlines, Language
    from gapress.release.facts import Fact
    from gapress.release.facts.base import DateStyle
    from gapress.release.yaml import Path, Tree

LABEL_LANGUAGE = "en"


class Mark(Protocol):
    """Says what comes before and after a message's text, to find it again in an output."""

    def __call__(self, domain: Domain, role: str, source: str, place: str) -> tuple[str, str]:
        """Return both; ``place`` is where the source file has the text, empty for a label."""


@dataclass
class Attempt:
    """Whether words were found: known once the attempt is over."""

    succeeded: bool = False


class Wording:
    """The words of one language, and the problems met while looking for them."""

    def __init__(
        self,
        language_: Language,
        translations: Translations,
        typography: Mapping[str, object],
        *,
        draft: bool,
        mark: Mark | None = None,
        press: Mapping[str, object] | None = None,
    ) -> None:
        self.language = language_
        self.locale = locale_for(language_.tag)
        self.problems: list[Problem] = []
        self.facts: dict[str, Inlines] = {}
        self.origins: dict[Origin, None] = {}
        self._forms: dict[str, Inlines] = {}
        self._categories: dict[str, str] = {}
        self._zones: Sequence[str] = ("UTC",)
        self.translations = self._translations = translations
        self.press = press_style(press or {}, language_.tag)
        self._typography = typography_for(typography, language_.tag)
        self._typography = replace(self._typography, raised=self.press.with_raised)
        self._draft = draft
        self._mark = mark

    def format_facts(self, facts: Mapping[str, Fact], zones: Sequence[str]) -> None:
        """Format a release's facts for this language, for use in its texts.

        Args:
            facts: The facts by name.
            zones: The newsroom's time zones, its own first.
        """
        self._zones = zones
        self.facts = {name: self.fact(fact) for name, fact in facts.items()}
        self._forms = {
            f"{name}:{form}": self.fact(fact, form=form)
            for name, fact in facts.items()
            if isinstance(fact, NumberFact) and fact.style == "ordinal"
            for form in FORMS
        }
        self._categories = {n: plural_category(fact, self.locale) for n, fact in facts.items()}

    def fact(self, fact: Fact, decimals: int | None = None, form: str = "") -> Inlines:
        """Return a fact in this language.

        Args:
            fact: The fact.
            decimals: How many decimal places a figure has.
            form: The gender of what an ordinal stands beside.
        """
        shown = format_fact(
            fact,
            self.locale,
            self._label,
            decimals,
            self._zones,
            self._blank,
            self._typography.contracted,
            self.press,
            form,
        )
        return self.value(shown)

    def _blank(self, source: str) -> str:
        """Return what is still to be filled, translated if it is; only drafts show it."""
        entry = self._translations.find("release", "blank", source)
        text = entry.translation if entry and entry.usable else source
        return "".join(token.value for token in scan(text)[0] if token.kind == "text")

    def text(
        self, tree: Tree, path: Path, source: str, role: str, *, written_in: str, domain: Domain
    ) -> Inlines:
        """Return a text of a source file in this language.

        Args:
            tree: The file that it is in.
            path: Its place there.
            source: The text as written.
            role: What it is, the message's ``msgctxt``.
            written_in: The language of the file.
            domain: The catalog that translates it.
        """
        found = self._text(tree, path, source, role, written_in, domain)
        if not self._mark or not found or not has_words(source):
            return found
        line, column = tree.position(path)
        before, behind = self._mark(domain, role, source, f"{tree.file}:{line}:{column}")
        return (Text(before), *found, Text(behind))

    def _text(
        self, tree: Tree, path: Path, source: str, role: str, written_in: str, domain: Domain
    ) -> Inlines:
        facts = {**self.facts, **self._forms} if domain == "release" else {}
        if written_in == self.language.code or not has_words(source):
            self.note(source, tree.file, *tree.position(path))
            return self._inlines(source, facts)
        entry = self._translations.find(domain, role, source)
        if entry is None or not entry.usable:
            self._report_unusable(entry, tree, path, source, role, domain)
        if entry is None or not entry.usable or not self._is_sound(entry, role, source, written_in):
            self.note(source, tree.file, *tree.position(path))
            return self._rough(entry, source, facts, written_in) if self._draft else ()
        self.note(entry.translation, entry.file, entry.line)
        return self._inlines(entry.translation, facts)

    def note(self, text: str, file: str, line: int, column: int = 0) -> None:
        """Remember where a text stands; what is ASCII alone has nothing that may be told of it."""
        if not text.isascii():
            self.origins[Origin(text, file, line, column)] = None

    @contextmanager
    def attempt(self) -> Iterator[Attempt]:
        """Look for words that the document can do without: what is missing is not a problem."""
        attempt, before = Attempt(), len(self.problems)
        yield attempt
        attempt.succeeded = len(self.problems) == before
        del self.problems[before:]

    def value(self, text: str, direction: Direction | None = None) -> Inlines:
        """Return runs for a text that is final: a formatted fact, an address, a number.

        Args:
            text: The text.
            direction: That of what is around it, where it is not the language's.
        """
        return settled((Text(text),), direction or self.language.direction, self._typography)

    def date(self, date: dt.date, style: DateStyle = "long") -> str:
        """Return a date as text of this language, in a CLDR style."""
        return format_date(date, self.locale, self._label, style, self.press)

    def listed(self, parts: Sequence[Inlines]) -> Inlines:
        """Return parts as one list in words: "a, b and c" (CLDR, "standard" list patterns)."""
        *first, last = parts or [()]
        patterns = self.locale.list_patterns["standard"]
        if not first:
            return last
        made = first[0]
        for number, part in enumerate(first[1:]):
            made = _joined(patterns["middle" if number else "start"], made, part)
        made = _joined(patterns["end" if first[1:] else "2"], made, last)
        return settled(made, self.language.direction, self._typography)

    def duration(self, seconds: int) -> str:
        """Return how long something takes, as text of this language."""
        parts = {"hours": seconds // 3600, "minutes": seconds // 60 % 60, "seconds": seconds % 60}
        counts = {unit: Decimal(count) for unit, count in parts.items() if count}
        length = self._label(UNITS).partition("|")[0]
        return format_duration(counts, length, self.locale, self._label, run_on=True)

    def label(self, source: str, **slots: Inlines | str) -> Inlines:
        """Return a label of ``gapress.po`` with its placeholders filled."""
        text, filled = self._label(source).partition("|")[0], {}
        for name, value in slots.items():
            if isinstance(value, str):
                text, value = self._typography.contracted(text, name, value)
                filled[name] = self.value(value)
            else:
                filled[name] = value
        found = self._inlines(text, filled)
        if not self._mark:
            return found
        before, behind = self._mark("gapress", "", source, "")
        return (Text(before), *found, Text(behind))

    def labels(self) -> Labels:
        """Return every label of the catalog, for templates; a draft shows untranslated ones too."""
        found = Labels()
        for source in self._translations.labels:
            known = len(self.problems)
            label = self._label(source)
            problems = self.problems[known:]
            del self.problems[known:]
            if problems and not self._draft:
                found.lacking[source] = problems[0]
                continue
            before, behind = self._mark("gapress", "", source, "") if self._mark else ("", "")
            found[source] = f"{before}{self._typography.apply(label)}{behind}"
        return found

    def _label(self, source: str) -> str:
        entry = self._translations.find("gapress", "", source)
        if entry is not None and entry.usable:
            try:
                if placeholders(entry.translation) == placeholders(source):
                    self.note(entry.translation, entry.file, entry.line)
                    return entry.translation
                message = "the placeholders differ from those of the label"
            except MarkupError as error:
                message = str(error)
            self.problems.append(
                Problem(entry.file, entry.line, 0, message, f"compare with {source!r}")
            )
        elif self.language.code.split("-")[0] != LABEL_LANGUAGE:
            file, line = (
                (entry.file, entry.line) if entry else (self._translations.home["gapress"], 0)
            )
            state = "is fuzzy" if entry and entry.fuzzy else "is not translated"
            self.problems.append(
                Problem(file, line, 0, f"the label {source!r} {state}", "translate it")
            )
        return source

    def _inlines(
        self, text: str, slots: Mapping[str, Inlines], direction: Direction | None = None
    ) -> Inlines:
        return inlines(tokens(text), slots, direction or self.language.direction, self._typography)

    def _rough(
        self, entry: Entry | None, source: str, facts: Mapping[str, Inlines], written_in: str
    ) -> Inlines:
        """Return what a draft shows; where texts are marked, a rough translation too."""
        if self._mark and entry and is_visible(entry.translation):
            with suppress(MarkupError, KeyError):  # it does not fit the source
                return self._inlines(entry.translation, facts)
        return self._untranslated(source, facts, written_in)

    def _untranslated(self, source: str, facts: Mapping[str, Inlines], written_in: str) -> Inlines:
        own = language(written_in, written_in).direction
        return isolated(self._inlines(source, facts, own), own, self.language.direction)

    def _report_unusable(
        self, entry: Entry | None, tree: Tree, path: Path, source: str, role: str, domain: Domain
    ) -> None:
        shown = source if len(source) <= 60 else f"{source[:57]}…"
        line, column = tree.position(path)
        name = self.language.code
        if entry is None:
            home = self._translations.home[domain]
            message = f"the {role} {shown!r} has no entry in {home}"
            hint = f"run gapress catalogs update, then translate it into {name}"
            self.problems.append(Problem(tree.file, line, column, message, hint))
            return
        place = f"{tree.file}:{line}:{column}"
        if entry.fuzzy:
            message = f"the {role} {shown!r} is marked fuzzy: its translation may be out of date"
            hint = f"compare it with {place} and remove the flag"
        else:
            message, hint = (
                f"the {role} {shown!r} is not translated",
                f"translate it; it is at {place}",
            )
        self.problems.append(Problem(entry.file, entry.line, 0, message, hint))

    def _is_sound(self, entry: Entry, role: str, source: str, written_in: str) -> bool:
        rules = Rules(self.language.script, languages=(written_in, self.language.tag))
        pair = Pair(role, source, entry.translation, rules)
        problems = [*run_checks(pair, entry, ("error",)), *self._recounted(entry)]
        self.problems += problems
        return not problems

    def _recounted(self, entry: Entry) -> Iterator[Problem]:
        for name, before in entry.categories.items():
            now = self._categories.get(name, before)
            if now != before:
                message = (
                    f"the number {{{name}}} was {before} and is {now}: words beside it may change"
                )
                hint = "run gapress catalogs update, then review the translation"
                yield Problem(entry.file, entry.line, 0, message, hint, check="plural")


def _joined(pattern: str, before: Inlines, behind: Inlines) -> Inlines:
    """Return two parts in the places ``{0}`` and ``{1}`` of a pattern of CLDR's."""
    slots = {"{0}": before, "{1}": behind}
    words = re.split(r"(\{[01]\})", pattern)
    return tuple(run for word in words if word for run in slots.get(word, (Text(word),)))


def has_words(source: str) -> bool:
    """Whether a text has anything to translate beside its placeholders."""
    return any(
        character.isalpha()
        for token in tokens(source)
        if token.kind == "text"
        for character in token.value
    )
