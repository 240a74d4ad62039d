"""Catalogs: lossless files, updates that lose nothing, and what a translator sees."""

from __future__ import annotations

import ast
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from translate.storage import pypo

from conftest import ASSEMBLY, ROOT, Newsroom, but_two_samples
from effort import some
from gapress.catalogs.merge import Offer, merge
from gapress.catalogs.message import Message, plural_categories
from gapress.catalogs.po import PoEntry, PoFile, new_entry, parse_po, strings
from gapress.catalogs.store import read_catalog
from gapress.catalogs.wrapping import quoted_lines
from gapress.errors import ContentError
from gapress.writers.templating import labels_of
from histories import HISTORY, Step, live_through

if TYPE_CHECKING:
    from gapress.theme import Theme

OTHERS = sorted((Path(__file__).parent / "cases" / "catalogs").glob("*.po"))


def po(text: str) -> PoFile:
    return parse_po(text.encode(), "x.po")


def messages_of(catalog: PoFile) -> list[Message]:
    return [
        Message(*e.key, tuple(e.comment("#:")), tuple(e.comment("#.")))
        for e in catalog.messages
        if not e.obsolete
    ]


# --- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", [*OTHERS, *sorted((ROOT / "locales").rglob("*.po*"))], ids=lambda p: p.name
)
def test_what_is_read_is_written_back_byte_for_byte(path: Path) -> None:
    raw = path.read_bytes()
    catalog = parse_po(raw, path.name)
    assert catalog.to_bytes() == raw
    if not any(entry.plural for entry in catalog.messages):
        assert merge(catalog, messages_of(catalog)).to_bytes() == raw


@pytest.mark.parametrize("path", OTHERS, ids=lambda p: p.name)
def test_the_content_is_what_polib_reads(path: Path) -> None:
    ours = {
        (e.key, e.obsolete): (e.translation, sorted(e.flags), e.previous[1] * (not e.obsolete))
        for e in parse_po(path.read_bytes(), path.name).messages
    }
    theirs = {
        ((e.msgctxt or "", e.msgid), bool(e.obsolete)): (
            e.msgstr or e.msgstr_plural.get(0, ""),
            sorted(e.flags),
            e.previous_msgid or "",
        )
        for e in polib.pofile(str(path))
    }
    assert ours == theirs


@pytest.mark.parametrize("path", OTHERS, ids=lambda p: p.name)
def test_one_changed_message_changes_its_own_lines_only(path: Path) -> None:
    raw = path.read_bytes()
    catalog = parse_po(raw, path.name)
    index, entry = next(
        (i, e)
        for i, e in enumerate(catalog.entries)
        if e.key[1] and not e.obsolete and not e.plural
    )
    changed = list(catalog.entries)
    changed[index] = entry.with_string("msgstr", "Neu", catalog.width)
    new = replace(catalog, entries=tuple(changed)).to_bytes()
    newline = b"\r\n" if b"\r\n" in raw else b"\n"
    before, after = raw.split(newline), new.split(newline)
    msgstr = next(i for i, line in enumerate(after) if line == b'msgstr "Neu"')
    assert after[:msgstr] == before[:msgstr]
    assert before[len(before) - (len(after) - msgstr - 1) :] == after[msgstr + 1 :]


@given(st.text(), st.integers(20, 120))
def test_any_string_survives_quoting(text: str, width: int) -> None:
    assert strings(quoted_lines("msgid", text, width)) == text


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("<<<<<<< HEAD\n", "x.po:1:1: a merge conflict is not resolved"),
        ('msgid "a"\nmsgstr "b"\n=======\n', "x.po:3:1: a merge conflict is not resolved"),
        ('msgid "a\nmsgstr "b"\n', "x.po:1:1: not a valid catalog"),
        ('msgid "a"\nmsgstr "b"\nnonsense\n', "x.po:3:1: not a valid catalog"),
        ('"a"\n', "x.po:1:1: not a valid catalog: a string without its keyword"),
        ('msgid "a"\n', "x.po:1:1: the last entry has no msgstr"),
        ('msgid "a"\nmsgstr "b" c\n', "x.po:2:1: not a valid catalog"),
    ],
)
def test_broken_catalogs_are_refused_with_their_line(text: str, place: str) -> None:
    with pytest.raises(ContentError) as caught:
        po(text)
    assert str(caught.value).startswith(place)


