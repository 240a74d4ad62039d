"""Reads what a paragraph of a Word file holds (ECMA-376 Part 1, 17.3): runs, links, fields.

What has no place in a line of text is told: text boxes, objects, equations, hidden text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from gapress.word.names import at, full, name, switch, value
from gapress.word.story import NoteMark, Shot, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.word.package import Element, Package
    from gapress.word.sheet import Sheet
    from gapress.word.story import Piece, Story

_TEXT = tuple(map(full, ("w:t", "m:t", "a:t")))
_INSIDE = {
    "w:sdt", "w:sdtContent", "w:smartTag", "w:customXml", "w:bdo", "w:dir", "w:fldSimple",
    "w:hyperlink", "w:rt", "w:rubyBase", "w:ruby",
}  # fmt: skip
_CHARACTERS = {
    "w:tab": " ", "w:ptab": " ", "w:cr": "\n", "w:noBreakHyphen": "\u2011",
}  # fmt: skip
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_LINK = re.compile(r'\s*HYPERLINK\s+(?:\\l\s+"[^"]*"\s*)?"([^"]*)"', re.IGNORECASE)
# What Word adds to alternative texts that it has made.
_BY_MACHINE = re.compile(
    r"\s*(?:Description automatically generated.*|AI-generated content may be incorrect\.?"
    r"|Description générée automatiquement.*|Le contenu généré par l’IA peut être incorrect\.?"
    r"|تم إنشاء الوصف تلقائي.*)\s*$",
    re.DOTALL,
)
_FILE_NAME = re.compile(r"[^\n]*\.(?:png|jpe?g|gif|webp|tiff?|svg|emf|wmf|bmp)", re.IGNORECASE)
_NO_ALT = re.compile(r"(?:picture|image|grafik|shape|photo|bild)?[ _-]*\d*", re.IGNORECASE)


class InlineReader:
    """Reads the paragraphs of one part.

    Attributes:
        marks: The notes that texts refer to: by name, their kind and their id in the file.
    """

    def __init__(self, package: Package, part: str, sheet: Sheet, story: Story) -> None:
        self.package = package
        self.part = part
        self.sheet = sheet
        self.story = story
        self.marks: dict[str, tuple[str, str]] = {}
        self._seen: set[Element] = set()
        self._fields: list[list[str]] = []  # instruction, "result" once that has begun
        self._where = ""

    # --- words without form ---

    def words(self, element: Element) -> str:
        """Return the words anywhere in an element, on one line, and take them as told."""
        found: list[str] = []
        last: Element | None = None
        for text in list(self.unseen(element)):
            self._seen.add(text)
            above = next(text.iterancestors(full("w:p"), full("a:p")), None)
            found += [" "] if above is not last else []
            last = above
            found.append(text.text or "")
        return " ".join("".join(found).split())

    def words_shown(self, element: Element) -> str:
        """Return the words of an element, without taking them as told; without text boxes."""
        boxes = element.find(f".//{full('w:txbxContent')}") is not None
        texts = element.iter(full("w:t"))
        if boxes:
            box = full("w:txbxContent")
            texts = (t for t in texts if not any(a.tag == box for a in t.iterancestors()))
        return "".join(t.text or "" for t in texts)

    def unseen(self, element: Element) -> Iterator[Element]:
        """Yield the texts in an element that nothing has read, each once."""
        for text in element.iter(*_TEXT):
            if text in self._seen or not (text.text or "").strip():
                continue
            if not any(self._is_other_form(each) for each in text.iterancestors()):
                yield text

    def _is_other_form(self, element: Element) -> bool:
        parent = element.getparent()
        if parent is None or name(parent) != "mc:AlternateContent":
            return False
        return self.chosen(parent) is not element

    def chosen(self, alternatives: Element) -> Element | None:
        """Return the form that is read, of those that a program gives (Part 3, 10)."""
        choice = at(alternatives, "mc:Choice")
        return choice if choice is not None else at(alternatives, "mc:Fallback")

    # --- runs ---

    def pieces(self, paragraph: Element, where: str) -> list[Piece]:
        """Return what a paragraph holds.

        Args:
            paragraph: The paragraph.
            where: Where it stands, in words.
        """
        said = " ".join(self.words_shown(paragraph).split())[:50]
        self._where = f"{where}, “{said}”" if said else where
        found: list[Piece] = []
        for piece in self._inside(paragraph, paragraph, ""):
            last = found[-1] if found else None
            if (
                isinstance(piece, Span)
                and isinstance(last, Span)
                and replace(last, text="") == replace(piece, text="")
            ):
                found[-1] = replace(last, text=last.text + piece.text)
            else:
                found.append(piece)
        return found

    def _inside(self, parent: Element, paragraph: Element, href: str) -> Iterator[Piece]:
        for child in parent:
            match name(child):
                case "w:r":
                    yield from self._run(child, paragraph, href)
                case "w:hyperlink":
                    yield from self._inside(child, paragraph, self._address(child) or href)
                case "w:fldSimple":
                    link = _LINK.match(child.get(full("w:instr"), ""))
                    yield from self._inside(child, paragraph, link[1] if link else href)
                case "w:sdt" if switch(child, "w:sdtPr", "w:showingPlcHdr"):
                    if words := self.words(child):
                        self._tell(f"a field that nobody filled in is left out: “{words}”")
                case tag if tag in _INSIDE:
                    yield from self._inside(child, paragraph, href)
                case "mc:AlternateContent":
                    if (chosen := self.chosen(child)) is not None:
                        yield from self._inside(chosen, paragraph, href)
                case "m:oMath" | "m:oMathPara":
                    self._tell(f"an equation is left out: “{self.words(child)}”")
                case "w:subDoc":
                    self._tell("a document that Word keeps elsewhere is left out")

    def _address(self, link: Element) -> str:
        relation = self.package.relations(self.part).get(link.get(full("r:id"), ""))
        return relation.target if relation is not None and relation.is_external else ""

    def _run(self, run: Element, paragraph: Element, href: str) -> Iterator[Piece]:
        # A style of the paragraph is how its kind looks, and not what was emphasised in it.
        is_rtl = bool(self.sheet.has(run, None, "w:rtl"))
        style = Span(
            "",
            self.sheet.has(run, None, "w:bCs" if is_rtl else "w:b"),
            self.sheet.has(run, None, "w:iCs" if is_rtl else "w:i"),
            href,
        )
        if self.sheet.has(run, paragraph, "w:vanish") and self.words_shown(run).strip():
            self._tell(f"hidden text is left out: “{self.words(run)}”")
            return
        for key, what in (("w:strike", "struck through"), ("w:dstrike", "struck through"),
                          ("w:highlight", "highlighted")):  # fmt: skip
            on = switch(run, "w:rPr", key)
            if on and self.words_shown(run).strip():
                words = " ".join(self.words_shown(run).split())
                self._tell(f"“{words}” is {what} in Word; it is in the release as it is")
        yield from self._content(run, run, paragraph, style, is_rtl=is_rtl)

    def _content(
        self, parent: Element, run: Element, paragraph: Element, style: Span, *, is_rtl: bool
    ) -> Iterator[Piece]:
        for child in parent:
            tag = name(child)
            match tag:
                case "w:t":
                    if self._is_instruction():
                        continue
                    self._seen.add(child)
                    text = _raised(child.text or "", run)
                    if text.strip():
                        code = self.sheet.language(run, is_rtl=is_rtl)
                        self.story.languages[code] = self.story.languages.get(code, 0) + len(text)
                    yield self._span(style, text)
                case "w:br":
                    if child.get(full("w:type"), "textWrapping") == "textWrapping":
                        yield self._span(style, "\n")
                case tag if tag in _CHARACTERS:
                    yield self._span(style, _CHARACTERS[tag])
                case "w:sym":
                    yield from self._symbol(child, style)
                case "w:fldChar":
                    self._field(child)
                case "w:instrText":
                    if self._fields:
                        self._fields[-1][0] += child.text or ""
                case "w:footnoteReference" | "w:endnoteReference":
                    yield self._mark(child, tag)
                case "w:ruby":
                    if words := self.words_shown_in(child, "w:rt"):
                        self._tell(f"the small text above a word follows it: “{words}”")
                    for part in ("w:rubyBase", "w:rt"):
                        if (held := at(child, part)) is not None:
                            yield from self._inside(held, paragraph, style.href)
                case "mc:AlternateContent":
                    if (chosen := self.chosen(child)) is not None:
                        yield from self._content(chosen, run, paragraph, style, is_rtl=is_rtl)
                case "w:drawing" | "w:pict" | "w:object":
                    yield from self._drawing(child, tag)

    def words_shown_in(self, element: Element, tag: str) -> str:
        """Return the words of a part of an element, without taking them as told."""
        held = at(element, tag)
        return "" if held is None else self.words_shown(held)

    def _span(self, style: Span, text: str) -> Span:
        links = (_LINK.match(instruction) for instruction, *_ in reversed(self._fields))
        link = next((each for each in links if each), None)
        return replace(style, text=text, href=link[1] if link else style.href)

    def _symbol(self, element: Element, style: Span) -> Iterator[Span]:
        font, code = element.get(full("w:font"), ""), element.get(full("w:char"), "")
        character = chr(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{2,4}", code) else ""
        if character and not "\ud800" <= character <= "\uf8ff" and character >= "\u00a0":
            yield self._span(style, character)
        else:
            self._tell(f"a symbol of the font {font} is left out (character {code})")

    def _mark(self, element: Element, tag: str) -> NoteMark:
        kind = "footnotes" if tag == "w:footnoteReference" else "endnotes"
        key = (kind, element.get(full("w:id"), ""))
        known = {each: mark for mark, each in self.marks.items()}
        mark = known.get(key) or str(len(self.marks) + 1)
        self.marks[mark] = key
        return NoteMark(mark)

    # --- fields (17.16) ---

    def _field(self, element: Element) -> None:
        match element.get(full("w:fldCharType")):
            case "begin":
                self._fields.append([""])
            case "separate" if self._fields:
                self._fields[-1].append("result")
            case "end" if self._fields:
                self._fields.pop()

    def _is_instruction(self) -> bool:
        return any(len(each) == 1 for each in self._fields)

    # --- drawings ---

    def _drawing(self, element: Element, tag: str) -> Iterator[Shot]:
        relations = self.package.relations(self.part)
        if tag == "w:object":
            self._tell("an embedded object is left out" + self._said(element))
            return
        for box in element.iter(full("w:txbxContent")):
            if not any(self._is_other_form(each) for each in box.iterancestors()):
                if any(True for _ in box.iter(full("a:blip"))):
                    self._tell("a picture in a text box is left out")
                if words := self.words(box):
                    self._tell(f"a text box is left out: “{words}”")
        for kind, what in (("c:chart", "a chart"), ("dgm:relIds", "a diagram")):
            for each in element.iter(full(kind)):
                key = each.get(full("r:id")) or each.get(full("r:dm"), "")
                relation = relations.get(key or "")
                root = self.package.root(relation.target) if relation else None
                said = self._said(root) if root is not None else ""
                self._tell(f"{what} is left out; export it as a picture{said}")
        for path in element.iter(full("v:textpath")):
            if words := path.get("string", ""):
                self._tell(f"ornamental text is left out: “{words}”")
        yield from self._shots(element)

    def _said(self, element: Element) -> str:
        words = self.words(element)
        return f": “{words}”" if words else ""

    def _shots(self, element: Element) -> Iterator[Shot]:
        described = next(iter(element.iter(full("wp:docPr"))), None)
        if any(e.get("val") in {"1", "true"} for e in element.iter(full("adec:decorative"))):
            self._tell("a picture that is marked as decorative is left out")
            return
        alt = _alt(
            described.get("descr") or described.get("title") if described is not None else ""
        )
        for blip in element.iter(full("a:blip")):
            if any(name(each) == "w:txbxContent" for each in blip.iterancestors()):
                continue
            above = blip.getparent()
            cropped = at(above, "a:srcRect") if above is not None else None
            keys = [e.get(full("r:embed"), "") for e in blip.iter(full("asvg:svgBlip"))]
            keys.append(blip.get(full("r:embed"), ""))
            own = next((e for e in (above.itersiblings(preceding=True) if above is not None else ())
                        if name(e) == "pic:nvPicPr"), None)  # fmt: skip
            inner = at(own, "pic:cNvPr")
            told = alt or _alt(inner.get("descr") if inner is not None else "")
            yield from self._shot(
                keys, told, is_cropped=bool(cropped is not None and cropped.attrib)
            )
        for data in element.iter(full("v:imagedata")):
            shape = data.getparent()
            alt = _alt(shape.get("alt") if shape is not None else "")
            yield from self._shot(
                [data.get(full("r:id"), "")], alt or _alt(data.get(full("o:title")))
            )

    def _shot(self, keys: list[str], alt: str, *, is_cropped: bool = False) -> Iterator[Shot]:
        relations = self.package.relations(self.part)
        found = [relations[key] for key in keys if key in relations]
        parts = [r.target for r in found if not r.is_external and self.package.has(r.target)]
        if parts:
            yield Shot(tuple(parts), alt, is_cropped)
        elif found:
            self._tell(f"a picture is not in the Word file, which only refers to {found[0].target}")
        else:
            self._tell("a picture is not in the Word file")

    def _tell(self, what: str) -> None:
        self.story.tell(self._where, what)


def _raised(text: str, run: Element) -> str:
    """Return a text in which raised and lowered digits are characters: m², CO₂."""
    match value(run, "w:rPr", "w:vertAlign"):
        case "superscript" if text.strip().isdecimal():
            return text.translate(_RAISED)
        case "subscript" if text.strip().isdecimal():
            return text.translate(_LOWERED)
    return text


def _alt(text: str | None) -> str:
    """Return an alternative text; empty where a program wrote a file's name or nothing."""
    words = " ".join(_BY_MACHINE.sub("", text or "").split())
    is_none = _FILE_NAME.fullmatch(words) or _NO_ALT.fullmatch(words)
    return "" if is_none else words
