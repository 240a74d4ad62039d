"""The files of rendered press kits, as they lie in an output folder.

``<slug>[-DRAFT]/index.html``, ``SHA256SUMS``, ``manifest.json``, ``<slug>….zip``,
``<slug>_all….eml`` and ``<language>/<slug>_<language>….<format>``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ATTACHMENTS = "attachments"
"""The folder of a kit that is no language's."""

SUFFIXES = {
    "html": ".html",
    "pdf": ".pdf",
    "docx": ".docx",
    "txt": ".txt",
    "eml": ".eml",
    "ninjs": ".ninjs.json",
}


def language_of(file: Path) -> str:
    """Return the language that a file of a kit is in, as its folder says."""
    return file.parent.name


def find(folders: Sequence[Path]) -> dict[str, list[Path]]:
    """Return every kit's files by format, in a steady order; ``zip`` has a file a kit.

    Raises:
        SystemExit: a folder holds no kit, or a kit lacks a file.
    """
    found: dict[str, list[Path]] = {name: [] for name in (*SUFFIXES, "zip")}
    problems: list[str] = []
    for folder in folders:
        kits = sorted(p for p in folder.glob("*") if p.is_dir() and not p.name.startswith("."))
        if not kits:
            problems.append(f"{folder}: no press kit")
        for kit in kits:
            slug = kit.name.removesuffix("-DRAFT")
            languages = (p for p in kit.glob("*") if p.is_dir() and p.name != ATTACHMENTS)
            for place in (kit, *sorted(languages)):
                for name, suffix in _expected(kit, place).items():
                    files = [f for f in sorted(place.iterdir()) if f.name.endswith(suffix)]
                    known = [f for f in files if f.name.startswith((slug, "index"))]
                    if len(known) != 1:
                        problems.append(f"{place}: not one file *{suffix}")
                    found[name] += known
    if problems:
        raise SystemExit("\n".join(problems))
    return found


def _expected(kit: Path, place: Path) -> dict[str, str]:
    if place != kit:
        return SUFFIXES
    return {"html": ".html", "zip": ".zip", "eml": ".eml"}
