"""Pages of the sample kits look as they did: pictures of them against those in pictures/.

Run by ``make conformance`` with pytest after the kits are rendered, in the environment of gapress.
What differs is drawn side by side in ``.conformance/pictures/changes.png``. Where a change is
meant, ``PYTHONPATH=tests python -m conformance.pictures --update`` takes the pictures anew; their
commit is then the place to review it.

Everything is drawn with the pinned fonts alone: a PDF brings them, and Chromium and LibreOffice
get a fontconfig that knows no others. So a picture does not depend on the fonts of the machine.
"""

from __future__ import annotations

import email
import email.policy
import json
import os
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from importlib.metadata import files
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from conformance.tools import find, run

if TYPE_CHECKING:
    from collections.abc import Iterable

HERE = Path(__file__).with_suffix("")  # the pictures
MUTATIONS = HERE / "mutations.toml"
KITS = Path(os.environ.get("GAPRESS_CONFORMANCE", ".conformance"))
ASSEMBLY = "2025-11-24-interpol-general-assembly"
ADVISORY = "2025-11-20-media-advisory-general-assembly"
RESULTS = "2025-11-06-specimen-ports-third-quarter"
STATEMENT = "2025-11-13-joint-statement-storm-warnings"
INVITATION = "2025-11-27-media-advisory-training-quay"

WIDTH = 400  # pixels, of every picture; a line of text in a PDF is then ten pixels high
COLOURS = 96
BLUR = 2.0  # pixels: an edge may fall between two
TILE = 20  # pixels: what is compared as one, some two lines of text
# The largest mean difference of a tile's pixels that may be, of 255. Measured: other versions of
# pdfium and of Chromium come to 2.1, a page moved by parts of a pixel to 5.7, the smallest of the
# mutations to 6.7. A change of a few small characters is less; texts have other tests.
LIMIT = 6.0


@dataclass(frozen=True)
class View:
    """What a picture shows: a page of a paged file, or the top of one in a window."""

    file: str  # a pattern in the folder of conformance
    page: int = 1
    window: tuple[int, int] = (960, 1360)  # CSS pixels
    scheme: str = "light"

    def path(self, kits: Path) -> Path:
        """Return the file.

        Raises:
            FileNotFoundError: there is none, or more than one.
        """
        found = list(kits.glob(self.file))
        if len(found) != 1:
            raise FileNotFoundError(f"{kits / self.file}: not one file")
        return found[0]


VIEWS = {
    "pdf-en": View(f"dist/{ASSEMBLY}/en/*.pdf"),
    "pdf-fr": View(f"dist/{ASSEMBLY}/fr/*.pdf"),
    "pdf-ar": View(f"dist/{ASSEMBLY}/ar/*.pdf"),
    "pdf-ar-2": View(f"dist/{ASSEMBLY}/ar/*.pdf", page=2),
    "pdf-embargoed-fr": View(f"dist/{ADVISORY}/fr/*.pdf"),
    "pdf-draft-ar": View(f"dist-draft/{ASSEMBLY}-DRAFT/ar/*.pdf"),
    "pdf-corrected-ar": View(f"desk/corrected/dist/{ASSEMBLY}/ar/*.pdf"),
    "pdf-withdrawn-en": View(f"desk/withdrawn/dist/{ASSEMBLY}/en/*.pdf"),
    "docx-ar": View(f"dist/{ASSEMBLY}/ar/*.docx"),
    "html-phone-ar": View(f"dist/{ASSEMBLY}/ar/*.html", window=(390, 844)),
    "html-desktop-fr": View(f"dist/{ASSEMBLY}/fr/*.html"),
    "html-dark-en": View(f"dist/{ASSEMBLY}/en/*.html", scheme="dark"),
    "html-index": View(f"dist/{ASSEMBLY}/index.html", window=(960, 800)),
    "email-ar": View(f"dist/{ASSEMBLY}/ar/*.eml", window=(700, 980)),
    "pdf-results-fr-2": View(f"dist/{RESULTS}/fr/*.pdf", page=2),
    "pdf-joint-ar": View(f"dist/{STATEMENT}/ar/*.pdf"),
    "docx-joint-en": View(f"dist/{STATEMENT}/en/*.docx"),
    "html-phone-invitation-ar": View(f"dist/{INVITATION}/ar/*.html", window=(390, 844)),
}

FONTCONFIG = """\
<fontconfig>
{folders}
<cachedir>{cache}</cachedir>
<match target="pattern"><test name="lang" compare="contains"><string>ar</string></test>
<edit name="family" mode="append" binding="strong"><string>IBM Plex Sans Arabic</string></edit></match>
<match target="pattern">
<edit name="family" mode="append" binding="strong"><string>IBM Plex Serif</string></edit></match>
<match target="font"><edit name="hinting" mode="assign"><bool>false</bool></edit>
<edit name="antialias" mode="assign"><bool>true</bool></edit>
<edit name="rgba" mode="assign"><const>none</const></edit></match>
</fontconfig>
"""


