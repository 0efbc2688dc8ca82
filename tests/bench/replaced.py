"""How soon the asset on the screen is shown anew after it was replaced."""

import random
import time
from pathlib import Path

from tests.bench import homes, pictures, programs
from tests.bench.table import Row, spread
from tests.xvfb import Xvfb


def measure(folder: Path, quick: bool) -> list[Row]:
    """Atomic rename of another 4K JPEG over the one shown, until its pixels are on the display."""
    album = pictures.album(folder / "album", 2)
    delays = []
    with homes.fresh({"slides": {"seconds": 3600.0}}) as home, Xvfb() as display:
        target = home.content / "a.jpg"
        pictures.land(album[0], target)
        with programs.running(programs.kiosk(home.root), display):
            programs.until(lambda: pictures.shows(display, pictures.COLOURS[0]), "first slide")
            for number in range(1, 11 if quick else 51):
                time.sleep(random.uniform(0.5, 1.5))  # the player must not be met in step with itself
                delays.append(_delay(album, number % 2, target, display))
    return spread("asset replaced → new pixels", delays, 250, 500)


def _delay(album: list[Path], which: int, target: Path, display: Xvfb) -> float:
    pictures.land(album[which], target)
    begin = time.monotonic()
    return programs.until(lambda: pictures.shows(display, pictures.COLOURS[which]), "new pixels") - begin
