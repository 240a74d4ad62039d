"""Starts a newsroom, and a release in it: files to edit, complete enough to render at once."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError

from gapress.catalogs.po import new_entry
from gapress.catalogs.translations import folder_name
from gapress.errors import UsageError
from gapress.kit import starter
from gapress.kit.folder import replace_file
from gapress.kit.translate import WIDTH, update
from gapress.newsroom import NewsroomEntry, read_newsroom, read_release
from gapress.release.data import suggestion
from gapress.release.kinds import KINDS
from gapress.release.model import Release
from gapress.release.schema import json_schema
from gapress.workspace import MAX_SLUG, NEWSROOM_FILE, Workspace, why_no_slug

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence


# In a newsroom that names none: the languages that it may begin in, the source language first.
DEFAULT_LANGUAGES = ("en", "fr", "ar")


def start_newsroom(
    root: Path,
    name: str,
    languages: Sequence[str],
    zone: str,
    today: dt.date,
    source: str = starter.WRITTEN_IN,
) -> Workspace:
    """Make a newsroom with a first release.

    Args:
        root: The folder; it may be there already, but not hold a newsroom.
        name: The organisation.
        languages: BCP 47 tags; the source language is always among them.
        zone: IANA name of the time zone.
        today: The first release's date.
        source: BCP 47 tag of the language in which everything is written: one of the starter's.

    Returns:
        The newsroom's folder.

    Raises:
        UsageError: There is a newsroom already, or a tag is not one.
        ContentError: The name or the time zone can't be used; nothing was written.
        MachineError: A file can't be written.
    """
    if (root / "releases" / NEWSROOM_FILE).exists():
        raise UsageError(f"there is a newsroom already in {root}; gapress new adds a release to it")
    own = _code(_tag(source))
    written_in = starter.language_of(source)
    if written_in is None:
        known = ", ".join(code.replace("_", "-") for code in starter.languages())
        raise UsageError(f"a newsroom can't begin in {source!r}; choose one of {known}")
    tags = {_code(tag): _tag(tag) for tag in (source, *(languages or DEFAULT_LANGUAGES))}
    if source != own:  # said twice, the region counts
        tags[own] = source
    slug = f"{today.isoformat()}-{starter.FIRST}"
    lines = "\n  ".join(f"{code}: {tag}" for code, tag in tags.items())
    shown = literal(name)
    marks = {
        "NAME": _quoted(shown),
        "LANGUAGES": lines,
        "LANGUAGE": own,
        "ZONE": zone,
        "DATE": today.isoformat(),
        "COUNT": str(len(tags)),
    }
    made = {
        f"releases/{domain}.yaml": starter.filled(starter.written(file, written_in), marks).encode()
        for domain, file in (("_newsroom", starter.NEWSROOM), (slug, starter.FIRST))
    }
    made["releases/_newsroom.schema.json"] = schema_file(NewsroomEntry)
    made["releases/_release.schema.json"] = schema_file(Release)
    newsroom = f"releases/{NEWSROOM_FILE}"
    read_newsroom(made[newsroom], newsroom)  # before anything is written
    for code, tag in tags.items():
        for domain, file in ((starter.NEWSROOM, starter.NEWSROOM), (slug, starter.FIRST)):
            catalog = starter.catalog(file, written_in, tag, name, domain)
            if code == own or catalog is None:
                continue
            if domain == starter.NEWSROOM:  # the name stands as it is, until it is translated
                entry = new_entry("organisation", shown, WIDTH, shown)
                head, *rest = catalog.entries
                catalog = replace(catalog, entries=(head, entry, *rest))
            made[f"locales/{folder_name(code)}/LC_MESSAGES/{domain}.po"] = catalog.to_bytes()
    for path, content in made.items():
        if not (root / path).exists():
            replace_file(root / path, content)
    workspace = Workspace(root)
    update(workspace, [slug]).sound()
    return workspace


def _tag(tag: str) -> str:
    try:
        Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        raise UsageError(f"{tag!r} is no language; write a tag such as fr or fr-MA") from None
    return tag


def _code(tag: str) -> str:
    """Return the newsroom's name for a language: with its script if that is said, no region."""
    language, *more = tag.split("-")
    return "-".join([language, *(part for part in more[:1] if len(part) == len("Latn"))])


