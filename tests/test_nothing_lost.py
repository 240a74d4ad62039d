"""No character of a published text is lost between the release's file and any format."""

from __future__ import annotations

import email
import io
import json
import re
import unicodedata
import zipfile
from email import policy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from hypothesis import given
from lxml import etree, html

from conftest import NEWSROOM, RELEASE, Newsroom
from effort import some
from gapress.kit.plan import plan
from gapress.kit.prepare import prepare
from gapress.release.markup import tokens
from gapress.theme import load_theme
from gapress.workspace import Workspace
from strategies import DOT, as_yaml, releases
from test_hostile import dot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conftest import Kits
    from gapress.release.model import Release
    from gapress.release.read import Source

ALONE = (
    NEWSROOM.replace("{en: en-GB, fr: fr-MA}", "{en: en-GB}")
    + "boilerplates: {about: {title: About, text: [Text]}}\n"
)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def squeezed(text: str) -> str:
    """Return the characters of a text that can be seen, composed."""
    kept = (c for c in text if not c.isspace() and unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFC", "".join(kept))


def value_at(source: Source[Release], path: tuple[str | int, ...]) -> str:
    value: Any = source.tree.data
    for step in path:
        value = value[step]
    return str(value)


# What readers of a page don't see; newsrooms' systems do.
HIDDEN = frozenset({"subjects", "keywords"})


def pieces(source: Source[Release], hidden: frozenset[str]) -> Iterator[list[str]]:
    """Yield, for each published text, what stands between its placeholders and links."""
    for path in (path for path in source.roles if path[0] not in hidden):
        found, links = [""], []
        for token in tokens(value_at(source, path)):
            match token.kind:
                case "text":
                    found[-1] += token.value
                case "placeholder" | "footnote":
                    found.append("")
                case "link":
                    links.append(True)
                case "end":
                    # Plain text has the address of a link behind its words.
                    if links and links.pop():
                        found.append("")
                case _:
                    links.append(False)
        yield [piece for piece in map(squeezed, found) if piece]


def lost(source: Source[Release], shown: str, hidden: frozenset[str] = HIDDEN) -> list[str]:
    """Return the texts that a file's text does not have, character by character and in order."""
    there = squeezed(shown)
    patterns = {"".join(p): ".{0,200}?".join(map(re.escape, p)) for p in pieces(source, hidden)}
    return [text for text, pattern in patterns.items() if not re.search(pattern, there)]


def of_page(page: str) -> str:
    root: Any = html.document_fromstring(page)
    return " ".join([*root.xpath("//body//text()[not(parent::script)]"), *root.xpath("//@alt")])


def of_html(data: bytes) -> str:
    return of_page(data.decode())


def of_docx(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        names = ["word/document.xml", "word/footnotes.xml"]
        roots = [etree.fromstring(package.read(n)) for n in names if n in package.namelist()]
    alts = [element.get("descr", "") for element in roots[0].iter() if element.get("descr")]
    return "\n".join([*(e.text or "" for root in roots for e in root.iter(f"{W}t")), *alts])


def of_txt(data: bytes) -> str:
    # The mark in front of each line of a notice.
    return re.sub(r"(?m)^! ", "", data.decode())


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def of_ninjs(data: bytes) -> str:
    held = strings(json.loads(data))
    return " ".join(of_page(text) if text.startswith("<") else text for text in held)


def of_eml(part: str) -> Callable[[bytes], str]:
    def read(data: bytes) -> str:
        message: Any = email.message_from_bytes(data, policy=policy.default)
        text = message.get_body((part,)).get_content()
        return of_page(text) if part == "html" else of_txt(text.encode())

    return read


READERS: dict[str, tuple[Callable[[bytes], str], ...]] = {
    "html": (of_html,),
    "docx": (of_docx,),
    "txt": (of_txt,),
    "ninjs": (of_ninjs,),
    "eml": (of_eml("html"), of_eml("plain")),
}


@pytest.fixture(scope="module")
def house() -> Iterator[Newsroom]:
    with TemporaryDirectory() as folder:
        made = Newsroom(Path(folder).resolve())
        made.write("releases/_newsroom.yaml", ALONE)
        made.write("releases/news.yaml", RELEASE)
        picture = made.root / "releases/news" / DOT
        picture.parent.mkdir()
        picture.write_bytes(dot())
        yield made


def check(house: Newsroom, release: dict[str, Any], formats: dict[str, Any]) -> None:
    release.pop("language", None)
    if "withdrawal" in release:  # a withdrawn release says only that
        release["correction"] = release.pop("withdrawal")
    house.write("releases/news.yaml", as_yaml(release))
    workspace = Workspace(house.root)
    theme = load_theme(workspace)
    prepared = prepare(workspace, "news", theme, draft=False)
    assert not prepared.problems
    for wanted in plan(prepared.documents, {"en": list(formats)}, theme):
        made = dict.fromkeys(wanted.writer.needs, b"")
        data = wanted.writer.write(wanted.document, theme, made)
        for reader in formats[wanted.writer.name]:
            hidden = frozenset() if wanted.writer.name == "ninjs" else HIDDEN
            assert lost(prepared.source, reader(data), hidden) == [], wanted.writer.name


@some(15)
@given(releases())
def test_no_character_of_a_text_is_lost(house: Newsroom, release: dict[str, Any]) -> None:
    check(house, release, READERS)


def test_no_word_of_a_text_is_lost_in_a_pdf(sample: Workspace, kits: Kits) -> None:
    slug = "2025-11-24-interpol-general-assembly"
    with pypdfium2.PdfDocument(kits.path(slug, "en", "pdf")) as document:
        there = squeezed("".join(page.get_textpage().get_text_range() for page in document))
    source, _ = sample.release(slug)
    for path, role in source.roles.items():
        if role == "alt text":  # it is not drawn
            continue
        text = value_at(source, path)
        shown = " ".join(token.value for token in tokens(text) if token.kind == "text").split()
        # A page may end between two words: its foot and the next one's head stand there.
        assert re.search(".{0,300}?".join(re.escape(squeezed(word)) for word in shown), there), text
