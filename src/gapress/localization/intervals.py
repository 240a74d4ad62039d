"""Formats spans of dates and of times with CLDR's interval formats (UTS #35 part 4)."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from babel import dates

from gapress.localization.numbers import native_digits
from gapress.localization.press_style import CLDR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from babel import Locale

    from gapress.localization.press_style import PressStyle
    from gapress.release.facts.base import DateStyle

SPAN = "{first} to {last}|figures, times, months, years"
SPAN_OF_DAYS = "{first} to {last}|days"
FIRST_DAY = "1|first day of a month"
DASHED = "{first}–{last}"

# Where a locale lacks the first skeleton, the next one is widened to the same fields.
_SKELETONS = {
    "full": ("yMMMMEEEEd", "yMMMMEd", "yMMMEEEEd", "yMMMEd"),
    "long": ("yMMMMd", "yMMMd"),
    "medium": ("yMMMd",),
    "short": (),  # whole dates: CLDR's spans have other widths than its short dates
}
_NUMERIC = re.compile(r"[./]M|M[./]\w")
_DASH = re.compile(r"\s*[-–—~～]\s*$")


def format_dates(
    first: str,
    last: str,
    style: DateStyle,
    locale: Locale,
    label: Callable[[str], str],
    whole: Callable[[str], str],
    *,
    words: bool,
    press: PressStyle = CLDR,
) -> str:
    """Return a span of ISO 8601 dates of one precision as text of a locale.

    Args:
        first: The first date.
        last: The last date, later than the first.
        style: A CLDR style; for days.
        locale: The locale.
        label: Gives the translation of a label.
        whole: Formats one of the dates by itself, where a locale joins whole dates.
        words: Whether a word stands between them instead of a dash.
        press: The locale's press style.
    """
    skeletons = {4: ("y",), 7: ("yMMMM", "yMMM"), 10: _SKELETONS[style]}[len(first)]
    days = [dt.date.fromisoformat(text + "-01-01"[len(text) - 4 :]) for text in (first, last)]
    patterns = _patterns(skeletons, locale)
    differs = {"y": days[0].year != days[1].year, "M": days[0].month != days[1].month, "d": True}
    pieces = next((patterns[field] for field in "yMd" if differs[field] and field in patterns), ())
    wide = style in {"full", "long"}
    word = label(SPAN_OF_DAYS if len(first) == 10 else SPAN) if words else ""
    if not pieces or (wide and any(map(_NUMERIC.search, pieces))):
        return _joined(whole(first), whole(last), locale, word)
    shown = [
        dates.format_date(
            day,
            press.dated(with_first_day(_widened(p) if wide else p, day, label), day.month),
            locale,
        )
        for p, day in zip(pieces, days, strict=True)
    ]
    return native_digits(_spanned(shown, word), locale)


def format_clocks(
    first: dt.time,
    last: dt.time,
    locale: Locale,
    label: Callable[[str], str],
    *,
    words: bool,
    press: PressStyle = CLDR,
) -> str:
    """Return a span of times of day as text of a locale."""
    word = label(SPAN) if words else ""
    if own := press.clocks(first, last):
        return native_digits(_with_word(*own, word or DASHED), locale)
    usual = str(dates.get_time_format("short", locale).pattern)
    of_twelve = re.search("[hK]", re.sub("'[^']*'", "", usual)) is not None
    patterns = _patterns(("hm",) if of_twelve else ("Hm",), locale)
    fields = [field for field, differs in _differences(first, last) if differs]
    pieces = next((patterns[field] for field in fields if field in patterns), ())
    if not pieces:
        texts = [dates.format_time(time, "short", locale=locale) for time in (first, last)]
        return native_digits(_joined(texts[0], texts[1], locale, word), locale)
    shown = [
        dates.format_time(time, pattern, locale=locale)
        for pattern, time in zip(pieces, (first, last), strict=True)
    ]
    return native_digits(_spanned(shown, word), locale)


def with_first_day(pattern: str, day: dt.date, label: Callable[[str], str]) -> str:
    """Return a pattern with the first of a month as a language has it, beside a month's name.

    CLDR has no word for the first day, which French writes as an ordinal.
    """
    if day.day != 1 or "MMM" not in pattern:
        return pattern
    first = label(FIRST_DAY).partition("|")[0]
    return re.sub("(?<![A-Za-z'])d(?![A-Za-z'])", f"'{first}'", pattern)


def _differences(first: dt.time, last: dt.time) -> Iterator[tuple[str, bool]]:
    yield "a", (first.hour < 12) != (last.hour < 12)
    yield "h", first.hour != last.hour
    yield "H", first.hour != last.hour
    yield "m", True


def _patterns(skeletons: tuple[str, ...], locale: Locale) -> Mapping[str, tuple[str, str]]:
    """Return the patterns of a span, by the greatest field that differs; a pair for each."""
    for skeleton in skeletons:
        if found := locale.interval_formats.get(skeleton):
            return {field: pair for field, pair in found.items() if len(pair) == 2}
    return {}


def _widened(pattern: str) -> str:
    """Return a pattern with names of months and of days in full (UTS #35 part 4, 2.6.2)."""
    pattern = re.sub("(?<!M)MMM(?!M)", "MMMM", pattern)
    return re.sub("(?<!E)E{1,3}(?!E)", "EEEE", pattern)


def _spanned(shown: list[str], word: str) -> str:
    first, last = shown
    if not (word and _DASH.search(first)):
        return first + last  # the locale may have its own word there
    return _with_word(_DASH.sub("", first), last, word)


def _joined(first: str, last: str, locale: Locale, word: str) -> str:
    if word:
        return _with_word(first, last, word)
    pattern = str(locale.interval_formats[None])
    return pattern.replace("{0}", first).replace("{1}", last)


def _with_word(first: str, last: str, word: str) -> str:
    return word.partition("|")[0].replace("{first}", first).replace("{last}", last)
