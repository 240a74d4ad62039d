"""How the kinds of facts read in the languages of the sample newsroom, and in its catalogs."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from conftest import ROOT
from gapress.catalogs.store import read_catalog
from gapress.document import Isolate, plain
from gapress.localization.amounts import format_amount
from gapress.localization.bidi import isolate
from gapress.localization.facts import format_fact, plural_category
from gapress.release.facts import Amount, Fact
from gapress.release.yaml import parse

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Newsroom

FACT: TypeAdapter[Fact] = TypeAdapter(Fact)
TAGS = {"en": "en-GB", "fr": "fr-MA", "ar": "ar-MA"}
ZONES = ("Africa/Casablanca", "Europe/London", "Asia/Dubai")
# Spaces that don't break, and marks of direction: told apart by other tests.
PLAIN = str.maketrans({"\u202f": " ", "\u00a0": " ", "\u2009": " ", "\u200f": "", "\u200e": ""})


def fact(written: str) -> Fact:
    return FACT.validate_python(parse(f"fact: {written}".encode(), "x.yaml").data["fact"])


def labels(language: str) -> Callable[[str], str]:
    file = ROOT / f"locales/{language}/LC_MESSAGES/gapress.po"
    found = {
        s: e.translation for (_, s), e in read_catalog(file.read_bytes(), file.name).entries.items()
    }
    return lambda label: found.get(label, label)


LABELS: dict[str, Callable[[str], str]] = {
    "en": lambda label: label,
    "fr": labels("fr"),
    "ar": labels("ar"),
}


def shown(written: str, language: str) -> str:
    locale = Locale.parse(TAGS[language], sep="-")
    return format_fact(fact(written), locale, LABELS[language], zones=ZONES)


KINDS = [
    # Compact figures: rounded only where decimals say so.
    ("{number: 1500000, style: compact}", "1.5 million", "1,5 million", "1,5 مليون"),
    (
        "{number: 12345678, style: compact}",
        "12.345678 million",
        "12,345678 millions",
        "12,345678 مليون",
    ),
    (
        "{number: 12345678, style: compact, decimals: 1}",
        "12.3 million",
        "12,3 millions",
        "12,3 مليون",
    ),
    ("{number: 999950, style: compact, decimals: 1}", "1.0 million", "1,0 million", "1,0 مليون"),
    ("{number: 950, style: compact}", "950", "950", "950"),
    (
        "{money: 1500000, currency: EUR, style: compact}",
        "€1.5 million",
        "1,5 million €",
        "1,5 مليون €",
    ),
    # Names of currencies: French needs de, or d’ before a vowel, after millions.
    (
        "{money: 2000000, currency: EUR, style: compact, as: name}",
        "2 million euros",
        "2 millions d’euros",
        "2 مليون يورو",
    ),
    (
        "{money: 2500000, currency: MAD, style: compact, as: name}",
        "2.5 million Moroccan dirhams",
        "2,5 millions de dirhams marocains",
        "2,5 مليون درهم مغربي",
    ),
    (
        "{money: 1500, currency: MAD, as: name}",
        "1,500 Moroccan dirhams",
        "1 500 dirhams marocains",
        "1.500 درهم مغربي",
    ),
    ("{money: 1500, currency: USD, as: code}", "USD 1,500", "1 500 USD", "1.500 USD"),
    # Decimals and signs.
    ("{percentage: 4, decimals: 2}", "4.00%", "4,00 %", "4,00%"),
    ("{percentage: 3.2, sign: always}", "+3.2%", "+3,2 %", "+3,2%"),
    ("{percentage: 0, sign: always}", "0%", "0 %", "0%"),
    ("{percentage: -3.2, sign: never}", "3.2%", "3,2 %", "3,2%"),
    ("{money: 5, currency: EUR, decimals: 2}", "€5.00", "5,00 €", "5,00 €"),
    # Units.
    ("{quantity: 12, unit: kilometer}", "12 kilometres", "12 kilomètres", "12 كيلومترا"),
    ("{quantity: 1, unit: tonne}", "1 tonne", "1 tonne", "1 طن متري"),
    ("{quantity: 2, unit: celsius, style: short}", "2°C", "2 °C", "2°م"),
    # A word without a digit is for two alone.
    ("{quantity: 2, unit: day}", "2 days", "2 jours", "يومان"),
    ("{quantity: -2, unit: day}", "-2 days", "-2 jours", "-2 يوم"),
    ("{quantity: 2, unit: day, sign: always}", "+2 days", "+2 jours", "+2 يوم"),
    ("{quantity: 1, unit: day, decimals: 1}", "1.0 days", "1,0 jour", "1,0 يوم"),
    ("{range: [1, 2], unit: day}", "1–2 days", "1–2 jours", "1–2 يوم"),
    # A chosen magnitude.
    ("{number: 1850000000, scale: million}", "1,850 million", "1 850 millions", "1.850 مليون"),
    ("{number: 3000000, scale: million}", "3 million", "3 millions", "3 ملايين"),
    ("{number: 400000, scale: million}", "0.4 million", "0,4 million", "0,4 مليون"),
    ("{number: -12500, scale: thousand}", "-12.5 thousand", "-12,5 mille", "-12,5 ألف"),
    (
        "{number: 1850400000, scale: million, decimals: 0}",
        "1,850 million",
        "1 850 millions",
        "1.850 مليون",
    ),
    (
        "{money: 1850000000, currency: MAD, scale: million, decimals: 1, as: short-name}",
        "1,850.0 million dirhams",
        "1 850,0 millions de dirhams",
        "1.850,0 مليون درهم",
    ),
    (
        "{money: 1850000000000, currency: EUR, scale: billion, as: name}",
        "1,850 billion euros",
        "1 850 milliards d’euros",
        "1.850 مليار يورو",
    ),
    (
        "{money: 1850000000, currency: MAD, scale: million, style: compact-short}",
        "MAD 1,850M",
        "1 850 M MAD",
        "1.850 مليون د.م.",
    ),
    (
        "{quantity: 1850000000, unit: tonne, scale: million}",
        "1,850 million tonnes",
        "1 850 millions de tonnes",
        "1.850 مليون طن متري",
    ),
    (
        "{quantity: 2500000, unit: ounce, scale: million}",
        "2.5 million ounces",
        "2,5 millions d’onces",
        "2,5 مليون أونصة",
    ),
    (
        "{quantity: 2000000, unit: kilometer, scale: million, style: short}",
        "2 million km",
        "2 millions de km",
        "2 مليون كم",
    ),
    (
        "{range: [900000000, 1250000000], currency: MAD, scale: million, as: short-name}",
        "900–1,250 million dirhams",
        "900–1 250 millions de dirhams",
        "900–1.250 مليون درهم",
    ),
    # Currencies by language.
    (
        "{money: 250, currency: MAD, as: {fr: short-name, ar-MA: name}}",
        "MAD 250",
        "250 dirhams",
        "250 درهما مغربيا",
    ),
    ("{money: 3, currency: USD, as: short-name}", "3 dollars", "3 dollars", "3 دولارات"),
    (
        "{money: 1500, currency: JPY, as: short-name}",
        "1,500 Japanese yen",
        "1 500 yens japonais",
        "1.500 ين ياباني",
    ),
    # Points.
    ("{quantity: 25, unit: basis-point}", "25 basis points", "25 points de base", "25 نقطة أساس"),
    ("{quantity: 1, unit: basis-point}", "1 basis point", "1 point de base", "نقطة أساس واحدة"),
    ("{quantity: -2, unit: basis-point}", "-2 basis points", "-2 points de base", "-2 نقطة أساس"),
    ("{quantity: 5, unit: basis-point, style: short}", "5 bps", "5 pb", "5 نقط أساس"),
    (
        "{range: [25, 50], unit: basis-point, words: true}",
        "25 to 50 basis points",
        "25 à 50 points de base",
        "25 إلى 50 نقطة أساس",
    ),
    (
        "{quantity: 0.25, unit: percentage-point}",
        "0.25 percentage points",
        "0,25 point de pourcentage",
        "0,25 نقطة مئوية",
    ),
    # Arabic inflects units where CLDR has one form for every number.
    (
        "{quantity: 18, unit: nautical-mile}",
        "18 nautical miles",
        "18 milles marins",
        "18 ميلا بحريا",
    ),
    ("{quantity: 3, unit: nautical-mile}", "3 nautical miles", "3 milles marins", "3 أميال بحرية"),
    ("{quantity: 2, unit: hectare}", "2 hectares", "2 hectares", "هكتاران"),
    (
        "{quantity: 250, unit: square-meter}",
        "250 square metres",
        "250 mètres carrés",
        "250 مترا مربعا",
    ),
    ("{quantity: 12.5, unit: kilogram}", "12.5 kilograms", "12,5 kilogrammes", "12,5 كيلوغرام"),
    ("{quantity: 100, unit: tonne}", "100 tonnes", "100 tonnes", "100 طن متري"),
    ("{quantity: 18, unit: nautical-mile, style: short}", "18 nmi", "18 nmi", "18 ميلا بحريا"),
    # Spans of dates and times.
    (
        "{range: [2025-11-12, 2025-11-15]}",
        "12–15 November 2025",
        "12–15 novembre 2025",
        "12–15 نونبر 2025",
    ),
    (
        "{range: [2025-11-12, 2025-11-15], words: true}",
        "12 to 15 November 2025",
        "12 au 15 novembre 2025",
        "12 إلى 15 نونبر 2025",
    ),
    (
        "{range: [2025-12-01, 2026-01-02]}",
        "1 December 2025 – 2 January 2026",
        "1er décembre 2025 – 2 janvier 2026",
        "1 دجنبر 2025 – 2 يناير 2026",
    ),
    (
        "{range: [2025-11-28, 2025-12-01], words: true}",
        "28 November to 1 December 2025",
        "28 novembre au 1er décembre 2025",
        "28 نونبر إلى 1 دجنبر 2025",
    ),
    (
        "{range: [2025-10, 2025-11], words: true}",
        "October to November 2025",
        "octobre à novembre 2025",
        "أكتوبر إلى نونبر 2025",
    ),
    ("{range: [2024, 2025], of: date}", "2024–2025", "2024–2025", "2024–2025"),
    (
        "{range: [2025-11-12, 2025-11-15], style: short}",
        "12/11/2025 – 15/11/2025",
        "12/11/2025 – 15/11/2025",
        "12/11/2025 – 15/11/2025",
    ),
    ('{range: ["09:00", "10:30"]}', "09:00–10:30", "09:00 – 10:30", "09:00–10:30"),
    (
        '{range: ["09:00", "10:30"], words: true}',
        "09:00 to 10:30",
        "09:00 à 10:30",
        "09:00 إلى 10:30",
    ),
    # Ranges of figures have what stands around them once.
    ("{range: [1.5, 2], unit: celsius, style: short}", "1.5–2°C", "1,5–2 °C", "1,5–2°م"),
    ("{range: [10, 12], of: percentage}", "10–12%", "10–12 %", "10–12%"),
    ("{range: [10, 12], of: percentage, words: true}", "10 to 12%", "10 à 12 %", "10 إلى 12%"),
    ("{range: [2, 4], currency: EUR}", "€2–4", "2–4 €", "2–4 €"),
    ("{range: [2.5, 4], currency: EUR}", "€2.50–4.00", "2,50–4,00 €", "2,50–4,00 €"),
    (
        "{range: [-2, 4], currency: EUR}",
        "-€2 – €4",
        "-2 – 4 €",
        "-2 – 4 €",
    ),
    (
        "{range: [1500000, 2000000], style: compact, currency: EUR, as: name}",
        "1.5–2 million euros",
        "1,5–2 millions d’euros",
        "1,5–2 مليون يورو",
    ),
    (
        "{range: [900, 2000000], style: compact}",
        "900 – 2 million",
        "900 – 2 millions",
        "900 – 2 مليون",
    ),
    ("{range: [5, 5], of: number}", "5", "5", "5"),
    (
        "{range: [999999, 1000000], style: compact, decimals: 0}",
        "1 million",
        "1 million",
        "1 مليون",
    ),
    ("{number: -0.004, style: compact, decimals: 1}", "0.0", "0,0", "0,0"),
    # Durations.
    ('{duration: "1:30"}', "1 hour, 30 minutes", "1 heure et 30 minutes", "ساعة و30 دقيقة"),
    (
        "{duration: {minutes: 5, days: 3, hours: 2}}",
        "3 days, 2 hours, 5 minutes",
        "3 jours, 2 heures et 5 minutes",
        "3 أيام، وساعتان، و5 دقائق",
    ),
    ("{duration: {days: 3, hours: 2}, style: short}", "3 days, 2 hrs", "3 j et 2 h", "3 أيام و2 س"),
    # Instants.
    (
        "{datetime: 2025-11-24T23:00:00+01:00}",
        "24 November 2025, 23:00 (Casablanca time)",
        "24 novembre 2025 à 23:00 (heure de Casablanca)",
        "24 نونبر 2025، على الساعة 23:00 (بتوقيت الدار البيضاء)",
    ),
    (
        "{datetime: 2025-11-24T22:00:00Z, zones: true}",
        "24 November 2025, 23:00 (Casablanca time; London: 22:00; Dubai: 25 November 2025, 02:00)",
        "24 novembre 2025 à 23:00 (heure de Casablanca ; Londres : 22:00 ; Dubaï : 25 novembre 2025 à 02:00)",
        "24 نونبر 2025، على الساعة 23:00 (بتوقيت الدار البيضاء؛ لندن: 22:00؛ دبي: 25 نونبر 2025، 02:00)",
    ),
]


@pytest.mark.parametrize(("written", "english", "french", "arabic"), KINDS)
def test_kinds_read_well(written: str, english: str, french: str, arabic: str) -> None:
    found = [shown(written, language).translate(PLAIN) for language in TAGS]
    assert found == [english, french, arabic]


@pytest.mark.parametrize(
    ("written", "english", "french", "arabic"),
    [
        ("{quantity: 1, unit: kilometer}", "one", "one", "one"),
        ("{number: 1, decimals: 2}", "other", "one", "one"),
        ("{range: [1, 3], unit: kilometer}", "other", "other", "few"),
        ("{number: 2000000, style: compact}", "other", "many", "other"),
        # French says "1,5 million de", "2 millions de"; but "1 500 000".
        ("{number: 1500000, style: compact}", "other", "many", "other"),
        ("{number: 1500000}", "other", "other", "other"),
        ("{range: [2025-11-12, 2025-11-15]}", "", "", ""),
        ('{duration: "1:30"}', "", "", ""),
    ],
)
def test_words_agree_with_what_is_shown(
    written: str, english: str, french: str, arabic: str
) -> None:
    found = [plural_category(fact(written), Locale.parse(t, sep="-")) for t in TAGS.values()]
    assert found == [english, french, arabic]


@given(st.integers(1, 999), st.sampled_from(["en-GB", "fr-MA", "ar-MA", "es-ES", "de-DE", "ru-RU"]))
def test_a_chosen_magnitude_is_written_as_one_that_fits(millions: int, tag: str) -> None:
    """ICU's opinion, which ``test_facts`` asks for, holds where both say the same."""
    locale, label = Locale.parse(tag, sep="-"), str
    for style in ("compact", "compact-short"):
        own = fact(f"{{number: {millions}000000, style: {style}}}")
        chosen = fact(f"{{number: {millions}000000, style: {style}, scale: million}}")
        assert format_fact(chosen, locale, label) == format_fact(own, locale, label)


