"""The release as the officer writes it: one frozen model a construct of the YAML file.

``release.read`` fills it, ``localization`` reads it, ``release.schema`` publishes it.
Field descriptions are what editors show while the officer types.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import zip_longest
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    Tag,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from gapress.release.fields import (
    Count,
    Day,
    Decimals,
    Instant,
    Key,
    LanguageTag,
    Number,
    PartialDate,
    Prose,
    Span,
    TimeOfDay,
    Url,
    role,
)
from gapress.release.media import PICTURE_NAME

Naming: TypeAlias = Literal["headline", "slug"]
Currency: TypeAlias = Annotated[
    str, Field(pattern="^[A-Z]{3}$", description="ISO 4217 code, such as MAD")
]


class Model(BaseModel):
    """Base of everything in a source file: frozen, and no unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


# --- facts --------------------------------------------------------------------------------------


class DateFact(Model):
    """A date, formatted for each language."""

    date: PartialDate = Field(description="2025-11-24, 2025-11 or 2025")
    style: Literal["full", "long", "medium", "short"] = Field(
        "long", description="CLDR date style; full has the weekday"
    )


class TimeFact(Model):
    """A time of day in the newsroom's time zone."""

    time: TimeOfDay = Field(description="09:30")


class NumberFact(Model):
    """A number; ``ordinal`` gives 93rd, 93e."""

    number: Number = Field(description="Digits only, with a point before decimals")
    style: Literal["decimal", "ordinal"] = "decimal"

    @model_validator(mode="after")
    def _is_whole_if_ordinal(self) -> NumberFact:
        if self.style == "ordinal" and not (self.number >= 1 and self.number == int(self.number)):
            message = "can't be an ordinal; write a whole number from 1"
            raise PydanticCustomError("gapress", message)
        return self


class PercentageFact(Model):
    """A percentage: 12.5 means 12.5 %."""

    percentage: Number


class MoneyFact(Model):
    """An amount of money."""

    money: Number
    currency: Currency

    @model_validator(mode="after")
    def _fits_its_currency(self) -> MoneyFact:
        from babel.numbers import get_currency_precision

        _check_currency(self.currency)
        if -int(self.money.normalize().as_tuple().exponent) > get_currency_precision(self.currency):
            message = (
                "has more decimal places than the currency uses; round it as it is to be published"
            )
            raise PydanticCustomError("gapress", message)
        return self


def _check_currency(code: str) -> None:
    from babel.numbers import list_currencies

    if code not in list_currencies():
        message = "has a currency that CLDR does not know; write its ISO 4217 code, such as MAD"
        raise PydanticCustomError("gapress", message)


# --- blocks of the body -------------------------------------------------------------------------


class ParagraphBlock(Model):
    """A paragraph."""

    paragraph: Annotated[Prose, role("paragraph")]


class HeadingBlock(Model):
    """A heading inside the body."""

    heading: Annotated[Prose, role("heading")]


class QuoteBlock(Model):
    """A quotation; its words are on record in one language, elsewhere it is a translation."""

    quote: Annotated[Prose, role("quote")] = Field(description="The words, without quotation marks")
    speaker: Key = Field(description="An entry of people")
    on_record: LanguageTag = Field(
        description="The language in which the newsroom has the words on record"
    )


class ListBlock(Model):
    """A list of items."""

    list: tuple[Annotated[Prose, role("list item")], ...] = Field(min_length=1)
    numbered: StrictBool = False


