"""What people type who don't know YAML: told at its place, with the line as it should be written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import NEWSROOM
from effort import some
from gapress.errors import ContentError
from gapress.newsroom import read_newsroom, read_release
from gapress.release.facts import NumberFact
from gapress.release.quoting import fold, quoted
from gapress.release.yaml import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapress.release.model import Release

HOUSE = read_newsroom(NEWSROOM.encode(), "n.yaml").model
HEAD = "kind: press release\ndate: 2025-11-24\ndateline: {city: Rabat}\n"
REST = "facts:\n  session: {number: 93}\ncontacts: [press]\n"
BODY = "body:\n  - paragraph: Text.\n"
ELSEWHERE = "; a comment goes on a line of its own"
ENCLOSE = "at the start and the one that closes it must enclose the whole text"


def read(text: str | bytes) -> tuple[list[str], Release | None]:
    """Return what is told of a release's file, or the release."""
    raw = text.encode() if isinstance(text, str) else text

    def no_picture(name: str) -> tuple[str, bytes]:
        raise AssertionError(name)

    try:
        return [], read_release(raw, "x.yaml", HOUSE, no_picture)[0].model
    except ContentError as error:
        return [str(problem).removeprefix("x.yaml:") for problem in error.problems], None


# --- one line -----------------------------------------------------------------------------------

# A headline as typed; the column, what is told, and the text in quotes.
SLIPS = [
    ("Meet us at the #Desert stand", 26, "YAML drops #Desert stand: # after a space begins a comment", '"Meet us at the #Desert stand"'),
    ("Meet us # at noon", 19, "YAML drops # at noon: # after a space begins a comment", '"Meet us # at noon"'),
    ("He said: \"#1\" #winning", 25, "YAML drops #winning: # after a space begins a comment", "'He said: \"#1\" #winning'"),
    ("#Desert opens", 11, "YAML drops #Desert opens: # begins a comment before the text", '"#Desert opens"'),
    ("&Partners opens", 11, "YAML drops &Partners: & at the start names a value", '"&Partners opens"'),
    ("&Partners", 11, "YAML drops &Partners: & at the start names a value", '"&Partners"'),
    ("&Partners #1", 11, "YAML drops &Partners: & at the start names a value", '"&Partners #1"'),
    ("!Urgent notice", 11, "YAML drops !Urgent: ! at the start is a tag, and tags such as !Urgent are not used", '"!Urgent notice"'),
    ("! Urgent", 11, "YAML drops !: ! at the start is a tag, and tags such as ! are not used", '"! Urgent"'),
    ("!!str 12", 11, "YAML drops !!str: ! at the start is a tag, and tags such as str are not used", '"!!str 12"'),
    ("*Urgent* notice", 11, "* at the start refers to another value", '"*Urgent* notice"'),
    ("*Urgent", 11, "* at the start refers to another value", '"*Urgent"'),
    ("Water: the plan", 16, '": " in a text begins a key', '"Water: the plan"'),
    ("Three aims:", 21, "a colon at the end of a text begins a key", '"Three aims:"'),
    ("l’eau : un plan", 17, '": " in a text begins a key', '"l’eau : un plan"'),
    ("@press writes", 11, "@ can't begin a text", '"@press writes"'),
    ("%12 more", 11, "% can't begin a text", '"%12 more"'),
    ("`now` is when", 11, "` can't begin a text", '"`now` is when"'),
    ("| words", 11, "| at the start begins a text on the lines below", '"| words"'),
    ("> words", 11, "> at the start begins a text on the lines below", '"> words"'),
    ("[Urgent] notice", 11, "[ at the start begins a list", '"[Urgent] notice"'),
    ("[a page](https://example.org/) opens", 11, "[ at the start begins a list", '"[a page](https://example.org/) opens"'),
    ("[Urgent]", 11, "YAML reads a list where a text belongs: it begins with [", '"[Urgent]"'),
    ("{session} session opens", 11, "{ at the start begins keys and values", '"{session} session opens"'),
    ("{session}: it opens", 11, "{ at the start begins keys and values", '"{session}: it opens"'),
    ("{session}", 11, "YAML reads keys where a text belongs: it begins with {", '"{session}"'),
    ("{{session}} braces", 11, "{ at the start begins keys and values", '"{{session}} braces"'),
    ("}} brace", 11, "} can't begin a text", '"}} brace"'),
    ("] bracket", 11, "] can't begin a text", '"] bracket"'),
    (", comma", 11, ", can't begin a text", '", comma"'),
    ("? why", 11, "a question mark and a space at the start begin a key", '"? why"'),
    ("- dash", 11, "a dash and a space at the start begin a list", '"- dash"'),
    ("'Twas the night", 11, f"the ' {ENCLOSE}", "\"'Twas the night\""),
    ("'L'Opéra opens'", 11, f"the ' {ENCLOSE}", '"L\'Opéra opens"'),
    ('"Yes" was the word', 11, f'the " {ENCLOSE}', "'\"Yes\" was the word'"),
    ('"Yes," he said, "it is"', 11, f'the " {ENCLOSE}', "'\"Yes,\" he said, \"it is\"'"),
    ('"He said "yes" then"', 11, f'the " {ENCLOSE}', "'He said \"yes\" then'"),
    ('"Curly at the end”', 11, f'the " {ENCLOSE}', '"Curly at the end"'),
    ('"Never closed', 11, f'the " {ENCLOSE}', "'\"Never closed'"),
    ('"A \\* and more"', 11, "a backslash in double quotes begins an escape that YAML does not know", "'A \\* and more'"),
    ('"C:\\new folder"', 14, "\\n in double quotes is a line end or a tab, not a backslash and a letter", "'C:\\new folder'"),
    ("“Curly: fine”", 17, '": " in a text begins a key', '"“Curly: fine”"'),
    ("~", 11, "YAML reads ~ as an empty value", '"~"'),
    ("Null", 11, "YAML reads Null as an empty value", '"Null"'),
    ("True", 11, "YAML reads True as a yes/no value", '"True"'),
    ("a\tb: c", 14, '": " in a text begins a key', '"a b: c"'),
    ("a\tb", 12, "YAML can't read the tab here", '"a b"'),
    ("a \u202bb\u202c: c", 16, '": " in a text begins a key', '"a \\u202bb\\u202c: c"'),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "column", "message", "fixed"), SLIPS)
