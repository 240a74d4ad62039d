"""``python -m conformance DIST…``: check every kit in these folders; exit 1 on any finding."""

from __future__ import annotations

import argparse
from pathlib import Path

from . import docx_checks, eml_checks, html_checks, kit_checks, kits, pdf_checks, po_checks, report


def main() -> None:
    """Check, report, and end with the exit code."""
    parser = argparse.ArgumentParser(prog="conformance", description=__doc__)
    parser.add_argument("dist", nargs="+", type=Path, help="a folder of rendered kits")
    parser.add_argument(
        "--font",
        action="append",
        help="a font family that a PDF may embed (repeatable; default: IBM Plex, every family)",
    )
    parser.add_argument(
        "--catalogs",
        action="append",
        type=Path,
        default=[],
        help="a folder of catalogs (repeatable)",
    )
    parser.add_argument("--ninjs-schema", type=Path, required=True, help="IPTC's JSON Schema")
    arguments = parser.parse_args()

    files = kits.find(arguments.dist)
    checks = {
        "html": html_checks.CHECKS,
        "pdf": pdf_checks.checks(arguments.font or ["IBM Plex"]),
        "docx": docx_checks.CHECKS,
        "eml": eml_checks.CHECKS,
        "ninjs": kit_checks.news(arguments.ninjs_schema),
        "zip": kit_checks.KITS,
    }
    files["po"] = sorted(path for folder in arguments.catalogs for path in folder.rglob("*.po"))
    checks["po"] = po_checks.CHECKS
    results = {name: report.run(checks[name], files[name]) for name in checks}
    for name in checks:
        print(f"\n{report.table(results[name], files[name])}")
    counts = [report.count(result) for result in results.values()]
    passed, failed = (sum(column) for column in zip(*counts, strict=True))
    print(f"\n{passed} passed, {failed} failed")
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
