"""How the columns of a table are set: on which side, and with how many decimal places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapress.release.facts import FACTS, Fact, MoneyFact
from gapress.release.markup import scan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapress.document import Align, Direction
    from gapress.release.blocks.table import Cell, Column, ColumnEntry

_KINDS = {kind.key(): kind for kind in FACTS}


@dataclass(frozen=True)
class Shape:
    """How a column is set.

    Attributes:
        align: Its side.
        kind: The type of figure that all have the same decimal places; none in a column whose
            figures keep those that they are written with.
        decimals: How many that is.
        currency: The currency of amounts; one in another keeps its own decimal places.
    """

    align: Align
    kind: type[Fact] | None = None
    decimals: int = 0
    currency: str = ""

    def sets(self, fact: Fact) -> bool:
        """Whether the column says how many decimal places this figure has."""
        return fact.precision() is not None and _is_of(fact, self.kind, self.currency)

    def precision_of(self, fact: Fact) -> int | None:
        """Return the decimal places of a figure in this column; none for any other fact."""
        return self.decimals if self.sets(fact) else fact.precision()


def _figures(key: str) -> type[Fact] | None:
    """Return the type of a column's figures; none where they are dates, times or texts."""
    kind = _KINDS.get(key)
    return kind if kind and kind.is_figure else None


def _is_of(fact: Fact, kind: type[Fact] | None, currency: str) -> bool:
    if isinstance(fact, MoneyFact) and fact.currency != currency:
        return False
    return kind is not None and isinstance(fact, kind)


def shapes_of(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    facts: Mapping[str, Fact],
    direction: Direction,
) -> tuple[Shape, ...]:
    """Return how each column of a table is set.

    Args:
        columns: The columns.
        rows: The cells of each row, the total's too; an empty one is no row.
        facts: The release's facts, which cells may name.
        direction: The direction of the language.
    """
    return tuple(
        _shape(entry, [row[i] for row in rows if row], facts, direction, heads=i == 0)
        for i, entry in enumerate(columns)
    )


def _shape(
    entry: Column,
    cells: list[Cell],
    facts: Mapping[str, Fact],
    direction: Direction,
    *,
    heads: bool,
) -> Shape:
    column: ColumnEntry | None = None if isinstance(entry, str) else entry
    kind = _figures((column and column.type) or "")
    is_typed = column is not None and column.type is not None
    has_figures = bool(kind) or (not is_typed and _are_figures(cells, facts))
    align: Align = "end" if has_figures and not heads else "start"
    if column and column.align:
        align = column.align
    if has_figures and align == "end" and direction == "rtl":
        # Digits run from left to right in every language: where they end is the right.
        align = "start"
    currency = (column and column.currency) or ""
    own = [cell.precision() for cell in _facts(cells, facts) if _is_of(cell, kind, currency)]
    widest = max((count for count in own if count is not None), default=0)
    if column and column.decimals is not None:
        widest = column.decimals
    return Shape(align, kind, widest, currency)


def _facts(cells: list[Cell], facts: Mapping[str, Fact]) -> list[Fact]:
    """Return the facts of a column, those that its cells name too."""
    values = (named_fact(cell, facts) if isinstance(cell, str) else cell for cell in cells)
    return [value for value in values if value is not None]


def _are_figures(cells: list[Cell], facts: Mapping[str, Fact]) -> bool:
    """Whether a column is one of figures.

    All of its cells are, named facts too; or half, where some are values: a dash or "n/a" may
    stand for a figure that there is not.
    """
    values = [
        named_fact(cell, facts) if isinstance(cell, str) else cell
        for cell in cells
        if cell is not None
    ]
    figures = sum(value is not None and value.precision() is not None for value in values)
    has_values = any(cell is not None and not isinstance(cell, str) for cell in cells)
    return figures > 0 and figures * (2 if has_values else 1) >= len(values)


def named_fact(cell: str, facts: Mapping[str, Fact]) -> Fact | None:
    """Return the fact that a cell names and nothing else, as in ``"{share}"``; none otherwise."""
    match scan(cell)[0]:
        case (token,) if token.kind == "placeholder":
            return facts[token.value]
    return None
