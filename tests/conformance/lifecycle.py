"""Makes a newsroom with the first sample release corrected, and then withdrawn.

    python lifecycle.py FOLDER

``FOLDER/corrected`` and ``FOLDER/withdrawn`` are newsrooms to render. Run it from the top of the
project.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import polib

SLUG = "2025-11-24-interpol-general-assembly"
CORRECTION = {
    "en": "The first version gave 2008 as the year of the earlier session in Marrakech. It was held "
    "in {previous_year}.",
    "fr": "La première version situait en 2008 la précédente session de Marrakech ; celle-ci s’est "
    "tenue en {previous_year}.",
    "ar": "ورد في النسخة الأولى أن الدورة السابقة بمراكش انعقدت سنة 2008، والصواب أنها انعقدت سنة "
    "{previous_year}.",
}
WITHDRAWAL = {
    "en": "This release was issued in error and must not be used.",
    "fr": "Ce communiqué a été diffusé par erreur et ne doit pas être utilisé.",
    "ar": "صدر هذا البلاغ عن طريق الخطأ، ويرجى عدم استعماله.",
}
NOTICES = {
    "corrected": ("correction", 2, "2025-11-25", CORRECTION),
    "withdrawn": ("withdrawal", 3, "2025-11-26", WITHDRAWAL),
}


def main() -> None:
    """Make both newsrooms."""
    for name, (role, version, date, texts) in NOTICES.items():
        root = Path(sys.argv[1]) / name
        shutil.rmtree(root, ignore_errors=True)
        for part in ("releases", "locales"):
            shutil.copytree(part, root / part)
        for path in (root / "releases").glob("2025-11-20-*"):
            path.unlink()
        release = root / "releases" / f"{SLUG}.yaml"
        notice = f'{{version: {version - 1}, date: {date}, text: "{texts["en"]}"}}'
        with release.open("a", encoding="utf-8") as file:
            file.write(f"version: {version}\n{role}: {notice}\n")
        for code in ("fr", "ar"):
            catalog = polib.pofile(str(root / f"locales/{code}/LC_MESSAGES/{SLUG}.po"))
            entry = polib.POEntry(msgctxt=role, msgid=texts["en"], msgstr=texts[code])
            catalog.append(entry)
            catalog.save()


if __name__ == "__main__":
    main()
