"""The model of ``releases/_newsroom.yaml``, and reading it and the releases beside it.

Second step of the flow: everything after it works on what is read here.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal, Protocol, TypeAlias

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from gapress.errors import ContentError, Problem
from gapress.release.base import Model
from gapress.release.data import suggestion
from gapress.release.fields import Colour, Email, Key, LanguageTag, Phone, Prose, Url
from gapress.release.fields import role as text_role
from gapress.release.kinds import KindName, KindText
from gapress.release.media import PICTURE_NAME, check_picture
from gapress.release.model import OWN, Naming, Release
from gapress.release.notes import check_no_footnotes
from gapress.release.pictures import EVERY, Pictures, codes_of
from gapress.release.read import Source, read
from gapress.release.references import check_release, check_texts, pictures_named
from gapress.release.schema import json_schema
from gapress.release.zones import check_zone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gapress.document import Picture
    from gapress.release.yaml import Path as YamlPath
    from gapress.release.yaml import Tree

# A family's name goes into stylesheets and Word files as it is.
Family: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 -]{0,60}$")]


_WHOSE = "Key of the issuer that it belongs to; without it, the newsroom's own organisation"


class OrganisationEntry(Model):
    """Who publishes."""

    name: Annotated[Prose, text_role("organisation", "Name in the letterhead.")]
    notice: (
        Annotated[Prose, text_role("organisation notice", "Line under the name in the letterhead.")]
        | None
    ) = Field(None, description="A line under the name in the letterhead")
    url: Url


class IssuerEntry(OrganisationEntry):
    """Another organisation, for releases that several issue together."""

    logo: str | None = Field(None, pattern=PICTURE_NAME, description="A file in templates/")


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
    issuer: Key | None = Field(None, description=_WHOSE)


class ContactEntry(Model):
    """Somebody whom a journalist may call or write to."""

    name: Annotated[Prose, text_role("contact", "Whom a journalist may call: a person or a desk.")]
    role: Annotated[Prose, text_role("contact role", "What the contact is for.")] | None = None
    phone: Phone | None = None
    email: Email | None = None
    issuer: Key | None = Field(None, description=_WHOSE)


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
    calendars: dict[LanguageTag, Literal["islamic-umalqura", "persian"]] = Field(
        {},
        description="Languages that show the date of a release in a second calendar, too: "
        "ar: islamic-umalqura (Hijri), fa: persian (Solar Hijri)",
    )
    time_zone: str = Field(description="The newsroom's IANA time zone, such as Africa/Casablanca")
    other_time_zones: tuple[str, ...] = Field(
        (), description="Further zones in embargo lines, and in facts that ask for them"
    )
    issuers: dict[Key, IssuerEntry] = Field(
        {}, description="Other organisations, for releases that several issue together"
    )
    kinds: dict[KindName, KindText] = Field(
        {},
        description="The newsroom's own kinds of release, each with what stands above the "
        "headline: fact sheet: Fact sheet. A shipped kind may be named otherwise here",
        max_length=50,
    )
    boilerplates: dict[Key, BoilerplateEntry] = Field({}, description="Standing texts by key")
    contacts: dict[Key, ContactEntry] = Field(min_length=1)
    theme: ThemeEntry = ThemeEntry()
    email: EmailEntry = EmailEntry()
    withdrawal: WithdrawalEntry = WithdrawalEntry()
    quotes: QuotesEntry = QuotesEntry()

    @property
    def zones(self) -> tuple[str, ...]:
        """Its time zones, its own first."""
        return (self.time_zone, *self.other_time_zones)


def read_newsroom(raw: bytes, file: str) -> Source[NewsroomEntry]:
    """Return the newsroom's file as its model.

    Raises:
        ContentError: With every problem of the file.
    """
    return read(raw, file, NewsroomEntry, _check_newsroom)


class PictureFolder(Protocol):
    """The folder with a release's pictures; ``workspace`` has it."""

    def files(self, name: str) -> Mapping[str, str]:
        """Return the files for a picture, by the code of the language or direction they are for.

        Under :data:`~gapress.release.pictures.EVERY` is the one for every other language; it is
        missing only if it is not there and others are.
        """

    def read(self, name: str) -> tuple[str, bytes]:
        """Return a file's name for messages and its bytes.

        Raises:
            ContentError: It is missing, or can't be read.
        """


