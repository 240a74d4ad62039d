"""Facts as ICU prints them, and the cities of time zones."""

from __future__ import annotations

import json
import re
import tomllib
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from gapress.localization.amounts import format_amount
from gapress.localization.facts import format_fact, zone_city
from gapress.localization.numbers import format_number
from gapress.localization.press_style import press_style
from gapress.localization.sizes import format_size
from gapress.release.facts import Amount, Fact
from gapress.release.yaml import parse
from gapress.release.zones import ZONES, names_a_city
from gapress.shipped import shipped

if TYPE_CHECKING:
    from .conftest import Newsroom

# What node tools/icu_facts.mjs printed.
ICU = json.loads((Path(__file__).parent / "cases/facts/icu.json").read_text("utf-8"))["locales"]
FACT: TypeAdapter[Fact] = TypeAdapter(Fact)

# Directional marks, which gapress replaces with isolates, and the spaces that V8 makes of others.
UNSEEN = str.maketrans(
    {"\u200e": None, "\u200f": None, "\u061c": None, "\u202f": " ", "\u00a0": " "}
)


def fact(written: str) -> Fact:
    return FACT.validate_python(parse(f"fact: {written}".encode(), "x.yaml").data["fact"])


def shown(written: str, tag: str) -> str:
    return format_fact(fact(written), Locale.parse(tag, sep="-"), unlabelled)


def unlabelled(label: str) -> str:
    return label.partition("|")[0]


# Where gapress does not follow ICU, or Babel's version of CLDR is another one than Node's.
OTHERWISE = {
    # V8 writes a span of long dates in digits where a locale's long date has no name of a month.
    "ja-JP": ("2025-11-12", "2025-11-28", "2025-12-28", "2025-10"),
    "zh-CN": ("2025-11-12", "2025-11-28", "2025-12-28", "2025-10"),
    # Both with the year, or with other words; Babel has the year once.
    **dict.fromkeys(("ru-RU", "uk-UA", "pl-PL", "el-GR", "cs-CZ", "fi-FI"), ("2025-10",)),
    "fa-IR": ("2025-10",),
    # Spans with weekdays: other separators or cases, none of them wrong.
    "es-MX": ("style: full",),
    "es-AR": ("style: full",),
    "it-CH": ("style: full", "2025-11-28", "2025-12-28"),
    "bn-BD": ("2025-12-28", "compact-short", "duration"),
    # Newer words in Node's CLDR; what V8 makes of Turkish names of currencies is broken.
    "en-GB": ("compact-short",),
    "en-IN": ("compact",),
    "tr-TR": ("as: name",),
    "my-MM": ("as: name",),
    "lv-LV": ("unit: kilometer",),
    "ne-NP": ("duration",),
}
# CLDR lacks some plurals of Arabic, and Morocco's press writes no tanwin (units.toml).
OTHERWISE |= {tag: ("{quantity: -5, unit: celsius}",) for tag in ICU if tag.startswith("ar-")}
OTHERWISE["ar-MA"] += ("unit: kilometer}",)
OTHERWISE["pl-PL"] += ("style: full",)
OTHERWISE["fi-FI"] += ("style: full",)

# ICU repeats signs of one character: 10% – 12%. And V8 puts other spaces around dashes.
REPEATED = re.compile(r"^(?P<a>\D?)(?P<first>[\d.,]+)(?P<b>\D?)-(?P=a)(?P<last>[\d.,]+)(?P=b)$")
REPEATED_WORD = re.compile(r"^(?P<first>[\d.,]+)(?P<b>[MK万만])-(?P<last>[\d.,]+)(?P=b)$")


def seen(text: str) -> str:
    """Return a text as it is compared: what runs together or apart around a dash is the same."""
    text = re.sub(r"\s*[-–—~～‒−]\s*", "-", text.translate(UNSEEN))
    text = REPEATED.sub(r"\g<a>\g<first>-\g<last>\g<b>", text)
    return REPEATED_WORD.sub(r"\g<first>-\g<last>\g<b>", text)


@pytest.mark.parametrize("tag", ICU)
def test_facts_are_as_icu_prints_them(tag: str) -> None:
    but = OTHERWISE.get(tag, ())
    expected = {w: seen(text) for w, text in ICU[tag].items() if not any(b in w for b in but)}
    assert {written: seen(shown(written, tag)) for written in expected} == expected


@pytest.mark.parametrize(
    ("tag", "written", "expected"),
    [
        # CLDR groups digits with full stops in Morocco's French; newsrooms there write spaces.
        ("fr-MA", "{number: 12345.5}", "12\u202f345,5"),
        ("fr-MA", "{money: 4500, currency: MAD}", "4\u202f500\u00a0MAD"),
        ("ar-MA", "{number: 12345.5}", "12.345,5"),
        ("ar-MA", "{percentage: -0.3}", "-0,3%"),
        ("ar-MA", "{date: 2025-11-24}", "24 نونبر 2025"),
        ("fr-CH", "{money: 12345.50, currency: CHF}", "12\u202f345.50\u00a0CHF"),
        ("de-AT", "{number: 45000}", "45\u00a0000"),
        ("de-AT", "{money: 45000, currency: EUR}", "€\u00a045.000"),
        ("ar-EG", "{number: 93, style: ordinal}", "٩٣th"),  # “th” is the label
        ("ar-EG", "{number: 12345.5}", "١٢٬٣٤٥٫٥"),
    ],
)
def test_separators_digits_and_spaces(tag: str, written: str, expected: str) -> None:
    assert shown(written, tag) == expected


