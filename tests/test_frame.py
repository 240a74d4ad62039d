"""What stands around a release: kind, dateline, issuers, numbers, subjects."""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapress.document import Paragraph, plain
from gapress.errors import ContentError
from gapress.kit.prepare import read
from gapress.release.attachments import problem_with
from gapress.release.identifiers import _isin, _lei
from gapress.theme import load_theme
from gapress.workspace import Workspace
from gapress.writers import WRITERS

if TYPE_CHECKING:
    from conftest import Newsroom
    from gapress.document import Document

ISSUERS = """
    issuers:
      ministry:
        name: Ministry of Ports
        notice: Harbour department
        url: https://ministry.example.org/
        logo: harbour.svg
      union: {name: Union of Seafarers, url: https://union.example.org/}
    """
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
WITHDRAWN = """version: 2
withdrawal: {version: 1, date: 2025-11-25, text: Issued by mistake.}"""
FORMATS = {"html", "txt", "docx", "ninjs"}


def house(newsroom: Newsroom, more: str) -> None:
    """Add keys to the newsroom's file."""
    path = newsroom.root / "releases/_newsroom.yaml"
    lines = "\n".join(line[4:] for line in more.splitlines())
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{lines}\n", encoding="utf-8")


def say(newsroom: Newsroom, more: str, *, without: str = "") -> None:
    """Add keys to the release, in place of what is taken out."""
    path = newsroom.root / "releases/news.yaml"
    text = path.read_text(encoding="utf-8").replace(without, "")
    path.write_text(f"{text}\n{more}\n", encoding="utf-8")


def document(newsroom: Newsroom, code: str = "en") -> Document:
    """Return the release in a language, whatever is not translated."""
    workspace = Workspace(newsroom.root)
    return read(workspace, "news", load_theme(workspace)).localized(code, draft=True).document


def written(newsroom: Newsroom, name: str, code: str = "en") -> str:
    """Return the text of a file of the kit."""
    data = WRITERS[name].write(document(newsroom, code), load_theme(Workspace(newsroom.root)))
    if name == "docx":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = [n for n in package.namelist() if re.match(r"word/(document|header)", n)]
            return " ".join(re.sub("<[^>]+>", "", package.read(n).decode()) for n in names)
    return data.decode()


def checked(newsroom: Newsroom) -> list[str]:
    """Return what a check says of the release's and the newsroom's own files."""
    lines = newsroom.run("check").output.splitlines()
    return [line for line in lines if line.startswith("releases/") and "no entry in" not in line]


# --- kind ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "english", "french"),
    [
        ("press release", "Press release", "Communiqué de presse"),
        ("joint statement", "Joint statement", "Déclaration commune"),
        ("remarks", "Remarks", "Allocution"),
        ("declaration", "Declaration", "Déclaration solennelle"),
        ("results", "Results", "Résultats"),
        ("correction notice", "Correction notice", "Rectificatif"),
        ("holding statement", "Holding statement", "Première déclaration"),
    ],
)
def test_kinds_that_are_shipped(kind: str, english: str, french: str, newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "kind: press release", f"kind: {kind}")
    assert plain(document(newsroom).kind) == english
    assert plain(document(newsroom, "fr").kind) == french


def test_a_newsroom_has_kinds_of_its_own(newsroom: Newsroom) -> None:
    house(newsroom, "    kinds: {fact sheet: Fact sheet, statement: Position}")
    newsroom.edit("releases/news.yaml", "kind: press release", "kind: fact sheet")
    newsroom.run("catalogs", "update")
    path = newsroom.root / "locales/fr/LC_MESSAGES/newsroom.po"
    catalog = path.read_text(encoding="utf-8")
    assert "#. A kind of release: stands above the headline" in catalog
    message = 'msgctxt "kind"\nmsgid "Fact sheet"\nmsgstr '
    assert message in catalog
    path.write_text(
        catalog.replace(f'{message}""', f'{message}"Fiche d’information"'), encoding="utf-8"
    )
    assert plain(document(newsroom, "fr").kind) == "Fiche d’information"
    assert json.loads(written(newsroom, "ninjs", "fr"))["genres"] == [
        {"name": "Fiche d’information"}
    ]
    newsroom.edit("releases/news.yaml", "kind: fact sheet", "kind: statement")
    assert plain(document(newsroom).kind) == "Position"


