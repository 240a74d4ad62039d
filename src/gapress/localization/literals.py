"""Finds figures that a source text has as words: numbers, amounts, dates and times in one notation.

Another language writes them otherwise, and a corrected one would not follow; ``kit.prepare`` asks
here for each release. What is no figure, such as a version, a code or a telephone number, is left.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale, dates, numbers
from pydantic import ValidationError

from gapress.localization.facts import format_fact
from gapress.release.facts import DateFact, MoneyFact, NumberFact, PercentageFact, TimeFact

if TYPE_CHECKING:
    from collections.abc import Callable

    from gapress.release.facts import Fact

_SPACES = " \u00a0\u2009\u202f"
# What letters, digits and signs make up besides figures: addresses, telephones, codes, coordinates.
_OTHER = re.compile(
    r"""https?://\S+ | www\.\S+ | [\w.+-]+@[\w.-]+
    | \+\d[\d .()\u00a0-]{5,}\d | \b0\d([ .-]?\d{2}){4}\b
    | \b(?=[A-Z0-9]*\d)(?=\d*[A-Z])[A-Z0-9]{8,}\b
    | -?\d+[.,]\d+\s?°\s?[NSEWO]\b | -?\d{1,3}\.\d{3,},\s?-?\d{1,3}\.\d{3,}
    | \b(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\b
    | \b(?!\d{1,3}(?:\.\d{3})+(?:,\d+)?(?![.\d]))\d+(?:\.\d+){2,}\b(?<!\.\d{4})""",
    re.VERBOSE,
)
# Words before a number that is a name, not an amount: versions, articles, registers, references.
_NAMES = re.compile(
    r"""(?:\b(?:v|ver|versions?|releases?|art|articles?|sec|sections?|chap|chapters?|chapitres?
    |clauses?|para|paragraphs?|paragraphes?|rules?|règles?|annex|annexes?|appendix|figs?|figures?
    |tables?|tableaux?|steps?|étapes?|points?|items?|pages?|pp?|nos?|nr|ref|refs|réf|lines?|lignes?
    |rcs(?:\s\w+)?|siren|siret|ice|rc|vat|tva|iso|iec|rfc|en|nf|law|loi|décret|dahir|decree
    |directive|resolution|résolution|règlement|regulation|code|id|tel|tél|telephone|téléphone|phone
    |fax|call|rooms?|salles?|bus|grade|psalm|sourate|المادة|المواد|الفصل|الفصول|البند|رقم|القانون
    |المرسوم|الظهير|هاتف|الهاتف|الإصدار|النسخة|الصفحة)s?\.?:?|n[°º]|№|§|\#)[\s\u00a0]*$""",
    re.VERBOSE | re.IGNORECASE,
)
# In capitals, codes of currencies that are words besides: COP30, TOP 10.
_WORDS = {"ALL", "COP", "CUP", "MOP", "PEN", "SOS", "TOP", "TRY"}
_CLOCK = re.compile(r"\b(?:at|from|until|till|by|à|vers|jusqu’à|الساعة)[\s\u00a0]$", re.IGNORECASE)
# Written with both signs, or with one of them twice: no reader takes it for anything else.
_CLEAR = (
    r"[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:,\d{3})+\.\d+|(?:\.\d{3}){2,}|(?:,\d{3}){2,})(?!,?\.?\d)"
)
_PROPER = re.compile(r"(?:^|[\s\u00a0(])(?P<word>[A-ZÀ-Þ][\w-]*)[\s\u00a0]$")
_MAGNITUDE = re.compile(
    r"""[\s\u00a0\u202f-]?(?:[kKMB]|mn?|bn|tn|Mds?|thousand|(?:m|b|tr)illions?|milliers?
    |milliards?|ألف|آلاف|مليون|ملايين|مليار|مليارات|بليون)(?:[€$£]|DH)?(?!\w)""",
    re.VERBOSE,
)
_SIGNS = "".join(chr(c) for c in range(0x20C1) if unicodedata.category(chr(c)) == "Sc")
_CODES = {"DH": "MAD", "Dh": "MAD", "Dhs": "MAD", "DHS": "MAD", "د.م": "MAD", "د.م.": "MAD"}
_CODES |= {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₺": "TRY", "₽": "RUB"}


@dataclass(frozen=True)
class Literal:
    """A figure that stands in a text as words.

    Attributes:
        text: As it is written.
        facts: What it may mean, as a fact; the likeliest first.
        decimals: Its decimal places.
        start: Where it begins in the text.
    """

    text: str
    facts: tuple[Fact, ...]
    decimals: int
    start: int

    def shown(self, locale: Locale) -> str:
        """Return the figure as a locale writes it."""
        text = format_fact(self.facts[0], locale, _unlabelled, self.decimals)
        return "".join(c for c in text if unicodedata.category(c) != "Cf")

    def is_foreign(self, locale: Locale) -> bool:
        """Whether a locale writes the figure otherwise, beyond spaces and signs of direction."""
        return _bare(self.shown(locale)) != _bare(self.text.removeprefix("+"))


def _unlabelled(label: str) -> str:
    return label.partition("|")[0]


def _bare(text: str) -> str:
    """Return a text without spaces and signs of direction."""
    kept = (c for c in text if unicodedata.category(c) not in {"Zs", "Cf"})
    return "".join(kept).replace("\u2212", "-")


@lru_cache(maxsize=4096)
def literals(text: str, tag: str) -> tuple[Literal, ...]:
    """Return the figures in a text, in their order.

    Args:
        text: A text of a source, without markup.
        tag: BCP 47 tag of the locale that it is written in.
    """
    if not any(character.isdigit() for character in text):
        return ()
    locale = Locale.parse(tag, sep="-")
    hidden = _OTHER.sub(lambda match: "\ue000" * len(match[0]), text)
    found: list[Literal] = []
    for pattern, read in _patterns(tag):
        for match in pattern.finditer(hidden):
            try:
                literal = read(match, hidden, locale)
            except (ValidationError, ArithmeticError, ValueError):
                continue  # no such day, more digits than a figure has
            if literal:
                found.append(literal)
                start, end = literal.start, literal.start + len(literal.text)
                hidden = f"{hidden[:start]}{chr(0xE000) * (end - start)}{hidden[end:]}"
    return tuple(sorted(found, key=lambda literal: literal.start))


@lru_cache(maxsize=16)
def _patterns(
    tag: str,
) -> tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str, Locale], Literal | None]], ...]:
    """Return what finds each sort of figure in texts of a locale, the most special first."""
    locale = Locale.parse(tag, sep="-")
    group, point = (f"[{''.join(map(re.escape, signs))}]" for signs in _separators(locale))
    last = r"\d{2,3}" if "," in group and _groups_by_two(locale) else r"\d{3}"
    whole = rf"(?:[^\W\D_]\d{{0,2}}(?:{group}{last})*{group}\d{{3}}|\d+)"
    number = rf"[-\u2212+]?(?:{_CLEAR}|{whole}(?:{point}\d+)?)"
    # Arabic writes its short words onto the next: و3,5%.
    before = r"(?<![^\Wوبلفك])(?<![/#@=.:\ue000])(?<!\d,)(?<![^\W\d_]-)"
    after = rf"(?![{_SPACES}]?\d)(?![.,:/]\d)(?:(?=[a-z]{{1,3}}(?!\w))|(?![\w\ue000]))"
    sign = rf"(?:[A-Z]{{0,3}}[{re.escape(_SIGNS)}]|[A-Z]{{3}}(?![A-Z])|Dhs?|DHS?|د\.م\.?)"
    gap = rf"[{_SPACES}]?"
    return tuple(
        (re.compile(pattern), read)
        for pattern, read in (
            (r"(?<![\w/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d\d)(?![\w/-])", _date),
            (r"(?<![\w/.-])(\d{4})([/.])(\d{1,2})\2(\d{1,2})(?![\w/-])", _year_first),
            (rf"{before}(\d{{1,2}})(?:[:.](\d\d))?{gap}([AaPp])\.?[Mm]\b\.?", _time),
            (rf"{before}\(?({number})\)?{gap}[%٪]", _percentage),
            (rf"(?<![\w\ue000])([-\u2212]?)({sign}){gap}({number}){after}", _money_after),
            (rf"{before}()({number}){gap}({sign})(?!\w)", _money_before),
            (rf"{before}({number}){after}", _plain),
        )
    )


