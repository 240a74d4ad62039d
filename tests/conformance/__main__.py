"""``python -m conformance DIST…``: check every kit in these folders; exit 1 on any finding."""

from __future__ import annotations

import argparse
from pathlib import Path

from . import docx_checks, eml_checks, html_checks, kit_checks, kits, pdf_checks, po_checks, report
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
    print(shares())
    counts = [report.count(result) for result in results.values()]
    passed, failed = (sum(column) for column in zip(*counts, strict=True))
    print(f"\n{passed} passed, {failed} failed")
    raise SystemExit(1 if failed or unused else 0)


def language_of(file: Path) -> str:
    """Return the language of a file of a kit, or of a catalog."""
    if file.suffix == ".po":
        return file.parents[1].name
    return report.WHOLE if (file.parent / "SHA256SUMS").exists() else kits.language_of(file)


def shares() -> str:
    """Return how many of the words each reader found in the PDFs, by language."""
    readers = sorted({reader for reader, _ in pdf_checks.FOUND})
    languages = sorted({language for _, language in pdf_checks.FOUND})
    rows = [["words found", "", *languages]]
    for reader in readers:
        counts = [pdf_checks.FOUND[reader, language] for language in languages]
        rows.append(["", reader, *(f"{1 - c['lost'] / c.total():.2%}" for c in counts)])
    return report.table(rows)


if __name__ == "__main__":
    main()
