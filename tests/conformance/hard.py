"""Makes a newsroom of everything that is hard to set: length, width, direction, letters, pictures.

    python hard.py FOLDER

Its kits go through every check that the sample kits go through. Run it from the top of the project
with gapress's own Python.
"""

from __future__ import annotations

import io
import json
import random
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

from babel.messages.pofile import read_po, write_po
from PIL import Image, ImageDraw

TRANSLATIONS: dict[str, dict[str, str]] = {"fr": {}, "ar": {}}
HEAD = {
    "kind": "press release",
    "date": "2025-11-24",
    "dateline": {"city": "Marrakech"},
    "contacts": ["press"],
}


def text(english: str, french: str, arabic: str) -> str:
    """Return a source text, and keep its translations."""
    TRANSLATIONS["fr"][english], TRANSLATIONS["ar"][english] = french, arabic
    return english


def same(words: str) -> str:
    """Return a text that is the same in every language."""
    return text(words, words, words)


WORDS = {
    "en": "border police partners training officers report shared network database travel members "
    "country session request answer notice secure digital evidence expert regional office project "
    "support meeting agree work days before after every year airport harbour victim network safe",
    "fr": "frontière police partenaires formation agents rapport commun réseau données voyage membres "
    "pays séance demande réponse notice sécurité numérique preuve expert bureau régional projet "
    "appui réunion accord travail jours avant après chaque année aéroport port victime sûr équipe",
    "ar": "الحدود الشرطة الشركاء التكوين الموظفون التقرير المشترك الشبكة البيانات السفر الأعضاء البلد "
    "الجلسة الطلب الجواب النشرة الأمن الرقمي الدليل الخبير المكتب الجهوي المشروع الدعم الاجتماع "
    "الاتفاق العمل الأيام قبل بعد كل سنة المطار الميناء الضحية الفريق أولاً فضلاً وصولاً",
}


def prose(length: int, seed: int) -> str:
    """Return a text of about so many characters, no line of which comes twice."""
    made = []
    for code, words in WORDS.items():
        chance, known = random.Random(f"{code}{seed}"), words.split()
        found = ""
        while len(found) < length - 120:
            sentence = " ".join(chance.choice(known) for _ in range(chance.randint(6, 12)))
            found += f"{sentence[0].upper()}{sentence[1:]}. "
        made.append(found + "x" * max(0, length - len(found) - 1) if length > 4_000 else found)
    return text(*(words.rstrip() for words in made))


text("Marrakech", "Marrakech", "مراكش")


def long_release() -> dict[str, Any]:
    """Ten pages and more: forty quotations, long tables, long lists."""
    people = {
        "first": {
            "name": text("Amina El Fassi", "Amina El Fassi", "أمينة الفاسي"),
            "title": text(
                "head of the working group", "cheffe du groupe de travail", "رئيسة فريق العمل"
            ),
        },
        "second": {"name": text("Jean Dubois", "Jean Dubois", "جان دوبوا")},
    }
    body: list[dict[str, Any]] = []
    for n in range(1, 41):
        if n % 8 == 1:
            part = n // 8 + 1
            body += [
                {
                    "heading": text(
                        f"Part {part} of the debate",
                        f"Débat, partie {part}",
                        f"النقاش، الجزء {part}",
                    )
                },
                {
                    "paragraph": text(
                        f"Sitting {part} asked for a report within {{share}} of the usual time.",
                        f"La séance {part} a demandé un rapport dans {{share}} du délai habituel.",
                        f"طلبت الجلسة {part} تقريرا في غضون {{share}} من الأجل المعتاد.",
                    )
                },
            ]
        body.append(
            {
                "quote": prose(360, n),
                "speaker": "first" if n % 2 else "second",
                "on_record": "fr" if n % 3 else "en",
            }
        )
    rows = [
        [
            text(f"Region {n}", f"Région {n}", f"الجهة {n}"),
            same(f"{n * 1_234}"),
            prose(150, 100 + n),
        ]
        for n in range(1, 61)
    ]
    body += [
        {
            "table": text("Every region", "Toutes les régions", "جميع الجهات"),
            "columns": [
                text("Region", "Région", "الجهة"),
                text("Cases", "Dossiers", "الملفات"),
                text("Training", "Formation", "التكوين"),
            ],
            "rows": rows,
        },
        {"numbered": True, "list": [row[2] for row in rows[:40]]},
    ]
    return {
        **HEAD,
        "headline": text("A very long report", "Un très long rapport", "تقرير طويل جدا"),
        "embargo": "2025-11-24T09:00:00+01:00",
        "people": people,
        "facts": {"share": {"percentage": 12.5}},
        "body": body,
        "notes_to_editors": [rows[n][2] for n in range(40, 60)],
    }


