"""The documentation is true: its commands run, its YAML is read, its links lead somewhere."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from PIL import Image
from ruamel.yaml import YAML

from conftest import ASSEMBLY, ROOT, but_two_samples
from gapress.catalogs.checks import CHECKS
from gapress.catalogs.po import parse_po
from gapress.cli.app import main
from gapress.newsroom import NewsroomEntry
from gapress.release.model import Release
from gapress.workspace import Workspace

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
# Programs of other projects, and what needs a network or another machine.
OTHERS = (
    "cd",
    "pip",
    "make",
    "dask",
    "weblate",
    "--configuration",
    "sudo",
    "brew",
    "docker",
    "python",
)
ELSEWHERE = ("--cluster", "gapress preview")


def blocks(page: Path, kind: str) -> list[str]:
    """Return the blocks of a kind in a page, and those of its lists."""
    text = re.sub(r"^  (?=\S| *\S)", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE) if (
        page.name == "README.md"
    ) else page.read_text(encoding="utf-8")  # fmt: skip
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def commands(block: str) -> list[list[str]]:
    """Return the commands of a block; lines that end in a backslash go on."""
    lines = block.replace("\\\n", " ").splitlines()
    return [shlex.split(line, comments=True) for line in lines if line.strip()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_runs(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from_nothing = page.name in {"README.md", "index.md"}
    if not from_nothing:
        for name in ("releases", "locales"):
            shutil.copytree(ROOT / name, tmp_path / name, ignore=but_two_samples)
    folder = tmp_path
    for block in blocks(page, "sh"):
        for command in commands(block):
            if not command:
                continue
            if command[0] == "cd":
                folder = folder / command[1]
            if command[0] in OTHERS or any(word in shlex.join(command) for word in ELSEWHERE):
                continue
            assert command[0] == "gapress", command
            monkeypatch.chdir(folder)
            target = None
            if ">" in command:
                command, target = command[: command.index(">")], command[-1]
            if command[1] == "import":  # what somebody has sent
                sent = docx.Document()
                sent.add_heading("A headline", 0)
                sent.save(command[2])
            elif "import" in command:  # what an agency sends back
                shutil.copytree("to-agency", "from-agency")
                command = [*command[:-1], *map(str, Path("from-agency").glob("*.xlf"))]
            result = CliRunner().invoke(main, command[1:])
            # A report of what is wrong is no failure of the command.
            fine = {0, 1} if command[1] in {"check", "verify"} else {0}
            assert result.exit_code in fine, f"{command}\n{result.output}"
            assert "internal error in gapress" not in result.output
            if target:
                Path(target).write_text(result.stdout, encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_yaml_is_read(page: Path, tmp_path: Path) -> None:
    for name in ("releases", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for number, block in enumerate(blocks(page, "yaml")):
        given: dict[str, Any] = YAML(typ="safe").load(block) or {}
        for picture in re.findall(r"[\w-]+\.jpg", block):
            Image.new("RGB", (9, 9)).save(tmp_path / "releases" / ASSEMBLY / picture)
        newsroom = not {"theme", "languages", "email", "kinds"}.isdisjoint(given)
        newsroom = newsroom or isinstance(given.get("issuers"), dict)
        name = "_newsroom" if newsroom else ASSEMBLY
        whole = YAML(typ="safe").load((ROOT / f"releases/{name}.yaml").read_text(encoding="utf-8"))
        known = set((NewsroomEntry if newsroom else Release).model_fields)
        if not given:
            assert "$schema=_release.schema.json" in block
            continue
        assert set(given) <= known, f"{page.name}, block {number}"
        for mapping in {"facts", "contacts", "issuers"} & set(given):
            if isinstance(given[mapping], dict):
                given[mapping] = whole[mapping] | given[mapping]
        text = json.dumps(whole | given, ensure_ascii=False, default=str)
        (tmp_path / f"releases/{name}.yaml").write_text(text, encoding="utf-8")
        Workspace(tmp_path).release(ASSEMBLY)  # raises what is wrong
        shutil.copy(ROOT / f"releases/{name}.yaml", tmp_path / "releases")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_catalog_entry_is_one_of_the_sample(page: Path) -> None:
    for block in blocks(page, "po"):
        (entry,) = parse_po(block.encode(), page.name).entries
        catalog = ROOT / f"locales/ar/LC_MESSAGES/{ASSEMBLY}.po"
        found = {e.key: e for e in parse_po(catalog.read_bytes(), "x").messages}
        assert found[entry.key].parts == entry.parts


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize(
    "page", [*PAGES, *sorted((ROOT / "docs/reference").glob("*.md"))], ids=lambda page: page.name
)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if re.match(r"https?:|mailto:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file), target


def test_the_reference_is_made_from_the_code() -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        from make_reference import pages
    finally:
        sys.path.pop(0)
    for name, text in pages().items():
        path = ROOT / "docs/reference" / name
        assert path.read_text(encoding="utf-8") == text, "run python tools/make_reference.py"


def test_the_translators_page_names_every_check() -> None:
    text = (ROOT / "docs/translator.md").read_text(encoding="utf-8")
    assert [check.id for check in CHECKS if f"`{check.id}`" not in text] == []


def test_the_navigation_names_every_page() -> None:
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    docs = ROOT / "docs"
    pages = {path.relative_to(docs).as_posix() for path in docs.rglob("*.md")}
    assert pages == set(re.findall(r": (\S+\.md)$", text, re.MULTILINE))
