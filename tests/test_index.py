"""The index page of a kit: all languages, all files, and sizes as readers know them."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from babel import Locale
from lxml import html

from conftest import ADVISORY, ASSEMBLY
from gapress.document import Emphasis, KitFile, Link, Notice, Text, plain
from gapress.errors import ContentError
from gapress.localization.sizes import format_size
from gapress.writers import index

if TYPE_CHECKING:
    from gapress.document import Document, Language
    from gapress.theme import Theme

Documents = dict[tuple[str, str], "Document"]
SHARED = (
    KitFile("kit.zip", (Text("All files (ZIP)"),), (Text("3.5 MB"),)),
    KitFile("kit_all.eml", (Text("E-mail draft in all languages"),), (Text("2.3 MB"),)),
)


def files(code: str) -> list[KitFile]:
    return [
        KitFile(f"{code}/x_{code}.{suffix}", (Text(kind),), (Text(size),))
        for suffix, kind, size in (
            ("pdf", "PDF document", "85 kB"),
            ("html", "Web page", "46 kB"),
        )
    ]


def page(
    documents: list[Document], theme: Theme, own: Language | None = None, shared: Any = SHARED
) -> Any:
    sections = [(document, files(document.language.code)) for document in documents]
    written = index.write(sections, shared, own or documents[0].language, theme)
    return html.document_fromstring(written)


def of(documents: Documents, slug: str) -> list[Document]:
    return [documents[slug, code] for code in ("en", "fr", "ar")]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def test_each_language_has_its_section(documents: Documents, theme: Theme) -> None:
    root = page(of(documents, ADVISORY), theme)
    sections = root.xpath("//main/section[contains(@class, 'kit')]")
    assert [(s.get("id"), s.get("lang"), s.get("dir")) for s in sections] == [
        ("en", "en-GB", "ltr"),
        ("fr", "fr-MA", "ltr"),
        ("ar", "ar-MA", "rtl"),
    ]
    assert root.xpath("//nav//a/@href") == ["#en", "#fr", "#ar"]
    assert [squeezed(a.text_content()) for a in root.xpath("//nav//a")] == [
        "English", "Français", "العربية",
    ]  # fmt: skip


@pytest.mark.parametrize("slug", [ASSEMBLY, ADVISORY])
def test_a_section_says_what_matters_before_opening_a_file(
    slug: str, documents: Documents, theme: Theme
) -> None:
    root = page(of(documents, slug), theme)
    for document in of(documents, slug):
        (section,) = root.xpath(f"//section[@id='{document.language.code}']")
        shown = squeezed(section.text_content())
        texts = [document.kind, document.date_line, document.reference, document.headline]
        texts += [document.release_line.text, *document.release_line.zones]
        texts += [document.contacts_title]
        for contact in document.contacts:
            texts += [contact.name, contact.role, *(t for pair in contact.details for t in pair)]
        for text in texts:
            assert squeezed(plain(text)) in shown


def test_files_are_named_and_can_be_downloaded(documents: Documents, theme: Theme) -> None:
    root = page(of(documents, ASSEMBLY), theme)
    listed = [
        (a.get("href"), squeezed(a.getparent().text_content()), a.get("download"))
        for a in root.xpath("//ul[@class='files']//a")
    ]
    expected = [
        entry
        for code in ("en", "fr", "ar")
        for entry in (
            (f"{code}/x_{code}.pdf", "PDF document 85 kB", ""),
            (f"{code}/x_{code}.html", "Web page 46 kB", ""),
        )
    ]
    assert listed == [
        *expected,
        ("kit.zip", "All files (ZIP) 3.5 MB", ""),
        ("kit_all.eml", "E-mail draft in all languages 2.3 MB", ""),
    ]
    assert root.xpath("//h2/a/@href") == [f"{code}/x_{code}.html" for code in ("en", "fr", "ar")]


@pytest.mark.parametrize(
    ("code", "tag", "direction", "heading"),
    [
        ("en", "en-GB", "ltr", "Press kit Specimen Newsroom"),
        ("ar", "ar-MA", "rtl", "الملف الصحفي غرفة أخبار تجريبية"),
    ],
)
def test_the_frame_is_in_the_language_of_the_page(
    code: str, tag: str, direction: str, heading: str, documents: Documents, theme: Theme
) -> None:
    document = documents[ASSEMBLY, code]
    root = page(of(documents, ASSEMBLY), theme, document.language)
    assert (root.get("lang"), root.get("dir")) == (tag, direction)
    (h1,) = root.iter("h1")
    assert squeezed(h1.text_content()) == heading
    assert root.findtext("head/title").startswith(f"{document.title} – ")
    assert (
        squeezed(root.xpath("//section[@class='shared']/h2")[0].text_content())
        == (document.labels["Files"])
    )


def test_a_language_that_the_kit_lacks_leaves_the_frame_to_the_first(
    documents: Documents, theme: Theme
) -> None:
    present = [documents[ASSEMBLY, "fr"], documents[ASSEMBLY, "ar"]]
    root = page(present, theme, documents[ASSEMBLY, "en"].language)
    assert root.get("lang") == "fr-MA"


def test_one_language_needs_no_navigation(documents: Documents, theme: Theme) -> None:
    root = page([documents[ASSEMBLY, "ar"]], theme, shared=())
    assert not root.xpath("//nav")
    assert not root.xpath("//section[@class='shared']")


def test_headings_nest_and_ids_are_unique(documents: Documents, theme: Theme) -> None:
    root = page(of(documents, ADVISORY), theme)
    levels = [int(e.tag[1]) for e in root.iter("h1", "h2", "h3", "h4")]
    assert levels == [1, *[2, 3, 3] * 3, 2]
    ids = root.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {name for names in root.xpath("//@aria-labelledby") for name in names.split()} <= set(
        ids
    )


@pytest.mark.parametrize(("draft", "slug", "hidden"), [
    ("", ASSEMBLY, False), ("DRAFT", ASSEMBLY, True), ("", ADVISORY, True),
])  # fmt: skip
def test_drafts_and_embargoes_are_not_for_search_engines(
    draft: str, slug: str, hidden: bool, documents: Documents, theme: Theme
) -> None:
    shown = [documents[slug, "en"], replace(documents[slug, "ar"], draft=draft)]
    root = page(shown, theme)
    robots = root.xpath("//meta[@name='robots']/@content")
    assert robots == (["noindex, nofollow"] if hidden else [])
    marked = [p.getparent().get("id") for p in root.xpath("//p[@class='draft-line']")]
    assert marked == (["ar"] if draft else [])


@pytest.mark.parametrize("role", ["correction", "withdrawal"])
def test_notices_stand_in_their_section(role: Any, documents: Documents, theme: Theme) -> None:
    notice = Notice(
        role, dt.date(2025, 11, 25), (Text("Corrected today"),), ((Text("It was wrong."),),)
    )
    shown = [documents[ASSEMBLY, "en"], replace(documents[ASSEMBLY, "fr"], notices=(notice,))]
    (found,) = page(shown, theme).xpath(f"//div[@class='notice {role}']")
    assert found.getparent().get("id") == "fr"
    assert squeezed(found.text_content()) == "Corrected today It was wrong."


def test_a_link_in_a_headline_does_not_nest(documents: Documents, theme: Theme) -> None:
    link = Link("https://example.org/", (Emphasis((Text("opens"),)),))
    headline = (Text("Assembly "), Emphasis((link, Text(" now"))))
    root = page([replace(documents[ASSEMBLY, "en"], headline=headline)], theme)
    (h2,) = root.xpath("//section[@id='en']/h2")
    assert squeezed(h2.text_content()) == "Assembly opens now"
    assert [a.get("href") for a in h2.iter("a")] == ["en/x_en.html"]


def test_hostile_text_is_text(documents: Documents, theme: Theme) -> None:
    hostile = '"><script>alert(1)</script>'
    document = replace(documents[ASSEMBLY, "en"], title=hostile, headline=(Text(hostile),))
    shared = [KitFile(f"a{hostile}.zip", (Text(hostile),), (Text(hostile),))]
    root = page([document], theme, shared=shared)
    assert not root.xpath("//script")
    assert root.xpath("//section[@class='shared']//a/@href") == [f"a{hostile}.zip"]
    assert squeezed(root.xpath("//h2")[0].text_content()) == hostile


def test_nothing_is_loaded_and_nothing_runs(documents: Documents, theme: Theme) -> None:
    root = page(of(documents, ADVISORY), theme)
    assert not root.xpath("//script")
    assert not root.xpath("//@*[starts-with(name(), 'on')]")
    for address in root.xpath("//@src | //link/@href"):
        assert address.startswith("data:")


@pytest.mark.parametrize(
    ("old", "new", "address"),
    [
        (
            "<main>",
            '<main><img alt="" src="https://example.org/a.png">',
            "https://example.org/a.png",
        ),
        ("<style>", "<style>@import 'a.css';", "a.css"),
    ],
)
def test_a_template_that_loads_something_is_refused(
    old: str, new: str, address: str, documents: Documents, theme: Theme
) -> None:
    template = theme.files["index.html"].decode().replace(old, new).encode()
    own = replace(theme, files={**theme.files, "index.html": template})
    with pytest.raises(ContentError) as caught:
        page(of(documents, ASSEMBLY), own)
    assert str(caught.value) == (
        f"templates/index.html: the page would load {address}; "
        "embed it as a data: URI: a kit must need no network"
    )


def test_a_broken_template_is_told_with_its_line(documents: Documents, theme: Theme) -> None:
    template = b"<title>\n{{ document.nothing.more }}\n</title>"
    own = replace(theme, files={**theme.files, "index.html": template})
    with pytest.raises(ContentError, match=r"^templates/index\.html:2: the template failed: "):
        page(of(documents, ASSEMBLY), own)


@pytest.mark.parametrize(
    ("count", "tag", "expected"),
    [
        (0, "en-GB", "1 kB"),
        (499, "en-GB", "1 kB"),
        (84_600, "en-GB", "85 kB"),
        (999_499, "en-GB", "999 kB"),
        (999_500, "en-GB", "1.0 MB"),
        (1_449_000, "en-GB", "1.4 MB"),
        (84_600, "fr-MA", "85\u202fko"),
        (1_449_000, "fr-MA", "1,4\u202fMo"),
        (84_600, "ar-MA", "85 كيلوبايت"),
        (1_449_000, "ar-MA", "1,4 م.ب"),
    ],
)
def test_sizes(count: int, tag: str, expected: str) -> None:
    assert format_size(count, Locale.parse(tag, sep="-")) == expected
