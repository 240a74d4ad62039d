"""Pictures a language, several together, and what leads to videos, recordings and live streams."""

from __future__ import annotations

import email
import email.policy
import io
import json
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import docx
import pikepdf
import pytest
from babel import Locale
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from PIL import Image

from conftest import FRENCH
from gapress.document import Figure, FigureGroup, Picture
from gapress.errors import ContentError
from gapress.localization.durations import format_duration
from gapress.localization.languages import language
from gapress.release.pictures import variants
from gapress.workspace import Workspace
from test_incremental import every, made

if TYPE_CHECKING:
    from conftest import Newsroom

TAGS = {"en": "en-GB", "fr": "fr-MA", "ar": "ar-MA"}


def draw(newsroom: Newsroom, *names: str, size: tuple[int, int] = (60, 40)) -> None:
    """Put pictures into the release's folder, no two of them alike."""
    for name in names:
        file = io.BytesIO()
        kind = "PNG" if name.lower().endswith("png") else "JPEG"
        Image.effect_noise(size, 90 + len(name)).convert("RGB").save(file, kind)
        path = newsroom.root / "releases/news" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(file.getvalue())


def add(newsroom: Newsroom, *blocks: dict[str, Any]) -> None:
    """Add blocks to the release."""
    shown = "".join(f"  - {json.dumps(block, ensure_ascii=False)}\n" for block in blocks)
    newsroom.edit("releases/news.yaml", "facts:", f"{shown}facts:")


def translate(newsroom: Newsroom, texts: dict[str, dict[str, str]]) -> None:
    """Translate the release into French, with these texts."""
    own = {role: known for role, known in FRENCH.items() if role not in {"organisation", "contact"}}
    newsroom.catalog("fr/LC_MESSAGES/news.po", own | texts)


def problems(newsroom: Newsroom) -> list[str]:
    """Return what is wrong with the release."""
    try:
        Workspace(newsroom.root).release("news")
    except ContentError as error:
        return [str(problem) for problem in error.problems]
    return []


# --- a picture a language ------------------------------------------------------------------------

MAP = {"image": "map.png", "alt": "A map"}


@pytest.mark.parametrize(
    ("files", "shown"),
    [
        ("map.png", {}),
        ("map.png map.fr.png", {"fr": "map.fr.png"}),
        ("map.png map.rtl.png", {"ar": "map.rtl.png"}),
        ("map.png map.ltr.png", {"en": "map.ltr.png", "fr": "map.ltr.png"}),
        ("map.png map.rtl.png map.ar.png", {"ar": "map.ar.png"}),
        ("map.png map.AR.png map.fr.PNG map.ar.jpg maps.ar.png", {"fr": "map.fr.PNG"}),
        ("map.png map.ar-MA.png map.de.png map.v2.png", {}),
        (
            "map.ltr.png map.rtl.png",
            {"en": "map.ltr.png", "fr": "map.ltr.png", "ar": "map.rtl.png"},
        ),
        ("map.en.png map.fr.png map.ar.png", {c: f"map.{c}.png" for c in TAGS}),
    ],
)
def test_each_language_takes_the_most_special_picture(
    files: str, shown: dict[str, str], newsroom: Newsroom
) -> None:
    newsroom.edit("releases/_newsroom.yaml", "en: en-GB, ", "en: en-GB, ar: ar-MA, ")
    add(newsroom, MAP)
    draw(newsroom, *files.split())
    _, pictures = Workspace(newsroom.root).release("news")
    found = {c: pictures.shown(language(c, tag))["map.png"].name for c, tag in TAGS.items()}
    assert found == {code: shown.get(code, "map.png") for code in TAGS}


def test_a_regional_variant_takes_the_picture_of_its_language(newsroom: Newsroom) -> None:
    newsroom.edit("releases/_newsroom.yaml", "fr: fr-MA", "fr-CA: fr-CA, pt-BR: pt-BR")
    add(newsroom, MAP)
    draw(newsroom, "map.png", "map.fr.png", "map.pt.png", "map.pt-BR.png")
    _, pictures = Workspace(newsroom.root).release("news")
    for code, name in (("fr-CA", "map.fr.png"), ("pt-BR", "map.pt-BR.png"), ("en", "map.png")):
        assert pictures.shown(language(code, code))["map.png"].name == name
    # Pseudo-locales show what languages of their direction do.
    assert pictures.shown(language("ar-XB", "ar-EG"))["map.png"].name == "map.png"


