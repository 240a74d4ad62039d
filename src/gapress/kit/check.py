"""Finds every problem in sources, catalogs and templates, without rendering."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from gapress.catalogs.checks import Pair, Rules, run_checks
from gapress.catalogs.glossary import GLOSSARY_FILE, read_glossary
from gapress.catalogs.translations import load_translations
from gapress.errors import ContentError, Problem, contained
from gapress.kit.font_survey import lacking_scripts, restricted
from gapress.kit.prepare import prepare, typography_rules
from gapress.kit.proofread import Proofreader
from gapress.kit.trial import Trial
from gapress.localization.extract import messages
from gapress.localization.languages import language
from gapress.localization.typography import rules_for
from gapress.localization.wording import LABEL_LANGUAGE
from gapress.release.data import suggestion
from gapress.release.fields import limits
from gapress.release.media import PICTURE_NAME
from gapress.release.pictures import DIRECTIONS, codes_of, with_code
from gapress.theme import load_theme
from gapress.writers.coverage import coverage, unprintable
from gapress.writers.docx import TEMPLATE, check_template

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    from gapress.catalogs.glossary import Term
    from gapress.catalogs.store import Entry
    from gapress.catalogs.translations import Domain
    from gapress.release.model import Release
    from gapress.release.pictures import Pictures
    from gapress.release.read import Source
    from gapress.workspace import Workspace
    from gapress.writers.coverage import Coverage


def check(workspace: Workspace, slugs: Sequence[str]) -> list[Problem]:
    """Return every problem, errors and warnings, each once.

    Raises:
        ContentError: The newsroom's file or the theme is broken.
    """
    theme = load_theme(workspace)
    typography = typography_rules(theme)
    found: list[Problem] = workspace.misnamed(slugs)
    found += check_template(theme, workspace.read_shipped("templates", TEMPLATE))
    known: Coverage | None = None
    without: Mapping[str, Problem] = {}
    try:
        known = coverage(theme)
        without = dict(lacking_scripts(workspace.newsroom, known))
        found += [*without.values(), *restricted(theme)]
    except ContentError as error:  # it concerns the PDFs alone
        found += error.problems
    proofreader = Proofreader(workspace, typography)
    with Trial(theme) as trial:
        for slug in slugs:
            try:
                prepared = prepare(workspace, slug, theme, draft=False)
                trial.write(prepared)
                told = prepared.documents  # what their PDFs can't show
                for code, document in told.items():
                    found += unprintable(document, known) if known and code not in without else ()
                for problems in prepared.problems.values():
                    found += problems
                found += prepared.warnings
                found += unused_pictures(workspace, slug, prepared.pictures)
                with contained(f"releases/{slug}.yaml"):
                    found += check_texts(
                        workspace, slug, prepared.source, typography, known, told, proofreader
                    )
            except ContentError as error:
                found += error.problems
        try:
            with contained("locales"):
                found += proofreader.problems()
        except ContentError as error:
            found += error.problems
        found += trial.problems()
    return list(dict.fromkeys(found))


def unused_pictures(workspace: Workspace, slug: str, pictures: Pictures) -> Iterator[Problem]:
    """Yield a warning for each file that looks like a picture of a language, and is not shown.

    Args:
        workspace: The newsroom's folder.
        slug: The release.
        pictures: Its pictures.
    """
    languages = workspace.newsroom.model.languages
    codes = {*DIRECTIONS, *(each for code in languages for each in codes_of(code))}
    used = {normalize("NFC", name) for name in pictures.names()}
    named = {normalize("NFC", name): name for name in pictures.files}
    for file in workspace.beside(slug):
        name, code = with_code(normalize("NFC", file)) or ("", "")
        if not name or normalize("NFC", file) in used or not re.fullmatch(PICTURE_NAME, name):
            continue
        stem = name.rpartition(".")[0]
        alike = [other for other in named if other.rpartition(".")[0] == stem]
        if code not in codes and name in named:
            message = f"is not shown: {code} is not a language of the newsroom"
            hint = f"{suggestion(code.lower(), codes)} (or move it out of the folder)"
        elif code in codes and alike:
            message = f"is not shown: it has another ending than {alike[0]}"
            hint = "save it with the same ending"
        elif code in codes:
            message = f"is not shown: no block names {name}"
            hint = suggestion(name, named) if named else "move it out of the folder"
        else:
            continue
        place = f"releases/{slug}/{file}"
        yield Problem(place, 0, 0, message, hint, "warning", "pictures")


def check_texts(
    workspace: Workspace,
    slug: str,
    release: Source[Release],
    typography: Mapping[str, Any],
    known: Coverage | None,
    told: Container[str],
    proofreader: Proofreader,
) -> Iterator[Problem]:
    """Yield the problems of a release's translations, the newsroom's and the labels.

    Args:
        workspace: The newsroom's folder.
        slug: The release.
        release: Its file.
        typography: The content of ``typography.toml``.
        known: What the theme's fonts can show; none where it is not known.
        told: The languages for which it is told elsewhere what fonts lack.
        proofreader: Takes in every text.

    Raises:
        ContentError: The glossary is broken.
    """
    newsroom = workspace.newsroom
    sources: tuple[tuple[Domain, Source[Any], str], ...] = (
        ("release", release, release.model.language or newsroom.model.language),
        ("newsroom", newsroom, newsroom.model.language),
    )
    for _, source, code in sources:
        tag = newsroom.model.languages.get(code, code)
        rules = text_rules(workspace, typography, code, code, tag, None)
        proofreader.source(source, code, rules)
    for code, tag in newsroom.model.languages.items():
        try:
            translations = load_translations(workspace, slug, code, tag)
        except ContentError:
            continue  # told with the release's documents
        looked_at = None if code in told else known
        for domain, source, written_in in sources:
            if code == written_in:
                continue
            rules = text_rules(workspace, typography, written_in, code, tag, looked_at)
            for message in messages(source, [code]):
                entry = translations.find(domain, message.context, message.source)
                yield from _problems(message.context, message.source, entry, rules)
                if entry is not None and entry.usable:
                    proofreader.translation(message.context, message.source, entry, code)
        if code.split("-")[0] != LABEL_LANGUAGE:
            rules = text_rules(workspace, typography, LABEL_LANGUAGE, code, tag, looked_at)
            for label in translations.labels:
                entry = translations.find("gapress", "", label)
                yield from _problems("", label, entry, rules)
                if entry is not None and entry.usable:
                    proofreader.translation("", label, entry, code)


def _problems(role: str, source: str, entry: Entry | None, rules: Rules) -> Iterator[Problem]:
    if entry is not None and entry.usable:
        yield from run_checks(Pair(role, source, entry.translation, rules), entry)


def text_rules(
    workspace: Workspace,
    typography: Mapping[str, Any],
    source: str,
    code: str,
    tag: str,
    known: Coverage | None,
) -> Rules:
    """Return what the checks must know of a language.

    Args:
        workspace: The newsroom's folder.
        typography: The content of ``typography.toml``.
        source: The language that texts are translated from.
        code: The language that they are translated into.
        tag: BCP 47 tag of its locale.
        known: What the theme's fonts can show; none where it is not known.

    Raises:
        ContentError: The glossary is broken.
    """
    own = rules_for(typography, tag)
    path = workspace.root / GLOSSARY_FILE
    terms: tuple[Term, ...] = ()
    if (raw := workspace.find_bytes(path)) is not None:
        terms = read_glossary(raw, source, code, own.get("prefixes", ()))
    glyphs = known.findings if known else None
    script = language(code, tag).script
    return Rules(script, own.get("instead", {}), limits(), terms, glyphs, (source, tag))
