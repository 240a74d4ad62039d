"""Hypothesis strategies for whole releases and whole catalogs: sound ones, and nearly sound ones."""

from __future__ import annotations

import datetime as dt
import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from conftest import quoted

if TYPE_CHECKING:
    from collections.abc import Callable

DOT = "dot.png"
ODD = [
    *("\ufeff", "\ud800", "\x00", "\x1b[31m", "\u202e", "\u2066", "\u2028", "\ue000", "\uffff"),
    *(
        "\x85",
        "\u200b",
        "\u0301",
        "﷽",
        "👩‍👩‍👧",
        "مراكش",
        "ⵜⴰⵎⵓⵔⵜ",
        "{{",
        "}",
        "%",
        "\\",
        "'",
        '"',
        "\r\n",
    ),
]
BAD_MARKUP = [
    *("{", "}", "{0}", "{x.y}", "{x!r}", "{x:>9}", "{nobody}", "[a](javascript:x)", "[a](//x)"),
    *(
        '[a](https://x "t")',
        "[a]({count})",
        "[a](https://)",
        "[a](mailto:)",
        "*" * 60 + "x" + "*" * 60,
    ),
]

# --- texts --------------------------------------------------------------------------------------

_LETTERS = st.characters(
    exclude_categories=("Cc", "Cs", "Co", "Cn", "Cf", "Zl", "Zp"),
    exclude_characters="{}[]\\*`\ufffc",
)
words = st.text(_LETTERS, min_size=1, max_size=30).filter(str.strip)
marked = st.sampled_from(
    [
        *(
            "*{0}*",
            "**{0}**",
            "[{0}](https://example.org/)",
            "{0} {{count}}",
            "*a **{0}** b*",
            "{{{{{0}}}}}",
        ),
        *(
            "[{0}](mailto:press@example.org)",
            "{0}\\*",
            "\u2067{0}\u2069",
            "{{share}} ({0}, {{day}})",
        ),
    ]
)
prose = words | st.builds(lambda form, word: form.format(word), marked, words)
# Texts of the body may refer to footnotes, in any place of them.
noted = (
    prose
    | st.builds("{}[^{}]".format, prose, st.sampled_from(["one", "two", "3"]))
    | st.builds("{}[^one], {} [^two][^one]{}".format, words, words, words)
)
# The newsroom's facts are none; and a name is no place for them.
keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)

# --- sound releases -----------------------------------------------------------------------------

days = st.dates().map(str)
# A release is issued up to the end of the embargo below, and changed after it.
issued = st.dates(max_value=dt.date(2025, 11, 24)).map(str)
changed = st.dates(min_value=dt.date(2025, 11, 24)).map(str)
counts = st.integers(1, 999)
numbers = st.decimals(-(10**12), 10**12, places=2).map(float)
signs = st.sampled_from(["auto", "always", "never"])
scales = st.sampled_from(["thousand", "million", "billion", "trillion"])
_namings = st.sampled_from(["symbol", "code", "name", "short-name"])
namings = _namings | st.fixed_dictionaries({}, optional={"fr": _namings}).filter(bool)


def _pairs(
    values: st.SearchStrategy[Any],
    written: Callable[[Any], Any],
    optional: dict[str, st.SearchStrategy[Any]],
) -> st.SearchStrategy[dict[str, Any]]:
    """Return ranges of two values in order, with the keys that such a range may have."""
    ends = st.tuples(values, values).map(lambda pair: [written(end) for end in sorted(pair)])
    return st.fixed_dictionaries({"range": ends, **optional})


