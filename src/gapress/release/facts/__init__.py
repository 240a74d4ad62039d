"""The facts of a release: typed values, one module for each kind, and one table of all of them.

A kind says how it is written in YAML, what it checks and how each language shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from gapress.release.base import union
from gapress.release.facts.base import FactModel, Formats
from gapress.release.facts.blank import BlankFact
from gapress.release.facts.date import DateFact
from gapress.release.facts.money import MoneyFact
from gapress.release.facts.number import NumberFact
from gapress.release.facts.percentage import PercentageFact
from gapress.release.facts.time import TimeFact

__all__ = [
    "FACTS",
    "BlankFact",
    "DateFact",
    "Fact",
    "FactModel",
    "Formats",
    "MoneyFact",
    "NumberFact",
    "PercentageFact",
    "TimeFact",
]

FACTS: tuple[type[FactModel], ...] = (
    DateFact,
    TimeFact,
    NumberFact,
    PercentageFact,
    MoneyFact,
    BlankFact,
)

if TYPE_CHECKING:
    Fact: TypeAlias = FactModel
else:
    Fact = union(FACTS, "is not a fact; give it one of {keys}, like {number: 93}")
