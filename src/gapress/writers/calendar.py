"""Writes the events of a release as a file for calendars: iCalendar, RFC 5545 and RFC 5546.

One file a language, for releases that have events. The same event has the same UID in every
language and version, so that calendars update an entry that is there. Nothing depends on the clock.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from gapress.document import Link, plain
from gapress.writers.ninjs.text import block_text, text_of
from gapress.writers.order import with_fewest_controls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.document import Appointment, Document, Event
    from gapress.theme import Theme

_OCTETS = 75  # of a line, without its end (RFC 5545, 3.1)
_DAY = dt.timedelta(days=1)
_STATES = {"": "CONFIRMED", "cancelled": "CANCELLED", "postponed": "TENTATIVE"}


def write(document: Document, theme: Theme) -> bytes:
    """Return the document's events as an iCalendar object: UTF-8, CRLF line ends."""
    del theme
    shown = (_lines(event.appointment, document, event) for event in document.events)
    gone = (_lines(replace(a, status="cancelled"), document) for a in document.called_off)
    lines = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//gapress//gapress//EN",
        "METHOD:PUBLISH",
        *chain.from_iterable(chain(shown, gone)),
        "END:VCALENDAR",
    )
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def _lines(
    appointment: Appointment, document: Document, event: Event | None = None
) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(document.uid(appointment))}"
    yield f"DTSTAMP:{document.changed:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{document.version - 1}"
    yield f"DTSTART{_moment(appointment.starts)}"
    if (ends := appointment.ends) is not None:
        # A day of an end is the first that the event does not take (3.6.1).
        is_day = not isinstance(ends, dt.datetime)
        if is_day or ends != appointment.starts:
            yield f"DTEND{_moment(ends + _DAY if is_day else ends)}"
    title = plain(event.title) if event else document.title
    if document.draft:
        title = document.labels["DRAFT – {headline}"].replace("{headline}", title)
    yield _organiser(document)
    yield f"SUMMARY:{escaped(title)}"
    yield f"DESCRIPTION:{escaped(_description(document, event))}"
    if where := _where(appointment):
        yield f"LOCATION:{escaped(where)}"
    if appointment.coordinates:
        yield f"GEO:{';'.join(appointment.coordinates)}"
    if appointment.url:
        yield f"URL:{appointment.url}"
    state = _STATES[appointment.status]
    yield f"STATUS:{'TENTATIVE' if document.draft and not appointment.status else state}"
    yield "END:VEVENT"


def _organiser(document: Document) -> str:
    """Return who invites, which PUBLISH asks for (RFC 5546, 3.2.1), with the first e-mail address.

    A name stands in quotes, its own as RFC 6868 writes them.
    """
    name = plain(document.organisation.name).replace("^", "^^").replace('"', "^'")
    details = (detail for contact in document.contacts for _, detail in contact.details)
    links = (link.url for detail in details for link in detail if isinstance(link, Link))
    address = next((url for url in links if url.startswith("mailto:")), document.organisation.url)
    return f'ORGANIZER;CN="{name}":{address}'


def _moment(when: dt.date) -> str:
    if isinstance(when, dt.datetime):
        return f":{when.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    return f";VALUE=DATE:{when:%Y%m%d}"


def _where(appointment: Appointment) -> str:
    """Return the place with its address; of an event that has none, where it can be joined."""
    return "\n".join(filter(None, (appointment.place, appointment.address))) or appointment.url


def _description(document: Document, event: Event | None) -> str:
    """Return what the other formats say of the event, and what release it belongs to."""
    base, line = document.language.direction, document.release_line
    parts = [document.labels["Draft – not for publication"]] if document.draft else []
    if line.embargoed:
        parts += ["\n".join(text_of(text, base) for text in (line.text, *line.zones))]
    if event:
        parts.append(block_text(event, base, document.labels).partition("\n")[2])
        parts.append(text_of(document.headline, base))
    for notice in document.notices:
        parts.append("\n".join(text_of(text, base) for text in (notice.title, *notice.content)))
    parts.append(plain(document.organisation.name))
    lines = "\n\n".join(filter(None, parts)).split("\n")
    return "\n".join(with_fewest_controls(shown, base) for shown in lines)


def escaped(text: str) -> str:
    """Return a text as a value of type TEXT (RFC 5545, 3.3.11)."""
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\r", "").replace("\n", "\\n")


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, no character cut (RFC 5545, 3.1)."""
    pieces, size = [""], 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _OCTETS:
            pieces.append(" ")
            size = 1
        pieces[-1] += character
        size += octets
    return "\r\n".join(pieces)
