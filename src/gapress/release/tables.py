"""Tables in a release's file: what a place in one is called, and what must hold of its rows.

``read`` names cells by it in messages; ``references`` calls the checks. Both work on the data of
the file, whether or not it fits the model.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gapress.release.data import sequence
from gapress.release.facts import FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapress.errors import Problem
    from gapress.release.yaml import Path, Tree

_KEYS = ("money", "percentage", "number")
_OWN_KEYS = {*(kind.key() for kind in FACTS), "heading"}
# A bare number like these may as well be a year, which has no separator of thousands.
_YEARS = range(1900, 2100)


def may_be_empty(path: Path) -> bool:
    """Whether the value at a path may be left out: a cell, or the first heading."""
    match path:
        case ("body", int(), "rows", int(), int()) | ("body", int(), "total", int()):
            return True
        case ("body", int(), "columns", 0):
            return True
    return False


def is_text_misread(path: Path, value: Any) -> bool:
    """Whether YAML has read keys in a cell, or a heading, that were meant as a text.

    A cell may hold a typed value, and a heading more than its words; both have keys of their own.
    """
    in_cell = may_be_empty(path) or path[2:3] == ("columns",)
    if not (in_cell and isinstance(value, dict)):
        return False
    if all(given is None for given in value.values()):
        return True
    return not set(value) & _OWN_KEYS and all(isinstance(given, str) for given in value.values())


def cell_name(data: Any, path: Path) -> str:
    """Return what a place in a table is called: ``row 3, column 2 (Revenue)``; empty elsewhere."""
    match path:
        case ("body", int(block), "rows", int(row), int(column), *rest):
            table = data["body"][block]
            name = f"row {row + 1}, {_column_name(table, column)}"
            return _part(table["rows"][row][column], rest, name)
        case ("body", int(block), "total", int(column), *rest):
            table = data["body"][block]
            return _part(table["total"][column], rest, f"total, {_column_name(table, column)}")
        case ("body", int(block), "columns", int(column), *rest):
            table = data["body"][block]
            return _part(table["columns"][column], rest, _column_name(table, column))
        case ("body", int(), "rows", int(row)):
            return f"row {row + 1}"
    return ""


def _part(value: Any, rest: list[str | int], name: str) -> str:
    """Return what a key of a value is called; a bare value has none, as it is written."""
    return f"{rest[-1]} of {name}" if rest and isinstance(value, dict) else name


def _column_name(table: dict[str, Any], column: int) -> str:
    heading = _heading(sequence(table.get("columns")), column)
    shown = heading if len(heading) <= 40 else f"{heading[:39]}…"
    return f"column {column + 1}" + (f" ({shown})" if shown else "")


def _heading(columns: list[Any], column: int) -> str:
    entry = columns[column] if column < len(columns) else None
    heading = entry.get("heading") if isinstance(entry, dict) else entry
    return heading if isinstance(heading, str) else ""


def check_table(tree: Tree, path: Path, block: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the problems of a whole table: rows and groups that don't fit the columns, and such."""
    if isinstance(block.get("columns"), list):
        yield from _check_rows(tree, path, block)
        yield from _check_groups(tree, path, block)
        for column, entry in enumerate(block["columns"]):
            yield from _check_column(tree, path, block, column, entry)


def _rows(path: Path, block: Mapping[str, Any]) -> Iterator[tuple[Path, str, list[Any]]]:
    """Yield place, name and cells of each row, and of the total."""
    for index, row in enumerate(sequence(block.get("rows"))):
        if isinstance(row, list):
            yield (*path, "rows", index), f"row {index + 1}", row
    if isinstance(block.get("total"), list):
        yield (*path, "total"), "the total", block["total"]


def _check_rows(tree: Tree, path: Path, block: Mapping[str, Any]) -> Iterator[Problem]:
    count = len(block["columns"])
    for place, name, row in _rows(path, block):
        if count and len(row) != count:
            cells = "1 cell" if len(row) == 1 else f"{len(row)} cells"
            message = f"{name} has {cells}, the table has {count} columns"
            hint = "give each column its cell, ~ for an empty one"
            if len(row) > count and any(isinstance(cell, Decimal) for cell in row):
                hint = "give each column one cell; numbers have no commas: 12500, not 12,500"
            yield tree.problem(place, message, hint)


def _check_groups(tree: Tree, path: Path, block: Mapping[str, Any]) -> Iterator[Problem]:
    groups = sequence(block.get("groups"))
    spans = [group.get("columns") for group in groups if isinstance(group, dict)]
    count = len(block["columns"])
    covered = sum(span for span in spans if isinstance(span, Decimal))
    known = bool(groups) and all(isinstance(span, Decimal) for span in spans)
    if known and count - covered not in {0, 1}:
        message = f"the groups cover {covered} columns, the table has {count}"
        hint = "cover all of them, or all but the first; a group may have no heading: {columns: 1}"
        yield tree.problem((*path, "groups"), message, hint, key=True)


def _check_column(
    tree: Tree, path: Path, block: Mapping[str, Any], column: int, entry: Any
) -> Iterator[Problem]:
    rows = _rows(path, block)
    cells = [((*place, column), row[column]) for place, _, row in rows if column < len(row)]
    decimals = entry.get("decimals") if isinstance(entry, dict) else None
    rounds = isinstance(entry, dict) and (entry.get("scale") or entry.get("style"))
    if isinstance(decimals, Decimal) and not rounds:
        for place, cell in cells:
            figure = figure_of(cell)
            if figure is not None and -int(figure.normalize().as_tuple().exponent) > decimals:
                message = f"{cell_name(tree.data, place)} has more decimal places than its column"
                yield tree.problem(
                    place, message, f"round it, or give the column more than {decimals}"
                )
    bare = [(place, cell) for place, cell in cells if isinstance(cell, Decimal)]
    typed = isinstance(entry, dict) and "type" in entry
    if bare and not typed and all(_may_be_year(cell) for _, cell in bare):
        place, cell = bare[0]
        message = f"{cell_name(tree.data, place)}: {cell} may be a year or a number"
        heading = _heading(block["columns"], column) or "…"
        hint = f"write the column as {{heading: {heading}, type: date}}, or type: number"
        yield tree.problem(place, message, hint)


def _may_be_year(number: Decimal) -> bool:
    return -int(number.as_tuple().exponent) <= 0 and number in _YEARS


def figure_of(cell: Any) -> Decimal | None:
    """Return the number of a cell in a file: a bare one, or that of a value like {money: 5}."""
    if isinstance(cell, dict):
        cell = next((cell[key] for key in _KEYS if key in cell), None)
    return cell if isinstance(cell, Decimal) else None
