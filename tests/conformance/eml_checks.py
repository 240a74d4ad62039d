"""E-mail drafts: Python's parser and one that has nothing to do with it (postal-mime)."""

from __future__ import annotations

import email
import hashlib
import json
import re
from email import policy
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from .html_checks import visit
from .tools import HERE, Check, Findings, each, run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from email.message import EmailMessage

_OF_WHOLE_PAGES = ("landmark-one-main", "landmark-unique", "region")
PEOPLE = {"to", "cc", "bcc", "from", "sender", "reply-to", "resent-to"}
# What a mail program would fetch by itself: nothing of it may stand in a draft.
LOADED = re.compile(
    r"""(?:\ssrc|\sbackground|\ssrcset)\s*=|url\(|@import|<(?:script|link|iframe)"""
)


def _read(file: Path) -> EmailMessage:
    message = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    assert isinstance(message, email.message.EmailMessage)
    return message


def draft(file: Path) -> list[str]:
    """Return what is not as a draft should be."""
    message = _read(file)
    found = [f"defect: {defect}" for part in message.walk() for defect in part.defects]
    found += [f"names somebody: {name}" for name in message if name.lower() in PEOPLE]
    if message["X-Unsent"] != "1":
        found.append("X-Unsent is not 1: mail programs would not open it as a draft")
    if not message["Content-Language"]:
        found.append("no Content-Language")
    body = message.get_body(("html",))
    if body is None or message.get_body(("plain",)) is None:
        return [*found, "no HTML or no plain text"]
    found += [f"loads something: {m[0]}" for m in LOADED.finditer(body.get_content())]
    if re.search("<style", body.get_content()):
        found.append("has CSS that is not inlined")
    return found


def attachments(file: Path) -> list[str]:
    """Return the PDF and DOCX of the kit that the draft does not hold byte for byte."""
    held = {
        hashlib.sha256(part.get_content()).hexdigest() for part in _read(file).iter_attachments()
    }
    names = [str(part.get_filename()) for part in _read(file).iter_attachments()]
    beside = [f for f in file.parent.rglob("*") if f.suffix in {".pdf", ".docx"}]
    wanted = {hashlib.sha256(f.read_bytes()).hexdigest(): f.name for f in beside}
    found = [f"does not hold {name}" for digest, name in wanted.items() if digest not in held]
    if len(names) != len(beside) or len(set(names)) != len(names):
        found.append(f"holds {len(names)} attachments, {len(set(names))} names")
    return found


@lru_cache
def _parsed(files: tuple[Path, ...]) -> dict[str, dict[str, object]]:
    output = run("node", HERE / "mail.mjs", *(file.resolve() for file in files))
    parsed: dict[str, dict[str, object]] = json.loads(output)
    return parsed


def second_parser(files: Sequence[Path]) -> Findings:
    """Return where postal-mime reads something else than Python does."""
    parsed = _parsed(tuple(files))
    findings: dict[Path, list[str]] = {}
    for file in files:
        theirs, message = parsed[str(file.resolve())], _read(file)
        plain, page = message.get_body(("plain",)), message.get_body(("html",))
        ours = {
            "subject": str(message["Subject"]),
            "text": plain.get_content() if plain else "",
            "html": page.get_content() if page else "",
            "attachments": [
                [
                    p.get_filename(),
                    p.get_content_type(),
                    hashlib.sha256(p.get_content()).hexdigest(),
                ]
                for p in message.iter_attachments()
            ],
        }
        findings[file] = [
            f"{name} is read in two ways"
            for name, value in ours.items()
            if _plain(value) != _plain(theirs[name])
        ]
    return findings


@lru_cache
def _visited(files: tuple[Path, ...]) -> list[dict[str, list[str]]]:
    """Open the HTML part of each draft as a page, once for all checks."""
    with TemporaryDirectory() as folder:
        pages = [Path(folder).resolve() / f"{number}.html" for number in range(len(files))]
        for file, page in zip(files, pages, strict=True):
            body = _read(file).get_body(("html",))
            page.write_text(body.get_content() if body else "", encoding="utf-8")
        visited = visit(tuple(pages))
    return [visited[str(page)] for page in pages]


def axe(files: Sequence[Path]) -> Findings:
    """Return what axe finds, but for landmarks: they are the mail program's."""
    found = zip(files, _visited(tuple(files)), strict=True)
    return {f: [x for x in v["axe"] if not x.startswith(_OF_WHOLE_PAGES)] for f, v in found}


def reflow(files: Sequence[Path]) -> Findings:
    """Return what is wider than a small phone."""
    return {f: v["reflow"] for f, v in zip(files, _visited(tuple(files)), strict=True)}


def _plain(value: object) -> object:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


CHECKS: Mapping[str, Check] = {
    "draft": each(draft),
    "attached": each(attachments),
    "postal-mime": second_parser,
    "axe": axe,
    "reflow": reflow,
}
