"""Theme: what the newsroom's files look like, read once and handed to every writer.

Colours, fonts, logo and paper come from ``theme`` in ``releases/_newsroom.yaml``, and the
templates from ``templates/`` (the workspace's own files before the shipped ones).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from functools import cached_property
from os.path import lexists
from typing import TYPE_CHECKING, Literal

from gapress.document import BLOCKS, INLINES
from gapress.errors import ContentError, Problem
from gapress.release.media import check_picture
from gapress.shipped import shipped, template_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapress.document import Picture
    from gapress.workspace import Workspace

DEFAULT_SCRIPT = "default"
FONTS_FOLDER = "fonts/"
"""Inside ``templates/``: font files of the newsroom's own."""


@dataclass(frozen=True)
class Colours:
    """Colours as ``#rrggbb``; each meets WCAG AA on its background in the shipped theme."""

    accent: str
    text: str
    muted: str
    rule: str
    surface: str
    alert: str


@dataclass(frozen=True)
class FontSet:
    """The font families of one script.

    ``text``, ``headline`` and ``label`` are families in ``templates/fonts/`` or of pinned packages,
    and are embedded in the PDF;
    ``word_text`` and ``word_headline`` are families that word processors have.
    """

    text: str
    headline: str
    label: str
    word_text: str
    word_headline: str

    @property
    def families(self) -> tuple[str, ...]:
        """The families that the PDF is set in, each once."""
        return tuple(dict.fromkeys((self.text, self.headline, self.label)))


@dataclass(frozen=True)
class Theme:
    """Everything a writer needs beside the document.

    Attributes:
        paper: Paper size of PDF and DOCX.
        colours: The palette.
        fonts: Font sets by script (ISO 15924), with ``default`` for every other script.
        logo: The letterhead's logo; none without one.
        files: Every file of ``templates/`` by its path there, ``/`` between folders.
        fallback: Further families that a document needs for characters that the sets lack.
        logos: The logos of the newsroom and of other issuers, by file name.
    """

    paper: Literal["A4", "Letter"]
    colours: Colours
    fonts: Mapping[str, FontSet]
    logo: Picture | None
    files: Mapping[str, bytes] = field(repr=False)
    fallback: tuple[str, ...] = ()
    logos: Mapping[str, Picture] = field(default_factory=dict, repr=False)

    def fonts_for(self, script: str) -> FontSet:
        """Return the font set of a script (ISO 15924 code), or the default one."""
        return self.fonts.get(script) or self.fonts[DEFAULT_SCRIPT]

    @cached_property
    def families(self) -> tuple[str, ...]:
        """Every font family, those of the default set first: what one lacks, the next has."""
        sets = (self.fonts[DEFAULT_SCRIPT], *self.fonts.values())
        named = (family for fonts in sets for family in fonts.families)
        return tuple(dict.fromkeys((*named, *self.fallback)))

    @cached_property
    def own_fonts(self) -> tuple[tuple[str, bytes], ...]:
        """The files of the newsroom's ``templates/fonts/``: name in messages, and bytes."""
        inside = (name for name in sorted(self.files) if name.startswith(FONTS_FOLDER))
        return tuple((f"templates/{name}", self.files[name]) for name in inside)

    @cached_property
    def digest(self) -> str:
        """SHA-256 over everything in the theme, in hexadecimal."""
        state = hashlib.sha256(
            repr((self.paper, self.colours, sorted(self.fonts.items()))).encode()
        )
        if self.logo:
            state.update(self.logo.data)
        for name, data in sorted(self.files.items()):
            state.update(f"{name}:{len(data)}:".encode())
            state.update(data)
        return state.hexdigest()


def load_theme(workspace: Workspace) -> Theme:
    """Return the theme of a newsroom.

    Raises:
        ContentError: A file of the theme is missing, damaged or out of the workspace, or a template
            has no part for a kind of block.
    """
    newsroom = workspace.newsroom.model
    entry = newsroom.theme
    files = {**_shipped_files(workspace), **_own_files(workspace)}
    if problems := list(_lacking_parts(files)):
        raise ContentError(problems)
    fonts = {script: FontSet(**chosen.model_dump()) for script, chosen in entry.fonts.items()}
    named = {"theme": entry.logo}
    named |= {f"issuers: {key}": one.logo for key, one in newsroom.issuers.items()}
    logos = {logo: _logo(logo, files, place) for place, logo in named.items() if logo}
    logo = logos.get(entry.logo or "")
    colours = Colours(**entry.colours.model_dump())
    return Theme(entry.paper, colours, {**SHIPPED_FONTS, **fonts}, logo, files, logos=logos)


