"""Reads a source file into its model, or reports every problem in it at once.

Second half of the reader: a :class:`~gapress.release.yaml.Tree` goes through pydantic and through
the checks of references; each problem is led back to its line and column.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from gapress.errors import ContentError, Problem
from gapress.release.data import suggestion
from gapress.release.fields import KEY
from gapress.release.schema import allowed_keys, json_schema, source_path, text_places, texts, walk
from gapress.release.tables import cell_name, is_text_misread, may_be_empty
from gapress.release.typed import EMPTY, reason_for_respacing, respaced, shown_respaced
from gapress.release.yaml import Tree, parse_with_faults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pydantic_core import ErrorDetails

    from gapress.release.yaml import Path

ModelT = TypeVar("ModelT", bound=BaseModel)

_KINDS = {
    "model_type": "a mapping of keys to values",
    "model_attributes_type": "a mapping of keys to values",
    "dict_type": "a mapping of keys to values",
    "tuple_type": "a list: one entry per line, each after a dash",
    "list_type": "a list: one entry per line, each after a dash",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "string_type": "a text, in quotes if it looks like a number",
}
_HOW_KEYS_ARE = "use a-z, 0-9 and _ only, a letter first"
# Where keys or a list belong, a text may be one that lacks the space after its colon or dash.
_RUN_TOGETHER = {"model_type", "model_attributes_type", "dict_type", "tuple_type", "list_type"}


class Source(Generic[ModelT]):
    """A source file as its model, with the places of everything in it.

    Attributes:
        tree: The file as data, with positions.
        model: The file as its model.
        roles: What each text is, by its place; its ``msgctxt`` in catalogs.
    """

    def __init__(self, tree: Tree, model: ModelT) -> None:
        self.tree = tree
        self.model = model
        found = texts(json_schema(type(model)), tree.data)
        # A date may be typed as a text, in a column of dates; and an empty text is none.
        self.roles = {p: role for p, role, _ in found if isinstance(value_at(model, p), str)}


def value_at(model: Any, path: Path) -> object:
    """Return what a model holds at a place of its file."""
    step: Any
    for step in path:
        model = model[step] if isinstance(model, dict | tuple) else getattr(model, str(step))
    return model


def read(
    raw: bytes, file: str, model: type[ModelT], check: Callable[[Tree], Iterable[Problem]]
) -> Source[ModelT]:
    """Return a source file as its model.

    Args:
        raw: The file's bytes.
        file: Its name for messages.
        model: The pydantic model that it must fit.
        check: What must hold beyond the model; works on data that may not fit it.

    Raises:
        ContentError: With every problem of the file, in the order of its lines.
    """
    tree = parse_with_faults(raw, file)
    slips = find_slips(tree, json_schema(model))
    problems = [*_empty_values(tree, tree.data, ()), *check(tree)]
    instance: ModelT | None = None
    try:
        instance = model.model_validate(tree.data)
    except ValidationError as error:
        details = error.errors(include_url=False)
        problems += [
            _problem(tree, json_schema(model), detail)
            for detail in details
            if not _is_told_elsewhere(detail)
        ]
    problems = _without_consequences(tree, problems, slips)
    if problems or instance is None:
        raise ContentError(sorted(set(problems)))
    return Source(tree, instance)


def find_slips(tree: Tree, schema: dict[str, Any]) -> dict[Path, Problem]:
    """Return, by place, what YAML drops from texts or takes them for; and of any empty value."""
    places = set(text_places(schema, tree.data)) & set(tree.slips)
    values = [(path, value) for path, _, value in walk(schema, tree.data)]
    empty = {path for path, value in values if value is None}
    misread = {path for path, value in values if is_text_misread(path, value)}
    places |= {path for path in empty | misread if path in tree.slips}
    meant = {path for path in empty & places if may_be_empty(path)}
    places -= {path for path in meant if tree.slips[path].message.endswith(EMPTY)}
    places = {p for p in places if not any(p[:length] in places for length in range(len(p)))}
    return {path: tree.slips[path] for path in places} | dict(tree.faults)


def _without_consequences(
    tree: Tree, problems: list[Problem], slips: Mapping[Path, Problem]
) -> list[Problem]:
    """Return the problems with the slips, without those that a slip causes at its place."""
    places = {
        place
        for path in tree.positions
        if any(path[:length] in slips for length in range(len(path) + 1))
        for place in (tree.position(path), tree.key_position(path))
    }
    return [*slips.values(), *(p for p in problems if (p.line, p.column) not in places)]


def _empty_values(tree: Tree, data: Any, path: Path) -> Iterable[Problem]:
    if data is None and not may_be_empty(path):
        name = _name(tree.data, path)
        yield tree.problem(
            path, f"{name} is empty", "write its value, or delete the line", key=True
        )
    steps = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    for step, value in steps:
        yield from _empty_values(tree, value, (*path, step))


def _is_told_elsewhere(detail: ErrorDetails) -> bool:
    """Whether an error follows from another: an empty value, a list whose entries are wrong."""
    if detail["input"] is None:
        return detail["type"] != "missing"
    least = detail.get("ctx", {}).get("min_length", 0)
    return detail["type"] == "too_short" and len(detail["input"]) >= least


def _name(data: Any, path: Path) -> str:
    if found := cell_name(data, path):
        return found
    words = [str(step) for step in path if isinstance(step, str)]
    name = words[-1] if words else "the file"
    if path and isinstance(path[-1], int):
        return f"entry {path[-1] + 1} of {name}"
    return name


def _problem(tree: Tree, schema: dict[str, Any], detail: ErrorDetails) -> Problem:
    path, kind = source_path(schema, detail["loc"], tree.data), detail["type"]
    if path[-1:] == ("[key]",):
        path = path[:-1]
        return tree.problem(path, f"{_name(tree.data, path)} is not a key", _HOW_KEYS_ARE, key=True)
    name, context = _name(tree.data, path), detail.get("ctx", {})
    match kind:
        case "extra_forbidden":
            known = allowed_keys(schema, path[:-1], tree.data)
            key = str(path[-1])
            hint = suggestion(key, known)
            if " " in key:  # words before a colon, as in a line of text
                hint = "if it continues the text above, indent it further than that text's key"
            return tree.problem(path, f"{name} is not known here", hint, key=True)
        case "missing":
            return tree.problem(path[:-1], f"{name} is missing", "add it")
        case "literal_error":
            expected = str(context["expected"]).replace("'", "")
            return tree.problem(path, f"{name} is {detail['input']!r}", f"write one of {expected}")
        case "string_pattern_mismatch":
            hint = _HOW_KEYS_ARE if context["pattern"] == KEY else ""
            return tree.problem(path, f"{name} can't be {detail['input']!r}", hint)
        case "too_short":
            return tree.problem(
                path, f"{name} has fewer than {context['min_length']} entries", "add them"
            )
        case "too_long":
            return tree.problem(
                path, f"{name} has more than {context['max_length']} entries", "remove some"
            )
        case "gapress":
            message, _, hint = detail["msg"].partition("; ")
            return tree.problem(path, f"{name} {message}", hint)
    typed = detail["input"]
    if kind in _RUN_TOGETHER and isinstance(typed, str) and respaced(typed) != typed:
        return tree.problem(path, reason_for_respacing(typed), shown_respaced(typed))
    if kind in _KINDS:
        return tree.problem(path, f"{name} has the wrong form", f"it must be {_KINDS[kind]}")
    return tree.problem(path, f"{name}: {detail['msg']}")
