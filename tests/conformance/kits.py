"""The files of rendered press kits: ``<slug>/<language>/<slug>_<language>[-DRAFT].<format>``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FORMATS = ("html", "pdf", "docx")


def language_of(file: Path) -> str:
    """Return the language that a file of a kit is in, as its folder says."""
    return file.parent.name


def find(folders: Sequence[Path]) -> dict[str, list[Path]]:
    """Return every kit's files by format, in a steady order.

    Raises:
        SystemExit: a folder holds no kit, or a kit lacks a format in some language.
    """
    found: dict[str, list[Path]] = {name: [] for name in FORMATS}
    problems: list[str] = []
    for folder in folders:
        languages = sorted(path for path in folder.glob("*/*/") if path.is_dir())
        if not languages:
            problems.append(f"{folder}: no press kit; expected {folder}/<slug>/<language>/")
        for language in languages:
            stem = f"{language.parent.name}_{language.name}"
            for name in FORMATS:
                files = [
                    file
                    for file in (language / f"{stem}.{name}", language / f"{stem}-DRAFT.{name}")
                    if file.is_file()
                ]
                found[name] += files
                if not files:
                    problems.append(f"{language}: no {stem}.{name}")
    if problems:
        raise SystemExit("\n".join(problems))
    return found
