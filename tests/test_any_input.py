"""What must hold for any release and any catalog: kits, or problems that say where. Never a fault."""

from __future__ import annotations

import io
import json
import os
import re
import stat
from base64 import b64encode
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from PIL import Image

from conftest import FRENCH, NEWSROOM, RELEASE, Newsroom
from effort import some
from gapress.catalogs.merge import merge
from gapress.catalogs.message import Message
from gapress.catalogs.po import parse_po
from gapress.errors import ContentError
from gapress.kit.plan import plan
from gapress.kit.prepare import prepare
from gapress.release.model import Release
from gapress.release.yaml import parse
from gapress.theme import load_theme
from gapress.workspace import Workspace
from strategies import DOT, as_yaml, broken_catalogs, broken_releases, catalogs, releases
from test_hostile import dot, png_of, svg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOUSE = (
    NEWSROOM.replace("{en: en-GB, fr: fr-MA}", "{en: en-GB, fr: fr-MA, ar: ar-MA}")
    + "boilerplates: {about: {title: About, text: [Text]}}\n"
)
SOURCES = tuple((role, source) for role, texts in FRENCH.items() for source in texts)


@pytest.fixture(scope="module")
def house() -> Iterator[Newsroom]:
    """A newsroom for all examples of a test; each writes its own release or catalog over the last."""
    with TemporaryDirectory() as folder:
        made = Newsroom(Path(folder).resolve())
        made.write("releases/_newsroom.yaml", HOUSE)
        made.write("releases/news.yaml", RELEASE)
        picture = made.root / "releases/news" / DOT
        picture.parent.mkdir()
        picture.write_bytes(dot())
        yield made


def told(house: Newsroom, *command: str) -> list[dict[str, Any]]:
    """Return the problems that a command tells; refuse whatever else may end it."""
    result = house.run(*command, "--json")
    assert result.exit_code in {0, 1}, result.output
    assert "fault in gapress" not in result.output
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    problems: list[dict[str, Any]] = json.loads(result.stdout)["problems"]
    assert result.exit_code == int(any(p["severity"] == "error" for p in problems))
    for problem in problems:
        assert problem["message"]
        lines = (house.root / problem["file"]).read_bytes().decode("utf-8", "replace").splitlines()
        assert 0 <= problem["line"] <= len(lines) + 1
    return problems


@some(12)
@given(releases())
def test_any_sound_release_is_read_and_written(house: Newsroom, release: dict[str, Any]) -> None:
    house.write("releases/news.yaml", as_yaml(release))
    workspace = Workspace(house.root)
    theme = load_theme(workspace)
    written_in = release.get("language", "en")
    prepared = prepare(workspace, "news", theme, draft=True)
    assert set(prepared.drafts) == {"en", "fr", "ar"}
    assert set(prepared.documents) | set(prepared.problems) == {"en", "fr", "ar"}
    for code, problems in prepared.problems.items():
        # The newsroom's own texts are in English; nothing else is missing in a release's language.
        assert all(problem.path and problem.message for problem in problems)
        if code == written_in:
            assert {problem.path for problem in problems} <= {"releases/_newsroom.yaml"}
    formats = {code: ["html", "txt", "ninjs"] for code in prepared.drafts}
    final = prepared.documents.get("en")
    assert final is not None or written_in != "en"
    finals = plan({"en": final}, {"en": ["eml"]}, theme) if final else []
    for wanted in (*plan(prepared.drafts, formats, theme), *finals):
        needed = dict.fromkeys(wanted.writer.needs, b"")
        assert wanted.writer.write(wanted.document, theme, needed)