def test_a_slip_is_told_at_its_place_with_the_line_in_quotes(
    typed: str, column: int, message: str, fixed: str
) -> None:
    (told,), _ = read(f"{HEAD}headline: {typed}\n{BODY}{REST}")
    comment = ELSEWHERE if "begins a comment" in message else ""
    assert told == f"4:{column}: {message}; put the text in quotes: headline: {fixed}{comment}"
    problems, release = read(f"{HEAD}headline: {fixed}\n{BODY}{REST}")
    assert problems == []
    assert release is not None


@pytest.mark.parametrize(
    "typed",
    [
        *("yes", "no", "on", "off", "1_000", "0x1F", "012", "1e3", ".5", "12:30", "2025-11-24", "+5"),
        *("<<", "=", "-5 °C at night", "--- a", "...", "-a", "?!", "a#b", "#1"[1:] + "#", "a:b", ":)"),
        *("it's", 'an "a"', "R&D", "50 %", "a * b", "a! b", "C:\\temp", "“Quoted”", "a | b > c"),
        *("see https://example.org/#a", "a [b](https://example.org/)", "an {session} a", "a, b"),
    ],
)  # fmt: skip
def test_a_text_without_slips_is_read_as_typed(typed: str) -> None:
    problems, release = read(f"{HEAD}headline: {typed}\n{BODY}{REST}")
    assert problems == []
    assert release is not None
    assert release.headline == typed


@pytest.mark.parametrize("typed", ["2030", "12.50", "-7"])
def test_a_number_for_a_text_is_told(typed: str) -> None:
    (told,), _ = read(f"{HEAD}headline: {typed}\n{BODY}{REST}")
    assert told.endswith(f'headline is a number where a text belongs; put it in quotes: "{typed}"')


