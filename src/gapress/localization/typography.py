"""Puts the spaces that a language's typography wants around punctuation and between words.

The rules are data, in ``templates/typography.toml``, by language with regional fallback. They
apply to the text as it is shown: ``inline`` calls :meth:`Typography.apply` once for each whole
message, with the values of its placeholders and without its markup.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from gapress.localization.codes import EMOTICON, SPECIAL

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gapress.document import Inlines

SPACES = " \u00a0\u2009\u202f"
"""The spaces that rules may put, change or take away."""

_ANY = f"[{SPACES}]"
_NO_BREAK = "\u00a0"
# A line may end at an ordinary and at a thin space; the others don't break (UAX #14, GL).
_BREAKING = re.compile("[ \u2009]")
_RUN_OF_SPACES = re.compile(f"{_ANY}+")
# Stand for what no rule may touch; no text may hold them (they are for private use).
_WHOLE, _FACE = "\ue100", "\ue101"
# Marks that stand together without a space, as in ?!
_RUN = "!?؟"
_OPENING = r"(\[{“‘«‹¿¡"
_AHEAD = rf"(?=[\s{SPACES}»”’›\"')\]}}.,;:!?…–—،؛؟{_WHOLE}{_FACE}]|$)"

# What ``hold`` may name beside the lists of words. Names are words with a capital letter, or of a
# script without capitals; "I" alone is no Roman numeral, since it is an English word.
_CAPITAL = r"[^\W\d_a-zà-öø-ÿœ]"
_BUILT_IN = {
    "number": r"\d+(?:[.,:]\d+)*",
    "day": r"\d\d?",
    "roman": r"(?:[IVX]+(?:er|re|e)|[IVX]{2,}|[VX])",
    "century": r"[IVX]+",
    "name": rf"{_CAPITAL}[\w’-]*",
    "initial": rf"{_CAPITAL}\.",
    "word": r"\w+",
}
_SLOT = re.compile(r"\{(\w+)\}")
_GROUPS = re.compile(rf"(?<![\w.,/+-])\d{{1,3}}(?:{_ANY}\d{{3}})+(?![\w/-])")


@dataclass(frozen=True)
class Typography:
    """The spacing of one language.

    Attributes:
        before: The space before each mark that ends a word; none where it is empty.
        after: The space after each opening mark.
        contractions: The end of a label, the start of a name, and both together: ``du``.
        closing: Marks that never begin a line: a space before one of them is a no-break space.
        holds: What holds together, each with the no-break space between its words.
        raised: Raises the letters of ordinals, as the press style has them.
    """

    before: Mapping[str, str]
    after: Mapping[str, str]
    closing: str = ""
    contractions: tuple[tuple[str, str, str], ...] = ()
    holds: tuple[tuple[re.Pattern[str], str], ...] = ()
    raised: Callable[[Inlines], Inlines] = lambda content: content

    def apply(self, text: str) -> str:
        """Return the text with this language's spaces; every other character stays as it is.

        A mark counts where it ends a word: followed by a space, a closing mark or the end. So
        times, ratios, URLs and addresses stay as they are.
        """
        if _WHOLE in text or _FACE in text:
            return text
        kept: list[str] = []

        def keep(match: re.Match[str]) -> str:
            kept.append(match[0])
            return _WHOLE if match.re is SPECIAL else _FACE

        masked = SPECIAL.sub(keep, text)
        whole, kept = iter(kept), []
        masked = EMOTICON.sub(keep, masked)
        faces = iter(kept)
        spaced = self._held(self._marked(masked))
        return re.sub(
            f"[{_WHOLE}{_FACE}]",
            lambda match: next(whole if match[0] == _WHOLE else faces),
            spaced,
        )

    def contracted(self, label: str, slot: str, name: str) -> tuple[str, str]:
        """Return a label and the name that goes into one of its slots, as they stand together.

        In French, ``heure de {city}`` with ``Alger`` is ``heure d’A{city}`` with ``lger``.

        Args:
            label: The label.
            slot: The slot's name.
            name: What goes there.
        """
        before, found, behind = label.partition(f"{{{slot}}}")
        for end, start, both in self.contractions if found else ():
            if f" {before}".endswith(f" {end}") and name.startswith(start):
                return f"{before.removesuffix(end)}{both}{found}{behind}", name.removeprefix(start)
        return label, name

    def _marked(self, text: str) -> str:
        for mark, space in self.before.items():
            text = _before(text, mark, space)
        for mark in (*self.closing, _FACE):
            space = self.before.get(mark) or _NO_BREAK
            pattern = rf"(?<=\S){_ANY}+(?={re.escape(mark)})"
            text = re.sub(pattern, partial(_joined, space), text)
        for mark, space in self.after.items():
            text = re.sub(rf"{re.escape(mark)}{_ANY}*(?=\S)", f"{mark}{space}", text)
        return text

    def _held(self, text: str) -> str:
        if " " not in text and "\u2009" not in text:
            return text
        for pattern, space in self.holds:
            text = pattern.sub(partial(_joined, space), text)
        return text


def _joined(space: str, match: re.Match[str]) -> str:
    """Return what was found with a no-break space for each run of spaces that may break."""
    return _RUN_OF_SPACES.sub(lambda run: space if _BREAKING.search(run[0]) else run[0], match[0])


def _before(text: str, mark: str, space: str) -> str:
    """Return the text with a space before a mark, where it ends a word."""
    escaped = re.escape(mark)
    if unicodedata.bidirectional(mark) == "ET":
        # Units such as the per cent sign follow a number.
        return re.sub(rf"(?<=\d){_ANY}*{escaped}(?!\w)", space + mark, text)
    ahead = "" if unicodedata.category(mark) == "Pf" else _AHEAD
    run = _RUN if mark in _RUN else ""
    text = re.sub(rf"(?<=[^\s{_OPENING}{run}]){_ANY}*{escaped}{ahead}", space + mark, text)
    if run:
        text = re.sub(rf"(?<=[{run}]){_ANY}+{escaped}{ahead}", space + mark, text)
    return re.sub(rf"^{_ANY}+{escaped}{ahead}", space + mark, text)


def typography_for(rules: Mapping[str, Any], tag: str) -> Typography:
    """Return the typography of a locale: its own rules, or its language's, or none.

    What holds together adds up: a locale's own entries beside those of its language and of every
    language.

    Args:
        rules: The content of ``typography.toml``.
        tag: BCP 47 tag.
    """
    found = rules_for(rules, tag)
    sources = [rules[name] for name in ("every", *reversed(_names(tag))) if name in rules]
    words = {name: list_ for source in sources for name, list_ in source.get("words", {}).items()}
    groups = next((source["groups"] for source in reversed(sources) if "groups" in source), "")
    start = _start(found.get("prefixes", ()))
    holds = [
        (_pattern(hold, words, start), _NO_BREAK)
        for source in sources
        for hold in source.get("hold", ())
    ]
    if groups:
        holds.insert(0, (_GROUPS, groups))
    closing = rules.get("every", {}).get("closing", "")
    contractions = tuple(
        (f"{pair.partition(' ')[0]} ", pair.partition(" ")[2], both)
        for source in sources
        for pair, both in source.get("contract", {}).items()
    )
    return Typography(
        found.get("before", {}), found.get("after", {}), closing, contractions, tuple(holds)
    )


def rules_for(rules: Mapping[str, Any], tag: str) -> Mapping[str, Any]:
    """Return everything that ``typography.toml`` says of a locale, or of its language."""
    return next((dict(found) for name in _names(tag) if (found := rules.get(name))), {})


def unknown_slots(rules: Mapping[str, Any]) -> list[str]:
    """Return what stands in braces in ``hold`` and is neither built in nor a list of words."""
    words = {name for source in rules.values() for name in source.get("words", {})}
    holds = [hold for source in rules.values() for hold in source.get("hold", ())]
    found = {slot for hold in holds for slot in _SLOT.findall(hold)}
    return sorted(found - words - _BUILT_IN.keys())


def _names(tag: str) -> list[str]:
    """Return a tag and its shorter forms, the longest first."""
    parts = tag.split("-")
    return ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]


def _start(prefixes: Sequence[str]) -> str:
    """Return a pattern for the start of a word, which may have two prefixes, as in Arabic."""
    return rf"(?<!\w)(?:{'|'.join(map(_escaped, prefixes))}){{0,2}}" if prefixes else r"(?<!\w)"


def _pattern(hold: str, words: Mapping[str, Sequence[str]], start: str) -> re.Pattern[str]:
    """Return a pattern of what holds together, such as ``{number} {unit}``.

    It matches up to the last space, so that the word behind can hold on to the next one, too. It
    has no loop within a loop, so that it takes linear time whatever the lists hold.
    """
    head, _, tail = hold.rpartition(" ")
    before, behind = _expanded(head, words), _expanded(tail, words)
    return re.compile(rf"{start}{before}{_ANY}(?={behind}(?!\w))")


def _expanded(hold: str, words: Mapping[str, Sequence[str]]) -> str:
    pieces = list(map(_escaped, _SLOT.split(hold)))
    for place in range(1, len(pieces), 2):
        listed = sorted(words.get(pieces[place], ()), key=len, reverse=True)
        alternatives = f"(?:{'|'.join(map(_escaped, listed))})"
        pieces[place] = _BUILT_IN.get(pieces[place]) or alternatives
    return "".join(pieces)


def _escaped(text: str) -> str:
    return re.escape(text).replace("\\ ", _ANY)


def gaps(text: str) -> tuple[str, Sequence[str]]:
    """Return the characters of a text that are no spaces, and the spaces before each and at last.

    ``gaps("a b")`` is ``("ab", ["", " ", ""])``.
    """
    visible, spaces = [], [""]
    for character in text:
        if character in SPACES:
            spaces[-1] += character
        else:
            visible.append(character)
            spaces.append("")
    return "".join(visible), spaces
