"""Only what has changed is made again; here, on several processes, and on a cluster."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from conftest import ROOT, Newsroom
from gapress.writers import Writer
from test_kit import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.document import Document

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
FORMATS = {"pdf", "docx", "html", "txt", "eml", "ninjs.json"}


def made(newsroom: Newsroom, *arguments: str) -> set[str]:
    """Render; return what was made, ``fr pdf``, but for what belongs to the whole kit."""
    result = newsroom.run("render", "--json", *arguments)
    assert result.exit_code == 0, result.output
    paths = [Path(entry["file"]).parts for entry in json.loads(result.stdout)["made"]]
    return {f"{p[2]} {p[3].partition('.')[2]}" for p in paths if len(p) > 3}


def every(*languages: str, formats: set[str] = FORMATS) -> set[str]:
    return {f"{code} {name}" for code in languages for name in formats}


def test_only_what_changed_is_made_again(newsroom: Newsroom) -> None:
    assert made(newsroom) == every("en", "fr")
    assert made(newsroom) == set()

    newsroom.edit("locales/fr/LC_MESSAGES/news.po", "Un titre", "Un meilleur titre")
    assert made(newsroom) == every("fr")
    newsroom.edit("releases/news.yaml", "kind: press", "# a comment\nkind: press")
    assert made(newsroom) == set()
    newsroom.edit("releases/news.yaml", "number: 1500", "number: 1501")
    assert made(newsroom) == every("en", "fr")

    newsroom.write("templates/release.txt", (ROOT / "templates/release.txt").read_text())
    assert made(newsroom) == set()
    newsroom.edit("templates/release.txt", "{", "*\n{")  # the e-mail holds the text too
    text = made(newsroom)
    assert text == every("en", "fr", formats={"txt", "eml"})
    newsroom.write("templates/paged.css", (ROOT / "templates/paged.css").read_text() + "\n")
    assert made(newsroom) == every("en", "fr", formats={"pdf", "eml"})
    assert made(newsroom, "--force") == every("en", "fr")


def test_another_picture_makes_what_shows_it_again(newsroom: Newsroom) -> None:
    from PIL import Image

    (newsroom.root / "releases/news").mkdir()
    picture = newsroom.root / "releases/news/a.png"
    Image.new("RGB", (9, 9), "red").save(picture)
    newsroom.edit("releases/news.yaml", "facts:", "  - {image: a.png, alt: A square}\nfacts:")
    assert made(newsroom, "-l", "en", "-f", "html") == {"en html"}
    Image.new("RGB", (9, 9), "blue").save(picture)
    assert made(newsroom, "-l", "en", "-f", "html") == {"en html"}
    newsroom.write("releases/news/unused.txt", "x")
    assert made(newsroom, "-l", "en", "-f", "html") == set()


def test_links_follow_languages_and_their_locales(newsroom: Newsroom) -> None:
    newsroom.run("render", "-f", "html")
    newsroom.edit("releases/_newsroom.yaml", "fr: fr-MA", "fr: fr-FR")
    newsroom.run("render", "-f", "html")
    page = newsroom.root / "dist/news/en/news_en.html"
    assert 'hreflang="fr-FR"' in page.read_text(encoding="utf-8")
    newsroom.edit("releases/_newsroom.yaml", ", fr: fr-FR", "")
    newsroom.run("render", "-f", "html")
    assert "news_fr.html" not in page.read_text(encoding="utf-8")
    assert newsroom.run("verify").exit_code == 0


def test_a_template_that_takes_in_another_formats_file_depends_on_it(newsroom: Newsroom) -> None:
    page = (ROOT / "templates/release.html").read_text(encoding="utf-8")
    newsroom.write("templates/release.html", page + "{# #}")
    newsroom.edit("templates/release.html", "</style>", '{% include "paged.css" %}</style>')
    newsroom.write("templates/paged.css", ".one {}\n")
    newsroom.run("render", "-f", "html")
    newsroom.write("templates/paged.css", ".two {}\n")
    assert made(newsroom, "-f", "html") == {"en html", "fr html"}


def test_nothing_is_up_to_date_where_there_is_no_kit(newsroom: Newsroom) -> None:
    newsroom.edit("locales/fr/LC_MESSAGES/news.po", "Un titre", "")
    result = newsroom.run("render", "-f", "txt", "-l", "fr")
    assert result.exit_code == 1
    assert "up to date" not in result.output


def test_a_file_that_was_touched_is_made_again(newsroom: Newsroom) -> None:
    made(newsroom)
    newsroom.write("dist/news/fr/news_fr.html", "tampered with")
    assert made(newsroom) == {"fr html"}
    (newsroom.root / "dist/news/en/news_en.pdf").unlink()
    assert made(newsroom) == {"en pdf"}
    before = tree(newsroom.root / "dist/news")
    newsroom.write("dist/news/news.zip", "tampered with")
    assert made(newsroom) == set()
    assert tree(newsroom.root / "dist/news") == before


def test_what_is_not_asked_for_stays_while_it_is_up_to_date(newsroom: Newsroom) -> None:
    made(newsroom, "--format", "html")
    assert made(newsroom, "--format", "txt", "--language", "fr") == {"fr txt"}
    assert set(newsroom.files()) == {
        "news/en/news_en.html",
        "news/fr/news_fr.html",
        "news/fr/news_fr.txt",
    }
    newsroom.edit("locales/fr/LC_MESSAGES/news.po", "Un titre", "Un meilleur titre")
    assert made(newsroom, "--format", "html", "--language", "en") == {"en html"}
    assert newsroom.files() == ["news/en/news_en.html"]


def test_an_email_draft_brings_what_it_attaches(newsroom: Newsroom) -> None:
    assert made(newsroom, "--format", "eml", "--language", "fr") == every(
        "fr", formats={"eml", "pdf", "docx"}
    )


def test_other_versions_of_a_library_make_everything_again(newsroom: Newsroom) -> None:
    made(newsroom, "--format", "txt")
    path = newsroom.root / "dist/news/manifest.json"
    manifest = json.loads(path.read_bytes())
    manifest["packages"]["babel"] = "1.0"
    path.write_text(json.dumps(manifest))
    assert newsroom.run("render", "--format", "txt").exit_code == 0
    assert json.loads(path.read_bytes())["packages"]["babel"] != "1.0"


def test_an_error_in_one_release_does_not_stop_the_others(newsroom: Newsroom) -> None:
    for name in ("a", "z"):
        newsroom.write(f"releases/{name}.yaml", (newsroom.root / "releases/news.yaml").read_text())
    newsroom.write("releases/m.yaml", "kind: novel\n")
    result = newsroom.run("render", "--language", "en", "--format", "html")
    assert result.exit_code == 1
    assert newsroom.files() == ["a/en/a_en.html", "news/en/news_en.html", "z/en/z_en.html"]
    assert "releases/m.yaml:1:7: kind is 'novel'" in result.output


def test_what_the_machine_can_t_do_for_one_release_does_not_stop_the_others(
    archive: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gapress.errors import MachineError
    from gapress.kit import prepare

    write, prepared = Writer.write, prepare.prepare

    def fails_once(writer: Writer, document: Document, *arguments: Any) -> bytes:
        if document.slug == "c":
            raise MachineError("no library")
        return write(writer, document, *arguments)

    def loses_one(workspace: Any, slug: str, *arguments: Any, **more: Any) -> Any:
        (archive.root / "releases/d.yaml").unlink(missing_ok=True)
        return prepared(workspace, slug, *arguments, **more)

    monkeypatch.setattr(Writer, "write", fails_once)
    monkeypatch.setattr(prepare, "prepare", loses_one)
    result = archive.run("render", "--format", "txt")
    assert result.exit_code == 3
    assert "error: no library" in result.output
    assert "releases/d.yaml: is missing" in result.output
    made = {"b", "e", "news"}
    assert {path.split("/")[0] for path in archive.files()} == made
    assert all(f"dist/{slug}/" in result.output for slug in made)


def test_large_attachments_are_told_each_time(newsroom: Newsroom) -> None:
    newsroom.edit(
        "releases/_newsroom.yaml", "time_zone:", "email: {attachments_limit: 1}\ntime_zone:"
    )
    noise = newsroom.root / "releases/news/a.png"
    noise.parent.mkdir()
    from PIL import Image

    Image.effect_noise((1200, 1200), 90).save(noise)
    newsroom.edit("releases/news.yaml", "facts:", "  - {image: a.png, alt: Noise}\nfacts:")
    told = "releases/news.yaml: warning: en/news_en.eml has"
    assert told in newsroom.run("render", "-l", "en").output
    again = newsroom.run("render", "-l", "en").output
    assert told in again
    assert "1 kit is up to date." in again


def test_a_file_that_an_editor_left_is_no_template(newsroom: Newsroom) -> None:
    newsroom.run("render", "-f", "txt")
    for name in ("release.txt~", "release.txt.bak", ".release.txt.swp", "#release.txt#"):
        newsroom.write(f"templates/{name}", "x")
    assert newsroom.run("verify").exit_code == 0


# --- several processes ---------------------------------------------------------------------------


@pytest.fixture
def archive(newsroom: Newsroom) -> Newsroom:
    """Five releases in two languages."""
    for name in ("b", "c", "d", "e"):
        for path in ("releases/{}.yaml", "locales/fr/LC_MESSAGES/{}.po"):
            text = (newsroom.root / path.format("news")).read_text(encoding="utf-8")
            newsroom.write(path.format(name), text.replace("1500", f"15{ord(name)}"))
    return newsroom


def test_processes_make_the_same_bytes(archive: Newsroom) -> None:
    assert archive.run("render", "--jobs", "1", "--output", "one").exit_code == 0
    result = archive.run("render", "--jobs", "3", "--output", "three")
    assert result.exit_code == 0, result.output
    assert tree(archive.root / "one") == tree(archive.root / "three")


def add_releases(newsroom: Newsroom, count: int) -> None:
    for number in range(count):
        for path in ("releases/{}.yaml", "locales/fr/LC_MESSAGES/{}.po"):
            text = (newsroom.root / path.format("news")).read_text(encoding="utf-8")
            newsroom.write(path.format(f"x{number}"), text.replace("1500", f"15{number}"))


def started(newsroom: Newsroom, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "gapress", "-C", str(newsroom.root), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
        env={**os.environ, "GAPRESS_JOBS": "2", **environment},
        # A shell lets its background jobs ignore Ctrl-C, and so would every child.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def group(leader: int) -> list[int]:
    """The processes of a session that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == leader and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def is_gone(leader: int) -> bool:
    """Wait for a moment; whether no process of a session runs any more."""
    deadline = time.monotonic() + 5
    while group(leader) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not group(leader)


