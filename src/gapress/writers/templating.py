"""Fills the Jinja2 templates of the theme, in a sandbox, escaping everything but plain text.

Shared by the writers that start from a template. A template sees the document, the theme and
nothing else: no files, no environment, no Python objects beyond these.
"""

from __future__ import annotations

import base64
import traceback
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias

from jinja2 import (
    BytecodeCache,
    FunctionLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateRuntimeError,
    TemplateSyntaxError,
    nodes,
    pass_environment,
)

from gapress.document import Document, FootnoteMark, plain
from gapress.errors import ContentError, Problem
from gapress.shipped import shipped
from gapress.theme import TEMPLATES, reached
from gapress.writers.css import check_filled, check_template
from gapress.writers.sandbox import BoundedEnvironment
from gapress.writers.schema_org import schema_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
    from types import CodeType

    from jinja2 import Environment
    from jinja2.bccache import Bucket
    from jinja2.runtime import Context

    from gapress.document import FactTable, Picture
    from gapress.theme import FontSet, Theme


Filters: TypeAlias = "tuple[tuple[str, Callable[..., Any]], ...]"

_FOLDER = "templates/"
_MOST_COMPILED = 200
_LONG_TO_MEASURE = 400_000  # sum of the squares of the cells' lengths
_WRAPPED = 40  # characters from which a text wraps anyway and gives no column more room
_TEXT_SUFFIXES = (".html", ".css", ".txt")


def fill(
    name: str,
    document: Document,
    theme: Theme,
    filters: Filters = (),
) -> str:
    """Return a template of the theme filled with a document.

    Args:
        name: The template's path in ``templates/``; text is escaped but in ``.txt``.
        document: What it shows, as ``document``.
        theme: The design, as ``theme``.
        filters: What this format's templates can do beyond the others', by name.

    Raises:
        ContentError: The template is missing or broken, with its line.
    """
    variables = {"document": document, "labels": document.labels}
    fonts = theme.fonts_for(document.language.script)
    return fill_page(name, theme, fonts, filters, **variables)


def fill_page(
    name: str, theme: Theme, fonts: FontSet, filters: Filters = (), **variables: object
) -> str:
    """Return a template of the theme filled with a page's own variables.

    Args:
        name: The template's path in ``templates/``.
        theme: The design, as ``theme``.
        fonts: The fonts of the page's script, as ``fonts``.
        filters: What this format's templates can do beyond the others', by name.
        variables: What the page shows, each under its name.

    Raises:
        ContentError: The template is missing or broken, with its line.
    """
    files = _Files(theme.files)
    document = variables.get("document")
    if name in TEMPLATES and isinstance(document, Document):
        _check_places(name, files, document)
    environment = _environment(theme.digest, files, filters)
    environment.begin()
    try:
        return environment.get_template(name).render(theme=theme, fonts=fonts, **variables)
    except TemplateSyntaxError as error:
        problem = Problem(f"templates/{error.name or name}", error.lineno, 0, f"{error.message}")
    except (
        TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        AttributeError,
        LookupError,
        MemoryError,
        RecursionError,
    ) as error:
        file, line = _place(error, name)
        reason = str(error) or "it needs more memory than there is"
        problem = Problem(file, line, 0, f"the template failed: {reason}")
    raise ContentError([problem])


def _check_places(name: str, files: _Files, document: Document) -> None:
    """Refuse a newsroom's own template, older than what a release has, that doesn't show it."""
    asked = {
        "issuers": (document.issuers, ("issuers", "letterhead")),
        "identifiers": (document.identifiers, ("identifiers",)),
        "regulatory": (document.regulatory, ("regulatory",)),
    }
    wanted = {key: names for key, (part, names) in asked.items() if part}
    text = "".join(reached(name, files.texts()).values()) if wanted else ""
    problems = []
    for key, names in wanted.items():
        if not any(f"document.{word}" in text for word in names):
            message = f"has no place for {key}, which this release has"
            hint = f"show document.{names[0]}, as the template does that comes with gapress"
            problems.append(Problem(f"{_FOLDER}{name}", message=message, hint=hint))
    if problems:
        raise ContentError(problems)


def require_footnotes(page: str, document: Document, name: str, hint: str) -> None:
    """Refuse a page that leaves out the footnotes of its document.

    Args:
        page: The page, as HTML.
        document: The document that it shows.
        name: The template that it was made from.
        hint: What to add to that.

    Raises:
        ContentError: It has no footnotes.
    """
    if document.footnotes and 'id="footnote-1"' not in page:
        raise ContentError([Problem(f"{_FOLDER}{name}", 0, 0, "shows no footnotes", hint)])


