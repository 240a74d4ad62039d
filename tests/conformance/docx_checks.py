"""DOCX: the Open XML validator, and LibreOffice's reading against python-docx's."""

from __future__ import annotations

import difflib
import re
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from docx.table import Table, _Cell
from openxml_audit import FileFormat, OpenXmlValidator

from .pdf_checks import beyond_the_paper
from .tools import Check, Findings, each, run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from docx.document import Document

# LibreOffice writes a list's numbers and bullets into its text; python-docx does not.
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
    # python-docx reads Word's no-break hyphen as a plain one.
    plain = (line.replace("\N{NON-BREAKING HYPHEN}", "-") for line in paragraphs)
    return [word for line in plain for word in MARKER.sub("", line).split()]


def same_words(files: Sequence[Path]) -> Findings:
    """LibreOffice reads the words that python-docx reads, in the same order."""
    converted = _converted(tuple(files), "txt:Text (encoded):UTF8", ".txt")

    def look(file: Path) -> list[str]:
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


CHECKS: dict[str, Check] = {
    "open-xml": each(open_xml),
    "libreoffice": to_pdf,
    "fits": fits,
    "words": same_words,
}
