"""Brings a catalog up to date with its sources, and never loses a translation.

A message whose text is unchanged keeps its entry. A changed text takes over the translation of the
text that it replaces, marked fuzzy, with the previous text noted; the entry of the old text stays
as an obsolete one. A text that returns finds its translation again. Entries keep their order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from gapress.catalogs.message import plural_categories
from gapress.catalogs.po import PoEntry, PoFile, new_entry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from gapress.catalogs.message import Message

# Normalized Indel similarity, from 0 to 1.
SIMILAR = 0.6
SIMILAR_IN_PLACE = 0.3
# How far from its place in the file a text may have moved and still count as in place.
NEAR = 2
# With more pairs than this, only texts in place are compared: time must stay in bounds.
COMPARED = 100_000
OFFERED = "gapress: offered from "
RECOUNTED = "gapress: check the words beside the number: "


@dataclass(frozen=True)
class Offer:
    """A translation of the same text, in the same role, from another catalog."""

    translation: str
    origin: str


def merge(
    catalog: PoFile,
    messages: Sequence[Message],
    offers: Callable[[tuple[str, str]], Offer | None] = lambda _key: None,
) -> PoFile:
    """Return the catalog with exactly these messages alive, everything else obsolete.

    Args:
        catalog: The catalog as it is.
        messages: The messages of its sources today, in their order.
        offers: Finds a translation elsewhere for a message that has none here.
    """
    width = catalog.width
    old = {entry.key: entry for entry in reversed(catalog.messages)}
    wanted = {message.key: message for message in messages}
    removed = [e for e in catalog.messages if not e.obsolete and e.key not in wanted]
    replaced = _replacements(catalog, messages, old, removed)
    made: dict[tuple[str, str], PoEntry] = {}
    for key, message in wanted.items():
        entry = old.get(key)
        if entry is None or (entry.obsolete and not entry.translation):
            entry = _entry(key, replaced.get(key), offers(key), width)
        elif entry.obsolete:
            entry = replace(entry.without_obsolete(), before=("",))
        made[key] = _described(entry, message)
    return replace(catalog, entries=_ordered(catalog, made, replaced))


def _entry(
    key: tuple[str, str], origin: PoEntry | None, offer: Offer | None, width: int
) -> PoEntry:
    """Return the entry of a text that the catalog does not have."""
    context, source = key
    if origin is not None and origin.translation:
        # A text that goes back to what its fuzzy translation was made from is translated.
        returned = origin.previous[1] == source and origin.previous[0] in {"", context}
        entry = new_entry(context, source, width, origin.translation)
        entry = entry.with_comment("#", origin.comment("#"))
        flags = [flag for flag in origin.flags if flag != "fuzzy"]
        if returned:
            return entry.with_flags(flags)
        # What the translation was made from: a text before the last one, if that was fuzzy too.
        old = origin.previous[1] if "fuzzy" in origin.flags else ""
        entry = entry.with_flags(["fuzzy", *flags])
        return entry.with_previous(("", old or origin.key[1]), width)
    if offer is not None:
        entry = new_entry(context, source, width, offer.translation)
        return entry.with_comment("#", [f"{OFFERED}{offer.origin}"]).with_flags(["fuzzy"])
    return new_entry(context, source, width)


def _described(entry: PoEntry, message: Message) -> PoEntry:
    """Return the entry with the places and the comments of today's sources."""
    entry = _recounted(entry, message)
    if entry.comment("#:") != list(message.places) and _places(entry) != list(message.places):
        entry = entry.with_comment("#:", message.places)
    return entry.with_comment("#.", message.notes)


def _recounted(entry: PoEntry, message: Message) -> PoEntry:
    """Return the entry, fuzzy if a number in it now wants other words beside it."""
    before = plural_categories(entry.comment("#."))
    after = dict(message.categories)
    changed = [name for name in after if name in before and before[name] != after[name]]
    if not changed or not entry.translation:
        return entry
    notes = [f"{RECOUNTED}{{{name}}} was {before[name]}, is {after[name]}" for name in changed]
    kept = [line for line in entry.comment("#") if not line.startswith(RECOUNTED)]
    flags = [flag for flag in entry.flags if flag != "fuzzy"]
    return entry.with_comment("#", [*kept, *notes]).with_flags(["fuzzy", *flags])


def _places(entry: PoEntry) -> list[str]:
    return [place for line in entry.comment("#:") for place in line.split()]


