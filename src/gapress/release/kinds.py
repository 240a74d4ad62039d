"""The kinds of release: those that gapress ships, and how a newsroom names its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypeAlias

from pydantic import BeforeValidator, StringConstraints

from gapress.release.data import suggestion
from gapress.release.fields import Prose, matching, role, text_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from gapress.errors import Problem
    from gapress.release.yaml import Tree

KINDS = {
    "press release": "Press release",
    "media advisory": "Media advisory",
    "statement": "Statement",
    "joint statement": "Joint statement",
    "remarks": "Remarks",
    "declaration": "Declaration",
    "results": "Results",
    "correction notice": "Correction notice",
    "holding statement": "Holding statement",
}
"""The kinds that gapress ships, each with the label that stands above the headline."""

WITHDRAWN = {
    "press release": "Press release withdrawn",
    "media advisory": "Media advisory withdrawn",
    "statement": "Statement withdrawn",
    "joint statement": "Joint statement withdrawn",
    "remarks": "Remarks withdrawn",
    "declaration": "Declaration withdrawn",
    "results": "Results withdrawn",
    "correction notice": "Correction notice withdrawn",
    "holding statement": "Holding statement withdrawn",
}
"""The labels for the headline of a withdrawn kit: in many languages it agrees with the kind."""

_NAME = r"^[^\s{}\[\]\\<>]+( [^\s{}\[\]\\<>]+){0,5}$"

KindName: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=_NAME, max_length=40),
    matching(_NAME, "write one to six words with single spaces, and no brackets"),
    BeforeValidator(text_value),
]
"""The name of a kind, as releases write it."""

KindText: TypeAlias = Annotated[
    Prose,
    role("kind", "A kind of release: stands above the headline, and in notices of withdrawal."),
]
"""What readers see of a newsroom's own kind."""


def check_kind(tree: Tree, known: Iterable[str]) -> Iterator[Problem]:
    """Yield the problem of a release whose kind nobody knows.

    Args:
        tree: The release's file.
        known: The names of the newsroom's own kinds.
    """
    kind, names = tree.data.get("kind"), (*KINDS, *known)
    if not isinstance(kind, str) or kind in names:
        return  # told by the model, or known
    hint = suggestion(kind, names)
    if not hint.startswith("did you mean"):
        listed = ", ".join(dict.fromkeys(names))
        hint = f"write one of {listed}, or add it to kinds: in _newsroom.yaml"
    yield tree.problem(("kind",), f"kind is {kind!r}, which is not known", hint)