def wide_release() -> dict[str, Any]:
    """Words and addresses that fit no line and no column."""
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    arabic = "فأسقيناكموهاوليستخلفنكموليستدرجونهنولينتقمنمنهمجميعاولاحولولاقوةإلابالله"
    address = "https://example.org/" + "/".join(f"part{n}" for n in range(40))
    blocks = "W" * 120
    cell = text("incomprehensibilities", "anticonstitutionnellement", "الاستقلاليات")
    return {
        **HEAD,
        "reference": f"SN/{'2025' * 12}/01",
        "headline": text(f"The {word} opens", f"La {word} ouvre", f"افتتاح {arabic}"),
        "subheadline": text(f"With {blocks}", f"Avec {blocks}", f"مع {blocks}"),
        "people": {
            "one": {
                "name": text(f"A. {word}", f"A. {word}", f"أ. {arabic}"),
                "title": text(f"of the {word}", f"de la {word}", f"من {arabic}"),
            }
        },
        "body": [
            {"paragraph": text(f"A word: {word}.", f"Un mot : {word}.", f"كلمة: {arabic}.")},
            {"heading": text(f"About {word}", f"De {word}", f"عن {arabic}")},
            {
                "quote": text(f"It is {blocks}", f"C’est {blocks}", f"هذا {blocks}"),
                "speaker": "one",
                "on_record": "en",
            },
            {
                "list": [
                    text(f"First {word}", f"D’abord {word}", f"أولا {arabic}"),
                    same(f"[{address}]({address})"),
                ]
            },
            {
                "table": text(f"A table of {word}", f"Tableau de {word}", f"جدول {arabic}"),
                "columns": [cell] * 6,
                "rows": [[cell] * 6, [same(word)] * 6, [same("9" * 40)] * 6],
            },
        ],
        "links": [
            {"text": text("A long address", "Une longue adresse", "عنوان طويل"), "url": address}
        ],
    }


def mixed_release() -> dict[str, Any]:
    """Both directions in a line: numbers, brackets, addresses, percentages, currencies."""
    lines = [
        text(
            "In 2025 (and before), {count} cases – {share} – cost {money}.",
            "En 2025 (et auparavant), {count} dossiers – {share} – ont coûté {money}.",
            "خلال سنة 2025 (وما قبلها)، كلف {count} ملف – أي {share} – ما قدره {money}.",
        ),
        text(
            "Write to [press@example.org](mailto:press@example.org) or call +212 5 00 00 00 00 (9:00–17:30).",
            "Écrire à [press@example.org](mailto:press@example.org) ou appeler le +212 5 00 00 00 00 (9h00–17h30).",
            "راسلوا [press@example.org](mailto:press@example.org) أو اتصلوا بالرقم +212 5 00 00 00 00 (9:00–17:30).",
        ),
        text(
            "See [the report (PDF, 3.5 MB)](https://example.org/a?b=1&c=2#d) – version 2.0, page 7/12.",
            "Voir [le rapport (PDF, 3,5 Mo)](https://example.org/a?b=1&c=2#d) – version 2.0, page 7/12.",
            "انظر [التقرير (PDF، ‏3.5 ميغابايت)](https://example.org/a?b=1&c=2#d) – الإصدار 2.0، الصفحة 7/12.",
        ),
        text(
            "*INTERPOL* (ICPO) says: “I-24/7 links **196** countries”!",
            "*INTERPOL* (OIPC) affirme : « I-24/7 relie **196** pays » !",
            "تقول *INTERPOL* ‏(OIPC): «تربط I-24/7 بين **196** بلدا»!",
        ),
        text(
            "العربية comes first here, and Привет too: (abc) [def] {{ghi}}.",
            "العربية vient d’abord ici, et Привет aussi : (abc) [def] {{ghi}}.",
            "English first هنا، ثم Привет كذلك: (abc) [def] {{ghi}}.",
        ),
        text(
            "From {low} to {high}; {euros}; {yen}; {half}; {day}, {time}.",
            "De {low} à {high} ; {euros} ; {yen} ; {half} ; {day}, {time}.",
            "من {low} إلى {high}؛ {euros}؛ {yen}؛ {half}؛ {day}، {time}.",
        ),
        text(
            "{days} ({hours}): {grants}, {cold}, {rate}; {stream} after {length}; {speed}.",
            "{days} ({hours}) : {grants}, {cold}, {rate} ; {stream}, durée {length} ; {speed}.",
            "{days} ({hours}): {grants}، {cold}، {rate}؛ {stream} بعد {length}؛ {speed}.",
        ),
        text(
            "{growth} ({rise}); women: {women}; {people}; {step}; {capital}.",
            "{growth} ({rise}) ; femmes : {women} ; {people} ; {step} ; {capital}.",
            "{growth} ({rise})؛ النساء: {women}؛ {people}؛ {step}؛ {capital}.",
        ),
    ]
    return {
        **HEAD,
        "headline": text(
            "I-24/7 (2025): +3% in Marrakech",
            "I-24/7 (2025) : +3 % à Marrakech",
            "I-24/7 ‏(2025): ‎+3%‎ بمراكش",
        ),
        "facts": {
            "count": {"number": 1500},
            "share": {"percentage": 12.5},
            "money": {"money": 1234567.89, "currency": "MAD"},
            "euros": {"money": 1000000, "currency": "EUR"},
            "yen": {"money": 5, "currency": "JPY"},
            "low": {"number": -40},
            "high": {"number": 999999999999},
            "half": {"number": 0.5},
            "day": {"date": "2025-11-24", "style": "full"},
            "time": {"time": "09:30"},
            "days": {"range": ["2025-11-29", "2025-12-01"], "words": True},
            "hours": {"range": ["09:30", "13:00"]},
            "grants": {"range": [1500000, 2000000], "currency": "EUR", "style": "compact"},
            "cold": {"range": [-5, 2], "unit": "celsius", "style": "short"},
            "rate": {"range": [10, 12.5], "of": "percentage"},
            "stream": {"datetime": "2025-11-24T23:30:00+01:00", "zones": True},
            "length": {"duration": {"days": 2, "hours": 3, "minutes": 15}},
            "step": {"quantity": 25, "unit": "basis-point"},
            "capital": {"money": 1850000000, "currency": "MAD", "scale": "million", "as": "name"},
            "speed": {"quantity": 1234.5, "unit": "kilometer-per-hour"},
            "people": {"number": 1500000, "style": "compact", "decimals": 2, "sign": "always"},
            "some": {"number": 600000},
            "women": {"share_of": "some", "in": "people", "decimals": 2},
            "growth": {"change_of": "some", "from": "people", "sign": "always"},
            "rise": {"change_of": "people", "from": "some", "as": "difference"},
        },
        "body": [
            *({"paragraph": line} for line in lines),
            {"list": lines},
            {"table": lines[0], "columns": lines[:2], "rows": [lines[2:4], lines[4:6]]},
        ],
        "notes_to_editors": lines,
    }