@pytest.mark.parametrize(
    ("kind", "english", "french"),
    [
        ("statement", "Statement withdrawn", "Déclaration retirée"),
        ("joint statement", "Joint statement withdrawn", "Déclaration commune retirée"),
        ("sheet", "Fact sheet – withdrawn", "Fact sheet – document retiré"),
    ],
)
def test_any_kind_can_be_withdrawn(
    kind: str, english: str, french: str, newsroom: Newsroom
) -> None:
    house(newsroom, "    kinds: {sheet: Fact sheet}")
    newsroom.edit("releases/news.yaml", "kind: press release", f"kind: {kind}")
    say(newsroom, WITHDRAWN)
    assert plain(document(newsroom).headline) == english
    assert plain(document(newsroom, "fr").headline) == french


@pytest.mark.parametrize(
    ("kind", "hint"),
    [
        ("Joint Statement", "did you mean joint statement?"),
        ("fact shet", "did you mean fact sheet?"),
        ("novel", "write one of press release, media advisory, "),
    ],
)
def test_an_unknown_kind_is_one_clear_error(kind: str, hint: str, newsroom: Newsroom) -> None:
    house(newsroom, "    kinds: {fact sheet: Fact sheet}")
    newsroom.edit("releases/news.yaml", "kind: press release", f"kind: {kind}")
    (line,) = checked(newsroom)
    assert line.startswith(f"releases/news.yaml:1:7: kind is {kind!r}, which is not known; {hint}")


def test_a_new_release_of_a_newsrooms_own_kind(newsroom: Newsroom) -> None:
    house(newsroom, '    kinds: {"fiche n° 1": Fiche}')
    new = ("new", "--headline", "Title", "--city", "Rabat", "--date", "2025-12-02", "--kind")
    result = newsroom.run(*new, "fiche n° 1", "--slug", "one")
    assert result.exit_code == 0, result.output
    assert Workspace(newsroom.root).release("one")[0].model.kind == "fiche n° 1"
    result = newsroom.run(*new, "fiches n° 1", "--slug", "two")
    assert result.exit_code == 2
    assert "no kind 'fiches n° 1'; did you mean fiche n° 1?" in result.output


# --- dateline -----------------------------------------------------------------------------------

DATELINE = "dateline: {city: Marrakech}"


def test_a_release_without_a_dateline_simply_begins(newsroom: Newsroom) -> None:
    say(newsroom, "", without=DATELINE)
    made = document(newsroom)
    assert made.body == (Paragraph(made.body[0].content),)  # type: ignore[union-attr]
    assert made.city == ""
    assert "located" not in json.loads(written(newsroom, "ninjs"))
    assert "24 November 2025 –" not in written(newsroom, "txt")


@pytest.mark.parametrize(
    ("places", "english", "french"),
    [
        ("[{city: Rabat}]", "Rabat, 24 November 2025 –", "Rabat, le 24 novembre 2025 –"),
        (
            "[{city: Rabat}, {city: Bonn}]",
            "Rabat and Bonn, 24 November 2025 –",
            "Rabat et Bonn, le 24 novembre 2025 –",
        ),
        (
            "[{city: Rabat}, {city: Bonn, country: Germany}, {city: Lima}]",
            "Rabat, Bonn, Germany and Lima, 24 November 2025 –",
            "Rabat, Bonn (Germany) et Lima, le 24 novembre 2025 –",
        ),
    ],
)
def test_several_cities(places: str, english: str, french: str, newsroom: Newsroom) -> None:
    say(newsroom, f"dateline: {places}", without=DATELINE)
    for code, expected in (("en", english), ("fr", french)):
        (first,) = document(newsroom, code).body
        assert isinstance(first, Paragraph)
        assert plain(first.dateline).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("before", "place"),
    [
        ("- heading: First", 1),
        ("- heading: First\n  - list: [one]", 2),
        ("- image: dot.svg\n    alt: A dot", 1),
    ],
)
def test_the_dateline_opens_the_first_paragraph_wherever_it_stands(
    before: str, place: int, newsroom: Newsroom
) -> None:
    newsroom.write("releases/news/dot.svg", SQUARE)
    newsroom.edit("releases/news.yaml", "body:\n", f"body:\n  {before}\n")
    body = document(newsroom).body
    opened = [i for i, b in enumerate(body) if isinstance(b, Paragraph) and b.dateline]
    assert opened == [place]
    assert len(body) == place + 1


