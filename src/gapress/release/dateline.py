"""Where a release is issued: one city, or several."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import Discriminator, Field, Tag

from gapress.release.base import Model
from gapress.release.fields import Prose, role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.release.yaml import Path


class Place(Model):
    """Where the release is issued."""

    city: Annotated[Prose, role("dateline city", "City that opens the first paragraph.")]
    country: (
        Annotated[Prose, role("dateline country", "Country after the city in the dateline.")] | None
    ) = None


def _form(value: Any) -> str:
    return "several" if isinstance(value, list | tuple) else "one"


Dateline: TypeAlias = Annotated[
    Annotated[Place, Tag("one")]
    | Annotated[tuple[Place, ...], Field(min_length=1, max_length=6), Tag("several")],
    Discriminator(_form),
]
"""A place, or several that issue the release together."""


def places(dateline: Dateline | None) -> Iterator[tuple[Path, Place]]:
    """Yield the places of a dateline, each with where it stands in the release's file."""
    match dateline:
        case None:
            return
        case Place():
            yield ("dateline",), dateline
        case _:
            yield from ((("dateline", index), place) for index, place in enumerate(dateline))