def least_release() -> dict[str, Any]:
    """Everything that may be left out is, and every text is one letter."""
    letter = text("a", "a", "ا")
    return {**HEAD, "kind": "statement", "headline": letter, "body": [{"paragraph": letter}]}


def most_release() -> dict[str, Any]:
    """Every block at its limit: 5,000 characters, ten levels of markup, ten columns."""
    deep = "a"
    for level in range(10):
        deep = f"*{deep} {level}*" if level % 2 else f"**{deep} {level}**"
    subheadline, summary, title, paragraph, quote, item, note, correction = (
        prose(5_000, 1_000 + number) for number in range(8)
    )
    person = {"name": text("A person", "Une personne", "شخص"), "title": title}
    return {
        **HEAD,
        "headline": text("At its limits", "Aux limites", "عند الحدود القصوى"),
        "subheadline": subheadline,
        "summary": summary,
        "people": {"one": person},
        "body": [
            {"paragraph": paragraph},
            {"paragraph": same(deep)},
            {"quote": quote, "speaker": "one", "on_record": "en"},
            {"list": [item]},
            {
                "table": text("The widest table", "Le plus large tableau", "أوسع جدول"),
                "columns": [same(f"{number}.") for number in range(1, 11)],
                "rows": [[same(f"{row}–{column}") for column in range(10)] for row in range(20)],
            },
        ],
        "notes_to_editors": [note],
        "version": 999,
        "correction": {"version": 998, "date": "2025-11-25", "text": correction},
    }


def letters_release() -> dict[str, Any]:
    """Letters beyond those of the three languages, as names bring them."""
    names = [
        "Đặng Thị Thùy Trâm, Nguyễn Hữu Thọ",
        "Łódź, Żółć, Ďáblice, Őrség, Çeşme, İzmir, ﬁnance",
        "Þórður Guðmundsson, Sámi: Áŋŋel, Čáhput",
        "Ștefan Țepeș, Ģirts Ķēniņš, Mihály Víg",
        "Юрий Ёлкин, Кирилл Щукин",
        "Vie\u0302\u0323t, e\u0301te\u0301, n\u0303, A\u030a, o\u0302\u0301",
        "Signs: € £ ¥ $ ₽ ₺ ₹ – ½ ¾ × ÷ ≤ ≥ ± § ¶ † ‡ • … ‰ № ™ © ®",
        "پژمان گچ‌کار، چکیده، می‌خواهم",
        "ٱلسَّلَامُ عَلَيْكُمْ، ڤيتنام، ݣلميم، لآلئ",
    ]
    return {
        **HEAD,
        "headline": text(
            "Names as they are written", "Les noms tels qu’ils s’écrivent", "الأسماء كما تكتب"
        ),
        "body": [
            {"list": [same(name) for name in names]},
            {"paragraph": same(" – ".join(names))},
        ],
    }


