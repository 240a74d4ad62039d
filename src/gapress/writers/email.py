"""Writes e-mail drafts: the release as HTML and as plain text, its PDF and Word files attached.

A draft names no sender, recipient, date or message number: the mail program adds them, nobody is
exposed, and the same release always gives the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from email import message_from_bytes
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING, Any

import css_inline
from lxml import html

from gapress.document import Isolate, Text, mapped, plain
from gapress.errors import ContentError, Problem
from gapress.writers.direction import with_directions
from gapress.writers.html import refuse_loads
from gapress.writers.templating import fill_page
from gapress.writers.text import WIDTH, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gapress.document import Document
    from gapress.theme import Theme

ATTACHED = {
    "pdf": ("application", "pdf"),
    "docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
}
"""What is attached: a format, which is also the end of its files' names, and its media type."""

NEARLY_CLIPPED = 92_000
"""Bytes of a page that is nearly too long for Gmail, which cuts off what is behind 102 kB."""

_TEMPLATE = "email.html"
_SHORT_SUBJECT = 60
_ENCODED_WORD = 75
_LONGEST_NAME = 180
_CONTROLS = {"Cc", "Cs", "Zl", "Zp"}
_MARKS = {"ltr": "\u200e", "rtl": "\u200f"}
_JOINERS = "\u200c\u200d"
_RESERVED = re.compile(r"(?i:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³]) *(?:\.|$)")
_REFUSED = (
    "//script | //img | //svg | //iframe | //object | //form | //base | //@background/.."
    " | //@*[starts-with(name(), 'on')]/.."
)


def write(document: Document, theme: Theme, made: Mapping[str, bytes]) -> bytes:
    """Return a draft with one language (RFC 5322, CRLF line ends).

    Args:
        document: The document.
        theme: The design.
        made: The document's files by format: ``pdf`` and ``docx``.

    Raises:
        ContentError: A template is broken, or would load or run something.
    """
    return write_all([document], theme, {document.language.code: made})


def write_all(
    documents: Sequence[Document], theme: Theme, made: Mapping[str, Mapping[str, bytes]]
) -> bytes:
    """Return a draft with several languages, one after the other, under the first one's subject.

    Where its page would be so long that Gmail cuts it off, it has the beginning of each language
    and leaves the rest to the attached files; the plain text is whole.

    Args:
        documents: One release in several languages.
        theme: The design.
        made: The files of each language by format: ``pdf`` and ``docx``.

    Raises:
        ContentError: A template is broken, or would load or run something.
    """
    page = _page(documents, theme)
    if len(documents) > 1 and len(page.encode()) > NEARLY_CLIPPED:
        page = _page(documents, theme, is_brief=True)
    text = f"\n{'_' * WIDTH}\n\n".join(text_of(document, theme) for document in documents)
    message = EmailMessage(policy=SMTP)
    message["X-Unsent"] = "1"
    message.set_content(text, cte=_transfer_encoding(text))
    message.add_alternative(page, subtype="html", cte=_transfer_encoding(page))
    attached = list(_attachments(documents))
    for document, suffix, name in attached:
        data = made[document.language.code][suffix]
        main, sub = ATTACHED[suffix]
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    for part, (document, _, _) in zip(message.iter_attachments(), attached, strict=True):
        part["Content-Language"] = _tag(document)
    message["Content-Language"] = ", ".join(map(_tag, documents))
    _set_boundaries(message)
    return _subject(documents[0].subject) + message.as_bytes()


# --- headers ------------------------------------------------------------------------------------


def _subject(text: str) -> bytes:
    """Return the subject's header, in encoded words where it needs them (RFC 2047).

    ``EmailMessage`` would decode what only looks like an encoded word.
    """
    line = _one_line(text)
    if not line.isascii() or "=?" in line or len(line) > _SHORT_SUBJECT:
        # Header does not count the space that a folded line begins with.
        header = Header(line, "utf-8", maxlinelen=_ENCODED_WORD, header_name="Subject")
        line = header.encode(linesep="\r\n")
    return f"Subject: {line}\r\n".encode("ascii")


def _one_line(text: str) -> str:
    """Return a text that can't end a header: no control character, no line or paragraph end."""
    shown = "".join(" " if unicodedata.category(c) in _CONTROLS else c for c in text)
    return re.sub(" +", " ", shown).strip(" ")


def _tag(document: Document) -> str:
    """Return a language tag with nothing but what it may hold (RFC 5646)."""
    return re.sub(r"[^A-Za-z0-9-]", "", document.language.tag)


