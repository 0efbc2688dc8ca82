"""The zones of a wall, each by itself: seen on the glass of a real player."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from processes import Kiosk, rewritten, settings, until
from xvfb import Xvfb

from kiosk import proof
from kiosk.face import character
from kiosk.files import Home
from kiosk.model.pace import pace

RED, GREEN, BLUE = (200, 30, 40), (20, 160, 60), (30, 60, 200)
GROUND = (30, 45, 61)
SIZE = (320, 160)


def land(home: Home, name: str, colour: tuple[int, int, int]) -> None:
    (home.content / name).parent.mkdir(exist_ok=True)
    Image.new("RGB", SIZE, colour).save(home.state / "new.png")
    (home.state / "new.png").replace(home.content / name)


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 8 for a, b in zip(one[:3], other, strict=True))


class Glass:
    def __init__(self, home: Home, xvfb: Xvfb, kiosk: Kiosk) -> None:
        self.home, self.xvfb, self.kiosk = home, xvfb, kiosk

    def at(self, x: int, y: int) -> tuple[int, ...]:
        return self.xvfb.image().getpixel((x, y))

    def shows(self, colour: tuple[int, int, int], x: int, y: int) -> None:
        until(lambda: near(self.at(x, y), colour), what=f"{colour} at {x}, {y}: {self.kiosk.said}")

    def band(self, top: int, bottom: int) -> bytes:
        return self.xvfb.image().crop((0, top, SIZE[0], bottom)).tobytes()


def told(home: Home, use: str, more: str = "") -> None:
    text = f'[screen]\nwidth = {SIZE[0]}\nheight = {SIZE[1]}\n[slides]\nseconds = 3600\ntransition = "cut"\n'
    settings(home, f'{text}[layout]\nuse = "{use}"\n{more}')


@pytest.fixture
def halves(home: Home, xvfb: Xvfb) -> Iterator[Glass]:
    told(home, "halves")
    land(home, "a.png", RED)
    land(home, "side/b.png", GREEN)
    with Kiosk(home, "play", xvfb.name) as kiosk:
        yield Glass(home, xvfb, kiosk)


def test_two_zones_play_two_playlists_side_by_side(halves: Glass):
    halves.shows(RED, 80, 80)
    halves.shows(GREEN, 240, 80)

    assert near(halves.at(159, 80), RED) and near(halves.at(160, 80), GREEN)


def test_a_change_in_one_zone_leaves_the_other_alone(halves: Glass):
    halves.shows(RED, 80, 80)
    halves.shows(GREEN, 240, 80)

    land(halves.home, "side/b.png", BLUE)

    halves.shows(BLUE, 240, 80)
    assert near(halves.at(80, 80), RED)


def test_the_picture_of_the_screen_is_that_of_the_whole_wall(halves: Glass):
    halves.shows(GREEN, 240, 80)
    halves.shows(RED, 80, 80)

    def photographed() -> bool:
        with Image.open(halves.home.screen) as seen:
            return (
                seen.size == SIZE
                and near(seen.getpixel((240, 80)), GREEN)
                and near(seen.getpixel((80, 80)), RED)
            )

    until(lambda: halves.home.screen.exists() and photographed())


def test_proof_of_play_says_in_which_zone_it_was(home: Home, xvfb: Xvfb):
    told(home, "halves")
    land(home, "a.png", RED)
    land(home, "side/b.png", GREEN)
    with Kiosk(home, "play", xvfb.name) as kiosk:
        glass = Glass(home, xvfb, kiosk)
        glass.shows(RED, 80, 80)
        glass.shows(GREEN, 240, 80)

    (file,) = home.plays.glob("*.jsonl")
    plays = [json.loads(line) for line in file.read_text().splitlines()]
    assert {(play["zone"], play["slide"]) for play in plays} == {("main", "a.png"), ("side", "side/b.png")}


def test_an_older_proof_without_a_zone_is_of_the_main_one(home: Home):
    line = '{"slide":"a","digest":"","start":"2026-11-26T08:00:00.000+08:00","seconds":1.0,"screen":"SCREEN"}'
    day = date(2026, 11, 26)
    (home.plays / "2026-11-26.jsonl").write_text(line + "\n")

    assert [play.zone for play in proof.read(home, day)] == ["main"]


def test_the_line_runs_while_the_slides_stand(home: Home, xvfb: Xvfb):
    told(home, "auto")
    land(home, "a.png", RED)
    (home.content / "ticker.txt").write_text("今天停水，请提前储水", "utf-8")
    with Kiosk(home, "play", xvfb.name) as kiosk:
        glass = Glass(home, xvfb, kiosk)
        glass.shows(RED, 80, 60)
        top = 160 - 24
        seen: set[bytes] = set()
        until(lambda: seen.add(glass.band(top, 160)) or len(seen) > 20, what="a line that moves")

        assert near(glass.at(80, top - 1), RED)


def speed(flips: Path) -> float:
    """Pixels a second of the line, over the last steps that were flipped."""
    lines = [line.split() for line in flips.read_text().splitlines()[:-1] if " tick " in line][-40:]
    if len(lines) < 40:
        return 0.0
    (begin, _, first), (end, _, last) = lines[0], lines[-1]
    return (float(last) - float(first)) / (float(end) - float(begin))


def test_another_speed_of_the_line_is_taken_over_as_it_runs(
    home: Home, xvfb: Xvfb, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    flips = tmp_path / "flips"
    flips.touch()
    monkeypatch.setenv("KIOSK_FLIPS", str(flips))
    told(home, "auto", "[ticker]\nspeed = 2\n")
    land(home, "a.png", RED)
    (home.content / "ticker.txt").write_text("今天停水，请提前储水", "utf-8")
    with Kiosk(home, "play", xvfb.name) as kiosk:
        for characters in (2, 10):
            rewritten(home, "speed = 2", f"speed = {characters}")
            wished = pace(characters, character(24)).pixels_per_second
            until(lambda: 0.8 < speed(flips) / wished < 1.25, what=f"{wished}: {kiosk.said}")  # noqa: B023 - called at once

        assert near(Glass(home, xvfb, kiosk).at(80, 60), RED)


def test_where_motion_is_off_the_same_lines_stand_still(home: Home, xvfb: Xvfb):
    told(home, "auto", "[ticker]\nmotion = false\n")
    land(home, "a.png", RED)
    (home.content / "ticker.txt").write_text("今天停水", "utf-8")
    with Kiosk(home, "play", xvfb.name) as kiosk:
        glass = Glass(home, xvfb, kiosk)
        glass.shows(RED, 80, 60)
        until(lambda: len(set(glass.band(140, 156))) > 20, what="words")

        assert len({glass.band(140, 156) for _ in range(50)}) == 1


def test_a_header_shows_a_clock_above_the_slides(home: Home, xvfb: Xvfb):
    told(home, "header")
    land(home, "a.png", RED)
    with Kiosk(home, "play", xvfb.name) as kiosk:
        glass = Glass(home, xvfb, kiosk)
        glass.shows(RED, 80, 80)
        glass.shows(GROUND, 2, 2)

        until(lambda: len(set(glass.band(0, 24))) > 20, what="the time, once the clock is known to be right")
