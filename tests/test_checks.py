"""The checks of translations: each finds its fault, and is silent on sound French and Arabic."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from conftest import ROOT
from gapress.catalogs.checks import CHECKS, Pair, Rules, run_checks
from gapress.catalogs.glossary import read_glossary
from gapress.catalogs.store import Entry
from gapress.kit.prepare import typography_rules
from gapress.localization.typography import rules_for
from gapress.release.fields import limits
from gapress.writers.coverage import coverage

if TYPE_CHECKING:
    from conftest import Newsroom
    from gapress.theme import Theme

GLOSSARY = (ROOT / "locales/glossary.csv").read_bytes()
SCRIPTS = {"fr": "Latn", "ar": "Arab", "en": "Latn"}


@pytest.fixture(scope="module")
def rules(theme: Theme) -> dict[str, Rules]:
    data = typography_rules(theme)
    found = {}
    for code, script in SCRIPTS.items():
        own = rules_for(data, code)
        terms = read_glossary(GLOSSARY, "en", code, own.get("prefixes", ()))
        known = coverage(theme).findings
        found[code] = Rules(script, own.get("instead", {}), limits(), terms, known)
    return found


def found(
    rules: Rules,
    source: str,
    translation: str,
    role: str = "paragraph",
    flags: tuple[str, ...] = (),
) -> list[str]:
    entry = Entry(translation, flags, "x.po", 1)
    return [p.check for p in run_checks(Pair(role, source, translation, rules), entry)]


@pytest.mark.parametrize(
    ("language", "source", "translation", "expected"),
    [
        ("fr", "{a} and {b}", "{a} et {c}", ["placeholders", "placeholders"]),
        ("fr", "A {a}", "Un {a.x}", ["markup"]),
        (
            "fr",
            "See [it](https://example.org/en)",
            "Voir [cela](https://example.org/fr)",
            ["links", "links"],
        ),
        ("fr", "See [it](https://example.org)", "Voir cela", ["links"]),
        ("fr", "A[^a] and b.[^b]", "A.[^b] Et b[^a].", []),
        ("fr", "A[^a] and b.[^b]", "A et b[^a].", ["footnotes"]),
        ("ar", "A[^a]", "ا[^a][^b]", ["footnotes"]),
        ("fr", "A[^a]", "A\\[^a]", ["footnotes"]),
        ("fr", "A[^a]", "A[^ a]", ["markup"]),
        ("fr", "A[^a]", "[A[^a]](https://example.org)", ["markup"]),
        ("fr", "Write to a@example.org", "Écrire à b@example.org", ["email", "email"]),
        ("fr", "In 2007", "En 2008", ["numbers"]),
        ("ar", "In 2007", "سنة ٢٠٠٧", []),
        (
            "fr",
            "1,500 people and 12.5%",
            "1 500 personnes et 12,5 %".replace("1 5", "1\u202f5"),
            [],
        ),
        ("ar", "1,500 people", "1.500 شخص", []),
        ("fr", "Two words", "Deux  mots", ["spaces"]),
        ("fr", "Two words", " Deux mots", ["spaces"]),
        ("fr", "All the same words", "All the same words", ["unchanged"]),
        ("fr", "Abdellatif Hammouchi", "Abdellatif Hammouchi", []),
        ("fr", "One (two)", "Un (deux", ["brackets"]),
        ("fr", "A “word”", "Un « mot »", []),
        ("fr", "A “word”", "Un mot", ["quotes"]),
        ("fr", "A “word”", "Un « mot", ["quotes"]),
        ("fr", "A “word”", 'Un "mot"', ["punctuation"]),
        ("ar", "A word, two", "كلمة, كلمتان", ["punctuation"]),
        ("ar", "A word, two?", "كلمة، كلمتان؟", []),
        ("ar", "Really?", "حقا?", ["punctuation"]),
        ("ar", "It costs 12.5, INTERPOL, says", "الإنتربول: INTERPOL, 12,5", []),
        ("ar", "A word here", "كلمة \u200fهنا", ["bidi-controls"]),
        ("ar", "Some words", "Des mots", ["script"]),
        ("ar", "UN", "UN", []),
        ("fr", "A word", "Un мot", ["script"]),
        ("fr", "A word here", "слово здесь", ["script"]),
        ("ar", "A word here now", "كلмة هنا", ["script"]),
        ("fr", "A sentence", "Une phrase.", ["ending"]),
        ("fr", "A question?", "Une question.", ["ending"]),
        ("fr", "They will:", "Ils vont", ["ending"]),
        ("fr", "in “2025” a", "en « 2025 a", ["quotes"]),
        ("fr", "A “word”", "Un “mot”", ["punctuation", "punctuation"]),
        ("fr", "One (two)", "Un deux)", ["brackets"]),
        ("fr", "Some 12,500 people", "Quelque 12 600 personnes", ["numbers"]),
        ("fr", "A sentence.", "Une phrase", ["ending"]),
        ("ar", "A list item;", "عنصر؛", []),
        ("ar", "A question?", "سؤال؟", []),
        ("fr", "Three threats:", "Trois menaces :", []),
        ("fr", "the Executive Committee meets", "le Comité se réunit", ["glossary"]),
        ("fr", "the Executive Committees meet", "les Comités exécutifs se réunissent", []),
        ("ar", "the Executive Committee meets", "تجتمع اللجنة التنفيذية", []),
        ("ar", "and to the Executive Committee", "وللجنة التنفيذية", []),
        ("ar", "the General Assembly of INTERPOL", "بالجمعية العامة للإنتربول", []),
        ("ar", "the General Assembly", "المؤتمر العام", ["glossary"]),
        ("ar", "the GENERAL assembly", "كل شيء", []),
    ],
)
def test_each_check(
    language: str, source: str, translation: str, expected: list[str], rules: dict[str, Rules]
) -> None:
    assert found(rules[language], source, translation) == expected


# Language, role, source, translation: what good translations look like, of each kind that a check
# once mistook for a fault.
SOUND = [
    ("fr", "paragraph", "A 5 micrometre film", "Un film de 5 µm"),
    ("fr", "paragraph", "The beta version", "La version β"),
    ("fr", "paragraph", "a 10 ohm resistor", "une résistance de 10 Ω"),
    ("fr", "paragraph", "TGF-beta and alpha rays", "Le TGFβ et les rayons α"),
    (
        "fr",
        "paragraph",
        "The journalist Mikhail Bulgakov",
        "Le journaliste Mikhaïl Boulgakov (Михаил Булгаков)",
    ),
    (
        "fr",
        "paragraph",
        "The city of Kyiv is the capital of the country",
        "La ville de Kyïv (Київ) est la capitale du pays",
    ),
    ("ar", "paragraph", "INTERPOL and Google met", "التقى الإنتربول وGoogle"),
    ("ar", "paragraph", "See www.example.org", "www.example.org"),
    ("ar", "credit", "Photo: AFP/Getty Images", "AFP/Getty"),
    ("ar", "paragraph", "Website", "www.example.org/ar"),
    ("ar", "paragraph", "the #COP30 hashtag", "#COP30"),
    ("ar", "paragraph", "vitamin D3 and CO2", "فيتامين D3 وغاز CO₂"),
    ("fr", "paragraph", "Open until 3 p.m.", "Ouvert jusqu’à 15 heures"),
    ("fr", "paragraph", "Founded by Acme Inc.", "Fondé par Acme"),
    ("fr", "paragraph", "and so on", "etc."),
    ("fr", "paragraph", "To be continued…", "À suivre..."),
    ("fr", "paragraph", "Great news! 🎉", "Bonne nouvelle ! 🎉"),
    ("fr", "paragraph", "Great news. 🎉", "Bonne nouvelle 🎉."),
    ("fr", "paragraph", "A claim.[1]", "Une affirmation[1]."),
    ("fr", "paragraph", "A claim.¹", "Une affirmation¹."),
    ("fr", "paragraph", "A claim.*", "Une affirmation*."),
    ("fr", "paragraph", "He said “yes.”", "Il a dit « oui »."),
    ("fr", "paragraph", "(See below.)", "(Voir ci-dessous)."),
    ("fr", "list item", "cyber threats,", "les cybermenaces ;"),
    ("fr", "list item", "Cyber threats", "les cybermenaces ;"),
    ("fr", "list item", "violent extremism.", "l’extrémisme violent"),
    ("ar", "list item", "cyber threats;", "التهديدات السيبرانية،"),
    ("fr", "paragraph", "Thank you!", "Merci."),
    ("fr", "paragraph", "It’s 5′ 6″ tall", "Il mesure 1,68 m (5′ 6″)"),
    ("fr", "paragraph", 'a 6" pipe', 'un tuyau de 6"'),
    ("fr", "paragraph", "a 6” pipe", "un tuyau de 6 pouces"),
    ("fr", "paragraph", "the ‘deal’", "le « deal »"),
    ("fr", "paragraph", "the “deal”", "le *deal*"),
    ("fr", "paragraph", "the *deal*", "le « deal »"),
    ("fr", "paragraph", "He said “the ‘deal’ is on”", "Il a dit « le “deal” est conclu »"),
    ("fr", "paragraph", "He said “the ‘deal’ is on”", "Il a dit « le « deal » est conclu »"),
    ("de", "paragraph", "the “deal”", "der „Deal“"),
    ("de", "paragraph", "the “deal”", "der »Deal«"),
    ("ar", "paragraph", "the “deal”", "الـ«صفقة»"),
    ("ar", "paragraph", "Al Jazeera said", "قالت «الجزيرة»"),
    ("fr", "paragraph", "rock ’n’ roll of the ’90s", "le rock ’n’ roll des années 90"),
    ("fr", "paragraph", "the children’s day", "la fête de l’enfance"),
    ("ar", "paragraph", "See https://example.org/?a=b,c;d", "انظر https://example.org/?a=b,c;d"),
    ("ar", "paragraph", "It costs 1,5 or 2;5", "يكلف 1,5 أو 2;5"),
    ("ar", "paragraph", "Thanks ;)", "شكرا ;)"),
    ("ar", "paragraph", "At 10:30", "في الساعة 10:30"),
    ("fr", "paragraph", "No. 5: yes; no?!", "N° 5 : oui ; non ?!"),
    ("fr", "paragraph", "a) one; b) two", "a) un ; b) deux"),
    ("ar", "paragraph", "1) one 2) two", "1) واحد 2) اثنان"),
    ("fr", "paragraph", "one :) two", "un :) deux"),
    ("el", "paragraph", "Really?", "Αλήθεια;"),
    ("fr", "person", "Ban Ki Moon", "Ban Ki Moon"),
    (
        "fr",
        "organisation",
        "Médecins Sans Frontières International",
        "Médecins Sans Frontières International",
    ),
    (
        "fr",
        "paragraph",
        "Write to Press@Example.org or press@example.org",
        "Écrire à press@example.org",
    ),
    ("fr", "heading", "What next?", "Et maintenant ?"),
    ("ar", "heading", "Contact:", "للاتصال:"),
    ("fr", "paragraph", "The U.S.", "Les États-Unis"),
    ("fr", "paragraph", "the 5 Ws (who, what)", "les 5 W (qui, quoi)"),
    ("fr", "paragraph", "Pi (π) is 3.14", "Pi (π) vaut 3,14"),
    ("fr", "caption", "Left: A. Photo: B.", "À gauche : A. Photo : B."),
    ("ru", "paragraph", "The UN and Windows 11", "ООН и Windows 11"),
    ("fr", "paragraph", "Vitamin K₂", "La vitamine K₂"),
    ("ar", "paragraph", "Mr. X said: “Yes”.", "قال السيد إكس: «نعم»."),
    ("ar", "paragraph", "10%", "10٪"),
]


@pytest.mark.parametrize(("language", "role", "source", "translation"), SOUND)
def test_no_false_alarm(
    language: str, role: str, source: str, translation: str, theme: Theme
) -> None:
    own = rules_for(typography_rules(theme), language)
    script = {"ar": "Arab", "el": "Grek", "ru": "Cyrl"}.get(language, "Latn")
    rules = Rules(script, own.get("instead", {}), languages=("en", language))
    entry = Entry(translation, (), "x.po", 1)
    found = run_checks(Pair(role, source, translation, rules), entry)
    assert [
        problem for problem in found if problem.check != "numbers" or problem.severity == "error"
    ] == []


def test_length_counts_what_the_layout_has_room_for(rules: dict[str, Rules]) -> None:
    long = "mot " * 27 + "mots"
    assert len(long) == limits()["headline"] + 2
    assert found(rules["fr"], "A headline", long, role="headline") == ["length"]
    assert found(rules["fr"], "A headline", long[:-6], role="headline") == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.id)
def test_a_flag_switches_a_check_off(check: object, rules: dict[str, Rules]) -> None:
    identity = getattr(check, "id", "")
    faults = {
        "markup": ("a", "{"),
        "characters": ("a word", "un\u202e mot"),
        "placeholders": ("{a} b", "b"),
        "footnotes": ("a[^x]", "a"),
        "links": ("[a](https://example.org)", "a"),
        "email": ("a@example.org b", "b"),
        "numbers": ("7 a", "a"),
        "glyphs": ("a", "a ზ"),
        "spaces": ("a", "a "),
        "unchanged": ("all the same", "all the same"),
        "brackets": ("a", "a ("),
        "quotes": ("a", "« a"),
        "bidi-controls": ("a", "\u200ea"),
        "script": ("a", "мост"),
        "punctuation": ("“a”", '"a"'),
        "ending": ("a.", "a"),
        "length": ("a", "a " * 200),
        "glossary": ("the Executive Committee", "le bureau"),
    }
    source, translation = faults[identity]
    role = "headline" if identity == "length" else "paragraph"
    assert identity in found(rules["fr"], source, translation, role)
    assert identity not in found(rules["fr"], source, translation, role, (f"ignore-{identity}",))


def test_errors_keep_a_language_back_and_warnings_do_not(newsroom: Newsroom) -> None:
    path = "locales/fr/LC_MESSAGES/news.po"
    newsroom.edit(path, '"Un titre"', '"Un titre ("')
    result = newsroom.run("check")
    assert result.exit_code == 0
    assert (
        f"{path}:5: warning: the translation has unpaired brackets (); close or remove them [brackets]"
        in result.output
    )
    assert "1 warning." in result.output
    assert newsroom.run("render", "--format", "html").exit_code == 0
    newsroom.edit(path, '"Un titre ("', '"Un titre 7"')
    result = newsroom.run("check")
    assert result.exit_code == 1
    assert (
        f"{path}:5: the source has no number 7; use a placeholder, or flag ignore-numbers [numbers]"
        in result.output
    )
    newsroom.edit(path, 'msgctxt "headline"', '#, ignore-numbers\nmsgctxt "headline"')
    assert newsroom.run("check").exit_code == 0


def test_a_character_that_no_font_has_is_told_with_its_place(newsroom: Newsroom) -> None:
    newsroom.edit("releases/news.yaml", "A headline", "A headline ზ")
    path = newsroom.root / "locales/fr/LC_MESSAGES/news.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("A headline", "A headline ზ").replace("Un titre", "Un titre ზ"), "utf-8"
    )
    result = newsroom.run("check")
    assert result.exit_code == 1
    for place in ("releases/news.yaml:4:11", "locales/fr/LC_MESSAGES/news.po:5"):
        assert (
            f"{place}: no font of the theme has the character ზ (U+10D6), so the PDF can't "
            "show it; write it otherwise, or put a font that has it into templates/fonts/ [glyphs]\n"
        ) in result.output
    assert "2 problems." in result.output
    newsroom.edit("releases/news.yaml", "A headline ზ", "E\u0301te\u0301 — ș ł €")
    assert "no font of the theme" not in newsroom.run("check").output


def test_labels_are_checked_too(newsroom: Newsroom) -> None:
    newsroom.catalog("fr/LC_MESSAGES/gapress.po", {"": {"Press contacts": "Contacts presse ("}})
    newsroom.edit("locales/fr/LC_MESSAGES/gapress.po", 'msgctxt ""\n', "")
    result = newsroom.run("check")
    assert "locales/fr/LC_MESSAGES/gapress.po:4: warning: the translation has unpaired" in (
        result.output
    )


def test_problems_for_machines(newsroom: Newsroom) -> None:
    newsroom.edit("locales/fr/LC_MESSAGES/news.po", '"Un titre"', '"Un titre ("')
    (problem,) = json.loads(newsroom.run("check", "--json").stdout)["problems"]
    assert (problem["severity"], problem["check"]) == ("warning", "brackets")
    line = newsroom.run("check", "--github").stdout.strip()
    assert line == (
        "::warning file=locales/fr/LC_MESSAGES/news.po,line=5,col=1,title=brackets"
        "::the translation has unpaired brackets (); close or remove them"
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"en,fr\na,b,c\n", "locales/glossary.csv:2: the row has 3 cells, the first has 2"),
        (b"en,fr\n\xff,b\n", "locales/glossary.csv: not UTF-8 text"),
    ],
)
def test_a_broken_glossary(content: bytes, message: str, newsroom: Newsroom) -> None:
    (newsroom.root / "locales/glossary.csv").write_bytes(content)
    result = newsroom.run("check")
    assert result.exit_code == 1
    assert message in result.output
