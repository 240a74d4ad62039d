"""A quotation, with who said it and in which language the words are on record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from gapress.document import Quote
from gapress.release.blocks.base import BlockModel
from gapress.release.data import is_language, mapping_named, suggestion
from gapress.release.fields import Key, LanguageTag, Prose, role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapress.errors import Problem
    from gapress.release.blocks.base import Words
    from gapress.release.model import Release
    from gapress.release.yaml import Path, Tree


class QuoteBlock(BlockModel):
    """A quotation; its words are on record in one language, elsewhere it is a translation."""

    quote: Annotated[Prose, role("quote", "Words of a quotation; its marks come from a label.")] = (
        Field(description="The words, without quotation marks")
    )
    speaker: Key = Field(description="An entry of people")
    on_record: LanguageTag = Field(
        description="The language in which the newsroom has the words on record"
    )

    def localized(self, path: Path, words: Words) -> Quote:
        said = words.text((*path, "quote"), self.quote)
        name, title = words.person(self.speaker)
        note = words.language_note("Translation; on record in {language}", self.on_record)
        return Quote(words.label("“{quote}”", quote=said), name, title, note)

    @classmethod
    def check(cls, tree: Tree, path: Path, data: Mapping[str, Any]) -> Iterator[Problem]:
        speaker, record = data.get("speaker"), data.get("on_record")
        people = mapping_named(tree.data, "people")
        if isinstance(speaker, str) and speaker not in people:
            message = f"speaker {speaker} is not in people"
            yield tree.problem((*path, "speaker"), message, suggestion(speaker, people))
        if (
            isinstance(record, str)
            and re.fullmatch(r"[a-z]{2,3}(-\w+)*", record)
            and not is_language(record)
        ):
            message = f"CLDR has no language {record}"
            yield tree.problem((*path, "on_record"), message, "write a code such as en")

    def notes(self, path: Path, release: Release) -> list[str]:
        del path
        from babel import Locale

        person = release.people[self.speaker]
        record = Locale.parse(self.on_record, sep="-").get_language_name("en") or self.on_record
        return [f"Spoken by {person.name}; on record in {record}."]
