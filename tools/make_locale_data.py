"""Writes ``src/gapress/localization/cldr.json``: what CLDR says of numbers and Babel leaves out.

Babel has no least number of digits from which numbers are grouped and no pattern of ranges, ignores
the separators that some locales use in amounts of money, and reads the patterns of one numbering
system alone. Run it with the folder of the npm package ``cldr-numbers-full`` (Unicode License v3),
the version in ``CLDR`` below:

    npm pack cldr-numbers-full@48.0.0 && tar -xf cldr-numbers-full-48.0.0.tgz
    .venv/bin/python tools/make_locale_data.py package
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

if TYPE_CHECKING:
    from collections.abc import Iterator

CLDR = "48.0.0"
TARGET = Path(__file__).parent.parent / "src/gapress/localization/cldr.json"
# Moroccan newsrooms group digits as France does, whatever CLDR says of the country.
KEPT = {"fr-MA"}


def main(folder: Path) -> None:
    """Write the file."""
    found: dict[str, dict[str, object]] = {}
    for name in sorted(locale_identifiers()):
        tag = name.replace("_", "-")
        file = folder / "main" / tag / "numbers.json"
        if tag in KEPT or not file.is_file():
            continue
        data = json.loads(file.read_text("utf-8"))["main"][tag]["numbers"]
        found[tag] = differences(Locale.parse(name), data)
    # A locale inherits from its language; one that differs says so, be it with nothing.
    stated = {
        tag: record
        for tag, record in found.items()
        if record != next((found[name] for name in parents(tag) if name in found), {})
    }
    text = ",\n".join(
        f"  {json.dumps(tag)}: {json.dumps(record, ensure_ascii=True, sort_keys=True)}"
        for tag, record in stated.items()
    )
    TARGET.write_text(f'{{\n  "version": "{CLDR}",\n{text}\n}}\n', "utf-8")


def parents(tag: str) -> Iterator[str]:
    """Yield what a tag becomes without its last parts, longest first."""
    while "-" in tag:
        tag = tag.rpartition("-")[0]
        yield tag


def differences(locale: Locale, data: dict[str, Any]) -> dict[str, object]:
    """Return what of a locale's numbers differs from what Babel says."""
    system = data["defaultNumberingSystem"]
    symbols = data[f"symbols-numberSystem-{system}"]
    money = data[f"currencyFormats-numberSystem-{system}"]
    misc = data[f"miscPatterns-numberSystem-{system}"]
    known = locale.number_symbols.get(system, {})
    if "decimal" not in known:
        known = locale.number_symbols["latn"]
    pairs = {
        "decimal": (symbols["decimal"], known["decimal"]),
        "group": (symbols["group"], known["group"]),
        "minus": (symbols["minusSign"], known["minusSign"]),
        "percent": (symbols["percentSign"], known["percentSign"]),
        "money_decimal": (symbols.get("currencyDecimal", symbols["decimal"]), symbols["decimal"]),
        "money_group": (symbols.get("currencyGroup", symbols["group"]), symbols["group"]),
        "money": (money["standard"], locale.currency_formats["standard"].pattern),
        "range": (misc["range"], "{0}–{1}"),
        "least": (int(data["minimumGroupingDigits"]), 1),
    }
    return {name: ours for name, (ours, babels) in pairs.items() if ours != babels}


if __name__ == "__main__":
    try:
        main(Path(sys.argv[1]))
    except (IndexError, OSError, UnknownLocaleError) as error:
        sys.exit(f"{__doc__}\n{error}")
