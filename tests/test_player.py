import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from alerts import CARD
from PIL import Image
from processes import Kiosk, rewritten, settings, until
from xvfb import Xvfb

from kiosk.files import Home
from kiosk.model.trust import Seen
from kiosk.player.timekeeper import Clock

RED, GREEN, BLUE = (200, 30, 40), (20, 160, 60), (30, 60, 200)
CENTRE = (160, 80)
BAND = (210, 31, 43)
"""The colour of a red warning, at the top of its card."""


def picture(colour: tuple[int, int, int], path: Path) -> Path:
    Image.new("RGB", (640, 320), colour).save(path)
    return path


def land(home: Home, name: str, colour: tuple[int, int, int]) -> None:
    """Put a picture into content/ the way a careful program does."""
    picture(colour, home.state / "new.png").replace(home.content / name)


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) <= 8 for a, b in zip(one[:3], other, strict=True))


def on_record(home: Home) -> tuple[int, ...]:
    """The colour in the middle of `state/screen.jpg`, which follows the glass by a second or two."""
    if not home.screen.exists():
        return (0, 0, 0)
    with Image.open(home.screen) as seen:
        return seen.getpixel(CENTRE)


@pytest.fixture
def wall(home: Home) -> Home:
    settings(
        home,
        '[screen]\nwidth = 320\nheight = 160\nx = 40\ny = 30\n[slides]\nseconds = 3600\ntransition = "cut"',
    )
    return home


@pytest.fixture
def glass(wall: Home, xvfb: Xvfb) -> Iterator["Glass"]:
    with Kiosk(wall, "play", xvfb.name) as kiosk:
        yield Glass(wall, xvfb, kiosk)


class Glass:
    """The lit rectangle of the display."""

    def __init__(self, home: Home, xvfb: Xvfb, kiosk: Kiosk) -> None:
        self.home, self.xvfb, self.kiosk = home, xvfb, kiosk

    def image(self) -> Image.Image:
        return self.xvfb.image().crop((40, 30, 360, 190))

    def shows(self, colour: tuple[int, int, int]) -> None:
        until(lambda: near(self.image().getpixel(CENTRE), colour), what=f"{colour}: {self.kiosk.said}")


def test_a_picture_dropped_in_is_on_the_screen_exactly_where_the_wall_is(glass: Glass):
    land(glass.home, "a.png", RED)
    glass.shows(RED)

    desktop = glass.xvfb.image()

    assert {near(desktop.getpixel(at), RED) for at in ((40, 30), (359, 189), (40, 189), (359, 30))} == {True}
    assert {desktop.getpixel(at) for at in ((39, 30), (40, 29), (360, 30), (359, 190))} == {(0, 0, 0)}


def test_an_animation_moves_and_loops(glass: Glass):
    frames = [Image.new("RGB", (64, 32), colour) for colour in (RED, GREEN, BLUE)]
    frames[0].save(glass.home.state / "new.gif", save_all=True, append_images=frames[1:], duration=80, loop=0)
    (glass.home.state / "new.gif").replace(glass.home.content / "a.gif")

    for colour in (RED, GREEN, BLUE, RED, GREEN):
        glass.shows(colour)


def test_a_broken_file_never_stops_the_loop(glass: Glass):
    land(glass.home, "a.png", RED)
    glass.shows(RED)

    (glass.home.content / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 4000)
    (glass.home.content / "c.toml").write_text("template = 3")
    until(lambda: "b.png" in glass.kiosk.said and "c.toml" in glass.kiosk.said)
    land(glass.home, "a.png", GREEN)

    glass.shows(GREEN)


