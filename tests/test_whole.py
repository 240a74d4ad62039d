"""Whole or not at all: whatever happens, a kit is complete, the old one or the new one."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from effort import THOROUGH, thorough
from gapress.cli.app import main
from gapress.kit import folder as kit_folder
from gapress.kit.folder import KitFolder
from test_kit import tree

if TYPE_CHECKING:
    from conftest import Newsroom

PRECIOUS = "dist/news/fr/notes.txt"
# What changes something in the file system, as Python's audit hooks tell it.
EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.chmod", "shutil"}


def render_and_die(newsroom: Newsroom, moment: int) -> bool:
    """Render in a copy of this process that is killed at a moment; return whether it was."""
    child = os.fork()
    if child == 0:
        count = 0

        def die(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal count
            if event.partition(".")[0] == "shutil" or event in EVENTS:
                if event == "open" and not str(arguments[0]).startswith(
                    str(newsroom.root / "dist")
                ):
                    return
                count += 1
                if count == moment:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(die)
        CliRunner().invoke(main, ["-C", str(newsroom.root), "render", "-f", "html", "-f", "txt"])
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


@thorough
@pytest.mark.parametrize("can_exchange", [True, False], ids=["exchange", "two steps"])
def test_killed_at_any_moment(
    can_exchange: bool, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With real SIGKILLs at every change that a render makes in the output folder."""
    if not can_exchange:
        monkeypatch.setattr(kit_folder, "_exchange", lambda *_: False)
    newsroom.run("render", "-f", "html", "-f", "txt")
    kit = newsroom.root / "dist/news"
    moment, killed, states = 0, True, set()
    while killed:
        moment += 1 if THOROUGH else 5
        newsroom.write(PRECIOUS, "mine")
        before = tree(kit)
        old, new = ("1500", "1501") if b"1,500" in before["en/news_en.txt"] else ("1501", "1500")
        newsroom.edit("releases/news.yaml", f"number: {old}", f"number: {new}")
        killed = render_and_die(newsroom, moment)
        after = tree(kit)
        if after == before:
            states.add("old")
        elif can_exchange or after:
            states.add("new")
            found = newsroom.run("verify").output.splitlines()
            assert (
                found[0]
                == "news: news/fr/notes.txt was not made by gapress; move it out of the kit"
            )
            assert len(found) == 2, found
        assert (newsroom.root / PRECIOUS).is_file() or not can_exchange
        # The next run finds its way, and leaves nothing behind.
        assert newsroom.run("render", "-f", "html", "-f", "txt").exit_code == 0
        assert (newsroom.root / PRECIOUS).read_text(encoding="utf-8") == "mine"
        (newsroom.root / PRECIOUS).unlink()
        assert newsroom.run("verify").exit_code == 0
        left = {path.name for path in (newsroom.root / "dist/.gapress").iterdir()}
        assert left <= {"news.json", "news.lock"}
    assert states == {"old", "new"}
    assert moment > 30


