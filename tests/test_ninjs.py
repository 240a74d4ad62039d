"""News data: the ninjs object of each document, and the schema.org data that agrees with it."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree, html

from conftest import ADVISORY, ASSEMBLY
from gapress.document import (
    Alternate,
    Emphasis,
    Figure,
    Isolate,
    Link,
    Paragraph,
    Picture,
    Strong,
    Text,
    plain,
)
from gapress.kit.prepare import prepare
from gapress.workspace import Workspace
from gapress.writers import html as web_page
from gapress.writers import ninjs

if TYPE_CHECKING:
    from conftest import Newsroom
    from gapress.document import Document, Inlines
    from gapress.theme import Theme

EVERY = [(slug, code) for slug in (ASSEMBLY, ADVISORY) for code in ("en", "fr", "ar")]
ISOLATES = re.compile("[\u2066-\u2069]")
FORMERLY = "The figure was wrong."
CORRECTION = f"version: 2\ncorrection: {{version: 1, date: 2025-11-25, text: {FORMERLY}}}\n"
WITHDRAWAL = f"version: 2\nwithdrawal: {{version: 1, date: 2025-11-25, text: {FORMERLY}}}\n"
EMBARGO = "embargo: 2025-11-24T10:00:00+01:00\n"
STATES = {
    "plain": ("", False),
    "corrected": (CORRECTION, False),
    "withdrawn": (WITHDRAWAL, False),
    "embargoed": (EMBARGO, False),
    "draft": ("", True),
    "draft of a withdrawal": (WITHDRAWAL, True),
}


def made(newsroom: Newsroom, theme: Theme, state: str) -> dict[str, Document]:
    """Return the documents of a small release in one of the states of its life."""
    more, draft = STATES[state]
    release = newsroom.root / "releases/news.yaml"
    release.write_text(release.read_text() + more, encoding="utf-8")
    role = "withdrawal" if "withdrawal" in more else "correction"
    catalog = newsroom.root / "locales/fr/LC_MESSAGES/news.po"
    entry = f'\nmsgctxt "{role}"\nmsgid "{FORMERLY}"\nmsgstr "Le chiffre était faux."\n'
    if FORMERLY in more:
        catalog.write_text(catalog.read_text() + entry, encoding="utf-8")
    prepared = prepare(Workspace(newsroom.root), "news", theme, draft=draft)
    documents = dict(prepared.drafts if draft else prepared.documents)
    assert sorted(documents) == ["en", "fr"]
    return documents


def item(document: Document, theme: Theme) -> Any:
    return json.loads(ninjs.write(document, theme))


def body(document: Document, theme: Theme, kind: str) -> str:
    (found,) = [b for b in item(document, theme)["bodies"] if b["contentType"] == kind]
    return str(found["value"])


def agree(document: Document, theme: Theme) -> None:
    """Hold a document's ninjs object against its web page's schema.org data, field by field."""
    news = item(document, theme)
    page = html.document_fromstring(web_page.write(document, theme))
    (script,) = page.xpath("//script[@type='application/ld+json']")
    article = json.loads(script.text_content())
    subhead = [h["value"] for h in news["headlines"] if h["role"] == "subhead"]
    status = {"usable": None, "withheld": "Draft", "canceled": "Withdrawn"}[news["pubStatus"]]
    organisation = {
        "@type": "Organization",
        "name": news["by"],
        "url": document.organisation.url,
    }
    expected = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": news["uri"],
        "headline": news["title"],
        "alternativeHeadline": subhead[0] if subhead else None,
        "description": news["descriptions"][0]["value"],
        "inLanguage": news["language"],
        "version": int(news["version"]),
        "datePublished": news.get("embargoedUntil") or news["firstCreated"].partition("T")[0],
        "dateModified": news["versionCreated"].partition("T")[0] if document.notices else None,
        "creativeWorkStatus": status,
        "author": organisation,
        "publisher": organisation,
    }
    correction = article.pop("correction", None)
    assert article == {name: value for name, value in expected.items() if value is not None}
    assert news["headlines"][0] == {"role": "main", "value": news["title"]}
    corrected = [n for n in document.notices if n.role == "correction"]
    assert bool(correction) == bool(corrected)
    for notice in document.notices:
        assert news["versionCreated"] == f"{notice.date.isoformat()}T00:00:00Z"
        assert notice.date > document.date
    if correction:
        noted = ISOLATES.sub("", news["edNote"])
        assert f"{correction['name']}\n{correction['text']}" in noted


@pytest.mark.parametrize(("slug", "code"), EVERY)
def test_samples_agree_with_their_web_pages(
    slug: str, code: str, documents: dict[tuple[str, str], Document], theme: Theme
) -> None:
    agree(documents[slug, code], theme)


@pytest.mark.parametrize("state", STATES)
def test_every_state_agrees_with_its_web_page(state: str, newsroom: Newsroom, theme: Theme) -> None:
    for document in made(newsroom, theme, state).values():
        agree(document, theme)


def test_what_identifies_a_release(
    documents: dict[tuple[str, str], Document], theme: Theme
) -> None:
    others = [documents[ADVISORY, code].language for code in ("en", "fr")]
    alternates = tuple(Alternate(other, f"../{other.code}/x.html") for other in others)
    news = item(documents[ADVISORY, "ar"].with_alternates(alternates), theme)
    uri = "https://example.org/2025-11-20-media-advisory-general-assembly"
    chosen = ("uri", "type", "version", "language", "pubStatus", "slugline", "located", "by")
    assert {name: news[name] for name in chosen} == {
        "uri": f"{uri}/ar",
        "type": "text",
        "version": "1",
        "language": "ar-MA",
        "pubStatus": "usable",
        "slugline": ADVISORY,
        "located": "مراكش",
        "by": "غرفة أخبار تجريبية",
    }
    assert news["embargoedUntil"] == "2025-11-21T09:00:00+01:00"
    assert news["firstCreated"] == "2025-11-20T00:00:00Z"
    assert [(a["name"], a["rel"], a["uri"], a["language"]) for a in news["associations"]] == [
        ("English", "translation", f"{uri}/en", "en-GB"),
        ("Français", "translation", f"{uri}/fr", "fr-MA"),
    ]


def test_the_uri_is_the_same_for_all_versions(newsroom: Newsroom, theme: Theme) -> None:
    first = item(made(newsroom, theme, "plain")["fr"], theme)
    second = item(made(newsroom, theme, "corrected")["fr"], theme)
    assert first["uri"] == second["uri"] == "https://example.org/news/fr"
    assert (first["version"], second["version"]) == ("1", "2")


@pytest.mark.parametrize(
    ("state", "status", "noted"),
    [
        ("plain", "usable", ""),
        (
            "corrected",
            "usable",
            "Rectificatif du 25\u00a0novembre 2025\u202f; remplace la version 1\n",
        ),
        ("withdrawn", "canceled", "Retrait le 25\u00a0novembre 2025"),
        ("embargoed", "usable", "Sous embargo jusqu’au lundi 24\u00a0novembre 2025 à 10h"),
        ("draft", "withheld", ""),
        ("draft of a withdrawal", "withheld", ""),
    ],
)
def test_what_the_desk_is_told(
    state: str, status: str, noted: str, newsroom: Newsroom, theme: Theme
) -> None:
    document = made(newsroom, theme, state)["fr"]
    news = item(document, theme)
    assert news["pubStatus"] == status
    note = news.get("edNote", "")
    assert noted in note
    assert (document.labels["Draft – not for publication"] in note) == bool(document.draft)
    assert ("embargoedUntil" in news) == (state == "embargoed")


def test_a_withdrawn_release_has_nothing_of_the_old_text(newsroom: Newsroom, theme: Theme) -> None:
    for code, document in made(newsroom, theme, "withdrawn").items():
        written = ninjs.write(document, theme).decode()
        assert "bodies" not in json.loads(written)
        for old in ("A headline", "A paragraph", "Un titre", "Un paragraphe", "Marrakech"):
            assert old not in written
        assert {"en": FORMERLY, "fr": "Le chiffre était faux."}[code] in written


@pytest.mark.parametrize(("slug", "code"), EVERY)
def test_both_bodies_hold_every_text_of_the_release(
    slug: str, code: str, documents: dict[tuple[str, str], Document], theme: Theme
) -> None:
    document = documents[slug, code]
    shown = plain(document.body[0].content) if isinstance(document.body[0], Paragraph) else ""
    root = etree.fromstring(body(document, theme, "text/html"))
    assert (root.get("lang"), root.get("dir")) == (
        document.language.tag,
        document.language.direction,
    )
    markup = "".join(root.itertext())
    text = ISOLATES.sub("", body(document, theme, "text/plain"))
    only = replace(document, summary=(), subheadline=(), kind=(), reference=(), date_line=())
    head = {document.title, *map(plain, (only.organisation.name, only.organisation.notice))}
    head |= {plain(line) for line in (only.release_line.text, *only.release_line.zones)}
    expected = [t for t in only.texts() if t and t not in head]
    assert shown in expected
    for words in expected:
        assert words in markup
        assert words in text


@pytest.mark.parametrize("code", ["en", "ar"])
def test_numbers_keep_their_order_in_arabic_text(
    code: str, documents: dict[tuple[str, str], Document], theme: Theme
) -> None:
    text = body(documents[ASSEMBLY, code], theme, "text/plain")
    telephone = "+212 5 00 00 00 00"
    assert (f"\u2066{telephone}\u2069" in text) == (code == "ar")
    assert telephone in text
    assert text.count("\u2066") == text.count("\u2069")


def with_body(document: Document, *content: Inlines) -> Document:
    return replace(document, body=tuple(Paragraph(c) for c in content), sections=())


def test_markup_and_hostile_text(documents: dict[tuple[str, str], Document], theme: Theme) -> None:
    hostile = "</p><script>alert(1)</script> & \"'"
    content: Inlines = (
        Text(hostile),
        Emphasis((Text("stress"), Strong((Text("force"),)))),
        Link("https://example.org/?a=1&b=2", (Text("there"),)),
        Isolate("rtl", (Text("سلام"),)),
    )
    document = with_body(documents[ASSEMBLY, "en"], content)
    paragraph = etree.fromstring(body(document, theme, "text/html"))[0]
    assert "".join(paragraph.itertext()) == f"{hostile}stressforcethereسلام"
    assert [(e.tag, dict(e.attrib)) for e in paragraph.iter()][1:] == [
        ("em", {}),
        ("strong", {}),
        ("a", {"href": "https://example.org/?a=1&b=2"}),
        ("bdi", {"dir": "rtl"}),
    ]
    assert body(document, theme, "text/plain").startswith(
        f"{hostile}stressforcethere <https://example.org/?a=1&b=2>سلام\n"
    )


@pytest.mark.parametrize(
    ("url", "words", "shown"),
    [
        ("https://example.org/", "example.org", "example.org"),
        ("https://example.org/a", "https://example.org/a", "https://example.org/a"),
        ("mailto:press@example.org", "press@example.org", "press@example.org"),
        ("mailto:press@example.org", "write to us", "write to us <mailto:press@example.org>"),
        ("tel:+212500000000", "+212 5 00 00 00 00", "+212 5 00 00 00 00"),
        ("https://example.org/a", "example.org", "example.org <https://example.org/a>"),
    ],
)
def test_plain_text_says_where_links_lead(
    url: str, words: str, shown: str, documents: dict[tuple[str, str], Document], theme: Theme
) -> None:
    document = with_body(documents[ASSEMBLY, "en"], (Link(url, (Text(words),)),))
    assert body(document, theme, "text/plain").startswith(f"{shown}\n")


def test_a_picture_is_its_alternative_text(
    documents: dict[tuple[str, str], Document], theme: Theme
) -> None:
    picture = Picture("a.png", "image/png", b"PIXELS", 10, 10)
    figure = Figure(picture, "A <blue> chart", (Text("Caption"),), (Text("Credit: me"),))
    document = replace(documents[ASSEMBLY, "en"], body=(figure,))
    first = etree.fromstring(body(document, theme, "text/html"))[0]
    assert first.tag == "figure"
    assert [t.strip() for t in first.itertext()] == [
        "Picture: A <blue> chart", "Caption", "Credit: me",
    ]  # fmt: skip
    text = body(document, theme, "text/plain")
    assert text.startswith("Picture: A <blue> chart\nCaption\nCredit: me\n")
    written = ninjs.write(document, theme)
    assert b"<img" not in written
    assert b"base64" not in written


def test_the_file_is_utf_8_with_a_last_line_end(
    documents: dict[tuple[str, str], Document], theme: Theme
) -> None:
    written = ninjs.write(documents[ASSEMBLY, "ar"], theme)
    assert written.startswith(b'{\n  "uri": ')
    assert written.endswith(b"}\n")
    assert "الإنتربول" in written.decode("utf-8")
    assert written == ninjs.write(documents[ASSEMBLY, "ar"], theme)
