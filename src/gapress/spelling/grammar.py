"""Asks Grammalecte about French texts, where this machine has it as a program of its own.

It is under the GPL, so it is never imported and no dependency: it runs as another process, within
bounds of time and of output. https://grammalecte.net
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LANGUAGE = "fr"
VARIABLE = "GAPRESS_GRAMMALECTE"
"""Names the program where it is not on the PATH; ``off`` leaves it alone."""

INSTALL = f"sudo apt-get install grammalecte-cli   (or set {VARIABLE} to its grammalecte-cli.py)"

_PROGRAMS = ("grammalecte-cli", "grammalecte-cli.py", "grammalecte")
# What gapress does by itself (spaces, apostrophes), or checks otherwise (capitals, numbers), and
# what is a matter of taste.
_OFF = ("apos", "eepi", "esp", "liga", "maj", "minis", "nbsp", "nf", "num", "tu", "typo", "unit")
SECONDS = 60
_MAX_BYTES = 10_000_000


class GrammarError(Exception):
    """The program gave no answer that can be read; says why."""


@dataclass(frozen=True)
class Finding:
    """What is wrong with a text.

    Attributes:
        text: The number of the text.
        words: The words at fault.
        message: What is wrong, in French.
        suggestions: What may be meant.
    """

    text: int
    words: str
    message: str
    suggestions: tuple[str, ...]


def program() -> tuple[str, ...]:
    """Return the command that starts Grammalecte; empty where this machine has none."""
    named = os.environ.get(VARIABLE, "")
    if named == "off":
        return ()
    found = named or next(filter(None, map(shutil.which, _PROGRAMS)), "")
    if not found:
        return ()
    return (sys.executable, found) if found.endswith(".py") else (found,)


def check(
    texts: Sequence[str], command: Sequence[str], seconds: float = SECONDS
) -> Iterator[Finding]:
    """Yield what a program says of texts.

    Args:
        texts: The texts, without markup.
        command: The program, as :func:`program` returns it.
        seconds: How long it may take for all of them.

    Raises:
        GrammarError: It can't be started, takes too long, or answers something else.
    """
    lines = [" ".join(text.split()) for text in texts]
    with TemporaryDirectory(prefix="gapress-") as folder:
        file = Path(folder, "texts.txt")
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        told = _run([*command, "-off", *_OFF, "-j", "-owe", "-f", str(file)], seconds)
    try:
        paragraphs = json.loads(told)["data"]
        for paragraph in paragraphs:
            number = int(paragraph["iParagraph"]) - 1
            for error in paragraph["lGrammarErrors"]:
                yield _finding(number, lines[number], error)
    except (ValueError, LookupError, TypeError) as error:
        raise GrammarError("its answer can't be read") from error


def _finding(number: int, line: str, error: dict[str, Any]) -> Finding:
    words = line[int(error["nStart"]) : int(error["nEnd"])]
    suggestions = tuple(str(text) for text in error["aSuggestions"])[:3]
    return Finding(number, words, str(error["sMessage"])[:300], suggestions)


def _run(command: Sequence[str], seconds: float) -> bytes:
    """Return what a program prints.

    Raises:
        GrammarError: It can't be started, fails, takes too long or prints too much.
    """
    late: list[bool] = []
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
    try:
        process = subprocess.Popen(  # noqa: S603 -- what the user has installed for this
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise GrammarError(f"it can't be started: {error.strerror}") from None

    def stop() -> None:
        late.append(True)
        _end(process)

    timer = Timer(seconds, stop)
    timer.start()
    with process:
        try:
            told = process.stdout.read(_MAX_BYTES + 1) if process.stdout else b""
            if len(told) > _MAX_BYTES:
                raise GrammarError(f"it prints more than {_MAX_BYTES:,} bytes")
            code = process.wait()
        finally:
            timer.cancel()
            if process.poll() is None:
                _end(process)
    if late:
        raise GrammarError(f"it takes more than {seconds:g} seconds")
    if code:
        raise GrammarError(f"it ends with code {code}")
    return told


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with everything that it has started."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