def test_comments_that_take_nothing_from_a_text_stay_comments() -> None:
    text = (
        "# whole line\nkind: press release # kind\nlanguage: en  # language\nversion: 1 #1\n"
        "date: 2025-11-24 # day\nembargo: 2025-11-24T10:00:00+01:00 # when\n"
        'dateline: {city: "Rabat"} # place\nheadline: "Quoted" # text\n'
        "summary: >- # folded\n  Call #4 # now: *yes*\n  # also text\n\n# whole line\n"
        "subheadline: 'Quoted\n  twice' # text\n"
        "body: # blocks\n  # indented\n  - paragraph:\n      # above\n      Text.\n"
        "facts: # figures\n  session: {number: 93} # figure\n"
        "contacts: [press] # who\n# the end"
    )
    problems, release = read(text)
    assert problems == []
    assert release is not None
    assert release.summary == "Call #4 # now: *yes* # also text"


# --- several lines ------------------------------------------------------------------------------

FOLLOWS = "this line has no key, and is not indented as the text above it; to continue the text of "
LAYOUTS = {
    "comment in the last line": (
        "headline: One\n  two #3 four\n" + BODY,
        [f'5:7: YAML drops #3 four: # after a space begins a comment; put the text in quotes: headline: "One two #3 four"{ELSEWHERE}'],
    ),
    "comment in the first line": (
        "headline: One #2\n  three\n" + BODY,
        [f'4:15: YAML drops #2: # after a space begins a comment; put the text in quotes: headline: "One #2 three"{ELSEWHERE}'],
    ),
    "comment between lines": (
        "headline: One\n  # note\n  two\n" + BODY,
        ['5:3: a comment cuts this text in two; move the comment above the text, or put the text in quotes: headline: "One two"'],
    ),
    "hashtag between lines": (
        "headline: One\n  #Desert\n  two\n" + BODY,
        [f'5:3: YAML drops #Desert: # after a space begins a comment; put the text in quotes: headline: "One #Desert two"{ELSEWHERE}'],
    ),
    "comment at the margin between lines": (
        "headline: One\n# note\n  two\n" + BODY,
        ['5:1: a comment cuts this text in two; move the comment above the text, or put the text in quotes: headline: "One two"'],
    ),
    "hashtag before a text below": (
        "headline: #Desert\n  opens\n" + BODY,
        [f'4:11: YAML drops #Desert: # begins a comment before the text; put the text in quotes: headline: "#Desert opens"{ELSEWHERE}'],
    ),
    "hashtag after >-": (
        "headline: >- #Desert\n  opens\n" + BODY,
        [f'4:14: YAML drops #Desert: # begins a comment before the text; put the text in quotes: headline: "#Desert opens"{ELSEWHERE}'],
    ),
    "lost indent": (
        "headline: One\ntwo\n" + BODY,
        [f"5:1: {FOLLOWS}line 4, indent it by 2 spaces or more; otherwise write its key"],
    ),
    "lost indent in a list": (
        "headline: A\nbody:\n  - paragraph: One\n    two\n",
        [f"7:5: {FOLLOWS}line 6, indent it by 6 spaces or more; otherwise write its key"],
    ),
    "lost indent of a folded text": (
        "headline: >-\n    One\n  two\n" + BODY,
        ["6:3: this line is indented by 2 spaces, its text by 4; indent it by 4, as line 5"],
    ),
    "folded text at the margin": (
        "headline: >-\n  One\ntwo\n" + BODY,
        [f"6:1: {FOLLOWS}line 4, indent it by 2 spaces or more; otherwise write its key"],
    ),
    "entry indented too far": (
        "headline: One\n  summary: Two\n" + BODY,
        ['5:3: summary: begins an entry, but this line is indented as a part of line 4; if it is an entry, align it with line 4 or another entry; if it is text, put the text in quotes: headline: "One summary: Two"'],
    ),
    "entry without a space, indented too far": (
        "headline: One\n  summary:Two\n" + BODY,
        ['5:3: this line continues the text above, but begins like an entry: summary:Two; if it is an entry, align it with the others and put a space after - or :; if it is text, put the text in quotes: headline: "One summary:Two"'],
    ),
    "item indented too far": (
        "headline: A\nbody:\n  - list:\n      - one\n       - two\n",
        ['8:8: this line continues the text above, but begins like an entry: - two; if it is an entry, align it with the others and put a space after - or :; if it is text, put the text in quotes: - "one - two"'],
    ),
    "item dedented": (
        "headline: A\nbody:\n  - list:\n      - one\n     - two\n",
        ["8:6: this dash is indented by 5 spaces and lines up with nothing above; indent it by 2 spaces, as on line 6 or by 6 spaces, as on line 7"],
    ),
    "key indented too far": (
        "  headline: One\n" + BODY,
        ["4:3: this key is indented by 2 spaces and lines up with nothing above; indent it by 0 spaces, as on line 1"],
    ),
    "characters before an entry": (
        "headline: One\n>summary: Two\n,body:\n  *- paragraph: Text.\n",
        ["5:1: > before summary: does not belong there; delete >", "6:1: , before body: does not belong there; delete ,", "7:3: * before - paragraph: does not belong there; delete *"],
    ),
    "a name before a key": (
        "headline: One\n&a summary: Two\n!x people: {}\n" + BODY,
        ["5:1: &a before summary does not belong there; delete &a", "6:1: !x before people does not belong there; delete !x"],
    ),
    "several lines at the margin": (
        "headline: >-\n  One\ntwo\nthree\n\n four\n" + BODY,
        [f"6:1: {FOLLOWS}line 4, indent it by 2 spaces or more; otherwise write its key"],
    ),
    "quote that closes in another entry": (
        "headline: 'Twas night\nsummary: The workers'\n" + BODY,
        ["4:11: the quotation mark ' that opens here closes on line 5 only; close it on this line, or put the text in quotes: headline: \"'Twas night\""],
    ),
    "quotes in two entries": (
        "headline: 'Twas night\nsummary: It's day\n" + BODY,
        [f"4:11: the ' {ENCLOSE}; put the text in quotes: headline: \"'Twas night\""],
    ),
    "no space after the colon": (
        "headline: A\nsummary:Two\n" + BODY,
        ["5:1: a space is missing after the colon; write with ordinary spaces: summary: Two"],
    ),
    "no space after the colon of keys": (
        "headline: A\nsummary: B\npeople:\n  a:\n    name:Ann\n" + BODY,
        ["8:5: a space is missing after the colon; write with ordinary spaces: name: Ann"],
    ),
    "no-break space after the colon": (
        "headline: A\nsummary:\u00a0Two\n" + BODY,
        ["5:1: a special space (U+00A0) follows the colon; write with ordinary spaces: summary: Two"],
    ),
    "full-width colon": (
        "headline: A\nsummary：Two\n" + BODY,
        ["5:1: the colon after summary is ：, not an ordinary one; write with ordinary spaces: summary: Two"],
    ),
    "no space after the dash": (
        "headline: A\nbody:\n  -paragraph: x\n",
        ["6:3: a space is missing after the dash; write with ordinary spaces: - paragraph: x"],
    ),
    "no space after a later dash": (
        "headline: A\nbody:\n  - list:\n      - one\n      -two\n",
        ["8:7: a space is missing after the dash; write with ordinary spaces: - two"],
    ),
    "no-break space after the dash": (
        "headline: A\nbody:\n  -\u00a0paragraph: x\n",
        ["6:3: a special space (U+00A0) follows the dash; write with ordinary spaces: - paragraph: x"],
    ),
    "an en dash": (
        "headline: A\nbody:\n  – paragraph: x\n",
        ["6:3: – does not begin an entry of a list; a hyphen does; write with ordinary spaces: - paragraph: x"],
    ),
    "tab": (
        "headline: A\nbody:\n\t- paragraph: x\n",
        ["6:1: a tab indents this line; write with ordinary spaces: - paragraph: x"],
    ),
    "no-break spaces": (
        "headline: A\nbody:\n\u00a0\u00a0- paragraph: x\n",
        ["6:1: a special space (U+00A0) indents this line; write with ordinary spaces: - paragraph: x"],
    ),
    "colon in an item": (
        f"headline: A\n{BODY}notes_to_editors:\n  - Note: one\n  - Aims:\n  - #2\n  - - b\n",
        [
            '8:9: YAML reads a key where a text belongs, because of the ": " in it; put the text in quotes: - "Note: one"',
            '9:9: YAML reads a key where a text belongs, because of the ": " in it; put the text in quotes: - "Aims:"',
            f'10:5: YAML drops #2: # after a space begins a comment; put the text in quotes: - "#2"{ELSEWHERE}',
            '11:5: YAML reads a list where a text belongs: it begins with -; put the text in quotes: - "- b"',
        ],
    ),
    "cells": (
        "headline: A\nbody:\n  - table: T\n    columns: [One, Two]\n    rows:\n"
        "      - [a, @b]\n      - [*a*, {session}]\n      - [c: d, 'e]\n      - ['f' g, h]\n",
        [
            '9:13: @ can\'t begin a text; put the text in quotes: - [a, "@b"]',
            '10:10: * at the start refers to another value; put the text in quotes: - ["*a*", "{session}"]',
            f"11:16: the ' {ENCLOSE}; put the text in quotes: - [\"c: d\", \"'e\"]",
            f"12:10: the ' {ENCLOSE}; put the text in quotes: - [\"'f' g\", h]",
        ],
    ),
    "cells that YAML can read": (
        "headline: A\nbody:\n  - table: T\n    columns: [One, Two]\n    rows:\n"
        "      - [a, {session}]\n      - [c: d, e]\n      - [null, f]\n      - [1,500, g]\n",
        [
            '9:13: YAML reads keys where a text belongs: it begins with {; put the text in quotes: "{session}"',
            '10:11: YAML reads a key where a text belongs, because of the ": " in it; put the text in quotes: "c: d"',
        ],
    ),
    "hashtag in a row": (
        "headline: A\nbody:\n  - table: T\n    columns: [Rank, Host #1, Year]\n    rows:\n      - [a, b, c]\n",
        ['7:21: YAML drops what follows #1: # begins a comment; put the text in quotes: columns: [Rank, "Host #1", Year]'],
    ),
    "row not closed": (
        "headline: A\nbody:\n  - table: T\n    columns: [One, Two\n    rows:\n      - [a, b]\n",
        ["7:14: [ is not closed; write ] at the end of the list"],
    ),
    "several at once": (
        "headline: *a* b\nsummary: @x\nbody:\n  - paragraph: a: b\n  - paragraph: >-\n      c: @d\n  - heading: `e`\n",
        [
            '4:11: * at the start refers to another value; put the text in quotes: headline: "*a* b"',
            '5:10: @ can\'t begin a text; put the text in quotes: summary: "@x"',
            '7:17: ": " in a text begins a key; put the text in quotes: - paragraph: "a: b"',
            '10:14: ` can\'t begin a text; put the text in quotes: - heading: "`e`"',
        ],
    ),
    "braces without spaces": (
        "headline: A\npeople:\n  p: {name:Ann, title:Dr}\n" + BODY,
        [
            "6:7: a space is missing after the colon; write with ordinary spaces: name: Ann",
            "6:17: a space is missing after the colon; write with ordinary spaces: title: Dr",
        ],
    ),
    "curly quotes around a comma": (
        "headline: A\nbody:\n  - list: [“one, two”, three, « four, five »]\n",
        [
            '6:12: the comma in “one, two” makes two entries of it: “ is no quote of YAML; put the text in quotes: "“one, two”"',
        ],
    ),
    "a text that becomes a key": (
        f"headline: A\n{BODY}summary: >-\n  One\nand two: three\n",
        ["9:1: and two is not known here; if it continues the text above, indent it further than that text's key"],
    ),
    "a rule between parts": (
        f"headline: A\n---\n{BODY}",
        ["5:1: --- begins a second document, and a file holds one; delete the line; a text that begins with --- goes in quotes"],
    ),
    "anchors of one name": (
        f"headline: &a One\nsummary: &a Two\n{BODY}",
        [
            '4:11: YAML drops &a: & at the start names a value; put the text in quotes: headline: "&a One"',
            '5:10: YAML drops &a: & at the start names a value; put the text in quotes: summary: "&a Two"',
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_slip_over_several_lines_is_told(
    name: str, end: str, recwarn: pytest.WarningsRecorder
) -> None:
    text, expected = LAYOUTS[name]
    told, _ = read(f"{HEAD}{text}{REST}".replace("\n", end))
    if name == "cells that YAML can read":
        told = [line for line in told if not line.startswith("12:")]
    assert told == expected
    assert not recwarn


def test_a_comma_that_splits_a_figure_is_told() -> None:
    text = "headline: A\nbody:\n  - table: T\n    columns: [One, Two]\n    rows: [[a, 12,500]]\n"
    told, _ = read(HEAD + text + REST)
    message = "the comma in 12,500 makes two entries of it; write 12500 for a number, "
    assert f"8:16: {message}12, 500 for two" in told


def test_a_first_line_that_is_indented_is_told() -> None:
    (told,), _ = read(f"# note\n  {HEAD}headline: A\n{BODY}{REST}")
    assert told == (
        "2:3: this key is indented by 2 spaces, what follows by less; indent it by 0 spaces, as on line 3"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("%YAML 2.0\n---\n", "1:1: a line that begins with % is a directive: %YAML 2.0; delete the line, or write %YAML 1.2"),
        ("%YAML 1.3\n---\n", "1:1: a line that begins with % is a directive: %YAML 1.3; delete the line, or write %YAML 1.2"),
        ("%TAG ! tag:x\n---\n", "1:1: a line that begins with % is a directive: %TAG ! tag:x; delete the line, or write %YAML 1.2"),
    ],
)  # fmt: skip
def test_other_directives_are_told(text: str, told: str) -> None:
    assert read(f"{text}{HEAD}headline: A\n{BODY}{REST}")[0] == [told]


def test_what_follows_the_end_of_the_document_is_told() -> None:
    (told,), _ = read(f"{HEAD}headline: A\n{BODY}...\n{REST}")
    assert told.startswith("8:1: the document ended at the line ... above")


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        ("a: é".encode("cp1252"), "1:4: not UTF-8 text; in Windows-1252 this is é; save"),
        ("é: 1\na: é «".encode() + b"\x92", "2:7: not UTF-8 text; in Windows-1252 this is ’; save"),
        ("a: b".encode("utf-16"), "1:1: the file is in UTF-16, not UTF-8; save"),
        ("a: b".encode("utf-16-le"), "1:1: the file is in UTF-16, not UTF-8; save"),
        ("a: b".encode("utf-16-be"), "1:1: the file is in UTF-16, not UTF-8; save"),
        ("a: b\x85c".encode(), "1:5: forbidden character U+0085; delete it"),
        ("a: b\nc: \ufeffd".encode(), "2:4: forbidden character U+FEFF; delete it"),
    ],
)
def test_other_encodings_are_told(raw: bytes, told: str) -> None:
    (problem,), _ = read(raw)
    assert problem.startswith(told)


