"""How the time of a catalog update grows with the number of messages.

Run it from the top of the project: ``.venv/bin/python benchmarks/catalogs.py``. Each row is the
median of three runs in this process; the last column is the time for each message, against that of
the smallest catalog: 1.0 all the way down is linear growth.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from gapress.catalogs.merge import merge
from gapress.catalogs.message import Message
from gapress.catalogs.po import parse_po

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (500, 1000, 2500, 5000)
WORDS = ("assembly", "delegates", "security", "open", "vote", "share", "duty", "threat", "city")


def messages(count: int, edit: Callable[[int], bool]) -> list[Message]:
    """Return messages of about twenty words, some of them edited."""
    found = []
    for number in range(count):
        words = [WORDS[(number * 7 + step * step) % len(WORDS)] for step in range(20)]
        words[5] = f"number-{number}"
        if edit(number):
            words[10] = "edited"
        found.append(Message("paragraph", " ".join(words), (f"releases/a.yaml:{number}",)))
    return found


def update(raw: bytes, after: list[Message]) -> bytes:
    """Do what an update does to a catalog, in memory."""
    return merge(parse_po(raw, "x.po"), after).to_bytes()


def median(action: Callable[[], object]) -> float:
    """Return the median of three timings in seconds."""
    timings = []
    for _ in range(3):
        began = time.perf_counter()
        action()
        timings.append(time.perf_counter() - began)
    return statistics.median(timings)


def main() -> None:
    """Print the table."""
    print(f"{'messages':>8}  {'edited':>6}  {'seconds':>8}  {'per message':>11}")
    for name, edit in (
        ("none", lambda _: False),
        ("1 %", lambda n: n % 100 == 0),
        ("all", lambda _: True),
    ):
        base = 0.0
        for count in SIZES:
            header = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
            empty = parse_po(header, "x.po")
            before = merge(empty, messages(count, lambda _: False)).to_bytes()
            raw = before.replace(b'msgstr ""\n\n', b'msgstr "a translation of it"\n\n')
            after = messages(count, edit)
            seconds = median(
                lambda raw=raw, after=after: merge(parse_po(raw, "x"), after).to_bytes()
            )
            base = base or seconds / count
            print(f"{count:>8}  {name:>6}  {seconds:>8.3f}  {seconds / count / base:>11.2f}")


if __name__ == "__main__":
    main()