# --- merging -------------------------------------------------------------------------------------

SAMPLE = """\
msgid ""
msgstr "X-Kept: yes\\n"

# keep me
#. Old comment.
#: a.yaml:1
msgctxt "paragraph"
msgid "The quick brown fox jumps over the lazy dog"
msgstr "Le renard"

#: a.yaml:2
msgctxt "note"
msgid "A note"
msgstr "Une note"
"""
FOX = Message(
    "paragraph", "The quick brown fox jumps over the lazy dog", ("a.yaml:1",), ("Old comment.",)
)
NOTE = Message("note", "A note", ("a.yaml:2",))


def test_nothing_changed() -> None:
    assert merge(po(SAMPLE), [FOX, NOTE]).to_bytes().decode() == SAMPLE


def test_a_changed_text_is_fuzzy_with_its_previous_text() -> None:
    cat = Message("paragraph", "The quick brown cat jumps over the lazy dog", ("a.yaml:1",))
    text = merge(po(SAMPLE), [cat, NOTE]).to_bytes().decode()
    assert (
        text
        == """\
msgid ""
msgstr "X-Kept: yes\\n"

# keep me
#: a.yaml:1
#, fuzzy
#| msgid "The quick brown fox jumps over the lazy dog"
msgctxt "paragraph"
msgid "The quick brown cat jumps over the lazy dog"
msgstr "Le renard"

#: a.yaml:2
msgctxt "note"
msgid "A note"
msgstr "Une note"

# keep me
#~ msgctxt "paragraph"
#~ msgid "The quick brown fox jumps over the lazy dog"
#~ msgstr "Le renard"
"""
    )
    assert merge(po(text), [FOX, NOTE]).to_bytes().decode() == SAMPLE


def test_a_text_changed_twice_keeps_the_text_that_was_translated() -> None:
    second = Message("paragraph", "The quick brown cat jumps over the lazy dog", ("a.yaml:1",))
    third = Message("paragraph", "The quick brown cow jumps over the lazy dog", ("a.yaml:1",))
    catalog = merge(merge(po(SAMPLE), [second, NOTE]), [third, NOTE])
    (entry,) = [e for e in catalog.messages if e.key == third.key]
    assert entry.previous == ("", FOX.source)
    assert (entry.translation, entry.flags) == ("Le renard", ["fuzzy"])


def test_a_removed_text_is_kept_and_returns() -> None:
    without = merge(po(SAMPLE), [FOX])
    assert [(e.key[1], e.obsolete) for e in without.messages] == [
        (FOX.source, False),
        ("A note", True),
    ]
    assert merge(without, [FOX]).to_bytes() == without.to_bytes()
    back = merge(without, [FOX, NOTE])
    assert back.to_bytes().decode() == SAMPLE


def test_a_moved_block_keeps_its_translation_and_its_place_in_the_file() -> None:
    moved = Message(FOX.context, FOX.source, ("a.yaml:9",), FOX.comments)
    text = merge(po(SAMPLE), [NOTE, moved]).to_bytes().decode()
    assert text == SAMPLE.replace("a.yaml:1", "a.yaml:9")


def test_a_changed_text_stays_in_its_place() -> None:
    cat = Message("paragraph", "The quick brown cat jumps over the lazy dog", ("a.yaml:2",))
    keys = [e.key for e in merge(po(SAMPLE), [NOTE, cat]).messages]
    assert keys == [cat.key, NOTE.key, FOX.key]


def test_an_obsolete_entry_with_other_words_is_kept_beside_the_live_one() -> None:
    old = '\n#~ msgctxt "note"\n#~ msgid "A note"\n#~ msgstr "Autre note"\n'
    assert merge(po(SAMPLE + old), [FOX, NOTE]).to_bytes().decode() == SAMPLE + old


