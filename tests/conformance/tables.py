"""A table of 5,000 rows and 6 columns is read, and written in every format, whole."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING

import pypdfium2

from gapress.kit.prepare import prepare
from gapress.theme import load_theme
from gapress.workspace import Workspace
from gapress.writers import WRITERS

if TYPE_CHECKING:
    from conftest import Newsroom

ROWS = 5_000


def test_every_row_is_in_every_format(newsroom: Newsroom) -> None:
    newsroom.edit("releases/_newsroom.yaml", "{en: en-GB, fr: fr-MA}", "{en: en-GB}")
    rows = [[f"w{n}x", "a", "b", 1.5, {"percentage": 2}, None] for n in range(ROWS)]
    table = {"table": "A table", "columns": list("abcdef"), "rows": rows}
    newsroom.edit("releases/news.yaml", "facts:", f"  - {json.dumps(table)}\nfacts:")
    workspace = Workspace(newsroom.root)
    theme = load_theme(workspace)
    document = prepare(workspace, "news", theme, draft=False).documents["en"]
    wanted = {f"w{n}x" for n in range(ROWS)}
    for name in ("html", "txt", "ninjs", "docx", "pdf"):
        data = WRITERS[name].write(document, theme)
        if name == "docx":
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                data = package.read("word/document.xml")
        if name == "pdf":
            with pypdfium2.PdfDocument(data) as file:
                shown = "\n".join(page.get_textpage().get_text_range() for page in file)
        else:
            shown = data.decode()
        assert wanted <= set(re.findall(r"w\d+x", shown)), name
