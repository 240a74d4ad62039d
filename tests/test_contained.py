"""One fault stays one fault: a file that can't be made costs its kit nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from conftest import Newsroom

# What no font of the theme has, in one language only.
HEADLINE = "A headline with \U00013080"


def rendered(newsroom: Newsroom, *arguments: str) -> dict[str, list[dict[str, str]]]:
    result = newsroom.run("render", "--json", *arguments)
    report: dict[str, list[dict[str, str]]] = json.loads(result.stdout)
    assert result.exit_code == (1 if report["refused"] else 0), result.output
    return report


def lack_a_glyph(newsroom: Newsroom) -> None:
    """Let the French PDF alone lack a glyph."""
    newsroom.edit("locales/fr/LC_MESSAGES/news.po", "Un titre", "Un titre \U00013080")


# --- a format that refuses a document ------------------------------------------------------------


def test_only_the_file_that_can_t_be_made_is_refused(newsroom: Newsroom) -> None:
    lack_a_glyph(newsroom)
    report = rendered(newsroom)
    assert report["refused"] == [
        {"release": "news", "language": "fr", "format": "pdf"},
        {"release": "news", "language": "fr", "format": "eml"},
    ]
    assert [
        problem["message"] for problem in report["problems"] if "eml" in problem["message"]
    ] == ["the eml in fr is not made, since it would attach the pdf"]
    kit = newsroom.root / "dist/news"
    assert [name for name in newsroom.files() if "/fr/" in name] == [
        f"news/fr/news_fr.{kind}" for kind in ("docx", "html", "ninjs.json", "txt")
    ]
    assert len([name for name in newsroom.files() if "/en/" in name]) == 6
    index = (kit / "index.html").read_text(encoding="utf-8")
    assert "fr/news_fr.docx" in index
    assert "fr/news_fr.pdf" not in index
    manifest = json.loads((kit / "manifest.json").read_text())
    assert manifest["lacking"] == {"fr": ["pdf", "eml"]}


def test_an_earlier_version_of_the_file_does_not_stay(newsroom: Newsroom) -> None:
    rendered(newsroom)
    assert "news/fr/news_fr.pdf" in newsroom.files()
    lack_a_glyph(newsroom)
    removed = rendered(newsroom)["removed"]
    assert removed == [
        "dist/news/fr/news_fr.eml",
        "dist/news/fr/news_fr.pdf",
        "dist/news/news_all.eml",
    ]
    assert "news/fr/news_fr.pdf" not in newsroom.files()
    assert "news/fr/news_fr.docx" in newsroom.files()


def test_what_is_lacking_is_known_until_it_is_made(newsroom: Newsroom) -> None:
    lack_a_glyph(newsroom)
    rendered(newsroom)

    def kits() -> list[str]:
        status = json.loads(newsroom.run("status", "--json").stdout)["status"]
        return [row["kit"] for row in status]

    def findings() -> list[str]:
        result = newsroom.run("verify", "--json")
        return [f["path"] for f in json.loads(result.stdout)["findings"]]

    assert kits() == ["up to date", "incomplete"]
    assert findings() == ["fr pdf", "fr eml"]
    # It is tried each time that it is asked for, and remembered where it is not.
    assert len(rendered(newsroom)["refused"]) == 2
    assert rendered(newsroom, "--format", "html")["current"] == ["dist/news"]
    newsroom.edit("releases/news.yaml", "number: 1500", "number: 1501")
    assert rendered(newsroom, "--format", "docx")["refused"] == []
    assert findings() == ["fr pdf", "fr eml"]
    newsroom.edit("locales/fr/LC_MESSAGES/news.po", "Un titre \U00013080", "Un titre")
    assert rendered(newsroom)["refused"] == []
    assert (kits(), findings()) == (["up to date"] * 2, [])


def test_other_languages_don_t_link_to_a_page_that_is_not_made(newsroom: Newsroom) -> None:
    newsroom.write(
        "templates/release.html",
        """\
        <html><body>{{ 1 // (0 if document.language.code == "fr" else 1) }}
        {% for other in document.alternates %}<a href="{{ other.href }}">x</a>{% endfor %}
        </body></html>
        """,
    )
    report = rendered(newsroom, "--format", "html", "--format", "txt")
    assert report["refused"] == [{"release": "news", "language": "fr", "format": "html"}]
    assert newsroom.files() == [
        "news/en/news_en.html",
        "news/en/news_en.txt",
        "news/fr/news_fr.txt",
    ]
    assert "href" not in (newsroom.root / "dist/news/en/news_en.html").read_text()
