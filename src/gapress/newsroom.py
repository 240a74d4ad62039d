"""Finds the workspace and reads ``releases/_newsroom.yaml`` and the releases beside it.

First step of the flow: everything after it works on what is read here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, TypeAlias
from zoneinfo import available_timezones, reset_tzpath

from pydantic import Field, StringConstraints

from gapress.errors import ContentError, Problem, UsageError
from gapress.release.fields import SLUG, Colour, Email, Key, LanguageTag, Phone, Prose, Url
from gapress.release.fields import role as text_role
from gapress.release.media import check_picture
from gapress.release.model import Model, Release
from gapress.release.read import Source, read, suggestion
from gapress.release.references import check_release, check_texts, images
from gapress.release.schema import json_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from gapress.document import Picture
    from gapress.release.yaml import Path as YamlPath
    from gapress.release.yaml import Tree

NEWSROOM_FILE = "_newsroom.yaml"
# The pinned database of time zones, not the machine's.
reset_tzpath(())
ZONES = available_timezones() - {"localtime", "Factory"}
# Catalogs of these names hold the newsroom's texts and the labels.
RESERVED = {"newsroom", "gapress"}


# A family's name goes into stylesheets and Word files as it is.
Family: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9 -]{0,60}$")]


class OrganisationEntry(Model):
    """Who publishes."""

    name: Annotated[Prose, text_role("organisation")]
    notice: Annotated[Prose, text_role("organisation notice")] | None = Field(
        None, description="A line under the name in the letterhead"
    )
    url: Url


class BoilerplateEntry(Model):
    """A standing text about an organisation."""

    title: Annotated[Prose, text_role("boilerplate title")]
    text: tuple[Annotated[Prose, text_role("boilerplate")], ...] = Field(
        min_length=1, description="Its paragraphs"
    )


class ContactEntry(Model):
    """Somebody whom a journalist may call or write to."""

    name: Annotated[Prose, text_role("contact")]
    role: Annotated[Prose, text_role("contact role")] | None = None
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
        pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*\.(png|jpg|jpeg|svg)$",
        description="A file in templates/",
    )
    colours: ColoursEntry = ColoursEntry()
    fonts: dict[str, FontsEntry] = Field(
        {}, description="Font families by script (Latn, Arab, …), and default"
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


@dataclass(frozen=True)
class Workspace:
    """A newsroom's folder."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> Workspace:
        """Return the workspace that holds ``start``, itself or above.

        Raises:
            UsageError: There is none.
        """
        for folder in (start, *start.parents):
            if (folder / "releases" / NEWSROOM_FILE).is_file():
                return cls(folder)
        raise UsageError(f"no newsroom here: no folder from here up has releases/{NEWSROOM_FILE}")

    @cached_property
    def newsroom(self) -> Source[NewsroomEntry]:
        """The newsroom's file as its model.

        Raises:
            ContentError: With every problem of the file.
        """
        path = self.root / "releases" / NEWSROOM_FILE
        return read(self.read_bytes(path), self.name(path), NewsroomEntry, _check_newsroom)

    def slugs(self) -> list[str]:
        """Return the slugs of all releases, sorted.

        Raises:
            ContentError: A file's name is not a slug.
        """
        names = sorted(
            p.stem for p in (self.root / "releases").glob("*.yaml") if p.name[0] not in "_."
        )
        wrong = [name for name in names if not re.fullmatch(SLUG, name) or name in RESERVED]
        if wrong:
            hint = "rename it with a-z, 0-9 and hyphens only, not newsroom or gapress"
            raise ContentError(
                Problem(f"releases/{n}.yaml", message="the name is not a slug", hint=hint)
                for n in wrong
            )
        return names

    def choose(self, slugs: Sequence[str]) -> list[str]:
        """Return these releases, each once, or all of them if none is named.

        Raises:
            UsageError: There is no such release.
        """
        known = self.slugs()
        for slug in slugs:
            if slug not in known:
                raise UsageError(f"no release {slug!r}; {suggestion(slug, known)}")
        return list(dict.fromkeys(slugs)) or known

    def release(self, slug: str) -> tuple[Source[Release], dict[str, Picture]]:
        """Return a release as its model, and its pictures by file name.

        Raises:
            ContentError: With every problem of the file and of its pictures.
            UsageError: There is no such release.
        """
        self.choose([slug])
        path = self.root / "releases" / f"{slug}.yaml"
        newsroom = self.newsroom.model
        known: dict[str, Iterable[str]] = {
            "boilerplates": newsroom.boilerplates,
            "contacts": newsroom.contacts,
            "languages": newsroom.languages,
        }
        pictures: dict[str, Picture] = {}

        def check(tree: Tree) -> Iterator[Problem]:
            yield from check_release(tree, known)
            yield from self._read_pictures(slug, tree, pictures)

        return read(self.read_bytes(path), self.name(path), Release, check), pictures

    def _read_pictures(
        self, slug: str, tree: Tree, pictures: dict[str, Picture]
    ) -> Iterator[Problem]:
        for path, image in images(tree):
            file = f"releases/{slug}/{image}"
            try:
                raw = self.read_bytes(self.root / file)
                pictures[image] = check_picture(image, raw, file)
            except ContentError as error:
                for problem in error.problems:
                    yield tree.problem(path, f"{problem.path} {problem.message}", problem.hint)

    def name(self, path: Path) -> str:
        """Return a file's name for messages: relative to the workspace, with ``/``."""
        return path.relative_to(self.root).as_posix()

    def read_bytes(self, path: Path) -> bytes:
        """Return the bytes of a regular file inside the workspace.

        Raises:
            ContentError: It is missing, leads out of the workspace, or can't be read.
        """
        name = self.name(path)
        try:
            resolved = path.resolve(strict=True)
            if not resolved.is_relative_to(self.root.resolve()):
                raise ContentError(
                    [
                        Problem(
                            name,
                            message="leads out of the newsroom's folder",
                            hint="replace the link with the file itself",
                        )
                    ]
                )
            if not resolved.is_file():
                raise ContentError(
                    [
                        Problem(
                            name,
                            message="is not a plain file",
                            hint="replace it with the file itself",
                        )
                    ]
                )
            return resolved.read_bytes()
        except OSError as error:
            reason = (
                "is missing"
                if isinstance(error, FileNotFoundError)
                else f"can't be read: {error.strerror}"
            )
            raise ContentError(
                [Problem(name, message=reason, hint="check its name and its permissions")]
            ) from None


def _check_newsroom(tree: Tree) -> Iterator[Problem]:
    yield from check_texts(tree, json_schema(NewsroomEntry), ())
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
