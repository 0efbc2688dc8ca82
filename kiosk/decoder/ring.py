"""A few frames in shared memory: the reel paints ahead, the player reads, nothing is copied in between.

The reel says `News`: this slot now holds the frame that is due from `start`. The player says
`Freed`: this slot may be painted over, and my clock is at `now`. Both are plain structs on pipes.
"""

import os
import struct
from typing import NamedTuple

SLOTS = 4
NEWS = struct.Struct("<Id")
FREED = struct.Struct("<Id")


class News(NamedTuple):
    """The frame in `slot` is due `start` seconds after the animation began."""

    slot: int
    start: float


class Freed(NamedTuple):
    """`slot` may be painted over; the player is at `now` seconds."""

    slot: int
    now: float


def memory(frame_bytes: int) -> int:
    """A handle on shared memory for `SLOTS` frames, without a name that could stay behind."""
    handle = os.memfd_create("linli-ring", os.MFD_CLOEXEC)
    os.truncate(handle, SLOTS * frame_bytes)
    return handle