@some(40)
@given(broken_releases())
@example("kind: statement\nversion: x\ncorrection: {version: y, date: 2025-01-01, text: a}\n")
@example("kind: statement\nversion: [1]\nwithdrawal: {version: [1], date: 2025-01-01, text: a}\n")
@example(
    "kind: statement\nbody:\n- table: a\n  columns: [{heading: a, type: {b: c}}, {type: [d]}]\n"
    "  rows: [[1, e]]\n  total: {f: 1}\n"
)
@example('kind: statement\nlanguage: "\\ud800"\ncontacts: ["\\ud800"]\n"\\ud800": 1\n')
@example(f'kind: statement\nheadline: "{"*" * 2400}a{"*" * 2400}"\n')
def test_any_broken_release_is_problems_with_their_lines(house: Newsroom, text: str) -> None:
    raw = text.encode("utf-8", "surrogatepass")
    (house.root / "releases/news.yaml").write_bytes(raw)
    problems = [p for p in told(house, "check", "news") if p["file"] == "releases/news.yaml"]
    try:
        parse(raw, "news.yaml")
    except ContentError as error:
        placed = all(problem.line for problem in error.problems)
    else:
        placed = True
    if placed:  # there are lines to point at
        assert all(problem["line"] for problem in problems)


@some(15)
@given(broken_catalogs(SOURCES))
@example(b'msgid ""\nmsgstr "charset=punycode"\n')
@example(b'msgid ""\nmsgstr "charset=undefined"\n')
def test_any_broken_catalog_is_problems(house: Newsroom, raw: bytes) -> None:
    house.write("releases/news.yaml", RELEASE)
    path = house.root / "locales/fr/LC_MESSAGES/news.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    told(house, "check", "news")


@some(30)
@given(catalogs(SOURCES))
@example('msgid ""\nmsgstr ""\n\n# A note\n\nmsgid "old"\nmsgstr "vieux"\n')
def test_any_sound_catalog_is_written_back_and_stays_one(text: str) -> None:
    catalog = parse_po(text.encode(), "x.po")
    assert catalog.to_bytes() == text.encode()
    merged = merge(
        catalog, [Message(*key, ("x.yaml:1",)) for key in (*SOURCES, ("headline", "New"))]
    )
    again = parse_po(merged.to_bytes(), "x.po")
    live = {entry.key: entry.translation for entry in again.messages if not entry.obsolete}
    assert set(live) == {*SOURCES, ("headline", "New")}
    before = {entry.key: entry.translation for entry in catalog.messages if not entry.obsolete}
    assert all(live[key] == before[key] for key in SOURCES if key in before)


# --- bombs and traps: one problem in one clear line, and in a moment ----------------------------

IMAGE = "  - image: {0}\n    alt: x\nfacts:"


def refusals(newsroom: Newsroom, *command: str) -> list[str]:
    """Return the lines that a command tells, without the count."""
    result = newsroom.run(*(command or ("check",)))
    assert result.exit_code == 1, result.output
    return [
        line for line in result.output.splitlines() if not re.fullmatch(r"\d+ problems?\.", line)
    ]


def nested(kind: str, reference: str, levels: int = 7) -> str:
    """Drawing parts that hold nine of the next: with seven levels, four million elements."""
    parts = [
        f'<{kind} id="p{n}" width="1" height="1">{f"""<rect {reference}="url(#p{n + 1})"/>""" * 9}</{kind}>'
        for n in range(levels)
    ]
    return "".join(parts) + f'<rect {reference}="url(#p0)" width="9" height="9"/>'


def used(levels: int) -> str:
    """Groups that use the next ones nine times."""
    parts = [f'<g id="u{n}">{f"""<use href="#u{n + 1}"/>""" * 9}</g>' for n in range(levels)]
    return "".join(parts) + f'<rect id="u{levels}" width="1" height="1"/>'


def embedded(raw: bytes, kind: str = "png") -> str:
    return f'<image href="data:image/{kind};base64,{b64encode(raw).decode()}"/>'


def large_jpeg() -> bytes:
    """A JPEG picture whose header promises 65,535 pixels each way."""
    buffer = io.BytesIO()
    Image.new("L", (8, 8)).save(buffer, "JPEG")
    return buffer.getvalue().replace(b"\x08\x00\x08\x00\x08", b"\x08\xff\xff\xff\xff", 1)


