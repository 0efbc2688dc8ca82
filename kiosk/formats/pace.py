"""By which clock frames are shown: the file's own, none at all, or the flow of a stream. Pure."""

from typing import Protocol

LATE = 0.1
"""Seconds behind the player's clock at which a frame is no longer worth painting."""

JUMP = 2.0
"""A larger step between two frames of a stream is a jump of its clock, not a pause in the picture."""


class Pace(Protocol):
    """Decides when frames are shown; give it each frame once, in their order."""

    def due(self, start: float, seconds: float, now: float) -> float | None:
        """When the frame from `start` for `seconds` is shown, the player being at `now`; None: not at all."""
        ...


class Timed:
    """Every frame in its time; what comes too late is left out."""

    def due(self, start: float, seconds: float, now: float) -> float | None:
        """Its own time, or None."""
        return None if now - start > LATE + seconds else start


class Unhurried:
    """Every frame is shown: too slow a machine shows them slower, does not skip and never stalls."""

    def __init__(self) -> None:
        self._shift = 0.0

    def due(self, start: float, seconds: float, now: float) -> float | None:
        """Its own time, later by all the delays so far."""
        self._shift = max(self._shift, now - start)
        return start + self._shift


class Flowing:
    """Each frame after the one before; where the clock of a stream jumps, the picture goes on."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._usual = 0.0
        self._due = 0.0

    def due(self, start: float, seconds: float, now: float) -> float | None:
        """As long after the frame before as the stream says, and never in the past."""
        step = 0.0 if self._last is None else start - self._last
        if not 0 <= step <= JUMP:
            step = self._usual
        self._last, self._usual = start, min(seconds, JUMP)
        self._due = max(self._due + step, now)
        return self._due
