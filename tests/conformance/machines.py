"""Kits on a machine whose clock is wrong, whose disk is full, whose output is read-only.

Run by ``make conformance`` with pytest, as root: it mounts small file systems of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from conftest import RELEASE, Newsroom
from test_kit import tree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GAPRESS = [sys.executable, "-m", "gapress"]


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("clock", ["1999-12-31 23:59:59", "2038-01-19 03:14:08"])
def test_the_clock_makes_no_difference(clock: str, newsroom: Newsroom) -> None:
    newsroom.write("releases/news.yaml", RELEASE + "embargo: 2025-11-24T09:00:00+01:00\n")
    assert newsroom.run("render", "--output", "now").exit_code == 0
    other = newsroom.root / "other"
    done = run("faketime", clock, *GAPRESS, "-C", newsroom.root, "render", "-j1", "-o", other)
    assert done.returncode == 0, done.stderr
    assert tree(newsroom.root / "now/news") == tree(other / "news")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of one megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", place)
    assert mounted.returncode == 0, mounted.stderr
    yield place
    assert run("umount", place).returncode == 0


@pytest.mark.parametrize("free", [0, 20_000, 60_000, 120_000, 200_000])
def test_a_full_disk_leaves_the_old_kit(free: int, newsroom: Newsroom, small_disk: Path) -> None:
    command = [
        *GAPRESS,
        "-C",
        newsroom.root,
        "render",
        "-f",
        "html",
        "-f",
        "docx",
        "-o",
        small_disk,
    ]
    assert run(*command).returncode == 0
    before = tree(small_disk / "news")
    newsroom.edit("releases/news.yaml", "number: 1500", "number: 1501")
    room = os.statvfs(small_disk)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(max(0, room.f_bavail * room.f_bsize - free)))
    done = run(*command)
    if done.returncode:
        assert done.returncode == 3, done.stderr
        assert "No space left on device; nothing was changed there" in done.stderr
        assert "Traceback" not in done.stderr
        assert tree(small_disk / "news") == before
    else:
        assert free > 100_000
        assert tree(small_disk / "news") != before
    ballast.unlink()
    assert run(*command).returncode == 0
    verified = run(*GAPRESS, "-C", newsroom.root, "verify", "-o", small_disk)
    assert verified.returncode == 0, verified.stderr


def test_a_read_only_output_leaves_the_old_kit(newsroom: Newsroom, small_disk: Path) -> None:
    command = [*GAPRESS, "-C", newsroom.root, "render", "-f", "html", "-o", small_disk]
    assert run(*command).returncode == 0
    before = tree(small_disk / "news")
    assert run("mount", "-o", "remount,ro", small_disk).returncode == 0
    # Nothing to do needs no access.
    assert run(*command).returncode == 0
    newsroom.edit("releases/news.yaml", "number: 1500", "number: 1501")
    done = run(*command)
    assert done.returncode == 3
    assert "Read-only file system; nothing was changed there" in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(small_disk / "news") == before