TOO_MUCH = (
    "draws more than 100,000 elements, or an element within itself; "
    "simplify its patterns, masks and markers, or export as PNG"
)
TOO_LARGE = "has more than 100,000,000 pixels; make the picture smaller"
DAMAGED = "is damaged or not a picture; export it again as PNG and check that it opens"
STYLES = "".join(f".a{n}{{fill:url(#p{n})}}" for n in range(7))
STYLED = "".join(
    f'<pattern id="p{n}">{f"""<rect class="a{n + 1}"/>""" * 9}</pattern>' for n in range(7)
)
MARKED = (
    f'<marker id="m">{"<path/>" * 300}</marker><path marker-mid="url(#m)" d="M0 0{"L1 1" * 400}"/>'
)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.svg", svg(nested("pattern", "fill")), TOO_MUCH),
        ("a.svg", svg(nested("mask", "mask")), TOO_MUCH),
        ("a.svg", svg(nested("clipPath", "clip-path")), TOO_MUCH),
        ("a.svg", svg(nested("pattern", "style").replace("url", "fill:url")), TOO_MUCH),
        ("a.svg", svg(f'<style>{STYLES}</style>{STYLED}<rect class="a0"/>'), TOO_MUCH),
        ("a.svg", svg('<pattern id="p"><rect fill="url(#p)"/></pattern>'), TOO_MUCH),
        ("a.svg", svg("".join(f'<mask id="g{n}" mask="url(#g{n + 1})"/>' for n in range(12))), TOO_MUCH),
        ("a.svg", svg(MARKED), TOO_MUCH),
        ("a.svg", svg('<g id="a"><use href="#a"/></g>'), TOO_MUCH),
        ("a.svg", svg(used(9)), TOO_MUCH),
        ("a.svg", svg(embedded(png_of(60_000, 60_000))), TOO_LARGE),
        ("a.svg", svg(embedded(b"nothing")), DAMAGED),
        ("a.svg", svg('<image href="data:image/png;base64,A"/>'), "is damaged or not a picture; embed its picture again"),
        ("a.svg", svg(embedded(dot(), "jpeg")), "is not a JPEG picture; export it again as JPEG and check that it opens"),
        ("a.png", png_of(10_001, 10_000), TOO_LARGE),
        # Within the limit, where Pillow warns already: read, and found to be next to empty.
        ("a.png", png_of(10_000, 9_500), DAMAGED),
        ("a.jpg", large_jpeg(), TOO_LARGE),
    ],
)  # fmt: skip
def test_a_picture_that_would_take_very_long(
    name: str, content: bytes, message: str, newsroom: Newsroom
) -> None:
    newsroom.edit("releases/news.yaml", "facts:", IMAGE.format(name))
    newsroom.write(f"releases/news/{name}", "").write_bytes(content)
    assert refusals(newsroom) == [f"releases/news.yaml:7:12: releases/news/{name} {message}"]


@pytest.mark.parametrize(
    ("levels", "message"),
    [
        (70, "has more than 64 levels of elements; ungroup what is nested so deeply"),
        (300, "is not well-formed SVG: Excessive depth in document: 256"),
    ],
)
def test_an_svg_is_not_deep(levels: int, message: str, newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "facts:", IMAGE.format("a.svg"))
    newsroom.write("releases/news/a.svg", svg("<g>" * levels + "</g>" * levels).decode())
    (refused,) = refusals(newsroom)
    assert message in refused


def test_patterns_and_clips_of_common_drawings_are_fine(newsroom: Newsroom) -> None:
    parts = (
        nested("pattern", "fill", 2) + '<clipPath id="c"><rect/></clipPath><g clip-path="url(#c)"/>'
    )
    newsroom.edit("releases/news.yaml", "facts:", IMAGE.format("a.svg"))
    newsroom.write("releases/news/a.svg", svg(parts + embedded(dot())).decode())
    assert newsroom.run("render", "-l", "en", "-f", "docx").exit_code == 0


