"""A further language is a catalog and a line of configuration: no code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn
from lxml import html

from conftest import FRENCH, ROOT
from gapress.catalogs.store import read_catalog
from words import missing, words

if TYPE_CHECKING:
    from conftest import Newsroom

LABELS = {
    "es": {
        "Press release": "Comunicado de prensa",
        "Media advisory": "Convocatoria de prensa",
        "Statement": "Declaración",
        "Joint statement": "Declaración conjunta",
        "Remarks": "Discurso",
        "Declaration": "Proclamación",
        "Results": "Resultados",
        "Correction notice": "Nota de corrección",
        "Holding statement": "Primera comunicación",
        "For immediate release": "Para difusión inmediata",
        "Embargoed until {date}, {time} ({zone})": "Embargado hasta el {date}, {time} ({zone})",
        "That is {date}, {time} ({zone})": "That is {date}, {time} ({zone})",
        "{city} time, {offset}": "hora de {city}, {offset}",
        "Reference: {reference}": "Referencia: {reference}",
        "ISIN: {code}": "ISIN: {code}",
        "LEI: {code}": "LEI: {code}",
        "Case: {number}": "Expediente: {number}",
        "{market}: {symbol}": "{market}: {symbol}",
        "{name}: {number}": "{name}: {number}",
        "Corrected on {date}; replaces version {version}": "Corrección del {date} (versión {version})",
        "Withdrawn on {date}: version {version} must no longer be used": "Retirada del {date} (versión {version})",
        "Withdrawn on {date}: versions {first} and {last} must no longer be used": "Retirada del {date} (versiones {first} y {last})",
        "Withdrawn on {date}: versions {first} to {last} must no longer be used": "Retirada del {date} (versiones {first} a {last})",
        "{kind} of {date}": "{kind} del {date}",
        "{kind} of {date}, reference {reference}": "{kind} del {date}, referencia {reference}",
        "{release}: {name}": "{release}: {name}",
        "{city}, {country}": "{city} ({country})",
        "{place}, {date} –": "{place}, {date}. –",
        "“{quote}”": "«{quote}»",
        "“{first}": "«{first}",
        "“{middle}": "»{middle}",
        "“{last}”": "»{last}»",
        "Translation; on record in {language}": "Traducción; original en {language}",
        "On record in {language}": "Original en {language}",
        "Quotations in their original language": "Citas en su idioma original",
        "Credit: {credit}": "Crédito: {credit}",
        "Status": "Estado",
        "Cancelled": "Cancelado",
        "Postponed": "Aplazado",
        "When": "Cuándo",
        "Where": "Dónde",
        "Online": "En línea",
        "RSVP by": "Confirmar antes del",
        "RSVP to": "Confirmar a",
        "Media access": "Acreditación y acceso",
        "Coordinates: {coordinates}": "Coordenadas: {coordinates}",
        "{date}, {time} ({zone})": "{date}, {time} ({zone})",
        "{date}, {start} to {end} ({zone})": "{date}, de {start} a {end} ({zone})",
        "{first}, {start} to {last}, {end} ({zone})": "{first}, {start}, a {last}, {end} ({zone})",
        "{first} to {last}": "{first} a {last}",
        "That is {when}": "es decir, {when}",
        "Watch: {title}": "Ver el vídeo: {title}",
        "Watch live: {title}": "Seguir en directo: {title}",
        "Listen: {title}": "Escuchar: {title}",
        "Listen live: {title}": "Escuchar en directo: {title}",
        "{title} ({duration})": "{title} ({duration})",
        "Live on {date}, {time} ({zone})": "En directo el {date}, {time} ({zone})",
        "Transcript:": "Transcripción:",
        "short|units of a duration: long (minutes), short (min) or narrow (m)": "short",
        "Footnotes": "Notas",
        "Footnote {number}": "Nota {number}",
        "Back to the text, footnote {number}": "Volver al texto, nota {number}",
        "– ENDS –": "– FIN –",
        "Notes to editors": "Notas para la redacción",
        "Links": "Enlaces",
        "Attachments": "Anexos",
        "{text} ({type}, {size}): {file}": "{text} ({type}, {size}): {file}",
        "Press contacts": "Contactos de prensa",
        "Telephone:": "Teléfono:",
        "E-mail:": "Correo electrónico:",
        "Page {page} of {pages}": "Página {page} de {pages}",
        "Other languages": "Otros idiomas",
        "DRAFT": "BORRADOR",
        "Draft – not for publication": "Borrador: no publicar",
        "{number}st": "{number}.ª",
        "{number}nd": "{number}.ª",
        "{number}rd": "{number}.ª",
        "{number}th": "{number}.ª",
        "{first} to {last}|figures, times, months, years": "{first} a {last}",
        "{first} to {last}|days": "{first} al {last}",
        "{amount} {currency}|a million or more": "{amount} de {currency}",
        "{amount} {currency}|a million or more, before a vowel": "{amount} de {currency}",
        "{date}, {time} ({zone}; {others})": "{date}, {time} ({zone}; {others})",
        "{city} time": "hora de {city}",
        "{city}: {time}": "{city}: {time}",
        "{city}: {date}, {time}": "{city}: {date}, {time}",
        "{first}; {next}": "{first}; {next}",
        "Press release withdrawn": "Comunicado de prensa retirado",
        "Media advisory withdrawn": "Aviso a los medios retirado",
        "Statement withdrawn": "Declaración retirada",
        "{kind} – withdrawn": "{kind} – retirado",
        "Version {version}": "Versión {version}",
        "{reference} – {version}": "{reference} – {version}",
        "{headline} – {reference}": "{headline} – {reference}",
        "CORRECTION – {headline}": "CORRECCIÓN – {headline}",
        "EMBARGOED until {date}, {time} ({zone}) – {headline}": "EMBARGADO hasta el {date}, {time} ({zone}) – {headline}",
        "DRAFT – {headline}": "BORRADOR – {headline}",
        "Picture: {alt}": "Imagen: {alt}",
        "{column}: {value}": "{column}: {value}",
        "{group} – {column}": "{group} – {column}",
        "Press kit": "Dosier de prensa",
        "Files": "Archivos",
        "The full text is in the attached files.": "El texto completo está en los archivos adjuntos.",
        "PDF document": "Documento PDF",
        "Word document": "Documento Word",
        "Web page": "Página web",
        "Plain text": "Texto sin formato",
        "E-mail draft": "Borrador de correo",
        "E-mail draft in all languages": "Borrador de correo en todos los idiomas",
        "Calendar file": "Archivo de calendario",
        "News data (ninjs)": "Datos de noticias (ninjs)",
        "1|first day of a month": "1",
    },
    "ur": {
        "Press release": "پریس ریلیز",
        "Media advisory": "میڈیا کے لیے اطلاع",
        "Statement": "بیان",
        "Joint statement": "مشترکہ بیان",
        "Remarks": "خطاب",
        "Declaration": "اعلامیہ",
        "Results": "نتائج",
        "Correction notice": "تصحیح",
        "Holding statement": "ابتدائی بیان",
        "For immediate release": "فوری اشاعت کے لیے",
        "Embargoed until {date}, {time} ({zone})": "{date}، {time} ({zone}) تک اشاعت ممنوع",
        "That is {date}, {time} ({zone})": "{date}، {time} ({zone})",
        "{city} time, {offset}": "{city} کا وقت، {offset}",
        "Reference: {reference}": "حوالہ: {reference}",
        "ISIN: {code}": "ISIN: {code}",
        "LEI: {code}": "LEI: {code}",
        "Case: {number}": "مقدمہ نمبر: {number}",
        "{market}: {symbol}": "{market}: {symbol}",
        "{name}: {number}": "{name}: {number}",
        "Corrected on {date}; replaces version {version}": "تصحیح {date} (نسخہ {version})",
        "Withdrawn on {date}: version {version} must no longer be used": "واپسی {date} (نسخہ {version})",
        "Withdrawn on {date}: versions {first} and {last} must no longer be used": "واپسی {date} (نسخے {first} اور {last})",
        "Withdrawn on {date}: versions {first} to {last} must no longer be used": "واپسی {date} (نسخے {first} تا {last})",
        "{kind} of {date}": "{kind} {date}",
        "{kind} of {date}, reference {reference}": "{kind} {date}، حوالہ {reference}",
        "{release}: {name}": "{release}: {name}",
        "{city}, {country}": "{city}، {country}",
        "{place}, {date} –": "{place}، {date} –",
        "“{quote}”": "”{quote}“",
        "“{first}": "”{first}",
        "“{middle}": "”{middle}",
        "“{last}”": "”{last}“",
        "Translation; on record in {language}": "ترجمہ؛ اصل زبان: {language}",
        "On record in {language}": "اصل زبان: {language}",
        "Quotations in their original language": "اقتباسات اصل زبان میں",
        "Credit: {credit}": "بشکریہ: {credit}",
        "Status": "حیثیت",
        "Cancelled": "منسوخ",
        "Postponed": "ملتوی",
        "When": "کب",
        "Where": "کہاں",
        "Online": "آن لائن",
        "RSVP by": "شرکت کی تصدیق کی آخری تاریخ",
        "RSVP to": "تصدیق کے لیے رابطہ",
        "Media access": "میڈیا کی رسائی",
        "Coordinates: {coordinates}": "محل وقوع: {coordinates}",
        "{date}, {time} ({zone})": "{date}، {time} ({zone})",
        "{date}, {start} to {end} ({zone})": "{date}، {start} سے {end} تک ({zone})",
        "{first}, {start} to {last}, {end} ({zone})": "{first}، {start} سے {last}، {end} تک ({zone})",
        "{first} to {last}": "{first} سے {last} تک",
        "That is {when}": "یعنی {when}",
        "Watch: {title}": "ویڈیو دیکھیں: {title}",
        "Watch live: {title}": "براہ راست دیکھیں: {title}",
        "Listen: {title}": "سنیں: {title}",
        "Listen live: {title}": "براہ راست سنیں: {title}",
        "{title} ({duration})": "{title} ({duration})",
        "Live on {date}, {time} ({zone})": "براہ راست {date}، {time} ({zone})",
        "Transcript:": "متن:",
        "short|units of a duration: long (minutes), short (min) or narrow (m)": "short",
        "Footnotes": "حواشی",
        "Footnote {number}": "حاشیہ {number}",
        "Back to the text, footnote {number}": "متن پر واپس، حاشیہ {number}",
        "– ENDS –": "– ختم شد –",
        "Notes to editors": "مدیران کے لیے نوٹ",
        "Links": "روابط",
        "Attachments": "منسلکات",
        "{text} ({type}, {size}): {file}": "{text} ({type}, {size}): {file}",
        "Press contacts": "پریس رابطے",
        "Telephone:": "ٹیلی فون:",
        "E-mail:": "ای میل:",
        "Page {page} of {pages}": "صفحہ {page} از {pages}",
        "Other languages": "دوسری زبانیں",
        "DRAFT": "مسودہ",
        "Draft – not for publication": "مسودہ – اشاعت کے لیے نہیں",
        "{number}st": "{number}واں",
        "{number}nd": "{number}واں",
        "{number}rd": "{number}واں",
        "{number}th": "{number}واں",
        "{first} to {last}|figures, times, months, years": "{first} تا {last}",
        "{first} to {last}|days": "{first} تا {last}",
        "{amount} {currency}|a million or more": "{amount} {currency}",
        "{amount} {currency}|a million or more, before a vowel": "{amount} {currency}",
        "{date}, {time} ({zone}; {others})": "{date}، {time} ({zone}؛ {others})",
        "{city} time": "{city} وقت",
        "{city}: {time}": "{city}: {time}",
        "{city}: {date}, {time}": "{city}: {date}، {time}",
        "{first}; {next}": "{first}؛ {next}",
        "Press release withdrawn": "پریس ریلیز واپس",
        "Media advisory withdrawn": "میڈیا ایڈوائزری واپس",
        "Statement withdrawn": "بیان واپس",
        "{kind} – withdrawn": "{kind} – واپس لیا گیا",
        "Version {version}": "نسخہ {version}",
        "{reference} – {version}": "{reference} – {version}",
        "{headline} – {reference}": "{headline} – {reference}",
        "CORRECTION – {headline}": "تصحیح – {headline}",
        "EMBARGOED until {date}, {time} ({zone}) – {headline}": "{date}، {time} ({zone}) تک پابندی – {headline}",
        "DRAFT – {headline}": "مسودہ – {headline}",
        "Picture: {alt}": "تصویر: {alt}",
        "{column}: {value}": "{column}: {value}",
        "{group} – {column}": "{group} – {column}",
        "Press kit": "پریس کٹ",
        "Files": "فائلیں",
        "The full text is in the attached files.": "مکمل متن منسلک فائلوں میں ہے۔",
        "PDF document": "پی ڈی ایف دستاویز",
        "Word document": "ورڈ دستاویز",
        "Web page": "ویب صفحہ",
        "Plain text": "سادہ متن",
        "E-mail draft": "ای میل مسودہ",
        "E-mail draft in all languages": "تمام زبانوں میں ای میل مسودہ",
        "Calendar file": "کیلنڈر فائل",
        "News data (ninjs)": "خبری ڈیٹا (ninjs)",
        "1|first day of a month": "1",
    },
}
TEXTS = {
    "es": {
        "organisation": {"Test Newsroom": "Sala de prensa"},
        "contact": {"Press office": "Gabinete de prensa"},
        "headline": {"A headline": "Un titular de prueba"},
        "paragraph": {"A paragraph with {count} figures.": "Un párrafo con {count} cifras."},
        "dateline city": {"Marrakech": "Marrakech"},
    },
    "ur": {
        "organisation": {"Test Newsroom": "پریس روم"},
        "contact": {"Press office": "پریس آفس"},
        "headline": {"A headline": "مراکش میں انٹرپول کی جنرل اسمبلی"},
        "paragraph": {"A paragraph with {count} figures.": "اس پیراگراف میں {count} اعداد ہیں۔"},
        "dateline city": {"Marrakech": "مراکش"},
    },
}
LINES = {"es": "es: es-ES", "ur": "ur: ur-PK"}


@pytest.fixture(params=["es", "ur"])
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


def test_the_labels_here_are_all_labels() -> None:
    template = read_catalog((ROOT / "locales/gapress.pot").read_bytes(), "gapress.pot")
    for labels in LABELS.values():
        assert list(labels) == [source for _, source in template.entries]


def test_another_language_in_every_format(language: str, newsroom: Newsroom) -> None:
    result = newsroom.run("render")
    assert result.exit_code == 0, result.output
    folder = newsroom.root / f"dist/news/{language}"
    direction = "rtl" if language == "ur" else "ltr"
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