FACTS: dict[str, st.SearchStrategy[Any]] = {
    "day": st.fixed_dictionaries(
        {"date": days | days.map(lambda d: d[:7]) | days.map(lambda d: d[:4])},
        optional={"style": st.sampled_from(["full", "long", "medium", "short"])},
    ),
    "clock": st.fixed_dictionaries({"time": st.times().map(lambda time: f"{time:%H:%M}")}),
    "count": st.fixed_dictionaries({"number": numbers}, optional={"sign": signs}),
    "place": st.fixed_dictionaries({"number": counts, "style": st.just("ordinal")}),
    "share": st.fixed_dictionaries({"percentage": numbers}),
    "price": st.fixed_dictionaries(
        {"money": numbers, "currency": st.sampled_from(["MAD", "EUR", "USD"])},
        optional={"as": namings, "sign": signs, "scale": scales},
    ),
    "size": st.fixed_dictionaries(
        {
            "quantity": numbers,
            "unit": st.sampled_from(["kilometer", "celsius", "kilowatt-hour", "basis-point"]),
        },
        optional={"style": st.sampled_from(["long", "short"]), "sign": signs, "scale": scales},
    ),
    "rounded": st.fixed_dictionaries(
        {"number": numbers, "style": st.sampled_from(["compact", "compact-short"])},
        optional={"decimals": st.integers(0, 9), "sign": signs, "scale": scales},
    ),
    "span": st.one_of(
        _pairs(numbers, lambda a: a, {"of": st.sampled_from(["number", "percentage"])}),
        _pairs(numbers, lambda a: a, {"currency": st.just("EUR"), "as": st.just("name")}),
        _pairs(st.dates(), str, {"style": st.sampled_from(["full", "long", "medium", "short"])}),
        _pairs(st.times(), lambda time: f"{time:%H:%M}", {}),
    ),
    "length": st.fixed_dictionaries(
        {
            "duration": st.builds("{}:{:02}".format, counts, st.integers(0, 59))
            | st.fixed_dictionaries({"days": counts}, optional={"hours": counts})
        }
    ),
    "start": st.fixed_dictionaries(
        {"datetime": st.just("2025-11-24T23:30:00+01:00")}, optional={"zones": st.booleans()}
    ),
}
_COMPUTED: dict[str, st.SearchStrategy[Any]] = {
    "base": st.just({"number": 200}),
    "growth": st.fixed_dictionaries(
        {"change_of": st.just("count"), "from": st.just("base")},
        optional={"as": st.sampled_from(["percentage", "difference"]), "sign": signs},
    ),
    "part": st.fixed_dictionaries(
        {"share_of": st.just("count"), "in": st.just("base")},
        optional={"decimals": st.integers(0, 3)},
    ),
}
facts = st.fixed_dictionaries({**FACTS, **_COMPUTED})


# A bare number that may be a year asks for a type, so untyped ones have a decimal.
figures = st.integers(-(10**9), 10**9).map(lambda number: number + 0.5)
_texts = noted | st.just("{share}")
# Digits alone would be a date or a time there, or no sound one.
_spoken = _texts.filter(lambda text: not text.strip().translate({45: None, 58: None}).isdigit())
CELLS: dict[str, st.SearchStrategy[Any]] = {
    "": _texts | figures | st.one_of(*FACTS.values()) | st.sampled_from([None, "", "–"]),
    "text": _texts | st.integers(0, 9999),
    "number": _texts | st.integers(-(10**9), 10**9) | figures | st.none(),
    "percentage": _texts | figures | st.integers(-100, 100),
    "money": _texts | figures | st.none(),
    "date": _spoken | days | st.integers(1000, 2100),
    "time": _spoken | st.times().map(lambda time: f"{time:%H:%M}"),
}


@st.composite
def _columns(draw: st.DrawFn, kind: str) -> Any:
    if not kind:
        return draw(prose)
    more: dict[str, Any] = {"currency": "MAD"} if kind == "money" else {}
    if kind in {"number", "percentage"} and draw(st.booleans()):
        more["decimals"] = draw(st.integers(1, 3))
    if kind in {"number", "money"} and draw(st.booleans()):
        more["scale"] = draw(scales)
    side = st.sampled_from(["start", "end", "center"])
    return {"heading": draw(prose), "type": kind, **more} | draw(
        st.fixed_dictionaries({}, optional={"align": side})
    )


@st.composite
def _tables(draw: st.DrawFn) -> dict[str, Any]:
    kinds = draw(st.lists(st.sampled_from(list(CELLS)), min_size=2, max_size=10))
    row = st.tuples(*(CELLS[kind] for kind in kinds)).map(list)
    table: dict[str, Any] = {
        "table": draw(prose),
        "columns": [draw(_columns(kind)) for kind in kinds],
        "rows": draw(st.lists(row, min_size=1, max_size=2)),
    }
    if draw(st.booleans()):
        span = draw(st.integers(1, len(kinds) - 1))
        first = {"heading": draw(prose), "columns": span}
        table["groups"] = [first, {"columns": len(kinds) - span}]
    if draw(st.booleans()):
        table |= {"total": draw(row), "adds_up": draw(st.booleans())}
    optional = {"note": prose | st.lists(prose, min_size=1, max_size=2)}
    return table | draw(st.fixed_dictionaries({}, optional=optional))


