"""The frame cache: drawn pages as raw pixels, ready to be mapped by the player.

Least recently used goes first. Several processes use one folder: every file appears whole by
rename, nobody holds a list of what is there, and a file that is gone is drawn again.
"""

import contextlib
import hashlib
import os
import shutil
import tempfile
from pathlib import Path

SPARE = Path("/dev/shm")  # noqa: S108 - memory on purpose: the disk is what is full
SPARE_FRAMES = 4
SUFFIX = ".bgrx"
_PREFIX = "linli-spare-"


class Frames:
    """Files of exactly `frame_bytes`, together no more than about `most_bytes`."""

    def __init__(self, folder: Path, frame_bytes: int, most_bytes: int) -> None:
        self._folder = folder
        self.frame_bytes = frame_bytes
        self._most = max(most_bytes, 2 * frame_bytes)
        self._since = self._most
        self._room = 0
        self._spare: Path | None = None
        folder.mkdir(parents=True, exist_ok=True)

    def path(self, key: str) -> Path:
        """Where the frame of that key belongs."""
        return self._folder / (
            hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()[:32] + SUFFIX
        )

    def found(self, key: str) -> Path | None:
        """The frame if it is there and whole; it counts as used now."""
        places = [self.path(key)]
        if self._spare is not None:
            places.append(self._spare / places[0].name)
        for path in places:
            with contextlib.suppress(OSError):
                if path.stat().st_size == self.frame_bytes:
                    os.utime(path)
                    return path
        return None

    def has_room(self) -> bool:
        """Whether one more frame would push out no other."""
        if self._since and self._room < self._since + self.frame_bytes:
            self._sweep()
        return self._room >= self._since + self.frame_bytes

    def added(self, count: int) -> None:
        """Tell that frames were written; now and then the oldest ones are removed."""
        self._since += count * self.frame_bytes
        if self._since * 16 >= self._most:
            self._sweep()

    def _sweep(self) -> None:
        most = self._most - self._most // 16
        self._since = 0
        self._room = most - sweep(self._folder, most)

    def spare(self, key: str) -> Path:
        """Where to put a frame in memory while the disk is full; only the last few stay."""
        if self._spare is None:
            _clear_up()
            self._spare = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=SPARE))
        sweep(self._spare, (SPARE_FRAMES - 1) * self.frame_bytes)
        return self._spare / self.path(key).name

    def close(self) -> None:
        """Give back the memory."""
        if self._spare is not None:
            shutil.rmtree(self._spare, ignore_errors=True)


def sweep(folder: Path, most_bytes: int) -> int:
    """Remove the least recently used files until the rest is no larger; returns the bytes left."""
    used, total = [], 0
    with os.scandir(folder) as entries:
        for entry in entries:
            with contextlib.suppress(FileNotFoundError):
                found = entry.stat()
                used.append((found.st_mtime_ns, found.st_size, entry.path))
                total += found.st_size
    used.sort()
    for _, size, path in used[:-1]:
        if total <= most_bytes:
            break
        with contextlib.suppress(OSError):
            Path(path).unlink()
            total -= size
    return total


def _clear_up() -> None:
    """Remove what processes left in memory that were killed before they could."""
    for folder in SPARE.glob(f"{_PREFIX}*"):
        if not Path("/proc", folder.name.removeprefix(_PREFIX).partition("-")[0]).exists():
            shutil.rmtree(folder, ignore_errors=True)
