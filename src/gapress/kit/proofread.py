"""Proofreads what a newsroom publishes: its source texts and translations, each in its language.

``gapress check`` hands over every text, and asks for the problems at the end: by then all names are
known. The preview asks about one text at a time.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from gapress.catalogs.checks import NAMES, SCRIPTS
from gapress.catalogs.glossary import GLOSSARY_FILE
from gapress.catalogs.source_checks import run_source_checks
from gapress.catalogs.store import read_catalog
from gapress.catalogs.translations import catalog_folders
from gapress.errors import ContentError, Problem
from gapress.localization.languages import language
from gapress.localization.typography import rules_for
from gapress.release.markup import scan
from gapress.release.read import value_at
from gapress.spelling import grammar, names
from gapress.spelling.dictionaries import find, load
from gapress.spelling.speller import Speller
from gapress.spelling.words import plain_words, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapress.catalogs.checks import Rules
    from gapress.catalogs.store import Entry
    from gapress.catalogs.translations import Domain, Translations
    from gapress.release.read import Source
    from gapress.release.yaml import Path
    from gapress.spelling.speller import Slip
    from gapress.workspace import Workspace

WORDS_FILE = "words.txt"
"""In a language's folder of ``locales/``: own words of the newsroom, one a line; ``#`` comments."""

# Stands for a fact where grammar is checked, as most facts are figures; what is said of it is not
# told.
_FIGURE = "12"
# What the texts of a new newsroom call translators' files, in every English.
_GETTEXT = ("catalog", "catalogs")
_OF_FIGURE = re.compile(rf"[«“]\s*{_FIGURE}\s*[»”]")


@dataclass(frozen=True)
class _Text:
    place: Problem  # without a message
    text: str
    kept: frozenset[str]  # words of the source text, which a translation may keep
    spelling: bool
    grammar: bool


class Proofreader:
    """Knows a newsroom's words, and asks the dictionaries of this machine.

    Args:
        workspace: The newsroom's folder.
        typography: The content of ``typography.toml``.
    """

    def __init__(self, workspace: Workspace, typography: Mapping[str, Any]) -> None:
        self._workspace, self._typography = workspace, typography
        self._names: dict[str, None] = {}
        self._texts: dict[str, dict[_Text, None]] = {}
        self._problems: list[Problem] = []
        self._spellers: dict[str, Speller | None] = {}

    def source(self, source: Source[Any], written_in: str, rules: Rules) -> None:
        """Take in a source file: its names are known, its texts are checked.

        Args:
            source: The file.
            written_in: Its language.
            rules: What the checks must know of that language.
        """
        for path, role in source.roles.items():
            text = str(value_at(source.model, path))
            place = replace(source.tree.problem(path, ""), severity="warning")
            if role in NAMES:
                self.name(text)
            elif role:
                self._take(written_in, _Text(place, text, frozenset(), True, True))
            if role:
                typed = _typed(source.tree.data, path)
                for check, message, hint in run_source_checks(role, typed, rules):
                    found = replace(place, message=message, hint=hint, check=check)
                    self._problems.append(found)

    def translation(self, role: str, source: str, entry: Entry, code: str) -> None:
        """Take in a translation: a name is known, any other text is checked.

        Args:
            role: What the text is.
            source: The text that it translates.
            entry: The translation.
            code: Its language.
        """
        if role in NAMES:
            self.name(entry.translation)
        elif entry.file.startswith("locales/"):
            place = Problem(entry.file, entry.line, severity="warning")
            spelling = "ignore-spelling" not in entry.flags
            # A label is no sentence.
            asked = spelling, bool(role) and "ignore-grammar" not in entry.flags
            self._take(code, _Text(place, entry.translation, frozenset(words(source)), *asked))

    def names(self, source: Source[Any], translations: Translations, domain: Domain) -> None:
        """Take in the names of a source file, and their translations.

        Args:
            source: The file.
            translations: The catalogs of one language.
            domain: The catalog that translates the file.
        """
        for path, role in source.roles.items():
            if role in NAMES:
                text = str(value_at(source.model, path))
                self.name(text)
                if entry := translations.find(domain, role, text):
                    self.name(entry.translation)

    def of_translation(self, role: str, source: str, entry: Entry, code: str) -> list[Problem]:
        """Return what is misspelt in a translation; arguments as in :meth:`translation`."""
        speller = self.speller(code)
        if role in NAMES or "ignore-spelling" in entry.flags or speller is None:
            return []
        place = Problem(entry.file, entry.line, severity="warning")
        text = _Text(place, entry.translation, frozenset(words(source)), True, False)
        return self._told(speller, text, code)

    def of_source(self, role: str, text: str, place: Problem, code: str) -> list[Problem]:
        """Return what is misspelt in a source text, at its place in the file."""
        speller = self.speller(code)
        if role in NAMES or speller is None:
            return []
        return self._told(speller, _Text(place, text, frozenset(), True, False), code)

    def _told(self, speller: Speller, text: _Text, code: str) -> list[Problem]:
        found = list(_spelling(speller, {text: None}, code))
        speller.save()
        return found

    def name(self, text: str) -> None:
        """Take in a name."""
        self._names.update(dict.fromkeys(words(text)))

    def _take(self, code: str, text: _Text) -> None:
        self._texts.setdefault(code, {})[text] = None

    def problems(self) -> list[Problem]:
        """Return the problems of everything that was taken in."""
        found = list(self._problems)
        for code, texts in self._texts.items():
            if speller := self.speller(code):
                found += _spelling(speller, texts, code)
                speller.save()
            if code.split("-")[0] == grammar.LANGUAGE:
                found += _grammar([text for text in texts if text.grammar])
        return found

    def speller(self, code: str) -> Speller | None:
        """Return the speller of a language; none where this machine has no dictionary of it."""
        if code not in self._spellers:
            self._spellers[code] = self._new_speller(code)
        return self._spellers[code]

    def _new_speller(self, code: str) -> Speller | None:
        tag = self._workspace.newsroom.model.languages.get(code, code)
        script = SCRIPTS.get(language(code, tag).script)
        dictionary = load(tag) if script else None
        if not script or not dictionary:
            return None
        own = (*self._own_words(code, tag), *self._label_words(code, tag), *_GETTEXT)
        known = [*self._names, *own, *self._terms()]
        rules = rules_for(self._typography, tag)
        letters = rules.get("prefixes", ()), rules.get("plain", {})
        return Speller(dictionary, known, names.names(tag), script, *letters)

    def _own_words(self, code: str, tag: str) -> Iterator[str]:
        """Yield the words of a language's own lists."""
        for folder in catalog_folders(code, tag):
            path = self._workspace.root / "locales" / folder / WORDS_FILE
            for line in self._read(path).splitlines():
                yield from plain_words(line.partition("#")[0])

    def _label_words(self, code: str, tag: str) -> Iterator[str]:
        """Yield the words of the labels that ship: their reviewers vouch for them."""
        for folder in catalog_folders(code, tag):
            file = f"{folder}/LC_MESSAGES/gapress.po"
            raw = self._workspace.read_shipped("locales", file)
            for entry in read_catalog(raw, file).entries.values() if raw else ():
                yield from (part for word in words(entry.translation) for part in word.split("-"))

    def _terms(self) -> Iterator[str]:
        """Yield the words of the glossary, in every language; what is wrong with it is told."""
        rows = csv.reader(io.StringIO(self._read(self._workspace.root / GLOSSARY_FILE)))
        yield from (word for row in rows for cell in row for word in plain_words(cell))

    def _read(self, path: Any) -> str:
        raw = self._workspace.find_bytes(path) or b""
        try:
            return raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            name = self._workspace.name(path)
            problem = Problem(name, message="not UTF-8 text", hint="save it as UTF-8")
            raise ContentError([problem]) from None


