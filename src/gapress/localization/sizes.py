"""Formats the sizes of files for a locale, with CLDR's data through Babel."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from babel import units

from gapress.localization.numbers import format_number

if TYPE_CHECKING:
    from babel import Locale

_KILOBYTE = 1_000
_MEGABYTE = 1_000_000


def format_size(count: int, locale: Locale) -> str:
    """Return a number of bytes as a reader of a locale knows it: ``85 kB``, ``1,4 Mo``.

    Kilobytes are whole, and one at least; megabytes have one decimal (SI: 1 kB is 1000 bytes).
    """
    kilobytes = max(1, round(count / _KILOBYTE))
    if kilobytes < _MEGABYTE // _KILOBYTE:
        return _format(format_number(Decimal(kilobytes), locale), "digital-kilobyte", locale)
    megabytes = round(Decimal(count) / _MEGABYTE, 1)
    return _format(format_number(megabytes, locale, 1), "digital-megabyte", locale)


def _format(number: str, unit: str, locale: Locale) -> str:
    return units.format_unit(number, unit, "short", locale=locale)
