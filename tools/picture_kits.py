"""Makes the pictures of README and docs from the real program: pages of kits, side by side.

Run it from the top of the project, in its environment, after ``make render``. The editor's picture
needs Debian's packages poedit, xvfb, xdotool and imagemagick.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2
from PIL import Image, ImageFilter

SLUG = "2025-11-24-interpol-general-assembly"
PICTURES = Path("docs/pictures")
HEIGHT, GAP, BACKGROUND = 820, 36, "#dfe5ea"


def page(pdf: Path, number: int = 0) -> Image.Image:
    """Return a page of a PDF as a picture of HEIGHT pixels."""
    found = pypdfium2.PdfDocument(pdf)[number]
    picture = found.render(scale=2 * HEIGHT / found.get_height()).to_pil()
    return picture.resize((round(HEIGHT * picture.width / picture.height), HEIGHT), Image.LANCZOS)


def sheet(name: str, pages: list[Image.Image]) -> None:
    """Write pages side by side, with a shadow, as ``docs/pictures/<name>.png``."""
    width = sum(page.width for page in pages) + GAP * (len(pages) + 1)
    sheet = Image.new("RGB", (width, HEIGHT + 2 * GAP), BACKGROUND)
    x = GAP
    for picture in pages:
        shadow = Image.new("L", sheet.size, 0)
        shadow.paste(110, (x + 4, GAP + 6, x + 4 + picture.width, GAP + 6 + HEIGHT))
        sheet.paste("#5b6975", mask=shadow.filter(ImageFilter.GaussianBlur(7)))
        sheet.paste(picture, (x, GAP))
        x += picture.width + GAP
    PICTURES.mkdir(parents=True, exist_ok=True)
    sheet.quantize(128).save(PICTURES / f"{name}.png", optimize=True)


def gapress(folder: Path, *arguments: str) -> None:
    """Run gapress in a folder."""
    subprocess.run([sys.executable, "-m", "gapress", "-C", folder, *arguments], check=True)


def editor(folder: Path) -> None:
    """Write ``docs/pictures/poedit.png``: a text whose source was rewritten, in Poedit."""
    gapress(folder, "catalogs", "update")
    catalog = folder / "locales/ar/LC_MESSAGES" / f"{SLUG}.po"
    screen = {**os.environ, "DISPLAY": ":97", "HOME": str(folder), "LANG": "C.UTF-8"}
    xvfb = subprocess.Popen(["Xvfb", ":97", "-screen", "0", "900x694x24"])
    time.sleep(1)
    poedit = subprocess.Popen(["poedit", catalog], env=screen)
    time.sleep(6)
    for place in (("888", "91"), ("420", "107")):  # close the note on spelling; the first text
        subprocess.run(["xdotool", "mousemove", *place, "click", "1"], env=screen, check=True)
        time.sleep(1)
    picture = folder / "poedit.png"
    subprocess.run(["import", "-window", "root", picture], env=screen, check=True)
    poedit.terminate()
    xvfb.terminate()
    with Image.open(picture) as shot:
        shot.quantize(96).save(PICTURES / "poedit.png", optimize=True)


def preview() -> None:
    """Write ``docs/pictures/preview.png``: the preview in Chromium (after make conformance)."""
    with tempfile.TemporaryDirectory() as folder:
        for part in ("releases", "locales"):
            shutil.copytree(part, Path(folder, part))
        drive = ["node", "tests/conformance/preview.mjs", shutil.which("chromium") or "chromium"]
        gapress = Path(sys.executable).with_name("gapress")
        picture = PICTURES / "preview.png"
        subprocess.run([*drive, str(gapress), folder, str(picture)], check=True)
    Image.open(picture).convert("RGB").quantize(128).save(picture, optimize=True)


def main() -> None:
    """Write the pictures."""
    kits = Path("dist") / SLUG
    preview()
    sheet("kit", [page(kits / code / f"{SLUG}_{code}.pdf") for code in ("en", "fr", "ar")])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("releases", "locales", "templates"):
            shutil.copytree(part, folder / part)
        catalog = folder / "locales/ar/LC_MESSAGES" / f"{SLUG}.po"
        text = catalog.read_text(encoding="utf-8")
        catalog.write_text(text.replace('"مسؤولية مشتركة"', '""'), encoding="utf-8")
        gapress(folder, "render", SLUG, "-f", "pdf", "-l", "ar", "--draft", "-q")
        gapress(
            folder, "render", SLUG, "-f", "pdf", "-l", "en-XA", "-l", "ar-XB", "-o", "pseudo", "-q"
        )
        draft = page(folder / "dist" / f"{SLUG}-DRAFT" / "ar" / f"{SLUG}_ar-DRAFT.pdf")
        made_up = folder / "pseudo" / f"{SLUG}-PSEUDO"
        pseudo = [page(made_up / c / f"{SLUG}_{c}.pdf") for c in ("en-XA", "ar-XB")]
        sheet("draft-and-pseudo", [draft, *pseudo])
        source = folder / "releases" / f"{SLUG}.yaml"
        text = source.read_text(encoding="utf-8")
        source.write_text(text.replace("opens in Marrakech", "begins in Marrakech"), "utf-8")
        editor(folder)


if __name__ == "__main__":
    main()
