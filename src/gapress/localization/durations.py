"""Formats how long something takes, with CLDR's units: ``3 days, 2 hours``, ``3 min 25 sec``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapress.localization.amounts import format_amount
from gapress.release.facts.base import Amount

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from babel import Locale

UNITS = "short|units of a duration: long (minutes), short (min) or narrow (m)"
"""The label that says which of CLDR's lengths a language takes, before the bar."""

_NO_BREAK_SPACE = "\u00a0"


def format_duration(
    parts: Mapping[str, Decimal],
    length: str,
    locale: Locale,
    label: Callable[[str], str],
    *,
    run_on: bool = False,
) -> str:
    """Return a duration as text of a locale.

    Args:
        parts: How many of each unit, by their names in the plural, the longest first.
        length: How units are written: ``long``, ``short`` or ``narrow``; another one where CLDR's
            data of the locale lacks it.
        locale: The locale.
        label: Gives the translation of a label.
        run_on: As one piece, for titles: without commas or words between the units where the
            locale has such a list, and each number in one line with its unit.
    """
    texts = [
        format_amount(
            Amount(count, "quantity", unit.removesuffix("s"), named=length), locale, label
        )
        for unit, count in parts.items()
    ]
    if run_on:
        texts = [text.replace(" ", _NO_BREAK_SPACE) for text in texts]
    return _listed(texts, length, locale, run_on=run_on)


def _listed(texts: list[str], length: str, locale: Locale, *, run_on: bool) -> str:
    """Return texts in CLDR's list of units; what it lacks is in the usual list (UTS #35 part 2)."""
    known = locale.list_patterns
    patterns: dict[str, str] = {}
    if run_on:
        # Where Babel's narrow list lacks a place, it is as in another one.
        narrow = dict(known["unit-narrow"].items()) if "unit-narrow" in known else {}
        end = narrow.get("end") or "{0} {1}"
        patterns = {"2": end, "start": end, "middle": end, "end": end, **narrow}
    else:
        styles = ("standard", "unit-short", *(("unit",) if length == "long" else ()))
        for name in styles:
            patterns |= dict(known[name].items()) if name in known else {}
    if len(texts) == 2:
        return patterns["2"].format(*texts)
    found, *rest = texts
    for place, text in enumerate(rest):
        last = place == len(rest) - 1
        found = patterns["end" if last else "middle" if place else "start"].format(found, text)
    return found
