"""The frame of a release in one language: who issues it, where, its kind and its numbers.

``localize`` asks for each part; a pure function of the release, the newsroom and the catalogs.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import TYPE_CHECKING, Protocol

from gapress.document import (
    Attachment,
    Identifier,
    Isolate,
    ItemList,
    Organisation,
    Section,
    Subject,
    plain,
)
from gapress.localization.sizes import format_size
from gapress.release.attachments import MEDIA_TYPES, ending
from gapress.release.dateline import places
from gapress.release.kinds import KINDS, WITHDRAWN
from gapress.release.model import OWN
from gapress.release.subjects import MEDIA_TOPICS, topic

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapress.document import Inlines
    from gapress.localization.wording import Wording
    from gapress.newsroom import BoilerplateEntry, ContactEntry, NewsroomEntry
    from gapress.release.model import Release
    from gapress.release.yaml import Path, Tree


class Words(Protocol):
    """What the frame asks of a language; ``localize`` has it."""

    release: Release
    newsroom: NewsroomEntry
    wording: Wording

    def text(self, path: Path, source: str) -> Inlines:
        """Return a text of the release's file."""

    def house_text(self, path: Path, source: str) -> Inlines:
        """Return a text of the newsroom's file."""


# --- kind ---------------------------------------------------------------------------------------


def kind(words: Words) -> Inlines:
    """Return the kind of the release, as it stands above the headline."""
    name = words.release.kind
    if own := words.newsroom.kinds.get(name):
        return words.house_text(("kinds", name), own)
    return words.wording.label(KINDS[name])


def withdrawn_kind(words: Words) -> Inlines:
    """Return the headline of a withdrawn release."""
    name = words.release.kind
    if name not in words.newsroom.kinds:
        return words.wording.label(WITHDRAWN[name])
    return words.wording.label("{kind} – withdrawn", kind=kind(words))


# --- issuers ------------------------------------------------------------------------------------


def organisation(words: Words) -> Organisation:
    """Return the newsroom's own organisation."""
    return _organisation(words, OWN)


def issuers(words: Words) -> tuple[Organisation, ...]:
    """Return who issues a joint release; nobody where the newsroom alone does."""
    return tuple(_organisation(words, key) for key in words.release.issuers)


def issuers_line(words: Words, found: tuple[Organisation, ...]) -> Inlines:
    """Return the names of issuers in one line: "A, B and C"."""
    return words.wording.listed([issuer.name for issuer in found])


def _organisation(words: Words, key: str) -> Organisation:
    newsroom = words.newsroom
    path: Path
    if key == OWN:
        path, entry, logo = (OWN,), newsroom.organisation, newsroom.theme.logo
    else:
        path, entry, logo = ("issuers", key), newsroom.issuers[key], newsroom.issuers[key].logo
    name = words.house_text((*path, "name"), entry.name)
    notice = words.house_text((*path, "notice"), entry.notice) if entry.notice else ()
    return Organisation(name, notice, entry.url, logo or "")


def in_order(
    words: Words, keys: tuple[str, ...], of: dict[str, ContactEntry] | dict[str, BoilerplateEntry]
) -> list[str]:
    """Return keys of contacts or boilerplates in the order of the issuers that they belong to.

    Those that belong to none of them are the first.
    """
    order = words.release.issuers
    rank = {issuer: number for number, issuer in enumerate(order)}
    return sorted(keys, key=lambda key: rank.get(of[key].issuer or OWN, -1)) if order else [*keys]


def headings(words: Words, keys: list[str]) -> Iterator[Inlines]:
    """Yield for each contact the issuer that it belongs to, before the first that does."""
    before = ""
    for key in keys:
        issuer = words.newsroom.contacts[key].issuer or OWN
        is_first = issuer != before and issuer in words.release.issuers
        yield _organisation(words, issuer).name if is_first else ()
        before = issuer


# --- dateline -----------------------------------------------------------------------------------


def cities(words: Words) -> str:
    """Return where the release is issued, as data; empty without a dateline."""
    found = places(words.release.dateline)
    return plain(
        words.wording.listed([words.text((*path, "city"), each.city) for path, each in found])
    )


