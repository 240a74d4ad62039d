"""How every release stands: translations, embargo, and whether its kit is up to date.

The one step that knows the time: nothing that is published depends on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from gapress.catalogs.checks import Pair, Rules, run_checks
from gapress.catalogs.translations import load_translations
from gapress.errors import ContentError, Problem, contained
from gapress.kit.folder import KitFolder
from gapress.kit.naming import kit_name
from gapress.kit.plan import plan
from gapress.kit.prepare import prepare
from gapress.kit.sources import Sources
from gapress.kit.verify import faults
from gapress.localization.extract import messages
from gapress.localization.languages import language
from gapress.theme import load_theme
from gapress.writers import with_needs

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from gapress.catalogs.translations import Domain
    from gapress.kit.manifest import MadeFile
    from gapress.kit.prepare import Prepared
    from gapress.release.model import Release
    from gapress.release.read import Source
    from gapress.theme import Theme
    from gapress.workspace import Workspace

Kit: TypeAlias = Literal["up to date", "incomplete", "stale", "none", "refused", "refused, stale"]


@dataclass(frozen=True)
class Standing:
    """How one release stands in one language.

    Attributes:
        slug: The release.
        language: The language; empty where the release's file can't be read.
        translated: Texts with a translation that may be published.
        fuzzy: Texts whose translation may be out of date.
        missing: Texts without a translation.
        errors: Failed error-level checks.
        embargo: The instant of the embargo, if there is one.
        passed: Whether that instant has passed.
        kit: Whether the language's files, and what the kit has for all languages, are intact and
            agree with today's sources; ``incomplete`` where they do, but for a file that could
            not be made; ``refused`` where nothing of the language may be sent, and
            ``refused, stale`` where the kit still has files of it.
        problems: What keeps the release's file from being read.
    """

    slug: str
    language: str
    translated: int = 0
    fuzzy: int = 0
    missing: int = 0
    errors: int = 0
    embargo: dt.datetime | None = None
    passed: bool = False
    kit: Kit = "none"
    problems: tuple[Problem, ...] = ()


def status(
    workspace: Workspace, slugs: Sequence[str], output: Path, now: dt.datetime
) -> Iterator[Standing]:
    """Yield how each release stands in each language of the newsroom.

    Args:
        workspace: The newsroom's folder.
        slugs: The releases.
        output: Where the kits are.
        now: The present, with a UTC offset.

    Raises:
        ContentError: The newsroom's file or the theme is broken.
    """
    theme = load_theme(workspace)
    for problem in workspace.misnamed(slugs):
        yield Standing(problem.path, "", problems=(problem,))
    for slug in slugs:
        try:
            with contained(f"releases/{slug}.yaml"):
                standings = list(_standings(workspace, slug, theme, output, now))
            yield from standings
        except ContentError as error:
            yield Standing(slug, "", problems=error.problems)


def _standings(
    workspace: Workspace, slug: str, theme: Theme, output: Path, now: dt.datetime
) -> Iterator[Standing]:
    prepared = prepare(workspace, slug, theme, draft=False)
    release = prepared.source
    kit = KitFolder(output, kit_name(slug, ""))
    embargo = release.model.embargo
    states = _states(kit, prepared, theme, Sources(workspace.root))
    for code, tag in workspace.newsroom.model.languages.items():
        counts = count(workspace, slug, release, code, tag)
        passed = embargo is not None and embargo <= now
        yield Standing(slug, code, *counts, embargo, passed, states[code])


def _states(kit: KitFolder, prepared: Prepared, theme: Theme, sources: Sources) -> dict[str, Kit]:
    """Return for each language whether its files agree with today's sources."""
    wrong = list(faults(kit, prepared.slug, sources))
    manifest = kit.manifest()
    if manifest is None or any(finding.kind == "other" for finding in wrong):
        there, lacking = {}, {}
    else:
        there, lacking = dict(manifest.files), dict(manifest.lacking)
    touched = {f.path.partition("/")[2] for f in wrong if f.kind in {"missing", "changed"}}
    held: dict[str, dict[str, MadeFile]] = {}
    for name, made in there.items():
        if made.language:
            held.setdefault(made.language, {})[name] = made
    shared = bool(touched - {name for files in held.values() for name in files})
    formats = {c: with_needs(made.format for made in files.values()) for c, files in held.items()}
    wanted: dict[str, dict[str, tuple[str, str]]] = {}
    for w in plan(prepared.documents, formats, theme):
        wanted.setdefault(w.document.language.code, {})[w.path] = w.key
    found: dict[str, Kit] = {}
    for code in (*prepared.documents, *prepared.problems):
        files = held.get(code, {})
        keys = {name: (made.made_from, made.links) for name, made in files.items()}
        if code not in prepared.documents:
            found[code] = "refused, stale" if files else "refused"
        elif not files:
            found[code] = "incomplete" if code in lacking else "none"
        elif shared or touched & files.keys() or keys != wanted.get(code):
            found[code] = "stale"
        elif code in lacking:
            found[code] = "incomplete"
        else:
            found[code] = "up to date"
    return found


def count(
    workspace: Workspace, slug: str, release: Source[Release], code: str, tag: str
) -> tuple[int, int, int, int]:
    """Return the translated, fuzzy and missing texts of a release, and its failed error checks."""
    newsroom = workspace.newsroom
    try:
        translations = load_translations(workspace, slug, code, tag)
    except ContentError as error:
        return 0, 0, 0, len(error.problems)
    sources: tuple[tuple[Domain, Source[Any], str], ...] = (
        ("release", release, release.model.language or newsroom.model.language),
        ("newsroom", newsroom, newsroom.model.language),
    )
    script = language(code, tag).script
    translated = fuzzy = missing = errors = 0
    for domain, source, written_in in sources:
        rules = Rules(script, languages=(written_in, tag))
        for message in messages(source, [code]):
            if code == written_in:
                translated += 1
                continue
            entry = translations.find(domain, message.context, message.source)
            if entry is None or not entry.translation:
                missing += 1
            elif entry.fuzzy:
                fuzzy += 1
            else:
                translated += 1
                pair = Pair(message.context, message.source, entry.translation, rules)
                errors += any(run_checks(pair, entry, ("error",)))
    return translated, fuzzy, missing, errors
