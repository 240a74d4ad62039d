"""Checks what a release refers to: facts, people, columns, boilerplates, contacts, zones, versions.

Works on the data of the file, whether or not it fits the model, so that the officer sees these
problems together with the others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gapress.release.blocks import BLOCKS
from gapress.release.data import mapping_named, sequence, suggestion
from gapress.release.embargo import check_embargo
from gapress.release.fields import PICTURE_MARK
from gapress.release.markup import scan
from gapress.release.media import PICTURE_NAME
from gapress.release.model import Release
from gapress.release.notes import check_footnotes
from gapress.release.revisions import check_revisions
from gapress.release.schema import json_schema, texts, walk
from gapress.release.tables import cell_name

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
    facts = mapping_named(data, "facts")
    is_told = "facts" in data and not isinstance(data["facts"], dict)
    yield from check_texts(tree, json_schema(Release), None if is_told else facts)
    yield from check_footnotes(tree)
    for index, block in enumerate(sequence(data.get("body"))):
        kind = next((k for k in BLOCKS if isinstance(block, dict) and k.key() in block), None)
        if kind:
            yield from kind.check(tree, ("body", index), block)
    for name in ("boilerplates", "contacts"):
        for index, key in enumerate(sequence(data.get(name))):
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


def pictures_named(tree: Tree) -> Iterator[tuple[Path, str]]:
    """Yield place and file name of each picture that a release's file names rightly."""
    for path, place, name in walk(json_schema(Release), tree.data):
        if PICTURE_MARK in place and isinstance(name, str) and re.fullmatch(PICTURE_NAME, name):
            yield path, name