def _separators(locale: Locale) -> tuple[str, str]:
    """Return the signs that may stand between thousands, and before decimals."""
    group = numbers.get_group_symbol(locale)
    point = numbers.get_decimal_symbol(locale)
    groups = {group, *_SPACES} | ({"'", "’"} if group in {"'", "’"} else set())
    return "".join(sorted(groups | {"٬"})), f"{point}٫"


def _groups_by_two(locale: Locale) -> bool:
    return bool(locale.decimal_formats[None].grouping[1] == 2)


def _value(text: str, locale: Locale) -> tuple[Decimal, int]:
    """Return a number and its decimal places."""
    _, point = _separators(locale)
    points = [i for i, character in enumerate(text) if character in point]
    if re.fullmatch(rf"[-\u2212+]?{_CLEAR}", text):
        last = max(text.rfind("."), text.rfind(","))
        points = [last] if text.count(text[last]) == 1 else []
    cut = points[0] if points else len(text)
    whole, decimals = text[:cut], text[cut + 1 :]
    sign = "-" if text[0] in "-\u2212" else ""
    digits = "".join(str(unicodedata.digit(c)) for c in whole if c.isdigit())
    places = "".join(str(unicodedata.digit(c)) for c in decimals)
    return Decimal(f"{sign}{digits}{'.' if places else ''}{places}"), len(places)


