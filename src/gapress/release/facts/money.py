"""An amount of money: ``{money: 1500, currency: MAD}``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from gapress.release.facts.base import FactModel, places
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

    @model_validator(mode="after")
    def _fits_its_currency(self) -> MoneyFact:
        from babel.numbers import get_currency_precision

        check_currency(self.currency)
        if places(self.money.normalize()) > get_currency_precision(self.currency):
            message = (
                "has more decimal places than the currency uses; round it as it is to be published"
            )
            raise PydanticCustomError("gapress", message)
        return self

    def shown(self, formats: Formats, decimals: int | None = None) -> str:
        return formats.money(self.money, self.currency, decimals)

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

    def precision(self) -> int:
        """Return none, or those of the currency."""
        from babel.numbers import get_currency_precision

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
