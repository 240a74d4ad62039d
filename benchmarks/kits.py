"""How long kits take, measured against what a user would take instead, in one run.

Run it with ``make bench``, or ``make bench RELEASES=200``. Times are of whole processes, medians of
several runs in turn; what counts is the ratio between the rows of one run.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import peers
import pypdfium2
from measure import CORES, FORMATS, GAPRESS, SLUG, in_turn, newsroom, peak, row, seconds

PEERS = Path(__file__).with_name("peers.py")


def texts_of(folder: Path) -> list[peers.Text]:
    """Return a newsroom's first release as Markdown in every language."""
    kit = folder / "dist" / SLUG
    return [
        peers.as_markdown(kit / code / f"{SLUG}_{code}.html", folder / "md" / f"{code}.md", code)
        for code in ("en", "fr", "ar")
    ]


def peer(name: str, css: Path, out: Path, texts: list[peers.Text]) -> list[str | Path]:
    """Return the command that makes texts with a peer."""
    named = [part for text in texts for part in (text.path, text.language)]
    return [sys.executable, PEERS, name, css, out, *named]


def one_release(folder: Path) -> None:
    """Print what one release takes: three languages, PDF, DOCX and HTML."""
    newsroom(folder, 1)
    render = (GAPRESS, "-C", folder, "render")
    seconds(*render, *FORMATS)
    texts, css = texts_of(folder), peers.style_sheet(folder)
    catalog = folder / "locales/fr/LC_MESSAGES" / f"{SLUG}.po"
    words = [catalog.read_text(encoding="utf-8")]
    words.append(words[0].replace("Une responsabilité partagée", "Responsabilité partagée"))

    def cold(*options: str) -> float:
        shutil.rmtree(folder / "dist", ignore_errors=True)
        return seconds(*render, *options)

    def edited() -> float:
        words.reverse()
        catalog.write_text(words[0], encoding="utf-8")
        return seconds(*render, *FORMATS)

    found = in_turn(
        {
            "gapress --help": lambda: seconds(GAPRESS, "--help"),
            "gapress, all six formats": cold,
            "gapress": lambda: cold(*FORMATS),
            "gapress, one language edited": edited,
            "gapress, nothing to do": lambda: seconds(*render, *FORMATS),
            **{
                name: lambda name=name: seconds(*peer(name, css, folder / "out", texts))
                for name in peers.PEERS
            },
            "pandoc + WeasyPrint, one language": lambda: seconds(
                *peer("pandoc + WeasyPrint", css, folder / "out", texts[1:2])
            ),
        }
    )
    slowest = found["pandoc + WeasyPrint"]
    row("one release: 3 languages, 3 formats", "seconds", "against pandoc +", "against")
    row("", "", "WeasyPrint", "--help")
    for name, took in found.items():
        against = f"{took / found['gapress --help']:.2f}"
        row(name, f"{took:.3f}", f"{took / slowest:.2f}", against)


def archive(folder: Path, releases: int) -> None:
    """Print what an archive takes on all cores, and how much memory."""
    row(f"\narchive, {CORES} cores", "seconds", "a release", "peak memory")
    for count in dict.fromkeys((max(4, releases // 4), releases)):
        newsroom(folder, count)
        took, memory = peak(GAPRESS, "-C", folder, "render", *FORMATS)
        row(f"gapress, {count} releases", f"{took:.1f}", f"{took / count:.3f}", f"{memory:.0f} MB")
    texts, css = texts_of(folder), peers.style_sheet(folder)
    sample = max(4, releases // 4)
    for name in ("pandoc + Typst", "pandoc + WeasyPrint"):
        commands = [peer(name, css, folder / f"out{n}", texts) for n in range(sample)]
        with ThreadPoolExecutor(CORES) as pool:
            took = sum_of(pool, commands)
        row(f"{name}, {sample} releases", f"{took:.1f}", f"{took / sample:.3f}", "")


def sum_of(pool: ThreadPoolExecutor, commands: list[list[str | Path]]) -> float:
    """Return how long commands take when all cores work on them."""
    began = time.perf_counter()
    list(pool.map(lambda command: seconds(*command), commands))
    return time.perf_counter() - began


def growth(folder: Path) -> None:
    """Print how time grows with the length of a release, and with the number of releases."""
    row("\nlength", "seconds", "a page")
    for pages in (1, 8, 24, 80):
        newsroom(folder, 1, pages)
        took = seconds(GAPRESS, "-C", folder, "render", "-f", "pdf", "-l", "en")
        (file,) = (folder / "dist" / SLUG / "en").glob("*.pdf")
        count = len(pypdfium2.PdfDocument(file))
        row(f"gapress, PDF of {count} pages", f"{took:.2f}", f"{took / count:.3f}")
    row("\nnothing to do", "seconds", "a release")
    for count in (1, 10, 100, 1000):
        newsroom(folder, count)
        command = (GAPRESS, "-C", folder, "render", "-f", "txt")
        seconds(*command)
        took = seconds(*command)
        row(f"gapress, {count} releases", f"{took:.3f}", f"{took / count:.4f}")


def main() -> None:
    """Print all tables."""
    releases = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "newsroom"
        one_release(folder)
        archive(folder, releases)
        growth(folder)


if __name__ == "__main__":
    main()
