"""The press kit as it lies in the output folder: names, manifest, sums, ZIP, bytes."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import docx
import pypdfium2
import pytest

from conftest import ADVISORY, ASSEMBLY, NEWSROOM, RELEASE, ROOT, Kits, Newsroom
from gapress.kit.manifest import read_manifest

if TYPE_CHECKING:
    from pathlib import Path


def tree(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


# --- what a kit holds ----------------------------------------------------------------------------


@pytest.mark.parametrize("slug", [ADVISORY, ASSEMBLY])
def test_the_sums_are_those_of_every_file(slug: str, kits: Kits) -> None:
    files = tree(kits.root / slug)
    lines = files.pop("SHA256SUMS").decode().splitlines()
    listed = dict(reversed(line.split("  ")) for line in lines)
    assert {name: hashlib.sha256(data).hexdigest() for name, data in files.items()} == {
        **listed,
        **{n: hashlib.sha256(d).hexdigest() for n, d in files.items() if n.endswith(".zip")},
    }
    assert [n for n in files if n not in listed] == [n for n in files if n.endswith(".zip")]


@pytest.mark.parametrize("slug", [ADVISORY, ASSEMBLY])
def test_the_zip_is_the_kit(slug: str, kits: Kits) -> None:
    files = tree(kits.root / slug)
    (name,) = [name for name in files if name.endswith(".zip")]
    with zipfile.ZipFile(kits.root / slug / name) as archive:
        assert archive.testzip() is None
        assert {n: archive.read(n) for n in archive.namelist()} == {
            n: data for n, data in files.items() if n != name
        }
        for entry in archive.infolist():
            assert entry.filename.isascii()
            assert entry.external_attr >> 16 == 0o100644
            assert "-".join(f"{part:02}" for part in entry.date_time[:3]) == slug[:10]


def test_the_manifest_says_what_a_kit_is_and_was_made_from(kits: Kits) -> None:
    manifest = json.loads((kits.root / ADVISORY / "manifest.json").read_bytes())
    assert manifest["release"] == ADVISORY
    assert (manifest["version"], manifest["status"], manifest["draft"]) == (1, "usable", False)
    assert manifest["embargo"] == "2025-11-21T09:00:00+01:00"
    for name in (f"releases/{ADVISORY}.yaml", f"locales/ar/LC_MESSAGES/{ADVISORY}.po"):
        assert manifest["sources"][name] == hashlib.sha256((ROOT / name).read_bytes()).hexdigest()
    assert manifest["sources"][f"locales/ar_MA/LC_MESSAGES/{ADVISORY}.po"] is None
    assert manifest["packages"]["weasyprint"]
    assert manifest["packages"]["pango"]
    entry = manifest["files"][f"ar/{ADVISORY}_ar_EMBARGO-20251121T0800Z.pdf"]
    assert (entry["format"], entry["language"]) == ("pdf", "ar")


def test_nothing_in_a_kit_tells_of_the_machine(kits: Kits) -> None:
    private = {str(ROOT), str(kits.root), os.environ.get("HOME", "/root") + "/"}
    for path in kits.root.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not [word for word in private if word.encode() in data], path


def test_names_carry_what_must_be_known_before_a_file_is_opened(kits: Kits) -> None:
    mark = "_EMBARGO-20251121T0800Z"
    names = set(tree(kits.root / ADVISORY))
    assert f"{ADVISORY}{mark}.zip" in names
    assert f"{ADVISORY}_all{mark}.eml" in names
    assert {n for n in names if n.startswith("fr/")} == {
        f"fr/{ADVISORY}_fr{mark}{suffix}"
        for suffix in (".pdf", ".docx", ".html", ".txt", ".eml", ".ninjs.json")
    }
    assert f"{ASSEMBLY}.zip" in tree(kits.root / ASSEMBLY)


def test_properties_carry_the_embargo(kits: Kits) -> None:
    line = "Embargoed until Friday, 21\u00a0November 2025, 9am (Casablanca time, UTC+01:00)"
    info = pypdfium2.PdfDocument(kits.path(ADVISORY, "en", "pdf")).get_metadata_dict()
    assert info["Subject"].startswith(f"{line} – ")
    word = docx.Document(str(kits.path(ADVISORY, "en", "docx")))
    assert word.core_properties.content_status == line
    assert (
        docx.Document(str(kits.path(ASSEMBLY, "en", "docx"))).core_properties.content_status == ""
    )


def test_every_page_says_that_there_is_an_embargo(kits: Kits) -> None:
    for code, word in (("en", "Embargoed until"), ("fr", "Sous embargo"), ("ar", "يحظر النشر")):
        pages = list(pypdfium2.PdfDocument(kits.path(ADVISORY, code, "pdf")))
        assert len(pages) > 1
        for page in pages:
            assert word in page.get_textpage().get_text_range()
        package = zipfile.ZipFile(kits.path(ADVISORY, code, "docx"))
        heads = [n for n in package.namelist() if n.startswith("word/header")]
        texts = [re.sub("<[^>]+>", "", package.read(name).decode()) for name in heads]
        assert any(word in text for text in texts)


# --- the same bytes everywhere -------------------------------------------------------------------


def test_a_kit_has_the_same_bytes_everywhere(newsroom: Newsroom, tmp_path: Path) -> None:
    """Directory, time zone, locale, hash seed, umask and working directory make no difference."""
    elsewhere = tmp_path / "a folder" / "élsewhere"
    shutil.copytree(newsroom.root / "releases", elsewhere / "releases")
    shutil.copytree(newsroom.root / "locales", elsewhere / "locales")
    surroundings: list[tuple[Path, Path, dict[str, str], int]] = [
        (newsroom.root, newsroom.root, {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1"}, 0o022),
        (
            elsewhere,
            tmp_path,
            {
                "TZ": "Pacific/Kiritimati",
                "LC_ALL": "ar_MA.UTF-8",
                "LANGUAGE": "fr",
                "PYTHONHASHSEED": "2",
                "GAPRESS_JOBS": "2",
                "SOURCE_DATE_EPOCH": "1",
            },
            0o077,
        ),
    ]
    found = []
    for root, cwd, extra, umask in surroundings:
        subprocess.run(
            [sys.executable, "-m", "gapress", "-C", str(root), "render", "-q"],
            cwd=cwd,
            env={**os.environ, **extra},
            umask=umask,
            check=True,
        )
        found.append(tree(root / "dist" / "news"))
        modes = {
            (path.is_dir(), path.stat().st_mode & 0o777) for path in (root / "dist/news").rglob("*")
        }
        assert modes == {(True, 0o755), (False, 0o644)}
    assert found[0].keys() == found[1].keys()
    assert [name for name in found[0] if found[0][name] != found[1][name]] == []


# --- corrected and withdrawn ---------------------------------------------------------------------

CORRECTION = (
    "version: 2\ncorrection: {version: 1, date: 2025-11-25, text: The figure of 1400 was wrong.}\n"
)
WITHDRAWAL = "version: 3\nwithdrawal: {version: 2, date: 2025-11-26, text: It was sent in error.}\n"


def with_notice(newsroom: Newsroom, notice: str, role: str, source: str, french: str) -> None:
    newsroom.write("releases/news.yaml", RELEASE + notice)
    path = newsroom.root / "locales/fr/LC_MESSAGES/news.po"
    entry = f'\nmsgctxt "{role}"\nmsgid "{source}"\nmsgstr "{french}"\n'
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")


def shown(path: Path) -> str:
    """Return what a reader, or a program, finds in a file."""
    if path.suffix == ".pdf":
        text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
    elif path.suffix == ".docx":
        with zipfile.ZipFile(path) as package:
            text = " ".join(
                re.sub("<[^>]+>", "", package.read(n).decode())
                for n in package.namelist()
                if n.endswith(".xml")
            )
    elif path.suffix == ".eml":
        import email
        from email import policy

        message = email.message_from_bytes(path.read_bytes(), policy=policy.default)
        parts = [p.get_content() for p in message.walk() if p.get_content_maintype() == "text"]
        names = [str(p.get_filename()) for p in message.walk()]
        text = " ".join([str(message["Subject"]), *parts, *names])
    else:
        text = path.read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", text)


def test_a_correction_stands_in_every_file_of_every_language(newsroom: Newsroom) -> None:
    with_notice(
        newsroom, CORRECTION, "correction", "The figure of 1400 was wrong.", "Le 1400 était faux."
    )
    assert newsroom.run("render").exit_code == 0
    root = newsroom.root / "dist/news"
    for path in root.rglob("*"):
        if not path.is_file() or (path.suffix in {".zip", ".json"} and "ninjs" not in path.name):
            continue
        if path.name == "SHA256SUMS":
            continue
        text = shown(path)
        if "_fr" not in path.name:
            assert "The figure of 1400 was wrong." in text, path
        if "_en" not in path.name:
            assert "Le 1400 était faux." in text, path
    manifest = read_manifest(root)
    assert manifest is not None
    assert (manifest.version, manifest.archive) == (2, "news_v2.zip")
    assert (root / "fr/news_fr_v2.pdf").is_file()
    assert "RECTIFICATIF" in shown(root / "fr/news_fr_v2.eml")


def test_a_withdrawn_kit_says_only_that(newsroom: Newsroom) -> None:
    assert newsroom.run("render").exit_code == 0
    with_notice(newsroom, WITHDRAWAL, "withdrawal", "It was sent in error.", "Envoyé par erreur.")
    newsroom.edit("locales/fr/LC_MESSAGES/news.po", '"Un titre"', '""')  # no longer needed
    result = newsroom.run("render")
    assert result.exit_code == 0, result.output
    root = newsroom.root / "dist/news"
    files = [path for path in root.rglob("*") if path.is_file()]
    assert all("_v3_WITHDRAWN" in path.name for path in files if path.name.startswith("news"))
    for path in files:
        if path.suffix == ".zip" or path.name in {"SHA256SUMS", "manifest.json"}:
            continue
        text = shown(path)
        for old in ("A headline", "A paragraph", "Un titre", "Un paragraphe", "figures", "1,500"):
            assert old not in text, (path, old)
        said = {"en": "It was sent in error.", "fr": "Envoyé par erreur."}
        code = path.parent.name
        assert all(said[c] in text for c in said if code in {c, "news"}), path
    manifest = read_manifest(root)
    assert manifest is not None
    assert manifest.status == "withdrawn"


@pytest.mark.parametrize("reference", ["", "reference: TN/7\n"])
@pytest.mark.parametrize("names", ["slug", "headline"])
def test_every_file_of_a_withdrawn_kit_names_the_release(
    names: str, reference: str, newsroom: Newsroom
) -> None:
    notice = f"{reference}version: 2\nwithdrawal: {{version: 1, date: 2025-11-26, text: Wrong.}}\n"
    with_notice(newsroom, notice, "withdrawal", "Wrong.", "Faux.")
    newsroom.edit(
        "releases/_newsroom.yaml", "contacts:", f"withdrawal: {{names: {names}}}\ncontacts:"
    )
    result = newsroom.run("render")
    assert result.exit_code == 0, result.output
    number = {"en": ", reference TN/7", "fr": ", référence TN/7"} if reference else {}
    named = {"en": "“A headline”", "fr": "« Un titre »"} if names == "headline" else {}
    said = {
        "en": f"Press release of 24 November 2025{number.get('en', '')}: {named.get('en', 'news')}",
        "fr": f"Communiqué de presse du 24 novembre 2025{number.get('fr', '')} : "
        f"{named.get('fr', 'news')}",
    }
    root = newsroom.root / "dist/news"
    for path in root.rglob("*"):
        if (
            not path.is_file()
            or path.suffix == ".zip"
            or path.name in {"SHA256SUMS", "manifest.json"}
        ):
            continue
        text = re.sub("[\u2066-\u2069]", "", shown(path)).replace("| ", "")
        code = path.parent.name
        assert all(said[c] in text for c in said if code in {c, "news"}), path
        subject = {"en": "Press release withdrawn – ", "fr": "Communiqué de presse retiré – "}
        if path.suffix in {".eml", ".json", ".html"} and code in subject and not reference:
            assert f"{subject[code]}{named.get(code, 'news')}" in text, path


@pytest.mark.parametrize("names", ["headline", ""])
def test_a_headline_that_is_not_translated_holds_no_withdrawal_up(
    names: str, newsroom: Newsroom
) -> None:
    own = ", names: headline" if names else ""
    notice = f"version: 4\nwithdrawal: {{version: 3, date: 2025-11-26, text: Wrong.{own}}}\n"
    with_notice(newsroom, notice, "withdrawal", "Wrong.", "Faux.")
    newsroom.edit("locales/fr/LC_MESSAGES/news.po", '"Un titre"', '""')
    result = newsroom.run("render", "-f", "txt")
    assert result.exit_code == 0, result.output
    root = newsroom.root / "dist/news"
    assert "“A headline”" in shown(root / "en/news_en_v4_WITHDRAWN.txt") or not names
    french = shown(root / "fr/news_fr_v4_WITHDRAWN.txt")
    assert "Communiqué de presse du 24 novembre 2025 : news" in french


@pytest.mark.parametrize(
    ("last", "counted"),
    [
        (1, "version 1 must no longer be used"),
        (2, "versions 1 and 2 must no longer be used"),
        (3, "versions 1 to 3 must no longer be used"),
        (11, "versions 1 to 11 must no longer be used"),
    ],
)
def test_a_withdrawal_counts_its_versions(last: int, counted: str, newsroom: Newsroom) -> None:
    notice = (
        f"version: {last + 1}\nwithdrawal: {{version: {last}, date: 2025-11-26, text: Wrong.}}\n"
    )
    newsroom.write("releases/news.yaml", RELEASE + notice)
    assert newsroom.run("render", "-l", "en", "-f", "txt").exit_code == 0
    text = shown(newsroom.root / f"dist/news/en/news_en_v{last + 1}_WITHDRAWN.txt")
    assert counted in text.replace("! ", "")


def test_rendering_never_asks_the_clock(newsroom: Newsroom) -> None:
    """The same kit before and after the embargo, whatever the time is."""
    newsroom.write("releases/news.yaml", RELEASE + "embargo: 2025-11-24T09:00:00+01:00\n")
    found = []
    for now in (1_000_000_000, 4_000_000_000):
        program = (
            "import sys, time, datetime\n"
            f"time.time = lambda: {now}.0\n"
            "class Date(datetime.datetime):\n"
            f"    now = classmethod(lambda cls, tz=None: cls.fromtimestamp({now}, tz))\n"
            "datetime.datetime = Date\n"
            "from gapress.cli.app import main\n"
            "main(['-C', sys.argv[1], 'render', '-q', '--force', '-j', '1'])\n"
        )
        subprocess.run([sys.executable, "-c", program, str(newsroom.root)], check=True)
        found.append(tree(newsroom.root / "dist" / "news"))
    assert found[0] == found[1]
    assert "fr/news_fr_EMBARGO-20251124T0800Z.pdf" in found[0]


# --- large attachments ---------------------------------------------------------------------------


def test_attachments_over_the_limit_are_told(newsroom: Newsroom) -> None:
    from PIL import Image

    folder = newsroom.root / "releases/news"
    folder.mkdir()
    noise = Image.frombytes("RGB", (600, 600), os.urandom(600 * 600 * 3))
    noise.save(folder / "noise.png")
    newsroom.write("releases/_newsroom.yaml", NEWSROOM + "email: {attachments_limit: 1}\n")
    newsroom.edit("releases/news.yaml", "facts:", "  - {image: noise.png, alt: Noise}\nfacts:")
    result = newsroom.run("render", "--language", "en")
    assert result.exit_code == 0, result.output
    assert re.search(
        r"releases/news.yaml: warning: en/news_en.eml has \d\.\d MB, more than 1 MB; make pictures "
        r"smaller, or raise email: attachments_limit: in _newsroom.yaml",
        result.output,
    )
