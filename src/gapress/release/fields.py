"""The kinds of value that a source may hold, with messages that say how to write them.

Used by the models of the release and of the newsroom; each is a pydantic type that takes what
``release.yaml`` gives (text, ``Decimal``, boolean) and shows in the JSON Schema.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, TypeAlias
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, PlainSerializer, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from gapress.release.media import PICTURE_NAME

SAFE_SCHEMES = ("https", "http", "mailto", "tel")
MAX_TEXT = 5_000
TEXT_MARK = "x-gapress-text"
"""Marks, in the JSON Schema, the fields that hold publishable text, with the text's role."""

PICTURE_MARK = "x-gapress-picture"
"""Marks, in the JSON Schema, the fields that name a picture of the release's folder."""

REFERENCE_MARK = "x-gapress-reference"
"""Marks, in the JSON Schema, the fields that name an entry of the newsroom's file, with where."""

INSTANT_MARK = "x-gapress-instant"
"""Marks, in the JSON Schema, the fields that hold an instant with its UTC offset."""

KEY = r"^[a-z][a-z0-9_]*$"
NOTE_NAME = r"^[a-z0-9][a-z0-9_]*$"

_OPENERS = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"} | {
    "\u2066": "\u2069",
    "\u2067": "\u2069",
    "\u2068": "\u2069",
}
_CLOSERS = {"\u202c", "\u2069"}

# Unicode categories control, surrogate and private use.
_FORBIDDEN = {"Cc", "Cs", "Co"}
_NEVER = "\ufeff\ufff9\ufffa\ufffb\ufffc\u2028\u2029"


def problem_with_characters(text: str) -> str:
    """Return why a text can't be published: characters that XML 1.0 forbids, unbalanced bidi.

    Sources: XML 1.0 section 2.2 (Char); UAX #9 (explicit directional formatting characters).
    """
    for character in text:
        if _is_forbidden(character):
            return f"a forbidden character U+{ord(character):04X}; delete it"
    return _problem_with_bidi(text)


def _is_forbidden(character: str) -> bool:
    if character in "\t\n\r":
        return False
    noncharacter = ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"
    return noncharacter or character in _NEVER or unicodedata.category(character) in _FORBIDDEN


def _problem_with_bidi(text: str) -> str:
    hint = "delete it, gapress isolates by itself"
    for line in text.splitlines():
        open_marks: list[str] = []
        for character in line:
            if character in _OPENERS:
                open_marks.append(_OPENERS[character])
            elif character in _CLOSERS and (not open_marks or open_marks.pop() != character):
                return f"an unbalanced bidirectional control U+{ord(character):04X}; {hint}"
        if open_marks:
            missing = f"U+{ord(open_marks[-1]):04X}"
            return f"an unbalanced bidirectional control: {missing} is missing; {hint}"
    return ""


def _fail(message: str, **context: Any) -> PydanticCustomError:
    return PydanticCustomError("gapress", message, context)


def _described(value: object) -> str:
    match value:
        case None:
            return "empty"
        case bool():
            return "a yes/no value"
        case Decimal():
            return "a number"
        case dict():
            return "a mapping"
        case list():
            return "a list"
        case _:
            return "a text"


def text_value(value: object) -> str:
    """Return a text of a source file with single spaces.

    Raises:
        PydanticCustomError: It is no text, or one that can't be published.
    """
    if isinstance(value, bool | Decimal):
        written = str(value).lower() if isinstance(value, bool) else str(value)
        raise _fail(
            'is {what} where a text belongs; put it in quotes: "{written}"',
            what=_described(value),
            written=written,
        )
    if value is None or (isinstance(value, str) and not value.strip()):
        raise _fail("is empty; write the text, or delete the line")
    if not isinstance(value, str):
        raise _fail("is {what} where a text belongs; write one text", what=_described(value))
    if len(value) > MAX_TEXT:
        raise _fail(
            "has {length} characters, more than {limit}; split it",
            length=len(value),
            limit=MAX_TEXT,
        )
    if reason := problem_with_characters(value):
        raise _fail("has {reason}", reason=reason)
    return re.sub(r"[ \t\r\n]+", " ", value).strip(" ")


