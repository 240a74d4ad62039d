"""A release's folder in ``dist/``: files appear whole or not at all, and none is out of date.

``manifest.json`` says which files gapress made and from what; only those are ever replaced or
removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from gapress.errors import MachineError

if TYPE_CHECKING:
    from collections.abc import Mapping

MANIFEST = "manifest.json"
_MADE = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+")


class KitFolder:
    """The folder of one release's press kit.

    Args:
        root: The folder; it need not exist.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files: dict[str, dict[str, str]] = self._read()

    def store(self, files: Mapping[str, bytes], inputs: str) -> None:
        """Put files in their places, each whole or not at all.

        Args:
            files: Content by path in the folder, ``language/name``.
            inputs: Digest of what they are made from.

        Raises:
            MachineError: The folder can't be written.
        """
        for name, content in files.items():
            replace_file(self.root / name, content)
            self._files[name] = {"sha256": hashlib.sha256(content).hexdigest(), "inputs": inputs}
        self._write()

    def remove_stale(self, current: Mapping[str, str], *, keep_drafts: bool) -> list[str]:
        """Remove the files that were made from something else than today's sources.

        Args:
            current: Digest of today's inputs by language; a language without one is incomplete.
            keep_drafts: Leave drafts alone.

        Returns:
            The paths that were removed.
        """
        stale = []
        for name, made in self._files.items():
            is_draft = "-DRAFT." in name
            if is_draft and keep_drafts:
                continue
            if is_draft or made.get("inputs") != current.get(name.partition("/")[0]):
                stale.append(name)
        for name in stale:
            with suppress(OSError):
                (self.root / name).unlink()
            del self._files[name]
        if stale:
            self._write()
        return sorted(stale)

    def state(self, language: str, inputs: str) -> Literal["up to date", "stale", "none"]:
        """Return whether a language's final files agree with today's sources.

        Args:
            language: The language.
            inputs: Digest of what its files would be made from today.
        """
        made = [
            (name, entry)
            for name, entry in self._files.items()
            if name.startswith(f"{language}/") and "-DRAFT." not in name
        ]
        if not made:
            return "none"
        sound = all(entry.get("inputs") == inputs and self._is_intact(name) for name, entry in made)
        return "up to date" if sound else "stale"

    def _is_intact(self, name: str) -> bool:
        try:
            content = (self.root / name).read_bytes()
        except OSError:
            return False
        return hashlib.sha256(content).hexdigest() == self._files[name].get("sha256")

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            manifest: Any = json.loads((self.root / MANIFEST).read_bytes())
            files = manifest["files"].items()
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}
        return {n: m for n, m in files if _MADE.fullmatch(n) and isinstance(m, dict)}

    def _write(self) -> None:
        content = json.dumps({"files": dict(sorted(self._files.items()))}, indent=2, sort_keys=True)
        replace_file(self.root / MANIFEST, f"{content}\n".encode())


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in its place, whole or not at all.

    Raises:
        MachineError: It can't be written.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=".", suffix=".tmp", delete=False
        ) as file:
            temporary = file.name
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink()
        raise MachineError(
            f"{path} can't be written: {error.strerror}; nothing was changed there"
        ) from None
