"""Checks what a release refers to: facts, people, columns, boilerplates, contacts, zones, versions.

Works on the data of the file, whether or not it fits the model, so that the officer sees these
problems together with the others.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

from gapress.release.embargo import check_embargo
from gapress.release.markup import scan
from gapress.release.model import IMAGE, Release
from gapress.release.read import suggestion
from gapress.release.revisions import check_revisions
from gapress.release.schema import json_schema, texts
from gapress.release.tables import cell_name, check_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gapress.errors import Problem
    from gapress.release.yaml import Path, Tree


def check_release(tree: Tree, known: Mapping[str, Iterable[str]]) -> Iterator[Problem]:
    """Yield the problems in a release's references.

    Args:
        tree: The release's file.
        known: The keys of the newsroom's ``boilerplates``, ``contacts`` and ``languages``; and its
            ``time_zones``, its own first.
    """
    data = tree.data
    facts = _mapping_named(data, "facts")
    is_told = "facts" in data and not isinstance(data["facts"], dict)
    yield from check_texts(tree, json_schema(Release), None if is_told else facts)
    for path, speaker in _body(data, "speaker"):
        people = _mapping_named(data, "people")
        if isinstance(speaker, str) and speaker not in people:
            yield tree.problem(
                path, f"speaker {speaker} is not in people", suggestion(speaker, people)
            )
    for path, record in _body(data, "on_record"):
        if (
            isinstance(record, str)
            and re.fullmatch(r"[a-z]{2,3}(-\w+)*", record)
            and not is_language(record)
        ):
            yield tree.problem(path, f"CLDR has no language {record}", "write a code such as en")
    yield from check_tables(tree)
    for name in ("boilerplates", "contacts"):
        for index, key in enumerate(_sequence(data.get(name))):
            if isinstance(key, str) and key not in known[name]:
                yield tree.problem(
                    (name, index),
                    f"{key} is not in {name} of _newsroom.yaml",
                    suggestion(key, known[name]),
                )
    language = data.get("language")
    if isinstance(language, str) and language not in known["languages"]:
        hint = suggestion(language, known["languages"])
        yield tree.problem(("language",), f"{language} is not a language of the newsroom", hint)
    zones = tuple(known["time_zones"])
    yield from check_embargo(tree, zones)
    yield from check_revisions(tree, zones[0])


def check_texts(
    tree: Tree, schema: dict[str, Any], facts: Iterable[str] | None
) -> Iterator[Problem]:
    """Yield the problems in the markup and the placeholders of a file's texts.

    Args:
        tree: The file.
        schema: The schema of its model.
        facts: The names that texts may use; none if they can't be known.
    """
    known = None if facts is None else set(facts)
    for path, _, text in texts(schema, tree.data):
        found, reasons = scan(text)
        where = f"{place}: " if (place := cell_name(tree.data, path)) else ""
        for reason in reasons:
            message, _, hint = reason.partition("; ")
            yield tree.problem(path, f"{where}{message}", hint)
        if known is None:
            continue
        for name in sorted({token.value for token in found if token.kind == "placeholder"} - known):
            message = f"{where}{{{name}}} is not in facts"
            yield tree.problem(path, message, suggestion(name, known))


def is_language(tag: str) -> bool:
    """Whether CLDR knows a BCP 47 tag."""
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return False
    return True


def images(tree: Tree) -> Iterator[tuple[Path, str]]:
    """Yield place and file name of each picture that a release's file names rightly."""
    for path, image in _body(tree.data, "image"):
        if isinstance(image, str) and re.fullmatch(IMAGE, image):
            yield path, image


def _body(data: Mapping[str, Any], key: str) -> Iterator[tuple[Path, Any]]:
    for index, block in enumerate(_sequence(data.get("body"))):
        if isinstance(block, dict) and key in block:
            yield ("body", index, key), block[key]


def _mapping_named(data: Mapping[str, Any], name: str) -> dict[str, Any]:
    """Return the mapping of a key, or of one that is misspelt: that one mistake is told once."""
    close = [name] if name in data else difflib.get_close_matches(name, data, n=1)
    return _mapping(data.get(close[0])) if close else {}


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _sequence(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
