"""Releases built like real ones of eleven kinds of institution say what those say, in three languages."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from click.testing import CliRunner

from conftest import ROOT
from gapress.catalogs.po import parse_po
from gapress.cli.app import main
from gapress.kit.build import Order, build
from gapress.workspace import Workspace
from test_nothing_lost import READERS

if TYPE_CHECKING:
    from pathlib import Path

INSTITUTIONS = ROOT / "tests/cases/institutions"
LANGUAGES = ("en", "fr", "ar")
FORMATS = ("html", "docx", "txt", "ninjs")

# What each release must say in each language; spaces are ordinary ones here.
SAID: dict[str, dict[str, list[str]]] = {
    "health-outbreak": {
        "en": [
            "From 10 March to 18 May 2025, 12,450 cases",
            "62.0% of all cases",
            "1.5 million doses",
            "from 26 to 30 May 2025",
            "rose by 50%",
            "12 to 14 million US dollars",
            "1 to 5 days",
            "18 May 2025, 6pm (Casablanca time; UTC: 5pm)",
            "1.57%",
        ],
        "fr": [
            "Du 10 mars au 18 mai 2025, 12 450 cas",
            "62,0 % des cas",
            "1,5 million de doses",
            "du 26 au 30 mai 2025",
            "12 à 14 millions de dollars",
            "1 à 5 jours",
            "18 mai 2025 à 18h (heure de Casablanca ; UTC : 17h)",
            "1,57 %",
        ],
        "ar": [
            "من 10 مارس إلى 18 ماي 2025، سجلت 12.450 حالة",
            "62,0% من مجموع الحالات",
            "1,5 مليون جرعة",
            "من 26 إلى 30 ماي 2025",
            "12 إلى 14 مليون دولار أمريكي",
            "1 إلى 5 أيام",
            "1,57%",
        ],
    },
    "police-operation": {
        "en": [
            "More than 1,200 arrests",
            "aged 19 to 67",
            "from 12 January to 20 March 2025",
            "450 to 485 million US dollars",
            "2.4 tonnes of cocaine",
            "12 km of stolen",
            "11,432 malicious servers",
        ],
        "fr": [
            "Plus de 1 200 arrestations",
            "de 19 à 67 ans",
            "du 12 janvier au 20 mars 2025",
            "450 à 485 millions de dollars",
            "2,4 tonnes de cocaïne",
            "12 km de câble",
            "97,4 millions de dollars",
        ],
        "ar": [
            "أكثر من 1.200 توقيف",
            "من 19 إلى 67 سنة",
            "من 12 يناير إلى 20 مارس 2025",
            "450 إلى 485 مليون دولار أمريكي",
            "12 كم من أسلاك",
            "97,4 مليون دولار أمريكي",
        ],
    },
    "bank-decision": {
        "en": [
            "by 25 basis points",
            "0.9–1.3% a year over 2025–2027",
            "by 0.25 percentage points, to 2.00%, with effect from Tuesday, 17 June 2025",
            "1,850 billion euros",
            "2.15%",
            "\u221225",
            "11 June 2025, 2.45pm (Casablanca time; UTC: 1.45pm)",
            "until Wednesday, 11 June 2025, 2.15pm",
        ],
        "fr": [
            "de 25 points de base",
            "0,9–1,3 % par an sur la période 2025–2027",
            "de 0,25 point de pourcentage, à 2,00 %, à compter du mardi 17 juin 2025",
            "1 850 milliards d’euros",
            "2,15 %",
            "jusqu’au mercredi 11 juin 2025 à 14h15",
        ],
        "ar": [
            "بمقدار 25 نقطة أساس",
            "بنسبة 0,9–1,3% سنويا",
            "بمقدار 0,25 نقطة مئوية، ليصل إلى 2,00%، ابتداء من يوم الثلاثاء، 17 يونيو 2025",
            "1.850 مليار يورو",
            "2,15%",
            "23 يوليوز 2025",
        ],
    },
    "commission-proposal": {
        "en": [
            "6 weeks at most",
            "5 to 14 months",
            "2 to 4 billion euros a year",
            "10–12% of",
            "250 square metres",
            "from 21 May to 16 July 2025",
            "3.5 million buildings",
        ],
        "fr": [
            "au plus 6 semaines",
            "5 à 14 mois",
            "2 à 4 milliards d’euros par an",
            "10–12 % de",
            "250 mètres carrés",
            "du 21 mai au 16 juillet 2025",
            "3,5 millions de bâtiments",
        ],
        "ar": [
            "6 أسابيع",
            "من 5 إلى 14 شهرا",
            "2 إلى 4 مليار يورو سنويا",
            "10–12% من",
            "من 21 ماي إلى 16 يوليوز 2025",
            "3,5 مليون مبنى",
        ],
    },
    "agencies-statement": {
        "en": [
            "Rome, New York and Geneva, 3 September 2025 –",
            "2.3 million people",
            "40 to 60 trucks",
            "Since July 2025",
            "1.25 billion US dollars",
            "17.5%",
        ],
        "fr": [
            "Rome, New York et Genève, le 3 septembre 2025 –",
            "2,3 millions de personnes",
            "40 à 60 camions",
            "Depuis juillet 2025",
            "1,25 milliard de dollars",
            "17,5 %",
        ],
        "ar": [
            "روما ونيويورك وجنيف، 3 شتنبر 2025 –",
            "2,3 مليون شخص",
            "40 إلى 60 شاحنة",
            "منذ يوليوز 2025",
            "1,25 مليار دولار أمريكي",
            "17,5%",
        ],
    },
    "ministry-port": {
        "en": [
            "1.5 billion Moroccan dirhams",
            "18 months and create 2,400 jobs",
            "on Wednesday, 5 November 2025",
            "620 metres at a depth of 8 to 12 metres",
            "1,500.0",
            "May 2027",
            "from 9am to 12.30pm",
        ],
        "fr": [
            "1,5 milliard de dirhams marocains",
            "18 mois et créeront 2 400 emplois",
            "le mercredi 5 novembre 2025",
            "620 mètres, à une profondeur de 8 à 12 mètres",
            "1 500,0",
            "mai 2027",
            "de 9h à 12h30",
        ],
        "ar": [
            "1,5 مليار درهم مغربي",
            "18 شهرا وتوفر 2.400 منصب شغل",
            "يومه الأربعاء، 5 نونبر 2025",
            "620 مترا وبعمق من 8 إلى 12 مترا",
            "1.500,0",
            "ماي 2027",
            "من 9:00 إلى 12:30",
        ],
    },
    "company-results": {
        "en": [
            "Revenue up 7.5% in",
            "2,482.6 million dirhams; net debt fell by 9.1%",
            "by 1.5 percentage points, to 31.4%",
            "2,482.6",
            "\u221261.3",
            "100.0%",
            "by 5–7%, and",
            "600–650 million dirhams",
            "MAD 12.50 a share",
            "MA00000SPEC6",
        ],
        "fr": [
            "hausse de 7,5 % au",
            "2 482,6 millions de dirhams ; la dette nette a reculé de 9,1 %",
            "de 1,5 point de pourcentage, à 31,4 %",
            "2 482,6",
            "\u221261,3",
            "100,0 %",
            "de 5–7 % et",
            "600–650 millions de dirhams d’investissements",
            "12,50 dirhams par action",
            "SPECIMEN000000000098",
        ],
        "ar": [
            "بنسبة 7,5% في",
            "2.482,6 مليون درهم، وتراجع صافي المديونية بنسبة 9,1%",
            "1,5 نقطة مئوية ليبلغ 31,4%",
            "2.482,6",
            "\u221261,3",
            "100,0%",
            "600–650 مليون درهم",
            "12,50 درهم للسهم",
            "MA00000SPEC6",
        ],
    },
    "relief-appeal": {
        "en": [
            "1,100 families still without a roof after 10 days",
            "Rain of 180–220 mm",
            "\u22122 to 3°C",
            "250 Moroccan dirhams pay",
            "1.2 million Moroccan dirhams of 4 million Moroccan dirhams",
            "(2 mins 40 secs)",
        ],
        "fr": [
            "1 100 familles toujours sans toit après 10 jours",
            "180–220 mm de pluie",
            "\u22122 à 3 °C",
            "250 dirhams marocains paient",
            "1,2 million de dirhams marocains",
            "(2 min 40 s)",
        ],
        "ar": [
            "1.100 أسرة ما تزال بلا مأوى بعد 10 أيام",
            "180–220 مم",
            "من \u22122 إلى 3°م",
            "250 درهما مغربيا ثمن",
            "1,2 مليون درهم مغربي",
        ],
    },
    "statistics-prices": {
        "en": [
            "+0.8% year on year in December 2024",
            "by \u22120.3% from",
            "fell by 1.4%",
            "120.5",
            "0.6–0.9%",
            "38,700",
            "12.5 ha",
            "41.5 mm",
        ],
        "fr": [
            "+0,8 % sur un an en décembre 2024",
            "varié de \u22120,3 % par",
            "baissé de 1,4 % sur",
            "120,5",
            "0,6–0,9 %",
            "38 700",
            "12,5 ha",
            "41,5 mm",
        ],
        "ar": [
            "+0,8% على أساس سنوي في دجنبر 2024",
            "بنسبة \u22120,3% مقارنة",
            "بنسبة 1,4% خلال",
            "120,5",
            "0,6–0,9%",
            "38.700",
            "12,5 هكتار",
            "41,5 مم",
        ],
    },
    "regulator-decision": {
        "en": [
            "84.5 million Moroccan dirhams",
            "in 2019–2023. Together they hold 70–75% of",
            "on 14 March 2024",
            "12.75%",
            "MAD 45,000,000",
            "within 30 days",
            "SCA-2024/117",
        ],
        "fr": [
            "84,5 millions de dirhams marocains",
            "période 2019–2023. Ensemble, ils détiennent 70–75 % du",
            "le 14 mars 2024",
            "12,75 %",
            "45 000 000 MAD",
            "délai de 30 jours",
        ],
        "ar": [
            "84,5 مليون درهم مغربي",
            "الفترة 2019–2023. ويستحوذون معا على 70–75% من",
            "يوم 14 مارس 2024",
            "12,75%",
            "45.000.000 د.م.",
            "أجل 30 يوما",
        ],
    },
    "airport-incident": {
        "en": [
            "Statement on the incident of 1 December 2025, No. 2",
            "at about 6.40am",
            "6.45–11am; delays of up to 2 hours, 30 minutes",
            "60–75 km/h",
            "1 December 2025, 10am (Casablanca time)",
        ],
        "fr": [
            "Déclaration n° 2 sur l’incident du 1er décembre 2025",
            "vers 6h40",
            "6h45–11h ; retards pouvant atteindre 2 heures et 30 minutes",
            "60–75 km/h",
            "1er décembre 2025 à 10h (heure de Casablanca)",
        ],
        "ar": [
            "بيان بشأن حادث 1 دجنبر 2025، رقم 2",
            "الساعة 6:40",
            "6:45–11:00؛ ومدة التأخير القصوى: ساعتان و30 دقيقة",
            "60–75 كم/س",
        ],
    },
}
# What only plain text shows as characters: numbers of footnotes and of the items of lists.
NUMBERED: dict[str, list[str]] = {
    "health-outbreak": ["الكوليرا[1]", "1,50%.[2]", "cases[1] rose", "1.50%.[2]", "1,50 %.[2]"],
    "commission-proposal": ["energy[1]", "d’énergie[1]", "للطاقة[1]", "law.[2]"],
    "company-results": ["margin[1]", "EBITDA[1]", "الإجمالي[1]"],
    "regulator-decision": ["3. the agreement", "6. An appeal", "3. l’entente", "6. يمكن الطعن"],
    "agencies-statement": ["3. spare schools", "3. épargner", "3. تجنيب"],
}
# Words that only a text in this language has.
TELLING = {
    "en": {"the", "of", "and", "with", "from", "which", "by", "is", "are", "this", "for"},
    "fr": {"les", "des", "une", "est", "pour", "dans", "avec", "du", "sur", "au", "et"},
}
# Latin words that stand in Arabic: codes and what is part of addresses.
LATIN = {"utc", "isin", "lei", "csv", "sc", "spc", "sho", "nr", "ip", "sca", "d"}
ADDRESS = re.compile(r"https?://\S+|\S+@\S+|[\w.-]+\.(?:org|csv|SPEC6)\b|MA0\w+|SPECIMEN\d+")


def plain(text: str) -> str:
    """Return a text with ordinary spaces and without marks of direction."""
    shown = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(shown.split())


def texts(kit: Path, code: str) -> dict[str, str]:
    """Return what each format of a kit's language says."""
    found = {}
    for name in FORMATS:
        ending = "ninjs.json" if name == "ninjs" else name
        (path,) = (kit / code).glob(f"*.{ending}")
        found[name] = plain(READERS[name][0](path.read_bytes()))
    return found


