"""Makes the format-neutral document of one release in one language.

The middle step of the flow; a pure function of the release, the newsroom and the catalogs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar
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
    PageCount,
    PageNumber,
    Paragraph,
    Quote,
    ReleaseLine,
    Section,
    Text,
    plain,
)
from gapress.localization import frame
from gapress.localization.bidi import isolate
from gapress.localization.calendars import with_calendar
from gapress.localization.facts import format_clock, format_offset
from gapress.localization.footnotes import numbered
from gapress.localization.instants import instant, span
from gapress.localization.languages import language, language_name
from gapress.localization.numbers import native_digits
from gapress.localization.records import Records
from gapress.localization.wording import Wording
from gapress.release.blocks.event import EventBlock
from gapress.release.blocks.list import continued
from gapress.release.local import Local

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from gapress.catalogs.translations import Translations
    from gapress.document import Appointment, Picture, Record
    from gapress.errors import Problem
    from gapress.localization.wording import Mark
    from gapress.newsroom import NewsroomEntry
    from gapress.release.blocks import BlockModel
    from gapress.release.model import Correction, NoteHere, Release, Withdrawal
    from gapress.release.pictures import Pictures
    from gapress.release.read import Source
    from gapress.release.yaml import Path

Entry = TypeVar("Entry")


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
    attached: Mapping[str, bytes] | None = None,
    draft: bool = False,
    mark: Mark | None = None,
    others: Mapping[str, Translations] | None = None,
    press: Mapping[str, object] | None = None,
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
        attached: The release's attachments by file name.
        draft: Show untranslated texts in the source language, under a watermark.
        mark: Marks each message's text.
        others: The catalogs of the newsroom's languages, for words that are on record in another.
        press: The content of ``press-style.toml``; without it, everything is as CLDR has it.
    """
    own = language(code, PSEUDO.get(code) or newsroom.model.languages[code])
    wording = Wording(own, translations, typography, draft=draft, mark=mark, press=press)
    shown = pictures.shown(own)
    records = Records(
        release, newsroom.model, wording, typography, others or {}, draft=draft, press=press
    )
    localizer = _Localizer(slug, release, newsroom, wording, shown, attached or {}, records)
    document = localizer.document(draft=draft)
    return Localized(document, tuple(dict.fromkeys(wording.problems)))


