"""The child process of one asset that moves: paints ahead into the ring until the ring is full.

Started as `python -m kiosk.decoder.reel MAX_PIXELS LIFE RING`; the first message on standard input
is the `Draw` of the asset, everything after it is `Freed`.
"""

import mmap
import os
import select
import stat
import sys
import time
from collections import deque
from pathlib import Path

from PIL import Image

from kiosk.decoder import limits
from kiosk.decoder.pipes import exactly, message, send
from kiosk.decoder.protocol import Draw, request
from kiosk.decoder.ring import END, FREED, HEAD, NEWS, SLOTS, Freed, News
from kiosk.errors import Refusal
from kiosk.formats import STREAM, Format, format_of, named
from kiosk.formats.strip import Strip

REST_SECONDS = 0.25
"""A machine that cannot even decode in time leaves no frame out for longer: late is better than stuck."""


def main() -> None:
    """Play until the parent closes standard input."""
    max_pixels, life, ring = (int(word) for word in sys.argv[1:4])
    limits.settle(max_pixels, life)
    Image.MAX_IMAGE_PIXELS = max_pixels
    body = message(0)
    asked = request(body) if body is not None else None
    if isinstance(asked, Draw):
        row, source = _source(asked)
        limits.allow(row.pixels or max_pixels)
        _play(row, source, asked, ring)


def _source(asked: Draw) -> tuple[Format, str | Path]:
    """Who paints, and from where: a file, or the address of a stream."""
    if asked.stream:
        return STREAM, asked.stream
    path = Path(os.fsdecode(asked.path))
    row = format_of(path.name)
    if row is None or not row.reel or not stat.S_ISREG(path.stat().st_mode):
        sys.exit(0)
    return row, path


def _play(row: Format, source: str | Path, asked: Draw, ring: int) -> None:
    try:
        strip: Strip = named(row.reel)(source, asked.look, asked.start)
        os.truncate(ring, SLOTS * strip.head.frame_bytes)
        send(1, HEAD.pack(*strip.head))
        with mmap.mmap(ring, 0) as memory, memoryview(memory) as view:
            _paint(strip, view)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return
    send(1, NEWS.pack(*News(END, 0.0)))
    while _freed() is not None:
        pass  # the last picture stays until the parent goes


def _paint(strip: Strip, memory: memoryview) -> None:
    size = strip.head.frame_bytes
    free = deque(range(SLOTS))
    now, left_out, begin, painted = 0.0, 0, _least(), time.monotonic()
    for frame in strip.frames():
        while not free or _spoken_to():
            freed = _freed()
            if freed is None:
                sys.exit(0)
            free.append(freed.slot)
            now = freed.now
        start = strip.pace.due(frame.start, frame.seconds, now)
        if start is None and time.monotonic() - painted < REST_SECONDS:
            left_out += 1
            continue
        slot = free.popleft()
        frame.paint(memory[slot * size : (slot + 1) * size])
        send(1, NEWS.pack(*News(slot, frame.start if start is None else start, left_out, _least() - begin)))
        painted = time.monotonic()


def _least() -> float:
    """Seconds that the work of this process has taken at the very least, whatever else was running."""
    return max(time.thread_time(), time.process_time() / len(os.sched_getaffinity(0)))


def _spoken_to() -> bool:
    """Are there slots to be taken back? A machine that is too slow must know what time it is now."""
    ready, _, _ = select.select([0], [], [], 0)
    return bool(ready)


def _freed() -> Freed | None:
    body = exactly(0, FREED.size)
    return Freed(*FREED.unpack(body)) if len(body) == FREED.size else None


if __name__ == "__main__":
    main()
