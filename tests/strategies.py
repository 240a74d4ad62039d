"""Hypothesis strategies for whole releases and whole catalogs: sound ones, and nearly sound ones."""

from __future__ import annotations

import datetime as dt
import json
from copy import deepcopy
from typing import Any

from hypothesis import strategies as st

from conftest import quoted

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
# The newsroom's facts are none; and a name is no place for them.
keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)

# --- sound releases -----------------------------------------------------------------------------

days = st.dates().map(str)
# A release is issued up to the end of the embargo below, and changed after it.
issued = st.dates(max_value=dt.date(2025, 11, 24)).map(str)
changed = st.dates(min_value=dt.date(2025, 11, 24)).map(str)
counts = st.integers(1, 999)
numbers = st.decimals(-(10**12), 10**12, places=2).map(float)
FACTS: dict[str, st.SearchStrategy[Any]] = {
    "day": st.fixed_dictionaries(
        {"date": days | days.map(lambda d: d[:7]) | days.map(lambda d: d[:4])},
        optional={"style": st.sampled_from(["full", "long", "medium", "short"])},
    ),
    "clock": st.fixed_dictionaries({"time": st.times().map(lambda time: f"{time:%H:%M}")}),
    "count": st.fixed_dictionaries({"number": numbers}),
    "place": st.fixed_dictionaries({"number": counts, "style": st.just("ordinal")}),
    "share": st.fixed_dictionaries({"percentage": numbers}),
    "price": st.fixed_dictionaries(
        {"money": numbers, "currency": st.sampled_from(["MAD", "EUR", "USD"])}
    ),
}
facts = st.fixed_dictionaries(FACTS)


# A bare number that may be a year asks for a type, so untyped ones have a decimal.
figures = st.integers(-(10**9), 10**9).map(lambda number: number + 0.5)
_texts = prose | st.just("{share}")
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
    side = st.sampled_from(["start", "end", "center"])
    return {"heading": draw(prose), "type": kind, **more} | draw(
        st.fixed_dictionaries({}, optional={"align": side})
    )


@st.composite
def _tables(draw: st.DrawFn) -> dict[str, Any]:
    kinds = draw(st.lists(st.sampled_from(list(CELLS)), min_size=2, max_size=6))
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
    optional = {"total": row, "note": prose | st.lists(prose, min_size=1, max_size=2)}
    return table | draw(st.fixed_dictionaries({}, optional=optional))


_picture = {"image": st.just(DOT), "alt": prose}
_said = {"caption": prose, "credit": prose}
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


BLOCKS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "paragraph": st.fixed_dictionaries({"paragraph": prose}),
    "heading": st.fixed_dictionaries({"heading": prose}),
    "quote": st.fixed_dictionaries(
        {
            "quote": prose,
            "speaker": st.just("somebody"),
            "on_record": st.sampled_from(["en", "fr", "ar", "zgh"]),
        }
    ),
    "list": st.fixed_dictionaries(
        {"list": st.lists(prose, min_size=1, max_size=3)}, optional={"numbered": st.booleans()}
    ),
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
    "video": _recordings("video"),
    "audio": _recordings("audio"),
}


def _body(drawn: tuple[Any, ...]) -> list[Any]:
    return [block for part in drawn for block in part]


# Every kind of block, in any order, some of them twice.
_every_block = st.tuples(*BLOCKS.values()).flatmap(lambda blocks: st.permutations(list(blocks)))
body = st.tuples(_every_block, st.lists(st.one_of(*BLOCKS.values()), max_size=3)).map(_body)
_links = st.fixed_dictionaries({"text": prose, "url": st.just("https://example.org/?a=1&b=%22")})


@st.composite
def releases(draw: st.DrawFn) -> dict[str, Any]:
    """Return a sound release as data, with every kind of block and of fact."""
    release: dict[str, Any] = {
        "kind": draw(st.sampled_from(["press release", "media advisory", "statement"])),
        "date": draw(issued),
        "dateline": draw(st.fixed_dictionaries({"city": prose}, optional={"country": prose})),
        "headline": draw(prose),
        "people": {"somebody": draw(st.fixed_dictionaries({"name": prose, "title": prose}))},
        "facts": draw(facts),
        "body": draw(body),
        "contacts": ["press"],
    }
    optional: dict[str, st.SearchStrategy[Any]] = {
        "language": st.sampled_from(["en", "fr", "ar"]),
        "reference": words,
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
