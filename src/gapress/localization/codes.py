"""Finds what no rule for words may touch: telephone numbers, addresses, emoticons.

``typography`` leaves the spaces in them as they are, and ``bidi`` keeps each of them in one piece.
"""

from __future__ import annotations

import re

# E.164 numbers as people write them, (+212) and (0) included, and national ones; an extension
# belongs to the number. Digits that touch letters are part of a code, such as an ISIN.
_EXTENSION = r"(?:[ \u00a0,]{1,2}(?:ext\.?|x|poste|\#)[ \u00a0]?\d{1,6}(?!\w))?"
_NOT_IN_CODE = r"(?<![\w+/])(?<!\w-)(?<!\d\.)"
_INTERNATIONAL = r"(?:\(\+\d{1,3}\)|\+\d)(?:[ \u00a0.-]?\d|[ \u00a0]?\(\d{1,4}\)){4,}"
_NATIONAL = r"0\d{1,2}(?:[ \u00a0.-]?\d{2,3}){3,4}"
_PHONE = rf"{_NOT_IN_CODE}(?:{_INTERNATIONAL}|{_NATIONAL})(?![\w/]|-\w){_EXTENSION}"
# What ends an address, since \s is but ASCII here.
_END = r"\s\u00a0\u2009\u202f<>\[\]«»؛،"
_URL = rf"https?://(?:[^{_END}()]|\([^{_END}()]*\))*(?<![.,;:!?])"
_BARE_URL = rf"(?<![\w@.-])(?:[a-z0-9-]+\.)+[a-z]{{2,}}/[^{_END}()]*(?<![.,;:!?])"
_EMAIL = r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
# ISO 26324; ISO 13616 in groups of four.
_DOI = rf"(?<![\w/.])10\.\d{{4,9}}/[^{_END}\"“”]*[^{_END}\"“”.,;:!?)]"
_GROUP = r"[ \u00a0][A-Z0-9]"
_IBAN = rf"(?<!\w)[A-Z]{{2}}\d{{2}}(?:{_GROUP}{{4}}){{2,7}}(?:{_GROUP}{{1,4}})?(?!\w|[.,/]\w)"
# Degrees, minutes and seconds, with the letter of the direction; alone or as a pair.
_PART, _SPACE = r"\d{1,3}(?:[.,]\d+)?", r"[ \u00a0\u202f]?"
_ANGLE = rf"[+-]?{_PART}°(?:{_SPACE}{_PART}[′'])?(?:{_SPACE}{_PART}[″\"])?{_SPACE}[NSEWO](?!\w)"
_PLACE = rf"(?<!\w){_ANGLE}(?:[,;/]?{_SPACE}{_ANGLE})?"

SPECIAL = re.compile(
    rf"(?P<phone>{_PHONE})|{_URL}|{_EMAIL}|(?P<code>{_DOI}|{_IBAN}|{_PLACE})|{_BARE_URL}",
    re.ASCII,
)
# Marks that are no punctuation: :-) ;) :D, :name: and double colons.
EMOTICON = re.compile(
    r"(?<!\S)[:;=][-’']?[()DPpOo|/\\](?!\w)(?=\W|$)|(?<!\S):[a-z0-9_+-]+:(?!\w)|:{2,}"
)
