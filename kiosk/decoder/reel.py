"""The child process of one animation: decodes ahead into the ring until the ring is full, for ever.

Started as `python -m kiosk.decoder.reel MAX_PIXELS LIFE RING`; the first message on standard input
is the `Draw` of the asset, everything after it is `Freed`.
"""

import mmap
import os
import stat
import sys
from collections import deque
from pathlib import Path

from PIL import Image

from kiosk.decoder import limits
from kiosk.decoder.pipes import exactly, message, send
from kiosk.decoder.protocol import Draw, request
from kiosk.decoder.ring import FREED, NEWS, SLOTS, Freed
from kiosk.decoder.writing import bgrx
from kiosk.errors import Refusal
from kiosk.formats.animation import frames


def main() -> None:
    """Play until the parent closes standard input."""
    max_pixels, life, ring = (int(word) for word in sys.argv[1:4])
    limits.settle(max_pixels, life)
    Image.MAX_IMAGE_PIXELS = max_pixels
    body = message(0)
    asked = request(body) if body is not None else None
    if isinstance(asked, Draw):
        with mmap.mmap(ring, 0) as memory:
            _play(asked, memory)


def _play(asked: Draw, memory: mmap.mmap) -> None:
    path = Path(os.fsdecode(asked.path))
    frame_bytes = asked.look.width * asked.look.height * 4
    free = deque(range(SLOTS))
    start = 0.0
    if not stat.S_ISREG(path.stat().st_mode):
        return
    try:
        for image, seconds in frames(path, asked.look):
            pixels = bgrx(image)
            while not free:
                freed = _freed()
                if freed is None:
                    return
                free.append(freed.slot)
                # Too slow a machine shows the animation slower; it does not skip and never stalls.
                start = max(start, freed.now)
            slot = free.popleft()
            memory[slot * frame_bytes : (slot + 1) * frame_bytes] = pixels
            send(1, NEWS.pack(slot, start))
            start += seconds
    except Refusal:
        pass
    while _freed() is not None:
        pass  # a single frame, or none: the last picture stays until the parent goes


def _freed() -> Freed | None:
    body = exactly(0, FREED.size)
    return Freed(*FREED.unpack(body)) if len(body) == FREED.size else None


if __name__ == "__main__":
    main()
