"""A table of facts: columns, rows of cells that may be typed, a total and notes."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, Union

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from gapress.document import ColumnGroup, FactTable
from gapress.release.base import Model, one_of, tagged
from gapress.release.blocks.base import BlockModel
from gapress.release.blocks.shapes import named_fact, shapes_of
from gapress.release.facts import FACTS, ComputedFact
from gapress.release.facts.base import OwnScale
from gapress.release.facts.money import check_currency
from gapress.release.fields import MOST_COLUMNS, Currency, Decimals, Prose, Span, role
from gapress.release.tables import check_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapress.document import Inlines
    from gapress.errors import Problem
    from gapress.release.blocks.base import Words
    from gapress.release.blocks.shapes import Shape
    from gapress.release.facts import Fact
    from gapress.release.yaml import Path, Tree


class ColumnEntry(Model):
    """A column of a table: its heading, and what its bare values are."""

    heading: Annotated[
        Prose, role("table heading", "Keep it short: heads a column of a table.", 40)
    ]
    type: Literal["text", "number", "percentage", "money", "date", "time"] | None = Field(
        None,
        description="What bare values in this column are; without it, bare numbers are numbers",
    )
    currency: Currency | None = Field(None, description="With type: money; an ISO 4217 code")
    decimals: Decimals | None = Field(
        None, description="Decimal places of every figure; without it, as written"
    )
    scale: OwnScale = None
    style: Literal["compact", "compact-short"] | None = Field(
        None, description="compact: 1.5 million; compact-short: 1.5M"
    )
    adds_up: bool = Field(
        default=True, description="false: the total is no sum in this column, as of averages"
    )
    align: Literal["start", "end", "center"] | None = Field(
        None, description="Without it, figures are aligned by their last digit, texts at the start"
    )

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> ColumnEntry:
        if (self.type == "money") != (self.currency is not None):
            hint = "a column of amounts has both type: money and currency: MAD (ISO 4217)"
            message = (
                "has a currency but is not of type money" if self.currency else "has no currency"
            )
            raise PydanticCustomError("gapress", f"{message}; {hint}")
        if self.decimals is not None and self.type not in _FIGURES:
            message = "has decimals but no type; add type: number, percentage or money"
            raise PydanticCustomError("gapress", message)
        if (self.scale or self.style) and self.type not in {"number", "money"}:
            message = "has a scale or a style but no type; add type: number or money"
            raise PydanticCustomError("gapress", message)
        if self.currency:
            from babel.numbers import get_currency_precision

            check_currency(self.currency)
            is_plain = not (self.scale or self.style)
            if is_plain and (self.decimals or 0) > get_currency_precision(self.currency):
                message = "has more decimal places than the currency uses; write fewer decimals"
                raise PydanticCustomError("gapress", message)
        return self


class GroupEntry(Model):
    """A heading over several columns of a table."""

    heading: Annotated[Prose, role("table heading")] | None = Field(
        None, description="Left out, these columns have no heading above their own"
    )
    columns: Span = Field(description="How many columns it covers")


_FIGURES = ("number", "percentage", "money")
# Computed facts have their place under facts, where others may name them.
_CELL_FACTS = tuple(kind for kind in FACTS if not issubclass(kind, ComputedFact))
_BARE: dict[str, re.Pattern[str]] = {
    "date": re.compile(r"\s*\d+(-\d+){0,2}\s*"),
    "time": re.compile(r"\s*\d+:\d+\s*"),
}


def _typed(cell: Any, column: Any) -> Any:
    """Return a cell of the file as what its column makes of it: a fact, as a mapping, or a text."""
    column = column if isinstance(column, dict) else {}
    given = column.get("type")
    kind = given if isinstance(given, str) else ""  # anything else is told by the model
    is_number = isinstance(cell, Decimal)
    if kind == "text" and is_number:
        return str(cell)  # a code, a year: as written
    if isinstance(cell, str) and kind in _BARE and _BARE[kind].fullmatch(cell):
        return {kind: cell.strip()}
    if not is_number:
        return cell
    more = {key: column[key] for key in ("scale", "style") if column.get(key) is not None}
    if kind == "money":
        return {"money": cell, "currency": column.get("currency"), **more}
    if kind == "number":
        return {"number": cell, **more}
    return {kind if kind in {*_BARE, *_FIGURES} else "number": cell}


def _none(_: object) -> None:
    return None


def _kind_of_column(value: Any) -> str:
    return (
        "entry" if isinstance(value, dict | ColumnEntry) else "empty" if value is None else "text"
    )


def _kind_of_note(value: Any) -> str:
    return "several" if isinstance(value, list | tuple) else "one"


def _kind_of_cell(value: Any) -> str | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return "empty"
    fact = one_of(_CELL_FACTS)(value)
    return fact or (None if isinstance(value, dict) else "text")


Column: TypeAlias = Annotated[
    Annotated[Annotated[Prose, role("table heading")], Tag("text")]
    | Annotated[ColumnEntry, Tag("entry")]
    | Annotated[None, Tag("empty")],
    Discriminator(_kind_of_column),
]
if TYPE_CHECKING:
    Cell: TypeAlias = str | Fact | None
else:
    Cell = Annotated[
        Union[
            Annotated[Prose, role("table cell", "Keep it short: a cell of a table."), Tag("text")],
            *tagged(_CELL_FACTS),
            Annotated[
                None, BeforeValidator(_none), WithJsonSchema({"enum": [None, ""]}), Tag("empty")
            ],
        ],
        Discriminator(
            _kind_of_cell,
            custom_error_type="gapress",
            custom_error_message="is not a fact; write a text, a number, or a value like "
            "{percentage: 12.5}; a computed one belongs under facts, and its name here",
        ),
        # A bare number takes the type of its column before the model sees it.
        Field(json_schema_extra=lambda schema: schema["oneOf"].append({"type": "number"})),
    ]
Note: TypeAlias = Annotated[
    Annotated[Annotated[Prose, role("table note", "Stands under a table.")], Tag("one")]
    | Annotated[tuple[Annotated[Prose, role("table note")], ...], Tag("several")],
    Discriminator(_kind_of_note),
]


class TableBlock(BlockModel):
    """A table of facts; the first cell of each row heads the row."""

    table: Annotated[Prose, role("table title")] = Field(description="The title of the table")
    columns: tuple[Column, ...] = Field(
        min_length=2,
        max_length=MOST_COLUMNS,
        description="Column headings, or mappings with heading, type, currency, scale, style, "
        "decimals, adds_up and align",
    )
    groups: tuple[GroupEntry, ...] = Field(
        (), description="Headings over several columns; over all, or over all but the first"
    )
    rows: tuple[tuple[Cell, ...], ...] = Field(
        min_length=1,
        description="Cells: a text, a bare number, a value like {percentage: 12.5}, or ~ for none",
    )
    total: tuple[Cell, ...] = Field((), description="A last row that sums up the others")
    adds_up: bool = Field(
        default=True, description="false: the total is no sum: an index, an average, a rate"
    )
    note: Note | None = Field(None, description="A text, or several, under the table")

    @model_validator(mode="after")
    def _has_what_adds_up(self) -> TableBlock:
        own = [column for column in self.columns if isinstance(column, ColumnEntry)]
        if not (self.total or (self.adds_up and all(column.adds_up for column in own))):
            message = "says adds_up but has no total; delete adds_up"
            raise PydanticCustomError("gapress", message)
        return self

    @model_validator(mode="before")
    @classmethod
    def _give_cells_the_types_of_their_columns(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        columns = data.get("columns")
        columns = columns if isinstance(columns, list) else []

        def typed(row: Any) -> Any:
            if not isinstance(row, list):
                return row
            return [_typed(cell, column) for cell, column in zip_longest(row, columns[: len(row)])]

        changed = dict(data)
        if isinstance(data.get("rows"), list):
            changed["rows"] = [typed(row) for row in data["rows"]]
        if "total" in data:
            changed["total"] = typed(data["total"])
        return changed

    def localized(self, path: Path, words: Words) -> FactTable:
        shapes = shapes_of(self.columns, [*self.rows, self.total], words.facts, words.direction)
        rows = [_row((*path, "rows", i), row, shapes, words) for i, row in enumerate(self.rows)]
        if self.total:
            rows.append(_row((*path, "total"), self.total, shapes, words))
        columns = enumerate(self.columns)
        return FactTable(
            words.text((*path, "table"), self.table),
            tuple(_heading((*path, "columns", i), column, words) for i, column in columns),
            tuple(rows),
            tuple(shape.align for shape in shapes),
            self._groups(path, words),
            total=bool(self.total),
            notes=_notes((*path, "note"), self.note, words),
        )

    def _groups(self, path: Path, words: Words) -> tuple[ColumnGroup, ...]:
        found = [
            ColumnGroup(words.optional((*path, "groups", i, "heading"), g.heading), g.columns)
            for i, g in enumerate(self.groups)
        ]
        if found and sum(group.columns for group in found) < len(self.columns):
            found.insert(0, ColumnGroup((), 1))  # above the headings of rows
        return tuple(found)

    @classmethod
    def check(cls, tree: Tree, path: Path, data: Mapping[str, Any]) -> Iterator[Problem]:
        yield from check_table(tree, path, data)


def _heading(path: Path, column: Column, words: Words) -> Inlines:
    if isinstance(column, ColumnEntry):
        return words.text((*path, "heading"), column.heading)
    return words.optional(path, column)


def _row(
    path: Path, row: tuple[Cell, ...], shapes: tuple[Shape, ...], words: Words
) -> tuple[Inlines, ...]:
    cells = enumerate(zip(row, shapes, strict=True))
    return tuple(_cell((*path, i), cell, shape, words) for i, (cell, shape) in cells)


def _cell(path: Path, cell: Cell, shape: Shape, words: Words) -> Inlines:
    if cell is None:
        return ()
    if not isinstance(cell, str):
        return words.fact(cell, shape.precision_of(cell))
    if not words.has_words(path):  # a bare number in a column of texts: as it is written
        return words.value(cell)
    named = named_fact(cell, words.facts)
    if named is not None and shape.sets(named):
        return words.fact(named, shape.precision_of(named))
    return words.text(path, cell)


def _notes(path: Path, note: Note | None, words: Words) -> tuple[Inlines, ...]:
    if isinstance(note, str):
        return (words.text(path, note),)
    return tuple(words.text((*path, i), text) for i, text in enumerate(note or ()))