def test_a_language_without_any_picture_is_told(newsroom: Newsroom) -> None:
    newsroom.edit("releases/_newsroom.yaml", "fr: fr-MA", "fr: fr-MA, ar: ar-MA")
    add(newsroom, MAP)
    draw(newsroom, "map.rtl.png", "map.fr.png")
    assert problems(newsroom) == [
        "releases/news.yaml:7:15: map.png is missing, which en would show; add it, or map.en.png"
    ]


def test_each_problem_names_its_file(newsroom: Newsroom) -> None:
    add(newsroom, MAP)
    draw(newsroom, "map.png", "map.fr.png")
    newsroom.write("releases/news/map.ltr.png", "no picture")
    newsroom.write("releases/news/map.fr.png", "nor this")
    place, hint = "releases/news.yaml:7:15", "export it again as PNG and check that it opens"
    assert sorted(problems(newsroom)) == [
        f"{place}: releases/news/map.{code}.png is damaged or not a picture; {hint}"
        for code in ("fr", "ltr")
    ]


def test_only_the_languages_that_show_a_picture_are_stale(newsroom: Newsroom) -> None:
    add(newsroom, MAP)
    translate(newsroom, {"alt text": {"A map": "Une carte"}})
    formats = {"html", "docx"}
    options = ("-f", "html", "-f", "docx")
    draw(newsroom, "map.png")
    assert made(newsroom, *options) == every("en", "fr", formats=formats)
    assert made(newsroom, *options) == set()
    draw(newsroom, "map.fr.png")
    told = newsroom.run("verify").output
    assert "news: releases/news/map.fr.png has changed since the kit was made" in told
    assert made(newsroom, *options) == every("fr", formats=formats)
    assert newsroom.run("verify").exit_code == 0
    draw(newsroom, "map.fr.png", size=(61, 40))
    assert made(newsroom, *options) == every("fr", formats=formats)
    draw(newsroom, "map.png", size=(61, 40))
    assert made(newsroom, *options) == every("en", formats=formats)
    draw(newsroom, "map.de.png")  # no language of the newsroom
    assert newsroom.run("verify").exit_code == 0
    (newsroom.root / "releases/news/map.fr.png").unlink()
    assert made(newsroom, *options) == every("fr", formats=formats)


def test_a_picture_of_a_language_is_noticed_beside_those_of_directions(newsroom: Newsroom) -> None:
    add(newsroom, MAP)
    translate(newsroom, {"alt text": {"A map": "Une carte"}})
    draw(newsroom, "map.ltr.png")
    assert made(newsroom, "-f", "html") == every("en", "fr", formats={"html"})
    draw(newsroom, "map.fr.png")
    assert made(newsroom, "-f", "html") == every("fr", formats={"html"})
    draw(newsroom, "map.png")  # shown by none, and looked for
    assert made(newsroom, "-f", "html") == set()
    assert newsroom.run("verify").exit_code == 0


def test_pictures_that_nobody_sees_are_told(newsroom: Newsroom) -> None:
    add(newsroom, MAP)
    draw(newsroom, "map.png", "map.de.png", "map.fra.png", "chart.fr.png", "maps.rtl.png")
    draw(newsroom, "chart.png", "other.de.png", "map.v2.png", "map.EN.png")
    draw(newsroom, "map.fr.jpg")
    warnings = [
        line.partition("releases/news/")[2]
        for line in newsroom.run("check").output.splitlines()
        if "[pictures]" in line
    ]
    known = "known are en, fr, ltr, rtl (or move it out of the folder)"
    moved = "(or move it out of the folder)"
    assert warnings == [
        "chart.fr.png: warning: is not shown: no block names chart.png; did you mean map.png? [pictures]",
        f"map.EN.png: warning: is not shown: EN is not a language of the newsroom; did you mean en? {moved} [pictures]",
        f"map.de.png: warning: is not shown: de is not a language of the newsroom; {known} [pictures]",
        "map.fr.jpg: warning: is not shown: it has another ending than map.png; save it with the same "
        "ending [pictures]",
        "map.fra.png: warning: is not shown: fra is not a language of the newsroom; did you mean fr? "
        f"{moved} [pictures]",
        "maps.rtl.png: warning: is not shown: no block names maps.png; did you mean map.png? "
        "[pictures]",
    ]


