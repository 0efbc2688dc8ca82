"""Does the picture flash more than three times a second? Pure; luminance and time are passed in.

After WCAG 2.2, success criterion 2.3.1: a flash is a pair of opposing changes in relative luminance of
10 % or more of the maximum, of which the darker is below 0.80; three in any one second are the most.
"""

from dataclasses import dataclass

STEP = 0.1
DARKER = 0.8
MOST = 3
SECOND = 1.0


@dataclass(frozen=True, slots=True)
class Flashes:
    """The changes of the last second that were large enough, and the light since the last of them."""

    changes: tuple[float, ...] = ()
    extreme: float | None = None
    rising: bool | None = None

    def after(self, luminance: float, now: float) -> "Flashes":
        """With the light being `luminance` (0..1, relative) from `now` on (monotonic seconds)."""
        recent = tuple(one for one in self.changes if now - one < SECOND)
        if self.extreme is None:
            return Flashes(recent, luminance)
        rising = luminance > self.extreme
        if self._large(luminance) and rising != self.rising:
            return Flashes((*recent, now), luminance, rising)
        if self.rising is None:
            return Flashes(recent, self.extreme)
        further = max if self.rising else min
        return Flashes(recent, further(luminance, self.extreme), self.rising)

    @property
    def too_many(self) -> bool:
        """More changes than three flashes have?"""
        return len(self.changes) > 2 * MOST

    def _large(self, luminance: float) -> bool:
        assert self.extreme is not None  # noqa: S101 - asked in `after`
        return abs(luminance - self.extreme) >= STEP and min(luminance, self.extreme) < DARKER
