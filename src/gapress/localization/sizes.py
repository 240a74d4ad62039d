"""Formats the sizes of files for a locale, with CLDR's data through Babel."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from babel import units

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
        return units.format_unit(kilobytes, "digital-kilobyte", "short", locale=locale)
    megabytes = round(Decimal(count) / _MEGABYTE, 1)
    return units.format_unit(megabytes, "digital-megabyte", "short", "#,##0.0", locale=locale)
