"""Reads and localizes a release: everything that a render or a check needs before writing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapress.catalogs.pseudo import pseudo_translations
from gapress.catalogs.translations import load_labels, load_translations
from gapress.errors import ContentError, Problem, contained
from gapress.localization.figures import figures
from gapress.localization.localize import Localized, localize, shows
from gapress.localization.press_style import problem_with as problem_with_style
from gapress.localization.typography import unknown_slots
from gapress.release.attachments import problem_with
from gapress.release.blanks import blanks
from gapress.workspace import is_skeleton

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapress.catalogs.translations import Translations
    from gapress.document import Document
    from gapress.localization.figures import Told
    from gapress.localization.wording import Mark
    from gapress.release.model import Release
    from gapress.release.pictures import Pictures
    from gapress.release.read import Source
    from gapress.theme import Theme
    from gapress.workspace import Workspace

TYPOGRAPHY_FILE = "typography.toml"
PRESS_STYLE_FILE = "press-style.toml"


@dataclass(frozen=True)
class Prepared:
    """A release, localized.

    Attributes:
        slug: Its name.
        source: Its file.
        documents: Its final documents by language, of the complete languages only.
        drafts: Its drafts by language, of all languages; empty unless asked for.
        pseudo: Its documents in the pseudo-locales that were asked for.
        pictures: Its pictures.
        attached: Its attachments by file name.
        problems: What keeps the other languages back.
        warnings: What is told of its figures, and keeps nothing back.
    """

    slug: str
    source: Source[Release]
    documents: Mapping[str, Document]
    drafts: Mapping[str, Document]
    pseudo: Mapping[str, Document]
    pictures: Pictures
    attached: Mapping[str, bytes] = field(repr=False)
    problems: Mapping[str, tuple[Problem, ...]]
    warnings: tuple[Problem, ...] = ()

    def place(self, document: Document, block: int | None) -> tuple[int, int]:
        """Return line and column of a block of a document's body; zeros where it has none."""
        return block_place(self.source, document, block)


def block_place(source: Source[Release], document: Document, block: int | None) -> tuple[int, int]:
    """Return line and column of a block of a document's body in its release; zeros without one.

    A dateline that no paragraph can take is a block of the document alone, the first.
    """
    if block is None:
        return 0, 0
    code, body = document.language.code, source.model.body
    numbers = [number for number, part in enumerate(body) if shows(part, code)]
    place = block - len(document.body) + len(numbers)
    return source.tree.position(("body", numbers[place])) if place >= 0 else (0, 0)


def prepare(
    workspace: Workspace,
    slug: str,
    theme: Theme,
    *,
    draft: bool,
    pseudo: Sequence[str] = (),
) -> Prepared:
    """Return a release in every language of the newsroom, and in these pseudo-locales.

    Raises:
        ContentError: The release's file, its pictures or ``typography.toml`` are broken; nothing
            can be rendered.
    """
    with contained(f"releases/{slug}.yaml"):
        return _prepared(workspace, slug, theme, draft=draft, pseudo=pseudo)


def _prepared(
    workspace: Workspace, slug: str, theme: Theme, *, draft: bool, pseudo: Sequence[str]
) -> Prepared:
    reading = read(workspace, slug, theme)
    documents: dict[str, Document] = {}
    drafts: dict[str, Document] = {}
    problems = dict(reading.broken)
    for code in reading.translations:
        final = reading.localized(code)
        if final.problems:
            problems[code] = final.problems
        else:
            documents[code] = final.document
        if draft:
            drafts[code] = reading.localized(code, draft=True).document
    made_up = {
        code: localize(
            slug,
            reading.source,
            workspace.newsroom,
            code,
            pseudo_translations(code, load_labels(workspace)),
            reading.pictures,
            reading.typography,
            attached=reading.attached,
            draft=draft,
            press=reading.press,
        ).document
        for code in pseudo
    }
    figures_told = (told.problem for told in reading.figures if not told.languages)
    blank = (problem for problem in reading.blanks if problem.severity == "warning")
    warnings = (*figures_told, *blank)
    return Prepared(
        slug,
        reading.source,
        documents,
        drafts,
        made_up,
        reading.pictures,
        reading.attached,
        problems,
        warnings,
    )


@dataclass(frozen=True)
class Reading:
    """A release with everything that it takes to show it in any language.

    Attributes:
        workspace: The newsroom's folder.
        slug: The release.
        theme: The design.
        source: The release's file.
        pictures: Its pictures.
        attached: Its attachments by file name.
        typography: The content of ``typography.toml``.
        translations: The catalogs by language, of those languages whose catalogs can be read.
        broken: What is wrong with the other languages' catalogs.
        figures: What is to be told of the figures in its texts and tables.
        blanks: What is to be told of the facts that are still to be filled.
        press: The content of ``press-style.toml``.
    """

    workspace: Workspace
    slug: str
    theme: Theme
    source: Source[Release]
    pictures: Pictures
    attached: Mapping[str, bytes] = field(repr=False)
    typography: Mapping[str, object]
    translations: Mapping[str, Translations]
    broken: Mapping[str, tuple[Problem, ...]]
    figures: tuple[Told, ...] = ()
    blanks: tuple[Problem, ...] = ()
    press: Mapping[str, object] = field(default_factory=dict)

    def localized(self, code: str, *, draft: bool = False, mark: Mark | None = None) -> Localized:
        """Return the release in one of the languages that :attr:`translations` has."""
        made = localize(
            self.slug,
            self.source,
            self.workspace.newsroom,
            code,
            self.translations[code],
            self.pictures,
            self.typography,
            attached=self.attached,
            draft=draft,
            mark=mark,
            others=self.translations,
            press=self.press,
        )
        foreign = tuple(told.problem for told in self.figures if code in told.languages)
        blank = tuple(problem for problem in self.blanks if problem.severity == "error")
        return Localized(made.document, tuple(dict.fromkeys((*made.problems, *blank, *foreign))))