def test_a_text_of_another_role_is_not_taken_over() -> None:
    heading = Message("heading", "The quick brown fox jumps over the lazy cat", ("a.yaml:1",))
    catalog = merge(po(SAMPLE), [heading, NOTE])
    (entry,) = [e for e in catalog.messages if e.key == heading.key]
    assert entry.translation == ""


def test_a_translation_from_elsewhere_is_offered_as_fuzzy() -> None:
    new = Message("quote", "Words", ("a.yaml:3",))
    offers = {new.key: Offer("Des mots", "locales/fr/LC_MESSAGES/other.po")}
    (entry,) = [
        e for e in merge(po(SAMPLE), [FOX, NOTE, new], offers.get).messages if e.key == new.key
    ]
    assert (entry.translation, entry.flags) == ("Des mots", ["fuzzy"])
    assert entry.comment("#") == ["gapress: offered from locales/fr/LC_MESSAGES/other.po"]


# --- for any history -----------------------------------------------------------------------------


@some(150)
@example(
    [
        ("source", [("paragraph", "assembly"), ("paragraph", "security")]),
        ("translate", 1),
        ("source", [("paragraph", "assembly")]),
    ]
)
@given(HISTORY)
def test_no_history_loses_a_translation(steps: list[Step]) -> None:
    """Whatever officer and translator do, what was once translated stays in the file."""
    for catalog in live_through(steps):
        ours = {
            (*e.key, e.translation, "fuzzy" in e.flags) for e in catalog.messages if not e.obsolete
        }
        store = pypo.pofile.parsestring(catalog.to_bytes())
        theirs = {
            (u.getcontext(), str(u.source), str(u.target), u.isfuzzy())
            for u in store.units
            if not u.isheader() and not u.isobsolete()
        }
        assert ours == theirs


# --- the command ---------------------------------------------------------------------------------


def test_update_creates_what_is_missing_and_then_changes_nothing(newsroom: Newsroom) -> None:
    newsroom.edit("releases/_newsroom.yaml", "fr: fr-MA", "fr: fr-MA, gl: gl-ES, ar: ar-MA")
    result = newsroom.run("catalogs", "update")
    assert result.exit_code == 0, result.output
    files = {
        p.relative_to(newsroom.root / "locales").as_posix(): p.read_bytes()
        for p in (newsroom.root / "locales").rglob("*.po*")
    }
    catalogs = {f"{c}/LC_MESSAGES/{n}.po" for c in ("fr", "gl", "ar") for n in ("news", "newsroom")}
    assert set(files) == {"news.pot", "newsroom.pot", "gl/LC_MESSAGES/gapress.po"} | catalogs
    assert b'"Plural-Forms: nplurals=6;' in files["ar/LC_MESSAGES/news.po"]
    assert b'"Language: gl\\n"' in files["gl/LC_MESSAGES/news.po"]
    assert "#. {count} = 1\u202f500 (number)".encode() in files["fr/LC_MESSAGES/news.po"]
    assert b'msgstr "Un titre"' in files["fr/LC_MESSAGES/news.po"]
    again = newsroom.run("catalogs", "update")
    assert "updated" not in again.output
    assert {p: p.read_bytes() for p in (newsroom.root / "locales").rglob("*.po*")} == {
        newsroom.root / "locales" / name: data for name, data in files.items()
    }


def test_update_offers_what_another_release_has(newsroom: Newsroom) -> None:
    newsroom.write("releases/second.yaml", (newsroom.root / "releases/news.yaml").read_text())
    newsroom.run("catalogs", "update")
    text = (newsroom.root / "locales/fr/LC_MESSAGES/second.po").read_text(encoding="utf-8")
    assert "# gapress: offered from locales/fr/LC_MESSAGES/news.po\n" in text
    assert '#, fuzzy\nmsgctxt "headline"\nmsgid "A headline"\nmsgstr "Un titre"' in text


