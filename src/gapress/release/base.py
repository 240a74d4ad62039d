"""What every construct of a source file is: frozen, closed, and told apart by its first key.

``facts`` and ``blocks`` have one module for each kind, and one table of all of them each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Union

from pydantic import BaseModel, ConfigDict, Discriminator, Tag

if TYPE_CHECKING:
    from collections.abc import Iterable


class Model(BaseModel):
    """Base of everything in a source file: frozen, and no unknown key."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def key(cls) -> str:
        """Return the first key that it must have, which tells it from others at its place."""
        return next(name for name, field in cls.model_fields.items() if field.is_required())


def one_of(kinds: Iterable[type[Model]]) -> Any:
    """Return a function that finds the kind of a value by its first key; none where it has none."""
    keys = tuple(kind.key() for kind in kinds)

    def discriminate(value: Any) -> str | None:
        if isinstance(value, dict):
            return next((key for key in keys if key in value), None)
        return next((key for key in keys if hasattr(value, key)), None)

    return discriminate


def tagged(kinds: Iterable[type[Model]]) -> tuple[Any, ...]:
    """Return kinds as members of a union whose discriminator gives their first keys."""
    return tuple(Annotated[kind, Tag(kind.key())] for kind in kinds)


def union(kinds: tuple[type[Model], ...], message: str, *, colon: str = "") -> Any:
    """Return the type of a value that is one of several kinds.

    Args:
        kinds: All of them.
        message: What a person is told of a value that is none of them; ``{keys}`` lists their keys.
        colon: What stands after each key in the message.
    """
    *first, last = (f"{kind.key()}{colon}" for kind in kinds)
    keys = f"{', '.join(first)} or {last}"
    return Annotated[
        Union[tagged(kinds)],  # noqa: UP007 - made of a table
        Discriminator(
            one_of(kinds),
            custom_error_type="gapress",
            custom_error_message=message.replace("{keys}", keys),
        ),
    ]