def _logo(name: str, files: Mapping[str, bytes], place: str) -> Picture:
    if name not in files:
        hint = f"put it there, or change {place}: logo: in releases/_newsroom.yaml"
        raise ContentError([Problem(f"templates/{name}", message="is missing", hint=hint)])
    return check_picture(name, files[name], f"templates/{name}")


TEMPLATES = ("release.html", "release.pdf.html", "email.html", "release.txt")
"""The template that each format starts from."""

_NEEDED = re.compile(r"""\{%-?\s*(?:import|include|from|extends)\s+["']([^"']+)["']""")


# What the parts of some kinds may have, which a copy of an older template would leave out.
_SHOWN = {
    "footnotes": "the footnotes of a document",
    "entries": "the lists in the items of a list",
    "paragraphs": "the further paragraphs of a quotation",
    "speakers": "the further speakers of a quotation",
    "record": "the words of a quotation that are on record",
}
_KIND = re.compile(r"""["']([A-Z][A-Za-z]+)["']""")


def _lacking_parts(files: Mapping[str, bytes]) -> Iterator[Problem]:
    """Yield what of a document's parts a format's templates don't name anywhere."""
    texts = {name: data.decode("utf-8", "replace") for name, data in files.items()}
    for root in TEMPLATES:
        taken_in = reached(root, texts)
        named = {name: set(_KIND.findall(text)) for name, text in taken_in.items()}
        kinds = {kind.__name__ for kind in (BLOCKS if root.endswith(".txt") else BLOCKS + INLINES)}
        home = max(named, key=lambda name: len(named[name] & kinds), default=root)
        lacking = kinds.difference(*named.values())
        for kind in sorted(lacking) if lacking != kinds else ():  # such a template shows no body
            message = f"has no part for {kind}, which would be missing from {root}"
            hint = (
                f'add what shows it, behind {{% elif kind == "{kind}" %}}; '
                f"gapress templates diff {home} shows the shipped one"
            )
            yield Problem(f"templates/{home}", message=message, hint=hint)
        together = "\n".join(taken_in.values())
        for name, shown in _SHOWN.items() if lacking != kinds else ():
            if not lacking and f".{name}" not in together:
                message = f"shows nothing of {shown}, which would be missing from {root}"
                hint = f"take {home} of this version, or add .{name} as it has it"
                yield Problem(f"templates/{home}", message=message, hint=hint)


def reached(root: str, texts: Mapping[str, str]) -> dict[str, str]:
    """Return a template and all that it takes in, by name.

    Args:
        root: The template's path in ``templates/``.
        texts: All templates by their paths there.
    """
    found: dict[str, str] = {}
    wanted = [root]
    while wanted:
        name = wanted.pop()
        if name in texts and name not in found:
            found[name] = texts[name]
            wanted += _NEEDED.findall(texts[name])
    return found


SHIPPED_FONTS = {
    DEFAULT_SCRIPT: FontSet(
        text="IBM Plex Serif",
        headline="IBM Plex Serif",
        label="IBM Plex Sans Arabic",
        word_text="Georgia",
        word_headline="Georgia",
    ),
    "Arab": FontSet(
        text="IBM Plex Sans Arabic",
        headline="IBM Plex Sans Arabic",
        label="IBM Plex Sans Arabic",
        word_text="Arial",
        word_headline="Arial",
    ),
    **{
        script: FontSet("IBM Plex Serif", "IBM Plex Serif", "IBM Plex Sans Arabic", text, headline)
        for script, (text, headline) in {
            "Hans": ("SimSun", "Microsoft YaHei"),
            "Hant": ("PMingLiU", "Microsoft JhengHei"),
            "Hebr": ("Arial", "Arial"),
            "Jpan": ("MS Mincho", "MS Gothic"),
            "Kore": ("Batang", "Malgun Gothic"),
            "Tfng": ("Ebrima", "Ebrima"),
        }.items()
    },
}
"""The PDFs' letters of the scripts in the second half come from the fallback families."""


SHIPPED_FAMILIES = tuple(
    dict.fromkeys(family for fonts in SHIPPED_FONTS.values() for family in fonts.families)
)


def _shipped_files(workspace: Workspace) -> dict[str, bytes]:
    found = {
        n: workspace.read_shipped("templates", n) for n in template_names(shipped("templates"))
    }
    return {name: data for name, data in found.items() if data is not None}


def _own_files(workspace: Workspace) -> dict[str, bytes]:
    root = workspace.root / "templates"
    if not root.is_dir() or root == shipped("templates"):
        return {}
    meant = {*template_names(root), *template_names(shipped("templates"))}
    names = [name for name in sorted(meant) if lexists(root / name)]
    return {name: workspace.read_bytes(root / name) for name in names}
