"""How soon an emergency that landed is on the glass, whatever is playing."""

import random
import time
from pathlib import Path

from kiosk.files import Home
from tests.alerts import CARD
from tests.bench import films, homes, pictures, programs
from tests.bench.table import Row, spread
from tests.xvfb import Xvfb

REACH_SECONDS = 0.3
BAND = (210, 31, 43)
"""The colour of the level, behind its word, at the top of the card."""

ALWAYS_FADING = {"seconds": 1, "transition_seconds": 5}
STILLS = {"transition": "cut", "seconds": 2}

LONG_SECONDS = 6.0
"""After so long the child that drew the last emergency has gone home."""


def measure(folder: Path, quick: bool) -> list[Row]:
    """A card renamed in while stills, a fade and a video are on, at 1080p."""
    count = 5 if quick else 50
    album = pictures.album(folder / "album", 2)
    film = films.film(folder / "film.mp4")
    rows = []
    for what, settings, assets, rest in (
        ("stills", STILLS, album, 0.0),
        ("stills, the first for a while", STILLS, album, LONG_SECONDS),
        ("a fade", ALWAYS_FADING, album, 0.0),
        ("a video", {}, [film], 0.0),
    ):
        with homes.fresh({"slides": settings}) as home:
            for asset in assets:
                pictures.land(asset, home.content / asset.name)
            rows += spread(
                f"emergency over {what} → pixels", _delays(home, count, rest), p99=REACH_SECONDS * 1000
            )
    return rows


def _delays(home: Home, count: int, rest: float) -> list[float]:
    with Xvfb() as display, programs.running(programs.kiosk(home.root), display):
        programs.until(home.screen.exists, "first picture")
        time.sleep(3)
        return [_delay(home, number, rest, display) for number in range(count)]


def _delay(home: Home, number: int, rest: float, display: Xvfb) -> float:
    time.sleep(rest + random.uniform(0.8, 1.8))  # the player must not be met in step with itself
    card = home.state / "card.toml"
    card.write_text(CARD.replace("2026-11-26T20", "2096-11-26T20") + f"# {number}\n")
    target = home.content / f"alarm-{number}.toml"
    begin = time.monotonic()
    card.replace(target)
    seen = programs.until(lambda: pictures.shows(display, BAND), "emergency")
    target.unlink()
    programs.until(lambda: not pictures.shows(display, BAND), "the loop again")
    return seen - begin
