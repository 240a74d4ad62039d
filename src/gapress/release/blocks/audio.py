"""A sound recording, or a live stream of sound: ``- audio: https://example.org/talk``."""

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


class AudioAddress(Model):
    """Where it is."""

    audio: WebUrl = Field(description="Where it can be heard: an address with https")


# A later base's keys come first: the address, by which a block of this kind is known.
class AudioBlock(RecordingEntry, AudioAddress, BlockModel):
    """A sound recording, or a live stream of sound; it is elsewhere, the release leads there."""

    medium = "audio"
    invitation = "Listen: {title}"
    live_invitation = "Listen live: {title}"

    def localized(self, path: Path, words: Words) -> Recording:
        return self.recording(self.audio, path, words)