def signs_release() -> dict[str, Any]:
    """Signs and emoji, which no family of the theme has: from fallback fonts, in every place."""
    letters = "Αθήνα Ελλάδα Ωμέγα, Москва"
    return {
        **HEAD,
        "headline": text(
            "Call ☎ or follow 📢 ✅", "Appelez ☎ ou suivez 📢 ✅", "اتصلوا ☎ أو تابعوا 📢 ✅"
        ),
        "body": [
            {
                "paragraph": text(
                    f"Five 5 Ω, β decay, H₂O, CO₂, №5, ≈ 3 m², ➜ *below ✅* **now ➜ ✅**. {letters}.",
                    f"Cinq 5 Ω, β, H₂O, CO₂, №5, ≈ 3 m², ➜ *ici ✅* **là ➜ ✅**. {letters}.",
                    f"خمسة 5 Ω، β، H₂O، CO₂، №5، ≈ 3 m²، ➜ *أدناه ✅* **الآن ➜ ✅**. {letters}.",
                )
            },
            {
                "list": [
                    text(
                        "Flags 🇲🇦 🇫🇷, tones 👍🏽, families 👨‍👩‍👧, hearts ❤️",
                        "Drapeaux 🇲🇦 🇫🇷, teints 👍🏽, familles 👨‍👩‍👧, cœurs ❤️",
                        "الأعلام 🇲🇦 🇫🇷، الألوان 👍🏽، الأسر 👨‍👩‍👧، القلوب ❤️",
                    ),
                    text("Stars ★★☆ ☐ ✓ ✗ ①", "Étoiles ★★☆ ☐ ✓ ✗ ①", "النجوم ★★☆ ☐ ✓ ✗ ①"),
                ]
            },
            {
                "table": text("Services ✅", "Services ✅", "الخدمات ✅"),
                "columns": [
                    text("Service ➜", "Service ➜", "الخدمة ➜"),
                    text("Open ☑", "Ouvert ☑", "مفتوح ☑"),
                    text("Stars ★", "Étoiles ★", "النجوم ★"),
                ],
                "rows": [
                    [text("Police", "Police", "الشرطة"), "✅", "★★★"],
                    [text("Post", "Poste", "البريد"), "❌", "★★☆"],
                    [text("Port", "Port", "الميناء"), "✅", "☆☆☆"],
                ],
            },
        ],
    }


def results_release() -> dict[str, Any]:
    """What a listed company publishes: groups of columns, amounts, changes, totals, notes."""
    half, year = text("Half-year", "Semestre", "نصف السنة"), text("Full year", "Année", "السنة")
    number, growth = {"type": "number", "decimals": 1}, text("Change", "Variation", "التغير")
    lines = [
        (text("Revenue", "Chiffre d’affaires", "رقم المعاملات"), 12500.4, 25120, 11900, 24000.7),
        (
            text("Cost of sales", "Coût des ventes", "كلفة المبيعات"),
            -8300,
            -16100.9,
            -8100.2,
            -16000,
        ),
        (text("Provisions", "Provisions", "المخصصات"), None, -12.5, None, -7),
    ]
    rows: list[list[Any]] = [[*line, 5.03] for line in lines]
    rows[2][5] = text("n/a", "n. d.", "غير متاح")
    item = text("Item", "Poste", "البند")
    return {
        **HEAD,
        "headline": text("Half-year results", "Résultats semestriels", "النتائج نصف السنوية"),
        "facts": {"growth": {"percentage": -12.5}, "staff": {"number": 12500}},
        "body": [
            {
                "table": text(
                    "Income, millions of dirhams",
                    "Résultats, en millions de dirhams",
                    "النتائج بملايين الدراهم",
                ),
                "columns": [
                    None,
                    *({"heading": name, **number} for name in (half, year, half, year)),
                    {"heading": growth, "type": "percentage", "decimals": 2},
                ],
                "groups": [
                    {"heading": same("2025"), "columns": 2},
                    {"heading": same("2024"), "columns": 2},
                    {"columns": 1},
                ],
                "rows": rows,
                "total": [
                    text("Net income", "Résultat net", "النتيجة الصافية"),
                    4200.4, 9006.6, 3799.8, 7993.8, "{growth}",
                ],
                "note": [
                    text("Figures are *unaudited*.", "Chiffres *non audités*.", "أرقام *غير مدققة*."),
                    text(
                        "Half-year: January to June.",
                        "Semestre : de janvier à juin.",
                        "نصف السنة: من يناير إلى يونيو.",
                    ),
                ],
            },
            {
                "table": text("The offer", "L’offre", "العرض"),
                "columns": [
                    item,
                    {"heading": text("Price", "Prix", "الثمن"), "type": "money", "currency": "MAD"},
                    {"heading": text("Day", "Jour", "اليوم"), "type": "date"},
                    {"heading": text("Hour", "Heure", "الساعة"), "type": "time", "align": "center"},
                    {"heading": text("Code", "Code", "الرمز"), "type": "text"},
                ],
                "rows": [
                    [text("Opening", "Ouverture", "الافتتاح"), 1250.5, "2025-11-24", "09:30", 2025],
                    [text("Closing", "Clôture", "الإغلاق"), -300, "2025-12", "", same("MA0000012437")],
                    [text("Staff", "Effectif", "عدد المستخدمين"), "{staff}", None, None, "2.10"],
                ],
            },
            # Long enough to go on to another page, with both of its rows of headings.
            {
                "table": text("By region", "Par région", "حسب الجهات"),
                "columns": [item, *({"heading": name, **number} for name in (half, year))],
                "groups": [{"heading": same("2025"), "columns": 2}],
                "rows": [
                    [text(f"Region {n}", f"Région {n}", f"الجهة {n}"), n * 1234.5, n * -0.5]
                    for n in range(1, 61)
                ],
                "total": [text("All regions", "Toutes les régions", "جميع الجهات"), 2259135, -915],
            },
        ],
    }  # fmt: skip


