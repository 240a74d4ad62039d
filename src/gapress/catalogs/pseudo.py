"""Pseudo-locales: made-up translations that show how a layout bears other languages.

``en-XA`` is longer and accented; ``ar-XB`` runs right-to-left, in Arabic letters that say nothing.
They need no catalogs, and placeholders, markup and addresses stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gapress.catalogs.store import Entry
from gapress.catalogs.translations import Translations

if TYPE_CHECKING:
    from gapress.catalogs.translations import Domain

# Code and tag of each pseudo-locale, and the locale that formats its facts.
PSEUDO = {"en-XA": "en-GB", "ar-XB": "ar-MA"}

_KEPT = re.compile(
    r"(\[\^\w+\]|\{\w*(?::\w+)?\}|\{\{|\}\}|\]\([^)]*\)|https?://\S+|[\w.+-]+@[\w.-]+|\\.)"
)
_ACCENTED = str.maketrans("AaCcEeIiNnOoSsUuYyZz", "ÅáÇçÉéÎîÑñÖöŠšÛûÝýŽž")
_ARABIC = str.maketrans(
    "abcdefghijklmnopqrstuvwxyz,;?“”",
    "ابجدهفغحيكقلمنوپقرستعفوشيز،؛؟»«",
)


@dataclass(frozen=True)
class PseudoTranslations(Translations):
    """Finds a made-up translation for every message."""

    code: str = "en-XA"

    def find(self, domain: Domain, context: str, source: str) -> Entry | None:
        """Return the source text, made up as another language."""
        del domain, context
        make = accented if self.code == "en-XA" else arabic
        return Entry(make(source), (), "", 0)


def pseudo_translations(code: str, labels: tuple[str, ...]) -> PseudoTranslations:
    """Return the translations of a pseudo-locale."""
    nothing: dict[Domain, str] = {"release": "", "newsroom": "", "gapress": ""}
    return PseudoTranslations(dict.fromkeys(nothing, ()), nothing, labels, code)


def accented(text: str) -> str:
    """Return a text with accents, and a third longer, as translations into German or French are."""
    made = "".join(
        part if _KEPT.fullmatch(part) else part.translate(_ACCENTED) for part in _parts(text)
    )
    letters = sum(character.isalpha() for character in text)
    return f"{made} {'øø ' * max(1, letters // 9)}".rstrip() if letters else made


def arabic(text: str) -> str:
    """Return a text with each Latin letter replaced by an Arabic one."""
    return "".join(
        part if _KEPT.fullmatch(part) else _plain(part).lower().translate(_ARABIC)
        for part in _parts(text)
    )


def _parts(text: str) -> list[str]:
    return [part for part in _KEPT.split(text) if part]


def _plain(text: str) -> str:
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
