"""A fact still to be filled: ``{blank: The number of people hurt, kind: number}``."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from gapress.errors import ContentError
from gapress.release.data import suggestion
from gapress.release.facts.base import FactModel
from gapress.release.fields import Prose, role

if TYPE_CHECKING:
    from gapress.release.facts.base import Formats

WORDS = "text"
"""The kind of a blank that is filled with words, which no fact can hold."""

EXAMPLES = {
    "date": "{date: 2025-11-24}",
    "time": '{time: "09:30"}',
    "number": "{number: 12}",
    "percentage": "{percentage: 12.5}",
    "money": "{money: 1500, currency: MAD}",
}
"""How a fact is written, by its kind; for messages."""


def kinds() -> dict[str, type[FactModel]]:
    """Return the kinds of fact that may come, by their first keys."""
    from gapress.release.facts import FACTS  # which has this one

    return {kind.key(): kind for kind in FACTS if kind is not BlankFact}


def _known(kind: object) -> object:
    names = [*kinds(), WORDS]
    if isinstance(kind, str) and kind in names:
        return kind
    hint = suggestion(kind, names) if isinstance(kind, str) else f"write one of {', '.join(names)}"
    raise PydanticCustomError("gapress", f"can't be {kind!r}; {hint}".replace("{", "{{"))


def _schema(schema: dict[str, Any]) -> None:
    schema["enum"] = [*kinds(), WORDS]


class BlankFact(FactModel):
    """What is still to be filled; a release with a blank can't be published."""

    called = "blank"

    blank: Annotated[
        Prose, role("blank", "Still to be filled; drafts show these words in brackets.", 80)
    ] = Field(description="What is to be filled")
    kind: Annotated[str, BeforeValidator(_known), WithJsonSchema({"type": "string"})] | None = (
        Field(None, description="The kind of fact that comes, or text", json_schema_extra=_schema)
    )
    was: str | None = Field(
        None, description="What stood there in the release that this one was made from"
    )

    def shown(self, formats: Formats, decimals: int | None = None) -> str:
        del decimals
        return formats.blank(self.blank)

    def written(self) -> str:
        return f"{{blank: {self.blank}}}"

    @property
    def plural_rule(self) -> Literal["", "cardinal"]:
        """Return that of a number if one may come."""
        return "cardinal" if self.is_of_figure else ""

    @property
    def is_of_figure(self) -> bool:
        """Whether a figure is to come, with which words beside it must agree."""
        return bool(self.kind and self.kind != WORDS and kinds()[self.kind].is_figure)

    @property
    def former(self) -> FactModel | None:
        """What :attr:`was` says, if that is a fact of the kind that comes."""
        from gapress.release.yaml import parse

        kind = kinds().get(self.kind or "")
        if kind is None or not self.was:
            return None
        with suppress(ContentError, ValidationError):
            data = parse(f"was: {self.was}".encode(), "").data["was"]
            return kind.model_validate(data if isinstance(data, dict) else {self.kind: data})
        return None

    def hint(self, name: str) -> str:
        """Return what to write instead of it.

        Args:
            name: Its name under ``facts``; empty for a cell of a table.
        """
        before = f"; before, it was {self.was}" if self.was else ""
        words = f"write the words into the texts instead of {{{name}}}, and delete this line"
        if self.kind == WORDS:
            return (words if name else "write the words there") + before
        example = EXAMPLES.get(self.kind or "number", f"{{{self.kind}: …}}")
        value = f"write its value there, such as {example}"
        return (f"{value}; or {words}" if name and not self.kind else value) + before
