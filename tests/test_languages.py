"""A further language is a catalog and a line of configuration: no code."""

from __future__ import annotations

import gettext
import io
import tomllib
from typing import TYPE_CHECKING

import docx
import polib
import pypdfium2
import pytest
from babel import Locale
from docx.oxml.ns import qn
from lxml import html

from conftest import FRENCH, ROOT
from gapress.catalogs.store import read_catalog
from gapress.catalogs.translations import load_translations
from gapress.localization.typography import typography_for
from gapress.release.markup import placeholders
from gapress.workspace import Workspace
from words import missing, words

if TYPE_CHECKING:
    from conftest import Newsroom

SHIPPED = sorted(path.parts[-3] for path in (ROOT / "locales").glob("*/LC_MESSAGES/gapress.po"))
REGIONAL = {"pt_PT"}


def labels(folder: str) -> dict[str, str]:
    path = ROOT / f"locales/{folder}/LC_MESSAGES/gapress.po"
    entries = read_catalog(path.read_bytes(), path.name).entries
    return {source: entry.translation for (_, source), entry in entries.items()}


# Languages whose labels don't ship, with those of a close one.
LABELS = {"gl": labels("es"), "ps": labels("ur")}
TEXTS = {
    "gl": {
        "organisation": {"Test Newsroom": "Sala de prensa"},
        "contact": {"Press office": "Gabinete de prensa"},
        "headline": {"A headline": "Un titular de prueba"},
        "paragraph": {"A paragraph with {count} figures.": "Un párrafo con {count} cifras."},
        "dateline city": {"Marrakech": "Marrakech"},
    },
    "ps": {
        "organisation": {"Test Newsroom": "پریس روم"},
        "contact": {"Press office": "پریس آفس"},
        "headline": {"A headline": "مراکش میں انٹرپول کی جنرل اسمبلی"},
        "paragraph": {"A paragraph with {count} figures.": "اس پیراگراف میں {count} اعداد ہیں۔"},
        "dateline city": {"Marrakech": "مراکش"},
    },
}
LINES = {"gl": "gl: gl-ES", "ps": "ps: ps-PK"}


@pytest.fixture(params=["gl", "ps"])
def language(request: pytest.FixtureRequest, newsroom: Newsroom) -> str:
    code: str = request.param
    newsroom.edit("releases/_newsroom.yaml", "en: en-GB", f"en: en-GB, {LINES[code]}")
    shared = {"organisation", "contact"}
    folder = f"{code}/LC_MESSAGES"
    newsroom.catalog(f"{folder}/newsroom.po", {k: v for k, v in TEXTS[code].items() if k in shared})
    newsroom.catalog(f"{folder}/news.po", {k: v for k, v in TEXTS[code].items() if k not in shared})
    entries = "\n".join(
        f'msgid "{source}"\nmsgstr "{label}"\n' for source, label in LABELS[code].items()
    )
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    newsroom.write(f"locales/{folder}/gapress.po", header + entries)
    return code


@pytest.mark.parametrize("folder", SHIPPED)
def test_shipped_labels_are_complete(folder: str) -> None:
    template = read_catalog((ROOT / "locales/gapress.pot").read_bytes(), "gapress.pot")
    path = ROOT / f"locales/{folder}/LC_MESSAGES/gapress.po"
    catalog = read_catalog(path.read_bytes(), path.name)
    wanted = [source for _, source in template.entries]
    found = [source for _, source in catalog.entries]
    assert found == [source for source in wanted if folder not in REGIONAL or source in found]
    for (_, source), entry in catalog.entries.items():
        assert entry.usable, source
        assert placeholders(entry.translation) == placeholders(source), source


@pytest.mark.parametrize("folder", SHIPPED)
def test_shipped_labels_have_the_header_of_their_language(folder: str) -> None:
    header = gettext.GNUTranslations(
        io.BytesIO(polib.pofile(str(ROOT / f"locales/{folder}/LC_MESSAGES/gapress.po")).to_binary())
    )
    assert header.info()["language"] == folder
    forms = int(header.info()["plural-forms"].partition("nplurals=")[2][0])
    tag = folder.replace("_", "-")
    assert {header.plural(n) for n in range(200)} == set(range(forms))
    # The whole numbers alone: CLDR has further categories for fractions and for a million.
    assert forms == len({Locale.parse(tag, sep="-").plural_form(n) for n in range(200)})