def test_they_pass_every_check() -> None:
    result = CliRunner().invoke(main, ["-C", str(INSTITUTIONS), "check"])
    assert (result.exit_code, result.output) == (0, "No problem in 11 releases.\n")
    assert set(SAID) == set(Workspace(INSTITUTIONS).slugs())


def test_every_text_is_translated_and_reviewed() -> None:
    paths = sorted(INSTITUTIONS.glob("locales/*/LC_MESSAGES/*.po"))
    assert len(paths) == 24
    for path in paths:
        catalog = parse_po(path.read_bytes(), path.name)
        assert not [e for e in catalog.entries if "fuzzy" in e.flags or e.obsolete], path


@pytest.fixture(scope="module", params=list(SAID))
def kit(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The kit of a release, in the formats that are quickly made."""
    dist = tmp_path_factory.mktemp("kit")
    report = build(Workspace(INSTITUTIONS), Order([request.param], (), list(FORMATS), dist))
    assert [*report.problems, *report.refused, *report.failures] == []
    return dist / str(request.param)


@pytest.mark.parametrize("code", LANGUAGES)
def test_they_say_the_same_figures_in_every_format(kit: Path, code: str) -> None:
    said, wanted = texts(kit, code), SAID[kit.name][code]
    for text in said.values():
        together = text.replace(" ", "")
        assert [phrase for phrase in wanted if phrase.replace(" ", "") not in together] == []
    assert [phrase for phrase in wanted if phrase not in said["txt"]] == []  # spaces, too


def test_plain_text_numbers_footnotes_and_items(kit: Path) -> None:
    shown = " ".join(texts(kit, code)["txt"] for code in LANGUAGES)
    assert [phrase for phrase in NUMBERED.get(kit.name, []) if phrase not in shown] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_other_language_shows_through(kit: Path, code: str) -> None:
    shown = ADDRESS.sub(" ", texts(kit, code)["txt"])
    found = set(re.findall(r"[^\W\d_]+", shown.casefold()))
    latin = {word for word in found if word[0] < "\u0250"}
    if code == "ar":
        assert latin <= LATIN
        return
    assert found - latin <= {"و", "ن"}, "but for the ministry's own reference"
    assert not found & TELLING["fr" if code == "en" else "en"]
    assert len(found & TELLING[code]) > 3


@pytest.mark.parametrize("slug", ["company-results", "health-outbreak"])
def test_their_pages_show_the_same_figures(slug: str, tmp_path: Path) -> None:
    build(Workspace(INSTITUTIONS), Order([slug], ["en", "fr"], ["pdf"], tmp_path))
    for code in ("en", "fr"):
        (path,) = (tmp_path / slug / code).glob("*.pdf")
        pages = pypdfium2.PdfDocument(path)
        shown = "".join(page.get_textpage().get_text_bounded() for page in pages)
        together = re.sub(r"\s", "", plain(shown).replace("\ufffe", "-"))
        wanted = SAID[slug][code]
        assert [p for p in wanted if p.replace(" ", "") not in together] == []
