"""Which characters a theme's fonts can show: the one answer for the PDF, ``check`` and the preview.

A character is covered by a font of the theme, or by a fallback, which is loaded only for a document
that needs it. What no font has, refuses the PDF: a reader would see a box.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias, get_args

from gapress.document import Inline, Picture, plain
from gapress.errors import Problem
from gapress.writers.font_files import FontFile, characters_of, sequences_of
from gapress.writers.fonts import PACKAGED, fallback_families, font_files, to_install

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gapress.document import Document
    from gapress.theme import Theme

Families: TypeAlias = tuple[tuple[str, tuple[FontFile, ...]], ...]

# Unicode, DerivedCoreProperties: Default_Ignorable_Code_Point; nothing of them is seen.
_IGNORABLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINER, _EMOJI_STYLE = "\u200d", "\ufe0f"
_LETTERS_OF_FLAGS = ("\U0001f1e6", "\U0001f1ff")
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")
_TAGS = ("\U000e0020", "\U000e007f")
_KEYCAP, _KEYS = "\u20e3", "0123456789#*"
# What is not ASCII, and the character before it, which a sign may stand on.
_SPECIAL = re.compile("[\x20-\x7f]?[^\x00-\x7f]+")
# More letters of one script than these, and it is a script that is lacking.
_FEW_LETTERS = 3
_MOST_PLACES = 10
_NEWSROOM = "releases/_newsroom.yaml"
# ISO 15924 has codes for scripts that are written together.
TOGETHER = {
    "Hans": ("Hani",),
    "Hant": ("Hani",),
    "Jpan": ("Hira", "Kana", "Hani"),
    "Kore": ("Hang", "Hani"),
}


@dataclass(frozen=True)
class Coverage:
    """What fonts can show.

    Attributes:
        fonts: The files of the theme's families.
        spare: The families that may stand in, the best first, with their files.
    """

    fonts: tuple[FontFile, ...]
    spare: Families

    def missing(self, text: str) -> tuple[str, ...]:
        """Return what of a text no font can show: characters, and sequences such as flags."""
        lacking = _lacking(text, self.fonts)
        return tuple(c for c in lacking if not self._spare(c))

    def spare_for(self, text: str) -> tuple[str, ...]:
        """Return the families that must stand in for characters of a text, in their order."""
        found = {self._spare(cluster) for cluster in _lacking(text, self.fonts)}
        return tuple(name for name, _ in self.spare if name in found)

    def _spare(self, cluster: str) -> str:
        if is_sequence(cluster) and cluster[0] in known_characters(self.fonts):
            return ""  # its first character is taken from the theme's font, so it falls apart
        return next((name for name, files in self.spare if _covers(files, cluster)), "")

    def findings(self, text: str) -> Iterator[str]:
        """Yield what is wrong with a text, as ``message; what to do``."""
        for group in _grouped(self.missing(text)):
            yield _told(group)


def coverage(theme: Theme) -> Coverage:
    """Return what the fonts of a theme can show.

    Raises:
        ContentError: A family is not there, or a file of ``templates/fonts/`` can't be used.
    """
    spare = tuple(fallback_families(theme).items())
    return Coverage(font_files(replace(theme, fallback=())), spare)


def unprintable(
    document: Document, fonts: Coverage, clean: Callable[[str], str] = str
) -> list[Problem]:
    """Return what the PDF of a document can't show, each at the places that have it.

    Args:
        document: The document.
        fonts: What the theme's fonts can show.
        clean: Removes from its texts what the PDF does not have.
    """
    text = clean("\n".join(drawn(document)))
    missing = fonts.missing(text)
    own = document.language
    if lacks_script(text, missing, own.script):
        return [Problem(_NEWSROOM, 0, 0, *no_script(own.code, own.script), check="glyphs")]
    found: list[Problem] = []
    for group in _grouped(missing):
        found += placed(document, group)
    return found


def lacks_script(letters: str, missing: Sequence[str], script: str) -> bool:
    """Whether fonts have less than half of a text's letters of a script (ISO 15924)."""
    from fontTools import unicodedata as ucd

    together = TOGETHER.get(script, (script,))
    wanted = {c for c in letters if ucd.script(c) in together and c.isalpha()}
    return len(wanted) > _FEW_LETTERS and len(wanted.intersection(missing)) * 2 > len(wanted)


