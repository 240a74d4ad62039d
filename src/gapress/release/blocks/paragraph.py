"""A paragraph: ``- paragraph: The assembly opened today.``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from gapress.document import Paragraph
from gapress.release.blocks.base import BlockModel
from gapress.release.fields import Prose, role

if TYPE_CHECKING:
    from gapress.release.blocks.base import Words
    from gapress.release.yaml import Path


class ParagraphBlock(BlockModel):
    """A paragraph."""

    paragraph: Annotated[Prose, role("paragraph")]

    def localized(self, path: Path, words: Words) -> Paragraph:
        return Paragraph(words.text((*path, "paragraph"), self.paragraph))
