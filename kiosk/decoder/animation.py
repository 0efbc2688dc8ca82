"""The player's end of what moves: which frame is due now, without ever waiting for it."""

import contextlib
import ctypes
import fcntl
import mmap
import os
import sys
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from kiosk.decoder.process import Process
from kiosk.decoder.protocol import Draw, packed
from kiosk.decoder.ring import END, FREED, HEAD, NEWS, SLOTS, News, memory
from kiosk.formats.strip import Head
from kiosk.model.strain import Strain

REEL = (sys.executable, "-m", "kiosk.decoder.reel")
UNKNOWN_SECONDS = 1 / 60
_MANY = NEWS.size * 64


@dataclass(frozen=True, slots=True)
class Moment:
    """One frame: where it goes, its bytes, and their address in memory; good until the next one."""

    head: Head
    pixels: memoryview
    address: int


class Animation:
    """One asset that moves, painted ahead by a child of its own into `SLOTS` frames of shared memory.

    Use it as a `with` thing, from one thread. If the child fails the last picture simply stays.
    `told` hears now and then how hard it was, and once more at the end.
    """

    def __init__(self, asked: Draw, told: Callable[[Strain], None] | None = None) -> None:
        self._tell = told
        self._told = Strain()
        self._begun: tuple[float, News] | None = None
        self._count = 0
        self._ring = memory()
        self._process = Process([str(asked.max_pixels), "{life}", str(self._ring)], REEL, keep=[self._ring])
        self._map: mmap.mmap | None = None
        self._head: Head | None = None
        self._address = 0
        self._heard = b""
        self._ahead: deque[News] = deque()
        self._shown: News | None = None
        self._seconds = 0.0
        self._closed = False
        self.ended = False
        self.skipped = 0
        self._process.send(packed(asked))
        self._process.unblock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def ready(self) -> bool:
        """Is there a first frame?"""
        self._hear()
        return self._shown is not None or bool(self._ahead)

    def wait(self, seconds: float) -> bool:
        """Wait for the first frame, `seconds` at most between two signs of life; False if none comes."""
        while not self.ready:
            if self._closed or self.ended or not self._process.speaks(seconds):
                return False
            if not self._process.alive and not self.ready:
                return False
        return True

    @property
    def stirs(self) -> bool:
        """Has its child said something, or ended, that has not been heard yet?"""
        return not self._closed and self._process.speaks(0)

    @property
    def alive(self) -> bool:
        """Does its child still run?"""
        return self._process.alive

    @property
    def content(self) -> bool:
        """Is there nothing to wait for: a frame lies ahead, or no more will come?"""
        return bool(self._ahead) or self.ended

    @property
    def begun(self) -> bool:
        """Has a frame been shown?"""
        return self._shown is not None

    @property
    def over(self) -> bool:
        """Have all frames been shown, and will no more come?"""
        return not self._ahead and (self.ended or not self.alive)

    @property
    def position(self) -> float:
        """Seconds after the beginning of the frame shown last."""
        return self._shown.start if self._shown else 0.0

    def patience(self, seconds: float) -> float:
        """From `seconds` after the start, how long until the next frame is due; a frame's time if unknown."""
        self._hear()
        return max(0.0, self._ahead[0].start - seconds) if self._ahead else UNKNOWN_SECONDS

    def frame(self, seconds: float) -> Moment | None:
        """The frame due `seconds` after the start; None if it is still the same one.

        It never waits. What it gives holds until the next call that gives something.
        """
        self._hear()
        due = None
        while self._ahead and (self._ahead[0].start <= seconds or (self._shown is None and due is None)):
            if due is not None:
                self.skipped += 1
                self._free(due, seconds)
            due = self._ahead.popleft()
        if due is None:
            return None
        if self._shown is not None:
            self._free(self._shown, seconds)
        self._shown = due
        self._begun = self._begun or (seconds, due)
        self._count += 1
        self._seconds = seconds
        self._report(enough=True)
        return self._moment(due.slot)

    def _report(self, *, enough: bool) -> None:
        """Tell what has come since it was told last, if that is `enough` to say something."""
        if self._tell is None or self._shown is None or self._begun is None:
            return
        since, first = self._begun
        so_far = Strain(
            self._seconds - since,
            self._shown.start - first.start,
            self._count,
            self._shown.left_out + self.skipped,
            self._shown.least - first.least,
        )
        news = so_far - self._told
        if news.enough or not enough:
            self._told = so_far
            self._tell(news)

    def _moment(self, slot: int) -> Moment:
        assert self._head is not None and self._map is not None  # noqa: S101 - news come after the head
        start = slot * self._head.frame_bytes
        pixels = memoryview(self._map)[start : start + self._head.frame_bytes]
        return Moment(self._head, pixels, self._address + start)

    def _hear(self) -> None:
        if self._closed:
            return
        self._heard += self._process.heard(_MANY)
        if self._head is None:
            if len(self._heard) < HEAD.size:
                return
            self._begin(Head(*HEAD.unpack_from(self._heard)))
            self._heard = self._heard[HEAD.size :]
        whole = len(self._heard) - len(self._heard) % NEWS.size
        for news in map(News._make, NEWS.iter_unpack(self._heard[:whole])):
            if news.slot < SLOTS:
                self._ahead.append(news)
            self.ended |= news.slot == END
        self._heard = self._heard[whole:]

    def _begin(self, head: Head) -> None:
        """Take over the memory; from now on nobody can take away what is mapped here."""
        fcntl.fcntl(self._ring, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW)
        self._map = mmap.mmap(self._ring, SLOTS * head.frame_bytes)
        self._address = ctypes.addressof(ctypes.c_char.from_buffer(self._map))
        self._head = head

    def _free(self, news: News, seconds: float) -> None:
        with contextlib.suppress(BrokenPipeError, BlockingIOError):
            self._process.send(FREED.pack(news.slot, seconds))

    def close(self) -> None:
        """End the child and give back the memory."""
        if self._closed:
            return
        self._closed = True
        self._report(enough=False)
        self._process.end()
        os.close(self._ring)
        if self._map is not None:
            with contextlib.suppress(BufferError):  # somebody still looks at a frame; it goes with him
                self._map.close()
