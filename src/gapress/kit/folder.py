"""A kit's folder in the output folder: replaced as a whole or not at all.

A new kit is built beside the old one, in ``.gapress/`` of the output folder, checked, and then
exchanged with it in one step of the file system. What was interrupted is cleaned up by the next
run. Only files that gapress made are ever removed; others are taken along.
"""

from __future__ import annotations

import errno
import json
import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from gapress.errors import MachineError
from gapress.kit.manifest import Manifest, digest, file_digest, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

WORKSHOP = ".gapress"
_PART = ".gapress-part"


class KitFolder:
    """The folder of one kit.

    Args:
        output: The output folder; it need not exist.
        name: The kit's name there.
    """

    def __init__(self, output: Path, name: str) -> None:
        self.output = output
        self.name = name
        self.root = output / name
        self._workshop = output / WORKSHOP
        self._new = self._workshop / f"{name}.new"
        self._old = self._workshop / f"{name}.old"
        self._seal = self._workshop / f"{name}.json"

    def manifest(self) -> Manifest | None:
        """Return what the kit holds; none where there is no kit of gapress's."""
        return read_manifest(self.root)

    def is_sealed(self, manifest: Manifest) -> bool:
        """Whether the ZIP is the one that was put there with the kit."""
        try:
            if not self._seal.is_file():  # a pipe would never end
                return False
            sealed = json.loads(self._seal.read_bytes())["archive"]
        except (OSError, ValueError, KeyError, TypeError):
            return False
        return bool(sealed == file_digest(self.root / manifest.archive))

    def holds(self, files: Mapping[str, bytes], manifest: Manifest) -> bool:
        """Whether the kit in place has exactly these files, whole, and is sealed."""
        there = all(file_digest(self.root / name) == digest(data) for name, data in files.items())
        return there and self.manifest() == manifest and self.is_sealed(manifest)

    def foreign(self, manifest: Manifest | None) -> list[str]:
        """Return the files in the folder that gapress did not make."""
        made = set(manifest.paths()) if manifest else set()
        return sorted(name for name in _names(self.root) if name not in made)

    @contextmanager
    def lock(self, *, wait: bool) -> Iterator[bool]:
        """Keep other runs away from this kit; yield whether that was possible.

        The lock is the operating system's, and ends with the process however that ends.

        Raises:
            MachineError: The output folder can't be written.
        """
        from filelock import FileLock, Timeout

        with _told(self._workshop):
            self._workshop.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._workshop / f"{self.name}.lock", timeout=-1 if wait else 0)
        with _told(self._workshop):
            try:
                lock.acquire()
            except Timeout:  # an OSError to Python, but nothing is wrong
                mine = False
            else:
                mine = True
        if not mine:
            yield False
            return
        try:
            self._recover()
            yield True
        finally:
            lock.release()

    def replace(self, files: Mapping[str, bytes], archive: str) -> None:
        """Put a new kit in the place of the old one; the lock must be held.

        Args:
            files: The bytes of every file by path.
            archive: Which of them is the ZIP.

        Raises:
            MachineError: It can't be written; the old kit is as it was.
        """
        if self.root.is_symlink() or (self.root.exists() and not self.root.is_dir()):
            raise MachineError(f"{self.root} is not a folder, where the kit's folder belongs")
        with _told(self.root):
            try:
                self._build(files)
                self._carry_over(self._new)
                self._swap()
            except BaseException:
                with suppress(OSError):
                    self._discard(self._new)
                raise
            self._discard(self._new)
            self._new.write_text(f"{json.dumps({'archive': digest(files[archive])})}\n", "ascii")
            self._new.replace(self._seal)

    def remove(self) -> None:
        """Take the kit away; files of others stay. The lock must be held.

        Raises:
            MachineError: It can't be removed.
        """
        with _told(self.root):
            if self.root.is_symlink() or self.manifest() is None:
                return
            self._new.mkdir(parents=True)
            self._carry_over(self._new)
            if any(self._new.iterdir()):
                self._swap()
            else:
                self._new.rmdir()
                self.root.rename(self._new)
            self._discard(self._new)
            with suppress(OSError):
                self._seal.unlink()

    # --- steps ----------------------------------------------------------------------------------

    def _build(self, files: Mapping[str, bytes]) -> None:
        for name, content in files.items():
            path = self._new / name
            _make_folder(path.parent)
            with path.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            path.chmod(0o644)
        for name, content in files.items():
            if file_digest(self._new / name) != digest(content):
                raise OSError(errno.EIO, "what was written can't be read back", str(name))

    def _carry_over(self, target: Path) -> None:
        """Put the files of others beside the new ones, as links to the same data if possible."""
        for name in self.foreign(self.manifest()):
            source, path = self.root / name, target / name
            if path.exists():
                continue  # a file of the new kit has this name now
            _make_folder(path.parent)
            try:
                os.link(source, path, follow_symlinks=False)
            except OSError:
                import shutil

                part = path.with_name(f"{path.name}{_PART}")
                shutil.copy2(source, part, follow_symlinks=False)
                part.rename(path)

    def _swap(self) -> None:
        """Exchange the new folder with the one in place."""
        if not self.root.exists():
            self._new.rename(self.root)
        elif not _exchange(self._new, self.root):
            # Where the file system can't exchange, _recover mends an interruption between these.
            self.root.rename(self._old)
            self._new.rename(self.root)
            self._old.rename(self._new)

    def _recover(self) -> None:
        """Clean up what an interrupted run left."""
        with _told(self._workshop):
            if self._old.exists():
                if self.root.exists():
                    self._discard(self._old)
                else:
                    self._old.rename(self.root)
            if self._new.is_dir():
                self._discard(self._new)
            self._new.unlink(missing_ok=True)

    def _discard(self, folder: Path) -> None:
        """Remove a folder of the workshop; a file of somebody else's goes back into the kit."""
        import shutil

        if folder.is_symlink():  # what it leads to is somebody else's
            folder.unlink()
            return
        manifest = read_manifest(folder)
        made = set(manifest.paths()) if manifest else None
        for name in _names(folder):
            path, home = folder / name, self.root / name
            foreign = made is not None and name not in made
            if foreign and not name.endswith(_PART) and not home.exists():
                _make_folder(home.parent)
                path.rename(home)
            else:
                path.unlink()
        shutil.rmtree(folder, ignore_errors=True)