def events_release() -> dict[str, Any]:
    """Events in other zones, over days and clock changes, on line, called off; and local parts."""
    hall = text(
        "Palais des congrès, “Atlas” hall",
        "Palais des congrès, salle « Atlas »",
        "قصر المؤتمرات، قاعة «الأطلس»",
    )
    address = "https://stream.example.org/" + "-".join(f"room{n}" for n in range(20))
    return {
        **HEAD,
        "kind": "media advisory",
        "headline": text("What the press is asked to", "Les rendez-vous de la presse", "مواعيد الصحافة"),
        "body": [
            {"heading": text("Here only", "Ici seulement", "هنا فقط"), "only": ["ar"]},
            {"paragraph": text("Three events.", "Trois rendez-vous.", "ثلاثة مواعيد.")},
            {
                "event": text("Press conference", "Conférence de presse", "ندوة صحفية"),
                "starts": "2025-11-24T10:00:00+01:00",
                "ends": "2025-11-24T11:30:00+01:00",
                "place": hall,
                "address": text(
                    "Boulevard Mohammed VI, 40000 Marrakech",
                    "Boulevard Mohammed VI, 40000 Marrakech",
                    "شارع محمد السادس، 40000 مراكش",
                ),
                "coordinates": [31.6238, -8.0139],
                "join": {
                    "url": address,
                    "text": text(
                        "Telephone +212 5 00 00 00 05, code 4711#",
                        "Téléphone +212 5 00 00 00 05, code 4711#",
                        "الهاتف +212 5 00 00 00 05، الرمز 4711#",
                    ),
                },
                "rsvp": {
                    "by": "2025-11-21T18:00:00+01:00",
                    "to": "accreditation",
                    "note": text("Two people *at most*.", "Deux personnes *au plus*.", "شخصان *على الأكثر*."),
                },
                "access": [
                    text("Bring your press card.", "Se munir de la carte de presse.", "إحضار بطاقة الصحافة."),
                    text("Cameras from 8:30.", "Caméras dès 8 h 30.", "الكاميرات ابتداء من 8:30."),
                ],
            },
            {
                "event": text("Visit to the port", "Visite du port", "زيارة الميناء"),
                "starts": "2025-11-26",
                "ends": "2025-12-01",
                "status": "postponed",
                "place": text("Port of Tangier", "Port de Tanger", "ميناء طنجة"),
            },
            {
                "event": text("Briefing in New York", "Point de presse à New York", "لقاء صحفي بنيويورك"),
                "starts": "2026-03-07T22:00:00-05:00",
                "ends": "2026-03-08T09:00:00-04:00",
                "time_zone": "America/New_York",
                "join": {"url": "https://example.org/briefing"},
                "except": ["fr"],
            },
        ],
        "notes_to_editors": [{"note": text("A note.", "Une note.", "ملاحظة."), "only": ["fr"]}],
        "contacts": ["press", {"contact": "interviews", "except": ["ar"]}],
    }  # fmt: skip


ISSUERS = {
    "ministry": {
        "name": text(
            "Ministry of Energy Transition and Sustainable Development of the Kingdom",
            "Ministère de la Transition énergétique et du Développement durable du Royaume",
            "وزارة الانتقال الطاقي والتنمية المستدامة وتدبير الموارد الطبيعية بالمملكة",
        ),
        "notice": text("Communication", "Communication", "مديرية التواصل"),
        "url": "https://ministry.example.org/",
        "logo": "wide.svg",
    },
    "agency": {
        "name": text(
            "International Agency for Renewable Energy (IARE-24/7)",
            "Agence internationale pour les énergies renouvelables (IARE-24/7)",
            "الوكالة الدولية للطاقات المتجددة (IARE-24/7)",
        ),
        "url": "https://agency.example.org/",
        "logo": "tall.svg",
    },
    "union": {
        "name": text("Union of Seafarers", "Union des gens de mer", "اتحاد البحارة"),
        "url": "https://union.example.org/",
    },
    "bank": {
        "name": text("Bank of the South", "Banque du Sud", "بنك الجنوب"),
        "url": "https://bank.example.org/",
        "logo": "wide.svg",
    },
    "city": {
        "name": text("City of Geneva", "Ville de Genève", "مدينة جنيف"),
        "notice": same("CH-1204"),
        "url": "https://city.example.org/",
    },
}


