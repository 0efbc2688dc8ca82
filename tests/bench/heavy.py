"""A picture of 100 megapixels lands while a video runs: does the video notice?"""

from pathlib import Path

from PIL import Image

from tests.bench import films, flights, homes, pictures, programs
from tests.bench.table import Row
from tests.xvfb import Xvfb

SIDE = 10_000
FRAME_SECONDS = 1 / films.FPS


def measure(folder: Path, quick: bool) -> list[Row]:
    """Late and lost frames of the video from the landing of the file until it is proven, several times."""
    times = 1 if quick else 5
    flips = folder / "flips"
    flips.write_text("")
    heavy = folder / "heavy.jpg"
    Image.effect_noise((2500, 2500), 60).convert("RGB").resize((SIDE, SIDE), Image.Resampling.BILINEAR).save(
        heavy, quality=85
    )
    film = films.film(folder / "film.mp4", 20)
    counted = []
    with homes.fresh({"slides": {"seconds": 3600.0}}) as home, Xvfb() as display:
        pictures.land(film, home.content / "a.mp4")
        (home.content / "a.toml").write_text("seconds = 3600\n")
        with programs.running(programs.kiosk(home.root), display, KIOSK_FLIPS=str(flips)):
            programs.until(lambda: len(flights.flips(flips)) > 60, "the video")
            for number in range(times):
                before, known = len(flights.flips(flips)), _verdicts(home.cache)
                pictures.land(heavy, home.content / f"_{number}.jpg")
                (home.content / f"_{number}.jpg").rename(home.content / f"z{number}.jpg")
                (home.content / f"z{number}.toml").write_text("[show]\nuntil = 2020-01-01\n")
                programs.until(lambda known=known: _verdicts(home.cache) > known, "its verdict", 60)
                counted += flights.flips(flips)[before:]
    return [
        Row(
            f"100 MP JPEG decoded {times} × during a video: late frames",
            f"of {len(counted)}",
            flights.late(counted, FRAME_SECONDS),
            0,
        ),
        Row(
            f"100 MP JPEG decoded {times} × during a video: lost frames",
            f"of {len(counted)}",
            flights.dropped(counted, FRAME_SECONDS),
            0,
        ),
    ]


def _verdicts(cache: Path) -> int:
    return sum(file.read_bytes().count(b'"stamp"') for file in (cache / "verdicts").iterdir())
