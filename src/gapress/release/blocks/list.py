"""A list: ``- list: [first, second]``, with bullets or ``numbered: true``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field, StrictBool

from gapress.document import ItemList
from gapress.release.blocks.base import BlockModel
from gapress.release.fields import Prose, role

if TYPE_CHECKING:
    from gapress.release.blocks.base import Words
    from gapress.release.yaml import Path


class ListBlock(BlockModel):
    """A list of items."""

    list: tuple[Annotated[Prose, role("list item")], ...] = Field(min_length=1)
    numbered: StrictBool = False

    def localized(self, path: Path, words: Words) -> ItemList:
        items = (words.text((*path, "list", i), text) for i, text in enumerate(self.list))
        return ItemList(tuple(items), self.numbered)
