"""Keeps the catalogs in step with the sources: extracts, merges, writes what has changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.messages.plurals import get_plural

from gapress.catalogs.merge import Offer, merge
from gapress.catalogs.message import Message
from gapress.catalogs.po import PoEntry, PoFile, new_entry, parse_po
from gapress.catalogs.proof import prove
from gapress.catalogs.translations import folder_name, labels_ship, load_translations
from gapress.errors import ContentError, Problem, contained
from gapress.kit.folder import replace_file
from gapress.kit.prepare import press_styles
from gapress.localization.extract import messages
from gapress.localization.languages import language, language_name
from gapress.localization.wording import LABEL_LANGUAGE, Wording
from gapress.shipped import shipped
from gapress.theme import load_theme
from gapress.writers.templating import labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from gapress.release.read import Source
    from gapress.workspace import Workspace

WIDTH = 79


@dataclass(frozen=True)
class Updated:
    """A catalog after an update: its file, how its messages stand, and whether it changed."""

    path: Path
    translated: int
    fuzzy: int
    missing: int
    changed: bool


@dataclass(frozen=True)
class Report:
    """What an update has done: the catalogs that are up to date, and what kept others from it."""

    catalogs: tuple[Updated, ...]
    problems: tuple[Problem, ...]

    def sound(self) -> None:
        """Make sure that nothing went wrong.

        Raises:
            ContentError: Something did.
        """
        if self.problems:
            raise ContentError(self.problems)


def update(workspace: Workspace, slugs: Sequence[str]) -> Report:
    """Bring templates and catalogs up to date with the sources.

    A language has a catalog for each file that is not written in it, and one for labels unless
    gapress ships it. A catalog for which nothing has changed is not touched. A release or a catalog
    that is broken holds up no other one.

    Raises:
        ContentError: The newsroom's file is broken.
        MachineError: A catalog can't be written.
    """
    newsroom = workspace.newsroom
    written_in = newsroom.model.language
    done: list[Updated] = []
    problems = workspace.misnamed(slugs)

    def take(results: Iterable[Updated | Problem]) -> None:
        try:
            for result in results:
                if isinstance(result, Problem):
                    problems.append(result)
                else:
                    done.append(result)
        except ContentError as error:
            problems.extend(error.problems)

    take(_labels(workspace))
    take(_update(workspace, "newsroom", newsroom, written_in, ()))
    for slug in slugs:
        try:
            with contained(f"releases/{slug}.yaml"):
                release, _ = workspace.release(slug)
        except ContentError as error:
            problems += error.problems
            continue
        others = [other for other in _all(workspace) if other != slug]
        take(_update(workspace, slug, release, release.model.language or written_in, others))
    return Report(tuple(done), tuple(dict.fromkeys(problems)))


def _update(
    workspace: Workspace,
    name: str,
    source: Source[Any],
    written_in: str,
    others: Sequence[str],
) -> Iterator[Updated | Problem]:
    root = workspace.root / "locales"
    template = PoFile((_header(workspace, name, ""),))
    wanted = [code for code in workspace.newsroom.model.languages if code != written_in]
    store(workspace, root / f"{name}.pot", merge(template, messages(source, wanted)))
    for code, tag in workspace.newsroom.model.languages.items():
        if code == written_in:
            continue
        try:
            path = root / folder_name(code) / "LC_MESSAGES" / f"{name}.po"
            with contained(workspace.name(path)):
                found = _messages(workspace, name, source, code, tag)
                made = _merge(workspace, path, name, tag, found, _Offers(workspace, code, others))
            yield made
        except ContentError as error:
            yield from error.problems


def foreseen(workspace: Workspace, name: str, source: Source[Any], code: str) -> PoFile:
    """Return a catalog as an update would leave it.

    Args:
        workspace: The newsroom's folder.
        name: The release, or ``newsroom``.
        source: Its file.
        code: The language.

    Raises:
        ContentError: The catalog is broken.
    """
    tag = workspace.newsroom.model.languages[code]
    path = workspace.root / "locales" / folder_name(code) / "LC_MESSAGES" / f"{name}.po"
    others = [slug for slug in _all(workspace) if slug != name] if name != "newsroom" else []
    found = _messages(workspace, name, source, code, tag)
    catalog = _catalog(workspace, path, name, tag)
    return merge(catalog, found, _Offers(workspace, code, others).find)


def _all(workspace: Workspace) -> list[str]:
    return [*workspace.slugs(), *workspace.skeletons()]


def _messages(
    workspace: Workspace, name: str, source: Source[Any], code: str, tag: str
) -> list[Message]:
    wording = _wording(workspace, name, code, tag)
    wording.format_facts(getattr(source.model, "facts", {}), workspace.newsroom.model.zones)
    return messages(source, [code], wording)


def _labels(workspace: Workspace) -> Iterator[Updated | Problem]:
    root = workspace.root / "locales"
    entries = parse_po((shipped("locales") / "gapress.pot").read_bytes(), "gapress.pot").messages
    found = [Message(*entry.key, (), tuple(entry.comment("#."))) for entry in entries]
    known = {message.source for message in found}
    own = [label for label in labels_of(load_theme(workspace)) if label not in known]
    found += [Message("", label, (), ("Used in this newsroom's templates.",)) for label in own]
    if own:
        known_header = parse_po((shipped("locales") / "gapress.pot").read_bytes(), "x").header
        template = PoFile((known_header or _header(workspace, "gapress", ""),))
        store(workspace, root / "gapress.pot", merge(template, found))
    for code, tag in workspace.newsroom.model.languages.items():
        relative = f"{folder_name(code)}/LC_MESSAGES/gapress.po"
        path = root / relative
        if code.split("-")[0] == LABEL_LANGUAGE:
            continue
        try:
            wanted = found
            if labels_ship(code, tag) and root != shipped("locales"):
                # The shipped catalog has the rest; here are the newsroom's own labels and changes.
                kept = {entry.key[1] for entry in _live(workspace, path)}
                wanted = [m for m in found if m.source in kept or m.source in own]
            if wanted:
                yield _merge(workspace, path, "gapress", tag, wanted, None)
        except ContentError as error:
            yield from error.problems


def _live(workspace: Workspace, path: Path) -> list[PoEntry]:
    if (raw := workspace.find_bytes(path)) is None:
        return []
    catalog = parse_po(raw, workspace.name(path))
    return [entry for entry in catalog.messages if not entry.obsolete]


def _merge(
    workspace: Workspace,
    path: Path,
    name: str,
    tag: str,
    found: Sequence[Message],
    offers: _Offers | None,
) -> Updated:
    catalog = _catalog(workspace, path, name, tag)
    merged = merge(catalog, found, offers.find if offers else lambda _key: None)
    changed = store(workspace, path, merged, before=catalog)
    live = [entry for entry in merged.messages if not entry.obsolete]
    fuzzy = sum("fuzzy" in entry.flags for entry in live)
    missing = sum(not entry.translation and "fuzzy" not in entry.flags for entry in live)
    return Updated(path, len(live) - fuzzy - missing, fuzzy, missing, changed)


def _catalog(workspace: Workspace, path: Path, name: str, tag: str) -> PoFile:
    """Return a catalog as it is, or a new one."""
    if (raw := workspace.find_bytes(path)) is None:
        return PoFile((_header(workspace, name, tag),))
    return parse_po(raw, workspace.name(path))


def store(
    workspace: Workspace, path: Path, catalog: PoFile, *, before: PoFile | None = None
) -> bool:
    """Write a catalog if it is not so already; return whether it was written.

    Args:
        workspace: The newsroom's folder.
        path: The file.
        catalog: What it should hold.
        before: What it holds, if every translation of it must stay.

    Raises:
        ContentError: Its encoding lacks a character, or the file would lose or repeat a message.
        MachineError: It can't be written.
    """
    try:
        data = catalog.to_bytes()
    except UnicodeEncodeError as error:
        lacking = catalog.encoding, error.object[error.start]
        message = "is in {}, which has no {}".format(*lacking)
        hint = "save it as UTF-8, in its header too"
        raise ContentError([Problem(workspace.name(path), message=message, hint=hint)]) from None
    if path.is_file() and path.read_bytes() == data:
        return False
    prove(data, catalog, workspace.name(path), before)
    replace_file(path, data)
    return True


def _wording(workspace: Workspace, name: str, code: str, tag: str) -> Wording:
    translations = load_translations(workspace, name, code, tag)
    press = press_styles(load_theme(workspace))
    return Wording(language(code, tag), translations, {}, draft=True, press=press)


def _header(workspace: Workspace, name: str, tag: str) -> PoEntry:
    return header(name, workspace.newsroom.model.organisation.name, tag)


def header(name: str, publisher: str, tag: str) -> PoEntry:
    """Return the header of a new catalog; nothing in it changes by itself.

    Args:
        name: The release, or ``newsroom``.
        publisher: The organisation.
        tag: BCP 47 tag of the language; empty for a template.
    """
    fields = {
        "Project-Id-Version": name,
        "Last-Translator": publisher,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    if tag:
        locale = Locale.parse(tag, sep="-")
        fields["Language"] = "_".join([locale.language, *re.findall("-([A-Z][a-z]{3})", tag)])
        fields["Language-Team"] = language_name(locale.language, Locale("en"))
        fields["Plural-Forms"] = get_plural(locale).plural_forms
    text = "".join(f"{key}: {value}\n" for key, value in sorted(fields.items()))
    return PoEntry(new_entry("", "", WIDTH, text).parts, before=())


class _Offers:
    """Translations of the same texts in the other releases' catalogs of a language."""

    def __init__(self, workspace: Workspace, code: str, slugs: Iterable[str]) -> None:
        self._found: dict[tuple[str, str], Offer] = {}
        folder = workspace.root / "locales" / folder_name(code) / "LC_MESSAGES"
        for slug in slugs:
            path = folder / f"{slug}.po"
            try:
                raw = workspace.find_bytes(path)
                entries = parse_po(raw, workspace.name(path)).messages if raw else ()
            except ContentError:
                continue  # told when that release's turn comes
            for entry in entries:
                if entry.translation and "fuzzy" not in entry.flags and not entry.plural:
                    self._found.setdefault(
                        entry.key, Offer(entry.translation, workspace.name(path))
                    )

    def find(self, key: tuple[str, str]) -> Offer | None:
        return self._found.get(key)