# What is announced takes place after the day of issue, above.
_moments = st.datetimes(dt.datetime(2025, 11, 25), dt.datetime(2190, 1, 1)).map(
    lambda moment: f"{moment:%Y-%m-%dT%H:%M}Z"
)
_whole_days = st.dates(dt.date(2025, 11, 25), dt.date(2190, 1, 1)).map(str)
_spans = (_moments | _whole_days).flatmap(
    lambda starts: st.fixed_dictionaries(
        {"starts": st.just(starts)},
        optional={"ends": st.just(f"2191-01-01{'T00:00Z' if 'T' in starts else ''}")},
    )
)
_join = st.sampled_from([{"url": "https://example.org/?a=1&b=%22"}, {"text": "x, y; z\\ {share}"}])
_rsvp = st.fixed_dictionaries(
    {"to": st.sampled_from(["press", "press@example.org"])},
    optional={"by": st.just("1900-12-31"), "note": prose},
)
_events = st.tuples(
    _spans,
    st.fixed_dictionaries(
        {"event": prose, "place": prose},
        optional={
            "time_zone": st.sampled_from(["Asia/Tokyo", "America/New_York", "UTC"]),
            "status": st.sampled_from(["cancelled", "postponed"]),
            "address": prose,
            "coordinates": st.tuples(st.integers(-90, 90), st.integers(-1800, 1800)).map(
                lambda pair: [pair[0], pair[1] / 10]
            ),
            "join": _join,
            "rsvp": _rsvp,
            "access": prose | st.lists(prose, min_size=1, max_size=2),
        },
    ),
).map(lambda parts: parts[0] | parts[1])


_picture = {"image": st.just(DOT), "alt": prose}
_said = {"caption": noted, "credit": prose}
addresses = st.sampled_from(
    [
        "https://example.org/a?b=1&c=%22",
        f"https://example.org/{'long/' * 40}",
        "https://مثال.example/",
    ]
)
lengths = st.sampled_from(["0:01", "3:25", "90:00", "1:02:30", "999:59:59"])


@st.composite
def _recordings(draw: st.DrawFn, key: str) -> dict[str, Any]:
    recording: dict[str, Any] = {key: draw(addresses), "title": draw(prose)}
    if draw(st.booleans()):
        recording |= {"poster": DOT, "poster_alt": draw(prose)}
    if draw(st.booleans()):
        recording |= {"live": True, "starts": "2025-11-24T10:00:00+01:00"}
    optional = {**_said, "duration": lengths, "transcript": addresses}
    return recording | draw(st.fixed_dictionaries({}, optional=optional))


@st.composite
def _quotes(draw: st.DrawFn) -> dict[str, Any]:
    said = st.lists(noted, min_size=1, max_size=3)
    quote: dict[str, Any] = {"quote": draw(noted | said)}
    quote["on_record"] = draw(st.sampled_from(["en", "fr", "ar", "zgh"]))
    match draw(st.sampled_from(["one", "other", "both"])):
        case "one":
            quote["speaker"] = "somebody"
        case "other":
            quote |= {"speaker": "another"} | draw(st.sampled_from([{}, {"title": "Chair"}]))
        case _:
            quote["speakers"] = ["another", "somebody"]
    return quote


_items = st.fixed_dictionaries(
    {"item": noted, "list": st.lists(noted, min_size=1, max_size=2)},
    optional={"numbered": st.booleans()},
)
BLOCKS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "paragraph": st.fixed_dictionaries({"paragraph": noted}),
    "heading": st.fixed_dictionaries({"heading": prose}),
    "quote": _quotes(),
    "list": st.fixed_dictionaries(
        {"list": st.lists(noted | _items, min_size=1, max_size=3)},
        optional={"numbered": st.booleans()},
    )
    | st.fixed_dictionaries({"list": st.lists(noted, min_size=1, max_size=3), "start": counts}),
    "table": _tables(),
    "image": st.fixed_dictionaries(_picture, optional=_said),
    "images": st.fixed_dictionaries(
        {
            "images": st.lists(
                st.fixed_dictionaries(_picture, optional=_said), min_size=2, max_size=3
            )
        },
        optional=_said,
    ),
    "event": _events,
    "video": _recordings("video"),
    "audio": _recordings("audio"),
}


