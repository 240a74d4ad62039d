"""What a block of the body is: how it is written, what it checks, and what it becomes."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, Protocol

from gapress.release.local import Local

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

    from gapress.document import Block, Direction, Inlines, Picture, Record
    from gapress.errors import Problem
    from gapress.release.facts import Fact
    from gapress.release.local import Before
    from gapress.release.model import Release
    from gapress.release.yaml import Path, Tree


class Words(Protocol):
    """What a block asks of a language; ``localization.localize`` has it."""

    @property
    def direction(self) -> Direction:
        """The direction of the language."""

    @property
    def facts(self) -> Mapping[str, Fact]:
        """The release's facts by name."""

    @property
    def pictures(self) -> Mapping[str, Picture]:
        """The release's pictures in this language, by the names in its file."""

    def text(self, path: Path, source: str) -> Inlines:
        """Return a text of the release's file in this language."""

    def optional(self, path: Path, source: str | None) -> Inlines:
        """Return a text, or nothing where there is none."""

    def label(self, source: str, **slots: Inlines | str) -> Inlines:
        """Return a label of ``gapress.po`` with its placeholders filled."""

    def value(self, text: str) -> Inlines:
        """Return runs for a text that is final: a formatted fact, an address, a number."""

    def fact(self, fact: Fact, decimals: int | None = None) -> Inlines:
        """Return a fact in this language, a figure with so many decimal places."""

    def person(self, key: str) -> tuple[Inlines, Inlines]:
        """Return name and title of an entry of people."""

    def language_note(self, label: str, on_record: str) -> Inlines:
        """Return a label with the name of a language, where it is not the one written here."""

    @property
    def zones(self) -> tuple[str, ...]:
        """The newsroom's IANA time zones, its own first."""

    def span(self, first: dt.date, last: dt.date | None, zone: str) -> Inlines:
        """Return an instant or a day, or from when to when, as the clocks of a zone show it."""

    def reach(self, to: str) -> list[Inlines]:
        """Return the lines of a contact of the newsroom, or of an e-mail address."""

    def ordinal(self, block: BlockModel) -> int:
        """Return which block of its kind a block of the release is, from 1."""

    def address(self, url: str) -> Inlines:
        """Return an address as it is shown: from left to right, whatever is in it."""

    def duration(self, seconds: int) -> Inlines:
        """Return how long something takes."""

    def instants(self, label: str, moment: dt.datetime) -> tuple[Inlines, ...]:
        """Return an instant in the newsroom's time zone, under a label, and in its further ones."""

    def record(
        self,
        path: Path,
        on_record: str,
        said: Sequence[tuple[Path, str]],
        original: Sequence[tuple[Path, str]],
    ) -> Record | None:
        """Return the words of a quotation in the language in which they are on record.

        Args:
            path: The place of the quotation.
            on_record: Their language.
            said: Place and words of each paragraph, as the release has them.
            original: Place and words of each paragraph as it is on record, where the release says.
        """

    def has_words(self, path: Path) -> bool:
        """Whether a place of the file holds a text that may be translated."""


class BlockModel(Local):
    """Base of every block."""

    @abstractmethod
    def localized(self, path: Path, words: Words) -> Block:
        """Return the part of the document that it becomes in one language.

        Args:
            path: Its place in the file.
            words: The language.
        """

    @classmethod
    def check(cls, tree: Tree, path: Path, data: Mapping[str, Any]) -> Iterator[Problem]:
        """Yield what is wrong beyond the model, of data that may not fit it.

        Args:
            tree: The release's file.
            path: The block's place in it.
            data: The block as it is written.
        """
        del tree, path, data
        yield from ()

    @classmethod
    def before(cls, data: Mapping[str, Any]) -> Before | None:
        """Return what must stand before a block as it is written; none where nothing must."""
        del data
        return None

    @property
    def last_day(self) -> dt.date | None:
        """The last day of what it announces; none where it announces nothing."""
        return None

    def notes(self, path: Path, release: Release) -> list[str]:
        """Return what a translator must know of a text, beside what its role says.

        Args:
            path: The text's place in the block.
            release: The release.
        """
        del path, release
        return []
