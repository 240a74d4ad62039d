"""DOCX: the Open XML validator, LibreOffice against python-docx, and what five readers return."""

from __future__ import annotations

import difflib
import json
import re
import tempfile
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import docx2txt
import lxml.etree
import lxml.html
import mammoth
from docx.table import Table, _Cell
from openxml_audit import FileFormat, OpenXmlValidator

from .pdf_checks import beyond_the_paper
from .tools import HERE, Check, Findings, each, find, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from docx.document import Document

# LibreOffice writes a list's numbers and bullets into its text; python-docx does not.
BLOCKS = (
    "address", "article", "blockquote", "br", "caption", "dd", "div", "dl", "dt", "figcaption",
    "figure", "footer", "h1", "h2", "h3", "h4", "header", "li", "ol", "p", "section", "table", "td",
    "th", "tr", "ul",
)  # fmt: skip
MARKS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
TYPED = re.compile(
    r"""
      https?://[^\s«»]+                                   # addresses
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+
    | \+\d(?:[ \u00a0().-]*\d){5,}                       # telephone numbers
    | [^\W_]*\d(?:[^\s«»()\[\]]*[^\W_])?                # codes, dates, times, ranges, numbers
    | (?<!\w)[A-Z][A-Za-z]*[-/&]?[A-Z][\w/&-]*           # acronyms
    """,
    re.VERBOSE,
)
NAMESPACES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
COPIES = tempfile.TemporaryDirectory()
MARKER = re.compile(r"^\s*(?:[^\w\s]|\w{1,3}[.)])\s+")


def open_xml(file: Path) -> list[str]:
    """Return every error and warning of the validator, for the oldest and the newest Word."""
    versions: dict[str, list[str]] = {}
    for version in (FileFormat.OFFICE_2013, FileFormat.MICROSOFT_365):
        result = OpenXmlValidator(file_format=version, max_errors=0).validate(str(file))
        found = [f"{error.severity.value} {error}" for error in result.errors]
        for finding in found or ([] if result.is_valid else ["error: not valid"]):
            versions.setdefault(finding, []).append(version.value)
    return [f"{finding} ({', '.join(names)})" for finding, names in versions.items()]


@lru_cache
def _converted(files: tuple[Path, ...], to: str, suffix: str) -> dict[Path, bytes]:
    """Convert all files in one run of LibreOffice; a file that it can't convert is missing."""
    results: dict[Path, bytes] = {}
    by_folder: dict[Path, list[Path]] = {}
    for file in files:
        by_folder.setdefault(file.parents[2], []).append(file)
    for batch in by_folder.values():
        with tempfile.TemporaryDirectory() as folder:
            profile = Path(folder, "profile").as_uri()
            run(
                "soffice",
                f"-env:UserInstallation={profile}",
                "--headless",
                "--convert-to",
                to,
                "--outdir",
                folder,
                *batch,
            )
            for file in batch:
                made = Path(folder, file.with_suffix(suffix).name)
                if made.is_file():
                    results[file] = made.read_bytes()
    return results


def to_pdf(files: Sequence[Path]) -> Findings:
    """LibreOffice opens each file and makes a PDF with pages of it."""
    converted = _converted(tuple(files), "pdf", ".pdf")
    return {
        file: [] if b"/Type/Page" in converted.get(file, b"") else ["LibreOffice made no PDF of it"]
        for file in files
    }


def fits(files: Sequence[Path]) -> Findings:
    """No letter stands at the edge of LibreOffice's pages, or beyond."""
    converted = _converted(tuple(files), "pdf", ".pdf")
    return {
        file: beyond_the_paper(converted[file]) if file in converted else ["there is no PDF of it"]
        for file in files
    }


def _paragraphs(container: Document | _Cell) -> Iterator[str]:
    """Yield the paragraphs of a document or cell in reading order, those of tables too."""
    for block in container.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                seen = set()
                for cell in row.cells:  # a merged cell comes back once for each column
                    if cell._tc not in seen:
                        seen.add(cell._tc)
                        yield from _paragraphs(cell)
        else:
            yield block.text


def _words(paragraphs: Iterable[str]) -> list[str]:
    return [word for line in paragraphs for word in MARKER.sub("", line).split()]


