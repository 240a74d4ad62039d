"""Checks that dates and versions of a release don't contradict each other.

Works on the data of the file, whether or not it fits the model: what isn't a date or a version is
told by the model. Days are those of the newsroom's own time zone.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter, ValidationError

from gapress.release.fields import Count, Day, Instant

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from gapress.errors import Problem
    from gapress.release.yaml import Tree

ValueT = TypeVar("ValueT")

_DAY: TypeAdapter[dt.date] = TypeAdapter(Day)
_INSTANT: TypeAdapter[dt.datetime] = TypeAdapter(Instant)
_COUNT: TypeAdapter[int] = TypeAdapter(Count)


def check_revisions(tree: Tree, zone: str) -> Iterator[Problem]:
    """Yield the contradictions between a release's date, embargo, correction and withdrawal.

    Args:
        tree: The release's file.
        zone: The newsroom's own IANA time zone.
    """
    yield from _check_versions(tree)
    yield from _check_dates(tree, zone)


def _check_versions(tree: Tree) -> Iterator[Problem]:
    current = _valid(_COUNT, tree.data.get("version", Decimal(1)))
    earlier = {name: _version(tree, name) for name in ("correction", "withdrawal")}
    for name, version in earlier.items():
        if version is None or current is None or version < current:
            continue
        if current == 1:
            message = f"a {name} makes a new version, but the release has none"
            hint = f"add a line version: {version + 1} at the top"
            if "version" in tree.data:
                message = f"the {name} concerns version {version}, but this is version 1"
                hint = f"write version: {version + 1} at the top"
        else:
            message = f"the {name} concerns version {version}, but this is version {current}"
            hint = (
                f"write an earlier version here, at most {current - 1}, "
                f"or version: {version + 1} at the top"
            )
        yield tree.problem((name, "version"), message, hint)
    corrected, withdrawn = earlier["correction"], earlier["withdrawal"]
    if corrected and withdrawn and current and withdrawn <= corrected < current:
        message = (
            f"the withdrawal concerns version {withdrawn}, but version {corrected} was corrected "
            "by a later one"
        )
        hint = f"write version: {corrected + 1} here, or a later one that was sent"
        yield tree.problem(("withdrawal", "version"), message, hint)


def _check_dates(tree: Tree, zone: str) -> Iterator[Problem]:
    issued = _valid(_DAY, tree.data.get("date"))
    embargo = _valid(_INSTANT, tree.data.get("embargo"))
    until = embargo.astimezone(ZoneInfo(zone)).date() if embargo else None
    days = {name: _day(tree, name) for name in ("correction", "withdrawal")}
    if issued and until and issued > until:
        message = f"the release is dated {issued}, after the embargo ends on {until}"
        hint = "correct one of the two; the date is the day of issue"
        yield tree.problem(("date",), message, hint)
    for name, day in days.items():
        if day and issued and day < issued:
            message = f"the {name} is dated {day}, before the release's date {issued}"
            hint = "correct one of the two; a new version keeps the date of the first"
            yield tree.problem((name, "date"), message, hint)
        elif day and until and day < until:
            message = f"the {name} is dated {day}, but the embargo ends later, on {until}"
            hint = "correct one of the two, or delete the embargo"
            yield tree.problem(("embargo",), message, hint)
    corrected, withdrawn = days["correction"], days["withdrawal"]
    if corrected and withdrawn and withdrawn < corrected:
        message = f"the withdrawal is dated {withdrawn}, before the correction on {corrected}"
        yield tree.problem(("withdrawal", "date"), message, "correct one of the two")


def _version(tree: Tree, name: str) -> int | None:
    return _valid(_COUNT, _part(tree, name, "version"))


def _day(tree: Tree, name: str) -> dt.date | None:
    return _valid(_DAY, _part(tree, name, "date"))


def _part(tree: Tree, name: str, key: str) -> Any:
    part = tree.data.get(name)
    return part.get(key) if isinstance(part, dict) else None


def _valid(kind: TypeAdapter[ValueT], value: Any) -> ValueT | None:
    """Return a value as its type, or none if the model refuses it."""
    try:
        return kind.validate_python(value)
    except ValidationError:
        return None
