"""Shared fixtures: a small newsroom to change at will, and the sample newsroom's kits."""

from __future__ import annotations

import os
import textwrap
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from effort import some
from gapress.cli.app import main
from gapress.kit.build import Order, Report, build
from gapress.theme import load_theme
from gapress.workspace import Workspace
from gapress.writers import WRITERS

if TYPE_CHECKING:
    from gapress.document import Document
    from gapress.theme import Theme

# A run in CI must not depend on luck; elsewhere every run tries other examples.
settings.register_profile("usual", some(100), derandomize=bool(os.environ.get("CI")))
settings.load_profile("usual")
# Tests of small newsrooms stay in their process; others say how many jobs they want.
os.environ["GAPRESS_JOBS"] = "1"

ROOT = Path(__file__).parents[1]
ASSEMBLY = "2025-11-24-interpol-general-assembly"
ADVISORY = "2025-11-20-media-advisory-general-assembly"
STATEMENT = "2025-11-13-joint-statement-storm-warnings"


def but_two_samples(folder: str, names: list[str]) -> list[str]:
    """Leave out of a copy of the sample newsroom all releases but two, with their catalogs."""
    del folder
    kept = (ASSEMBLY, ADVISORY)
    return [name for name in names if name.startswith("202") and not name.startswith(kept)]


NEWSROOM = """\
language: en
organisation: {name: Test Newsroom, url: "https://example.org/"}
languages: {en: en-GB, fr: fr-MA}
time_zone: Africa/Casablanca
contacts:
  press: {name: Press office, phone: "+212 5 00 00 00 00", email: press@example.org}
"""

RELEASE = """\
kind: press release
date: 2025-11-24
dateline: {city: Marrakech}
headline: A headline
body:
  - paragraph: A paragraph with {count} figures.
facts:
  count: {number: 1500}
contacts: [press]
"""

FRENCH = {
    "organisation": {"Test Newsroom": "Salle de presse"},
    "contact": {"Press office": "Service de presse"},
    "headline": {"A headline": "Un titre"},
    "paragraph": {"A paragraph with {count} figures.": "Un paragraphe avec {count} chiffres."},
    "dateline city": {"Marrakech": "Marrakech"},
}


@dataclass
class Newsroom:
    """A newsroom in a folder of its own."""

    root: Path

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(textwrap.dedent(text), encoding="utf-8")
        return file

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def catalog(self, path: str, messages: dict[str, dict[str, str]]) -> None:
        entries = [
            f"msgctxt {quoted(role)}\nmsgid {quoted(source)}\nmsgstr {quoted(translation)}\n"
            for role, texts in messages.items()
            for source, translation in texts.items()
        ]
        header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
        self.write(f"locales/{path}", "\n".join([header, *entries]))

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, ["--directory", str(self.root), *arguments])

    def files(self) -> list[str]:
        """The files of all kits' languages, without what belongs to a kit as a whole."""
        dist = self.root / "dist"
        found = (path.relative_to(dist) for path in dist.rglob("*") if path.is_file())
        return sorted(p.as_posix() for p in found if len(p.parts) > 2 and ".gapress" not in p.parts)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


@pytest.fixture(scope="session")
def _libraries() -> None:
    """Import once what worker processes need; they are forked from this one."""
    for writer in WRITERS.values():
        import_module(writer.module)
    import_module("gapress.writers.pdf").get_ready()


@pytest.fixture
def newsroom(tmp_path: Path, _libraries: None) -> Newsroom:
    """A newsroom with one release, ``news``, complete in English and French."""
    made = Newsroom(tmp_path)
    made.write("releases/_newsroom.yaml", NEWSROOM)
    made.write("releases/news.yaml", RELEASE)
    shared = {"organisation", "contact"}
    made.catalog("fr/LC_MESSAGES/newsroom.po", {k: v for k, v in FRENCH.items() if k in shared})
    made.catalog("fr/LC_MESSAGES/news.po", {k: v for k, v in FRENCH.items() if k not in shared})
    return made


@pytest.fixture(scope="session")
def sample() -> Workspace:
    return Workspace(ROOT)


@pytest.fixture(scope="session")
def theme(sample: Workspace) -> Theme:
    return load_theme(sample)


@dataclass(frozen=True)
class Kits:
    """The kits of two releases of the sample newsroom."""

    root: Path
    report: Report

    def path(self, slug: str, language: str, suffix: str) -> Path:
        (found,) = (self.root / slug / language).glob(f"{slug}_{language}*.{suffix}")
        return found


@pytest.fixture(scope="session")
def kits(sample: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Kits:
    root = tmp_path_factory.mktemp("dist")
    order = Order([ADVISORY, ASSEMBLY], (), list(WRITERS), root, jobs=2)
    return Kits(root, build(sample, order))


@pytest.fixture(scope="session")
def documents(sample: Workspace, theme: Theme) -> dict[tuple[str, str], Document]:
    """The documents of the sample newsroom by release and language."""
    from gapress.kit.plan import plan
    from gapress.kit.prepare import prepare

    found: dict[Any, Document] = {}
    for slug in sample.slugs():
        prepared = prepare(sample, slug, theme, draft=False)
        formats = {code: ["html"] for code in prepared.documents}
        for wanted in plan(prepared.documents, formats, theme):
            found[slug, wanted.document.language.code] = wanted.document
    return found