def _replacements(
    catalog: PoFile,
    messages: Sequence[Message],
    old: Mapping[tuple[str, str], PoEntry],
    removed: Sequence[PoEntry],
) -> dict[tuple[str, str], PoEntry]:
    """Return, by the key of a new text, the entry of the text that it replaces.

    The best pairs win: texts of the same role that are similar, or are in the same place and
    are not wholly different.
    """
    positions = {entry.key: index for index, entry in enumerate(catalog.messages)}
    expected = _expected(messages, positions)
    news = [m for m in messages if m.key not in old or not old[m.key].translation]
    usable = {positions[entry.key]: entry for entry in removed if entry.translation}
    returning = {e.previous[1]: e for e in usable.values() if "fuzzy" in e.flags and e.previous[1]}
    everywhere = len(news) * len(usable) <= COMPARED
    pairs: list[tuple[float, int, tuple[str, str], PoEntry]] = []
    for message in dict.fromkeys(news):
        place = expected[message.key]
        near = range(place - NEAR, place + NEAR + 1)
        for candidate in usable if everywhere else near:
            entry = usable.get(candidate)
            if entry is None or entry.key[0] != message.context:
                continue
            least = SIMILAR_IN_PLACE if candidate in near else SIMILAR
            likeness = Indel.normalized_similarity(entry.key[1], message.source, score_cutoff=least)
            if likeness:
                bonus = 0.5 if candidate in near else 0.0
                pairs.append((likeness + bonus, -abs(candidate - place), message.key, entry))
        back = returning.get(message.source)
        if back is not None and back.key[0] == message.context:
            pairs.append((2.0, 0, message.key, back))
    chosen: dict[tuple[str, str], PoEntry] = {}
    used: set[tuple[str, str]] = set()
    for _, _, key, entry in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
        if key not in chosen and entry.key not in used:
            chosen[key] = entry
            used.add(entry.key)
    return chosen


def _expected(
    messages: Sequence[Message], positions: Mapping[tuple[str, str], int]
) -> dict[tuple[str, str], int]:
    """Return where in the catalog each message would stand: after the one that it follows."""
    found: dict[tuple[str, str], int] = {}
    place = -1
    for message in messages:
        place = positions.get(message.key, place + 1)
        found.setdefault(message.key, place)
    return found


def _ordered(
    catalog: PoFile,
    made: Mapping[tuple[str, str], PoEntry],
    replaced: Mapping[tuple[str, str], PoEntry],
) -> tuple[PoEntry, ...]:
    """Return all entries: live ones in the file's order, new ones after what comes before them.

    A text that replaces another takes its place.
    """
    header = [catalog.header] if catalog.header else []
    live_keys = {entry.key for entry in catalog.messages if not entry.obsolete}
    heirs = {origin.key: key for key, origin in replaced.items() if key not in live_keys}
    # The place of each live entry: that of its own text, or of the text that it replaces.
    held_by = {e.key: key for e in catalog.messages if (key := _heir(e, made, heirs))}
    placed = set(held_by.values())
    after: dict[tuple[str, str] | None, list[PoEntry]] = {}
    last: tuple[str, str] | None = None
    for key, entry in made.items():
        if key in placed:
            last = key
        else:
            after.setdefault(last, []).append(entry)
    live = list(after.get(None, []))
    held = {(entry.key, entry.translation) for entry in (*catalog.messages, *made.values())}
    obsolete: list[PoEntry] = []
    for entry in catalog.messages:
        alive = made.get(entry.key)
        if alive is None or (entry.obsolete and entry.translation not in {"", alive.translation}):
            obsolete += _retired(entry, held)
        if not entry.obsolete and (key := held_by.pop(entry.key, None)):
            live += [made[key], *after.get(key, [])]
    return (*header, *live, *obsolete)


def _heir(
    entry: PoEntry,
    made: Mapping[tuple[str, str], PoEntry],
    heirs: Mapping[tuple[str, str], tuple[str, str]],
) -> tuple[str, str] | None:
    """Return the key of the text that takes a live entry's place."""
    if entry.obsolete:
        return None
    return entry.key if entry.key in made else heirs.get(entry.key)


def _retired(entry: PoEntry, held: set[tuple[tuple[str, str], str]]) -> list[PoEntry]:
    """Return an entry as an obsolete one; one that holds no work of its own goes."""
    if entry.obsolete:
        return [entry]
    context, source = entry.previous
    if "fuzzy" in entry.flags and ((context or entry.key[0], source), entry.translation) in held:
        return []
    if not entry.translation and not entry.plural and not entry.comment("#"):
        return []
    bare = entry.with_comment("#.", []).with_comment("#:", [])
    return [bare.as_obsolete()]
