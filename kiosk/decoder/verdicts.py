"""What is known about each asset, one small file each, shared by every process of the home.

A verdict that cannot be read is a verdict that is not there: nothing here is worth repairing.
"""

import contextlib
import hashlib
import os
import time
from pathlib import Path

import msgspec

from kiosk.files import TEMPORARY

MOST = 50_000
"""Verdicts kept; beyond that the oldest half is forgotten."""


class Verdict(msgspec.Struct, frozen=True):
    """The outcome of decoding one asset.

    `stamp` says of which state of the asset; `digest` is the SHA-256 of its bytes; `width` and
    `height` its own size in pixels (0 for a card); `seconds` the length of one round of an animation
    (0 if it is longer than we looked), or of a video or sound; `sound` whether there is something to
    hear. `refusal` is (zh, en), or None if it can be shown.
    """

    stamp: str
    digest: str = ""
    pages: int = 1
    animated: bool = False
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    sound: bool = False
    refusal: tuple[str, str] | None = None


class _Kept(msgspec.Struct, frozen=True):
    verdict: Verdict
    since: float = 0.0
    seconds: float = 0.0


class Verdicts:
    """The folder of verdicts for drawings of one look."""

    def __init__(self, folder: Path, look: str) -> None:
        self._folder = folder
        self._look = look
        folder.mkdir(parents=True, exist_ok=True)
        self._since_tidy = 0
        self._read = msgspec.json.Decoder(_Kept).decode

    def known(self, name: str, stamp: str) -> Verdict | None:
        """The verdict on asset `name` in the state `stamp`, if there is one."""
        try:
            kept = self._read(self._path(name).read_bytes())
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None
        if kept.verdict.stamp != stamp:
            return None
        # A clock that was set back makes the age negative: then it is asked again, too.
        if kept.seconds and not 0 <= time.time() - kept.since < kept.seconds:
            return None
        return kept.verdict

    def keep(self, name: str, verdict: Verdict, seconds: float = 0.0) -> None:
        """Remember a verdict, for ever or for so many seconds."""
        self._since_tidy = (self._since_tidy + 1) % 1000
        if self._since_tidy == 1:
            self.tidy()
        path = self._path(name)
        unfinished = path.with_name(f"{TEMPORARY}{os.getpid()}-{path.name}")
        try:
            unfinished.write_bytes(msgspec.json.encode(_Kept(verdict, time.time(), seconds)))
            unfinished.replace(path)
        except OSError:
            # A full disk costs us the memory of it, not the slide.
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        key = f"{self._look}\n{name}".encode("utf-8", "surrogateescape")
        return self._folder / f"{hashlib.sha256(key).hexdigest()[:32]}.json"

    def tidy(self) -> None:
        """Forget the oldest half if there are far too many."""
        with os.scandir(self._folder) as entries:
            found = [Path(entry.path) for entry in entries]
        if len(found) <= MOST:
            return
        with contextlib.suppress(FileNotFoundError):  # another process tidies too
            found.sort(key=lambda path: path.stat().st_mtime)
            for path in found[: len(found) // 2]:
                path.unlink()