def test_the_dateline_stands_alone_where_there_is_no_paragraph(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "paragraph: ", "heading: ")
    first, _ = document(newsroom).body
    assert isinstance(first, Paragraph)
    assert plain(first.dateline).startswith("Marrakech")
    assert not first.content


# --- issuers ------------------------------------------------------------------------------------


@pytest.fixture
def joint(newsroom: Newsroom) -> Newsroom:
    """A newsroom whose release is issued with two others."""
    newsroom.write("templates/harbour.svg", SQUARE)
    house(newsroom, ISSUERS)
    newsroom.edit(
        "releases/_newsroom.yaml",
        "contacts:\n",
        "contacts:\n"
        "  crew: {name: Crew desk, email: crew@union.example.org, issuer: union}\n"
        "  port: {name: Port desk, email: port@ministry.example.org, issuer: ministry}\n",
    )
    newsroom.edit("releases/news.yaml", "contacts: [press]", "contacts: [crew, press, port]")
    say(newsroom, "issuers: [ministry, organisation, union]")
    return newsroom


def test_all_issuers_stand_in_every_format(joint: Newsroom) -> None:
    own = plain(document(joint).organisation.name)
    for name in FORMATS:
        text = written(joint, name)
        positions = [text.index(who) for who in ("Ministry of Ports", own, "Union of Seafarers")]
        assert positions == sorted(positions), name
    assert "Harbour department" in written(joint, "txt")
    assert "Harbour department" in written(joint, "docx")
    item = json.loads(written(joint, "ninjs"))
    assert item["by"] == f"Ministry of Ports, {own} and Union of Seafarers"
    assert [one["name"] for one in item["infoSources"]] == [
        "Ministry of Ports", own, "Union of Seafarers",
    ]  # fmt: skip


def test_contacts_stand_under_their_issuers(joint: Newsroom) -> None:
    made = document(joint)
    found = [(plain(contact.heading), plain(contact.name)) for contact in made.contacts]
    own = plain(made.organisation.name)
    press = found[1][1]
    assert found == [
        ("Ministry of Ports", "Port desk"),
        (own, press),
        ("Union of Seafarers", "Crew desk"),
    ]
    page = written(joint, "html")
    assert re.search(r'<h3[^>]* class="issuer-name">Union of Seafarers</h3>', page)


def test_a_release_of_one_has_no_such_headings(joint: Newsroom) -> None:
    joint.edit("releases/news.yaml", "issuers: [ministry, organisation, union]", "")
    made = document(joint)
    assert not any(contact.heading for contact in made.contacts)
    assert plain(made.contacts[0].name) == "Crew desk"
    assert '"sourceOrganization"' not in written(joint, "html")


def linked_data(page: str) -> dict[str, Any]:
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert match
    found: dict[str, Any] = json.loads(match[1])
    return found


def test_issuers_in_linked_data(joint: Newsroom) -> None:
    data = linked_data(written(joint, "html"))
    names = ["Ministry of Ports", plain(document(joint).organisation.name), "Union of Seafarers"]
    for key in ("author", "publisher", "sourceOrganization"):
        assert [one["name"] for one in data[key]] == names


def test_logos_of_issuers_are_in_the_page_and_in_word(joint: Newsroom) -> None:
    assert written(joint, "html").count('class="logo"') == 1
    workspace = Workspace(joint.root)
    data = WRITERS["docx"].write(document(joint), load_theme(workspace))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        header = b"".join(package.read(n) for n in package.namelist() if "header" in n)
    assert header.count(b'descr="Ministry of Ports"') == 1


