"""What a font file is: those of font packages, and those that a newsroom has in its workspace.

A newsroom's file may be anything, so it is looked at before a library sees it: its size, its
tables, how many characters its map would unfold to.
"""

from __future__ import annotations

import hashlib
import io
import re
import struct
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gapress.errors import ContentError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FONT_SUFFIXES = (".ttf", ".otf")
MAX_BYTES = 20_000_000
# What other files of fonts are, and what to do about them.
_OTHERS = {
    ".ttc": "holds several fonts; save each as a .ttf file",
    ".otc": "holds several fonts; save each as an .otf file",
    ".woff": "is packed for the web; put the .ttf or .otf file there",
    ".woff2": "is packed for the web; put the .ttf or .otf file there",
    ".eot": "is packed for the web; put the .ttf or .otf file there",
    ".dfont": "is a font of old Macs; put the .ttf or .otf file there",
    ".pfb": "is a Type 1 font; put the .ttf or .otf file there",
    ".pfm": "is a Type 1 font; put the .ttf or .otf file there",
    ".afm": "is a Type 1 font; put the .ttf or .otf file there",
    ".svg": "is an SVG font; put the .ttf or .otf file there",
}
_KINDS = {b"\0\1\0\0", b"true", b"OTTO"}
_SPACE = 0x20
_NEEDED = ("cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2")
_COLOURS = {"CBDT", "COLR", "SVG ", "sbix", "EBDT"}
_MOST_CHARACTERS = 0x110000
_MOST_TABLES, _MOST_SEQUENCES = 2_000, 100_000
# OpenType, OS/2: fsType. Restricted licence embedding, and no subsetting.
_RESTRICTED = 0x0002 | 0x0100
# Family names go into stylesheets and into theme: fonts: as they are.
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9-]+")
# Letters of right-to-left scripts, and the signs above and below them.
_LEFTWARD = {"R", "AL", "NSM"}


@dataclass(frozen=True)
class FontFile:
    """A font file and what it is, in CSS terms.

    Attributes:
        family: The family's name.
        name: Where it is: a path, or ``templates/fonts/…`` in a newsroom.
        weight: 100 to 900; 400 is regular, 0 all that a variable font has.
        style: ``normal``, ``italic`` or ``oblique``.
        digest: SHA-256 of a newsroom's file, in hexadecimal; empty for an installed one.
        is_restricted: Whether it says that it may not be embedded or cut.
        version: What it says of itself; empty for an installed one.
        data: The bytes of a newsroom's file.
    """

    family: str
    name: str
    weight: int
    style: str
    digest: str = ""
    is_restricted: bool = False
    version: str = ""
    data: bytes = field(default=b"", repr=False, compare=False)

    @property
    def url(self) -> str:
        """The address by which a stylesheet calls for it."""
        return f"newsroom-font:{self.digest}" if self.digest else Path(self.name).as_uri()

    def read(self) -> bytes:
        """Return its bytes."""
        return self.data or Path(self.name).read_bytes()


@lru_cache(maxsize=128)
def characters_of(font: FontFile) -> Mapping[int, str]:
    """Return the names of a font's glyphs by the code points that they show."""
    with _opened(font) as opened:
        found: Mapping[int, str] = opened.getBestCmap() or {}
        return found


@lru_cache(maxsize=128)
def sequences_of(font: FontFile) -> frozenset[tuple[str, ...]]:
    """Return the sequences of glyphs that a font joins into one (OpenType, GSUB lookup type 4)."""
    try:
        with _opened(font) as opened:
            return frozenset(islice(_ligatures(opened), _MOST_SEQUENCES))
    except Exception:
        if font.data:  # a damaged table: nothing is joined
            return frozenset()
        raise


def _ligatures(font: Any) -> Iterator[tuple[str, ...]]:
    if "GSUB" not in font or not font["GSUB"].table.LookupList:
        return
    lookups = font["GSUB"].table.LookupList.Lookup
    for table in islice((t for lookup in lookups for t in lookup.SubTable), _MOST_TABLES):
        table = table.ExtSubTable if table.LookupType == 7 else table
        if table.LookupType == 4:
            for first, ligatures in table.ligatures.items():
                yield from ((first, *ligature.Component) for ligature in ligatures)


@lru_cache(maxsize=4096)
def leftward_text(font: FontFile, number: int) -> str:
    """Return what a glyph of a right-to-left script stands for; empty for other glyphs.

    From the font's character map, else from the glyph's name (Adobe Glyph List Specification, 2).

    Args:
        font: The font.
        number: The glyph's number in it.
    """
    from fontTools import agl

    names, characters = _glyphs(font)
    name = names[number] if number < len(names) else ".notdef"
    text = unicodedata.normalize("NFKC", characters.get(name) or agl.toUnicode(name)).strip()
    return text if all(unicodedata.bidirectional(c) in _LEFTWARD for c in text) else ""


@lru_cache(maxsize=64)
def _glyphs(font: FontFile) -> tuple[list[str], dict[str, str]]:
    """Return the names of a font's glyphs in their order, and the characters of those names."""
    characters = {name: chr(code) for code, name in characters_of(font).items()}
    with _opened(font) as opened:
        return opened.getGlyphOrder(), characters


def _opened(font: FontFile) -> Any:
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(font.data) if font.data else font.name, lazy=True)


# --- a newsroom's own files ----------------------------------------------------------------------


