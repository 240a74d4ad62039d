"""A range of figures, dates or times: ``{range: [2025-11-12, 2025-11-15]}``."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import (
    BeforeValidator,
    Field,
    PrivateAttr,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from gapress.release.facts.base import FactModel, OwnScale, Sign
from gapress.release.facts.date import DateFact
from gapress.release.facts.money import MoneyFact, Naming
from gapress.release.facts.number import NumberFact
from gapress.release.facts.percentage import PercentageFact
from gapress.release.facts.quantity import QuantityFact, Unit
from gapress.release.facts.time import TimeFact
from gapress.release.fields import Currency, Decimals

if TYPE_CHECKING:
    from gapress.release.facts.base import Amount, Formats

_KINDS: dict[str, type[FactModel]] = {
    kind.key(): kind
    for kind in (NumberFact, PercentageFact, MoneyFact, QuantityFact, DateFact, TimeFact)
}
# Bare numbers like these may as well be years, which have no separator of thousands.
_YEARS = range(1900, 2100)


def _two(value: Any) -> tuple[Any, Any]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        message = "does not have two values; write the first and the last, like [12, 15]"
        raise PydanticCustomError("gapress", message)
    return (value[0], value[1])


Ends: TypeAlias = Annotated[
    tuple[Any, Any],
    BeforeValidator(_two),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"anyOf": [{"type": "number"}, {"type": "string"}]},
            "minItems": 2,
            "maxItems": 2,
        }
    ),
]


Style: TypeAlias = Literal[
    "decimal", "ordinal", "compact", "compact-short", "full", "long", "medium", "short"
]


class RangeFact(FactModel):
    """A first and a last value of one kind; the kind's own keys say how both are written."""

    called = "range"

    range: Ends = Field(description="The first and the last value")
    of: Literal["number", "percentage", "date", "time"] | None = Field(
        None, description="What the values are, where they don't show it: percentage"
    )
    currency: Currency | None = None
    unit: Unit | None = None
    named: Naming | None = Field(None, alias="as")
    style: Style | None = Field(None, description="As of the kind of both values")
    scale: OwnScale = None
    decimals: Decimals | None = None
    sign: Sign | None = None
    words: bool = Field(
        default=False, description="12 to 15 instead of 12–15, each language with its own word"
    )

    _ends: tuple[FactModel, FactModel] | None = PrivateAttr(None)

    @model_validator(mode="after")
    def _is_a_range(self) -> RangeFact:
        if None in self.range:
            return self  # told as an empty value
        kind = self._kind()
        options = {
            "currency": self.currency,
            "unit": self.unit,
            "as": self.named,
            "style": self.style,
            "scale": self.scale,
            "decimals": None if self.decimals is None else Decimal(self.decimals),
            "sign": self.sign,
        }
        given = {key: value for key, value in options.items() if value is not None}
        first, last = (_one(kind, {kind.key(): end, **given}) for end in self.range)
        if isinstance(first, NumberFact) and first.style == "ordinal":
            message = "can't be of ordinals; write two facts, and the words between them"
            raise PydanticCustomError("gapress", message)
        match first, last:
            case DateFact(), DateFact() if len(first.date) != len(last.date):
                message = "has dates of two sorts; write two days, two months or two years"
                raise PydanticCustomError("gapress", message)
        if _place(first) > _place(last):
            message = "ends before it begins; write the lower or earlier value first"
            raise PydanticCustomError("gapress", message)
        self._ends = first, last
        return self

    def _kind(self) -> type[FactModel]:
        if self.of and (self.currency or self.unit):
            key = "currency" if self.currency else "unit"
            message = "has both of and {key}; delete one of them"
            raise PydanticCustomError("gapress", message, {"key": key})
        if self.currency:
            return MoneyFact
        if self.unit:
            return QuantityFact
        if self.of:
            return _KINDS[self.of]
        first = self.range[0]
        if isinstance(first, str) and re.fullmatch(r"\d{4}-[\d-]+", first):
            return DateFact
        if isinstance(first, str) and ":" in first:
            return TimeFact
        if all(isinstance(end, Decimal) and end in _YEARS for end in self.range):
            message = "may be of years or of numbers; add of: date, or of: number"
            raise PydanticCustomError("gapress", message)
        return NumberFact

    @property
    def ends(self) -> tuple[FactModel, FactModel]:
        """The first and the last value, as facts."""
        if self._ends is None:  # pragma: no cover - a sound range has them
            raise AssertionError
        return self._ends

    def shown(self, formats: Formats, decimals: int | None = None) -> str:
        first, last = self.ends
        if _place(first) == _place(last):
            return first.shown(formats, decimals)
        match first, last:
            case DateFact(), DateFact():
                return formats.dates(first.date, last.date, first.style, words=self.words)
            case TimeFact(), TimeFact():
                return formats.clocks(first.time, last.time, words=self.words)
        one, other = first.amount(decimals), last.amount(decimals)
        if one is None or other is None:  # pragma: no cover - the other kinds have figures
            raise AssertionError
        return formats.amounts(one, other, words=self.words)

    def amount(self, decimals: int | None = None) -> Amount | None:
        return self.ends[1].amount(decimals)

    def written(self) -> str:
        return f"{{range: [{self.range[0]}, {self.range[1]}]}}"

    @property
    def plural_rule(self) -> Literal["", "cardinal", "ordinal"]:
        return self.ends[1].plural_rule

    @property
    def figure(self) -> Decimal | None:
        """The number of its end: CLDR's plural ranges follow it but for few languages."""
        return self.ends[1].figure


def _one(kind: type[FactModel], data: dict[str, Any]) -> FactModel:
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        where = detail["loc"][-1] if detail["loc"] else kind.key()
        match detail["type"]:
            case "extra_forbidden":
                message = f"has a key {where} that ranges of this kind don't have; delete it"
            case "literal_error":
                expected = str(detail["ctx"]["expected"]).replace("'", "")
                message = f"has a wrong {where}; write one of {expected}"
            case _:
                message = f"holds {data[kind.key()]}, which {detail['msg']}"
        # A message of pydantic's is a template: braces in it would be taken for its fields.
        raise PydanticCustomError("gapress", "{message}", {"message": message}) from None


def _place(fact: FactModel) -> Any:
    match fact:
        case DateFact():
            return fact.date
        case TimeFact():
            return fact.time
    return fact.figure
