"""Every kind of block and of fact is known everywhere, and a part that is missing is refused."""

from __future__ import annotations

import importlib
import pkgutil
from functools import singledispatch
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from conformance.hard import RELEASES
from effort import some
from gapress import document
from gapress.errors import ContentError
from gapress.release import blocks, facts
from gapress.release.blocks.base import BlockModel
from gapress.release.facts.base import FactModel
from gapress.theme import load_theme
from gapress.workspace import Workspace
from gapress.writers.docx.blocks import _elements
from gapress.writers.kinds import shows_every_block
from gapress.writers.ninjs.markup import block_markup
from gapress.writers.ninjs.text import block_text
from strategies import releases

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Newsroom


def leaves(base: type[Any]) -> Iterator[type[Any]]:
    """Yield the classes of kinds: those that no other is made from."""
    for kind in base.__subclasses__():
        yield from leaves(kind) if kind.__subclasses__() else (kind,)


@pytest.mark.parametrize(
    ("package", "base", "table"),
    [(blocks, BlockModel, blocks.BLOCKS), (facts, FactModel, facts.FACTS)],
)
def test_every_kind_that_has_a_module_is_in_the_table(
    package: Any, base: type[Any], table: tuple[type[Any], ...]
) -> None:
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    assert set(leaves(base)) == set(table)


def test_every_kind_becomes_a_block_of_the_document() -> None:
    """Only what is in the union is asked for in writers and templates."""
    named = [kind.localized.__annotations__["return"] for kind in blocks.BLOCKS]
    assert {getattr(document, name) for name in named} == set(document.BLOCKS)


def has_every_kind(written: list[dict[str, Any]]) -> None:
    """Assert that releases have every kind of block in their bodies, and every kind of fact.

    A blank is none that a sound release has; ``test_blanks`` has it.
    """
    body = [block for release in written for block in release["body"]]
    values = [fact for release in written for fact in release.get("facts", {}).values()]
    assert not {kind.key() for kind in blocks.BLOCKS}.difference(*body)
    assert not {kind.key() for kind in facts.FACTS}.difference(["blank"], *values)


@some(5)
@given(releases())
def test_every_kind_is_drawn_by_property_tests(release: dict[str, Any]) -> None:
    has_every_kind([release])


def test_every_kind_has_a_hard_case() -> None:
    has_every_kind([make() for make in RELEASES.values()])


@pytest.mark.parametrize("kind", [kind.__name__ for kind in document.BLOCKS])
@pytest.mark.parametrize("template", ["parts.html", "email.html", "release.txt"])
def test_a_theme_without_a_part_for_a_block_is_refused(
    template: str, kind: str, newsroom: Newsroom
) -> None:
    shipped = load_theme(Workspace(newsroom.root)).files[template].decode()
    newsroom.write(f"templates/{template}", shipped.replace(f'"{kind}"', '"Other"'))
    with pytest.raises(ContentError) as caught:
        load_theme(Workspace(newsroom.root))
    assert f"templates/{template}: has no part for {kind}" in str(caught.value)


@pytest.mark.parametrize("kind", [kind.__name__ for kind in document.INLINES])
@pytest.mark.parametrize("template", ["parts.html", "email.html"])
def test_a_theme_without_a_part_for_words_is_refused(
    template: str, kind: str, newsroom: Newsroom
) -> None:
    shipped = load_theme(Workspace(newsroom.root)).files[template].decode()
    newsroom.write(f"templates/{template}", shipped.replace(f'"{kind}"', '"Other"'))
    with pytest.raises(ContentError, match=f"has no part for {kind}"):
        load_theme(Workspace(newsroom.root))


@pytest.mark.parametrize("function", [_elements, block_markup, block_text])
def test_a_writer_without_a_part_for_a_block_cannot_be_imported(function: Any) -> None:
    shows_every_block(function)
    for lacking in document.BLOCKS:

        @singledispatch
        def partial(block: object) -> None:
            raise NotImplementedError

        for kind in set(document.BLOCKS) - {lacking}:
            partial.register(kind)(function.dispatch(kind))
        with pytest.raises(NotImplementedError, match=f"has no part for {lacking.__name__}"):
            shows_every_block(partial)
