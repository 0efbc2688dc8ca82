"""What the player's own record of flips says of a video: which frames came late, which never came."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path


@dataclass(frozen=True)
class Flip:
    """A flip: monotonic seconds, "fade", "cut" or "hold", and the position in the video."""

    at: float
    why: str
    position: float


def flips(path: Path) -> list[Flip]:
    """All flips so far; a line that is still being written is left out."""
    lines = path.read_text().splitlines(keepends=True)
    words = (line.split() for line in lines if line.endswith("\n") and line.count(" ") == 2)
    return [Flip(float(at), why, float(position)) for at, why, position in words]


def late(shown: list[Flip], frame_seconds: float) -> int:
    """Frames that came more than one frame after they were due, by the clock of the first."""
    if not shown:
        return 0
    zero = min(flip.at - flip.position for flip in shown)
    return sum(flip.at - flip.position - zero > frame_seconds for flip in shown)


def dropped(shown: list[Flip], frame_seconds: float) -> int:
    """Frames that were never shown; where the video begins again nothing is counted."""
    gaps = [after.position - before.position for before, after in pairwise(shown)]
    return sum(round(gap / frame_seconds) - 1 for gap in gaps if 1.5 * frame_seconds < gap < 60)
