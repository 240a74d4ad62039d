r"""What a style sheet would load, and what would end the page's style element, by its tokens.

Judged on tokens as browsers read them (CSS Syntax 3), since escapes and comments hide names from
any search in the text: ``\75rl(…)`` is ``url(…)``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import tinycss2

from gapress.errors import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# What may stand in a style sheet: pictures, and fonts.
_EMBEDDED = re.compile(
    r"\s*(?:#|data:\s*(?:image/|font/|application/(?:x-)?font|,))", re.IGNORECASE
)
_ADDRESS = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
_PICTURE_FUNCTIONS = {
    "url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade",
    "element", "-moz-element", "paint", "url-prefix",
}  # fmt: skip
_UNKNOWN = {"var", "attr", "env", "if", "inherit"}
_REFUSED_RULES = {"import", "namespace", "document", "-moz-document"}
_ENDS = re.compile(r"</\s*style|<!--|-->|\]\]>", re.IGNORECASE)
_JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_MOST_SHOWN = 80


@dataclass(frozen=True)
class Offence:
    """Something that a style sheet may not have.

    Attributes:
        line: Its line, from 1.
        column: Its column, from 1.
        message: What is wrong.
        hint: What to do about it.
    """

    line: int
    column: int
    message: str
    hint: str

    def problem(self, file: str) -> Problem:
        """Return it as a problem of a file."""
        return Problem(file, self.line, self.column, self.message, self.hint)


def check_template(name: str, source: str) -> None:
    """Refuse a style sheet as the designer wrote it, Jinja's parts left out.

    Raises:
        ContentError: It would load something or end its element, each with its line and column.
    """
    without = _JINJA.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source)
    _refuse(name, offences(without))


def check_filled(name: str, css: str) -> None:
    """Refuse a style sheet as it goes into a file.

    Raises:
        ContentError: It would load something, or end its element.
    """
    found = [Offence(0, 0, each.message, each.hint) for each in offences(css)]
    _refuse(name, found)


def _refuse(name: str, found: Sequence[Offence]) -> None:
    if found:
        raise ContentError(each.problem(name) for each in found)


@lru_cache(maxsize=64)
def offences(css: str) -> tuple[Offence, ...]:
    """Return what a style sheet, or the value of a style attribute, may not have."""
    found = list(_ends(css))
    if not found:
        tokens = tinycss2.parse_component_value_list(css)
        found = [
            Offence(
                token.source_line,
                token.source_column,
                f"the page would load {address.strip()[:_MOST_SHOWN]}",
                "embed it as a data: URI: a kit must need no network",
            )
            for token, address in _loads(tokens)
        ]
    return tuple(found)


def _ends(css: str) -> Iterator[Offence]:
    if match := _ENDS.search(css):
        line = css.count("\n", 0, match.start()) + 1
        column = match.start() - css.rfind("\n", 0, match.start())
        message = f"{match[0]} ends the style sheet, and what follows becomes part of the page"
        yield Offence(line, column, message, "delete it; in a text, write it as \\3c and the rest")


def _loads(tokens: Sequence[Any], function: str = "") -> Iterator[tuple[Any, str]]:
    """Yield each token that loads something, with what it loads."""
    for index, token in enumerate(tokens):
        match token.type:
            case "url":
                if not _is_embedded(token.value):
                    yield token, token.value
            case "string":
                is_address = function in _PICTURE_FUNCTIONS or _ADDRESS.match(token.value)
                if function and is_address and not _is_embedded(token.value):
                    yield token, token.value
            case "function":
                yield from _in_function(token, function)
            case "at-keyword":
                if token.lower_value in _REFUSED_RULES:
                    yield token, _rule(tokens[index:])
            case "error":
                if token.kind == "bad-url":
                    yield token, "url(…)"
            case "() block" | "[] block" | "{} block":
                yield from _loads(token.content, function if token.type[0] == "(" else "")


def _in_function(token: Any, around: str) -> Iterator[tuple[Any, str]]:
    name = token.lower_name
    if name in _UNKNOWN:
        words = {each.lower_value for each in token.arguments if each.type == "ident"}
        nested = {each.lower_name for each in token.arguments if each.type == "function"}
        if around in _PICTURE_FUNCTIONS or (
            name == "attr" and ("url" in words or "type" in nested)
        ):
            yield token, token.serialize()
            return
        yield from _loads(token.arguments, name)
    elif name in {"type", "format", "local", "tech", "counter", "counters", "selector"}:
        return  # names, not addresses
    else:
        yield from _loads(token.arguments, name)


def _is_embedded(address: str) -> bool:
    return not address.strip() or bool(_EMBEDDED.match(address))


def _rule(tokens: Sequence[Any]) -> str:
    """Return the address of a rule such as ``@import``, or the rule."""
    for token in tokens:
        if token.type in {"url", "string"}:
            return str(token.value)
        if token.type in {"{} block", "literal"}:
            break
    return f"@{tokens[0].value}"
