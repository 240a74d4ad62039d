"""Instants and spans of time as a newsroom shows them: with the city of a zone and its offset."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gapress.localization.facts import UTC, format_clock, format_offset, zone_city

if TYPE_CHECKING:
    from gapress.document import Inlines
    from gapress.localization.wording import Wording

_INSTANT = "{date}, {time} ({zone})"


def instant(wording: Wording, label: str, moment: dt.datetime, zone: str) -> Inlines:
    """Return an instant in a label that has slots for date, time and zone.

    Args:
        wording: The language.
        label: The label.
        moment: The instant.
        zone: The IANA time zone whose clocks show it.
    """
    local = moment.astimezone(ZoneInfo(zone))
    date, time = (
        wording.date(local.date(), "full"),
        format_clock(local, wording.locale, wording.press),
    )
    return wording.label(label, date=date, time=time, zone=_zone(wording, local, zone))


def span(wording: Wording, first: dt.date, last: dt.date | None, zone: str) -> Inlines:
    """Return an instant or a day, or from when to when.

    Args:
        wording: The language.
        first: The first instant, or the first day.
        last: The last one of the same kind; none where there is only one.
        zone: The IANA time zone whose clocks show instants.
    """
    if not isinstance(first, dt.datetime):
        days = [wording.date(day, "full") for day in (first, last) if day]
        if len(days) == 1 or days[0] == days[1]:
            return wording.value(days[0])
        return wording.label("{first} to {last}", first=days[0], last=days[1])
    if not isinstance(last, dt.datetime) or last == first:
        return instant(wording, _INSTANT, first, zone)
    start, end = (moment.astimezone(ZoneInfo(zone)) for moment in (first, last))
    if start.utcoffset() != end.utcoffset():  # clocks change in between
        ends = [instant(wording, _INSTANT, moment, zone) for moment in (start, end)]
        return wording.label("{first} to {last}", first=ends[0], last=ends[1])
    dates = [wording.date(moment.date(), "full") for moment in (start, end)]
    clocks = {
        "start": format_clock(start, wording.locale, wording.press),
        "end": format_clock(end, wording.locale, wording.press),
    }
    shown = _zone(wording, start, zone)
    if start.date() == end.date():
        label = "{date}, {start} to {end} ({zone})"
        return wording.label(label, date=dates[0], zone=shown, **clocks)
    label = "{first}, {start} to {last}, {end} ({zone})"
    return wording.label(label, first=dates[0], last=dates[1], zone=shown, **clocks)


def _zone(wording: Wording, local: dt.datetime, zone: str) -> Inlines:
    """Return the city of a zone and its UTC offset at an instant."""
    city, offset = zone_city(zone, wording.locale), format_offset(local)
    if city:
        return wording.label("{city} time, {offset}", city=city, offset=offset)
    return wording.label(UTC) if offset == UTC else wording.value(offset)
