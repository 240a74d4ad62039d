"""The JSON Schema of the source files, and a walk over data by that schema.

``gapress schema`` publishes it for editors; the reader uses the same schema to find the texts in
a file and the keys that a place allows.
"""

from __future__ import annotations

import difflib
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from gapress.release.fields import TEXT_MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel

    from gapress.release.yaml import Path

Schema: TypeAlias = dict[str, Any]
Place: TypeAlias = tuple["Path", Schema, Any]
"""Path, schema and value of something in a file."""

# What a value may be, by its Python type; mappings are told apart by their first key.
_KINDS = {str: "string", list: "array", Decimal: "number"}
DIALECT = "https://json-schema.org/draft/2020-12/schema"


@cache
def json_schema(model: type[BaseModel]) -> Schema:
    """Return the JSON Schema (draft 2020-12) of a source file's model."""
    schema = model.model_json_schema()
    return {"$schema": DIALECT, **_without_null(schema)}


def _without_null(schema: Any) -> Any:
    """Drop ``null`` and titles: an optional key is left out, never left empty."""
    if isinstance(schema, list):
        return [_without_null(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    result: Schema = {}
    for key, value in schema.items():
        if key == "default" and value is None:
            continue
        if key == "title" and isinstance(value, str):
            continue
        if key == "anyOf" and {"type": "null"} in value:
            rest = [part for part in value if part != {"type": "null"}]
            result |= _without_null(rest[0]) if len(rest) == 1 else {"anyOf": _without_null(rest)}
            continue
        result[key] = _without_null(value)
    return result


def allowed_keys(schema: Schema, path: Path, data: Any) -> list[str]:
    """Return the keys that the schema allows in the mapping at ``path``; none if it is open."""
    place: Schema = schema
    for step in path:
        place = _step(_resolve(schema, place, data), step)
        data = data[step]
    return list(_resolve(schema, place, data).get("properties", {}))


def source_path(schema: Schema, location: Path, data: Any) -> Path:
    """Return the place in a file of an error of pydantic's.

    A union puts the name of the chosen alternative into an error's location.
    """
    path: Path = ()
    place = schema
    for step in location:
        place = _referred(schema, place)
        if "oneOf" in place:
            chosen = _resolve(schema, place, data)
            place = {} if "oneOf" in chosen else chosen
            continue
        path = (*path, step)
        place = _step(place, step)
        try:
            data = data[step]
        except (LookupError, TypeError):  # what is missing
            data = None
    return path


def walk(schema: Schema, data: Any) -> Iterator[Place]:
    """Yield path, schema and value of everything in ``data``, outermost first."""
    yield from _walk(schema, schema, data, ())


def texts(schema: Schema, data: Any) -> Iterator[tuple[Path, str, str]]:
    """Yield path, role and value of each publishable text in ``data``."""
    for path, place, value in walk(schema, data):
        if TEXT_MARK in place and isinstance(value, str):
            yield path, place[TEXT_MARK], value


def text_places(schema: Schema, data: Any) -> Iterator[Path]:
    """Yield the path of each value that stands where a publishable text belongs, text or not."""
    for path, place, _ in walk(schema, data):
        if TEXT_MARK in place:
            yield path


def _walk(root: Schema, place: Schema, data: Any, path: Path) -> Iterator[Place]:
    place = _resolve(root, place, data)
    yield path, place, data
    steps = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for step, value in steps:
        yield from _walk(root, _step(place, step), value, (*path, step))


def _referred(root: Schema, place: Schema) -> Schema:
    while "$ref" in place:
        place = root["$defs"][place["$ref"].rpartition("/")[2]]
    return place


def _resolve(root: Schema, place: Schema, data: Any) -> Schema:
    place = _referred(root, place)
    choices = [_resolve(root, choice, data) for choice in place.get("oneOf", ())]
    text = next((choice for choice in choices if TEXT_MARK in choice), None)
    if isinstance(data, dict):
        choices = [choice for choice in choices if choice.get("type") == "object"]
        named = [choice for choice in choices if choice.get("required", [""])[0] in data]
        if named or len(choices) != 1:
            return named[0] if named else place
        return choices[0] if text is None or _is_meant(choices[0], data) else text
    kind = _KINDS.get(type(data))
    fitting = next((choice for choice in choices if choice.get("type") == kind), None)
    if fitting is None and text is not None and isinstance(data, list | bool):
        fitting = text  # YAML made something else of it
    return fitting or place


def _is_meant(choice: Schema, data: dict[Any, Any]) -> bool:
    """Whether keys are those of a mapping; else they may be words of a text before a colon."""
    known = list(choice.get("properties", ()))
    keys = [key for key in map(str, data) if key == key.lower()]
    return any(difflib.get_close_matches(key, known, n=1) for key in keys)


def _step(place: Schema, step: str | int) -> Schema:
    if isinstance(step, int):
        found = place.get("items", {})
    else:
        found = place.get("properties", {}).get(step)
        if found is None:
            # Keys with a pattern show as patternProperties, plain ones as additionalProperties.
            options = [
                *place.get("patternProperties", {}).values(),
                place.get("additionalProperties"),
            ]
            found = next((option for option in options if isinstance(option, dict)), {})
    return found if isinstance(found, dict) else {}
