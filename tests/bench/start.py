"""From the start of the process to the first slide on the display."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from kiosk.files import Home
from tests.bench import homes, pictures, programs
from tests.bench.table import Row
from tests.xvfb import Xvfb


def measure(folder: Path, quick: bool) -> list[Row]:
    """Medians, with nothing decoded before and with everything in the cache; files in the page cache."""
    album = pictures.album(folder / "album")
    times = 3 if quick else 7
    with homes.fresh({}) as home:
        for path in album:
            pictures.land(path, home.content / path.name)
        cold = _median(programs.kiosk(home.root), times, lambda: _forget(home))
        warm = _median(programs.kiosk(home.root), times, lambda: None)
    peers = {
        name: _median(programs.PEERS[name](folder / "album"), times, lambda: None)
        for name in programs.PEERS.keys() & set(programs.installed())
    }
    return [
        Row("process start → first slide, nothing cached", "s", cold, 1, peers),
        Row("process start → first slide, cached", "s", warm, 1, peers),
    ]


def _forget(home: Home) -> None:
    shutil.rmtree(home.state)


def _median(command: list[str], times: int, before: Callable[[], None]) -> float:
    return median(_start(command, before) for _ in range(times))


def _start(command: list[str], before: Callable[[], None]) -> float:
    before()
    with Xvfb() as display:
        begin = time.monotonic()
        with programs.running(command, display):
            return programs.until(lambda: pictures.shows(display, pictures.COLOURS[0]), "first slide") - begin