def joint_release() -> dict[str, Any]:
    """Six issuers with logos of all shapes, every sort of number, three cities, a kind of its own."""
    return {
        **HEAD,
        "kind": "fact sheet",
        "reference": "SN/2025-11-24/07-B",
        "identifiers": {
            "isin": ["US0378331005", "FR0000120271"],
            "ticker": {
                "market": text("Casablanca", "Casablanca", "الدار البيضاء"),
                "symbol": "SPM",
            },
            "lei": "5493001KJTIIGC8Y1R12",
            "case": ["1:26-cv-00417 (S.D.N.Y.)", "ملف 2025/1201/77"],
            "other": {"label": text("Docket", "Dossier", "الملف"), "number": "AT.40-119/B"},
        },
        "regulatory": text(
            "Regulated information – inside information under Article 17 MAR",
            "Information réglementée – information privilégiée au sens de l’article 17 MAR",
            "معلومات منظمة – معلومات داخلية بموجب المادة 17 من MAR",
        ),
        "issuers": ["organisation", *ISSUERS],
        "subjects": [
            "medtop:20000106",
            {"code": "medtop:06000000", "name": text("Environment", "Environnement", "البيئة")},
        ],
        "keywords": [text("solar energy", "énergie solaire", "الطاقة الشمسية"), same("CO₂")],
        "dateline": [
            {"city": text("Geneva", "Genève", "جنيف")},
            {
                "city": text("Rabat", "Rabat", "الرباط"),
                "country": text("Morocco", "Maroc", "المغرب"),
            },
            {"city": text("New York", "New York", "نيويورك")},
        ],
        "headline": text(
            "Six organisations, one programme",
            "Six organisations, un programme",
            "ست منظمات وبرنامج واحد",
        ),
        "body": [
            {"heading": text("In short", "En bref", "باختصار")},
            {"paragraph": text("It starts today.", "Il commence ce jour.", "ينطلق اليوم.")},
            *({"paragraph": prose(900, 2_000 + number)} for number in range(5)),
        ],
        "attachments": [
            {"file": "figures.csv", "text": text("Figures", "Chiffres", "الأرقام")},
            {"file": "Logo-pack_2.0.zip", "text": text("Logos", "Logos", "الشعارات")},
        ],
        "boilerplates": ["about"],
        "contacts": ["interviews", "ministry", "press"],
    }


def add_issuers(root: Path) -> None:
    """Give the newsroom other issuers and a kind of its own, and their release its files."""
    shapes = {"wide": (240, 60), "tall": (40, 120)}
    (root / "templates").mkdir()
    shutil.copy("templates/logo.svg", root / "templates")
    for name, (width, height) in shapes.items():
        (root / f"templates/{name}.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><rect '
            f'width="{width}" height="{height}" fill="#9d1c1f"/><circle cx="20" cy="30" r="15" '
            'fill="#eef2f5"/></svg>\n',
            encoding="utf-8",
        )
    desk = text("Cabinet press desk", "Service de presse du cabinet", "مكتب الصحافة بالديوان")
    contact = {"name": desk, "email": "press@ministry.example.org", "issuer": "ministry"}
    kind = text("Fact sheet", "Fiche d’information", "صحيفة وقائع")
    folder = root / "releases/joint"
    folder.mkdir()
    (folder / "figures.csv").write_text("year,cases\n2025,1500\n", encoding="utf-8")
    with zipfile.ZipFile(folder / "Logo-pack_2.0.zip", "w") as pack:
        pack.write("templates/logo.svg", "logo.svg")
    path = root / "releases/_newsroom.yaml"
    house = path.read_text(encoding="utf-8")
    more = {"contacts": {"ministry": contact}, "issuers": ISSUERS, "kinds": {"fact sheet": kind}}
    for name, entries in more.items():
        added = "".join(
            f"  {key}: {json.dumps(entry, ensure_ascii=False)}\n" for key, entry in entries.items()
        )
        house = house.replace(f"\n{name}:\n", f"\n{name}:\n{added}")
    path.write_text(house, encoding="utf-8")


