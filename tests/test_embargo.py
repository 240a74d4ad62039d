"""An embargo's UTC offset is one that the newsroom's clocks show, or UTC; and e-mail's limit."""

from __future__ import annotations

import zoneinfo
from typing import TYPE_CHECKING

import pytest

from gapress.errors import ContentError
from gapress.workspace import Workspace

if TYPE_CHECKING:
    from conftest import Newsroom


def problems(newsroom: Newsroom, embargo: str, zones: str) -> list[str]:
    """Return what a newsroom in these time zones, its own first, is told of an embargo."""
    own, *others = zones.split()
    newsroom.edit(
        "releases/_newsroom.yaml",
        "time_zone: Africa/Casablanca",
        f"time_zone: {own}\nother_time_zones: [{', '.join(others)}]",
    )
    newsroom.edit(
        "releases/news.yaml", "\ndate: 2025-11-24", f"\ndate: 2025-11-24\nembargo: {embargo}"
    )
    try:
        Workspace(newsroom.root).release("news")
    except ContentError as error:
        return [str(problem) for problem in error.problems]
    return []


@pytest.mark.parametrize(
    ("zones", "embargo"),
    [
        ("Africa/Casablanca", "2025-11-24T10:00:00+01:00"),
        ("Africa/Casablanca", "2026-03-01T10:00:00+00:00"),  # Ramadan
        ("Africa/Casablanca", "2026-07-01T10:00:00Z"),
        ("Africa/Casablanca Europe/Paris", "2026-07-01T10:00:00+02:00"),
        ("Europe/Paris", "2026-03-29T01:59+01:00"),
        ("Europe/Paris", "2026-03-29T03:00+02:00"),
        ("Europe/Paris", "2026-10-25T02:30:00+02:00"),  # an overlap: the offset says which
        ("Europe/Paris", "2026-10-25T02:30:00+01:00"),
        ("Asia/Kolkata", "2026-07-01T10:00:00+05:30"),
    ],
)
def test_an_offset_of_the_newsroom_or_utc_is_right(
    zones: str, embargo: str, newsroom: Newsroom
) -> None:
    assert problems(newsroom, embargo, zones) == []


@pytest.mark.parametrize(
    ("zones", "embargo", "told"),
    [
        pytest.param(
            "Africa/Casablanca",
            "2026-03-01T10:00:00+01:00",
            "embargo has the UTC offset +01:00, but at that moment Africa/Casablanca has +00:00; "
            "write 2026-03-01T09:00:00+00:00 for the same moment, or 2026-03-01T10:00:00+00:00 "
            "for 10:00 on the clocks of Africa/Casablanca",
            id="Ramadan",
        ),
        pytest.param(
            "Africa/Casablanca UTC Europe/Paris",
            "2026-07-01T10:00:00-04:00",
            "embargo has the UTC offset -04:00, but at that moment Africa/Casablanca has +01:00, "
            "UTC has +00:00, Europe/Paris has +02:00; write 2026-07-01T15:00:00+01:00 for the same "
            "moment, or 2026-07-01T10:00:00+01:00 for 10:00 on the clocks of Africa/Casablanca",
            id="none of several",
        ),
        pytest.param(
            "Europe/Paris",
            "2026-03-29T02:30+01:00",
            "embargo has the UTC offset +01:00, but at that moment Europe/Paris has +02:00, and "
            "Europe/Paris skips 02:30: clocks go forward from 02:00 to 03:00; "
            "write 2026-03-29T03:30:00+02:00 for the same moment",
            id="a gap",
        ),
        pytest.param(
            "Europe/Paris",
            "2026-03-29T02:30+02:00",
            "embargo has the UTC offset +02:00, but at that moment Europe/Paris has +01:00, and "
            "Europe/Paris skips 02:30: clocks go forward from 02:00 to 03:00; "
            "write 2026-03-29T01:30:00+01:00 for the same moment",
            id="a gap, from the other side",
        ),
        pytest.param(
            "Europe/Paris",
            "2026-10-25T02:30:00+05:00",
            "embargo has the UTC offset +05:00, but at that moment Europe/Paris has +02:00; "
            "write 2026-10-24T23:30:00+02:00 for the same moment, or 2026-10-25T02:30:00+02:00 or "
            "2026-10-25T02:30:00+01:00 for 02:30 on the clocks of Europe/Paris",
            id="an overlap",
        ),
        pytest.param(
            "Europe/Paris",
            "2026-03-28T12:00:00+02:00",
            "embargo has the UTC offset +02:00, but at that moment Europe/Paris has +01:00; "
            "write 2026-03-28T11:00:00+01:00 for the same moment, or 2026-03-28T12:00:00+01:00 "
            "for 12:00 on the clocks of Europe/Paris",
            id="a day early",
        ),
    ],
)
def test_another_offset_is_explained_and_mended(
    zones: str, embargo: str, told: str, newsroom: Newsroom
) -> None:
    assert problems(newsroom, embargo, zones) == [f"releases/news.yaml:3:10: {told}"]


@pytest.mark.parametrize("mended", ["2026-03-01T09:00:00+00:00", "2026-03-01T10:00:00+00:00"])
def test_what_the_hint_says_mends_it(mended: str, newsroom: Newsroom) -> None:
    (told,) = problems(newsroom, "2026-03-01T10:00:00+01:00", "Africa/Casablanca")
    assert mended in told
    newsroom.edit("releases/news.yaml", "2026-03-01T10:00:00+01:00", mended)
    Workspace(newsroom.root).release("news")


def test_an_embargo_that_is_no_instant_is_told_once(newsroom: Newsroom) -> None:
    (told,) = problems(newsroom, "2026-03-01T10:00", "Africa/Casablanca")
    assert "embargo has no UTC offset" in told


def test_time_zones_come_from_the_pinned_package() -> None:
    assert zoneinfo.TZPATH == ()


def test_attachments_have_a_limit(newsroom: Newsroom) -> None:
    assert Workspace(newsroom.root).newsroom.model.email.attachments_limit == 10
    newsroom.edit(
        "releases/_newsroom.yaml", "contacts:", "email: {attachments_limit: 25}\ncontacts:"
    )
    assert Workspace(newsroom.root).newsroom.model.email.attachments_limit == 25


@pytest.mark.parametrize("limit", ["0", "101", "2.5", "ten", "-1", "true"])
def test_a_limit_out_of_range_is_told(limit: str, newsroom: Newsroom) -> None:
    line = f"email: {{attachments_limit: {limit}}}"
    newsroom.edit("releases/_newsroom.yaml", "contacts:", f"{line}\ncontacts:")
    with pytest.raises(ContentError) as caught:
        _ = Workspace(newsroom.root).newsroom
    assert [str(problem) for problem in caught.value.problems] == [
        "releases/_newsroom.yaml:5:28: attachments_limit is not a whole number of megabytes "
        "from 1 to 100"
    ]
