"""Tells which words of a text are misspelt, and what may be meant.

A dictionary lacks many names, and in a press release every tenth word is one. So a word that may be
a name (a capital letter, or a script without capitals) is told only if it is close enough to a word
that is known; ``benchmarks/spelling.py`` measures how often that is a false alarm.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING

from gapress.spelling.words import words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from gapress.spelling.dictionaries import Dictionary

MAX_SUGGESTIONS = 3
# Words whose nearest ones Hunspell itself looks for; each may take most of a second.
_MAX_SLOW = 5
# Words that the dictionary is asked about for suggestions: half a second, five for Arabic.
_MAX_LOOKUPS = 20_000
# The shortest word that may be a name and is told all the same, by how it differs from a known one.
_NAME_DOUBLED, _NAME_ALIKE, _NAME_SWAPPED, _NAME_ANY, _NAME_NEAR_KNOWN = 5, 6, 7, 9, 5
# The same of one that has letters of its language written onto it, an article among them.
_NAME_INFLECTED, _ARTICLE = 7, 1
# Longer ones are no words.
_MAX_LENGTH = 40
_PARTS = re.compile("[-'’ʼ]")
# Letters that are taken for each other, beside those that differ by a sign above or below alone.
_ALIKE = ("هة", "ىي", "ضظ", "ıi")
# Letters that a language writes onto a word: و + ب + ال.
_PREFIXES = 4
_SHORT = 2
# The first part of a compound may be a form that never stands alone: intra-, socio-.
_FORM = 5


@dataclass(frozen=True)
class Slip:
    """A word that may be misspelt, and at most three that may be meant."""

    word: str
    suggestions: tuple[str, ...] = ()


class Speller:
    """The spelling of one language, with the words that a newsroom knows beside the dictionary.

    Args:
        dictionary: The dictionary.
        known: The newsroom's own words: names, terms. One with a small letter at its start is known
            with a capital too, and each is known in capitals.
        names: Names that everybody knows, of countries and cities.
        script: The name of the script's letters in Unicode, such as LATIN; words of another script
            are none of this language.
        prefixes: Letters that the language writes onto a word.
        plain: Letters that may be printed without their signs, and how they are then.
    """

    def __init__(
        self,
        dictionary: Dictionary,
        known: Iterable[str] = (),
        names: Iterable[str] = (),
        script: str = "LATIN",
        prefixes: Sequence[str] = (),
        plain: Mapping[str, str] | None = None,
    ) -> None:
        self._dictionary = dictionary
        self._script = script
        self._plain = str.maketrans(dict(plain or {}))
        self._own = {form for word in known for form in _forms(word)}
        ahead = "|".join(map(re.escape, sorted(prefixes, key=len, reverse=True)))
        self._prefixes = re.compile(f"(?:{ahead})" if ahead else r"(?!)")
        self._own |= {bare for word in self._own for bare in self._bare(word)}
        self._names = {form for word in names for form in _forms(word)}
        self._found: dict[str, Slip | None] = {}
        self._slow, self._lookups = 0, 0

    def slips(self, text: str, also: Collection[str] = ()) -> Iterator[Slip]:
        """Yield the words of a text that may be misspelt, as often as they are there.

        Args:
            text: The text, with its markup.
            also: Words that are known in it: a translation may keep words of the source text.
        """
        for word in words(text):
            if word not in also and (slip := self._slip(word)):
                yield slip

    def save(self) -> None:
        """Remember for the next run what the dictionary was asked."""
        self._dictionary.save()

    def _slip(self, word: str) -> Slip | None:
        if word not in self._found:
            self._found[word] = self._look(word)
        return self._found[word]

    def _look(self, word: str) -> Slip | None:
        for part in self._unknown(word):
            if not _may_be_name(part):
                return Slip(part, self._suggestions(part))
            if near := self._betrayed(part):
                return Slip(part, near)
        return None

    def _unknown(self, word: str) -> list[str]:
        """Return the parts of a word that are not known; none where the whole is."""
        if self._knows(word):
            return []
        parts = _PARTS.split(word)
        if len(parts) == 1:
            return parts
        # The elided part is known with its apostrophe: jusqu’, dell’.
        *first, last = parts
        parts = [part for part in first if len(part) > _FORM]
        parts += [last] if len(last) > _SHORT else []
        return [part for part in parts if not self._knows(part, f"{part}'", f"{part}’")]

    def _knows(self, *forms: str) -> bool:
        word = forms[0]
        script = {unicodedata.name(c, "").split(" ")[0] for c in word if c.isalpha()}
        if script != {self._script} or _is_code(word) or len(word) > _MAX_LENGTH:
            return True
        if any(map(self._has, forms)):
            return True
        return any(
            bare in self._own or (len(bare) > _SHORT and self._has(bare))
            for bare in self._bare(word)
        )

    def _has(self, word: str) -> bool:
        return any(
            form in self._own or form in self._names or self._dictionary.knows(form)
            for form in {word, word.translate(self._plain)}
        )

    def _bare(self, word: str) -> Iterator[str]:
        """Yield a word without the letters that are written onto it."""
        for _ in range(_PREFIXES):
            ahead = self._prefixes.match(word)
            if not ahead or len(word) - ahead.end() < _SHORT:
                return
            word = word[ahead.end() :]
            yield word

    def _suggestions(self, word: str) -> tuple[str, ...]:
        found = dict.fromkeys(islice(self._near(word), MAX_SUGGESTIONS))
        if not found and self._slow < _MAX_SLOW:
            self._slow += 1
            found = dict.fromkeys(self._dictionary.suggest(word))
        return tuple(islice(found, MAX_SUGGESTIONS))

    def _betrayed(self, word: str) -> tuple[str, ...]:
        """Return the words that a name is taken for a misspelling of, if it is."""
        return tuple(islice(self._near(word, is_name=True), MAX_SUGGESTIONS))

    def _near(self, word: str, *, is_name: bool = False) -> Iterator[str]:
        """Yield the known words that differ in one letter, the likeliest first.

        Likely are a missing accent, a letter that is there twice, and two letters swapped.
        """
        small, letters = word.lower(), self._dictionary.letters
        tried = {word}
        # Few names of other languages are written with an article.
        is_inflected = any(len(word) - len(bare) > _ARTICLE for bare in self._bare(word))
        for least, forms in (
            (_NAME_ALIKE, _with_another_alike(small, letters)),
            (_NAME_DOUBLED, _without_doubled(small)),
            (_NAME_SWAPPED, _swapped(small)),
            (_NAME_ANY, _with_one_less(small)),
            (_NAME_ANY, _with_one_other(small, letters)),
            (_NAME_ANY, _with_one_more(small, letters)),
        ):
            for form in (_cased(form, word) for form in forms):
                if form in tried:
                    continue
                tried.add(form)
                if form in self._own:
                    if not is_name or min(len(word), len(form)) >= _NAME_NEAR_KNOWN:
                        yield form
                elif (
                    not is_name or len(word) >= (_NAME_INFLECTED if is_inflected else least)
                ) and self._lookups < _MAX_LOOKUPS:
                    self._lookups += 1
                    if self._has(form):
                        yield form


def _forms(word: str) -> Iterator[str]:
    """Yield the ways in which a known word may be written."""
    yield from (word, word[:1].upper() + word[1:], word.upper())


def _cased(form: str, like: str) -> str:
    """Return a word in small letters as another one is written."""
    if like.isupper():
        return form.upper()
    return form[:1].upper() + form[1:] if like[:1].isupper() else form


def _may_be_name(word: str) -> bool:
    return word[:1].isupper() or word.lower() == word.upper()


def _is_code(word: str) -> bool:
    """Whether capitals say that a word is an acronym or a brand: OPEC, SMEs, iPhone."""
    if _PARTS.search(word):  # l’Assemblée; each part is looked at
        return False
    capitals = sum(c.isupper() for c in word)
    return (capitals > 1 or (capitals == 1 and not word[0].isupper())) and (
        not word.isupper() or len(word) <= _NAME_NEAR_KNOWN
    )


def _without_doubled(word: str) -> Iterator[str]:
    yield from (word[:i] + word[i + 1 :] for i in range(1, len(word)) if word[i] == word[i - 1])


def _swapped(word: str) -> Iterator[str]:
    for i, (one, two) in enumerate(pairwise(word)):
        yield f"{word[:i]}{two}{one}{word[i + 2 :]}"


def _with_one_less(word: str) -> Iterator[str]:
    yield from (word[:i] + word[i + 1 :] for i in range(len(word)))


def _with_one_other(word: str, letters: str) -> Iterator[str]:
    yield from (word[:i] + c + word[i + 1 :] for c in letters for i in range(len(word)))


def _with_one_more(word: str, letters: str) -> Iterator[str]:
    yield from (word[:i] + c + word[i:] for c in letters for i in range(len(word) + 1))


def _with_another_alike(word: str, letters: str) -> Iterator[str]:
    for i, letter in enumerate(word):
        for other in letters:
            if other != letter and _are_alike(letter, other):
                yield word[:i] + other + word[i + 1 :]


def _are_alike(one: str, two: str) -> bool:
    base = unicodedata.normalize("NFD", one)[0]
    return base == unicodedata.normalize("NFD", two)[0] or any(
        one in pair and two in pair for pair in _ALIKE
    )
