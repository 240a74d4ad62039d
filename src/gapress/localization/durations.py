"""Formats how long something takes: ``3 min 25 sec``, with the units of CLDR."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapress.localization.numbers import native_digits

if TYPE_CHECKING:
    from babel import Locale

UNITS = "short|units of a duration: long (minutes), short (min) or narrow (m)"
"""The label that says which of CLDR's lengths a language takes, before the bar."""

_LENGTHS = ("short", "long", "narrow")
_NO_BREAK_SPACE = "\u00a0"


def format_duration(seconds: int, locale: Locale, length: str) -> str:
    """Return hours, minutes and seconds as text of a locale, without those that are none.

    Args:
        seconds: How long, at least one.
        locale: The locale.
        length: How units are written: ``long``, ``short`` or ``narrow``; another one where CLDR's
            data of the locale lacks it.
    """
    counts = {"hour": seconds // 3600, "minute": seconds // 60 % 60, "second": seconds % 60}
    parts = [_part(count, unit, locale, length) for unit, count in counts.items() if count]
    # Babel's lists of units lack what is as in another place or style.
    patterns, joined = locale.list_patterns.get("unit-narrow", {}), parts[0]
    places = ("2",) if len(parts) == 2 else ("start", "end")
    for place, part in zip(places, parts[1:], strict=False):
        pattern = patterns.get(place) or patterns.get("end") or "{0} {1}"
        joined = pattern.format(joined, part)
    return native_digits(joined, locale)


def _part(count: int, unit: str, locale: Locale, length: str) -> str:
    """Return a number with its unit, which stay in one line.

    ``babel.units.format_unit`` writes English where a form is as in another length or number
    (UTS #35, part 2, Unit Elements).
    """
    patterns = locale._data["unit_patterns"].get(f"duration-{unit}", {})
    plurals = (locale.plural_form(count), "other")
    forms = [patterns.get(one, {}) for one in (length, *_LENGTHS)]
    found = (form[plural] for form in forms for plural in plurals if plural in form)
    return str(next(found, "{0}")).format(count).replace(" ", _NO_BREAK_SPACE)
