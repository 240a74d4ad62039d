"""Parts of a release that not every language shows: ``only: [fr]``, or ``except: [ar]``.

The blocks of the body, and the entries of the lists after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, Union

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from gapress.release.base import Model
from gapress.release.data import sequence
from gapress.release.fields import REFERENCE_MARK, Key, text_value

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from gapress.errors import Problem
    from gapress.release.schema import Place
    from gapress.release.yaml import Tree

_CHOICES = ("only", "except")
_NEVER_EMPTY = ("body", "contacts")

OwnLanguage: TypeAlias = Annotated[
    str,
    BeforeValidator(text_value),
    Field(json_schema_extra={REFERENCE_MARK: "languages"}),
]
ContactKey: TypeAlias = Annotated[Key, Field(json_schema_extra={REFERENCE_MARK: "contacts"})]
IssuerKey: TypeAlias = Annotated[Key, Field(json_schema_extra={REFERENCE_MARK: "issuers"})]
BoilerplateKey: TypeAlias = Annotated[
    Key, Field(json_schema_extra={REFERENCE_MARK: "boilerplates"})
]


def _at_the_end(schema: dict[str, Any]) -> None:
    """Put what every local part has behind what makes it what it is."""
    for name in _CHOICES:
        field = schema["properties"].pop(name)
        schema["properties"][name] = {k: v for k, v in field.items() if k != "default"}


class Local(Model):
    """A part of a release that not every language need show."""

    model_config = ConfigDict(json_schema_extra=_at_the_end)

    only: tuple[OwnLanguage, ...] = Field(
        (), min_length=1, description="The languages that show it; without it, all do"
    )
    exempt: tuple[OwnLanguage, ...] = Field(
        (), min_length=1, alias="except", description="The languages that don't show it"
    )

    @model_validator(mode="after")
    def _has_one_choice(self) -> Local:
        if self.only and self.exempt:
            message = "has both only and except; write the one that is shorter"
            raise PydanticCustomError("gapress", message)
        return self

    def is_for(self, code: str) -> bool:
        """Whether a language shows it."""
        return code in self.only if self.only else code not in self.exempt


class ContactHere(Local):
    """A contact in some of the languages."""

    contact: ContactKey = Field(description="A key of contacts in _newsroom.yaml")


class BoilerplateHere(Local):
    """A boilerplate in some of the languages."""

    boilerplate: BoilerplateKey = Field(description="A key of boilerplates in _newsroom.yaml")


def or_here(plain: Any, entry: Any) -> Any:
    """Return the type of an entry that all languages show, or of one as a mapping.

    Args:
        plain: The type of the entry alone.
        entry: The model of the mapping.
    """

    def kind(value: object) -> str:
        return "entry" if isinstance(value, dict | Local) else "plain"

    choices = Union[Annotated[plain, Tag("plain")], Annotated[entry, Tag("entry")]]  # noqa: UP007
    return Annotated[choices, Discriminator(kind)]


def check_local(
    tree: Tree, places: Iterable[Place], languages: Collection[str]
) -> Iterator[Problem]:
    """Yield what no language shows, and what leaves a language without body or contacts.

    Args:
        tree: The release's file.
        places: What is in it, outermost first.
        languages: The newsroom's languages.
    """
    sound = True
    for path, place, value in places:
        if not (isinstance(value, dict) and {*_CHOICES} <= {*place.get("properties", ())}):
            continue
        named = {str(code) for name in _CHOICES for code in sequence(value.get(name))}
        sound = sound and named <= {*languages}
        if sound and not any(_is_for(value, code) for code in languages):
            yield tree.problem(path, "no language shows this", "delete it, or its except")
            sound = False
    for name in _NEVER_EMPTY if sound else ():
        entries = sequence(tree.data.get(name))
        for code in languages if entries else ():
            if not any(_is_for(entry, code) for entry in entries):
                message = f"{name} has nothing in {code}: every entry is for other languages"
                yield tree.problem((name,), message, f"add one that {code} shows", key=True)


@dataclass(frozen=True)
class Before:
    """What must stand before a block of the body, in each language that shows the block.

    Attributes:
        key: The key of the block that asks for it.
        fits: Whether a block is what is asked for.
        message: What is wrong where there is none.
        hint: What to do about it.
    """

    key: str
    fits: Callable[[Mapping[str, Any]], bool]
    message: str
    hint: str


def check_before(
    tree: Tree, number: int, before: Before, languages: Collection[str]
) -> Iterator[Problem]:
    """Yield a problem where what must stand before a block doesn't, in some language or in all.

    Args:
        tree: The release's file.
        number: The block's place in the body, from 0.
        before: What must stand before it.
        languages: The newsroom's languages.
    """
    body = sequence(tree.data.get("body"))
    found = [block for block in body[:number] if isinstance(block, dict) and before.fits(block)]
    shown = [code for code in languages if _is_for(body[number], code)]
    lacking = [code for code in shown if not any(_is_for(block, code) for block in found)]
    if lacking:
        where = f" in {', '.join(lacking)}" if found else ""
        place = ("body", number, before.key)
        yield tree.problem(place, f"{before.message}{where}", before.hint)


def _is_for(entry: Any, code: str) -> bool:
    """Whether a language shows an entry of the file, as far as it is written soundly."""
    if not isinstance(entry, dict):
        return True
    only, exempt = (sequence(entry.get(name)) for name in _CHOICES)
    return (not only or code in only) and code not in exempt
