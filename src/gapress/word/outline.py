"""Makes a release of what a Word file says: its head from the first lines, its body from the rest.

What the file leaves open, and a release must have, becomes a blank.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gapress.release.fields import MAX_TEXT
from gapress.word.body import Body
from gapress.word.dateline import find_dateline, looks_like_one
from gapress.word.story import Paragraph, cut, excerpt, stripped, without_bold

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from gapress.word.package import Package
    from gapress.word.story import Item, Story

_LONGEST = 200  # characters of a headline
_SHORT = 120  # characters of a line of a letterhead
_AMONG = 12  # paragraphs in which a headline that has no style is looked for
_BLANK = {"headline": "Headline", "text": "Text"}


@dataclass
class Outline:
    """A release that is begun: what its file will say.

    Attributes:
        headline: The headline as plain words, for its name; empty where the file has none.
        head: Keys and values before the body, but for those that the import decides.
        body: The blocks.
        footnotes: The footnotes by name.
        kind: What the file says that it is; empty where it doesn't.
        pictures: The bytes of the pictures, by name.
        date: The day in the dateline, if it has one.
        blanks: What is still to be filled, by name.
    """

    headline: str = ""
    head: dict[str, Any] = field(default_factory=dict)
    body: list[dict[str, Any]] = field(default_factory=list)
    footnotes: dict[str, str] = field(default_factory=dict)
    kind: str = ""
    pictures: dict[str, bytes] = field(default_factory=dict)
    date: dt.date | None = None
    blanks: dict[str, str] = field(default_factory=dict)


def outline(
    story: Story,
    package: Package,
    language: str,
    others: Sequence[str],
    own_words: Mapping[str, str],
) -> Outline:
    """Return the release that a Word file holds.

    Args:
        story: What the file says; what has no place is added to what it tells.
        package: The file, with the pictures.
        language: The language that it is written in.
        others: Further languages that its dateline may be in.
        own_words: Lines that gapress writes itself above a headline, in small letters: the kinds of
            release, each with its name in release files, and others with nothing.
    """
    found = Outline()
    body = Body(story, package, language)
    items = [item for item in story.items if not _is_empty(item)]
    index = _headline(items)
    before: list[Item] = []
    if index is not None:
        title = items[index]
        assert isinstance(title, Paragraph)  # noqa: S101 - that is what _headline looks for
        text = body.write.text(without_bold(title.pieces), title.where, notes=False)
        found.headline = " ".join(title.text.split())
        found.head["headline"] = text
        before, items = items[:index], items[index + 1 :]
        if title.shots:
            before.append(Paragraph(title.number, pieces=tuple(title.shots)))
    else:
        found.head["headline"] = body.blank("headline", _BLANK["headline"])
        story.tell("the whole file", "has no headline that gapress can tell from its text")
    _subheadline(items, before, body, found)
    items = _dateline(items, (language, *others), found, story)
    body.add([*_letterhead(before, own_words, found, story), *items])
    if not body.blocks:
        body.blocks.append({"paragraph": body.blank("text", _BLANK["text"])})
        story.tell("the whole file", "has no text beside its headline")
    found.body, found.pictures, found.blanks = body.blocks, body.gallery.files, body.blanks
    if body.people:
        found.head["people"] = body.people
    for name, pieces in story.notes.items():
        if name in body.notes_used:
            where = f"footnote {name}"
            found.footnotes[name] = body.write.text(pieces, where) or body.blank(
                f"footnote_{name}", f"Footnote {name}"
            )
        else:
            words = excerpt("".join(getattr(p, "text", "") for p in pieces))
            story.tell(f"footnote {name}", f"is left out, as nothing refers to it: “{words}”")
    return found


def _is_empty(item: Item) -> bool:
    return isinstance(item, Paragraph) and not any(
        not hasattr(piece, "text") or piece.text.strip() for piece in item.pieces
    )


def _headline(items: Sequence[Item]) -> int | None:
    """Return which item is the headline: by its style, or as the most striking of the first."""
    texts = {
        i: item
        for i, item in enumerate(items)
        if isinstance(item, Paragraph) and 0 < len(item.text.strip()) <= _LONGEST
    }
    for kind, level in (("title", 0), ("heading", 1)):
        for index, item in texts.items():
            if item.kind == kind and item.level == level:
                return index
    levels = [i.level for i in items if isinstance(i, Paragraph) and i.kind == "heading"]
    start = next(iter(texts.items()), None)
    if start and levels.count(start[1].level) == 1 and start[1].level == min(levels):
        return start[0]
    sizes = [item.size for item in items if isinstance(item, Paragraph) and item.text.strip()]
    if not sizes:
        return None
    usual = max(set(sizes), key=lambda size: (
        sum(len(i.text) for i in items if isinstance(i, Paragraph) and i.size == size), -size
    ))  # fmt: skip
    among = [
        (index, item)
        for index, item in list(texts.items())[:_AMONG]
        if not item.kind and item.place is None and re.search(r"\w{2}.*\s", item.text.strip())
    ]
    larger = [each for each in among if each[1].size > usual]
    if larger:
        most = max(item.size for _, item in larger)
        return next(index for index, item in larger if item.size == most)
    bold = (index for index, item in among if item.is_bold)
    return next(bold, None) if not all(item.is_bold for _, item in among) else None


def _subheadline(items: list[Item], before: list[Item], body: Body, found: Outline) -> None:
    """Take subtitle and summary, wherever they stand among what comes before the text."""
    for listed in (items[:4], before):
        for item in list(listed):
            if not isinstance(item, Paragraph) or item.shots or not item.text.strip():
                continue
            if item.kind in {"subtitle", "summary"}:
                pieces = without_bold(item.pieces)
                text = body.write.text(pieces, item.where, notes=False)
                key = "summary" if item.kind == "summary" else "subheadline"
                if key not in found.head and len(text) <= MAX_TEXT:
                    found.head[key] = text
                    (items if listed is not before else before).remove(item)


def _letterhead(
    before: Sequence[Item], own_words: Mapping[str, str], found: Outline, story: Story
) -> list[Item]:
    """Return what stands above the headline and is no line of a letterhead; tell what is."""
    kept: list[Item] = []
    for item in before:
        if _is_own(item, own_words, found, story):
            continue
        if isinstance(item, Paragraph) and not item.kind and len(item.text) <= _SHORT:
            if words := " ".join(item.text.split()):
                story.tell(item.where, f"is left out, as it stands above the headline: “{words}”")
            if item.shots:
                kept.append(Paragraph(item.number, pieces=tuple(item.shots)))
            continue
        kept.append(item)
    for item in kept:
        story.tell(item.where, "stands above the headline in Word; it now begins the text")
    return kept


def _is_own(item: Item, own_words: Mapping[str, str], found: Outline, story: Story) -> bool:
    """Whether a line above the headline is one that gapress writes itself; take what it says."""
    if not isinstance(item, Paragraph) or item.shots:
        return False
    said = " ".join(item.text.casefold().split()).strip(" :.*–—-")
    if said not in own_words:
        return False
    found.kind = found.kind or own_words[said]
    story.tell(item.where, "is left out: gapress writes this line itself, by kind and embargo")
    return True


def _dateline(
    items: list[Item], languages: Sequence[str], found: Outline, story: Story
) -> list[Item]:
    """Take the dateline off the first paragraph, or out of a line of its own before it."""
    for index, item in enumerate(items):
        if isinstance(item, Paragraph) and not item.text.strip():
            continue
        if not isinstance(item, Paragraph) or item.kind or item.place is not None:
            break
        codes = tuple(dict.fromkeys(languages))
        read = next(filter(None, (find_dateline(item.text, code) for code in codes)), None)
        whole = (find_dateline(item.text.strip(), code, alone=True) for code in codes)
        alone = None if read else next(filter(None, whole), None)
        taken = read or alone
        if taken is None:
            if looks_like_one(item.text):
                told = "may begin with a dateline; it stays in the text, as gapress can't read it"
                story.tell(item.where, told)
            break
        found.date = taken.date
        place = {"city": taken.city} | ({"country": taken.country} if taken.country else {})
        found.head["dateline"] = place
        end = len(item.text) if alone else taken.end
        rest = stripped(cut(item.pieces, end))
        kept = Paragraph(item.number, pieces=rest)
        return [*items[:index], *([] if _is_empty(kept) else [kept]), *items[index + 1 :]]
    return items
