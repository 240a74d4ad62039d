"""A quotation, with who said it and in which language the words are on record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Protocol, TypeAlias

from pydantic import Discriminator, Field, Tag

from gapress.document import Quote, Speaker
from gapress.release.blocks.base import BlockModel
from gapress.release.data import is_language, mapping_named, sequence, suggestion
from gapress.release.fields import Key, LanguageTag, Prose, role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gapress.document import Inlines
    from gapress.errors import Problem
    from gapress.release.blocks.base import Words
    from gapress.release.model import Release
    from gapress.release.yaml import Path, Tree


class Labels(Protocol):
    """Gives the labels of a language."""

    def label(self, source: str, **slots: Inlines | str) -> Inlines:
        """Return a label of ``gapress.po`` with its placeholders filled."""


def _kind(value: Any) -> str:
    return "several" if isinstance(value, list | tuple) else "one"


Said: TypeAlias = Annotated[
    Annotated[
        Annotated[Prose, role("quote", "Words of a quotation; its marks come from a label.")],
        Tag("one"),
    ]
    | Annotated[
        Annotated[tuple[Annotated[Prose, role("quote")], ...], Field(min_length=1)],
        Tag("several"),
    ],
    Discriminator(_kind),
]
Original: TypeAlias = Annotated[
    Annotated[Annotated[Prose, role("")], Tag("one")]
    | Annotated[
        Annotated[tuple[Annotated[Prose, role("")], ...], Field(min_length=1)], Tag("several")
    ],
    Discriminator(_kind),
]


class QuoteBlock(BlockModel):
    """A quotation; its words are on record in one language, elsewhere it is a translation."""

    quote: Said = Field(
        description="The words, without quotation marks; several paragraphs as a list"
    )
    speaker: Key | None = Field(None, description="An entry of people")
    speakers: tuple[Key, ...] = Field(
        (), description="Entries of people, instead of speaker, where several speak together"
    )
    title: Annotated[Prose, role("person title")] | None = Field(
        None, description="The speaker's title on this occasion, instead of that of people"
    )
    on_record: LanguageTag = Field(
        description="The language in which the newsroom has the words on record"
    )
    original: Original | None = Field(
        None,
        description="The words on record, where their language is none of the newsroom's; not "
        "translated",
    )

    def localized(self, path: Path, words: Words) -> Quote:
        said = _texts((*path, "quote"), self.quote)
        first, *more = marked([words.text(*text) for text in said], words)
        keys = self.speakers or ((self.speaker,) if self.speaker else ())
        people = [Speaker(*words.person(key)) for key in keys]
        title = words.optional((*path, "title"), self.title) if self.title else people[0].title
        note = words.language_note("Translation; on record in {language}", self.on_record)
        original = _texts((*path, "original"), self.original) if self.original else []
        return Quote(
            first,
            people[0].name,
            title,
            note,
            tuple(more),
            tuple(people[1:]),
            words.record(path, self.on_record, said, original),
        )

    @classmethod
    def check(cls, tree: Tree, path: Path, data: Mapping[str, Any]) -> Iterator[Problem]:
        yield from _check_speakers(tree, path, data)
        record = data.get("on_record")
        if (
            isinstance(record, str)
            and re.fullmatch(r"[a-z]{2,3}(-\w+)*", record)
            and not is_language(record)
        ):
            message = f"CLDR has no language {record}"
            yield tree.problem((*path, "on_record"), message, "write a code such as en")
        said, original = data.get("quote"), data.get("original")
        if original is not None and len(_several(said)) != len(_several(original)):
            message = "the words on record have another number of paragraphs than the quotation"
            yield tree.problem((*path, "original"), message, "write a paragraph for each of it")

    def notes(self, path: Path, release: Release) -> list[str]:
        if path[:1] == ("title",):
            return ["For this occasion only."]
        from babel import Locale

        keys = self.speakers or ((self.speaker,) if self.speaker else ())
        names = " and ".join(release.people[key].name for key in keys)
        record = Locale.parse(self.on_record, sep="-").get_language_name("en") or self.on_record
        said = [f"Spoken by {names}; on record in {record}."]
        if isinstance(self.quote, tuple):
            said.append(f"Paragraph {int(path[1]) + 1} of {len(self.quote)} of the quotation.")
        return said


def _check_speakers(tree: Tree, path: Path, data: Mapping[str, Any]) -> Iterator[Problem]:
    people = mapping_named(tree.data, "people")
    named: list[tuple[Path, Any]] = [((*path, "speaker"), data.get("speaker"))]
    several = sequence(data.get("speakers"))
    named += [((*path, "speakers", i), key) for i, key in enumerate(several)]
    for place, key in named:
        if isinstance(key, str) and key not in people:
            yield tree.problem(place, f"speaker {key} is not in people", suggestion(key, people))
    if "speaker" not in data and not several and not isinstance(data.get("speakers"), str):
        yield tree.problem(path, "speaker is missing", "add it")
    if "speaker" in data and "speakers" in data:
        message = "has speaker and speakers"
        yield tree.problem((*path, "speakers"), message, "keep speakers alone, with all of them")
    if "title" in data and len(several) > 1:
        message = "has a title for several speakers"
        yield tree.problem((*path, "title"), message, "write each title in people")


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _texts(path: Path, value: str | tuple[str, ...]) -> list[tuple[Path, str]]:
    """Return the place and the words of each paragraph."""
    if isinstance(value, str):
        return [(path, value)]
    return [((*path, i), text) for i, text in enumerate(value)]


def marked(paragraphs: Sequence[Inlines], words: Labels) -> list[Inlines]:
    """Return the paragraphs of a quotation with its marks, as a language's labels have them."""
    if len(paragraphs) == 1:
        return [words.label("“{quote}”", quote=paragraphs[0])]
    first, *middle, last = paragraphs
    return [
        words.label("“{first}", first=first),
        *(words.label("“{middle}", middle=paragraph) for paragraph in middle),
        words.label("“{last}”", last=last),
    ]
