"""Finds the messages of a source file, with what a translator must know of each.

The way from the sources to the catalogs; the way back is ``localize``. Both take a text's role
from the model.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gapress.catalogs.message import Message
from gapress.document import plain
from gapress.localization.facts import plural_category
from gapress.localization.wording import has_words
from gapress.release.fields import ROLES
from gapress.release.markup import footnotes_in, scan
from gapress.release.read import value_at
from gapress.release.schema import json_schema, texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import BaseModel

    from gapress.localization.wording import Wording
    from gapress.release.facts import Fact
    from gapress.release.read import Source
    from gapress.release.yaml import Path


_SHORT = 60


def messages(source: Source[Any], wording: Wording | None = None) -> list[Message]:
    """Return the messages of a release or of the newsroom's file, in the order of the file.

    Args:
        source: The file.
        wording: The language whose values placeholders have in comments; none leaves them out.
    """
    kind: type[BaseModel] = type(source.model)
    schema = json_schema(kind)
    found: dict[tuple[str, str], Message] = {}
    facts = getattr(source.model, "facts", {})
    for path, role, text in texts(schema, source.tree.data):
        # The model holds the text as it is published; the tree has it as it is written.
        published = value_at(source.model, path)
        if not role or not isinstance(published, str) or not has_words(published):
            continue  # a figure, a date or an empty cell has nothing to translate
        text = published
        place = f"{source.tree.file}:{source.tree.position(path)[0]}"
        known = found.get((role, text))
        places = (*known.places, place) if known else (place,)
        comments = known.comments if known else ()
        for comment in _comments(source, path, role, text, facts, wording):
            comments = comments if comment in comments else (*comments, comment)
        places = tuple(dict.fromkeys(places))
        found[role, text] = Message(role, text, places, comments, _categories(text, facts, wording))
    return list(found.values())


def _comments(
    source: Source[Any],
    path: Path,
    role: str,
    text: str,
    facts: Mapping[str, Any],
    wording: Wording | None,
) -> list[str]:
    given = ROLES[role]
    lines = [given.purpose] if given.purpose else []
    if path[0] == "body":
        lines += source.model.body[path[1]].notes(path[2:], source.model)
    notes = getattr(source.model, "footnotes", {})
    lines += [f"[^{name}]: the footnote {_short(notes[name])!r}" for name in footnotes_in(text)]
    if given.limit:
        lines.append(f"At most {given.limit} characters.")
    return lines + [placeholder_comment(name, facts[name], wording) for name in _names(text)]


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(t.value for t in scan(text)[0] if t.kind == "placeholder"))


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…"


def _categories(
    text: str, facts: Mapping[str, Any], wording: Wording | None
) -> tuple[tuple[str, str], ...]:
    if wording is None:
        return ()
    found = ((name, plural_category(facts[name], wording.locale)) for name in _names(text))
    return tuple((name, category) for name, category in found if category)


def placeholder_comment(name: str, fact: Fact, wording: Wording | None) -> str:
    """Return what a translator sees of a placeholder: its value and kind."""
    kind = type(fact).__name__.removesuffix("Fact").lower()
    if wording is None:
        return f"{{{name}}} ({kind})"
    return f"{{{name}}} = {plain(wording.facts[name])} ({kind})"