def _date(value: object) -> str:
    text = value if isinstance(value, str) else str(value) if isinstance(value, Decimal) else ""
    if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        try:
            dt.date.fromisoformat(text + "-01-01"[len(text) - 4 :])
        except ValueError:
            raise _fail(
                "{written} is not in the calendar; check day and month", written=text
            ) from None
        return text
    raise _fail("is not a date; write year-month-day like 2025-11-24 (or 2025-11, or 2025)")


def _day(value: object) -> dt.date:
    text = _date(value)
    if len(text) != len("2025-11-24"):
        raise _fail("is not a full date; write year-month-day like 2025-11-24")
    return dt.date.fromisoformat(text)


def _time(value: object) -> dt.time:
    if isinstance(value, str) and re.fullmatch(r"\d{2}:\d{2}", value):
        try:
            return dt.time.fromisoformat(value)
        except ValueError:
            pass
    raise _fail("is not a time of day; write hours:minutes like 09:30")


def _instant(value: object) -> dt.datetime:
    pattern = r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?"
    if not isinstance(value, str) or not re.fullmatch(pattern, value):
        raise _fail(
            "is not an instant; write date, time and UTC offset like 2025-11-24T10:00:00+01:00"
        )
    try:
        instant = dt.datetime.fromisoformat(value)
    except ValueError:
        raise _fail(
            "{written} is not in the calendar; check day, month and time", written=value
        ) from None
    if instant.tzinfo is None:
        raise _fail(
            "has no UTC offset; write {written}+01:00 with the offset that you mean", written=value
        )
    if not 1900 <= instant.year <= 2199 or instant.second:
        raise _fail("can't be shown; write a year from 1900 to 2199, and whole minutes")
    return instant


def _when(value: object) -> dt.datetime | dt.date:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        day = _day(value)
        if not 1900 <= day.year <= 2199:
            raise _fail("can't be shown; write a year from 1900 to 2199")
        return day
    return _instant(value)


def _coordinate(value: object) -> Decimal:
    number = _number(value)
    if -int(number.as_tuple().exponent) > 6:
        raise _fail("has more than 6 decimal places; a metre needs 5")
    return number


def _number(value: object) -> Decimal:
    if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value):
        value = Decimal(value)
    if not isinstance(value, Decimal):
        raise _fail(
            "is {what} where a number belongs; write digits only, like 1500 or 12.5",
            what=_described(value),
        )
    if abs(value) >= Decimal("1e18") or -int(value.as_tuple().exponent) > 9:
        raise _fail(
            "has more digits than can be formatted; use at most 18 before the point and 9 after it"
        )
    return value


def _whole(value: object) -> int:
    if isinstance(value, Decimal) and value == int(value) and 1 <= value <= 999:
        return int(value)
    raise _fail("is not a whole number from 1 to 999")


MOST_COLUMNS = 10
"""No table has more: they must fit the width of a printed page."""


def _span(value: object) -> int:
    if isinstance(value, Decimal) and value == int(value) and 1 <= value <= MOST_COLUMNS:
        return int(value)
    raise _fail(f"is not a number of columns; write a whole number from 1 to {MOST_COLUMNS}")


def _level(value: object) -> int:
    if isinstance(value, Decimal) and value in {1, 2}:
        return int(value)
    raise _fail("is not a level of heading; write 1 or 2")


def _decimals(value: object) -> int:
    if isinstance(value, Decimal) and value == int(value) and 0 <= value <= 9:
        return int(value)
    raise _fail("is not a number of decimal places; write a whole number from 0 to 9")


