"""Makes a release from another: a skeleton of the newsroom, a former release, a shipped skeleton.

Texts, comments and translations are taken over as they are. What was true of a former release
alone is not: its figures become blanks, which keep the new one from being published.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from gapress.catalogs.po import parse_po
from gapress.catalogs.translations import folder_name
from gapress.errors import UsageError
from gapress.kit import starter
from gapress.kit.folder import replace_file
from gapress.kit.translate import WIDTH, update
from gapress.newsroom import read_release
from gapress.release.blanks import blank_places
from gapress.release.computed import is_computed
from gapress.release.data import suggestion
from gapress.release.edit import Edits, mapping, scalar
from gapress.release.facts import BlankFact, FactModel
from gapress.release.kinds import KINDS
from gapress.release.markup import scan
from gapress.release.model import Release
from gapress.release.pictures import EVERY, variants
from gapress.release.read import value_at
from gapress.release.schema import json_schema, walk
from gapress.workspace import SKELETONS, Workspace, is_skeleton, why_no_slug

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from gapress.release.read import Source
    from gapress.release.yaml import Path as YamlPath

# What is true of one release alone.
OWN_KEYS = ("reference", "version", "embargo", "correction", "withdrawal")
OWN_NUMBERS = ("case", "other")  # of its identifiers; the others are those of an organisation
_SCHEMA = re.compile(r"(\$schema=)(?:\.\./)?(_release\.schema\.json)")


@dataclass(frozen=True)
class Wish:
    """What a new release is made from, and what is known of it.

    Attributes:
        source: A skeleton, a release, or the kind of a shipped skeleton.
        date: The day on which it is issued.
        slug: Its name, or ``_skeletons/…`` to make a skeleton; made of the date if it is empty.
        headline: Its headline, as a text of a release; empty to keep that of the source.
        city: Where it is issued; empty to keep that of the source.
        language: The language in which it is written; empty for that of the source.
    """

    source: str
    date: dt.date
    slug: str = ""
    headline: str = ""
    city: str = ""
    language: str = ""


@dataclass(frozen=True)
class Begun:
    """A new release: its file, what it was made from, and how many blanks it has."""

    path: Path
    origin: str
    blanks: int


@dataclass
class _Files:
    """What a new release consists of, before anything is written.

    Attributes:
        text: Its file.
        catalogs: Its catalogs, by the folder of their language in ``locales/``.
        pictures: Its pictures, by name.
    """

    text: str
    catalogs: dict[str, bytes] = field(default_factory=dict)
    pictures: dict[str, bytes] = field(default_factory=dict)


def start_from(workspace: Workspace, wish: Wish) -> Begun:
    """Make a release with its catalogs and pictures, whole or not at all.

    Args:
        workspace: The newsroom's folder.
        wish: What to make.

    Raises:
        UsageError: There is no such source, or the new release is there already.
        ContentError: The source, or one of its catalogs, is broken.
        MachineError: A file can't be written.
    """
    origin = _find(workspace, wish.source)
    slug = wish.slug or _slug(wish, origin)
    bare = slug.removeprefix(f"{SKELETONS}/")
    if reason := why_no_slug(bare):
        raise UsageError(f"{bare!r} is no name for a release; {reason}")
    path = workspace.root / "releases" / f"{slug}.yaml"
    if origin is None:
        made = _shipped(workspace, _shipped_name(wish.source), wish, slug)
    else:
        made = _copied(workspace, origin, wish, slug)
    files = {workspace.root / "releases" / slug / n: data for n, data in made.pictures.items()}
    locales = workspace.root / "locales"
    files |= {
        locales / folder / "LC_MESSAGES" / f"{slug}.po": data
        for folder, data in made.catalogs.items()
    }
    above = "../" if is_skeleton(slug) else ""
    text = _SCHEMA.sub(rf"\g<1>{above}\g<2>", made.text)
    files[path] = text.encode()
    newsroom = workspace.newsroom.model
    folder = PicturesToCome(made.pictures, tuple(newsroom.languages))
    source, _ = read_release(files[path], workspace.name(path), newsroom, folder)
    refuse_what_is_there(workspace, slug, files)
    write_whole(workspace, slug, files)
    shown = origin or _shipped_name(wish.source)
    return Begun(path, shown, sum(1 for _ in blank_places(source)))


@dataclass(frozen=True)
class PicturesToCome:
    """The pictures that a new release will have."""

    data: Mapping[str, bytes]
    languages: tuple[str, ...]

    def files(self, name: str) -> dict[str, str]:
        """Return the files for a picture, by the code of the language or direction they are for."""
        return {EVERY: name, **variants(name, self.data, self.languages)}

    def read(self, name: str) -> tuple[str, bytes]:
        """Return the name for messages and the bytes of a picture."""
        alike = (n for n in self.data if normalize("NFC", n) == normalize("NFC", name))
        return name, self.data.get(next(alike, ""), b"")


def refuse_what_is_there(workspace: Workspace, slug: str, files: dict[Path, bytes]) -> None:
    """Refuse to overwrite a file of a release that is to be made.

    Raises:
        UsageError: One is there.
    """
    left = sorted((workspace.root / "locales").glob(f"*/LC_MESSAGES/{slug}.po"))
    for path in (workspace.root / "releases" / f"{slug}.yaml", *left, *files):
        if path.exists() or path.is_symlink():
            name = workspace.name(path)
            raise UsageError(f"{name} is there already; choose another name")


def write_whole(workspace: Workspace, slug: str, files: dict[Path, bytes]) -> None:
    """Write the files of a release and bring its catalogs up to date: all of it, or nothing.

    Raises:
        ContentError: A catalog of the newsroom is broken.
        MachineError: A file can't be written.
    """
    locales = workspace.root / "locales"
    folders = {p for path in files for p in path.parents if not p.exists()}
    try:
        for path, data in files.items():
            replace_file(path, data)
        update(Workspace(workspace.root), [slug]).sound()
    except BaseException:
        also = [locales / f"{slug}.pot", *locales.glob(f"*/LC_MESSAGES/{slug}.po")]
        for path in (*files, *also):
            with suppress(OSError):
                path.unlink(missing_ok=True)
        for folder in sorted(folders, key=lambda p: len(p.parts), reverse=True):
            with suppress(OSError):
                folder.rmdir()
        raise


def _find(workspace: Workspace, name: str) -> str | None:
    """Return the newsroom's own skeleton or release of this name; none for a shipped skeleton.

    Raises:
        UsageError: There is none of these.
    """
    skeletons, slugs = workspace.skeletons(), workspace.slugs()
    for own in (name, f"{SKELETONS}/{name}", f"{SKELETONS}/{_shipped_name(name)}"):
        if own in skeletons:
            return own
    if name in slugs:
        return name
    kinds = starter.skeleton_names()
    if _shipped_name(name) in kinds:
        return None
    bare = [own.removeprefix(f"{SKELETONS}/") for own in skeletons]
    hint = suggestion(name, [*bare, *slugs, *(kind.replace("-", " ") for kind in kinds)])
    if hint.startswith("known are"):  # without the releases, of which there may be hundreds
        hint = suggestion("", [*bare, *(kind.replace("-", " ") for kind in kinds)])
        hint = f"{hint}, and every release"
    raise UsageError(f"no skeleton or release {name!r}; {hint}")


def _shipped_name(kind: str) -> str:
    return "-".join(kind.casefold().replace("_", " ").split())


def _slug(wish: Wish, origin: str | None) -> str:
    name = (origin or _shipped_name(wish.source)).removeprefix(f"{SKELETONS}/")
    return f"{wish.date.isoformat()}-{re.sub(r'^[0-9]{4}-[0-9]{2}-[0-9]{2}-', '', name)}"


# --- of the newsroom ----------------------------------------------------------------------------


def _copied(workspace: Workspace, origin: str, wish: Wish, slug: str) -> _Files:
    source, _ = workspace.release(origin)
    written_in = source.model.language or workspace.newsroom.model.language
    if wish.language not in {"", written_in}:
        message = f"{wish.source} is written in {written_in}, not in {wish.language}"
        raise UsageError(f"{message}; leave --language out")
    path = workspace.root / "releases" / f"{origin}.yaml"
    edits = Edits(workspace.read_bytes(path), workspace.name(path))
    edits.set(("date",), wish.date.isoformat())
    given_texts: tuple[tuple[str, YamlPath, str], ...] = (
        ("--headline", ("headline",), wish.headline),
        ("--city", ("dateline", "city"), wish.city),
    )
    for option, place, given in given_texts:
        try:
            if given:
                edits.set_text(place, given)
        except KeyError:
            message = f"{wish.source} has no {place[-1]} of its own; leave {option} out"
            raise UsageError(message) from None
    if not is_skeleton(origin):
        for key in OWN_KEYS:
            edits.remove(key)
        _keep_numbers(edits, source)
        for place, blank in _blanked(source):
            edits.set(place, mapping(blank))
    made = _Files(edits.text())
    locales = workspace.root / "locales"
    for catalog in sorted(locales.glob(f"*/LC_MESSAGES/{origin}.po")):
        folder_of_language = catalog.relative_to(locales).parts[0]
        raw = workspace.read_bytes(catalog)
        made.catalogs[folder_of_language] = _renamed(raw, workspace.name(catalog), origin, slug)
    folder = workspace.root / "releases" / origin
    for picture in sorted(folder.rglob("*")) if folder.is_dir() else ():
        name = picture.relative_to(folder).as_posix()
        if not picture.is_dir() and not any(part.startswith(".") for part in name.split("/")):
            made.pictures[name] = workspace.read_bytes(picture)
    return made


def _keep_numbers(edits: Edits, source: Source[Release]) -> None:
    """Keep the numbers of the organisation, not those of the former release alone."""
    given = source.tree.data.get("identifiers")
    if not isinstance(given, dict) or not {*OWN_NUMBERS} & {*given}:
        return
    kept = {name: value for name, value in given.items() if name not in OWN_NUMBERS}
    if kept:
        edits.set(("identifiers",), mapping(kept))
    else:
        edits.remove("identifiers")


def _blanked(source: Source[Release]) -> Iterator[tuple[YamlPath, dict[str, object]]]:
    """Yield the place of each fact, also in cells of tables, and the blank that takes it."""
    done: list[YamlPath] = []
    for path, _, value in walk(json_schema(Release), source.tree.data):
        if any(path[: len(above)] == above for above in done) or not path:
            continue
        if path[0] not in {"facts", "body"} or (path[0] == "facts" and len(path) != 2):
            continue
        if is_computed(value):  # it follows from those that are blank
            continue
        fact = _at(source.model, path)
        if isinstance(fact, FactModel) and not isinstance(fact, BlankFact):
            done.append(path)
            was = mapping(value) if isinstance(value, dict) else str(value)
            blank: dict[str, object] = {"blank": _called(source, path), "kind": type(fact).key()}
            yield path, {**blank, "was": was}


def _at(model: Any, path: YamlPath) -> object:
    try:
        return value_at(model, path)
    except (LookupError, AttributeError, TypeError):  # a model may arrange its data otherwise
        return None


def _called(source: Source[Release], path: YamlPath) -> str:
    """Return what a fact is called: its name, or the heading of its row."""
    if path[0] == "facts":
        return str(path[1]).replace("_", " ")
    row = value_at(source.model, path[:-1])
    first = row[0] if isinstance(row, tuple) and row else None
    words = scan(first)[0] if isinstance(first, str) else ()
    shown = "".join(token.value for token in words if token.kind == "text").strip()
    return shown or "…"


def _renamed(raw: bytes, file: str, old: str, new: str) -> bytes:
    """Return a catalog with the name of another release in its header."""
    catalog = parse_po(raw, file)
    if catalog.header is None:
        return raw
    said = catalog.header.translation
    line = re.compile(rf"(?m)^(Project-Id-Version: *){re.escape(old)}$")
    head = catalog.header.with_string("msgstr", line.sub(rf"\g<1>{new}", said), WIDTH)
    return replace(catalog, entries=(head, *catalog.entries[1:])).to_bytes()


# --- shipped with gapress -----------------------------------------------------------------------


def _shipped(workspace: Workspace, name: str, wish: Wish, slug: str) -> _Files:
    newsroom = workspace.newsroom.model
    codes = [newsroom.language, *newsroom.languages]
    found = {code: starter.language_of(newsroom.languages[code], name) for code in codes}
    ready = [code for code in codes if found[code]]
    code = wish.language or next(iter(ready), newsroom.language)
    if code not in newsroom.languages:
        listed = ", ".join(newsroom.languages)
        raise UsageError(f"no language {code!r} in this newsroom; it has {listed}")
    written_in = found[code]
    if written_in is None:
        listed = ", ".join(known.replace("_", "-") for known in starter.languages(name))
        raise UsageError(f"the shipped skeletons are in {listed}, not in {code}; write one of your "
                         f"own in releases/{SKELETONS}/")  # fmt: skip
    text = starter.written(name, written_in)
    for mark, given, key in (("CITY", wish.city, "city"), ("HEADLINE", wish.headline, "headline")):
        if f" {mark}\n" in text and given:
            text = text.replace(f" {mark}\n", f" {scalar(given)}\n")
            text = re.sub(rf"(?m)^  {key}: \{{blank: .*\n", "", text)
        text = text.replace(f" {mark}\n", f' "{{{key}}}"\n')
    marks = {
        "DATE": wish.date.isoformat(),
        "LANGUAGE": code,
        "CONTACT": next(iter(newsroom.contacts)),
    }
    edits = Edits(starter.filled(text, marks).encode(), f"{name}.yaml")
    if wish.headline and "HEADLINE" not in starter.written(name, written_in):
        edits.set_text(("headline",), wish.headline)
    if (kind := name.replace("-", " ")) in KINDS:
        edits.set(("kind",), kind)
    if code != newsroom.language:
        edits.add_first(f"language: {code}")
    made = _Files(edits.text())
    for other, tag in newsroom.languages.items():
        publisher = newsroom.organisation.name
        catalog = starter.catalog(name, written_in, tag, publisher, slug)
        if other != code and catalog is not None:
            made.catalogs[folder_name(other)] = catalog.to_bytes()
    return made
