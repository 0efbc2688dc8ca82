"""Assets set aside for a while although they can be decoded: they stopped the player, or got stuck in it.

One small file each in a folder that is nearly always empty, shared by every process of the home. What
was set aside is this state of the file: another size or time, and it is as good as new.
"""

import contextlib
import hashlib
import math
import os
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import msgspec

from kiosk.decoder.asset import Asset
from kiosk.errors import Words
from kiosk.files import TEMPORARY, Home

GLANCE_SECONDS = 1.0
MOST = 1000
"""Files in the folder; it takes a very odd home to come near."""


class _Kept(msgspec.Struct, frozen=True):
    name: str
    size: int
    mtime_ns: int
    zh: str
    en: str
    since: float
    seconds: float

    def holds(self, now: float) -> bool:
        """A clock that was set back makes the age negative: then it holds no longer, either."""
        return 0 <= now - self.since < self.seconds


_State = tuple[str, int, int]


class Quarantine:
    """The folder; it is looked at once a second at most."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._due = 0.0
        self._kept: Mapping[_State, _Kept] = {}
        self._read = msgspec.json.Decoder(_Kept).decode

    @classmethod
    def of(cls, home: Home) -> Self:
        """The quarantine of a home."""
        return cls(home.cache / "quarantine")

    def words(self, asset: Asset) -> Words | None:
        """Why the asset is set aside; None if it is not."""
        if time.monotonic() >= self._due:
            self._glance()
        kept = self._kept.get((asset.name, asset.size, asset.mtime_ns))
        return Words(kept.zh, kept.en) if kept and kept.holds(time.time()) else None

    def held(self) -> frozenset[_State]:
        """Name, size and time of all that is set aside now."""
        if time.monotonic() >= self._due:
            self._glance()
        now = time.time()
        return frozenset(state for state, kept in self._kept.items() if kept.holds(now))

    def release(self) -> float:
        """Seconds until the next asset is free again; infinite if none is set aside."""
        now = time.time()
        return min((kept.since + kept.seconds - now for kept in self._kept.values()), default=math.inf)

    def keep(self, asset: Asset, words: Words, seconds: float) -> None:
        """Set the asset aside for so many seconds. A disk that takes nothing costs us the memory of it."""
        kept = _Kept(asset.name, asset.size, asset.mtime_ns, words.zh, words.en, time.time(), seconds)
        name = hashlib.sha256(asset.name.encode("utf-8", "surrogateescape")).hexdigest()[:32] + ".json"
        unfinished = self._folder / f"{TEMPORARY}{os.getpid()}-{name}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(msgspec.json.encode(kept))
            unfinished.replace(self._folder / name)
        except OSError:
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
        self._glance()

    def _glance(self) -> None:
        """Read the folder again; what is over, or no note of ours, goes."""
        self._due = time.monotonic() + GLANCE_SECONDS
        found = {}
        with contextlib.suppress(OSError):
            for path in sorted(self._folder.glob("*.json"))[:MOST]:
                if kept := self._note(path):
                    found[(kept.name, kept.size, kept.mtime_ns)] = kept
        self._kept = found

    def _note(self, path: Path) -> _Kept | None:
        try:
            kept = self._read(path.read_bytes())
        except (msgspec.DecodeError, UnicodeDecodeError):
            kept = None
        if kept and time.time() - kept.since < kept.seconds:
            return kept
        path.unlink(missing_ok=True)
        return None
