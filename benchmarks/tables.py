"""How the time for a table grows with its rows, in every format: linear, or not.

Run it with ``make bench``. Times are processor time of one process; what counts is the last column:
the time for a row of the longest table against one of the shortest. 1.0 is linear.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from measure import row

from gapress.kit.check import check_texts
from gapress.kit.prepare import prepare, typography_rules
from gapress.theme import load_theme
from gapress.workspace import Workspace
from gapress.writers import WRITERS
from gapress.writers.coverage import coverage

if TYPE_CHECKING:
    from collections.abc import Callable

ROWS = (500, 1_000, 2_000, 5_000)
NEWSROOM = """\
language: en
organisation: {name: Test Newsroom, url: "https://example.org/"}
languages: {en: en-GB}
time_zone: Africa/Casablanca
contacts:
  press: {name: Press office, email: press@example.org}
"""
RELEASE = """\
kind: press release
date: 2025-11-24
dateline: {city: Rabat}
headline: Results by district
body:
  - paragraph: A table.
  - table: Results by district
    columns: [District, Registered, Votes, Spoiled, Valid, Stations]
    rows:
"""


def newsroom(folder: Path, rows: int) -> Workspace:
    """Make a newsroom whose release has a table of so many rows and six columns."""
    lines = [
        f'      - ["District {n}", "{n * 37 % 9000}", "{n * 91 % 7000}", "{n * 13 % 100}", '
        f'"{n * 57 % 5000}", "{n * 17 % 333}"]\n'
        for n in range(rows)
    ]
    (folder / "releases").mkdir(parents=True, exist_ok=True)
    (folder / "releases/_newsroom.yaml").write_text(NEWSROOM, encoding="utf-8")
    text = f"{RELEASE}{''.join(lines)}contacts: [press]\n"
    (folder / "releases/news.yaml").write_text(text, encoding="utf-8")
    return Workspace(folder)


def steps(folder: Path, rows: int) -> dict[str, float]:
    """Return the milliseconds that each step takes for a row."""
    found: dict[str, float] = {}

    def timed(name: str, action: Callable[[], object]) -> object:
        began = time.process_time()
        made = action()
        found[name] = (time.process_time() - began) * 1_000 / rows
        return made

    workspace = newsroom(folder, rows)
    theme = load_theme(workspace)
    timed("read and localize", lambda: prepare(workspace, "news", theme, draft=False))
    prepared = prepare(workspace, "news", theme, draft=False)
    rules = typography_rules(theme)
    known = coverage(theme)
    timed("check", lambda: list(check_texts(workspace, "news", prepared.source, rules, known)))
    document = prepared.documents["en"]
    for writer in WRITERS.values():
        made = dict.fromkeys(writer.needs, b"")
        timed(writer.name, lambda writer=writer, made=made: writer.write(document, theme, made))
    return found


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        steps(Path(name), 10)  # imports
        found = {rows: steps(Path(name), rows) for rows in ROWS}
    row("tables of six columns", *(f"{rows:,} rows" for rows in ROWS), "last/first")
    for step in found[ROWS[0]]:
        taken = [found[rows][step] for rows in ROWS]
        row(f"{step}, ms a row", *(f"{t:.2f}" for t in taken), f"{taken[-1] / taken[0]:.2f}")


if __name__ == "__main__":
    sys.exit(main())
