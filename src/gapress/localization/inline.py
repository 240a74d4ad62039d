"""Turns a marked text of one language into typed runs: markup, facts, spacing and isolation."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from gapress.document import Emphasis, Inlines, Isolate, Link, Strong, plain
from gapress.localization.bidi import isolate
from gapress.release.markup import Token

# Stands for a placeholder or for markup; no text may hold it (it is for private use).
_ELSE = "\ue000"

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapress.document import Direction, Inline
    from gapress.localization.typography import Typography


def inlines(
    tokens: tuple[Token, ...],
    slots: Mapping[str, Inlines],
    direction: Direction,
    typography: Typography,
) -> Inlines:
    """Return the runs of a text.

    Args:
        tokens: The text's markup; every placeholder in it has its slot.
        slots: What stands for each placeholder.
        direction: The direction of the text around it.
        typography: The language's spacing.
    """
    spaced = _with_one_stop(_spaced(tokens, typography), slots)
    return tuple(_fold(iter(spaced), slots, direction))


def isolated(content: Inlines, own: Direction, around: Direction) -> Inlines:
    """Return content of one direction so that it stands well in text of another."""
    return content if own == around else (Isolate(own, content),)


def _spaced(tokens: tuple[Token, ...], typography: Typography) -> list[Token]:
    """Return the tokens with the language's spaces, across markup and placeholders.

    Letters and accents are put together (Unicode Normalization Form C), as W3C asks of web pages
    ("Character Model for the World Wide Web: String Matching", 3.1.1).
    """
    text = "".join(token.value if token.kind == "text" else _ELSE for token in tokens)
    pieces = typography.apply(unicodedata.normalize("NFC", text)).split(_ELSE)
    others = [token for token in tokens if token.kind != "text"]
    spaced = [Token("text", pieces[0])]
    for token, piece in zip(others, pieces[1:], strict=True):
        spaced += [token, Token("text", piece)]
    return [token for token in spaced if token.kind != "text" or token.value]


def _with_one_stop(tokens: list[Token], slots: Mapping[str, Inlines]) -> list[Token]:
    """Return the tokens without the full stop after a value that ends in one, as د.م. does."""
    found: list[Token] = []
    for token in tokens:
        before = found[-1] if found else token
        stops = token.kind == "text" and re.match(r"\.(?!\.)", token.value)
        if stops and before.kind == "placeholder" and _ends_in_stop(slots[before.value]):
            token = Token("text", token.value[1:])
        found.append(token)
    return [token for token in found if token.kind != "text" or token.value]


def _ends_in_stop(content: Inlines) -> bool:
    shown = "".join(c for c in plain(content) if unicodedata.category(c) != "Cf")
    return shown.endswith(".")


def _fold(
    tokens: Iterator[Token],
    slots: Mapping[str, Inlines],
    direction: Direction,
) -> Iterator[Inline]:
    for token in tokens:
        match token.kind:
            case "text":
                yield from isolate(token.value, direction)
            case "placeholder":
                yield from slots[token.value]
            case "emphasis":
                yield Emphasis(tuple(_fold(tokens, slots, direction)))
            case "strong":
                yield Strong(tuple(_fold(tokens, slots, direction)))
            case "link":
                yield Link(token.value, tuple(_fold(tokens, slots, direction)))
            case "end":
                return
