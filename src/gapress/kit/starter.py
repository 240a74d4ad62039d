"""The texts that come with gapress to begin with: a newsroom, a first release, skeletons.

They are written in English and translated in ``starter/locales``; in a newsroom of another language
they are written in that one, and English is a translation like the others.
"""

from __future__ import annotations

import re
import textwrap
from importlib.resources import files
from typing import TYPE_CHECKING

from gapress.catalogs.po import PoFile, new_entry, parse_po
from gapress.catalogs.translations import fallbacks
from gapress.kit.translate import WIDTH, header
from gapress.newsroom import NewsroomEntry
from gapress.release.edit import Edits
from gapress.release.model import Release
from gapress.release.schema import json_schema, texts
from gapress.release.yaml import parse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

WRITTEN_IN = "en"
NEWSROOM = "newsroom"
FIRST = "first-release"
# The role of a comment in the catalogs of the starter; no text of a release has it.
COMMENT = "comment"
_COMMENTS = re.compile(r"(?m)^[ ]*# (?!yaml-language-server)[^\n]*\n(?:[ ]*# [^\n]*\n)*")


def languages(name: str = FIRST) -> list[str]:
    """Return the languages that a file of the starter is there in, by their folders' names.

    Args:
        name: The file; without it, the languages in which a newsroom may begin.
    """
    found = [each for each in _folder("locales").iterdir() if each.joinpath(f"{name}.po").is_file()]
    return [WRITTEN_IN, *sorted(each.name for each in found)]


def language_of(tag: str, name: str = FIRST) -> str | None:
    """Return which of :func:`languages` a BCP 47 tag asks for; none if none of them."""
    known = languages(name)
    return next((folder for folder in fallbacks(tag) if folder in known), None)


def skeleton_names() -> list[str]:
    """Return the names of the skeletons, such as ``holding-statement``."""
    found = (each.name for each in _folder("skeletons").iterdir())
    return sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml"))


def written(name: str, code: str) -> str:
    """Return a file of the starter in a language, with its marks: words in capital letters.

    Args:
        name: ``newsroom``, ``first-release`` or that of a skeleton.
        code: One of :func:`languages`.
    """
    raw = _file(name).read_bytes()
    if code == WRITTEN_IN:
        return raw.decode()
    known = _translations(name, code)
    edits = Edits(raw, f"{name}.yaml")
    schema = json_schema(NewsroomEntry if name == NEWSROOM else Release)
    for path, role, text in texts(schema, parse(raw, f"{name}.yaml").data):
        if found := known.get((role, _normal(text))):
            edits.set_text(path, found)

    def in_language(match: re.Match[str]) -> str:
        lines = match[0].splitlines()
        indent = lines[0].partition("#")[0]
        text = " ".join(line.strip().removeprefix("# ") for line in lines)
        mark = f"{indent}# "
        new = textwrap.wrap(
            known.get((COMMENT, text), text),
            WIDTH + 20,
            initial_indent=mark,
            subsequent_indent=mark,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return "".join(f"{line}\n" for line in new)

    return _COMMENTS.sub(in_language, edits.text())


def catalog(name: str, written_in: str, tag: str, publisher: str, domain: str) -> PoFile | None:
    """Return the catalog of a file of the starter; none where it isn't translated.

    Args:
        name: The file, as for :func:`written`.
        written_in: The language in which it is written.
        tag: The language to translate it into.
        publisher: The organisation.
        domain: The catalog's name in the newsroom.
    """
    code = language_of(tag, name)
    if code is None:
        return None
    sources = _translations(name, written_in)
    targets = _translations(name, code)
    keys = [key for key in (sources or targets) if key[0] != COMMENT]
    found = {(key[0], sources.get(key, key[1])): targets.get(key, key[1]) for key in keys}
    entries = (new_entry(*key, WIDTH, text) for key, text in found.items())
    return PoFile((header(domain, publisher, tag), *entries))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a file of the starter with values for its marks."""
    marks = re.compile(rf"(?<=[ \[])(?:{'|'.join(values)})(?=[\n}},\]])")
    return marks.sub(lambda match: values[match[0]], text)


def _translations(name: str, code: str) -> dict[tuple[str, str], str]:
    """Return the translations by role and English text; none for English."""
    if code == WRITTEN_IN:
        return {}
    raw = _folder("locales").joinpath(code, f"{name}.po").read_bytes()
    return {entry.key: entry.translation for entry in parse_po(raw, f"{name}.po").messages}


def _normal(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")


def _file(name: str) -> Traversable:
    if name in {NEWSROOM, FIRST}:
        return _folder("releases").joinpath(
            "_newsroom.yaml" if name == NEWSROOM else f"{name}.yaml"
        )
    return _folder("skeletons").joinpath(f"{name}.yaml")


def _folder(name: str) -> Traversable:
    return files("gapress").joinpath("starter", name)