def _typed(data: Any, path: Path) -> str:
    """Return a text as its file has it; the model has it with single spaces."""
    for step in path:
        data = data[step]
    return str(data)


def told(slip: Slip, code: str, times: int = 1) -> tuple[str, str]:
    """Return what is said of a misspelt word, and what to do.

    Args:
        slip: The word.
        code: Its language.
        times: How often it is in its file.
    """
    often = f" ({times} times in this file)" if times > 1 else ""
    *first, last = slip.suggestions or ("",)
    meant = f"did you mean {', '.join(first)}{' or ' if first else ''}{last}? " if last else ""
    home = f"locales/{code.replace('-', '_')}/{WORDS_FILE}"
    if_right = f"If it is right, add it to {home}"
    return f"“{slip.word}” is not in the dictionary{often}", f"{meant}{if_right}"


def unchecked(workspace: Workspace) -> list[str]:
    """Return the languages of a newsroom for which this machine has no dictionary."""
    languages = workspace.newsroom.model.languages
    return [code for code, tag in languages.items() if find(tag) is None]


def _spelling(speller: Speller, texts: Mapping[_Text, None], code: str) -> Iterator[Problem]:
    """Yield a problem for each misspelt word of a file, at its first place."""
    found: dict[tuple[str, str], list[tuple[Problem, Slip]]] = {}
    for text in (text for text in texts if text.spelling):
        for slip in speller.slips(text.text, text.kept):
            found.setdefault((text.place.path, slip.word), []).append((text.place, slip))
    for slips in found.values():
        place, slip = slips[0]
        message, hint = told(slip, code, len(slips))
        yield replace(place, message=message, hint=hint, check="spelling")


def _grammar(texts: list[_Text]) -> Iterator[Problem]:
    """Yield what Grammalecte says of texts, if this machine has it."""
    command = grammar.program()
    if not command or not texts:
        return
    try:
        for finding in grammar.check([_plain(text.text) for text in texts], command):
            if _OF_FIGURE.search(finding.message):
                continue
            text = texts[finding.text]
            shown = ", ".join(finding.suggestions)
            hint = f"suggested: {shown}" if shown else "see if it is right"
            message = f"“{finding.words}”: {finding.message}"
            yield replace(text.place, message=message, hint=hint, check="grammar")
    except grammar.GrammarError as error:
        message = f"grammar was not checked by {command[-1]}: {error}"
        hint = f"try it by hand, or set {grammar.VARIABLE}=off"
        yield Problem("releases/_newsroom.yaml", 0, 0, message, hint, "warning", "grammar")


def _plain(text: str) -> str:
    stands = {"text": None, "placeholder": _FIGURE}
    return "".join(stands[t.kind] or t.value for t in scan(text)[0] if t.kind in stands)
