"""Where the templates and the label catalogs that come with gapress are.

In an installed package they are inside it; in a checkout they are the top-level folders.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_INSTALLED = Path(__file__).parent / "_shipped"
_CHECKOUT = Path(__file__).parents[2]


def shipped(name: Literal["templates", "locales"]) -> Path:
    """Return the folder of shipped templates or label catalogs."""
    return (_INSTALLED if _INSTALLED.is_dir() else _CHECKOUT) / name
