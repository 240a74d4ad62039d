"""E-mail drafts: whole messages, read back and sent through a real server."""

from __future__ import annotations

import hashlib
import os
import re
import smtplib
import socket
import subprocess
import sys
import unicodedata
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP, default
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from conftest import ADVISORY, ASSEMBLY, RELEASE, ROOT
from effort import some
from gapress.document import plain
from gapress.errors import ContentError
from gapress.kit.prepare import prepare
from gapress.workspace import Workspace
from gapress.writers.email import write, write_all
from gapress.writers.text import text_of

if TYPE_CHECKING:
    from email.message import EmailMessage

    from conftest import Newsroom
    from gapress.document import Document
    from gapress.theme import Theme

Documents = dict[tuple[str, str], "Document"]
CODES = ("en", "fr", "ar")
EVERY = [(slug, code) for slug in (ASSEMBLY, ADVISORY) for code in CODES]
TAGS = {"en": "en-GB", "fr": "fr-MA", "ar": "ar-MA"}
MADE = {"pdf": b"%PDF-1.7\r\n.\r\n..\n\x00\xff" * 99, "docx": b"PK\x03\x04\n.\n" * 99}
TYPES = [
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
]
UNFOLDABLE = f"Content-Type: {TYPES[1]}".encode()
"""The one line that is longer than mail likes (78), since a media type can't be folded."""
WITHDRAWAL = "version: 2\nwithdrawal: {version: 1, date: 2025-11-26, text: Sent in error.}\n"


def parsed(data: bytes) -> EmailMessage:
    message: Any = message_from_bytes(data, policy=default)
    assert not [defect for part in message.walk() for defect in part.defects]
    return message


