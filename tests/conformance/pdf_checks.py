"""PDF: syntax (qpdf), fonts (poppler), words (five readers), and PDF/UA-1 with two checkers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

import outloud
import pdfua
import pikepdf
import pypdfium2

from . import readers
from .kits import language_of
from .tools import Check, each, run

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

# Characters that no text of ours holds, so they came from a broken mapping of glyphs:
# the replacement character, controls, private use, Arabic presentation forms.
GARBAGE = re.compile(
    r"[\ufffd\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]"
)

# What share of a file's words each reader must find, and find in their order: the web page names
# contacts, notes and pictures in another order than the paper.
LEAST_FOUND, LEAST_IN_ORDER = 0.95, 0.88
# And of all words of a language.
LEAST_OF_ALL = 0.985
# The reader that gives right-to-left words in the order in which they stand from the left, and
# knows no narrow no-break blank between thousands.
LEAST_OF_RAW = 0.75
VISUAL = "poppler -raw"
# Those that turn round codes, dates or the marks of quotations in right-to-left lines.
TURNING = {"pdfium", "poppler", VISUAL}

# What each reader has found in each language, as `copied` goes along.
FOUND: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)

# pdfua 0.1.3 fails to evaluate this rule, on empty headings, where a heading has several
# children; outloud's TAG-020 finds them.
COVERED = "UA-14-001"


def syntax(file: Path) -> list[str]:
    """Return what ``qpdf --check`` complains of."""
    output = run("qpdf", "--check", file, ok=(0, 2, 3))
    lines = [line for line in output.splitlines() if re.match(r"(WARNING|ERROR|qpdf):", line)]
    if not lines and "No syntax or stream encoding errors found" not in output:
        lines = output.splitlines()
    return lines


def fonts(allowed: Sequence[str]) -> Check:
    """Return a check that fonts are embedded subsets of these families, with Unicode maps."""
    families = tuple(re.sub("[ -]", "", family) for family in allowed)

    def look(file: Path) -> list[str]:
        header, _, *rows = run("pdffonts", file).splitlines()
        # The name and type columns may hold blanks; the others are counted from the right.
        if header.split()[-5:] != ["emb", "sub", "uni", "object", "ID"] or not rows:
            return [f"pdffonts shows no fonts: {header}"]
        findings = []
        for row in rows:
            embedded, subset, unicode_map = row.split()[-5:-2]
            name = row.split()[0]
            if embedded != "yes":
                findings.append(f"{name} is not embedded")
            if subset != "yes":
                findings.append(f"{name} is not a subset")
            if unicode_map != "yes":
                findings.append(f"{name} has no Unicode map")
            if not name.split("+")[-1].replace("-", "").startswith(families):
                findings.append(f"{name} is none of the pinned fonts ({', '.join(allowed)})")
        return findings

    return each(look)


def metadata(file: Path) -> list[str]:
    """Return what a screen reader or an archive would miss in the document's properties."""
    info: dict[str, str] = {}
    for line in run("pdfinfo", file).splitlines():
        name, _, value = line.partition(":")
        info[name] = value.strip()
    xmp = run("pdfinfo", "-meta", file)
    findings = [f"pdfinfo shows no {name}" for name in ("Title", "Author") if not info.get(name)]
    if info.get("Tagged") != "yes":
        findings.append(f"pdfinfo shows Tagged: {info.get('Tagged')}")
    if not re.search(r"pdfuaid:part(>|=\")1", xmp):
        findings.append("the XMP metadata do not declare PDF/UA-1")
    with pikepdf.open(file) as pdf:
        language = str(pdf.Root.get("/Lang", ""))
        if language.split("-")[0].lower() != language_of(file).split("-")[0].lower():
            findings.append(f"the language is {language or 'absent'}, not {language_of(file)}")
        if not pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary()).get("/DisplayDocTitle"):
            findings.append("a viewer shows the file name instead of the title")
        with pdf.open_outline() as outline:
            if not outline.root:
                findings.append("there are no bookmarks")
    return findings


def pdf_ua(file: Path) -> list[str]:
    """Return every finding of pdfua, whatever its severity, and each rule that did not run."""
    outcomes = pdfua.validate(str(file)).outcomes
    findings = [
        f"{found.rule_id} {found.severity.name}, {found.location.describe()}: {found.message}"
        for outcome in outcomes
        for found in outcome.findings
    ]
    skipped = {o.rule_id: o.skipped_reason for o in outcomes if o.skipped}
    skipped.pop(COVERED, None)
    return findings + [f"{rule} was skipped: {reason}" for rule, reason in skipped.items()]