def read_fonts(files: tuple[tuple[str, bytes], ...]) -> tuple[FontFile, ...]:
    """Return the fonts of a newsroom's ``templates/fonts/``; what is no font is passed over.

    Args:
        files: Name in messages and bytes of each file there.

    Raises:
        ContentError: With what is wrong with each file: damaged, too large, of another kind than
            static TrueType or OpenType, or the same font as another.
    """
    found: dict[tuple[str, int, str], FontFile] = {}
    problems: list[Problem] = []
    for name, data in files:
        suffix = Path(name).suffix.lower()
        if suffix in _OTHERS:
            message, _, hint = _OTHERS[suffix].partition("; ")
            problems.append(Problem(name, message=message, hint=hint))
        if suffix not in FONT_SUFFIXES:
            continue
        try:
            font = _read(name, data)
        except ContentError as error:
            problems += error.problems
            continue
        other = found.setdefault((font.family, font.weight, font.style), font)
        if other is not font:
            message = f"is {font.family}, weight {font.weight}, {font.style}, as is {other.name}"
            problems.append(Problem(name, message=message, hint="remove one of them"))
    if problems:
        raise ContentError(problems)
    return tuple(found.values())


def _read(name: str, data: bytes) -> FontFile:
    """Return a newsroom's font.

    Raises:
        ContentError: It can't be used.
    """
    try:
        reason = next(_reasons(data), "")
        font = "" if reason else _described(name, data)
        if isinstance(font, FontFile):
            return font
        reason = reason or font
    except Exception as error:  # noqa: BLE001 - fontTools has no common error for broken fonts
        reason = _damaged(f"{type(error).__name__} {error}".strip()[:120].replace("; ", ", "))
    message, _, hint = reason.partition("; ")
    raise ContentError([Problem(name, message=message, hint=hint)])


def _damaged(what: str) -> str:
    return f"is no font, or a damaged one: {what}; get the file again from where it came from"


def _reasons(data: bytes) -> Iterator[str]:
    """Yield why a file can't be used, from its bytes alone."""
    if len(data) > MAX_BYTES:
        yield (
            f"has {len(data):,} bytes; the limit is {MAX_BYTES:,}: leave out of the font what "
            "the newsroom's languages don't need"
        )
    if data[:4] == b"ttcf":
        yield _OTHERS[".ttc"]
    if data[:4] in {b"wOFF", b"wOF2"}:
        yield _OTHERS[".woff"]
    if data[:4] not in _KINDS:
        yield _damaged("it does not begin like one")
    tables = {tag: data[start : start + length] for tag, start, length in _tables(data)}
    if any(start + length > len(data) for _, start, length in _tables(data)):
        yield _damaged("it ends too early")
    if "fvar" in tables:
        yield "is a variable font; put static files there, one for each weight: PDFs need them"
    if colours := sorted(_COLOURS & {*tables}):
        yield f"is a colour or bitmap font ({colours[0].strip()}); use one with plain outlines"
    lacking = [tag for tag in _NEEDED if not tables.get(tag)]
    if lacking or not (tables.get("glyf") or tables.get("CFF ")):
        yield _damaged(f"it has no table {lacking[0] if lacking else 'glyf'}")
    if _unfolded(tables["cmap"]) > _MOST_CHARACTERS:
        yield _damaged("its map has more characters than there are")


def _tables(data: bytes) -> Iterator[tuple[str, int, int]]:
    """Yield tag, offset and length of each table (OpenType, table directory)."""
    count = int.from_bytes(data[4:6], "big")
    for start in range(12, min(12 + 16 * count, len(data) - 15), 16):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, start)
        yield tag.decode("latin-1"), offset, length


def _unfolded(cmap: bytes) -> int:
    """Return how many characters the largest character map unfolds to (OpenType, cmap)."""
    most, count = 0, int.from_bytes(cmap[2:4], "big")
    for place in range(4, min(4 + 8 * count, len(cmap) - 7), 8):
        table = cmap[int.from_bytes(cmap[place + 4 : place + 8], "big") :]
        kind = int.from_bytes(table[:2], "big")
        if kind == 4:
            half = int.from_bytes(table[6:8], "big") // 2
            ends = struct.unpack_from(f">{half}H", table, 14)
            starts = struct.unpack_from(f">{half}H", table, 16 + 2 * half)
            most = max(most, sum(max(0, e - s + 1) for s, e in zip(starts, ends, strict=True)))
        elif kind in {8, 12, 13}:
            groups = table[16 : 16 + 12 * int.from_bytes(table[12:16], "big")]
            rest = len(groups) % 12
            pairs = struct.iter_unpack(">LLL", groups[: len(groups) - rest])
            most = max(most, sum(max(0, end - start + 1) for start, end, _ in pairs))
        elif kind == 10:
            most = max(most, int.from_bytes(table[16:20], "big"))
    return most


def _described(name: str, data: bytes) -> FontFile | str:
    """Return a font with what its tables say of it, or why it can't be used."""
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(data), lazy=True) as font:
        names, os2 = font["name"], font["OS/2"]
        given = names.getBestFamilyName() or names.getDebugName(1) or names.getDebugName(4) or ""
        family = _NOT_IN_NAMES.sub(" ", given)[:60].strip(" -")
        if _SPACE not in (font.getBestCmap() or {}):
            return "has no space, which words need between them; use a whole font"
        if not family:
            hint = "rename it in a font editor"
            return f"has a family name without Latin letters or digits: {given!r}; {hint}"
        len(font.getGlyphOrder())
        weight = min(900, max(100, round(os2.usWeightClass / 100) * 100))
        slant = bool(os2.fsSelection & 1) or bool(font["head"].macStyle & 2)
        version = (names.getDebugName(5) or "").removeprefix("Version ")[:40]
        return FontFile(
            family, name, weight, "italic" if slant else "normal",
            hashlib.sha256(data).hexdigest(), bool(os2.fsType & _RESTRICTED), version, data,
        )  # fmt: skip
