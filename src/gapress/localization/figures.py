"""Tells of figures in a source that don't follow: literal ones, and totals that don't add up.

``kit.prepare`` asks for both of each release. A literal figure in a text that is translated is the
translator's to write, so that is a warning; in one without words it would be published in another
language's notation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from babel import Locale

from gapress.localization.extract import is_shown
from gapress.localization.literals import literals
from gapress.localization.wording import has_words
from gapress.release.blocks.shapes import named_fact
from gapress.release.blocks.table import ColumnEntry, TableBlock
from gapress.release.facts import NumberFact
from gapress.release.markup import scan
from gapress.release.tables import cell_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapress.errors import Problem
    from gapress.localization.literals import Literal
    from gapress.newsroom import NewsroomEntry
    from gapress.release.blocks.table import Cell
    from gapress.release.facts import Fact
    from gapress.release.model import Release
    from gapress.release.read import Source
    from gapress.release.yaml import Path


@dataclass(frozen=True)
class Told:
    """What is to be told of a figure.

    Attributes:
        problem: The problem.
        languages: The languages that it keeps from being published; none for a warning.
    """

    problem: Problem
    languages: frozenset[str] = frozenset()


def figures(release: Source[Release], newsroom: Source[NewsroomEntry]) -> Iterator[Told]:
    """Yield what is to be told of the figures of a release, and of the newsroom's own texts."""
    languages = newsroom.model.languages
    own = release.model.language or newsroom.model.language
    yield from _literals(release, own, languages, has_facts=True)
    yield from _literals(newsroom, newsroom.model.language, languages, has_facts=False)
    yield from _totals(release)


# --- literal figures ----------------------------------------------------------------------------


def _literals(
    source: Source[Any], written_in: str, languages: Mapping[str, str], *, has_facts: bool
) -> Iterator[Told]:
    others = {c: Locale.parse(t, sep="-") for c, t in languages.items() if c != written_in}
    for path, role in source.roles.items() if others else ():
        text = _at(source.tree.data, path)
        if not role or not _HAS_DIGIT.search(text) or _is_of_codes(source.model, path):
            continue
        showing = {c: locale for c, locale in others.items() if is_shown(source.model, path, c)}
        pieces = [token.value for token in scan(text)[0] if token.kind == "text"]
        for literal in (found for p in pieces for found in literals(p, languages[written_in])):
            foreign = [c for c, locale in showing.items() if literal.is_foreign(locale)]
            if not foreign or _is_kept(literal, text):
                continue
            shown = " and ".join(f"{literal.shown(others[code])} in {code}" for code in foreign)
            where = f"{name}: " if (name := cell_name(source.tree.data, path)) else ""
            message = f"{where}{literal.text} is written {shown}"
            hint = _hint(literal, role, text) if has_facts else _HOUSE_HINT
            problem = replace(source.tree.problem(path, message, hint), check="figures")
            if has_words(text):
                yield Told(replace(problem, severity="warning"))
            else:
                yield Told(problem, frozenset(foreign))


_HAS_DIGIT = re.compile(r"\d")
_HOUSE_HINT = "see that each translation writes it as its language does"


def _at(data: Any, path: Path) -> str:
    for step in path:
        data = data[step]
    return str(data)


def _is_kept(literal: Literal, text: str) -> bool:
    r"""Whether the officer says with a backslash that this is no figure: ``Grade 8\.1``."""
    shown = literal.text
    marks = (i for i in range(1, len(shown)) if not shown[i].isalnum())
    return any(f"{shown[:i]}\\{shown[i:]}" in text for i in marks)


def _is_of_codes(model: Any, path: Path) -> bool:
    """Whether a text is a cell of a column of type text: a version, a number of a file."""
    match path:
        case ("body", int(block), "rows", int(), int(column)):
            entry = model.body[block].columns[column]
        case ("body", int(block), "total", int(column)):
            entry = model.body[block].columns[column]
        case _:
            return False
    return isinstance(entry, ColumnEntry) and entry.type == "text"


def _hint(literal: Literal, role: str, text: str) -> str:
    alone = role == "table cell" and text.strip() in {literal.text, f"({literal.text})"}
    facts = literal.facts
    if alone and text.strip() != literal.text and isinstance(facts[0], NumberFact):
        facts = tuple(NumberFact(number=-f.number) for f in facts if isinstance(f, NumberFact))
    if alone:
        choices = " or ".join(map(_bare, facts))
        meant = ", as it is meant" if len(facts) > 1 else ""
        if not isinstance(facts[0], NumberFact):
            return f"write {choices}{meant}"
        return f"write {choices} without quotes{meant}; a column of codes has type: text"
    name = facts[0].called
    values = " or ".join(fact.written() for fact in facts)
    sign = "+" if literal.text.startswith("+") else ""
    return f"write {sign}{{{name}}} there, and {name}: {values} under facts"


def _bare(fact: Fact) -> str:
    return str(fact.number) if isinstance(fact, NumberFact) else fact.written()


# --- totals -------------------------------------------------------------------------------------


def _totals(release: Source[Release]) -> Iterator[Told]:
    """Yield where the total of a column is not the sum of what stands above it."""
    for index, block in enumerate(release.model.body):
        if isinstance(block, TableBlock) and block.adds_up:
            for column, total in enumerate(block.total):
                entry = block.columns[column]
                if isinstance(entry, ColumnEntry) and not entry.adds_up:
                    continue
                cells = [row[column] for row in block.rows]
                amounts = [_amount(cell, release.model.facts) for cell in cells if cell]
                declared = _amount(total, release.model.facts)
                if declared is None or len(amounts) < 2 or None in amounts:
                    continue
                path = ("body", index, "total", column)
                yield from _compared(release, path, [a for a in amounts if a], declared)


_TOTAL_HINT = "check both; or, for an average or an index, add adds_up: false to the table"
_Amount: TypeAlias = tuple[str, Decimal]


def _amount(cell: Cell, facts: Mapping[str, Fact]) -> _Amount | None:
    """Return the unit and the number of a cell; none for what can't be added up."""
    fact = named_fact(cell, facts) if isinstance(cell, str) else cell
    if fact is None or fact.figure is None or fact.measure is None:
        return None
    return fact.measure, fact.figure


def _compared(
    release: Source[Release], path: Path, amounts: list[_Amount], declared: _Amount
) -> Iterator[Told]:
    if {unit for unit, _ in amounts} != {declared[0]}:
        return
    found = sum((number for _, number in amounts), Decimal())
    places = min(int(number.as_tuple().exponent) for _, number in (*amounts, declared))
    # Published figures are rounded one by one: each may be half a unit off.
    slack = len(amounts) * Decimal(1).scaleb(min(places, 0)) / 2
    if abs(found - declared[1]) > slack:
        name = cell_name(release.tree.data, path)
        message = f"{name}: the rows add up to {found}, the total is {declared[1]}"
        problem = release.tree.problem(path, message, _TOTAL_HINT)
        yield Told(replace(problem, severity="warning", check="total"))
