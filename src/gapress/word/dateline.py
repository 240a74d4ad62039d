"""Finds the dateline that opens a text: city, country and date, where they can be read surely."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.localedata import locale_identifiers

_WITHIN = 140  # characters in which it must end
_DASH = re.compile(r"\s*[)\]]?\s*(?:[–—―]|--?(?=\s)|:(?=\s))\s*")
_BEFORE = re.compile(r"[\s,،;(\[/–—-]+$")
_WORD = r"[^\W\d_][\w’'.-]*"
_PLACE = re.compile(rf"{_WORD}(?: {_WORD}){{0,4}}")
# Small words in names of places; any other small word makes it a sentence.
_PARTICLES = {
    "de", "du", "des", "d", "la", "le", "les", "el", "al", "of", "the", "sur", "sous", "en", "lès",
    "and", "et", "am", "an", "der", "den", "di", "da", "do", "dos",
}  # fmt: skip
_JOINS = {"and", "et"}


@dataclass(frozen=True)
class Found:
    """A dateline.

    Attributes:
        city: The place.
        country: Its country; may be empty.
        date: The day.
        end: Where it ends in the text.
    """

    city: str
    country: str
    date: dt.date
    end: int


def find_dateline(text: str, language: str, *, alone: bool = False) -> Found | None:
    """Return the dateline that a text begins with; none where it has none that is sure.

    Args:
        text: The text.
        language: The language that it is written in.
        alone: Whether it must be all of the text; then no dash has to follow.
    """
    start = text[:_WITHIN]
    for match in _dates(language).finditer(start):
        day = _day(match, language)
        if day is None:
            continue
        rest = start[match.end() :]
        dash = _DASH.match(rest)
        if alone:
            if rest.strip(" .)]"):
                continue
            end = len(text)
        elif dash is None:
            continue
        else:
            end = match.end() + dash.end()
        place = _place(_BEFORE.sub("", start[: match.start()]).lstrip(" (["))
        if place is not None:
            return Found(*place, day, end)
    return None


def looks_like_one(text: str) -> bool:
    """Whether a text begins as a dateline does, whether or not its parts can be read."""
    match = re.match(rf"(?:\()?({_WORD}(?: {_WORD}){{0,4}})[^.!?؟]{{0,60}}?\s?[–—]\s", text)
    if match is None:
        return False
    return match[1] == match[1].upper() != match[1].lower() or bool(re.search(r"\d", match[0]))


def _place(before: str) -> tuple[str, str] | None:
    parts = [part.strip() for part in re.split(r"[,،(]", before) if part.strip(" )")]
    parts = [part.strip(" )") for part in parts]
    if not 1 <= len(parts) <= 2 or not all(map(_is_place, parts)):
        return None
    return parts[0], parts[1] if len(parts) == 2 else ""


def _is_place(text: str) -> bool:
    if not _PLACE.fullmatch(text) or len(text) > 50:
        return False
    words = re.split(r"[ ’'-]", text)
    if any(word in _JOINS for word in words):  # several cities have an entry each
        return False
    return all(word in _PARTICLES or word[:1] != word[:1].lower() or word.lower() == word.upper()
               for word in words if word)  # fmt: skip


# --- dates --------------------------------------------------------------------------------------


@cache
def _names(language: str) -> tuple[dict[str, int], frozenset[str]]:
    """Return what a language calls months, in all its regions, and days of the week (CLDR)."""
    months: dict[str, int] = {}
    days: set[str] = set()
    base = language.split("-")[0]
    for identifier in sorted({base, *locale_identifiers()}):
        if identifier.split("_")[0] not in {base, "en"} or (
            identifier.startswith("en") and identifier != "en" and base != "en"
        ):
            continue
        locale = Locale.parse(identifier)
        for form in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in locale.months[form][width].items():
                    months.setdefault(name.casefold().rstrip("."), number)
                days |= {n.casefold().rstrip(".") for n in locale.days[form][width].values()}
    return {name: n for name, n in months.items() if not name.isdecimal()}, frozenset(days)


@cache
def _dates(language: str) -> re.Pattern[str]:
    months, days = _names(language)
    month = "|".join(sorted(map(re.escape, months), key=len, reverse=True))
    weekday = "|".join(sorted(map(re.escape, days), key=len, reverse=True))
    lead = rf"(?:(?:on|le|ce|في|يوم)\s+)?(?:(?:{weekday})\.?[,،]?\s+)?(?:the\s+|le\s+)?"
    return re.compile(
        rf"(?<![\w]){lead}(?:"
        rf"(?P<d1>\d{{1,2}})(?:er|st|nd|rd|th)?\.?\s+(?:of\s+)?(?P<m1>{month})\.?,?\s+(?P<y1>\d{{4}})"
        rf"|(?P<m2>{month})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>\d{{4}})"
        r"|(?P<y3>\d{4})-(?P<m3>\d{2})-(?P<d3>\d{2})"
        r"|(?P<d4>\d{1,2})[./](?P<m4>\d{1,2})[./](?P<y4>\d{4})"
        r")(?!\w)",
        re.IGNORECASE,
    )


def _day(match: re.Match[str], language: str) -> dt.date | None:
    months, _ = _names(language)
    form = next(n for n in "1234" if match[f"y{n}"])
    day, month, year = match[f"d{form}"], match[f"m{form}"], match[f"y{form}"]
    number = int(month) if month.isdecimal() else months[month.casefold()]
    if form == "4" and int(day) <= 12 and int(day) != number:
        return None  # 3/4/2025 is April in one country and March in another
    try:
        found = dt.date(int(year), number, int(day))
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2199 else None