def schema_file(model: type[NewsroomEntry] | type[Release]) -> bytes:
    """Return the file with the JSON Schema of a source file, for editors."""
    return f"{json.dumps(json_schema(model), indent=2, ensure_ascii=False)}\n".encode()


def _quoted(text: str) -> str:
    """Return a text as a double-quoted scalar: JSON is YAML (YAML 1.2.2, 1.3)."""
    return json.dumps(text, ensure_ascii=False)


# --- a release ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Draft:
    """What a new release begins with.

    Attributes:
        kind: A kind that gapress ships, or one of the newsroom's own.
        language: The language in which it is written.
        headline: Its headline, as text.
        city: Where it is issued.
        date: The day on which it is issued.
        slug: Its name; made of date and headline where it is empty.
    """

    kind: str
    language: str
    headline: str
    city: str
    date: dt.date
    slug: str = ""


def start_release(workspace: Workspace, draft: Draft) -> Path:
    """Make a release's file and its catalogs; return the file.

    Raises:
        UsageError: A value is not one, or the release is there already.
        ContentError: The newsroom's file is broken, or a text can't be used; nothing was written.
        MachineError: A file can't be written.
    """
    newsroom = workspace.newsroom.model
    if draft.language not in newsroom.languages:
        known = ", ".join(newsroom.languages)
        raise UsageError(f"no language {draft.language!r} in this newsroom; it has {known}")
    if draft.kind not in (kinds := (*KINDS, *newsroom.kinds)):
        raise UsageError(f"no kind {draft.kind!r}; {suggestion(draft.kind, kinds)}")
    slug = draft.slug or slug_of(draft.headline, draft.date)
    if reason := why_no_slug(slug):
        raise UsageError(f"{slug!r} is no name for a release; {reason}")
    path = workspace.root / "releases" / f"{slug}.yaml"
    if path.exists():
        raise UsageError(f"releases/{slug}.yaml is there already; choose another with --slug")
    own = f"language: {draft.language}\n" if draft.language != newsroom.language else ""
    kind = draft.kind if draft.kind in KINDS else _quoted(draft.kind)
    text = (
        "# yaml-language-server: $schema=_release.schema.json\n"
        f"kind: {kind}\n{own}date: {draft.date.isoformat()}\n"
        f"dateline:\n  city: {_quoted(draft.city)}\n"
        f"headline: {_quoted(literal(draft.headline))}\n\n"
        "# Figures, dates and amounts are facts: {name} in a text, formatted for each language.\n"
        "# facts:\n#   guests: {number: 1500}\n\n"
        f"body:\n  - paragraph: {_quoted(literal(draft.headline))}\n\n"
        f"contacts: [{next(iter(newsroom.contacts))}]\n"
    )
    read_release(text.encode(), workspace.name(path), newsroom)
    replace_file(path, text.encode())
    for name, model in (("_release", Release), ("_newsroom", NewsroomEntry)):
        schema = workspace.root / "releases" / f"{name}.schema.json"
        if not schema.exists():
            replace_file(schema, schema_file(model))
    update(Workspace(workspace.root), [slug]).sound()
    return path


def slug_of(headline: str, date: dt.date) -> str:
    """Return a slug of date and headline.

    Raises:
        UsageError: The headline has no Latin letter or digit.
    """
    plain = unicodedata.normalize("NFKD", headline).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    if not words:
        raise UsageError("a name can't be made of this headline; give one with --slug")
    name = date.isoformat()
    for word in words:
        if len(name) + 1 + len(word) > min(MAX_SLUG, 60):
            break
        name += f"-{word}"
    return name


def literal(text: str) -> str:
    """Return a text in which nothing is markup or a placeholder."""
    return re.sub(r"([\\*_\[\]`<>])", r"\\\1", text).replace("{", "{{").replace("}", "}}")


def machine_zone() -> str:
    """Return the IANA name of this machine's time zone; ``UTC`` where it is not known."""
    try:
        place = Path("/etc/localtime").resolve(strict=True).as_posix()
    except OSError:
        return "UTC"
    _, found, name = place.partition("/zoneinfo/")
    return name if found and "/" in name else "UTC"
