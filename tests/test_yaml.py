"""The YAML reader: YAML 1.2, positions, and limits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gapress.errors import ContentError
from gapress.release.yaml import parse


def problems(text: str | bytes) -> list[str]:
    raw = text.encode() if isinstance(text, str) else text
    with pytest.raises(ContentError) as caught:
        parse(raw, "x.yaml")
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("12:30", "12:30"),
        ("2025-11-24", "2025-11-24"),
        ("0o14", "0o14"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        (".inf", ".inf"),
        ("=", "="),
        ("1.50", Decimal("1.50")),
        ("-7", Decimal(-7)),
        ('"7"', "7"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("", None),
    ],
)
def test_scalars_follow_yaml_1_2(written: str, value: object) -> None:
    assert parse(f"a: {written}\n".encode(), "x").data == {"a": value}


def test_a_yaml_1_1_directive_does_not_turn_no_into_false() -> None:
    assert parse(b"%YAML 1.1\n---\na: no\nb: 12:30\n", "x").data == {"a": "no", "b": "12:30"}


def test_positions_are_those_of_keys_and_values() -> None:
    tree = parse("a: 1\nb:\n  - x\n  - cé: z\n".encode(), "x")
    assert tree.position(("b", 1, "cé")) == (4, 9)
    assert tree.key_position(("b", 1, "cé")) == (4, 5)
    assert tree.position(("b", 7)) == (3, 3)


def test_every_duplicate_key_is_reported() -> None:
    assert problems("a: 1\na: 2\nb: {c: 1, c: 2}\n") == [
        "x.yaml:2:1: a is given twice; the first is on line 1; keep one of them",
        "x.yaml:3:11: c is given twice; the first is on line 3; keep one of them",
    ]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("a: !!python/object:os.system x\n", "x.yaml:1:4: YAML drops !!python/object:os.system"),
        ("a: !env HOME\n", "x.yaml:1:4: YAML drops !env"),
        ("a: !env {b: HOME}\n", "x.yaml:1:4: YAML drops !env"),
        ('a: !env "HOME"\n', "x.yaml:1:4: YAML drops !env"),
        ("a: !!str [HOME]\n", "x.yaml:1:4: YAML drops !!str"),
        ("<<: {a: 1}\n", "x.yaml:1:1: merge keys (<<) are not used here"),
        ("? [a]\n: b\n", "x.yaml:1:3: a key must be a word"),
        ("", "x.yaml:1:1: the file is empty"),
        ("# nothing\n", "x.yaml:1:1: the file is empty"),
        ("- a\n", "x.yaml:1:1: the file must be a mapping"),
        ("a: \x07\n", "x.yaml:1:4: forbidden character U+0007"),
        ("{a: b\n", "x.yaml:2:1: the keys in braces are not closed here"),
        ('{"a": "b\n', "x.yaml:2:1: a quotation mark is not closed"),
        ('{"a": [1, 2}\n', "x.yaml:1:12: the list in brackets is not closed here"),
        ("a: 1\n<<<<<<< HEAD\n", "x.yaml:2:1: a merge conflict"),
        ("a: &a [*a]\n", "x.yaml:1:4: more than 20 levels"),
        ("[" * 5000, "x.yaml: values are nested too deeply"),
        ("a: " + "x" * 4_000_001, "x.yaml: the file has 4,000,004 bytes"),
    ],
)
def test_what_cannot_be_read_is_one_clear_problem(text: str | bytes, start: str) -> None:
    (problem,) = problems(text)
    assert problem.startswith(start)


def test_an_alias_bomb_stops_at_the_limit() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    (problem,) = problems("\n".join(levels))
    assert "more than 70,000 values" in problem


def test_a_byte_order_mark_and_windows_line_ends_are_fine() -> None:
    assert parse("\ufeffa: 1\r\nb: x\r\n".encode(), "x").data == {"a": Decimal(1), "b": "x"}
