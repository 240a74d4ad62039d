"""``python -m conformance.copying DIST…``: write into the docs what each reader copies out.

Run it from the top of the project, with the folders of kits that ``make conformance`` renders.
"""

from __future__ import annotations

import sys
from pathlib import Path

from . import pdf_checks
from .__main__ import shares

DOCS = Path("docs/how-gapress-works.md")
BEGIN, END = "<!-- copied: begin -->\n", "<!-- copied: end -->"


def main() -> None:
    """Measure every PDF of the kits, and replace the table."""
    for folder in map(Path, sys.argv[1:]):
        for file in sorted(folder.rglob("*.pdf")):
            if file.with_suffix(".html").exists():
                pdf_checks.copied(file)
    head, *rows = (f"| {' | '.join(row)} |" for row in shares())
    rule = f"|{'---|' * (head.count('|') - 1)}"
    text = DOCS.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    table = "\n".join((head, rule, *rows))
    DOCS.write_text(f"{before}{BEGIN}\n{table}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