def problem_with_url(url: str) -> str:
    """Return why a link can't be used, or an empty text; RFC 3986, schemes of SAFE_SCHEMES."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return "is not an address; write it like https://example.org/page"
    if parts.scheme.lower() not in SAFE_SCHEMES:
        return "is not allowed; links start with https://, http://, mailto: or tel:"
    if any(character.isspace() or character in '<>"{}|\\^`' for character in url):
        return "has a character that an address can't have; percent-encode it"
    if parts.scheme.lower() in {"https", "http"} and not host:
        return "has no host; write it like https://example.org/page"
    if parts.scheme.lower() in {"mailto", "tel"} and not parts.path:
        return "leads nowhere; write it like mailto:press@example.org"
    return ""


def _url(value: object) -> str:
    text = text_value(value)
    if reason := problem_with_url(text):
        raise _fail("{written} {reason}", written=text, reason=reason)
    return text


def _web_url(value: object) -> str:
    text = _url(value)
    if not text.lower().startswith("https://"):
        raise _fail(
            "{written} is not a secure web address; write it like https://example.org/film",
            written=text,
        )
    return text


def _length(value: object) -> int:
    """Return the seconds that something takes: ``3:25`` or ``1:02:30``."""
    found = re.fullmatch(r"(?:(\d{1,3}):(?=\d\d:))?(\d{1,3}):([0-5]\d)", str(value))
    if not isinstance(value, str) or not found or (found[1] and int(found[2]) > 59):
        raise _fail(
            "is not a duration; write minutes:seconds like 3:25, or hours:minutes:seconds like "
            "1:02:30"
        )
    seconds = int(found[1] or 0) * 3600 + int(found[2]) * 60 + int(found[3])
    if not seconds:
        raise _fail("is nothing; write how long it is, or delete the line")
    return seconds


def _email(value: object) -> str:
    text = text_value(value)
    if not re.fullmatch(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", text):
        raise _fail("is not an e-mail address; write it like press@example.org")
    return text


def contact_or_email(value: object) -> str:
    """Return what names a contact of the newsroom, or an e-mail address."""
    text = text_value(value)
    if "@" in text:
        return _email(text)
    if not re.fullmatch(KEY, text):
        raise _fail("is neither a key of contacts nor an e-mail address; write it like press")
    return text


def _phone(value: object) -> str:
    text = text_value(value)
    if not re.fullmatch(r"\+[0-9][0-9 ().-]{4,30}[0-9]", text):
        raise _fail(
            "is not an international telephone number; write it like +212 5 00 00 00 00, in quotes"
        )
    return text


def _colour(value: object) -> str:
    text = text_value(value)
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", text):
        raise _fail('is not a colour; write it like "#0b3a5b", in quotes')
    return text.lower()


def _schema(kind: str, **more: Any) -> WithJsonSchema:
    return WithJsonSchema({"type": kind, **more})


Prose: TypeAlias = Annotated[
    str,
    BeforeValidator(text_value),
    Field(
        description="Text; *emphasis*, **strong**, [words](https://…) and {fact} are understood",
        json_schema_extra={TEXT_MARK: "text"},
    ),
    StringConstraints(min_length=1, max_length=MAX_TEXT),
]


@dataclass(frozen=True)
class Role:
    """What a text is: its ``msgctxt`` in catalogs, and what a translator must know of it.

    Attributes:
        purpose: What it is for; a line above each message.
        limit: The characters that the layout has room for; 0 where there is room for any.
    """

    purpose: str = ""
    limit: int = 0


ROLES: dict[str, Role] = {}
"""The roles that the models of the sources give to texts."""


def role(name: str, purpose: str = "", limit: int = 0) -> Any:
    """Return a mark for a :data:`Prose` field: what the text is, its ``msgctxt`` in catalogs.

    Args:
        name: The role; empty for a text that is the same in every language.
        purpose: What the text is for; where a role is used again, it need not be repeated.
        limit: The characters that the layout has room for; 0 where there is room for any.
    """
    if purpose or limit or name not in ROLES:
        ROLES[name] = Role(purpose, limit)
    return Field(json_schema_extra={TEXT_MARK: name})


def limits() -> dict[str, int]:
    """Return the characters that the layout has room for, of the roles that have a limit."""
    return {name: given.limit for name, given in ROLES.items() if given.limit}


def matching(pattern: str, hint: str) -> BeforeValidator:
    """Return a validator that says how to write what doesn't match."""

    def check(value: object) -> object:
        if isinstance(value, str) and not re.search(pattern, value):
            raise _fail("can't be {written}; {hint}", written=repr(value), hint=hint)
        return value

    return BeforeValidator(check)


