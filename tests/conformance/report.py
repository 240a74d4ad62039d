"""Run checks, print each finding, and end with one table: output and check by language."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from .known import Known
    from .tools import Check, Findings

WHOLE = "kit"


def _run(name: str, check: Check, files: Sequence[Path]) -> Findings:
    try:
        found = check(files)
    except Exception as error:  # noqa: BLE001  a check that can't run is a failure, never a skip
        return {file: [f"the check could not run: {error}"] for file in files}
    return {file: found.get(file, [f"{name} said nothing about this file"]) for file in files}


def run(checks: Mapping[str, Check], files: Sequence[Path], known: Known) -> dict[str, Findings]:
    """Return what each check found in each file that is not known.

    Prints each finding once, with its files.
    """
    results: dict[str, Findings] = {}
    for name, check in checks.items():
        found = _run(name, check, files)
        results[name] = {
            file: [one for one in found[file] if not known.is_known(name, file, one)]
            for file in files
        }
        files_with: dict[str, list[str]] = {}
        for file in files:
            for finding in results[name][file]:
                files_with.setdefault(finding, []).append(file.name)
        for finding, where in files_with.items():
            print(f"{name}: {finding}\n    in {', '.join(where)}", flush=True)
    return results


def summary(
    results: Mapping[str, Mapping[str, Findings]], language_of: Callable[[Path], str]
) -> str:
    """Return the table: a line for each output and check, a column for each language.

    A cell has the number of files that passed, or of those that did not.
    """
    languages = {language_of(f) for r in results.values() for found in r.values() for f in found}
    columns = [*sorted(languages - {WHOLE}), WHOLE]
    rows = [["output", "check", *columns]]
    for output, checks in results.items():
        for check, found in checks.items():
            passed, failed = Counter[str](), Counter[str]()
            for file, findings in found.items():
                (failed if findings else passed)[language_of(file)] += 1
            rows.append([output, check, *(_cell(passed[c], failed[c]) for c in columns)])
    return table(rows)


def _cell(passed: int, failed: int) -> str:
    if failed:
        return f"{failed} FAIL"
    return f"{passed} pass" if passed else "–"


def table(rows: Sequence[Sequence[str]], left: int = 2) -> str:
    """Return rows in columns: so many to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if number < left else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def count(results: Mapping[str, Findings]) -> tuple[int, int]:
    """Return how many checks of a file passed and how many failed."""
    verdicts = [not found for findings in results.values() for found in findings.values()]
    return verdicts.count(True), verdicts.count(False)
