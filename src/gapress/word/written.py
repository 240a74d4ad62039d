"""Writes a release's file as an officer would: known keys in their order, texts folded."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, Any

from gapress.release.edit import WIDTH, mapping, scalar
from gapress.release.quoting import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

# A text that needs no quotes in a line of its own (YAML 1.2.2, 7.3.3), whatever reads it.
_PLAIN = re.compile(r"[^\W\d_][^:#\"\\{}\[\]\n]*")
_RESERVED = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def line_scalar(text: str) -> str:
    """Return a text as it stands behind a key: plain where it can be, otherwise in quotes."""
    is_plain = _PLAIN.fullmatch(text) and text == text.strip() and text.casefold() not in _RESERVED
    return text if is_plain else quoted(text)


def text_lines(lead: str, text: str, indent: int) -> Iterator[str]:
    """Yield the lines of a text behind a key or a dash: on one line, or folded.

    Args:
        lead: What stands before it, with its indent: ``  - paragraph:``.
        text: The text.
        indent: How far its lines are indented if it is folded.
    """
    one = f"{lead} {line_scalar(text)}"
    if len(one) <= WIDTH or " " not in text:
        yield one
        return
    yield f"{lead} >-"
    wide = WIDTH - indent
    for line in textwrap.wrap(text, wide, break_long_words=False, break_on_hyphens=False,
                              expand_tabs=False, replace_whitespace=False):  # fmt: skip
        yield f"{' ' * indent}{line}"


def release_file(head: Mapping[str, Any], body: Sequence[Mapping[str, Any]],
                 tail: Mapping[str, Any]) -> str:  # fmt: skip
    """Return a release's file.

    Args:
        head: The keys before the body, in their order; a mapping's entries are on lines of their
            own, and those of ``facts`` in braces.
        body: The blocks.
        tail: The keys behind the body.
    """
    lines = ["# yaml-language-server: $schema=_release.schema.json"]
    for key, given in head.items():
        if key in {"people", "facts"}:
            lines.append("")
        lines += _key(key, given)
    lines += ["", "body:"]
    for number, block in enumerate(body):
        if number and ("heading" in block or "footnotes" in block):
            lines.append("")
        lines += _block(block)
    for key, given in tail.items():
        lines += ["", *_key(key, given)]
    return "\n".join([*lines, ""])


def _key(key: str, given: Any) -> Iterator[str]:
    if not isinstance(given, dict):
        if key in {"date", "contacts"}:
            yield f"{key}: {given}"
        else:
            yield from text_lines(f"{key}:", given, 2)
        return
    yield f"{key}:"
    for name, inner in given.items():
        if key == "facts":
            yield f"  {name}: {mapping(inner)}"
        elif isinstance(inner, dict):
            yield f"  {name}:"
            for each, text in inner.items():
                yield from text_lines(f"    {each}:", text, 6)
        else:
            shown = f'"{name}"' if name.isdecimal() else name
            yield from text_lines(f"  {shown}:", inner, 4)


def _block(block: Mapping[str, Any]) -> Iterator[str]:
    lead = "  - "
    for key, given in block.items():
        if key in {"list", "quote", "columns", "rows"} and isinstance(given, list):
            if key == "columns":
                yield f"{lead}columns: [{', '.join(map(_cell, given))}]"
            else:
                yield f"{lead}{key}:"
                for item in given:
                    yield from _item(key, item)
        elif isinstance(given, bool | int):
            yield f"{lead}{key}: {str(given).lower()}"
        else:
            yield from text_lines(f"{lead}{key}:", given, 6)
        lead = "    "


def _item(key: str, item: Any) -> Iterator[str]:
    if key == "rows":
        yield f"      - [{', '.join(map(_cell, item))}]"
    elif isinstance(item, str):
        yield from text_lines("      -", item, 8)
    else:
        yield from text_lines("      - item:", item["item"], 10)
        if item.get("numbered"):
            yield "        numbered: true"
        yield "        list:"
        for inner in item["list"]:
            yield from text_lines("          -", inner, 12)


def _cell(text: str | None) -> str:
    return "~" if text is None else scalar(text)