def test_update_leaves_a_broken_catalog_alone(newsroom: Newsroom) -> None:
    path = newsroom.write("locales/fr/LC_MESSAGES/news.po", 'msgid "x"\n<<<<<<< HEAD\n')
    before = path.read_bytes()
    result = newsroom.run("catalogs", "update")
    assert result.exit_code == 1
    assert "locales/fr/LC_MESSAGES/news.po:2:1: a merge conflict is not resolved" in result.output
    assert path.read_bytes() == before


def test_update_does_all_that_is_sound_and_names_every_fault(newsroom: Newsroom) -> None:
    sound = (newsroom.root / "releases/news.yaml").read_text()
    newsroom.write("releases/aaa.yaml", sound.replace("kind: press release", "kind: novel"))
    newsroom.write("releases/zzz.yaml", sound)
    newsroom.edit("releases/_newsroom.yaml", "fr: fr-MA", "fr: fr-MA, ar: ar-MA")
    faulty = newsroom.write("locales/fr/LC_MESSAGES/zzz.po", "<<<<<<< HEAD\n").read_bytes()
    result = newsroom.run("catalogs", "update")
    assert result.exit_code == 1
    assert "releases/aaa.yaml:1:7: kind is 'novel'" in result.output
    assert "locales/fr/LC_MESSAGES/zzz.po:1:1: a merge conflict is not resolved" in result.output
    assert "2 problems." in result.output
    for name in ("ar/LC_MESSAGES/news.po", "ar/LC_MESSAGES/zzz.po", "zzz.pot"):
        assert (newsroom.root / "locales" / name).is_file(), name
    assert "\nlocales/ar/LC_MESSAGES/zzz.po" in result.output
    assert (newsroom.root / "locales/fr/LC_MESSAGES/zzz.po").read_bytes() == faulty
    report = json.loads(newsroom.run("catalogs", "update", "--json").stdout)
    assert [problem["line"] for problem in report["problems"]] == [1, 1]
    assert not any(catalog["changed"] for catalog in report["catalogs"])


def test_a_catalog_whose_encoding_lacks_a_character_is_left_alone(newsroom: Newsroom) -> None:
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=ISO-8859-1\\n"\n'
    path = newsroom.write("locales/fr/LC_MESSAGES/news.po", header)
    newsroom.edit("releases/news.yaml", "A headline", "A “headline”")
    result = newsroom.run("catalogs", "update")
    assert result.exit_code == 1
    assert "locales/fr/LC_MESSAGES/news.po: is in ISO-8859-1, which has no “" in result.output
    assert path.read_text() == header


