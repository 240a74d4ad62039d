"""Turns a marked text of one language into typed runs: markup, facts, spacing and isolation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gapress.document import Emphasis, Inlines, Isolate, Link, Strong
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
    return tuple(_fold(iter(_spaced(tokens, typography)), slots, direction))


def isolated(content: Inlines, own: Direction, around: Direction) -> Inlines:
    """Return content of one direction so that it stands well in text of another."""
    return content if own == around else (Isolate(own, content),)


def _spaced(tokens: tuple[Token, ...], typography: Typography) -> list[Token]:
    """Return the tokens with the language's spaces, across markup and placeholders."""
    text = "".join(token.value if token.kind == "text" else _ELSE for token in tokens)
    pieces = typography.apply(text).split(_ELSE)
    others = [token for token in tokens if token.kind != "text"]
    spaced = [Token("text", pieces[0])]
    for token, piece in zip(others, pieces[1:], strict=True):
        spaced += [token, Token("text", piece)]
    return [token for token in spaced if token.kind != "text" or token.value]


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