def test_a_name_that_an_alias_uses_is_fine() -> None:
    problems, release = read(f"{HEAD}headline: &title A title\nsummary: *title\n{BODY}{REST}")
    assert problems == []
    assert release is not None
    assert release.summary == release.headline == "A title"


def test_the_newsroom_s_texts_are_looked_at_too() -> None:
    text = NEWSROOM.replace("{name: Test Newsroom,", "{name: House #1,").replace(
        '"https://example.org/"}', "https://example.org/,\n  notice: &Co}"
    )
    with pytest.raises(ContentError) as caught:
        read_newsroom(text.encode(), "n.yaml")
    assert "n.yaml:2:" in str(caught.value)
    with pytest.raises(ContentError) as caught:
        read_newsroom(NEWSROOM.replace("Press office", "Press #1").encode(), "n.yaml")
    assert "n.yaml:6:" in str(caught.value)


def test_one_slip_in_a_long_file_is_told() -> None:
    rows = "".join(f"      - [a {n}, 'b']\n" for n in range(1_000))
    text = f"{HEAD}headline: @a\nbody:\n  - table: T\n    columns: [a, b]\n    rows:\n{rows}"
    text += "".join(f"  - paragraph: Text {n} goes on\n      and on.\n" for n in range(1_000))
    assert read(text)[0] == ['4:11: @ can\'t begin a text; put the text in quotes: headline: "@a"']