def _body(drawn: tuple[Any, ...]) -> list[Any]:
    blocks = [block for part in drawn for block in part]
    headings = [i for i, block in enumerate(blocks) if "heading" in block]
    if len(headings) > 1:  # the first is of level 1
        blocks[headings[-1]] = {**blocks[headings[-1]], "level": 2}
    lists = [i for i, block in enumerate(blocks) if block.get("numbered") or "start" in block]
    if len(lists) > 1:
        last = {k: v for k, v in blocks[lists[-1]].items() if k != "start"}
        blocks[lists[-1]] = {**last, "continues": True}
    return blocks


# Every kind of block, in any order, some of them twice.
_every_block = st.tuples(*BLOCKS.values()).flatmap(lambda blocks: st.permutations(list(blocks)))
body = st.tuples(_every_block, st.lists(st.one_of(*BLOCKS.values()), max_size=3)).map(_body)
_links = st.fixed_dictionaries({"text": prose, "url": st.just("https://example.org/?a=1&b=%22")})


_place = st.fixed_dictionaries({"city": prose}, optional={"country": prose})
_dateline = _place | st.lists(_place, min_size=1, max_size=3)
_codes = st.sampled_from(["SPM", "2:24-cv-01234", "ملف 12-أ-6", "C-117/26 P", "№ 5"]) | words
_ticker = st.fixed_dictionaries({"market": prose, "symbol": _codes})
_identifiers = st.fixed_dictionaries(
    {},
    optional={
        "isin": st.just("US0378331005"),
        "lei": st.just("5493001KJTIIGC8Y1R12") | st.just(["5493001KJTIIGC8Y1R12"]),
        "ticker": _ticker | st.lists(_ticker, min_size=1, max_size=2),
        "case": _codes,
        "other": st.fixed_dictionaries({"label": prose, "number": _codes}),
    },
)
_subjects = st.lists(
    st.just("medtop:20000106")
    | st.fixed_dictionaries({"code": st.just("medtop:04000000"), "name": prose}),
    max_size=2,
)
KINDS = [
    *("press release", "media advisory", "statement", "joint statement", "remarks", "declaration"),
    *("results", "correction notice", "holding statement"),
]


@st.composite
def releases(draw: st.DrawFn) -> dict[str, Any]:
    """Return a sound release as data, with every kind of block and of fact."""
    release: dict[str, Any] = {
        "kind": draw(st.sampled_from(KINDS)),
        "date": draw(issued),
        "headline": draw(prose),
        "facts": draw(facts),
        "body": draw(body),
        "contacts": ["press"],
    }
    written = json.dumps(release["body"], ensure_ascii=False)
    people = {
        "somebody": st.fixed_dictionaries({"name": prose, "title": prose}),
        "another": st.fixed_dictionaries({"name": prose}),
    }
    said = {name for name in people if f'"{name}"' in written}
    release["people"] = {name: draw(people[name]) for name in people if name in said}
    notes = {name: draw(prose) for name in ("one", "two", "3") if f"[^{name}]" in written}
    if notes:
        release["footnotes"] = notes
    optional: dict[str, st.SearchStrategy[Any]] = {
        "language": st.sampled_from(["en", "fr", "ar"]),
        "reference": words,
        "dateline": _dateline,
        "identifiers": _identifiers,
        "regulatory": prose,
        "subjects": _subjects,
        "keywords": st.lists(prose, max_size=2),
        "attachments": st.lists(
            st.fixed_dictionaries({"file": st.just(DOT), "text": prose}), max_size=1
        ),
        "embargo": st.just("2025-11-24T10:00:00+01:00"),
        "subheadline": prose,
        "summary": prose,
        "notes_to_editors": st.lists(prose, min_size=1, max_size=2),
        "links": st.lists(_links, min_size=1, max_size=2),
        "boilerplates": st.just(["about"]),
    }
    release |= draw(st.fixed_dictionaries({}, optional=optional))
    revision = draw(st.sampled_from(["", "", "correction", "withdrawal"]))
    if revision:
        version = draw(st.integers(2, 999))
        notice = {"version": version - 1, "date": draw(changed), "text": draw(prose)}
        release |= {"version": version, revision: notice}
    return release