def no_script(code: str, script: str) -> tuple[str, str]:
    """Return what is wrong where no font has the letters of a language, and what to do."""
    family = PACKAGED.get(script)
    named = f" ({family} has them)" if family else ""
    message = f"no font of the theme has {script_name(script)} letters{named}"
    return f"{message}, so there is no PDF in {code}", advice(script)


def placed(document: Document, clusters: Sequence[str]) -> Iterator[Problem]:
    """Yield that clusters can't be shown, at the places of the sources that have one of them."""
    message, _, hint = _told(clusters).partition("; ")
    places = [
        (origin.file, origin.line, origin.column)
        for origin in document.origins
        if any(c in origin.text for c in clusters)
    ]
    places = list(dict.fromkeys(places)) or [(f"releases/{document.slug}.yaml", 0, 0)]
    more = len(places) - _MOST_PLACES
    for number, place in enumerate(places[:_MOST_PLACES], 1):
        last = number == _MOST_PLACES and more > 0
        shown = f"{message} (so it is in {more} more places)" if last else message
        yield Problem(*place, shown, hint, check="glyphs")


def drawn(document: Document) -> Iterator[str]:
    """Yield every text that a document shows, a paragraph or a cell at a time."""
    yield document.draft
    yield from _drawn(document)


_INLINES = get_args(Inline)


def _drawn(part: object) -> Iterator[str]:
    if isinstance(part, tuple):
        if part and all(isinstance(child, _INLINES) for child in part):
            yield plain(part)
        else:
            for child in part:
                yield from _drawn(child)
    elif is_dataclass(part) and not isinstance(part, Picture):
        for field in fields(part):
            if field.name != "origins":
                yield from _drawn(getattr(part, field.name))


def pictured(document: Document, theme: Theme) -> Iterator[str]:
    """Yield the SVG pictures of a document and its logo: their texts are set in its fonts, too."""
    for picture in (theme.logo, *_pictures(document)):
        if picture and picture.media_type == "image/svg+xml":
            yield picture.data.decode("utf-8-sig", "replace")


def _pictures(part: object) -> Iterator[Picture]:
    if isinstance(part, Picture):
        yield part
    elif isinstance(part, tuple):
        for child in part:
            yield from _pictures(child)
    elif is_dataclass(part) and not isinstance(part, _INLINES):
        for field in fields(part):
            yield from _pictures(getattr(part, field.name))


# --- characters ----------------------------------------------------------------------------------


def _lacking(text: str, fonts: tuple[FontFile, ...]) -> tuple[str, ...]:
    """Return the clusters of a text that no font of these has, in their order."""
    known = known_characters(fonts)
    clusters = dict.fromkeys(c for c in dict.fromkeys(text) if c.isascii())
    for special in dict.fromkeys(_SPECIAL.findall(text)):
        if any(map(_joins, special)):
            clusters |= dict.fromkeys(_clusters(special))
        else:
            clusters |= dict.fromkeys(special)
    return tuple(c for c in clusters if not (c in known or _covers(fonts, c)))


@lru_cache(maxsize=16)
def known_characters(fonts: tuple[FontFile, ...]) -> frozenset[str]:
    """Return every character that one of these fonts has."""
    return frozenset(chr(code) for font in fonts for code in characters_of(font))


@lru_cache(maxsize=10_000)
def _covers(fonts: tuple[FontFile, ...], cluster: str) -> bool:
    """Whether one of these fonts shows a cluster as what it is."""
    seen = _IGNORABLE.sub("", cluster)
    if all(unicodedata.category(c)[0] == "Z" or unicodedata.category(c) == "Cc" for c in seen):
        return True
    if is_sequence(cluster):
        return any(_joined(font, cluster) for font in fonts)
    # HarfBuzz takes whichever a font has.
    forms = {seen, *(unicodedata.normalize(form, seen) for form in ("NFC", "NFD"))}
    return any(_has(font, form) for font in fonts for form in forms)


def _has(font: FontFile, text: str) -> bool:
    return all(ord(c) in characters_of(font) for c in text)


