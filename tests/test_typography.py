"""Spaces around punctuation and between words, as each language wants them in the text shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Newsroom, quoted
from gapress.document import Isolate, PageNumber, Text, plain
from gapress.kit.prepare import typography_rules
from gapress.localization.inline import inlines, settled
from gapress.localization.typography import SPACES, gaps, typography_for
from gapress.release.markup import MarkupError, placeholders, tokens

if TYPE_CHECKING:
    from pathlib import Path

    from gapress.document import Inlines
    from gapress.localization.typography import Typography
    from gapress.theme import Theme

NARROW, NO_BREAK = "\u202f", "\u00a0"
# No line of any output may begin with one of these.
CLOSING = "»?!:;"


def seen(text: str) -> str:
    """A text with its no-break spaces to be seen: ~ for U+00A0, ^ for U+202F."""
    return text.replace(NO_BREAK, "~").replace(NARROW, "^")


def spaced(text: str, tag: str, theme: Theme, **facts: str) -> str:
    """A marked text of a language as it is shown."""
    slots: dict[str, Inlines] = {name: (Text(value),) for name, value in facts.items()}
    rules = typography_for(typography_rules(theme), tag)
    return seen(plain(inlines(tokens(text), slots, "ltr", rules)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Marks after marks.
        ("« Non ! » dit-il", "«~Non^!~» dit-il"),
        ("«Est-ce bien?» Oui!", "«~Est-ce bien^?~» Oui^!"),
        ("Il dit : « C’est “fini” ! »", "Il dit~: «~C’est “fini”^!~»"),
        ("« Un » ; « deux »?", "«~Un~»^; «~deux~»^?"),
        ("Quoi ?! Vrai ? ! Si!!!", "Quoi^?! Vrai^?^! Si^!!!"),
        ("Alors… ?", "Alors…^?"),
        ("« « Dedans » »", "«~«~Dedans~»~»"),
        ("(Vraiment ?) [Oui !] – « Ah ? »", "(Vraiment^?) [Oui^!] – «~Ah^?~»"),
        # Across markup and the values of placeholders.
        ("**Attention**: suite", "Attention~: suite"),
        ("**Attention** : suite", "Attention~: suite"),
        ("**Attention :** suite", "Attention~: suite"),
        ("*Quoi*? *« cité »*! [lien](https://example.org/a?b) ;", "Quoi^? «~cité~»^! lien^;"),
        ("« {share} » et {share}%, {share} % ; {share}!", "«~12,5~» et 12,5^%, 12,5^%^; 12,5^!"),
        ("**12** % et *5*%", "12^% et 5^%"),
        ("Il dit «*Non !*»", "Il dit «~Non^!~»"),
        (" ; suite", "^; suite"),
        # Everything that is no punctuation of the sentence.
        ("à 10:30, 3:2, ISO 9001:2015", "à 10:30, 3:2, ISO 9001:2015"),
        ("https://example.org/?a=1;b:c et a@b.org:", "https://example.org/?a=1;b:c et a@b.org~:"),
        ("std::vector et C:\\\\temp", "std::vector et C:\\temp"),
        ("d’accord :-) ;) :sourire:", "d’accord~:-)~;)~:sourire:"),
        ("(?) et [!]", "(?) et [!]"),
        ("tél. +212 522 000 000 poste 12", "tél. +212 522 000 000 poste 12"),
        ("FR76 3000 6000 0112 3456 7890 189", "FR76 3000 6000 0112 3456 7890 189"),
        # What belongs together.
        ("12 000 personnes, 1 500 000 euros", "12^000~personnes, 1^500^000~euros"),
        ("5 € ou 3 M€, 15 °C, 20 km/h", "5~€ ou 3~M€, 15~°C, 20~km/h"),
        ("n° 5, art. 12, p. 3, page 3, § 4", "n°~5, art.~12, p.~3, page~3, §~4"),
        ("M. Martin, Mme Roy, Dr Zaki, Me X", "M.~Martin, Mme~Roy, Dr~Zaki, Me~X"),
        ("Mohammed VI, François Ier, Louis XIV", "Mohammed~VI, François~Ier, Louis~XIV"),
        ("S.M. le Roi, S. E. M. Jean Roy", "S.M.~le Roi, S.~E.~M.~Jean Roy"),
        ("le 24 novembre, le 1er janvier 2026", "le 24~novembre, le 1er~janvier 2026"),
        ("la 93e session, le XXIe siècle", "la 93e~session, le XXIe~siècle"),
        ("à 10 h 30 ou 18 h", "à 10~h~30 ou 18~h"),
        ("J. R. R. Tolkien, art. L. 123-4", "J.~R.~R.~Tolkien, art.~L.~123-4"),
        # And what does not.
        (
            "Le chiffre de 2025 était faux. Il le sait.",
            "Le chiffre de 2025 était faux. Il le sait.",
        ),
        ("de 5 à 10 et 3 autres", "de 5 à 10 et 3 autres"),
    ],
)
def test_french(text: str, expected: str, theme: Theme) -> None:
    assert spaced(text, "fr-FR", theme, share="12,5") == expected


@pytest.mark.parametrize(
    ("tag", "text", "expected"),
    [
        ("fr-MA", "Oui ? « 5 % » : non", "Oui^? «~5^%~»~: non"),
        ("fr-CA", "Oui ? « Non ! » ; 5 % : 12 000", "Oui? «~Non!~»; 5~%~: 12~000"),
        ("en-GB", "Really ? Yes : “no” !", "Really~? Yes~: “no”~!"),
        ("en-GB", "No. 5, Mr Smith, 24 November 2025", "No.~5, Mr~Smith, 24~November 2025"),
        ("en-US", "November 24, 2025, at 9:30 a.m.", "November~24, 2025, at 9:30~a.m."),
        ("en-GB", "$5 million, 5 per cent, p. 12", "$5~million, 5~per cent, p.~12"),
        ("en-GB", "Charles III, said I, 93rd session", "Charles~III, said I, 93rd~session"),
        ("ar-MA", "هل ؟ نعم ، لا ؛ « نص » !", "هل؟ نعم، لا؛ «نص»!"),
        ("ar-MA", "24 نونبر 2025 و5 ملايين درهم", "24~نونبر 2025 و5~ملايين درهم"),
        ("ar-MA", "بالمادة 5 والملك محمد السادس", "بالمادة~5 والملك~محمد~السادس"),
        ("es", "¿ Qué ? « Sí » : no; 24 de noviembre", "¿Qué? «Sí»: no; 24~de~noviembre"),
        ("es", "5 millones, Sra. Pérez, Felipe VI", "5~millones, Sra.~Pérez, Felipe~VI"),
        ("pt-BR", "Sim ! 5 milhões ; nº 3", "Sim! 5~milhões; nº~3"),
        ("pt-PT", "« Sim » 24 de novembro", "«Sim» 24~de~novembro"),
        ("de", "Am 24. November, z. B. „ ja“ so !", "Am 24.~November, z.~B. „ja“ so!"),
        ("de-AT", "5 Millionen, Dr. Maier, § 5", "5~Millionen, Dr.~Maier, §~5"),
        ("it", "« Sì » ? alle ore 10:00, n. 5", "«Sì»? alle ore~10:00, n.~5"),
        ("nl", "5 miljoen, nr. 3 !", "5~miljoen, nr.~3!"),
        ("ru", "Рим — город, в 2025 г. № 5", "Рим~— город, в~2025~г. №~5"),
        ("ru", "« Да » : 5 млн, А. С. Пушкин", "«Да»: 5~млн, А.~С.~Пушкин"),
        ("tr", "5 milyon, 24 Kasım, Sayın Ak", "5~milyon, 24~Kasım, Sayın~Ak"),
        ("zgh-Latn", "« azul » : x", "«azul»: x"),
        ("he", "5 מיליון, 24 בנובמבר !", "5~מיליון, 24~בנובמבר!"),
        ("fa", "« بله » ؟ 5 میلیون", "«بله»؟ 5~میلیون"),
        ("ur", "ہاں ؟ 5 ملین ۔", "ہاں؟ 5~ملین۔"),
        ("zh", "你好 ， 世界 。", "你好， 世界。"),
        ("el", "Ναι ? «Όχι »: x", "Ναι~? «Όχι~»: x"),
    ],
)
def test_other_languages(tag: str, text: str, expected: str, theme: Theme) -> None:
    assert spaced(text, tag, theme) == expected


def french(theme: Theme) -> Typography:
    return typography_for(typography_rules(theme), "fr-FR")


def test_a_space_that_markup_lacks_goes_outside_it(theme: Theme) -> None:
    bold = inlines(tokens("**Note**: [lien](https://example.org)?"), {}, "ltr", french(theme))
    assert bold[1] == Text(f"{NO_BREAK}: ")
    assert bold[3] == Text(f"{NARROW}?")


def test_quotation_marks_of_a_label_see_the_words_in_them(theme: Theme) -> None:
    words = inlines(tokens("C’est *fini* !"), {}, "ltr", french(theme))
    quote = inlines(tokens("« {quote} »"), {"quote": words}, "ltr", french(theme))
    assert seen(plain(quote)) == "«~C’est fini^!~»"


def test_page_numbers_keep_their_place(theme: Theme) -> None:
    label = inlines(
        tokens("Page {page} : {page} !"), {"page": (PageNumber(),)}, "ltr", french(theme)
    )
    assert [seen(run.text) if isinstance(run, Text) else run for run in label] == [
        "Page~", PageNumber(), "~: ", PageNumber(), "^!",
    ]  # fmt: skip


TAGS = st.sampled_from(["fr-FR", "fr-CA", "ar-MA", "en-GB", "de"])
PIECES = [
    *("a", "Mot", "VI", "12", "000", "5", "M.", "n°", "novembre", "24", "h", "1er", "https://a.org/?b"),
    *(" ", " ", " ", "  ", NO_BREAK, NARROW, "\u2009", "*", "**", "“", "”", "(", ")", "…", "–", "'"),
    *("«", "»", ":", ";", "!", "?", "%", "€", "،", "؟", "كلمة", ":-)", "::", "+212 522 000 000", "{n}"),
]  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


def visible(text: str) -> str:
    return re.sub(f"[{SPACES}]", "", text)


@given(text=texts | st.text(), tag=TAGS)
def test_rules_change_spaces_alone_and_once(text: str, tag: str, theme: Theme) -> None:
    rules = typography_for(typography_rules(theme), tag)
    once = rules.apply(text)
    assert visible(once) == visible(text)
    assert rules.apply(once) == once


@given(text=texts, tag=TAGS, direction=st.sampled_from(["ltr", "rtl"]))
def test_whole_messages_change_in_spaces_alone_and_once(
    text: str, tag: str, direction: str, theme: Theme
) -> None:
    rules = typography_for(typography_rules(theme), tag)
    slots: dict[str, Inlines] = {"n": (Isolate("ltr", (Text("30 0"),), unbroken=True),)}
    try:
        if not placeholders(text) <= slots.keys():
            return
        parts = tokens(text)
    except MarkupError:
        return
    made = inlines(parts, slots, direction, rules)  # type: ignore[arg-type]
    raw = "".join("30 0" if t.kind == "placeholder" else t.value for t in parts if t.kind in SHOWN)
    assert visible(plain(made)) == visible(raw)
    assert settled(made, direction, rules) == made  # type: ignore[arg-type]
    assert plain(made) == rules.apply(raw)
    # A line may end at an ordinary space: none stands before a closing mark.
    assert not re.search(rf"\S[ \u2009]+[{CLOSING}]", plain(made))


SHOWN = {"text", "placeholder"}


@given(st.text(alphabet="a \u00a0"))
def test_gaps_are_all_of_a_text(text: str) -> None:
    characters, spaces = gaps(text)
    assert "".join(map("".join, zip(spaces, [*characters, ""], strict=True))) == text


@pytest.mark.parametrize(
    ("rules", "problem"),
    [
        ("[fr]\nhold = ['{number} {nothing}']", "no list of words is named 'nothing'"),
        ("[fr]\nhold = 'x'", "the rules of fr have the wrong form"),
        ("[fr.words]\nunit = [5]", "the rules of fr have the wrong form"),
        ("[fr.before]\nab = ' '", "the rules of fr have the wrong form"),
    ],
)
def test_wrong_rules_are_named(rules: str, problem: str, newsroom: Newsroom) -> None:
    newsroom.write("templates/typography.toml", rules)
    outcome = newsroom.run("check")
    assert outcome.exit_code == 1
    assert f"templates/typography.toml: {problem}" in outcome.output


# --- lines of the outputs -----------------------------------------------------------------------

LONG = (
    "La salle a demandé devant toute la presse réunie {} « est-ce raisonnable ? » : **non** ; oui !"
)


def test_no_line_begins_with_a_closing_mark(newsroom: Newsroom) -> None:
    newsroom.edit("releases/_newsroom.yaml", "language: en", "language: fr")
    newsroom.edit("releases/_newsroom.yaml", "{en: en-GB, fr: fr-MA}", "{fr: fr-MA}")
    paragraphs = (LONG.format("x " * count) for count in range(30))
    body = "".join(f"  - paragraph: {quoted(paragraph)}\n" for paragraph in paragraphs)
    release = (newsroom.root / "releases/news.yaml").read_text(encoding="utf-8")
    newsroom.write(
        "releases/news.yaml",
        release[: release.index("body:")] + "contacts: [press]\nbody:\n" + body,
    )
    outcome = newsroom.run("render", "-l", "fr", "-f", "txt", "-f", "pdf")
    assert outcome.exit_code == 0, outcome.output
    text = (newsroom.root / "dist/news/fr/news_fr.txt").read_text(encoding="utf-8")
    assert text.count("raisonnable") == 30
    assert not re.findall(rf"(?m)^\s*[{CLOSING}].*", text)
    for line in pdf_lines(newsroom.root / "dist/news/fr/news_fr.pdf"):
        assert not re.match(rf"\s*[{CLOSING}]", line), line


def pdf_lines(file: Path) -> list[str]:
    pages = pypdfium2.PdfDocument(file)
    return [line for page in pages for line in page.get_textpage().get_text_range().splitlines()]
