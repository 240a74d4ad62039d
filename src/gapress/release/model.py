"""The release as the officer writes it: one frozen model per construct of the YAML file.

``release.read`` fills it, ``localization`` reads it, ``release.schema`` publishes it.
Field descriptions are what editors show while the officer types.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from gapress.release.base import Model
from gapress.release.blocks import Block
from gapress.release.facts import Fact
from gapress.release.fields import Count, Day, Instant, Key, LanguageTag, NoteName, Prose, Url, role

Naming: TypeAlias = Literal["headline", "slug"]


# --- the release --------------------------------------------------------------------------------


class Dateline(Model):
    """Where the release is issued."""

    city: Annotated[Prose, role("dateline city", "City that opens the first paragraph.")]
    country: (
        Annotated[Prose, role("dateline country", "Country after the city in the dateline.")] | None
    ) = None


class Person(Model):
    """Somebody who speaks in the release."""

    name: Annotated[Prose, role("person", "Name of a speaker, in its official form.")]
    title: (
        Annotated[Prose, role("person title", "Title of a speaker, in its official form.")] | None
    ) = None


class LinkEntry(Model):
    """A link after the text."""

    text: Annotated[Prose, role("link")]
    url: Url


class Revision(Model):
    """What was changed, when, and in which earlier version."""

    version: Count = Field(description="The earlier version that this concerns")
    date: Day


class Correction(Revision):
    """A figure or a text was wrong."""

    text: Annotated[
        Prose,
        role("correction", "Notice above everything else: what was wrong, and what is right now."),
    ] = Field(description="What was wrong, and what is right now")


class Withdrawal(Revision):
    """The release no longer stands."""

    text: Annotated[
        Prose, role("withdrawal", "Notice above everything else: why the release no longer stands.")
    ] = Field(description="Why it is withdrawn")
    names: Naming | None = Field(
        None, description="How the notice names the release; without it, as the newsroom says"
    )


class Release(Model):
    """One release."""

    kind: Literal["press release", "media advisory", "statement"]
    language: LanguageTag | None = Field(
        None, description="The language of this file; without it, the newsroom's"
    )
    date: Day = Field(description="The day on which it is issued")
    reference: Annotated[Prose, role("")] | None = Field(
        None, description="The newsroom's reference number"
    )
    version: Count = Field(1, description="1 at first; one more with each correction")
    embargo: Instant | None = Field(
        None, description="Nothing may be published before; without it, for immediate release"
    )
    dateline: Dateline
    headline: Annotated[
        Prose, role("headline", "Also the title of the file and of the web page.", 110)
    ]
    subheadline: Annotated[Prose, role("subheadline", limit=160)] | None = None
    summary: (
        Annotated[Prose, role("summary", "Also the description of the file and of the web page.")]
        | None
    ) = None
    people: dict[Key, Person] = Field({}, description="Who speaks in the release")
    facts: dict[Key, Fact] = Field(
        {}, description="Typed values, used in texts as {name} and formatted for each language"
    )
    body: tuple[Block, ...] = Field(min_length=1)
    footnotes: dict[
        NoteName,
        Annotated[
            Prose,
            role(
                "footnote",
                "A footnote: texts refer to it with [^ and its name, and the mark stands there in "
                "every language.",
            ),
        ],
    ] = Field({}, description="Footnotes by name; a text of the body refers to one as [^name]")
    notes_to_editors: tuple[Annotated[Prose, role("note")], ...] = ()
    links: tuple[LinkEntry, ...] = ()
    boilerplates: tuple[Key, ...] = Field((), description="Keys of boilerplates in _newsroom.yaml")
    contacts: tuple[Key, ...] = Field(
        min_length=1, description="Keys of contacts in _newsroom.yaml"
    )
    correction: Correction | None = None
    withdrawal: Withdrawal | None = None