class ColumnEntry(Model):
    """A column of a table: its heading, and what its bare values are."""

    heading: Annotated[Prose, role("table heading")]
    type: Literal["text", "number", "percentage", "money", "date", "time"] | None = Field(
        None,
        description="What bare values in this column are; without it, bare numbers are numbers",
    )
    currency: Currency | None = Field(None, description="With type: money; an ISO 4217 code")
    decimals: Decimals | None = Field(
        None, description="Decimal places of every figure; without it, as written"
    )
    align: Literal["start", "end", "center"] | None = Field(
        None, description="Without it, figures are aligned by their last digit, texts at the start"
    )

    @model_validator(mode="after")
    def _is_of_one_kind(self) -> ColumnEntry:
        from babel.numbers import get_currency_precision

        if (self.type == "money") != (self.currency is not None):
            hint = "a column of amounts has both type: money and currency: MAD (ISO 4217)"
            message = (
                "has a currency but is not of type money" if self.currency else "has no currency"
            )
            raise PydanticCustomError("gapress", f"{message}; {hint}")
        if self.decimals is not None and self.type not in _FIGURES:
            message = "has decimals but no type; add type: number, percentage or money"
            raise PydanticCustomError("gapress", message)
        if self.currency:
            _check_currency(self.currency)
            if (self.decimals or 0) > get_currency_precision(self.currency):
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
    if kind == "money":
        return {"money": cell, "currency": column.get("currency")}
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
    fact = _one_of(FACTS)(value)
    return fact or (None if isinstance(value, dict) else "text")


Column: TypeAlias = Annotated[
    Annotated[Annotated[Prose, role("table heading")], Tag("text")]
    | Annotated[ColumnEntry, Tag("entry")]
    | Annotated[None, Tag("empty")],
    Discriminator(_kind_of_column),
]
Cell: TypeAlias = Annotated[
    Annotated[Annotated[Prose, role("table cell")], Tag("text")]
    | Annotated[DateFact, Tag("date")]
    | Annotated[TimeFact, Tag("time")]
    | Annotated[NumberFact, Tag("number")]
    | Annotated[PercentageFact, Tag("percentage")]
    | Annotated[MoneyFact, Tag("money")]
    | Annotated[None, BeforeValidator(_none), WithJsonSchema({"enum": [None, ""]}), Tag("empty")],
    Discriminator(
        _kind_of_cell,
        custom_error_type="gapress",
        custom_error_message="is not a fact; write a text, a number, or a value like "
        "{percentage: 12.5}",
    ),
    # A bare number takes the type of its column before the model sees it.
    Field(json_schema_extra=lambda schema: schema["oneOf"].append({"type": "number"})),
]
Note: TypeAlias = Annotated[
    Annotated[Annotated[Prose, role("table note")], Tag("one")]
    | Annotated[tuple[Annotated[Prose, role("table note")], ...], Tag("several")],
    Discriminator(_kind_of_note),
]


class TableBlock(Model):
    """A table of facts; the first cell of each row heads the row."""

    table: Annotated[Prose, role("table title")] = Field(description="The title of the table")
    columns: tuple[Column, ...] = Field(
        min_length=2,
        max_length=6,
        description="Column headings, or mappings with heading, type, currency, decimals and align",
    )
    groups: tuple[GroupEntry, ...] = Field(
        (), description="Headings over several columns; over all, or over all but the first"
    )
    rows: tuple[tuple[Cell, ...], ...] = Field(
        min_length=1,
        description="Cells: a text, a bare number, a value like {percentage: 12.5}, or ~ for none",
    )
    total: tuple[Cell, ...] = Field((), description="A last row that sums up the others")
    note: Note | None = Field(None, description="A text, or several, under the table")

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


class ImageBlock(Model):
    """A picture from the release's folder."""

    image: str = Field(
        pattern=PICTURE_NAME,
        description="A JPEG, PNG or SVG file in releases/<slug>/; GIF, WebP and TIFF are converted",
    )
    alt: Annotated[Prose, role("alt text")] = Field(
        description="What the picture shows, for readers who can't see it"
    )
    caption: Annotated[Prose, role("caption")] | None = None
    credit: Annotated[Prose, role("credit")] | None = None


# --- the release --------------------------------------------------------------------------------


