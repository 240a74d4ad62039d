"""Several pictures side by side: ``- images: [{image: a.jpg, alt: …}, {image: b.jpg, alt: …}]``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from gapress.document import FigureGroup
from gapress.release.blocks.base import BlockModel
from gapress.release.blocks.image import PictureEntry, credit_line
from gapress.release.fields import Prose, role

if TYPE_CHECKING:
    from gapress.release.blocks.base import Words
    from gapress.release.yaml import Path

MOST = 12
"""Pictures that one block may have together."""


class ImagesBlock(BlockModel):
    """Several pictures that are shown together."""

    images: tuple[PictureEntry, ...] = Field(
        min_length=2, max_length=MOST, description="The pictures, each with its alternative text"
    )
    caption: Annotated[Prose, role("caption")] | None = Field(
        None, description="A line under all of them"
    )
    credit: Annotated[Prose, role("credit")] | None = Field(
        None, description="Who made all of them"
    )

    def localized(self, path: Path, words: Words) -> FigureGroup:
        entries = enumerate(self.images)
        figures = tuple(entry.figure((*path, "images", i), words) for i, entry in entries)
        caption = words.optional((*path, "caption"), self.caption)
        credit = credit_line((*path, "credit"), self.credit, words)
        return FigureGroup(figures, caption, credit)
