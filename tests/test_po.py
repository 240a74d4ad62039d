"""PO files as other programs leave them: every line keeps its end, and no update loses a message."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapress.catalogs.merge import merge
from gapress.catalogs.message import Message
from gapress.catalogs.po import PoFile, parse_po
from gapress.catalogs.proof import prove
from gapress.errors import ContentError

if TYPE_CHECKING:
    from conftest import Newsroom

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
TEXT = f"""{HEADER}# by hand
#. For whom.
#: a.yaml:1
#, fuzzy
#| msgid "Old words"
msgctxt "note"
msgid "New words"
msgstr "Des mots"

#: a.yaml:2
msgctxt "note"
msgid ""
"Longer words "
"on two lines"
msgstr ""
"Des mots "
"plus longs"

# kept
#~ msgctxt "note"
#~ msgid "Gone"
#~ msgstr "Parti"
"""
MESSAGES = [
    Message("note", "New words", ("a.yaml:1",), ("For whom.",)),
    Message("note", "Longer words on two lines", ("a.yaml:2",)),
]
HELD = [
    (("note", "New words"), "Des mots", False),
    (("note", "Longer words on two lines"), "Des mots plus longs", False),
    (("note", "Gone"), "Parti", True),
]
ENDS = ("\n", "\r\n", "\r\r\n", "\r")


def held(raw: bytes) -> list[tuple[tuple[str, str], str, bool]]:
    return [(e.key, e.translation, e.obsolete) for e in parse_po(raw, "x.po").messages]


@given(st.lists(st.sampled_from(ENDS), min_size=40, max_size=40), st.booleans(), st.booleans())
def test_any_line_ends_are_read_kept_and_updated(ends: list[str], last: bool, bom: bool) -> None:
    lines = TEXT.splitlines()
    raw = "".join(line + end for line, end in zip(lines, ends, strict=False)).encode()
    raw = raw if last else raw.rstrip(b"\r\n")
    raw = b"\xef\xbb\xbf" + raw if bom else raw
    catalog = parse_po(raw, "x.po")
    assert held(raw) == HELD
    assert catalog.to_bytes() == raw
    assert merge(catalog, MESSAGES).to_bytes() == raw
    # A new message, a returned one and a lost one change nothing of what is there.
    more = [*MESSAGES, Message("note", "Gone", ("a.yaml:3",)), Message("title", "Other", ())]
    after = merge(catalog, more).to_bytes()
    kept = [(key, text, False) for key, text, _ in HELD]
    assert held(after) == [*kept, (("title", "Other"), "", False)]
    assert held(merge(catalog, MESSAGES[1:]).to_bytes())[0] == HELD[1]
    prove(after, merge(catalog, more), "x.po", catalog)


@pytest.mark.parametrize("end", ENDS)
def test_a_changed_message_takes_the_line_end_of_its_entry(end: str) -> None:
    raw = (HEADER + TEXT.removeprefix(HEADER).replace("\n", end)).encode()
    catalog = parse_po(raw, "x.po")
    entries = list(catalog.entries)
    entries[1] = entries[1].with_string("msgstr", "Des mots neufs", 79)
    after = replace(catalog, entries=tuple(entries)).to_bytes()
    assert after == raw.replace(b"Des mots", b"Des mots neufs", 1)


@pytest.mark.parametrize(
    ("written", "translation"),
    [
        ('msgid "a"\nmsgstr "b" "c"', "bc"),
        ('msgid "a"\nmsgstr"b"', "b"),
        ('msgid\n"a"\nmsgstr\n\t"b"', "b"),
        ('  msgid "a"\n  msgstr "b"', "b"),
        ('msgid "a"\n\nmsgstr "b"', "b"),
        (r'msgid "a"' "\n" r'msgstr "\303\251t\xc3\xa9"', "été"),
        (r'msgid "a"' "\n" r'msgstr "\351"', "é"),
        (r'msgid "a"' "\n" r'msgstr "\\n\t\"\a\r"', '\\n\t"\a\r'),
        ('msgid "a"\nmsgstr "b\rc"', "b\rc"),
        ('# c\rd\nmsgid "a"\nmsgstr "b\u2028\x85\x0c"', "b\u2028\x85\x0c"),
        ('#= sticky\n#, fuzzy\nmsgid "a"\nmsgstr "b"', "b"),
        ('#~ # c\n#~msgid "a"\n#~\tmsgstr "b"', "b"),
        ('#~| msgid "o"\n#~ msgid "a"\n#~ msgstr ""\n#~ "b"', "b"),
        ('#~ msgid "a"\n#~ msgstr "b"\n# the end', "b"),
    ],
)
def test_what_gettext_reads(written: str, translation: str) -> None:
    raw = f"{HEADER}{written}\n".encode()
    catalog = parse_po(raw, "x.po")
    assert [(e.key, e.translation) for e in catalog.messages] == [(("", "a"), translation)]
    assert catalog.to_bytes() == raw
    entry = catalog.messages[0]
    turned = entry.without_obsolete() if entry.obsolete else entry.as_obsolete()
    again = parse_po(replace(catalog, entries=(catalog.entries[0], turned)).to_bytes(), "x.po")
    (found,) = again.messages
    assert (found.key, found.translation, found.obsolete, found.flags, found.previous) == (
        entry.key, entry.translation, not entry.obsolete, entry.flags, entry.previous,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["UTF-16", "utf-8-sig", "rot13", "idna", "zlib", "nothing"])
def test_a_charset_that_the_file_is_not_in(name: str) -> None:
    with pytest.raises(ContentError, match="not in the encoding that its header declares"):
        parse_po(TEXT.replace("UTF-8", name).encode(), "x.po")


def test_nothing_is_written_that_loses_or_repeats_a_message() -> None:
    catalog = parse_po(TEXT.encode(), "x.po")
    cases = {
        "would make it unreadable": (*catalog.entries, catalog.entries[1]),
        "would lose the translation of 'Gone'": catalog.entries[:-1],
    }
    for message, entries in cases.items():
        after = replace(catalog, entries=entries)
        with pytest.raises(ContentError, match=message):
            prove(after.to_bytes(), after, "x.po", catalog)
    for data in (TEXT.replace("Parti", "Part"), TEXT.replace("#~ ", ""), HEADER, ""):
        with pytest.raises(ContentError, match="would lose or change a message"):
            prove(data.encode(), catalog, "x.po")
    prove(TEXT.encode(), catalog, "x.po", catalog)


def test_an_update_that_would_lose_a_message_is_told_and_not_written(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = newsroom.root / "locales/fr/LC_MESSAGES/news.po"
    before = path.read_bytes()

    def forgetful(catalog: PoFile, *_: object) -> PoFile:
        return replace(catalog, entries=catalog.entries[:1])

    monkeypatch.setattr("gapress.kit.translate.merge", forgetful)
    result = newsroom.run("catalogs", "update")
    assert result.exit_code == 1
    assert "locales/fr/LC_MESSAGES/news.po:5: the update would lose the translation of" in (
        result.output
    )
    assert path.read_bytes() == before


def test_mixed_line_ends_on_disk(newsroom: Newsroom) -> None:
    path = newsroom.root / "locales/fr/LC_MESSAGES/news.po"
    newsroom.run("catalogs", "update")
    head, _, rest = path.read_bytes().partition(b"\n\n")
    path.write_bytes(head.replace(b"\n", b"\r\n") + b"\r\n\r\n" + rest)
    before = path.read_bytes()
    assert "updated" not in newsroom.run("catalogs", "update").output
    assert path.read_bytes() == before
    newsroom.edit("releases/news.yaml", "A headline", "A new headline")
    newsroom.run("catalogs", "update")
    assert [text for _, text, old in held(path.read_bytes()) if not old].count("Un titre") == 1
