"""Takes in the designer's Word template: first step of the DOCX writer, once for each template.

It refuses what must not be published (``refusals``), takes out what is the designer's own
(``removals``), gives styles back the names that other programs changed, and makes sure that every
text of a release has its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from docx.oxml.ns import qn

from gapress.errors import ContentError
from gapress.writers.docx import refusals
from gapress.writers.docx.contents import TYPES, Contents, read
from gapress.writers.docx.ooxml import new, put, w
from gapress.writers.docx.parts import BLOCK_PARTS, INLINE_PARTS, LATER_PARTS, LOGO
from gapress.writers.docx.placeholders import (
    BRACE,
    BRACED,
    PLACEHOLDER,
    nearest,
    pieces,
    words,
)
from gapress.writers.docx.removals import clean, drop_parts
from gapress.writers.docx.story import missing_styles, restore_names, template_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.errors import Problem
    from gapress.writers.docx.ooxml import Element
    from gapress.writers.docx.refusals import Findings

_KNOWN = (*INLINE_PARTS, *BLOCK_PARTS, LOGO)
# What may be left out: furniture of the page. Everything else is text of a release, which must not
# be missing from one of its files; a part that is empty takes no room.
_FURNITURE = frozenset(
    {"logo", "organisation", "end_mark", "page_label", "contacts_title", "draft_line"}
)
# One of these sets says when the release may be published.
_RELEASE_LINE = ({"release_line"}, {"immediate_release", "embargo"})
_STORIES = ("header", "footer")
_PROPERTIES = "extended-properties"  # replaced in every file
_DOTX, _DOCX = b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"


@dataclass(frozen=True)
class Template:
    """A template that was taken in.

    Attributes:
        data: The file, cleaned; empty if it was refused.
        problems: Why it was refused.
        paper: Width and height of its pages in twentieths of a point, 0 where it says nothing.
    """

    data: bytes
    problems: tuple[Problem, ...]
    paper: tuple[int, int] = (0, 0)


@lru_cache(maxsize=2)
def take_in(data: bytes) -> Template:
    """Return the template of a theme as it may be used; kept, as every file is made from it."""
    try:
        contents = read(data)
        problems = tuple(_look_over(contents))
    except ContentError as error:
        return Template(b"", error.problems)
    paper = _paper(contents.roots[_main(contents)])
    return Template(b"" if problems else contents.packed(), problems, paper)


def _main(contents: Contents) -> str:
    for relation in contents.relations(""):
        if relation.kind == "officeDocument" and relation.target in contents.roots:
            return relation.target
    raise ContentError(
        [template_problem("the Word template can't be read: it holds no text", "save it in Word")]
    )


def _look_over(contents: Contents) -> Iterator[Problem]:
    main = _main(contents)
    contents.parts[TYPES] = contents.parts[TYPES].replace(_DOTX, _DOCX)
    contents.roots.pop(TYPES)
    found = refusals.Findings()
    refusals.look_at_parts(contents, found)
    drop_parts(contents)
    refusals.look_at_the_rest(contents, found)
    relations = contents.published()
    kinds = {r.target: r.kind for entries in relations.values() for r in entries}
    published = [
        name for name in relations if name in contents.roots and kinds.get(name) != _PROPERTIES
    ]
    for name in published:
        root = contents.roots[name]
        refusals.look_at_text(name, root, found)
        clean(root)
        fillable = name == main or kinds[name] in _STORIES
        if fillable:
            _look_at_placeholders(name, root, found)
        refusals.look_at_braces(name, root, found, fillable=fillable)
    _complete_section(contents.roots[main])
    yield from found.problems()
    yield from _missing_parts(contents, main)
    yield from _styles(contents, main)


def _look_at_placeholders(part: str, root: Element, found: Findings) -> None:
    """Find unknown and misspelt placeholders, and those in the wrong place."""
    for paragraph in root.iter(w("p")):
        text = words(pieces(paragraph))
        if not BRACE.search(text):
            continue
        rest = PLACEHOLDER.sub(lambda m: "" if m[1] in _KNOWN else m[0], text)
        for match in BRACED.finditer(rest):
            meant = nearest(match[1], _KNOWN)
            known = f"known ones are {', '.join(sorted(_KNOWN))}"
            hint = f"did you mean {{{{ {meant} }}}}?" if meant else known
            found.add(f"an unknown placeholder {match[0]}", part, paragraph, hint)
        if BRACE.search(BRACED.sub("", rest)):
            hint = "write both braces at both ends, on one line"
            found.add("half a placeholder", part, paragraph, hint)
        for name in PLACEHOLDER.findall(text):
            if name in (*BLOCK_PARTS, LOGO) and PLACEHOLDER.fullmatch(text.strip()) is None:
                found.add(
                    f"other text beside {{{{ {name} }}}}", part, paragraph,
                    "put this placeholder into a paragraph of its own",
                )  # fmt: skip


def _missing_parts(contents: Contents, main: str) -> Iterator[Problem]:
    """Yield a problem if a text of a release has no place on the first pages."""
    # What is misspelt or in a tracked change has been told, and is not told again as missing.
    names = {
        nearest(match[1], _KNOWN)
        for part in (main, *_first_stories(contents, main))
        for paragraph in contents.roots[part].iter(w("p"))
        for match in BRACED.finditer("".join(t.text or "" for t in paragraph.iter(w("t"))))
    }
    line = set().union(*_RELEASE_LINE)
    needed = [n for n in _KNOWN if n not in _FURNITURE and n not in LATER_PARTS]
    missing = [n for n in needed if n not in names and n not in line]
    if not any(wanted <= names for wanted in _RELEASE_LINE):
        missing += [name for name in ("immediate_release", "embargo") if name not in names]
    if missing:
        listed = ", ".join(f"{{{{ {name} }}}}" for name in missing)
        yield template_problem(
            f"the Word template has no place for {listed}: texts of a release would be lost",
            "add each in a paragraph of its own; where a part is empty its paragraph is left out",
        )


def _first_stories(contents: Contents, main: str) -> Iterator[str]:
    """Yield the header and the footer of the first page (17.10)."""
    targets = {r.id: r.target for r in contents.relations(main)}
    section = next(contents.roots[main].iter(w("sectPr")), None)
    if section is None:
        return
    title = section.find(w("titlePg"))
    has_own = title is not None and title.get(w("val"), "true") not in {"0", "false", "off"}
    wanted = "first" if has_own else "default"
    for reference in section.iterchildren(w("headerReference"), w("footerReference")):
        target = targets.get(reference.get(qn("r:id"), ""), "")
        if reference.get(w("type")) == wanted and target in contents.roots:
            yield target


def _styles(contents: Contents, main: str) -> Iterator[Problem]:
    kinds = {r.kind: r.target for r in contents.relations(main)}
    sheet = contents.roots.get(kinds.get("styles", ""))
    if sheet is not None:
        restore_names(sheet)
    if missing := missing_styles(sheet):
        yield template_problem(
            f"the Word template lacks the styles {', '.join(missing)}",
            "add them in Word, or take the shipped template",
        )
    if kinds.get("theme") not in contents.roots:
        yield template_problem("the Word template has no theme", "take the shipped template")


def _complete_section(root: Element) -> None:
    """Give the text its page settings (17.6.17), which some programs leave out."""
    body = root.find(w("body"))
    if body is None:
        return
    section = body.find(w("sectPr"))
    if section is None:
        section = new("sectPr")
        body.append(section)
    if section.find(w("pgMar")) is None:
        sides = dict.fromkeys(("top", "right", "bottom", "left"), "1418")
        put(section, "pgMar", **sides, header="737", footer="624", gutter="0")


def _paper(root: Element) -> tuple[int, int]:
    size = next(root.iter(w("pgSz")), None)
    if size is None:
        return 0, 0
    width, height = (size.get(w(name), "") for name in ("w", "h"))
    if not (re.fullmatch(r"\d{1,6}", width) and re.fullmatch(r"\d{1,6}", height)):
        return 0, 0
    return int(width), int(height)
