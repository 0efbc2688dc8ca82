"""A lane: one child after the other, asked by one caller at a time.

A decoder has several, so that what the screen needs now never waits behind a hundred uploads, and an
emergency behind nothing.
"""

import logging
import os
import threading
from collections.abc import Callable, Sequence
from functools import partial

from kiosk.decoder.process import COMMAND, Died, Process, TooLong
from kiosk.decoder.protocol import Draw, Refused, Reply, Request
from kiosk.errors import Words

log = logging.getLogger(__name__)

CRASHED = Words(
    "打开这个文件时解码程序崩溃了，文件多半已损坏。请用原来的程序打开，另存为 JPG、PDF 或 MP4。",
    "The decoder crashed on this file; it is probably damaged. Save it again, as JPG, PDF or MP4.",
)


RETRY_SECONDS = 3600.0
"""After a crash or a time-out an asset gets another chance, for it may not have been its fault."""


class Stopped(Refused, frozen=True, tag=True):
    """Not answered, because the decoder is being closed."""


STOPPED = Stopped("程序正在退出。", "The program is ending.")


class Lane:
    """Answers requests with a child that `start` gives when one is needed; each gets so many `seconds`."""

    def __init__(self, start: Callable[[], Process], seconds: float) -> None:
        self._start = start
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: Process | None = None
        self._closed = False

    def ask(self, request: Request) -> Reply:
        """The child's answer, or what became of the child."""
        with self._lock:
            for _ in range(2):
                if self._closed:
                    return STOPPED
                try:
                    return self._running().ask(request, self._seconds)
                except Died as death:
                    self._end()
                    if not death.peacefully and not self._closed:
                        log.warning("decoder died on %s: %s", _what(request), death.said[-1000:])
                        break
                except TooLong:
                    self._end()
                    return _too_slow(self._seconds)
            return STOPPED if self._closed else Refused(CRASHED.zh, CRASHED.en, RETRY_SECONDS)

    def _running(self) -> Process:
        if self._process is not None and not self._process.alive:
            self._end()
        if self._process is None:
            self._process = self._start()
        return self._process

    def _end(self) -> None:
        if self._process is not None:
            process, self._process = self._process, None
            process.end()

    def close(self) -> None:
        """End the child. A request under way is answered with its death."""
        self._closed = True
        if (process := self._process) is not None:
            process.popen.kill()
        with self._lock:
            self._end()


def hired(
    max_pixels: int, patience: int, command: Sequence[str] = COMMAND, *more: str
) -> Callable[[], Process]:
    """Starts children that go home after so many idle seconds; `more` is said to them besides."""
    return partial(Process, (str(max_pixels), "{life}", str(patience), *more), command)


def _what(request: Request) -> str:
    return os.fsdecode(request.path) if isinstance(request, Draw) else "a card"


def _too_slow(seconds: float) -> Refused:
    return Refused(
        f"打开这个文件超过 {seconds:.0f} 秒，已放弃。请缩小或拆小后再放进来。",
        f"Opening this file took longer than {seconds:.0f} seconds, so it was given up. "
        "Make it smaller or split it, then try again.",
        RETRY_SECONDS,
    )