def test_another_logo_makes_a_kit_stale(joint: Newsroom) -> None:
    theme = load_theme(Workspace(joint.root))
    joint.write("templates/harbour.svg", SQUARE.replace("M0 0h9v9z", "M0 0h9v8z"))
    assert load_theme(Workspace(joint.root)).digest != theme.digest


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("news", "organisation, union", "organisation, unions", "did you mean union?"),
        ("news", "organisation, union", "ministry, union", "ministry is named twice"),
        ("_newsroom", "issuer: union", "issuer: onion", "did you mean union?"),
        ("_newsroom", "  union: {name", "  organisation: {name", "stands for the newsroom itself"),
        ("_newsroom", "harbour.svg", "harbor.svg", "or change issuers: ministry: logo:"),
    ],
)
def test_slips_in_issuers(file: str, old: str, new: str, said: str, joint: Newsroom) -> None:
    joint.edit(f"releases/{file}.yaml", old, new)
    assert said in joint.run("check").output


def test_at_most_six_issuers(joint: Newsroom) -> None:
    joint.edit("releases/news.yaml", "organisation, union", ", ".join("abcdef"))
    assert "issuers has more than 6 entries" in joint.run("check").output


# --- numbers ------------------------------------------------------------------------------------

NUMBERS = """
identifiers:
  isin: [US0378331005, FR0000120271]
  ticker: {market: Casablanca, symbol: SPM}
  lei: 5493001KJTIIGC8Y1R12
  case: 1:26-cv-00417 (S.D.N.Y.)
  other: {label: Docket, number: AT.40-119/B}
regulatory: Inside information under Article Seventeen
"""


def test_numbers_stand_at_the_top_of_every_format(newsroom: Newsroom) -> None:
    say(newsroom, NUMBERS)
    lines = [
        *("ISIN: US0378331005", "ISIN: FR0000120271", "Casablanca: SPM"),
        *("LEI: 5493001KJTIIGC8Y1R12", "Case: 1:26-cv-00417 (S.D.N.Y.)", "Docket: AT.40-119/B"),
        "Inside information under Article Seventeen",
    ]
    made = document(newsroom)
    assert [plain(number.line) for number in made.identifiers] == lines[:-1]
    for name in FORMATS - {"ninjs"}:
        text = re.sub("<[^>]+>", "", written(newsroom, name)).replace("\u2011", "-")
        places = [text.find(line) for line in lines]
        assert all(place >= 0 for place in places), (name, places)


def test_numbers_in_news_data(newsroom: Newsroom) -> None:
    say(newsroom, NUMBERS)
    item = json.loads(written(newsroom, "ninjs"))
    assert {"role": "isin", "value": "FR0000120271"} in item["altIds"]
    assert {"role": "Docket", "value": "AT.40-119/B"} in item["altIds"]
    symbols = [{"exchange": "Casablanca", "symbol": "SPM"}]
    assert item["organisations"][0]["symbols"] == symbols
    assert {"role": "regulatory", "value": "Inside information under Article Seventeen"} in (
        item["descriptions"]
    )
    known = linked_data(written(newsroom, "html"))["identifier"]
    lei = {"@type": "PropertyValue", "propertyID": "lei", "name": "LEI"}
    assert {**lei, "value": "5493001KJTIIGC8Y1R12"} in known


def test_a_withdrawn_release_has_none_of_it(newsroom: Newsroom) -> None:
    say(newsroom, NUMBERS + "keywords: [ports]\n")
    say(newsroom, WITHDRAWN)
    made = document(newsroom)
    assert (made.identifiers, made.regulatory, made.keywords) == ((), (), ())


@pytest.mark.parametrize(
    ("written_as", "said"),
    [
        ("isin: US0378331006", "isin can't be US0378331006; its check digit doesn't fit"),
        ("isin: [US0378331005, 5]", "put it in quotes"),
        ("isin: us0378331005", "an ISIN has two capital letters"),
        ("isin: US 0378331005", "an ISIN has two capital letters"),
        ("lei: 5493001KJTIIGC8Y1R21", "lei can't be 5493001KJTIIGC8Y1R21; its check digit"),
        ("lei: 5493001KJTIIGC8", "an LEI has 18 capital letters or digits"),
        ("ticker: SPM", "ticker has the wrong form; it must be a mapping"),
        ("ticker: {symbol: SPM}", "market is missing"),
        ("issn: 1234-5679", "issn is not known here; did you mean isin?"),
    ],
)
def test_slips_in_numbers(written_as: str, said: str, newsroom: Newsroom) -> None:
    say(newsroom, f"identifiers:\n  {written_as}")
    found = checked(newsroom)
    assert len(found) == 1
    assert said in found[0]


