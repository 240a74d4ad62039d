"""What a release is about: IPTC Media Topics, by code, and words of the newsroom's own.

Media Topics: https://iptc.org/standards/media-topics/. No list of them is kept here; a code is
checked for its form.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, Discriminator, StringConstraints, Tag

from gapress.release.base import Model
from gapress.release.fields import Prose, matching, role, text_value

MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"
"""The start of the address of a topic, which its eight digits end."""

# Topics of the first level end in six zeros, the others begin with 20.
_TOPIC = r"((0[1-9]|1[0-9])000000|20[0-9]{6})"
_CODE = rf"^(medtop:|http://cv\.iptc\.org/newscodes/mediatopic/){_TOPIC}$"

TopicCode: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=_CODE),
    matching(_CODE, "write a Media Topic of IPTC's like medtop:20000106"),
    BeforeValidator(text_value),
]


class SubjectEntry(Model):
    """A topic with its name."""

    code: TopicCode
    name: Annotated[
        Prose,
        role("subject", "Name of one of IPTC's Media Topics, in data for other programs."),
    ]


def _form(value: Any) -> str:
    return "named" if isinstance(value, dict | SubjectEntry) else "code"


Subject: TypeAlias = Annotated[
    Annotated[TopicCode, Tag("code")] | Annotated[SubjectEntry, Tag("named")],
    Discriminator(_form),
]
"""A topic: its code alone, or with its name."""

Keyword: TypeAlias = Annotated[
    Prose, role("keyword", "For search, in data for other programs; not shown in the text.")
]


def topic(code: str) -> str:
    """Return the eight digits of a topic."""
    found = re.search(_TOPIC, code.rpartition("/")[2])
    assert found  # noqa: S101 - the model has seen to it
    return found[0]
