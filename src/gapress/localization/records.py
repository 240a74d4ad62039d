"""Finds the words of a quotation in the language in which they are on record.

``localize`` asks here where the newsroom keeps them beside a translation. They are the release's
own text, or the translation in that language's catalog, or what ``original:`` says.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gapress.document import Record
from gapress.localization.footnotes import without_marks
from gapress.localization.languages import language
from gapress.localization.wording import Wording
from gapress.release.blocks.quote import marked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapress.catalogs.translations import Translations
    from gapress.document import Inlines
    from gapress.errors import Problem
    from gapress.newsroom import NewsroomEntry
    from gapress.release.model import Release
    from gapress.release.read import Source
    from gapress.release.yaml import Path


class Records:
    """The words on record of a release's quotations, for its document in one language.

    Args:
        release: The release.
        newsroom: The newsroom.
        wording: The words of the document's language, which collects the problems.
        typography: The content of ``typography.toml``.
        others: The catalogs of the newsroom's languages that can be read.
        draft: Show untranslated texts in the source language.
        press: The content of ``press-style.toml``.
    """

    def __init__(
        self,
        release: Source[Release],
        newsroom: NewsroomEntry,
        wording: Wording,
        typography: Mapping[str, object],
        others: Mapping[str, Translations],
        *,
        draft: bool,
        press: Mapping[str, object] | None = None,
    ) -> None:
        self._source, self._newsroom, self._own = release, newsroom, wording
        self._typography, self._others, self._draft = typography, others, draft
        self._press = press
        self._wordings: dict[str, Wording] = {}

    def of(
        self,
        path: Path,
        on_record: str,
        said: Sequence[tuple[Path, str]],
        original: Sequence[tuple[Path, str]],
    ) -> Record | None:
        """Return the words on record; none where the document has them, or where none belong.

        Args:
            path: The place of the quotation.
            on_record: The language in which the words are on record.
            said: Place and words of each paragraph, as the release has them.
            original: Place and words of each paragraph as it is on record, where the release says.
        """
        code = self._code(on_record)
        if code is not None and original:
            message = f"the words on record are given, which the texts in {code} have"
            self._tell(path, message, "delete original, and write them there")
            return None
        is_own = _primary(on_record) == _primary(self._own.language.code)
        if is_own or self._newsroom.quotes.on_record == "none":
            return None
        if code is None and not original:
            hint = "write them in original:, or quotes: {on_record: none} in _newsroom.yaml"
            self._tell(path, f"the words on record in {on_record} are missing", hint)
            return None
        found = self._found(code, on_record, said if code else original, path)
        if found is None:
            return None
        wording, paragraphs = found
        return Record(wording.language, tuple(marked(paragraphs, wording)))

    def _found(
        self, code: str | None, on_record: str, texts: Sequence[tuple[Path, str]], path: Path
    ) -> tuple[Wording, list[Inlines]] | None:
        if code is not None and code not in self._others:
            message = f"the words on record are missing: the catalogs of {code} can't be read"
            self._tell(path, message, "see what is told of them")
            return None
        wording = self._wording(code, on_record)
        written_in = self._source.model.language or self._newsroom.language
        before = len(wording.problems)
        paragraphs = [
            wording.text(
                self._source.tree,
                place,
                text,
                self._source.roles[place],
                written_in=written_in if code else on_record,
                domain="release",
            )
            for place, text in texts
        ]
        self._own.problems += map(_told, wording.problems[before:])
        self._own.origins.update(wording.origins)
        return wording, [without_marks(paragraph) for paragraph in paragraphs]

    def _code(self, on_record: str) -> str | None:
        """Return which of the newsroom's languages it is."""
        names = self._newsroom.languages
        if on_record in names:
            return on_record
        return next((name for name in names if _primary(name) == _primary(on_record)), None)

    def _wording(self, code: str | None, on_record: str) -> Wording:
        """Return the words of a language; of one that has no catalogs, with the document's labels.

        In that language, quotation marks and values of facts look as far as they can.
        """
        name = code or on_record
        if name not in self._wordings:
            tag = self._newsroom.languages[code] if code else on_record
            translations = self._others[code] if code else self._own.translations
            wording = Wording(
                language(name, tag),
                translations,
                self._typography,
                draft=self._draft,
                press=self._press,
            )
            wording.format_facts(self._source.model.facts, self._newsroom.zones)
            wording.problems.clear()
            self._wordings[name] = wording
        return self._wordings[name]

    def _tell(self, path: Path, message: str, hint: str) -> None:
        self._own.problems.append(self._source.tree.problem(path, message, hint))


def _told(problem: Problem) -> Problem:
    return replace(problem, message=f"the words on record are missing: {problem.message}")


def _primary(code: str) -> str:
    return code.split("-")[0]
