"""The player's end of an animation: which frame is due now, without ever waiting for it."""

import contextlib
import mmap
import os
import sys
from collections import deque
from types import TracebackType
from typing import Self

from kiosk.decoder.process import Process
from kiosk.decoder.protocol import Draw, packed
from kiosk.decoder.ring import FREED, NEWS, SLOTS, News, memory

REEL = (sys.executable, "-m", "kiosk.decoder.reel")
_MANY = NEWS.size * 64


class Animation:
    """One asset that moves, decoded ahead by a child of its own into `SLOTS` frames of shared memory.

    Use it as a `with` thing, from one thread. If the child fails the last picture simply stays.
    """

    def __init__(self, asked: Draw) -> None:
        self._frame_bytes = asked.look.width * asked.look.height * 4
        handle = memory(self._frame_bytes)
        try:
            self._process = Process([str(asked.max_pixels), "{life}", str(handle)], REEL, keep=[handle])
            self._map = mmap.mmap(handle, 0, prot=mmap.PROT_READ)
        finally:
            os.close(handle)
        self._ahead: deque[News] = deque()
        self._shown: News | None = None
        self._closed = False
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

    def frame(self, seconds: float) -> memoryview | None:
        """The BGRX bytes of the frame due `seconds` after the start; None if it is still the same one.

        It never waits. The bytes hold until the next call that returns some.
        """
        self._hear()
        due = None
        while self._ahead and (self._ahead[0].start <= seconds or (self._shown is None and due is None)):
            if due is not None:
                self._free(due, seconds)
            due = self._ahead.popleft()
        if due is None:
            return None
        if self._shown is not None:
            self._free(self._shown, seconds)
        self._shown = due
        start = due.slot * self._frame_bytes
        return memoryview(self._map)[start : start + self._frame_bytes]

    def _hear(self) -> None:
        if self._closed:
            return
        heard = self._process.heard(_MANY)
        for at in range(0, len(heard) - NEWS.size + 1, NEWS.size):
            news = News(*NEWS.unpack_from(heard, at))
            if news.slot < SLOTS:
                self._ahead.append(news)

    def _free(self, news: News, seconds: float) -> None:
        with contextlib.suppress(BrokenPipeError, BlockingIOError):
            self._process.send(FREED.pack(news.slot, seconds))

    def close(self) -> None:
        """End the child and give back the memory."""
        if self._closed:
            return
        self._closed = True
        self._process.end()
        with contextlib.suppress(BufferError):  # somebody still looks at a frame; it goes with him
            self._map.close()