_names = st.sampled_from(["map.png", "map.ar.png", "carte é.JPG", "a.b.svg", "x.rtl.svg"])
_parts = st.sampled_from(["", ".ar", ".fr", ".fr-CA", ".rtl", ".AR", ".de", ".b"])


@given(_names, st.lists(st.tuples(_names, _parts), max_size=8))
def test_only_pictures_of_that_name_stand_in_for_it(
    name: str, others: list[tuple[str, str]]
) -> None:
    there = [f"{n.rpartition('.')[0]}{part}.{n.rpartition('.')[2]}" for n, part in others]
    decomposed = [unicodedata.normalize("NFD", other) for other in there]
    found = variants(name, there, ["ar", "fr-CA"])
    assert variants(name, decomposed, ["ar", "fr-CA"]).keys() == found.keys()
    stem, _, ending = name.rpartition(".")
    for code, file in found.items():
        assert file == f"{stem}.{code}.{ending}"
        assert code in {"ar", "fr", "fr-CA", "ltr", "rtl"}


# --- several together ----------------------------------------------------------------------------

GROUP = {
    "images": [
        {"image": "a.jpg", "alt": "One hall", "caption": "First", "credit": "Me"},
        {"image": "b.jpg", "alt": "Two halls"},
        {"image": "a.jpg", "alt": "Three halls", "caption": "Third"},
    ],
    "caption": "All halls",
    "credit": "Us",
}
FILM = {
    "video": "https://example.org/film?id=1&part=2",
    "title": "The [film](https://example.org/) of the *day*",
    "duration": "1:03:25",
    "poster": "a.jpg",
    "poster_alt": "A still",
    "transcript": "https://example.org/words",
    "caption": "Free to use",
    "credit": "Somebody",
}
TALK = {"audio": "https://example.org/talk.mp3", "title": "A talk", "duration": "3:00"}
STREAM = {
    "video": "https://example.org/live",
    "title": "The opening",
    "live": True,
    "starts": "2025-11-24T10:00:00+01:00",
}


@pytest.fixture
def folder(newsroom: Newsroom) -> Any:
    """The English files of a release with everything of this module."""
    newsroom.edit("releases/_newsroom.yaml", "time_zone:", "other_time_zones: [UTC]\ntime_zone:")
    draw(newsroom, "a.jpg", "b.jpg")
    add(newsroom, GROUP, FILM, TALK, STREAM)
    result = newsroom.run("render", "-l", "en")
    assert result.exit_code == 0, result.output
    return newsroom.root / "dist/news/en"


LINES = [
    "Picture: One hall", "First", "Credit: Me", "Picture: Two halls", "Picture: Three halls",
    "Third", "All halls", "Credit: Us",
    "Watch: The film of the day (1 hr 3 mins 25 secs)", "https://example.org/film?id=1&part=2",
    "Transcript:", "https://example.org/words", "Picture: A still", "Free to use", "Credit: Somebody",
    "Listen: A talk (3 mins)", "https://example.org/talk.mp3",
    "Watch live: The opening", "https://example.org/live",
    "Live on Monday, 24 November 2025, 10am (Casablanca time, UTC+01:00)",
    "Monday, 24 November 2025, 9am (UTC)",
]  # fmt: skip


def in_order(text: str, lines: list[str]) -> None:
    """Assert that a text has these lines in their order."""
    rest = text.replace("\xa0", " ")
    for line in lines:
        assert line in rest, line
        rest = rest[rest.index(line) + len(line) :]


