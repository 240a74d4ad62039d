"""Compares what was typed at a place of a YAML file with what YAML reads there.

``release.yaml`` asks here for each value while it reads a file that is valid YAML. A *slip* is what
a person would be told if a text belongs there: YAML's comments, anchors, tags and collections are
right elsewhere, and drop or change words in a text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from gapress.errors import Problem
from gapress.release.quoting import fold, quoted

if TYPE_CHECKING:
    from ruamel.yaml.nodes import CollectionNode, Node, ScalarNode

_COMMENT = re.compile(r"[ \t]+(#[^\r\n]*)")
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)+")
_KEY_OR_DASH = re.compile(r"[ \t]*(?:-[ \t]+)*(?:[\w-]+[ \t]*:|-)[ \t]+(#.*)$")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*[ \t]+(#\S[^\r\n]*)")
# An escape that cuts a word, as in "C:\\new".
_CUT = re.compile(r"(?<=[\w:])(?<!\\)\\[nrt](?=\w)")
_WHOLE_COMMENT = re.compile(r"^[ \t]*#[^\r\n]*$", re.MULTILINE)
# The start of a line that looks like an entry of its own but continues a text.
_ENTRY_LIKE = re.compile(
    r"-[ \t\u00a0]|-(?=[^\W\d_])"
    r"|(?!(?:https?|mailto|tel):)[a-z_]{2,}[:：](?:\S|[\u00a0\u202f\u3000])"
)

EMPTY = "an empty value"
IN_QUOTES = "put the text in quotes"
COMMENT_ELSEWHERE = "a comment goes on a line of its own"


@dataclass(frozen=True)
class Source:
    """A file's text, for looking up what stands around a value.

    Attributes:
        file: Its name for messages.
        text: All of it.
    """

    file: str
    text: str

    @cached_property
    def starts(self) -> list[int]:
        """Where each line starts."""
        return [0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", self.text))]

    def line(self, index: int) -> int:
        """Return the number of the line of a place, from 1; a place is an index into the text."""
        return bisect_right(self.starts, index)

    def line_start(self, index: int) -> int:
        """Return where the line of a place starts."""
        return self.starts[self.line(index) - 1]

    def problem(self, index: int, message: str, hint: str) -> Problem:
        """Return a problem at a place."""
        column = index - self.line_start(index) + 1
        return Problem(self.file, self.line(index), column, message, hint)

    def rest(self, index: int) -> str:
        """Return what follows a place on its line."""
        match = re.compile(r"[^\r\n]*").match(self.text, index)
        return match[0] if match else ""

    def corrected(self, start: int, text: str, *, flow: bool) -> str:
        """Return the hint that shows a text in quotes: its whole line, or itself in brackets."""
        line = "" if flow else self.text[self.line_start(start) : start].lstrip(" ")
        return f"{IN_QUOTES}: {line}{quoted(text)}"


def slip_in_scalar(source: Source, node: ScalarNode, *, flow: bool) -> Problem | None:
    """Return what is told of a scalar if a text belongs there and YAML reads something else."""
    start, end = node.start_mark.index, node.end_mark.index
    raw = source.text[start:end]
    if node.style in {"|", ">"}:
        header = _BLOCK_HEADER.match(raw)
        return _before(source, header[1], start + header.start(1), node) if header else None
    head = source.line_start(start)
    if (
        not flow
        and not source.text[head:start].strip(" \t")
        and (found := _comment_above(source, head))
    ):
        comment, place = found
        return _before(source, comment, place, node)
    if node.style == '"' and (escape := _CUT.search(raw)):
        message = (
            f"{escape[0]} in double quotes is a line end or a tab, not a backslash and a letter"
        )
        typed = raw[1:-1].replace('\\"', '"').replace("\\\\", "\\")
        return source.problem(
            start + escape.start(), message, source.corrected(start, typed, flow=flow)
        )
    if node.style is not None:
        return None
    comment_ = _COMMENT.match(source.text, end)
    if (
        comment_ is None
        and not raw
        and (after := re.compile(r"[ \t]*(#[^\r\n]*)").match(source.text, end))
    ):
        comment_ = after
    if comment_:
        return _comment_after(source, start, raw, comment_, flow=flow)
    return _continued(source, start, raw, flow=flow) or _read_as_value(
        source, start, raw, flow=flow
    )


def _comment_above(source: Source, head: int) -> tuple[str, int] | None:
    """Return the comment, with its place, beside the key or dash whose value starts a new line."""
    while head > 0:
        above = source.line_start(head - 1)
        line = source.rest(above)
        if line.strip() and not _WHOLE_COMMENT.match(line):
            match = _KEY_OR_DASH.match(line)
            return (match[1], above + match.start(1)) if match else None
        head = above
    return None


def _before(source: Source, comment: str, place: int, node: ScalarNode) -> Problem:
    start = source.line_start(place)
    prefix, text = source.text[start:place], f"{comment} {node.value}"
    if node.style in {"|", ">"}:
        head = prefix.rfind(str(node.style))
        if not str(node.value).strip():  # no text below: the mark is one of the text's, too
            text = f"{prefix[head:]}{comment}"
        prefix = prefix[:head]
    message = f"YAML drops {comment}: # begins a comment before the text"
    hint = f"{IN_QUOTES}: {prefix.strip()} {quoted(text)}".replace(":  ", ": ")
    return source.problem(place, message, f"{hint}; {COMMENT_ELSEWHERE}")


def _comment_after(
    source: Source, start: int, raw: str, comment: re.Match[str], *, flow: bool
) -> Problem:
    dropped = comment[1].rstrip(" \t")
    if flow:  # the comment takes the rest of the row with it
        dropped = re.split(r"[,\]}]", dropped)[0].rstrip(" \t")
    text = f"{raw}{comment[0][: -len(comment[1])]}{dropped}"
    message = f"YAML drops {dropped}: # after a space begins a comment"
    begins = start
    if not raw:  # an empty value starts right behind its key, without the space
        begins = comment.start(1)
    fixed = source.corrected(begins, text, flow=flow)
    return source.problem(comment.start(1), message, f"{fixed}; {COMMENT_ELSEWHERE}")


def _continued(source: Source, start: int, raw: str, *, flow: bool) -> Problem | None:
    for line in re.finditer(r"(?:\r\n|\r|\n)[ \t]*([^\s][^\r\n]*)", raw):
        if _ENTRY_LIKE.match(line[1]):
            message = f"this line continues the text above, but begins like an entry: {line[1]}"
            fixed = source.corrected(start, raw, flow=flow)
            hint = (
                "if it is an entry, align it with the others and put a space after - or :; "
                f"if it is text, {fixed}"
            )
            return source.problem(start + line.start(1), message, hint)
    return None


def _read_as_value(source: Source, start: int, raw: str, *, flow: bool) -> Problem | None:
    """Return what is told of words that YAML takes for a truth value or for nothing."""
    if raw == "~" or raw.lower() in {"null", "true", "false"}:
        kind = "a yes/no value" if raw.lower() in {"true", "false"} else EMPTY
        message = f"YAML reads {raw} as {kind}"
        return source.problem(start, message, source.corrected(start, raw, flow=flow))
    return None


def slip_in_collection(source: Source, node: CollectionNode, *, flow: bool) -> Problem | None:
    """Return what is told of a list or mapping if a text belongs there: it was typed as one."""
    start = node.start_mark.index
    raw = _WHOLE_COMMENT.sub("", source.text[start : node.end_mark.index]).strip(" \t\r\n")
    if "\n" not in raw:
        raw = _with_comment(source, start, start + len(raw))
    is_flow = raw[:1] in {"{", "["}
    lines = [line for line in raw.splitlines() if line.strip()]
    if raw in {"[]", "{}"} or (not is_flow and (len(node.value) > 1 or _has_lists(lines))):
        return None
    if raw[:1] == "[" or re.match(r"-\s", raw):
        message = f"YAML reads a list where a text belongs: it begins with {raw[0]}"
        place = start
    elif raw[:1] == "{":
        message = "YAML reads keys where a text belongs: it begins with {"
        place = start
    else:
        message = 'YAML reads a key where a text belongs, because of the ": " in it'
        place = start + max(raw.find(":"), 0)
    return source.problem(place, message, source.corrected(start, raw, flow=flow))


def _has_lists(lines: list[str]) -> bool:
    return any(re.match(r"[ \t]*- ", line) for line in lines[1:])


def unused_anchor(source: Source, node: Node, *, flow: bool) -> Problem:
    """Return the problem of an anchor that no alias refers to: usually a text beginning with &."""
    start = node.start_mark.index
    raw = source.text[start : node.end_mark.index]
    name = f"&{node.anchor}"
    # A collection's mark may stand behind its anchor.
    if not raw.startswith("&"):
        place = source.text.rfind(name, 0, start)
        message = f"the anchor {name} is not used"
        return source.problem(max(place, 0), message, f"delete {name}")
    typed = _with_comment(source, start, node.end_mark.index)
    message = f"YAML drops {name}: & at the start names a value"
    return source.problem(start, message, source.corrected(start, typed, flow=flow))


def tagged(source: Source, node: Node, *, flow: bool) -> Problem | None:
    """Return the problem of a tag, which is a text beginning with ! or no data of ours."""
    start = node.start_mark.index
    raw = source.text[start : node.end_mark.index]
    properties = _PROPERTIES.match(f"{raw} ")
    tag = re.search(r"(?:^|\s)(!\S*)", properties[0]) if properties else None
    if tag is None:
        return None
    name = re.sub(r"^!!", "", tag[1]) or "!"
    message = f"YAML drops {tag[1]}: ! at the start is a tag, and tags such as {name} are not used"
    typed = _with_comment(source, start, node.end_mark.index)
    hint = (
        source.corrected(start, typed, flow=flow)
        if getattr(node, "style", 0) is None
        else "write the value alone"
    )
    return source.problem(start + tag.start(1), message, hint)


def _with_comment(source: Source, start: int, end: int) -> str:
    comment = _COMMENT.match(source.text, end)
    return source.text[start:end] + (comment[0] if comment else "")


def unclosed_quote(source: Source, node: ScalarNode, indent: int, *, flow: bool) -> Problem | None:
    """Return the problem of a quoted text that runs on into entries of its own.

    YAML 1.2 (7.3) wants every line of a quoted text indented further than what holds it; libraries
    read on without, as far as the next quotation mark.
    """
    raw = source.text[node.start_mark.index : node.end_mark.index]
    for line in re.finditer(r"(?:\r\n|\r|\n)([ \t]*)[^\s]", raw):
        if len(line[1]) <= indent:
            start = node.start_mark.index
            typed = source.rest(start)
            last = source.line(node.end_mark.index)
            message = f"the quotation mark {raw[0]} that opens here closes on line {last} only"
            fixed = source.corrected(start, fold(typed), flow=flow)
            return source.problem(start, message, f"close it on this line, or {fixed}")
    return None


def split_text(source: Source, first: Node, second: Node) -> Problem | None:
    """Return the problem of a text in brackets that its comma cuts into two entries.

    That is a figure, or a text in quotation marks that are not YAML's.
    """
    start, end = first.start_mark.index, first.end_mark.index
    whole = source.text[start : second.end_mark.index]
    for opening, closing in ("“”", "«»", "„“", "‘’"):
        half = source.text[start:end]
        if half[:1] == opening and closing not in half and closing in whole:
            message = f"the comma in {whole} makes two entries of it: {opening} is no quote of YAML"
            return source.problem(start, message, f"{IN_QUOTES}: {quoted(whole)}")
    if source.text[end : second.start_mark.index] != ",":
        return None
    left, right = source.text[start:end], source.text[end + 1 : second.end_mark.index]
    if not (left[-1:].isdigit() and right[:1].isdigit()):
        return None
    whole = f"{left},{right}"
    message = f"the comma in {whole} makes two entries of it"
    if (left + right).isdigit() and len(right) == len("000"):
        one = f"{left}{right} for a number"
    else:
        one = f"{quoted(whole)} for one entry"
    return source.problem(start, message, f"write {one}, {left}, {right} for two")


def problem_with_key(source: Source, key: ScalarNode, *, flow: bool) -> Problem | None:
    """Return why a key is none: a merge key, a dash or a no-break space run into it."""
    name, start = str(key.value), key.start_mark.index
    if source.text.startswith(("&", "!"), start):
        raw = source.text[start : key.end_mark.index].split()[0]
        return source.problem(start, f"{raw} before {name} does not belong there", f"delete {raw}")
    if name == "<<":
        message = "merge keys (<<) are not used here"
        return source.problem(start, message, "write the keys themselves")
    if key.style is None and (name in {"", "~"} or name.lower() == "null"):
        return source.problem(start, "a key must be a word", "write key: value")
    if key.style is None and respaced(f"{name}:") != f"{name}:":
        line = name if flow else source.rest(start)
        return source.problem(start, reason_for_respacing(line), shown_respaced(line))
    return None


_ODD_SPACE = "\u00a0\u1680\u2000-\u200b\u202f\u205f\u2060\u3000"
_LEAD = re.compile(rf"[{_ODD_SPACE}\t][{_ODD_SPACE}\t ]*")
_DASH = re.compile(
    rf"(?:(?P<dash>-)(?P<odd>[{_ODD_SPACE}\t]+)|(?P<tight>-)(?=[^\W\d_])|(?P<other>[–—•])\s*)"
)
_BLOCKS = "paragraph|heading|quote|list|table|image|event|text"
_COLON = re.compile(
    rf"(?!(?:https?|mailto|tel)\s?:)(?P<key>[a-z][a-z0-9_]*) ?"
    rf"(?:(?P<wide>[：﹕])[ {_ODD_SPACE}]*|:(?P<odd>[{_ODD_SPACE}]+ *)|(?P<tight>:)(?=[^\s:/]))"
)


def respaced(line: str) -> str:
    """Return a line with the ordinary spaces, dash and colon that YAML needs around a key."""
    line = _LEAD.sub("", line, count=1) if _LEAD.match(line) else line
    if dash := _DASH.match(line):
        line = f"- {line[dash.end() :]}"
    start = "- " if line.startswith("- ") else ""
    rest = line[len(start) :]
    colon = _COLON.match(rest)
    # After a dash, word:word may be a text.
    if colon and not (start and colon["tight"] and not re.fullmatch(_BLOCKS, colon["key"])):
        return f"{start}{colon['key']}: {rest[colon.end() :]}"
    return line


def shown_respaced(line: str) -> str:
    """Return the hint that shows a line as :func:`respaced` writes it."""
    return f"write with ordinary spaces: {respaced(line).strip()}"


def reason_for_respacing(line: str) -> str:
    """Return what is wrong with a line that :func:`respaced` changes."""
    if _LEAD.match(line):
        return f"{_named(line[0])} indents this line"
    if dash := _DASH.match(line):
        if dash["other"]:
            return f"{dash['other']} does not begin an entry of a list; a hyphen does"
        return f"{_named(dash['odd'])} follows the dash" if dash["odd"] else _MISSING.format("dash")
    colon = _COLON.match(line.removeprefix("- "))
    if colon and colon["wide"]:
        return f"the colon after {colon['key']} is {colon['wide']}, not an ordinary one"
    if colon and colon["odd"]:
        return f"{_named(colon['odd'])} follows the colon"
    return _MISSING.format("colon")


_MISSING = "a space is missing after the {}"


def _named(space: str) -> str:
    return "a tab" if space[0] == "\t" else f"a special space (U+{ord(space[0]):04X})"