def test_a_full_disk(newsroom: Newsroom) -> None:
    """The system refuses to write the ZIP in the middle (RLIMIT_FSIZE)."""
    newsroom.run("render", "-f", "html")
    before = tree(newsroom.root / "dist/news")
    newsroom.edit("releases/news.yaml", "number: 1500", "number: 1501")
    zipped = len(before["news.zip"])
    child = subprocess.run(
        [sys.executable, "-m", "gapress", "-C", str(newsroom.root), "render", "-f", "html"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (zipped - 100, zipped)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert child.returncode == 3, child.stderr
    assert "dist/news can't be written: File too large; nothing was changed there" in child.stderr
    assert "Traceback" not in child.stderr
    assert tree(newsroom.root / "dist/news") == before
    assert not (newsroom.root / "dist/.gapress/news.new").exists()
    assert newsroom.run("render", "-f", "html").exit_code == 0


def test_a_lost_picture_leaves_the_kit_as_it_was(newsroom: Newsroom) -> None:
    from PIL import Image

    (newsroom.root / "releases/news").mkdir()
    Image.new("RGB", (9, 9)).save(newsroom.root / "releases/news/a.png")
    newsroom.edit("releases/news.yaml", "facts:", "  - {image: a.png, alt: A square}\nfacts:")
    assert newsroom.run("render", "-l", "en", "-f", "html").exit_code == 0
    before = tree(newsroom.root / "dist/news")
    (newsroom.root / "releases/news/a.png").unlink()
    result = newsroom.run("render", "-l", "en", "-f", "html")
    assert result.exit_code == 1
    assert "releases/news/a.png is missing" in result.output
    assert tree(newsroom.root / "dist/news") == before
    assert newsroom.run("verify").output.startswith(
        "news: releases/news/a.png has changed since the kit was made; run gapress render\n"
    )


def test_two_runs_at_once(newsroom: Newsroom) -> None:
    command = [sys.executable, "-m", "gapress", "-C", str(newsroom.root), "render", "-q"]
    runs = [subprocess.Popen([*command, "-f", name]) for name in ("html", "txt", "docx", "html")]
    assert [run.wait() for run in runs] == [0, 0, 0, 0]
    assert newsroom.run("verify").exit_code == 0
    assert newsroom.files() == [
        f"news/{code}/news_{code}.{suffix}"
        for code in ("en", "fr")
        for suffix in ("docx", "html", "txt")
    ]


def test_a_run_waits_for_another(newsroom: Newsroom) -> None:
    outcome = []
    with KitFolder(newsroom.root / "dist", "news").lock(wait=True) as mine:
        assert mine
        thread = threading.Thread(
            target=lambda: outcome.append(
                subprocess.run(
                    [
                        sys.executable,
                        "-m",
                        "gapress",
                        "-C",
                        str(newsroom.root),
                        "render",
                        "-f",
                        "txt",
                    ],
                    capture_output=True,
                    text=True,
                    check=False,
                )
            )
        )
        thread.start()
        thread.join(2.5)
        assert thread.is_alive()
    thread.join(20)
    assert outcome[0].returncode == 0
    assert "waiting for another run that is making news" in outcome[0].stderr


def test_files_of_others_are_taken_along_and_never_removed(newsroom: Newsroom) -> None:
    newsroom.run("render", "-f", "html")
    newsroom.write(PRECIOUS, "mine")
    (newsroom.root / "dist/news/link").symlink_to("/nowhere")
    newsroom.write("dist/news/own folder/x", "mine too")
    newsroom.edit("releases/news.yaml", "number: 1500", "number: 1501")
    assert newsroom.run("render", "-f", "html").exit_code == 0
    assert (newsroom.root / PRECIOUS).read_text(encoding="utf-8") == "mine"
    assert (newsroom.root / "dist/news/link").is_symlink()
    assert (newsroom.root / "dist/news/own folder/x").is_file()
    # Where every language is refused the kit goes, but not what is not of it.
    newsroom.edit(
        "releases/_newsroom.yaml", "{en: en-GB, fr: fr-MA}", "{en: en-GB, fr: fr-MA, es: es-ES}"
    )
    newsroom.edit("releases/news.yaml", "kind: press", "language: es\nkind: press")
    newsroom.edit("locales/fr/LC_MESSAGES/news.po", "Un titre", "")
    assert newsroom.run("render", "-f", "html").exit_code == 1
    assert set(tree(newsroom.root / "dist/news")) == {"fr/notes.txt", "own folder/x"}
    assert (newsroom.root / "dist/news/link").is_symlink()


def test_the_output_can_t_be_a_file(newsroom: Newsroom) -> None:
    newsroom.write("dist", "a file where a folder belongs")
    result = newsroom.run("render", "-f", "html")
    assert result.exit_code == 3
    assert "can't be written" in result.output
    assert "Traceback" not in result.output


# --- verify --------------------------------------------------------------------------------------


def test_verify_tells_faults_apart(newsroom: Newsroom) -> None:
    def found() -> set[tuple[str, str]]:
        result = newsroom.run("verify", "--json")
        findings = json.loads(result.stdout)["findings"]
        assert result.exit_code == (1 if findings else 0)
        return {(finding["kind"], finding["path"]) for finding in findings}

    assert found() == {("none", "news")}
    newsroom.run("render", "-f", "html", "-f", "txt")
    assert found() == set()
    kit: Path = newsroom.root / "dist/news"

    page = (kit / "fr/news_fr.html").read_bytes()
    newsroom.write("dist/news/fr/news_fr.html", "x")
    assert found() == {("changed", "news/fr/news_fr.html")}
    (kit / "fr/news_fr.html").unlink()
    assert found() == {("missing", "news/fr/news_fr.html")}
    (kit / "fr/news_fr.html").write_bytes(page)

    newsroom.write("dist/news/extra.txt", "x")
    assert found() == {("extra", "news/extra.txt")}
    (kit / "extra.txt").unlink()

    archive = (kit / "news.zip").read_bytes()
    (kit / "news.zip").write_bytes(archive[:-5])
    assert found() == {("changed", "news/news.zip")}
    (kit / "news.zip").unlink()
    assert found() == {("missing", "news/news.zip")}
    (kit / "news.zip").write_bytes(archive)

    newsroom.edit("releases/news.yaml", "number: 1500", "number: 1501")
    newsroom.catalog("fr_MA/LC_MESSAGES/news.po", {"headline": {"A headline": "Titre marocain"}})
    newsroom.write("templates/extra.css", "")
    assert found() == {
        ("stale", "releases/news.yaml"),
        ("stale", "locales/fr_MA/LC_MESSAGES/news.po"),
        ("stale", "templates/extra.css"),
    }
    assert newsroom.run("render", "-f", "html", "-f", "txt").exit_code == 0
    assert found() == set()

    newsroom.write("dist/news/manifest.json", "{")
    assert found() == {("damaged", "news/manifest.json")}


def test_verify_tells_a_kit_without_a_release(newsroom: Newsroom) -> None:
    newsroom.write("releases/old.yaml", (newsroom.root / "releases/news.yaml").read_text())
    assert newsroom.run("render", "-f", "txt", "-l", "en").exit_code == 0
    (newsroom.root / "releases/old.yaml").unlink()
    result = newsroom.run("verify")
    assert result.exit_code == 1
    assert "old: old is a kit whose release is gone; delete the folder" in result.output
    assert newsroom.run("verify", "news").exit_code == 0


@pytest.mark.parametrize(
    "damage",
    [
        {"packages": ["babel"]},
        {"release": "\ud800"},
        {"sources": {"gapress:templates//etc/passwd": None}},
        {"packages": {"babel": 1}},
        {"sources": {"/dev/zero": None}},
        {"sources": {"../../etc/passwd": None}},
        {"sources": {"releases/news.yaml": 7}},
        {"languages": [["en"]]},
        {"archive": "../../news.zip"},
        {"archive": 5},
        {"files": {"../../precious.txt": {"sha256": "0", "bytes": 1}}},
        {"files": {"en/a.html": {"sha256": "0", "bytes": "many"}}},
        {"files": []},
        {"version": "1"},
        {"version": True},
        {"draft": 0},
        {"embargo": 5},
    ],
    ids=str,
)
def test_a_manifest_that_is_not_gapresss_is_no_manifest(
    damage: dict[str, object], newsroom: Newsroom
) -> None:
    newsroom.run("render", "-f", "txt")
    path = newsroom.root / "dist/news/manifest.json"
    path.write_text(json.dumps(json.loads(path.read_bytes()) | damage))
    result = newsroom.run("verify")
    assert result.exit_code == 1
    assert "news: news/manifest.json can't be read, so nothing is known" in result.output
    result = newsroom.run("render", "-f", "txt")
    assert result.exit_code == 0, result.output
    assert newsroom.run("verify").exit_code == 0


def test_a_pipe_in_a_kit_holds_nothing_up(newsroom: Newsroom) -> None:
    newsroom.run("render", "-f", "txt")
    file = newsroom.root / "dist/news/en/news_en.txt"
    file.unlink()
    os.mkfifo(file)
    assert "news/en/news_en.txt is missing" in newsroom.run("verify").output
    assert newsroom.run("render", "-f", "txt").exit_code == 0
    assert newsroom.run("verify").exit_code == 0


def test_verify_tells_a_draft_and_another_kit_in_a_kits_place(newsroom: Newsroom) -> None:
    newsroom.run("render", "--draft", "-f", "txt")
    (newsroom.root / "dist/news-DRAFT").rename(newsroom.root / "dist/news")
    result = newsroom.run("verify", "news")
    assert result.exit_code == 1
    assert "news: news holds a draft, or another release's kit" in result.output


def test_verify_bears_any_damage_to_the_zip(newsroom: Newsroom) -> None:
    newsroom.run("render", "-f", "txt", "-l", "en")
    path = newsroom.root / "dist/news/news.zip"
    whole = path.read_bytes()
    for place in range(0, len(whole), 97):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        assert "internal error in gapress" not in newsroom.run("verify").output


def test_a_pipe_as_manifest_holds_nothing_up(newsroom: Newsroom) -> None:
    newsroom.run("render", "-f", "txt")
    path = newsroom.root / "dist/news/manifest.json"
    path.unlink()
    os.mkfifo(path)
    assert newsroom.run("verify").exit_code == 1


def test_a_kit_behind_a_link_is_left_alone(newsroom: Newsroom) -> None:
    newsroom.run("render", "--draft", "-f", "txt")
    elsewhere = newsroom.root / "elsewhere"
    (newsroom.root / "dist/news-DRAFT").rename(elsewhere)
    (newsroom.root / "dist/news-DRAFT").symlink_to(elsewhere)
    newsroom.write("elsewhere/precious.txt", "mine")
    newsroom.run("render", "-f", "txt")
    newsroom.run("render", "--draft", "-f", "txt")
    newsroom.run("render", "-f", "txt")
    assert (elsewhere / "precious.txt").read_text(encoding="utf-8") == "mine"
    assert (newsroom.root / "dist/news-DRAFT").is_symlink()


def test_no_python_file_of_the_newsroom_is_run(newsroom: Newsroom) -> None:
    newsroom.write("selectors.py", "open('RUN', 'w')\nraise SystemExit\n")
    done = subprocess.run(
        [str(Path(sys.executable).with_name("gapress")), "render", "-f", "pdf", "-j", "2"],
        cwd=newsroom.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not (newsroom.root / "RUN").exists()


# --- whose files they are -------------------------------------------------------------------------


def test_a_file_in_the_way_is_neither_lost_nor_replaced(newsroom: Newsroom) -> None:
    newsroom.write("dist/news/news.zip", "mine")
    newsroom.write("dist/news/manifest.json", "mine too")
    result = newsroom.run("render", "-f", "txt")
    assert result.exit_code == 3
    assert "dist/news/manifest.json is in the way: the kit has a file of this name" in result.output
    assert tree(newsroom.root / "dist/news") == {"news.zip": b"mine", "manifest.json": b"mine too"}
    assert not (newsroom.root / "dist/.gapress/news.new").exists()
    (newsroom.root / "dist/news/news.zip").unlink()
    (newsroom.root / "dist/news/manifest.json").unlink()
    assert newsroom.run("render", "-f", "txt").exit_code == 0


def test_a_lost_manifest_leaves_no_old_file_behind(newsroom: Newsroom) -> None:
    newsroom.run("render", "-f", "txt")
    (newsroom.root / "dist/news/manifest.json").unlink()
    newsroom.edit("releases/_newsroom.yaml", ", fr: fr-MA", "")
    result = newsroom.run("render", "-f", "txt")
    assert result.exit_code == 0, result.output
    assert newsroom.files() == ["news/en/news_en.txt"]
    assert newsroom.run("verify").exit_code == 0
    # What was changed since may be somebody's work.
    (newsroom.root / "dist/news/manifest.json").unlink()
    newsroom.write("dist/news/en/news_en.txt", "corrected by hand")
    result = newsroom.run("render", "-f", "txt")
    assert result.exit_code == 3
    assert "or was changed since; move it away" in result.output
    assert (newsroom.root / "dist/news/en/news_en.txt").read_text() == "corrected by hand"


def test_a_later_versions_manifest_is_read(newsroom: Newsroom) -> None:
    newsroom.run("render", "-f", "txt")
    path = newsroom.root / "dist/news/manifest.json"
    manifest = json.loads(path.read_bytes())
    for entry in (manifest, *manifest["files"].values()):
        entry["more"] = 1
    path.write_text(json.dumps(manifest))
    assert "news/manifest.json is not as it was made" in newsroom.run("verify").output
    newsroom.edit("releases/_newsroom.yaml", ", fr: fr-MA", "")
    assert newsroom.run("render", "-f", "txt").exit_code == 0
    assert newsroom.files() == ["news/en/news_en.txt"]


def test_files_of_others_are_told_each_time(newsroom: Newsroom) -> None:
    newsroom.write(PRECIOUS, "mine")
    (newsroom.root / "dist/news/empty").mkdir()
    for _ in range(2):
        result = newsroom.run("render", "-f", "txt")
        assert result.exit_code == 0
        told = "dist/news/fr/notes.txt: warning: was not made by gapress; it is not in the ZIP"
        assert told in result.output
    newsroom.edit("releases/news.yaml", "number: 1500", "number: 1501")
    newsroom.run("render", "-f", "txt")
    assert (newsroom.root / "dist/news/empty").is_dir()


def test_what_can_t_be_cleaned_up_is_told_by_the_next_run(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.run("render", "-f", "txt")
    newsroom.edit("releases/news.yaml", "number: 1500", "number: 1501")
    unlink = Path.unlink

    def refuse(path: Path, *, missing_ok: bool = False) -> None:
        if path.parent.name == "fr" and "news.new" in path.parts:
            raise PermissionError(1, "Operation not permitted", str(path))
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    result = newsroom.run("render", "-f", "txt")
    assert result.exit_code == 0, result.output  # the new kit is there
    assert "1,501" in (newsroom.root / "dist/news/en/news_en.txt").read_text(encoding="utf-8")
    assert newsroom.run("verify").exit_code == 0
    result = newsroom.run("render", "-f", "txt")
    assert result.exit_code == 3
    assert "news.new is left from an earlier run; remove this folder" in result.output
    monkeypatch.undo()
    assert newsroom.run("render", "-f", "txt").exit_code == 0
    assert newsroom.run("verify").exit_code == 0


def test_a_protected_folder_of_the_kit_is_replaced(newsroom: Newsroom) -> None:
    newsroom.run("render", "-f", "txt")
    newsroom.edit("releases/news.yaml", "number: 1500", "number: 1501")
    (newsroom.root / "dist/news/fr").chmod(0o555)
    assert newsroom.run("render", "-f", "txt").exit_code == 0
    assert not (newsroom.root / "dist/.gapress/news.new").exists()


def test_sources_count_as_they_were_read(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A source that is edited while it is read, and then is as before, is not what was read."""
    from gapress.kit import prepare

    original = prepare.prepare
    files = {
        "releases/news.yaml": ("number: 1500", "number: 1501"),
        "locales/fr/LC_MESSAGES/news.po": ("Un titre", "Un autre titre"),
    }

    def meanwhile(*arguments: Any, **more: Any) -> Any:
        for path, (old, new) in files.items():
            newsroom.edit(path, old, new)
        try:
            return original(*arguments, **more)
        finally:
            for path, (old, new) in files.items():
                newsroom.edit(path, new, old)

    monkeypatch.setattr(prepare, "prepare", meanwhile)
    assert newsroom.run("render", "-f", "txt").exit_code == 0
    monkeypatch.undo()
    found = newsroom.run("verify").output
    assert all(f"news: {path} has changed since the kit was made" in found for path in files)
    assert newsroom.run("render", "-f", "txt").exit_code == 0
    assert newsroom.run("verify").exit_code == 0


def test_a_draft_goes_when_the_final_kit_has_its_languages(newsroom: Newsroom) -> None:
    newsroom.run("render", "--draft", "-f", "txt")
    newsroom.run("render", "-f", "txt", "-l", "en")
    assert (newsroom.root / "dist/news-DRAFT/fr").is_dir()
    assert "1 kit is up to date" in newsroom.run("render", "-f", "txt", "-l", "en").output
    result = newsroom.run("render", "-f", "txt")
    assert "removed dist/news-DRAFT/fr/news_fr-DRAFT.txt: a final kit is there now" in result.output
    assert not (newsroom.root / "dist/news-DRAFT").exists()


def test_verify_tells_what_made_the_kit_and_damaged_orphans(newsroom: Newsroom) -> None:
    newsroom.run("render", "-f", "txt")
    path = newsroom.root / "dist/news/manifest.json"
    manifest = path.read_text()
    path.write_text(manifest.replace('"babel": "', '"babel": "0.'))
    assert "news: babel 0." in newsroom.run("verify").output
    newsroom.write("dist/gone/manifest.json", "{")
    assert "gone: gone/manifest.json can't be read" in newsroom.run("verify").output


def test_verify_unpacks_no_bomb(newsroom: Newsroom) -> None:
    import zipfile

    newsroom.run("render", "-f", "txt", "-l", "en")
    path = newsroom.root / "dist/news/news.zip"
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"0" * 50_000_000)
    opened = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(zipfile.ZipFile, "read", lambda *_: opened.append(1))
        assert "news/news.zip is not as it was made" in newsroom.run("verify").output
    assert not opened


@pytest.mark.parametrize("output", [".", "releases", "locales/kits", "templates"])
def test_kits_are_not_put_among_sources(output: str, newsroom: Newsroom) -> None:
    before = tree(newsroom.root)
    result = newsroom.run("render", "-f", "txt", "-o", output)
    assert result.exit_code == 2, result.output
    assert "where sources are; choose another" in result.output
    assert tree(newsroom.root) == before


def test_a_kit_does_not_take_the_newsrooms_place(newsroom: Newsroom) -> None:
    for path in ("releases/news.yaml", "locales/fr/LC_MESSAGES/news.po"):
        (newsroom.root / path).rename((newsroom.root / path).with_stem("desk"))
    newsroom.root = newsroom.root.rename(newsroom.root / "../desk").resolve()
    result = newsroom.run("render", "-f", "txt", "-o", "..")
    assert result.exit_code == 2
    assert "would take the newsroom's place" in result.output


def run_gapress(newsroom: Newsroom, *arguments: str, stdout: Any) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "gapress", "-C", str(newsroom.root), *arguments],
        stdout=stdout,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        env={},
    )
    return done.returncode, done.stderr


def test_output_that_can_t_be_printed(newsroom: Newsroom) -> None:
    for arguments in (["status"], ["status", "--json"], ["--help"]):
        with Path("/dev/full").open("w") as full:
            code, told = run_gapress(newsroom, *arguments, stdout=full)
        assert (code, told) == (
            3,
            "error: the output: No space left on device; check access and space\n",
        )
    read, write = os.pipe()
    os.close(read)
    assert run_gapress(newsroom, "status", stdout=write) == (1, "")
    os.close(write)
