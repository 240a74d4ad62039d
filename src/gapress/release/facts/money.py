"""An amount of money: ``{money: 1500, currency: MAD}``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from gapress.release.facts.base import (
    Amount,
    FactModel,
    OwnDecimals,
    OwnSign,
    check_decimals,
    places,
)
from gapress.release.fields import Currency, Number

if TYPE_CHECKING:
    from decimal import Decimal

    from gapress.release.facts.base import Formats


class MoneyFact(FactModel):
    """An amount of money."""

    called = "amount"
    is_figure = True

    money: Number
    currency: Currency
    named: Literal["symbol", "code", "name"] = Field(
        "symbol", alias="as", description="symbol: €5; code: EUR 5; name: 5 euros"
    )
    style: Literal["decimal", "compact", "compact-short"] = Field(
        "decimal", description="compact: €1.5 million; compact-short: €1.5M"
    )
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
        check_decimals(self.money, self.decimals, self.style)
        if self.style == "decimal" and (self.decimals or 0) > most:
            message = "has more decimals than the currency uses; write fewer"
            raise PydanticCustomError("gapress", message)
        return self

    def shown(self, formats: Formats, decimals: int | None = None) -> str:
        return formats.amount(self.amount(decimals))

    def amount(self, decimals: int | None = None) -> Amount:
        shown = self.decimals if decimals is None else decimals
        return Amount(self.money, "money", self.currency, shown, self.style, self.sign, self.named)

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