def as_yaml(data: object) -> str:
    """Return data as YAML: JSON is YAML 1.2, but that each key has a line of its own here."""
    return json.dumps(data, indent=1, ensure_ascii=False)


# --- nearly sound releases ----------------------------------------------------------------------

_wrong: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just([]),
    st.just({}),
    st.just([[[]]]),
    st.just({"paragraph": "x", "heading": "y"}),
    st.sampled_from([*ODD, *BAD_MARKUP]),
    st.sampled_from(
        ["", " ", "9999-99-99", "24:61", "1e400", "x" * 5_001, "../x.png", "no", "٢٠٢٥"]
    ),
    st.text(max_size=20),
)


def _places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    )
    return [path, *(found for step, value in steps for found in _places(value, (*path, step)))]


@st.composite
def broken_releases(draw: st.DrawFn) -> str:
    """Return a release's file with one to three things wrong with its values or its characters."""
    release = deepcopy(draw(releases()))  # samples are shared: none may be changed
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(_places(release)[1:] or [("kind",)]))
        holder: Any = release
        for step in path[:-1]:
            holder = holder[step]
        match draw(st.sampled_from(["replace", "delete", "add", "append"])):
            case "delete":
                del holder[path[-1]]
            case "add" if isinstance(holder, dict):
                holder[draw(st.sampled_from(["x", "Headline", "", *ODD]))] = deepcopy(draw(_wrong))
            case "append" if isinstance(holder[path[-1]], str):
                holder[path[-1]] += draw(st.sampled_from([*ODD, *BAD_MARKUP]))
            case _:
                holder[path[-1]] = deepcopy(draw(_wrong))
    # Written as escapes, too: so half a character gets past the decoder.
    text = draw(st.sampled_from([as_yaml, json.dumps]))(release)
    if draw(st.booleans()):
        return text
    cut = draw(st.integers(0, len(text)))
    return (
        text[:cut]
        + draw(st.sampled_from([*ODD, "", ":", "- ", "&a *a", "!x", "[", "\t"]))
        + text[cut + 1 :]
    )


# --- catalogs -----------------------------------------------------------------------------------

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
_roles = st.sampled_from(["headline", "paragraph", "dateline city", "quote", "caption"])


@st.composite
def catalogs(draw: st.DrawFn, sources: tuple[tuple[str, str], ...] = ()) -> str:
    """Return a sound catalog, with these messages among others."""
    others = draw(st.dictionaries(st.tuples(_roles, words), prose, max_size=4))
    translated = others | {key: draw(prose) for key in sources}
    entries = []
    for (role, source), translation in translated.items():
        comments = draw(
            st.sampled_from(["", "# A note\n", "#: x.yaml:1\n", "#, fuzzy\n", "# A\n\n#. B\n"])
        )
        obsolete = (role, source) not in sources and draw(st.booleans())
        mark = "#~ " if obsolete else ""
        lines = [
            f"msgctxt {quoted(role)}",
            f"msgid {quoted(source)}",
            f"msgstr {quoted(translation)}",
        ]
        entries.append(comments + "".join(f"{mark}{line}\n" for line in lines))
    return draw(st.sampled_from(["\n", "\r\n"])).join("\n".join([HEADER, *entries]).split("\n"))


_REPLACED = ["charset=idna", "charset=undefined", "charset=utf-16", "charset=latin-1", "charset=x"]
_SPLICED = ["<<<<<<< x\n", "msgid ", '"', "msgstr[0] ", "#~ ", "#| ", "\r", "\\", "\x00", "\ufeff"]


@st.composite
def broken_catalogs(draw: st.DrawFn, sources: tuple[tuple[str, str], ...] = ()) -> bytes:
    """Return a catalog's file that is cut, spliced, in another encoding, or with odd texts."""
    raw = draw(catalogs(sources)).encode()
    if draw(st.booleans()):
        raw = raw.replace(b"charset=UTF-8", draw(st.sampled_from(_REPLACED)).encode())
    for _ in range(draw(st.integers(1, 3))):
        cut, gone = draw(st.integers(0, len(raw))), draw(st.integers(0, 20))
        splice = draw(
            st.sampled_from([*_SPLICED, *BAD_MARKUP]).map(str.encode) | st.binary(max_size=4)
        )
        raw = raw[:cut] + splice + raw[cut + gone :]
    return raw
