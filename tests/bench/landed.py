"""How soon a file that landed is seen, while nothing else is there to show."""

import random
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.files import Home
from tests.bench import homes, pictures, programs
from tests.bench.table import Row, spread
from tests.xvfb import Xvfb


def measure(folder: Path, quick: bool) -> list[Row]:
    """From the calm card to the pixels of a new 4K JPEG: renamed in, and copied in."""
    (picture,) = pictures.album(folder / "album", 1)
    count = 5 if quick else 20
    rows = []
    with homes.fresh({}) as home, Xvfb() as display, programs.running(programs.kiosk(home.root), display):
        programs.until(home.screen.exists, "calm card")
        for what, come in (("renamed in", pictures.land), ("copied in", _copy)):
            delays = [_delay(home, picture, come, display) for _ in range(count)]
            rows += spread(f"file {what} → pixels changed", delays)
    return rows


def _delay(home: Home, picture: Path, come: Callable[[Path, Path], object], display: Xvfb) -> float:
    time.sleep(random.uniform(0.5, 1.5))  # the player must not be met in step with itself
    target = home.content / f"{time.monotonic_ns()}.jpg"
    come(picture, target)
    begin = time.monotonic()
    seen = programs.until(lambda: pictures.shows(display, pictures.COLOURS[0]), "new pixels")
    target.unlink()
    programs.until(lambda: not pictures.shows(display, pictures.COLOURS[0]), "calm card")
    return seen - begin


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