def workers(leader: int) -> list[int]:
    """Wait for the two workers of a run: the children of its fork server."""
    deadline, found = time.monotonic() + 20, []
    while len(found) < 2 and time.monotonic() < deadline:
        time.sleep(0.01)
        found = []
        for pid in group(leader):
            with suppress(OSError):
                if b"forkserver" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
                    found += map(int, children.split())
    return found


@linux_only
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_run_ends_at_once_and_leaves_no_process(
    sent: signal.Signals, archive: Newsroom
) -> None:
    add_releases(archive, 20)  # so that it is far from its end
    assert archive.run("render", "news", "--format", "html").exit_code == 0
    before = tree(archive.root / "dist/news")
    run = started(archive, "render", "--force")
    assert len(workers(run.pid)) == 2
    began = time.monotonic()
    os.kill(run.pid, sent)
    output, _ = run.communicate(timeout=10)
    assert time.monotonic() - began < 5
    assert run.returncode == (-9 if sent == signal.SIGKILL else 130), output
    assert "Traceback" not in output
    assert is_gone(run.pid)
    verified = archive.run("verify", "news")
    assert verified.exit_code == 0 or tree(archive.root / "dist/news") == before, verified.output
    assert archive.run("render", "--format", "html").exit_code == 0
    assert archive.run("verify").exit_code == 0
    assert not list((archive.root / "dist/.gapress").glob("*.new"))


