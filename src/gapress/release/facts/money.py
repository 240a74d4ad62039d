"""An amount of money: ``{money: 1500, currency: MAD}``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from gapress.release.facts.base import (
    POWERS,
    Amount,
    FactModel,
    OwnDecimals,
    OwnScale,
    OwnSign,
    check_decimals,
    places,
    scaled_places,
    scaled_style,
)
from gapress.release.fields import Currency, Number

if TYPE_CHECKING:
    from decimal import Decimal

    from gapress.release.facts.base import Formats

NAMINGS = ("symbol", "code", "name", "short-name")


def _naming(value: Any) -> Any:
    expected = f"write one of {', '.join(NAMINGS)}"
    if isinstance(value, str) and value in NAMINGS:
        return value
    if not isinstance(value, dict) or not value:
        message = "is no way to name a currency; {expected}, or one by language"
        raise PydanticCustomError("gapress", message, {"expected": expected})
    for language, naming in value.items():
        if not re.fullmatch(_TAG, str(language)):
            message = "has {language}, which is not a language; write one like fr, or fr-MA"
            raise PydanticCustomError("gapress", message, {"language": str(language)})
        if naming not in NAMINGS:
            message = "has a wrong value for {language}; {expected}"
            context = {"language": str(language), "expected": expected}
            raise PydanticCustomError("gapress", message, context)
    return value


_TAG = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
Naming: TypeAlias = Annotated[
    str | dict[str, str],
    BeforeValidator(_naming),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": [*NAMINGS]},
                {
                    "type": "object",
                    "propertyNames": {"pattern": f"^{_TAG}$"},
                    "additionalProperties": {"enum": [*NAMINGS]},
                    "minProperties": 1,
                },
            ]
        }
    ),
]


class MoneyFact(FactModel):
    """An amount of money."""

    called = "amount"
    is_figure = True

    money: Number
    currency: Currency
    named: Naming = Field(
        "symbol",
        alias="as",
        description="symbol: €5; code: EUR 5; name: 5 Moroccan dirhams; short-name: 5 dirhams; or "
        "one of them by language, as in {fr: short-name}: the others have the symbol",
    )
    style: Literal["decimal", "compact", "compact-short"] = Field(
        "decimal", description="compact: €1.5 million; compact-short: €1.5M"
    )
    scale: OwnScale = None
    decimals: OwnDecimals = None
    sign: OwnSign = "auto"

    @model_validator(mode="after")
    def _fits_its_currency(self) -> MoneyFact:
        from babel.numbers import get_currency_precision

        check_currency(self.currency)
        most = get_currency_precision(self.currency)
        if places(self.money.normalize()) > most:
            message = (
                "has more decimal places than the currency uses; round it as it is to be published"
            )
            raise PydanticCustomError("gapress", message)
        style = scaled_style(self.style, self.scale)
        check_decimals(self.money, self.decimals, style)
        if style == "decimal" and (self.decimals or 0) > most:
            message = "has more decimals than the currency uses; write fewer"
            raise PydanticCustomError("gapress", message)
        return self

    def shown(self, formats: Formats, decimals: int | None = None) -> str:
        return formats.amount(self.amount(decimals))

    def amount(self, decimals: int | None = None) -> Amount:
        shown = self.decimals if decimals is None else decimals
        style, power = scaled_style(self.style, self.scale), POWERS[self.scale] if self.scale else 0
        return Amount(
            self.money, "money", self.currency, shown, style, self.sign, self.named, power
        )

    def written(self) -> str:
        return f"{{money: {self.money}, currency: {self.currency}}}"

    @property
    def plural_rule(self) -> Literal["cardinal"]:
        return "cardinal"

    @property
    def figure(self) -> Decimal:
        return self.money

    @property
    def measure(self) -> str:
        return self.currency

    def precision(self) -> int | None:
        """Return none, or those of the currency."""
        from babel.numbers import get_currency_precision

        if self.scale and self.decimals is None:
            return scaled_places(self.money, self.scale)
        if self.style != "decimal" or self.decimals is not None:
            return self.decimals
        is_whole = not places(self.money)
        return 0 if is_whole else int(get_currency_precision(self.currency))


def check_currency(code: str) -> None:
    """Refuse a currency that CLDR does not know.

    Raises:
        PydanticCustomError: It is not an ISO 4217 code.
    """
    from babel.numbers import list_currencies

    if code not in list_currencies():
        message = "has a currency that CLDR does not know; write its ISO 4217 code, such as MAD"
        raise PydanticCustomError("gapress", message)
