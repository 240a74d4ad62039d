"""What the benchmarks share: a newsroom of any size, and timing whole processes in turn."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ROOT = Path(__file__).parents[1]
SLUG = "2025-11-24-interpol-general-assembly"
GAPRESS = str(Path(sys.executable).with_name("gapress"))
FORMATS = ("-f", "pdf", "-f", "docx", "-f", "html")
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def seconds(*command: str | Path) -> float:
    """Return how long a command takes."""
    began = time.perf_counter()
    subprocess.run([str(part) for part in command], check=True, capture_output=True)
    return time.perf_counter() - began


def in_turn(actions: Mapping[str, Callable[[], float]], runs: int = 5) -> dict[str, float]:
    """Return the median of each action, all of them run in turn, after a warm-up."""
    timings: dict[str, list[float]] = {name: [] for name in actions}
    for number in range(runs + 1):
        for name, action in actions.items():
            took = action()
            if number:
                timings[name].append(took)
    return {name: statistics.median(found) for name, found in timings.items()}


def peak(*command: str | Path) -> tuple[float, float]:
    """Return seconds, and the most memory of the command and all its children together, in MB."""
    began, most = time.perf_counter(), 0.0
    process = subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.DEVNULL, start_new_session=True
    )
    done = threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.wait(0.2):
            most = max(most, _memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    code = process.wait()
    done.set()
    watcher.join()
    if code:
        raise subprocess.CalledProcessError(code, command)
    return time.perf_counter() - began, most


def _memory(session: int) -> float:
    """Return the memory that the processes of a session hold alone or share (PSS), in MB."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "stat").read_text().rpartition(")")[2].split()[3] != str(session):
                continue
            for line in (folder / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1])
        except OSError:
            continue
    return total / 1024


def newsroom(folder: Path, releases: int, pages: int = 2) -> list[str]:
    """Make a newsroom with copies of the first sample release, each with another figure.

    Args:
        folder: Where.
        releases: How many.
        pages: About how many pages each has.
    """
    shutil.rmtree(folder, ignore_errors=True)
    for part in ("releases", "locales"):
        shutil.copytree(ROOT / part, folder / part)
    for path in folder.rglob("*2025-11-20-*"):
        path.unlink()
    source = folder / "releases" / f"{SLUG}.yaml"
    text = source.read_text(encoding="utf-8")
    head, body = text.split("body:\n")
    blocks, rest = body.split("\nnotes_to_editors:")
    text = f"{head}body:\n{blocks * max(1, pages // 2)}\nnotes_to_editors:{rest}"
    source.write_text(text, encoding="utf-8")
    slugs = [SLUG]
    for number in range(1, releases):
        slug = f"release-{number:04}"
        slugs.append(slug)
        shutil.copytree(folder / "releases" / SLUG, folder / "releases" / slug)
        other = text.replace("number: 76", f"number: {77 + number}")
        (folder / "releases" / f"{slug}.yaml").write_text(other, encoding="utf-8")
        for code in ("fr", "ar"):
            catalogs = folder / "locales" / code / "LC_MESSAGES"
            shutil.copy(catalogs / f"{SLUG}.po", catalogs / f"{slug}.po")
    return slugs


def row(name: str, *cells: str) -> None:
    """Print a line of a table."""
    print(f"{name:<38}" + "".join(f"{cell:>18}" for cell in cells), flush=True)