def content(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def names(message: EmailMessage) -> list[str]:
    return [str(part.get_filename()) for part in message.iter_attachments()]


def all_of(documents: Documents, slug: str) -> list[Document]:
    return [documents[slug, code] for code in CODES]


def said(text: str) -> str:
    """Return a text without control characters and line ends, as one header can say it."""
    shown = (" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    return re.sub(" +", " ", "".join(shown)).strip(" ")


# --- structure ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("slug", "code"), EVERY)
def test_a_draft_with_one_language(
    slug: str, code: str, documents: Documents, theme: Theme
) -> None:
    document = documents[slug, code]
    data = write(document, theme, MADE)
    message = parsed(data)
    assert {name.lower(): str(value) for name, value in message.items()} == {
        "subject": document.subject,
        "x-unsent": "1",
        "content-language": TAGS[code],
        "mime-version": "1.0",
        "content-type": message["Content-Type"],
    }
    types = [part.get_content_type() for part in message.walk()]
    alternatives = ["multipart/alternative", "text/plain", "text/html"]
    assert types == ["multipart/mixed", *alternatives, *TYPES]
    assert content(message, "plain") == text_of(document, theme)
    attached = list(message.iter_attachments())
    assert [part.get_content() for part in attached] == list(MADE.values())
    assert {part.get_content_disposition() for part in attached} == {"attachment"}
    assert {part["Content-Language"] for part in attached} == {TAGS[code]}


def test_a_draft_with_every_language(documents: Documents, theme: Theme) -> None:
    made = {c: {kind: data + c.encode() for kind, data in MADE.items()} for c in CODES}
    message = parsed(write_all(all_of(documents, ADVISORY), theme, made))
    assert message["Subject"] == documents[ADVISORY, "en"].subject
    assert message["Content-Language"] == "en-GB, fr-MA, ar-MA"
    attached = list(message.iter_attachments())
    assert [p.get_content() for p in attached] == [d for c in CODES for d in made[c].values()]
    assert len(set(names(message))) == 6
    text = content(message, "plain")
    places = [text.index(text_of(d, theme)) for d in all_of(documents, ADVISORY)]
    assert places == sorted(places)
    root = html.document_fromstring(content(message, "html"))
    parts = {e.get("id"): (e.get("lang"), e.get("dir")) for e in root.xpath("//td[@id]")}
    assert parts == {"en": ("en-GB", "ltr"), "fr": ("fr-MA", "ltr"), "ar": ("ar-MA", "rtl")}
    links = [a.get("href") for a in root.xpath("//a[starts-with(@href, '#')]")]
    assert links == ["#en", "#fr", "#ar"]


def test_every_line_is_short_and_ends_as_mail_wants_it(documents: Documents, theme: Theme) -> None:
    for document in documents.values():
        data = write(document, theme, MADE)
        assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r")
        assert data.isascii()
        assert {line for line in data.split(b"\r\n") if len(line) > 78} == {UNFOLDABLE}


def test_boundaries_are_in_no_part(documents: Documents, theme: Theme) -> None:
    data = write(documents[ASSEMBLY, "en"], theme, MADE)
    mixed, alternative = re.findall(rb'boundary="([^"]+)"', data)
    assert mixed.startswith(b"=_")
    assert not mixed.startswith(alternative)
    assert not alternative.startswith(mixed)
    # The header, a line before each of the parts, and one after them.
    assert (data.count(mixed), data.count(alternative)) == (1 + 3 + 1, 1 + 2 + 1)


# --- names and headers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("93rd session", "93rd session"),
        ("انطلاق أشغال الدورة الـ93", "انطلاق أشغال الدورة الـ93"),
        ("À Marrakech\u202f: « oui\u00a0» ?", "À Marrakech – « oui »"),
        ("until 09:00 (UTC+01:00) – news", "until 09h00 (UTC+01) – news"),
        ("SN/2025/01\\a|b", "SN-2025-01-a-b"),
        ('<a> "b" *c*', "a b c"),
        ("a\u202eb\u2067c\u2069\u200fd\u0000e\r\nf\u2028g", "abcd e f g"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        (" ..hidden.. ", "hidden"),
        ("nul", "_nul"),
        ("COM1.news", "_COM1.news"),
        ("console", "console"),
        ("???", ASSEMBLY),
        ("é" * 200, "é" * 90),
        ("word " * 40, ("word " * 36).strip()),
    ],
)
def test_names_of_attachments(subject: str, name: str, documents: Documents, theme: Theme) -> None:
    document = replace(documents[ASSEMBLY, "en"], subject=subject)
    assert names(parsed(write(document, theme, MADE))) == [f"{name}.pdf", f"{name}.docx"]


def test_names_are_marked_only_where_two_would_be_the_same(
    documents: Documents, theme: Theme
) -> None:
    subjects = {"en": "News", "fr": "NEWS", "ar": "أخبار"}
    chosen = [replace(documents[ASSEMBLY, c], subject=s) for c, s in subjects.items()]
    found = names(parsed(write_all(chosen, theme, dict.fromkeys(CODES, MADE))))
    assert found[::2] == ["News - en.pdf", "NEWS - fr.pdf", "أخبار.pdf"]


PIECES = ["é", "a", "\r\n", "\nBcc: x@example.org", "\u2028", "\x85", "\0", " ", "\x1c",
          "=?utf-8?q?x?=", "محظور النشر", "–", "👩‍👩‍👧", "b" * 90, '"', "%41", "'", ";", "\u202f"]  # fmt: skip
REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]')
SUBJECTS = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)


def test_no_text_ever_becomes_a_header(documents: Documents, theme: Theme) -> None:
    short = replace(documents[ASSEMBLY, "ar"], body=(), sections=())
    headers = [part.keys() for part in parsed(write(short, theme, MADE)).walk()]

    @some(100)
    @given(SUBJECTS, SUBJECTS)
    def holds(subject: str, tag: str) -> None:
        language = replace(short.language, tag=tag)
        data = write(replace(short, subject=subject, language=language), theme, MADE)
        message = parsed(data)
        assert [part.keys() for part in message.walk()] == headers
        assert message["Subject"] == said(subject)
        header = data.partition(b"\r\nX-Unsent: 1\r\n")[0].split(b"\r\n")
        assert all(len(line) <= 76 for line in header)
        assert max(map(len, data.split(b"\r\n"))) <= 998
        for name in names(message):
            stem = name.rpartition(".")[0]
            assert len(stem.encode()) <= 181
            assert not REFUSED.search(stem)
            assert stem == stem.strip(" .")

    holds()