def noted_release() -> dict[str, Any]:
    """Footnotes in every place, long ones too; lists in lists; quotations of many paragraphs."""
    item = text("an item[^one]", "un élément[^one]", "عنصر[^one]")
    heading = text("Column[^many]", "Colonne[^many]", "العمود[^many]")
    inner = [text("within", "à l’intérieur", "في الداخل"), item]
    return {
        **HEAD,
        "headline": text("Notes everywhere", "Des notes partout", "الهوامش في كل مكان"),
        "people": {
            "one": {
                "name": text("Amina El Fassi", "Amina El Fassi", "أمينة الفاسي"),
                "title": text(
                    "head of the working group", "cheffe du groupe de travail", "رئيسة فريق العمل"
                ),
            },
            "board": {"name": text("The board", "Le conseil", "المجلس")},
        },
        "facts": {"share": {"percentage": 12.5}},
        "body": [
            {
                "paragraph": text(
                    "In 2025,[^one] INTERPOL[^two] (ICPO) saw {share}[^one], number "
                    "MA-0000-0124-3712-3456-7890[^three].[^one] [^two] *Why?*[^many]",
                    "En 2025[^one], INTERPOL[^two] (OIPC) a vu {share}[^one], numéro "
                    "MA-0000-0124-3712-3456-7890[^three].[^one] [^two] *Pourquoi ?*[^many]",
                    "في سنة 2025،[^one] سجلت INTERPOL[^two] (OIPC) نسبة {share}[^one]، رقم "
                    "MA-0000-0124-3712-3456-7890[^three].[^one] [^two] *لماذا؟*[^many]",
                )
            },
            {"heading": text("First[^three]", "Premier[^three]", "أولا[^three]")},
            {"heading": text("Second", "Deuxième", "ثانيا"), "level": 2},
            {
                "quote": [
                    item,
                    prose(300, 501),
                    text("The end[^two].", "Fin[^two].", "النهاية[^two]."),
                ],
                "speakers": ["one", "board"],
                "on_record": "fr",
            },
            {
                "list": [
                    {"item": item, "list": inner},
                    {"item": item, "list": inner, "numbered": True},
                ]
            },
            {"list": [item, {"item": item, "list": inner}], "numbered": True},
            {"list": [item, item], "continues": True},
            {"list": [item] * 3, "start": 98},
            {
                "table": text("A table[^one]", "Un tableau[^one]", "جدول[^one]"),
                "columns": [heading, text("Other", "Autre", "غيره"), same("2025")],
                "rows": [
                    [text(f"Row {n}", f"Ligne {n}", f"السطر {n}"), item, n] for n in range(1, 41)
                ],
                "note": text("Below[^many].", "Dessous[^many].", "أسفله[^many]."),
            },
        ],
        "footnotes": {
            "one": text("One.", "Un.", "واحد."),
            "two": prose(500, 502),
            "three": text(
                "See [the page](https://example.org/page).",
                "Voir [la page](https://example.org/page).",
                "انظر [الصفحة](https://example.org/page).",
            ),
            "many": prose(3_500, 503),
        },
    }


def pictures_release() -> dict[str, Any]:
    """Pictures as cameras, scanners and drawing programs leave them."""
    alt = text("A picture for trying out", "Une image d’essai", "صورة للتجربة")
    credit = text("Photo: specimen", "Photo : spécimen", "الصورة: نموذج")
    files = ["large.png", "cmyk.jpg", "grey16.png", "turned.jpg", "tall.png", "drawing.svg"]
    return {
        **HEAD,
        "headline": text(
            "Pictures of all kinds", "Des images de toutes sortes", "صور من كل الأنواع"
        ),
        "body": [
            {"paragraph": text("Six pictures.", "Six images.", "ست صور.")},
            *({"image": name, "alt": alt, "caption": alt, "credit": credit} for name in files),
        ],
    }


def recordings_release() -> dict[str, Any]:
    """Pictures side by side and one for each language, films, recordings and live streams."""
    alt = text("A hall with a window", "Une salle avec une fenêtre", "قاعة بها نافذة")
    caption = text("The hall", "La salle", "القاعة")
    credit = text("Photo: specimen", "Photo : spécimen", "الصورة: نموذج")
    long = prose(300, 2_000)
    title = text(
        "The [film](https://example.org) of the *day*",
        "Le [film](https://example.org) du *jour*",
        "[فيلم](https://example.org) *اليوم*",
    )
    address = "https://example.org/" + "/".join(f"part{n}" for n in range(40))
    poster = {"poster": "hall.jpg", "poster_alt": alt}
    wide, high = ({"image": name, "alt": alt} for name in ("hall.jpg", "portrait.jpg"))
    return {
        **HEAD,
        "headline": text("Films and pictures", "Films et images", "أفلام وصور"),
        "body": [
            {"paragraph": text("Of that day.", "De ce jour.", "من ذلك اليوم.")},
            {"image": "map.svg", "alt": alt},
            *(
                {"images": [{**wide, "caption": caption}, {**high, "credit": credit}] * half}
                for half in (1, 2, 6)
            ),
            {
                "images": [high, {**high, "caption": long}, high],
                "caption": long,
                "credit": credit,
            },
            {"images": [high] * 4},
            {
                "video": address,
                "title": title,
                "duration": "3:25",
                **poster,
                "transcript": address,
                "caption": long,
                "credit": credit,
            },
            {"audio": "https://example.org/talk.mp3", "title": long, "duration": "1:02:30"},
            {
                "video": "https://example.org/live",
                "title": title,
                "live": True,
                "starts": "2025-11-24T23:30:00+01:00",
            },
            {
                "audio": "https://radio.example.org/",
                "title": text("Live on the radio", "En direct à la radio", "مباشرة على الإذاعة"),
                "live": True,
                "starts": "2025-11-24T08:00:00Z",
                **poster,
            },
        ],
    }


