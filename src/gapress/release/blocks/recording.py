"""What a video and a sound recording have in common: they are elsewhere, at an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, StrictBool, model_validator
from pydantic_core import PydanticCustomError

from gapress.document import Medium, Recording, plain, without_links
from gapress.release.base import Model
from gapress.release.blocks.image import credit_line
from gapress.release.fields import Instant, Length, PictureName, Prose, WebUrl, role

if TYPE_CHECKING:
    import datetime as dt

    from gapress.release.blocks.base import Words
    from gapress.release.yaml import Path


_STARTS = "Live on {date}, {time} ({zone})"


class RecordingEntry(Model):
    """A recording or a live stream; a kind of block adds the address, which names it.

    Attributes:
        medium: What it is.
        invitation: The label of its link.
        live_invitation: That of a live stream.
    """

    medium: ClassVar[Medium]
    invitation: ClassVar[str]
    live_invitation: ClassVar[str]

    title: Annotated[
        Prose,
        role("recording title", "Title of a video or a sound recording; follows “Watch:”."),
    ]
    duration: Length | None = Field(
        None, description="Minutes and seconds, 3:25; or hours too, 1:02:30"
    )
    live: StrictBool = Field(False, description="Whether it is a live stream; with starts")
    starts: Instant | None = Field(
        None, description="When a live stream starts, with UTC offset: 2025-11-24T10:00:00+01:00"
    )
    poster: PictureName | None = Field(
        None, description="A picture of the release's folder that stands for it; with poster_alt"
    )
    poster_alt: Annotated[Prose, role("alt text")] | None = Field(
        None, description="What that picture shows, for readers who can't see it"
    )
    transcript: WebUrl | None = Field(None, description="Where its words can be read")
    caption: Annotated[Prose, role("caption")] | None = None
    credit: Annotated[Prose, role("credit")] | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> RecordingEntry:
        message = ""
        if self.poster and not self.poster_alt:
            message = "has a poster without poster_alt; say there what the picture shows"
        elif self.poster_alt and not self.poster:
            message = "has poster_alt without a poster; name the picture in poster:"
        elif self.starts and not self.live:
            message = "has starts but is not live; add live: true, or delete the line"
        elif self.live and not self.starts:
            message = "is live without starts; write when, like 2025-11-24T10:00:00+01:00"
        if message:
            raise PydanticCustomError("gapress", message)
        return self

    @property
    def last_day(self) -> dt.date | None:
        """The day of a live stream; none of a recording."""
        return self.starts.date() if self.starts else None

    def recording(self, address: str, path: Path, words: Words) -> Recording:
        """Return it in one language.

        Args:
            address: Where it is.
            path: Its place in the file.
            words: The language.
        """
        title = without_links(words.text((*path, "title"), self.title))
        shown = title
        if self.duration:
            duration = words.duration(self.duration)
            shown = words.label("{title} ({duration})", title=title, duration=duration)
        alt = words.optional((*path, "poster_alt"), self.poster_alt)
        return Recording(
            medium=self.medium,
            url=address,
            title=plain(title),
            invitation=words.label(
                self.live_invitation if self.live else self.invitation, title=shown
            ),
            address=words.address(address),
            poster=words.pictures[self.poster] if self.poster else None,
            alt=plain(alt),
            seconds=self.duration,
            starts=self.starts,
            times=words.instants(_STARTS, self.starts) if self.starts else (),
            transcript=self.transcript or "",
            transcript_label=words.label("Transcript:") if self.transcript else (),
            transcript_address=words.address(self.transcript) if self.transcript else (),
            caption=words.optional((*path, "caption"), self.caption),
            credit=credit_line((*path, "credit"), self.credit, words),
        )
