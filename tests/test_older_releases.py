"""Releases as an earlier gapress had them still say the same, word for word.

``cases/older`` holds the sample newsroom of the time before blocks, facts and heads were opened up, and
in ``expected`` what the gapress of that time made of it.
"""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from click.testing import CliRunner

from conftest import ADVISORY, ASSEMBLY, ROOT
from gapress.catalogs.po import parse_po
from gapress.cli.app import main
from gapress.kit.build import Order, build
from gapress.workspace import Workspace
from test_nothing_lost import READERS, of_page, squeezed

if TYPE_CHECKING:
    from pathlib import Path

OLDER = ROOT / "tests/cases/older"
FORMATS = ["html", "docx", "txt", "pdf", "ninjs"]
LANGUAGES = ("en", "fr", "ar")


def without_markup(value: Any) -> Any:
    """Return news data whose HTML is its characters."""
    if isinstance(value, dict):
        return {key: without_markup(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_markup(item) for item in value]
    is_page = isinstance(value, str) and value.startswith("<")
    return squeezed(of_page(value)) if is_page else value


def said(kit: Path, code: str) -> dict[str, Any]:
    """Return what the files of a language say, without how they are set."""
    found: dict[str, Any] = {}
    for name in FORMATS:
        ending = "ninjs.json" if name == "ninjs" else name
        (path,) = (kit / code).glob(f"*.{ending}")
        data = path.read_bytes()
        if name == "ninjs":
            found[name] = without_markup(json.loads(data))
        elif name == "txt":
            found[name] = data.decode().splitlines()
        elif name == "pdf":
            pages = pypdfium2.PdfDocument(data)
            text = "".join(page.get_textpage().get_text_bounded() for page in pages)
            found[name] = " ".join(text.split())
        else:
            found[name] = squeezed(READERS[name][0](data))
    return found


@pytest.fixture(scope="module", params=[ADVISORY, ASSEMBLY])
def kit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    dist = tmp_path_factory.mktemp("older")
    report = build(Workspace(OLDER), Order([request.param], (), FORMATS, dist))
    assert [*report.problems, *report.refused, *report.failures] == []
    return dist / str(request.param)


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_older_release_says_the_same(kit: Path, code: str) -> None:
    expected = json.loads((OLDER / f"expected/{kit.name}_{code}.json").read_text("utf-8"))
    for name, text in said(kit, code).items():
        assert text == expected[name], name


def test_its_catalogs_lose_nothing_when_they_are_updated(tmp_path: Path) -> None:
    shutil.copytree(OLDER, tmp_path, dirs_exist_ok=True)
    result = CliRunner().invoke(main, ["-C", str(tmp_path), "catalogs", "update"])
    assert result.exit_code == 0, result.output
    for path in OLDER.glob("locales/*/LC_MESSAGES/*.po"):
        kept = parse_po((tmp_path / path.relative_to(OLDER)).read_bytes(), path.name)
        before = parse_po(path.read_bytes(), path.name)
        now = {entry.key: (entry.translation, "fuzzy" in entry.flags) for entry in kept.entries}
        assert now == {e.key: (e.translation, "fuzzy" in e.flags) for e in before.entries}