@lru_cache
def _unmarked(file: Path) -> Path:
    """Return a copy without the marks of footnotes: some readers write them, and some don't."""
    with zipfile.ZipFile(file) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    if "word/footnotes.xml" not in parts:
        return file
    names = lxml.etree.fromstring(parts["word/styles.xml"]).xpath(
        "//w:style[w:name/@w:val = 'footnote reference']/@w:styleId", namespaces=NAMESPACES
    )
    body = lxml.etree.fromstring(parts["word/document.xml"])
    for style in body.xpath("//w:r/w:rPr/w:rStyle", namespaces=NAMESPACES):
        if style.get(f"{{{NAMESPACES['w']}}}val") in names:
            run_ = style.getparent().getparent()
            run_.getparent().remove(run_)
    parts["word/document.xml"] = lxml.etree.tostring(body)
    copy = Path(tempfile.mkdtemp(dir=COPIES.name)) / file.name
    with zipfile.ZipFile(copy, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return copy


def same_words(files: Sequence[Path]) -> Findings:
    """LibreOffice reads the words that python-docx reads, in the same order."""
    converted = _converted(tuple(map(_unmarked, files)), "txt:Text (encoded):UTF8", ".txt")

    def look(original: Path) -> list[str]:
        file = _unmarked(original)
        if file not in converted:
            return ["LibreOffice made no text of it"]
        office = _words(converted[file].decode("utf-8-sig").splitlines())
        python = _words(_paragraphs(docx.Document(str(file))))
        if not python:
            return ["python-docx reads no words"]
        matcher = difflib.SequenceMatcher(None, python, office, autojunk=False)
        return [
            f"python-docx reads “{' '.join(python[a:b])}”, LibreOffice “{' '.join(office[c:d])}”"
            for change, a, b, c, d in matcher.get_opcodes()
            if change != "equal"
        ]

    return each(look)(files)


def _page_text(page: lxml.html.HtmlElement) -> str:
    """Return the text of HTML without footnotes, with a break where a line ends."""
    for element in page.xpath("//sup[@class='mark'] | //section[@class='footnotes']"):
        element.drop_tree()
    for element in page.iter(*BLOCKS):
        element.text = f"\n{element.text or ''}"
        element.tail = f"\n{element.tail or ''}"
    return page.text_content()


def _mammoth(file: Path) -> str:
    with file.open("rb") as source:
        return str(mammoth.extract_raw_text(source).value)


def _pandoc(file: Path) -> str:
    made = run("pandoc", "--from=docx", "--to=html", "--wrap=none", file)
    return _page_text(lxml.html.fromstring(f"<div>{made}</div>"))


@lru_cache
def _previewed(files: tuple[Path, ...]) -> dict[str, str]:
    """Show all files with docx-preview in one run of Chromium."""
    output = run(
        "node", HERE / "preview-docx.cjs", find("chromium"), *(file.resolve() for file in files)
    )
    previewed: dict[str, str] = json.loads(output.splitlines()[-1])
    return previewed


def _readings(files: tuple[Path, ...]) -> Mapping[str, Callable[[Path], str]]:
    """Return the programs in which journalists and desks read Word files without Word."""
    office = _converted(files, "txt:Text (encoded):UTF8", ".txt")
    return {
        "docx2txt": lambda file: str(docx2txt.process(file)),
        "mammoth": _mammoth,
        "pandoc": _pandoc,
        "docx-preview": lambda file: _previewed(files)[str(file.resolve())],
        "LibreOffice": lambda file: office[file].decode("utf-8-sig"),
    }


def _typed(text: str) -> list[str]:
    """Return what must copy as typed, in order: marks of direction apart, which nobody sees."""
    return [match[0] for match in TYPED.finditer(MARKS.sub("", text))]


def as_typed(files: Sequence[Path]) -> Findings:
    """Each reader returns references, telephones, acronyms, ranges and dates as the page has them.

    The page beside the file is what they are compared with; what readers have besides, such as
    headers and the numbers of lists, is no finding.
    """
    readings = _readings(tuple(map(_unmarked, files)))

    def look(file: Path) -> list[str]:
        page = lxml.html.parse(str(file.with_suffix(".html"))).find(".//main")
        wanted = _typed(_page_text(page))
        if not wanted:
            return ["the page beside it has nothing to compare"]
        findings = []
        for reader, read in readings.items():
            found = _typed(read(_unmarked(file)))
            matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
            findings += [
                f"{reader} reads “{' '.join(found[c:d])}”, not “{' '.join(wanted[a:b])}”"
                for change, a, b, c, d in matcher.get_opcodes()
                if change in {"replace", "delete"}
            ]
        return findings

    return each(look)(files)


CHECKS: dict[str, Check] = {
    "open-xml": each(open_xml),
    "libreoffice": to_pdf,
    "fits": fits,
    "words": same_words,
    "as-typed": as_typed,
}
