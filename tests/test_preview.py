"""The preview's server: what it answers, what it refuses, and what a save leaves alone."""

from __future__ import annotations

import http.client
import json
import socket
import stat
import threading
import time
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st

from gapress.errors import MachineError
from gapress.preview.guard import MAX_BODY
from gapress.preview.marks import Marks
from gapress.preview.server import Preview, listen, remembered_token
from gapress.preview.texts import differences
from test_kit import tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Newsroom

FRENCH = "locales/fr/LC_MESSAGES/news.po"


@dataclass
class Served:
    newsroom: Newsroom
    port: int
    token: str

    def ask(
        self, path: str, given: object = None, *, method: str = "", **headers: str
    ) -> tuple[int, Any]:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        body = None
        if given is not None:
            body = given if isinstance(given, bytes) else json.dumps(given).encode()
            sent.setdefault("Content-Type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        method = method or ("GET" if body is None else "POST")
        connection.request(method, path if path[:1] == "/" else f"/{self.token}/{path}", body, sent)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        kind = answer.getheader("content-type", "")
        return answer.status, json.loads(content) if "json" in kind else content.decode(
            "utf-8", "replace"
        )

    def text(self, code: str, role: str) -> dict[str, Any]:
        _, release = self.ask("release/news")
        (found,) = (t for t in release["panes"][code]["texts"] if t["role"] == role)
        return found

    def save(self, of: str, translation: str, **more: Any) -> tuple[int, Any]:
        text = self.text("fr", of)
        given = {
            "slug": "news", "code": "fr", "number": text["number"], "role": of,
            "source": text["source"], "before": text["translation"],
            "before_fuzzy": text["state"] == "fuzzy", "translation": translation, "fuzzy": False,
        }  # fmt: skip
        return self.ask("save", given | more)


@pytest.fixture
def served(newsroom: Newsroom) -> Iterator[Served]:
    listener = listen(0)
    port = listener.getsockname()[1]
    token = remembered_token(newsroom.root)
    config = uvicorn.Config(
        Preview(newsroom.root, token, port).app, log_level="error", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([listener],))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield Served(newsroom, port, token)
    server.should_exit = True
    thread.join()


def until(condition: Any, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_releases_and_their_state(served: Served) -> None:
    served.newsroom.edit(FRENCH, 'msgstr "Un titre"', 'msgstr ""')
    release = listed(served, lambda one: one["languages"]["fr"]["missing"] == 1)
    assert (release["slug"], release["headline"]) == ("news", "A headline")
    assert (release["date"], release["kind"], release["kit"]) == (
        "2025-11-24",
        "press release",
        "none",
    )
    assert release["languages"]["en"]["missing"] == 0
    assert served.ask("releases")[1]["languages"] == {"en": "English", "fr": "Français"}
    served.newsroom.run("render", "--format", "txt")
    listed(served, lambda one: one["kit"] == "up to date")
    served.newsroom.edit("releases/news.yaml", "headline: A headline", "headline: [")
    release = listed(served, lambda one: one["problems"])
    assert (release["headline"], release["languages"]) == ("news", {})


def listed(served: Served, condition: Any) -> dict[str, Any]:
    """Return the one release of the list, when it is known and meets a condition."""
    found: list[dict[str, Any]] = []

    def is_there() -> bool:
        _, answer = served.ask("releases")
        found[:] = answer["releases"]
        return not answer["waiting"] and condition(found[0])

    until(is_there)
    return found[0]


def test_each_text_of_a_page_knows_its_entry(served: Served) -> None:
    number = served.text("fr", "paragraph")["number"]
    _, page = served.ask("view/news/fr/screen")
    assert f'<span data-entry="{number}" data-state="translated">Un paragraphe avec' in page
    text = served.text("fr", "paragraph")
    assert text["translation"] == "Un paragraphe avec {count} chiffres."
    assert (text["file"], text["place"]) == (FRENCH, "releases/news.yaml:6:16")
    assert text["written_in"] == "en-GB"
    assert served.newsroom.root.joinpath(FRENCH).read_text().splitlines()[text["line"] - 1] == (
        'msgid "A paragraph with {count} figures."'
    )
    # Nothing of it is left where no element can stand.
    assert not any(0xE200 <= ord(character) <= 0xE220 for character in page)
    assert "\\ue2" not in page
    assert "<title>Un titre</title>" in page


@pytest.mark.parametrize("view", ["email", "word", "text"])
def test_every_view_shows_the_text(view: str, served: Served) -> None:
    code, page = served.ask(f"view/news/fr/{view}")
    assert code == 200
    assert "Un paragraphe avec" in page
    assert ("background:#eef2f5" in page and ">Un titre</p>" in page) == (view == "email")


def test_pages_of_the_pdf(served: Served) -> None:
    assert served.ask("view/news/fr/pdf") == (200, {"pages": 1})
    assert served.ask("page/news/fr/0")[1].startswith("\ufffdPNG")
    assert served.ask("page/news/fr/1")[0] == 404


def test_files_to_keep(served: Served) -> None:
    assert "Un paragraphe" in served.ask("file/news/fr/txt")[1]
    assert served.ask("file/news/fr/exe")[0] == 404
    assert served.ask("file/news/xx/txt")[0] == 404


def test_the_whole_kit_to_keep(served: Served) -> None:
    from gapress.kit.folder import KitFolder

    assert served.newsroom.run("render").exit_code == 0
    manifest = KitFolder(served.newsroom.root / "dist", "news").manifest()
    assert manifest
    assert json.loads(served.ask("kit/news/manifest.json")[1])["release"] == "news"
    assert served.ask("kit/news/SHA256SUMS")[1].count("\n") == len(manifest.files) + 1
    assert served.ask("kit/news/zip")[1].startswith("PK")
    for name in ("nothing", "..%2Fnews", "fr"):
        assert served.ask(f"kit/news/{name}")[0] in {400, 404}, name
    served.newsroom.edit("releases/news.yaml", "contacts: [press]", "contacts: [nobody]")
    until(lambda: served.ask("kit/news/zip")[0] == 422)


def test_a_kit_is_made_and_what_is_not_in_it_is_told(served: Served) -> None:
    served.newsroom.edit(FRENCH, 'msgstr "Un titre"', 'msgstr ""')
    until(lambda: not served.ask("release/news")[1]["panes"]["fr"]["sendable"])
    assert served.ask("release/news")[1]["panes"]["en"]["sendable"]
    code, made = served.ask("make", {"slug": "news"})
    assert (code, made["folder"], made["refused"], made["failures"]) == (
        200,
        "dist/news",
        ["fr"],
        [],
    )
    assert made["made"] > 5
    assert [problem["file"] for problem in made["problems"]] == [FRENCH]
    assert served.newsroom.run("verify").exit_code == 0
    assert not served.newsroom.root.joinpath("dist/news/fr").exists()
    served.newsroom.edit(
        FRENCH, 'msgid "A headline"\nmsgstr ""', 'msgid "A headline"\nmsgstr "Titre"'
    )
    assert served.ask("make", {"slug": "news"})[1]["refused"] == []
    assert served.newsroom.root.joinpath("dist/news/fr").exists()
    assert served.ask("make", {"slug": "news"})[1]["made"] == 0
    assert served.ask("make", {"slug": "../news"})[0] == 404
    served.newsroom.edit("releases/news.yaml", "headline: A headline", "headline: [")
    until(lambda: served.ask("release/news")[1]["problems"])
    code, made = served.ask("make", {"slug": "news"})
    assert code == 422 or made["problems"]


def test_a_folder_that_comes_later_is_watched(served: Served) -> None:
    assert "own template" not in served.ask("view/news/en/text")[1]
    served.newsroom.write("templates/release.txt", "own template\n")
    until(lambda: "own template" in served.ask("view/news/en/text")[1])
    # Every view is asked for again when any template changes.
    before = served.ask("release/news")[1]["panes"]["en"]["content"]
    served.newsroom.write("templates/email.css", "p {}\n")
    until(lambda: served.ask("release/news")[1]["panes"]["en"]["content"] != before)


def test_a_mistake_is_told_and_the_last_good_page_stays(served: Served) -> None:
    _, before = served.ask("view/news/en/screen")
    served.newsroom.edit("releases/news.yaml", "headline: A headline", "headline: [")
    until(lambda: served.ask("release/news")[1]["problems"])
    (problem, *_) = served.ask("release/news")[1]["problems"]
    assert problem["file"] == "releases/news.yaml"
    assert problem["line"]
    assert served.ask("view/news/en/screen")[1] == before
    served.newsroom.edit("releases/news.yaml", "headline: [", "headline: Mended")
    until(lambda: "Mended" in served.ask("view/news/en/screen")[1])
    assert served.ask("release/news")[1]["problems"] == []


def test_a_broken_template_leaves_the_last_good_page(served: Served) -> None:
    _, before = served.ask("view/news/en/screen")
    served.newsroom.write("templates/release.html", "{% if %}")
    until(lambda: served.ask("release/news")[1]["panes"]["en"]["problems"])
    (problem,) = served.ask("release/news")[1]["panes"]["en"]["problems"]
    assert problem["file"] == "templates/release.html"
    assert served.ask("view/news/en/screen")[1] == before


# --- saving --------------------------------------------------------------------------------------


def test_a_save_changes_its_lines_and_no_other(served: Served) -> None:
    path = served.newsroom.root / FRENCH
    before = path.read_text(encoding="utf-8")
    code, answer = served.save("headline", "Un meilleur titre")
    assert (code, answer["file"]) == (200, FRENCH)
    after = path.read_text(encoding="utf-8")
    assert after == before.replace('msgstr "Un titre"', 'msgstr "Un meilleur titre"')
    assert after.splitlines()[answer["line"] - 1] == 'msgid "A headline"'
    until(lambda: "Un meilleur titre" in served.ask("view/news/fr/screen")[1])


def test_a_translation_is_marked_for_review_and_reviewed(served: Served) -> None:
    assert served.save("headline", "Titre", fuzzy=True)[0] == 200
    assert served.text("fr", "headline")["state"] == "fuzzy"
    assert 'data-state="fuzzy">Titre</span>' in served.ask("view/news/fr/screen")[1]
    assert "#, fuzzy\n" in (served.newsroom.root / FRENCH).read_text(encoding="utf-8")
    assert served.save("headline", "Titre")[0] == 200
    assert served.text("fr", "headline")["state"] == "translated"
    assert "fuzzy" not in (served.newsroom.root / FRENCH).read_text(encoding="utf-8")


def test_a_check_is_switched_off_with_a_note(served: Served) -> None:
    text = served.text("fr", "headline")
    assert (text["note"], text["ignored"]) == ("", [])
    given = {"slug": "news", "code": "fr", "number": text["number"], "translation": "Un titre 7"}

    def found(**more: Any) -> list[str]:
        return [p["check"] for p in served.ask("check", given | more)[1]["problems"]]

    assert "numbers" in found()
    assert "numbers" not in found(ignored=["numbers"])
    off = {"ignored": ["numbers"], "note": "As agreed.\rnumbers: it has one in French"}
    assert served.save("headline", "Un titre 7", **off)[0] == 200
    text = served.text("fr", "headline")
    assert text["ignored"] == ["numbers"]
    assert text["note"] == "As agreed.\nnumbers: it has one in French"
    assert (text["state"], text["problems"]) == ("translated", [])
    written = (served.newsroom.root / FRENCH).read_text(encoding="utf-8")
    assert "# As agreed.\n# numbers: it has one in French\n" in written
    assert "#, ignore-numbers\n" in written
    # A note that somebody else has changed is not overwritten; what isn't sent stays.
    stale = {"note_before": "Old", "note": "New"}
    assert served.save("headline", "Un titre 7", **stale)[0] == 409
    assert served.save("headline", "Un titre")[0] == 200
    assert served.text("fr", "headline")["ignored"] == ["numbers"]
    on = {"ignored": [], "note_before": text["note"], "note": ""}
    assert served.save("headline", "Un titre", **on)[0] == 200
    assert "numbers" not in (served.newsroom.root / FRENCH).read_text(encoding="utf-8")
    assert served.save("headline", "x", ignored="numbers")[0] == 400


def test_hints_for_a_text(served: Served) -> None:
    served.newsroom.write("locales/glossary.csv", "en,fr\nheadline,titre|manchette\n")
    other = served.newsroom.root.joinpath(FRENCH).read_text(encoding="utf-8")
    other = other.replace('msgid "A headline"', 'msgid "A new headline"')
    served.newsroom.write(
        "locales/fr/LC_MESSAGES/older.po", other.replace("Un titre", "Un titre neuf")
    )
    served.newsroom.write("locales/fr/LC_MESSAGES/broken.po", "<<<<<<< mine\n")
    number = served.text("fr", "headline")["number"]
    until(lambda: served.ask(f"hints/news/fr/{number}")[1].get("terms"))
    code, hints = served.ask(f"hints/news/fr/{number}")
    assert code == 200
    assert hints["terms"] == [{"source": "headline", "translations": ["titre", "manchette"]}]
    near = {"source": "A new headline", "translation": "Un titre neuf", "likeness": 83}
    assert hints["near"] == [near | {"file": "locales/fr/LC_MESSAGES/older.po"}]
    served.newsroom.edit("locales/fr/LC_MESSAGES/older.po", "Un titre neuf", "Un autre titre")
    until(
        lambda: (
            served.ask(f"hints/news/fr/{number}")[1]["near"][0]["translation"] == "Un autre titre"
        )
    )
    for path in ("hints/news/fr/999", "hints/news/xx/0", "hints/_newsroom/fr/0"):
        assert served.ask(path)[0] == 404


def test_pages_that_cannot_wait_ask_for_the_version(served: Served) -> None:
    _, before = served.ask("version")
    served.newsroom.edit(FRENCH, "Un titre", "Un autre titre")
    until(lambda: int(served.ask("version")[1]) > int(before))


def test_what_was_changed_meanwhile_is_not_overwritten(served: Served) -> None:
    text = served.text("fr", "headline")
    served.newsroom.edit(FRENCH, "Un titre", "Le titre d’une autre")
    code, answer = served.save("headline", "Mon titre", before=text["translation"])
    assert code == 409
    assert answer["now"] == {"translation": "Le titre d’une autre", "fuzzy": False}
    assert "Le titre d’une autre" in (served.newsroom.root / FRENCH).read_text(encoding="utf-8")
    # Another entry of the same file is no conflict.
    assert served.save("dateline city", "Marrakech (Maroc)")[0] == 200
    assert "Le titre d’une autre" in (served.newsroom.root / FRENCH).read_text(encoding="utf-8")


def test_saves_at_the_same_moment_keep_each_other(served: Served) -> None:
    wanted = {"headline": "Un", "paragraph": "Deux {count}", "dateline city": "Trois"}
    threads = [threading.Thread(target=served.save, args=item) for item in wanted.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = (served.newsroom.root / FRENCH).read_text(encoding="utf-8")
    assert all(f'msgstr "{text}"' in found for text in wanted.values())


def test_an_entry_that_is_not_there_yet_is_made(served: Served) -> None:
    served.newsroom.edit("releases/news.yaml", "headline: A headline", "headline: A new headline")
    until(lambda: served.text("fr", "headline")["source"] == "A new headline")
    assert served.save("headline", "Un nouveau titre")[0] == 200
    assert served.text("fr", "headline")["state"] == "translated"
    assert "Un nouveau titre" in (served.newsroom.root / FRENCH).read_text(encoding="utf-8")


def test_a_reworded_text_is_offered_its_translation_with_what_changed(served: Served) -> None:
    served.newsroom.run("catalogs", "update")
    served.newsroom.edit(FRENCH, "#. Also the title", "# Checked by the desk.\n#. Also the title")
    served.newsroom.edit("releases/news.yaml", "A paragraph with", "One paragraph of text with")
    served.newsroom.edit("releases/news.yaml", "headline: A headline", "headline: A new headline")
    until(lambda: served.text("fr", "headline")["source"] == "A new headline")
    text = served.text("fr", "headline")
    assert (text["translation"], text["state"], text["line"]) == ("Un titre", "fuzzy", 0)
    assert text["changes"] == [["same", "A "], ["new", "new "], ["same", "headline"]]
    assert text["note"] == "Checked by the desk."
    assert served.text("fr", "paragraph")["translation"] == "Un paragraphe avec {count} chiffres."
    before = (served.newsroom.root / FRENCH).read_text(encoding="utf-8")
    assert "A new headline" not in before  # looking changes nothing
    assert served.save("headline", "Un nouveau titre")[0] == 200
    after = (served.newsroom.root / FRENCH).read_text(encoding="utf-8")
    assert 'msgid "A new headline"\nmsgstr "Un nouveau titre"' in after
    assert '#~ msgid "A headline"\n#~ msgstr "Un titre"' in after
    assert "# Checked by the desk." in after
    # The other one waits as an update leaves it, with its previous text.
    assert '#| msgid "A paragraph with {count} figures."' in after
    assert served.text("fr", "paragraph")["state"] == "fuzzy"
    kinds = [kind for kind, _ in served.text("fr", "paragraph")["changes"]]
    assert (kinds.count("gone"), set(kinds)) == (1, {"same", "gone", "new"})


def test_an_update_beside_an_offered_translation_is_no_conflict(served: Served) -> None:
    served.newsroom.run("catalogs", "update")
    served.newsroom.edit("releases/news.yaml", "headline: A headline", "headline: A new headline")
    until(lambda: served.text("fr", "headline")["source"] == "A new headline")
    offered = served.text("fr", "headline")
    served.newsroom.run("catalogs", "update")
    given = {"before": offered["translation"], "before_fuzzy": offered["state"] == "fuzzy"}
    assert served.save("headline", "Un titre neuf", **given)[0] == 200
    after = (served.newsroom.root / FRENCH).read_text(encoding="utf-8")
    assert 'msgid "A new headline"\nmsgstr "Un titre neuf"' in after
    assert after.count('msgstr "Un titre"') == 1


@given(st.text("ab ,é1"), st.text("ab ,é1"))
def test_differences_hold_both_texts(before: str, after: str) -> None:
    runs = differences(before, after)
    assert "".join(text for kind, text in runs if kind != "new") == before
    assert "".join(text for kind, text in runs if kind != "gone") == after
    pairs = [(one[0], other[0]) for one, other in pairwise(runs)]
    assert not {("new", "gone"), ("same", "same"), ("gone", "gone"), ("new", "new")} & set(pairs)


def test_a_shipped_label_gets_an_entry_of_the_newsroom(served: Served) -> None:
    _, release = served.ask("release/news")
    (label,) = (t for t in release["panes"]["fr"]["texts"] if t["source"] == "Press contacts")
    given = {
        "slug": "news", "code": "fr", "number": label["number"], "role": "", "source": "Press contacts",
        "before": label["translation"], "before_fuzzy": False, "translation": "Presse", "fuzzy": False,
    }  # fmt: skip
    assert served.ask("save", given)[0] == 200
    own = (served.newsroom.root / "locales/fr/LC_MESSAGES/gapress.po").read_text(encoding="utf-8")
    assert 'msgid "Press contacts"\nmsgstr "Presse"' in own
    assert "Presse" in served.ask("view/news/fr/screen")[1]


def test_an_unsound_translation_is_saved_and_told(served: Served) -> None:
    text = served.text("fr", "paragraph")
    given = {"slug": "news", "code": "fr", "number": text["number"], "translation": "Rien."}
    (problem,) = served.ask("check", given)[1]["problems"]
    assert problem["check"] == "placeholders"
    # The same checks as gapress check: with the glossary, punctuation and the theme's fonts.
    served.newsroom.write("locales/glossary.csv", "en,fr\nparagraph,paragraphe\n")
    given["translation"] = 'Un "texte" de {count} chiffres ზ.'

    def found() -> set[str]:
        return {p["check"] for p in served.ask("check", given)[1]["problems"]}

    until(lambda: found() >= {"glossary", "punctuation", "glyphs"})
    (served.newsroom.root / "locales/glossary.csv").write_bytes(b"\xff")
    until(lambda: served.ask("check", given)[0] == 422)
    until(lambda: served.ask("release/news")[1]["panes"]["fr"]["problems"])
    (served.newsroom.root / "locales/glossary.csv").unlink()
    until(lambda: not served.ask("release/news")[1]["panes"]["fr"]["problems"])
    assert served.save("paragraph", "Rien.")[0] == 200
    assert served.text("fr", "paragraph")["state"] == "unsound"
    assert 'data-state="unsound">Rien.</span>' in served.ask("view/news/fr/screen")[1]
    assert served.save("paragraph", "Un {rien}.")[0] == 200  # what can't be shown at all
    assert "A paragraph with" in served.ask("view/news/fr/screen")[1]


def test_source_texts_are_not_edited_here(served: Served) -> None:
    text = served.text("en", "headline")
    code, answer = served.save("headline", "x", code="en", number=text["number"])
    assert code == 400
    assert "edit it in its file" in answer["error"]


# --- what is refused -----------------------------------------------------------------------------


def test_only_this_machine_and_this_page_are_answered(served: Served) -> None:
    assert served.ask("releases", Host=f"localhost:{served.port}")[0] == 200
    for host in ("evil.example", f"evil.example:{served.port}", "127.0.0.1", "127.0.0.1:1"):
        assert served.ask("releases", Host=host)[0] == 403
    own = f"http://127.0.0.1:{served.port}"
    assert served.ask("releases", Origin=own)[0] == 200
    for origin in ("http://evil.example", "null", "https://127.0.0.1"):
        assert served.ask("releases", Origin=origin)[0] == 403
    for token in ("", "x", served.token[:-1], f"{served.token}x", "é"):
        assert served.ask(f"/{token.encode().hex() if token == 'é' else token}/releases")[0] == 403


@pytest.mark.parametrize(
    "path",
    [
        "view/..%2F..%2Fetc/en/screen", "release/..%2Fnews", "release/_newsroom", "..%2Freleases",
        "%2e%2e/releases/news.yaml", "preview.html", "file/news/en/..%2F..", "server.py", "page/news/en/-1",
        "view/news/en/../../../../etc/passwd",
    ],
)  # fmt: skip
def test_no_path_leads_anywhere_else(path: str, served: Served) -> None:
    code, content = served.ask(path)
    assert code in {403, 404}, content


def test_a_save_goes_into_this_newsrooms_catalogs_only(served: Served) -> None:
    before = tree(served.newsroom.root)
    for change in (
        {"slug": "../news"}, {"slug": "_newsroom"}, {"code": "../fr"}, {"number": 9999},
        {"number": -400}, {"number": "x"}, {"source": "something else"}, {"role": "summary"},
        {"number": None}, {"code": ["fr"]},
    ):  # fmt: skip
        assert served.save("headline", "x", **change)[0] in {400, 404, 409}, change
    assert tree(served.newsroom.root) == before


def test_large_and_odd_requests_are_refused(served: Served) -> None:
    assert served.ask("save", b"x" * (MAX_BODY + 1))[0] == 413
    assert served.ask("save", b"{")[0] == 400
    assert served.ask("save", b"[]")[0] == 400
    assert served.ask("save", b"{}", Content_Type="text/plain")[0] == 400
    assert served.ask("save", method="GET")[0] in {404, 405}
    assert served.ask("releases", b"{}")[0] == 405
    with socket.create_connection(("127.0.0.1", served.port)) as raw:
        raw.sendall(
            f"POST /{served.token}/save HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n"
            "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        )
        sent = 0
        try:
            for _ in range(40):
                raw.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")
                sent += 65536
            raw.sendall(b"0\r\n\r\n")
            assert b" 400 " in raw.recv(200) or b" 413 " in raw.recv(200)
        except (BrokenPipeError, ConnectionResetError):
            pass
    assert served.ask("releases")[0] == 200


def test_every_answer_forbids_what_a_page_does_not_need(served: Served) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", served.port)
    for path in ("", "releases", "view/news/en/screen", "nothing/at/all"):
        connection.request("GET", f"/{served.token}/{path}")
        answer = connection.getresponse()
        answer.read()
        assert "default-src 'self'" in answer.getheader("content-security-policy", ""), path
        assert answer.getheader("cache-control") == "no-store"
        assert answer.getheader("referrer-policy") == "no-referrer"


def test_the_token_is_kept_for_this_user_alone(newsroom: Newsroom) -> None:
    token = remembered_token(newsroom.root)
    path = newsroom.root / "dist/.gapress/preview-token"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert remembered_token(newsroom.root) == token
    assert len(token) >= 32


def test_a_port_that_is_taken_is_told() -> None:
    with listen(0) as taken, pytest.raises(MachineError, match="can't be used"):
        listen(taken.getsockname()[1])


def test_marks_are_elements_where_elements_can_stand() -> None:
    marks = Marks()
    one, end = marks("release", "headline", "a", "x:1:1")
    two, _ = marks("release", "headline", "b", "x:2:1")
    page = f'<title>{one}A{end}</title><p title="{one}A{end}">{one}A <em>{two}B{end}</em>{end}</p>'
    assert marks.placed(page, lambda number: f"n={number}") == (
        '<title>A</title><p title="A"><span n=0>A <em><span n=1>B</span></em></span></p>'
    )
