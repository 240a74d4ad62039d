"""A picture: ``- image: hall.jpg``, with its alternative text, caption and credit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from gapress.document import Figure, plain
from gapress.release.base import Model
from gapress.release.blocks.base import BlockModel
from gapress.release.fields import PictureName, Prose, role

if TYPE_CHECKING:
    from gapress.document import Inlines
    from gapress.release.blocks.base import Words
    from gapress.release.yaml import Path


class PictureEntry(Model):
    """A picture, alone or with others."""

    image: PictureName = Field(
        description="A JPEG, PNG or SVG file in releases/<slug>/; GIF, WebP, TIFF are converted. "
        "Beside timeline.svg, timeline.ar.svg is for Arabic alone, timeline.rtl.svg for "
        "right-to-left",
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

    def figure(self, path: Path, words: Words) -> Figure:
        """Return the picture in one language.

        Args:
            path: Its place in the file.
            words: The language.
        """
        alt = words.text((*path, "alt"), self.alt)
        caption = words.optional((*path, "caption"), self.caption)
        credit = credit_line((*path, "credit"), self.credit, words)
        return Figure(words.pictures[self.image], plain(alt), caption, credit)


def credit_line(path: Path, credit: str | None, words: Words) -> Inlines:
    """Return a credit behind its label; nothing where there is none."""
    if not credit:
        return ()
    return words.label("Credit: {credit}", credit=words.text(path, credit))


class ImageBlock(PictureEntry, BlockModel):
    """A picture from the release's folder."""

    def localized(self, path: Path, words: Words) -> Figure:
        return self.figure(path, words)
