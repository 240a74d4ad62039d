"""The style sheets of an SVG, resolved: each element gets its properties as attributes.

Afterwards no CSS is left that a library could read in its own way. CSS Cascading 4, Variables 1.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gapress.release.svg.error import SvgError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

SVG = "{http://www.w3.org/2000/svg}"
# Rules times elements, and combinators in a selector: the time that matching takes.
_MAX_MATCHES = 5_000_000
_MAX_COMBINATORS = 4
_MAX_VALUE = 20_000
_NEVER = re.compile(r":(hover|focus|active|visited|link|target|focus-within|focus-visible)\b")
_OUTSIDE = re.compile(r"url\(\s*[\"']?\s*(?!#)", re.IGNORECASE)
_WAY_OUT = "export it with presentation attributes (in Illustrator: Styling), or as PNG"


class Styles:
    """The style sheets of a picture."""

    def __init__(self, root: _Element) -> None:
        import cssselect2

        self._matcher = cssselect2.Matcher()
        count = 0
        for style in root.iter(f"{SVG}style"):
            kind, media = style.get("type") or "text/css", (style.get("media") or "all").lower()
            if kind == "text/css" and media in {"all", "screen"}:
                count += self._read("".join(map(str, style.itertext())), style)
        elements = sum(1 for _ in root.iter(f"{SVG}*"))
        if count * elements > _MAX_MATCHES:
            raise SvgError(f"has {count:,} rules of CSS for {elements:,} elements", _WAY_OUT)
        self._wrapped = (
            {
                w.etree_element: w
                for w in cssselect2.ElementWrapper.from_xml_root(root).iter_subtree()
            }
            if count
            else {}
        )

    def of(self, element: _Element) -> dict[str, str]:
        """Return the declarations for an element, the strongest value of each property."""
        normal: dict[str, str] = {}
        important: dict[str, str] = {}
        wrapped = self._wrapped.get(element)
        if wrapped is not None:
            for *_, (plain, strong) in self._matcher.match(wrapped):
                normal.update(plain)
                important.update(strong)
        plain, strong = _declarations(element.get("style") or "")
        if any(_OUTSIDE.search(value) for value in (*plain.values(), *strong.values())):
            message = "has an attribute style that refers to something outside the picture"
            raise SvgError(message, element=element)
        return {**normal, **plain, **important, **strong}

    def _read(self, css: str, style: _Element) -> int:
        import tinycss2

        count = 0
        for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
            if rule.type == "at-rule":
                _check_at_rule(rule, style)
            elif rule.type == "qualified-rule":
                count += self._add(rule, style)
        return count

    def _add(self, rule: Any, style: _Element) -> int:
        import cssselect2
        import tinycss2

        selectors = tinycss2.serialize(rule.prelude)
        if ":" in selectors.replace(":root", ""):
            if _NEVER.search(selectors) and "," not in selectors:
                return 0
            raise SvgError(f"has CSS for {selectors.strip()[:40]!r}", _WAY_OUT, style)
        if any(
            len(re.findall(r"[\s>+~]+", s.strip())) > _MAX_COMBINATORS for s in selectors.split(",")
        ):
            raise SvgError(f"has CSS for {selectors.strip()[:40]!r}", _WAY_OUT, style)
        try:
            compiled = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            return 0  # as browsers do
        declarations = _declarations(rule.content)
        for value in (value for part in declarations for value in part.values()):
            if _OUTSIDE.search(value):
                message = "has CSS that refers to something outside the picture"
                raise SvgError(f"{message}: {value[:60]}", element=style)
        for selector in compiled:
            if selector.pseudo_element is None and not selector.never_matches:
                self._matcher.add_selector(selector, declarations)
        return len(compiled)


def resolve(
    declared: dict[str, str], variables: dict[str, str], element: _Element
) -> tuple[dict[str, str], dict[str, str]]:
    """Return an element's declarations without variables, and the variables for its children."""
    own = {**variables, **{name: value for name, value in declared.items() if name[:2] == "--"}}
    resolved: dict[str, str] = {}
    for name, value in declared.items():
        if name[:2] == "--":
            continue
        if "var(" in value or "light-dark(" in value:
            value = _substituted(value, own, element)
            if not value:
                continue
        if name == "font":
            resolved.update(_font(value))
        elif name == "marker":
            resolved.update(dict.fromkeys(("marker-start", "marker-mid", "marker-end"), value))
        else:
            resolved[name] = value
    return resolved, own


def _check_at_rule(rule: Any, style: _Element) -> None:
    import tinycss2

    name = rule.lower_at_keyword
    if name == "import":
        shown = tinycss2.serialize(rule.prelude).strip()[:60]
        raise SvgError(
            f"has CSS that refers to something outside the picture: {shown}", element=style
        )
    if name.endswith("keyframes"):
        raise SvgError("is animated", "export it without animation, or as PNG", style)
    # What is left is for other media, or fonts, which no format but HTML could use.


def _declarations(css: Any) -> tuple[dict[str, str], dict[str, str]]:
    """Return the normal and the important declarations of a block."""
    import tinycss2

    normal: dict[str, str] = {}
    important: dict[str, str] = {}
    for item in tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True):
        if item.type == "declaration":
            value = tinycss2.serialize(t for t in item.value if t.type != "comment").strip()
            name = item.name if item.name.startswith("--") else item.lower_name
            (important if item.important else normal)[name] = value
    return normal, important


def _substituted(value: str, variables: dict[str, str], element: _Element) -> str:
    """Return a value with its variables filled in; empty where one has no value."""
    import tinycss2

    for _ in range(10):
        changed: list[str] = []
        found = False
        for token in tinycss2.parse_component_value_list(value, skip_comments=True):
            if token.type == "function" and token.lower_name in {"var", "light-dark"}:
                found = True
                name, _, fallback = tinycss2.serialize(token.arguments).partition(",")
                if token.lower_name == "light-dark":
                    changed.append(_first_argument(token.arguments))
                else:
                    changed.append(variables.get(name.strip(), fallback.strip()))
            else:
                changed.append(token.serialize())
        value = "".join(changed)
        if len(value) > _MAX_VALUE:
            break
        if not found:
            return value
    raise SvgError("has CSS variables that use each other over and over", _WAY_OUT, element)


def _first_argument(arguments: Any) -> str:
    first: list[str] = []
    for token in arguments:
        if token.type == "literal" and token.value == ",":
            break
        first.append(token.serialize())
    return "".join(first).strip()


def _font(value: str) -> Iterator[tuple[str, str]]:
    """Yield the properties of a ``font`` shorthand (CSS Fonts 4, 2.7)."""
    match = re.fullmatch(
        r"((?:[a-z-]+\s+|[1-9]00\s+)*)([0-9.]+[a-z%]+)(?:\s*/\s*[\w.%]+)?\s+(.+)",
        value,
        re.IGNORECASE,
    )
    if not match:
        return
    for word in match[1].lower().split():
        if word in {"italic", "oblique"}:
            yield "font-style", word
        elif word in {"bold", "bolder", "lighter"} or word.isdigit():
            yield "font-weight", word
    yield "font-size", match[2]
    yield "font-family", match[3]