def test_text_and_e_mail_say_what_there_is(folder: Any) -> None:
    in_order((folder / "news_en.txt").read_text(encoding="utf-8"), LINES)
    message = email.message_from_bytes(
        (folder / "news_en.eml").read_bytes(), policy=email.policy.SMTP
    )
    body: Any = message.get_body(("html",))
    page = html.document_fromstring(body.get_content())
    in_order(page.text_content(), LINES)
    assert not page.xpath("//img")
    assert page.xpath("//a[@href='https://example.org/film?id=1&part=2']/strong")


def test_news_data_lead_to_recordings(folder: Any) -> None:
    item = json.loads((folder / "news_en.ninjs.json").read_text(encoding="utf-8"))
    text, markup = (body["value"] for body in item["bodies"])
    in_order(text, LINES)
    figures = html.document_fromstring(markup).xpath("//figure[not(ancestor::figure)]")
    assert [len(figure.xpath(".//figure")) for figure in figures] == [3, 0, 0, 0]
    assert [f.xpath("string(.//p/a/@href)") for f in figures[1:]] == [
        block.get("video") or block.get("audio") for block in (FILM, TALK, STREAM)
    ]
    linked = [a for a in item["associations"] if a["rel"] == "seeAlso"]
    assert [(a["type"], a["name"], a["renditions"]) for a in linked] == [
        ("video", "The film of the day",
         [{"name": "web", "href": FILM["video"], "duration": 3805}]),
        ("audio", "A talk", [{"name": "web", "href": TALK["audio"], "duration": 180}]),
        ("video", "The opening", [{"name": "web", "href": STREAM["video"]}]),
    ]  # fmt: skip
    assert len({a["uri"] for a in linked}) == 3
    assert all(a["uri"].startswith("https://example.org/news/") for a in linked)


def test_the_page_shows_pictures_together_and_loads_nothing(folder: Any) -> None:
    page = html.document_fromstring((folder / "news_en.html").read_bytes())
    (group,) = page.xpath("//figure[contains(@class, 'pictures')]")
    assert group.get("class") == "pictures columns-3"
    assert [img.get("alt") for img in group.iter("img")] == ["One hall", "Two halls", "Three halls"]
    assert group.xpath("string(figcaption)").split() == ["All", "halls", "Credit:", "Us"]
    assert len(group.xpath(".//figure/figcaption")) == 2
    film, talk, stream = page.xpath("//figure[contains(@class, 'recording')]")
    (link,) = film.xpath(".//a[@class='play']")
    assert link.get("href") == FILM["video"]
    assert not link.xpath(".//a")  # a link in the title is its words
    assert link.xpath("img/@alt") == ["A still"]
    assert talk.get("class") == "recording audio"
    assert len(stream.xpath(".//p[@class='time']")) == 2
    assert not page.xpath("//video | //audio | //iframe | //source")
    assert all(src.startswith("data:") for src in page.xpath("//@src"))
    data = json.loads(page.xpath("string(//script)"))
    assert data["video"][0] == {
        "@type": "VideoObject", "name": "The film of the day", "description": "Free to use",
        "duration": "PT1H3M25S", "creditText": "Credit: Somebody", "url": FILM["video"],
    }  # fmt: skip
    assert data["video"][1]["publication"] == {
        "@type": "BroadcastEvent", "isLiveBroadcast": True, "startDate": STREAM["starts"],
    }  # fmt: skip
    assert [audio["duration"] for audio in data["audio"]] == ["PT3M"]


def test_word_sets_pictures_side_by_side_without_rules(folder: Any) -> None:
    word = docx.Document(str(folder / "news_en.docx"))
    tables = word.tables[-1:]
    assert [len(table.rows[0].cells) for table in tables] == [3]
    (table,) = tables
    assert table._tbl.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") is None
    pictures = table._tbl.iter(qn("wp:docPr"))
    assert [p.get("descr") for p in pictures] == ["One hall", "Two halls", "Three halls"]
    assert [cell.text.split("\n") for cell in table.rows[0].cells] == [
        ["", "First", "Credit: Me"], [""], ["", "Third"],
    ]  # fmt: skip
    texts = "\n".join(paragraph.text for paragraph in word.paragraphs)
    after = LINES[LINES.index("All halls") :]
    in_order(texts, [line for line in after if line != "Picture: A still"])


