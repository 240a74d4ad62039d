"""The events of a release as schema.org's ``Event``, for the web page.

With the properties that search engines ask for (Google Search Central, "Event structured data").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gapress.document import plain

if TYPE_CHECKING:
    from gapress.document import Appointment, Document, Event

_STATES = {"": "EventScheduled", "cancelled": "EventCancelled", "postponed": "EventPostponed"}


def schema_events(document: Document) -> list[dict[str, Any]]:
    """Return the events of a document as JSON-LD objects; what they don't have is left out."""
    return [_event(event, document) for event in document.events]


def _event(event: Event, document: Document) -> dict[str, Any]:
    known = event.appointment
    organiser = {
        "@type": "Organization",
        "name": plain(document.organisation.name),
        "url": document.organisation.url,
    }
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": plain(event.title),
        "startDate": known.starts.isoformat(),
        "endDate": known.ends.isoformat() if known.ends else "",
        "eventStatus": f"https://schema.org/{_STATES[known.status]}",
        "eventAttendanceMode": f"https://schema.org/{_mode(known)}EventAttendanceMode",
        "location": _locations(known),
        "description": document.description,
        "inLanguage": document.language.tag,
        "organizer": organiser,
    }
    return {name: value for name, value in found.items() if value}


def _mode(known: Appointment) -> str:
    return "Mixed" if known.place and known.online else "Offline" if known.place else "Online"


def _locations(known: Appointment) -> list[dict[str, Any]] | dict[str, Any]:
    found: list[dict[str, Any]] = []
    if known.place:
        place: dict[str, Any] = {
            "@type": "Place",
            "name": known.place,
            "address": {"@type": "PostalAddress", "streetAddress": known.address or known.place},
        }
        if known.coordinates:
            latitude, longitude = known.coordinates
            place["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": float(latitude),
                "longitude": float(longitude),
            }
        found.append(place)
    if known.online:
        where = {"url": known.url} if known.url else {"name": known.online}
        found.append({"@type": "VirtualLocation", **where})
    return found[0] if len(found) == 1 else found
