"""How soon a slide leaves the screen after its file was removed."""

import random
import time
from pathlib import Path

from tests.bench import homes, pictures, programs
from tests.bench.table import Row, spread
from tests.xvfb import Xvfb


def measure(folder: Path, quick: bool) -> list[Row]:
    """Delete the file of the slide that shows, until the other slide's pixels are on the display."""
    album = pictures.album(folder / "album", 2)
    delays = []
    with homes.fresh({"slides": {"seconds": 3600.0}}) as home, Xvfb() as display:
        shown = [home.content / "a.jpg", home.content / "b.jpg"]
        for source, target in zip(album, shown, strict=True):
            pictures.land(source, target)
        with programs.running(programs.kiosk(home.root), display):
            programs.until(lambda: pictures.shows(display, pictures.COLOURS[0]), "first slide")
            for number in range(10 if quick else 50):
                time.sleep(random.uniform(1.0, 2.0))  # the other slide is there and made ready
                delays.append(_delay(shown[number % 2], 1 - number % 2, display))
                pictures.land(album[number % 2], shown[number % 2])
    return spread("slide removed while it shows → gone", delays, 300, 300)


def _delay(target: Path, other: int, display: Xvfb) -> float:
    begin = time.monotonic()
    target.unlink()
    return programs.until(lambda: pictures.shows(display, pictures.COLOURS[other]), "the other slide") - begin
