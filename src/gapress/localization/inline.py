"""Turns a marked text of one language into typed runs: markup, facts, spacing and isolation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapress.document import Emphasis, Inlines, Isolate, Link, Strong
from gapress.localization.bidi import isolate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapress.document import Direction, Inline
    from gapress.localization.typography import Typography
    from gapress.release.markup import Token


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
    return tuple(_fold(iter(tokens), slots, direction, typography))


def isolated(content: Inlines, own: Direction, around: Direction) -> Inlines:
    """Return content of one direction so that it stands well in text of another."""
    return content if own == around else (Isolate(own, content),)


def _fold(
    tokens: Iterator[Token],
    slots: Mapping[str, Inlines],
    direction: Direction,
    typography: Typography,
) -> Iterator[Inline]:
    for token in tokens:
        match token.kind:
            case "text":
                yield from isolate(typography.apply(token.value), direction)
            case "placeholder":
                yield from slots[token.value]
            case "emphasis":
                yield Emphasis(tuple(_fold(tokens, slots, direction, typography)))
            case "strong":
                yield Strong(tuple(_fold(tokens, slots, direction, typography)))
            case "link":
                yield Link(token.value, tuple(_fold(tokens, slots, direction, typography)))
            case "end":
                return
