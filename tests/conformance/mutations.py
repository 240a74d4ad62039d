"""Breaks one thing at a time, and shows that the check which guards it says so.

    python -m conformance.mutations --gapress GAPRESS --ninjs-schema SCHEMA DIST FOLDER

A check that lets its mutation pass is of no use: the exit code is 1.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf

from . import (
    docx_checks,
    eml_checks,
    html_checks,
    kit_checks,
    pdf_checks,
    po_checks,
    proof_checks,
    report,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from .tools import Check

SLUG = "2025-11-24-interpol-general-assembly"
SOURCE = f"releases/{SLUG}.yaml"
FRENCH, ARABIC = (f"locales/{code}/LC_MESSAGES/{SLUG}.po" for code in ("fr", "ar"))


@dataclass(frozen=True)
class Mutation:
    """One thing that is broken.

    Attributes:
        output: The format that it breaks.
        check: The check that must notice.
        what: What is broken, for the table.
        template: The template to edit before the kit is made; without one, the file is edited. Of
            a text, the source file or the catalog.
        edit: Changes the template's text, or the file.
    """

    output: str
    check: str
    what: str
    edit: Callable[[str], str] | Callable[[Path], None]
    template: str = ""


def swapped(old: str, new: str) -> Callable[[str], str]:
    """Return an edit of a text that must hold ``old``."""

    def edit(text: str) -> str:
        if old not in text:
            raise SystemExit(f"mutations.py: {old!r} is not there to be broken")
        return text.replace(old, new, 1)

    return edit


def added(text: str) -> Callable[[str], str]:
    """Return an edit that adds to the end."""
    return lambda before: before + text


def in_file(old: bytes, new: bytes) -> Callable[[Path], None]:
    """Return an edit of a file's bytes, which must hold ``old``."""

    def edit(path: Path) -> None:
        data = path.read_bytes()
        if old not in data:
            raise SystemExit(f"mutations.py: {path.name} does not hold {old!r}")
        path.write_bytes(data.replace(old, new, 1))

    return edit


def in_pdf(change: Callable[[pikepdf.Pdf], None]) -> Callable[[Path], None]:
    """Return an edit of a PDF's objects."""

    def edit(path: Path) -> None:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            change(pdf)
            pdf.save(path)

    return edit


def in_word(pattern: str, new: str) -> Callable[[Path], None]:
    """Return an edit of ``word/document.xml``."""

    def edit(path: Path) -> None:
        with zipfile.ZipFile(path) as package:
            parts = {info: package.read(info) for info in package.infolist()}
        with zipfile.ZipFile(path, "w") as package:
            for info, data in parts.items():
                if info.filename == "word/document.xml":
                    text, count = re.subn(pattern, new, data.decode(), count=1)
                    if not count:
                        raise SystemExit(f"mutations.py: no {pattern} in {path.name}")
                    data = text.encode()
                package.writestr(info, data)

    return edit


def _first_font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    return next(iter(pdf.pages[0].Resources.Font.values()))


def _unembed(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].Resources.Font.values():
        descriptor = font.DescendantFonts[0].FontDescriptor
        for name in ("/FontFile2", "/FontFile3"):
            if name in descriptor:
                del descriptor[name]


def _unmap(pdf: pikepdf.Pdf) -> None:
    font = _first_font(pdf)
    mapping = font.ToUnicode.read_bytes()
    font.ToUnicode = pdf.make_stream(re.sub(rb"> <[0-9a-f]+>", b"> <fffd>", mapping))