def spoken(file: Path) -> list[str]:
    """Return every finding of outloud, whatever its severity, and each rule that crashed."""
    result = outloud.check(str(file))
    if result.error:
        return [result.error]
    findings = [
        f"{found.rule} {found.severity}, page {found.page or '–'}, {found.count} times: "
        f"{found.message} {found.evidence or ''}".rstrip()
        for found in result.sorted_findings()
    ]
    crashed = {rule.rule: rule.reason for rule in result.runs if rule.status == "crashed"}
    return findings + [f"{rule} crashed: {reason}" for rule, reason in crashed.items()]


def beyond_the_paper(pdf: Path | bytes) -> list[str]:
    """Return the pages on which letters stand nearer than 4 mm to an edge, or beyond it."""
    edge = 4 / 25.4 * 72
    findings = []
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document, 1):
            width, height = page.get_size()
            text = page.get_textpage()
            outside = ""
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                within = left >= edge and bottom >= edge and right <= width - edge
                if right > left and not (within and top <= height - edge):
                    outside += text.get_text_range(index, 1)
            if outside.strip():
                findings.append(f"page {number}: too near to the edge: {outside[:40]!r}")
    finally:
        document.close()
    return findings


@lru_cache(maxsize=512)
def _copied(file: Path) -> Mapping[str, readers.Copied]:
    """Return what each reader copies, counted once for the table."""
    wanted = readers.wanted(file.with_suffix(".html"))
    found = {name: readers.copied(wanted, pages) for name, pages in readers.read(file).items()}
    for name, one in found.items():
        FOUND[name, language_of(file)].update(
            words=len(wanted.words), found=one.found, in_order=one.in_order,
            contacts=len(wanted.contacts), contacts_lost=len(one.contacts),
            others=len(wanted.others), others_lost=len(one.others),
            quotations=len(wanted.quotations), quotations_lost=len(one.quotations),
        )  # fmt: skip
    return found


def copied(file: Path) -> list[str]:
    """Return the words of the same kit's web page that do not copy out of the PDF."""
    wanted = readers.wanted(file.with_suffix(".html"))
    if not wanted.words:
        return ["the web page has no words to compare with"]
    findings = []
    for reader, one in _copied(file).items():
        share, in_order = one.found / len(wanted.words), one.in_order / len(wanted.words)
        if share < (LEAST_OF_RAW if reader == VISUAL else LEAST_FOUND):
            findings.append(f"{reader} finds {share:.1%} of the words; missing: {one.lost[:20]}")
        if in_order < LEAST_IN_ORDER and reader != VISUAL:
            findings.append(f"{reader} finds {in_order:.1%} of the words in their order")
    return findings


def contacts(file: Path) -> list[str]:
    """Return the telephone numbers and addresses that do not copy out as they stand."""
    return [
        f"{reader} does not find {', '.join(one.contacts)}"
        for reader, one in _copied(file).items()
        if one.contacts
    ]


def strings(file: Path) -> list[str]:
    """Return the dates, references, codes and quotations that do not copy out as they stand.

    But for readers that can't: docs/how-gapress-works.md, "Why words copy out of the Arabic PDFs".
    """
    findings = []
    for reader, one in _copied(file).items():
        if (_is_leftward(file) and reader in TURNING) or reader == VISUAL:
            continue
        if lost := (*one.others, *one.quotations):
            findings.append(f"{reader} does not find {', '.join(lost)}")
    return findings


def _is_leftward(file: Path) -> bool:
    return 'dir="rtl"' in file.with_suffix(".html").read_text(encoding="utf-8")[:400]


def text(file: Path) -> list[str]:
    """Return the characters that would paste as garbage from a viewer."""
    findings = []
    for reader, pages in readers.read(file).items():
        for number, page in enumerate(pages, 1):
            if not page.strip():
                findings.append(f"{reader} reads no text on page {number}")
            findings += [
                f"{reader} reads {unicodedata.name(char, f'U+{ord(char):04X}')} on page {number}"
                for char in sorted(set(GARBAGE.findall(page)))
            ]
    return findings


def lines(file: Path) -> list[str]:
    """Return the lines that begin with a mark that belongs to the word before it.

    Only left-to-right ones: in others, poppler puts marks before the numbers that they follow.
    """
    output = run("pdftotext", "-enc", "UTF-8", file, "-")
    astray = re.findall(r"(?m)^\s*[»?!:;].*", output)
    return [f"a line begins with a closing mark: {line.strip()[:40]!r}" for line in astray]


def checks(allowed_fonts: Sequence[str]) -> Mapping[str, Check]:
    """Return the checks of a PDF whose fonts come from these families."""
    return {
        "qpdf": each(syntax),
        "fonts": fonts(allowed_fonts),
        "metadata": each(metadata),
        "pdfua": each(pdf_ua),
        "outloud": each(spoken),
        "text": each(text),
        "fits": each(beyond_the_paper),
        "words": each(copied),
        "contacts": each(contacts),
        "strings": each(strings),
        "lines": each(lines),
    }