def test_the_pdf_has_a_tag_for_each_picture_and_shows_addresses(folder: Any) -> None:
    from test_pdf import structure

    with pikepdf.open(folder / "news_en.pdf") as pdf:
        alts = [str(figure.Alt) for figure in structure(pdf, "/Figure") if "/Alt" in figure]
        links = [str(a.A.URI) for page in pdf.pages for a in page.get("/Annots", []) if "/A" in a]
    assert sorted(alts) == ["A still", "One hall", "Three halls", "Two halls"]
    assert {FILM["video"], TALK["audio"], STREAM["video"], FILM["transcript"]} <= {*links}
    import pypdfium2

    with pypdfium2.PdfDocument(folder / "news_en.pdf") as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    for line in ("https://example.org/film?id=1&part=2", "https://example.org/live", "All halls"):
        assert line in text


@pytest.mark.parametrize(
    ("sizes", "columns", "rows"),
    [
        (["wide"] * 2, 2, [2]),
        (["wide"] * 3, 3, [3]),
        (["wide"] * 4, 2, [2, 2]),
        (["high"] * 4, 4, [4]),
        (["high"] * 3 + ["wide"], 2, [2, 2]),
        (["wide"] * 5, 3, [3, 2]),
        (["wide"] * 7, 4, [4, 3]),
        (["wide"] * 12, 4, [4, 4, 4]),
    ],
)
def test_how_many_pictures_stand_side_by_side(
    sizes: list[str], columns: int, rows: list[int]
) -> None:
    def figure(size: str) -> Figure:
        width, height = (20.0, 10.0) if size == "wide" else (10.0, 20.0)
        return Figure(Picture("a.png", "image/png", b"", width, height), "a", (), ())

    group = FigureGroup(tuple(map(figure, sizes)), (), ())
    assert group.columns == columns
    assert [len(row) for row in group.rows] == rows


# --- recordings ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "length", "shown"),
    [
        ("en", "short", "3 min 25 sec"),
        ("en-GB", "short", "3 mins 25 secs"),
        ("en", "long", "3 minutes 25 seconds"),
        ("fr-MA", "short", "3 min 25 s"),
        ("ar-MA", "long", "3 دقائق و25 ثانية"),
        ("ar-EG", "long", "٣ دقائق و٢٥ ثانية"),
        ("de", "short", "3 Min. 25 Sek."),
        ("ja", "long", "3 分25 秒"),
        ("ur", "long", "3 منٹ 25 سیکنڈ"),
    ],
)
def test_how_long_it_is_in_each_language(tag: str, length: str, shown: str) -> None:
    parts = {"minutes": Decimal(3), "seconds": Decimal(25)}
    found = format_duration(parts, length, Locale.parse(tag, sep="-"), str, run_on=True)
    assert found.replace("\xa0", " ").replace("\u202f", " ") == shown


