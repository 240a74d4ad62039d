"""Why an SVG can't be published."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from lxml.etree import _Element

WAY_OUT = "fix it in the drawing program (text: convert to paths), or export as PNG"


class SvgError(Exception):
    """An SVG can't be published.

    Attributes:
        message: What is wrong.
        hint: What to do about it.
        line: The line in the file; 0 where the whole file is meant.
    """

    def __init__(self, message: str, hint: str = WAY_OUT, element: _Element | None = None) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint
        self.line = 0 if element is None else cast("int", element.sourceline or 0)
