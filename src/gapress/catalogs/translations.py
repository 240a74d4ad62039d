"""Finds the translation of a text in one language, the regional catalog before the general one.

The last thing that ``localization`` needs beside the release; a workspace's own catalogs come
before the shipped ones.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from gapress.catalogs.store import Catalog, read_catalog
from gapress.shipped import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gapress.catalogs.store import Entry
    from gapress.workspace import Workspace

Domain: TypeAlias = Literal["release", "newsroom", "gapress"]


@dataclass(frozen=True)
class Translations:
    """The catalogs of one language by domain, the most specific first.

    Attributes:
        home: By domain, the file in which a translator would look for a message.
        labels: Every label that outputs use, in English, from ``gapress.pot``.
    """

    catalogs: Mapping[Domain, tuple[Catalog, ...]] = field(repr=False)
    home: Mapping[Domain, str]
    labels: tuple[str, ...] = field(repr=False)

    def find(self, domain: Domain, context: str, source: str) -> Entry | None:
        """Return the best entry for a message: a usable one if any catalog has it."""
        found: Entry | None = None
        for catalog in self.catalogs[domain]:
            entry = catalog.entries.get((context, source))
            if entry and entry.usable:
                return entry
            found = found or entry
        return found


def load_translations(workspace: Workspace, slug: str, code: str, tag: str) -> Translations:
    """Return the catalogs of a language for one release.

    Args:
        workspace: The newsroom's folder.
        slug: The release.
        code: The newsroom's name for the language.
        tag: BCP 47 tag of its locale; its regional catalogs come first (``ar_MA``, then ``ar``).

    Raises:
        ContentError: A catalog can't be read.
    """
    folders = catalog_folders(code, tag)
    catalogs: dict[Domain, tuple[Catalog, ...]] = {}
    for domain, name in _names(slug).items():
        relative = [f"{folder}/LC_MESSAGES/{name}.po" for folder in folders]
        catalogs[domain] = tuple(_found(workspace, relative, with_shipped=domain == "gapress"))
    home = {d: f"locales/{folders[-1]}/LC_MESSAGES/{name}.po" for d, name in _names(slug).items()}
    return Translations(catalogs, home, load_labels(workspace))


def catalog_names(slug: str, code: str, tag: str) -> list[str]:
    """Return every file that :func:`load_translations` looks for, by its name in manifests."""
    paths = [f"locales/{f}/LC_MESSAGES/" for f in catalog_folders(code, tag)]
    found = [f"{path}{name}.po" for name in _names(slug).values() for path in paths]
    own = [*found, "locales/gapress.pot"]
    return [*own, *(f"gapress:{name}" for name in own if name.endswith(("gapress.po", ".pot")))]


def _names(slug: str) -> dict[Domain, str]:
    return {"release": slug, "newsroom": "newsroom", "gapress": "gapress"}


def catalog_folders(code: str, tag: str) -> list[str]:
    """Return the folders of a language in ``locales/``, the most specific first."""
    return list(dict.fromkeys([*fallbacks(tag), *fallbacks(code)]))


def folder_name(code: str) -> str:
    """Return the folder of a language's catalogs in ``locales/``, as gettext names it."""
    return code.replace("-", "_")


# Regions that write a language in another script than its own (CLDR, likely subtags), of languages
# whose labels ship in both.
_SCRIPTS = dict.fromkeys(("zh_TW", "zh_HK", "zh_MO"), "zh_Hant")


def fallbacks(tag: str) -> list[str]:
    """Return the folders of a language's catalogs, the most specific first: ``ar_MA``, ``ar``."""
    parts = folder_name(tag).split("_")
    found = ["_".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return [name for each in found for name in (each, _SCRIPTS.get(each)) if name]


def labels_ship(code: str, tag: str) -> bool:
    """Whether the labels of a language come with gapress.

    Args:
        code: The newsroom's name for the language.
        tag: BCP 47 tag of its locale.
    """
    root = shipped("locales")
    return any(
        (root / f"{name}/LC_MESSAGES/gapress.po").is_file() for name in catalog_folders(code, tag)
    )


def load_labels(workspace: Workspace) -> tuple[str, ...]:
    """Return every label that outputs use, in English.

    Raises:
        ContentError: A template of labels can't be read.
    """
    found = _found(workspace, ["gapress.pot"], with_shipped=True)
    return tuple(dict.fromkeys(source for catalog in found for _, source in catalog.entries))


def _found(workspace: Workspace, names: Sequence[str], *, with_shipped: bool) -> Iterator[Catalog]:
    """Yield the newsroom's own catalogs of these names, then the shipped ones."""
    own = workspace.root / "locales"
    for name in names:
        if (data := workspace.find_bytes(own / name)) is not None:
            yield read_catalog(data, workspace.name(own / name))
    if with_shipped and own != shipped("locales"):
        for name in names:
            if (data := workspace.read_shipped("locales", name)) is not None:
                yield read_catalog(data, name.rpartition("/")[2])