def pinned_fonts_only(folder: Path) -> dict[str, str]:
    """Return an environment whose programs find the pinned fonts and no others."""
    packages = ("fontpkg-ibm-plex-sans-arabic", "fontpkg-ibm-plex-serif")
    listed = [file for name in packages for file in files(name) or () if file.suffix == ".ttf"]
    folders = sorted({str(Path(str(file.locate())).resolve().parent) for file in listed})
    config = folder / "fonts.conf"
    lines = "\n".join(f"<dir>{name}</dir>" for name in folders)
    config.write_text(FONTCONFIG.format(folders=lines, cache=folder / "fontcache"), "utf-8")
    return {**os.environ, "FONTCONFIG_FILE": str(config)}


def page_of(pdf: Path, number: int) -> Image.Image:
    """Return a page of a PDF, drawn at three times the width and made smaller."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[number - 1]
        drawn = page.render(scale=3 * WIDTH / page.get_width()).to_pil()
    finally:
        document.close()
    return small(drawn)


def small(picture: Image.Image) -> Image.Image:
    """Return a picture at the width of all pictures."""
    height = round(picture.height * WIDTH / picture.width)
    return picture.convert("RGB").resize((WIDTH, height), Image.Resampling.LANCZOS)


def web_page(file: Path, folder: Path) -> Path:
    """Return the file that a browser opens: of an e-mail, its HTML alone."""
    if file.suffix != ".eml":
        return file
    message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
    body = message.get_body(("html",))
    assert body is not None
    made = folder / f"{file.stem}.html"
    made.write_text(body.get_content(), encoding="utf-8")
    return made


def draw(kits: Path, names: Iterable[str] = VIEWS) -> dict[str, Image.Image]:
    """Return the pictures of these views.

    Raises:
        FileNotFoundError: a kit lacks a file.
        RuntimeError: Chromium or LibreOffice is not there or fails.
    """
    paths = {name: VIEWS[name].path(kits) for name in names}
    with TemporaryDirectory() as name:
        folder = Path(name)
        environment = pinned_fonts_only(folder)
        papers = {n: p for n, p in paths.items() if p.suffix == ".pdf"}
        papers |= _converted({n: p for n, p in paths.items() if p.suffix == ".docx"}, folder)
        drawn = {n: page_of(path, VIEWS[n].page) for n, path in papers.items()}
        screens = {n: p for n, p in paths.items() if p.suffix in {".html", ".eml"}}
        return drawn | _photographed(screens, folder, environment)


def _converted(files: dict[str, Path], folder: Path) -> dict[str, Path]:
    if not files:
        return {}
    profile = (folder / "profile").as_uri()
    variable = f"FONTCONFIG_FILE={folder / 'fonts.conf'}"
    office = ("env", variable, find("soffice"), f"-env:UserInstallation={profile}", "--headless")
    run(*office, "--convert-to", "pdf", "--outdir", folder, *files.values())
    return {name: folder / f"{file.stem}.pdf" for name, file in files.items()}


def _photographed(
    files: dict[str, Path], folder: Path, environment: dict[str, str]
) -> dict[str, Image.Image]:
    orders = []
    for name, file in files.items():
        width, height = VIEWS[name].window
        order = {"width": width, "height": height, "scheme": VIEWS[name].scheme}
        page, to = web_page(file, folder).resolve(), folder / f"{name}.png"
        orders.append(json.dumps({"page": str(page), "to": str(to), **order}))
    if not orders:
        return {}
    browser = os.environ.get("CHROMIUM") or find("chromium")
    done = subprocess.run(
        [find("node"), HERE / "screenshot.cjs", browser],
        input="\n".join(orders),
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"Chromium took no pictures: {done.stderr.strip()}")
    return {name: small(Image.open(folder / f"{name}.png")) for name in files}


def difference(before: Image.Image, now: Image.Image) -> tuple[float, Image.Image]:
    """Return the largest mean difference of a tile, of 255, and a picture of the differences.

    A tile may lie a pixel away in any direction. Pictures of other sizes differ as if the smaller
    one were black outside.
    """
    size = (max(before.width, now.width), max(before.height, now.height))
    blurred = []
    for picture in (before, now):
        whole = Image.new("RGB", size)
        whole.paste(picture.convert("RGB").filter(ImageFilter.GaussianBlur(BLUR)))
        blurred.append(whole)
    old, new = blurred
    tiles = [
        _apart(old, ImageChops.offset(new, x, y)).convert("F").reduce(TILE)
        for x, y in product((0, -1, 1), repeat=2)
    ]
    largest = max(
        min(values) for values in zip(*(t.get_flattened_data() for t in tiles), strict=True)
    )
    return largest, ImageChops.invert(_apart(old, new).point(lambda value: min(255, 3 * value)))


def _apart(one: Image.Image, other: Image.Image) -> Image.Image:
    """Return the largest difference of the three colours, pixel by pixel."""
    red, green, blue = ImageChops.difference(one, other).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def reference(name: str) -> Image.Image:
    """Return the picture that a view is held against; a blank one where there is none yet."""
    path = HERE / f"{name}.png"
    return Image.open(path).convert("RGB") if path.is_file() else Image.new("RGB", (WIDTH, 1))


@dataclass(frozen=True)
class Change:
    """A view that does not look as it did."""

    name: str
    value: float
    pictures: tuple[Image.Image, Image.Image, Image.Image]  # before, now, difference

    def __str__(self) -> str:
        return f"{self.name} differs by {self.value:.1f} (limit {LIMIT:g})"


def changes(drawn: dict[str, Image.Image]) -> list[Change]:
    """Return the views that differ by more than their limit."""
    found = []
    for name, now in drawn.items():
        before = reference(name)
        value, shown = difference(before, now)
        if value > LIMIT:
            found.append(Change(name, value, (before, now, shown)))
    return found


def contact_sheet(found: list[Change], path: Path) -> None:
    """Write a row a change: the reference, the view now, their difference."""
    heights = [max(picture.height for picture in change.pictures) + 30 for change in found]
    sheet = Image.new("RGB", (3 * (WIDTH + 10) + 10, sum(heights) + 10), "#cfd8df")
    pen = ImageDraw.Draw(sheet)
    y = 10
    for change, height in zip(found, heights, strict=True):
        pen.text((10, y), f"{change}: reference | now | difference", fill="black")
        for column, picture in enumerate(change.pictures):
            sheet.paste(picture, (10 + column * (WIDTH + 10), y + 18))
        y += height
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path)


def update(kits: Path) -> None:
    """Take the pictures anew where they differ at all visibly, and remove those of no view."""
    for stray in set(HERE.glob("*.png")) - {HERE / f"{name}.png" for name in VIEWS}:
        stray.unlink()
    for name, now in draw(kits).items():
        if difference(reference(name), now)[0] > LIMIT / 2:
            few = now.quantize(COLOURS, Image.Quantize.FASTOCTREE, kmeans=4)
            few.save(HERE / f"{name}.png", optimize=True)
            print(f"{HERE / name}.png")


@pytest.fixture(scope="module")
def changed() -> dict[str, str]:
    """What is wrong with each view that changed, and where to see it."""
    sheet = KITS / "pictures/changes.png"
    sheet.unlink(missing_ok=True)
    found = changes(draw(KITS))
    if found:
        contact_sheet(found, sheet)
    mend = "if that is meant: PYTHONPATH=tests python -m conformance.pictures --update"
    return {change.name: f"{change}; look at {sheet}; {mend}" for change in found}


@pytest.mark.parametrize("name", VIEWS)
def test_a_page_looks_as_it_did(name: str, changed: dict[str, str]) -> None:
    assert name not in changed, changed[name]


@dataclass(frozen=True)
class Mutation:
    """A change to a file of the newsroom that a person would mind."""

    view: str
    file: str
    old: str
    new: str

    def apply(self, root: Path) -> None:
        """Copy the sample newsroom to a folder, change it, and render what the view shows."""
        for part in ("releases", "locales", "templates"):
            shutil.copytree(part, root / part)
        text = (root / self.file).read_text(encoding="utf-8")
        assert self.old in text, f"{self.file} changed; so must {MUTATIONS}"
        (root / self.file).write_text(text.replace(self.old, self.new), encoding="utf-8")
        output, kit, *place = VIEWS[self.view].file.split("/")
        options = [f"--output={root / output}", "--jobs=1", "--quiet"]
        if len(place) > 1:
            options += [f"--language={place[0]}", f"--format={place[1].removeprefix('*.')}"]
        if output == "dist-draft":
            options.append("--draft")
        slug = kit.removesuffix("-DRAFT")
        run(sys.executable, "-m", "gapress", "-C", root, "render", slug, *options)


def mutations() -> dict[str, Mutation]:
    """Return the mutations by what they do."""
    tables = tomllib.loads(MUTATIONS.read_text(encoding="utf-8"))
    return {title: Mutation(**table) for title, table in tables.items()}


@pytest.mark.parametrize("title", mutations())
def test_a_change_that_a_person_minds_is_seen(title: str, tmp_path: Path) -> None:
    mutation = mutations()[title]
    mutation.apply(tmp_path)
    now = draw(tmp_path, [mutation.view])[mutation.view]
    value, _ = difference(reference(mutation.view), now)
    print(f"{mutation.view} | {title} | {value:.1f} | {LIMIT:g}")
    assert value > LIMIT


def test_every_picture_is_of_a_view_and_they_are_small() -> None:
    kept = sorted(HERE.glob("*.png"))
    assert {path.stem for path in kept} == VIEWS.keys()
    assert sum(path.stat().st_size for path in kept) <= 420_000


if __name__ == "__main__":
    update(KITS)
