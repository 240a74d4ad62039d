"""Looks into a line with a list in brackets or keys in braces, as far as YAML can't.

``release.slips`` asks here which entry of a row is at fault.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# A row in which nothing can be wrong: most rows of a long table.
_SAFE = re.compile(r"\[[\w .,;()+/“”‘’–—-]*\]")


@dataclass(frozen=True)
class Part:
    """An entry of a list in brackets, or the value of a key in braces.

    Attributes:
        start: Its column in the row.
        text: What was typed.
    """

    start: int
    text: str

    @property
    def is_broken(self) -> bool:
        """Whether YAML can't read it."""
        return self.text.startswith("#") or not reads(f"[{self.text}]")

    @property
    def is_text(self) -> bool:
        """Whether it is a text that YAML reads as keys: a placeholder, or with a colon."""
        first = self.text[0]
        return bool(re.fullmatch(r"\{[a-z][a-z0-9_]*\}", self.text)) or (
            first not in "[{'\"" and bool(re.search(r":(?: |$)", self.text))
        )


def reads(value: str) -> bool:
    """Whether YAML reads a value that begins with a bracket or brace."""
    if _SAFE.fullmatch(value):
        return True
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        YAML(typ="safe", pure=True).compose(f"x: {value}\n".replace("\n", "\n  ").rstrip(" "))
    except (YAMLError, ValueError, AssertionError, IndexError, AttributeError, RecursionError):
        return False
    return True


def _unquoted(text: str) -> str:
    """Return a text with what stands in quotes, and comments, blanked out: same length."""

    def blank(match: re.Match[str]) -> str:
        return "_" * len(match[0])

    return re.sub(r"(?:(?<=[\[{,:\s])|^)(?:'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\")", blank, text)


def depth(text: str) -> int:
    """Return how many brackets and braces a text opens more than it closes."""
    text = re.sub(r"(?m)(?:^|(?<=\s))#.*", "", _unquoted(text))
    return sum(text.count(c) for c in "[{") - sum(text.count(c) for c in "]}")


def parts(row: str) -> list[Part]:
    """Return the entries of a list in brackets that stands on one line, nested ones apart."""
    plain = _unquoted(row)
    pairs = plain[0] == "{"
    found: list[Part] = []
    level, start = 0, 0
    for index, character in enumerate(f"{plain},"):
        if level == 1 and start and (character in ",]}" and (character == "," or level == 1)):
            text = row[start:index]
            offset = 0
            if pairs and (colon := re.match(r"\s*[\w-]+:\s+", text)):
                offset = colon.end()
            entry = text[offset:].strip(" \t")
            if entry:
                found.append(Part(start + text.index(entry, offset), entry))
            start = index + 1
        if character in "[{":
            level += 1
            start = index + 1 if level == 1 else start
        elif character in "]}":
            level -= 1
    return found
