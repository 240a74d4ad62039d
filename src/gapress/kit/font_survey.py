"""What a newsroom's fonts cover: their files, the letters of its languages, its releases' texts.

For ``gapress fonts``, and for ``gapress check``, which tells a language for which there is no font.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from fontTools import unicodedata as ucd

from gapress import __version__
from gapress.errors import ContentError, Problem
from gapress.kit.prepare import prepare
from gapress.kit.sources import versions
from gapress.localization.languages import language, locale_for
from gapress.theme import DEFAULT_SCRIPT, load_theme
from gapress.writers.coverage import (
    TOGETHER,
    Coverage,
    coverage,
    known_characters,
    no_script,
    script_name,
    unprintable,
)
from gapress.writers.fonts import SHIPPED_FALLBACK, family_files, package_of, read_own

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gapress.newsroom import NewsroomEntry
    from gapress.release.read import Source
    from gapress.theme import Theme
    from gapress.workspace import Workspace
    from gapress.writers.font_files import FontFile

# CLDR writes the names of these in a language's own letters.
_NAMES = ("languages", "territories", "currencies", "days", "months", "quarters", "eras")


@dataclass(frozen=True)
class FamilyFound:
    """A font family.

    Attributes:
        name: Its name.
        used: What it is used for: ``default text``, ``Arab label``, ``fallback``.
        source: The font package, or the file in ``templates/fonts/``.
        version: Of the package, or what the file says.
        files: How many files the PDF may use.
        characters: How many characters it has.
    """

    name: str
    used: tuple[str, ...]
    source: str
    version: str
    files: int
    characters: int


@dataclass(frozen=True)
class Letters:
    """How many of a language's letters the fonts have.

    Attributes:
        code: The language.
        script: ISO 15924 code of its script.
        name: The script's name.
        needed: How many letters its names in CLDR have.
        lacking: Those that no font has.
        families: The families that have the others, those with the most first.
    """

    code: str
    script: str
    name: str
    needed: int
    lacking: tuple[str, ...]
    families: tuple[str, ...]


@dataclass(frozen=True)
class Survey:
    """What a newsroom's fonts cover."""

    families: tuple[FamilyFound, ...]
    letters: tuple[Letters, ...]
    problems: tuple[Problem, ...]


def survey(workspace: Workspace, slugs: Sequence[str]) -> Survey:
    """Return what the newsroom's fonts cover, and what of its releases they don't.

    Raises:
        ContentError: The newsroom's file, the theme or a font is broken.
    """
    theme = load_theme(workspace)
    known = coverage(theme)
    without = dict(lacking_scripts(workspace.newsroom, known))
    found = [*without.values(), *restricted(theme)]
    for slug in slugs:
        try:
            prepared = prepare(workspace, slug, theme, draft=False)
        except ContentError:
            continue  # gapress check tells of it
        for code, document in prepared.documents.items():
            found += unprintable(document, known) if code not in without else ()
    languages = workspace.newsroom.model.languages.items()
    letters = tuple(_letters(known, code, tag) for code, tag in languages)
    return Survey(tuple(_families(theme, known)), letters, tuple(dict.fromkeys(found)))


def lacking_scripts(
    newsroom: Source[NewsroomEntry], known: Coverage
) -> Iterator[tuple[str, Problem]]:
    """Yield the languages that no PDF can be made in, since no font has their letters."""
    for code, tag in newsroom.model.languages.items():
        found = _letters(known, code, tag)
        if found.needed and len(found.lacking) * 2 > found.needed:
            line, column = newsroom.tree.position(("languages", code))
            told = no_script(code, found.script)
            yield code, Problem(newsroom.tree.file, line, column, *told, check="glyphs")


def restricted(theme: Theme) -> Iterator[Problem]:
    """Yield a warning for each of the newsroom's fonts that says it may not be embedded."""
    for font in read_own(theme):
        if font.is_restricted:
            message = f"{font.family} says that it may not be embedded, or not in parts (fsType)"
            hint = "look into its licence; the PDF embeds the letters that it uses"
            yield Problem(font.name, 0, 0, message, hint, "warning", "fonts")


def _letters(known: Coverage, code: str, tag: str) -> Letters:
    script = language(code, tag).script
    wanted = letters_of(tag, script)
    text = " ".join(wanted)
    files: dict[str, list[FontFile]] = {}
    for font in known.fonts:
        files.setdefault(font.family, []).append(font)
    families = [*((name, tuple(own)) for name, own in files.items()), *known.spare]
    having = {name: len(wanted) - len(Coverage(own, ()).missing(text)) for name, own in families}
    best = sorted((name for name in having if having[name]), key=lambda name: -having[name])
    return Letters(code, script, script_name(script), len(wanted), known.missing(text), tuple(best))


@cache
def letters_of(tag: str, script: str) -> tuple[str, ...]:
    """Return the letters of a language, with what stands above and below them, sorted.

    Those of its script in the names that CLDR gives to languages, countries, currencies, months and
    days: Babel has no lists of a language's letters.

    Args:
        tag: BCP 47 tag of a locale.
        script: ISO 15924 code.
    """
    locale: Any = locale_for(tag)
    own = TOGETHER.get(script, (script,))
    texts = {text for name in _NAMES for text in _texts(getattr(locale, name))}
    both = unicodedata.normalize("NFC", "".join(text + text.upper() for text in texts))
    return tuple(sorted(c for c in set(both) if c.isalpha() and ucd.script(c) in own))


def _texts(names: Any) -> Iterator[str]:
    """Yield every text in a table of names, and in the tables in it."""
    if isinstance(names, str):
        yield names
    elif hasattr(names, "values"):
        for inside in names.values():
            yield from _texts(inside)


def _families(theme: Theme, known: Coverage) -> Iterator[FamilyFound]:
    spare = [(name, ("fallback",), files) for name, files in known.spare]
    named = []
    for family in theme.families:
        roles = (
            f"{script} {role}"
            for script, fonts in theme.fonts.items()
            if script == DEFAULT_SCRIPT or fonts.families != theme.fonts[DEFAULT_SCRIPT].families
            for role in ("text", "headline", "label")
            if getattr(fonts, role) == family
        )
        files = family_files([family], read_own(theme))
        named.append((family, tuple(roles), files))
    for family, used, files in (*named, *spare):
        first = files[0]
        if first.digest:
            source, version = first.name, first.version
        elif family in SHIPPED_FALLBACK:
            source, version = "gapress", __version__
        else:
            source = package_of(family)
            version = versions({source})[source]
        yield FamilyFound(family, used, source, version, len(files), len(known_characters(files)))
