"""The blocks of a release's body: one module for each kind, and one table of all of them.

A kind says how it is written in YAML, what it checks and what it becomes in a document; each format
says how it shows that. A format or a template that lacks a kind is refused when it is loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from gapress.release.base import union
from gapress.release.blocks.audio import AudioBlock
from gapress.release.blocks.base import BlockModel, Words
from gapress.release.blocks.event import EventBlock
from gapress.release.blocks.heading import HeadingBlock
from gapress.release.blocks.image import ImageBlock
from gapress.release.blocks.images import ImagesBlock
from gapress.release.blocks.list import ListBlock
from gapress.release.blocks.paragraph import ParagraphBlock
from gapress.release.blocks.quote import QuoteBlock
from gapress.release.blocks.table import TableBlock
from gapress.release.blocks.video import VideoBlock

__all__ = ["BLOCKS", "Block", "BlockModel", "Words"]

BLOCKS: tuple[type[BlockModel], ...] = (
    ParagraphBlock,
    HeadingBlock,
    QuoteBlock,
    ListBlock,
    TableBlock,
    ImageBlock,
    ImagesBlock,
    VideoBlock,
    AudioBlock,
    EventBlock,
)

if TYPE_CHECKING:
    Block: TypeAlias = BlockModel
else:
    Block = union(BLOCKS, "is not a block; start it with {keys}", colon=":")
