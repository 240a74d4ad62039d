"""Catalogs: GNU gettext accepts them, and Weblate's own library reads what polib reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polib
from translate.storage import pypo

from .tools import Check, each, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


# The editor in which a translator first saves a catalog writes the date.
NOT_YET = "header field 'PO-Revision-Date' missing in header"


def gettext(file: Path) -> list[str]:
    """Return what ``msgfmt --check`` says of a catalog, warnings included."""
    output = run("msgfmt", "--check", "--output-file=/dev/null", file, ok=(0, 1))
    return [line for line in output.splitlines() if line.strip() and NOT_YET not in line]


def toolkit(file: Path) -> list[str]:
    """Return where translate-toolkit and polib read different messages."""
    ours = {
        (entry.msgctxt or "", entry.msgid): (entry.msgstr, "fuzzy" in entry.flags)
        for entry in polib.pofile(str(file))
        if not entry.msgid_plural and not entry.obsolete
    }
    theirs = {
        (unit.getcontext(), str(unit.source)): (str(unit.target), unit.isfuzzy())
        for unit in pypo.pofile.parsefile(str(file)).units
        if not unit.isheader() and not unit.isobsolete() and not unit.hasplural()
    }
    different = [key for key in ours | theirs if ours.get(key) != theirs.get(key)]
    return [f"{context} {source!r} is read in two ways" for context, source in different]


CHECKS: Mapping[str, Check] = {"msgfmt": each(gettext), "toolkit": each(toolkit)}