def _anonymous(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def _untag(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/MarkInfo"]


def _extra(path: Path) -> None:
    (path.parent / "extra.txt").write_text("x", encoding="ascii")


def _other_sums(path: Path) -> None:
    in_file(b"<title>", b"<title>x")(path.parent / "index.html")


def _damaged(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3_000])


MUTATIONS = [
    Mutation("html", "nu", "an unknown attribute", swapped("<body", "<body foo"), "release.html"),
    Mutation(
        "html", "axe", "letters too pale to read",
        added(".summary { color: #d8d8d8 !important; }"), "screen.css",
    ),
    Mutation(
        "html", "requests", "a picture from the web",
        in_file(b"</main>", b'<img src="https://example.org/a.png" alt=""></main>'),
    ),
    Mutation(
        "html", "console", "a script that fails",
        swapped("</main>", "<script>nothing.there()</script></main>"), "release.html",
    ),
    Mutation("html", "reflow", "a page that is too wide", added("body { min-width: 60rem; }"), "screen.css"),
    Mutation(
        "html", "reader", "contacts in boxes of links",
        swapped("{{ parts.contacts(document) }}", '<div class="contacts">{% for one in document.contacts %}<div>'
            "{% for label, detail in one.details %}{{ parts.inline(detail) }}{% endfor %}</div>{% endfor %}</div>"),
        "release.html",
    ),
    Mutation("pdf", "qpdf", "a file cut short", _cut),
    Mutation("pdf", "fonts", "fonts that are not embedded", in_pdf(_unembed)),
    Mutation("pdf", "metadata", "no language", in_pdf(_anonymous)),
    Mutation("pdf", "pdfua", "not marked as tagged", in_pdf(_untag)),
    Mutation("pdf", "outloud", "a heading level left out", swapped("<h2>", "<h4>"), "parts.html"),
    Mutation("pdf", "text", "a font that maps to nothing", in_pdf(_unmap)),
    Mutation(
        "pdf", "fits", "a headline beyond the paper",
        added("h1 { white-space: nowrap; font-size: 60pt; }"), "paged.css",
    ),
    Mutation("pdf", "words", "notes that are not shown", added(".summary, .notes { display: none; }"), "paged.css"),
    Mutation(
        "pdf", "contacts", "contacts that come out reversed",
        added(".detail bdi { unicode-bidi: bidi-override; direction: rtl; }"), "paged.css",
    ),
    Mutation("pdf", "strings", "a quotation that is not shown", added("blockquote { display: none; }"), "paged.css"),
    Mutation("pdf", "lines", "a headline that begins with a colon", swapped("<h1>", "<h1>: "), "parts.html"),
    Mutation("docx", "open-xml", "an unknown element", in_word("<w:pPr>", "<w:foo/><w:pPr>")),
    Mutation("docx", "libreoffice", "a file cut short", _cut),
    Mutation("docx", "fits", "no margins", in_word(r"<w:pgMar [^>]*>",
        '<w:pgMar w:top="0" w:right="0" w:bottom="0" w:left="0" w:header="0" w:footer="0" w:gutter="0"/>')),
    Mutation("docx", "words", "words of a tracked change", in_word("</w:pPr>", "</w:pPr>" '<w:ins w:id="9" w:author="x"><w:r><w:t>inserted</w:t></w:r></w:ins>')),
    Mutation("docx", "as-typed", "Word's own no-break hyphen", in_word(r"DGSN-DGST",
        "DGSN</w:t><w:noBreakHyphen/><w:t>DGST")),
    Mutation("eml", "draft", "sent, not a draft", in_file(b"X-Unsent: 1", b"X-Unsent: 0")),
    Mutation("eml", "attached", "another PDF beside it", lambda path: _damaged(next(path.parent.glob("*.pdf")))),
    Mutation("eml", "postal-mime", "bytes that are not UTF-8", in_file(b"Content-Transfer-Encoding: base64",
        b"Content-Transfer-Encoding: x-unknown")),
    Mutation("eml", "axe", "letters too pale to read", added(".column .summary { color: #d8d8d8; }"), "email.css"),
    Mutation("eml", "reflow", "an e-mail that is too wide", added(".column { min-width: 900px; }"), "email.css"),
    Mutation("ninjs", "ninjs", "news without an address", in_file(b'"uri"', b'"url"')),
    Mutation("zip", "unzip", "a damaged ZIP", _damaged),
    Mutation("zip", "sums", "a changed file", _other_sums),
    Mutation("zip", "folder", "a file that is not in the ZIP", _extra),
    Mutation("po", "msgfmt", "a string that does not end", in_file(b'msgstr "', b'msgstr "\n"')),
    Mutation("po", "toolkit", "an escape that no two readers take alike", lambda path: path.write_bytes(
        path.read_bytes() + b'\nmsgctxt "headline"\nmsgid "x"\nmsgstr "a\\ab"\n')),
    Mutation("text", "spelling", "a slip in French", swapped("L’Assemblée", "L’Assembléee"), FRENCH),
    Mutation("text", "spelling", "two letters swapped in Arabic", swapped("المشتركة", "المشتكرة"), ARABIC),
    Mutation("text", "spelling", "a slip in the source", swapped("delegates", "deleggates"), SOURCE),
    Mutation("text", "spaces", "a double space in the source", swapped(" spoke", "  spoke"), SOURCE),
    Mutation("text", "quotes", "a quotation that does not end", swapped(" spoke", " “spoke"), SOURCE),
    Mutation("text", "brackets", "a bracket that does not close", swapped(" spoke", " (spoke"), SOURCE),
    Mutation("text", "script", "a letter of another alphabet", swapped(" spoke", " sp\u043eke"), SOURCE),
    Mutation("text", "punctuation", "wrong quotes in the source", swapped(" spoke", " «spoke»"), SOURCE),
]  # fmt: skip


def main() -> None:
    """Break, check, and print the table."""
    parser = argparse.ArgumentParser(prog="conformance.mutations", description=__doc__)
    parser.add_argument("--gapress", type=Path, required=True)
    parser.add_argument("--ninjs-schema", type=Path, required=True)
    parser.add_argument("dist", type=Path, help="the sample kits")
    parser.add_argument("folder", type=Path, help="where to work")
    arguments = parser.parse_args()
    checks: dict[str, Mapping[str, Check]] = {
        "html": html_checks.CHECKS,
        "pdf": pdf_checks.checks(["IBM Plex"]),
        "docx": docx_checks.CHECKS,
        "eml": eml_checks.CHECKS,
        "ninjs": kit_checks.news(arguments.ninjs_schema),
        "zip": kit_checks.KITS,
        "po": po_checks.CHECKS,
        "text": proof_checks.checks(arguments.gapress),
    }
    guarded = {(mutation.output, mutation.check) for mutation in MUTATIONS}
    missing = [
        (name, check) for name in checks for check in checks[name] if (name, check) not in guarded
    ]
    rows = [["output", "check", "broken", "noticed"]]
    rows += [[*pair, "nothing", "NO MUTATION"] for pair in missing]
    for number, mutation in enumerate(MUTATIONS):
        file = broken(mutation, arguments.gapress, arguments.dist, arguments.folder / str(number))
        found = checks[mutation.output][mutation.check]([file])[file]
        if any(finding.startswith("the check could not") for finding in found):
            found = []  # the check itself failed: that proves nothing
        rows.append(
            [mutation.output, mutation.check, mutation.what, found[0][:60] if found else "MISSED"]
        )
    print(report.table(rows, left=4))
    failed = [row for row in rows if row[3] in {"MISSED", "NO MUTATION"}]
    print(f"\n{len(MUTATIONS)} things broken, {len(failed)} not noticed")
    raise SystemExit(1 if failed else 0)


def broken(mutation: Mutation, gapress: Path, dist: Path, folder: Path) -> Path:
    """Return the file of a kit in which this one thing is broken."""
    shutil.rmtree(folder, ignore_errors=True)
    if mutation.output == "po":
        folder.mkdir(parents=True)
        file = Path(shutil.copy(f"locales/fr/LC_MESSAGES/{SLUG}.po", folder))
    elif mutation.output == "text":
        for name in ("releases", "locales", "templates"):
            shutil.copytree(name, folder / name)
        file = folder / mutation.template
        text = mutation.edit(file.read_text(encoding="utf-8"))  # type: ignore[arg-type]
        file.write_text(str(text), encoding="utf-8")
        return file
    elif mutation.template:
        shutil.copytree(
            "releases", folder / "releases", ignore=shutil.ignore_patterns("2025-11-20*")
        )
        shutil.copytree("locales", folder / "locales")
        shutil.copytree("templates", folder / "templates")
        template = folder / "templates" / mutation.template
        text = mutation.edit(template.read_text(encoding="utf-8"))  # type: ignore[arg-type]
        template.write_text(str(text), encoding="utf-8")
        formats = [part for name in ("html", mutation.output) for part in ("-f", name)]
        render = [gapress, "-C", folder, "render", "-q", "-l", "en", *formats]
        subprocess.run([str(part) for part in render], check=True)
        return folder / f"dist/{SLUG}/en/{SLUG}_en.{mutation.output}"
    else:
        kit = folder / SLUG
        shutil.copytree(dist / SLUG, kit)
        suffix = "ninjs.json" if mutation.output == "ninjs" else mutation.output
        place = kit if mutation.output == "zip" else kit / "fr"
        (file,) = (f for f in place.iterdir() if f.name.endswith(f".{suffix}"))
    mutation.edit(file)  # type: ignore[arg-type]
    return file


if __name__ == "__main__":
    main()
