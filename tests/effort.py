"""How much a test tries: ``make test`` has three minutes, ``make conformance`` has more.

Property tests draw a part of their examples in ``make test``, and what is done at every moment or
at every place is done at some of them; ``make conformance`` runs these tests again, whole.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeVar

    T = TypeVar("T")

THOROUGH = bool(os.environ.get("GAPRESS_THOROUGH"))
thorough = pytest.mark.thorough
"""Marks a test of which ``make test`` does a part."""


def some(examples: int) -> settings:
    """Return settings for so many examples, of which ``make test`` draws a fifth."""
    number = examples if THOROUGH else max(3, examples // 5)
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=number, deadline=None, suppress_health_check=slow)


def part(things: Sequence[T], step: int) -> Sequence[T]:
    """Return all things, or every so manieth in ``make test``."""
    return things if THOROUGH else things[::step]