@pytest.mark.parametrize(
    "path", ["locales/fr/LC_MESSAGES/news.po", "releases/news.yaml", "templates/release.html"]
)
def test_no_file_is_read_beyond_forty_megabytes(path: str, newsroom: Newsroom) -> None:
    newsroom.write(path, "")
    os.truncate(newsroom.root / path, 100_000_000_000)  # a hole: it takes no room
    told = "has 100,000,000,000 bytes; the limit is 40,000,000; make it smaller"
    assert refusals(newsroom) == [f"{path}: {told}"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("A headline", "x" * 5_001, "4:11: headline has 5001 characters, more than 5000; split it"),
        ("A headline", f'"{"*" * 22}a{"*" * 22}"', "4:11: markup is nested more than 10 levels deep; take some away"),
        ("A headline", "a\u2028b", "4:12: forbidden character U+2028; delete it"),
        ("A headline", "a\u202eb", "4:11: headline has an unbalanced bidirectional control: U+202C is missing; delete it, gapress isolates by itself"),
        ("kind:", '"\\e[31m\\n\\u202e": x\nkind:', f"1:1: \\x1b[31m\\n\\u202e is not known here; known are {', '.join(sorted(Release.model_fields))}"),
    ],
)  # fmt: skip
def test_texts_that_no_file_can_hold(old: str, new: str, message: str, newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", old, new)
    assert refusals(newsroom) == [f"releases/news.yaml:{message}"]


def test_line_ends_of_all_kinds_count_as_lines(newsroom: Newsroom) -> None:
    lines = RELEASE.replace("Marrakech", "[]").splitlines()
    text = "".join(line + ("\n", "\r\n", "\r")[n % 3] for n, line in enumerate(lines))
    newsroom.write("releases/news.yaml", "").write_bytes(text.encode())
    (refused,) = refusals(newsroom)
    assert refused.startswith("releases/news.yaml:3:18: city ")


# What a template tries, and what its designer is told.
UNSAFE = "access to attribute {!r} of {!r} object is unsafe."
ENDLESS = "it takes more than 1,000,000 steps; is there an endless loop?"
ESCAPES = [
    ("{{ document.__class__ }}", UNSAFE.format("__class__", "Document")),
    ("{{ ''|attr('__class__') }}", UNSAFE.format("__class__", "str")),
    ("{{ ''['__class__'] }}", UNSAFE.format("__class__", "str")),
    ("{{ '{0.__class__}'.format(1) }}", UNSAFE.format("__class__", "int")),
    ("{{ '{x.__class__}'.format_map({'x': 1}) }}", UNSAFE.format("__class__", "int")),
    ("{{ self.__init__.__globals__ }}", UNSAFE.format("__init__", "TemplateReference")),
    ("{{ theme.fonts_for('x').__reduce__() }}", UNSAFE.format("__reduce__", "FontSet")),
    ("{{ theme.files.clear() }}", UNSAFE.format("clear", "dict")),
    ("{{ [1].append(1) }}", UNSAFE.format("append", "list")),
    ("{{ cycler }}", "'cycler' is undefined"),
    ("{{ range(10 ** 9)|list }}", "'range' is undefined"),
    ("{{ lipsum(n=10 ** 9) }}", "'lipsum' is undefined"),
    ("{{ document|xmlattr }}", "'Document' object has no attribute 'items'"),
    ("{% include '/etc/passwd' %}", "/etc/passwd"),
    ("{% include '../releases/news.yaml' %}", "../releases/news.yaml"),
    ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "maximum recursion depth exceeded"),
    ("{{ 'x' * 10 ** 15 }}", "the result of * is too large"),
    ("{{ 10 ** 15 * [1] }}", "the result of * is too large"),
    ("{{ 9 ** 999999 }}", "the result of ** is too large"),
    ("{{ 10 ** 99999 * 10 ** 99999 }}", "the result of ** is too large"),
    ("{% for a in 'x' * 2000000 %}{% endfor %}", ENDLESS),
    ("{{ 'x'.center(10 ** 15) }}", "the result of center is too large"),
    ("{{ '%999999999999999d' % 1 }}", "the result of % is too large"),
]  # fmt: skip


@pytest.mark.parametrize(("template", "message"), ESCAPES)
def test_a_template_does_not_get_out(template: str, message: str, newsroom: Newsroom) -> None:
    newsroom.write("templates/release.html", template)
    refused = refusals(newsroom, "render", "-f", "html", "-l", "en")[-1]
    assert refused.startswith(f"templates/release.html:1: the template failed: {message}")


