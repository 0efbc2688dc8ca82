"""Picture → video → picture: is the glass ever black at a join, does a frame ever come late there?"""

from itertools import pairwise
from pathlib import Path

from tests.bench import films, flights, homes, pictures, programs
from tests.bench.table import Row
from tests.watchman import Watchman
from tests.xvfb import Xvfb

LATE_SECONDS = 0.050


def measure(folder: Path, quick: bool) -> list[Row]:
    """A picture and a video take turns of a second each, with a fade of half a second between."""
    joins = 20 if quick else 1000
    flips = folder / "flips"
    flips.write_text("")
    film = films.film(folder / "film.mp4", 2, pictures.COLOURS[3])
    settings = {"slides": {"seconds": 1.0, "transition_seconds": 0.5}}
    with homes.fresh(settings) as home, Xvfb() as display:
        pictures.land(pictures.album(folder / "album", 1)[0], home.content / "a.jpg")
        pictures.land(film, home.content / "b.mp4")
        (home.content / "b.toml").write_text("seconds = 1\n")
        with programs.running(programs.kiosk(home.root), display, KIOSK_FLIPS=str(flips)):
            programs.until(lambda: _count(flips) > 2, "the first joins", 60)
            with Watchman(display) as watchman:
                programs.until(lambda: _count(flips) > joins + 2, "joins", 60 + joins * 3.0, look_every=1.0)
    return [
        Row(f"black looks at the glass in {joins} joins", f"of {watchman.looks}", watchman.black, 0),
        Row(f"frames over 50 ms late at {joins} joins", "", _late(flights.flips(flips)), 0),
    ]


def _count(flips: Path) -> int:
    return sum(
        before.why != "fade" and after.why == "fade" for before, after in pairwise(flights.flips(flips))
    )


def _late(found: list[flights.Flip]) -> int:
    """Gaps between two frames of a fade that are longer than a frame and 50 ms."""
    return sum(
        after.at - before.at > LATE_SECONDS + 1 / 60
        for before, after in pairwise(found)
        if before.why == after.why == "fade"
    )