@given(st.integers(1, 3_599_999), st.sampled_from(["en", "fr", "ar-MA", "es", "nl", "pt-BR", "ru"]))
def test_every_part_of_a_duration_is_said(seconds: int, tag: str) -> None:
    parts = [seconds // 3600, seconds // 60 % 60, seconds % 60]
    units = zip(("hours", "minutes", "seconds"), map(Decimal, parts), strict=True)
    counts = {unit: count for unit, count in units if count}
    shown = format_duration(counts, "short", Locale.parse(tag, sep="-"), str, run_on=True)
    figures = [int(word) for word in "".join(c if c.isdigit() else " " for c in shown).split()]
    assert figures == [part for part in parts if part]
    assert "hour" not in shown  # English, where Babel lacks a form


def test_titles_and_addresses_keep_their_order_in_arabic(newsroom: Newsroom) -> None:
    """A number after Latin words goes with what follows it; and an address is one word."""
    newsroom.edit("releases/_newsroom.yaml", "en: en-GB, ", "en: en-GB, ar: ar-MA, ")
    address = "https://example.org/a?x=(1)&y=[2]"
    add(newsroom, {**TALK, "audio": address})
    newsroom.run("render", "--draft", "-l", "ar", "-f", "html")
    page = html.document_fromstring(
        (newsroom.root / "dist/news-DRAFT/ar/news_ar-DRAFT.html").read_bytes()
    )
    (talk,) = page.xpath("//figure[contains(@class, 'recording')]")
    title, *_ = talk.xpath(".//span[@class='invitation']//bdi[@dir='ltr']")
    assert title.text_content() == "A talk"
    (shown,) = talk.xpath("p[@class='address']//bdi")
    assert (shown.get("dir"), shown.text_content()) == ("ltr", address)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"video": "mailto:press@example.org"}, "is not a secure web address"),
        ({"video": "http://example.org/film"}, "is not a secure web address"),
        ({"video": "https://"}, "has no host"),
        ({"video": "javascript:alert(1)"}, "is not allowed"),
        ({"video": "https://example.org/a film"}, "has a character that an address can't have"),
        ({"transcript": "tel:+212500000000"}, "is not a secure web address"),
        ({"duration": "3:60"}, "is not a duration; write minutes:seconds like 3:25"),
        ({"duration": "1:75:00"}, "is not a duration"),
        ({"duration": 205}, "is not a duration"),
        ({"duration": "0:00"}, "duration is nothing"),
        ({"poster": None, "poster_alt": "A still"}, "has poster_alt without a poster"),
        ({"poster_alt": None}, "has a poster without poster_alt"),
        ({"live": True}, "is live without starts"),
        ({"starts": "2025-11-24T10:00:00+01:00"}, "has starts but is not live"),
        ({"live": True, "starts": "2025-11-24T10:00"}, "has no UTC offset"),
        ({"poster": "b.jpg"}, "releases/news/b.jpg is missing"),
        ({"title": None}, "title is missing"),
    ],
)
def test_what_is_wrong_with_a_recording_is_told(
    change: dict[str, Any], told: str, newsroom: Newsroom
) -> None:
    draw(newsroom, "a.jpg")
    block = {key: value for key, value in (FILM | change).items() if value is not None}
    add(newsroom, block)
    (found,) = problems(newsroom)
    assert found.startswith("releases/news.yaml:7:")
    assert told in found


def test_several_pictures_are_two_to_twelve(newsroom: Newsroom) -> None:
    draw(newsroom, "a.jpg")
    picture = {"image": "a.jpg", "alt": "A"}
    add(
        newsroom,
        {"images": [picture]},
        {"images": [picture] * 13},
        {"images": [picture, {"image": "a.jpg"}]},
    )
    assert [problem.partition(": ")[2] for problem in problems(newsroom)] == [
        "images has fewer than 2 entries; add them",
        "images has more than 12 entries; remove some",
        "alt is missing; add it",
    ]


def test_the_texts_of_all_are_translated(newsroom: Newsroom) -> None:
    draw(newsroom, "a.jpg", "b.jpg")
    add(newsroom, GROUP, FILM)
    newsroom.run("catalogs", "update")
    catalog = (newsroom.root / "locales/fr/LC_MESSAGES/news.po").read_text(encoding="utf-8")
    for role, source in (
        ("alt text", "Two halls"), ("caption", "Third"), ("caption", "All halls"),
        ("credit", "Us"), ("recording title", FILM["title"]), ("alt text", "A still"),
    ):  # fmt: skip
        assert f'msgctxt "{role}"\nmsgid "{source}"' in catalog
    assert "https://example.org/film" not in catalog


def test_blocks_over_several_lines(newsroom: Newsroom) -> None:
    draw(newsroom, "a.jpg", "b.jpg")
    newsroom.edit(
        "releases/news.yaml",
        "facts:",
        "  - images:\n      - image: a.jpg\n        alt: One\n      - image: b.jpg\n        alt: Two\n"
        "  - audio: https://example.org/talk\n    title: A talk\n    duration: 3:25\nfacts:",
    )
    assert problems(newsroom) == []
