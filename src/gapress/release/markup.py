"""Inline markup and placeholders: a source or translated text becomes a flat list of tokens.

Both the checks of the source and ``localization`` read texts through this one parser:
CommonMark's emphasis, strong, inline links and backslash escapes (markdown-it-py, every other
rule off), and plain ``{name}`` placeholders with ``{{`` and ``}}`` for literal braces.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from string import Formatter
from typing import TYPE_CHECKING, Literal

from gapress.release.fields import problem_with_url

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token as MarkdownToken


class MarkupError(ValueError):
    """A text has markup or a placeholder that is not allowed; the message says how to mend it."""


@dataclass(frozen=True)
class Token:
    """A piece of marked text.

    ``value`` is the characters of a ``text``, the name of a ``placeholder`` or the URL of a
    ``link``; ``emphasis``, ``strong`` and ``link`` open and ``end`` closes the innermost.
    """

    kind: Literal["text", "placeholder", "emphasis", "strong", "link", "end"]
    value: str = ""


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text.

    Raises:
        MarkupError: A link that is not https, http, mailto or tel, a link with a title, or
            braces that are not a plain ``{name}``.
    """
    children = _parser().parseInline(text)[0].children or []
    return tuple(token for child in children for token in _token(child))


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the placeholders in a text.

    Raises:
        MarkupError: As :func:`tokens`.
    """
    return frozenset(token.value for token in tokens(text) if token.kind == "placeholder")


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import emphasis

    def asterisks_only(state: StateInline, silent: bool) -> bool:
        return state.src[state.pos] == "*" and emphasis.tokenize(state, silent)

    parser = MarkdownIt("zero").enable(["emphasis", "link", "escape"])
    parser.inline.ruler.at("emphasis", asterisks_only)
    # Refused links get a message of their own; markdown-it would leave them in the text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


def _token(child: MarkdownToken) -> Iterator[Token]:
    match child.type:
        case "text":
            yield from _slots(child.content)
        case "softbreak" | "hardbreak":
            yield Token("text", " ")
        case "em_open":
            yield Token("emphasis")
        case "strong_open":
            yield Token("strong")
        case "link_open":
            yield Token("link", _checked_url(child))
        case "em_close" | "strong_close" | "link_close":
            yield Token("end")
        case _:  # pragma: no cover - no other rule is enabled
            raise MarkupError(f"markup {child.type} is not known")


def _checked_url(child: MarkdownToken) -> str:
    url = str(child.attrGet("href") or "")
    if "%7B" in url or "%7D" in url:
        raise MarkupError("a link address can't hold a placeholder; write the address in full")
    if reason := problem_with_url(url):
        raise MarkupError(f"the link {url!r} {reason}")
    if child.attrGet("title") is not None:
        raise MarkupError(f"the link {url!r} has a title; write only [words](address)")
    return url


def _slots(text: str) -> Iterator[Token]:
    try:
        pieces = list(Formatter().parse(text))
    except ValueError:
        message = "a brace stands alone; write {name} for a fact, {{ or }} for a literal brace"
        raise MarkupError(message) from None
    for literal, name, spec, conversion in pieces:
        if literal:
            yield Token("text", literal)
        if name is None:
            continue
        if spec or conversion or not _is_plain(name):
            written = (
                "{"
                + name
                + (f"!{conversion}" if conversion else "")
                + (f":{spec}" if spec else "")
                + "}"
            )
            message = (
                f"{written} is not a placeholder; only a plain {{name}} is, made of a-z, 0-9 and _"
            )
            raise MarkupError(message)
        yield Token("placeholder", name)


def _is_plain(name: str) -> bool:
    return name.isascii() and name.isidentifier() and name == name.lower()