def shows(part: object, code: str) -> bool:
    """Whether a language shows a part of a release; pseudo-locales show all of them.

    Args:
        part: A model of the release, a text or a key.
        code: The language.
    """
    return not isinstance(part, Local) or code in PSEUDO or part.is_for(code)


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
        attached: Mapping[str, bytes],
        records: Records,
    ) -> None:
        self.slug, self.source, self.house = slug, release, newsroom
        self.release, self.newsroom = release.model, newsroom.model
        self.wording, self.pictures, self.attached = wording, pictures, attached
        self.record = records.of
        self.facts, self.direction = self.release.facts, wording.language.direction
        self.label, self.value, self.fact = wording.label, wording.value, wording.fact
        self.roles = release.roles
        self.house_roles = newsroom.roles
        self.written_in = self.release.language or self.newsroom.language
        self.zones = (self.newsroom.time_zone, *self.newsroom.other_time_zones)

    def document(self, *, draft: bool) -> Document:
        release = self.release
        self.wording.format_facts(release.facts, self.newsroom.zones)
        issuers = frame.issuers(self)
        empty = Document(
            slug=self.slug,
            language=self.wording.language,
            status="withdrawn" if release.withdrawal else "usable",
            version=release.version,
            date=release.date,
            number=release.reference or "",
            organisation=frame.organisation(self),
            issuers=issuers,
            issuers_line=frame.issuers_line(self, issuers),
            kind=frame.kind(self),
            reference=self.reference(),
            date_line=self.value(self.date_line()),
            release_line=self.release_line(),
            notices=self.notices(),
            contacts_title=self.label("Press contacts"),
            contacts=tuple(self.contacts()),
            page_label=self.label(
                "Page {page} of {pages}", page=(PageNumber(),), pages=(PageCount(),)
            ),
            labels=self.wording.labels(),
            draft=plain(self.label("DRAFT")) if draft else "",
        )
        document = self.withdrawn(empty) if release.withdrawal else self.published(empty)
        self.note_values()
        return replace(document, origins=tuple(self.wording.origins))

    def counted(self, number: int) -> str:
        """Return a small number in the digits of the locale."""
        return native_digits(str(number), self.wording.locale)

    def date_line(self) -> str:
        """Return the date of the release, with that of another calendar where it is asked for."""
        date, wording = self.release.date, self.wording
        shown = wording.date(date)
        calendar = self.newsroom.calendars.get(wording.language.code)
        if calendar is None:
            return shown
        both = with_calendar(shown, date, calendar, wording.locale, wording.press)
        if both is None:
            code = wording.language.code
            message = (
                f"templates/press-style.toml has no words for the calendar {calendar} in {code}"
            )
            hint = f"write its months and its date there, under [{code}.calendars.{calendar}]"
            wording.problems.append(self.house.tree.problem(("calendars", code), message, hint))
        return both or shown

    def note_values(self) -> None:
        """Remember where values stand that texts and labels take in as they are."""
        for name, fact in self.wording.facts.items():
            position = self.source.tree.position(("facts", name))
            self.wording.note(plain(fact), self.source.tree.file, *position)
        if self.release.reference:
            position = self.source.tree.position(("reference",))
            self.wording.note(self.release.reference, self.source.tree.file, *position)
        frame.note_numbers(self, self.source.tree)

    def published(self, empty: Document) -> Document:
        release = self.release
        headline = self.text(("headline",), release.headline)
        summary = self.optional(("summary",), release.summary)
        attachments = tuple(frame.attachments(self, self.attached))
        subheadline = self.optional(("subheadline",), release.subheadline)
        body, footnotes = numbered(continued(self.body()))
        body, record = self.annex(body)
        return replace(
            empty,
            title=plain(headline),
            subject=self.subject(headline, empty),
            description=plain(summary or subheadline or headline),
            city=frame.cities(self),
            regulatory=self.optional(("regulatory",), release.regulatory),
            identifiers=tuple(frame.identifiers(self)),
            subjects=tuple(frame.subjects(self)),
            keywords=tuple(frame.keywords(self)),
            headline=headline,
            subheadline=subheadline,
            summary=summary,
            body=body,
            footnotes=tuple(self.footnote(name) for name in footnotes),
            end_mark=self.label("– ENDS –"),
            sections=(
                *self.notes(),
                *record,
                *self.links(),
                *frame.attached(self, attachments),
                *self.boilerplates(),
            ),
            attachments=attachments,
        )

    def withdrawn(self, empty: Document) -> Document:
        """Return a document that says only which release is withdrawn, and why."""
        headline = frame.withdrawn_kind(self)
        named = self.label(
            "{headline} – {reference}",
            headline=headline,
            reference=empty.reference or self.withdrawn_name(),
        )
        return replace(
            empty,
            title=plain(named),
            subject=self.subject(named, empty),
            description="\n".join(plain(content) for content in empty.notices[0].content),
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
        release = self.label(label, kind=frame.kind(self), date=date, **slots)
        return self.label("{release}: {name}", release=release, name=self.withdrawn_name())

    def subject(self, headline: Inlines, empty: Document) -> str:
        """Return a headline with what must be known before the message is opened."""
        until = empty.release_line.until
        if until:
            local = until.astimezone(ZoneInfo(self.newsroom.time_zone))
            headline = self.label(
                "EMBARGOED until {date}, {time} ({zone}) – {headline}",
                date=self.wording.date(local.date()),
                time=format_clock(local, self.wording.locale, self.wording.press),
                zone=format_offset(local),
                headline=headline,
            )
        # The desk must know first that what it has is wrong: agencies begin with the correction.
        if self.release.correction and not self.release.withdrawal:
            headline = self.label("CORRECTION – {headline}", headline=headline)
        if empty.draft:
            headline = self.label("DRAFT – {headline}", headline=headline)
        return plain(headline)

    def shown(self, entries: Iterable[Entry]) -> list[tuple[int, Entry]]:
        """Return the entries that this language shows, with their numbers in the file."""
        code = self.wording.language.code
        return [(index, entry) for index, entry in enumerate(entries) if shows(entry, code)]

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

    def instants(self, label: str, moment: dt.datetime) -> tuple[Inlines, ...]:
        own, *others = self.zones
        further = "{date}, {time} ({zone})|in a further time zone"
        shown = (instant(self.wording, further, moment, zone) for zone in others)
        return (instant(self.wording, label, moment, own), *shown)

    def house_text(self, path: Path, source: str) -> Inlines:
        tree, role = self.house.tree, self.house_roles[path]
        written_in = self.newsroom.language
        return self.wording.text(tree, path, source, role, written_in=written_in, domain="newsroom")

    # --- the head -------------------------------------------------------------------------------

    def reference(self) -> Inlines:
        reference: Inlines = ()
        if self.release.reference:
            reference = self.label("Reference: {reference}", reference=self.release.reference)
        if self.release.version > 1 and not self.release.withdrawal:
            version = self.label("Version {version}", version=self.counted(self.release.version))
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
        shown = self.instants("Embargoed until {date}, {time} ({zone})", embargo)
        return ReleaseLine(embargoed=True, text=shown[0], zones=shown[1:], until=embargo)

    def span(self, first: dt.date, last: dt.date | None, zone: str) -> Inlines:
        return span(self.wording, first, last, zone)

    def reach(self, to: str) -> list[Inlines]:
        if "@" in to:
            return [(Link(f"mailto:{to}", self.value(to)),)]
        contact = self.contact(to)
        return [contact.name, *(detail for _, detail in contact.details)]

    def ordinal(self, block: BlockModel) -> int:
        kind = [other for other in self.release.body if type(other) is type(block)]
        return next(number for number, other in enumerate(kind, 1) if other is block)

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
            version=self.counted(correction.version),
        )
        text = self.text(("correction", "text"), correction.text)
        return Notice("correction", correction.date, title, (text,))

    def withdrawal(self, withdrawal: Withdrawal) -> Notice:
        date, last = self.wording.date(withdrawal.date), self.counted(withdrawal.version)
        if withdrawal.version == 1:
            label = "Withdrawn on {date}: version {version} must no longer be used"
            title = self.label(label, date=date, version=last)
        else:
            label = "Withdrawn on {date}: versions {first} to {last} must no longer be used"
            if withdrawal.version == 2:  # many languages have a form for two
                label = "Withdrawn on {date}: versions {first} and {last} must no longer be used"
            title = self.label(label, date=date, first=self.counted(1), last=last)
        text = self.text(("withdrawal", "text"), withdrawal.text)
        content = (self.withdrawn_release(), text)
        return Notice("withdrawal", withdrawal.date, title, content, self.called_off())

    def called_off(self) -> tuple[Appointment, ...]:
        """Return the events of a withdrawn release, without their words."""
        events = (block for _, block in self.shown(self.release.body))
        return tuple(
            event.appointment(self.ordinal(event), self.zones[0])
            for event in events
            if isinstance(event, EventBlock)
        )

    # --- the body -------------------------------------------------------------------------------

    def body(self) -> tuple[Block, ...]:
        body = self.shown(self.release.body)
        blocks = tuple(block.localized(("body", i), self) for i, block in body)
        dateline = frame.dateline(self)
        if not dateline:
            return blocks
        for index, block in enumerate(blocks):
            if isinstance(block, Paragraph):
                lede = replace(block, dateline=dateline)
                return (*blocks[:index], lede, *blocks[index + 1 :])
        return (Paragraph((), dateline), *blocks)

    def footnote(self, name: str) -> Inlines:
        return self.text(("footnotes", name), self.release.footnotes[name])

    # --- after the end mark ---------------------------------------------------------------------

    def notes(self) -> tuple[Section, ...]:
        notes = self.shown(self.release.notes_to_editors)
        if not notes:
            return ()
        blocks = tuple(Paragraph(self.note(("notes_to_editors", i), note)) for i, note in notes)
        return (Section("notes", self.label("Notes to editors"), blocks),)

    def note(self, path: Path, note: str | NoteHere) -> Inlines:
        return (
            self.text(path, note)
            if isinstance(note, str)
            else self.text((*path, "note"), note.note)
        )

    def annex(self, body: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
        """Return a body, and the words on record of its quotations where they go into an annex."""
        if self.newsroom.quotes.on_record != "annex":
            return body, ()
        said = [block for block in body if isinstance(block, Quote) and block.record]
        entries = tuple(self.on_record(quote, quote.record) for quote in said if quote.record)
        if not entries:
            return body, ()
        title = self.label("Quotations in their original language")
        kept = tuple(replace(b, record=None) if isinstance(b, Quote) else b for b in body)
        return kept, (Section("record", title, entries),)

    def on_record(self, quote: Quote, record: Record) -> Quote:
        first, *more = record.paragraphs
        name = language_name(record.language.tag, self.wording.locale)
        note = self.label("On record in {language}", language=name)
        people = quote.speaker, quote.title
        return Quote(first, *people, note, tuple(more), quote.joint, None, record.language)

    def links(self) -> tuple[Section, ...]:
        links = self.shown(self.release.links)
        if not links:
            return ()
        items = tuple(
            (Link(entry.url, self.text(("links", i, "text"), entry.text)),) for i, entry in links
        )
        return (Section("links", self.label("Links"), (ItemList(items),)),)

    def boilerplates(self) -> tuple[Section, ...]:
        sections = []
        shown = [named for _, named in self.shown(self.release.boilerplates)]
        keys = tuple(named if isinstance(named, str) else named.boilerplate for named in shown)
        for key in frame.in_order(self, keys, self.newsroom.boilerplates):
            entry, path = self.newsroom.boilerplates[key], ("boilerplates", key)
            title = self.house_text((*path, "title"), entry.title)
            texts = enumerate(entry.text)
            blocks = tuple(Paragraph(self.house_text((*path, "text", i), t)) for i, t in texts)
            sections.append(Section("boilerplate", title, blocks))
        return tuple(sections)

    def contacts(self) -> Iterator[Contact]:
        shown = [named for _, named in self.shown(self.release.contacts)]
        keys = tuple(named if isinstance(named, str) else named.contact for named in shown)
        ordered = frame.in_order(self, keys, self.newsroom.contacts)
        for key, heading in zip(ordered, frame.headings(self, ordered), strict=True):
            yield replace(self.contact(key), heading=heading)

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