def read_release(
    raw: bytes, file: str, newsroom: NewsroomEntry, folder: PictureFolder | None = None
) -> tuple[Source[Release], Pictures]:
    """Return a release as its model, and its pictures.

    Args:
        raw: The file's bytes.
        file: Its name for messages.
        newsroom: The newsroom.
        folder: Where its pictures are; without it, nobody looks for them.

    Raises:
        ContentError: With every problem of the file and of its pictures.
    """
    known: dict[str, Iterable[str]] = {
        "boilerplates": newsroom.boilerplates,
        "contacts": newsroom.contacts,
        "issuers": (OWN, *newsroom.issuers),
        "kinds": newsroom.kinds,
        "languages": newsroom.languages,
        "time_zones": newsroom.zones,
    }
    pictures: dict[str, dict[str, Picture]] = {}

    def check(tree: Tree) -> Iterator[Problem]:
        yield from check_release(tree, known)
        if folder is None:
            return
        for path, name in pictures_named(tree):
            pictures[name] = {}
            yield from _read_pictures(tree, path, name, folder, pictures[name], newsroom.languages)

    source = read(raw, file, Release, check)
    return source, Pictures(pictures)


def _read_pictures(
    tree: Tree,
    path: YamlPath,
    name: str,
    folder: PictureFolder,
    found: dict[str, Picture],
    languages: Mapping[str, str],
) -> Iterator[Problem]:
    """Read a picture with those that stand in for it, and yield what is wrong with each file."""
    files = folder.files(name)
    lacking = [] if EVERY in files else _without_own(files, languages)
    if lacking:
        stem, _, ending = name.rpartition(".")
        message = f"{name} is missing, which {', '.join(lacking)} would show"
        yield tree.problem(path, message, f"add it, or {stem}.{lacking[0]}.{ending}")
    for code, file in files.items():
        try:
            shown, data = folder.read(file)
            found[code] = check_picture(shown.rpartition("/")[2], data, shown)
        except ContentError as error:
            for problem in error.problems:
                yield tree.problem(path, f"{problem.path} {_in_line(problem)}", problem.hint)


def _without_own(codes: Iterable[str], languages: Mapping[str, str]) -> list[str]:
    """Return the languages that have neither a picture of their own nor one of their direction."""
    return [
        code
        for code, tag in languages.items()
        if {*codes}.isdisjoint({*codes_of(code), _direction(tag)})
    ]


def _direction(tag: str) -> str:
    from babel import Locale

    return str(Locale.parse(tag, sep="-").text_direction)


def _in_line(problem: Problem) -> str:
    return f"(line {problem.line}) {problem.message}" if problem.line > 1 else problem.message


def _check_newsroom(tree: Tree) -> Iterator[Problem]:
    yield from check_texts(tree, json_schema(NewsroomEntry), ())
    yield from _check_issuers(tree)
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
        yield from check_zone(tree, path, zone)


def _check_issuers(tree: Tree) -> Iterator[Problem]:
    issuers = tree.data.get("issuers")
    known = (OWN, *(issuers if isinstance(issuers, dict) else ()))
    if OWN in known[1:]:
        message = f"{OWN} stands for the newsroom itself among issuers"
        yield tree.problem(("issuers", OWN), message, "take another key", key=True)
    for name in ("boilerplates", "contacts"):
        entries = tree.data.get(name)
        for key, entry in entries.items() if isinstance(entries, dict) else ():
            issuer = entry.get("issuer") if isinstance(entry, dict) else None
            if isinstance(issuer, str) and issuer not in known:
                message = f"{issuer} is not in issuers"
                yield tree.problem((name, key, "issuer"), message, suggestion(issuer, known))


def _check_languages(tree: Tree, languages: dict[str, object]) -> Iterator[Problem]:
    from babel import Locale, UnknownLocaleError

    calendars = tree.data.get("calendars")
    for code in calendars if isinstance(calendars, dict) else ():
        if isinstance(code, str) and code not in languages:
            message = f"{code} is not in languages"
            yield tree.problem(("calendars", code), message, suggestion(code, languages))
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
