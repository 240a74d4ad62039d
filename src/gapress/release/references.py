"""Checks what a release refers to: facts, people, columns, boilerplates, contacts, zones, versions.

Works on the data of the file, whether or not it fits the model, so that the officer sees these
problems together with the others.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from gapress.release.embargo import check_embargo
from gapress.release.markup import scan
from gapress.release.media import PICTURE_NAME
from gapress.release.model import Release
from gapress.release.read import suggestion
from gapress.release.schema import json_schema, texts

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
    facts = _mapping(data.get("facts"))
    yield from check_texts(tree, json_schema(Release), facts)
    for path, speaker in _body(data, "speaker"):
        people = _mapping(data.get("people"))
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
    yield from _check_tables(tree)
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
    yield from check_embargo(tree, tuple(known["time_zones"]))
    yield from _check_versions(tree)


def check_texts(tree: Tree, schema: dict[str, Any], facts: Iterable[str]) -> Iterator[Problem]:
    """Yield the problems in the markup and the placeholders of a file's texts."""
    facts = set(facts)
    for path, _, text in texts(schema, tree.data):
        found, reasons = scan(text)
        for reason in reasons:
            message, _, hint = reason.partition("; ")
            yield tree.problem(path, message, hint)
        for name in sorted({token.value for token in found if token.kind == "placeholder"} - facts):
            yield tree.problem(path, f"{{{name}}} is not in facts", suggestion(name, facts))


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
        if isinstance(image, str) and re.fullmatch(PICTURE_NAME, image):
            yield path, image


def _check_tables(tree: Tree) -> Iterator[Problem]:
    for path, rows in _body(tree.data, "rows"):
        columns = _sequence(tree.data["body"][path[1]].get("columns"))
        for index, row in enumerate(_sequence(rows)):
            if isinstance(row, list) and columns and len(row) != len(columns):
                message = f"the row has {len(row)} cells, the table has {len(columns)} columns"
                yield tree.problem((*path, index), message, "give each column its cell")


def _check_versions(tree: Tree) -> Iterator[Problem]:
    current = tree.data.get("version", 1)
    for name in ("correction", "withdrawal"):
        earlier = _mapping(tree.data.get(name)).get("version")
        if isinstance(earlier, Decimal) and isinstance(current, Decimal) and earlier >= current:
            message = f"the {name} concerns version {earlier}, but this is version {current}"
            yield tree.problem(
                (name, "version"), message, f"add a line version: {earlier + 1} at the top"
            )
        elif earlier is not None and current == 1:
            message = f"a {name} makes a new version, but the release has none"
            yield tree.problem((name, "version"), message, "add a line version: 2 at the top")


def _body(data: Mapping[str, Any], key: str) -> Iterator[tuple[Path, Any]]:
    for index, block in enumerate(_sequence(data.get("body"))):
        if isinstance(block, dict) and key in block:
            yield ("body", index, key), block[key]


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _sequence(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
