"""The page about dependencies names what the lock and the project name."""

from __future__ import annotations

import re
import tomllib

from conftest import ROOT

PAGE = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")


def canonical(name: str) -> str:
    """Return a package's name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def rows(heading: str) -> dict[str, list[str]]:
    """Return the cells of the table under a heading by the package in the first."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    lines = re.findall(r"^\| (.+) \|$", section, re.MULTILINE)
    cells = [[cell.strip() for cell in line.split("|")] for line in lines[1:]]
    return {canonical(first.partition(" (")[0]): rest for first, *rest in cells}


def test_every_locked_package_is_in_the_table() -> None:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    locked = re.findall(r"^([\w.-]+)==", lock, re.MULTILINE)
    assert sorted(rows("All of them")) == sorted(map(canonical, locked)), "make dependencies"


def test_every_direct_dependency_has_a_reason_and_the_licence_of_the_table() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [name for names in project["optional-dependencies"].values() for name in names]
    asked = [re.split(r"[<>=!~\[; ]", text)[0] for text in (*project["dependencies"], *extras)]
    direct, everything = rows("What gapress asks for itself"), rows("All of them")
    assert sorted(direct) == sorted(map(canonical, asked))
    assert all(reason and replacement for reason, _, replacement in direct.values())
    licences = {name: cells[1] for name, cells in direct.items() if name in everything}
    assert licences == {name: everything[name][0] for name in licences}