def _transfer_encoding(text: str) -> str:
    """Return the shorter encoding: a byte beyond ASCII takes three in quoted-printable.

    Never ``7bit``: in these two, no line can be a boundary with ``=_`` (RFC 2045, 6.7).
    """
    data = text.encode()
    beyond = sum(byte >= 0x80 for byte in data)
    return "base64" if 2 * beyond > len(data) / 3 else "quoted-printable"


def _set_boundaries(message: EmailMessage) -> None:
    """Set boundaries that follow from the content, where ``email`` would draw them at random."""
    state = hashlib.sha256()
    for part in message.walk():
        if not part.is_multipart():
            state.update(str(part.get_payload()).encode())
    for part in message.walk():
        if part.is_multipart():
            part.set_boundary(f"=_{part.get_content_subtype()}_{state.hexdigest()[:32]}")


# --- attachments --------------------------------------------------------------------------------


def _attachments(documents: Sequence[Document]) -> Iterator[tuple[Document, str, str]]:
    """Yield the document, the format and the name of each file; no two have one name."""
    names = [_file_name(document) for document in documents]
    count = Counter(name.casefold() for name in names)
    for document, name in zip(documents, names, strict=True):
        mark = f" - {document.language.code}" if count[name.casefold()] > 1 else ""
        for suffix in ATTACHED:
            yield document, suffix, f"{name}{mark}.{suffix}"


def _file_name(document: Document) -> str:
    """Return the subject as a file's name that every system and mail program takes."""
    text = unicodedata.normalize("NFC", _one_line(document.subject))
    text = "".join(c for c in text if c in _JOINERS or unicodedata.category(c) != "Cf")
    text = re.sub(r"(?<=UTC[+-]\d\d):00", "", text)
    text = re.sub(r"(?<=\d):(?=\d)", "h", text)
    text = re.sub(r"\s*:(?=\s)", " –", text)
    text = re.sub(r"(?<=\w)[/\\|](?=\w)", "-", text)
    text = " ".join(re.sub(r'[<>:"/\\|?*]', "", text).split())
    name = _cut(text).strip(" .") or document.slug
    return f"_{name}" if _RESERVED.match(name) else name


def _cut(text: str) -> str:
    """Return the start of a text that takes at most 180 bytes, of whole words if it has several."""
    if len(text.encode()) <= _LONGEST_NAME:
        return text
    start = text.encode()[:_LONGEST_NAME].decode("utf-8", "ignore")
    return re.sub(r"[\s.,،;؛(«–—-]+$", "", start.rpartition(" ")[0]) or start


# --- the page -----------------------------------------------------------------------------------


def page_size(message: bytes) -> int:
    """Return the bytes of a draft's HTML part, as a mail program counts them: decoded."""
    part = message_from_bytes(message, policy=SMTP).get_body(("html",))
    return len(part.get_content().encode()) if part else 0


def _page(documents: Sequence[Document], theme: Theme, *, is_brief: bool = False) -> str:
    """Return the HTML part, every style on its element: mail programs drop style sheets."""
    marked = [_marked(document) for document in documents]
    first = marked[0]
    page = fill_page(
        _TEMPLATE,
        theme,
        theme.fonts_for(first.language.script),
        document=first,
        documents=marked,
        labels=first.labels,
        is_brief=is_brief,
    )
    refuse_loads(page, _TEMPLATE)
    root: Any = html.document_fromstring(page)
    for element in root.xpath(_REFUSED):
        message = f"mail programs run no script and show no picture: <{element.tag}>"
        hint = "use text, tables and colours"
        raise ContentError([Problem(f"templates/{_TEMPLATE}", message=message, hint=hint)])
    try:
        inlined = css_inline.CSSInliner(load_remote_stylesheets=False).inline(page)
    except ValueError as error:
        message = f"the style sheet failed: {error}"
        raise ContentError([Problem("templates/email.css", message=message)]) from None
    return with_directions(inlined)


def _marked(document: Document) -> Document:
    """Return a document whose telephone numbers begin with a mark of their direction.

    Thunderbird writes the plain text of a message again from its HTML, without any attribute; only
    characters are left to keep the groups of a number in order.
    """

    def change(isolate: Isolate) -> Isolate:
        runs_along = isolate.direction == document.language.direction
        if runs_along or not isolate.unbroken or " " not in plain(isolate.children):
            return isolate
        return replace(isolate, children=(Text(_MARKS[isolate.direction]), *isolate.children))

    return mapped(document, change)
