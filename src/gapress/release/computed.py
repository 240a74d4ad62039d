"""Replaces the computed facts of a release by what they come to.

``Release`` calls it once for its facts; ``references`` tells what can't be computed, with its
place. Everything after the reader knows plain facts only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from gapress.release.data import suggestion
from gapress.release.facts import FACTS, BlankFact, ComputedFact, Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapress.errors import Problem
    from gapress.release.facts import FactModel
    from gapress.release.yaml import Tree

_FACT: TypeAdapter[Fact] = TypeAdapter(Fact)
_COMPUTED = tuple(kind.key() for kind in FACTS if issubclass(kind, ComputedFact))


def is_computed(data: Any) -> bool:
    """Whether a fact of a file follows from others."""
    return isinstance(data, dict) and bool(set(_COMPUTED) & set(data))


@dataclass(frozen=True)
class Fault:
    """Why a fact can't be computed.

    Attributes:
        name: The fact.
        key: The key of it that is wrong; empty for the whole.
        message: What is wrong, and what to do.
    """

    name: str
    key: str
    message: str


class Computation:
    """Computes the facts of a release, each once.

    Attributes:
        faults: What could not be computed, and why; what depends on it is not told.
    """

    def __init__(self, facts: Mapping[str, FactModel | None]) -> None:
        self.faults: list[Fault] = []
        self._facts = facts
        self._found: dict[str, FactModel | None] = {}
        self._open: list[str] = []

    def all(self) -> dict[str, FactModel]:
        """Return the facts that are plain or can be computed, in their order."""
        found = {name: self._value(name) for name in self._facts}
        return {name: fact for name, fact in found.items() if fact is not None}

    def _value(self, name: str) -> FactModel | None:
        if name not in self._found:
            self._open.append(name)
            self._found[name] = self._computed(name, self._facts[name])
            self._open.pop()
        return self._found[name]

    def _computed(self, name: str, fact: FactModel | None) -> FactModel | None:
        if fact is None or not isinstance(fact, ComputedFact):
            return fact
        values: dict[str, FactModel] = {}
        for key, operand in fact.operands.items():
            if operand not in self._facts:
                hint = suggestion(operand, (n for n in self._facts if n != name))
                self._fault(name, key, f"{operand} is not in facts; {hint}")
            elif operand in self._open:
                chain = " → ".join((*self._open[self._open.index(operand) :], operand))
                self._fault(name, key, f"{operand} depends on itself: {chain}; break the circle")
            elif (value := self._value(operand)) is not None:
                values[key] = value
        if len(values) < len(fact.operands):
            return None
        if any(isinstance(value, BlankFact) for value in values.values()):
            return BlankFact(blank=name.replace("_", " "))  # until what it is made of is filled
        try:
            return fact.computed(values)
        except PydanticCustomError as error:
            self._fault(name, "", f"{name} {error.message()}")
        except ValidationError as error:
            reason = error.errors(include_url=False)[0]["msg"]
            self._fault(name, "", f"{name} comes to a figure that {reason}")
        return None

    def _fault(self, name: str, key: str, message: str) -> None:
        self.faults.append(Fault(name, key, message))


def resolved(facts: dict[str, FactModel]) -> dict[str, FactModel]:
    """Return the facts with computed ones as what they come to.

    One that can't be computed is left out: :func:`check_computed` tells of it.
    """
    return Computation(facts).all()


def check_computed(tree: Tree, facts: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield why facts of a file can't be computed; those that don't fit the model are left out.

    Args:
        tree: The release's file.
        facts: Its facts, as they are written.
    """
    if not any(map(is_computed, facts.values())):
        return
    computation = Computation({name: _sound(data) for name, data in facts.items()})
    computation.all()
    for fault in computation.faults:
        message, _, hint = fault.message.partition("; ")
        path = ("facts", fault.name, fault.key) if fault.key else ("facts", fault.name)
        yield tree.problem(path, message, hint)


def _sound(data: Any) -> FactModel | None:
    try:
        return _FACT.validate_python(data)
    except ValidationError:
        return None
