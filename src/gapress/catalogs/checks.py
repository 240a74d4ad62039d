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

from gapress.catalogs.numbers import compare
from gapress.errors import Problem
from gapress.release.fields import problem_with_characters
from gapress.release.markup import scan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from gapress.catalogs.glossary import Term
    from gapress.catalogs.store import Entry

Severity: TypeAlias = Literal["error", "warning"]

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
# Addresses, handles and smileys, whose marks and letters follow no language.
_LITERAL = re.compile(
    r"(?<!\w)(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<!\w)[@#]\w+|(?<!\w)[:;=]['’]?-?[()DPp](?!\w)"
)
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_QUOTES = re.compile('["“”„‟«»‹›「」『』〝〞＂]')
_SINGLE_QUOTES = re.compile(r"(?<!\w)[‘‚'’][^‘’'\n]+[’‘'](?!\w)|\*")
# A number's inches and seconds, feet and minutes.
_PRIMES = re.compile(r"(?<=\d)\s?(?:[\"”″]|''|’’)")
_ENUMERATION = re.compile(r"(?<![^\s;,:.])\w{1,3}([)\]])")
_CLOSING = " \u00a0\u202f\n*_)]}〉》」』›»”’\"'“‘†‡"
# A text's end is looked for in its last characters.
_TAIL = 60
_FOOTNOTES = re.compile(r"(?:\s*(?:\[\w{1,3}\]|\(\d{1,2}\)|[¹²³⁰-⁹*]+))+\s*$")
_UNREAD = {"So", "Sk", "Cf", "Mn"}
_ENDS = {
    "؟": "?",
    "？": "?",
    "؛": ";",
    "،": ",",
    "。": ".",
    "！": "!",
    "।": ".",
    "۔": ".",
    "።": ".",
}
_ENDS |= {
    "։": ":",
    "，": ",",
    "：": ":",
    "；": ";",
    "…": ".",
    "!": ".",
    "‼": ".",
    "⁇": "?",
    "⁉": "?",
}
# A point of its own kind: p.m., U.S., Inc., av. J.-C.
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:(?:\w\.[\s-]?){2,}|[^\W\d_a-z]\.|(?:Inc|Ltd|Co|Corp|Cie|Jr|Sr|St|No|Bros|Prof|Jan|Feb"
    r"|Sept|Oct|Nov|Dec|etc|al|vs|ex|env|approx|dept|p|M)\.)$"
)
NAMES = {"person", "contact", "organisation", "credit", "dateline city", "link", "market"}
"""Texts in these roles are names, often the same in both languages."""
_LISTED = {"list item", "table cell", "table heading"}
SCRIPTS = {
    "Arab": "ARABIC",
    "Armn": "ARMENIAN",
    "Beng": "BENGALI",
    "Cyrl": "CYRILLIC",
    "Deva": "DEVANAGARI",
    "Ethi": "ETHIOPIC",
    "Geor": "GEORGIAN",
    "Grek": "GREEK",
    "Hebr": "HEBREW",
    "Latn": "LATIN",
    "Tfng": "TIFINAGH",
    "Thai": "THAI",
}
"""What Unicode calls the letters of a script, by its ISO 15924 code."""
# Scripts whose texts have Latin words without spaces around them: not mixed up for it.
_TOGETHER = {"Hans": "CJK", "Hant": "CJK"}
# Of other scripts, those whose letters are mistaken for another's; Greek ones by their look.
_ALIKE = {"CYRILLIC", "GREEK", "LATIN"}
_GREEK_ALIKE = set("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονκιυρχ")
# Letters that are no script's: µ, Ω (ohm), ª, ʿ, ⅻ are symbols.
_KNOWN = {*SCRIPTS.values(), "CJK", "HANGUL", "HIRAGANA", "KATAKANA", "SYRIAC", "THAANA"}


@dataclass(frozen=True)
class Rules:
    """What checks must know of a language.

    Attributes:
        script: ISO 15924 code of its script.
        instead: What a mark of another language's punctuation should be.
        limits: The most characters of a text, by role.
        glossary: Approved terms, in the source language and in this one.
        glyphs: Yields what the theme's fonts lack of a text; none where it is not known.
        languages: BCP 47 tags of the source text's language and of this one, for the way in which
            numbers are written; empty where they are not known.
    """

    script: str
    instead: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)
    glossary: Sequence[Term] = ()
    glyphs: Callable[[str], Iterable[str]] | None = None
    languages: tuple[str, str] = ("", "")


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


