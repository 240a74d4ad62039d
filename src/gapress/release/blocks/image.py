"""A picture: ``- image: hall.jpg``, with its alternative text, caption and credit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from gapress.document import Figure, plain
from gapress.release.blocks.base import BlockModel
from gapress.release.fields import PictureName, Prose, role

if TYPE_CHECKING:
    from gapress.release.blocks.base import Words
    from gapress.release.yaml import Path


class ImageBlock(BlockModel):
    """A picture from the release's folder."""

    image: PictureName = Field(
        description="A JPEG, PNG or SVG file in releases/<slug>/; GIF, WebP and TIFF are converted",
    )
    alt: Annotated[
        Prose,
        role("alt text", "Says what the picture shows, for readers who can't see it.", 300),
    ] = Field(description="What the picture shows, for readers who can't see it")
    caption: Annotated[Prose, role("caption", "Line under the picture.")] | None = None
    credit: (
        Annotated[Prose, role("credit", "Who made the picture; follows the label “Credit:”.")]
        | None
    ) = None

    def localized(self, path: Path, words: Words) -> Figure:
        alt = words.text((*path, "alt"), self.alt)
        caption = words.optional((*path, "caption"), self.caption)
        credit = words.optional((*path, "credit"), self.credit)
        if self.credit:
            credit = words.label("Credit: {credit}", credit=credit)
        return Figure(words.pictures[self.image], plain(alt), caption, credit)