def test_another_language_in_every_format(language: str, newsroom: Newsroom) -> None:
    result = newsroom.run("render")
    assert result.exit_code == 0, result.output
    folder = newsroom.root / f"dist/news/{language}"
    direction = "rtl" if language == "ps" else "ltr"
    headline = TEXTS[language]["headline"]["A headline"]

    root = html.document_fromstring((folder / f"news_{language}.html").read_bytes())
    assert root.get("lang") == LINES[language].partition(": ")[2]
    assert root.get("dir") == direction
    assert root.findtext(".//h1") == headline

    document = docx.Document(str(folder / f"news_{language}.docx"))
    (heading,) = [p for p in document.paragraphs if p.style and p.style.name == "Heading 1"]
    assert heading.text == headline
    assert (heading._p.pPr.find(qn("w:bidi")) is not None) == (direction == "rtl")

    pages = pypdfium2.PdfDocument(folder / f"news_{language}.pdf")
    text = "\n".join(page.get_textpage().get_text_range() for page in pages)
    wanted = list(words(" ".join(root.find("body").text_content().split())))
    switcher = [w for a in root.xpath("//nav//a") for w in words(a.text)]
    for word in switcher:
        wanted.remove(word)
    assert missing(wanted, text) == []


def test_without_its_labels_a_language_is_refused(language: str, newsroom: Newsroom) -> None:
    (newsroom.root / f"locales/{language}/LC_MESSAGES/gapress.po").unlink()
    result = newsroom.run("render", "--format", "html")
    assert result.exit_code == 1
    assert (
        f"locales/{language}/LC_MESSAGES/gapress.po: the label 'Press release' is not translated"
        in result.output
    )
    assert newsroom.files() == ["news/en/news_en.html", "news/fr/news_fr.html"]


def test_a_label_is_asked_for_where_it_is_used(language: str, newsroom: Newsroom) -> None:
    catalog = newsroom.root / f"locales/{language}/LC_MESSAGES/gapress.po"
    text = catalog.read_text(encoding="utf-8")
    for source in ("Footnotes", "LEI: {code}"):
        text = text.replace(f'msgid "{source}"\nmsgstr "{LABELS[language][source]}"\n', "")
    catalog.write_text(text, encoding="utf-8")
    result = newsroom.run("render", "--format", "html", "--format", "txt")
    assert result.exit_code == 0, result.output

    more = "identifiers: {lei: 5493001KJTIIGC8Y1R12}\ncontacts:"
    newsroom.edit("releases/news.yaml", "contacts:", more)
    result = newsroom.run("render", "--format", "html", "--language", language)
    assert result.exit_code == 1
    assert f"{language}/LC_MESSAGES/gapress.po: the label 'LEI: {{code}}' is not" in result.output


def test_a_label_of_a_template_is_a_problem_of_its_files(language: str, newsroom: Newsroom) -> None:
    catalog = newsroom.root / f"locales/{language}/LC_MESSAGES/gapress.po"
    text, label = catalog.read_text(encoding="utf-8"), LABELS[language]["Other languages"]
    entry = f'msgid "Other languages"\nmsgstr "{label}"\n'
    catalog.write_text(text.replace(entry, ""), encoding="utf-8")
    result = newsroom.run("render", "--format", "html", "--format", "txt")
    assert result.exit_code == 1
    assert "the label 'Other languages' is not translated" in result.output
    mine = [name for name in newsroom.files() if name.startswith(f"news/{language}/")]
    assert mine == [f"news/{language}/news_{language}.txt"]
    assert newsroom.run("render", "--draft", "--format", "html").exit_code == 0


def test_a_release_may_be_written_in_any_language(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "kind:", "language: fr\nkind:")
    newsroom.edit("releases/news.yaml", "A headline", "Un titre")
    newsroom.edit(
        "releases/news.yaml", "A paragraph with {count} figures.", '"Un paragraphe : {count} ?"'
    )
    reverse = {
        "headline": {"Un titre": "A headline"},
        "paragraph": {"Un paragraphe : {count} ?": "A paragraph: {count}?"},
        "dateline city": FRENCH["dateline city"],
    }
    newsroom.catalog("en/LC_MESSAGES/news.po", reverse)
    assert newsroom.run("render", "--format", "html").exit_code == 0
    pages = {
        code: (newsroom.root / f"dist/news/{code}/news_{code}.html").read_text()
        for code in ("en", "fr")
    }
    assert "A paragraph: 1,500?" in pages["en"]
    assert "Un paragraphe\u00a0: 1\u202f500\u202f?" in pages["fr"]


# --- labels that ship ---------------------------------------------------------------------------

