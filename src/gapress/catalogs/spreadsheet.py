"""Catalogs as tables for spreadsheets: CSV (RFC 4180), in the ways in which spreadsheets save it.

No cell that is written is a formula (OWASP, "CSV Injection"); reading takes the guard off again.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from gapress.catalogs.exchange import Unit
from gapress.errors import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLUMNS = ("context", "source", "translation", "state", "comments")
_NEEDED = COLUMNS[:4]
_HINT = f"the first row must name {', '.join(COLUMNS)}"
# What a spreadsheet takes for a formula, at the start of a cell, after the apostrophes of a guard.
_FORMULA = re.compile("'*[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
# The code pages of Windows, in which Excel saves a plain CSV, by language; otherwise 1252.
_CODE_PAGES = {
    "cp1250": ("bs", "cs", "hr", "hu", "pl", "ro", "sk", "sl", "sq"),
    "cp1251": ("be", "bg", "kk", "mk", "ru", "sr", "uk"),
    "cp1253": ("el",),
    "cp1254": ("az", "tr"),
    "cp1255": ("he", "yi"),
    "cp1256": ("ar", "fa", "ku", "ps", "ur"),
    "cp1257": ("et", "lt", "lv"),
    "cp874": ("th",),
    "cp932": ("ja",),
    "cp936": ("zh",),
    "cp949": ("ko",),
}
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def write_csv(found: Sequence[Unit]) -> bytes:
    """Return units as CSV: UTF-8 with a byte order mark, which spreadsheets need."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for unit in found:
        cells = (unit.context, unit.source, unit.translation, unit.state)
        writer.writerow(map(guarded, (*cells, "\n".join(unit.comments))))
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def guarded(text: str) -> str:
    """Return a text as a cell that no spreadsheet calculates."""
    return f"'{text}" if _FORMULA.match(text) else text


def unguarded(cell: str) -> str:
    """Return the text of a cell, without the guard."""
    return cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell


def read_csv(raw: bytes, file: str, language: str = "") -> list[Unit]:
    """Return the units of a table as a spreadsheet has saved it.

    UTF-8, UTF-16 or a code page of Windows; commas, semicolons or tabs; columns in any order, and
    others beside them.

    Args:
        raw: The file.
        file: Its name, for messages.
        language: BCP 47 tag of the translations' language, for the code page.

    Raises:
        ContentError: Not a table, without a column, or with rows that are too short or too long.
    """
    text = _decoded(raw, file, language)
    text, delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = _rows(reader, file)
    line, head = next(rows, (1, []))
    names = [name.strip().casefold() for name in head]
    for column in COLUMNS:
        if names.count(column) > 1:
            message = f"the column {column} is there twice"
            raise ContentError([Problem(file, line, 0, message, "delete one of them")])
        if column in _NEEDED and column not in names:
            raise ContentError([Problem(file, line, 0, f"the column {column} is missing", _HINT)])
    units: list[Unit] = []
    problems: list[Problem] = []
    last = max(names.index(column) for column in _NEEDED)
    for line, row in rows:
        if not any(row):
            continue
        if len(row) <= last or any(row[len(names) :]):
            message = f"the row has {len(row)} cells, the first row has {len(names)}"
            hint = "put cells that hold the separator or line breaks in quotes, or export it again"
            problems.append(Problem(file, line, 0, message, hint))
            continue
        cells = dict(zip(names, map(unguarded, row), strict=False))
        comments = tuple(cells.get("comments", "").splitlines())
        doubtful = cells["state"].strip().casefold().startswith("needs-")
        texts = (cells["context"], cells["source"], cells["translation"])
        units.append(Unit(*texts, doubtful, comments, line))
    if problems:
        raise ContentError(problems)
    return units


def _rows(reader: Iterator[list[str]], file: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line in which it begins."""
    line = 1
    try:
        for row in reader:
            yield line, row
            line = reader.line_num + 1  # type: ignore[attr-defined]
    except csv.Error as error:
        hint = "save it again from the spreadsheet, as CSV UTF-8"
        raise ContentError([Problem(file, line, 0, f"not valid CSV: {error}", hint)]) from None


def _decoded(raw: bytes, file: str, language: str) -> str:
    encodings: tuple[str, ...]
    for mark, encoding in _MARKS.items():
        if raw.startswith(mark):
            encodings, data = (encoding,), raw.removeprefix(mark)
            break
    else:
        base = language.split("-")[0]
        pages = [page for page, languages in _CODE_PAGES.items() if base in languages]
        wide = ("utf-16-le",) if raw[1:2] == b"\0" else ("utf-16-be",) if raw[:1] == b"\0" else ()
        encodings, data = wide or ("utf-8", *(pages or ["cp1252"])), raw
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    message = f"not a table in {' or '.join(encodings)}"
    raise ContentError([Problem(file, message=message, hint="save it as CSV UTF-8")])


def _delimiter(text: str) -> tuple[str, str]:
    """Return the table without Excel's line ``sep=``, and the mark between its cells."""
    if told := re.match(r'"?sep=(.)"?\r?\n', text, re.IGNORECASE):
        return text[told.end() :], told[1]
    first = re.split(r"[\r\n]", text, maxsplit=1)[0]
    return text, max(",;\t", key=lambda mark: (first.count(mark), mark == ","))
