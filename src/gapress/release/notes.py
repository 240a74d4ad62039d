"""Checks the footnotes of a release: what its texts refer to, and what nothing refers to.

Works on the data of the file, whether or not it fits the model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gapress.release.data import mapping_named, suggestion
from gapress.release.markup import footnotes_in
from gapress.release.model import Release
from gapress.release.schema import json_schema, texts
from gapress.release.tables import cell_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.errors import Problem
    from gapress.release.yaml import Path, Tree


def check_footnotes(tree: Tree) -> Iterator[Problem]:
    """Yield the problems in a release's footnotes.

    Args:
        tree: The release's file.
    """
    known = mapping_named(tree.data, "footnotes")
    is_told = "footnotes" in tree.data and not isinstance(tree.data["footnotes"], dict)
    used: set[str] = set()
    for path, role, text in texts(json_schema(Release), tree.data):
        where = f"{place}: " if (place := cell_name(tree.data, path)) else ""
        for name in footnotes_in(text):
            if reason := _problem_with_place(path, role):
                used.add(name)
                message, _, hint = reason.partition("; ")
                yield tree.problem(path, f"{where}{message.format(name=name)}", hint)
            elif name in known or is_told:
                used.add(name)
            else:
                hint = suggestion(name, known)
                if hint.startswith("did you mean"):
                    used.add(hint.removeprefix("did you mean ").rstrip("?"))
                elif not known:
                    hint = f"write footnotes: with a line {name}: and its text"
                yield tree.problem(path, f"{where}[^{name}] is not in footnotes", hint)
    for name in known:
        if name not in used:
            hint = f"write [^{name}] behind the word that it belongs to, or delete it"
            message = f"nothing refers to the footnote {name}"
            yield tree.problem(("footnotes", name), message, hint, key=True)


def check_no_footnotes(tree: Tree, schema: dict[str, Any]) -> Iterator[Problem]:
    """Yield the references to footnotes in a file that has none.

    Args:
        tree: The file.
        schema: The schema of its model.
    """
    for path, _, text in texts(schema, tree.data):
        for name in footnotes_in(text):
            message = f"the footnote [^{name}] can't stand here"
            yield tree.problem(path, message, "footnotes belong to a release's body; delete it")


def _problem_with_place(path: Path, role: str) -> str:
    if path[:1] == ("footnotes",):
        return "a footnote can't have another, [^{name}]; write both in one"
    if path[:1] != ("body",):
        return "the footnote [^{name}] can't stand here; refer to it in a text of the body"
    if role == "alt text":
        return "the footnote [^{name}] can't stand in an alt text; refer to it in the caption"
    if role == "" or role == "person title":
        return "the footnote [^{name}] can't stand here; refer to it in the words of the quotation"
    return ""
