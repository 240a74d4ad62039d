"""Makes press kits: prepare each release, write each language's files, put them in place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gapress.catalogs.pseudo import PSEUDO
from gapress.errors import ContentError, Problem
from gapress.kit.folder import KitFolder
from gapress.kit.prepare import Prepared, file_name, inputs_digest, prepare
from gapress.theme import load_theme
from gapress.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from gapress.document import Document
    from gapress.newsroom import Workspace
    from gapress.theme import Theme


@dataclass(frozen=True)
class Order:
    """What to make; every sequence in the order of the work."""

    slugs: Sequence[str]
    languages: Sequence[str]
    formats: Sequence[str]
    output: Path
    draft: bool = False


@dataclass
class Report:
    """What was done: files made with their sizes in bytes, files removed, problems met.

    ``open`` holds the problems that a draft shows and a final kit would not pass.
    """

    made: dict[Path, int] = field(default_factory=dict)
    removed: list[Path] = field(default_factory=list)
    refused: list[tuple[str, str]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    open: list[Problem] = field(default_factory=list)


def build(workspace: Workspace, order: Order, step: Callable[[], None]) -> Report:
    """Make press kits.

    A language with problems is left out and its earlier files are removed, since they no longer
    agree with the source; the others are made.

    Args:
        workspace: The newsroom's folder.
        order: What to make.
        step: Called after each file or each file that is left out.

    Raises:
        ContentError: The newsroom's file or the theme is broken.
        MachineError: The machine lacks something, or the output can't be written.
    """
    report = Report()
    theme = load_theme(workspace)
    for slug in order.slugs:
        try:
            pseudo = [code for code in order.languages if code in PSEUDO]
            prepared = prepare(workspace, slug, theme, draft=order.draft, pseudo=pseudo)
        except ContentError as error:
            report.problems.extend(error.problems)
            report.refused += [(slug, code) for code in order.languages]
            _steps(step, len(order.languages) * len(order.formats))
            continue
        _make(prepared, order, theme, report, step)
    report.problems = list(dict.fromkeys(report.problems))
    return report


def _make(
    prepared: Prepared, order: Order, theme: Theme, report: Report, step: Callable[[], None]
) -> None:
    folder = KitFolder(order.output / prepared.slug)
    digests = {
        code: inputs_digest(document, theme) for code, document in prepared.documents.items()
    }
    documents = prepared.drafts if order.draft else prepared.documents
    present = {code for code in documents if code in order.languages}
    if not order.draft:
        present |= {c for c, inputs in digests.items() if folder.state(c, inputs) == "up to date"}
    for code in order.languages:
        (report.open if order.draft else report.problems).extend(prepared.problems.get(code, ()))
        document = documents.get(code)
        if document:
            others = (a for a in document.alternates if a.language.code in present)
            document = document.with_alternates(tuple(others))
        files = _write(document, order, theme, report, step) if document else {}
        if not document or not files:
            report.refused.append((prepared.slug, code))
            digests.pop(code, None)
            _steps(step, 0 if document else len(order.formats))
            continue
        folder.store(files, inputs_digest(document, theme))
        report.made |= {folder.root / name: len(content) for name, content in files.items()}
    stale = folder.remove_stale(digests, keep_drafts=order.draft)
    report.removed += [folder.root / name for name in stale]


def _write(
    document: Document, order: Order, theme: Theme, report: Report, step: Callable[[], None]
) -> dict[str, bytes]:
    """Return a language's files by path, or none at all if one of them can't be made."""
    files: dict[str, bytes] = {}
    failed = False
    for name in order.formats:
        writer = WRITERS[name]
        path = f"{document.language.code}/{file_name(document, writer.suffix)}"
        try:
            files[path] = writer.write(document, theme)
        except ContentError as error:
            report.problems.extend(error.problems)
            failed = True
        step()
    return {} if failed else files


def _steps(step: Callable[[], None], count: int) -> None:
    for _ in range(count):
        step()
