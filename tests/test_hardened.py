"""What fuzzing found, each as the smallest input that showed it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from gapress.catalogs.glossary import Term
from gapress.catalogs.po import parse_po
from gapress.errors import ContentError, Problem
from gapress.release.markup import scan
from gapress.release.yaml import parse

if TYPE_CHECKING:
    from conftest import Newsroom


def test_half_a_character_is_told() -> None:
    with pytest.raises(ContentError) as caught:
        parse(b'headline: "\\ud800"\n"\\udfff": x\n', "x.yaml")
    assert [str(problem) for problem in caught.value.problems] == [
        "x.yaml:1:11: forbidden character U+D800; delete it",
        "x.yaml:2:1: forbidden character U+DFFF; delete it",
    ]


def test_a_file_of_many_values_is_refused_while_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("gapress.release.yaml.MAX_VALUES", 1_000)
    with pytest.raises(ContentError, match="more than 1,000 values; shorten the file"):
        parse(b"a: [" + b"1," * 1_900_000 + b"1]", "x.yaml")


def test_markup_has_a_depth() -> None:
    assert scan("*a* **b**")[1] == ()
    nested = "*a **b " * 12 + "c" + "** d*" * 12
    assert scan(nested)[1] == ("markup is nested more than 10 levels deep; take some away",)


def test_a_glossary_term_of_many_small_words_is_looked_for_in_no_time() -> None:
    term = Term("a", (" ".join("a" * 30),))
    assert term.is_in_translation("a " * 31)
    assert not term.is_in_translation("a b c " * 200)


@pytest.mark.parametrize("charset", [b"utf-7", b"idna", b"punycode", b"undefined"])
def test_an_encoding_that_fails_in_its_own_way(charset: bytes) -> None:
    raw = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=%s\\n"\n\n# \xff+\n' % charset
    with pytest.raises(ContentError) as caught:
        parse_po(raw, "x.po")
    assert "not in the encoding that its header declares" in str(caught.value)


def test_a_text_may_speak_of_a_charset() -> None:
    header = (
        'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
    )
    raw = f'# charset=latin-1\n{header}\nmsgid "charset=utf-16"\nmsgstr "é"\n'.encode()
    catalog = parse_po(raw, "x.po")
    assert (catalog.encoding, catalog.messages[0].translation) == ("UTF-8", "é")
    windows = raw.replace(b"\n", b"\r\n").replace(b"charset=UTF-8", b"charset=windows-1252")
    assert parse_po(windows, "x.po").encoding == "windows-1252"


def test_an_obsolete_entry_keeps_its_blank_lines() -> None:
    raw = b'#~ msgid "a"\n\n#~ msgstr "b"\n'
    assert parse_po(raw, "x.po").to_bytes() == raw


def test_a_message_never_acts_on_the_terminal() -> None:
    assert str(Problem("x", message="a\x1b[2J\u202eb\nc")) == "x: a\\x1b[2J\\u202eb\\nc"


def test_versions_of_any_kind_are_compared_with_none(newsroom: Newsroom) -> None:
    newsroom.edit(
        "releases/news.yaml",
        "kind: press",
        "version: two\ncorrection: {version: one, date: 2025-11-25, text: x}\nkind: press",
    )
    result = newsroom.run("check")
    assert result.exit_code == 1
    assert "version is a text" in result.output or "version is not a whole number" in result.output
    assert "internal error in gapress" not in result.output


def test_links_that_lead_to_each_other(newsroom: Newsroom) -> None:
    path = newsroom.root / "locales/fr/LC_MESSAGES/news.po"
    path.unlink()
    path.symlink_to(path.name)
    result = newsroom.run("check")
    assert result.exit_code == 1
    assert "locales/fr/LC_MESSAGES/news.po can't be read: Too many levels" in result.output.replace(
        ": can't", " can't"
    )


def test_a_catalog_that_is_a_pipe_holds_nothing_up(newsroom: Newsroom) -> None:
    path = newsroom.root / "locales/fr/LC_MESSAGES/news.po"
    path.unlink()
    os.mkfifo(path)
    result = newsroom.run("check")
    assert result.exit_code == 1
    assert "locales/fr/LC_MESSAGES/news.po: is not a plain file" in result.output


def test_a_picture_in_an_svg_is_checked_too(newsroom: Newsroom) -> None:
    (newsroom.root / "releases/news").mkdir()
    newsroom.write(
        "releases/news/a.svg",
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        '<image width="9" height="9" href="data:image/png;base64,AAAA"/></svg>',
    )
    newsroom.edit("releases/news.yaml", "facts:", "  - {image: a.svg, alt: A square}\nfacts:")
    result = newsroom.run("check")
    assert result.exit_code == 1
    assert "releases/news/a.svg is damaged or not a picture" in result.output
