"""Parts of a release that only some languages show: ``only`` and ``except``."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from conftest import FRENCH
from gapress.catalogs.pseudo import accented

if TYPE_CHECKING:
    from conftest import Newsroom

LOCAL = """\
kind: press release
date: 2026-05-04
dateline: {city: Marrakech}
headline: A headline
people:
  speaker: {name: Jane Doe}
  other: {name: John Roe}
body:
  - heading: Here in French
    only: [fr]
  - quote: Said in English.
    speaker: other
    on_record: en
    except: [fr]
  - paragraph: For all.
  - paragraph: Read in English.
    only: [en]
  - quote: Said to all.
    speaker: speaker
    on_record: en
notes_to_editors:
  - {note: A note in French, only: [fr]}
links:
  - {text: In English, url: "https://example.org/en", except: [fr]}
boilerplates: [{boilerplate: about, only: [en]}]
contacts: [{contact: desk, only: [fr]}, press]
"""
TRANSLATED = {
    "dateline city": {"Marrakech": "Marrakech"},
    "headline": {"A headline": "Un titre"},
    "heading": {"Here in French": "En français"},
    "person": {"Jane Doe": "Jane Doe"},
    "paragraph": {"For all.": "Pour tous."},
    "quote": {"Said to all.": "Dit à tous."},
    "note": {"A note in French": "Une note"},
}


@pytest.fixture
def local(newsroom: Newsroom) -> Newsroom:
    """A newsroom whose release shows other parts in each of its two languages."""
    newsroom.edit(
        "releases/_newsroom.yaml",
        "contacts:\n",
        "boilerplates:\n  about: {title: About us, text: [Who we are.]}\n"
        "contacts:\n  desk: {name: French desk, email: desk@example.org}\n",
    )
    newsroom.write("releases/news.yaml", LOCAL)
    newsroom.catalog("fr/LC_MESSAGES/news.po", TRANSLATED)
    house = {role: FRENCH[role] for role in ("organisation", "contact")}
    house["contact"] = {**house["contact"], "French desk": "Bureau"}
    house |= {
        "boilerplate title": {"About us": "À propos"},
        "boilerplate": {"Who we are.": "Nous."},
    }
    newsroom.catalog("fr/LC_MESSAGES/newsroom.po", house)
    return newsroom


def text_of(newsroom: Newsroom, code: str) -> str:
    (path,) = (newsroom.root / "dist/news" / code).glob("*.txt")
    return re.sub(r"\s+", " ", path.read_text(encoding="utf-8"))


def test_each_language_shows_what_is_for_it(local: Newsroom) -> None:
    result = local.run("render", "--format", "txt")
    assert result.exit_code == 0, result.output
    english, french = text_of(local, "en"), text_of(local, "fr")
    for shown in ("Said in English.", "John Roe", "Read in English.", "In English", "About us"):
        assert shown in english
    for hidden in ("French", "desk@example.org", "Notes to editors"):
        assert hidden not in english
    for shown in ("En français", "Pour tous.", "Une note", "Bureau", "desk@example.org"):
        assert shown in french
    for hidden in ("English", "John Roe", "À propos", "Liens"):
        assert hidden not in french
    assert french.index("Bureau") < french.index("Service de presse")


def test_translators_are_not_asked_for_what_their_language_does_not_show(local: Newsroom) -> None:
    update = local.run("catalogs", "update")
    assert update.exit_code == 0, update.output
    catalog = (local.root / "locales/fr/LC_MESSAGES/news.po").read_text(encoding="utf-8")
    template = (local.root / "locales/news.pot").read_text(encoding="utf-8")
    for text in (catalog, template):
        assert "in English" not in text.replace("record in English", "")
        assert "John Roe" not in text
        assert "A note in French" in text
    standing = json.loads(local.run("status", "--json").output)
    (french,) = [s for s in _entries(standing) if s.get("language") == "fr"]
    assert (french["missing"], french["fuzzy"]) == (0, 0)
    assert local.run("check").exit_code == 0


def _entries(data: Any) -> list[dict[str, Any]]:
    if isinstance(data, dict):
        return [data, *(found for value in data.values() for found in _entries(value))]
    return [found for value in data for found in _entries(value)] if isinstance(data, list) else []


def test_a_translation_waits_while_its_language_does_not_show_the_text(local: Newsroom) -> None:
    path = "locales/fr/LC_MESSAGES/news.po"
    local.run("catalogs", "update")
    local.edit(
        "releases/news.yaml",
        "  - paragraph: For all.\n",
        "  - paragraph: For all.\n    only: [en]\n",
    )
    local.run("catalogs", "update")
    assert '#~ msgid "For all."' in (local.root / path).read_text(encoding="utf-8")
    local.edit("releases/news.yaml", "For all.\n    only: [en]\n", "For all.\n")
    local.run("catalogs", "update")
    assert 'msgid "For all."\nmsgstr "Pour tous."' in (local.root / path).read_text(
        encoding="utf-8"
    )
    assert "#~" not in (local.root / path).read_text(encoding="utf-8")


def test_a_text_that_stands_elsewhere_too_stays_in_the_catalog(local: Newsroom) -> None:
    local.edit("releases/news.yaml", "Read in English.", "For all.")
    local.run("catalogs", "update")
    catalog = (local.root / "locales/fr/LC_MESSAGES/news.po").read_text(encoding="utf-8")
    assert catalog.count('msgid "For all."') == 1


def test_problems_of_a_file_are_led_back_to_the_block_in_the_source(local: Newsroom) -> None:
    # A theme that fails at one block: what is told is the place of that block.
    from gapress.kit.prepare import prepare
    from gapress.theme import load_theme
    from gapress.workspace import Workspace

    workspace = Workspace(local.root)
    prepared = prepare(workspace, "news", load_theme(workspace), draft=False)
    document = prepared.documents["fr"]
    lines = LOCAL.split("\n")
    last = len(document.body) - 1
    assert "Said to all" in lines[prepared.place(document, last)[0] - 1]
    assert "For all" in lines[prepared.place(document, last - 1)[0] - 1]
    assert "Here in French" in lines[prepared.place(document, last - 2)[0] - 1]


def test_the_dateline_opens_the_first_paragraph_that_a_language_shows(local: Newsroom) -> None:
    first = "  - paragraph: Read in English.\n    only: [en]\n"
    local.edit("releases/news.yaml", first, "")
    local.edit(
        "releases/news.yaml",
        "body:\n  - heading: Here in French\n    only: [fr]\n",
        f"body:\n{first}",
    )
    quote = LOCAL[LOCAL.index("  - quote: Said in") : LOCAL.index("  - paragraph: For")]
    local.edit("releases/news.yaml", quote, "")
    result = local.run("render", "--format", "txt")
    assert result.exit_code == 0, result.output
    assert re.search(r"4.May 2026 – Read in English\.", text_of(local, "en"))
    assert re.search(r"4.mai 2026 – Pour tous\.", text_of(local, "fr"))


def test_pseudo_locales_show_everything(local: Newsroom) -> None:
    result = local.run("render", "--language", "en-XA", "--format", "txt")
    assert result.exit_code == 0, result.output
    (path,) = local.root.glob("dist/news-PSEUDO/en-XA/*.txt")
    shown = path.read_text(encoding="utf-8")
    for hidden in ("Here in French", "Read in English."):
        assert accented(hidden) in shown
    assert "desk@example.org" in shown


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("only: [fr]\n  - quote", "only: [fe]\n  - quote", "news.yaml:10:12: fe is not a language of the newsroom; known are en, fr"),
        ("only: [fr]\n  - quote", "only: fr\n  - quote", "only has the wrong form; it must be a list"),
        ("only: [fr]\n  - quote", "only: []\n  - quote", "only has fewer than 1 entries"),
        ("only: [fr]\n  - quote", "only: [fr]\n    except: [en]\n  - quote", "entry 1 of body has both only and except"),
        ("only: [fr]\n  - quote", "onyl: [fr]\n  - quote", "onyl is not known here; did you mean only?"),
        ("except: [fr]\n  - paragraph", "except: [fr, en]\n  - paragraph", "no language shows this"),
        ("{contact: desk, only: [fr]}, press", "{contact: desk, only: [fr]}", "contacts has nothing in en"),
        ("{contact: desk, ", "{contact: dexk, ", "dexk is not in contacts of _newsroom.yaml; did you mean desk?"),
        ("{boilerplate: about, ", "{boilerplate: abot, ", "abot is not in boilerplates of _newsroom.yaml"),
        ("{contact: desk, only: [fr]}", "{only: [fr]}", "contact is missing"),
        ("{note: A note in French, only: [fr]}", "Note: that is one", "YAML reads a key where a text belongs"),
        ("{note: A note in French, only: [fr]}", "{note: A note, ony: [fr]}", "ony is not known here; did you mean only?"),
    ],
)  # fmt: skip
def test_what_cannot_be_right_is_told(old: str, new: str, told: str, local: Newsroom) -> None:
    local.edit("releases/news.yaml", old, new)
    result = local.run("check")
    assert result.exit_code == 1
    assert told in result.output
    assert "Traceback" not in result.output


def test_a_body_that_is_empty_in_one_language_is_an_error(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "figures.\n", "figures.\n    except: [fr]\n")
    result = newsroom.run("check")
    assert result.exit_code == 1
    assert (
        "news.yaml:5:1: body has nothing in fr: every entry is for other languages" in result.output
    )
