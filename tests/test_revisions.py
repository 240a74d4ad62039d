"""Dates and versions that contradict each other are told at their place; what desks do is fine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gapress.errors import ContentError
from gapress.workspace import Workspace

if TYPE_CHECKING:
    from conftest import Newsroom


def problems(newsroom: Newsroom, lines: str, zone: str = "Africa/Casablanca") -> list[str]:
    """Return what is told of a release of 24 November 2025 with these lines before the others."""
    newsroom.edit("releases/_newsroom.yaml", "time_zone: Africa/Casablanca", f"time_zone: {zone}")
    if "\ndate:" in f"\n{lines}":
        newsroom.edit("releases/news.yaml", "date: 2025-11-24\n", "")
    newsroom.edit("releases/news.yaml", "kind:", f"{lines}kind:")
    try:
        Workspace(newsroom.root).release("news")
    except ContentError as error:
        return [str(problem).removeprefix("releases/news.yaml:") for problem in error.problems]
    return []


def revision(name: str, version: int, date: str) -> str:
    return f"{name}: {{version: {version}, date: {date}, text: x}}\n"


@pytest.mark.parametrize(
    "lines",
    [
        "version: 2\n" + revision("correction", 1, "2025-11-24"),
        "version: 4\n" + revision("correction", 2, "2026-01-10"),
        "version: 2\n" + revision("withdrawal", 1, "2025-11-24"),
        "version: 3\n"
        + revision("correction", 1, "2025-11-25")
        + revision("withdrawal", 2, "2025-11-25"),
        "embargo: 2025-11-24T00:00:00+01:00\n",
        "embargo: 2025-11-24T23:30:00+01:00\n",
        "embargo: 2025-11-26T09:00:00+01:00\n",  # sent ahead
        "embargo: 2025-11-23T23:30:00Z\n",  # the 24th in the newsroom's zone
        "version: 2\nembargo: 2025-11-24T09:00:00+01:00\n"
        + revision("correction", 1, "2025-11-24"),
        "version: 2\n",
        "version: 2\nembargo: 2025-11-24T09:00:00+01:00\n",
    ],
)
def test_what_newsrooms_do_is_fine(lines: str, newsroom: Newsroom) -> None:
    assert problems(newsroom, lines) == []


ONE_OF_TWO = "correct one of the two"
CONTRADICTIONS = {
    "a version that never was": (
        "version: 3\n" + revision("correction", 5, "2025-11-25"),
        ["2:23: the correction concerns version 5, but this is version 3; write an earlier version here, at most 2, or version: 6 at the top"],
    ),
    "its own version": (
        "version: 2\n" + revision("withdrawal", 2, "2025-11-25"),
        ["2:23: the withdrawal concerns version 2, but this is version 2; write an earlier version here, at most 1, or version: 3 at the top"],
    ),
    "a first version with a correction": (
        revision("correction", 1, "2025-11-25"),
        ["1:23: a correction makes a new version, but the release has none; add a line version: 2 at the top"],
    ),
    "a first version, said to be the first": (
        "version: 1\n" + revision("withdrawal", 1, "2025-11-25"),
        ["2:23: the withdrawal concerns version 1, but this is version 1; write version: 2 at the top"],
    ),
    "version nought": (
        "version: 2\n" + revision("correction", 0, "2025-11-25"),
        ["2:23: version is not a whole number from 1 to 999"],
    ),
    "a version that was corrected is withdrawn": (
        "version: 3\n" + revision("correction", 1, "2025-11-25") + revision("withdrawal", 1, "2025-11-26"),
        ["3:23: the withdrawal concerns version 1, but version 1 was corrected by a later one; write version: 2 here, or a later one that was sent"],
    ),
    "a correction before the issue": (
        "version: 2\n" + revision("correction", 1, "2025-11-23"),
        [f"2:32: the correction is dated 2025-11-23, before the release's date 2025-11-24; {ONE_OF_TWO}; a new version keeps the date of the first"],
    ),
    "a withdrawal before the issue": (
        "version: 2\n" + revision("withdrawal", 1, "2024-11-25"),
        [f"2:32: the withdrawal is dated 2024-11-25, before the release's date 2025-11-24; {ONE_OF_TWO}; a new version keeps the date of the first"],
    ),
    "a withdrawal before the correction": (
        "version: 3\n" + revision("correction", 1, "2025-11-26") + revision("withdrawal", 2, "2025-11-25"),
        [f"3:32: the withdrawal is dated 2025-11-25, before the correction on 2025-11-26; {ONE_OF_TWO}"],
    ),
    "an embargo after the correction": (
        "version: 2\nembargo: 2025-11-26T09:00:00+01:00\n" + revision("correction", 1, "2025-11-25"),
        [f"2:10: the correction is dated 2025-11-25, but the embargo ends later, on 2025-11-26; {ONE_OF_TWO}, or delete the embargo"],
    ),
    "an embargo after the withdrawal": (
        "version: 2\nembargo: 2025-11-26T09:00:00+01:00\n" + revision("withdrawal", 1, "2025-11-25"),
        [f"2:10: the withdrawal is dated 2025-11-25, but the embargo ends later, on 2025-11-26; {ONE_OF_TWO}, or delete the embargo"],
    ),
    "an issue after the embargo": (
        "date: 2025-11-25\nembargo: 2025-11-24T09:00:00+01:00\n",
        [f"1:7: the release is dated 2025-11-25, after the embargo ends on 2025-11-24; {ONE_OF_TWO}; the date is the day of issue"],
    ),
    "an embargo whose day is another in the newsroom's zone": (
        "date: 2025-11-25\nembargo: 2025-11-24T22:30:00Z\n",
        [f"1:7: the release is dated 2025-11-25, after the embargo ends on 2025-11-24; {ONE_OF_TWO}; the date is the day of issue"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_contradiction_is_told_at_its_place(name: str, newsroom: Newsroom) -> None:
    lines, told = CONTRADICTIONS[name]
    assert problems(newsroom, lines) == told


def test_the_newsroom_s_zone_says_which_day_it_is(newsroom: Newsroom) -> None:
    lines = "date: 2025-11-25\nembargo: 2025-11-24T20:00:00Z\n"
    assert problems(newsroom, lines, "Asia/Tokyo") == []
