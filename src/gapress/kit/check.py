"""Finds every problem in sources, catalogs and templates, without rendering."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gapress.catalogs.checks import Pair, Rules, missing_glyphs, run_checks
from gapress.catalogs.glossary import GLOSSARY_FILE, read_glossary
from gapress.catalogs.translations import load_translations
from gapress.errors import ContentError, Problem
from gapress.kit.prepare import prepare, typography_rules
from gapress.localization.extract import LIMITS, messages
from gapress.localization.languages import language
from gapress.localization.typography import rules_for
from gapress.localization.wording import LABEL_LANGUAGE
from gapress.theme import load_theme
from gapress.writers import WRITERS
from gapress.writers.fonts import characters as font_characters
from gapress.writers.templating import fill

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gapress.catalogs.glossary import Term
    from gapress.catalogs.store import Entry
    from gapress.catalogs.translations import Domain
    from gapress.release.model import Release
    from gapress.release.read import Source
    from gapress.theme import Theme
    from gapress.workspace import Workspace


def check(workspace: Workspace, slugs: Sequence[str]) -> list[Problem]:
    """Return every problem, errors and warnings, each once.

    Raises:
        ContentError: The newsroom's file or the theme is broken.
    """
    theme = load_theme(workspace)
    typography = typography_rules(theme)
    found: list[Problem] = workspace.misnamed(slugs)
    for slug in slugs:
        try:
            prepared = prepare(workspace, slug, theme, draft=False)
            for document in prepared.documents.values():
                fill("release.pdf.html", document, theme)
                for writer in WRITERS.values():
                    if writer.name != "pdf":  # it takes longest, and its template is filled above
                        writer.write(document, theme, dict.fromkeys(writer.needs, b""))
            for problems in prepared.problems.values():
                found += problems
            found += check_texts(workspace, slug, prepared.source, typography, theme)
        except ContentError as error:
            found += error.problems
    return list(dict.fromkeys(found))


def check_texts(
    workspace: Workspace,
    slug: str,
    release: Source[Release],
    typography: Mapping[str, Any],
    theme: Theme,
) -> Iterator[Problem]:
    """Yield the problems of a release's texts and translations, the newsroom's and the labels.

    Raises:
        ContentError: The glossary is broken.
    """
    newsroom = workspace.newsroom
    sources: tuple[tuple[Domain, Source[Any], str], ...] = (
        ("release", release, release.model.language or newsroom.model.language),
        ("newsroom", newsroom, newsroom.model.language),
    )
    for code, tag in newsroom.model.languages.items():
        try:
            translations = load_translations(workspace, slug, code, tag)
        except ContentError:
            continue  # told with the release's documents
        characters = font_characters(theme)
        for domain, source, written_in in sources:
            if code == written_in:
                yield from _glyphs(source, characters)
                continue
            rules = text_rules(workspace, typography, written_in, code, tag, characters)
            for message in messages(source):
                entry = translations.find(domain, message.context, message.source)
                yield from _problems(message.context, message.source, entry, rules)
        if code.split("-")[0] != LABEL_LANGUAGE:
            rules = text_rules(workspace, typography, LABEL_LANGUAGE, code, tag, characters)
            for label in translations.labels:
                yield from _problems("", label, translations.find("gapress", "", label), rules)


def _problems(role: str, source: str, entry: Entry | None, rules: Rules) -> Iterator[Problem]:
    if entry is not None and entry.usable:
        yield from run_checks(Pair(role, source, entry.translation, rules), entry)


def _glyphs(source: Source[Any], characters: frozenset[int]) -> Iterator[Problem]:
    """Yield the characters of a source's own texts that the theme's fonts lack."""
    for message in messages(source):
        for finding in missing_glyphs(message.source, characters):
            text, _, hint = finding.partition("; ")
            for place in message.places:
                file, _, line = place.rpartition(":")
                yield Problem(file, int(line), 0, text, hint, check="glyphs")


def text_rules(
    workspace: Workspace,
    typography: Mapping[str, Any],
    source: str,
    code: str,
    tag: str,
    characters: frozenset[int],
) -> Rules:
    """Return what the checks must know of a language.

    Args:
        workspace: The newsroom's folder.
        typography: The content of ``typography.toml``.
        source: The language that texts are translated from.
        code: The language that they are translated into.
        tag: BCP 47 tag of its locale.
        characters: The code points that the theme's fonts have.

    Raises:
        ContentError: The glossary is broken.
    """
    own = rules_for(typography, tag)
    path = workspace.root / GLOSSARY_FILE
    terms: tuple[Term, ...] = ()
    if (raw := workspace.find_bytes(path)) is not None:
        terms = read_glossary(raw, source, code, own.get("prefixes", ()))
    script = language(code, tag).script
    return Rules(script, own.get("instead", {}), LIMITS, terms, characters, (source, tag))
