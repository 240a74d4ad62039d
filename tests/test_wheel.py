"""The installed package: it brings its templates and labels, and works in any folder."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import urllib.request
import zipfile
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT, Newsroom

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but the contents of the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    ignored = shutil.ignore_patterns("__pycache__", ".*")
    for name in ("src", "templates", "locales"):
        shutil.copytree(ROOT / name, source / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source / name)
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=source, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    shutil.rmtree(source)
    return folder / "site"


def test_the_wheel_ships_templates_and_labels_and_no_sample(installed: Path) -> None:
    shipped = installed / "gapress" / "_shipped"
    templates = {
        p.relative_to(ROOT).as_posix() for p in (ROOT / "templates").rglob("*") if p.is_file()
    }
    found = {p.relative_to(shipped).as_posix() for p in shipped.rglob("*") if p.is_file()}
    labels = {p.relative_to(ROOT).as_posix() for p in (ROOT / "locales").rglob("gapress.po*")}
    assert found == templates | labels


def test_the_installed_package_renders_a_newsroom_elsewhere(
    installed: Path, newsroom: Newsroom
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    run = subprocess.run(
        [sys.executable, "-m", "gapress", "render"],
        cwd=newsroom.root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert len(newsroom.files()) == 12
    where = subprocess.run(
        [sys.executable, "-c", "import gapress; print(gapress.__file__)"],
        cwd=newsroom.root,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert where.stdout.startswith(str(installed))


def test_the_installed_package_starts_a_newsroom_and_shows_it(
    installed: Path, tmp_path: Path
) -> None:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    gapress = [sys.executable, "-m", "gapress"]
    for command in (
        ["init", "--name", "X", "--source", "fr"],
        ["render", "-f", "txt"],
        ["new", "x", "--from", "holding statement"],
        ["templates", "copy"],
    ):
        run = subprocess.run(
            [*gapress, *command], cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert run.returncode == 0, run.stderr
    preview = subprocess.Popen(
        [*gapress, "preview", "--no-browser", "--port", "0"],
        cwd=tmp_path,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert preview.stdout
        address = preview.stdout.readline().strip()
        for name in ("", "preview.js", "preview.css", "releases"):
            with urllib.request.urlopen(address + name) as answer:
                assert answer.status == 200
    finally:
        preview.send_signal(signal.SIGINT)
        code, rest = preview.wait(10), preview.stdout.read()  # type: ignore[union-attr]
    assert (code, rest) == (0, "End it with Ctrl-C.\n")
