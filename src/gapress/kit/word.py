"""Begins a release from a Word file that was sent: its text, its pictures, what it leaves open."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gapress.catalogs.po import parse_po
from gapress.errors import ContentError, Problem, UsageError, contained
from gapress.kit import starter
from gapress.kit.copying import PicturesToCome, refuse_what_is_there, write_whole
from gapress.kit.start import schema_file, slug_of
from gapress.localization.languages import language as language_of
from gapress.newsroom import NewsroomEntry, read_release
from gapress.release.data import suggestion
from gapress.release.edit import scalar
from gapress.release.kinds import KINDS
from gapress.release.model import Release
from gapress.shipped import shipped
from gapress.word.outline import outline
from gapress.word.package import MAX_FILE, refusal
from gapress.word.pictures import slug_of_words
from gapress.word.reader import read_word
from gapress.word.story import Told, text_of
from gapress.word.written import release_file
from gapress.workspace import why_no_slug

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from gapress.word.outline import Outline
    from gapress.word.story import Story
    from gapress.workspace import Workspace

USUAL = next(iter(KINDS))
"""The kind of what doesn't say what it is."""

# Labels that gapress writes above a headline, beside the kinds.
_LINES = ("For immediate release",)
_ARABIC = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(frozen=True)
class WordWish:
    """What to import, and what is known of it.

    Attributes:
        file: The Word file.
        today: The date of the release if neither the file nor ``date`` says another.
        slug: Its name; made of date and headline if it is empty.
        language: The language that it is written in; empty to go by the file.
        kind: Its kind; empty to go by the file.
        date: The day on which it is issued; none to go by the file.
    """

    file: Path
    today: dt.date
    slug: str = ""
    language: str = ""
    kind: str = ""
    date: dt.date | None = None


@dataclass(frozen=True)
class Imported:
    """A release that was imported.

    Attributes:
        path: Its file.
        language: The language that it is written in.
        kind: Its kind.
        date: Its date.
        pictures: The names of its pictures.
        told: What it doesn't have as the Word file has it.
        blanks: What is still to be filled, in words.
        files: The bytes of its file, of its pictures, and of schemas that were missing.
    """

    path: Path
    language: str
    kind: str
    date: dt.date
    pictures: tuple[str, ...]
    told: tuple[Told, ...]
    blanks: tuple[str, ...]
    files: Mapping[Path, bytes]


def import_word(workspace: Workspace, wish: WordWish) -> Imported:
    """Make a release of a Word file, whole or not at all.

    Raises:
        UsageError: A value is not one, or the release is there already.
        ContentError: The file can't be imported, or the newsroom's file is broken.
        MachineError: A file can't be written.
    """
    made = release_of(workspace, wish)
    write_whole(workspace, made.path.stem, dict(made.files))
    return made


def release_of(workspace: Workspace, wish: WordWish) -> Imported:
    """Return the release that a Word file makes, and write nothing.

    Raises:
        UsageError: A value is not one, or the release is there already.
        ContentError: The file can't be imported, or the newsroom's file is broken.
    """
    newsroom = workspace.newsroom.model
    if wish.language and wish.language not in newsroom.languages:
        known = ", ".join(newsroom.languages)
        raise UsageError(f"no language {wish.language!r} in this newsroom; it has {known}")
    kinds = (*KINDS, *newsroom.kinds)
    if wish.kind and wish.kind not in kinds:
        raise UsageError(f"no kind {wish.kind!r}; {suggestion(wish.kind, kinds)}")
    if wish.slug and (reason := why_no_slug(wish.slug)):
        raise UsageError(f"{wish.slug!r} is no name for a release; {reason}")
    name = wish.file.name
    with contained(name):
        story, package = read_word(_bytes(wish.file), name)
        code = wish.language or _language(story, newsroom)
        found = outline(story, package, code, tuple(newsroom.languages), _own_lines())
    date = wish.date or found.date or wish.today
    if wish.date and found.date and wish.date != found.date:
        story.tell("the dateline", f"says {found.date}; the release is of {wish.date}")
    slug = wish.slug or _slug(found, wish.file, date)
    kind = wish.kind or found.kind or USUAL
    text = _file(found, newsroom, code, kind, date)
    root = workspace.root / "releases"
    path = root / f"{slug}.yaml"
    files = {root / slug / each: raw for each, raw in found.pictures.items()}
    files[path] = text.encode()
    refuse_what_is_there(workspace, slug, files)
    folder = PicturesToCome(found.pictures, tuple(newsroom.languages))
    read_release(files[path], workspace.name(path), newsroom, folder)
    for model_name, model in (("_release", Release), ("_newsroom", NewsroomEntry)):
        schema = root / f"{model_name}.schema.json"
        if not schema.exists():
            files[schema] = schema_file(model)
    blanks = tuple(found.blanks.values())
    pictures = tuple(found.pictures)
    return Imported(path, code, kind, date, pictures, tuple(story.told), blanks, files)