class Dateline(Model):
    """Where the release is issued."""

    city: Annotated[Prose, role("dateline city")]
    country: Annotated[Prose, role("dateline country")] | None = None


class Person(Model):
    """Somebody who speaks in the release."""

    name: Annotated[Prose, role("person")]
    title: Annotated[Prose, role("person title")] | None = None


class LinkEntry(Model):
    """A link after the text."""

    text: Annotated[Prose, role("link")]
    url: Url


class Revision(Model):
    """What was changed, when, and in which earlier version."""

    version: Count = Field(description="The earlier version that this concerns")
    date: Day


class Correction(Revision):
    """A figure or a text was wrong."""

    text: Annotated[Prose, role("correction")] = Field(
        description="What was wrong, and what is right now"
    )


class Withdrawal(Revision):
    """The release no longer stands."""

    text: Annotated[Prose, role("withdrawal")] = Field(description="Why it is withdrawn")
    names: Naming | None = Field(
        None, description="How the notice names the release; without it, as the newsroom says"
    )


def _one_of(names: tuple[str, ...]) -> Any:
    def discriminate(value: Any) -> str | None:
        if isinstance(value, dict):
            return next((name for name in names if name in value), None)
        return next((name for name in names if hasattr(value, name)), None)

    return discriminate


FACTS = ("date", "time", "number", "percentage", "money")
BLOCKS = ("paragraph", "heading", "quote", "list", "table", "image")

Fact: TypeAlias = Annotated[
    Annotated[DateFact, Tag("date")]
    | Annotated[TimeFact, Tag("time")]
    | Annotated[NumberFact, Tag("number")]
    | Annotated[PercentageFact, Tag("percentage")]
    | Annotated[MoneyFact, Tag("money")],
    Discriminator(
        _one_of(FACTS),
        custom_error_type="gapress",
        custom_error_message="is not a fact; give it one of date, time, number, percentage or "
        "money, like {number: 93}",
    ),
]
Block: TypeAlias = Annotated[
    Annotated[ParagraphBlock, Tag("paragraph")]
    | Annotated[HeadingBlock, Tag("heading")]
    | Annotated[QuoteBlock, Tag("quote")]
    | Annotated[ListBlock, Tag("list")]
    | Annotated[TableBlock, Tag("table")]
    | Annotated[ImageBlock, Tag("image")],
    Discriminator(
        _one_of(BLOCKS),
        custom_error_type="gapress",
        custom_error_message="is not a block; start it with paragraph:, heading:, quote:, list:, "
        "table: or image:",
    ),
]


class Release(Model):
    """One release."""

    kind: Literal["press release", "media advisory", "statement"]
    language: LanguageTag | None = Field(
        None, description="The language of this file; without it, the newsroom's"
    )
    date: Day = Field(description="The day on which it is issued")
    reference: Annotated[Prose, role("")] | None = Field(
        None, description="The newsroom's reference number"
    )
    version: Count = Field(1, description="1 at first; one more with each correction")
    embargo: Instant | None = Field(
        None, description="Nothing may be published before; without it, for immediate release"
    )
    dateline: Dateline
    headline: Annotated[Prose, role("headline")]
    subheadline: Annotated[Prose, role("subheadline")] | None = None
    summary: Annotated[Prose, role("summary")] | None = None
    people: dict[Key, Person] = {}
    facts: dict[Key, Fact] = Field(
        {}, description="Typed values, used in texts as {name} and formatted for each language"
    )
    body: tuple[Block, ...] = Field(min_length=1)
    notes_to_editors: tuple[Annotated[Prose, role("note")], ...] = ()
    links: tuple[LinkEntry, ...] = ()
    boilerplates: tuple[Key, ...] = Field((), description="Keys of boilerplates in _newsroom.yaml")
    contacts: tuple[Key, ...] = Field(
        min_length=1, description="Keys of contacts in _newsroom.yaml"
    )
    correction: Correction | None = None
    withdrawal: Withdrawal | None = None
