"""Takes pictures out of a Word file: those that a release may have, under sound names."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from gapress.errors import ContentError
from gapress.release.media import check_picture

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gapress.word.package import Package
    from gapress.word.story import Shot

_SIGNATURES = (
    (rb"\x89PNG\r\n", "png"), (rb"\xff\xd8\xff", "jpg"), (rb"GIF8", "gif"),
    (rb"RIFF.{4}WEBP", "webp"), (rb"II\*\x00|MM\x00\*", "tif"),
    (rb"(?s)\s*(?:\xef\xbb\xbf)?(?:<\?xml.*?)?\s*(?:<!.*?)?<(?:\w+:)?svg\b", "svg"),
)  # fmt: skip
_OTHERS = (
    (rb"\x01\x00\x00\x00.{36} EMF", "an EMF picture"), (rb"\xd7\xcd\xc6\x9a|\x01\x00\x09\x00",
     "a WMF picture"), (rb"BM", "a BMP picture"), (rb"%PDF-", "a PDF file"),
    (rb"\x1f\x8b", "a packed EMF or WMF picture"), (rb"%!PS", "an EPS file"),
)  # fmt: skip
_LENGTH = 40


class Gallery:
    """The pictures of a release that is begun.

    Attributes:
        files: Their bytes, by name.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        self.files: dict[str, bytes] = {}
        self._names: dict[bytes, str] = {}

    def take(self, shot: Shot, called: str) -> tuple[str, str]:
        """Return the name of a picture's file, and why it can't be taken: one of them is empty.

        Args:
            shot: The picture.
            called: Words to name it by.
        """
        reason = ""
        for part in shot.parts:
            raw = self._package.read(part)
            if raw in self._names:
                return self._names[raw], ""
            start = raw[:2000]
            ending = next((e for sign, e in _SIGNATURES if re.match(sign, start, re.DOTALL)), "")
            if not ending:
                other = next((w for s, w in _OTHERS if re.match(s, start, re.DOTALL)), "")
                reason = reason or f"is {other or 'no picture that gapress knows'}"
                continue
            name = self._free(called, ending)
            try:
                check_picture(name, raw, name)
            except ContentError as error:
                reason = reason or error.problems[0].message
                continue
            self.files[name] = raw
            self._names[raw] = name
            return name, ""
        return "", reason

    def _free(self, called: str, ending: str) -> str:
        stem = slug_of_words(called) or f"picture-{len(self.files) + 1}"
        name, number = f"{stem}.{ending}", 1
        taken = {each.rpartition(".")[0] for each in self.files}
        while name.rpartition(".")[0] in taken:
            number += 1
            name = f"{stem}-{number}.{ending}"
        return name


def slug_of_words(text: str) -> str:
    """Return the first words of a text in small Latin letters, with hyphens; may be empty."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = ""
    for word in _words(plain):
        if len(found) + len(word) > _LENGTH:
            break
        found += f"-{word}" if found else word
    return found


def _words(text: str) -> Iterable[str]:
    return re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", text))
