"""Footnotes of a Word file: the part that holds them, and the references to them.

ECMA-376 Part 1, 17.11; ``inlines`` calls :meth:`Footnotes.reference` for each mark. A file without
footnotes has none of this.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart

from gapress.writers.docx.ooxml import new, put, related, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument

    from gapress.document import FootnoteMark, Inlines
    from gapress.writers.docx.ooxml import Element
    from gapress.writers.docx.story import Story, Styles

# Ids of the lines between text and footnotes, as Word has them.
_LINES = {"-1": "separator", "0": "continuationSeparator"}
_SIZE = 18  # half-points


class Footnotes:
    """The footnotes of one file.

    Args:
        word: The file.
        notes: The texts of the footnotes, in the order of their numbers.
        styles: The template's styles.
    """

    def __init__(self, word: WordDocument, notes: tuple[Inlines, ...], styles: Styles) -> None:
        self._word, self._notes, self._styles = word, notes, styles
        self._runs: dict[int, Element] = {}
        self._bookmarks: dict[int, str] = {}
        self._part: Any = None
        self._first = 0

    def reference(self, story: Story, mark: FootnoteMark) -> Iterator[Element]:
        """Yield the runs of a reference; the first one brings the footnote's text."""
        if mark.joins:
            yield self._run(story, _words(","))
        if mark.number not in self._runs:
            number = str(self._add(story, mark.number))
            run = self._run(story, new("footnoteReference", id=number))
            self._runs[mark.number] = run
            yield run
            return
        # The number follows if somebody adds a footnote before (17.16.5.39).
        name = self._bookmark(mark.number)
        yield self._run(story, new("fldChar", fldCharType="begin"))
        yield self._run(story, _words(f" NOTEREF {name} \\h ", "instrText"))
        yield self._run(story, new("fldChar", fldCharType="separate"))
        yield self._run(story, _words(str(mark.number)))
        yield self._run(story, new("fldChar", fldCharType="end"))

    def arrange(self) -> None:
        """Put the texts in the order of the references, which LibreOffice takes for granted.

        The template may refer to notes of its own, before or after those of the release.
        """
        if self._part is None:
            return
        references = self._word.part.element.iter(w("footnoteReference"))
        order = {note.get(w("id")): place for place, note in enumerate(references)}
        notes = [note for note in self._part.element if note.get(w("id")) in order]
        for note in sorted(notes, key=lambda note: order[note.get(w("id"))]):
            self._part.element.append(note)

    def _run(self, story: Story, content: Element) -> Element:
        style = new("rStyle", val=self._mark_style())
        settings = new("rPr", style, *([new("rtl")] if story.direction == "rtl" else []))
        return new("r", settings, content)

    def _bookmark(self, number: int) -> str:
        """Return the bookmark around a footnote's first reference, made when it is needed."""
        if number not in self._bookmarks:
            self._bookmarks[number] = f"_RefFootnote{number}"
            run, identifier = self._runs[number], str(9_000 + number)
            start = new("bookmarkStart", id=identifier)
            start.set(w("name"), self._bookmarks[number])
            run.addprevious(start)
            run.addnext(new("bookmarkEnd", id=identifier))
        return self._bookmarks[number]

    # --- the part with the texts ----------------------------------------------------------------

    def _add(self, story: Story, number: int) -> int:
        """Add the text of a footnote; return its id."""
        from gapress.writers.docx.inlines import add_inlines

        part = self._open()
        paragraph = new("p", new("pPr"))
        put(paragraph[0], "pStyle", val=self._text_style())
        paragraph.append(self._run(story, new("footnoteRef")))
        paragraph.append(new("r", _words(" ")))
        add_inlines(paragraph, replace(story, part=part), self._notes[number - 1])
        identifier = self._first + number
        part.element.append(new("footnote", paragraph, id=str(identifier)))
        return identifier

    def _open(self) -> Any:
        """Return the part, that of the template or a new one."""
        if self._part is None:
            old = related(self._word.part, RELATIONSHIP_TYPE.FOOTNOTES)
            self._part = self._new() if old is None else self._taken(old)
            ids = [int(note.get(w("id"), "0")) for note in self._part.element]
            self._first = max([0, *ids])
        return self._part

    def _new(self) -> Any:
        element = new("footnotes")
        for identifier, name in _LINES.items():
            spacing = new("spacing", before="0", after="0", line="240", lineRule="auto")
            line = new("p", new("pPr", spacing), new("r", new(name)))
            element.append(new("footnote", line, type=name, id=identifier))
        package = self._word.part.package
        assert package is not None  # noqa: S101 - an opened file always has one
        kind = CONTENT_TYPE.WML_FOOTNOTES
        part = XmlPart(PackURI("/word/footnotes.xml"), kind, element, package)  # type: ignore[arg-type]
        self._word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        lines = (new("footnote", id=identifier) for identifier in _LINES)
        put(self._word.settings.element, "footnotePr", *lines)
        return part

    def _taken(self, old: Any) -> Any:
        """Return the template's part as one that python-docx knows as XML."""
        package = self._word.part.package
        part = XmlPart.load(old.partname, old.content_type, old.blob, package)
        for rel in old.rels.values():
            target = rel.target_ref if rel.is_external else rel.target_part
            part.load_rel(rel.reltype, target, rel.rId, rel.is_external)
        for rel in self._word.part.rels.values():
            if not rel.is_external and rel.target_part is old:
                rel._target = part
        return part

    # --- styles ---------------------------------------------------------------------------------

    def _mark_style(self) -> str:
        looks = new("rPr", new("vertAlign", val="superscript"))
        return self._styles.added("character", "footnote reference", "", looks, shown=False)

    def _text_style(self) -> str:
        spacing = new("spacing", before="0", after="40", line="240", lineRule="auto")
        size = (new("sz", val=str(_SIZE)), new("szCs", val=str(_SIZE + 1)))
        looks = (new("pPr", spacing), new("rPr", *size))
        based_on = self._styles.default
        return self._styles.added("paragraph", "footnote text", based_on, *looks, shown=False)


def _words(text: str, name: str = "t") -> Element:
    from gapress.writers.docx.inlines import text_element

    return text_element(text, name)
