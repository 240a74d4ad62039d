"""Finds the messages of a source file, with what a translator must know of each.

The way from the sources to the catalogs; the way back is ``localize``. Both take a text's role
from the model.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from gapress.catalogs.message import Message
from gapress.document import plain
from gapress.localization.facts import plural_category
from gapress.localization.localize import shows
from gapress.localization.wording import has_words
from gapress.release.facts import BlankFact
from gapress.release.fields import ROLES
from gapress.release.markup import footnotes_in, scan
from gapress.release.read import value_at
from gapress.release.schema import json_schema, texts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from pydantic import BaseModel

    from gapress.localization.wording import Wording
    from gapress.release.facts import Fact
    from gapress.release.read import Source
    from gapress.release.yaml import Path


_SHORT = 60


def messages(
    source: Source[Any], languages: Collection[str] = (), wording: Wording | None = None
) -> list[Message]:
    """Return the messages of a release or of the newsroom's file, in the order of the file.

    Args:
        source: The file.
        languages: The languages to translate into; what none of them shows is left out. Without
            any, nothing is.
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
        if languages and not any(is_shown(source.model, path, code) for code in languages):
            continue
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


def is_shown(model: Any, path: Path, code: str) -> bool:
    """Whether a language shows what stands at a place of a file.

    Args:
        model: The file's model.
        path: The place.
        code: The language.
    """
    part: Any = model
    for step in path[:-1]:
        part = value_at(part, (step,))
        if not shows(part, code):
            return False
    if path[0] != "people":
        return True
    said = [block for block in model.body if getattr(block, "speaker", "") == path[1]]
    return not said or any(shows(block, code) for block in said)


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
    found = (
        (name, plural_category(facts[name], wording.locale))
        for name in _names(text)
        if not _is_open(facts[name]) or _stands_before_words(name, text)
    )
    return tuple((name, category) for name, category in found if category)


def _is_open(fact: Fact) -> bool:
    """Whether it is a blank that never had a value: words beside it may be right for any."""
    return isinstance(fact, BlankFact) and fact.former is None


def _stands_before_words(name: str, text: str) -> bool:
    """Whether a word follows a placeholder, as in "{hurt} people", and not in "Hurt: {hurt}"."""
    after = pairwise(scan(text)[0])
    return any(
        one.kind == "placeholder" and one.value == name and two.value.lstrip()[:1].isalpha()
        for one, two in after
    )


def placeholder_comment(name: str, fact: Fact, wording: Wording | None) -> str:
    """Return what a translator sees of a placeholder: value, kind, how it was computed."""
    if isinstance(fact, BlankFact):
        kind = f" ({fact.kind})" if fact.kind else ""
        any_fits = "; words beside it must fit any number" if fact.is_of_figure else ""
        return f"{{{name}}}: still to be filled: {fact.blank}{kind}{any_fits}"
    kind = type(fact).__name__.removesuffix("Fact").lower()
    kind += f": {fact.how}" if fact.how else ""
    if wording is None:
        return f"{{{name}}} ({kind})"
    return f"{{{name}}} = {plain(wording.facts[name])} ({kind})"
