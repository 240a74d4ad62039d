"""What a user would take instead: pandoc with WeasyPrint, with Typst, or with LibreOffice.

Each makes PDF, DOCX and HTML of a Markdown text, by the commands that its manual gives. The texts
are those of gapress's own web pages, the fonts the same files.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import fontpkg

TOOLS = Path(".bench/venv")
PICTURE = "picture.png"
FAMILIES = ("IBM Plex Serif", "IBM Plex Sans Arabic")


@dataclass(frozen=True)
class Text:
    """A release in one language, as Markdown."""

    path: Path
    language: str

    @property
    def is_arabic(self) -> bool:
        """Whether it runs from right to left."""
        return self.language == "ar"


def pandoc() -> str:
    """Return the path of pandoc."""
    (found,) = TOOLS.glob("lib/python*/site-packages/pypandoc/files/pandoc")
    return str(found)


def font_folders() -> list[Path]:
    """Return the folders of the fonts that gapress uses."""
    return sorted({file.path.parent for name in FAMILIES for file in fontpkg.family(name).files})


def as_markdown(page: Path, target: Path, language: str) -> Text:
    """Write a web page of gapress as Markdown with a title and a language."""
    target.parent.mkdir(parents=True, exist_ok=True)
    command = [pandoc(), "-f", "html", "-t", "markdown-raw_html-native_divs-native_spans", page]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    text = re.sub(r"\(data:image[^)]*\)", f"({PICTURE})", text)
    shutil.copy("docs/pictures/poedit.png", target.with_name(PICTURE))
    head = f"---\ntitle: {target.stem}\nlang: {language}\n"
    head += "dir: rtl\n---\n\n" if language == "ar" else "---\n\n"
    target.write_text(head + text, encoding="utf-8")
    return Text(target, language)


def style_sheet(folder: Path) -> Path:
    """Write the CSS that gives WeasyPrint the same fonts."""
    faces = "".join(
        f'@font-face{{font-family:"{name}";font-weight:{file.weight};font-style:{file.style};'
        f'src:url("{file.path.as_uri()}")}}'
        for name in FAMILIES
        for file in fontpkg.family(name).files
        if file.weight in {400, 600, 700}
    )
    path = folder / "fonts.css"
    names = ", ".join(f'"{name}"' for name in FAMILIES)
    path.write_text(f"{faces} body{{font-family:{names}}}", encoding="utf-8")
    return path


def run(*command: str | Path) -> None:
    """Run a command; what it prints is of no interest unless it fails."""
    subprocess.run([str(part) for part in command], check=True, capture_output=True)


def common(text: Text, out: Path) -> None:
    """Make the web page and the Word file, as every peer does."""
    out.mkdir(parents=True, exist_ok=True)
    shutil.copy(text.path.with_name(PICTURE), out / PICTURE)
    where = f"--resource-path={out}"
    run(pandoc(), text.path, "-s", where, "--embed-resources", "-o", out / "a.html")
    run(pandoc(), text.path, "-s", where, "-o", out / "a.docx")


def weasyprint(text: Text, out: Path, css: Path) -> None:
    """Pandoc and WeasyPrint's own command line, PDF/UA as gapress makes it."""
    common(text, out)
    tool = TOOLS / "bin/weasyprint"
    run(tool, "--pdf-variant", "pdf/ua-1", "-s", css, out / "a.html", out / "a.pdf")


def typst(text: Text, out: Path, css: Path) -> None:
    """Pandoc and Typst."""
    del css
    common(text, out)
    font = FAMILIES[1] if text.is_arabic else FAMILIES[0]
    run(pandoc(), text.path, "-s", "-t", "typst", "-V", f"mainfont={font}", "-o", out / "a.typ")
    program = "import sys, typst; typst.compile(sys.argv[1], sys.argv[2], font_paths=sys.argv[3:])"
    run(TOOLS / "bin/python", "-c", program, out / "a.typ", out / "a.pdf", *font_folders())


def libreoffice(text: Text, out: Path, css: Path) -> None:
    """Pandoc and LibreOffice."""
    del css
    common(text, out)
    with tempfile.TemporaryDirectory() as profile:
        place = f"-env:UserInstallation={Path(profile).as_uri()}"
        run("soffice", place, "--headless", "--convert-to", "pdf", "--outdir", out, out / "a.docx")


PEERS = {
    "pandoc + WeasyPrint": weasyprint,
    "pandoc + Typst": typst,
    "pandoc + LibreOffice": libreoffice,
}


def main() -> None:
    """Make a list of texts with one peer: ``peers.py PEER CSS OUT TEXT LANGUAGE…``."""
    name, css, out, *texts = sys.argv[1:]
    for path, language in zip(texts[::2], texts[1::2], strict=True):
        PEERS[name](Text(Path(path), language), Path(out) / Path(path).stem, Path(css))


if __name__ == "__main__":
    main()