def draw_recordings(folder: Path) -> None:
    """Draw the pictures of :func:`recordings_release`; map.svg is there for two directions only."""
    folder.mkdir(parents=True)
    for name, size in (("hall", (1_280, 720)), ("portrait", (600, 800))):
        picture = Image.new("RGB", size, "#4d5b66")
        ImageDraw.Draw(picture).ellipse((80, 80, 400, 400), fill="#eef2f5")
        picture.save(folder / f"{name}.jpg")
    for code, place in (("ltr", 60), ("rtl", 500), ("ar", 540)):
        (folder / f"map.{code}.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="120"><rect width="600" '
            f'height="120" fill="#eef2f5"/><circle cx="{place}" cy="60" r="40" fill="#12405f"/>'
            "</svg>\n",
            encoding="utf-8",
        )


def draw(folder: Path) -> None:
    """Draw the pictures; the largest has some 30 MB."""
    folder.mkdir(parents=True)
    noise = Image.effect_noise((5_500, 5_500), 90)
    noise.save(folder / "large.png", compress_level=1)
    size = (folder / "large.png").stat().st_size
    if size < 25_000_000:
        raise SystemExit(f"large.png has {size:,} bytes, not some 30,000,000")
    picture = Image.new("RGB", (900, 500), "#dfe7ec")
    pen = ImageDraw.Draw(picture)
    pen.polygon([(450, 40), (860, 460), (40, 460)], fill="#9d1c1f")  # a roof, with its top up
    pen.ellipse((60, 40, 180, 160), fill="#12405f")
    picture.convert("CMYK").save(folder / "cmyk.jpg")
    exif = Image.Exif()
    exif[0x0112] = 6
    picture.transpose(Image.Transpose.ROTATE_90).save(folder / "turned.jpg", exif=exif)
    ramp = b"".join((value * 73).to_bytes(2, "little") for value in range(898))
    Image.frombytes("I;16", (898, 300), ramp * 300).save(folder / "grey16.png")
    Image.new("RGB", (40, 4_000), "#12405f").save(folder / "tall.png")
    (folder / "drawing.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="200"><rect width="600" '
        'height="200" fill="#eef2f5"/><circle cx="100" cy="100" r="80" fill="#12405f"/>'
        '<text x="220" y="120" font-size="48" fill="#1b242c">Specimen</text></svg>\n',
        encoding="utf-8",
    )


RELEASES = {
    "long": long_release,
    "wide": wide_release,
    "mixed": mixed_release,
    "least": least_release,
    "most": most_release,
    "letters": letters_release,
    "signs": signs_release,
    "results": results_release,
    "events": events_release,
    "joint": joint_release,
    "noted": noted_release,
    "pictures": pictures_release,
    "recordings": recordings_release,
}


def main() -> None:
    """Make the newsroom, its catalogs complete."""
    root = Path(sys.argv[1])
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree("locales", root / "locales", ignore=shutil.ignore_patterns("20*"))
    (root / "releases").mkdir()
    shutil.copy("releases/_newsroom.yaml", root / "releases")
    add_issuers(root)
    draw(root / "releases/pictures")
    draw_recordings(root / "releases/recordings")
    for name, make in RELEASES.items():
        # JSON is YAML, and no text of it needs thinking about quotes.
        source = json.dumps(make(), ensure_ascii=False, indent=1)
        (root / f"releases/{name}.yaml").write_text(f"{source}\n", encoding="utf-8")
    gapress = [sys.executable, "-m", "gapress", "-C", str(root)]
    subprocess.run([*gapress, "catalogs", "update"], check=True, stdout=subprocess.DEVNULL)
    for code, translations in TRANSLATIONS.items():
        for name in (*RELEASES, "newsroom"):
            path = root / f"locales/{code}/LC_MESSAGES/{name}.po"
            catalog = read_po(io.BytesIO(path.read_bytes()), locale=code)
            for message in catalog:
                if message.id and (name != "newsroom" or not message.string):
                    message.string = translations[str(message.id)]
                    message.flags.discard("fuzzy")
            file = io.BytesIO()
            write_po(file, catalog, width=0)
            path.write_bytes(file.getvalue())


if __name__ == "__main__":
    main()
