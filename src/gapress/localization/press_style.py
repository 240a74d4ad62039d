"""How news agencies write times, months, ordinals and signs, where that is not CLDR's way.

The styles are data, in ``templates/press-style.toml``, by language and locale; ``facts`` and
``intervals`` ask here before they ask CLDR, and ``inline`` for the letters that are raised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from gapress.document import Emphasis, Isolate, Link, Raised, Strong, Text
from gapress.release.markup import FORMS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping
    from typing import TypeGuard

    from gapress.document import Inline, Inlines

_SLOT = re.compile(r"\{(\w+)\}")
_CLOCK_SLOTS = {"H", "HH", "h", "mm", "half", "unit"}
_CALENDAR_SLOTS = ({"day", "month", "year"}, {"date", "other"})
_CATEGORIES = {"zero", "one", "two", "few", "many", "other"}
# A sign before a figure or a currency's sign, not a dash between two figures.
_MINUS = re.compile(r"(?<!\w)-(?=\S)")
# What may stand before and behind an ordinal: no part of a code, an address or a longer word.
_BEFORE = r"(?<![\w.,/@#:=+_-])(?:\d{1,3}(?:[ \u00a0\u202f.]?\d{3})*|[IVX]+)"
_BEHIND = r"(?![\w@/=_]|[.:-]\w)"


@dataclass(frozen=True)
class PressStyle:
    """The press style of one locale; what is empty is as CLDR has it.

    Attributes:
        time: A time of day: ``{H}`` or ``{HH}`` of 24 hours, ``{h}`` of twelve with ``{half}``,
            ``{mm}``, ``{unit}``.
        hour: The same on the hour; without it, as any other.
        halves: What ``{half}`` is before noon and after.
        unit: What ``{unit}`` is: it stands once in a span.
        said: Times that have a word, by ``HH:MM``.
        months: The names of the months in dates that have a day.
        minus: The sign of negative figures.
        ordinals: Patterns of ordinals by gender and plural category.
        raised: The letters that are raised behind a figure.
        calendars: By calendar, its ``months``, a ``date`` and how it stands ``beside`` another.
    """

    time: str = ""
    hour: str = ""
    halves: tuple[str, ...] = ("", "")
    unit: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    months: tuple[str, ...] = ()
    minus: str = ""
    ordinals: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    raised: tuple[str, ...] = ()
    calendars: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def clock(self, time: dt.time) -> str:
        """Return a time of day in Latin digits; empty where CLDR is to be asked."""
        if not self.time:
            return ""
        if said := self.said.get(f"{time:%H:%M}"):
            return said
        pattern = self.hour if self.hour and not time.minute else self.time
        slots = {
            "H": str(time.hour),
            "HH": f"{time.hour:02}",
            "h": str(time.hour % 12 or 12),
            "mm": f"{time.minute:02}",
            "half": self.halves[time.hour >= 12],
            "unit": self.unit,
        }
        return _SLOT.sub(lambda match: slots[match[1]], pattern)

    def clocks(self, first: dt.time, last: dt.time) -> tuple[str, str] | None:
        """Return both ends of a span of times; none where CLDR is to be asked.

        The unit stands at the end alone, and so does the half of the day where it is the same.
        """
        if not self.time:
            return None
        one, other = self.clock(first), self.clock(last)
        same = self.halves[last.hour >= 12] if (first.hour >= 12) == (last.hour >= 12) else ""
        for shared in filter(None, (self.unit, same)):
            if one.endswith(shared) and other.endswith(shared):
                one = one.removesuffix(shared).rstrip(" \u00a0\u202f")
        return one, other

    def dated(self, pattern: str, month: int) -> str:
        """Return CLDR's pattern of a date with the style's name of a month, if it has a day."""
        if not self.months or "d" not in re.sub("'[^']*'", "", pattern):
            return pattern
        return re.sub("(?<!M)MMMM?(?!M)", f"'{self.months[month - 1]}'", pattern)

    def signed(self, text: str) -> str:
        """Return a figure as text with the style's minus sign."""
        return _MINUS.sub(self.minus, text) if self.minus else text

    def ordinal(self, category: str, form: str = "") -> str:
        """Return the pattern of an ordinal, ``{number}`` for its number; empty without one.

        Args:
            category: CLDR's ordinal category of the number.
            form: A gender; without it, masculine.
        """
        forms = self.ordinals.get(form or "masculine") or self.ordinals.get("masculine", {})
        return forms.get(category) or forms.get("other", "")

    def with_raised(self, content: Inlines) -> Inlines:
        """Return content whose ordinals have their letters raised."""
        if not self.raised:
            return content
        letters = "|".join(map(re.escape, sorted(self.raised, key=len, reverse=True)))
        return tuple(_raised(content, re.compile(f"{_BEFORE}({letters}){_BEHIND}")))


