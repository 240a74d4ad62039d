"""A heading inside the body: ``- heading: What comes next``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from gapress.document import Heading
from gapress.release.blocks.base import BlockModel
from gapress.release.fields import Prose, role

if TYPE_CHECKING:
    from gapress.release.blocks.base import Words
    from gapress.release.yaml import Path


class HeadingBlock(BlockModel):
    """A heading inside the body."""

    heading: Annotated[Prose, role("heading", limit=80)]

    def localized(self, path: Path, words: Words) -> Heading:
        return Heading(words.text((*path, "heading"), self.heading))
