"""``gapress render`` and ``check`` as the officer meets them: what is made, refused and removed."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Newsroom

NEWS = "locales/fr/LC_MESSAGES/news.po"


def test_every_language_and_format_is_made(newsroom: Newsroom) -> None:
    result = newsroom.run("render")
    assert result.exit_code == 0
    made = [
        f"news/{code}/news_{code}.{suffix}"
        for code in ("en", "fr")
        for suffix in ("docx", "eml", "html", "ninjs.json", "pdf", "txt")
    ]
    assert newsroom.files() == made
    kinds = "pdf, docx, html, txt, eml, ninjs.json"
    assert re.sub(r" \d+ kB", "", result.output) == (
        f"dist/news/\n  en  {kinds}\n  fr  {kinds}\n"
        "  all  eml, index.html, manifest.json, SHA256SUMS, zip\n"
    )


def test_options_choose_language_format_and_folder(newsroom: Newsroom) -> None:
    result = newsroom.run("render", "news", "-l", "fr", "-f", "html", "--output", "kits")
    assert result.exit_code == 0
    made = (newsroom.root / "kits/news").rglob("*_*.*")
    assert [path.name for path in made] == ["news_fr.html"]


def test_a_missing_translation_keeps_its_language_back(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "headline: A headline", "headline: A new headline")
    result = newsroom.run("render", "--format", "html")
    assert result.exit_code == 1
    assert newsroom.files() == ["news/en/news_en.html"]
    assert (
        "releases/news.yaml:4:11: the headline 'A new headline' has no entry in "
        "locales/fr/LC_MESSAGES/news.po; run gapress catalogs update, then translate it into fr"
    ) in result.output
    assert "refused news in fr" in result.output


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'msgstr "Un titre"',
            'msgstr ""',
            "5: the headline 'A headline' is not translated; translate it; it is at releases/news.yaml:4:11",
        ),
        (
            'msgctxt "headline"',
            '#, fuzzy\nmsgctxt "headline"',
            "6: the headline 'A headline' is marked fuzzy",
        ),
        ("avec {count} chiffres", "avec 1500 chiffres", "9: the translation lacks {count}"),
        ("avec {count} chiffres", "avec {count} {chiffres}", "9: the translation has {chiffres}"),
        (
            "avec {count} chiffres",
            "avec {count.real} chiffres",
            "9: {count.real} is not a placeholder",
        ),
        (
            "avec {count} chiffres",
            "avec {count} [x](javascript:x)",
            "9: the link 'javascript:x' is not allowed",
        ),
        (
            "Un titre",
            "Un \u202etitre",
            "5: the translation has an unbalanced bidirectional control",
        ),
        ("Un titre", "Un \x07titre", "5: the translation has a forbidden character U+0007"),
    ],
)
def test_a_catalog_problem_names_file_and_line(
    newsroom: Newsroom, old: str, new: str, message: str
) -> None:
    newsroom.edit(NEWS, old, new)
    result = newsroom.run("render", "--format", "html")
    assert result.exit_code == 1
    assert newsroom.files() == ["news/en/news_en.html"]
    lines = [line for line in result.output.splitlines() if line.startswith(NEWS)]
    assert any(line.startswith(f"{NEWS}:{message}") for line in lines)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("<<<<<<< HEAD\n", f"{NEWS}:1:1: a merge conflict is not resolved"),
        ('msgid "unclosed\n', f"{NEWS}:"),
        ("msgid nonsense\n", f"{NEWS}:"),
    ],
)
def test_a_broken_catalog_is_one_problem(newsroom: Newsroom, content: str, message: str) -> None:
    newsroom.write(NEWS, content)
    result = newsroom.run("render", "--format", "html")
    assert result.exit_code == 1
    assert message in result.output
    assert "1 problem." in result.output
    assert newsroom.files() == ["news/en/news_en.html"]


def test_a_catalog_in_another_encoding_than_it_says(newsroom: Newsroom) -> None:
    text = (newsroom.root / NEWS).read_text(encoding="utf-8").replace("Un titre", "Un été")
    (newsroom.root / NEWS).write_bytes(text.encode("latin-1"))
    result = newsroom.run("check")
    assert (
        f"{NEWS}: not in the encoding that its header declares (UTF-8); save it as UTF-8"
        in result.output
    )


def test_a_regional_catalog_comes_before_the_general_one(newsroom: Newsroom) -> None:
    newsroom.catalog("fr_MA/LC_MESSAGES/news.po", {"headline": {"A headline": "Un titre marocain"}})
    assert newsroom.run("render", "--format", "html").exit_code == 0
    page = (newsroom.root / "dist/news/fr/news_fr.html").read_text(encoding="utf-8")
    assert '<h1 lang="fr-MA" dir="ltr">Un titre marocain</h1>' in page
    assert "Un paragraphe" in page


def test_a_draft_shows_what_is_there_and_says_so(newsroom: Newsroom) -> None:
    newsroom.edit(NEWS, 'msgstr "Un titre"', 'msgstr ""')
    result = newsroom.run("render", "--draft", "--format", "html")
    assert newsroom.files() == [
        "news-DRAFT/en/news_en-DRAFT.html",
        "news-DRAFT/fr/news_fr-DRAFT.html",
    ]
    assert result.exit_code == 0
    assert "1 problem must be fixed before these drafts can be released; gapress" in result.output
    page = (newsroom.root / "dist/news-DRAFT/fr/news_fr-DRAFT.html").read_text(encoding="utf-8")
    assert '<h1 lang="fr-MA" dir="ltr">A headline</h1>' in page
    assert "Projet – ne pas publier" in page
    assert "PROJET" in page


def test_no_draft_stays_beside_a_final_kit(newsroom: Newsroom) -> None:
    newsroom.run("render", "--draft", "--format", "html")
    result = newsroom.run("render", "--format", "html")
    assert newsroom.files() == ["news/en/news_en.html", "news/fr/news_fr.html"]
    assert "removed dist/news-DRAFT/en/news_en-DRAFT.html" in result.output


def test_a_draft_goes_even_where_the_final_kit_is_up_to_date(newsroom: Newsroom) -> None:
    newsroom.run("render", "--format", "html")
    newsroom.run("render", "--draft", "--format", "html")
    newsroom.run("render", "--format", "html")
    assert newsroom.files() == ["news/en/news_en.html", "news/fr/news_fr.html"]


def test_no_file_of_an_earlier_text_stays(newsroom: Newsroom) -> None:
    newsroom.run("render")
    newsroom.edit("releases/news.yaml", "number: 1500", "number: 1600")
    newsroom.run("render", "--format", "html", "--language", "en")
    assert newsroom.files() == ["news/en/news_en.html"]


def test_a_refused_language_leaves_no_earlier_file(newsroom: Newsroom) -> None:
    newsroom.run("render", "--format", "html")
    newsroom.edit("releases/news.yaml", "A headline", "Another headline")
    newsroom.run("render", "--format", "html")
    assert newsroom.files() == ["news/en/news_en.html"]


def test_what_is_up_to_date_stays(newsroom: Newsroom) -> None:
    newsroom.run("render", "--format", "html")
    newsroom.run("render", "--format", "pdf", "--language", "fr")
    assert newsroom.files() == [
        "news/en/news_en.html",
        "news/fr/news_fr.html",
        "news/fr/news_fr.pdf",
    ]


def test_the_language_switcher_leads_to_files_that_exist(newsroom: Newsroom) -> None:
    def links(code: str) -> list[str]:
        page = (newsroom.root / f"dist/news/{code}/news_{code}.html").read_text(encoding="utf-8")
        return re.findall(r'<a href="(\.\./[^"]*)"', page)

    newsroom.run("render", "--language", "en", "--format", "html")
    assert links("en") == []
    newsroom.run("render", "--language", "fr", "--format", "html")
    assert links("fr") == ["../en/news_en.html"]
    assert links("en") == ["../fr/news_fr.html"]


def test_foreign_files_are_never_removed(newsroom: Newsroom) -> None:
    newsroom.run("render", "--format", "html")
    newsroom.write("dist/news/fr/notes.txt", "mine")
    newsroom.edit("releases/news.yaml", "A headline", "Another headline")
    newsroom.run("render", "--format", "html")
    assert newsroom.files() == ["news/en/news_en.html", "news/fr/notes.txt"]


def test_a_manifest_cannot_name_files_outside_the_kit(newsroom: Newsroom) -> None:
    precious = newsroom.write("precious.txt", "x")
    manifest = {"files": {"../../../precious.txt": {"inputs": "0"}, str(precious): {"inputs": "0"}}}
    newsroom.write("dist/news/manifest.json", json.dumps(manifest))
    newsroom.run("render", "--format", "html")
    assert precious.exists()


def test_a_broken_release_leaves_its_kit_and_others_alone(newsroom: Newsroom) -> None:
    newsroom.write("releases/other.yaml", (newsroom.root / "releases/news.yaml").read_text())
    newsroom.write("locales/fr/LC_MESSAGES/other.po", (newsroom.root / NEWS).read_text())
    newsroom.run("render", "--format", "html")
    before = (newsroom.root / "dist/news/en/news_en.html").read_bytes()
    newsroom.edit("releases/news.yaml", "headline:", "haedline:")
    newsroom.edit("releases/other.yaml", "number: 1500", "number: 1501")
    result = newsroom.run("render", "--format", "html")
    assert result.exit_code == 1
    assert (
        "releases/news.yaml:4:1: haedline is not known here; did you mean headline?"
        in result.output
    )
    assert (newsroom.root / "dist/news/en/news_en.html").read_bytes() == before
    assert "news/fr/news_fr.html" in newsroom.files()
    assert "dist/other/\n  en  html" in result.output


def test_output_that_cannot_be_written(newsroom: Newsroom) -> None:
    newsroom.write("dist/news", "a file where a folder belongs")
    result = newsroom.run("render", "--format", "html")
    assert result.exit_code == 3
    assert "dist/news is not a folder, where the kit's folder belongs" in result.output
    assert (newsroom.root / "dist/news").read_text() == "a file where a folder belongs"


def test_json_reports(newsroom: Newsroom) -> None:
    newsroom.edit(NEWS, 'msgstr "Un titre"', 'msgstr ""')
    report = json.loads(newsroom.run("render", "--format", "html", "--json").stdout)
    files = [made["file"] for made in report["made"]]
    assert [name for name in files if "/en/" in name] == ["dist/news/en/news_en.html"]
    assert report["failures"] == report["current"] == []
    assert report["refused"] == [{"release": "news", "language": "fr", "format": ""}]
    (problem,) = report["problems"]
    assert (problem["file"], problem["line"]) == (NEWS, 5)
    checked = json.loads(newsroom.run("check", "--json").stdout)
    assert checked == {"problems": [problem]}


def test_json_even_where_nothing_can_be_done(newsroom: Newsroom) -> None:
    newsroom.edit("releases/_newsroom.yaml", "language: en", "langage: en")
    for command in ("check", "render"):
        result = newsroom.run(command, "--json")
        assert result.exit_code == 1
        assert "langage is not known here" in json.loads(result.stdout)["problems"][0]["message"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["render", "nwes"], "no release 'nwes'; did you mean news?"),
        (["render", "../news"], "no release '../news'"),
        (["check", "/etc/passwd"], "no release '/etc/passwd'"),
        (["render", "--language", "de"], "no language 'de' in this newsroom; known are en, fr"),
        (
            ["render", "--format", "odt"],
            "'odt' is not one of 'pdf', 'docx', 'html', 'txt', 'eml', 'ninjs'",
        ),
        (["rendre"], "No such command 'rendre'"),
    ],
)
def test_wrong_usage_exits_with_2(newsroom: Newsroom, arguments: list[str], message: str) -> None:
    result = newsroom.run(*arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_outside_a_newsroom(tmp_path: object, newsroom: Newsroom) -> None:
    (newsroom.root / "releases/_newsroom.yaml").unlink()
    result = newsroom.run("render")
    assert result.exit_code == 2
    assert "no newsroom here" in result.output
    assert newsroom.run().exit_code == 0


def test_no_argument_says_what_comes_next(newsroom: Newsroom) -> None:
    result = newsroom.run()
    assert result.exit_code == 0
    assert "This newsroom has 1 release:\n  news\n" in result.output
    assert "gapress render" in result.output


def test_check_is_content_with_a_sound_newsroom(newsroom: Newsroom) -> None:
    result = newsroom.run("check")
    assert (result.output, result.exit_code) == ("No problem in 1 release.\n", 0)


def test_a_fault_in_gapress_shows_no_traceback(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("gapress.cli.check.run_check", fail)
    result = newsroom.run("check")
    assert result.exit_code == 1
    assert "internal error in gapress: RuntimeError: boom" in result.output
    assert "Traceback" not in result.output


# --- what a designer changes ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "content", "message"),
    [
        (
            "release.html",
            "{{ document.headline",
            "templates/release.html:1: unexpected end of template",
        ),
        (
            "release.html",
            "a\n{{ document.nothing }}",
            "templates/release.html:2: the template failed",
        ),
        (
            "release.html",
            "{{ document.slug.__class__.__mro__ }}",
            "templates/release.html:1: the template failed",
        ),
        (
            "release.html",
            "{% include '../secret' %}",
            "templates/release.html:1: the template failed",
        ),
        ("release.html", "{{ 1 // 0 }}", "templates/release.html:1: the template failed"),
        ("typography.toml", "[fr", "templates/typography.toml: not valid TOML"),
        (
            "typography.toml",
            "fr = 1",
            "templates/typography.toml: the rules of fr have the wrong form",
        ),
        (
            "release.pdf.html",
            '{% import "parts.html" as p %}<html lang="en"><title>x</title><img alt="" src="file:///etc/passwd">',
            "templates: Failed to load",
        ),
    ],
)
def test_a_broken_template_names_file_and_line(
    newsroom: Newsroom, template: str, content: str, message: str
) -> None:
    newsroom.write(f"templates/{template}", content)
    result = newsroom.run("render", "--language", "en")
    assert result.exit_code == 1
    assert message in result.output
    kind = {"release.html": ".html", "release.pdf.html": ".pdf"}.get(template, "")
    assert not [name for name in newsroom.files() if name.endswith(kind)]


def test_an_error_in_an_included_template_is_placed_there(newsroom: Newsroom) -> None:
    newsroom.write("templates/release.html", "a\n{% include 'sub/part.html' %}")
    newsroom.write("templates/sub/part.html", "a\nb\n{{ document.nothing }}")
    result = newsroom.run("check")
    assert result.exit_code == 1
    assert "templates/sub/part.html:3: the template failed" in result.output


def test_a_workspace_overrides_templates_and_theme(newsroom: Newsroom) -> None:
    newsroom.write(
        "templates/release.html", "<p>{{ document.title }} {{ theme.colours.accent }}</p>"
    )
    with (newsroom.root / "releases/_newsroom.yaml").open("a", encoding="utf-8") as file:
        file.write('theme: {colours: {accent: "#AA0011"}}\n')
    assert newsroom.run("render", "--format", "html").exit_code == 0
    page = (newsroom.root / "dist/news/en/news_en.html").read_text(encoding="utf-8")
    assert page == "<p>A headline #aa0011</p>"


def test_a_page_that_would_load_something_is_refused(newsroom: Newsroom) -> None:
    css = "body { background: url(https://example.org/x.png) }"
    newsroom.write("templates/screen.css", css)
    for command in (["check"], ["render", "--format", "html", "--language", "en"]):
        result = newsroom.run(*command)
        assert result.exit_code == 1
        assert "the page would load https://example.org/x.png" in result.output


def test_a_font_that_is_not_installed(newsroom: Newsroom) -> None:
    with (newsroom.root / "releases/_newsroom.yaml").open("a", encoding="utf-8") as file:
        fonts = (
            "text: Nonesuch, headline: Nonesuch, label: Nonesuch, word_text: A, word_headline: A"
        )
        file.write(f"theme: {{fonts: {{default: {{{fonts}}}}}}}\n")
    result = newsroom.run("render", "--format", "pdf", "--language", "en")
    assert result.exit_code == 1
    assert (
        "the font family Nonesuch is not installed; put its files into templates/fonts/, "
        "install it with pip install fontpkg-nonesuch" in result.output
    )


def test_a_character_without_a_glyph_is_an_error_never_a_box(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "A headline", "Georgian ზ")
    result = newsroom.run("render", "--format", "pdf", "--language", "en")
    assert result.exit_code == 1
    assert "no font of the theme has the character ზ (U+10D6)" in result.output
    assert newsroom.files() == []


def test_letters_that_no_font_has_are_told_in_a_line_from_the_right_too(newsroom: Newsroom) -> None:
    serif = "{text: IBM Plex Serif, headline: IBM Plex Serif, label: IBM Plex Serif, word_text: A, word_headline: A}"
    newsroom.edit("releases/_newsroom.yaml", "contacts:", f"theme:\n  fonts:\n    default: {serif}\n    Arab: {serif}\ncontacts:")  # fmt: skip
    newsroom.edit("releases/news.yaml", "A headline", "In ܡܪܐܟܫ, a headline")
    result = newsroom.run("render", "-l", "en", "-f", "pdf")
    assert result.exit_code == 1, result.output
    assert "news.yaml:4:11: no font of the theme has the Syriac letters ܡ ܪ ܐ ܟ ܫ" in result.output
    assert "1 problem." in result.output


def test_what_one_family_lacks_another_of_the_theme_has(newsroom: Newsroom) -> None:
    serif = "{text: IBM Plex Serif, headline: IBM Plex Serif, label: IBM Plex Serif, word_text: A, word_headline: A}"
    arabic = serif.replace("IBM Plex Serif", "IBM Plex Sans Arabic")
    newsroom.edit("releases/_newsroom.yaml", "contacts:", f"theme:\n  fonts:\n    default: {serif}\n    Arab: {arabic}\ncontacts:")  # fmt: skip
    newsroom.edit("releases/news.yaml", "A headline", "In مراكش, a headline")
    result = newsroom.run("render", "-l", "en", "-f", "pdf")
    assert result.exit_code == 0, result.output
    assert "no font" not in newsroom.run("check").output
