"""How long kits take: cold, one language edited, nothing to do; and an archive on all cores.

Run it from the top of the project: ``.venv/bin/python benchmarks/kits.py [RELEASES]``. Times are of
whole processes, medians of several runs in turn; what counts is the ratio between rows of one run.
Peak memory is the largest single process.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
SLUG = "2025-11-24-interpol-general-assembly"
GAPRESS = str(Path(sys.executable).with_name("gapress"))
RUNS = 7


def seconds(*arguments: str) -> float:
    """Return how long a command takes."""
    began = time.perf_counter()
    subprocess.run([GAPRESS, *arguments], check=True, capture_output=True)
    return time.perf_counter() - began


def newsroom(folder: Path, releases: int) -> list[str]:
    """Make a newsroom with copies of the first sample release, each with another figure."""
    for part in ("releases", "locales"):
        shutil.copytree(ROOT / part, folder / part)
    for path in folder.rglob("*2025-11-20-*"):
        path.unlink()
    slugs = [SLUG]
    for number in range(1, releases):
        slug = f"release-{number:04}"
        slugs.append(slug)
        shutil.copytree(folder / "releases" / SLUG, folder / "releases" / slug)
        text = (folder / "releases" / f"{SLUG}.yaml").read_text(encoding="utf-8")
        text = text.replace("number: 76", f"number: {77 + number}")
        (folder / "releases" / f"{slug}.yaml").write_text(text, encoding="utf-8")
        for code in ("fr", "ar"):
            catalogs = folder / "locales" / code / "LC_MESSAGES"
            shutil.copy(catalogs / f"{SLUG}.po", catalogs / f"{slug}.po")
    return slugs


def in_turn(actions: dict[str, Callable[[], float]]) -> dict[str, float]:
    """Return the median of each action, all of them run in turn, after a warm-up."""
    timings: dict[str, list[float]] = {name: [] for name in actions}
    for number in range(RUNS + 1):
        for name, action in actions.items():
            took = action()
            if number:
                timings[name].append(took)
    return {name: statistics.median(found) for name, found in timings.items()}


def one_release(folder: Path) -> None:
    """Print what one release takes."""
    newsroom(folder, 1)
    catalog = folder / "locales/fr/LC_MESSAGES" / f"{SLUG}.po"
    texts = [catalog.read_text(encoding="utf-8")]
    texts.append(texts[0].replace("Une responsabilité partagée", "Responsabilité partagée"))
    render = ("-C", str(folder), "render")

    def cold() -> float:
        shutil.rmtree(folder / "dist", ignore_errors=True)
        return seconds(*render)

    def edited() -> float:
        texts.reverse()
        catalog.write_text(texts[0], encoding="utf-8")
        return seconds(*render)

    found = in_turn(
        {
            "gapress --help": lambda: seconds("--help"),
            "cold": cold,
            "one language edited": edited,
            "nothing to do": lambda: seconds(*render),
        }
    )
    print(f"{'one release, 3 languages':<28}{'seconds':>9}{'against --help':>16}")
    for name, took in found.items():
        print(f"{name:<28}{took:>9.3f}{took / found['gapress --help']:>16.2f}")


def archive(folder: Path, releases: int) -> None:
    """Print what an archive takes on one core and on all."""
    newsroom(folder, releases)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    print(f"\n{f'{releases} releases':<28}{'seconds':>9}{'a release':>16}{'peak memory':>14}")
    for jobs in dict.fromkeys((1, cores or 1)):
        shutil.rmtree(folder / "dist", ignore_errors=True)
        took = seconds("-C", str(folder), "render", "--jobs", str(jobs))
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        name = f"cold, {jobs} process{'es' if jobs > 1 else ''}"
        print(f"{name:<28}{took:>9.2f}{took / releases:>16.3f}{peak:>11.0f} MB")
    took = seconds("-C", str(folder), "render")
    print(f"{'nothing to do':<28}{took:>9.2f}{took / releases:>16.4f}")


def main() -> None:
    """Print both tables."""
    releases = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as many:
        one_release(Path(one))
        archive(Path(many), releases)


if __name__ == "__main__":
    main()
