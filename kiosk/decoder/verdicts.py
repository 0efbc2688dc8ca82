"""What is known about each asset, in one file for each look, shared by every process of the home.

A verdict that cannot be read is a verdict that is not there: nothing here is worth repairing.
"""

import contextlib
import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kiosk.decoder.journal import Journal
from kiosk.model.alert import Bulletin
from kiosk.model.vote import Question

MOST = 50_000
"""Verdicts kept; beyond that the older half is forgotten."""

SPARE = 1000
"""Lines that say nothing any more, beyond as many as say something, before the file is written anew."""

LOOKS = 8
"""Files kept: the looks of this home, the latest ones."""


class Verdict(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """The outcome of decoding one asset.

    `stamp` says of which state of the asset; `digest` is the SHA-256 of its bytes; `width` and
    `height` its own size in pixels (0 for a card); `seconds` the length of one round of an animation
    (0 if it is longer than we looked), or of a video or sound; `sound` whether there is something to
    hear; `title` what it calls itself. From `until` on, in Unix seconds, it is no longer true (0: for
    ever). `types` are the smallest and largest type of each page, `torn` the pages with a
    line that is broken within, and `code` the side of its own QR code,
    in pixels, `level` the average picture level of page 1 in per cent (-1: not known). An emergency
    has a `bulletin`, what keys answer a `question`. `beside` is the name of a file in the same folder that
    is drawn with it. `refusal` is (zh, en), or None if it can be shown.
    """

    stamp: str
    digest: str = ""
    pages: int = 1
    animated: bool = False
    width: int = 0
    height: int = 0
    seconds: float = 0.0
    sound: bool = False
    until: float = 0.0
    types: tuple[tuple[float, float], ...] = ()
    torn: tuple[int, ...] = ()
    code: int = 0
    level: int = -1
    bulletin: Bulletin | None = None
    question: Question | None = None
    refusal: tuple[str, str] | None = None
    title: str = ""
    beside: str = ""


class _Kept(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    name: bytes
    verdict: Verdict
    since: float = 0.0
    seconds: float = 0.0

    def holds(self, stamp: str, now: float) -> bool:
        """A clock that was set back makes the age negative: then it is asked again, too."""
        return self.verdict.stamp == stamp and (not self.seconds or 0 <= now - self.since < self.seconds)


class Verdicts:
    """The verdicts for drawings of one look. From any thread."""

    def __init__(self, folder: Path, look: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{look}.jsonl"
        with contextlib.suppress(OSError):
            os.utime(path)  # in use, so not to be forgotten
        _forget(folder)
        self._journal = Journal(path)
        self._lock = threading.Lock()
        self._kept: dict[bytes, _Kept] = {}
        self._lines = 0
        self._read = msgspec.json.Decoder(_Kept).decode

    def known(self, name: str, stamp: str) -> Verdict | None:
        """The verdict on asset `name` in the state `stamp`, if there is one."""
        with self._lock:
            self._learn()
            kept = self._kept.get(os.fsencode(name))
        return kept.verdict if kept and kept.holds(stamp, time.time()) else None

    def latest(self, name: str) -> Verdict | None:
        """The verdict on asset `name` that was kept last, whatever state it is about."""
        with self._lock:
            self._learn()
            kept = self._kept.get(os.fsencode(name))
        return kept.verdict if kept else None

    def keep(self, name: str, verdict: Verdict, seconds: float = 0.0) -> None:
        """Remember a verdict, for ever or for so many seconds."""
        kept = _Kept(os.fsencode(name), verdict, time.time(), seconds)
        with self._lock:
            self._learn()
            if self._said(kept):
                return
            try:
                self._journal.add(msgspec.json.encode(kept))
                if self._lines > 2 * len(self._kept) + SPARE or len(self._kept) > MOST:
                    self._journal.rewrite(self._shorter)
            except OSError:
                self._put(kept)  # a full disk costs the others the memory of it, not us the slide

    def _said(self, kept: _Kept) -> bool:
        """Is it known already, for ever? A frame that is drawn again says nothing new."""
        before = self._kept.get(kept.name)
        return before is not None and (before.verdict, before.seconds, kept.seconds) == (kept.verdict, 0, 0)

    def _learn(self) -> None:
        lines, anew = self._journal.news()
        if anew:
            self._kept.clear()
            self._lines = 0
        self._lines += len(lines)
        for line in lines:
            try:
                self._put(self._read(line))
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue

    def _put(self, kept: _Kept) -> None:
        self._kept.pop(kept.name, None)  # the newest stands last
        self._kept[kept.name] = kept

    def _shorter(self) -> Iterator[bytes]:
        """The lines that still say something; of far too many the newer half."""
        self._learn()
        kept = list(self._kept.values())
        return map(msgspec.json.encode, kept[-MOST // 2 :] if len(kept) > MOST else kept)


def _forget(folder: Path) -> None:
    """Of the looks that this home has had the latest stay."""
    with contextlib.suppress(OSError):  # another process forgets too
        found = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime)
        for path in found[:-LOOKS]:
            path.unlink()
