"""Whole kits: ``unzip -t``, ``sha256sum --check``, and the ZIP against the folder; news data."""

from __future__ import annotations

import json
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import jsonschema

from .tools import Check, each, run

if TYPE_CHECKING:
    from collections.abc import Mapping


def unzips(archive: Path) -> list[str]:
    """Return what Info-ZIP says of an archive."""
    output = run("unzip", "-tq", archive, ok=(0, 1, 2, 3))
    return [] if "No errors detected" in output else output.splitlines()


def sums(archive: Path) -> list[str]:
    """Return what GNU's ``sha256sum`` finds in the kit's folder."""
    here = Path.cwd()
    os.chdir(archive.parent)
    try:
        output = run("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS", ok=(0, 1))
    finally:
        os.chdir(here)
    return output.splitlines()


def same(archive: Path) -> list[str]:
    """Return the files that the ZIP and the folder do not both hold, byte for byte."""
    files = {
        path.relative_to(archive.parent).as_posix(): path.read_bytes()
        for path in archive.parent.rglob("*")
        if path.is_file() and path != archive
    }
    with zipfile.ZipFile(archive) as held:
        zipped = {name: held.read(name) for name in held.namelist()}
    different = sorted(n for n in files | zipped if files.get(n) != zipped.get(n))
    return [f"{name} differs between ZIP and folder" for name in different]


KITS: Mapping[str, Check] = {"unzip": each(unzips), "sums": each(sums), "folder": each(same)}


def news(schema: Path) -> Mapping[str, Check]:
    """Return the check of news data against IPTC's JSON Schema of ninjs."""
    if not schema.is_file():
        raise SystemExit(
            f"{schema} is missing: IPTC's schema of ninjs 3.1, from its repository newsinjson "
            "(specification/ninjs-schema_3.1.json); name another place: make NINJS_SCHEMA=…"
        )
    content = json.loads(schema.read_bytes())
    # The schema names GeoJSON's by its address; a newsroom's places have no coordinates.
    validator = jsonschema.Draft202012Validator(
        content, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )

    def look(file: Path) -> list[str]:
        errors = validator.iter_errors(json.loads(file.read_bytes()))
        return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in errors]

    return {"ninjs": each(look)}
