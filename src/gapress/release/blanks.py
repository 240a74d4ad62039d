"""Tells of what is still to be filled in a release, or left over from another: it keeps it back.

``kit.prepare`` asks for it; drafts show a mark instead.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from gapress.release.facts import BlankFact
from gapress.release.markup import scan
from gapress.release.read import value_at
from gapress.release.schema import json_schema, texts, walk
from gapress.release.tables import cell_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.errors import Problem
    from gapress.release.model import Release
    from gapress.release.read import Source
    from gapress.release.yaml import Path

CHECK = "blank"


def blanks(source: Source[Release]) -> Iterator[Problem]:
    """Yield an error for each blank that would show, and a warning for each that nothing uses.

    What a release announces for a day before its own is left over from another release.
    """
    yield from _left_over(source)
    used = used_facts(source)
    for path, fact in blank_places(source):
        name = str(path[1]) if path[0] == "facts" else ""
        where = name or cell_name(source.tree.data, path) or str(path[-1])
        if name and name not in used:
            message = f"{where} is blank, and no text uses it"
            problem = source.tree.problem(path, message, "delete the line", key=True)
            yield replace(problem, severity="warning", check=CHECK)
            continue
        message = f"{where} is still to be filled: {fact.blank}"
        yield replace(source.tree.problem(path, message, fact.hint(name)), check=CHECK)


def _left_over(source: Source[Release]) -> Iterator[Problem]:
    for index, block in enumerate(source.model.body):
        if block.last_day and block.last_day < source.model.date:
            path: Path = ("body", index, "ends" if getattr(block, "ends", None) else "starts")
            message = f"{path[-1]} is before {source.model.date}, when the release is issued"
            hint = "write when it takes place, or delete what is past"
            yield replace(source.tree.problem(path, message, hint), check=CHECK)


def blank_places(source: Source[Release]) -> Iterator[tuple[Path, BlankFact]]:
    """Yield place and value of each blank, in the order of the file."""
    for path, _, value in walk(json_schema(type(source.model)), source.tree.data):
        if isinstance(value, dict) and BlankFact.key() in value:
            fact = value_at(source.model, path)
            if isinstance(fact, BlankFact):
                yield path, fact


def used_facts(source: Source[Release]) -> set[str]:
    """Return the names of the facts that a text or another fact takes in."""
    found: set[str] = set()
    for _, _, text in texts(json_schema(type(source.model)), source.tree.data):
        found |= {token.value for token in scan(text)[0] if token.kind == "placeholder"}
    return found | set(_named_by(source.tree.data.get("facts")))


def _named_by(value: Any) -> Iterator[str]:
    """Yield the texts in facts, of which one may name another fact."""
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _named_by(part)
    elif isinstance(value, str):
        yield value
