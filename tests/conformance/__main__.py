"""``python -m conformance DIST…``: check every kit in these folders; exit 1 on any finding."""

from __future__ import annotations

import argparse
from pathlib import Path

from . import (
    docx_checks,
    eml_checks,
    html_checks,
    kit_checks,
    kits,
    pdf_checks,
    po_checks,
    readers,
    report,
)
from .known import Known

FALLBACK = ("Gapress Symbols", "Noto Emoji")


def main() -> None:
    """Check, report, and end with the exit code."""
    parser = argparse.ArgumentParser(prog="conformance", description=__doc__)
    parser.add_argument("dist", nargs="+", type=Path, help="a folder of rendered kits")
    parser.add_argument(
        "--font",
        action="append",
        help="a font family that a PDF may embed (repeatable; default: IBM Plex and the fallback fonts)",
    )
    parser.add_argument(
        "--catalogs",
        action="append",
        type=Path,
        default=[],
        help="a folder of catalogs (repeatable)",
    )
    parser.add_argument("--ninjs-schema", type=Path, required=True, help="IPTC's JSON Schema")
    parser.add_argument(
        "--hard", action="store_true", help="the hard cases are among them: each known finding too"
    )
    arguments = parser.parse_args()

    files = kits.find(arguments.dist)
    checks = {
        "html": html_checks.CHECKS,
        "pdf": pdf_checks.checks(arguments.font or ["IBM Plex", *FALLBACK]),
        "docx": docx_checks.CHECKS,
        "eml": eml_checks.CHECKS,
        "ninjs": kit_checks.news(arguments.ninjs_schema),
        "zip": kit_checks.KITS,
    }
    files["po"] = sorted(path for folder in arguments.catalogs for path in folder.rglob("*.po"))
    checks["po"] = po_checks.CHECKS
    known = Known()
    results = {name: report.run(checks[name], files[name], known) for name in checks}
    unused = known.unused() if arguments.hard else []
    print("".join(f"known: {line}\n" for line in [*known.reasons(), *unused]))
    print(f"{report.summary(results, language_of)}\n")
    print(report.table(shares()))
    few = too_few()
    print("".join(f"{line}\n" for line in few))
    counts = [report.count(result) for result in results.values()]
    passed, failed = (sum(column) for column in zip(*counts, strict=True))
    print(f"\n{passed} passed, {failed} failed")
    raise SystemExit(1 if failed or unused or few else 0)


def language_of(file: Path) -> str:
    """Return the language of a file of a kit, or of a catalog."""
    if file.suffix == ".po":
        return file.parents[1].name
    return report.WHOLE if (file.parent / "SHA256SUMS").exists() else kits.language_of(file)


def shares() -> list[list[str]]:
    """Return what each reader copied out of the PDFs, by language."""
    rows = [["language", "reader", "words", "in order", "contacts", "dates, codes", "quotations"]]
    for language in sorted({language for _, language in pdf_checks.FOUND}):
        for reader in readers.READERS:
            count = pdf_checks.FOUND[reader, language]
            wholes = [f"{count[name] / count['words']:.2%}" for name in ("found", "in_order")]
            exact = [
                f"{count[name] - count[f'{name}_lost']} of {count[name]}"
                for name in ("contacts", "others", "quotations")
            ]
            rows.append([language, reader, *wholes, *exact])
    return rows


def too_few() -> list[str]:
    """Return the readers that find too few of a language's words."""
    return [
        f"words: {reader} finds only {count['found'] / count['words']:.2%} of the words in {language}"
        for (reader, language), count in pdf_checks.FOUND.items()
        if count["found"] < pdf_checks.LEAST_OF_ALL * count["words"] and reader != pdf_checks.VISUAL
    ]


if __name__ == "__main__":
    main()
