"""Makes the format-neutral document of one release in one language.

The middle step of the flow; a pure function of the release, the newsroom and the catalogs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gapress.catalogs.pseudo import PSEUDO
from gapress.document import (
    Block,
    Contact,
    Document,
    Inlines,
    Isolate,
    ItemList,
    Link,
    Notice,
    Organisation,
    PageCount,
    PageNumber,
    Paragraph,
    ReleaseLine,
    Section,
    Text,
    plain,
)
from gapress.localization.bidi import isolate
from gapress.localization.facts import format_clock, format_offset, zone_city
from gapress.localization.languages import language, language_name
from gapress.localization.wording import Wording

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from gapress.catalogs.translations import Translations
    from gapress.document import Picture
    from gapress.errors import Problem
    from gapress.localization.wording import Mark
    from gapress.newsroom import NewsroomEntry
    from gapress.release.model import Correction, Release, Withdrawal
    from gapress.release.pictures import Pictures
    from gapress.release.read import Source
    from gapress.release.yaml import Path

KINDS = {
    "press release": "Press release",
    "media advisory": "Media advisory",
    "statement": "Statement",
}
WITHDRAWN = {
    "press release": "Press release withdrawn",
    "media advisory": "Media advisory withdrawn",
    "statement": "Statement withdrawn",
}


@dataclass(frozen=True)
class Localized:
    """A document, and what keeps it from being published; a draft may have problems."""

    document: Document
    problems: tuple[Problem, ...]


def localize(
    slug: str,
    release: Source[Release],
    newsroom: Source[NewsroomEntry],
    code: str,
    translations: Translations,
    pictures: Pictures,
    typography: Mapping[str, object],
    *,
    draft: bool = False,
    mark: Mark | None = None,
) -> Localized:
    """Return a release in one language.

    Args:
        slug: The release's name.
        release: The release.
        newsroom: The newsroom.
        code: One of the newsroom's languages.
        translations: The catalogs of that language.
        pictures: The release's pictures.
        typography: The content of ``typography.toml``.
        draft: Show untranslated texts in the source language, under a watermark.
        mark: Marks each message's text.
    """
    own = language(code, PSEUDO.get(code) or newsroom.model.languages[code])
    wording = Wording(own, translations, typography, draft=draft, mark=mark)
    shown = pictures.shown(own)
    document = _Localizer(slug, release, newsroom, wording, shown).document(draft=draft)
    return Localized(document, tuple(dict.fromkeys(wording.problems)))


class _Localizer:
    """Walks a release in reading order; each method makes one part of the document.

    Blocks localize themselves, and ask it for their words (``release.blocks.Words``).
    """

    def __init__(
        self,
        slug: str,
        release: Source[Release],
        newsroom: Source[NewsroomEntry],
        wording: Wording,
        pictures: Mapping[str, Picture],
    ) -> None:
        self.slug, self.source, self.house = slug, release, newsroom
        self.release, self.newsroom = release.model, newsroom.model
        self.wording, self.pictures = wording, pictures
        self.facts, self.direction = self.release.facts, wording.language.direction
        self.label, self.value, self.fact = wording.label, wording.value, wording.fact
        self.roles = release.roles
        self.house_roles = newsroom.roles
        self.written_in = self.release.language or self.newsroom.language

    def document(self, *, draft: bool) -> Document:
        release = self.release
        self.wording.format_facts(release.facts)
        frame = Document(
            slug=self.slug,
            language=self.wording.language,
            status="withdrawn" if release.withdrawal else "usable",
            version=release.version,
            date=release.date,
            number=release.reference or "",
            organisation=self.organisation(),
            kind=self.label(KINDS[release.kind]),
            reference=self.reference(),
            date_line=self.value(self.wording.date(release.date)),
            release_line=self.release_line(),
            notices=self.notices(),
            contacts_title=self.label("Press contacts"),
            contacts=tuple(self.contact(key) for key in release.contacts),
            page_label=self.label(
                "Page {page} of {pages}", page=(PageNumber(),), pages=(PageCount(),)
            ),
            labels=self.wording.labels(),
            draft=plain(self.label("DRAFT")) if draft else "",
        )
        document = self.withdrawn(frame) if release.withdrawal else self.published(frame)
        self.note_values()
        return replace(document, origins=tuple(self.wording.origins))

    def note_values(self) -> None:
        """Remember where values stand that texts and labels take in as they are."""
        for name, fact in self.wording.facts.items():
            position = self.source.tree.position(("facts", name))
            self.wording.note(plain(fact), self.source.tree.file, *position)
        if self.release.reference:
            position = self.source.tree.position(("reference",))
            self.wording.note(self.release.reference, self.source.tree.file, *position)

    def published(self, frame: Document) -> Document:
        release = self.release
        headline = self.text(("headline",), release.headline)
        summary = self.optional(("summary",), release.summary)
        subheadline = self.optional(("subheadline",), release.subheadline)
        return replace(
            frame,
            title=plain(headline),
            subject=self.subject(headline, frame),
            description=plain(summary or subheadline or headline),
            city=plain(self.text(("dateline", "city"), release.dateline.city)),
            headline=headline,
            subheadline=subheadline,
            summary=summary,
            body=self.body(),
            end_mark=self.label("– ENDS –"),
            sections=(*self.notes(), *self.links(), *self.boilerplates()),
        )

    def withdrawn(self, frame: Document) -> Document:
        """Return a document that says only which release is withdrawn, and why."""
        headline = self.label(WITHDRAWN[self.release.kind])
        named = self.label(
            "{headline} – {reference}",
            headline=headline,
            reference=frame.reference or self.withdrawn_name(),
        )
        return replace(
            frame,
            title=plain(named),
            subject=self.subject(named, frame),
            description="\n".join(plain(content) for content in frame.notices[0].content),
            headline=headline,
        )

    def withdrawn_name(self) -> Inlines:
        """Return the withdrawn release's headline in quotation marks, or its slug.

        A headline that has no translation, or no longer the right one, holds no withdrawal up.
        """
        told = self.release.withdrawal and self.release.withdrawal.names
        if (told or self.newsroom.withdrawal.names) == "headline":
            with self.wording.attempt() as attempt:
                headline = self.text(("headline",), self.release.headline)
            if attempt.succeeded:
                return self.label("“{quote}”", quote=headline)
        return self.value(self.slug)

    def withdrawn_release(self) -> Inlines:
        """Return what is withdrawn: kind, date, reference where there is one, and name."""
        label = "{kind} of {date}"
        slots: dict[str, Inlines | str] = {}
        if self.release.reference:
            label = "{kind} of {date}, reference {reference}"
            slots["reference"] = self.release.reference
        date = self.wording.date(self.release.date)
        release = self.label(label, kind=self.label(KINDS[self.release.kind]), date=date, **slots)
        return self.label("{release}: {name}", release=release, name=self.withdrawn_name())

    def subject(self, headline: Inlines, frame: Document) -> str:
        """Return a headline with what must be known before the message is opened."""
        if self.release.correction and not self.release.withdrawal:
            headline = self.label("CORRECTION – {headline}", headline=headline)
        until = frame.release_line.until
        if until:
            local = until.astimezone(ZoneInfo(self.newsroom.time_zone))
            headline = self.label(
                "EMBARGOED until {date}, {time} ({zone}) – {headline}",
                date=self.wording.date(local.date()),
                time=format_clock(local, self.wording.locale),
                zone=format_offset(local),
                headline=headline,
            )
        if frame.draft:
            headline = self.label("DRAFT – {headline}", headline=headline)
        return plain(headline)

    # --- texts ----------------------------------------------------------------------------------

    def text(self, path: Path, source: str) -> Inlines:
        tree, role = self.source.tree, self.roles[path]
        return self.wording.text(
            tree, path, source, role, written_in=self.written_in, domain="release"
        )

    def optional(self, path: Path, source: str | None) -> Inlines:
        return self.text(path, source) if source else ()

    def has_words(self, path: Path) -> bool:
        return path in self.roles

    def person(self, key: str) -> tuple[Inlines, Inlines]:
        person, where = self.release.people[key], ("people", key)
        return (
            self.text((*where, "name"), person.name),
            self.optional((*where, "title"), person.title),
        )

    def language_note(self, label: str, on_record: str) -> Inlines:
        if on_record.split("-")[0] == self.wording.language.code.split("-")[0]:
            return ()
        return self.label(label, language=language_name(on_record, self.wording.locale))

    def duration(self, seconds: int) -> Inlines:
        shown = self.value(self.wording.duration(seconds))
        # Its first number must not go with Latin words before it.
        return shown if self.direction == "ltr" else (Isolate(self.direction, shown),)

    def address(self, url: str) -> Inlines:
        return isolate((Isolate("ltr", (Text(url),)),), self.direction)

    def instants(self, label: str, instant: dt.datetime) -> tuple[Inlines, ...]:
        first = self.instant(label, instant, self.newsroom.time_zone)
        others = (
            self.instant("That is {date}, {time} ({zone})", instant, zone)
            for zone in self.newsroom.other_time_zones
        )
        return (first, *others)

    def house_text(self, path: Path, source: str) -> Inlines:
        tree, role = self.house.tree, self.house_roles[path]
        written_in = self.newsroom.language
        return self.wording.text(tree, path, source, role, written_in=written_in, domain="newsroom")

    # --- the head -------------------------------------------------------------------------------

    def organisation(self) -> Organisation:
        entry = self.newsroom.organisation
        name = self.house_text(("organisation", "name"), entry.name)
        notice: Inlines = ()
        if entry.notice:
            notice = self.house_text(("organisation", "notice"), entry.notice)
        return Organisation(name, notice, entry.url)

    def reference(self) -> Inlines:
        reference: Inlines = ()
        if self.release.reference:
            reference = self.label("Reference: {reference}", reference=self.release.reference)
        if self.release.version > 1 and not self.release.withdrawal:
            version = self.label("Version {version}", version=str(self.release.version))
            if not reference:
                return version
            reference = self.label("{reference} – {version}", reference=reference, version=version)
        return reference

    def release_line(self) -> ReleaseLine:
        embargo = self.release.embargo
        if self.release.withdrawal:
            return ReleaseLine(embargoed=False, text=())
        if embargo is None:
            return ReleaseLine(embargoed=False, text=self.label("For immediate release"))
        zones = self.newsroom.other_time_zones
        first = self.instant(
            "Embargoed until {date}, {time} ({zone})", embargo, self.newsroom.time_zone
        )
        others = tuple(
            self.instant("That is {date}, {time} ({zone})", embargo, zone) for zone in zones
        )
        return ReleaseLine(embargoed=True, text=first, zones=others, until=embargo)

    def instant(self, label: str, instant: dt.datetime, zone: str) -> Inlines:
        locale = self.wording.locale
        local = instant.astimezone(ZoneInfo(zone))
        city, offset = zone_city(zone, locale), format_offset(local)
        zone_text = self.value(offset)
        if city:
            zone_text = self.label("{city} time, {offset}", city=city, offset=offset)
        date = self.wording.date(local.date(), "full")
        return self.label(label, date=date, time=format_clock(local, locale), zone=zone_text)

    def notices(self) -> tuple[Notice, ...]:
        found: list[Notice] = []
        if self.release.withdrawal:
            found.append(self.withdrawal(self.release.withdrawal))
        elif self.release.correction:
            found.append(self.correction(self.release.correction))
        return tuple(found)

    def correction(self, correction: Correction) -> Notice:
        title = self.label(
            "Corrected on {date}; replaces version {version}",
            date=self.wording.date(correction.date),
            version=str(correction.version),
        )
        text = self.text(("correction", "text"), correction.text)
        return Notice("correction", correction.date, title, (text,))

    def withdrawal(self, withdrawal: Withdrawal) -> Notice:
        date, last = self.wording.date(withdrawal.date), str(withdrawal.version)
        if withdrawal.version == 1:
            label = "Withdrawn on {date}: version {version} must no longer be used"
            title = self.label(label, date=date, version=last)
        else:
            label = "Withdrawn on {date}: versions {first} to {last} must no longer be used"
            if withdrawal.version == 2:  # many languages have a form for two
                label = "Withdrawn on {date}: versions {first} and {last} must no longer be used"
            title = self.label(label, date=date, first="1", last=last)
        text = self.text(("withdrawal", "text"), withdrawal.text)
        return Notice("withdrawal", withdrawal.date, title, (self.withdrawn_release(), text))

    def dateline(self) -> Inlines:
        dateline = self.release.dateline
        place = self.text(("dateline", "city"), dateline.city)
        if dateline.country:
            country = self.text(("dateline", "country"), dateline.country)
            place = self.label("{city}, {country}", city=place, country=country)
        date = self.wording.date(self.release.date)
        return self.label("{place}, {date} –", place=place, date=date)

    # --- the body -------------------------------------------------------------------------------

    def body(self) -> tuple[Block, ...]:
        body = enumerate(self.release.body)
        blocks = tuple(block.localized(("body", i), self) for i, block in body)
        first = blocks[0]
        if isinstance(first, Paragraph):
            return (Paragraph(first.content, self.dateline()), *blocks[1:])
        return (Paragraph((), self.dateline()), *blocks)

    # --- after the end mark ---------------------------------------------------------------------

    def notes(self) -> tuple[Section, ...]:
        if not self.release.notes_to_editors:
            return ()
        notes = enumerate(self.release.notes_to_editors)
        blocks = tuple(Paragraph(self.text(("notes_to_editors", i), text)) for i, text in notes)
        return (Section("notes", self.label("Notes to editors"), blocks),)

    def links(self) -> tuple[Section, ...]:
        if not self.release.links:
            return ()
        items = tuple(
            (Link(entry.url, self.text(("links", i, "text"), entry.text)),)
            for i, entry in enumerate(self.release.links)
        )
        return (Section("links", self.label("Links"), (ItemList(items),)),)

    def boilerplates(self) -> tuple[Section, ...]:
        sections = []
        for key in self.release.boilerplates:
            entry, path = self.newsroom.boilerplates[key], ("boilerplates", key)
            title = self.house_text((*path, "title"), entry.title)
            texts = enumerate(entry.text)
            blocks = tuple(Paragraph(self.house_text((*path, "text", i), t)) for i, t in texts)
            sections.append(Section("boilerplate", title, blocks))
        return tuple(sections)

    def contact(self, key: str) -> Contact:
        entry, path = self.newsroom.contacts[key], ("contacts", key)
        name = self.house_text((*path, "name"), entry.name)
        role = self.house_text((*path, "role"), entry.role) if entry.role else ()
        details: list[tuple[Inlines, Inlines]] = []
        if entry.phone:
            number = self.value(entry.phone)
            uri = "tel:" + "".join(c for c in entry.phone if c in "+0123456789")
            details.append((self.label("Telephone:"), (Link(uri, number),)))
        if entry.email:
            address = self.value(entry.email)
            details.append((self.label("E-mail:"), (Link(f"mailto:{entry.email}", address),)))
        return Contact(name, role, tuple(details))
