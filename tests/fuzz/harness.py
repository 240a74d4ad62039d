"""What the fuzzers share: seeds from the repository's own files, and a loop that knows the rules.

``python tests/fuzz/fuzz_yaml.py -max_total_time=60`` feeds a reader with bytes that atheris makes up
and mends by coverage (libFuzzer). Whatever escapes beside the errors that gapress tells a person is a
fault: the fuzzer ends with it, and writes the input to ``crash-…`` in the current folder.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).parents[2]
# Longer inputs only slow it down: a file's limits have tests of their own.
LENGTH = 4_000
# Seconds after which one input counts as a hang.
PATIENCE = 5


def fuzz(target: Callable[[bytes], object], seeds: Iterable[bytes], words: Iterable[str]) -> None:
    """Run libFuzzer on a target until it is told to stop.

    Args:
        target: Takes any bytes; what it raises is a fault.
        seeds: Inputs to begin with.
        words: What the target's language is made of.
    """
    with tempfile.TemporaryDirectory(prefix="gapress-fuzz-") as folder:
        corpus, dictionary = Path(folder, "corpus"), Path(folder, "words")
        corpus.mkdir()
        for number, seed in enumerate(seeds):
            (corpus / str(number)).write_bytes(seed[:LENGTH])
        dictionary.write_text("".join(f'"{_escaped(word)}"\n' for word in words))
        options = [f"-max_len={LENGTH}", f"-timeout={PATIENCE}", f"-dict={dictionary}"]
        # What is found on the way goes into the first folder: a given one, or one that is deleted.
        given = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
        flags = [argument for argument in sys.argv[1:] if argument.startswith("-")]
        atheris.instrument_all()
        atheris.Setup([sys.argv[0], *options, *flags, *given, str(corpus)], target)
        atheris.Fuzz()


def pieces(text: bytes, mark: bytes) -> list[bytes]:
    """Return a file and its parts: small seeds are mended quicker than large ones."""
    return [text, *text.split(mark)]


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())