STYLES = tomllib.loads((shipped("templates") / "press-style.toml").read_text("utf-8"))


@pytest.mark.parametrize("tag", ICU)
def test_press_styles_differ_from_icu_only_where_they_say_so(tag: str) -> None:
    press = press_style(STYLES, tag)
    locale = Locale.parse(tag, sep="-")
    for written in ICU[tag]:
        styled = seen(format_fact(fact(written), locale, unlabelled, press=press))
        if styled == seen(shown(written, tag)):
            continue
        says_so = press.time and re.search(r"\b\d\d:\d\d\b", written)
        assert says_so or press.months or (press.ordinals and "ordinal" in written), written


NUMBERS = st.decimals(-(10**17), 10**17, places=9, allow_nan=False)
TAGS = st.sampled_from([*ICU, "fr-MA", "ar", "ckb-IQ", "dz-BT", "ff-Adlm-GN", "sat-IN", "mni-IN"])


def digits(text: str) -> str:
    """Return the digits of a text as Latin ones."""
    return "".join(str(int(c)) for c in text if c.isdecimal())


@given(NUMBERS, TAGS, st.integers(0, 9))
def test_no_digit_is_lost(value: Decimal, tag: str, decimals: int) -> None:
    locale = Locale.parse(tag, sep="-")
    plain = f"{abs(value.normalize()):f}".replace(".", "")
    assert digits(format_number(value, locale)) == plain
    rounded = abs(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    for amount in (
        Amount(value, decimals=decimals),
        Amount(value, "percentage", decimals=decimals),
        Amount(value, "money", "MAD", decimals),
        Amount(value, "quantity", "celsius", decimals, named="short"),
    ):
        shown = format_amount(amount, locale, lambda label: label)
        assert digits(shown) == f"{rounded:f}".replace(".", "")


def test_sizes_have_the_digits_of_the_locale() -> None:
    assert format_size(85_000, Locale.parse("ar_EG")) == "٨٥ كيلوبايت"
    assert format_size(1_400_000, Locale.parse("fa_IR")) == "۱٫۴ MB"


# --- zones ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "tag", "expected"),
    [
        ("Europe/Kyiv", "uk", "Київ"),
        ("Europe/Kiev", "uk", "Київ"),
        ("Asia/Kolkata", "ar", "كالكتا"),
        ("Asia/Calcutta", "en", "Kolkata"),
        ("America/Nuuk", "es", "Nuuk"),
        ("America/Argentina/Buenos_Aires", "ar", "بوينوس أيرس"),
        ("America/Argentina/Buenos_Aires", "en", "Buenos Aires"),
        ("America/Port-au-Prince", "en", "Port-au-Prince"),
        ("Asia/Ho_Chi_Minh", "fr", "Hô-Chi-Minh-Ville"),
        ("Asia/Yangon", "fr", "Rangoun"),
        ("US/Eastern", "ar", "نيويورك"),
        ("Egypt", "fr", "Le Caire"),
        ("Africa/Casablanca", "ar-MA", "الدار البيضاء"),
        ("Etc/UTC", "fr", ""),
        ("UTC", "ar", ""),
    ],
)
def test_zones_are_named_by_their_cities(zone: str, tag: str, expected: str) -> None:
    assert zone_city(zone, Locale.parse(tag, sep="-")) == expected


def test_every_zone_of_a_city_is_localised() -> None:
    # Arabic has a name of its own for every city but the newest, which CLDR does not know yet.
    latin = [
        zone
        for zone in sorted(ZONES)
        if names_a_city(zone) and any("A" <= c <= "z" for c in zone_city(zone, Locale("ar")))
    ]
    assert latin == ["America/Coyhaique"]


@pytest.mark.parametrize("zone", ["Etc/GMT-3", "Etc/GMT+12", "EST", "CET", "PST8PDT", "GMT0"])
def test_zones_without_a_city_are_refused(zone: str, newsroom: Newsroom) -> None:
    newsroom.edit("releases/_newsroom.yaml", "Africa/Casablanca", zone)
    result = newsroom.run("check")
    assert result.exit_code == 1
    assert f"time zone {zone} has no city" in result.output
    assert "such as Africa/Casablanca, or UTC" in result.output


@pytest.mark.parametrize("zone", ["UTC", "Etc/UTC", "Europe/Kyiv", "Egypt"])
def test_zones_of_a_city_and_utc_are_taken(zone: str) -> None:
    assert names_a_city(zone) or zone.endswith("UTC")


def test_icu_was_asked_for_thirty_locales() -> None:
    facts: dict[str, Any] = ICU
    assert len(facts) >= 30