def _date(match: re.Match[str], text: str, locale: Locale) -> Literal | None:
    del text
    first, sign, second, year = match.groups()
    if len(year) == 2 and sign != "/":
        return None
    full = int(year) if len(year) == 4 else 2000 + int(year)
    pattern = str(dates.get_date_format("short", locale).pattern)
    day_first = "M" not in pattern or pattern.find("d") < pattern.find("M")
    orders = [(second, first), (first, second)]
    pairs = orders if day_first else orders[::-1]
    facts = [found for month, day in dict.fromkeys(pairs) if (found := _day(full, month, day))]
    return Literal(match[0], tuple(facts), 0, match.start()) if facts else None


def _year_first(match: re.Match[str], text: str, locale: Locale) -> Literal | None:
    del text, locale
    fact = _day(int(match[1]), match[3], match[4])
    return Literal(match[0], (fact,), 0, match.start()) if fact else None


def _day(year: int, month: str, day: str) -> DateFact | None:
    try:
        return DateFact(date=dt.date(year, int(month), int(day)).isoformat())
    except ValueError:
        return None


def _time(match: re.Match[str], text: str, locale: Locale) -> Literal | None:
    del text, locale
    hour = int(match[1])
    if not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if match[3] in "Pp" else 0)
    fact = TimeFact.model_validate({"time": f"{hour:02}:{match[2] or '00'}"})
    shown = match[0] if match[0].lower().endswith(".m.") else match[0].rstrip(".")
    return Literal(shown, (fact,), 0, match.start())


def _percentage(match: re.Match[str], text: str, locale: Locale) -> Literal | None:
    del text
    value, places = _value(match[1], locale)
    is_negative = match[0].startswith("(") and ")" in match[0]
    fact = PercentageFact(percentage=-value if is_negative else value)
    shift = 0 if is_negative else match.start(1) - match.start()
    return Literal(match[0][shift:], (fact,), places, match.start() + shift)


def _money_after(match: re.Match[str], text: str, locale: Locale) -> Literal | None:
    minus, sign, number = match.groups()
    return _money(match, text, locale, sign, f"{minus}{number}", match.end(3))


def _money_before(match: re.Match[str], text: str, locale: Locale) -> Literal | None:
    _, number, sign = match.groups()
    return _money(match, text, locale, sign, number, match.end())


def _money(
    match: re.Match[str], text: str, locale: Locale, sign: str, number: str, end: int
) -> Literal | None:
    currency = _currency(sign, locale)
    if not currency or _MAGNITUDE.match(text, end):
        return None  # "€1.2 million": the number alone
    if sign in _WORDS and number.isdigit():
        return None
    value, places = _value(number, locale)
    return Literal(match[0], (MoneyFact(money=value, currency=currency),), places, match.start())


def _currency(sign: str, locale: Locale) -> str:
    """Return the code of a currency by its sign in a locale, or by its code; none if unknown."""
    if sign in numbers.list_currencies():
        return sign
    own = numbers.get_territory_currencies(locale.territory) if locale.territory else []
    symbols: dict[str, str] = {s: code for code, s in locale.currency_symbols.items()}
    for code in own:
        if numbers.get_currency_symbol(code, locale) == sign:
            return str(code)
    return symbols.get(sign) or _CODES.get(sign, "")


def _plain(match: re.Match[str], text: str, locale: Locale) -> Literal | None:
    """Return a number with separators; digits alone are alike in most languages."""
    number, start = match[1], match.start(1)
    if number.lstrip("+-\u2212").isdigit():
        return None
    value, places = _value(number, locale)
    ahead, behind = text[:start], text[match.end(1) :]
    if _NAMES.search(ahead[-40:]) or (number.isascii() and _is_name(number, ahead, behind)):
        return None
    if re.fullmatch(rf"\d{{3}}([{_SPACES}])\d{{3}}\1\d{{3}}", number) and not re.match(
        rf"[{_SPACES}](?!R\.?C\.?S)\w", behind
    ):
        return None  # a company's number, a telephone
    facts = [NumberFact(number=value)]
    if places == 3 and re.fullmatch(r"[-\u2212+]?[1-9]\d{0,2}\D\d{3}", number):
        # Other languages write thousands so.
        facts.append(NumberFact(number=(value * 1000).to_integral_value()))
    return Literal(number, tuple(facts), places, start)


def _is_name(number: str, ahead: str, behind: str) -> bool:
    """Whether a short decimal is no amount: Windows 8.1, PM 2.5, at 12.30, 3.1 Scope."""
    if not re.fullmatch(r"\d{1,2}[.,]\d{1,2}", number):
        return False
    if not ahead.strip("(a) ") and re.match(rf"[{_SPACES}][A-ZÀ-Þ]", behind):
        return True
    if _CLOCK.search(ahead) and re.fullmatch(r"([01]?\d|2[0-3])\.[0-5]\d", number):
        return True
    match = _PROPER.search(ahead)
    if match is None:
        return False
    opens = not re.search(r"[^.!?:;\s\u00a0]\s*$", ahead[: match.start("word")])
    return match["word"].isupper() or not opens
