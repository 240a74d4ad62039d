"""A kit's folder in the output folder: replaced as a whole or not at all.

A new kit is built beside the old one, in ``.gapress/`` of the output folder, checked, and then
exchanged with it in one step of the file system. What was interrupted is cleaned up by the next
run. Only files that gapress made are ever removed; others are taken along. Which those are, the
manifest says; where it is lost or damaged, the sums say it of the files that still agree with them.
"""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
from contextlib import contextmanager, suppress
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING

from gapress.errors import MachineError
from gapress.kit.manifest import Manifest, digest, file_digest, read_manifest, read_sums
from gapress.kit.naming import MANIFEST, SUMS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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
        self._next_seal = self._workshop / f"{name}.seal"

    def manifest(self) -> Manifest | None:
        """Return what the kit holds; none where there is no kit of gapress's."""
        return read_manifest(self.root)

    def is_sealed(self, manifest: Manifest) -> bool:
        """Whether the ZIP is the one that was put there with the kit."""
        sealed = self._sealed().get("archive")
        return bool(sealed) and sealed == file_digest(self.root / manifest.archive)

    def notes(self) -> list[str]:
        """Return what was noted of the kit when it was put there."""
        notes = self._sealed().get("notes")
        return [str(note) for note in notes] if isinstance(notes, list) else []

    def _sealed(self) -> dict[str, object]:
        try:
            if not self._seal.is_file():  # a pipe would never end
                return {}
            sealed = json.loads(self._seal.read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        return sealed if isinstance(sealed, dict) else {}

    @property
    def is_under_way(self) -> bool:
        """Whether a run is making this kit, or was interrupted there."""
        return any(map(lexists, (self._new, self._old, self._next_seal)))

    def holds(self, files: Mapping[str, bytes], manifest: Manifest) -> bool:
        """Whether the kit in place has exactly these files, whole, and is sealed."""
        there = all(file_digest(self.root / name) == digest(data) for name, data in files.items())
        return there and self.manifest() == manifest and self.is_sealed(manifest)

    def foreign(self, manifest: Manifest | None = None) -> list[str]:
        """Return the files in the folder that gapress did not make.

        Args:
            manifest: The kit's, if it is known already.

        Raises:
            OSError: A folder can't be read.
        """
        made = set(manifest.paths()) if manifest else self._made_in(self.root)
        return [name for name in _names(self.root) if name not in made]

    def _made_in(self, folder: Path) -> set[str]:
        """Return the paths of the files in a folder that gapress made."""
        if manifest := read_manifest(folder):
            return set(manifest.paths())
        sums = read_sums(folder)
        if MANIFEST not in sums:
            return set()
        made = {name for name, wanted in sums.items() if file_digest(folder / name) == wanted}
        archives = (path for path in folder.glob("*.zip") if path.is_file())
        sealed = self._sealed().get("archive")
        return {MANIFEST, SUMS, *made, *(p.name for p in archives if file_digest(p) == sealed)}

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

    def replace(self, files: Mapping[str, bytes], archive: str, notes: Sequence[str] = ()) -> None:
        """Put a new kit in the place of the old one; the lock must be held.

        Args:
            files: The bytes of every file by path.
            archive: Which of them is the ZIP.
            notes: What to remember beside the kit.

        Raises:
            MachineError: It can't be written, or a file of somebody else's is in the way; the old
                kit is as it was.
        """
        if self.root.is_symlink() or (self.root.exists() and not self.root.is_dir()):
            raise MachineError(f"{self.root} is not a folder, where the kit's folder belongs")
        with _told(self.root):
            try:
                self._build(files)
                self._carry_over(self._new)
                content = {"archive": digest(files[archive]), "notes": list(notes)}
                self._next_seal.write_text(f"{json.dumps(content)}\n", "ascii")
                self._swap()
            except BaseException:
                self._discard(self._new)
                with suppress(OSError):
                    self._next_seal.unlink()
                raise
        # The new kit is there: what fails now is left to the next run.
        with suppress(OSError):
            self._next_seal.replace(self._seal)
        self._discard(self._new)

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
        # The manifest first: it says whose the others are if this is interrupted.
        for name in sorted(files, key=lambda name: name != MANIFEST):
            path = self._new / name
            _make_folder(path.parent)
            with path.open("wb") as file:
                file.write(files[name])
                file.flush()
                os.fsync(file.fileno())
            path.chmod(0o644)
        for name, content in files.items():
            if file_digest(self._new / name) != digest(content):
                raise OSError(errno.EIO, "what was written can't be read back", str(name))

    def _carry_over(self, target: Path) -> None:
        """Put the files of others beside the new ones, as links to the same data if possible."""
        for name in self.foreign():
            source, path = self.root / name, target / name
            if path.exists():
                if not source.is_symlink() and file_digest(source) == file_digest(path):
                    continue  # the same file
                raise MachineError(
                    f"{source} is in the way: the kit has a file of this name, and this one was "
                    "not made by gapress, or was changed since; move it away"
                )
            _make_folder(path.parent)
            try:
                os.link(source, path, follow_symlinks=False)
            except OSError:
                import shutil

                part = path.with_name(f"{path.name}{_PART}")
                shutil.copy2(source, part, follow_symlinks=False)
                part.rename(path)
        for name in _empty_folders(self.root):
            _make_folder(target / name)

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
            else:
                self._new.unlink(missing_ok=True)
            self._next_seal.unlink(missing_ok=True)
        for left in (self._old, self._new):
            if lexists(left):
                raise MachineError(f"{left} is left from an earlier run; remove this folder")

    def _discard(self, folder: Path) -> None:
        """Remove a folder of the workshop, as far as the system lets us.

        A file of somebody else's goes back into the kit, if it is not there already.
        """
        with suppress(OSError):
            if folder.is_symlink():  # what it leads to is somebody else's
                folder.unlink()
                return
            made = self._made_in(folder)
            # Last what says whose the others are.
            for name in sorted(_names(folder), key=lambda name: name in {MANIFEST, SUMS}):
                path, home = folder / name, self.root / name
                mine = name in made or name.endswith(_PART) or name in {MANIFEST, SUMS}
                _let_write(path.parent)
                if mine or lexists(home):
                    path.unlink()
                else:
                    _make_folder(home.parent)
                    path.rename(home)
            for found in sorted(folder.rglob("*"), reverse=True):
                _let_write(found.parent)
                found.rmdir()
            folder.rmdir()


def _names(root: Path) -> list[str]:
    """Return the files below a folder, links and others included, by path with ``/``.

    Raises:
        OSError: A folder can't be read; nobody knows whose files it holds.
    """
    found = []
    for place, folders, files in _walk(root):
        links = [name for name in folders if (place / name).is_symlink()]
        found += [(place / name).relative_to(root).as_posix() for name in (*files, *links)]
    return sorted(found)


def _empty_folders(root: Path) -> list[str]:
    return [
        place.relative_to(root).as_posix()
        for place, folders, files in _walk(root)
        if not folders and not files and place != root
    ]


def _walk(root: Path) -> Iterator[tuple[Path, list[str], list[str]]]:
    def fail(error: OSError) -> None:
        raise error

    if root.is_dir():
        for place, folders, files in os.walk(root, onerror=fail):
            yield Path(place), folders, files


def _let_write(folder: Path) -> None:
    """Make a folder of our own writable, which somebody may have protected."""
    if not os.access(folder, os.W_OK | os.X_OK):
        folder.chmod(stat.S_IMODE(folder.stat().st_mode) | stat.S_IRWXU)


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