@pytest.mark.parametrize("code", ["US0378331005", "GB0002634946", "DE000BAY0017", "AU0000XVGZA3"])
def test_isins_of_real_securities(code: str) -> None:
    assert _isin(code) == code


@given(st.integers(0, 10), st.integers(1, 9))
def test_any_other_digit_is_noticed(place: int, more: int) -> None:
    """One wrong digit never passes: it is what both schemes are for."""
    for check, code in ((_isin, "00000000000"), (_lei, "0" * 18)):
        good = next(
            f"{code}{n:02}" if check is _lei else f"{code}{n}"
            for n in range(100)
            if _passes(check, f"{code}{n:02}" if check is _lei else f"{code}{n}")
        )
        wrong = (int(good[place]) + more) % 10
        assert not _passes(check, f"{good[:place]}{wrong}{good[place + 1 :]}")


def _passes(check: Any, code: str) -> bool:
    try:
        check(code)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("part", ["identifiers", "regulatory"])
@pytest.mark.parametrize("template", ["email.html", "release.txt"])
def test_a_newsrooms_template_without_a_place_for_them_is_refused(
    template: str, part: str, newsroom: Newsroom
) -> None:
    own = load_theme(Workspace(newsroom.root)).files[template].decode()
    newsroom.write(f"templates/{template}", own.replace(f"document.{part}", "document.notices"))
    name = {"email.html": "eml", "release.txt": "txt"}[template]
    held = {"pdf": b"", "docx": b""}
    assert WRITERS[name].write(document(newsroom), load_theme(Workspace(newsroom.root)), held)
    say(newsroom, NUMBERS)
    theme = load_theme(Workspace(newsroom.root))
    with pytest.raises(ContentError, match=f"has no place for {part}"):
        WRITERS[name].write(document(newsroom), theme, held)


# --- subjects -----------------------------------------------------------------------------------


def test_subjects_and_keywords_in_data(newsroom: Newsroom) -> None:
    say(
        newsroom,
        "subjects: [medtop:20000106, {code: 'http://cv.iptc.org/newscodes/mediatopic/04000000', "
        "name: Economy}]\nkeywords: [ports, 'deep sea']",
    )
    page = written(newsroom, "html")
    assert '<meta name="keywords" content="ports, deep sea">' in page
    data = linked_data(page)
    assert data["keywords"] == ["ports", "deep sea"]
    assert [(one["termCode"], one["name"]) for one in data["about"]] == [
        ("medtop:20000106", "medtop:20000106"),
        ("medtop:04000000", "Economy"),
    ]
    assert json.loads(written(newsroom, "ninjs"))["subjects"][1] == {
        "name": "Economy",
        "rel": "about",
        "uri": "http://cv.iptc.org/newscodes/mediatopic/04000000",
        "literal": "medtop:04000000",
    }
    theme = load_theme(Workspace(newsroom.root))
    with zipfile.ZipFile(io.BytesIO(WRITERS["docx"].write(document(newsroom), theme))) as package:
        core = package.read("docProps/core.xml").decode()
    assert "keywords>ports, deep sea</" in core
    pdf = pypdfium2.PdfDocument(WRITERS["pdf"].write(document(newsroom), theme))
    assert pdf.get_metadata_dict()["Keywords"] == "ports, deep sea"


@pytest.mark.parametrize("code", ["medtop:2000106", "20000106", "medtop:99000000", "crime"])
def test_what_is_no_topic(code: str, newsroom: Newsroom) -> None:
    say(newsroom, f'subjects: ["{code}"]')
    (line,) = checked(newsroom)
    assert "write a Media Topic of IPTC's like medtop:20000106" in line


# --- attachments --------------------------------------------------------------------------------

ATTACHED = """
attachments:
  - {file: report.pdf, text: Full report}
  - {file: Logos_2.zip, text: Our logos}
"""