@given(st.integers(0, 10**12), st.sampled_from(["thousand", "million", "billion", "trillion"]))
def test_a_chosen_magnitude_keeps_every_digit(figure: int, scale: str) -> None:
    power = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}[scale]
    text = shown(f"{{number: {figure}, scale: {scale}}}", "en")
    number, _, word = text.partition(" ")
    assert word == scale
    assert Decimal(number.replace(",", "")).scaleb(power) == figure


@pytest.mark.parametrize(
    ("tag", "long", "short"),
    [
        # Without a word for it, a language takes what fits; with one, it takes that.
        ("ja-JP", "18.5億", "18.5億"),
        ("de-DE", "1.850 Millionen", "1.850 Mio."),
        ("es-ES", "1850 millones", "1850 M"),
    ],
)
def test_magnitudes_of_other_languages(tag: str, long: str, short: str) -> None:
    for style, expected in (("compact", long), ("compact-short", short)):
        written = f"{{number: 1850000000, scale: million, style: {style}}}"
        found = format_fact(fact(written), Locale.parse(tag, sep="-"), str)
        assert found.translate(PLAIN) == expected


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("{number: 93, style: ordinal, scale: million}", "has no decimals, sign or scale"),
        ("{number: 93, scale: lakh}", "'thousand', 'million', 'billion' or 'trillion'"),
        ("{money: 5, currency: MAD, as: words}", "write one of symbol, code, name, short-name"),
        ("{money: 5, currency: MAD, as: {fr: words}}", "has a wrong value for fr"),
        ("{money: 5, currency: MAD, as: {French: name}}", "French, which is not a language"),
        ("{money: 5, currency: MAD, as: {}}", "is no way to name a currency"),
        ("{range: [1, 2], of: percentage, scale: million}", "has a key scale"),
        ("{quantity: 5, unit: basis points}", "did you mean basis-point?"),
    ],
)
def test_what_does_not_fit_is_refused(written: str, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        fact(written)
    assert message in str(caught.value)


def isolated(text: str) -> list[str]:
    return [plain(run.children) for run in isolate(text, "rtl") if isinstance(run, Isolate)]


@pytest.mark.parametrize(
    ("written", "together"),
    [
        ("{range: [10, 12.5], of: percentage}", ["10–12,5%"]),
        ("{range: [-5, 2], of: percentage}", ["-5\u00a0–\u00a02%"]),
        ("{range: [-5, 2], unit: kilometer}", ["-5\u00a0–\u00a02"]),
        ("{range: [2025-11-12, 2025-11-15]}", ["12–15", "2025"]),
        ('{range: ["09:00", "10:30"]}', ["09:00–10:30"]),
        ("{percentage: 3.2, sign: always}", ["+3,2%"]),
        # Each day and each time runs with the Arabic words around it.
        ("{range: [2025-11-28, 2025-12-02]}", ["28", "2", "2025"]),
        ("{range: [2025-11-12, 2025-11-15], words: true}", ["12", "15", "2025"]),
    ],
)
def test_figures_of_a_range_are_one_isolate_in_arabic(written: str, together: list[str]) -> None:
    assert isolated(f"من {shown(written, 'ar')} بمراكش") == together


FIGURES = st.decimals(-(10**9), 10**9, places=2)


OF = st.sampled_from(
    ["of: number", "of: percentage", "unit: day", "unit: hectare", "currency: EUR, as: name"]
)


@given(FIGURES | st.integers(-12, 12).map(Decimal), FIGURES, OF, st.sampled_from([*TAGS]))
def test_both_ends_of_a_range_are_shown_as_they_are_alone(
    one: Any, other: Any, of: str, language: str
) -> None:
    first, last = sorted([one, other])
    text = shown(f"{{range: [{first}, {last}], {of}}}", language)
    decimals = 2 if "EUR" in of and any(end % 1 for end in (first, last)) else None
    locale, label = Locale.parse(TAGS[language], sep="-"), LABELS[language]
    alone = [
        format_amount(Amount(end, decimals=decimals), locale, label)
        for end in dict.fromkeys([first, last])
    ]
    if first == last and "day" in of and first in {1, 2}:
        return  # Arabic says them in one word
    assert "".join(c for c in text if c.isdecimal()) == "".join(
        c for c in "".join(alone) if c.isdecimal()
    )
    assert text.count("-") == sum(end < 0 for end in {first, last})


def test_units_are_named_in_locales_that_have_few_of_them() -> None:
    tags = ("zgh-MA", "sw-KE", "am-ET", "fa-IR")
    for tag in tags:
        text = format_fact(fact("{quantity: 3, unit: dunam}"), Locale.parse(tag, sep="-"), str)
        assert any(c.isdecimal() for c in text)
        assert any(c.isalpha() for c in text)


def test_facts_of_every_kind_in_a_table(newsroom: Newsroom) -> None:
    newsroom.write(
        "releases/news.yaml",
        """\
        kind: press release
        date: 2025-11-24
        dateline: {city: Marrakech}
        headline: A headline
        body:
          - table: "2025"
            columns: [~, {heading: "2025", type: percentage, decimals: 1}, "2026"]
            rows:
              - ["1", {range: [1, 2], of: percentage}, {quantity: 3.5, unit: mile}]
              - ["2", 4, {duration: "0:45"}]
              - ["3", {percentage: 5, decimals: 2}, {money: 1500000, currency: EUR, style: compact}]
        contacts: [press]
        """,
    )
    newsroom.edit("releases/_newsroom.yaml", ", fr: fr-MA", "")
    result = newsroom.run("render", "--format", "txt")
    assert result.exit_code == 0, result.output
    text = (newsroom.root / "dist/news/en/news_en.txt").read_text("utf-8").translate(PLAIN)
    for expected in ("1–2%", "3.5 miles", "4.0%", "45 minutes", "5.0%", "€1.5 million"):
        assert expected in text


def test_translators_see_facts_as_they_are_shown(newsroom: Newsroom) -> None:
    newsroom.edit("releases/_newsroom.yaml", "time_zone", "other_time_zones: [UTC]\ntime_zone")
    newsroom.edit(
        "releases/news.yaml",
        "{number: 1500}",
        "{datetime: 2025-11-24T10:00:00+01:00, zones: true}",
    )
    assert newsroom.run("catalogs", "update").exit_code == 0
    catalog = (newsroom.root / "locales/fr/LC_MESSAGES/news.po").read_text("utf-8")
    comment = "#. {count} = 24 novembre 2025 à 10h (heure de Casablanca ; UTC : 9h) (datetime)"
    assert comment in catalog.translate(PLAIN)
