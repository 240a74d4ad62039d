"""A render opens no connection, reads nothing but what it must, and works without a network.

Run by ``make conformance`` with pytest, as root, on Linux: it watches system calls with strace, and
takes the network away with unshare.
"""

from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
import sysconfig
from typing import TYPE_CHECKING

import pytest

import gapress
from gapress.shipped import shipped
from test_hostile import dot
from test_kit import tree

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from conftest import Newsroom

GAPRESS = [sys.executable, "-m", "gapress"]

# What a render may read beside the newsroom's folder, the output and its temporary files.
# Python, and what is installed for it
_PYTHON = {sys.prefix, sys.base_prefix, os.path.realpath(sys.base_prefix)}
_PYTHON |= {*sysconfig.get_paths().values()}
_OWN = {*gapress.__path__, str(shipped("templates")), str(shipped("locales"))}
_SYSTEM = {
    # the dynamic linker and the libraries that Python, Pillow, lxml and WeasyPrint load
    *("/etc/ld.so.cache", "/lib", "/lib64", "/usr/lib", "/usr/local/lib"),
    # the C library's names of locales, and its conversions
    *("/usr/share/locale", "/usr/lib/locale", "/usr/share/zoneinfo"),
    # fontconfig's rules, without its folders of fonts
    *("/etc/fonts", "/usr/share/fontconfig"),
    "/etc/mime.types",  # mimetypes, which WeasyPrint imports
    "/etc/localtime",  # the C library, when Python starts; no time of it is used
    "/etc/ssl/openssl.cnf",  # OpenSSL, which hashlib and ssl load
    # how many cores it may use; what this process is
    *("/proc/self", "/proc/filesystems", "/sys/fs/cgroup"),
    *("/dev/null", "/dev/urandom"),
}
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts", "/root/.fonts", "/root/.local/share/fonts")
_OPENED = re.compile(r'\bopenat2?\((?:AT_FDCWD|\d+(?:<([^>]*)>)?), "([^"]*)", ([A-Z_|]+).* = \d+')
_SOCKET = re.compile(r"\b(socket|socketpair)\((\w+)")


@pytest.fixture
def rich(newsroom: Newsroom) -> Newsroom:
    """A newsroom with a picture and a logo: everything that a kit may hold."""
    newsroom.edit("releases/news.yaml", "facts:", "  - image: dot.png\n    alt: A *dot*\nfacts:")
    newsroom.edit("locales/fr/LC_MESSAGES/news.po", 'msgctxt "dateline', _ALT + 'msgctxt "dateline')
    newsroom.edit("releases/_newsroom.yaml", "contacts:", "theme: {logo: logo.png}\ncontacts:")
    for path in ("releases/news/dot.png", "templates/logo.png"):
        newsroom.write(path, "").write_bytes(dot())
    return newsroom


_ALT = 'msgctxt "alt text"\nmsgid "A *dot*"\nmsgstr "Un *point*"\n\n'


@pytest.fixture
def calls(rich: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """The system calls of a whole render by one process, and the folder of its temporary files."""
    temporary = tmp_path_factory.mktemp("tmp")
    trace = tmp_path_factory.mktemp("trace") / "calls"
    watch = [
        "strace",
        "-f",
        "-qq",
        "-s",
        "400",
        "-e",
        "trace=%network,openat,open,execve",
        "-o",
        trace,
    ]
    render = [*GAPRESS, "-C", rich.root, "render", "-j1"]
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TMPDIR": str(temporary)}
    environment["HOME"] = str(tmp_path_factory.mktemp("home"))  # not to be read
    done = subprocess.run(
        [str(part) for part in (*watch, *render)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        cwd=rich.root,
    )
    assert done.returncode == 0, done.stderr
    assert len(rich.files()) == 12
    return trace.read_text(encoding="utf-8", errors="replace"), temporary


def test_a_render_opens_no_connection(calls: tuple[str, Path]) -> None:
    trace, _ = calls
    assert "execve" in trace  # it has been watched
    families = {match[2] for match in _SOCKET.finditer(trace)}
    assert families <= {"AF_UNIX"}
    assert not re.search(r"\b(connect|sendto|sendmsg|bind)\([^)]*AF_INET", trace)


def test_a_render_reads_nothing_else(calls: tuple[str, Path], rich: Newsroom) -> None:
    trace, temporary = calls
    allowed = {*_PYTHON, *_OWN, *_SYSTEM, str(rich.root), str(temporary)}
    opened = {
        os.path.normpath(rich.root / (match[1] or "") / match[2])
        for match in _OPENED.finditer(trace)
        if "O_DIRECTORY" not in match[3]  # the names in a folder
    }
    assert str(rich.root / "releases/news.yaml") in opened
    strange = {path for path in opened if not _is_under(path, allowed)}
    assert strange == set()
    assert not [path for path in opened if _is_under(path, _FONTS)]
    started = set(re.findall(r'execve\("([^"]+)".* = 0', trace))
    assert started == {sys.executable}


def _is_under(path: str, folders: Iterable[str]) -> bool:
    both = (path, os.path.realpath(path))
    return any(
        each == folder or each.startswith(f"{folder}/") for folder in folders for each in both
    )


def test_a_machine_without_a_network_makes_the_same_kit(rich: Newsroom) -> None:
    def render(*before: str, output: str) -> dict[str, bytes]:
        command = [*before, *GAPRESS, "-C", str(rich.root), "render", "-j1", "-o", output]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return tree(rich.root / output / "news")

    alone = ["unshare", "--net", "--"]
    # Not even the loopback is there: "network is unreachable", where there would be a refusal.
    program = "import socket; print(socket.socket().connect_ex(('127.0.0.1', 9)))"
    asked = subprocess.run(
        [*alone, sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert asked.stdout.strip() == str(errno.ENETUNREACH)
    assert render(*alone, output="alone") == render(output="with")
