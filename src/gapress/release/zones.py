"""The time zones that a source may name: those of IANA's database that say where they hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zoneinfo import available_timezones, reset_tzpath

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.errors import Problem
    from gapress.release.yaml import Path, Tree

# The pinned database of time zones, not the machine's.
reset_tzpath(())
ZONES = available_timezones() - {"localtime", "Factory"}
UTC_NAMES = frozenset({"UTC", "GMT", "Zulu", "Universal", "UCT", "Greenwich"})
# Names of IANA's that stand for an offset or a rule, not for a place.
_PLACELESS = re.compile(r"Etc/.+|GMT[+-]?0|[CEMW]ET|[EHM]ST|[CEMP]ST\d[CEMP]DT")


def is_utc(zone: str) -> bool:
    """Whether an IANA time zone is UTC under one of its names."""
    return zone.removeprefix("Etc/") in UTC_NAMES


def names_a_city(zone: str) -> bool:
    """Whether an IANA time zone stands for a place, as a reader must be told it."""
    return not is_utc(zone) and not _PLACELESS.fullmatch(zone)


def check_zone(tree: Tree, path: Path, zone: object) -> Iterator[Problem]:
    """Yield the problem of a time zone that can't be shown.

    Args:
        tree: The file.
        path: The zone's place in it.
        zone: What is written there.
    """
    if not isinstance(zone, str):
        return
    if zone not in ZONES:
        yield tree.problem(
            path, f"{zone} is not an IANA time zone", "write it like Africa/Casablanca"
        )
    elif not (names_a_city(zone) or is_utc(zone)):
        yield tree.problem(
            path,
            f"the time zone {zone} has no city, which embargo lines name",
            "write one of a city, such as Africa/Casablanca, or UTC",
        )