class Doubt(str):
    """A finding that may be sound: a warning, whatever the severity of its check."""

    __slots__ = ()


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
                severity = "warning" if isinstance(finding, Doubt) else check.severity
                if severity in severities:
                    message, _, hint = finding.partition("; ")
                    yield Problem(entry.file, entry.line, 0, message, hint, severity, check.id)


def ignored_checks(flags: Sequence[str]) -> tuple[str, ...]:
    """Return the checks that a message's flags switch off."""
    return tuple(check.id for check in CHECKS if f"ignore-{check.id}" in flags)


def with_ignored(flags: Sequence[str], ignored: Sequence[str]) -> list[str]:
    """Return the flags of a message for which these checks, and no others, are switched off."""
    known = {f"ignore-{check.id}" for check in CHECKS}
    wanted = [f"ignore-{check.id}" for check in CHECKS if check.id in ignored]
    kept = [flag for flag in flags if flag not in known or flag in wanted]
    return [*kept, *(flag for flag in wanted if flag not in kept)]


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


def _footnotes(pair: Pair) -> Iterator[str]:
    wanted, found = (set(_tokens(text, "footnote")) for text in (pair.source, pair.translation))
    for name in sorted(found - wanted):
        yield f"the translation has [^{name}], a footnote that the source does not have; remove it"
    for name in sorted(wanted - found):
        yield (
            f"the translation lacks the footnote [^{name}]; write it behind the word that it "
            "belongs to"
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
    wanted, found = (
        dict.fromkeys(address.casefold() for address in _EMAIL.findall(text)) for text in pair.words
    )
    for address in [*(a for a in wanted if a not in found), *(a for a in found if a not in wanted)]:
        yield f"the e-mail address {address} is not in both texts; write it as the source has it"


def _numbers(pair: Pair) -> Iterator[str]:
    for found in compare(*pair.words, pair.rules.languages):
        if found.source and found.translation:
            message = (
                f"the translation has {found.translation} where the source has {found.source}; "
                "write the same figure, or flag ignore-numbers"
            )
        elif found.source:
            message = (
                f"the translation lacks the number {found.source}; write it, or flag ignore-numbers"
            )
        else:
            message = (
                f"the source has no number {found.translation}; "
                "use a placeholder, or flag ignore-numbers"
            )
        yield message if found.severity == "error" else Doubt(message)


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
    words = re.findall(r"[^\W\d_]{2,}", _LITERAL.sub(" ", pair.words[0]))
    own = SCRIPTS.get(pair.rules.script)
    name = pair.role in NAMES and own in {_script_of(word[0]) for word in words}
    if pair.translation == pair.source and len(words) >= 3 and not name:
        yield "the translation is the source text; translate it, or flag ignore-unchanged"


def _brackets(pair: Pair) -> Iterator[str]:
    source, text = (_LITERAL.sub(" ", words) for words in pair.words)
    for opening, closing in ("()", "[]"):
        left, in_source = (t.count(opening) - t.count(closing) for t in (text, source))
        items = _ENUMERATION.findall(text).count(closing)  # a) … b) …
        if left not in {0, in_source} and not -items <= left < 0:
            yield f"the translation has unpaired brackets {opening}{closing}; close or remove them"


def _quotes(pair: Pair) -> Iterator[str]:
    source, text = pair.words
    if _unpaired(text) and not _unpaired(source):
        yield "the translation has an unpaired quotation mark; close or remove it"
    # Translators set titles and foreign names in quotation marks that the source has in italics.
    quoted = _QUOTES.search(_PRIMES.sub("", source))
    if quoted and not _QUOTES.search(text) and not _SINGLE_QUOTES.search(pair.translation):
        yield "the translation has no quotation marks, the source text has; add them"


def _unpaired(text: str) -> bool:
    """Whether a quotation mark has no other one, even if inches and seconds are none."""
    return (
        len(_QUOTES.findall(text)) % 2 == 1 and len(_QUOTES.findall(_PRIMES.sub("", text))) % 2 == 1
    )


def _bidi(pair: Pair) -> Iterator[str]:
    if _BIDI.search(pair.translation):
        yield "the translation has bidirectional controls; delete them, gapress isolates by itself"


def _script(pair: Pair) -> Iterator[str]:
    own = SCRIPTS.get(pair.rules.script)
    if own is None:
        return
    source, text = (_LITERAL.sub(" ", words) for words in pair.words)
    known = {_script_of(character) for character in source if character.isalpha()}
    words = re.findall(r"[^\W\d_]+", text)
    scripts = [{_script_of(c) for c in word} & _KNOWN for word in words]
    # One word in two scripts: a letter of another alphabet that looks alike.
    mixed = [
        script
        for word, found in zip(words, scripts, strict=True)
        for script in sorted(found - {own} - known)
        if own in found and (script not in _ALIKE or _looks_alike(word, script))
    ]
    # Whole words of another script: a name as it is written there, or a text left as it was.
    counts = Counter(_script_of(c) for word in words for c in word)
    most = [s for s in counts if s in _KNOWN - {own} - known and counts[s] * 2 > counts[own]]
    most = [s for s in most if s != "GREEK" or counts[s] > 2]
    for script in dict.fromkeys(mixed + most):
        yield f"the translation has {script.title()} letters; replace them by {own.title()} ones"
    kept = set(re.findall(r"[^\W\d_]+", source.casefold()))
    new = [word for word in words if len(word) > 1 and word.casefold() not in kept]
    if not mixed + most and not counts[own] and new and len("".join(words)) > 3:
        yield f"the translation has no {own.title()} letters; write it in the language's script"


def _looks_alike(word: str, script: str) -> bool:
    """Whether a word's letters of another script look like those beside them."""
    return script != "GREEK" or any(c in _GREEK_ALIKE for c in word)


def _script_of(character: str) -> str:
    return unicodedata.name(character, "").split(" ")[0]


def _punctuation(pair: Pair) -> Iterator[str]:
    own = SCRIPTS.get(pair.rules.script) or _TOGETHER.get(pair.rules.script, "")
    text = _LITERAL.sub(" ", pair.words[1])
    # Inside quotation marks others are right: « le “deal” du siècle ».
    nested = text
    if "«" not in pair.rules.instead:
        nested = re.sub("«[^«»]*»", lambda quoted: _QUOTES.sub(" ", quoted[0][1:-1]), text)
    for mark, wanted in pair.rules.instead.items():
        within = nested if _QUOTES.fullmatch(mark) else text
        for match in re.finditer(re.escape(mark), within):
            around = within[max(0, match.start() - 1) : match.start()] + within[match.end() :][:1]
            if any(c.isalpha() and _script_of(c) == own for c in around):
                yield f"the translation has {mark} where {wanted} belongs; replace it"
                break


def _ending(pair: Pair) -> Iterator[str]:
    if pair.role == "quote":
        return
    (source, point), (text, other) = (
        _last_mark(words, pair.rules.script) for words in (pair.source, pair.translation)
    )
    marks = [source, text]
    if pair.role in _LISTED:  # each language has its own way of ending the items of a list
        marks = ["" if mark in {",", ";", "."} else mark for mark in marks]
    if marks[0] != marks[1] and not ("" in marks and "." in marks and (point or other)):
        names = [f"ends with {mark}" if mark else "ends without a mark" for mark in (source, text)]
        yield f"the source text {names[0]}, the translation {names[1]}; end both alike"


def _last_mark(text: str, script: str) -> tuple[str, bool]:
    """Return the kind of a text's last mark, and whether it may belong to an abbreviation."""
    kinds = {"text", "placeholder"}
    words = "".join(token.value for token in scan(text)[0] if token.kind in kinds)
    words = words[-_TAIL:]
    words = _FOOTNOTES.sub("", words)
    while words and (words[-1] in _CLOSING or unicodedata.category(words[-1]) in _UNREAD):
        words = words[:-1]
    last = words[-1:]
    if script == "Grek" and last in {";", "\u037e"}:
        return "?", False
    last = _ENDS.get(last, last)
    return (last if last in set(".?,:;") else ""), bool(_ABBREVIATION.search(words))


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
    Check("footnotes", "error", "footnotes that one of the texts lacks", _footnotes),
    Check("links", "error", "another address than the source text has", _links),
    Check("email", "error", "another e-mail address than the source text has", _emails),
    Check("numbers", "error", "another number, however it is written", _numbers),
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
