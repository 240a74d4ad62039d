"""The names of units and currencies: CLDR's, and those of ``units.toml`` where CLDR lacks a form.

Two units have labels instead, since their names are the press's own: basis points and percentage
points. Source: UTS #35 part 2 (Unit Elements).
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from gapress.release.facts.quantity import units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from babel import Locale

# Labels: what follows each category of CLDR's plural rules is shown with numbers of it.
NAMES = {
    ("basis-point", "long"): "one: {number} basis point / other: {number} basis points",
    ("basis-point", "short"): "one: {number} bp / other: {number} bps",
    ("percentage-point", "long"): (
        "one: {number} percentage point / other: {number} percentage points"
    ),
    ("percentage-point", "short"): "one: {number} pp / other: {number} pp",
}

_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))
_FORM = re.compile(r"(zero|one|two|few|many|other):([^/]*)")


def unit_pattern(
    unit: str,
    named: str,
    category: str,
    locale: Locale,
    label: Callable[[str], str],
    *,
    is_said: bool,
) -> str:
    """Return how a locale writes a number of units, with ``{0}`` for the number.

    Babel's own function chooses the category by itself, and writes English where a form is as in
    another length or number, so its data are read here.

    Args:
        unit: Its name.
        named: Its length: ``long``, ``short`` or ``narrow``; another one where the locale lacks it.
        category: The plural category of the number.
        locale: The locale.
        label: Gives the translation of a label.
        is_said: Whether words may say the number, as Arabic does with one and two.
    """
    for forms in _all_forms(unit, named, locale, label):
        found = (str(form) for form in (forms.get(category), forms.get("other")) if form)
        if pattern := next((form for form in found if is_said or "{0}" in form), ""):
            return _written(pattern.translate(_MARKS), locale)
    return f"{{0}} {unit}"


def _all_forms(
    unit: str, named: str, locale: Locale, label: Callable[[str], str]
) -> Iterator[Mapping[str, str]]:
    """Yield the forms of a unit by plural categories, the best ones first."""
    if (unit, named) in NAMES:
        text = label(NAMES[unit, named])
        pairs = _FORM.findall(text) or [("other", text)]
        yield {category: form.strip().replace("{number}", "{0}") for category, form in pairs}
        return
    full = units()[unit]
    known: Mapping[str, Mapping[str, str]] = locale._data["unit_patterns"].get(full, {})
    for length in dict.fromkeys((named, "short", "long", "narrow")):
        # What has no long form is in words in short, too.
        is_long = length == "long" or (length == "short" and "other" not in known.get("long", {}))
        own = _of(locale, "units").get(full, {}) if is_long else {}
        cldr = known.get(length, {})
        yield {**cldr, **own} if length == named or cldr else {}


def currency_name(code: str, category: str, locale: Locale, *, short: bool) -> str:
    """Return the name of a currency in a plural category.

    Args:
        code: Its ISO 4217 code.
        category: The category.
        locale: The locale.
        short: Without whose it is, where the language has such a name.
    """
    names: Mapping[str, str] = _of(locale, "currencies").get(code, {}) if short else {}
    names = names or locale._data["currency_names_plural"].get(code, {})
    whole = locale.currencies.get(code, code)
    return _written(str(names.get(category, names.get("other", whole))), locale)


def _written(name: str, locale: Locale) -> str:
    """Return a name without the signs that a country's press leaves out."""
    return name.translate(dict.fromkeys(map(ord, _of(locale, "unwritten", ""))))


@cache
def _of(locale: Locale, what: str, default: Any = None) -> Any:
    """Return what the data have of a locale, or of its language."""
    tag = str(locale).replace("_", "-")
    for name in (tag, tag.split("-")[0]):
        if what in (found := _data().get(name, {})):
            return found[what]
    return {} if default is None else default


@cache
def _data() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("gapress.localization").joinpath("units.toml").read_text("utf-8"))
