"""Inline markup and placeholders: a source or translated text becomes a flat list of tokens.

Both the checks of the source and ``localization`` read texts through this one parser:
CommonMark's emphasis, strong, inline links and backslash escapes (markdown-it-py, every other
rule off), ``[^name]`` for a footnote, and plain ``{name}`` placeholders with ``{{`` and ``}}``
for literal braces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from string import Formatter
from typing import TYPE_CHECKING, Literal

from gapress.release.fields import NOTE_NAME, problem_with_url

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token as MarkdownToken


FORMS = ("masculine", "feminine", "neuter")
"""Genders that a placeholder may ask for: ``{session:feminine}``, of an ordinal."""

# Levels of emphasis, strong and links in each other; readers tell two of them apart.
MAX_DEPTH = 10


class MarkupError(ValueError):
    """A text has markup or placeholders that are not allowed; each reason says how to fix it."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        self.reasons = reasons
        super().__init__("; ".join(reasons))


@dataclass(frozen=True)
class Token:
    """A piece of marked text.

    ``value`` is the characters of a ``text``, the name of a ``placeholder`` or of a ``footnote``,
    or the URL of a ``link``; ``emphasis``, ``strong`` and ``link`` open and ``end`` closes the
    innermost. ``form`` is the gender that a placeholder asks for.
    """

    kind: Literal["text", "placeholder", "footnote", "emphasis", "strong", "link", "end"]
    value: str = ""
    form: str = ""


def tokens(text: str) -> tuple[Token, ...]:
    """Return the tokens of a text.

    Raises:
        MarkupError: Links that are not https, http, mailto or tel, links with a title, braces that
            are not a plain ``{name}``, or ``[^…]`` that is not a plain ``[^name]``.
    """
    found, reasons = scan(text)
    if reasons:
        raise MarkupError(reasons)
    return found


def placeholders(text: str) -> frozenset[str]:
    """Return the names of the placeholders in a text.

    Raises:
        MarkupError: As :func:`tokens`.
    """
    return frozenset(token.value for token in tokens(text) if token.kind == "placeholder")


def footnotes_in(text: str) -> list[str]:
    """Return the names of the footnotes that a text refers to, each once, in its order."""
    found, _ = scan(text)
    return list(dict.fromkeys(token.value for token in found if token.kind == "footnote"))


@lru_cache(maxsize=4096)
def scan(text: str) -> tuple[tuple[Token, ...], tuple[str, ...]]:
    """Return the sound tokens of a text, and the reasons why others are not allowed."""
    # A line break is a space: catalogs wrap texts as they like.
    line = re.sub(r"[ \t]*[\r\n]+[ \t]*", " ", text)
    children = _parser().parseInline(line)[0].children or []
    found: list[Token] = []
    reasons: list[str] = []
    if any(child.level > MAX_DEPTH for child in children):
        reasons.append(f"markup is nested more than {MAX_DEPTH} levels deep; take some away")
    if inside := _FOOTNOTE_IN_LINK.search(line):
        reasons.append(f"the footnote [^{inside[1]}] is inside a link; write it after the link")
    for child in children:
        if child.type == "link_open" and (reason := _problem_with_link(child)):
            reasons.append(reason)
        if child.type == "text":
            _slots(child.content, found, reasons)
        elif child.type == _FOOTNOTE:
            if reason := _problem_with_footnote(child.content):
                reasons.append(reason)
            else:
                found.append(Token("footnote", child.content))
        else:
            found.append(_TOKENS.get(child.type) or Token("link", str(child.attrGet("href"))))
    return tuple(found), tuple(reasons)


_FOOTNOTE = "footnote"
_FOOTNOTE_MARK = re.compile(r"\[\^([^\[\]^]{1,60})\]")
# Such a link is none to the parser, which takes the footnote for a link in a link.
_FOOTNOTE_IN_LINK = re.compile(r"(?<!\\)\[[^\[\]]*\[\^([^\[\]^]{1,60})\][^\[\]]*\]\(")
_FOOTNOTE_NAME = re.compile(NOTE_NAME)
_TOKENS = {
    "em_open": Token("emphasis"),
    "strong_open": Token("strong"),
    "em_close": Token("end"),
    "strong_close": Token("end"),
    "link_close": Token("end"),
}


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import emphasis

    def asterisks_only(state: StateInline, silent: bool) -> bool:
        return state.src[state.pos] == "*" and emphasis.tokenize(state, silent)

    def footnote(state: StateInline, silent: bool) -> bool:
        match = _FOOTNOTE_MARK.match(state.src, state.pos, state.posMax)
        if match is None:
            return False
        if not silent:
            state.push(_FOOTNOTE, "", 0).content = match[1]
        state.pos = match.end()
        return True

    parser = MarkdownIt("zero").enable(["emphasis", "link", "escape"])
    parser.inline.ruler.at("emphasis", asterisks_only)
    parser.inline.ruler.before("link", _FOOTNOTE, footnote)
    # Refused links get a message of their own; markdown-it would leave them in the text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    return parser


def _problem_with_link(child: MarkdownToken) -> str:
    url = str(child.attrGet("href") or "")
    if "%7B" in url or "%7D" in url:
        return "a link address can't hold a placeholder; write the address in full"
    if reason := problem_with_url(url):
        return f"the link {url!r} {reason}"
    if child.attrGet("title") is not None:
        return f"the link {url!r} has a title; write only [words](address)"
    return ""


def _problem_with_footnote(name: str) -> str:
    if not _FOOTNOTE_NAME.fullmatch(name):
        return (
            f"[^{name}] is not a footnote; only [^name] is, made of a-z, 0-9 and _; write \\[^ for "
            "the characters"
        )
    return ""


def _slots(text: str, found: list[Token], reasons: list[str]) -> None:
    try:
        pieces = list(Formatter().parse(text))
    except ValueError:
        reasons.append("a brace stands alone; write {name} for a fact, {{ or }} for a brace")
        return
    for literal, name, spec, conversion in pieces:
        if literal:
            found.append(Token("text", literal))
        if name is None:
            continue
        if _is_plain(name) and (not spec or spec in FORMS) and not conversion:
            found.append(Token("placeholder", name, spec or ""))
            continue
        end = (f"!{conversion}" if conversion else "") + (f":{spec}" if spec else "")
        hint = "only a plain {name} is, made of a-z, 0-9 and _"
        if _is_plain(name) and spec and spec.isalpha() and not conversion:
            hint = f"behind the colon, write one of {', '.join(FORMS)}"
        reasons.append(f"{{{name}{end}}} is not a placeholder; {hint}")


def _is_plain(name: str) -> bool:
    return name.isascii() and name.isidentifier() and name == name.lower()
