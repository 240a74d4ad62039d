"""An event: ``- event: Press conference``, with when, where, how to join, RSVP and access."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Discriminator, Field, Tag, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from gapress.document import Appointment, Event, Isolate, Link, Text, plain
from gapress.release.base import Model
from gapress.release.blocks.base import BlockModel
from gapress.release.fields import (
    REFERENCE_MARK,
    Coordinate,
    Prose,
    Url,
    When,
    contact_or_email,
    role,
)
from gapress.release.zones import check_zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapress.document import Inlines
    from gapress.errors import Problem
    from gapress.release.blocks.base import Words
    from gapress.release.yaml import Path, Tree

_LIMITS = (90, 180)  # degrees of latitude and of longitude
_STATES = {"cancelled": "Cancelled", "postponed": "Postponed"}


class JoinEntry(Model):
    """How to take part from elsewhere."""

    url: Url | None = Field(None, description="The address of the stream or of the meeting")
    text: (
        Annotated[
            Prose,
            role("event join", "How to take part from elsewhere: a dial-in, a code, a language."),
        ]
        | None
    ) = Field(None, description="A dial-in, a code: what the address does not say")

    @model_validator(mode="after")
    def _says_how(self) -> JoinEntry:
        if not (self.url or self.text):
            raise PydanticCustomError("gapress", "says nothing; write url: or text:, or both")
        if self.url and not self.url.lower().startswith(("https://", "http://")):
            message = "has a url that is no web page; write a dial-in or an address as text:"
            raise PydanticCustomError("gapress", message)
        return self


class RsvpEntry(Model):
    """How and until when to say that one will come."""

    by: When | None = Field(None, description="The deadline: an instant, or a day")
    to: (
        Annotated[
            str,
            BeforeValidator(contact_or_email),
            WithJsonSchema({"type": "string", REFERENCE_MARK: "contacts"}),
        ]
        | None
    ) = Field(None, description="A key of contacts in _newsroom.yaml, or an e-mail address")
    note: Annotated[Prose, role("event RSVP", "What to send or say when confirming.")] | None = None

    @model_validator(mode="after")
    def _says_when_or_to_whom(self) -> RsvpEntry:
        if not (self.by or self.to):
            raise PydanticCustomError("gapress", "says neither when nor to whom; write by: or to:")
        return self


def _kind_of_access(value: Any) -> str:
    return "several" if isinstance(value, list | tuple) else "one"


_ACCESS_ROLE = "Accreditation, what to bring, when cameras are set up."
Access: TypeAlias = Annotated[
    Annotated[Annotated[Prose, role("event access", _ACCESS_ROLE)], Tag("one")]
    | Annotated[
        Annotated[
            tuple[Annotated[Prose, role("event access")], ...],
            Field(min_length=1),
        ],
        Tag("several"),
    ],
    Discriminator(_kind_of_access),
]


class EventBlock(BlockModel):
    """An event to which the press is asked; each kit has it as a file for calendars, too."""

    event: Annotated[Prose, role("event", "What it is: the title of an entry in calendars.", 110)]
    starts: When = Field(
        description="Date, time and UTC offset: 2025-11-24T10:00:00+01:00; a date is a whole day"
    )
    ends: When | None = Field(None, description="Its end, or its last day")
    time_zone: str | None = Field(
        None, description="The IANA time zone of its place; without it, the newsroom's"
    )
    status: Literal["cancelled", "postponed"] | None = Field(
        None, description="Only where it does not take place as it was announced"
    )
    place: Annotated[Prose, role("event place", "Name of the place.")] | None = Field(
        None, description="The name of the place"
    )
    address: Annotated[Prose, role("event address", "Street and town.")] | None = Field(
        None, description="Street and town"
    )
    coordinates: tuple[Coordinate, Coordinate] | None = Field(
        None, description="Latitude and longitude in degrees: [31.63, -8.01]"
    )
    join: JoinEntry | None = Field(None, description="How to take part from elsewhere")
    rsvp: RsvpEntry | None = Field(None, description="How and until when to say that one will come")
    access: Access | None = Field(
        None, description="A text, or several: accreditation, what to bring, cameras"
    )

    @model_validator(mode="after")
    def _is_somewhere_and_ends_after_it_starts(self) -> EventBlock:
        if not (self.place or self.join):
            raise PydanticCustomError("gapress", "has no place; write place: or join:")
        if self.place is None and (self.address or self.coordinates):
            message = "has an address but no place; write place: with the name of the building"
            raise PydanticCustomError("gapress", message)
        if self.ends is not None:
            if _is_day(self.ends) != _is_day(self.starts):
                message = "starts and ends differ in kind; write two instants, or two dates"
                raise PydanticCustomError("gapress", message)
            if self.ends < self.starts:
                raise PydanticCustomError("gapress", "ends before it starts; check both")
        if self.rsvp and self.rsvp.by and _begins_before(self.starts, self.rsvp.by):
            message = "has a deadline of RSVP after its start; check both"
            raise PydanticCustomError("gapress", message)
        for degrees, limit in zip(self.coordinates or (), _LIMITS, strict=False):
            if abs(degrees) > limit:
                message = (
                    "has coordinates that are on no map; write latitude (-90 to 90) first, then "
                    "longitude (-180 to 180)"
                )
                raise PydanticCustomError("gapress", message)
        return self

    @classmethod
    def check(cls, tree: Tree, path: Path, data: Mapping[str, Any]) -> Iterator[Problem]:
        if "time_zone" in data:
            yield from check_zone(tree, (*path, "time_zone"), data["time_zone"])

    @property
    def last_day(self) -> dt.date | None:
        last = self.ends or self.starts
        if self.status:  # that it did not take place may be said later
            return None
        return last.date() if isinstance(last, dt.datetime) else last

    def localized(self, path: Path, words: Words) -> Event:
        zone = self.time_zone or words.zones[0]
        rows: list[tuple[str, list[Inlines]]] = []
        if self.status:
            rows.append(("Status", [words.label(_STATES[self.status])]))
        rows.append(("When", self._when(words, zone)))
        place = words.optional((*path, "place"), self.place)
        address = words.optional((*path, "address"), self.address)
        dial_in = words.optional((*path, "join", "text"), self.join.text) if self.join else ()
        rows.append(("Where", self._where(place, address, words)))
        rows.append(("Online", self._online(dial_in, words)))
        rows += self._replies(path, words, zone)
        rows.append(("Media access", list(_each((*path, "access"), self.access, words))))
        details = tuple((words.label(name), tuple(lines)) for name, lines in rows if lines)
        title = words.text((*path, "event"), self.event)
        url = (self.join and self.join.url) or ""
        known = replace(
            self.appointment(words.ordinal(self), zone),
            place=plain(place),
            address=plain(address),
            coordinates=tuple(f"{degrees:f}" for degrees in self.coordinates or ()),
            url=url,
            online=plain(dial_in) or url,
        )
        return Event(title, details, known)

    def appointment(self, number: int, zone: str) -> Appointment:
        """Return when it takes place: all that is said of an event of a withdrawn release.

        Args:
            number: Which of the release's events it is, from 1.
            zone: The IANA time zone of its place, if it has none of its own.
        """
        own = ZoneInfo(self.time_zone or zone)
        return Appointment(
            number,
            _there(self.starts, own),
            None if self.ends is None else _there(self.ends, own),
            self.status or "",
        )

    def _when(self, words: Words, zone: str) -> list[Inlines]:
        shown = [words.span(self.starts, self.ends, zone)]
        if not _is_day(self.starts):
            for other in words.zones:
                if other != zone:
                    there = words.span(self.starts, self.ends, other)
                    shown.append(words.label("{when}|in a further time zone", when=there))
        return shown

    def _where(self, place: Inlines, address: Inlines, words: Words) -> list[Inlines]:
        lines = [line for line in (place, address) if line]
        if self.coordinates:
            # Isolated and with a plain hyphen: as maps take it, whatever the text around it.
            degrees = Text(", ".join(f"{part:f}" for part in self.coordinates))
            pair = (Isolate("ltr", (degrees,), unbroken=True),)
            lines.append(words.label("Coordinates: {coordinates}", coordinates=pair))
        return lines

    def _online(self, dial_in: Inlines, words: Words) -> list[Inlines]:
        url = self.join and self.join.url
        address: Inlines = (Link(url, words.value(url)),) if url else ()
        return [line for line in (address, dial_in) if line]

    def _replies(self, path: Path, words: Words, zone: str) -> Iterator[tuple[str, list[Inlines]]]:
        if self.rsvp is None:
            return
        note = words.optional((*path, "rsvp", "note"), self.rsvp.note)
        if self.rsvp.by:
            last = not self.rsvp.to and note
            yield "RSVP by", [words.span(self.rsvp.by, None, zone), *([note] if last else ())]
        if self.rsvp.to:
            yield "RSVP to", [*words.reach(self.rsvp.to), *([note] if note else ())]


def _is_day(when: dt.date) -> bool:
    return not isinstance(when, dt.datetime)


def _begins_before(starts: dt.date, deadline: dt.date) -> bool:
    """Whether an event begins before a deadline; with a day on either side, by the day."""
    if isinstance(starts, dt.datetime) and isinstance(deadline, dt.datetime):
        return starts < deadline
    days = (w.date() if isinstance(w, dt.datetime) else w for w in (starts, deadline))
    first, last = days
    return first < last


def _there(when: dt.date, zone: ZoneInfo) -> dt.date:
    return when.astimezone(zone) if isinstance(when, dt.datetime) else when


def _each(path: Path, texts: str | tuple[str, ...] | None, words: Words) -> Iterator[Inlines]:
    if isinstance(texts, str):
        yield words.text(path, texts)
    else:
        yield from (words.text((*path, i), text) for i, text in enumerate(texts or ()))
