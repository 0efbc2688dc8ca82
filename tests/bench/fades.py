"""How evenly frames follow each other while one slide fades into the next."""

from itertools import pairwise
from pathlib import Path

from tests.bench import homes, pictures, programs
from tests.bench.sleeper import FRAME_SECONDS, Sleeper
from tests.bench.table import Row, percentile
from tests.xvfb import Xvfb

LATE_SECONDS = 0.020


def measure(folder: Path, quick: bool) -> list[Row]:
    """Frames later than 20 ms, and how late the latest was, from the player's own record of flips."""
    count = 10 if quick else 100
    flips = folder / "flips"
    flips.write_text("")
    with homes.fresh({"slides": {"seconds": 1.0, "transition_seconds": 0.8}}) as home, Xvfb() as display:
        for path in pictures.album(folder / "album"):
            pictures.land(path, home.content / path.name)
        command = programs.kiosk(home.root)
        with programs.running(command, display, KIOSK_FLIPS=str(flips)), Sleeper() as sleeper:
            programs.until(
                lambda: len(_fades(flips)) > count, f"{count} fades", 60 + count * 4.0, look_every=0.5
            )
    late = [later - FRAME_SECONDS for fade in _fades(flips)[:count] for later in _gaps(fade)]
    return [
        Row(f"frames later than 20 ms in {count} fades", "", sum(one > LATE_SECONDS for one in late), 0),
        Row("lateness of a frame in a fade, p99", "ms", percentile(late, 99) * 1000),
        Row("lateness of a frame in a fade, worst", "ms", max(late) * 1000, LATE_SECONDS * 1000),
        Row(
            "wakes later than 20 ms of a bare sleeper beside it",
            f"of {len(sleeper.late)}",
            sum(one > LATE_SECONDS for one in sleeper.late),
        ),
        Row("frames in a fade of 0.8 s, mean", "", len(late) / count + 1),
    ]


def _fades(flips: Path) -> list[list[float]]:
    """The moments of each fade that has begun; a flip of another kind ends it."""
    fades: list[list[float]] = []
    before = ""
    for moment, why, _ in (line.split() for line in flips.read_text().splitlines() if line.count(" ") == 2):
        if why == "fade" and before != "fade":
            fades.append([])
        if why == "fade":
            fades[-1].append(float(moment))
        before = why
    return fades


def _gaps(moments: list[float]) -> list[float]:
    return [later - earlier for earlier, later in pairwise(moments)]