def get_ready(names: Iterable[str], filters: Filters = ()) -> None:
    """Compile shipped templates; nothing depends on it but time.

    Args:
        names: Their paths in ``templates/``.
        filters: What their format's templates can do beyond the others'.
    """
    folder = shipped("templates")
    environment = _environment(
        "", _Files({name: (folder / name).read_bytes() for name in names}), filters
    )
    for name in names:
        environment.get_template(name)


def labels_of(theme: Theme) -> list[str]:
    """Return the labels that the theme's templates use: each ``labels["…"]`` in them.

    Raises:
        ContentError: A template is broken.
    """
    files = _Files(theme.files)
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

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Files)

    def __hash__(self) -> int:
        return 0

    def load(self, name: str) -> tuple[str, str, None] | None:
        """Return a template for Jinja, under the name that a designer knows it by."""
        text = self.texts().get(name)
        return None if text is None else (text, f"{_FOLDER}{name}", None)

    def texts(self) -> dict[str, str]:
        return {
            name: data.decode("utf-8", "replace")
            for name, data in self._files.items()
            if name.endswith(_TEXT_SUFFIXES)
        }


class _Template(Template):
    """A template whose style sheets are judged, as written and as filled."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - as Jinja calls it
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        template = super().from_code(environment, code, globals, uptodate)
        name, render = template.name or "", template.root_render_func
        if name.endswith(".css") and environment.loader:

            def judged(context: Context) -> Iterator[str]:
                source, *_ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
                check_template(f"{_FOLDER}{name}", source)
                filled = "".join(render(context))
                check_filled(f"{_FOLDER}{name}", filled)
                yield filled

            template.root_render_func = judged
        return template


class _Compiled(BytecodeCache):
    """What templates were compiled to in this process, for every theme that has the same text."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None and len(self._codes) < _MOST_COMPILED:
            self._codes[bucket.key, bucket.checksum] = bucket.code


@lru_cache(maxsize=16)
def _compiled(_filters: Filters) -> _Compiled:
    return _Compiled()


@lru_cache(maxsize=4)
def _environment(_digest: str, files: _Files, filters: Filters = ()) -> BoundedEnvironment:
    environment = BoundedEnvironment(
        loader=FunctionLoader(files.load),
        bytecode_cache=_compiled(filters),
        autoescape=_is_markup,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.template_class = _Template
    environment.filters["plain"] = plain
    environment.filters["kind"] = _kind
    environment.filters["no_part"] = _no_part
    environment.filters["last_mark"] = _last_mark
    environment.filters["data_uri"] = _embedded
    environment.filters["letters_across"] = _letters_across
    environment.filters["column_shares"] = _column_shares
    environment.filters["schema_events"] = schema_events
    environment.filters.update(filters)
    environment.bound_filters()
    environment.globals.clear()
    return environment


def _is_markup(name: str | None) -> bool:
    return name is None or not name.endswith(".txt")


def _kind(node: object) -> str:
    """Return the name of a document's part, for templates to choose by: ``Paragraph``, ``Link``."""
    return type(node).__name__


def _no_part(kind: str) -> NoReturn:
    """Refuse a template that has no part for a kind of block: its text would be missing."""
    raise TemplateRuntimeError(f"it has no part for {kind}; its text would be missing")


def _last_mark(part: object) -> int:
    """Return the highest number of a footnote that a part of a document refers to; 0 for none."""
    if isinstance(part, FootnoteMark):
        return part.number
    if isinstance(part, tuple):
        return max(map(_last_mark, part), default=0)
    if not is_dataclass(part):
        return 0
    return max((_last_mark(getattr(part, item.name)) for item in fields(part)), default=0)


def _letters_across(table: FactTable) -> int:
    """Return how many letters the longest words of a table's columns have together."""
    columns = zip(table.columns, *table.rows, strict=True)
    words = [[word for cell in column for word in plain(cell).split()] for column in columns]
    return sum(max(map(len, column), default=0) for column in words)


def _column_shares(table: FactTable) -> list[int]:
    """Return the width of each column in per cent where a table's cells are too long to measure.

    Columns that may break between any two letters take a renderer time that grows with the square
    of a cell's length. None for a table where that is a second or less.
    """
    columns = [[len(plain(cell)) for cell in column] for column in zip(*table.rows, strict=True)]
    if sum(length**2 for column in columns for length in column) < _LONG_TO_MEASURE:
        return []
    wishes = [min(max(column), _WRAPPED) + 1 for column in columns]
    return [100 * wish // sum(wishes) for wish in wishes]


@pass_environment
def _embedded(environment: BoundedEnvironment, picture: Picture) -> str:
    return environment.embed(data_uri(picture))


def data_uri(picture: Picture) -> str:
    """Return a picture as a data URI (RFC 2397)."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode('ascii')}"


def _place(error: Exception, name: str) -> tuple[str, int]:
    """Return the template and the line in which an error arose, included templates too."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith(_FOLDER):
            return frame.filename, frame.lineno or 0
    return f"{_FOLDER}{name}", 0