def test_a_slide_that_can_no_longer_be_drawn_is_passed_over(wall: Home, xvfb: Xvfb):
    file = wall.config / "kiosk.toml"
    file.write_text(file.read_text().replace("3600", "1"))
    for name, colour in (("a.png", RED), ("b.png", GREEN), ("c.png", BLUE)):
        land(wall, name, colour)
    with Kiosk(wall, "play", xvfb.name) as kiosk:
        Glass(wall, xvfb, kiosk).shows(BLUE)
    # The disk rots: b.png looks as it did when it was proven, and cannot be read any more.
    rotten, before = wall.content / "b.png", (wall.content / "b.png").stat()
    rotten.write_bytes(b"\0" * before.st_size)
    os.utime(rotten, ns=(before.st_atime_ns, before.st_mtime_ns))
    for frame in (wall.cache / "frames").iterdir():
        frame.unlink()

    with Kiosk(wall, "play", xvfb.name) as kiosk:
        glass = Glass(wall, xvfb, kiosk)
        glass.shows(RED)
        glass.shows(BLUE)


def test_a_slide_replaced_while_it_shows_is_repainted(glass: Glass):
    land(glass.home, "a.png", RED)
    glass.shows(RED)

    land(glass.home, "a.png", GREEN)

    glass.shows(GREEN)


def test_a_slide_removed_while_it_shows_leaves(glass: Glass):
    land(glass.home, "a.png", RED)
    glass.shows(RED)
    land(glass.home, "b.png", BLUE)

    (glass.home.content / "a.png").unlink()

    glass.shows(BLUE)


