"""A list: ``- list: [first, second]``, with bullets or ``numbered: true``; items may have lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

from pydantic import Discriminator, Field, StrictBool, Tag

from gapress.document import ItemList
from gapress.release.base import Model
from gapress.release.blocks.base import BlockModel
from gapress.release.fields import Count, Prose, role
from gapress.release.local import Before

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gapress.document import Block, Inlines
    from gapress.errors import Problem
    from gapress.release.blocks.base import Words
    from gapress.release.yaml import Path, Tree

_CONTINUES = 0
"""The start of a list that continues, until it is known how far the list before it came."""


class ItemEntry(Model):
    """An item with a list of its own."""

    item: Annotated[Prose, role("list item")]
    list: tuple[Annotated[Prose, role("list item")], ...] = Field(
        min_length=1, description="The list under the item"
    )
    numbered: StrictBool = False


def _kind(value: Any) -> str:
    return "entry" if isinstance(value, dict | ItemEntry) else "text"


Item: TypeAlias = Annotated[
    Annotated[Annotated[Prose, role("list item")], Tag("text")]
    | Annotated[ItemEntry, Tag("entry")],
    Discriminator(_kind),
]


class ListBlock(BlockModel):
    """A list of items."""

    list: tuple[Item, ...] = Field(
        min_length=1, description="Texts; an item with a list under it is {item: …, list: […]}"
    )
    numbered: StrictBool = False
    continues: StrictBool = Field(
        False, description="Numbers go on where the numbered list before this one ended"
    )
    start: Count | None = Field(None, description="The number of the first item")

    def localized(self, path: Path, words: Words) -> ItemList:
        where = (*path, "list")
        entries = [_entry((*where, i), item, words) for i, item in enumerate(self.list)]
        nested = tuple(inner for _, inner in entries)
        return ItemList(
            tuple(content for content, _ in entries),
            self.numbered or self.continues or self.start is not None,
            nested if any(nested) else (),
            _CONTINUES if self.continues else self.start or 1,
        )

    @classmethod
    def check(cls, tree: Tree, path: Path, data: Mapping[str, Any]) -> Iterator[Problem]:
        key = "continues" if data.get("continues") is True else "start" if "start" in data else ""
        if key and data.get("numbered") is False:
            message = f"has {key} but no numbers"
            yield tree.problem((*path, key), message, f"write numbered: true, or delete {key}")
        if data.get("continues") is True and "start" in data:
            message = "has a start and continues another list"
            yield tree.problem((*path, "start"), message, "delete one of the two")

    @classmethod
    def before(cls, data: Mapping[str, Any]) -> Before | None:
        if data.get("continues") is not True:
            return None
        hint = "delete continues, or write start: with the number of the first item"
        message = "continues a numbered list, but there is none before it"
        return Before("continues", _is_numbered, message, hint)


def _entry(path: Path, item: str | ItemEntry, words: Words) -> tuple[Inlines, ItemList | None]:
    if isinstance(item, str):
        return words.text(path, item), None
    inner = enumerate(item.list)
    texts = tuple(words.text((*path, "list", i), text) for i, text in inner)
    return words.text((*path, "item"), item.item), ItemList(texts, item.numbered)


def _is_numbered(block: Mapping[str, Any]) -> bool:
    if "list" not in block:
        return False
    return any(block.get(key) not in {None, False} for key in ("numbered", "continues", "start"))


def continued(body: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks of a body; lists that continue get the number at which they start."""
    reached = 0
    for block in body:
        if isinstance(block, ItemList) and block.numbered:
            if block.start == _CONTINUES:
                block = replace(block, start=reached + 1)
            reached = block.start + len(block.items) - 1
        yield block
