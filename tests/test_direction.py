"""Every block of a page says its language and direction itself, so that a copy keeps them."""

from __future__ import annotations

import email
from email import policy
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from gapress.writers import WRITERS
from gapress.writers.direction import BLOCKS, with_directions
from gapress.writers.email import NEARLY_CLIPPED, page_size, write_all

if TYPE_CHECKING:
    from conftest import Kits, Newsroom
    from gapress.document import Document
    from gapress.theme import Theme

RELEASE = "2025-11-24-interpol-general-assembly"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            '<html lang="ar-MA" dir="rtl"><body><p>a</p>',
            '<html lang="ar-MA" dir="rtl"><body><p lang="ar-MA" dir="rtl">a</p>',
        ),
        (
            '<div lang="fr" dir="ltr"><P class="x">é<br><ul\n id=y><li>b</ul></div><p>c</p>',
            '<div lang="fr" dir="ltr"><P lang="fr" dir="ltr" class="x">é<br>'
            '<ul lang="fr" dir="ltr"\n id=y><li lang="fr" dir="ltr">b</ul></div><p>c</p>',
        ),
        (
            '<td lang="ar" dir="rtl"><p dir="ltr">x</p><bdi dir="ltr">y</bdi><p>z</p></td>',
            '<td lang="ar" dir="rtl"><p lang="ar" dir="ltr">x</p><bdi dir="ltr">y</bdi>'
            '<p lang="ar" dir="rtl">z</p></td>',
        ),
        (
            '<body dir="rtl"><script>"<p>"</script><!-- <p> --><p>&amp;</p>',
            '<body dir="rtl"><script>"<p>"</script><!-- <p> --><p dir="rtl">&amp;</p>',
        ),
    ],
)
def test_blocks_get_what_is_around_them(page: str, expected: str) -> None:
    assert with_directions(page) == expected


@given(st.text(alphabet="<>/=\"'a pdivtrl!-&;\n", max_size=80))
def test_nothing_else_of_a_page_changes(text: str) -> None:
    page = f'<html lang="ar" dir="rtl"><body>{text}'
    made = with_directions(page)
    assert made.replace(' lang="ar"', "").replace(' dir="rtl"', "") == page.replace(
        ' lang="ar"', ""
    ).replace(' dir="rtl"', "")


def pages(kits: Kits) -> dict[str, str]:
    paths = kits.root.rglob("*.html")
    found = {str(path): path.read_text("utf-8") for path in paths}
    for path in kits.root.rglob("*.eml"):
        message: Any = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        found[str(path)] = message.get_body(("html",)).get_content()
    return found


def test_every_block_of_pages_and_mails_has_both(kits: Kits) -> None:
    found = pages(kits)
    # Of each release: page and mail in three languages, an index and a mail of all.
    assert len(found) == 2 * 8
    for name, page in found.items():
        root: Any = html.document_fromstring(page)
        blocks = [e for e in root.iter() if e.tag in BLOCKS]
        lacking = [e.tag for e in blocks if not (e.get("dir") and e.get("lang"))]
        # The frame of a mail in several languages belongs to none of them.
        frame = {"table", "td"} if name.endswith(".eml") else set()
        assert blocks
        assert set(lacking) <= frame, name


def test_contacts_are_not_in_boxes_that_reader_views_throw_away(kits: Kits) -> None:
    root: Any = html.parse(str(kits.path(RELEASE, "en", "html"))).getroot()
    cards = root.xpath("//address")
    assert len(cards) == 2
    assert all("example.org" in card.text_content() for card in cards)
    assert not root.xpath("//address/ancestor::div[not(parent::article)] | //address//div")


def test_telephone_numbers_keep_their_order_without_attributes(kits: Kits) -> None:
    # Thunderbird makes the plain text of what is sent from the text of the page alone.
    for name, page in pages(kits).items():
        root: Any = html.document_fromstring(page)
        numbers = [n for n in root.itertext() if "+212" in n]
        assert numbers
        if name.endswith("_ar.eml"):
            assert {n[:2] for n in numbers} == {"\u200e+"}
        elif name.endswith(("_en.eml", "_fr.eml")):
            assert {n[:1] for n in numbers} == {"+"}


def test_a_mail_in_all_languages_stays_below_what_gmail_shows(
    documents: dict[tuple[str, str], Document], theme: Theme
) -> None:
    from dataclasses import replace

    from gapress.document import Heading, Text

    sample = [documents[RELEASE, code] for code in ("en", "fr", "ar")]
    # A heading before the lede: the dateline is in the first paragraph.
    opening = (Heading((Text("Why it matters"),)),)
    long = [replace(document, body=(*opening, *document.body * 4)) for document in sample]
    made = {code: {"pdf": b"%PDF", "docx": b"PK"} for code in ("en", "fr", "ar")}
    whole, brief = (write_all(these, theme, made) for these in (sample, long))
    assert page_size(whole) < NEARLY_CLIPPED
    assert page_size(brief) < NEARLY_CLIPPED
    message: Any = email.message_from_bytes(brief, policy=policy.default)
    page = message.get_body(("html",)).get_content()
    text = message.get_body(("plain",)).get_content()
    for words in ("The full text is in the attached files.", "fichiers joints", "المرفقة"):
        assert words in page
    for dateline in ("Marrakech, Morocco", "Marrakech (Maroc)", "مراكش (المغرب)"):
        assert page.count(dateline) == 1
    assert page.count("+212") == 2 * 2 * 3  # every contact, its link and its number
    assert text.count("On the agenda") == 4  # the plain text is whole
    assert "attached files" not in whole.decode("ascii")
    assert set(WRITERS["eml"].needs) == set(made["en"])


def test_a_mail_that_gmail_would_cut_off_is_told(newsroom: Newsroom) -> None:
    long = "".join(f"  - paragraph: {'Long words ' * 400}{n}\n" for n in range(25))
    newsroom.edit("releases/news.yaml", "facts:", f"{long}facts:")
    result = newsroom.run("render", "--language", "en", "--format", "eml")
    assert result.exit_code == 0
    assert "news_en.eml has 1" in result.output
    assert "kB, and Gmail hides what is behind 102 kB" in result.output
    assert "shorten the text" in newsroom.run("render", "--language", "en").output
