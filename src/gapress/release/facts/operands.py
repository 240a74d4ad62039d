"""The figures that computed facts are made of: what fits together, and how results are rounded.

Everything is computed with fractions, so exactly; only the result is rounded, once.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from pydantic_core import PydanticCustomError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapress.release.facts.base import FactModel

MOST_DECIMALS = 9
"""No figure of a release has more."""


def figure_of(fact: FactModel) -> Fraction:
    """Return the figure of a fact that has one."""
    return Fraction(fact.figure or 0)


def same_measure(values: Mapping[str, FactModel], names: Mapping[str, str]) -> None:
    """Refuse facts that can't be compared.

    Args:
        values: The facts, by the keys that name them.
        names: Their names, by the same keys.

    Raises:
        PydanticCustomError: One has no figure, or they count different things.
    """
    for key, fact in values.items():
        if not fact.is_figure or fact.plural_rule != "cardinal":
            message = (
                "needs figures, but {name} is not one; name a number, a percentage, an amount "
            )
            context = {"name": names[key]}
            raise PydanticCustomError("gapress", f"{message}or a quantity", context)
    one, other = values.values()
    if (type(one), one.measure) != (type(other), other.measure):
        name, second = names.values()
        message = "compares {one} with {other}; name two figures of one unit"
        context = {
            "one": f"{name} ({one.measure or one.key()})",
            "other": f"{second} ({other.measure or other.key()})",
        }
        raise PydanticCustomError("gapress", message, context)


def rounded(value: Fraction, decimals: int) -> Decimal:
    """Return a figure with so many decimal places, halves away from zero as newsrooms round."""
    scaled = abs(value) * 10**decimals
    whole = int(scaled + Fraction(1, 2))
    sign = -1 if value < 0 and whole else 1
    return Decimal(sign * whole).scaleb(-decimals)


def plain(value: Decimal) -> Decimal:
    """Return a figure without zeros at its end, and without an exponent."""
    return value.quantize(Decimal(1)) if value == int(value) else value.normalize()
