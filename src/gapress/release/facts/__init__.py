"""The facts of a release: typed values, one module for each kind, and one table of all of them.

A kind says how it is written in YAML, what it checks and how each language shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from gapress.release.base import union
from gapress.release.facts.base import Amount, ComputedFact, FactModel, Formats
from gapress.release.facts.blank import BlankFact
from gapress.release.facts.change import ChangeFact
from gapress.release.facts.date import DateFact
from gapress.release.facts.datetime import DateTimeFact
from gapress.release.facts.duration import DurationFact
from gapress.release.facts.money import MoneyFact
from gapress.release.facts.number import NumberFact
from gapress.release.facts.percentage import PercentageFact
from gapress.release.facts.quantity import QuantityFact
from gapress.release.facts.range import RangeFact
from gapress.release.facts.share import ShareFact
from gapress.release.facts.time import TimeFact

__all__ = [
    "FACTS",
    "Amount",
    "BlankFact",
    "ChangeFact",
    "ComputedFact",
    "DateFact",
    "DateTimeFact",
    "DurationFact",
    "Fact",
    "FactModel",
    "Formats",
    "MoneyFact",
    "NumberFact",
    "PercentageFact",
    "QuantityFact",
    "RangeFact",
    "ShareFact",
    "TimeFact",
]

FACTS: tuple[type[FactModel], ...] = (
    DateFact,
    TimeFact,
    NumberFact,
    PercentageFact,
    MoneyFact,
    QuantityFact,
    RangeFact,
    DurationFact,
    DateTimeFact,
    ChangeFact,
    ShareFact,
    BlankFact,
)

if TYPE_CHECKING:
    Fact: TypeAlias = FactModel
else:
    Fact = union(FACTS, "is not a fact; give it one of {keys}, like {number: 93}")
