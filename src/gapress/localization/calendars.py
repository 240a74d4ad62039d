"""The date of a release in a second calendar, beside the Gregorian one.

A newsroom asks for it by language (``calendars`` in ``_newsroom.yaml``). Months and words are data,
in ``templates/press-style.toml``. Sources: the Umm al-Qura tables of King Abdulaziz City for
Science and Technology (hijridate); the Solar Hijri calendar of Iran (persiantools).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

from gapress.localization.numbers import native_digits

if TYPE_CHECKING:
    import datetime as dt

    from babel import Locale

    from gapress.localization.press_style import PressStyle

Calendar: TypeAlias = Literal["islamic-umalqura", "persian"]
"""The calendars, by their names in CLDR (BCP 47, key ``ca``)."""


def with_calendar(
    shown: str, date: dt.date, calendar: Calendar, locale: Locale, press: PressStyle
) -> str | None:
    """Return a date as text with the same day of another calendar beside it.

    Args:
        shown: The date as text.
        date: The date.
        calendar: The other calendar.
        locale: The locale, for its digits.
        press: The locale's press style.

    Returns:
        The text; as it was, if the calendar's tables don't have the day. None if the style has no
        words for the calendar.
    """
    words = press.calendars.get(calendar)
    if not words:
        return None
    found = _converted(date, calendar)
    if found is None:
        return shown
    year, month, day = found
    other = str(words["date"]).replace("{month}", words["months"][month - 1])
    other = other.replace("{day}", str(day)).replace("{year}", str(year))
    beside = str(words.get("beside", "{date} ({other})"))
    return beside.replace("{other}", native_digits(other, locale)).replace("{date}", shown)


def _converted(date: dt.date, calendar: Calendar) -> tuple[int, int, int] | None:
    """Return year, month and day; none where the tables of the Umm al-Qura calendar end."""
    if calendar == "persian":
        from persiantools.jdatetime import JalaliDate

        own = JalaliDate(date)  # type: ignore[no-untyped-call]
        return own.year, own.month, own.day
    from hijridate import Gregorian

    try:
        hijri = Gregorian.fromdate(date).to_hijri()
    except OverflowError:
        return None
    return hijri.year, hijri.month, hijri.day
