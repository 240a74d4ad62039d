"""Brings the shipped templates into a newsroom for a designer, and shows what is changed there."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from gapress.errors import UsageError
from gapress.kit.folder import replace_file
from gapress.release.data import suggestion
from gapress.shipped import shipped, template_names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gapress.workspace import Workspace

State: TypeAlias = Literal["shipped", "the same", "changed", "own"]


@dataclass(frozen=True)
class Template:
    """A file of ``templates/``.

    Attributes:
        name: Its path there.
        state: Whether the newsroom has none of its own, the shipped one, a changed one, or one
            that gapress does not ship.
    """

    name: str
    state: State


def templates(workspace: Workspace) -> list[Template]:
    """Return all templates: those that gapress ships, and the newsroom's own."""
    own = workspace.root / "templates"
    names = {*template_names(shipped("templates")), *(template_names(own) if own.is_dir() else ())}
    return [Template(name, _state(workspace, name)) for name in sorted(names)]


def copy_templates(
    workspace: Workspace, names: Sequence[str], *, force: bool
) -> tuple[list[str], list[Template]]:
    """Copy shipped templates into the newsroom; never over one that was changed there.

    Args:
        workspace: The newsroom's folder.
        names: Which; all if none is named.
        force: Replace changed ones, too.

    Returns:
        The names of those that were copied, and those that are there already.

    Raises:
        UsageError: gapress ships no such template.
        ContentError: A file of the newsroom can't be read.
        MachineError: A file can't be written.
    """
    chosen = _chosen(names, template_names(shipped("templates")))
    copied: list[str] = []
    kept: list[Template] = []
    for name in chosen:
        state = _state(workspace, name)
        if state == "shipped" or (state == "changed" and force):
            data = (shipped("templates") / name).read_bytes()
            replace_file(workspace.root / "templates" / name, data)
            copied.append(name)
        else:
            kept.append(Template(name, state))
    return copied, kept


def differences(workspace: Workspace, names: Sequence[str]) -> list[str]:
    """Return, as a unified diff, how the newsroom's templates differ from the shipped ones.

    Raises:
        UsageError: There is no such template.
    """
    found: list[str] = []
    known = templates(workspace)
    chosen = _chosen(names, [template.name for template in known])
    for name in (t.name for t in known if t.name in chosen and t.state == "changed"):
        before = (shipped("templates") / name).read_bytes()
        after = workspace.read_bytes(workspace.root / "templates" / name)
        ours, theirs = f"gapress/templates/{name}", f"templates/{name}"
        try:
            old, new = (data.decode("utf-8").splitlines() for data in (before, after))
        except UnicodeDecodeError:
            found.append(f"Binary files {ours} and {theirs} differ")
            continue
        lines = list(difflib.unified_diff(old, new, ours, theirs, lineterm=""))
        found += lines or [f"Files {ours} and {theirs} differ in their line ends"]
    return found


def _chosen(names: Sequence[str], known: Sequence[str]) -> list[str]:
    for name in names:
        if name not in known:
            raise UsageError(f"no template {name!r}; {suggestion(name, known)}")
    return list(dict.fromkeys(names)) or list(known)


def _state(workspace: Workspace, name: str) -> State:
    path, ours = workspace.root / "templates" / name, shipped("templates") / name
    if (own := workspace.find_bytes(path)) is None:
        return "shipped"
    if not ours.is_file():
        return "own"
    return "the same" if own == ours.read_bytes() else "changed"