def read(workspace: Workspace, slug: str, theme: Theme) -> Reading:
    """Read a release, its pictures and its catalogs.

    Raises:
        ContentError: The release's file, its pictures or ``typography.toml`` are broken.
    """
    source, pictures = workspace.release(slug)
    typography = typography_rules(theme)
    translations: dict[str, Translations] = {}
    broken: dict[str, tuple[Problem, ...]] = {}
    for code, tag in workspace.newsroom.model.languages.items():
        try:
            translations[code] = load_translations(workspace, slug, code, tag)
        except ContentError as error:
            broken[code] = error.problems
    told = tuple(figures(source, workspace.newsroom))
    # A skeleton is there to have blanks.
    blank = () if is_skeleton(slug) else tuple(blanks(source))
    return Reading(
        workspace,
        slug,
        theme,
        source,
        pictures,
        _attached(workspace, slug, source),
        typography,
        translations,
        broken,
        told,
        blank,
        press_styles(theme),
    )


def _attached(workspace: Workspace, slug: str, source: Source[Release]) -> dict[str, bytes]:
    """Return the attachments of a release by file name; a withdrawn one has none.

    Raises:
        ContentError: One is missing, twice there, or can't be attached.
    """
    found: dict[str, bytes] = {}
    problems = []
    entries = () if source.model.withdrawal else source.model.attachments
    for number, entry in enumerate(entries):
        path = ("attachments", number, "file")
        name = f"releases/{slug}/{entry.file}"
        if entry.file.lower() in map(str.lower, found):
            problems.append(source.tree.problem(path, f"{entry.file} is named twice"))
            continue
        try:
            data = workspace.read_bytes(workspace.root / name)
        except ContentError as error:
            problems += [
                source.tree.problem(path, f"{one.path} {one.message}", one.hint)
                for one in error.problems
            ]
            continue
        if reason := problem_with(entry.file, data):
            hint = "attach another file, or save it again"
            problems.append(source.tree.problem(path, f"{name} {reason}", hint))
        found[entry.file] = data
    if problems:
        raise ContentError(problems)
    return found


def typography_rules(theme: Theme) -> dict[str, object]:
    """Return the content of the theme's ``typography.toml``.

    Raises:
        ContentError: It is not valid TOML of this form.
    """
    file = f"templates/{TYPOGRAPHY_FILE}"
    rules = _toml(theme, TYPOGRAPHY_FILE)
    for tag, tables in rules.items():
        if not isinstance(tables, dict) or not all(map(_is_rule, tables.items())):
            hint = 'write [fr.before] and lines like ";" = "\\u202F"'
            message = f"the rules of {tag} have the wrong form"
            raise ContentError([Problem(file, message=message, hint=hint)])
    if unknown := unknown_slots(rules):
        message = f"no list of words is named {unknown[0]!r}, which hold uses"
        hint = f"write [fr.words] and a line {unknown[0]} = [...]"
        raise ContentError([Problem(file, message=message, hint=hint)])
    return rules


def press_styles(theme: Theme) -> dict[str, object]:
    """Return the content of the theme's ``press-style.toml``.

    Raises:
        ContentError: It is not valid TOML of this form.
    """
    rules = _toml(theme, PRESS_STYLE_FILE)
    if message := problem_with_style(rules):
        hint = f"gapress templates diff {PRESS_STYLE_FILE} shows the shipped one"
        raise ContentError([Problem(f"templates/{PRESS_STYLE_FILE}", message=message, hint=hint)])
    return rules


def _toml(theme: Theme, name: str) -> dict[str, object]:
    try:
        return tomllib.loads(theme.files[name].decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        deep = isinstance(error, RecursionError)
        message = f"not valid TOML: {'too deep' if deep else error}"
        problem = Problem(f"templates/{name}", message=message, hint="mend it there")
        raise ContentError([problem]) from None


def _is_rule(item: tuple[str, object]) -> bool:
    name, value = item
    match name, value:
        case "groups" | "closing", str():
            return True
        case "prefixes" | "hold", list():
            return _are_words(value)
        case "words", dict():
            return all(_are_words(words) for words in value.values())
        case "before" | "after" | "instead" | "plain", dict():
            marks = value.items()
            return all(len(mark) == 1 and isinstance(text, str) for mark, text in marks)
        case "contract", dict():
            return all(" " in pair and isinstance(text, str) for pair, text in value.items())
    return False


def _are_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) and word for word in value)
