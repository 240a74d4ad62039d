"""A Babel extractor: ``pybabel extract`` finds the same messages as ``gapress catalogs update``.

Registered under ``babel.extractors`` as ``gapress``; a mapping file needs ``[gapress: **.yaml]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, BinaryIO

from gapress.errors import ContentError
from gapress.localization.extract import messages
from gapress.newsroom import NewsroomEntry
from gapress.release.model import Release
from gapress.release.read import Source, find_slips
from gapress.release.schema import json_schema
from gapress.release.yaml import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic import BaseModel


def extract(
    fileobj: BinaryIO, keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """Yield line, function, context with text, and comments of each message of a source file.

    Args:
        fileobj: A release or ``_newsroom.yaml``.
        keywords: Not used; part of Babel's interface.
        comment_tags: Not used; all comments are for translators.
        options: Not used.

    Raises:
        ContentError: The file is not valid YAML, or YAML drops a part of a text.
        pydantic.ValidationError: It does not fit its model; ``gapress check`` says where.
    """
    del keywords, comment_tags, options
    tree = parse(fileobj.read(), "source")
    model: type[BaseModel] = NewsroomEntry if "organisation" in tree.data else Release
    if slips := find_slips(tree, json_schema(model)):
        raise ContentError(sorted(slips.values()))
    source: Source[Any] = Source(tree, model.model_validate(tree.data))
    for message in messages(source):
        for place in message.places:
            line = int(place.rpartition(":")[2])
            yield line, "pgettext", (message.context, message.source), list(message.comments)
