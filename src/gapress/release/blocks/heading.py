"""A heading inside the body: ``- heading: What comes next``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from gapress.document import Heading
from gapress.release.blocks.base import BlockModel
from gapress.release.fields import Level, Prose, role
from gapress.release.local import Before

if TYPE_CHECKING:
    from collections.abc import Mapping

    from gapress.release.blocks.base import Words
    from gapress.release.yaml import Path


class HeadingBlock(BlockModel):
    """A heading inside the body."""

    heading: Annotated[Prose, role("heading", limit=80)]
    level: Level = Field(1, description="2 for a heading under one of level 1")

    @classmethod
    def before(cls, data: Mapping[str, Any]) -> Before | None:
        if data.get("level") != 2:
            return None
        message = "is a heading of level 2 with none of level 1 before it"
        return Before("level", _is_first_level, message, "delete level, or write level: 1")

    def localized(self, path: Path, words: Words) -> Heading:
        return Heading(words.text((*path, "heading"), self.heading), self.level)


def _is_first_level(block: Mapping[str, Any]) -> bool:
    return "heading" in block and block.get("level", 1) == 1
