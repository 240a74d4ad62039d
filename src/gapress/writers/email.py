"""Writes e-mail drafts (RFC 5322): one of a document, and one of all languages of a kit.

The text is that of the plain-text file and of ``templates/email.html``, whose styles are inlined;
PDF and DOCX are attached. A draft names no recipient, no sender and no time.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING

from gapress.writers.html import refuse_loads
from gapress.writers.templating import fill_page
from gapress.writers.text import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gapress.document import Document
    from gapress.theme import Theme

TEMPLATE = "email.html"
TYPES = {
    "pdf": ("application", "pdf", ".pdf"),
    "docx": (
        "application",
        "vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".docx",
    ),
}
MAX_NAME = 120
"""Bytes of an attachment's name in UTF-8, without its suffix: half of what file systems take."""

# What Windows, macOS or mail programs refuse in a file name, and names that Windows keeps.
_REFUSED = re.compile(r'[<>:"/\\|?*]+')
_RESERVED = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")


def write(document: Document, theme: Theme, made: Mapping[str, bytes]) -> bytes:
    """Return the e-mail draft of a document, with its files attached.

    Args:
        document: The document.
        theme: The design.
        made: Its PDF and DOCX, by format.

    Raises:
        ContentError: A template is broken, or would load something.
    """
    return write_all([document], theme, {document.language.code: made})


def write_all(
    documents: Sequence[Document], theme: Theme, made: Mapping[str, Mapping[str, bytes]]
) -> bytes:
    """Return one e-mail draft with every language of a kit; the subject is the first one's.

    Args:
        documents: The documents, in the order of the message; at least one.
        theme: The design.
        made: Their PDF and DOCX, by language and format.

    Raises:
        ContentError: A template is broken, or would load something.
    """
    message = EmailMessage(SMTP)
    message["Subject"] = one_line(documents[0].subject)
    message["X-Unsent"] = "1"  # mail programs open it as a draft
    message["Content-Language"] = ", ".join(d.language.tag for d in documents)
    rule = f"\n{'_' * 72}\n\n"
    message.set_content(rule.join(text_of(document, theme) for document in documents))
    message.add_alternative(_page(documents, theme), subtype="html")
    for part in message.iter_parts():
        part["Content-Language"] = message["Content-Language"]
    names: set[str] = set()
    for document in documents:
        code = document.language.code
        name = attachment_name(document)
        name = f"{name} - {code}" if name in names else name
        names.add(name)
        for kind, data in made[code].items():
            maintype, subtype, suffix = TYPES[kind]
            message.add_attachment(data, maintype, subtype, filename=f"{name}{suffix}")
            attached = list(message.iter_parts())[-1]
            attached["Content-Language"] = document.language.tag
    return _with_boundaries(message)


def one_line(text: str) -> str:
    """Return a text that stays one header field: without controls and line ends (RFC 5322, 2.2)."""
    shown = (" " if _is_control(character) else character for character in text)
    return " ".join("".join(shown).split())


def _is_control(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"}


def attachment_name(document: Document) -> str:
    """Return a name for a document's attachments, readable in its language, without a suffix."""
    kept = (c for c in one_line(document.subject) if unicodedata.category(c) != "Cf")
    name = " ".join(_REFUSED.sub("-", "".join(kept)).split()).strip(". ")
    while len(name.encode()) > MAX_NAME:
        name = name[:-1].rstrip(". ")
    return f"{document.slug}" if not name or _RESERVED.fullmatch(name) else name


def _page(documents: Sequence[Document], theme: Theme) -> str:
    import css_inline

    first = documents[0]
    fonts = theme.fonts_for(first.language.script)
    scripts = {d.language.script: theme.fonts_for(d.language.script) for d in documents}
    page = fill_page(TEMPLATE, theme, fonts, document=first, documents=documents, scripts=scripts)
    inlined: str = css_inline.CSSInliner(load_remote_stylesheets=False).inline(page)
    refuse_loads(inlined, TEMPLATE)
    return inlined


def _with_boundaries(message: EmailMessage) -> bytes:
    """Return the message with boundaries that depend on nothing but its content (RFC 2046, 5.1)."""
    content = hashlib.sha256()
    for part in message.walk():
        if not part.is_multipart():
            content.update(part.as_bytes())
    for number, part in enumerate(message.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{content.hexdigest()[:40]}_{number}")
    return message.as_bytes()
