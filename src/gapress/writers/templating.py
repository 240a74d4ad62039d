"""Fills the Jinja2 templates of the theme, in a sandbox, escaping everything.

Shared by the writers that start from HTML. A template sees the document, the theme and nothing
else: no files, no environment, no Python objects beyond these.
"""

from __future__ import annotations

import base64
import traceback
from functools import lru_cache
from typing import TYPE_CHECKING

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gapress.document import plain
from gapress.errors import ContentError, Problem

if TYPE_CHECKING:
    from gapress.document import Document, Picture
    from gapress.theme import Theme

_FOLDER = "templates/"
_TEXT_SUFFIXES = (".html", ".css", ".txt")


def fill(name: str, document: Document, theme: Theme) -> str:
    """Return a template of the theme filled with a document.

    Args:
        name: The template's path in ``templates/``.
        document: What it shows, as ``document``.
        theme: The design, as ``theme``.

    Raises:
        ContentError: The template is missing or broken, with its line.
    """
    environment = _environment(theme.digest, _Files(theme))
    fonts = theme.fonts_for(document.language.script)
    try:
        return environment.get_template(name).render(
            document=document,
            theme=theme,
            fonts=fonts,
            labels=document.labels,
        )
    except TemplateSyntaxError as error:
        problem = Problem(f"templates/{error.name or name}", error.lineno, 0, f"{error.message}")
    except (
        TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        LookupError,
        RecursionError,
    ) as error:
        file, line = _place(error, name)
        problem = Problem(file, line, 0, f"the template failed: {error}")
    raise ContentError([problem])


def labels_of(theme: Theme) -> list[str]:
    """Return the labels that the theme's templates use: each ``labels["…"]`` in them.

    Raises:
        ContentError: A template is broken.
    """
    files = _Files(theme)
    environment = _environment(theme.digest, files)
    found: list[str] = []
    for name, text in files.texts().items():
        try:
            tree = environment.parse(text)
        except TemplateSyntaxError as error:
            problem = Problem(f"templates/{name}", error.lineno, 0, f"{error.message}")
            raise ContentError([problem]) from None
        for item in tree.find_all(nodes.Getitem):
            if isinstance(item.node, nodes.Name) and item.node.name == "labels":
                found += [item.arg.value] if isinstance(item.arg, nodes.Const) else []
    return list(dict.fromkeys(found))


class _Files:
    """The text files of a theme; equal to any other, since the digest tells themes apart."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Files)

    def __hash__(self) -> int:
        return 0

    def load(self, name: str) -> tuple[str, str, None] | None:
        """Return a template for Jinja, under the name that a designer knows it by."""
        text = self.texts().get(name)
        return None if text is None else (text, f"{_FOLDER}{name}", None)

    def texts(self) -> dict[str, str]:
        files = self.theme.files.items()
        return {
            name: data.decode("utf-8", "replace")
            for name, data in files
            if name.endswith(_TEXT_SUFFIXES)
        }


@lru_cache(maxsize=4)
def _environment(_digest: str, files: _Files) -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        loader=FunctionLoader(files.load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = plain
    environment.filters["kind"] = _kind
    environment.filters["data_uri"] = _data_uri
    environment.globals.clear()
    return environment


def _kind(node: object) -> str:
    """Return the name of a document's part, for templates to choose by: ``Paragraph``, ``Link``."""
    return type(node).__name__


def _data_uri(picture: Picture) -> str:
    """Return a picture as a data URI (RFC 2397)."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode('ascii')}"


def _place(error: Exception, name: str) -> tuple[str, int]:
    """Return the template and the line in which an error arose, included templates too."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(_FOLDER):
            return frame.filename, frame.lineno or 0
    return f"{_FOLDER}{name}", 0
