"""Makes sure that a writer shows every kind of block, or that it can't even be imported."""

from __future__ import annotations

from typing import Any

from gapress.document import BLOCKS


def shows_every_block(function: Any) -> None:
    """Check a function of a writer that has a part for each kind of block.

    Raises:
        NotImplementedError: It lacks a kind, whose text would be missing from the file.
    """
    lacking = [kind.__name__ for kind in BLOCKS if kind not in function.registry]
    if lacking:
        raise NotImplementedError(f"{function.__module__} has no part for {', '.join(lacking)}")
