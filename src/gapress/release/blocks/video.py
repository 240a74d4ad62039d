"""A video, or a live stream with pictures: ``- video: https://example.org/film``, with a title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from gapress.release.base import Model
from gapress.release.blocks.base import BlockModel
from gapress.release.blocks.recording import RecordingEntry
from gapress.release.fields import WebUrl

if TYPE_CHECKING:
    from gapress.document import Recording
    from gapress.release.blocks.base import Words
    from gapress.release.yaml import Path


class VideoAddress(Model):
    """Where it is."""

    video: WebUrl = Field(description="Where it can be seen: an address with https")


# A later base's keys come first: the address, by which a block of this kind is known.
class VideoBlock(RecordingEntry, VideoAddress, BlockModel):
    """A video, or a live stream with pictures; it is elsewhere, the release leads there."""

    medium = "video"
    invitation = "Watch: {title}"
    live_invitation = "Watch live: {title}"

    def localized(self, path: Path, words: Words) -> Recording:
        return self.recording(self.video, path, words)