def test_an_empty_or_all_broken_folder_shows_a_calm_card_never_black(glass: Glass):
    (glass.home.content / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")

    image = until(
        lambda: (one := glass.image()) and (one if len(one.getcolors(1 << 16) or []) > 20 else None),
        what="a card with words on it",
    )

    assert max(image.getpixel((3, 3))) > 20


def test_other_seconds_hold_for_the_slide_that_is_on(glass: Glass):
    land(glass.home, "a.png", RED)
    glass.shows(RED)
    land(glass.home, "b.png", BLUE)

    rewritten(glass.home, "seconds = 3600", "seconds = 1")

    glass.shows(BLUE)
    glass.shows(RED)


def test_the_player_leaves_proof_of_play_a_heartbeat_and_the_picture(wall: Home, xvfb: Xvfb):
    land(wall, "a.png", RED)
    with Kiosk(wall, "play", xvfb.name):
        until(lambda: wall.screen.exists() and wall.heartbeat.exists())
        until(lambda: json.loads(wall.heartbeat.read_bytes())["slide"] == "a.png")
        until(lambda: near(on_record(wall), RED), what="the slide in screen.jpg")

    (lines,) = wall.plays.glob("*.jsonl")
    (play,) = [json.loads(line) for line in lines.read_text().splitlines()]
    assert (play["slide"], play["screen"], len(play["digest"])) == ("a.png", "SCREEN", 64)


@pytest.mark.skipif(Clock().read().synchronised, reason="a clock that the network sets is never wrong")
def test_by_a_wrong_clock_an_emergency_covers_the_wall_and_the_heartbeat_says_so(wall: Home, xvfb: Xvfb):
    ahead = Seen(Clock().read().wall + 30 * 86400.0, "another start of the machine")
    wall.clock.write_bytes(msgspec.json.encode(ahead))
    land(wall, "a.png", BLUE)
    with Kiosk(wall, "play", xvfb.name) as kiosk:
        glass = Glass(wall, xvfb, kiosk)
        glass.shows(BLUE)
        (wall.content / "gas.toml").write_text(CARD)
        until(lambda: near(glass.image().getpixel((4, 4)), BAND), what=kiosk.said)
        until(lambda: json.loads(wall.heartbeat.read_bytes())["slide"].startswith("gas.toml"))
        told = json.loads(wall.heartbeat.read_bytes())

    assert told["clock"] is False


CRASH = """
import os, pathlib, signal, pygame
from kiosk.files import Home
from kiosk.player import play
play.set_out(Home(pathlib.Path(os.environ["HOME"])))
pygame.display.init()
os.kill(os.getpid(), signal.SIGSEGV)
"""


def test_a_crash_ends_a_player_at_once_and_nothing_is_tidied_up(home: Home):
    environment = {**os.environ, "SDL_VIDEODRIVER": "dummy", "HOME": str(home.root)}

    ended = subprocess.run([sys.executable, "-c", CRASH], env=environment, capture_output=True, text=True)

    assert ended.returncode == -signal.SIGSEGV
    assert "Segmentation fault" in ended.stderr and "parachute" not in ended.stderr


def test_without_a_display_it_draws_off_screen_and_says_where_to_watch(wall: Home):
    land(wall, "a.png", GREEN)

    with Kiosk(wall, "play") as kiosk:
        until(lambda: "/live" in kiosk.said)
        until(lambda: wall.heartbeat.exists() and json.loads(wall.heartbeat.read_bytes())["slide"] == "a.png")

    with Image.open(wall.screen) as seen:
        assert near(seen.getpixel(CENTRE), GREEN)


def test_a_mistake_in_the_settings_is_named_and_nothing_starts(wall: Home):
    settings(wall, "[screen]\nwidht = 100\n")

    with Kiosk(wall, "play") as kiosk:
        status = kiosk.process.wait(30)

    assert status == 2
    assert "kiosk.toml:2" in kiosk.said
    assert 'did you mean "width"' in kiosk.said


def test_an_emergency_covers_the_wall_until_its_file_is_taken_away(glass: Glass):
    land(glass.home, "a.png", GREEN)
    glass.shows(GREEN)
    # Valid for years, and so needs no clock.
    card = CARD.replace("2026-11-26T20", "2096-11-26T20")
    (glass.home.state / "new.toml").write_text(card)

    (glass.home.state / "new.toml").replace(glass.home.content / "gas.toml")
    until(lambda: near(glass.image().getpixel((4, 4)), BAND), what=glass.kiosk.said)
    (glass.home.content / "gas.toml").unlink()

    glass.shows(GREEN)


def test_an_emergency_lights_a_dark_wall_and_nothing_else_does(wall: Home, xvfb: Xvfb):
    far = (datetime.now(ZoneInfo("Asia/Shanghai")).hour + 12) % 24
    said = (wall.config / "kiosk.toml").read_text("utf-8")
    settings(wall, f'{said}\n[light]\nhours = ["{far:02}:00-{far:02}:01"]\n')
    land(wall, "a.png", GREEN)
    with Kiosk(wall, "play", xvfb.name) as kiosk:
        glass = Glass(wall, xvfb, kiosk)
        glass.shows((0, 0, 0))
        land(wall, "b.png", RED)
        (wall.state / "new.toml").write_text(CARD.replace("2026-11-26T20", "2096-11-26T20"))
        (wall.state / "new.toml").replace(wall.content / "gas.toml")
        until(lambda: near(glass.image().getpixel((4, 4)), BAND), what=kiosk.said)

        (wall.content / "gas.toml").unlink()

        glass.shows((0, 0, 0))


@pytest.mark.parametrize("place", ["state/blackout", "content/_blackout"])
def test_a_blackout_survives_a_restart_and_is_logged(wall: Home, xvfb: Xvfb, place: str):
    land(wall, "a.png", GREEN)
    with Kiosk(wall, "play", xvfb.name) as kiosk:
        Glass(wall, xvfb, kiosk).shows(GREEN)
        (wall.root / place).touch()
        Glass(wall, xvfb, kiosk).shows((0, 0, 0))

    with Kiosk(wall, "play", xvfb.name) as kiosk:
        glass = Glass(wall, xvfb, kiosk)
        until(lambda: kiosk.said.count("黑屏") == 2)
        until(lambda: (wall.state / "heartbeat").exists() and '"slide":""' in wall.heartbeat.read_text())
        glass.shows((0, 0, 0))
        (wall.root / place).unlink()
        glass.shows(GREEN)
