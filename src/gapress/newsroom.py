"""The model of ``releases/_newsroom.yaml``, and reading it and the releases beside it.

Second step of the flow: everything after it works on what is read here.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias
from zoneinfo import available_timezones, reset_tzpath

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from gapress.errors import ContentError, Problem
from gapress.release.base import Model
from gapress.release.data import suggestion
from gapress.release.fields import Colour, Email, Key, LanguageTag, Phone, Prose, Url
from gapress.release.fields import role as text_role
from gapress.release.media import PICTURE_NAME, check_picture
from gapress.release.model import Naming, Release
from gapress.release.notes import check_no_footnotes
from gapress.release.read import Source, read
from gapress.release.references import check_release, check_texts, pictures_named
from gapress.release.schema import json_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from gapress.document import Picture
    from gapress.release.yaml import Path as YamlPath
    from gapress.release.yaml import Tree

# The pinned database of time zones, not the machine's.
reset_tzpath(())
ZONES = available_timezones() - {"localtime", "Factory"}
UTC_NAMES = frozenset({"UTC", "GMT", "Zulu", "Universal", "UCT", "Greenwich"})
# Names of IANA's that stand for an offset or a rule, not for a place.
_PLACELESS = re.compile(r"Etc/.+|GMT[+-]?0|[CEMW]ET|[EHM]ST|[CEMP]ST\d[CEMP]DT")


# A family's name goes into stylesheets and Word files as it is.
Family: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 -]{0,60}$")]


class OrganisationEntry(Model):
    """Who publishes."""

    name: Annotated[Prose, text_role("organisation", "Name in the letterhead.")]
    notice: (
        Annotated[Prose, text_role("organisation notice", "Line under the name in the letterhead.")]
        | None
    ) = Field(None, description="A line under the name in the letterhead")
    url: Url


class BoilerplateEntry(Model):
    """A standing text about an organisation."""

    title: Annotated[Prose, text_role("boilerplate title")]
    text: tuple[
        Annotated[
            Prose,
            text_role(
                "boilerplate",
                "Standing text about the organisation, in every release that names it.",
            ),
        ],
        ...,
    ] = Field(min_length=1, description="Its paragraphs")


class ContactEntry(Model):
    """Somebody whom a journalist may call or write to."""

    name: Annotated[Prose, text_role("contact", "Whom a journalist may call: a person or a desk.")]
    role: Annotated[Prose, text_role("contact role", "What the contact is for.")] | None = None
    phone: Phone | None = None
    email: Email | None = None


class ColoursEntry(Model):
    """The palette, as "#rrggbb"."""

    accent: Colour = "#12405f"
    text: Colour = "#1b242c"
    muted: Colour = "#4d5b66"
    rule: Colour = "#c3ccd3"
    surface: Colour = "#eef2f5"
    alert: Colour = "#9d1c1f"


class FontsEntry(Model):
    """The font families of one script."""

    text: Family
    headline: Family
    label: Family
    word_text: Family = Field(description="A family that word processors have")
    word_headline: Family = Field(description="A family that word processors have")


class ThemeEntry(Model):
    """What the newsroom's files look like."""

    paper: Literal["A4", "Letter"] = "A4"
    logo: str | None = Field(
        None,
        pattern=PICTURE_NAME,
        description="A file in templates/",
    )
    colours: ColoursEntry = ColoursEntry()
    fonts: dict[str, FontsEntry] = Field(
        {}, description="Font families by script (Latn, Arab, …), and default"
    )


def _megabytes(value: object) -> int:
    if isinstance(value, Decimal) and value == int(value) and 1 <= value <= 100:
        return int(value)
    raise PydanticCustomError("gapress", "is not a whole number of megabytes from 1 to 100")


Megabytes: TypeAlias = Annotated[
    int,
    BeforeValidator(_megabytes),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": 100}),
]


class EmailEntry(Model):
    """The e-mail drafts."""

    attachments_limit: Megabytes = Field(
        10, description="Megabytes that a draft's attachments may have together: 1 to 100"
    )


class WithdrawalEntry(Model):
    """The notices of withdrawn releases."""

    names: Naming = Field(
        "slug",
        description="How a notice names the release: by its slug, as the file names do, or by its "
        "headline, which then stands in the kit once more",
    )


class QuotesEntry(Model):
    """The quotations of translated releases."""

    on_record: Literal["none", "note", "annex"] = Field(
        "none",
        description="Where a translated quotation also has the words on record: in a note under "
        "it, in an annex after the notes to editors, or nowhere",
    )