SIGNS = {  # press release, city
    "de": ("de-DE", "Pressemitteilung", "Ortszeit Casablanca"),
    "es": ("es-ES", "Comunicado de prensa", "hora de Casablanca"),
    "fa": ("fa-IR", "اطلاعیه مطبوعاتی", "به وقت کازابلانکا"),
    "he": ("he-IL", "הודעה לעיתונות", "שעון קזבלנקה"),
    "it": ("it-IT", "Comunicato stampa", "ora di Casablanca"),
    "nl": ("nl-NL", "Persbericht", "plaatselijke tijd Casablanca"),
    "pt": ("pt-BR", "Comunicado à imprensa", "horário de Casablanca"),
    "pt-PT": ("pt-PT", "Comunicado de imprensa", "hora de Casablanca"),
    "ru": ("ru-RU", "Пресс-релиз", "Касабланка"),
    "tr": ("tr-TR", "Basın bülteni", "Kazablanka saatiyle"),
    "ur": ("ur-PK", "پریس ریلیز", "کیسا بلانکا کے وقت کے مطابق"),
    "zgh": ("zgh-MA", "ⴰⵍⵖⵓ ⵏ ⵓⵙⵏⵖⵎⵙ", "ⵜⴰⵙⵔⴰⴳⵜ ⵏ"),
    "zgh-Latn": ("zgh-Latn-MA", "Alɣu n usnɣms", "tasragt n"),
    "zh": ("zh-CN", "新闻稿", "卡萨布兰卡时间"),
    "zh-Hant": ("zh-Hant-TW", "新聞稿", "卡薩布蘭卡時間"),
}


@pytest.mark.parametrize("code", SIGNS)
def test_labels_of_a_shipped_language_need_no_catalog(code: str, newsroom: Newsroom) -> None:
    tag, kind, zone = SIGNS[code]
    newsroom.edit("releases/_newsroom.yaml", "en: en-GB", f"en: en-GB, {code}: {tag}")
    newsroom.edit("releases/news.yaml", "kind:", "embargo: 2025-11-24T10:00:00+01:00\nkind:")
    result = newsroom.run("render", "--draft", "-f", "html", "-f", "txt", "-l", code)
    assert result.exit_code == 0, result.output
    (path,) = newsroom.root.glob(f"dist/*/{code}/*.txt")
    text = path.read_text(encoding="utf-8")
    assert kind in text
    assert zone in " ".join(text.split())


@pytest.mark.parametrize("tag", ["zh-TW", "zh-HK", "zh-Hant-MO"])
def test_a_region_takes_the_labels_of_its_script(tag: str) -> None:
    workspace = Workspace(ROOT)
    found = load_translations(workspace, "none", "zh", tag).find("gapress", "", "Press release")
    assert found is not None
    assert found.translation == "新聞稿"


@pytest.mark.parametrize(
    ("tag", "label", "slot", "name", "shown"),
    [
        ("fr-MA", "heure de {city}, x", "city", "Casablanca", "heure de Casablanca, x"),
        ("fr-CA", "heure de {city}, x", "city", "Alger", "heure d’Alger, x"),
        ("fr", "heure de {city}", "city", "Le Caire", "heure du Caire"),
        ("fr", "heure de {city}", "city", "Les Escoumins", "heure des Escoumins"),
        ("fr", "heure de {city}", "city", "Helsinki", "heure d’Helsinki"),
        ("fr", "heure de {city}", "city", "Hong Kong", "heure de Hong Kong"),
        ("fr", "{city} : x", "city", "Alger", "Alger : x"),
        ("fr", "monde {city}", "city", "Alger", "monde Alger"),
        ("es", "{date} a las {time} (x)", "time", "1:30", "{date} a la 1:30 (x)"),
        ("es", "{date} a las {time} (x)", "time", "11:30", "{date} a las 11:30 (x)"),
        ("it", "Rettifica del {date}; x", "date", "8 marzo 2026", "Rettifica dell’8 marzo 2026; x"),
        ("it", "Rettifica del {date}", "date", "18 marzo", "Rettifica del 18 marzo"),
        ("de", "Ortszeit {city}", "city", "Algier", "Ortszeit Algier"),
    ],
)
def test_a_label_and_a_name_stand_together_as_the_language_wants(
    tag: str, label: str, slot: str, name: str, shown: str
) -> None:
    rules = tomllib.loads((ROOT / "templates/typography.toml").read_text(encoding="utf-8"))
    label, name = typography_for(rules, tag).contracted(label, slot, name)
    assert label.replace(f"{{{slot}}}", name) == shown


def test_desks_read_of_greenwich_where_their_language_says_so(newsroom: Newsroom) -> None:
    newsroom.edit("releases/_newsroom.yaml", "fr: fr-MA", "ar: ar-MA, fr: fr-MA")
    newsroom.edit("releases/_newsroom.yaml", "time_zone:", "other_time_zones: [UTC]\ntime_zone:")
    newsroom.edit("releases/news.yaml", "kind:", "embargo: 2025-11-24T10:00:00+01:00\nkind:")
    newsroom.run("render", "--draft", "-f", "txt")
    shown = {}
    for code in ("ar", "fr", "en"):
        (path,) = newsroom.root.glob(f"dist/*/{code}/*.txt")
        shown[code] = " ".join(path.read_text(encoding="utf-8").split())
    assert "(بتوقيت غرينتش)" in shown["ar"]
    assert (
        "(heure de Casablanca, UTC+01:00) soit le lundi 24 novembre 2025 à 9h (UTC)" in shown["fr"]
    )
    assert "Casablanca time, UTC+01:00) Monday, 24 November 2025, 9am (UTC)" in shown["en"]