def packed(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name in names:
            package.writestr(name, "x")
    return target.getvalue()


@pytest.fixture
def attached(newsroom: Newsroom) -> Newsroom:
    """A newsroom whose release has two attachments."""
    folder = newsroom.root / "releases/news"
    folder.mkdir()
    (folder / "report.pdf").write_bytes(b"%PDF-1.7\n" + b"x" * 1_240_000)
    (folder / "Logos_2.zip").write_bytes(packed("logo.svg", "print/logo.eps"))
    say(newsroom, ATTACHED)
    return newsroom


def test_attachments_are_in_the_kit_and_in_every_format(attached: Newsroom) -> None:
    result = attached.run("render", "--language", "en")
    kit = attached.root / "dist/news"
    assert (kit / "attachments/report.pdf").read_bytes()[:8] == b"%PDF-1.7", result.output
    sums = (kit / "SHA256SUMS").read_text()
    assert "  attachments/Logos_2.zip\n" in sums
    with zipfile.ZipFile(kit / "news.zip") as package:
        assert "attachments/report.pdf" in package.namelist()
    for name in ("txt", "docx", "ninjs"):
        text = written(attached, name).replace("\u00a0", " ")
        assert "Full report (PDF, 1.2 MB): report.pdf" in text
    assert 'href="../attachments/report.pdf"' in written(attached, "html")
    assert 'href="attachments/report.pdf"' in (kit / "index.html").read_text(encoding="utf-8")
    assert attached.run("verify").exit_code == 0
    (kit / "attachments/report.pdf").write_bytes(b"another")
    assert attached.run("verify").exit_code == 1


def test_a_changed_attachment_makes_the_kit_stale(attached: Newsroom) -> None:
    attached.run("render", "--language", "en", "--format", "txt")
    before = attached.run("status").output
    attached.write("releases/news/report.pdf", "%PDF-1.7 and other words")
    assert attached.run("status").output.replace("stale", "up to date") == before
    assert "up to date" in before
    attached.run("render", "--language", "en", "--format", "txt")
    assert (attached.root / "dist/news/attachments/report.pdf").read_bytes().endswith(b"words")
    attached.edit("releases/news.yaml", ATTACHED, "")
    attached.run("render", "--language", "en", "--format", "txt")
    assert not (attached.root / "dist/news/attachments").exists()


def test_a_withdrawn_release_has_no_attachments(attached: Newsroom) -> None:
    say(attached, WITHDRAWN)
    assert document(attached).attachments == ()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("report.pdf", b"PK\x03\x04", "is no PDF file, whatever its name says"),
        ("report.pdf", b"", "is empty"),
        ("Logos_2.zip", packed("logo.svg", "setup.exe"), "holds setup.exe, which is of no kind"),
        ("Logos_2.zip", b"PK\x03\x04 and no more", "is no ZIP file, or is damaged"),
        ("Logos_2.zip", None, "releases/news/Logos_2.zip is missing"),
    ],
)
def test_files_that_cannot_be_attached(
    name: str, data: bytes | None, said: str, attached: Newsroom
) -> None:
    path = attached.root / "releases/news" / name
    path.unlink()
    if data is not None:
        path.write_bytes(data)
    (line,) = checked(attached)
    assert line.startswith("releases/news.yaml:")
    assert said in line


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("setup.exe", "it may end in pdf, docx"),
        ("../secret.pdf", "name a file of the release's folder"),
        ("macros.docm", "it may end in pdf, docx"),
        (".hidden.pdf", "name a file of the release's folder"),
        ("rapport été.pdf", "name a file of the release's folder"),
        ("Logos_2.zip", "Logos_2.zip is named twice"),
    ],
)
def test_names_that_cannot_be_attached(name: str, said: str, attached: Newsroom) -> None:
    attached.edit("releases/news.yaml", "report.pdf", name)
    (line,) = checked(attached)
    assert said in line


def test_an_ending_in_capitals(attached: Newsroom) -> None:
    (attached.root / "releases/news/report.pdf").rename(attached.root / "releases/news/A.PDF")
    attached.edit("releases/news.yaml", "report.pdf", "A.PDF")
    (first, _) = document(attached).attachments
    assert (first.path, first.media_type) == ("attachments/A.PDF", "application/pdf")


@pytest.mark.parametrize(
    ("name", "inside"), [("a.xlsx", "xl/vbaProject.bin"), ("a.ods", "Basic/Standard/one.xml")]
)
def test_macros_are_found(name: str, inside: str) -> None:
    assert problem_with(name, packed("content.xml", inside)) == "holds macros"
    assert problem_with(name, packed("content.xml")) == ""
