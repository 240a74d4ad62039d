"""How the columns of a table are set: on which side, and with how many decimal places.

``localize`` asks here for each table; the values themselves are formatted by ``facts``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapress.localization.facts import decimals_of
from gapress.release.markup import scan
from gapress.release.model import ColumnEntry, MoneyFact, NumberFact, PercentageFact

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapress.document import Align, Direction
    from gapress.release.model import Cell, Fact, TableBlock

_KINDS: dict[str, type[object]] = {
    "number": NumberFact,
    "percentage": PercentageFact,
    "money": MoneyFact,
}


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
    kind: type[object] | None = None
    decimals: int = 0
    currency: str = ""

    def sets(self, fact: Fact) -> bool:
        """Whether the column says how many decimal places this figure has."""
        return decimals_of(fact) is not None and _is_of(fact, self.kind, self.currency)

    def decimals_of(self, fact: Fact) -> int | None:
        """Return the decimal places of a figure in this column; none for any other fact."""
        return self.decimals if self.sets(fact) else decimals_of(fact)


def _is_of(fact: Fact, kind: type[object] | None, currency: str) -> bool:
    if isinstance(fact, MoneyFact) and fact.currency != currency:
        return False
    return kind is not None and isinstance(fact, kind)


def shapes_of(
    block: TableBlock, facts: Mapping[str, Fact], direction: Direction
) -> tuple[Shape, ...]:
    """Return how each column of a table is set.

    Args:
        block: The table.
        facts: The release's facts, which cells may name.
        direction: The direction of the language.
    """
    rows = [*block.rows, *([block.total] if block.total else [])]
    return tuple(
        _shape(entry, [row[i] for row in rows], facts, direction, heads=i == 0)
        for i, entry in enumerate(block.columns)
    )


def _shape(
    entry: str | ColumnEntry | None,
    cells: list[Cell],
    facts: Mapping[str, Fact],
    direction: Direction,
    *,
    heads: bool,
) -> Shape:
    column = entry if isinstance(entry, ColumnEntry) else None
    kind = _KINDS.get((column and column.type) or "")
    is_typed = column is not None and column.type is not None
    has_figures = bool(kind) or (not is_typed and _are_figures(cells, facts))
    align: Align = "end" if has_figures and not heads else "start"
    if column and column.align:
        align = column.align
    if has_figures and align == "end" and direction == "rtl":
        # Digits run from left to right in every language: where they end is the right.
        align = "start"
    currency = (column and column.currency) or ""
    own = [decimals_of(cell) for cell in _facts(cells, facts) if _is_of(cell, kind, currency)]
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
    figures = sum(value is not None and decimals_of(value) is not None for value in values)
    has_values = any(cell is not None and not isinstance(cell, str) for cell in cells)
    return figures > 0 and figures * (2 if has_values else 1) >= len(values)


def named_fact(cell: str, facts: Mapping[str, Fact]) -> Fact | None:
    """Return the fact that a cell names and nothing else, as in ``"{share}"``; none otherwise."""
    match scan(cell)[0]:
        case (token,) if token.kind == "placeholder":
            return facts[token.value]
    return None
