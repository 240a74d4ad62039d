"""The numbers that a release is found by: securities, markets, companies, court cases.

Check digits are verified: ISO 6166 (ISIN), ISO 17442 (LEI).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import AfterValidator, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from gapress.release.base import Model
from gapress.release.fields import Prose, matching, role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.release.yaml import Path

_ISIN = r"^[A-Z]{2}[A-Z0-9]{9}[0-9]$"
_LEI = r"^[A-Z0-9]{18}[0-9]{2}$"
_SLIP = "its check digit doesn't fit; compare it with the original, letter by letter"


def _digits(code: str) -> str:
    """Return a code with its letters as numbers: A is 10, Z is 35."""
    return "".join(str(int(character, 36)) for character in code)


def _isin(code: str) -> str:
    """Check the last digit of an ISIN (ISO 6166: the "double-add-double" of Luhn)."""
    digits = [int(digit) for digit in reversed(_digits(code))]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    if (sum(digits[::2]) + sum(doubled)) % 10:
        raise PydanticCustomError("gapress", "can't be {code}; " + _SLIP, {"code": code})
    return code


def _lei(code: str) -> str:
    """Check the last two digits of an LEI (ISO 17442, by ISO/IEC 7064 MOD 97-10)."""
    if int(_digits(code)) % 97 != 1:
        raise PydanticCustomError("gapress", "can't be {code}; " + _SLIP, {"code": code})
    return code


Isin: TypeAlias = Annotated[
    Prose,
    role(""),
    AfterValidator(_isin),
    matching(_ISIN, "an ISIN has two capital letters, nine letters or digits, and a check digit"),
]
Lei: TypeAlias = Annotated[
    Prose,
    role(""),
    AfterValidator(_lei),
    matching(_LEI, "an LEI has 18 capital letters or digits, and two check digits"),
]
Number: TypeAlias = Annotated[Prose, role("")]


class Ticker(Model):
    """How a market calls a security."""

    market: Annotated[
        Prose, role("market", "Stock exchange, before the symbol of a share, as in Casablanca: SPM")
    ] = Field(description="The stock exchange, as readers know it: Casablanca, NYSE")
    symbol: Number = Field(description="The symbol there: SPM")


class OtherNumber(Model):
    """A number of any other sort."""

    label: Annotated[Prose, role("identifier", "Says what the number behind it is.")]
    number: Number


def _count(value: Any) -> str:
    return "several" if isinstance(value, list | tuple) else "one"


_several = Field(min_length=1, max_length=6)
Isins: TypeAlias = Annotated[
    Annotated[Isin, Tag("one")] | Annotated[tuple[Isin, ...], _several, Tag("several")],
    Discriminator(_count),
]
Leis: TypeAlias = Annotated[
    Annotated[Lei, Tag("one")] | Annotated[tuple[Lei, ...], _several, Tag("several")],
    Discriminator(_count),
]
Tickers: TypeAlias = Annotated[
    Annotated[Ticker, Tag("one")] | Annotated[tuple[Ticker, ...], _several, Tag("several")],
    Discriminator(_count),
]
Numbers: TypeAlias = Annotated[
    Annotated[Number, Tag("one")] | Annotated[tuple[Number, ...], _several, Tag("several")],
    Discriminator(_count),
]
Others: TypeAlias = Annotated[
    Annotated[OtherNumber, Tag("one")]
    | Annotated[tuple[OtherNumber, ...], _several, Tag("several")],
    Discriminator(_count),
]


class Identifiers(Model):
    """The numbers that a release is found by; each may be a list of several."""

    isin: Isins | None = Field(None, description="ISIN of a security (ISO 6166)")
    ticker: Tickers | None = Field(None, description="Market and symbol of a share")
    lei: Leis | None = Field(None, description="LEI of a company (ISO 17442)")
    case: Numbers | None = Field(None, description="Number of a court case or of an inquiry")
    other: Others | None = Field(None, description="Any other number, with what it is")

    def entries(self, name: str) -> Iterator[tuple[Path, Any]]:
        """Yield the values of a key, each with its place in the mapping."""
        match getattr(self, name):
            case None:
                return
            case tuple(values):
                yield from (((name, index), value) for index, value in enumerate(values))
            case value:
                yield (name,), value
