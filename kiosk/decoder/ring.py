"""A few frames in shared memory: the reel paints ahead, the player reads, nothing is copied in between.

The reel says first what its frames are like (`HEAD`), by then the memory has its size. After that it
says `News`: this slot now holds the frame that is due from `start`; in the slot `END` nothing follows.
With each it says how many frames it has left out so far, and the least time that all of them took.
The player says `Freed`: this slot may be painted over, and my clock is at `now`. All are plain
structs on pipes.
"""

import os
import struct
from typing import NamedTuple

SLOTS = 4
END = SLOTS
HEAD = struct.Struct("<iiIIi")
NEWS = struct.Struct("<IdId")
FREED = struct.Struct("<Id")


class News(NamedTuple):
    """The frame in `slot` is due `start` seconds after the beginning; see `kiosk.model.strain`."""

    slot: int
    start: float
    left_out: int = 0
    least: float = 0.0


class Freed(NamedTuple):
    """`slot` may be painted over; the player is at `now` seconds."""

    slot: int
    now: float


def memory() -> int:
    """A handle on shared memory, still empty and without a name that could stay behind."""
    return os.memfd_create("linli-ring", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
