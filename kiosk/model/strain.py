"""How hard a video was on this machine, measured while it played. Pure."""

from dataclasses import dataclass

ENOUGH_SECONDS = 5.0
"""Less playing than this says nothing."""

UNSEEN = 0.05
"""The share of its frames that a video may lose before people see it stutter."""

OWN_SHARE = 0.5
"""What takes less of the machine than this could have been played: others were in its way."""


@dataclass(frozen=True, slots=True)
class Strain:
    """A stretch of playing that took `seconds`; `covered` is how far the video came in them.

    Of the frames of that part `shown` were seen and `left_out` were not. `least` are the seconds that
    they take on this machine at the very least, when nothing else runs: the processor time of the
    busiest thread, or of all threads on all cores.
    """

    seconds: float = 0.0
    covered: float = 0.0
    shown: int = 0
    left_out: int = 0
    least: float = 0.0

    def __add__(self, other: "Strain") -> "Strain":
        return Strain(
            self.seconds + other.seconds,
            self.covered + other.covered,
            self.shown + other.shown,
            self.left_out + other.left_out,
            self.least + other.least,
        )

    def __sub__(self, other: "Strain") -> "Strain":
        return Strain(
            self.seconds - other.seconds,
            self.covered - other.covered,
            self.shown - other.shown,
            self.left_out - other.left_out,
            self.least - other.least,
        )

    @property
    def enough(self) -> bool:
        """Does it last long enough to be judged?"""
        return self.seconds >= ENOUGH_SECONDS

    @property
    def seen(self) -> float:
        """The share that was seen of all the frames that were due in its seconds."""
        frames = self.shown + self.left_out
        return self.shown / frames * self.covered / self.seconds if frames and self.seconds else 1.0


def too_heavy(strain: Strain) -> bool:
    """Can this machine not play the video in time?

    Frames were not seen, and it was the video's own work that took the time. A machine that is busy
    with other things loses frames, too; that passes, and says nothing about the video.
    """
    own = strain.least >= OWN_SHARE * strain.covered
    return strain.enough and strain.seen < 1 - UNSEEN and own
