"""Two players on one machine that keep step: how far apart do they change slides, and show a video?"""

import itertools
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import films, flights, homes, pictures, programs
from tests.bench.flights import Flip
from tests.bench.table import Row, percentile
from tests.xvfb import Xvfb

REACH_MS = 40.0
WIDTH, HEIGHT = 960, 540
ROUND = 17
"""Slides of a round: a player that is new here has then proven them all; its content is the other one's."""


def measure(folder: Path, quick: bool) -> list[Row]:
    """Sixteen pictures of a second each, then a video; the second player is started in the middle."""
    slides = 60 if quick else 1000
    cuts, films_apart, missing = _measured(folder, slides)
    return [
        Row(f"farthest apart of {len(cuts)} slides on two screens in step", "ms", max(cuts) * 1000, REACH_MS),
        Row("slides more than 40 ms apart", f"of {len(cuts)}", sum(map(_late, cuts)), 0),
        Row(f"apart, p50 of {len(cuts)}", "ms", percentile(cuts, 50) * 1000),
        Row(f"apart, p99 of {len(cuts)}", "ms", percentile(cuts, 99) * 1000),
        Row("turns that only one of them began", f"of {len(cuts)}", missing, 0),
        Row("video apart, p99 of its frames", "ms", percentile(films_apart, 99) * 1000, REACH_MS),
    ]


def _measured(folder: Path, slides: int) -> tuple[list[float], list[float], int]:
    film = films.film(folder / "film.mp4", 5, pictures.COLOURS[3])
    album = pictures.album(folder / "album")
    logs = [folder / "one", folder / "two"]
    with ExitStack() as stack:
        display = stack.enter_context(Xvfb())
        for number, log in enumerate(logs):
            screen = {"width": WIDTH, "height": HEIGHT, "x": number * WIDTH, "in_step": True}
            tables = {"community": {"zone": "UTC"}, "screen": screen}
            tables["slides"] = {"seconds": 1.0, "transition": "cut"}
            home = stack.enter_context(homes.fresh(tables))
            for round_, path in itertools.product("ab", album):
                pictures.land(path, home.content / f"{round_}{path.name}")
            pictures.land(film, home.content / "film.mp4")
            (home.content / "film.toml").write_text("seconds = 5\n")
            stack.enter_context(programs.running(programs.kiosk(home.root), display, KIOSK_FLIPS=str(log)))
            programs.until(lambda log=log: log.exists() and _cuts(log) > ROUND, "a round", 120)
        begin = time.monotonic()
        programs.until(lambda: _cuts(logs[1]) > ROUND + slides, "slides", 60 + 4.0 * slides, look_every=1.0)
        end = time.monotonic()
    found = [[flip for flip in flights.flips(log) if begin < flip.at < end - 1] for log in logs]
    return _compared(*found)


def _cuts(log: Path) -> int:
    return sum(flip.why == "cut" for flip in flights.flips(log))


def _compared(one: list[Flip], two: list[Flip]) -> tuple[list[float], list[float], int]:
    """Seconds apart at each second of the clock at which a slide began; those of frames; turns that lack."""
    first, second = dict(_turns(one)), dict(_turns(two))
    both = first.keys() & second.keys()
    for turn in sorted(first.keys() ^ second.keys() | {at for at in both if _late(first[at] - second[at])}):
        print(f"second {turn} of the day: {first.get(turn)} and {second.get(turn)}", file=sys.stderr)
    cuts = [abs(first[turn] - second[turn]) for turn in sorted(both)]
    return cuts, list(_frames(one, two)), len(first.keys() ^ second.keys())


def _late(apart: float) -> bool:
    return abs(apart) * 1000 > REACH_MS


def _turns(some: list[Flip]) -> Iterator[tuple[int, float]]:
    """The second of the day on which each slide began, and the monotonic time of its flip."""
    apart = time.time() - time.monotonic()
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    for flip in some:
        if flip.why == "cut":
            yield int(flip.at + apart - midnight), flip.at


def _frames(one: list[Flip], two: list[Flip]) -> Iterator[float]:
    """For every frame of the video that both have shown in the same turn: how far apart."""
    others = [flip for flip in two if flip.position > 0]
    place = 0
    for flip in (flip for flip in one if flip.position > 0):
        while place < len(others) and others[place].at < flip.at - 1:
            place += 1
        near = [other for other in others[place : place + 120] if other.position == flip.position]
        if near:
            yield min(abs(other.at - flip.at) for other in near)
