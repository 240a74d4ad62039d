"""Events: how they are written, what each format says of them, and the file for calendars."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import docx
import pytest
from hypothesis import given
from icalendar import Calendar

from conftest import ADVISORY
from gapress.document import Appointment, Event, Text
from gapress.writers import calendar
from strategies import words

if TYPE_CHECKING:
    from conftest import Newsroom
    from gapress.document import Document

EVENT = """\
kind: media advisory
date: 2026-05-04
dateline: {city: Rabat}
headline: A visit
body:
  - paragraph: Come and see.
  - event: Visit to the new port
    starts: 2026-05-12T09:30:00+01:00
    ends: 2026-05-12T11:00:00+01:00
    place: Port office
    address: Quay 4, Tangier
    coordinates: [35.78, -5.81]
    join: {url: "https://example.org/live", text: "Dial-in: +212 5 00 00 00 09"}
    rsvp: {by: 2026-05-10T18:00:00+01:00, to: press, note: Name your medium.}
    access: [Bring a press card., Cameras from 8:30.]
contacts: [press]
"""
ENGLISH = "languages: {en: en-GB}"


@pytest.fixture
def port(newsroom: Newsroom) -> Newsroom:
    """A newsroom in English alone whose release ``news`` has an event."""
    newsroom.edit("releases/_newsroom.yaml", "languages: {en: en-GB, fr: fr-MA}", ENGLISH)
    newsroom.edit(
        "releases/_newsroom.yaml",
        "time_zone: Africa/Casablanca",
        "time_zone: Africa/Casablanca\nother_time_zones: [Asia/Tokyo]",
    )
    newsroom.write("releases/news.yaml", EVENT)
    return newsroom


def made(newsroom: Newsroom, suffix: str) -> bytes:
    """Render a format, and return the file of the kit with this end."""
    form = suffix.split(".")[1]
    result = newsroom.run("render", "--format", form)
    assert result.exit_code == 0, result.output
    (path,) = (newsroom.root / "dist/news").glob(f"*/*{suffix}")
    return path.read_bytes()


def event_of(data: bytes) -> Any:
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    return event


LINES = [
    "Visit to the new port",
    "When",
    "Tuesday, 12 May 2026, 9.30am to 11am (Casablanca time, UTC+01:00)",
    "Tuesday, 12 May 2026, 5.30pm to 7pm (Tokyo time, UTC+09:00)",
    "Where",
    "Port office",
    "Quay 4, Tangier",
    "Coordinates: 35.78, -5.81",
    "Online",
    "https://example.org/live",
    "Dial-in: +212 5 00 00 00 09",
    "RSVP by",
    "Sunday, 10 May 2026, 6pm (Casablanca time, UTC+01:00)",
    "RSVP to",
    "press@example.org",
    "Name your medium.",
    "Media access",
    "Bring a press card.",
    "Cameras from 8:30.",
]


def test_every_format_says_everything_in_order(port: Newsroom) -> None:
    made(port, ".docx")
    html = made(port, ".html").decode()
    visible = re.sub(r"<[^>]+>", "\n", html.partition("<body>")[2])
    ninjs = json.loads(made(port, ".ninjs.json"))
    word = docx.Document(str(next((port.root / "dist/news/en").glob("*.docx"))))
    cells = [cell.text for row in word.tables[-1].rows for cell in row.cells]
    shown = {
        "html": visible,
        "txt": made(port, ".txt").decode(),
        "ninjs": ninjs["bodies"][0]["value"],
        "docx": "\n".join([*(p.text for p in word.paragraphs), *cells]),
        "ics": str(event_of(made(port, ".ics"))["DESCRIPTION"]),
    }
    for name, text in shown.items():
        text = re.sub(r"\s+", " ", text)
        place = 0
        for line in LINES[1 if name == "ics" else 0 :]:
            assert line in text[place:], (name, line)
            place = text.index(line, place)
    assert ninjs["events"] == [{"id": "news-1@example.org", "name": "Visit to the new port"}]


def test_calendars_get_the_event(port: Newsroom) -> None:
    event = event_of(made(port, ".ics"))
    assert event["UID"] == "news-1@example.org"
    assert event.decoded("DTSTART") == dt.datetime(2026, 5, 12, 8, 30, tzinfo=dt.UTC)
    assert event.decoded("DTEND") == dt.datetime(2026, 5, 12, 10, 0, tzinfo=dt.UTC)
    assert event.decoded("DTSTAMP") == dt.datetime(2026, 5, 4, tzinfo=dt.UTC)
    assert event["SEQUENCE"] == 0
    assert event["STATUS"] == "CONFIRMED"
    assert event["SUMMARY"] == "Visit to the new port"
    assert event["LOCATION"] == "Port office\nQuay 4, Tangier"
    assert event["GEO"].to_ical() == "35.78;-5.81"
    assert event["URL"] == "https://example.org/live"
    assert event["ORGANIZER"] == "mailto:press@example.org"
    assert event["ORGANIZER"].params["CN"] == "Test Newsroom"


def test_whole_days_end_before_the_day_that_calendars_name(port: Newsroom) -> None:
    port.edit("releases/news.yaml", "2026-05-12T09:30:00+01:00", "2026-05-12")
    port.edit("releases/news.yaml", "2026-05-12T11:00:00+01:00", "2026-05-13")
    event = event_of(made(port, ".ics"))
    assert event.decoded("DTSTART") == dt.date(2026, 5, 12)
    assert event.decoded("DTEND") == dt.date(2026, 5, 14)
    text = re.sub(r"\s+", " ", made(port, ".txt").decode())
    assert "When: Tuesday, 12 May 2026 to Wednesday, 13 May 2026" in text


@pytest.mark.parametrize(
    ("starts", "ends", "shown"),
    [
        ("2026-05-12T09:30+01:00", "", "Tuesday, 12 May 2026, 9.30am (Casablanca time, UTC+01:00)"),
        (
            "2026-05-12T22:00+01:00",
            "2026-05-13T01:00+01:00",
            "Tuesday, 12 May 2026, 10pm to Wednesday, 13 May 2026, 1am (Casablanca time, "
            "UTC+01:00)",
        ),
        # Clocks go back for Ramadan on 15 February 2026.
        (
            "2026-02-14T20:00+01:00",
            "2026-02-15T20:00Z",
            "Saturday, 14 February 2026, 8pm (Casablanca time, UTC+01:00) to Sunday, 15 February "
            "2026, 8pm (Casablanca time, UTC)",
        ),
        ("2026-05-12", "2026-05-12", "When: Tuesday, 12 May 2026 - Where"),
    ],
)
def test_spans(starts: str, ends: str, shown: str, port: Newsroom) -> None:
    port.edit(
        "releases/news.yaml", "    starts: 2026-05-12T09:30:00+01:00\n", f"    starts: {starts}\n"
    )
    line = f"    ends: {ends}\n" if ends else ""
    port.edit("releases/news.yaml", "    ends: 2026-05-12T11:00:00+01:00\n", line)
    port.edit("releases/news.yaml", "by: 2026-05-10T18:00:00+01:00", "by: 2026-02-01")
    port.edit("releases/news.yaml", "date: 2026-05-04", "date: 2026-01-29")
    text = made(port, ".txt").decode()
    assert shown in re.sub(r"\s+", " ", text)


def test_an_event_elsewhere_has_the_time_of_its_place_first(port: Newsroom) -> None:
    port.edit("releases/news.yaml", "    place: ", "    time_zone: America/New_York\n    place: ")
    text = re.sub(r"\s+", " ", made(port, ".txt").decode())
    assert (
        "When: Tuesday, 12 May 2026, 4.30am to 6am (New York time, UTC-04:00) Tuesday, 12 "
        "May 2026, 9.30am to 11am (Casablanca time, UTC+01:00)" in text
    )


def test_search_engines_get_the_event(port: Newsroom) -> None:
    html = made(port, ".html").decode()
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    article, event = map(json.loads, found)
    assert article["@type"] == "NewsArticle"
    assert event["@type"] == "Event"
    assert event["name"] == "Visit to the new port"
    assert event["startDate"] == "2026-05-12T09:30:00+01:00"
    assert event["endDate"] == "2026-05-12T11:00:00+01:00"
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["eventAttendanceMode"] == "https://schema.org/MixedEventAttendanceMode"
    place, online = event["location"]
    assert place["address"] == {"@type": "PostalAddress", "streetAddress": "Quay 4, Tangier"}
    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": 35.78, "longitude": -5.81}
    assert online == {"@type": "VirtualLocation", "url": "https://example.org/live"}


def test_what_is_called_off_says_so(port: Newsroom) -> None:
    port.edit("releases/news.yaml", "    place: ", "    status: cancelled\n    place: ")
    assert event_of(made(port, ".ics"))["STATUS"] == "CANCELLED"
    assert "EventCancelled" in made(port, ".html").decode()
    assert "Status: Cancelled" in made(port, ".txt").decode()


def test_a_withdrawal_takes_the_event_back_without_its_words(port: Newsroom) -> None:
    before = event_of(made(port, ".ics"))
    port.edit(
        "releases/news.yaml",
        "contacts: [press]\n",
        "contacts: [press]\nversion: 2\n"
        "withdrawal: {version: 1, date: 2026-05-08, text: It was sent in error.}\n",
    )
    data = made(port, ".ics")
    event = event_of(data)
    assert event["UID"] == before["UID"]
    assert event["SEQUENCE"] == before["SEQUENCE"] + 1
    assert event["STATUS"] == "CANCELLED"
    assert event.decoded("DTSTAMP") > before.decoded("DTSTAMP")
    assert event.decoded("DTSTART") == before.decoded("DTSTART")
    for said in (b"new port", b"Port office", b"Quay", b"example.org/live", b"35.78"):
        assert said not in data


def test_a_release_without_events_has_no_calendar_file(newsroom: Newsroom) -> None:
    assert newsroom.run("render").exit_code == 0
    assert not [name for name in newsroom.files() if name.endswith(".ics")]
    again = newsroom.run("render")
    assert "1 kit is up to date" in again.output
    assert "news has nothing for a file in ics" in _alone(newsroom)
    newsroom.edit("releases/news.yaml", "- paragraph: A", "- paragraph: An event, a")
    newsroom.catalog("fr/LC_MESSAGES/news.po", {})
    newsroom.run("render", "--language", "en")
    assert not [name for name in newsroom.files() if name.endswith(".ics")]


def _alone(newsroom: Newsroom) -> str:
    """Ask for the calendar file alone, in another place; return what is said."""
    result = newsroom.run("render", "--format", "ics", "--output", "elsewhere")
    assert result.exit_code == 0
    assert not list((newsroom.root / "elsewhere").glob("*/*/*"))
    return result.output


def test_the_calendar_file_belongs_to_the_kit(port: Newsroom) -> None:
    assert port.run("render").exit_code == 0
    kit = port.root / "dist/news"
    manifest = json.loads((kit / "manifest.json").read_bytes())
    assert manifest["files"]["en/news_en.ics"]["format"] == "ics"
    assert "en/news_en.ics" in (kit / "SHA256SUMS").read_text()
    assert "Calendar file" in (kit / "index.html").read_text()
    assert port.run("verify").exit_code == 0
    (kit / "en/news_en.ics").write_bytes(b"x")
    assert "news_en.ics" in port.run("verify").output
    port.edit("releases/news.yaml", "  - event: Visit", "  - paragraph: x\n  - event: Visit")
    assert port.run("render", "--format", "ics").exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("T11:00:00+01:00", "T09:00:00+01:00", "7:5: entry 2 of body ends before it starts"),
        ("ends: 2026-05-12T11:00:00+01:00", "ends: 2026-05-13", "starts and ends differ in kind"),
        ("2026-05-12T09:30:00+01:00", "soon", "8:13: starts is not an instant"),
        ("T09:30:00+01:00", "T09:30:00", "8:13: starts has no UTC offset"),
        ("T09:30:00+01:00", "T09:30:00+02:00", "starts has the UTC offset +02:00, but at that"),
        ("[35.78, -5.81]", "[-5.81, 135.78, 0]", "coordinates"),
        ("[35.78, -5.81]", "[135.78, -5.81]", "latitude (-90 to 90) first"),
        ("[35.78, -5.81]", "[35.78, west]", "is a text where a number belongs"),
        ("to: press,", "to: presse,", "presse is not in contacts of _newsroom.yaml; did you mean press?"),
        ("to: press,", 'to: "press@",', "is not an e-mail address"),
        ("by: 2026-05-10", "by: 2026-05-20", "has a deadline of RSVP after its start"),
        ('url: "https://example.org/live"', 'url: "tel:+212500000009"', "a url that is no web page"),
        ("    place: Port office\n    address: Quay 4, Tangier\n    coordinates: [35.78, -5.81]\n"
         '    join: {url: "https://example.org/live", text: "Dial-in: +212 5 00 00 00 09"}\n',
         "", "has no place; write place: or join:"),
        ("    place: Port office\n", "", "has an address but no place"),
        ("    place:", "    time_zone: Moon/Base\n    place:", "Moon/Base is not an IANA time zone"),
        ("    place:", "    status: late\n    place:", "status is 'late'; write one of cancelled"),
        ("    place:", "    plaice: x\n    place:", "plaice is not known here; did you mean place?"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_told(old: str, new: str, told: str, port: Newsroom) -> None:
    port.edit("releases/news.yaml", old, new)
    result = port.run("check")
    assert result.exit_code == 1
    assert told in result.output
    assert "Traceback" not in result.output


@given(words, words)
def test_any_text_comes_back_from_a_calendar_file(
    documents: dict[tuple[str, str], Document], title: str, place: str
) -> None:
    now = dt.datetime(2026, 5, 12, 9, tzinfo=dt.UTC)
    appointment = Appointment(1, now, place=place)
    block = Event((Text(title),), (((Text("When"),), ((Text(title),),)),), appointment)
    data = calendar.write(replace(documents[ADVISORY, "ar"], body=(block,)), None)  # type: ignore[arg-type]
    assert max(map(len, data.split(b"\r\n"))) <= 75
    for line in data.split(b"\r\n"):
        line.decode()  # no character is cut
    event = event_of(data)
    assert str(event["SUMMARY"]) == title
    assert str(event["LOCATION"]) == place
