"""How often spelling is told where nothing is wrong, and how many slips are found.

    python benchmarks/spelling.py fr-FR TEXT...    # texts of UTF-8, or CoNLL-U of a treebank
    python benchmarks/spelling.py fr-FR TEXT... --words   # what is told, too

Without texts, the sample newsroom is measured. Needs gapress[spelling]. The texts to measure with
are no part of the project: published ones, such as the PUD treebanks of Universal Dependencies
(news and Wikipedia, a thousand sentences in each of twenty languages).
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

from gapress.catalogs.checks import SCRIPTS
from gapress.catalogs.po import parse_po
from gapress.kit.prepare import typography_rules
from gapress.localization.languages import language
from gapress.localization.typography import rules_for
from gapress.spelling.dictionaries import load
from gapress.spelling.names import names
from gapress.spelling.speller import Speller
from gapress.spelling.words import plain_words, words
from gapress.theme import load_theme
from gapress.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gapress.spelling.speller import Slip

SLIPS, RELEASE = 500, 1_000


def main() -> None:
    """Print a row for each language."""
    parser = argparse.ArgumentParser(prog="spelling.py", description=__doc__)
    parser.add_argument("tag", nargs="?", help="BCP 47 tag of the texts' language")
    parser.add_argument("texts", nargs="*", type=Path)
    parser.add_argument("--words", action="store_true", help="print what is told")
    given = parser.parse_args()
    print("| language | words | told, in 1,000 | slips found, of 100 | load, s | check, s |")
    print("|---|---|---|---|---|---|")
    if given.tag:
        found = [word for path in given.texts for line in lines(path) for word in plain_words(line)]
        measure(given.tag, found, told=given.words)
        return
    workspace = Workspace(Path.cwd())
    for code, tag in workspace.newsroom.model.languages.items():
        measure(tag, list(of_sample(workspace, code)), told=given.words)


def lines(path: Path) -> Iterator[str]:
    """Yield the lines of a text; of a treebank, its sentences."""
    text = path.read_text(encoding="utf-8")
    mark = "# text = "
    for line in text.splitlines():
        if path.suffix != ".conllu":
            yield line
        elif line.startswith(mark):
            yield line.removeprefix(mark)


def of_sample(workspace: Workspace, code: str) -> Iterator[str]:
    """Yield the words of the sample newsroom in a language, without its own list of words."""
    for slug in workspace.slugs():
        source, _ = workspace.release(slug)
        if (source.model.language or workspace.newsroom.model.language) == code:
            for path in source.roles:
                value = source.tree.data
                for step in path:
                    value = value[step]
                yield from words(str(value))
    for file in sorted((workspace.root / "locales" / code / "LC_MESSAGES").glob("*.po")):
        for entry in parse_po(file.read_bytes(), file.name).messages:
            yield from words(entry.translation)


def measure(tag: str, found: list[str], *, told: bool) -> None:
    """Print what a language's dictionary tells of words, and of the same words with a slip."""
    dictionary = load(tag)
    if dictionary is None:
        raise SystemExit(f"no dictionary for {tag}")
    rules = rules_for(typography_rules(load_theme(Workspace(Path.cwd()))), tag)
    script = SCRIPTS[language(tag.split("-")[0], tag).script]

    def told_of(given: list[str], release: int = RELEASE) -> Iterator[list[Slip]]:
        """Yield what is told of each word; so many words have a release and its catalogs."""
        for at in range(0, len(given), release):
            speller = Speller(dictionary, (), names(tag), script, rules.get("prefixes", ()))
            yield from ([*speller.slips(word)] for word in given[at : at + release])

    start = time.perf_counter()
    dictionary.knows("")
    loaded = time.perf_counter()
    wrong = [slip for slips in told_of(found) for slip in slips]
    checked = time.perf_counter()
    slips = [slipped(w) for w in random.Random(0).sample(found, min(SLIPS, len(found)))]
    slips = [word for word in slips if not dictionary.knows(word)]  # else it is another word
    seen = sum(map(bool, told_of(slips, 20)))
    print(
        f"| {tag} | {len(found):,} | {len(wrong) * 1000 / max(1, len(found)):.1f} "
        f"| {seen * 100 / max(1, len(slips)):.0f} "
        f"| {loaded - start:.2f} | {checked - loaded:.2f} |"
    )
    if told:
        for slip in dict.fromkeys(wrong):
            print(f"  {slip.word}: {', '.join(slip.suggestions)}")


def slipped(word: str) -> str:
    """Return a word with one slip of the hand: two letters swapped, one lost, one doubled."""
    chance = random.Random(word)
    at = chance.randrange(len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
        )
    )


if __name__ == "__main__":
    main()
