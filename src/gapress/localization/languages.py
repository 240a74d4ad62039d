"""What CLDR knows of a locale: name, direction, script; and the names of other languages."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import get_global

from gapress.document import Direction, Language

# Languages in a script for which CLDR has no data, and the locale that has it in a close language:
# Standard Moroccan Tamazight is there in Tifinagh only, that of the Central Atlas in Latin letters.
_STAND_INS = {"zgh-Latn": "tzm-MA"}


@cache
def locale_for(tag: str) -> Locale:
    """Return the locale of CLDR's that formats a language.

    Args:
        tag: BCP 47 tag.
    """
    known = "-".join(tag.split("-")[:2])
    return Locale.parse(_STAND_INS.get(known, tag), sep="-")


# CSS's names of CLDR's numbering systems (W3C, "Ready-made Counter Styles").
_COUNTERS = {
    "arab": "arabic-indic",
    "arabext": "persian",
    "beng": "bengali",
    "deva": "devanagari",
    "mymr": "myanmar",
    "tibt": "tibetan",
}


@cache
def language(code: str, tag: str) -> Language:
    """Return a language of the newsroom, with CLDR's data for its locale.

    Args:
        code: The newsroom's name for it.
        tag: BCP 47 tag of the locale that formats it.
    """
    locale = locale_for(tag)
    direction: Direction = "rtl" if locale.text_direction == "rtl" else "ltr"
    name = locale.get_language_name(locale.language) or code
    counter = _COUNTERS.get(locale.default_numbering_system, "decimal")
    shown = name[:1].upper() + name[1:]
    return Language(code, tag, shown, direction, _script(locale), counter)


def language_name(code: str, locale: Locale) -> str:
    """Return the name of a language in another one (``en`` in French: ``anglais``)."""
    return Locale.parse(code, sep="-").get_language_name(locale) or code


def _script(locale: Locale) -> str:
    if locale.script:
        return locale.script
    likely = get_global("likely_subtags")
    territory = f"{locale.language}_{locale.territory}"
    full = likely.get(territory) or likely.get(locale.language) or ""
    parts = full.split("_")
    return parts[1] if len(parts) > 1 and len(parts[1]) == len("Latn") else "Latn"