def test_a_long_subject_folds_and_reads_back(documents: Documents, theme: Theme) -> None:
    subject = "📣 " + "انطلاق أشغال الدورة الثالثة والتسعين للجمعية العامة للإنتربول بمراكش " * 8
    data = write(replace(documents[ASSEMBLY, "ar"], subject=subject), theme, MADE)
    header = data.partition(b"\r\nX-Unsent")[0].split(b"\r\n")
    assert len(header) > 10
    assert all(len(line) <= 76 for line in header)
    assert parsed(data)["Subject"] == subject.strip()


# --- the page -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("slug", "code"), EVERY)
def test_the_page_shows_every_text_and_loads_nothing(
    slug: str, code: str, documents: Documents, theme: Theme
) -> None:
    def squeezed(text: str) -> str:
        return re.sub(r"\s+", " ", text).strip()

    document = documents[slug, code]
    page = content(parsed(write(document, theme, MADE)), "html")
    root = html.document_fromstring(page)
    text = squeezed(root.find("body").text_content())
    for wanted in document.texts():
        assert squeezed(wanted) in text
    assert not root.xpath("//style | //script | //link | //img | //svg | //@src | //@background")
    assert "url(" not in page
    assert "@import" not in page
    addresses = {str(a) for a in root.xpath("//@href")}
    assert all(a.startswith(("mailto:", "tel:", "https://example.org/")) for a in addresses)
    for element in root.xpath("//p | //h1 | //h2 | //td[@class!=''] | //th"):
        assert element.get("style") or element.get("class") == "release-line"


def test_an_arabic_page_is_right_to_left_in_every_table(documents: Documents, theme: Theme) -> None:
    page = content(parsed(write(documents[ASSEMBLY, "ar"], theme, MADE)), "html")
    root = html.document_fromstring(page)
    assert (root.get("lang"), root.get("dir"), root.find("body").get("dir")) == (
        "ar-MA", "rtl", "rtl",
    )  # fmt: skip
    assert {table.get("dir") for table in root.iter("table")} == {"rtl"}
    assert {cell.get("dir") for cell in root.xpath("//th | //td[@class]")} == {"rtl"}
    (quote,) = root.xpath("//td[@class='quote']")
    assert "border-right" in quote.get("style")
    number = root.xpath("//a[starts-with(@href, 'tel:')]/span")[0]
    assert number.get("dir") == "ltr"
    assert "nowrap" in number.get("style")
    assert all("Arial" in p.get("style") for p in root.iter("p"))


def test_a_picture_is_its_words(documents: Documents, theme: Theme) -> None:
    page = content(parsed(write(documents[ASSEMBLY, "fr"], theme, MADE)), "html")
    (picture,) = html.document_fromstring(page).xpath("//td[@class='picture']")
    assert picture.text_content().strip().startswith("Image\u00a0: Une frise chronologique")


def test_an_embargo_is_in_a_box_with_its_zones(documents: Documents, theme: Theme) -> None:
    document = documents[ADVISORY, "ar"]
    page = content(parsed(write(document, theme, MADE)), "html")
    (box,) = html.document_fromstring(page).xpath("//td[@class='embargo']")
    assert "border: 2px solid" in box.get("style")
    line = document.release_line
    assert [p.text_content() for p in box] == [plain(t) for t in (line.text, *line.zones)]


def test_a_draft_says_so_first(newsroom: Newsroom, theme: Theme) -> None:
    draft = prepare(Workspace(newsroom.root), "news", theme, draft=True).drafts["en"]
    message = parsed(write(draft, theme, MADE))
    assert message["Subject"] == "DRAFT – A headline"
    body = html.document_fromstring(content(message, "html")).find("body").text_content()
    assert body.strip().startswith("Draft – not for publication")


