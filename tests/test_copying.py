"""What copies out of Arabic PDFs: dates, numbers and vowel signs, and the font that makes it so.

The other readers, and what they make of whole kits, are in conformance/readers.py.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from conftest import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Newsroom

MARKS = re.compile("[\u200b\u200e\u200f]")


def rendered(newsroom: Newsroom, *texts: str) -> Path:
    """The PDF of a release that is written in Arabic."""
    newsroom.edit("releases/_newsroom.yaml", "language: en", "language: ar")
    newsroom.edit("releases/_newsroom.yaml", "{en: en-GB, fr: fr-MA}", "{ar: ar-MA}")
    head = (newsroom.root / "releases/news.yaml").read_text(encoding="utf-8").split("body:")[0]
    body = "".join(f"  - paragraph: {quoted(text)}\n" for text in texts)
    newsroom.write("releases/news.yaml", f"{head}contacts: [press]\nbody:\n{body}")
    outcome = newsroom.run("render", "-l", "ar", "-f", "pdf")
    assert outcome.exit_code == 0, outcome.output
    return newsroom.root / "dist/news/ar/news_ar.pdf"


def copied(file: Path) -> str:
    """What pdfium copies, blanks made one."""
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(file))
    return " ".join(MARKS.sub("", "\n".join(pages)).split())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("صدر يوم 7 يناير 2026 في بيان.", "صدر يوم 7 يناير 2026 في بيان."),
        ("اتصلوا بالرقم +212 5 11 22 33 44 صباحا.", "+212 5 11 22 33 44"),
        ("الملف 2026-01-07/12، وبعده ملف آخر.", "الملف 2026-01-07/12، وبعده"),
        ("حضر **كل المدعوين** إلى *هذا اللقاء* مساء.", "حضر كل المدعوين إلى هذا اللقاء مساء."),
        ("قالَ إنَّ العَمَلَ مُستَمِرٌّ هُنا.", "قالَ إنَّ العَمَلَ مُستَمِرٌّ هُنا."),
        ("شكراً جزيلاً لكم جميعاً", "شكراً جزيلاً لكم جميعاً"),
    ],
)
def test_arabic_texts_copy_out_in_order(newsroom: Newsroom, text: str, wanted: str) -> None:
    assert wanted in copied(rendered(newsroom, text))


VOWELLED = "بِسْمِ اللَّهِ، عُقِدَ اللِّقاءُ يَوْمَ 7 يناير 2026 في مَدينَةٍ."


def test_no_sign_is_raised(newsroom: Newsroom) -> None:
    with pikepdf.open(rendered(newsroom, VOWELLED)) as pdf:
        for page in pdf.pages:
            operators = {str(one.operator) for one in pikepdf.parse_content_stream(page)}
            assert "TJ" in operators
            assert "Ts" not in operators


def test_glyphs_that_are_added_are_as_wide_as_the_pdf_says(newsroom: Newsroom) -> None:
    """ISO 14289-1, 7.21.5; and each glyph stands for something (7.21.7)."""
    added = 0
    with pikepdf.open(rendered(newsroom, VOWELLED)) as pdf:
        for font in pdf.pages[0].Resources.Font.values():
            below = font.DescendantFonts[0]
            data = below.FontDescriptor.FontFile2.read_bytes()
            mapped = re.findall(rb"<(\w{4})> <(\w+)>", font.ToUnicode.read_bytes())
            assert len(mapped) == len(dict(mapped))
            added += sum(text in {b"200b0020", b"200f", b"0020200f"} for _, text in mapped)
            with TTFont(io.BytesIO(data)) as opened:
                names, metrics = opened.getGlyphOrder(), opened["hmtx"].metrics
                units = opened["head"].unitsPerEm
                for first, widths in zip(below.W[::2], below.W[1::2], strict=True):
                    for glyph, width in enumerate(widths, int(first)):
                        assert abs(metrics[names[glyph]][0] * 1000 / units - float(width)) <= 1
    assert added >= 3


def test_the_same_text_makes_the_same_bytes(newsroom: Newsroom) -> None:
    file = rendered(newsroom, VOWELLED)
    before = file.read_bytes()
    assert newsroom.run("render", "-l", "ar", "-f", "pdf", "--force").exit_code == 0
    assert file.read_bytes() == before
