"""The check of figures: what a good translation changes is no fault, a changed figure is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gapress.catalogs.numbers import compare

# Source language, language, source, translation.
SOUND = [
    ("en", "fr", "Some 12,000 delegates came", "Quelque 12 000 délégués sont venus"),
    ("en", "fr", "12,000", "12 000"),
    ("en", "ar", "1,500 people", "1.500 شخص"),
    ("en", "ar", "12,000 delegates", "١٢٬٠٠٠ مندوب"),
    ("en", "fa", "12,000 delegates", "۱۲٬۰۰۰ نماینده"),
    ("en", "fr", "The meeting starts at 3 p.m.", "La réunion commence à 15 heures"),
    ("en", "fr", "3:30 pm", "15 h 30"),
    ("en", "fr", "from 3 to 5 p.m.", "de 15 h à 17 h"),
    ("en", "fr", "at 9:00 a.m.", "à 9 heures"),
    ("en", "fr", "at 10 a.m.", "à 10 h 00"),
    ("en", "ar", "at 3 p.m.", "الساعة الثالثة بعد الظهر"),
    ("en", "ar", "at 15:00", "الساعة 3 بعد الظهر"),
    ("en", "fr", "in the 21st century", "au XXIe siècle"),
    ("en", "fr", "the 21st session", "la 21e session"),
    ("en", "ar", "the 21st session", "الدورة الحادية والعشرين"),
    ("en", "fr", "nine countries", "9 pays"),
    ("en", "fr", "9 countries", "neuf pays"),
    ("en", "fr", "1.5 million people", "1,5 million de personnes"),
    ("en", "fr", "1.5 million people", "1 500 000 personnes"),
    ("en", "ar", "1.5 million people", "مليون ونصف المليون شخص"),
    ("en", "ar", "1.25 million people", "مليون و250 ألف شخص"),
    ("en", "ar", "3.5 million", "3 ملايين و500 ألف"),
    ("en", "fr", "€2bn", "2 milliards d'euros"),
    ("en", "fr", "in the 1990s", "dans les années 1990"),
    ("en", "fr", "in the 1990s", "dans les années 90"),
    ("en", "ar", "in the 1990s", "في التسعينيات"),
    ("en", "fr", "the ’90s", "les années 1990"),
    ("en", "fr", "open 24/7", "ouvert 24 h/24 et 7 j/7"),
    ("en", "ar", "open 24/7", "مفتوح على مدار الساعة"),
    ("en", "fr", "call +212 5 37 00 00 00", "appelez le 05 37 00 00 00"),
    ("en", "fr", "call +212 5 37 00 00 00", "appelez le +212 537 000 000"),
    ("en", "fr", "on 11/24/2025", "le 24 novembre 2025"),
    ("en", "fr", "on 24 November 2025", "le 24/11/2025"),
    ("en", "de", "on 24 November 2025", "am 24.11.2025"),
    ("en", "fr", "9/11 attacks", "les attentats du 11 septembre"),
    ("en", "ar", "COVID-19 pandemic", "جائحة كوفيد-19"),
    ("en", "fr", "the G20 summit", "le sommet du G20"),
    ("en", "ar", "the G20 summit", "قمة مجموعة العشرين"),
    ("en", "ar", "5G networks", "شبكات الجيل الخامس"),
    ("en", "fr", "CO2 emissions", "émissions de CO₂"),
    ("en", "fr", "500 m2", "500 m²"),
    ("en", "fr", "500 square metres", "500 m²"),
    ("en", "fr", "50% of people", "la moitié des gens"),
    ("en", "fr", "fifty per cent", "50 %"),
    ("en", "fr", "twenty-five years", "25 ans"),
    ("en", "fr", "25 years", "vingt-cinq ans"),
    ("en", "fr", "seventy-two hours", "72 heures"),
    ("en", "fr", "72 hours", "soixante-douze heures"),
    ("en", "fr", "95 countries", "quatre-vingt-quinze pays"),
    ("en", "fr", "$1,234.56", "1 234,56 $"),
    ("en", "fr", "$1,234,567", "1 234 567 $"),
    ("en", "fr", "12,34,567 rupees", "1 234 567 roupies"),
    ("en", "ar", "two days", "يومان"),
    ("en", "ar", "2 days", "يومان"),
    ("en", "fr", "the first 100 days", "les 100 premiers jours"),
    ("en", "fr", "15,000 people", "quinze mille personnes"),
    ("en", "fr", "three hundred people", "300 personnes"),
    ("en", "ar", "5,000 people", "خمسة آلاف شخص"),
    ("en", "ar", "21 countries", "واحد وعشرين بلدا"),
    ("en", "ar", "200 people", "مئتا شخص"),
    ("en", "fr", "2020-25", "2020-2025"),
    ("en", "fr", "1½ hours", "1 h 30"),
    ("en", "fr", "½ the votes", "la moitié des voix"),
    ("en", "fr", "three-quarters of the seats", "75 % des sièges"),
    ("en", "fr", "a quarter of a century", "25 ans"),
    ("en", "fr", "at noon", "à 12 heures"),
    ("en", "fr", "at noon", "à midi"),
    ("en", "fr", "midnight", "0 h"),
    ("en", "fr", "version 1.2.3", "version 1.2.3"),
    ("en", "fr", "Ratio 10.30am", "10 h 30"),
    ("en", "ar", "12.5%", "١٢٫٥٪"),
    ("en", "ar", "12.5%", "12,5 في المائة"),
    ("fr", "en", "12,5 %", "12.5%"),
    ("fr", "en", "1 500 personnes", "1,500 people"),
    ("fr", "en", "le XXIe siècle", "the 21st century"),
    ("fr", "en", "à 15 heures", "at 3 p.m."),
    ("fr", "ar", "15 h 30", "الساعة 3:30 بعد الظهر"),
    ("fr", "ar", "le 1er janvier", "الأول من يناير"),
    ("de", "en", "1.500 Teilnehmer", "1,500 participants"),
    ("en", "fr-MA", "1,500", "1.500"),
    ("ar", "en", "١٬٥٠٠ شخص", "1,500 people"),
    ("ar", "fr", "١٢٫٥", "12,5"),
    ("en", "fr", "King Louis XIV", "le roi Louis XIV"),
    ("en", "fr", "World War II", "la Seconde Guerre mondiale"),
    ("en", "fr", "World War II in 1945", "la Deuxième Guerre mondiale en 1945"),
    ("en", "es", "21 countries", "veintiún países"),
    ("en", "fr", "1.", "1."),
    ("en", "fr", "1) one; 2) two", "1° un ; 2° deux"),
    ("en", "fr", "In 2025, 500 people; in 2024, 300", "500 personnes en 2025, 300 en 2024"),
    ("en", "fr", "in 2025 500 people came", "500 personnes sont venues en 2025"),
    ("en", "fr", "Article 5 (2)", "paragraphe 2 de l’article 5"),
    ("en", "fr", "12,000 dollars", "12'000 dollars"),
    ("en", "fr", "12,000 dollars", "12’000 dollars"),
    ("en", "fr", "12,000 dollars", "12 000 dollars"),
    ("en", "fr", "12 thousand", "12 000"),
    ("en", "fr", "$3.2 trillion", "3 200 milliards de dollars"),
    ("en", "fr", "a decade", "10 ans"),
    ("en", "fr", "dozens", "12"),
    ("en", "fr", "two and a half million", "2,5 millions"),
    ("en", "fr", "From 5 to 7 March 2026", "Du 5 au 7 mars 2026"),
    ("en", "ar", "5 minutes", "خمس دقائق"),
    ("en", "ar", "11 people", "أحد عشر شخصا"),
    ("en", "fr", "fourfold", "multiplié par 4"),
    ("en", "fr", "see www.example.org/2025", "voir www.example.org/2026/fr"),
    ("en", "fr", "#COP30", "#COP30"),
    ("en", "fr", "1½ hours", "1 h 30"),
    ("en", "fr", "1.5 hours", "1 h 30"),
    ("en", "fr", "half past three", "15 h 30"),
    ("en", "fr", "a quarter of a million people", "250 000 personnes"),
    ("en", "fr", "half a million people", "500 000 personnes"),
    ("en", "fr", "Q1 2025", "premier trimestre 2025"),
    ("en", "ar", "Q3 2025", "الربع الثالث من عام 2025"),
    ("en", "fr", "FY24 results", "résultats de l’exercice 2024"),
    ("en", "fr", "2024/25 season", "saison 2024-2025"),
    ("en", "fr", "a 10-fold rise", "une hausse multipliée par dix"),
    ("en", "fr", "100% of members", "la totalité des membres"),
    ("en", "fr", "the 50th anniversary", "le cinquantenaire"),
    ("en", "fr", "the 100th anniversary", "le centenaire"),
    ("en", "fr", "five-year plan", "plan quinquennal"),
    ("en", "fr", "5-year plan", "plan quinquennal"),
    ("en", "fr", "8-10pm", "de 20 h à 22 h"),
    ("en", "fr", "10:00–18:00", "de 10 h à 18 h"),
    ("en", "fr", "12:30 a.m.", "0 h 30"),
    ("en", "de", "on 24 November", "am 24.11."),
    ("en", "de", "nine countries", "9 Länder"),
    ("en", "fr", "two thousand five hundred people", "2 500 personnes"),
    ("en", "fr", "2,500 people", "deux mille cinq cents personnes"),
    ("en", "ar", "2,000,000 people", "مليوني شخص"),
    ("en", "ar", "the 93rd session", "الدورة الثالثة والتسعين"),
    ("en", "ar", "G7 leaders", "قادة مجموعة السبع"),
    ("en", "ar", "in her 20s", "في العشرينيات من عمرها"),
    ("en", "fr", "in her 20s", "la vingtaine"),
    ("en", "fr", "€1.2bn", "1 200 millions d’euros"),
    ("en", "fr", "€1.2bn", "1,2 Md€"),
    ("en", "fr", "12,000 sq m", "12 000 m²"),
    ("en", "fr", "one hundred and twenty-five", "125"),
    ("en", "fr", "125 schools", "cent vingt-cinq écoles"),
    ("en", "ar", "125 schools", "مئة وخمس وعشرون مدرسة"),
    ("en", "ar", "12,500 people", "اثنا عشر ألفا وخمسمائة شخص"),
    ("en", "ar", "300 people", "ثلاثمائة شخص"),
    ("en", "ar", "500 people", "خمسمئة شخص"),
    ("en", "ar", "1,200 people", "ألف ومئتا شخص"),
    ("en", "fr", "8:00 p.m. GMT", "20 h GMT"),
    ("fr", "en", "20h30", "8:30 p.m."),
    ("en", "fr", "No. 1", "numéro un"),
    ("en", "fr", "three times", "3 fois"),
    ("en", "es", "3 p.m.", "15:00 horas"),
    ("en", "es", "the 21st century", "el siglo XXI"),
    ("en", "es", "$1.5 million", "1,5 millones de dólares"),
    ("en", "es", "12,000 people", "12.000 personas"),
    ("en", "pt", "nine countries", "9 países"),
    ("en", "ar", "on 24 November 2025", "في 24 نوفمبر/تشرين الثاني 2025"),
    ("en", "ar", "24/11/2025", "٢٤/١١/٢٠٢٥"),
    ("en", "ar", "between 10 and 15 percent", "ما بين 10 و15 في المائة"),
    ("en", "ar", "+212 5 37 00 00 00", "٠٠ ٢١٢ ٥ ٣٧ ٠٠ ٠٠ ٠٠"),
    ("en", "ar", "10:30", "العاشرة والنصف"),
    ("en", "ar", "at 8 p.m.", "الثامنة مساء"),
    ("en", "fr", "1 in 10", "un sur dix"),
    ("en", "fr", "a dozen countries", "12 pays"),
    ("en", "fr", "mid-2025", "mi-2025"),
    ("en", "fr", "the 2030 Agenda", "l’Agenda 2030"),
    ("en", "fr", "Article 3(1)(a)", "l’alinéa a) du paragraphe 1 de l’article 3"),
    ("en", "fr", "Rs 12,34,567", "1 234 567 roupies"),
]
WRONG = [
    ("en", "fr", "12,500 people", "12 600 personnes"),
    ("en", "fr", "12,500 people", "des personnes"),
    ("en", "fr", "1,500 people", "1,5 personnes"),
    ("en", "fr", "In 2007", "En 2008"),
    ("en", "fr", "In 2007", "En"),
    ("en", "fr", "5 delegates", "des délégués"),
    ("en", "ar", "15 people", "50 شخصا"),
    ("en", "ar", "12,500", "١٢٥٫٠٠"),
    ("en", "fr", "at 3 p.m.", "à 16 heures"),
    ("en", "fr", "1.5 million", "1,5 milliard"),
    ("en", "fr", "1.5 million", "15 millions"),
    ("en", "fr", "21st century", "XXe siècle"),
    ("en", "fr", "call +212 5 37 00 00 00", "appelez le 05 37 00 00 01"),
    ("en", "fr", "$1,234.56", "1 234,65 $"),
    ("en", "fr", "nine countries", "8 pays"),
    ("en", "fr", "Some people", "Quelque 300 personnes"),
    ("en", "fr", "on 11/24/2025", "le 25 novembre 2025"),
    ("en", "fr", "25 years", "vingt-six ans"),
    ("en", "ar", "5,000 people", "ستة آلاف شخص"),
    ("en", "fr", "12.5%", "125 %"),
    ("en", "fr", "0.5", "5"),
    ("en", "fr", "93rd session", "92e session"),
    ("en", "de", "1,500", "1.600"),
    ("en", "fr", "call +49 89 27 37 37 46", "appelez le +51 89 27 37 37 46"),
    ("en", "fr", "20 miles and 300 people", "32 km et 301 personnes"),
    ("en", "fr", "€5,000", "5,000.50 €"),
    ("pt", "fr", "12.500 pessoas", "12 600 personnes"),
    ("en", "de", "12,500 people", "Menschen"),
    ("en", "fr", "half a million people", "600 000 personnes"),
    ("en", "ar", "3.5 million", "3 ملايين و600 ألف"),
]
# What may be right: at most a warning.
DOUBTFUL = [
    ("en", "ar", "COVID-19", "كورونا"),
    ("en", "fr", "20 miles away", "à 32 km"),
    ("en", "fr", "COVID-19", "Covid"),
    ("en", "de", "nine countries", "9 Länder"),
    ("en", "de", "9 countries", "neun Länder"),
    ("en", "fr", "a 5′ 6″ board", "une planche de 1,68 m (5′ 6″)"),
    ("en", "pt", "20 countries", "vinte países"),
    ("en", "fr", "In 2025, in May 2025", "En mai 2025"),
]


@pytest.mark.parametrize(("own", "language", "source", "translation"), SOUND)
def test_a_figure_put_otherwise_is_no_fault(
    own: str, language: str, source: str, translation: str
) -> None:
    assert list(compare(source, translation, (own, language))) == []


@pytest.mark.parametrize(("own", "language", "source", "translation"), WRONG)
def test_a_changed_figure_is_an_error(
    own: str, language: str, source: str, translation: str
) -> None:
    found = compare(source, translation, (own, language))
    assert "error" in {difference.severity for difference in found}


@pytest.mark.parametrize(("own", "language", "source", "translation"), DOUBTFUL)
def test_what_may_be_right_is_at_most_a_warning(
    own: str, language: str, source: str, translation: str
) -> None:
    found = compare(source, translation, (own, language))
    assert {difference.severity for difference in found} <= {"warning"}


def test_one_changed_figure_is_told_once_and_as_it_is_written() -> None:
    (found,) = compare("Some 12,500 came in 2025", "12\u202f600 venus en 2025", ("en", "fr"))
    assert (found.source, found.translation) == ("12,500", "12\u202f600")
    (phone,) = compare("call +212 5 37 00 00 00", "appelez", ("en", "fr"))
    assert phone.source == "+212 5 37 00 00 00"


GROUPED = {"en": ",", "fr": "\u202f", "fr-CH": "’", "de": ".", "es": " ", "sv": "\xa0", "ar": "٬"}
DIGITS = [
    str.maketrans("0123456789", digits) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९")
]


@given(
    st.integers(0, 10**12),
    st.sampled_from(sorted(GROUPED)),
    st.sampled_from([{}, *DIGITS]),
    st.integers(1, 10**6),
)
def test_only_the_value_counts(
    number: int, language: str, digits: dict[int, int], more: int
) -> None:
    source = f"There are {number:,} of them"
    same = f"{number:,}".replace(",", GROUPED[language]).translate(digits)
    assert list(compare(source, f"Il y en a {same}.", ("en", language))) == []
    other = f"{number + 100 + more:,}".replace(",", GROUPED[language]).translate(digits)
    found = list(compare(f"There are {number + 100:,}", f"Il y en a {other}.", ("en", language)))
    assert found


@given(st.text(), st.text(), st.sampled_from(["", "en", "fr", "ar", "de", "xx-nothing"]))
def test_any_text_is_compared(source: str, translation: str, language: str) -> None:
    list(compare(source, translation, ("en", language)))
    assert list(compare(source, source, ("en", "en"))) == []
