"""Jinja2's sandbox with an end: a template can't count for ever, nor fill memory with one line.

Steps are counted, not seconds, so that a template fails everywhere or nowhere.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Iterator, Sized
from typing import TYPE_CHECKING, Any, Final

from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_STEPS: Final = 1_000_000
"""Rounds of loops and calls in one rendering; a release of 50 pages takes some 8,000."""

MAX_LENGTH: Final = 10_000_000
"""Characters or items that ``*`` may make."""

_MAX_BITS = 100_000
_EACH_ROUND = "each round"
_OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {"*": operator.mul, "**": operator.pow}


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox whose templates take at most :data:`MAX_STEPS` steps.

    One rendering at a time: :meth:`begin` starts the count.
    """

    intercepted_binops = frozenset(_OPERATIONS)

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._steps = 0
        self.filters[_EACH_ROUND] = self._each_round

    def begin(self) -> None:
        """Count from the start."""
        self._steps = 0

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        for loop in tree.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, _EACH_ROUND, [], [], None, None, lineno=loop.lineno)
        return tree

    def call(self, context: Context, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call from a template, as a step."""
        self._step()
        return super().call(context, function, *args, **kwargs)

    def call_binop(self, _: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate, where the result is not too large."""
        if isinstance(left, int) and isinstance(right, int):
            bits = left.bit_length()
            large = (bits * right if operator == "**" else bits + right.bit_length()) > _MAX_BITS
        else:
            sizes = [len(x) if isinstance(x, Sized) else x for x in (left, right)]
            numbers = [size for size in sizes if isinstance(size, int)]
            large = len(numbers) == 2 and numbers[0] * numbers[1] > MAX_LENGTH
        if large:
            raise SecurityError(f"the result of {operator} is too large")
        return _OPERATIONS[operator](left, right)

    def _each_round(self, items: Any) -> Any:
        if isinstance(items, Undefined) or not isinstance(items, Iterable):
            return items  # Jinja says what is wrong
        return _Counted(items, self._step)

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise SecurityError(
                f"it takes more than {MAX_STEPS:,} steps; is there an endless loop?"
            )


class _Counted(Iterable[Any]):
    """What a loop goes through, each round counted; it keeps its length for ``loop.length``."""

    def __init__(self, items: Iterable[Any], step: Callable[[], None]) -> None:
        self._items, self._step = items, step

    def __iter__(self) -> Iterator[Any]:
        for item in self._items:
            self._step()
            yield item

    def __len__(self) -> int:
        return len(self._items)  # type: ignore[arg-type]  # or a TypeError, which Jinja expects