def test_a_withdrawn_release_says_that_alone(newsroom: Newsroom, theme: Theme) -> None:
    newsroom.write("releases/news.yaml", RELEASE + WITHDRAWAL)
    document = prepare(Workspace(newsroom.root), "news", theme, draft=False).documents["en"]
    page = content(parsed(write(document, theme, MADE)), "html")
    root = html.document_fromstring(page)
    assert root.xpath("//td[@class='notice']/p/text()") == [
        "Withdrawn on 26\u00a0November 2025: version 1 must no longer be used",
        "Press release of 24\u00a0November 2025: news", "Sent in error.",
    ]  # fmt: skip
    assert [h.text for h in root.xpath("//h1 | //h2")] == [
        "Press release withdrawn", "Press contacts",
    ]  # fmt: skip
    assert "1,500" not in page
    assert not root.xpath("//p[@class='end-mark' or @class='release-line']")


@pytest.mark.parametrize(
    "nasty",
    [
        '<img src="https://tracker.example/1.gif">',
        '<table background="https://tracker.example/1.gif"></table>',
        "<style>p { background: url(https://tracker.example/1.gif) }</style>",
        '<style>@import "https://tracker.example/1.css";</style>',
        '<link rel="stylesheet" href="https://tracker.example/1.css">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        "<script>1</script>",
        '<p onclick="1">x</p>',
        '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">',
    ],
)
def test_a_template_that_loads_or_runs_something_is_refused(
    nasty: str, documents: Documents, theme: Theme
) -> None:
    template = theme.files["email.html"].replace(b"</body>", nasty.encode() + b"</body>")
    changed = replace(theme, files={**theme.files, "email.html": template})
    with pytest.raises(ContentError) as caught:
        write(documents[ASSEMBLY, "en"], changed, MADE)
    assert caught.value.problems[0].path == "templates/email.html"


# --- bytes --------------------------------------------------------------------------------------

BUILD = """
import hashlib
from pathlib import Path
from gapress.kit.prepare import prepare
from gapress.theme import load_theme
from gapress.workspace import Workspace
from gapress.writers.email import write_all
workspace = Workspace(Path("."))
theme = load_theme(workspace)
documents = prepare(workspace, {slug!r}, theme, draft=False).documents
chosen = [documents[code] for code in {codes!r}]
data = write_all(chosen, theme, dict.fromkeys({codes!r}, {made!r}))
print(hashlib.sha256(data).hexdigest())
"""


def test_the_bytes_depend_on_nothing_else(documents: Documents, theme: Theme) -> None:
    made = dict.fromkeys(CODES, MADE)
    data = write_all(all_of(documents, ASSEMBLY), theme, made)
    assert write_all(all_of(documents, ASSEMBLY), theme, made) == data
    code = BUILD.format(slug=ASSEMBLY, codes=CODES, made=MADE)
    for seed in ("1", "2"):
        changed = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C"}
        run = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=changed, capture_output=True, check=True
        )
        assert run.stdout.decode().strip() == hashlib.sha256(data).hexdigest()


class Inbox:
    """What a mail server has received."""

    def __init__(self) -> None:
        self.envelopes: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize("slug", [ASSEMBLY, ADVISORY])
def test_what_a_server_receives_is_what_was_written(
    slug: str, documents: Documents, theme: Theme
) -> None:
    data = write_all(all_of(documents, slug), theme, dict.fromkeys(CODES, MADE))
    inbox = Inbox()
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        with smtplib.SMTP(controller.hostname, controller.port) as client:
            message = message_from_bytes(data, policy=SMTP)
            client.send_message(message, "desk@example.org", ["a@example.net", "b@example.net"])
    finally:
        controller.stop()
    (envelope,) = inbox.envelopes
    assert envelope.rcpt_tos == ["a@example.net", "b@example.net"]
    assert envelope.content == data
    assert b"example.net" not in data
