"""Two player processes that keep step, each on a home of its own, and a third that comes late.

How fast the machine is does not matter here: what each has shown is held against the clock alone.
"""

import json
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path

import media
import pytest
from PIL import Image
from processes import Kiosk, settings, until
from xvfb import Xvfb

from kiosk.files import Home, prepare
from kiosk.model.slides import Playlist, Slide
from kiosk.model.step import Day

TURNS = 10
NAMES = ("a.png", "b.png", "c.png")


def another(home: Home, name: str, x: int) -> Home:
    """A home with the same content, whose wall lies at `x` on the display."""
    other = Home(home.root.with_name(name))
    shutil.copytree(home.root, other.root)
    prepare(other)
    _wall(other, x)
    return other


def _wall(home: Home, x: int) -> None:
    screen = f"[screen]\nwidth = 192\nheight = 96\nx = {x}\nin_step = true\n"
    settings(home, f'[community]\nzone = "UTC"\n{screen}[slides]\nseconds = 1\ntransition = "cut"')


def plays(home: Home) -> list[tuple[str, datetime]]:
    """Slide and beginning of every turn that was shown so far."""
    lines = [
        json.loads(line)
        for path in sorted(home.plays.glob("*.jsonl"))
        for line in path.read_text().splitlines()
    ]
    return [(line["slide"], datetime.fromisoformat(line["start"])) for line in lines]


def begun(home: Home, kiosk: Kiosk) -> datetime:
    """When all slides are on in the loop: at the start the first one that is ready goes alone."""
    until(lambda: f"{len(NAMES)} slides now" in kiosk.said, what=f"slides: {kiosk.said}")
    before = len(plays(home))
    until(lambda: len(plays(home)) >= before + 2)
    return datetime.now(UTC)


def shown(home: Home, begin: datetime) -> list[tuple[str, datetime]]:
    return [(name, start) for name, start in plays(home) if start > begin]


def test_players_show_the_slide_that_the_clock_says_whenever_they_were_started(
    home: Home, xvfb: Xvfb
) -> None:
    for name, colour in zip(NAMES, ("red", "green", "blue"), strict=True):
        Image.new("RGB", (64, 32), colour).save(home.content / name)
    late = another(home, "late", 200)
    _wall(home, 0)

    with Kiosk(home, "play", xvfb.name) as early:
        begun(home, early)
        with Kiosk(late, "play", xvfb.name) as other:
            begin = begun(late, other)
            until(lambda: all(len(shown(some, begin)) >= TURNS for some in (home, late)))
    loop = Playlist(tuple(Slide(name, name, "picture", "1", seconds=1.0) for name in NAMES))
    one, two = shown(home, begin), shown(late, begin)

    for turns in (one, two):
        assert all(Day(loop, start).turn(start).slide == loop.named(name) for name, start in turns)
    assert {name for name, _ in one} == {name for name, _ in two} == set(NAMES)


def test_a_player_that_comes_late_joins_a_video_in_the_middle(
    home: Home, xvfb: Xvfb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    media.clip(home.content / "film.mp4", seconds=20.0)
    (home.content / "film.toml").write_text("seconds = 20\n")
    _wall(home, 0)
    flips = tmp_path / "flips"
    monkeypatch.setenv("KIOSK_FLIPS", str(flips))

    with Kiosk(home, "play", xvfb.name) as kiosk:
        astray = until(lambda: _in_time(flips), what=f"a frame in time: {kiosk.said}")

    assert abs(astray) <= 0.15  # one frame of this film, and a half


def _in_time(flips: Path) -> float | None:
    """By how much the newest frame is ahead of the clock, in seconds, once one is nearly in time.

    A film that comes again and again counts its rounds on, so only the place in the round is held.
    """
    lines = flips.read_text().splitlines(keepends=True) if flips.exists() else []
    whole = [line.split() for line in lines if line.endswith("\n")]
    apart = time.time() - time.monotonic()
    midnight = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    for at, _, position in whole:
        due = (float(at) + apart - midnight) % 20
        ahead = float(position) % 20 - due
        if 3 < due < 19 and abs(ahead) <= 0.15 and float(position) > 0:
            return ahead or 1e-9
    return None
