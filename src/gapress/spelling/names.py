"""The names that CLDR has in a language: countries, languages, currencies, cities, months, days."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.numbers import get_currency_name

from gapress.spelling.words import plain_words


@cache
def names(tag: str) -> frozenset[str]:
    """Return the words of these names.

    Args:
        tag: BCP 47 tag of the locale.
    """
    locale = Locale.parse(tag, sep="-")
    found = [
        *locale.territories.values(),
        *locale.languages.values(),
        *locale.currencies.values(),
        *(
            get_currency_name(str(code), several, locale)
            for code in locale.currencies
            for several in (2, 5)
        ),
        *(name for form in locale.months.values() for name in form["wide"].values()),
        *(name for form in locale.days.values() for name in form["wide"].values()),
        *(zone["city"] for zone in locale.time_zones.values() if "city" in zone),
    ]
    return frozenset(word for name in found for word in plain_words(str(name)))