def _joined(font: FontFile, cluster: str) -> bool:
    """Whether a font has one glyph for an emoji sequence (Unicode Technical Standard 51)."""
    names = characters_of(font)
    forms = (cluster, cluster.replace(_EMOJI_STYLE, ""))
    sequences = [tuple(names.get(ord(c), "") for c in form) for form in forms]
    return any(sequence in sequences_of(font) for sequence in sequences)


def is_sequence(cluster: str) -> bool:
    """Whether characters make one emoji: a flag, a skin tone, a family."""
    rest = cluster.replace(_EMOJI_STYLE, "")[1:]
    # Words of some scripts end with a joiner.
    is_key = cluster[0] in _KEYS and _KEYCAP in rest
    return is_key or _JOINER in rest[:-1] or any(map(_is_emoji_part, rest))


def is_turned(cluster: str) -> bool:
    """Whether extractors turn an emoji's characters round in a right-to-left line; not so tags."""
    return is_sequence(cluster) and not _TAGS[0] <= cluster[-1] <= _TAGS[1]


def _is_emoji_part(character: str) -> bool:
    return any(a <= character <= b for a, b in (_LETTERS_OF_FLAGS, _SKIN_TONES, _TAGS))


def _joins(character: str) -> bool:
    """Whether a character goes with the one before it, or may do so."""
    is_mark = unicodedata.category(character)[0] == "M"
    return is_mark or character == _JOINER or _is_emoji_part(character)


def _clusters(text: str) -> Iterator[str]:
    """Yield what is drawn together (Unicode Standard Annex 29, as far as fonts are concerned)."""
    cluster = ""
    for character in text:
        flag = _LETTERS_OF_FLAGS[0] <= character <= _LETTERS_OF_FLAGS[1]
        if flag:
            goes_on = len(cluster) == 1 and _LETTERS_OF_FLAGS[0] <= cluster <= _LETTERS_OF_FLAGS[1]
        elif cluster.endswith(_JOINER):
            goes_on = unicodedata.category(character) == "So"
        elif _is_emoji_part(character):
            goes_on = cluster != "" and unicodedata.category(cluster[0]) == "So"
        else:
            goes_on = _joins(character)
        if goes_on or not cluster:
            cluster += character
        else:
            yield cluster
            cluster = character
    if cluster:
        yield cluster


# --- what is said --------------------------------------------------------------------------------


def _grouped(clusters: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield clusters one by one, but the letters of a script that is lacking together."""
    from fontTools import unicodedata as ucd

    scripts: dict[str, list[str]] = defaultdict(list)
    for cluster in clusters:
        letter = unicodedata.category(cluster[0])[0] in "LM"
        scripts[ucd.script(cluster[0]) if letter else ""].append(cluster)
    for script, found in scripts.items():
        if script and len(found) > _FEW_LETTERS:
            yield tuple(found)
        else:
            yield from ((cluster,) for cluster in found)


def _told(clusters: Sequence[str]) -> str:
    """Return ``message; what to do`` about clusters that no font has."""
    from fontTools import unicodedata as ucd

    first = clusters[0]
    script = ucd.script(first[0])
    if len(clusters) > 1:
        shown = " ".join(clusters[:8]) + (" …" if len(clusters) > 8 else "")
        what = f"the {script_name(script)} letters {shown}"
    else:
        codes = " ".join(f"U+{ord(c):04X}" for c in first)
        what = f"the {'character' if len(first) == 1 else 'sequence'} {first} ({codes})"
    hint = "write it in another way, or in words" if is_sequence(first) else advice(script)
    return f"no font of the theme has {what}, so the PDF can't show it; {hint}"


def advice(script: str) -> str:
    """Return what to do about letters of a script (ISO 15924) that no font has."""
    family = PACKAGED.get(script)
    if family:
        return f"pip install {to_install(family)}, or put a font into templates/fonts/"
    return "write it otherwise, or put a font that has it into templates/fonts/"


def script_name(script: str) -> str:
    """Return the English name of a script (ISO 15924), as Unicode has it."""
    from fontTools import unicodedata as ucd

    names = {"Hans": "Chinese", "Hant": "Chinese", "Jpan": "Japanese", "Kore": "Korean"}
    try:
        return names.get(script) or str(ucd.script_name(script))
    except KeyError:
        return script
