"""Codes stay on one line of the PDF, in their order; one that no line has room for is split."""

from __future__ import annotations

import ctypes
import re
import unicodedata
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from bidi import get_display
from lxml import html

from conftest import Newsroom, quoted

if TYPE_CHECKING:
    from pathlib import Path

CODES = [
    "A/RES/79/1", "93-GA-2025", "COVID-19", "10.1234/s41586-025-00000-0", "12345-أ-6", "كوفيد-19",
    "م.ع/2025/17", "ق.ر.م-15/2024", "REF/2025/INTERPOL/GA/93/0001-A", "MA6401151900000120500053492",
    "MA64 0115 1900 0001 2050 0053 4921", "https://example.org/press/2025/11/24/general-assembly",
]  # fmt: skip
INVISIBLE = "\u200b\u200f"  # for readers: tests/test_copying.py
WORDS = {"ar": ("كلمة", "(و{})، ثم بقية"), "en": ("word", "({}), and the rest")}


def seen(path: Path) -> list[str]:
    """The lines of a PDF as they are seen, from left to right, by the places of the glyphs."""
    found: list[str] = []
    for page in pypdfium2.PdfDocument(path):
        text = page.get_textpage()
        lines: dict[int, list[tuple[float, str]]] = {}
        for index in range(text.count_chars()):
            if pdfium.FPDFText_IsGenerated(text, index):
                continue
            x, y = ctypes.c_double(), ctypes.c_double()
            pdfium.FPDFText_GetCharOrigin(text, index, x, y)
            character = chr(pdfium.FPDFText_GetUnicode(text, index))
            if character in INVISIBLE:
                continue
            lines.setdefault(round(y.value), []).append((x.value, character))
        found += ["".join(c for _, c in sorted(lines[y])) for y in sorted(lines, reverse=True)]
    return [unicodedata.normalize("NFKC", line) for line in found]


def rendered(newsroom: Newsroom, language: str, texts: list[str], form: str) -> Path:
    locale = {"ar": "ar-MA", "en": "en-GB"}[language]
    newsroom.edit("releases/_newsroom.yaml", "language: en", f"language: {language}")
    newsroom.edit("releases/_newsroom.yaml", "{en: en-GB, fr: fr-MA}", f"{{{language}: {locale}}}")
    release = (newsroom.root / "releases/news.yaml").read_text(encoding="utf-8")
    head = release[: release.index("body:")]
    body = "".join(f"  - paragraph: {quoted(text)}\n" for text in texts)
    newsroom.write("releases/news.yaml", f"{head}contacts: [press]\nbody:\n{body}")
    outcome = newsroom.run("render", "-l", language, "-f", form)
    assert outcome.exit_code == 0, outcome.output
    return newsroom.root / f"dist/news/{language}/news_{language}.{form}"


@pytest.mark.parametrize("language", WORDS)
def test_a_code_that_fits_a_line_is_never_split(newsroom: Newsroom, language: str) -> None:
    word, after = WORDS[language]
    counts = range(8, 22)
    texts = [f"{word} " * n + after.format(code) for code in CODES for n in counts]
    lines = "\n".join(seen(rendered(newsroom, language, texts, "pdf")))
    for code in CODES:
        leftward = re.search("[\u0600-\u06ff]", code)
        shown = get_display(code, base_dir="R" if leftward else "L")
        assert lines.count(shown) == len(counts), code


@pytest.mark.parametrize("language", WORDS)
def test_a_code_wider_than_a_line_is_split_in_order(newsroom: Newsroom, language: str) -> None:
    word, after = WORDS[language]
    code = "/".join(f"DGSN-{number}" for number in range(1000, 1018))
    lines = seen(rendered(newsroom, language, [f"{word} " + after.format(code)], "pdf"))
    parts = [found[0] for line in lines if (found := re.search(r"[DGSN/0-9-]{15,}", line))]
    assert len(parts) > 1
    assert "".join(parts) == code


def test_nothing_is_added_to_what_is_copied(newsroom: Newsroom) -> None:
    texts = [f"word {code} and ({code})." for code in CODES]
    page = html.parse(rendered(newsroom, "en", texts, "html"))
    shown = [paragraph.text_content() for paragraph in page.iter("p")]
    assert all(any(line.endswith(text) for line in shown) for text in texts)
    text = rendered_text(newsroom)
    for code in CODES:
        assert " ".join(text.split()).count(f"({code})") == 1


def rendered_text(newsroom: Newsroom) -> str:
    assert newsroom.run("render", "-l", "en", "-f", "txt").exit_code == 0
    text = (newsroom.root / "dist/news/en/news_en.txt").read_text(encoding="utf-8")
    return re.sub("[\u2066-\u2069\u200e\u200f]", "", text)