def _names(root: Path) -> list[str]:
    """Return the files below a folder, links and others included, by path with ``/``."""
    if not root.is_dir():
        return []
    return [
        path.relative_to(root).as_posix()
        for path in sorted(root.rglob("*"))
        if path.is_symlink() or not path.is_dir()
    ]


def _make_folder(path: Path) -> None:
    if not path.is_dir():
        _make_folder(path.parent)
        path.mkdir(exist_ok=True)
        path.chmod(0o755)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; return whether the system can (renameat2, renamex_np)."""
    import ctypes

    here, exchange = -100, 2  # AT_FDCWD; RENAME_EXCHANGE, and RENAME_SWAP on macOS
    first, second = os.fsencode(one), os.fsencode(other)
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            result = library.renamex_np(first, second, exchange)
        else:
            result = library.renameat2(here, first, here, second, exchange)
    except (AttributeError, OSError, TypeError):
        return False
    return bool(result == 0)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn an error of the system into one for a person."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise MachineError(
            f"{path} can't be written: {reason}; nothing was changed there"
        ) from None


def replace_file(path: Path, content: bytes) -> None:
    """Put a file in its place, whole or not at all.

    Raises:
        MachineError: It can't be written.
    """
    import tempfile

    temporary = ""
    with _told(path):
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
        except OSError:
            if temporary:
                with suppress(OSError):
                    Path(temporary).unlink()
            raise