TRAPS: dict[str, tuple[Callable[[Path], object], str]] = {
    "pipe": (os.mkfifo, "is not a plain file; replace it with the file itself"),
    "folder": (Path.mkdir, "is not a plain file; replace it with the file itself"),
    "way out": (
        lambda file: file.symlink_to("/etc/passwd"),
        "leads out of the newsroom's folder; replace the link with the file itself",
    ),
    "circle": (
        lambda file: file.symlink_to(file.name),
        "can't be read: Too many levels of symbolic links; check its name and its permissions",
    ),
}


@pytest.mark.parametrize("kind", TRAPS)
@pytest.mark.parametrize(
    "path",
    [
        *("releases/news.yaml", "releases/news/a.png", "templates/release.html"),
        *("locales/fr/LC_MESSAGES/news.po", "locales/fr/LC_MESSAGES/gapress.po"),
        *("locales/gapress.pot", "locales/glossary.csv"),
    ],
)
def test_something_else_where_a_file_belongs(path: str, kind: str, newsroom: Newsroom) -> None:
    make, told = TRAPS[kind]
    place = path
    if path.endswith(".png"):
        newsroom.edit("releases/news.yaml", "facts:", IMAGE.format("a.png"))
        place = f"releases/news.yaml:7:12: {path} "
    file = newsroom.root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    make(file)
    assert refusals(newsroom) == [f"{place.rstrip()}{' ' if place != path else ': '}{told}"]


def test_a_device_is_no_picture(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "facts:", IMAGE.format("a.png"))
    file = newsroom.write("releases/news/a.png", "")
    file.unlink()
    try:
        os.mknod(file, stat.S_IFCHR | 0o644, os.makedev(1, 5))  # /dev/zero, which never ends
    except PermissionError:
        pytest.skip("this user can't make devices")
    (refused,) = refusals(newsroom)
    assert refused.endswith(
        "releases/news/a.png is not a plain file; replace it with the file itself"
    )


def test_files_that_this_user_may_not_read(house: Newsroom) -> None:
    house.write("releases/news.yaml", RELEASE)
    file = house.write("locales/fr/LC_MESSAGES/news.po", "")
    file.chmod(0)
    house.root.chmod(0o755)
    house.run("check")  # imports what another user may not be able to
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)  # root may read everything
    try:
        told = [line for line in refusals(house) if "fr/LC_MESSAGES/news.po" in line]
    finally:
        os.seteuid(before)
        file.chmod(0o644)
    reason = "can't be read: Permission denied; check its name and its permissions"
    assert told == [f"locales/fr/LC_MESSAGES/news.po: {reason}"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("خبر.yaml".encode(), "خبر.yaml"),
        ("ニュース.yaml".encode(), "ニュース.yaml"),
        (b"a b.yaml", "a b.yaml"),
        (b"\xff.yaml", "\\udcff.yaml"),
        (b"a\n\x1b[31mb.yaml", "a\\n\\x1b[31mb.yaml"),
        ("a\u202eb.yaml".encode(), "a\\u202eb.yaml"),
    ],
)
def test_names_in_any_script(name: bytes, shown: str, newsroom: Newsroom) -> None:
    Path(os.fsdecode(os.fsencode(newsroom.root / "releases") + b"/" + name)).write_text("a: 1\n")
    hint = "rename it with a-z, 0-9 and hyphens only, not newsroom or gapress"
    assert refusals(newsroom) == [f"releases/{shown}: the name is not a slug; {hint}"]
    told = json.loads(newsroom.run("check", "--json").stdout)["problems"]
    assert [problem["file"] for problem in told] == [f"releases/{shown}"]


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (
            b'#~ msgid "a"\nmsgstr "b"\n',
            "2:1: not a valid catalog: #~ marks a part of an entry only",
        ),
        (b'msgstr "b"\n', "1:1: not a valid catalog: a msgstr without its msgid"),
    ],
)
def test_catalogs_that_could_not_be_written_back(raw: bytes, problem: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_po(raw, "x.po")
    assert [str(p).partition(";")[0] for p in caught.value.problems] == [f"x.po:{problem}"]
