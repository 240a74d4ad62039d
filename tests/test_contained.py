"""One fault stays one fault: a file that can't be made costs its kit nothing else."""

from __future__ import annotations

import faulthandler
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest

from effort import part, thorough
from gapress.document import Figure, Picture, Section
from gapress.errors import ContentError, UsageError
from gapress.kit.limits import Limit, Limits
from gapress.kit.plan import made_from
from gapress.kit.pool import FaultError, Workers
from gapress.kit.prepare import prepare
from gapress.preview.desk import Desk
from gapress.theme import load_theme
from gapress.workspace import Workspace
from gapress.writers import WRITERS, Writer
from gapress.writers.email import write_all

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conftest import Newsroom
    from gapress.document import Document


def rendered(newsroom: Newsroom, *arguments: str) -> dict[str, list[dict[str, str]]]:
    result = newsroom.run("render", "--json", *arguments)
    report: dict[str, list[dict[str, str]]] = json.loads(result.stdout)
    assert result.exit_code == (1 if report["refused"] else 0), result.output
    return report


def lack_a_glyph(newsroom: Newsroom) -> None:
    """Let the French PDF alone lack a glyph."""
    newsroom.edit("locales/fr/LC_MESSAGES/news.po", "Un titre", "Un titre \U00013080")


# --- a format that refuses a document ------------------------------------------------------------


def test_only_the_file_that_can_t_be_made_is_refused(newsroom: Newsroom) -> None:
    lack_a_glyph(newsroom)
    report = rendered(newsroom)
    assert report["refused"] == [
        {"release": "news", "language": "fr", "format": "pdf"},
        {"release": "news", "language": "fr", "format": "eml"},
    ]
    assert [
        problem["message"] for problem in report["problems"] if "eml" in problem["message"]
    ] == ["the eml in fr is not made, since it would attach the pdf"]
    kit = newsroom.root / "dist/news"
    assert [name for name in newsroom.files() if "/fr/" in name] == [
        f"news/fr/news_fr.{kind}" for kind in ("docx", "html", "ninjs.json", "txt")
    ]
    assert len([name for name in newsroom.files() if "/en/" in name]) == 6
    index = (kit / "index.html").read_text(encoding="utf-8")
    assert "fr/news_fr.docx" in index
    assert "fr/news_fr.pdf" not in index
    manifest = json.loads((kit / "manifest.json").read_text())
    assert manifest["lacking"] == {"fr": ["pdf", "eml"]}


def test_an_earlier_version_of_the_file_does_not_stay(newsroom: Newsroom) -> None:
    rendered(newsroom)
    assert "news/fr/news_fr.pdf" in newsroom.files()
    lack_a_glyph(newsroom)
    removed = rendered(newsroom)["removed"]
    assert removed == [
        "dist/news/fr/news_fr.eml",
        "dist/news/fr/news_fr.pdf",
        "dist/news/news_all.eml",
    ]
    assert "news/fr/news_fr.pdf" not in newsroom.files()
    assert "news/fr/news_fr.docx" in newsroom.files()


def test_what_is_lacking_is_known_until_it_is_made(newsroom: Newsroom) -> None:
    lack_a_glyph(newsroom)
    rendered(newsroom)

    def kits() -> list[str]:
        status = json.loads(newsroom.run("status", "--json").stdout)["status"]
        return [row["kit"] for row in status]

    def findings() -> list[str]:
        result = newsroom.run("verify", "--json")
        return [f["path"] for f in json.loads(result.stdout)["findings"]]

    assert kits() == ["up to date", "incomplete"]
    assert findings() == ["fr pdf", "fr eml"]
    # It is tried each time that it is asked for, and remembered where it is not.
    assert len(rendered(newsroom)["refused"]) == 2
    assert rendered(newsroom, "--format", "html")["current"] == ["dist/news"]
    newsroom.edit("releases/news.yaml", "number: 1500", "number: 1501")
    assert rendered(newsroom, "--format", "docx")["refused"] == []
    assert findings() == ["fr pdf", "fr eml"]
    newsroom.edit("locales/fr/LC_MESSAGES/news.po", "Un titre \U00013080", "Un titre")
    assert rendered(newsroom)["refused"] == []
    assert (kits(), findings()) == (["up to date"] * 2, [])


def test_other_languages_don_t_link_to_a_page_that_is_not_made(newsroom: Newsroom) -> None:
    newsroom.write(
        "templates/release.html",
        """\
        <html><body>{{ 1 // (0 if document.language.code == "fr" else 1) }}
        {% for other in document.alternates %}<a href="{{ other.href }}">x</a>{% endfor %}
        </body></html>
        """,
    )
    report = rendered(newsroom, "--format", "html", "--format", "txt")
    assert report["refused"] == [{"release": "news", "language": "fr", "format": "html"}]
    assert newsroom.files() == [
        "news/en/news_en.html",
        "news/en/news_en.txt",
        "news/fr/news_fr.txt",
    ]
    assert "href" not in (newsroom.root / "dist/news/en/news_en.html").read_text()