# --- any text -----------------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        *"#&*!|>%@`{}[],?:-\"'~=\\. \t$()\u00a0“”«0é",
        *(" #", ": ", ", ", " - ", "L'", "word", "12", "null", "true", "{session}", "<<", "---"),
        *("مرحبا", "[x](https://example.org/)", "https://example.org/#a", "key:"),
    ]
)  # fmt: skip
TEXTS = st.lists(PIECES, min_size=1, max_size=7).map("".join).map(fold).filter(bool)

# Where a text may stand: the file, its line and column, and how to find it in the release.
PLACES: dict[str, tuple[str, int, int, Callable[[Any], object]]] = {
    "value": (f"{HEAD}headline: @@\n{BODY}{REST}", 4, 11, lambda r: r.headline),
    "below its key": (f"{HEAD}headline:\n  @@\n{BODY}{REST}", 5, 3, lambda r: r.headline),
    "block": (
        f"{HEAD}headline: A\nbody:\n  - quote: @@\n    speaker: p\n    on_record: en\n"
        f"people: {{p: {{name: P}}}}\n{REST}", 6, 12, lambda r: r.body[0].quote,
    ),
    "item": (
        f"{HEAD}headline: A\nbody:\n  - list:\n      - @@\n      - last\n{REST}",
        7, 9, lambda r: r.body[0].list[0],
    ),
    "last item": (
        f"{HEAD}headline: A\n{BODY}{REST}notes_to_editors:\n  - @@",
        11, 5, lambda r: r.notes_to_editors[0],
    ),
    "cell": (
        f"{HEAD}headline: A\nbody:\n  - table: T\n    columns: [a, b]\n    rows:\n      - [c, @@]\n{REST}",
        9, 13, lambda r: r.body[0].rows[0][1],
    ),
    "brace": (
        f"{HEAD}headline: A\n{BODY}{REST}people: {{p: {{name: @@}}}}\n",
        10, 19, lambda r: r.people["p"].name,
    ),
}  # fmt: skip
IN_QUOTES = re.compile(r"put the text in quotes: (.*?)(?:; a comment goes on a line of its own)?$")
RAW = re.compile(r"while |expected|token|<block|<stream|tag:yaml|mapping values", re.IGNORECASE)