def test_the_samples_catalogs_are_up_to_date(tmp_path: Path) -> None:
    import shutil

    for name in ("releases", "locales", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    result = Newsroom(tmp_path).run("catalogs", "update")
    assert result.exit_code == 0
    assert "updated" not in result.output


def test_the_render_after_an_update_needs_only_the_new_texts(newsroom: Newsroom) -> None:
    newsroom.run("catalogs", "update")
    newsroom.edit("releases/news.yaml", "A headline", "A better headline")
    newsroom.run("catalogs", "update")
    result = newsroom.run("check")
    assert result.exit_code == 1
    assert "the headline 'A better headline' is marked fuzzy" in result.output
    assert "1 problem." in result.output


def test_a_new_entry_is_wrapped_as_gettext_does() -> None:
    entry = new_entry("note", "word " * 30 + "end", 79)
    lines = list(entry.lines())
    assert lines[0] == 'msgctxt "note"'
    assert lines[1] == 'msgid ""'
    assert all(len(line) <= 79 for line in lines)


# --- numbers and the words beside them -----------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "locale", "values", "categories"),
    [
        ("ar", "ar-MA", [2, 3, 11, 100], ["two", "few", "many", "other"]),
        ("fr", "fr-MA", [0, 1, 2], ["one", "one", "other"]),
    ],
)
def test_a_number_in_another_plural_category_makes_its_messages_fuzzy(
    code: str, locale: str, values: list[int], categories: list[str], newsroom: Newsroom
) -> None:
    newsroom.edit("releases/_newsroom.yaml", "fr: fr-MA", f"{code}: {locale}")
    newsroom.edit("releases/news.yaml", "number: 1500", f"number: {values[0]}")
    path = newsroom.root / f"locales/{code}/LC_MESSAGES/news.po"
    newsroom.catalog(
        f"{code}/LC_MESSAGES/news.po",
        {"paragraph": {"A paragraph with {count} figures.": "x {count}."}},
    )
    newsroom.run("catalogs", "update")
    key = ("paragraph", "A paragraph with {count} figures.")

    def entry() -> PoEntry:
        return next(e for e in parse_po(path.read_bytes(), "x").messages if e.key == key)

    assert entry().comment("#.")[0].endswith(" (number)")
    assert entry().comment("#.")[1] == f"gapress: plural count={categories[0]}"
    for before, after, old, new in zip(
        values, values[1:], categories, categories[1:], strict=False
    ):
        newsroom.edit("releases/news.yaml", f"number: {before}}}", f"number: {after}}}")
        refusal = f"the number {{count}} was {old} and is {new}: words beside it may change"
        assert (refusal in newsroom.run("check").output) == (old != new)
        newsroom.run("catalogs", "update")
        assert ("fuzzy" in entry().flags) == (old != new)
        if old != new:
            assert entry().comment("#") == [
                f"gapress: check the words beside the number: {{count}} was {old}, is {new}"
            ]
        assert "updated" not in newsroom.run("catalogs", "update").output
        catalog = parse_po(path.read_bytes(), "x")
        reviewed = [
            e.with_flags([]).with_comment("#", []) if e.key == key else e for e in catalog.entries
        ]
        path.write_bytes(PoFile(tuple(reviewed), catalog.tail).to_bytes())


@pytest.mark.parametrize(
    "comment",
    [
        "{count} = 2 (number, two)",
        "Spoken by {count} = gapress: plural count=two",
        "gapress: plural count=two or so",
        "gapress: plural",
        "A gapress: plural count=two",
    ],
)
def test_no_prose_is_read_as_data(comment: str) -> None:
    assert plural_categories([comment]) == {}
    message = Message("note", "{count} {n}", (), (comment,), (("count", "two"), ("n", "few")))
    assert plural_categories(message.notes) == {"count": "two", "n": "few"}


# --- labels --------------------------------------------------------------------------------------


def test_every_label_in_code_and_templates_is_in_the_template(theme: Theme) -> None:
    known = {
        source
        for _, source in read_catalog((ROOT / "locales/gapress.pot").read_bytes(), "x").entries
    }
    named: set[str] = set()
    asked: set[str] = set(labels_of(theme))
    for path in (ROOT / "src/gapress").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                named.add(node.value)
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "label"
            ):
                asked |= {a.value for a in node.args if isinstance(a, ast.Constant)}
    assert asked <= known
    assert known <= asked | named


def test_a_designers_label_reaches_the_catalogs(newsroom: Newsroom) -> None:
    shutil.copy(ROOT / "templates/release.html", newsroom.write("templates/release.html", ""))
    newsroom.edit(
        "templates/release.html",
        "</main>",
        '<p>{{ labels["Printed on recycled paper"] }}</p></main>',
    )
    assert newsroom.run("render", "--format", "html").exit_code == 1
    newsroom.run("catalogs", "update")
    assert b"Printed on recycled paper" in (newsroom.root / "locales/gapress.pot").read_bytes()
    path = "locales/fr/LC_MESSAGES/gapress.po"
    entries = parse_po((newsroom.root / path).read_bytes(), "x").messages
    assert [entry.key[1] for entry in entries] == ["Printed on recycled paper"]
    result = newsroom.run("render", "--format", "html")
    assert f"{path}:" in result.output
    assert "the label 'Printed on recycled paper' is not translated" in result.output
    newsroom.edit(
        path,
        'msgid "Printed on recycled paper"\nmsgstr ""',
        'msgid "Printed on recycled paper"\nmsgstr "Imprimé sur papier recyclé"',
    )
    assert newsroom.run("render", "--format", "html").exit_code == 0
    assert "Imprimé sur papier recyclé" in (newsroom.root / "dist/news/fr/news_fr.html").read_text(
        encoding="utf-8"
    )


