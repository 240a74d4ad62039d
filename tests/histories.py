"""What officer and translator may do to a catalog, as a Hypothesis strategy, and living through it.

Shared by the tests and by ``make conformance``, which asks GNU gettext after each step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from hypothesis import strategies as st

from gapress.catalogs.merge import merge
from gapress.catalogs.message import Message
from gapress.catalogs.po import PoEntry, PoFile, new_entry, parse_po

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIELDS = """\
Project-Id-Version: x
Last-Translator: Newsroom
Language-Team: French
Language: fr
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 8bit
"""
WORDS = st.sampled_from(
    ["assembly", "opens", "in", "Marrakech", "today", "security", "is", "a", "shared", "duty"]
)
TEXT = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
MESSAGE = st.tuples(st.sampled_from(["paragraph", "note"]), TEXT)
Step: TypeAlias = tuple[str, Any]
STEP: st.SearchStrategy[Step] = st.one_of(
    st.tuples(st.just("source"), st.lists(MESSAGE, max_size=6, unique=True)),
    st.tuples(st.just("translate"), st.integers(0, 9)),
    st.tuples(st.just("review"), st.integers(0, 9)),
)
HISTORY = st.lists(STEP, max_size=10)


def live_through(steps: Sequence[Step]) -> Iterator[PoFile]:
    """Yield the catalog after each step, having held it against what must always be true."""
    catalog = PoFile((PoEntry(new_entry("", "", 79, FIELDS).parts, before=()),))
    written: set[str] = set()
    for number, (action, value) in enumerate(steps):
        if action == "source":
            found = [Message(role, text, (f"a.yaml:{i}",)) for i, (role, text) in enumerate(value)]
            catalog = merge(catalog, found)
            assert merge(catalog, found).to_bytes() == catalog.to_bytes()
            live = [e.key for e in catalog.messages if not e.obsolete]
            assert sorted(live) == sorted(m.key for m in found)
        else:
            catalog, new = _translated(catalog, action, value, f"translation {number}")
            written |= new
        catalog = parse_po(catalog.to_bytes(), "x.po")
        assert written <= {e.translation for e in catalog.messages}
        yield catalog


def _translated(catalog: PoFile, action: str, value: int, text: str) -> tuple[PoFile, set[str]]:
    live = [i for i, e in enumerate(catalog.entries) if e.key[1] and not e.obsolete]
    if not live:
        return catalog, set()
    index = live[value % len(live)]
    entry, written = catalog.entries[index], set()
    if action == "translate" and not entry.translation:
        entry, written = entry.with_string("msgstr", text, 79), {text}
    elif entry.translation:
        entry = entry.with_flags([]).with_previous(None, 79)
    entries = (*catalog.entries[:index], entry, *catalog.entries[index + 1 :])
    return PoFile(entries, catalog.tail), written
