"""Problem, and the exceptions that carry it: everything gapress tells a person is made here.

Every step of the flow reports what is wrong as :class:`Problem`; the command line prints them.
"""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Controls, lone surrogates, line separators, bidirectional controls.
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028-\u202e\u2066-\u2069]")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that a person must fix; in its texts, characters that act on a terminal show.

    Attributes:
        path: The file, relative to the workspace where it can be.
        line: Line in the file from 1; 0 where the whole file is meant.
        column: Column in the line from 1, in characters; 0 where the whole line is meant.
        message: What is wrong.
        hint: What to do about it; may be empty.
        severity: An error keeps the file or the language from being published, a warning doesn't.
        check: The id of the check that found it; empty for what is no check.
    """

    path: str
    line: int = 0
    column: int = 0
    message: str = ""
    hint: str = ""
    severity: Literal["error", "warning"] = "error"
    check: str = ""

    def __post_init__(self) -> None:
        for name in ("path", "message", "hint"):
            object.__setattr__(self, name, _UNSEEN.sub(_escaped, getattr(self, name)))

    @property
    def place(self) -> str:
        """``file:line:column``, without the parts that are not known."""
        parts = [self.path]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)

    def __str__(self) -> str:
        hint = f"; {self.hint}" if self.hint else ""
        return f"{self.place}: {self.message}{hint}"

    def as_json(self) -> dict[str, str | int]:
        """Return the problem as a plain mapping, for ``--json``."""
        return {
            "file": self.path,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "hint": self.hint,
            "severity": self.severity,
            "check": self.check,
        }


def _escaped(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


class GapressError(Exception):
    """Base of the errors that are shown as they are, without a traceback."""

    exit_code = 1


class ContentError(GapressError):
    """The content has problems: sources, catalogs, templates or media."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[ContentError], tuple[tuple[Problem, ...]]]:
        """Pickle, as a worker process does, with the problems and not with their text."""
        return type(self), (self.problems,)


@contextmanager
def contained(path: str) -> Iterator[None]:
    """Turn an exception that nobody expected into a problem of the file that is being read.

    Raises:
        ContentError: In its place; its traceback is logged.
    """
    try:
        yield
    except GapressError:
        raise
    except Exception as error:
        logging.getLogger(__name__).debug("while reading %s", path, exc_info=True)
        message = f"can't be read: internal error in gapress: {type(error).__name__}: {error}"
        hint = "run gapress --debug with the same command, and report what it prints"
        raise ContentError([Problem(path, message=message[:500], hint=hint)]) from error


class UsageError(GapressError):
    """The command was called in a way that can't work."""

    exit_code = 2


class MachineError(GapressError):
    """The machine lacks something that gapress needs."""

    exit_code = 3
