"""Where the templates and the label catalogs that come with gapress are.

In an installed package they are inside it; in a checkout they are the top-level folders.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

SHIPPED = "gapress:"
"""In manifests, before the names of files that come with gapress."""

_ASIDE = (".", "~", "#")
_BACKUPS = {".bak", ".orig", ".rej", ".swp", ".tmp"}
_INSTALLED = Path(__file__).parent / "_shipped"
_CHECKOUT = Path(__file__).parents[2]


def shipped(name: Literal["templates", "locales"]) -> Path:
    """Return the folder of shipped templates or label catalogs."""
    return (_INSTALLED if _INSTALLED.is_dir() else _CHECKOUT) / name


def template_names(folder: Path) -> list[str]:
    """Return the names of the files in a folder of templates, with ``/``, sorted.

    What the system, an editor or a version control leaves beside them is none of them.
    """
    return sorted(
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if not path.is_dir()
        and not path.name.startswith(_ASIDE)
        and path.suffix not in _BACKUPS
        and not path.name.endswith("~")
    )
