"""The release as the officer writes it: one frozen model per construct of the YAML file.

``release.read`` fills it, ``localization`` reads it, ``release.schema`` publishes it.
Field descriptions are what editors show while the officer types.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field

from gapress.release.attachments import AttachmentEntry
from gapress.release.base import Model
from gapress.release.blocks import Block
from gapress.release.computed import resolved
from gapress.release.dateline import Dateline
from gapress.release.facts import Fact
from gapress.release.fields import Count, Day, Instant, Key, LanguageTag, NoteName, Prose, Url, role
from gapress.release.identifiers import Identifiers
from gapress.release.kinds import KINDS, KindName
from gapress.release.local import (
    BoilerplateHere,
    BoilerplateKey,
    ContactHere,
    ContactKey,
    IssuerKey,
    Local,
    or_here,
)
from gapress.release.subjects import Keyword, Subject

Naming: TypeAlias = Literal["headline", "slug"]

MAX_ISSUERS = 6
"""The organisations that have room in a letterhead."""

OWN = "organisation"
"""Stands for the newsroom's own organisation among issuers."""


# --- the release --------------------------------------------------------------------------------


class Person(Model):
    """Somebody who speaks in the release."""

    name: Annotated[Prose, role("person", "Name of a speaker, in its official form.")]
    title: (
        Annotated[Prose, role("person title", "Title of a speaker, in its official form.")] | None
    ) = None


class LinkEntry(Local):
    """A link after the text."""

    text: Annotated[Prose, role("link")]
    url: Url


class NoteHere(Local):
    """A note to editors in some of the languages."""

    note: Annotated[Prose, role("note")]


if TYPE_CHECKING:
    Note: TypeAlias = str | NoteHere
    ContactOf: TypeAlias = str | ContactHere
    BoilerplateOf: TypeAlias = str | BoilerplateHere
else:
    Note = or_here(Annotated[Prose, role("note")], NoteHere)
    ContactOf = or_here(ContactKey, ContactHere)
    BoilerplateOf = or_here(BoilerplateKey, BoilerplateHere)


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

    kind: KindName = Field(
        description=f"{', '.join(KINDS)}, or one of the newsroom's own: kinds in _newsroom.yaml",
        examples=list(KINDS),
    )
    language: LanguageTag | None = Field(
        None, description="The language of this file; without it, the newsroom's"
    )
    date: Day = Field(description="The day on which it is issued")
    reference: Annotated[Prose, role("")] | None = Field(
        None, description="The newsroom's reference number"
    )
    identifiers: Identifiers | None = Field(
        None, description="ISIN, ticker, LEI, case number and others, shown beside the reference"
    )
    regulatory: (
        Annotated[
            Prose,
            role(
                "regulatory line",
                "Line at the top that rules on disclosure ask for; use the official wording.",
            ),
        ]
        | None
    ) = Field(None, description="A line at the top that rules ask for: Regulated information")
    version: Count = Field(1, description="1 at first; one more with each correction")
    embargo: Instant | None = Field(
        None, description="Nothing may be published before; without it, for immediate release"
    )
    dateline: Dateline | None = Field(
        None,
        description="Opens the first paragraph, with the date: a city, or a list of several; "
        "without it, the text simply begins",
    )
    headline: Annotated[
        Prose, role("headline", "Also the title of the file and of the web page.", 110)
    ]
    subheadline: Annotated[Prose, role("subheadline", limit=160)] | None = None
    summary: (
        Annotated[Prose, role("summary", "Also the description of the file and of the web page.")]
        | None
    ) = None
    issuers: tuple[IssuerKey, ...] = Field(
        (),
        max_length=MAX_ISSUERS,
        description="Who issues a joint release: keys of issuers in _newsroom.yaml, and "
        "organisation for the newsroom's own; without it, the newsroom alone",
    )
    subjects: tuple[Subject, ...] = Field(
        (), description="IPTC Media Topics: medtop:20000106, or {code: …, name: …}"
    )
    keywords: tuple[Keyword, ...] = Field((), description="Words to find the release by")
    people: dict[Key, Person] = Field({}, description="Who speaks in the release")
    facts: Annotated[dict[Key, Fact], AfterValidator(resolved)] = Field(
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
    notes_to_editors: tuple[Note, ...] = ()
    links: tuple[LinkEntry, ...] = ()
    attachments: tuple[AttachmentEntry, ...] = Field(
        (), max_length=20, description="Files of the release's folder that go into the kit"
    )
    boilerplates: tuple[BoilerplateOf, ...] = Field(
        (), description="Keys of boilerplates in _newsroom.yaml"
    )
    contacts: tuple[ContactOf, ...] = Field(
        min_length=1, description="Keys of contacts in _newsroom.yaml"
    )
    correction: Correction | None = None
    withdrawal: Withdrawal | None = None