def test_weblates_settings_find_the_catalogs(newsroom: Newsroom) -> None:
    """A component a catalog, languages by folder."""
    newsroom.run("catalogs", "update")
    settings = json.loads((ROOT / "docs/weblate/discovery.json").read_bytes())
    discovery = re.compile(settings["match"])
    found = {
        (match["component"], match["language"])
        for path in (newsroom.root / "locales").rglob("*.po")
        if (match := discovery.fullmatch(path.relative_to(newsroom.root).as_posix()))
    }
    assert found == {("news", "fr"), ("newsroom", "fr")}
    for component, _ in found:
        template = settings["new_base_template"].replace("{{ component }}", component)
        assert (newsroom.root / template).is_file()
    (first,) = json.loads((ROOT / "docs/weblate/components.json").read_bytes())
    assert (newsroom.root / first["new_base"]).is_file()
    assert list(newsroom.root.glob(first["filemask"]))


# --- a real case, step by step -------------------------------------------------------------------


@pytest.fixture
def desk(tmp_path: Path) -> Newsroom:
    """The sample newsroom, to be edited."""
    for name in ("releases", "locales"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=but_two_samples)
    return Newsroom(tmp_path)


def test_what_a_translator_sees_while_the_officer_works(desk: Newsroom) -> None:
    source = f"releases/{ASSEMBLY}.yaml"
    path = desk.root / f"locales/ar/LC_MESSAGES/{ASSEMBLY}.po"

    def entries() -> dict[str, PoEntry]:
        assert desk.run("catalogs", "update").exit_code == 0
        assert "updated" not in desk.run("catalogs", "update").output
        found = parse_po(path.read_bytes(), "x").messages
        return {e.key[1]: e for e in found if not e.obsolete} | {
            f"~{e.key[1]}": e for e in found if e.obsolete
        }

    before = entries()

    # A corrected figure that is a fact: values in comments change, no translation is in doubt.
    desk.edit(source, "previous_year: {date: 2007}", "previous_year: {date: 2008}")
    after = entries()
    assert {k: (e.translation, e.flags) for k, e in after.items()} == {
        k: (e.translation, e.flags) for k, e in before.items()
    }
    assert any("{previous_year} = 2008 (date)" in e.comment("#.") for e in after.values())
    assert desk.run("check").exit_code == 0

    # A rewritten paragraph: its translation stays, fuzzy, with the text that it was made from.
    old = next(text for text in before if text.startswith("Security for all"))
    desk.edit(
        source, "depends on institutions that modernise", "rests on institutions that modernise"
    )
    new = next(
        e for text, e in entries().items() if text.startswith("Security for all, he added, rests")
    )
    assert (new.translation, new.flags, new.previous[1]) == (
        before[old].translation,
        ["fuzzy"],
        old,
    )

    # A moved quote: nothing but its line.
    text = (desk.root / source).read_text(encoding="utf-8")
    start, end = text.index("  - quote: >-"), text.index("  - heading: A shared responsibility")
    quote = text[start:end]
    moved = text[:start] + text[end:].replace(
        "  - heading: On the agenda", f"{quote}  - heading: On the agenda"
    )
    (desk.root / source).write_text(moved, encoding="utf-8")
    words = next(text for text in before if text.startswith("Morocco’s commitment"))
    quoted_now = entries()[words]
    assert (quoted_now.translation, quoted_now.flags) == (before[words].translation, [])
    assert quoted_now.comment("#:") != before[words].comment("#:")

    # A deleted note waits at the end of the file, and comes back with its text.
    note = next(text for text in before if text.startswith("Quotations are on record"))
    line = f"  - {note}\n"
    desk.edit(source, line, "")
    assert entries()[f"~{note}"].translation == before[note].translation
    desk.edit(source, "notes_to_editors:\n", f"notes_to_editors:\n{line}")
    assert (entries()[note].translation, entries()[note].flags) == (before[note].translation, [])
