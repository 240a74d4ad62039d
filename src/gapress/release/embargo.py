"""Checks that an instant's UTC offset is one that the newsroom's clocks show at that time.

Where clocks change, a habitual offset is an hour off; the officer says which of the two is meant.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from gapress.release.fields import INSTANT_MARK, Instant
from gapress.release.zones import ZONES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from gapress.errors import Problem
    from gapress.release.schema import Place
    from gapress.release.yaml import Path, Tree

_INSTANT: TypeAdapter[dt.datetime] = TypeAdapter(Instant)
_MINUTE = dt.timedelta(minutes=1)


def check_instants(tree: Tree, places: Iterable[Place], zones: Sequence[str]) -> Iterator[Problem]:
    """Yield the problems of instants whose offset is neither UTC nor that of one of the zones.

    A part of the file with a ``time_zone`` of its own may use that one, too.

    Args:
        tree: The release's file.
        places: What is in it, outermost first.
        zones: The newsroom's IANA time zones, its own first.
    """
    own: dict[Path, str] = {}
    for path, place, value in places:
        zone = value.get("time_zone") if isinstance(value, dict) else None
        if isinstance(zone, str) and zone in ZONES:
            own[path] = zone
        if INSTANT_MARK in place:
            near = [zone for holder, zone in own.items() if path[: len(holder)] == holder]
            yield from _check(tree, path, value, (*near, *zones))


def _check(tree: Tree, path: Path, value: Any, zones: Sequence[str]) -> Iterator[Problem]:
    try:
        instant = _INSTANT.validate_python(value)
    except ValidationError:
        return  # told by the model, or a day without a time
    offsets = {zone: instant.astimezone(ZoneInfo(zone)).utcoffset() for zone in zones}
    if not instant.utcoffset() or instant.utcoffset() in offsets.values():
        return
    here, wall = ZoneInfo(zones[0]), instant.replace(tzinfo=None)
    known = ", ".join(f"{zone} has {_offset(instant.astimezone(ZoneInfo(zone)))}" for zone in zones)
    message = f"{path[-1]} has the UTC offset {_offset(instant)}, but at that moment {known}"
    hint = f"write {instant.astimezone(here).isoformat()} for the same moment"
    readings = _readings(wall, here)
    if readings:
        hint += f", or {' or '.join(readings)} for {wall:%H:%M} on the clocks of {zones[0]}"
    else:
        before, after = _gap(wall, here)
        message += (
            f", and {zones[0]} skips {wall:%H:%M}: clocks go forward from {before} to {after}"
        )
    yield tree.problem(path, message, hint)


def _offset(instant: dt.datetime) -> str:
    """Return an instant's offset as it is written: ``+01:00``."""
    return instant.isoformat()[len("2026-03-29T02:30:00") :]


def _readings(wall: dt.datetime, zone: ZoneInfo) -> list[str]:
    """Return the instants at which a zone's clocks show a time: one, two (an overlap) or none."""
    folds = (wall.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    shown = (fold for fold in folds if _is_shown(fold.replace(tzinfo=None), zone))
    return list(dict.fromkeys(moment.isoformat() for moment in shown))


def _is_shown(wall: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether a zone's clocks ever show a time (PEP 495: round trip through UTC)."""
    there = wall.replace(tzinfo=zone).astimezone(dt.UTC).astimezone(zone)
    return there.replace(tzinfo=None, fold=0) == wall.replace(fold=0)


def _gap(wall: dt.datetime, zone: ZoneInfo) -> tuple[str, str]:
    """Return the times from and to which clocks jump over a time that they don't show."""
    first = last = wall
    while not _is_shown(first - _MINUTE, zone):
        first -= _MINUTE
    while not _is_shown(last, zone):
        last += _MINUTE
    return f"{first:%H:%M}", f"{last:%H:%M}"
