"""How fast a line moves: the same number of whole pixels each time, or it judders. Pure."""

from dataclasses import dataclass

FRAMES_PER_SECOND = 60
LONGEST = 3
"""A step is made in every frame, or in every second or third: below 20 a second it is seen to hop."""

CLOSE_ENOUGH = 0.28
"""Every frame is smoothest: it is taken where its speed is no further from the one wished."""


@dataclass(frozen=True, slots=True)
class Pace:
    """`step` pixels in every `every`th frame; counted from the monotonic clock, so nothing adds up."""

    step: int
    every: int = 1

    @property
    def pixels_per_second(self) -> float:
        """The speed that it comes to."""
        return self.step * FRAMES_PER_SECOND / self.every

    def moment(self, now: float) -> int:
        """The number of the step that is due at `now`, in seconds."""
        return int(now * FRAMES_PER_SECOND / self.every)

    def begin(self, moment: int) -> float:
        """When the step of that number is due, in seconds."""
        return moment * self.every / FRAMES_PER_SECOND


def pace(characters_per_second: float, character: int) -> Pace:
    """The pace nearest to a speed in characters a second, of a Chinese character so many pixels wide."""
    wished = characters_per_second * character
    found = [
        Pace(max(1, round(wished * every / FRAMES_PER_SECOND)), every) for every in range(1, LONGEST + 1)
    ]
    if _off(found[0], wished) <= CLOSE_ENOUGH:
        return found[0]
    return min(found, key=lambda one: (round(_off(one, wished), 3), one.every))


def _off(one: Pace, wished: float) -> float:
    return abs(one.pixels_per_second - wished) / wished


def frame_after(now: float) -> float:
    """When the next frame begins after `now`; all paces step on these frames."""
    return (int(now * FRAMES_PER_SECOND + 1e-6) + 1) / FRAMES_PER_SECOND