Day: TypeAlias = Annotated[dt.date, BeforeValidator(_day)]
PartialDate: TypeAlias = Annotated[
    str,
    BeforeValidator(_date),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
            ]
        }
    ),
]
TimeOfDay: TypeAlias = Annotated[
    dt.time, BeforeValidator(_time), _schema("string", pattern=r"^\d{2}:\d{2}$")
]
Instant: TypeAlias = Annotated[
    dt.datetime,
    BeforeValidator(_instant),
    Field(json_schema_extra={INSTANT_MARK: True}),
]
When: TypeAlias = Annotated[
    dt.datetime | dt.date,
    BeforeValidator(_when),
    _schema("string", pattern=r"^\d{4}-\d{2}-\d{2}", **{INSTANT_MARK: True}),
]
Coordinate: TypeAlias = Annotated[
    Decimal, BeforeValidator(_coordinate), PlainSerializer(str), _schema("number")
]
Number: TypeAlias = Annotated[
    Decimal, BeforeValidator(_number), PlainSerializer(str), _schema("number")
]
Count: TypeAlias = Annotated[
    int, BeforeValidator(_whole), _schema("integer", minimum=1, maximum=999)
]
Span: TypeAlias = Annotated[
    int, BeforeValidator(_span), _schema("integer", minimum=1, maximum=MOST_COLUMNS)
]
Decimals: TypeAlias = Annotated[
    int, BeforeValidator(_decimals), _schema("integer", minimum=0, maximum=9)
]
Url: TypeAlias = Annotated[
    str, BeforeValidator(_url), _schema("string", pattern="^(https?://|mailto:|tel:)")
]
WebUrl: TypeAlias = Annotated[
    str, BeforeValidator(_web_url), _schema("string", pattern="^[hH][tT][tT][pP][sS]://")
]
Length: TypeAlias = Annotated[
    int,
    BeforeValidator(_length),
    _schema("string", pattern=r"^(\d{1,3}:)?\d{1,3}:[0-5]\d$"),
]
Email: TypeAlias = Annotated[str, BeforeValidator(_email), _schema("string", format="email")]
Phone: TypeAlias = Annotated[str, BeforeValidator(_phone), _schema("string", pattern=r"^\+[0-9]")]
Colour: TypeAlias = Annotated[
    str, BeforeValidator(_colour), _schema("string", pattern="^#[0-9a-fA-F]{6}$")
]
_TAG = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
LanguageTag: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=_TAG),
    matching(_TAG, "write a language code such as en"),
    BeforeValidator(text_value),
]
_CURRENCY = r"^[A-Z]{3}$"
Currency: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=_CURRENCY),
    matching(_CURRENCY, "write the three capitals of ISO 4217, such as MAD"),
    Field(description="ISO 4217 code, such as MAD"),
]
PictureName: TypeAlias = Annotated[
    str,
    StringConstraints(pattern=PICTURE_NAME),
    matching(
        PICTURE_NAME,
        "name a PNG, JPEG or SVG file of the release's folder, such as timeline.svg",
    ),
    Field(json_schema_extra={PICTURE_MARK: True}),
]
Key: TypeAlias = Annotated[str, StringConstraints(pattern=KEY)]
NoteName: TypeAlias = Annotated[str, StringConstraints(pattern=NOTE_NAME)]
Level: TypeAlias = Annotated[int, BeforeValidator(_level), _schema("integer", minimum=1, maximum=2)]
