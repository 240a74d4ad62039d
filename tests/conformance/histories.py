"""GNU gettext accepts a catalog at every moment of its life: ``msgfmt --check``, warnings too.

Run by ``make conformance`` with pytest, in the environment of gapress.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings

from conformance.po_checks import gettext
from histories import HISTORY, Step, live_through


@settings(max_examples=60, deadline=None)
@given(HISTORY)
def test_msgfmt_accepts_every_history(steps: list[Step]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "x.po"
        for catalog in live_through(steps):
            file.write_bytes(catalog.to_bytes())
            assert gettext(file) == []
