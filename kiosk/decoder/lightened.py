"""Lighter copies of videos that this machine cannot play in time, kept in `state/cache/lighter/`.

One is made at a time in the whole home, by a child that runs only while nobody else wants to. The
least recently played goes first, but nothing that was played within a day makes room for another.
"""

import contextlib
import fcntl
import hashlib
import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path

from kiosk import files
from kiosk.decoder.asset import Asset
from kiosk.decoder.frames import sweep
from kiosk.decoder.lane import Lane, Stopped, hired
from kiosk.decoder.process import COMMAND
from kiosk.decoder.protocol import GONE, Lighten, Refused, Reply
from kiosk.decoder.verdicts import Verdict, Verdicts
from kiosk.errors import Words
from kiosk.files import Home
from kiosk.look import Look

MAKING = "1"
"""Counts changes in how copies are made; a new number has them made anew where they are wanted."""

SECONDS = 12 * 3600.0
RUSH_SECONDS = 5
DAY_SECONDS = 24 * 3600.0
LEAST_BYTES = 1_000_000
"""With less room there is no use in beginning."""

NO_BETTER = Words("转换以后还是放不动。", "The lighter copy cannot be played in time, either.")
NO_ROOM = Words("没有地方放转换以后的视频。", "There is no room for a lighter copy.")
TOO_LARGE = Words("转换以后太大，放不下。", "Its lighter copy would be too large.")
BROKEN = Words("转换的那一份播放不了，以后放原来的。", "Its lighter copy cannot be played; the original is.")


class Made(Enum):
    """What became of making a copy."""

    DONE = "done"
    BUSY = "busy"
    """Another one is being made; ask again."""
    NOT = "not"


class Lightened:
    """The copies for walls of the size of `look`, together no more than about `most_bytes`."""

    def __init__(
        self,
        home: Home,
        look: Look,
        max_pixels: int,
        most_bytes: int,
        reserve_bytes: int = 0,
        command: Sequence[str] = COMMAND,
    ) -> None:
        self._folder = home.cache / "lighter"
        self._lock = home.cache / "lighter.lock"
        self._wall = (look.width, look.height)
        self._most = most_bytes
        self._reserve = reserve_bytes
        self._not = Verdicts(home.cache / "unlightened", f"{look.width}x{look.height}")
        self._lane = Lane(hired(max_pixels, RUSH_SECONDS, command), SECONDS)

    def close(self) -> None:
        """End the child; a copy under way is lost and leaves nothing."""
        self._lane.close()

    def found(self, asset: Asset) -> Path | None:
        """The copy of this state of the asset, if there is one; it counts as played now."""
        path = self._path(asset)
        with contextlib.suppress(OSError):
            os.utime(path)
            return path
        return None

    def wanted(self, asset: Asset) -> bool:
        """Is there none, and nothing known that speaks against making one?"""
        return not self._path(asset).exists() and self._not.known(asset.name, _state(asset)) is None

    def refuse(self, asset: Asset, words: Words, seconds: float = 0.0) -> None:
        """Make no copy of this state of the asset, never or for so many seconds; one that there is goes."""
        with contextlib.suppress(OSError):
            self._path(asset).unlink()
        self._not.keep(asset.name, Verdict(_state(asset), refusal=(words.zh, words.en)), seconds)

    def refusal(self, asset: Asset) -> Words | None:
        """What speaks against a copy of this state of the asset, if anything is known."""
        known = self._not.known(asset.name, _state(asset))
        return Words(*known.refusal) if known and known.refusal else None

    def distrust(self, asset: Asset) -> bool:
        """Playing it failed. Was it the copy? Then the copy goes, and the original is played from now on."""
        if not self._path(asset).exists():
            return False
        self.refuse(asset, BROKEN)
        return True

    def tidy(self) -> None:
        """Remove what was left half made when a machine or a player was switched off."""
        with self._alone() as alone:
            if alone and self._folder.exists():
                self._clear_up()

    def make(self, asset: Asset) -> Made:
        """Make the copy. It may take hours, and waits for nobody but its own child."""
        with self._alone() as alone:
            if not alone:
                return Made.BUSY
            try:
                self._clear_up()
                return self._make(asset)
            finally:
                self._clear_up()

    def _make(self, asset: Asset) -> Made:
        room = self._room()
        if room < LEAST_BYTES:
            self.refuse(asset, NO_ROOM, DAY_SECONDS)
            return Made.NOT
        reply = self._lane.ask(self._request(asset, room))
        if isinstance(reply, Stopped):
            return Made.NOT
        self._learn(asset, reply)
        sweep(self._folder, self._most)
        return Made.DONE if self._path(asset).exists() else Made.NOT

    def _learn(self, asset: Asset, reply: Reply) -> None:
        """What failed by itself is tried again in a day; what fails twice in the same way, never."""
        if isinstance(reply, Refused):
            words, again = Words(reply.zh, reply.en), bool(reply.retry_seconds)
        elif reply.full:
            words, again = TOO_LARGE, True
        else:
            return
        if words == GONE:  # put back as it was, it is as good as before
            return
        before = self._not.latest(asset.name)
        same = before is not None and before == Verdict(_state(asset), refusal=(words.zh, words.en))
        self.refuse(asset, words, DAY_SECONDS if again and not same else 0.0)

    def _request(self, asset: Asset, room: int) -> Lighten:
        return Lighten(
            path=os.fsencode(asset.location),
            size=asset.size,
            mtime_ns=asset.mtime_ns,
            target=os.fsencode(self._path(asset)),
            wall=self._wall,
            most=room,
            reserve=self._reserve,
        )

    def _path(self, asset: Asset) -> Path:
        return self._folder / f"{_short(f'{asset.name} {_state(asset)} {self._wall}')}.mp4"

    def _room(self) -> int:
        """Bytes that a copy may take; what was not played for a day may go for it."""
        since = time.time() - DAY_SECONDS
        used = (path.stat() for path in self._folder.iterdir())
        kept = sum(one.st_size for one in used if one.st_mtime >= since)
        return min(self._most - kept, files.free(self._folder) - self._reserve)

    def _clear_up(self) -> None:
        """Remove what children left that were killed: only who is alone may be sure that nobody writes it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for path in self._folder.glob(f"{files.TEMPORARY}*"):
            path.unlink(missing_ok=True)

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Am I the only one in this home who makes a copy? The kernel frees the lock of one who dies."""
        handle = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield True
        except BlockingIOError:
            yield False
        finally:
            os.close(handle)


def _state(asset: Asset) -> str:
    return f"{MAKING} {asset.size} {asset.mtime_ns}"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:32]