@linux_only
def test_what_a_killed_worker_did_is_done_by_another(archive: Newsroom) -> None:
    run = started(archive, "render")
    for worker in workers(run.pid):
        os.kill(worker, signal.SIGKILL)
    output, _ = run.communicate(timeout=60)
    assert run.returncode == 0, output
    assert archive.run("verify").exit_code == 0
    assert is_gone(run.pid)


@linux_only
def test_a_server_of_workers_that_is_killed_is_told(archive: Newsroom) -> None:
    run = started(archive, "render")
    servers: list[int] = []
    while not servers:
        assert run.poll() is None
        for pid in group(run.pid):
            with suppress(OSError):
                if b"forkserver" in Path(f"/proc/{pid}/cmdline").read_bytes():
                    servers.append(pid)
    os.kill(servers[0], signal.SIGSTOP)
    time.sleep(2)  # the run has asked it for workers, and waits
    os.kill(servers[0], signal.SIGKILL)
    output, _ = run.communicate(timeout=20)
    assert run.returncode == 3, output
    assert "worker processes can't be started any more; run this again" in output
    assert "Traceback" not in output
    assert is_gone(run.pid)


@linux_only
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_nothing_is_left_in_the_temporary_folder(
    jobs: str, archive: Newsroom, tmp_path_factory: pytest.TempPathFactory
) -> None:
    own = "{text: IBM Plex Serif, headline: IBM Plex Serif, label: IBM Plex Serif, word_text: A, word_headline: A}"
    archive.edit("releases/_newsroom.yaml", "contacts:", f"theme: {{fonts: {{default: {own}}}}}\ncontacts:")  # fmt: skip
    temporary = tmp_path_factory.mktemp("tmp")
    run = started(archive, "render", "-f", "pdf", GAPRESS_JOBS=jobs, TMPDIR=str(temporary))
    output, _ = run.communicate(timeout=30)  # until the server of workers has ended, too
    assert run.returncode == 0, output
    assert list(temporary.iterdir()) == []


