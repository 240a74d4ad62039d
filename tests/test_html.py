"""The web pages: self-contained, language and direction right at every level."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from conftest import ADVISORY, ASSEMBLY, Kits
from gapress.document import plain

if TYPE_CHECKING:
    from gapress.document import Document

EVERY = [(slug, code) for slug in (ASSEMBLY, ADVISORY) for code in ("en", "fr", "ar")]


def page(kits: Kits, slug: str, code: str) -> Any:
    return html.document_fromstring(kits.path(slug, code, "html").read_bytes())


@pytest.mark.parametrize(("slug", "code"), EVERY)
def test_language_and_direction(slug: str, code: str, kits: Kits) -> None:
    root = page(kits, slug, code)
    tag = {"en": "en-GB", "fr": "fr-MA", "ar": "ar-MA"}[code]
    assert (root.get("lang"), root.get("dir")) == (tag, "rtl" if code == "ar" else "ltr")
    switcher = {(a.get("lang"), a.get("dir"), a.get("href")) for a in root.xpath("//nav//a")}
    tags = {"en": ("en-GB", "ltr"), "fr": ("fr-MA", "ltr"), "ar": ("ar-MA", "rtl")}
    assert switcher == {
        (*tags[other], f"../{other}/{kits.path(slug, other, 'html').name}")
        for other in tags
        if other != code
    }


@pytest.mark.parametrize(("slug", "code"), EVERY)
def test_every_text_is_on_the_page(
    slug: str, code: str, kits: Kits, documents: dict[tuple[str, str], Document]
) -> None:
    def squeezed(text: str) -> str:
        return re.sub(r"[ \n]+", " ", text)

    shown = squeezed(page(kits, slug, code).find("body").text_content())
    for text in documents[slug, code].texts():
        assert squeezed(text).strip(" ") in shown


@pytest.mark.parametrize(("slug", "code"), EVERY)
def test_nothing_is_loaded_and_nothing_runs(slug: str, code: str, kits: Kits) -> None:
    root = page(kits, slug, code)
    for address in root.xpath("//@src | //link/@href[not(../@rel='alternate')]"):
        assert address.startswith("data:")
    assert [s.get("type") for s in root.iter("script")] == ["application/ld+json"]
    assert not root.xpath("//@*[starts-with(name(), 'on')]")
    for css in root.xpath("//style/text()"):
        assert "@import" not in css
        assert all(u.startswith("data:") for u in re.findall(r'url\("?([^")]*)', css))


def test_what_search_engines_read_agrees_with_the_page(
    kits: Kits, documents: dict[tuple[str, str], Document]
) -> None:
    document = documents[ADVISORY, "ar"]
    (script,) = page(kits, ADVISORY, "ar").iter("script")
    article = json.loads(script.text_content())
    assert article["@type"] == "NewsArticle"
    assert article["headline"] == document.title == plain(document.headline)
    assert article["inLanguage"] == "ar-MA"
    assert article["datePublished"] == "2025-11-21T09:00:00+01:00"


def test_telephones_and_addresses_are_isolated_in_arabic(kits: Kits) -> None:
    root = page(kits, ASSEMBLY, "ar")
    details = root.xpath("//p[@class='detail']/a")
    assert [a.get("href") for a in details] == [
        "tel:+212500000000",
        "mailto:press@example.org",
        "tel:+212500000001",
        "mailto:interviews@example.org",
    ]
    for link in details:
        (bdi,) = link
        assert (bdi.tag, bdi.get("dir")) == ("bdi", "ltr")
        assert bdi.text == link.text_content()
    assert {a[0].get("class") for a in details if a.get("href").startswith("tel:")} == {
        "unbroken long"
    }


def test_a_page_under_embargo_is_not_for_search_engines(kits: Kits) -> None:
    assert page(kits, ADVISORY, "en").xpath("//meta[@name='robots']/@content") == [
        "noindex, nofollow"
    ]
    assert page(kits, ASSEMBLY, "en").xpath("//meta[@name='robots']/@content") == []
