"""Light and sound by the hour, on a real display; the settings are written around the hour that it is."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PIL import Image
from processes import Kiosk, rewritten, settings, until
from test_player import BLUE, GREEN, RED, Glass, land, near, on_record
from xvfb import Xvfb

from kiosk.files import Home
from kiosk.player.sound import Loudspeaker
from kiosk.settings import Sound

ALL_DAY = "00:00-00:00"
WALL = "[screen]\nwidth = 320\nheight = 160\nx = 40\ny = 30\n[slides]\nseconds = 1\ntransition = 'cut'\n"


def other_hours() -> str:
    """A part of the day that is twelve hours away from now."""
    begin = datetime.now(ZoneInfo("Asia/Shanghai")) + timedelta(hours=11)
    return f"{begin:%H:%M}-{begin + timedelta(hours=2):%H:%M}"


@pytest.fixture
def glass(home: Home, xvfb: Xvfb) -> Glass:
    land(home, "a.png", RED)
    return Glass(home, xvfb, Kiosk(home, "play", xvfb.name))


def beat(home: Home) -> dict[str, object]:
    return dict(json.loads(home.heartbeat.read_bytes())) if home.heartbeat.exists() else {}


def brightest(home: Home) -> int:
    with Image.open(home.screen) as seen:
        return max(high for _, high in seen.getextrema())


def test_outside_its_hours_the_wall_is_black_the_player_well_and_nothing_counts_as_shown(
    glass: Glass,
) -> None:
    home = glass.home
    settings(home, f'{WALL}[light]\nhours = ["{other_hours()}"]\n')

    with glass.kiosk:
        until(lambda: home.screen.exists() and beat(home).get("slide") == "", what=glass.kiosk.said)
        until(lambda: glass.image().getbbox() is None, what="black")
        until(lambda: brightest(home) < 8, what="black in screen.jpg")

    assert not list(home.plays.glob("*.jsonl"))


def test_at_night_the_wall_gives_the_light_that_the_settings_say(glass: Glass) -> None:
    settings(glass.home, f'{WALL}[light]\nnight = "{ALL_DAY}"\nnight_percent = 25\n')
    dimmed = tuple(round(part * 0.25 ** (1 / 2.2)) for part in RED)

    with glass.kiosk:
        glass.shows(dimmed)
        until(lambda: near(on_record(glass.home), RED), what="the slide in its own light in screen.jpg")


def test_at_night_only_still_pictures_play_where_that_is_wished(glass: Glass) -> None:
    settings(glass.home, f'{WALL}[light]\nnight = "{ALL_DAY}"\nstill_at_night = true\n')
    frames = [Image.new("RGB", (64, 32), colour) for colour in ("white", "black")]
    frames[0].save(
        glass.home.content / "b.gif", save_all=True, append_images=frames[1:], duration=400, loop=0
    )
    land(glass.home, "c.png", GREEN)

    with glass.kiosk:
        for colour in (RED, GREEN, RED, GREEN):
            glass.shows(colour)

    shown = {json.loads(line)["slide"] for file in glass.home.plays.glob("*") for line in file.open()}
    assert shown == {"a.png", "c.png"}


def test_other_hours_hold_at_once_and_nothing_starts_again(glass: Glass) -> None:
    settings(glass.home, f"{WALL}[light]\nhours = []\n")

    with glass.kiosk:
        glass.shows(RED)
        rewritten(glass.home, "hours = []", f'hours = ["{other_hours()}"]')
        until(lambda: glass.image().getbbox() is None, what=f"black: {glass.kiosk.said}")
        settings(glass.home, WALL)
        glass.shows(RED)

    assert "播放没有中断" in glass.kiosk.said


def test_the_still_pictures_of_a_night_that_has_just_begun_take_the_place_of_what_moves(glass: Glass) -> None:
    settings(glass.home, f'{WALL.replace("seconds = 1", "seconds = 3600")}[light]\nnight = "{ALL_DAY}"\n')
    frames = [Image.new("RGB", (64, 32), colour) for colour in (BLUE, GREEN)]
    frames[0].save(
        glass.home.content / "0.gif", save_all=True, append_images=frames[1:], duration=400, loop=0
    )

    with glass.kiosk:
        glass.shows(BLUE)
        rewritten(glass.home, "[light]", "[light]\nstill_at_night = true")

        glass.shows(RED)


def test_a_loudspeaker_that_may_not_be_heard_goes_on_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    import pygame

    monkeypatch.setenv("SDL_AUDIODRIVER", "dummy")
    speaker = Loudspeaker(Sound(on=True, volume=40))
    speaker.allow(False)
    assert speaker._ready()

    muted = pygame.mixer.music.get_volume()
    speaker.allow(True)
    loud = pygame.mixer.music.get_volume()
    speaker.close()

    assert (muted, loud) == (0.0, pytest.approx(0.4, abs=0.01))
