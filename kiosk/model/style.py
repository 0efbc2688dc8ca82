"""Which transition a turn begins with, where it may be any. Pure."""

from datetime import datetime
from zlib import crc32

RANDOM = "random"

LIVELY = ("fade", "black", "push-left", "push-right", "push-up", "push-down", "wipe", "dissolve")
"""What `random` chooses from: everything but the cut."""


def styled(name: str, slide: str, began: datetime | None) -> str:
    """The transition `name`; `random` is told from the coming slide and when the turn before it began.

    So it is another one each time, the same whenever the same turn is looked at again, and the same on
    screens in step.
    """
    if name != RANDOM:
        return name
    second = began.replace(microsecond=0).isoformat() if began else ""
    return LIVELY[crc32(f"{slide} {second}".encode("utf-8", "replace")) % len(LIVELY)]
