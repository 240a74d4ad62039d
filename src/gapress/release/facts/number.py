"""A number: ``{number: 196}``, ``{number: 93, style: ordinal}``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from gapress.release.facts.base import FactModel, places
from gapress.release.fields import Number

if TYPE_CHECKING:
    from decimal import Decimal

    from gapress.release.facts.base import Formats


class NumberFact(FactModel):
    """A number; ``ordinal`` gives 93rd, 93e."""

    called = "count"
    is_figure = True

    number: Number = Field(description="Digits only, with a point before decimals")
    style: Literal["decimal", "ordinal"] = "decimal"

    @model_validator(mode="after")
    def _is_whole_if_ordinal(self) -> NumberFact:
        if self.style == "ordinal" and not (self.number >= 1 and self.number == int(self.number)):
            message = "can't be an ordinal; write a whole number from 1"
            raise PydanticCustomError("gapress", message)
        return self

    def shown(self, formats: Formats, decimals: int | None = None) -> str:
        if self.style == "ordinal":
            return formats.ordinal(self.number)
        return formats.number(self.number, decimals)

    def written(self) -> str:
        return f"{{number: {self.number}}}"

    @property
    def plural_rule(self) -> Literal["cardinal", "ordinal"]:
        return "ordinal" if self.style == "ordinal" else "cardinal"

    @property
    def figure(self) -> Decimal:
        return self.number

    @property
    def measure(self) -> str | None:
        return None if self.style == "ordinal" else ""

    def precision(self) -> int | None:
        return None if self.style == "ordinal" else places(self.number)
