"""Facts that follow from other facts: computed exactly, rounded once, shown how."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from gapress.release.computed import Computation, resolved
from gapress.release.facts import (
    ComputedFact,
    Fact,
    MoneyFact,
    NumberFact,
    PercentageFact,
    QuantityFact,
)
from gapress.release.facts.operands import rounded
from gapress.release.yaml import parse

if TYPE_CHECKING:
    from conftest import Newsroom

FACTS: TypeAdapter[dict[str, Fact]] = TypeAdapter(dict[str, Fact])


def facts(written: str) -> dict[str, Any]:
    return resolved(FACTS.validate_python(parse(written.encode(), "x.yaml").data))


@pytest.mark.parametrize(
    ("new", "old", "more", "expected"),
    [
        ("{number: 106}", "{number: 100}", "", ("6.0", "auto")),
        ("{number: 1}", "{number: 3}", "", ("-66.7", "auto")),
        # Halves go away from zero: 0.25 is 0.3, not 0.2 as binary or banker's rounding has it.
        ("{number: 1002.5}", "{number: 1000}", "", ("0.3", "auto")),
        ("{number: 997.5}", "{number: 1000}", "", ("-0.3", "auto")),
        ("{number: 1.005}", "{number: 1}", ", decimals: 0", ("1", "auto")),
        ("{number: 2}", "{number: 3}", ", decimals: 3, sign: always", ("-33.333", "always")),
        ("{money: 0.30, currency: EUR}", "{money: 0.10, currency: EUR}", "", ("200.0", "auto")),
        ("{percentage: 5}", "{percentage: 4}", "", ("25.0", "auto")),
        ("{quantity: 5, unit: hectare}", "{quantity: 4, unit: hectare}", "", ("25.0", "auto")),
        ("{number: -5}", "{number: 5}", "", ("-200.0", "auto")),
        ("{number: 100.01}", "{number: 100}", "", ("0.0", "auto")),
        ("{number: 99.99}", "{number: 100}", "", ("0.0", "auto")),  # no minus before zero
    ],
)
def test_changes_in_per_cent(new: str, old: str, more: str, expected: tuple[str, str]) -> None:
    found = facts(f"new: {new}\nold: {old}\ngrowth: {{change_of: new, from: old{more}}}")["growth"]
    assert isinstance(found, PercentageFact)
    assert (str(found.percentage), found.sign) == expected
    assert found.decimals == len(expected[0].partition(".")[2])
    assert found.how == "change of {new} from {old}"


@pytest.mark.parametrize(
    ("new", "old", "more", "expected"),
    [
        ("{number: 5}", "{number: 7.25}", "as: difference", NumberFact(number=Decimal("-2.25"))),
        ("{number: 500}", "{number: 100}", "as: difference", NumberFact(number=Decimal(400))),
        (
            "{money: 2.50, currency: EUR, as: name}",
            "{money: 1, currency: EUR}",
            "as: difference, sign: always",
            MoneyFact.model_validate(
                {"money": Decimal("1.5"), "currency": "EUR", "as": "name", "sign": "always"}
            ),
        ),
        (
            "{quantity: 5, unit: celsius, style: short}",
            "{quantity: 7, unit: celsius}",
            "as: difference",
            QuantityFact(quantity=Decimal(-2), unit="celsius", style="short"),
        ),
        ("{percentage: 6.5}", "{percentage: 4}", "as: points", NumberFact(number=Decimal("2.5"))),
        (
            "{percentage: 2.00}",
            "{percentage: 2.25}",
            "as: basis-points, sign: never",
            QuantityFact(quantity=Decimal(-25), unit="basis-point", sign="never"),
        ),
        (
            "{percentage: 31.4}",
            "{percentage: 29.9}",
            "as: percentage-points, decimals: 2",
            QuantityFact(quantity=Decimal("1.50"), unit="percentage-point", decimals=Decimal(2)),
        ),
        (
            "{money: 1850000000, currency: MAD, scale: million}",
            "{money: 1600000000, currency: MAD}",
            "as: difference",
            MoneyFact(money=Decimal(250000000), currency="MAD", scale="million"),
        ),
    ],
)
def test_differences(new: str, old: str, more: str, expected: Any) -> None:
    found = facts(f"new: {new}\nold: {old}\nmore: {{change_of: new, from: old, {more}}}")["more"]
    assert found.model_dump() == expected.model_dump()


def test_shares_and_facts_of_computed_facts() -> None:
    found = facts(
        """
