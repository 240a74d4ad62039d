"""Makes the README's picture from the sample kits in ``dist/``: first pages side by side.

Run it from the top of the project after ``make render``: ``python tools/picture_kits.py``.
"""

from __future__ import annotations

from pathlib import Path

import pypdfium2
from PIL import Image, ImageFilter

SLUG = "2025-11-24-interpol-general-assembly"
TARGET = Path("docs/pictures/kit.png")
HEIGHT, GAP, BACKGROUND = 820, 36, "#dfe5ea"


def first_page(language: str) -> Image.Image:
    """Return the first page of a sample PDF as a picture of HEIGHT pixels."""
    path = Path("dist") / SLUG / language / f"{SLUG}_{language}.pdf"
    page = pypdfium2.PdfDocument(path)[0]
    picture = page.render(scale=2 * HEIGHT / page.get_height()).to_pil()
    return picture.resize((round(HEIGHT * picture.width / picture.height), HEIGHT), Image.LANCZOS)


def main() -> None:
    """Write the picture."""
    pages = [first_page(language) for language in ("en", "fr", "ar")]
    width = sum(page.width for page in pages) + GAP * (len(pages) + 1)
    sheet = Image.new("RGB", (width, HEIGHT + 2 * GAP), BACKGROUND)
    x = GAP
    for page in pages:
        shadow = Image.new("L", sheet.size, 0)
        shadow.paste(110, (x + 4, GAP + 6, x + 4 + page.width, GAP + 6 + HEIGHT))
        sheet.paste("#5b6975", mask=shadow.filter(ImageFilter.GaussianBlur(7)))
        sheet.paste(page, (x, GAP))
        x += page.width + GAP
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(128).save(TARGET, optimize=True)


if __name__ == "__main__":
    main()
