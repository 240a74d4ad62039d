"""What making one file may take: processor time and memory, by the length of its document.

Real documents stay far below; what goes beyond is a fault of one file, and ends with its worker.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapress.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapress.document import Document

SECONDS = 60
"""Processor time that every file may take; more for long documents."""

MEGABYTES = 2_000
"""Memory that every worker process may take; more for long documents."""

BLOCK_SECONDS = 10
"""Processor time that one block alone may take, while a faulty one is looked for."""

PATIENCE = 10
"""How many times the processor time a file may take in all: a machine may have other work."""

# A table of 5,000 rows and 6 columns takes 36 s and 0.9 GB, and may take 535 s and 3.9 GB.
_SECONDS_EACH, _MEGABYTES_EACH = 0.001, 0.004
_LEAST = 10  # what a text counts beside its characters: a cell is work, however short


@dataclass(frozen=True)
class Limit:
    """What one piece of work may take: seconds of processor time, and bytes of memory."""

    seconds: float
    memory: int


@dataclass(frozen=True)
class Limits:
    """What the smallest file may take.

    Attributes:
        seconds: Processor time.
        megabytes: Memory of a worker process.
    """

    seconds: int = SECONDS
    megabytes: int = MEGABYTES

    @classmethod
    def of_environment(cls) -> Limits:
        """Return the limits that ``GAPRESS_SECONDS`` and ``GAPRESS_MEGABYTES`` set.

        Raises:
            UsageError: One of them is not a whole number above 0.
        """
        return cls(_number("GAPRESS_SECONDS", SECONDS), _number("GAPRESS_MEGABYTES", MEGABYTES))

    def of(self, documents: Iterable[Document]) -> Limit:
        """Return what a file that shows these documents may take."""
        size = sum(len(text) + _LEAST for document in documents for text in document.texts())
        megabytes = self.megabytes + size * _MEGABYTES_EACH
        return Limit(self.seconds + size * _SECONDS_EACH, int(megabytes * 1_000_000))


def _number(name: str, default: int) -> int:
    text = os.environ.get(name) or str(default)
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 1_000_000):
        raise UsageError(f"{name} must be a whole number from 1 to 999999, not {text!r}")
    return int(text)