def dateline(words: Words) -> Inlines:
    """Return what opens the first paragraph; nothing without a dateline."""
    label = words.wording.label
    named: list[Inlines] = []
    for path, entry in places(words.release.dateline):
        place = words.text((*path, "city"), entry.city)
        if entry.country:
            country = words.text((*path, "country"), entry.country)
            place = label("{city}, {country}", city=place, country=country)
        named.append(place)
    if not named:
        return ()
    date = words.wording.date(words.release.date)
    return label("{place}, {date} –", place=words.wording.listed(named), date=date)


# --- attachments --------------------------------------------------------------------------------


def attachments(words: Words, files: Mapping[str, bytes]) -> Iterator[Attachment]:
    """Yield the files for the press, each with what is shown of it.

    Args:
        words: The language.
        files: Their bytes by name; a file that is not there is left out.
    """
    for number, entry in enumerate(words.release.attachments):
        data = files.get(entry.file)
        if data is None:
            continue
        text, kind = words.text(("attachments", number, "text"), entry.text), ending(entry.file)
        line = words.wording.label(
            "{text} ({type}, {size}): {file}",
            text=text,
            type=kind.upper(),
            size=format_size(len(data), words.wording.locale),
            file=entry.file,
        )
        digest = hashlib.sha256(data).hexdigest()
        yield Attachment(entry.file, plain(text), line, MEDIA_TYPES[kind], len(data), digest)


def attached(words: Words, found: tuple[Attachment, ...]) -> tuple[Section, ...]:
    """Return the section that lists the files."""
    items = ItemList(tuple(attachment.line for attachment in found))
    title = words.wording.label("Attachments")
    return (Section("attachments", title, (items,)),) if found else ()


# --- numbers and subjects -----------------------------------------------------------------------


def identifiers(words: Words) -> Iterator[Identifier]:
    """Yield the numbers that the release is found by, each with what it is."""
    given = words.release.identifiers
    if given is None:
        return
    label, where = words.wording.label, ("identifiers",)
    for _, code in given.entries("isin"):
        yield Identifier("isin", label("ISIN: {code}", code=_code(words, code)), "ISIN", code)
    for path, ticker in given.entries("ticker"):
        market = words.text((*where, *path, "market"), ticker.market)
        code = _code(words, ticker.symbol)
        line = label("{market}: {symbol}", market=market, symbol=code)
        yield Identifier("ticker", line, plain(market), ticker.symbol)
    for _, code in given.entries("lei"):
        yield Identifier("lei", label("LEI: {code}", code=_code(words, code)), "LEI", code)
    for _, number in given.entries("case"):
        line = label("Case: {number}", number=_code(words, number))
        yield Identifier("case", line, "", number)
    for path, other in given.entries("other"):
        name = words.text((*where, *path, "label"), other.label)
        line = label("{name}: {number}", name=name, number=_code(words, other.number))
        yield Identifier("other", line, plain(name), other.number)


def note_numbers(words: Words, tree: Tree) -> None:
    """Remember where numbers stand, which are shown as they are."""
    given = words.release.identifiers
    for name, key in (("ticker", "symbol"), ("case", ""), ("other", "number")):
        for path, entry in given.entries(name) if given else ():
            value = getattr(entry, key) if key else entry
            position = tree.position(("identifiers", *path, *([key] if key else [])))
            words.wording.note(value, tree.file, *position)


def _code(words: Words, code: str) -> Inlines:
    """Return a number that keeps its order, whole where it has several words."""
    shown = words.wording.value(code)
    leftward = any(unicodedata.bidirectional(character) in {"R", "AL"} for character in code)
    if words.wording.language.direction == "ltr" or leftward or len(shown) == 1:
        return shown
    return (Isolate("ltr", words.wording.value(code, "ltr")),)


def subjects(words: Words) -> Iterator[Subject]:
    """Yield the topics of the release (IPTC Media Topics), with their names where they are said."""
    for number, entry in enumerate(words.release.subjects):
        if isinstance(entry, str):
            code, name = entry, ""
        else:
            code, name = entry.code, plain(words.text(("subjects", number, "name"), entry.name))
        digits = topic(code)
        yield Subject(f"medtop:{digits}", f"{MEDIA_TOPICS}{digits}", name)


def keywords(words: Words) -> Iterator[str]:
    """Yield the words to find the release by."""
    for number, keyword in enumerate(words.release.keywords):
        yield plain(words.text(("keywords", number), keyword))
