"""The format-neutral document: what ``localization`` makes and every writer reads.

All of it is final text in one language, typed, with no trace of YAML, PO, HTML or Word.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, fields, is_dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar, cast, get_args
from urllib.parse import urlsplit

from gapress.errors import ContentError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from gapress.errors import Problem

Direction: TypeAlias = Literal["ltr", "rtl"]
Part = TypeVar("Part")
Align: TypeAlias = Literal["start", "end", "center"]


@dataclass(frozen=True)
class Language:
    """A language as readers meet it.

    Attributes:
        code: The newsroom's name for it: folder and file names (``ar``).
        tag: BCP 47 tag of the locale (``ar-MA``).
        name: Its name in itself (``العربية``), from CLDR.
        direction: ``ltr`` or ``rtl``, from CLDR.
        script: ISO 15924 code (``Arab``), from CLDR's likely subtags.
        counter: The digits of page and list numbers (W3C, "Ready-made Counter Styles").
    """

    code: str
    tag: str
    name: str
    direction: Direction
    script: str
    counter: str = "decimal"


# --- inline content -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    """Plain characters."""

    text: str


@dataclass(frozen=True)
class Emphasis:
    """Stressed words."""

    children: Inlines


@dataclass(frozen=True)
class Strong:
    """Words of special importance."""

    children: Inlines


@dataclass(frozen=True)
class Raised:
    """Letters above the line, such as those of an ordinal (1er)."""

    children: Inlines


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere; ``url`` is https, http, mailto or tel."""

    url: str
    children: Inlines


@dataclass(frozen=True)
class Isolate:
    """Words that keep a direction of their own (UAX #9 isolates), such as a telephone number.

    ``unbroken`` says that they must not be split across lines; ``together``, of longer ones, that
    they are split only if they don't fit one line.
    """

    direction: Direction
    children: Inlines
    unbroken: bool = False
    together: bool = False


@dataclass(frozen=True)
class PageNumber:
    """The number of the current page; only in page labels."""


@dataclass(frozen=True)
class PageCount:
    """The number of pages; only in page labels."""


@dataclass(frozen=True)
class FootnoteMark:
    """Where a text refers to a footnote.

    Attributes:
        name: The footnote's name in the release.
        number: Its number, from 1, in the order of the first references in this language.
        time: 1 where the document first refers to it, 2 the second time, and so on.
        joins: Whether it stands directly behind another mark, so that a comma goes between them.
    """

    name: str
    number: int = 0
    time: int = 1
    joins: bool = False


Inline: TypeAlias = (
    Text | Emphasis | Strong | Raised | Link | Isolate | FootnoteMark | PageNumber | PageCount
)
Inlines: TypeAlias = tuple[Inline, ...]
_INLINES = get_args(Inline)
INLINES: tuple[type[Inline], ...] = (
    Text,
    Emphasis,
    Strong,
    Raised,
    Link,
    Isolate,
    FootnoteMark,
)
"""What every format shows wherever there are words."""


def plain(inlines: Iterable[Inline]) -> str:
    """Return the characters of inline content, without its markup."""
    return "".join(_plain(inline) for inline in inlines)


def without_links(inlines: Iterable[Inline]) -> Inlines:
    """Return inline content whose links are only their words."""
    found: list[Inline] = []
    for inline in inlines:
        match inline:
            case Link(_, children):
                found += without_links(children)
            case Emphasis(children) | Strong(children) | Raised(children) | Isolate(_, children):
                found.append(replace(inline, children=without_links(children)))
            case _:
                found.append(inline)
    return tuple(found)


def _plain(inline: Inline) -> str:
    match inline:
        case Text(text):
            return text
        case FootnoteMark() | PageNumber() | PageCount():
            return ""
        case _:
            return plain(inline.children)


def mapped(part: Part, change: Callable[[Isolate], Isolate]) -> Part:
    """Return a part of a document with every isolate in it changed, whatever it stands in.

    Args:
        part: A dataclass of this module, a tuple of them, or anything else, which stays as it is.
        change: Returns what an isolate becomes; those inside it have been changed already.
    """
    if isinstance(part, tuple):
        return cast("Part", tuple(mapped(item, change) for item in part))
    if not is_dataclass(part) or isinstance(part, type):
        return part
    found = {item.name: getattr(part, item.name) for item in fields(part) if item.init}
    made = replace(part, **{name: mapped(value, change) for name, value in found.items()})
    return cast("Part", change(made) if isinstance(made, Isolate) else made)


