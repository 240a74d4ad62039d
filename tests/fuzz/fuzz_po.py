"""Fuzzes the PO reader: any file is a catalog that is written back byte for byte, or a problem."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).parent))
from harness import ROOT, fuzz, pieces

with atheris.instrument_imports(include=["gapress"]):
    from gapress.catalogs.merge import merge
    from gapress.catalogs.message import Message
    from gapress.catalogs.po import parse_po
    from gapress.catalogs.store import read_catalog
    from gapress.errors import ContentError

WORDS = ["msgid", "msgstr", "msgctxt", "msgid_plural", "msgstr[0]", '""', '"', "#", "#~ ", "#| "]
WORDS += ["#, fuzzy", "#~| ", "#: ", "#. {n} 1 (en, one)", "\\n", "\\x", "\\777", "\r\n", "\ufeff"]
WORDS += ["charset=", "charset=idna", "charset=utf-7", "charset=utf-16", "<<<<<<< ", "\\\\", '\\"']
NEWS = [Message("headline", "A headline", ("x.yaml:1",)), Message("", "{n} files", (), ("Note",))]


def one(data: bytes) -> None:
    """Read a catalog in both ways that gapress does, write it back, and merge news into it."""
    catalog, problems = None, ()
    try:
        catalog = parse_po(data, "x.po")
        read_catalog(data, "x.po")
    except ContentError as error:
        problems = error.problems
    assert all(problem.path == "x.po" for problem in problems)
    if catalog is None:
        return
    # Some encodings write one text in several ways, and odd marks of obsolete lines become even.
    if catalog.encoding.lower() == "utf-8" and b"#~" not in data:
        assert catalog.to_bytes() == data
    merged = merge(catalog, NEWS)
    try:
        again = parse_po(merged.to_bytes(), "x.po")
    except UnicodeEncodeError:
        return  # the kit says so: an encoding lacks a character
    assert {message.key for message in NEWS} <= {entry.key for entry in again.messages}


if __name__ == "__main__":
    files = sorted((ROOT / "locales").rglob("*.po*"))
    fuzz(one, [part for file in files for part in pieces(file.read_bytes(), b"\n\n")], WORDS)
