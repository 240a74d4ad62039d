"""The PDFs: tagged, titled, in pinned fonts, and every word copies out of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest

from conftest import ADVISORY, ASSEMBLY, RELEASE, Kits
from words import missing, words

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Newsroom
    from gapress.document import Document
    from gapress.theme import Theme

EVERY = [(slug, code) for slug in (ASSEMBLY, ADVISORY) for code in ("en", "fr", "ar")]


def extracted(data: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


@pytest.mark.parametrize(("slug", "code"), EVERY)
def test_every_word_copies_out(
    slug: str, code: str, kits: Kits, documents: dict[tuple[str, str], Document]
) -> None:
    wanted = [word for text in documents[slug, code].texts() for word in words(text)]
    assert len(wanted) > 350
    assert missing(wanted, extracted(kits.path(slug, code, "pdf").read_bytes())) == []


@pytest.mark.parametrize(("slug", "code"), EVERY)
def test_a_pdf_says_what_it_is(
    slug: str, code: str, kits: Kits, documents: dict[tuple[str, str], Document]
) -> None:
    document = documents[slug, code]
    with pikepdf.open(kits.path(slug, code, "pdf")) as pdf:
        assert str(pdf.docinfo["/Title"]) == document.subject
        assert str(pdf.Root.Lang) == document.language.tag
        assert pdf.Root.MarkInfo.Marked is True
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root]
        assert titles == [document.title]
        assert len(pdf.pages) == 2


@pytest.mark.parametrize(("slug", "code"), EVERY)
def test_fonts_are_embedded_subsets_of_the_pinned_ones(slug: str, code: str, kits: Kits) -> None:
    names = embedded(kits.path(slug, code, "pdf"))
    assert names
    assert all(re.match(r"/[A-Z]{6}\+IBM-Plex-(Serif|Sans-Arabic)\b", name) for name in names)


def embedded(file: Path) -> set[str]:
    """The names of a file's fonts, each of which it must hold."""
    names = set()
    with pikepdf.open(file) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor":
                assert "/FontFile2" in thing
                names.add(str(thing.FontName))
    return names


def test_emphasis_is_seen_in_notes_too(newsroom: Newsroom) -> None:
    for number, word in enumerate(("emphasis", '"*emphasis*"')):
        newsroom.write(f"releases/n{number}.yaml", f"{RELEASE}notes_to_editors: [{word}]\n")
        assert newsroom.run("render", f"n{number}", "-f", "pdf", "-l", "en").exit_code == 0
        names = embedded(newsroom.root / f"dist/n{number}/en/n{number}_en.pdf")
        assert any("Italic" in name for name in names) == bool(number)


def structure(pdf: pikepdf.Pdf, kind: str) -> list[pikepdf.Dictionary]:
    """The structure elements of a kind that can be reached from the root."""
    found, todo = [], [pdf.Root.StructTreeRoot.K]
    while todo:
        thing = todo.pop()
        if isinstance(thing, pikepdf.Array):
            todo += list(thing)
        elif isinstance(thing, pikepdf.Dictionary):
            if thing.get("/S") == kind:
                found.append(thing)
            if "/K" in thing:
                todo.append(thing.K)
    return found


def test_table_headers_have_a_scope(kits: Kits) -> None:
    with pikepdf.open(kits.path(ASSEMBLY, "ar", "pdf")) as pdf:
        scopes = [str(cell.A.Scope) for cell in structure(pdf, "/TH")]
    assert sorted(scopes) == ["/Column"] * 4 + ["/Row"] * 2


def test_each_link_has_one_annotation_in_its_element(kits: Kits) -> None:
    with pikepdf.open(kits.path(ASSEMBLY, "ar", "pdf")) as pdf:
        annotations = [a for page in pdf.pages for a in page.get("/Annots", [])]
        owned = [
            k.Obj.objgen
            for link in structure(pdf, "/Link")
            for k in link.K
            if isinstance(k, pikepdf.Dictionary) and k.get("/Type") == "/OBJR"
        ]
        assert sorted(a.objgen for a in annotations) == sorted(owned)
        assert len(annotations) == 5  # two telephones, two addresses, one link
        assert all(a.F == 4 for a in annotations)


def test_running_heads_and_feet_are_artifacts(kits: Kits) -> None:
    with pikepdf.open(kits.path(ASSEMBLY, "fr", "pdf")) as pdf:
        second = pdf.pages[1].Contents.read_bytes()
    assert second.count(b"/Artifact") >= 2


def test_pictures_have_their_alternative_text(
    kits: Kits, documents: dict[tuple[str, str], Document]
) -> None:
    with pikepdf.open(kits.path(ASSEMBLY, "fr", "pdf")) as pdf:
        (figure,) = structure(pdf, "/Figure")
        assert str(figure.Alt).startswith("Une frise chronologique de 2007 à 2025")


def test_the_same_document_gives_the_same_bytes(
    documents: dict[tuple[str, str], Document],
    theme: Theme,
    kits: Kits,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from gapress.writers import WRITERS

    monkeypatch.setenv("TZ", "Asia/Tokyo")
    document = documents[ASSEMBLY, "ar"]
    for name in ("pdf", "docx", "html"):
        made = kits.path(ASSEMBLY, "ar", name).read_bytes()
        assert WRITERS[name].write(document, theme) == made


def test_a_draft_is_watermarked_on_every_page(newsroom: Newsroom) -> None:
    paragraphs = "".join(f"  - paragraph: Paragraph {n} {'word ' * 90}\n" for n in range(30))
    newsroom.edit("releases/news.yaml", "body:\n", f"body:\n{paragraphs}")
    newsroom.edit("releases/_newsroom.yaml", "fr: fr-MA", "fr: fr-MA, ar: ar-MA")
    assert newsroom.run("render", "--draft", "--format", "pdf").exit_code == 0
    for code, mark in (("en", "DRAFT"), ("fr", "PROJET"), ("ar", "مسودة")):
        file = newsroom.root / f"dist/news-DRAFT/{code}/news_{code}-DRAFT.pdf"
        pages = pypdfium2.PdfDocument(file)
        assert len(pages) >= 4
        for page in pages:
            found = page.get_textpage()
            assert mark in found.get_text_range()
            # Large letters, in the middle of the page and wholly on it.
            boxes = [found.get_charbox(i) for i in range(found.count_chars())]
            large = [box for box in boxes if box[3] - box[1] > 40]
            assert len(large) >= len(mark) - 1
            width, height = page.get_size()
            assert all(
                0 < box[0] < box[2] < width and 0 < box[1] < box[3] < height for box in large
            )
            assert min(box[0] for box in large) < width / 2 < max(box[2] for box in large)


def test_an_embargo_stands_on_every_page(kits: Kits) -> None:
    pages = pypdfium2.PdfDocument(kits.path(ADVISORY, "fr", "pdf"))
    for page in pages:
        assert (
            "Sous embargo jusqu’au vendredi 21\u00a0novembre 2025"
            in page.get_textpage().get_text_range()
        )
