"""Are picture and sound of a film of ten minutes in step, at its end as at its beginning?

Measured at what leaves the player: the record of flips, and every sample that SDL's disk driver takes.
Each buffer is timed as it is written; which second of the film a sample belongs to is read from the beeps
in the recording itself, so that a gap would be seen. Of what the device has taken the last buffer is what
sounds now. That device sleeps whole milliseconds, so its second is not one of the clock: picture and
sound part by seconds in ten minutes if the picture does not follow the sound.

mpv is left out. Its output to a file keeps no time, and of its null device only mpv itself tells how far
apart it takes the two to be: that is its opinion, not what was flipped.
"""

import threading
import time
from array import array
from bisect import bisect_right
from pathlib import Path
from statistics import median
from types import TracebackType
from typing import Self

from tests import media
from tests.bench import flights, homes, pictures, programs
from tests.bench.flights import Flip
from tests.bench.table import Row, percentile
from tests.xvfb import Xvfb

SIZE = (640, 360)
SETTINGS = {"screen": {"width": SIZE[0], "height": SIZE[1]}, "sound": {"on": True}}
SECONDS, QUICK_SECONDS = 600, 30
FRAME_BYTES, BUFFER = 4, 1024
LOOK_SECONDS = 0.002
LOUD = 2000
QUIET_SAMPLES = media.RATE // 2
TAIL_SECONDS = 1.0
"""Before the end of the film the measure ends: then it begins again."""

MOST_MS = 40


def measure(folder: Path, quick: bool) -> list[Row]:
    """Milliseconds by which the picture is ahead of the sound (below zero: behind) at each flip."""
    seconds = QUICK_SECONDS if quick else SECONDS
    film = media.clip(folder / "film.mp4", size=SIZE, seconds=seconds, fps=30, sound=True)
    recorded, flips = folder / "heard.raw", folder / "flips"
    flips.write_text("")
    surroundings = {
        "SDL_AUDIODRIVER": "disk",
        "SDL_DISKAUDIOFILE": str(recorded),
        "KIOSK_FLIPS": str(flips),
    }
    last = seconds - TAIL_SECONDS
    with homes.fresh(SETTINGS) as home, Xvfb() as display:
        pictures.land(film, home.content / film.name)
        with (
            programs.running(programs.kiosk(home.root), display, **surroundings),
            Device(recorded) as device,
        ):
            programs.until(lambda: _position(flips) > last, "the end of the film", seconds + 60, 0.5)
    shown = [flip for flip in flights.flips(flips) if 0 < flip.position <= last]
    apart = _apart(shown, device.taken, beeps(recorded))
    return _rows(apart, seconds)


def _rows(apart: list[tuple[float, float]], seconds: int) -> list[Row]:
    span = min(60.0, seconds / 3)
    first = median(ms for position, ms in apart if position <= span)
    last = median(ms for position, ms in apart if position > seconds - TAIL_SECONDS - span)
    sizes = [abs(ms) for _, ms in apart]
    what = f"picture and sound over {seconds} s, {len(apart)} flips:"
    return [
        Row(f"{what} apart, median", "ms", median(sizes), MOST_MS),
        Row(f"{what} apart, p99", "ms", percentile(sizes, 99), MOST_MS),
        Row(f"{what} apart, worst", "ms", max(sizes), MOST_MS),
        Row(f"{what} drift from the first to the last {span:.0f} s", "ms", abs(last - first), MOST_MS),
    ]


class Device:
    """When the sound device took how much: (monotonic seconds, samples in all) in `taken`."""

    def __init__(self, recorded: Path) -> None:
        self._recorded = recorded
        self.taken: list[tuple[float, int]] = []

    def __enter__(self) -> Self:
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        before = 0
        while not self._ended.wait(LOOK_SECONDS):
            samples = self._recorded.stat().st_size // FRAME_BYTES if self._recorded.exists() else 0
            if samples != before:
                self.taken.append((time.monotonic(), samples))
                before = samples


def beeps(recorded: Path) -> list[int]:
    """The sample at which each beep begins, after half a second of silence or at the beginning."""
    found, quiet = [], QUIET_SAMPLES
    with recorded.open("rb") as file:
        base = 0
        while chunk := file.read(FRAME_BYTES * media.RATE):
            left = array("h", chunk[: len(chunk) // FRAME_BYTES * FRAME_BYTES])[::2]
            for at, value in enumerate(left):
                if -LOUD < value < LOUD:
                    quiet += 1
                    continue
                if quiet >= QUIET_SAMPLES:
                    found.append(base + at)
                quiet = 0
            base += len(left)
    return found


def _apart(shown: list[Flip], taken: list[tuple[float, int]], beeps: list[int]) -> list[tuple[float, float]]:
    """Position in the film and milliseconds apart, for each flip while sound was heard."""
    found = []
    times = [at for at, _ in taken]
    for flip in shown:
        place = bisect_right(times, flip.at) - 1
        if place < 0:
            continue
        at, samples = taken[place]
        sounding = samples - BUFFER + min((flip.at - at) * media.RATE, BUFFER)
        second = bisect_right(beeps, sounding) - 1
        if second >= 0:
            heard = second + (sounding - beeps[second]) / media.RATE
            found.append((flip.position, (flip.position - heard) * 1000))
    return found


def _position(flips: Path) -> float:
    """The position in the film of the newest flip."""
    with flips.open("rb") as file:
        file.seek(max(0, file.seek(0, 2) - 200))
        words = [line.split() for line in file.read().decode().splitlines()[1:-1]]
    return float(words[-1][2]) if words and len(words[-1]) == 3 else 0.0
