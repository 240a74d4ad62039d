"""A heading inside the body: ``- heading: What comes next``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from gapress.document import Heading
from gapress.release.blocks.base import BlockModel
from gapress.release.data import sequence
from gapress.release.fields import Level, Prose, role

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from gapress.errors import Problem
    from gapress.release.blocks.base import Words
    from gapress.release.yaml import Path, Tree


class HeadingBlock(BlockModel):
    """A heading inside the body."""

    heading: Annotated[Prose, role("heading", limit=80)]
    level: Level = Field(1, description="2 for a heading under one of level 1")

    @classmethod
    def check(cls, tree: Tree, path: Path, data: Mapping[str, Any]) -> Iterator[Problem]:
        if data.get("level") != 2:
            return
        before = sequence(tree.data.get("body"))[: path[1] if isinstance(path[1], int) else 0]
        if not any(isinstance(block, dict) and _is_first_level(block) for block in before):
            message = "is a heading of level 2 with none of level 1 before it"
            yield tree.problem((*path, "level"), message, "delete level, or write level: 1")

    def localized(self, path: Path, words: Words) -> Heading:
        return Heading(words.text((*path, "heading"), self.heading), self.level)


def _is_first_level(block: Mapping[str, Any]) -> bool:
    return "heading" in block and block.get("level", 1) == 1
