"""Spelling, with the dictionaries of gapress[spelling]: what is told, what is not, and how."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from gapress.preview.desk import Desk
from gapress.spelling import dictionaries, memory
from gapress.spelling.dictionaries import find, load
from gapress.spelling.memory import Memory
from gapress.spelling.names import names
from gapress.spelling.speller import Speller
from gapress.spelling.words import words

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Newsroom

PREFIXES = {"ar": ("و", "ف", "ب", "ك", "ل", "لل", "ال")}
TAGS = {"en": "en-GB", "fr": "fr-FR", "ar": "ar-MA"}


@cache
def speller(code: str, *known: str) -> Speller:
    dictionary = load(TAGS[code])
    assert dictionary
    script = "ARABIC" if code == "ar" else "LATIN"
    return Speller(dictionary, known, names(TAGS[code]), script, PREFIXES.get(code, ()))


def told(code: str, text: str, *known: str) -> list[str]:
    return [slip.word for slip in speller(code, *known).slips(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’Assemblée d’aujourd’hui", ["L’Assemblée", "d’aujourd’hui"]),
        (
            "un *mot* **en**tier et [un lien](https://example.org/mott)",
            ["un", "mot", "entier", "et", "un", "lien"],
        ),
        ("see www.exampel.org, press@exampel.org, #COPP30, @hanndle", ["see"]),
        (
            "{count} délégués, la {rank}e session, 93e, A320, COVID-19",
            ["délégués", "la", "session"],
        ),
        ("a note[^one] here", ["note", "here"]),
        ("sous‑marin semi-direct", ["sous-marin", "semi-direct"]),
        ("مُحَمَّد والجمعيـــة", ["محمد", "والجمعية"]),
        ("à 9 a.m. or the U.N. of ports.example.org", ["or", "the", "of"]),
        ("\\*literal\\* and report_final", ["literal", "and"]),
    ],
)
def test_words_are_what_a_dictionary_has(text: str, expected: list[str]) -> None:
    assert list(words(text)) == expected


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("fr", "La présidense de l’Assembléee", {"présidense", "Assembléee"}),
        ("fr", "Aujourd’hui, jusqu’à l’aube, qu’il s’agisse d’un prud’homme ou d’INTERPOL", set()),
        ("fr", "d’Hammouchi à Ouarzazate, l’Algérie et l’Arabie saoudite", set()),
        ("fr", "les coûts socio-économiques, le Royaume-Uni, dix-neuf, est-ce", set()),
        ("fr", "l’evenementt", {"evenementt"}),
        ("fr", "Le gouvernment", {"gouvernment"}),
        ("en", "The goverment recieves the delegates’ well-being", {"goverment", "recieves"}),
        ("en", "Mr Hammouchi’s visit; he doesn’t, O’Neill, the OECD, SMEs and iPhone", set()),
        ("en", "the color of honour", {"color"}),
        ("ar", "والجمعية العامة للمندوبين بالمغرب وبالسعودية", set()),
        ("ar", "هذا العكسري", {"العكسري"}),
        ("ar", "قال السيد شولمان في جورجاتون", set()),
        ("ar", "INTERPOL و Café", set()),
    ],
)
def test_slips_are_told_and_names_are_not(code: str, text: str, expected: set[str]) -> None:
    assert set(told(code, text)) == expected


def test_letters_may_be_printed_without_their_signs() -> None:
    dictionary = load("ru-RU")
    assert dictionary
    for plain, expected in (({"ё": "е"}, []), ({}, ["трёх"])):
        russian = Speller(dictionary, script="CYRILLIC", plain=plain)
        assert [slip.word for slip in russian.slips("из трёх трех")] == expected


@pytest.mark.parametrize(
    ("code", "text", "known", "expected"),
    [
        ("fr", "un webinaire hybridd", ["hybridd"], []),
        ("fr", "Gapresse, GAPRESSE, gapresse", ["gapresse"], []),
        ("fr", "gapressien", ["Gapressien"], ["gapressien"]),
        ("en", "Mr Hamouchi said", ["Hammouchi"], ["Hamouchi"]),
        ("en", "Mr Hammouchi said", ["Hammouchi"], []),
        ("ar", "وللإنتربول وبالإنتربول", ["الإنتربول"], []),
    ],
)
def test_words_of_the_newsroom_are_known(
    code: str, text: str, known: list[str], expected: list[str]
) -> None:
    assert told(code, text, *known) == expected


@pytest.mark.parametrize(
    ("code", "word", "wanted"),
    [
        ("fr", "présidense", "présidence"),
        ("fr", "developpement", "développement"),
        ("en", "recieve", "receive"),
        ("en", "goverment", "government"),
        ("ar", "العكسري", "العسكري"),
    ],
)
def test_the_right_word_is_among_three_suggestions(code: str, word: str, wanted: str) -> None:
    (slip,) = speller(code).slips(word)
    assert wanted in slip.suggestions
    assert len(slip.suggestions) <= 3


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("fr-MA", ("fr_MA", "fr", "fr_FR")),
        ("en-GB", ("en_GB",)),
        ("en-AU", ("en_AU", "en_GB")),
        ("en-US", ("en_US", "en")),
        ("en", ("en", "en_US")),
        ("es-MX", ("es_MX", "es_419", "es", "es_ES")),
        ("pt-BR", ("pt_BR", "pt")),
        ("pt-AO", ("pt_AO", "pt_PT")),
        ("de-AT", ("de_AT", "de", "de_DE")),
        ("de-CH", ("de_CH",)),
        ("ar-MA", ("ar_MA", "ar", "ar_EG")),
    ],
)
def test_a_locale_has_the_dictionary_that_spells_as_it_does(
    tag: str, expected: tuple[str, ...]
) -> None:
    assert dictionaries.names(tag) == expected


@pytest.mark.parametrize(
    "tag",
    ["en-GB", "en-US", "fr", "ar", "de", "es", "it", "pt-PT", "nl", "ru", "tr", "he", "fa", "ur"],
)
def test_the_extra_brings_dictionaries(tag: str) -> None:
    dictionary = load(tag)
    assert dictionary
    assert dictionary.letters
    assert not dictionary.knows("xqzxqz")


def test_a_dictionary_of_the_newsroom_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "zgh.aff").write_text("SET UTF-8\nTRY ⴰⴱⴳ\n", encoding="utf-8")
    (tmp_path / "zgh.dic").write_text("1\nⴰⵎⵓⵏ\n", encoding="utf-8")
    assert find("zgh") is None
    monkeypatch.setenv("DICPATH", str(tmp_path))
    dictionary = load("zgh")
    assert dictionary
    assert dictionary.knows("ⴰⵎⵓⵏ")
    assert not dictionary.knows("ⴰⵎⵓ")


def test_answers_are_remembered_and_a_broken_memory_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    first = Memory("xx")
    first.note("mot", answer=True)
    first.note_suggested("mott", ("mot",))
    first.save()
    assert (Memory("xx").known, Memory("xx").suggested) == ({"mot": True}, {"mott": ("mot",)})
    (file,) = memory.folder().iterdir()
    assert file.stat().st_mode & 0o077 == 0
    for broken in ("", "[]", '{"known": 3}', '{"known": {}, "suggested": {"a": 1}}', "\udcff"):
        file.write_text(broken, encoding="utf-8", errors="surrogateescape")
        assert Memory("xx").known == {}


def test_the_sample_newsroom_has_no_slip(sample: object) -> None:
    from gapress.kit.check import check
    from gapress.workspace import Workspace

    workspace = Workspace(ROOT)
    assert [
        p for p in check(workspace, workspace.slugs()) if p.check in {"spelling", "grammar"}
    ] == []


def problems(newsroom: Newsroom, check: str) -> list[dict[str, object]]:
    told = json.loads(newsroom.run("check", "--json").output)["problems"]
    return [problem for problem in told if problem["check"] == check]


def test_each_word_is_told_once_a_file_with_its_place(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "A headline", "A headlinne of the headlinne")
    newsroom.edit("releases/news.yaml", "A paragraph", "A headlinne here. A paragraph")
    (problem,) = problems(newsroom, "spelling")
    assert problem["file"] == "releases/news.yaml"
    assert (problem["line"], problem["column"]) == (4, 11)
    assert problem["message"] == "“headlinne” is not in the dictionary (3 times in this file)"
    assert problem["hint"] == (
        "did you mean headline? If it is right, add it to locales/en/words.txt"
    )
    assert problem["severity"] == "warning"
    newsroom.write("locales/en/words.txt", "# ours\nheadlinne  # a trade mark\n")
    assert problems(newsroom, "spelling") == []


def test_translations_are_checked_in_their_language(newsroom: Newsroom) -> None:
    newsroom.edit("locales/fr/LC_MESSAGES/news.po", "Un titre", "Un titrre headline")
    (problem,) = problems(newsroom, "spelling")  # headline is a word of the source
    assert problem["file"] == "locales/fr/LC_MESSAGES/news.po"
    assert "titrre" in str(problem["message"])
    newsroom.edit(
        "locales/fr/LC_MESSAGES/news.po",
        'msgctxt "headline"',
        '#, ignore-spelling\nmsgctxt "headline"',
    )
    assert problems(newsroom, "spelling") == []


def test_names_and_terms_are_known_everywhere(newsroom: Newsroom) -> None:
    newsroom.edit("releases/_newsroom.yaml", "Test Newsroom", "Zzwembo")
    newsroom.edit("releases/news.yaml", "A headline", "The zzwembo and the quokkaboard")
    assert [p["message"] for p in problems(newsroom, "spelling")] == [
        "“quokkaboard” is not in the dictionary",
        "“zzwembo” is not in the dictionary",
    ]
    newsroom.write("locales/glossary.csv", "en,fr\nquokkaboard,tableau\n")
    newsroom.edit("releases/news.yaml", "The zzwembo", "The Zzwembo")
    assert problems(newsroom, "spelling") == []


def test_a_list_of_words_that_is_no_text_is_one_problem(newsroom: Newsroom) -> None:
    newsroom.write("locales/en/words.txt", "").write_bytes(b"\xff\xfe")
    result = newsroom.run("check")
    assert "locales/en/words.txt: not UTF-8 text; save it as UTF-8" in result.output
    assert result.exit_code == 1


def test_without_the_extra_it_is_said_how_to_get_it(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    newsroom.edit("releases/news.yaml", "A headline", "A headlinne")
    for module in ("gapress.spelling.dictionaries", "gapress.cli.check", "gapress.kit.doctor"):
        monkeypatch.setattr(f"{module}.is_installed", lambda: False)
    result = newsroom.run("check")
    assert "dictionary" not in result.stdout
    told = "Spelling was not checked: pip install 'gapress[spelling]' brings dictionaries.\n"
    assert result.stderr.endswith(told)
    assert newsroom.run("check", "--json").stderr == ""
    assert "spelling (Hunspell): pip install 'gapress[spelling]'" in newsroom.run("doctor").output


@settings(deadline=None, max_examples=50)  # a dictionary is loaded in the first
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=60))
def test_any_text_can_be_checked(text: str) -> None:
    for code in ("en", "fr"):
        for slip in speller(code).slips(text):
            assert len(slip.suggestions) <= 3
            assert slip.word not in slip.suggestions


def test_the_preview_says_the_same(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "A paragraph with", "A paragraf  “with")
    desk = Desk(newsroom.root)
    try:
        panes = desk.sheet("news").panes
        (source,) = (t for t in panes["en"].texts if t.message.role == "paragraph")
        assert [(p.check, p.line, p.column) for p in source.problems] == [
            ("spelling", 6, 16),
            ("quotes", 6, 16),
        ]
        assert "paragraph" in source.problems[0].hint
        number = next(t.number for t in panes["fr"].texts if t.message.role == "headline")
        (problem,) = desk.checked("news", "fr", number, "Un titrre")
        assert (problem.check, problem.severity) == ("spelling", "warning")
        assert desk.checked("news", "fr", number, "Un titre") == ()
    finally:
        desk.close()
