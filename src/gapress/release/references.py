"""Checks what a release refers to: facts, people, columns, boilerplates, contacts, zones, versions.

Works on the data of the file, whether or not it fits the model, so that the officer sees these
problems together with the others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gapress.release.blocks import BLOCKS
from gapress.release.computed import check_computed
from gapress.release.data import mapping_named, sequence, suggestion
from gapress.release.embargo import check_instants
from gapress.release.fields import PICTURE_MARK, REFERENCE_MARK
from gapress.release.kinds import check_kind
from gapress.release.local import check_before, check_local
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
    from gapress.release.schema import Place
    from gapress.release.yaml import Path, Tree


def check_release(tree: Tree, known: Mapping[str, Iterable[str]]) -> Iterator[Problem]:
    """Yield the problems in a release's references.

    Args:
        tree: The release's file.
        known: The keys of the newsroom's ``boilerplates``, ``contacts``, ``issuers``,
            ``kinds`` and ``languages``; and its ``time_zones``, its own first.
    """
    data = tree.data
    facts = mapping_named(data, "facts")
    is_told = "facts" in data and not isinstance(data["facts"], dict)
    yield from check_texts(tree, json_schema(Release), None if is_told else facts)
    if not is_told:
        yield from check_computed(tree, facts)
    yield from check_footnotes(tree)
    for index, block in enumerate(sequence(data.get("body"))):
        kind = next((k for k in BLOCKS if isinstance(block, dict) and k.key() in block), None)
        if kind:
            yield from kind.check(tree, ("body", index), block)
            if before := kind.before(block):
                yield from check_before(tree, index, before, tuple(known["languages"]))
    places = list(walk(json_schema(Release), data))
    yield from _check_references(tree, places, known)
    issuers = sequence(data.get("issuers"))
    for index, key in enumerate(issuers):
        if isinstance(key, str) and key in issuers[:index]:
            yield tree.problem(("issuers", index), f"{key} is named twice", "take one out")
    yield from check_kind(tree, known["kinds"])
    language = data.get("language")
    if isinstance(language, str) and language not in known["languages"]:
        hint = suggestion(language, known["languages"])
        yield tree.problem(("language",), f"{language} is not a language of the newsroom", hint)
    yield from check_local(tree, places, tuple(known["languages"]))
    zones = tuple(known["time_zones"])
    yield from check_instants(tree, places, zones)
    yield from check_revisions(tree, zones[0])


def _check_references(
    tree: Tree, places: Iterable[Place], known: Mapping[str, Iterable[str]]
) -> Iterator[Problem]:
    """Yield what is named where an entry of the newsroom's file belongs, and is none."""
    for path, place, value in places:
        name = place.get(REFERENCE_MARK)
        if name is None or not isinstance(value, str) or value in known[name] or "@" in value:
            continue
        what = (
            f"in {name} of _newsroom.yaml" if name != "languages" else "a language of the newsroom"
        )
        yield tree.problem(path, f"{value} is not {what}", suggestion(value, known[name]))


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
