"""Checks of a translation against its source text, each with an id that a PO flag can switch off.

``ignore-<id>`` among a message's flags does so, as in Weblate. Errors keep a language from being
published, warnings don't. What differs by language is data: ``typography.toml`` and the glossary.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from gapress.errors import Problem
from gapress.release.fields import problem_with_characters
from gapress.release.markup import scan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from gapress.catalogs.glossary import Term
    from gapress.catalogs.store import Entry

Severity: TypeAlias = Literal["error", "warning"]

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_NUMBER = re.compile(r"\d+(?:[.,'’\u00a0\u202f٫٬]\d+)*")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_QUOTES = re.compile('["“”„«»‹›]')
_ENDS = {"؟": "?", "؛": ";", "،": ",", "۔": ".", "。": ".", "…": ".", ":": ":", ";": ";"}
_SCRIPTS = {
    "Arab": "ARABIC",
    "Cyrl": "CYRILLIC",
    "Deva": "DEVANAGARI",
    "Grek": "GREEK",
    "Hebr": "HEBREW",
    "Latn": "LATIN",
    "Tfng": "TIFINAGH",
}


@dataclass(frozen=True)
class Rules:
    """What checks must know of a language.

    Attributes:
        script: ISO 15924 code of its script.
        instead: What a mark of another language's punctuation should be.
        limits: The most characters of a text, by role.
        glossary: Approved terms, in the source language and in this one.
        glyphs: Yields what the theme's fonts lack of a text; none where it is not known.
    """

    script: str
    instead: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    glossary: Sequence[Term] = ()
    glyphs: Callable[[str], Iterable[str]] | None = None


@dataclass(frozen=True)
class Pair:
    """A source text and its translation, with their words apart from markup and placeholders."""

    role: str
    source: str
    translation: str
    rules: Rules

    @property
    def words(self) -> tuple[str, str]:
        """The characters of both, without placeholders and link addresses."""
        return _words(self.source), _words(self.translation)


@dataclass(frozen=True)
class Check:
    """A named check.

    Attributes:
        id: Its name, in reports and in ``ignore-<id>``.
        severity: Whether it keeps a language from being published.
        finds: What it finds, in a few words.
        find: Yields what is wrong, as ``message; what to do``.
    """

    id: str
    severity: Severity
    finds: str
    find: Callable[[Pair], Iterator[str]]


def run_checks(
    pair: Pair, entry: Entry, severities: Sequence[Severity] = ("error", "warning")
) -> Iterator[Problem]:
    """Yield the problems of a translation, at its line of the catalog."""
    broken = scan(pair.translation)[1]
    for check in CHECKS[:1] if broken else CHECKS:
        if check.severity in severities and f"ignore-{check.id}" not in entry.flags:
            for finding in check.find(pair):
                message, _, hint = finding.partition("; ")
                yield Problem(entry.file, entry.line, 0, message, hint, check.severity, check.id)


def _words(text: str) -> str:
    return "".join(token.value for token in scan(text)[0] if token.kind == "text")


def _tokens(text: str, kind: str) -> list[str]:
    return [token.value for token in scan(text)[0] if token.kind == kind]


# --- errors --------------------------------------------------------------------------------------


def _markup(pair: Pair) -> Iterator[str]:
    yield from scan(pair.translation)[1]


def _characters(pair: Pair) -> Iterator[str]:
    if reason := problem_with_characters(pair.translation):
        yield f"the translation has {reason}"


def _placeholders(pair: Pair) -> Iterator[str]:
    wanted, found = (
        set(_tokens(pair.source, "placeholder")),
        set(_tokens(pair.translation, "placeholder")),
    )
    for name in sorted(found - wanted):
        yield f"the translation has {{{name}}}, which the source does not have; remove or rename it"
    for name in sorted(wanted - found):
        yield (
            f"the translation lacks {{{name}}}, so the figure would not follow corrections; "
            "write the placeholder where the figure belongs"
        )


def _links(pair: Pair) -> Iterator[str]:
    wanted, found = (
        Counter(_tokens(pair.source, "link")),
        Counter(_tokens(pair.translation, "link")),
    )
    for url in wanted - found:
        yield f"the translation lacks the link to {url}; write [words]({url})"
    for url in found - wanted:
        yield f"the translation links to {url}, which the source does not; use its address"


def _emails(pair: Pair) -> Iterator[str]:
    wanted, found = (Counter(_EMAIL.findall(text)) for text in pair.words)
    for address in (wanted - found) | (found - wanted):
        yield f"the e-mail address {address} is not in both texts; write it as the source has it"


def _numbers(pair: Pair) -> Iterator[str]:
    wanted, found = (Counter(map(_digits, _NUMBER.findall(_EMAIL.sub("", t)))) for t in pair.words)
    for number in wanted - found:
        yield f"the translation lacks the number {number}; write it, or flag ignore-numbers"
    for number in found - wanted:
        yield f"the source has no number {number}; use a placeholder, or flag ignore-numbers"


def _digits(number: str) -> str:
    """Return a number's digits in ASCII, whatever digits and separators it is written with."""
    return "".join(str(unicodedata.digit(c)) for c in number if c.isdigit())