later: {change_of: women, from: men, as: difference}
twice: {change_of: share, from: half, as: points, decimals: 2}
share: {share_of: women, in: all, decimals: 3}
women: {number: 2}
men: {number: 1}
all: {number: 3}
half: {percentage: 50}
"""
    )
    assert list(found) == ["later", "twice", "share", "women", "men", "all", "half"]
    assert found["share"].percentage == Decimal("66.667")
    # What is published is what is computed with: 66.667 as it is printed.
    assert found["twice"].number == Decimal("16.67")
    assert found["later"].number == 1


PARTS = st.decimals(-(10**9), 10**9, places=2)


@given(PARTS, PARTS.filter(bool), st.integers(0, 6))
def test_shares_are_exact(part: Decimal, whole: Decimal, decimals: int) -> None:
    exact = Fraction(part) / Fraction(whole) * 100
    if abs(exact) >= 10**18:
        return
    written = f"part: {{number: {part}}}\nwhole: {{number: {whole}}}\n"
    share = f"share: {{share_of: part, in: whole, decimals: {decimals}}}"
    found = facts(written + share)["share"].percentage
    assert abs(Fraction(found) - exact) <= Fraction(1, 2 * 10**decimals)


@given(st.fractions(-1000, 1000), st.integers(0, 9))
def test_rounding_is_symmetric(value: Fraction, decimals: int) -> None:
    assert rounded(-value, decimals) == -rounded(value, decimals)
    assert abs(Fraction(rounded(value, decimals)) - value) <= Fraction(1, 2 * 10**decimals)


NAMES = "abcdef"
OPERANDS = st.sampled_from(NAMES + "x")


@given(
    st.dictionaries(
        st.sampled_from(NAMES),
        st.one_of(
            st.builds("{{number: {}}}".format, st.integers(-3, 3)),
            st.builds("{{share_of: {}, in: {}}}".format, OPERANDS, OPERANDS),
            st.builds("{{change_of: {}, from: {}}}".format, OPERANDS, OPERANDS),
        ),
        min_size=1,
    )
)
def test_each_fact_is_computed_or_something_is_told(written: dict[str, str]) -> None:
    lines = "".join(f"{name}: {fact}\n" for name, fact in written.items())
    given_facts = FACTS.validate_python(parse(lines.encode(), "x.yaml").data)
    computation = Computation(given_facts)
    found = computation.all()
    assert not any(isinstance(fact, ComputedFact) for fact in found.values())
    assert bool(computation.faults) == (set(found) != set(written))
    told = [(fault.name, fault.key) for fault in computation.faults]
    assert len(set(told)) == len(told)


def test_computed_facts_are_shown_as_any_other(newsroom: Newsroom) -> None:
    newsroom.edit(
        "releases/news.yaml",
        "count: {number: 1500}",
        "now: {money: 1060, currency: EUR}\n  before: {money: 1000, currency: EUR}\n"
        "  count: {change_of: now, from: before, sign: always}",
    )
    result = newsroom.run("render", "--format", "txt")
    assert result.exit_code == 0, result.output
    text = (newsroom.root / "dist/news/en/news_en.txt").read_text("utf-8")
    assert "A paragraph with +6.0% figures." in text
    assert newsroom.run("catalogs", "update").exit_code == 0
    catalog = (newsroom.root / "locales/fr/LC_MESSAGES/news.po").read_text("utf-8")
    comment = "#. {count} = +6,0 % (percentage: change of {now} from {before})"
    assert comment in catalog.replace("\u202f", " ").replace("\u00a0", " ")