def test_a_changed_picture_of_any_block_makes_other_files(newsroom: Newsroom) -> None:
    workspace = Workspace(newsroom.root)
    theme = load_theme(workspace)
    document = prepare(workspace, "news", theme, draft=False).documents["en"]

    def digest(data: bytes) -> str:
        figure = Figure(Picture("a.png", "image/png", data, 1, 1), "x", (), ())
        shown = replace(document, sections=(Section("notes", (), (figure,)),))
        return made_from(shown, theme, WRITERS["html"])

    assert digest(b"1") == digest(b"1")
    assert digest(b"1") != digest(b"2")


# --- a library that fails ------------------------------------------------------------------------

# Imported by every Python process before anything else: makes writers fail at certain words.
FAULTS = """
import os, signal, sys
from gapress.writers import Writer

def fail(kind):
    if kind == "CRASH":
        os.kill(os.getpid(), signal.SIGSEGV)
    while kind == "LOOP":
        pass
    if kind == "WAIT":
        signal.pause()
    if kind == "MEMORY":
        held = []
        while True:
            held.append(bytearray(50_000_000))
    if kind == "EXIT":
        sys.exit("a library that ends the process")
    if kind == "KILL":
        os.kill(os.getpid(), signal.SIGKILL)
    raise AttributeError("'NoneType' object has no attribute 'x'")

def write(writer, document, *arguments, original=Writer.write):
    for text in document.texts():
        for word in text.split():
            kind, _, name = word.partition("-in-")
            if name == writer.name:
                fail(kind)
    return original(writer, document, *arguments)

Writer.write = write
"""
KINDS = {
    "CRASH": "a library crashed (SIGSEGV)",
    "LOOP": "it takes more than 3 seconds; make it shorter or simpler, or raise GAPRESS_SECONDS",
    "MEMORY": "it takes more than 0.5 GB of memory",
    "KILL": "a worker process was killed (out of memory?)",
    "ERROR": "internal error in gapress: AttributeError: 'NoneType' object has no attribute 'x'",
    "EXIT": "internal error in gapress: SystemExit: a library that ends the process",
}
IN_PDF = {"CRASH", "LOOP", "KILL"}
BODY = """\
kind: press release
date: 2025-11-24
dateline: {city: Rabat}
headline: A headline
body:
  - paragraph: A sound paragraph.
  - paragraph: A paragraph with PLACE
  - heading: A heading
contacts: [press]
"""


@pytest.fixture
def faulty(newsroom: Newsroom) -> Newsroom:
    """A newsroom with a release for each kind of fault, and a sound one, in English alone."""
    newsroom.edit("releases/_newsroom.yaml", ", fr: fr-MA", "")
    newsroom.write("releases/news.yaml", BODY)
    for kind in KINDS:
        name = "pdf" if kind in IN_PDF else "docx"
        newsroom.write(f"releases/{kind.lower()}.yaml", BODY.replace("PLACE", f"{kind}-in-{name}"))
    return newsroom