CLDR = PressStyle()
"""The style that leaves everything to CLDR."""


def _raised(content: Inlines, pattern: re.Pattern[str]) -> Iterator[Inline]:
    for inline in content:
        if isinstance(inline, Text):
            done = 0
            for match in pattern.finditer(inline.text):
                yield Text(inline.text[done : match.start(1)])
                yield Raised((Text(match[1]),))
                done = match.end()
            if rest := inline.text[done:]:
                yield Text(rest)
        elif isinstance(inline, Emphasis | Strong | Link | Isolate):
            yield replace(inline, children=tuple(_raised(inline.children, pattern)))
        else:
            yield inline


def press_style(rules: Mapping[str, Any], tag: str) -> PressStyle:
    """Return the press style of a locale: its entries before its language's and everybody's.

    Args:
        rules: The content of ``press-style.toml``.
        tag: BCP 47 tag.
    """
    parts = tag.split("-")
    names = ["every", *("-".join(parts[:length]) for length in range(1, len(parts) + 1))]
    merged: dict[str, Any] = {}
    for name in names:
        own = dict(rules.get(name, {}))
        if own.pop("style", "") == "cldr":
            # CLDR's data in Babel have no words for other calendars: those stay.
            merged = {key: value for key, value in merged.items() if key == "calendars"}
            if name == "every":
                rules = {key: {"calendars": t.get("calendars", {})} for key, t in rules.items()}
        if "time" in own:  # a time is said as a whole
            merged = {key: merged[key] for key in merged.keys() - _OF_TIMES}
        merged |= own
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in merged.items()
    }
    return PressStyle(**fields)


_OF_TIMES = {"time", "hour", "halves", "unit", "said"}


def problem_with(rules: Mapping[str, Any]) -> str:
    """Return what is wrong with the content of ``press-style.toml``; empty if nothing is."""
    for tag, table in rules.items():
        if not isinstance(table, dict):
            return f"{tag} is no table"
        for name, value in table.items():
            if not _is_sound(name, value):
                return f"{name} of {tag} has the wrong form"
    return ""


def _is_sound(name: str, value: object) -> bool:
    match name, value:
        case "style", "cldr":
            return True
        case "time" | "hour", str():
            return set(_SLOT.findall(value)) <= _CLOCK_SLOTS
        case "unit" | "minus", str():
            return True
        case "halves", [str(), str()]:
            return True
        case "months", list():
            return len(value) == 12 and all(isinstance(month, str) for month in value)
        case "raised", list():
            return all(isinstance(letters, str) and letters for letters in value)
        case "calendars", dict():
            return all(_is_calendar(words) for words in value.values())
        case "said", dict():
            return _are_texts(value)
        case "ordinals", dict():
            return all(
                gender in FORMS
                and _are_texts(forms)
                and forms.keys() <= _CATEGORIES
                and all("{number}" in pattern for pattern in forms.values())
                for gender, forms in value.items()
            )
    return False


def _is_calendar(words: object) -> bool:
    match words:
        case {"months": [*months], "date": str(date), **rest}:
            beside = rest.get("beside", "{date} {other}")
            if len(months) != 12 or not all(isinstance(month, str) for month in months):
                return False
            if rest.keys() - {"beside"} or not isinstance(beside, str):
                return False
            return (set(_SLOT.findall(date)), set(_SLOT.findall(beside))) == _CALENDAR_SLOTS
    return False


def _are_texts(value: object) -> TypeGuard[dict[str, str]]:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())