def is_structure(place: str, text: str) -> bool:
    """Whether a text is YAML of its own there: quotes, a comment, brackets."""
    if re.match(r"(?:'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\")(?:\s+#.*)?$", text):
        return True
    if place in {"cell", "brace"} and re.search(r"[\[\]{},]", text):
        return True
    return place == "below its key" and text[0] == "#"


def is_as_typed(found: object, text: str) -> bool:
    """Whether a value is what was typed; a cell may be a figure, and have none."""
    if isinstance(found, NumberFact):
        return bool(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text))
    return found == text or (found is None and text.strip() in {"", "~", "null", "Null", "NULL"})


@pytest.mark.parametrize("place", PLACES)
@some(60)
@given(text=TEXTS)
@example(text="?")
@example(text="| ##")
@example(text="a #b")
@example(text="a\u00a0#b")
@example(text="'a' b #c")
def test_a_text_is_read_as_typed_or_told_at_its_place(place: str, text: str) -> None:
    file, line, column, find = PLACES[place]
    if is_structure(place, text):
        return
    problems, release = read(file.replace("@@", text))
    if release is not None:
        assert is_as_typed(find(release), text)
        return
    # What a bracket opens may end in the next line.
    lines_of_it = (f"{line}:", f"{line + 1}:") if text[0] in "[{" else (f"{line}:",)
    here = [problem for problem in problems if problem.startswith(lines_of_it)]
    assert here
    assert not any(RAW.search(problem.replace(text, "")) for problem in problems)
    if text[0] in "[{-'\"" or re.match(r"\S+:( |$)", text):
        return  # brackets, lists and quotation marks leave a choice of what was meant
    for problem in here:
        if match := IN_QUOTES.search(problem):
            lines = file.split("\n")
            typed = lines[line - 1]
            after = typed[column + 1 :]
            shown = match[1]
            whole = f"{typed[: column - 1]}{shown}" if shown[0] in "'\"" else f" {shown}"
            lines[line - 1] = f"{typed[: column - 1]}{whole[whole.index(shown) :]}{after}"
            if shown[0] not in "'\"":
                indent = typed[: len(typed) - len(typed.lstrip(" "))]
                lines[line - 1] = f"{indent}{shown}"
            _, fixed = read("\n".join(lines))
            if fixed is not None:
                assert find(fixed) == text


@some(200)
@given(st.text().map(fold).filter(lambda t: t.isprintable() or "\u202b" in t) | TEXTS)
@example("a\u202bb")
@example("\\\"'")
@example('"\u2067\\')
def test_a_quoted_text_is_the_text(text: str) -> None:
    if text:
        assert parse(f"a: {quoted(text)}\n".encode(), "x").data == {"a": text}
