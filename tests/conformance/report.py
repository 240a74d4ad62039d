"""Run a table of checks, print each finding, then a table of file by check and the count."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .tools import Check, Findings


def _run(name: str, check: Check, files: Sequence[Path]) -> Findings:
    try:
        found = check(files)
    except Exception as error:  # noqa: BLE001  a check that can't run is a failure, never a skip
        return {file: [f"the check could not run: {error}"] for file in files}
    return {file: found.get(file, [f"{name} said nothing about this file"]) for file in files}


def run(checks: Mapping[str, Check], files: Sequence[Path]) -> dict[str, Findings]:
    """Return what each check found in each file; prints each finding once, with its files."""
    results: dict[str, Findings] = {}
    for name, check in checks.items():
        results[name] = _run(name, check, files)
        files_with: dict[str, list[str]] = {}
        for file in files:
            for finding in results[name][file]:
                files_with.setdefault(finding, []).append(file.name)
        for finding, where in files_with.items():
            print(f"{name}: {finding}\n    in {', '.join(where)}", flush=True)
    return results


def table(results: Mapping[str, Findings], files: Sequence[Path]) -> str:
    """Return a line a file and a column a check: ``pass``, or the number of findings."""
    rows = [["", *results]]
    rows += [
        [file.name, *(str(len(found[file]) or "pass") for found in results.values())]
        for file in files
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            [name.ljust(widths[0]), *(c.rjust(w) for c, w in zip(cells, widths[1:], strict=True))]
        )
        for name, *cells in rows
    )


def count(results: Mapping[str, Findings]) -> tuple[int, int]:
    """Return how many checks of a file passed and how many failed."""
    verdicts = [not found for findings in results.values() for found in findings.values()]
    return verdicts.count(True), verdicts.count(False)