def _bytes(file: Path) -> bytes:
    try:
        if file.stat().st_size > MAX_FILE:
            message = f"has more than {MAX_FILE // 1_000_000} MB"
            raise refusal(file.name, message, "make its pictures smaller")
        return file.read_bytes()
    except OSError as error:
        is_missing = isinstance(error, FileNotFoundError)
        message = "is missing" if is_missing else f"can't be read: {error.strerror}"
        hint = "check its name and folder" if is_missing else "check that it is a file you may read"
        raise ContentError([Problem(str(file), message=message, hint=hint)]) from None


def _language(story: Story, newsroom: NewsroomEntry) -> str:
    """Return the language that a file seems to be written in, of those of the newsroom.

    Programs often mark a text with the language of their menus, so its letters decide between
    directions, and its words between languages that gapress knows words of; only then its marks.
    """
    text = text_of(story.items)
    letters = [c for c in text if c.isalpha()]
    is_rtl = 2 * sum(1 for c in letters if _ARABIC.match(c)) > len(letters)
    codes = [newsroom.language, *(c for c in newsroom.languages if c != newsroom.language)]
    fitting = [
        code
        for code in codes
        if (language_of(code, newsroom.languages[code]).direction == "rtl") == is_rtl
    ]
    if clear := _by_words(text, fitting):
        return clear
    marked = max(story.languages, key=lambda tag: story.languages[tag], default="")
    for tag in (marked, marked.split("-")[0]):
        for code in fitting:
            if tag and tag.casefold() in {code.casefold(), newsroom.languages[code].casefold()}:
                return code
    if not fitting:
        told = "is in a language that the newsroom does not have; it is taken as its own"
        story.tell("the whole file", told)
    return next(iter(fitting), newsroom.language)


def _by_words(text: str, codes: Sequence[str]) -> str:
    """Return the language of which a text has by far the most words; empty if that is not clear."""
    known = {code: _vocabulary(code.split("-")[0]) for code in codes}
    if len(known) < 2:
        return ""
    words = Counter(re.findall(r"[^\W\d_]+", text.casefold()))
    score = {
        code: sum(
            many
            for word, many in words.items()
            if word in own and not any(word in known[other] for other in known if other != code)
        )
        for code, own in known.items()
    }
    first, second, *_ = sorted(score.values(), reverse=True)
    return max(score, key=lambda code: score[code]) if first >= 5 and first > 2 * second else ""


def _vocabulary(language: str) -> frozenset[str]:
    """Return the words of the texts that gapress ships in a language; none in most."""
    if language not in starter.languages():
        return frozenset()
    texts = " ".join(starter.written(name, language) for name in starter.skeleton_names())
    prose = " ".join(re.findall(r"(?<=[a-zà-ÿ,] )[^\W\d_]{1,6}(?= )", texts))
    return frozenset(prose.casefold().split())


def _own_lines() -> dict[str, str]:
    """Return the lines that gapress writes above a headline, in all its languages, with kinds."""
    wanted = {label: kind for kind, label in KINDS.items()} | dict.fromkeys(_LINES, "")
    found = {label.casefold(): kind for label, kind in wanted.items()}
    for path in sorted(shipped("locales").glob("*/LC_MESSAGES/gapress.po")):
        for entry in parse_po(path.read_bytes(), path.name).messages:
            label = entry.key[1]
            if label in wanted and entry.translation:
                found[entry.translation.casefold()] = wanted[label]
    return found


def _slug(found: Outline, file: Path, date: dt.date) -> str:
    if found.headline:
        try:
            return slug_of(found.headline, date)
        except UsageError:
            pass
    words = slug_of_words(file.stem)
    if not words:
        message = "a name can't be made of the headline or of the file's name; give one after FILE"
        raise UsageError(message)
    return words if words.startswith(date.isoformat()) else f"{date.isoformat()}-{words}"


def _file(found: Outline, newsroom: NewsroomEntry, code: str, kind: str, date: dt.date) -> str:
    head = dict(found.head)
    first: dict[str, Any] = {"kind": kind}
    if code != newsroom.language:
        first["language"] = code
    ordered = {**first, "date": date.isoformat()}
    for key in ("dateline", "headline", "subheadline", "summary", "people"):
        if key in head:
            ordered[key] = head[key]
    if found.blanks:
        ordered["facts"] = {
            name: {"blank": words, "kind": "text"} for name, words in found.blanks.items()
        }
    tail = {"footnotes": found.footnotes} if found.footnotes else {}
    contacts = f"[{scalar(next(iter(newsroom.contacts)))}]"
    return release_file(ordered, found.body, {**tail, "contacts": contacts})