# --- blocks -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Paragraph:
    """Running text; ``dateline`` opens the lede and is empty elsewhere."""

    content: Inlines
    dateline: Inlines = ()


@dataclass(frozen=True)
class Heading:
    """A heading inside the body; ``level`` is 1, or 2 under one of level 1."""

    content: Inlines
    level: int = 1


@dataclass(frozen=True)
class Speaker:
    """Who said something; a title may be empty."""

    name: Inlines
    title: Inlines


@dataclass(frozen=True)
class Record:
    """The words of a quotation as they are on record, in another language than the document."""

    language: Language
    paragraphs: tuple[Inlines, ...]


@dataclass(frozen=True)
class Quote:
    """A quotation with its marks, its speakers, and what is said of a translated one.

    Attributes:
        content: Its first paragraph.
        speaker: The name of who said it, or of the first of them.
        title: Their title; may be empty.
        note: What is said of a translation.
        more: Its other paragraphs.
        joint: Who else said it.
        record: The words on record, to be shown under it; none in most.
        language: The language of its words, where it is not the document's.
    """

    content: Inlines
    speaker: Inlines
    title: Inlines
    note: Inlines = ()
    more: tuple[Inlines, ...] = ()
    joint: tuple[Speaker, ...] = ()
    record: Record | None = None
    language: Language | None = None

    @property
    def paragraphs(self) -> tuple[Inlines, ...]:
        """All of its paragraphs."""
        return (self.content, *self.more)

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Everybody who said it; empty where nobody is named."""
        first = (Speaker(self.speaker, self.title),) if self.speaker or self.title else ()
        return (*first, *self.joint)


@dataclass(frozen=True)
class ItemList:
    """A list; ``numbered`` or with bullets.

    Attributes:
        items: The text of each item.
        numbered: Whether it has numbers.
        nested: The list under each item, none under most; empty for a list without any.
        start: The number of the first item.
    """

    items: tuple[Inlines, ...]
    numbered: bool = False
    nested: tuple[ItemList | None, ...] = ()
    start: int = 1

    @property
    def entries(self) -> tuple[tuple[Inlines, ItemList | None], ...]:
        """Each item with the list under it."""
        return tuple(zip(self.items, self.nested or (None,) * len(self.items), strict=True))


@dataclass(frozen=True)
class ColumnGroup:
    """A heading over several columns; empty over columns that have none above their own."""

    heading: Inlines
    columns: int


@dataclass(frozen=True)
class FactTable:
    """A table of facts: header rows, and rows whose first cell heads the row.

    Attributes:
        title: The caption.
        columns: The heading of each column; the first may be empty.
        rows: The cells of each row, the total's too; a cell may be empty.
        aligns: The side on which each column is aligned; without any, all start.
        groups: Headings above those of the columns; together they cover all of them, or none.
        total: Whether the last row sums up the others.
        notes: What stands under the table.
    """

    title: Inlines
    columns: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    aligns: tuple[Align, ...] = ()
    groups: tuple[ColumnGroup, ...] = ()
    total: bool = False
    notes: tuple[Inlines, ...] = ()

    @property
    def sides(self) -> tuple[Align, ...]:
        """The side on which each column is aligned."""
        return self.aligns or tuple("start" for _ in self.columns)

    @property
    def column_groups(self) -> tuple[range, ...]:
        """The numbers of the columns of each group, from 0; without groups, those of all."""
        if not self.groups:
            return (range(len(self.columns)),)
        ends = tuple(accumulate(group.columns for group in self.groups))
        return tuple(range(start, end) for start, end in zip((0, *ends), ends, strict=False))

    @property
    def headings(self) -> tuple[tuple[Inlines, ...], ...]:
        """What heads each column: the heading of its group and its own, those that are there."""
        over = [group.heading for group in self.groups for _ in range(group.columns)]
        pairs = zip(over or [()] * len(self.columns), self.columns, strict=True)
        return tuple(tuple(heading for heading in pair if heading) for pair in pairs)


@dataclass(frozen=True)
class Picture:
    """A checked picture.

    Attributes:
        name: File name, without a folder.
        media_type: ``image/png``, ``image/jpeg`` or ``image/svg+xml``.
        data: The file's bytes.
        width: Natural width in CSS pixels (1/96 inch).
        height: Natural height in CSS pixels.
        sha256: Digest of the data, in hexadecimal: what is shown of a picture in ``repr``, and so
            what tells documents with other pictures apart.
    """

    name: str
    media_type: str
    data: bytes = field(repr=False)
    width: float
    height: float
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "sha256", hashlib.sha256(self.data).hexdigest())


@dataclass(frozen=True)
class Figure:
    """A picture in the text, with its alternative text, caption and credit."""

    picture: Picture
    alt: str
    caption: Inlines
    credit: Inlines


@dataclass(frozen=True)
class Appointment:
    """What calendars and search engines must know of an event, beside its words.

    Attributes:
        number: Which of the release's events it is, from 1, in every language.
        starts: An instant with its zone, or the first of whole days.
        ends: The last instant, or the last day; none where it is not known.
        status: Empty where it takes place as it was announced.
        coordinates: Latitude and longitude in degrees, or nothing.
        url: The address at which it can be joined from elsewhere.
        online: How it can be joined from elsewhere, without markup: its address, or a dial-in.
        place: The name of the place, without markup.
        address: Its address, without markup.
    """

    number: int
    starts: dt.date
    ends: dt.date | None = None
    status: Literal["", "cancelled", "postponed"] = ""
    coordinates: tuple[str, ...] = ()
    url: str = ""
    online: str = ""
    place: str = ""
    address: str = ""


@dataclass(frozen=True)
class Event:
    """An event: what it is, and a label with one or more lines for each thing to know of it."""

    title: Inlines
    details: tuple[tuple[Inlines, tuple[Inlines, ...]], ...]
    appointment: Appointment


@dataclass(frozen=True)
class FigureGroup:
    """Several pictures side by side, with what is said of all of them."""

    figures: tuple[Figure, ...]
    caption: Inlines
    credit: Inlines

    @property
    def columns(self) -> int:
        """How many stand side by side where there is room: 2 to 4, the last row as full as can be.

        Four that are higher than wide, as portraits are, fit one row.
        """
        count = len(self.figures)
        if count == 4 and all(f.picture.height >= f.picture.width for f in self.figures):
            return 4
        return {2: 2, 4: 2, 3: 3, 5: 3, 6: 3, 9: 3}.get(count, 4)

    @property
    def rows(self) -> tuple[tuple[Figure, ...], ...]:
        """The pictures of each row."""
        starts = range(0, len(self.figures), self.columns)
        return tuple(self.figures[start : start + self.columns] for start in starts)


Medium: TypeAlias = Literal["video", "audio"]


@dataclass(frozen=True)
class Recording:
    """A video, a sound recording or a live stream: what leads to it, since it is elsewhere.

    Attributes:
        medium: What it is.
        url: Where it is.
        title: Its title without markup.
        invitation: The words of its link: "Watch: title (3 min 25 sec)".
        address: The address as it is shown on paper.
        poster: A picture that stands for it; may be none.
        alt: What the picture shows.
        seconds: How long it is; none where that isn't known.
        starts: When a live stream starts; none for a recording.
        times: That instant in the newsroom's time zones.
        transcript: The address of its words; may be empty.
        transcript_label: What stands before that address.
        transcript_address: That address as it is shown.
        caption: A line under it.
        credit: Who made it.
    """

    medium: Medium
    url: str
    title: str
    invitation: Inlines
    address: Inlines
    poster: Picture | None = None
    alt: str = ""
    seconds: int | None = None
    starts: dt.datetime | None = None
    times: tuple[Inlines, ...] = ()
    transcript: str = ""
    transcript_label: Inlines = ()
    transcript_address: Inlines = ()
    caption: Inlines = ()
    credit: Inlines = ()

    @property
    def duration(self) -> str:
        """How long it is in ISO 8601 (``PT3M25S``); empty where that isn't known."""
        if not self.seconds:
            return ""
        parts = zip(
            (self.seconds // 3600, self.seconds // 60 % 60, self.seconds % 60), "HMS", strict=False
        )
        return "PT" + "".join(f"{count}{unit}" for count, unit in parts if count)


Block: TypeAlias = (
    Paragraph | Heading | Quote | ItemList | FactTable | Figure | FigureGroup | Recording | Event
)
BLOCKS: tuple[type[Block], ...] = get_args(Block)
"""Every kind of block; a writer or a template that lacks one is refused when it is loaded."""


# --- the document -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Notice:
    """A correction or a withdrawal, shown above everything else.

    Attributes:
        date: Its day.
        called_off: The events of a withdrawn release, which calendars must take back.
    """

    role: Literal["correction", "withdrawal"]
    date: dt.date
    title: Inlines
    content: tuple[Inlines, ...]
    called_off: tuple[Appointment, ...] = ()


@dataclass(frozen=True)
class ReleaseLine:
    """When the release may be published.

    Attributes:
        embargoed: Whether there is an embargo.
        text: "For immediate release", or the embargo with date, time, zone and UTC offset; empty
            for a withdrawn release.
        zones: The same instant in the newsroom's further zones.
        until: The instant of the embargo; none without one.
    """

    embargoed: bool
    text: Inlines
    zones: tuple[Inlines, ...] = ()
    until: dt.datetime | None = None


@dataclass(frozen=True)
class Section:
    """A titled part after the end mark, such as notes to editors or links."""

    role: Literal["notes", "record", "links", "attachments", "boilerplate"]
    title: Inlines
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Contact:
    """Somebody whom a journalist may call; each detail comes with its label.

    ``heading`` names the issuer of a joint release, before the first of its contacts.
    """

    name: Inlines
    role: Inlines
    details: tuple[tuple[Inlines, Inlines], ...]
    heading: Inlines = ()


@dataclass(frozen=True)
class Organisation:
    """Who publishes; ``logo`` names a picture of the theme's, and is empty without one."""

    name: Inlines
    notice: Inlines
    url: str
    logo: str = ""


@dataclass(frozen=True)
class Identifier:
    """A number that the release is found by.

    Attributes:
        role: What it is: ISIN (ISO 6166), ticker, LEI (ISO 17442), number of a case, or another.
        line: The number with what it is, as it is shown.
        name: What it is, or the market of a ticker, without markup; empty where the role says it.
        value: The number.
    """

    role: Literal["isin", "ticker", "lei", "case", "other"]
    line: Inlines
    name: str
    value: str


@dataclass(frozen=True)
class Subject:
    """A topic of IPTC's Media Topics; ``name`` may be empty."""

    code: str
    uri: str
    name: str


ATTACHED = "attachments"
"""The folder of a kit that holds attachments."""


@dataclass(frozen=True)
class Attachment:
    """A file of the kit beside the release.

    Attributes:
        name: File name, without a folder.
        text: What it is, without markup.
        line: What it is, its type, its size and its name, as it is shown.
        media_type: Its media type (RFC 6838).
        size: Its bytes.
        sha256: Digest of its bytes, in hexadecimal.
    """

    name: str
    text: str
    line: Inlines
    media_type: str
    size: int
    sha256: str

    @property
    def path(self) -> str:
        """Its place in the kit."""
        return f"{ATTACHED}/{self.name}"


@dataclass(frozen=True)
class Alternate:
    """The same release in another language, as a link from this file's folder."""

    language: Language
    href: str


@dataclass(frozen=True)
class Origin:
    """Where a text stands that is not ASCII alone: a source, or a catalog (no column)."""

    text: str
    file: str
    line: int
    column: int


class Labels(dict[str, str]):
    """The labels of a language; one that it lacks is a problem of the file that needs it.

    Attributes:
        lacking: What is to be told of labels that have no sound translation.
    """

    def __init__(self) -> None:
        super().__init__()
        self.lacking: dict[str, Problem] = {}

    def __missing__(self, source: str) -> str:
        if source in self.lacking:
            raise ContentError([self.lacking[source]])
        raise KeyError(source)


@dataclass(frozen=True)
class Document:
    """One release in one language, ready to be written in any format.

    Attributes:
        status: ``withdrawn`` for a document that says only that, and nothing of the old text.
        title: The headline without markup.
        subject: The title as an e-mail's subject: with what must be known before opening it.
        city: Where the release is issued, without markup; empty without a dateline.
        issuers: Who issues a joint release; empty where the organisation alone does.
        issuers_line: Their names in one line.
        regulatory: A line at the top that rules on disclosure ask for.
        keywords: Words to find the release by, without markup.
        number: The newsroom's reference number; may be empty.
        footnotes: The texts of the footnotes of the body, in the order of their numbers.
        origins: Where its texts stand, to tell what is wrong with one; no file depends on them.
        draft: The word of the watermark; empty for a final document.
    """

    slug: str
    language: Language
    status: Literal["usable", "withdrawn"]
    version: int
    date: dt.date
    organisation: Organisation
    kind: Inlines
    reference: Inlines
    date_line: Inlines
    release_line: ReleaseLine
    notices: tuple[Notice, ...]
    contacts_title: Inlines
    contacts: tuple[Contact, ...]
    page_label: Inlines
    labels: Mapping[str, str]
    draft: str = ""
    title: str = ""
    subject: str = ""
    description: str = ""
    city: str = ""
    number: str = ""
    issuers: tuple[Organisation, ...] = ()
    issuers_line: Inlines = ()
    identifiers: tuple[Identifier, ...] = ()
    regulatory: Inlines = ()
    subjects: tuple[Subject, ...] = ()
    keywords: tuple[str, ...] = ()
    headline: Inlines = ()
    subheadline: Inlines = ()
    summary: Inlines = ()
    body: tuple[Block, ...] = ()
    footnotes: tuple[Inlines, ...] = ()
    end_mark: Inlines = ()
    sections: tuple[Section, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    alternates: tuple[Alternate, ...] = ()
    origins: tuple[Origin, ...] = field(default=(), repr=False, compare=False)

    @property
    def issued_by(self) -> Inlines:
        """Who issues it, in one line."""
        return self.issuers_line or self.organisation.name

    @property
    def letterhead(self) -> tuple[Organisation, ...]:
        """Who stands in the letterhead: all issuers, or the organisation alone."""
        return self.issuers or (self.organisation,)

    def with_alternates(self, alternates: tuple[Alternate, ...]) -> Document:
        """Return the same document with links to the other languages."""
        return replace(self, alternates=alternates)

    @property
    def opening(self) -> tuple[Block, ...]:
        """The beginning of its body: up to the first paragraph, which has the dateline."""
        numbers = (n for n, block in enumerate(self.body, 1) if isinstance(block, Paragraph))
        return self.body[: next(numbers, 1)]

    @property
    def events(self) -> tuple[Event, ...]:
        """The events of its body."""
        return tuple(block for block in self.body if isinstance(block, Event))

    @property
    def called_off(self) -> tuple[Appointment, ...]:
        """The events that its withdrawal calls off."""
        return tuple(event for notice in self.notices for event in notice.called_off)

    @property
    def has_events(self) -> bool:
        """Whether there is anything that calendars must know."""
        return bool(self.events or self.called_off)

    def uid(self, event: Appointment) -> str:
        """Return the name of an event, the same in all languages and versions (RFC 7986, 5.3)."""
        host = urlsplit(self.organisation.url).hostname or "localhost"
        return f"{self.slug}-{event.number}@{host}"

    @property
    def changed(self) -> dt.date:
        """The day of its last change: of its issue, or of a notice."""
        return max([self.date, *(notice.date for notice in self.notices)])

    @property
    def recordings(self) -> tuple[Recording, ...]:
        """The videos, sound recordings and live streams of its body."""
        return tuple(block for block in self.body if isinstance(block, Recording))

    def texts(self) -> Iterator[str]:
        """Yield every text of the document that is not empty: a paragraph or a cell at a time."""
        for part in (
            (self.organisation, self.issuers, self.issuers_line, self.kind),
            (self.reference, self.identifiers, self.regulatory),
            (self.date_line, self.release_line),
            (self.notices, self.headline, self.subheadline, self.summary, self.body),
            (self.footnotes, self.end_mark),
            (self.sections, self.contacts_title, self.contacts),
        ):
            yield from _texts(part)


@dataclass(frozen=True)
class KitFile:
    """A file of a press kit, as its index page names it: "PDF document", "85 kB"."""

    href: str
    kind: Inlines
    size: Inlines


def _texts(part: object) -> Iterator[str]:
    """Yield the texts of any part of a document, in the order of its fields."""
    if isinstance(part, tuple) and part and all(isinstance(item, _INLINES) for item in part):
        yield plain(part)
    elif isinstance(part, tuple):
        for item in part:
            yield from _texts(item)
    elif is_dataclass(part):
        for item in fields(part):
            yield from _texts(getattr(part, item.name))
