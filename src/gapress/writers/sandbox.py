"""Jinja2's sandbox with an end: a template can't count for ever, nor fill memory.

Steps and characters are counted, not seconds and bytes, so that a template fails everywhere or
nowhere.
"""

from __future__ import annotations

import inspect
import operator
from collections.abc import Iterable, Iterator, Sized
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, Final

from jinja2 import nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from gapress.writers.estimates import FILTERS, ITEMS, METHODS, format_fields, measure, percent

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_STEPS: Final = 1_000_000
"""Rounds of loops and calls in one rendering; a release of 50 pages takes some 8,000."""

MAX_LENGTH: Final = 10_000_000
"""Characters or items that one operation may make."""

MAX_MADE: Final = 100_000_000
"""Characters that all operations of one rendering may make, embedded pictures apart."""

MAX_ITEMS: Final = 1_000_000
"""Items that one operation may make of a text."""

_MAX_BITS = 100_000
_SHORT = 1_000
_EACH_ROUND = "each round"
_CHARGED = "charged"
_MADE = "made"
_OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "*": operator.mul,
    "**": operator.pow,
    "+": operator.add,
    "%": operator.mod,
}


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """A sandbox whose templates take at most :data:`MAX_STEPS` steps and make no huge values.

    One rendering at a time: :meth:`begin` starts the count. :meth:`bound_filters` must follow
    the last change of the filters.
    """

    intercepted_binops = frozenset(_OPERATIONS)

    def __init__(self, **options: Any) -> None:
        # Constants are worked out while rendering too, so that they count each time.
        super().__init__(finalize=pass_context(self._finalized), optimized=False, **options)
        self._steps = self._made = self._embedded = 0
        self.filters[_EACH_ROUND] = self._each_round
        self.filters[_CHARGED] = pass_context(self._charged)
        self.filters[_MADE] = self._shown

    def begin(self) -> None:
        """Count from the start."""
        self._steps = self._made = self._embedded = 0

    def bound_filters(self) -> None:
        """Let every filter be judged before it works."""
        own = {_EACH_ROUND, _CHARGED, _MADE}
        for name, function in self.filters.items():
            if name not in own:
                self.filters[name] = self._bounded(name, function)

    def embed(self, text: str) -> str:
        """Return a picture as a text, which counts apart from what templates make."""
        self._embedded += len(text)
        return text

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _Counting().visit(super()._parse(source, name, filename))
        return tree

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Return a bounded ``format`` for the method of a text."""
        wrapped = super().wrap_str_format(value)
        if wrapped is None:
            return None
        text: str = value.__self__

        def bounded(*args: Any, **kwargs: Any) -> str:
            given = (*args, *kwargs.values())
            mapped = given[0] if value.__name__ == "format_map" and given else given
            self._allow("format", format_fields(text, mapped, self._limit))
            return wrapped(*args, **kwargs)

        return update_wrapper(bounded, value)

    def call(self, context: Context, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call from a template, as a step."""
        self._step()
        if not isinstance(function, Macro):
            owner, name = getattr(function, "__self__", None), getattr(function, "__name__", "")
            if isinstance(owner, (str, bytes)):
                self._judge(METHODS, name, (owner, *args, *kwargs.values()))
            elif name in ITEMS or isinstance(owner, int):
                self._judge_items(name, (*args, *kwargs.values()))
        return self._shown(super().call(context, function, *args, **kwargs))

    def call_binop(self, _: Context, operator: str, left: Any, right: Any) -> Any:
        """Calculate, where the result is not too large."""
        if operator in {"*", "**"}:
            self._allow_product(operator, left, right)
        elif operator == "%":
            self._allow(operator, percent(left, right, self._limit))
        return self._shown(_OPERATIONS[operator](left, right))

    def _allow_product(self, operator: str, left: Any, right: Any) -> None:
        if isinstance(left, int) and isinstance(right, int):
            bits = left.bit_length()
            large = (bits * right if operator == "**" else bits + right.bit_length()) > _MAX_BITS
        else:
            sizes = [len(x) if isinstance(x, Sized) else x for x in (left, right)]
            numbers = [size for size in sizes if isinstance(size, int)]
            large = len(numbers) == 2 and numbers[0] * numbers[1] > MAX_LENGTH
        self._allow(operator, MAX_MADE * 2 if large else 0)

    def _bounded(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        passed = 1 if hasattr(function, "jinja_pass_arg") else 0
        signature = inspect.signature(function) if name in FILTERS else None

        def bounded(*args: Any, **kwargs: Any) -> Any:
            if signature and kwargs:
                given = signature.bind(*args, **kwargs)
                given.apply_defaults()
                args, kwargs = given.args, given.kwargs
            if name == "join" and len(args) > passed and not isinstance(args[passed], Sized):
                args = (*args[:passed], list(self._each_round(args[passed])), *args[passed + 1 :])
            self._judge(FILTERS, name, args[passed:])
            if name == "format" and len(args) > passed:
                given_values = (*args[passed + 1 :], *kwargs.values())
                self._allow(name, percent(str(args[passed]), given_values, self._limit))
            return self._shown(function(*args, **kwargs))

        return update_wrapper(bounded, function)

    def _judge(self, estimates: dict[str, Callable[..., int]], name: str, args: Any) -> None:
        """Refuse an operation whose result would be too large; what fails, Jinja tells."""
        for arg in args:
            self._allow(name, measure(arg, self._limit))
        estimate = estimates.get(name)
        if estimate:
            try:
                size = estimate(*args)
            except (TypeError, AttributeError):
                return
            self._allow(name, size)
        if name in ITEMS:
            self._judge_items(name, args[:1])

    def _judge_items(self, name: str, args: Any) -> None:
        for arg in args:
            size = arg if isinstance(arg, int) else len(arg) if isinstance(arg, Sized) else 0
            if size > MAX_ITEMS + self._embedded:
                raise SecurityError(f"the result of {name} is too large")

    @property
    def _limit(self) -> int:
        return MAX_LENGTH + self._embedded

    def _allow(self, name: str, size: int) -> None:
        if size > self._limit:
            raise SecurityError(f"the result of {name} is too large")

    def _shown(self, value: Any) -> Any:
        """Return a value, and count the characters that it is shown with."""
        if isinstance(value, str) and len(value) < _SHORT:
            self._made += len(value)  # the usual case, quickly; what is long soon follows
        elif isinstance(value, (str, bytes, list, tuple, dict, set, frozenset)):
            size = measure(value, self._limit)
            self._allow("an expression", size)
            self._charge(size)
        return value

    @staticmethod
    def _finalized(context: Context, value: Any) -> Any:
        environment: Any = context.environment
        return environment._shown(value)

    @staticmethod
    def _charged(context: Context, size: int) -> str:
        environment: Any = context.environment
        environment._charge(size)
        return ""

    def _charge(self, size: int) -> None:
        self._made += size
        # What is embedded passes through several operations.
        if self._made > MAX_MADE + 10 * self._embedded:
            raise SecurityError(f"it makes more than {MAX_MADE:,} characters; is there a loop?")

    def _each_round(self, items: Any) -> Any:
        if isinstance(items, Undefined) or not isinstance(items, Iterable):
            return items  # Jinja says what is wrong
        return _Counted(items, self._step)

    def _step(self) -> None:
        self._steps += 1
        if self._made > MAX_MADE:
            self._charge(0)
        if self._steps > MAX_STEPS:
            raise SecurityError(
                f"it takes more than {MAX_STEPS:,} steps; is there an endless loop?"
            )


class _Counting(NodeTransformer):
    """Lets a template count its rounds, and the characters that it says."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - as Jinja calls it
        self.generic_visit(node)
        node.iter = _filtered(node.iter, _EACH_ROUND, node.lineno)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802
        self.generic_visit(node)
        node.nodes = [_filtered(part, _MADE, node.lineno) for part in node.nodes]
        return _filtered(node, _MADE, node.lineno)

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:  # noqa: N802
        self.generic_visit(node)
        size = sum(len(part.data) for part in node.nodes if isinstance(part, nodes.TemplateData))
        if not size:
            return [node]
        count = _filtered(nodes.Const(size, lineno=node.lineno), _CHARGED, node.lineno)
        return [nodes.ExprStmt(count, lineno=node.lineno), node]


def _filtered(node: Any, name: str, line: int) -> nodes.Filter:
    return nodes.Filter(node, name, [], [], None, None, lineno=line)


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
