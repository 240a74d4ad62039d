"""Fuzzes inline markup: any text has tokens, or reasons why not."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent))
from harness import ROOT, fuzz

with atheris.instrument_imports(include=["gapress", "markdown_it", "mdurl"]):
    from gapress.localization.inline import inlines
    from gapress.localization.typography import typography_for
    from gapress.release.fields import problem_with_characters
    from gapress.release.markup import MarkupError, placeholders, scan, tokens
    from gapress.release.yaml import parse

PLAIN = typography_for({}, "en")
WORDS = ["*", "**", "[", "](", ")", "{", "}", "{{", "}}", "\\", "<", "https://", "mailto:", "tel:"]
WORDS += [
    "&amp;",
    "&#0;",
    '"',
    "'",
    "\u00a0",
    "\u202e",
    "\u2066",
    "\u2069",
    "مراكش",
    "__",
    "!",
    ":",
]


def one(data: bytes) -> None:
    """Read a text's markup, and lay out what is sound."""
    # Escapes in YAML make lone surrogates; nothing else does.
    text = data.decode("utf-8", "surrogateescape")
    problem_with_characters(text)
    scan.cache_clear()
    try:
        found = tokens(text)
    except MarkupError:
        return
    slots = dict.fromkeys(placeholders(text), ())
    opened = [token for token in found if token.kind in {"emphasis", "strong", "link"}]
    assert len(opened) == sum(token.kind == "end" for token in found)
    inlines(found, slots, "ltr", PLAIN)


def texts(data: object) -> list[str]:
    """Return every text in data."""
    if isinstance(data, dict | list):
        parts = data.values() if isinstance(data, dict) else data
        return [text for part in parts for text in texts(part)]
    return [data] if isinstance(data, str) else []


if __name__ == "__main__":
    files = sorted((ROOT / "releases").glob("*.yaml"))
    seeds = [t.encode() for f in files for t in texts(parse(f.read_bytes(), f.name).data)]
    fuzz(one, seeds, WORDS)
