"""The darkroom: residents' photos made bare, in a child of its own, so that the screen never waits for one.

    with Darkroom(max_pixels) as darkroom:
        photo = darkroom.develop(stream)

The original has no name in any folder: it comes as a stream and goes to the child as a file in memory, which
the kernel forgets with the last who holds it, also when both are killed.
"""

import errno
import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import IO, Self

from kiosk.decoder.lane import Lane, hired
from kiosk.decoder.process import COMMAND
from kiosk.decoder.protocol import Develop, Refused
from kiosk.errors import Refusal, Words
from kiosk.model.boxes import Box

LONGEST = 1600
"""Pixels of the longer side; enough to read a notice on a photo, and about 400 kB."""

MOST_BYTES = 40_000_000
"""Bytes of a photo as it is sent: more than phones make of as many pixels as are taken."""

AT_ONCE = 4
"""Photos in hand and waiting. Whoever brings one more is sent away, so that half the threads of the pages are
left for words."""

SECONDS = 20.0
RUSH_SECONDS = 5
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Photo:
    """A JPEG that holds pixels and nothing else; `width` and `height` in pixels."""

    jpeg: bytes
    width: int
    height: int


class Busy(Exception):
    """As many photos wait as may."""


class Darkroom:
    """Makes photos bare, one at a time; from any thread. It starts a child when one is needed."""

    def __init__(
        self, max_pixels: int, *, seconds: float = SECONDS, command: Sequence[str] = COMMAND
    ) -> None:
        self._max_pixels = max_pixels
        self._room = threading.BoundedSemaphore(AT_ONCE)
        self._lane = Lane(hired(max_pixels, RUSH_SECONDS, command), seconds)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child; a photo under way is refused."""
        self._lane.close()

    def develop(self, original: IO[bytes], boxes: Sequence[Box] = ()) -> Photo:
        """The photo, decoded whole, upright, in sRGB, at most `LONGEST` pixels a side, with the boxes
        covered.

        Raises `Refusal` for what is no whole photo, `Busy`, and `OSError` where the machine has no memory for
        it.
        """
        if not self._room.acquire(blocking=False):
            raise Busy
        try:
            with _memory() as taken, _memory() as made:
                _filled(taken, original)
                return self._developed(taken, made, boxes)
        finally:
            self._room.release()

    def _developed(self, taken: int, made: int, boxes: Sequence[Box]) -> Photo:
        reply = self._lane.ask(
            Develop(
                _address(taken),
                _address(made),
                self._max_pixels,
                LONGEST,
                tuple((one.left, one.top, one.right, one.bottom) for one in boxes),
            )
        )
        if isinstance(reply, Refused):
            raise Refusal(Words(reply.zh, reply.en))
        if reply.full:
            raise OSError(errno.ENOMEM, os.strerror(errno.ENOMEM))
        return Photo(os.pread(made, os.fstat(made).st_size, 0), reply.width, reply.height)


@contextmanager
def _memory() -> Iterator[int]:
    handle = os.memfd_create("linli-photo", os.MFD_CLOEXEC)
    try:
        yield handle
    finally:
        os.close(handle)


def _address(handle: int) -> bytes:
    """Where another process of the same account finds it."""
    return b"/proc/%d/fd/%d" % (os.getpid(), handle)


def _filled(handle: int, original: IO[bytes]) -> None:
    size = 0
    while piece := original.read(_PIECE):
        size += len(piece)
        if size > MOST_BYTES:
            raise Refusal(_TOO_LARGE)
        view = memoryview(piece)
        while view:
            view = view[os.write(handle, view) :]


_TOO_LARGE = Words(
    f"照片太大，最多 {MOST_BYTES // 1_000_000} 兆。请换一张小一点的。",
    f"The photo is too large; at most {MOST_BYTES // 1_000_000} MB. Choose a smaller one.",
)
