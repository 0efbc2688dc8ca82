"""A file of lines that several processes add to; each of them learns what the others have added.

Every line stands alone, so half a line after a power cut costs that line only. Written anew it is
another file of the same name; who adds a line makes sure first that his file still has the name.
"""

import contextlib
import errno
import fcntl
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from kiosk.files import TEMPORARY


class News(NamedTuple):
    """The lines since the last look; `anew`: they are all there are, what was read before is void."""

    lines: list[bytes]
    anew: bool = False


class Journal:
    """One such file, as far as it has been read. For one thread at a time, of any process."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen: tuple[int, int, int] | None = None
        self._offset = 0
        self._last = b""

    def news(self) -> News:
        """What has been added since the last look; opens nothing if that is nothing."""
        try:
            if _state(self._path.stat()) == self._seen:
                return News([])
            with self._path.open("rb", buffering=0) as file:
                return self._read(file.fileno())
        except OSError:
            gone = self._seen is not None
            self._seen, self._offset, self._last = None, 0, b""
            return News([], gone)

    def _read(self, handle: int) -> News:
        found = os.fstat(handle)
        anew = self._seen is not None and not self._follows(handle, found.st_ino)
        if anew:
            self._offset, self._last = 0, b""
        whole, end, _ = _from(handle, self._offset, found.st_size).rpartition(b"\n")
        lines = [line for line in whole.split(b"\n") if line]
        self._seen = _state(found)
        self._offset += len(whole) + len(end)
        self._last = lines[-1] + end if lines else self._last
        return News(lines, anew)

    def _follows(self, handle: int, inode: int) -> bool:
        """Is it the same file, with the last line where it was?"""
        place = self._offset - len(self._last)
        same = self._seen is not None and self._seen[0] == inode
        return same and os.pread(handle, len(self._last), place) == self._last

    def add(self, line: bytes) -> None:
        """Add one line. Raises `OSError` where there is no room."""
        whole = b"\n" + line + b"\n"  # the first ends what a power cut has left half
        with self._alone() as handle:
            if os.write(handle, whole) < len(whole):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self._path))

    def rewrite(self, lines: Callable[[], Iterable[bytes]]) -> None:
        """Put `lines()` in place of all there are; asked while nobody can add any. Raises `OSError`."""
        unfinished = self._path.with_name(f"{TEMPORARY}{os.getpid()}-{self._path.name}")
        with self._alone():
            try:
                unfinished.write_bytes(b"".join(line + b"\n" for line in lines()))
                unfinished.replace(self._path)
            except OSError:
                unfinished.unlink(missing_ok=True)
                raise

    @contextmanager
    def _alone(self) -> Iterator[int]:
        """The file, opened for adding, while all others wait."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        while True:
            handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
            try:
                with contextlib.suppress(OSError):  # some shares know no locks; a lost line is found again
                    fcntl.flock(handle, fcntl.LOCK_EX)
                if self._named(handle):
                    yield handle
                    return
            finally:
                os.close(handle)

    def _named(self, handle: int) -> bool:
        """Does the open file still have the name, or was it written anew meanwhile?"""
        with contextlib.suppress(FileNotFoundError):
            return os.path.samestat(os.fstat(handle), self._path.stat())
        return False


def _state(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns


def _from(handle: int, begin: int, end: int) -> bytes:
    parts = []
    while begin < end and (part := os.pread(handle, end - begin, begin)):
        parts.append(part)
        begin += len(part)
    return b"".join(parts)