def run(newsroom: Newsroom, faults: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (faults / "sitecustomize.py").write_text(FAULTS)
    limits = {"GAPRESS_SECONDS": "3", "GAPRESS_MEGABYTES": "500"}
    return subprocess.run(
        [sys.executable, "-m", "gapress", "-C", str(newsroom.root), *arguments],
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
        env={**os.environ, "PYTHONPATH": str(faults), **limits},
    )


@thorough
@pytest.mark.parametrize("jobs", part(["2", "1"], 2))
def test_whatever_goes_wrong_in_a_file_stays_in_it(
    jobs: str, faulty: Newsroom, tmp_path_factory: pytest.TempPathFactory
) -> None:
    formats = ("--format", "pdf", "--format", "docx", "--format", "txt")
    result = run(faulty, tmp_path_factory.mktemp("faults"), "render", "--jobs", jobs, *formats)
    assert result.returncode == 1, result.stderr
    assert "Traceback" not in result.stderr
    suffixes = {"pdf", "docx", "txt"}
    for kind, message in KINDS.items():
        name, slug = ("pdf" if kind in IN_PDF else "docx"), kind.lower()
        wanted = (
            f"releases/{slug}.yaml:7:5: this block of the {name} in en can't be made: {message}"
        )
        assert wanted in result.stderr
        assert f"refused {slug} in en: {name}" in result.stderr
        made = {path for path in faulty.files() if path.startswith(f"{slug}/")}
        assert made == {f"{slug}/en/{slug}_en.{s}" for s in suffixes - {name}}
    assert {f"news/en/news_en.{suffix}" for suffix in suffixes} <= set(faulty.files())


def test_check_finds_faults_and_goes_on(
    faulty: Newsroom, tmp_path_factory: pytest.TempPathFactory
) -> None:
    faulty.write("releases/last.yaml", BODY.replace("headline:", "haedline:"))
    result = run(faulty, tmp_path_factory.mktemp("faults"), "check")
    assert result.returncode == 1
    for kind in {*KINDS} - IN_PDF:
        wanted = f"releases/{kind.lower()}.yaml:7:5: this block of the docx in en can't be made: "
        assert f"{wanted}{KINDS[kind]}" in result.stderr
    assert "releases/last.yaml:4:1: haedline is not known here" in result.stderr


def _dies(*_: object) -> bytes:
    faulthandler.disable()  # what pytest would print reads like a crash of the tests
    os.kill(os.getpid(), signal.SIGSEGV)
    return b""


def test_the_draft_in_all_languages_costs_the_kit_nothing_else(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(documents: Sequence[Document], *arguments: Any) -> bytes:
        return _dies() if len(documents) > 1 else write_all(documents, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr("gapress.writers.email.write_all", dies)
        result = newsroom.run("render", "--jobs", "1")
    message = "releases/news.yaml: the eml in all languages can't be made: a library crashed"
    assert result.exit_code == 1
    assert message in result.stderr
    assert "refused news in all languages: eml" in result.stderr
    assert len(newsroom.files()) == 2 * sum(not writer.sign for writer in WRITERS.values())
    kit = newsroom.root / "dist" / "news"
    assert (kit / "index.html").is_file()
    assert not (kit / "news_all.eml").exists()
    assert "all languages eml" in newsroom.run("verify").output
    # The next run tries again, and makes nothing but that.
    again = newsroom.run("render", "--jobs", "1", "--json")
    assert again.exit_code == 0, again.output
    made = {Path(item["file"]).name for item in json.loads(again.stdout)["made"]}
    assert made == {"news_all.eml", "index.html", "manifest.json", "SHA256SUMS", "news.zip"}
    assert newsroom.run("verify").exit_code == 0


def test_an_index_page_that_ends_its_process_leaves_the_kit_as_it_was(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert newsroom.run("render", "--jobs", "1", "--format", "txt").exit_code == 0
    before = (newsroom.root / "dist/news/manifest.json").read_bytes()
    newsroom.edit("releases/news.yaml", "headline: ", "headline: Now ")
    monkeypatch.setattr("gapress.writers.index.write", _dies)
    result = newsroom.run("render", "--jobs", "1", "--format", "txt")
    assert result.exit_code == 1
    assert "releases/news.yaml: the index.html can't be made: a library crashed" in result.stderr
    assert "refused news in en\n" in result.stderr
    assert (newsroom.root / "dist/news/manifest.json").read_bytes() == before


def test_a_fault_of_a_preview_is_a_problem_of_its_view(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Writer.write

    def fails(writer: Writer, *arguments: Any) -> bytes:
        if writer.name == "docx":
            _dies()
        return write(writer, *arguments)

    monkeypatch.setattr(Writer, "write", fails)
    desk = Desk(newsroom.root)
    try:
        with pytest.raises(ContentError, match="the docx in en can't be made: a library crashed"):
            desk.file("news", "en", "docx")
        assert desk.file("news", "en", "txt")[0] == "news_en.txt"
        assert desk.sheet("news").panes["en"].page
    finally:
        desk.close()


def test_what_nobody_expects_while_a_release_is_read_stops_no_other(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.write("releases/other.yaml", BODY)
    release = Workspace.release

    def fails(workspace: Workspace, slug: str) -> Any:
        if slug == "news":
            raise AttributeError("boom")
        return release(workspace, slug)

    monkeypatch.setattr(Workspace, "release", fails)
    message = "releases/news.yaml: can't be read: internal error in gapress: AttributeError: boom"
    for command in (["render", "-l", "en", "-f", "txt"], ["check"], ["status"]):
        result = newsroom.run(*command)
        assert result.exit_code == 1
        assert message in result.output
        assert "Traceback" not in result.output
    assert newsroom.files() == ["other/en/other_en.txt"]
    assert [row for row in newsroom.run("status").output.splitlines() if "other" in row]


# --- long tables ---------------------------------------------------------------------------------


def with_table(newsroom: Newsroom, rows: list[list[str]]) -> Document:
    table = {"table": "A table", "columns": list("abcdef"), "rows": rows}
    newsroom.edit("releases/news.yaml", "facts:", f"  - {json.dumps(table)}\nfacts:")
    workspace = Workspace(newsroom.root)
    return prepare(workspace, "news", load_theme(workspace), draft=True).drafts["en"]


def test_a_table_may_have_500_rows(newsroom: Newsroom) -> None:
    document = with_table(newsroom, [[f"w{n}x", "a", "b", "c", "d", "e"] for n in range(500)])
    theme = load_theme(Workspace(newsroom.root))
    for name in ("html", "txt"):
        page = WRITERS[name].write(document, theme).decode()
        assert set(re.findall(r"w\d+x", page)) == {f"w{n}x" for n in range(500)}


def test_words_that_fit_in_no_column_are_set_in_columns_of_fixed_width(newsroom: Newsroom) -> None:
    text = "word " * 400
    document = with_table(newsroom, [["W" * 400] * 6, [text.strip()] * 6])
    theme = load_theme(Workspace(newsroom.root))
    page = WRITERS["html"].write(document, theme).decode()
    assert 'class="table wide tight crammed"' in page
    assert page.count('<col style="width: 16%">') == 6
    file = pypdfium2.PdfDocument(WRITERS["pdf"].write(document, theme))
    shown = "".join(page.get_textpage().get_text_bounded() for page in file)
    assert shown.count("W") == 6 * 400


# --- workers -------------------------------------------------------------------------------------


def test_a_worker_that_dies_while_it_waits_costs_nothing() -> None:
    workers = Workers(1)
    limit = Limit(5, 1_000_000_000)
    numbers = []
    for _ in range(12):
        numbers.append(workers.submit(os.getpid, limit).result(60))
        os.kill(numbers[-1], signal.SIGKILL)
    assert len(set(numbers)) == 12
    workers.end(at_once=True)


def test_a_worker_does_one_thing_after_the_other() -> None:
    workers = Workers(1)
    limit = Limit(5, 1_000_000_000)
    numbers = [workers.submit(partial(divmod, number, 2), limit) for number in range(20)]
    wrong = workers.submit(partial(divmod, 1, 0), limit)
    unsendable = workers.submit(lambda: None, limit)
    assert [number.result() for number in numbers] == [divmod(number, 2) for number in range(20)]
    with pytest.raises(FaultError, match="ZeroDivisionError"):
        wrong.result()
    with pytest.raises(FaultError, match="pickle"):
        unsendable.result()
    assert workers.submit(os.getpid, limit).result() == workers.submit(os.getpid, limit).result()
    workers.end(at_once=False)


def test_a_worker_that_only_waits_is_ended_too() -> None:
    workers = Workers(1)
    waiting = workers.submit(partial(time.sleep, 3_600), Limit(0.02, 1_000_000_000))
    with pytest.raises(FaultError) as caught:
        waiting.result(60)
    assert caught.value.end == "time"
    workers.end(at_once=False)


def test_ending_at_once_waits_for_nothing() -> None:
    workers = Workers(1)
    waiting = workers.submit(partial(time.sleep, 3_600), Limit(3_600, 1_000_000_000))
    ended = threading.Thread(target=workers.end, kwargs={"at_once": True})
    ended.start()
    ended.join(60)
    assert not ended.is_alive()
    assert not waiting.done()


@pytest.mark.parametrize("value", ["0", "-1", "1.5", "ten", "1000000", "٣"])
def test_a_limit_is_a_whole_number(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GAPRESS_SECONDS", value)
    with pytest.raises(UsageError, match="GAPRESS_SECONDS must be a whole number"):
        Limits.of_environment()


@pytest.mark.parametrize(
    ("template", "name"),
    [("parts.html", "html"), ("parts.html", "pdf"), ("email.html", "eml"), ("release.txt", "txt")],
)
def test_a_block_without_a_part_in_a_template_is_told(
    template: str, name: str, newsroom: Newsroom
) -> None:
    newsroom.edit("releases/news.yaml", "facts:", "  - list: [One, Two]\nfacts:")
    shipped = load_theme(Workspace(newsroom.root)).files[template].decode()
    newsroom.write(f"templates/{template}", shipped.replace('"ItemList"', '"ItemLst"'))
    for command in (["render", "--draft", "-f", name], ["check"]):
        result = newsroom.run(*command)
        assert result.exit_code == 1
        assert f"templates/{template}: has no part for ItemList, which would be" in result.output


def test_no_work_is_lost_with_a_worker_that_dies_while_mail_comes() -> None:
    workers = Workers(1)
    limit = Limit(5, 1_000_000_000)
    for _ in range(8):
        number = workers.submit(os.getpid, limit).result(60)
        killed = workers.submit(partial(os.kill, number, signal.SIGKILL), limit)
        others = [workers.submit(partial(divmod, n, 2), limit) for n in range(5)]
        assert [other.result(60) for other in others] == [divmod(n, 2) for n in range(5)]
        with suppress(FaultError, OSError):  # done once more, there is nobody left to kill
            killed.result(60)
    workers.end(at_once=True)
