"""Is a player well? Decided from its pulse at each look, with the seconds between looks passed in. Pure."""

from dataclasses import dataclass
from enum import Enum

LONGEST_LOOK = 0.5
"""No gap between two looks counts for more: whoever looked away, or was himself asleep, saw nothing."""


@dataclass(frozen=True, slots=True)
class Beat:
    """`passes` of the player's loop and `flips` so far; `behind`: the glass lacks what the stage wants."""

    passes: int = 0
    flips: int = 0
    behind: bool = False


class Ailment(Enum):
    """What may be wrong; the value is the seconds after which it is."""

    UNBORN = 30.0
    STILL = 2.2
    BEHIND = 10.0


@dataclass(frozen=True, slots=True)
class Health:
    """The last beat; for how many seconds no pass was seen since, and for how many the glass was behind."""

    beat: Beat = Beat()
    still: float = 0.0
    behind: float = 0.0

    def after(self, beat: Beat, seconds: float) -> "Health":
        """The health at the next look, `seconds` later."""
        spent = min(seconds, LONGEST_LOOK)
        return Health(
            beat,
            self.still + spent if beat.passes == self.beat.passes else 0.0,
            self.behind + spent if beat.behind else 0.0,
        )

    @property
    def ailment(self) -> Ailment | None:
        """What is wrong, if anything. A start takes longer than a pass: a cold disk, a display not up yet."""
        still = Ailment.STILL if self.beat.passes else Ailment.UNBORN
        if self.still >= still.value:
            return still
        return Ailment.BEHIND if self.behind >= Ailment.BEHIND.value else None

    @property
    def well(self) -> bool:
        """Is there a picture on the glass, and nothing wrong?"""
        return self.beat.flips > 0 and self.ailment is None