def _glyphs(pair: Pair) -> Iterator[str]:
    if pair.rules.glyphs:
        yield from pair.rules.glyphs(pair.words[1])


# --- warnings ------------------------------------------------------------------------------------


def _spaces(pair: Pair) -> Iterator[str]:
    text = pair.translation
    if text != text.strip(" \n"):
        yield "the translation begins or ends with a space; remove it"
    if re.search(r"\S  +\S", text) and not re.search(r"\S  +\S", pair.source):
        yield "the translation has a double space; leave one"


def _unchanged(pair: Pair) -> Iterator[str]:
    words = re.findall(r"[^\W\d_]{2,}", pair.words[0])
    if pair.translation == pair.source and len(words) >= 3:
        yield "the translation is the source text; translate it, or flag ignore-unchanged"


def _brackets(pair: Pair) -> Iterator[str]:
    text = pair.words[1]
    for opening, closing in ("()", "[]"):
        if text.count(opening) != text.count(closing):
            yield f"the translation has unpaired brackets {opening}{closing}; close or remove them"


def _quotes(pair: Pair) -> Iterator[str]:
    source, text = pair.words
    found = len(_QUOTES.findall(text))
    if found % 2:
        yield "the translation has an unpaired quotation mark; close or remove it"
    elif bool(found) != bool(_QUOTES.search(source)):
        yield "only one of the texts has quotation marks; give both the same"


def _bidi(pair: Pair) -> Iterator[str]:
    if _BIDI.search(pair.translation):
        yield "the translation has bidirectional controls; delete them, gapress isolates by itself"


def _script(pair: Pair) -> Iterator[str]:
    own = _SCRIPTS.get(pair.rules.script)
    if own is None:
        return
    source, found = (Counter(_script_of(c) for c in text if c.isalpha()) for text in pair.words)
    foreign = [s for s in found if s != own and s not in source and s]
    for script in foreign:
        yield f"the translation has {script.title()} letters; replace them by {own.title()} ones"
    if not foreign and not found[own] and found.total() > 3 and pair.translation != pair.source:
        yield f"the translation has no {own.title()} letters; write it in the language's script"


def _script_of(character: str) -> str:
    return unicodedata.name(character, "").split(" ")[0]


def _punctuation(pair: Pair) -> Iterator[str]:
    own = _SCRIPTS.get(pair.rules.script, "")
    text = pair.words[1]
    for mark, wanted in pair.rules.instead.items():
        for match in re.finditer(re.escape(mark), text):
            around = (
                text[max(0, match.start() - 1) : match.start()]
                + text[match.end() : match.end() + 1]
            )
            if any(c.isalpha() and _script_of(c) == own for c in around):
                yield f"the translation has {mark} where {wanted} belongs; replace it"
                break


def _ending(pair: Pair) -> Iterator[str]:
    source, text = (_last_mark(text) for text in (pair.source, pair.translation))
    if source != text and pair.role != "quote":
        names = [f"ends with {mark}" if mark else "ends without a mark" for mark in (source, text)]
        yield f"the source text {names[0]}, the translation {names[1]}; end both alike"


def _last_mark(text: str) -> str:
    kinds = {"text", "placeholder"}
    words = "".join(token.value for token in scan(text)[0] if token.kind in kinds)
    last = words.rstrip(' \u00a0\u202f»”"’)')[-1:]
    return _ENDS.get(last, last) if last in _ENDS or last in ".!?," else ""


def _length(pair: Pair) -> Iterator[str]:
    limit = pair.rules.limits.get(pair.role)
    if limit and len(_words(pair.translation)) > limit:
        yield f"the {pair.role} has more than {limit} characters; shorten it for the layout"


def _glossary(pair: Pair) -> Iterator[str]:
    source, text = pair.words
    for term in pair.rules.glossary:
        if term.is_in_source(source) and not term.is_in_translation(text):
            yield f"{term.source} is not translated as approved; write {term.translation}"


CHECKS = (
    Check("markup", "error", "emphasis, links or braces that are not allowed", _markup),
    Check(
        "characters", "error", "control characters, unbalanced bidirectional controls", _characters
    ),
    Check("placeholders", "error", "a placeholder too few or too many", _placeholders),
    Check("links", "error", "another address than the source text has", _links),
    Check("email", "error", "another e-mail address than the source text has", _emails),
    Check("numbers", "error", "another number, in whatever digits and separators", _numbers),
    Check("glyphs", "error", "a character that no font of the theme has", _glyphs),
    Check("spaces", "warning", "a space at either end, double spaces", _spaces),
    Check("unchanged", "warning", "the source text left as it is", _unchanged),
    Check("brackets", "warning", "unpaired brackets", _brackets),
    Check("quotes", "warning", "unpaired quotation marks", _quotes),
    Check("bidi-controls", "warning", "bidirectional control characters", _bidi),
    Check("script", "warning", "letters of another script", _script),
    Check("punctuation", "warning", "another language's marks", _punctuation),
    Check("ending", "warning", "another mark at the end", _ending),
    Check("length", "warning", "more characters than the layout has room for", _length),
    Check("glossary", "warning", "a term that is not translated as approved", _glossary),
)
