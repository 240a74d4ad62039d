"""Direction: codes stay whole in every output, and plain text has no control that it can do without.

The oracle for what is shown is python-bidi, another implementation of UAX #9.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from conftest import Newsroom, quoted
from gapress.document import Emphasis, Isolate, Link, Strong, Text, plain
from gapress.localization.bidi import MAX_UNBROKEN, isolate
from gapress.localization.inline import inlines
from gapress.localization.typography import typography_for
from gapress.release.markup import tokens
from gapress.writers.order import with_fewest_controls

if TYPE_CHECKING:
    from gapress.document import Direction, Inlines

LRI, RLI, PDI, RLM, LRM = "\u2066", "\u2067", "\u2069", "\u200f", "\u200e"
CONTROLS = re.compile("[\u200e\u200f\u2066-\u2069]")


def shown(runs: Inlines) -> str:
    """Runs with isolates in brackets: ⟦ltr⟧, ⟪rtl⟫, with ! behind unbroken ones and ~ behind those
    that are together; markup in angle brackets."""
    parts = []
    for run in runs:
        match run:
            case Text(text):
                parts.append(text)
            case Isolate(direction, children, unbroken, together):
                marks = "⟦⟧" if direction == "ltr" else "⟪⟫"
                whole = "!" * unbroken + "~" * together
                parts.append(marks[0] + shown(children) + marks[1] + whole)
            case Emphasis(children) | Strong(children) | Link(_, children):
                parts.append(f"<{shown(children)}>")
    return "".join(parts)


# --- what is isolated ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("هاتف +212 5 00 00 00 00 الآن", "هاتف ⟦+212 5 00 00 00 00⟧! الآن"),
        ("هاتف (+212) 5 00 00 00 00 ext. 12", "هاتف ⟦(+212) 5 00 00 00 00 ext. 12⟧!"),
        ("بريد press@example.org.", "بريد ⟦press@example.org⟧."),
        ("(INTERPOL) وDGSN-DGST", "(⟦INTERPOL⟧!) و⟦DGSN-DGST⟧!"),
        ("يوم 24 نونبر 2025،", "يوم ⟦24⟧! نونبر ⟦2025⟧!،"),
        ("المرجع DGSN/2025-11-24/01: نص", "المرجع ⟦DGSN/2025-11-24/01⟧!: نص"),
        ("UN Women و 12,5% و 5\u00a0%", "⟦UN Women⟧ و ⟦12,5%⟧! و ⟦5\u00a0%⟧!"),
        ("هاتف iPhone 15 Pro", "هاتف ⟦iPhone 15 Pro⟧"),
        ("من INTERPOL (ICPO) General إلى", "من ⟦INTERPOL (ICPO) General⟧ إلى"),
        ("(INTERPOL) و(UN Women (UNW))", "(⟦INTERPOL⟧!) و(⟦UN Women (UNW)⟧)"),
        ("حساب @dgsn_ma و C++", "حساب ⟦@dgsn_ma⟧! و ⟦C++⟧!"),
        ("من 10:00 – 18:30", "من ⟦10:00⟧! – ⟦18:30⟧!"),
        ("انظر https://example.org/a?b=c.", "انظر ⟪⟦https://example.org/a?b=c⟧.⟫~"),
        ("انظر https://example.org/a\u00a0؟", "انظر ⟦https://example.org/a⟧!\u00a0؟"),
        ("ثمنه 5 JP¥؛ أو ₺20", "ثمنه ⟦5⟧! ⟦JP¥⟧!؛ أو ⟦₺20⟧!"),
        ("الهاتف 05 22 12 34 56 هنا", "الهاتف ⟦05 22 12 34 56⟧! هنا"),
        ("هاتف +44 (0)20 7946 0000.", "هاتف ⟦+44 (0)20 7946 0000⟧!."),
        ("UN Resolution 2178 of 2014 هنا", "⟦UN Resolution 2178 of 2014⟧ هنا"),
        ("سنتا 2007، 2008", "سنتا ⟦2007⟧!، ⟦2008⟧!"),
        ("بتوقيت الدار البيضاء، UTC+01:00)", "بتوقيت الدار البيضاء، ⟦UTC+01:00⟧!)"),
        # Codes: digits inside them are no telephone number, and nothing splits them.
        ("رمز MA0000012437 هنا", "رمز ⟦MA0000012437⟧! هنا"),
        ("حساب FR7630006000011234567890189", "حساب ⟦FR7630006000011234567890189⟧"),
        ("حساب MA64 0117 8000 0012 3456 7890.", "حساب ⟪⟦MA64 0117 8000 0012 3456 7890⟧.⟫~"),
        ("ملف 2025/AB/0123456789-C", "ملف ⟦2025/AB/0123456789-C⟧!"),
        ("معرف 10.1000/182(3)a، ثم", "معرف ⟦10.1000/182(3)a⟧!، ثم"),
        ("كتاب ISBN 978-0-00-000000-2", "كتاب ⟦ISBN ⟦978-0-00-000000-2⟧!⟧"),
        ("رحلة AT 1234 وطائرة F-16", "رحلة ⟦AT 1234⟧ وطائرة ⟦F-16⟧!"),
        ("صيغة CO₂ وH₂O و4x4", "صيغة ⟦CO₂⟧! و⟦H₂O⟧! و⟦4x4⟧!"),
        ("موقع 31.6295° N, 7.9811° W", "موقع ⟦31.6295° N, 7.9811° W⟧~"),
        ("موقع 31°37′N وحرارة −5\u00a0°C", "موقع ⟦31°37′N⟧! وحرارة ⟦−5\u00a0°C⟧!"),
        ("نسبة +12,5\u00a0% ونتيجة 3-2", "نسبة ⟦+12,5\u00a0%⟧! ونتيجة ⟦3-2⟧!"),
        ("من 12–15 ووقت 09:30–11:00", "من ⟦12–15⟧! ووقت ⟦09:30–11:00⟧!"),
        ("#COP30 و#كأس_2030", "⟦#COP30⟧! و#كأس_2030"),
        ("كوفيد-19 وسيارة 12345-أ-6", "⟪كوفيد-19⟫! وسيارة ⟪12345-أ-6⟫!"),
        ("قرار م.ع/2025/17، REF/م.ع/5", "قرار ⟪م.ع/2025/17⟫!، ⟪REF/م.ع/5⟫!"),
        ("قرار 2025-17-م.ع", "قرار 2025-17-م.ع"),
        ("(GA/2025/INTERPOL/93/0001-A)،", "⟪(⟦GA/2025/INTERPOL/93/0001-A⟧)،⟫~"),
        ("وGA/2025/INTERPOL/93/0001-A", "⟪و⟦GA/2025/INTERPOL/93/0001-A⟧⟫~"),
        ("العالم2030 و2030", "العالم2030 و⟦2030⟧!"),
        ("بلا لاتينية", "بلا لاتينية"),
    ],
)
def test_in_right_to_left_text(text: str, expected: str) -> None:
    assert shown(isolate(text, "rtl")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the word شكرا جزيلا (thanks)", "the word ⟪شكرا جزيلا⟫ (thanks)"),
        ("in مراكش (المغرب), today", "in ⟪مراكش (المغرب)⟫, today"),
        ("(مراكش) alone", "(⟪مراكش⟫) alone"),
        ("call +212 5 00 00 00 00 now", "call ⟦+212 5 00 00 00 00⟧! now"),
        ("nothing, 2025-11-24, MA0000012437", "nothing, ⟦2025-11-24⟧!, MA0000012437"),
        ("plate 12345-أ-6, tag #كأس_2030", "plate ⟪12345-أ-6⟫!, tag ⟪#كأس_2030⟫"),
        ("file م.ع/2025/17, REF/م.ع/5", "file ⟪م.ع/2025/17⟫!, ⟦REF/⟪م.ع/5⟫⟧!"),
        ("(A/RES/79/1), ISO/IEC 27001", "(⟦A/RES/79/1⟧!), ⟦ISO/IEC⟧! 27001"),
        ("state-of-the-art, and/or, Fès-Meknès", "state-of-the-art, and/or, Fès-Meknès"),
        ("DGSN-DGST—the 2025–2026 season", "⟦DGSN-DGST⟧!—the ⟦2025–2026⟧! season"),
        ("see (GA/2025/INTERPOL/93/0001-A).", "see ⟦(GA/2025/INTERPOL/93/0001-A).⟧~"),
        ("to MA64 0117 8000 0012 3456 7890.", "to ⟦MA64 0117 8000 0012 3456 7890.⟧~"),
        ("the virus كوفيد-19.", "the virus ⟪كوفيد-19⟫!."),
    ],
)
def test_in_left_to_right_text(text: str, expected: str) -> None:
    assert shown(isolate(text, "ltr")) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وسم #COP{n} هنا", "وسم ⟦#COP30⟧! هنا"),
        ("قيمة {n}G و{n}", "قيمة ⟦30G⟧! و⟦30⟧!"),
        ("غاز **CO**₂ وH*2*O", "غاز ⟦<CO>₂⟧! و⟦H<2>O⟧!"),
        ("عددان {n} {n}", "عددان ⟦30⟧! ⟦30⟧!"),
        ("طائرة Boeing {n} *جديدة*", "طائرة ⟦Boeing 30⟧ <جديدة>"),
        ("*هاتف {phone}*", "<هاتف ⟦+212 5 00 00 00 00⟧!>"),
        ("[منظمة WHO](https://example.org)-{n}", "<منظمة ⟦WHO⟧!>⟦-30⟧!"),
    ],
)
def test_words_may_hold_markup_and_values(text: str, expected: str) -> None:
    slots = {"n": isolate("30", "rtl"), "phone": isolate("+212 5 00 00 00 00", "rtl")}
    made = inlines(tokens(text), slots, "rtl", typography_for({}, "ar"))
    assert shown(made) == expected


def test_words_longer_than_a_line_of_a_narrow_column_may_be_split() -> None:
    for length, unbroken in ((MAX_UNBROKEN, True), (MAX_UNBROKEN + 1, False)):
        (run,) = isolate("A-1" + "b" * (length - 3), "rtl")
        assert isinstance(run, Isolate)
        assert run.unbroken is unbroken
    assert MAX_UNBROKEN == 24


@given(st.text(), st.sampled_from(["ltr", "rtl"]))
def test_isolation_changes_no_character_and_happens_once(text: str, direction: Direction) -> None:
    made = isolate(text, direction)
    assert plain(made) == text
    assert isolate(made, direction) == made


# --- plain text ---------------------------------------------------------------------------------


def displayed(line: str, direction: Direction) -> str:
    """A line as it is seen, without the controls."""
    return CONTROLS.sub("", get_display(line, base_dir=direction[0].upper())).strip()


def without_one_isolate(line: str) -> list[str]:
    opened, found = [], []
    for place, character in enumerate(line):
        if character in {LRI, RLI}:
            opened.append(place)
        elif character == PDI:
            start = opened.pop()
            found.append(line[:start] + line[start + 1 : place] + line[place + 1 :])
    return found


# Without brackets: the oracle loses the context of a pair behind an isolate (N0), fribidi doesn't.
SYMBOLS = st.sampled_from([*"aB مر12٣-+.,:/% «»!#", "\u0301", LRM, RLM])
lines = st.recursive(
    st.lists(SYMBOLS, max_size=8).map("".join),
    lambda inner: st.builds(
        lambda before, mark, held, behind: f"{before}{mark}{held}{PDI}{behind}",
        inner, st.sampled_from([LRI, RLI]), inner, inner,
    ),
    max_leaves=6,
)  # fmt: skip


@given(lines, st.sampled_from(["ltr", "rtl"]))
def test_every_isolate_that_stays_is_needed(line: str, direction: Direction) -> None:
    fewest = with_fewest_controls(line, direction)
    assert CONTROLS.sub("", fewest) == CONTROLS.sub("", line)
    assert displayed(fewest, direction) == displayed(line, direction)
    for fewer in without_one_isolate(fewest):
        assert displayed(fewer, direction) != displayed(line, direction) or looks_alike(line)


def looks_alike(line: str) -> bool:
    """Whether a line could be seen in another order without the oracle telling."""
    seen = CONTROLS.sub("", line)
    # The oracle cuts off the spaces at either end of what is shown.
    return len(set(seen)) < len(seen) or any(map(unicodedata.mirrored, seen)) or " " in seen


CODES = [
    "MA0000012437", "MA64 0117 8000 0012 3456 7890 1234", "5493001KJTIIGC8Y1R12", "BCMAMAMC",
    "10.1000/xyz123", "2025/AB/123-C", "0525/2101/2025", "AT 1234", "12345-أ-6", "#COP30",
    "#مراكش_2025", "@gapress_ar", "v1.2.3", "31.6295° N, 7.9811° W", "31°37′N", "CO₂", "H₂O",
    "978-0-00-000000-2", "+212 5 00 00 00 00", "0500-000000", "A/RES/78/123", "ISO 9001:2015",
    "COVID-19", "F-16", "5G", "4x4", "Covax-2", "+12,5 %", "12–15", "3-2", "2025-11-24", "24/11/2025",
    "09:30–11:00", "−5 °C", "report_v2.pdf", "192.0.2.1", "00:1a:2b:3c:4d:5e", "C++", "@home",
    "https://example.org/a?b=1&c=2", "press@example.org", "1 000 000", "50%-60%", "كوفيد-19",
    "م.ع/2025/17", "ق.ر.م-15/2024", "أ-12345", "REF/2025/INTERPOL/GA/93/0001-A",
]  # fmt: skip
AROUND = {"rtl": ("رمز {} هنا.", "قال «{}»، ثم انتهى", "{} في البداية", "في النهاية: {}"),
          "ltr": ("The code {} is here.", "called “{}”, then", "{} comes first", "at last: {}")}  # fmt: skip


@pytest.mark.parametrize("direction", ["rtl", "ltr"])
@pytest.mark.parametrize("code", CODES)
def test_codes_keep_their_order_in_any_text(code: str, direction: Direction) -> None:
    """Each code is seen as it is by itself, and no control stands in it."""
    own: Direction = "rtl" if re.search("[\u0600-\u06ff]", code) else "ltr"
    alone = displayed(code, own)
    for around in AROUND[direction]:
        line = with_fewest_controls(controlled(isolate(around.format(code), direction)), direction)
        assert code in line
        assert alone in displayed(line, direction)


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("12345-أ-6", "6-أ-12345"),
        ("كوفيد-19", "19-ديفوك"),
        ("م.ع/2025/17", "2025/17/ع.م"),
        ("ق.ر.م-15/2024", "15/2024-م.ر.ق"),
        ("أ-12345", "12345-أ"),
    ],
)
def test_codes_with_right_to_left_letters_look_the_same_in_any_text(code: str, seen: str) -> None:
    """As the algorithm shows them in Arabic text, where they are typed: from the right."""
    for direction in ("rtl", "ltr"):
        for around in AROUND[direction]:
            made = controlled(isolate(around.format(code), direction))  # type: ignore[arg-type]
            assert seen in displayed(with_fewest_controls(made, direction), direction)  # type: ignore[arg-type]


def controlled(runs: Inlines) -> str:
    marks = {"ltr": LRI, "rtl": RLI}
    return "".join(
        f"{marks[run.direction]}{controlled(run.children)}{PDI}" if isinstance(run, Isolate)
        else plain((run,))
        for run in runs
    )  # fmt: skip


# --- whole kits ---------------------------------------------------------------------------------


@pytest.fixture
def arabic(newsroom: Newsroom) -> Newsroom:
    """A release in Arabic with every code, in a paragraph and in a list."""
    newsroom.edit("releases/_newsroom.yaml", "language: en", "language: ar")
    newsroom.edit("releases/_newsroom.yaml", "{en: en-GB, fr: fr-MA}", "{ar: ar-MA}")
    texts = [f"رمز {code} هنا" for code in CODES]
    body = "".join(f"  - paragraph: {quoted(text)}\n" for text in texts)
    body += "  - list:\n" + "".join(f"      - {quoted(text)}\n" for text in texts)
    release = (newsroom.root / "releases/news.yaml").read_text(encoding="utf-8")
    head = release[: release.index("body:")].replace("A headline", "عنوان MA9999999999 و4-1")
    newsroom.write("releases/news.yaml", f"{head}contacts: [press]\nbody:\n{body}")
    return newsroom


def test_codes_are_whole_in_every_format(arabic: Newsroom) -> None:
    outcome = arabic.run("render", "-l", "ar", "-f", "txt", "-f", "html", "-f", "ninjs")
    assert outcome.exit_code == 0, outcome.output
    folder = arabic.root / "dist/news/ar"
    text = (folder / "news_ar.txt").read_text(encoding="utf-8")
    news = json.loads((folder / "news_ar.ninjs.json").read_text(encoding="utf-8"))
    page = html.parse(folder / "news_ar.html")
    data = news["bodies"][0]["value"]
    for code in CODES:
        written = code.replace("5 %", "5\u00a0%").replace("5 °", "5\u00a0°")
        unbroken = written.replace(" ", "\u00a0") if code.startswith("+212") else written
        assert text.count(unbroken) >= 2
        assert data.count(written) >= 2
        assert page.xpath("//p[contains(., $code)]", code=written)
    for line in (*text.splitlines(), *data.splitlines(), news["headlines"][0]["value"]):
        for fewer in without_one_isolate(line):
            assert displayed(fewer, "rtl") != displayed(line, "rtl")
    assert news["headlines"][0]["value"] == f"عنوان MA9999999999 و{LRI}4-1{PDI}"
    # In HTML, an isolate holds whole words: what is beside it is neither letter nor digit, but for
    # a particle.
    for element in page.iter("bdi"):
        before = (element.getprevious() is None and element.getparent().text) or ""
        assert not re.search(r"[A-Za-z0-9]$", before), before
        assert not re.match(r"\w", element.tail or ""), element.tail