# --- a cluster -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as made_cluster:
        yield made_cluster


def test_a_cluster_makes_the_same_bytes(cluster: Any, archive: Newsroom) -> None:
    assert archive.run("render", "--output", "here").exit_code == 0
    address = cluster.scheduler_address
    result = archive.run("render", "--cluster", address, "--output", "there")
    assert result.exit_code == 0, result.output
    assert tree(archive.root / "here") == tree(archive.root / "there")


def test_a_cluster_that_does_not_answer(newsroom: Newsroom) -> None:
    result = newsroom.run("render", "--cluster", "tcp://127.0.0.1:1")
    assert result.exit_code == 3
    assert "no Dask scheduler answers at tcp://127.0.0.1:1" in result.output
    assert "Traceback" not in result.output


def scheduler(*, workers: int) -> tuple[list[subprocess.Popen[bytes]], str]:
    """A scheduler in a process of its own, and workers that hold their tasks up."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    dask = str(Path(sys.executable).with_name("dask"))
    port = address.rpartition(":")[2]
    commands = [[dask, "scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard"]]
    commands += [
        [dask, "worker", address, "--no-dashboard", "--no-nanny", "--nthreads", "2"]
    ] * workers
    return [
        subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for command in commands
    ], address


def test_a_cluster_without_workers(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    from gapress.kit import cluster as kit_cluster

    processes, address = scheduler(workers=0)
    try:
        _wait_for(address)
        monkeypatch.setattr(kit_cluster, "SECONDS", 1)
        result = newsroom.run("render", "--cluster", address)
    finally:
        for process in processes:
            process.kill()
    assert result.exit_code == 3, result.output
    assert f"no worker has joined the cluster at {address}" in result.output


@pytest.mark.parametrize("lost", [0, 1], ids=["scheduler", "worker"])
def test_a_cluster_that_goes_away_is_told(lost: int, archive: Newsroom) -> None:
    add_releases(archive, 20)  # so that it is far from its end
    processes, address = scheduler(workers=1)
    try:
        _wait_for(address)
        run = started(archive, "render", "--cluster", address)
        seen = 0.0
        while not (archive.root / "dist/b/manifest.json").exists() and seen < 60:
            time.sleep(0.05)
            seen += 0.05
        processes[lost].kill()
        output, _ = run.communicate(timeout=60)
    finally:
        for process in processes:
            process.kill()
    assert run.returncode == 3, output
    assert "the cluster has no worker or no scheduler any more" in output
    assert "Traceback" not in output
    assert "distributed" not in output
    assert "dist/b/" in output  # what was made is reported


def _wait_for(address: str) -> None:
    host, _, port = address.removeprefix("tcp://").partition(":")
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with suppress(OSError), socket.create_connection((host, int(port)), 1):
            return
        time.sleep(0.1)