class NewsroomEntry(Model):
    """The newsroom: what all its releases share."""

    language: LanguageTag = Field(description="The language of this file")
    organisation: OrganisationEntry
    languages: dict[LanguageTag, LanguageTag] = Field(
        min_length=1, description="Each language with the locale that formats it: ar: ar-MA"
    )
    time_zone: str = Field(description="The newsroom's IANA time zone, such as Africa/Casablanca")
    other_time_zones: tuple[str, ...] = Field((), description="Further zones in embargo lines")
    boilerplates: dict[Key, BoilerplateEntry] = Field({}, description="Standing texts by key")
    contacts: dict[Key, ContactEntry] = Field(min_length=1)
    theme: ThemeEntry = ThemeEntry()
    email: EmailEntry = EmailEntry()
    withdrawal: WithdrawalEntry = WithdrawalEntry()
    quotes: QuotesEntry = QuotesEntry()


def read_newsroom(raw: bytes, file: str) -> Source[NewsroomEntry]:
    """Return the newsroom's file as its model.

    Raises:
        ContentError: With every problem of the file.
    """
    return read(raw, file, NewsroomEntry, _check_newsroom)


def read_release(
    raw: bytes,
    file: str,
    newsroom: NewsroomEntry,
    find_picture: Callable[[str], tuple[str, bytes]],
) -> tuple[Source[Release], dict[str, Picture]]:
    """Return a release as its model, and its pictures by file name.

    Args:
        raw: The file's bytes.
        file: Its name for messages.
        newsroom: The newsroom.
        find_picture: Gives the name for messages and the bytes of a picture.

    Raises:
        ContentError: With every problem of the file and of its pictures.
    """
    known: dict[str, Iterable[str]] = {
        "boilerplates": newsroom.boilerplates,
        "contacts": newsroom.contacts,
        "languages": newsroom.languages,
        "time_zones": (newsroom.time_zone, *newsroom.other_time_zones),
    }
    pictures: dict[str, Picture] = {}

    def check(tree: Tree) -> Iterator[Problem]:
        yield from check_release(tree, known)
        for path, image in pictures_named(tree):
            try:
                name, data = find_picture(image)
                pictures[image] = check_picture(name.rpartition("/")[2], data, name)
            except ContentError as error:
                for problem in error.problems:
                    yield tree.problem(path, f"{problem.path} {_in_line(problem)}", problem.hint)

    return read(raw, file, Release, check), pictures


def _in_line(problem: Problem) -> str:
    return f"(line {problem.line}) {problem.message}" if problem.line > 1 else problem.message


def _check_newsroom(tree: Tree) -> Iterator[Problem]:
    yield from check_texts(tree, json_schema(NewsroomEntry), ())
    yield from check_no_footnotes(tree, json_schema(NewsroomEntry))
    data = tree.data
    languages = data.get("languages")
    if isinstance(languages, dict):
        yield from _check_languages(tree, languages)
    zones = data.get("other_time_zones")
    places: list[tuple[YamlPath, object]] = [(("time_zone",), data.get("time_zone"))]
    places += [
        (("other_time_zones", i), zone)
        for i, zone in enumerate(zones if isinstance(zones, list) else [])
    ]
    for path, zone in places:
        if isinstance(zone, str) and zone not in ZONES:
            yield tree.problem(
                path, f"{zone} is not an IANA time zone", "write it like Africa/Casablanca"
            )
        elif isinstance(zone, str) and not (names_a_city(zone) or is_utc(zone)):
            yield tree.problem(
                path,
                f"the time zone {zone} has no city, which embargo lines name",
                "write one of a city, such as Africa/Casablanca, or UTC",
            )


def is_utc(zone: str) -> bool:
    """Whether an IANA time zone is UTC under one of its names."""
    return zone.removeprefix("Etc/") in UTC_NAMES


def names_a_city(zone: str) -> bool:
    """Whether an IANA time zone stands for a place, as a reader must be told it."""
    return not is_utc(zone) and not _PLACELESS.fullmatch(zone)


def _check_languages(tree: Tree, languages: dict[str, object]) -> Iterator[Problem]:
    from babel import Locale, UnknownLocaleError

    own = tree.data.get("language")
    if isinstance(own, str) and own not in languages:
        yield tree.problem(("language",), f"{own} is not in languages", suggestion(own, languages))
    for code, tag in languages.items():
        if not isinstance(tag, str):
            continue
        try:
            locale = Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            yield tree.problem(
                ("languages", code), f"CLDR has no locale {tag}", "write it like ar-MA"
            )
            continue
        if locale.language != code.split("-")[0]:
            yield tree.problem(
                ("languages", code),
                f"{tag} is not a locale of {code}",
                f"write it like {code} or {code}-MA",
            )
