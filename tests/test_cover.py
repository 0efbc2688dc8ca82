"""What covers a wall of several zones, and what its light does to them: on the glass of a real player."""

import json

import pytest
from alerts import CARD
from processes import Kiosk, until
from test_zones import BLUE, GREEN, GROUND, RED, SIZE, Glass, land, near, told
from xvfb import Xvfb

from kiosk.files import Home
from kiosk.model.light import code_factor

BLACK, ALARM = (0, 0, 0), (210, 31, 43)


def land_alarm(home: Home, name: str) -> None:
    """One that is valid for years, and so needs no clock."""
    (home.state / "new.toml").write_text(CARD.replace("2026-11-26T20", "2096-11-26T20"))
    (home.state / "new.toml").replace(home.content / name)


def played(home: Home) -> set[tuple[str, str]]:
    (file,) = home.plays.glob("*.jsonl")
    plays = [json.loads(line) for line in file.read_text().splitlines()]
    return {(play["zone"], play["slide"].partition("#")[0]) for play in plays}


def test_a_blackout_covers_slides_widgets_and_the_line_and_then_all_go_on(home: Home, xvfb: Xvfb):
    told(home, "header")
    land(home, "a.png", RED)
    (home.content / "ticker.txt").write_text("今天停水，请提前储水", "utf-8")
    with Kiosk(home, "play", xvfb.name) as kiosk:
        glass = Glass(home, xvfb, kiosk)
        glass.shows(RED, 80, 80)
        until(lambda: len(set(glass.band(0, 24))) > 20 and len(set(glass.band(136, 160))) > 20)

        (home.content / "_blackout").touch()
        until(lambda: not any(_codes(glass)), what=f"black: {kiosk.said}")
        assert not any(any(_codes(glass)) for _ in range(100))

        (home.content / "_blackout").unlink()
        glass.shows(RED, 80, 80)
        glass.shows(GROUND, 2, 2)
        until(lambda: len(set(glass.band(0, 24))) > 20, what="the clock")
        seen: set[bytes] = set()
        until(lambda: seen.add(glass.band(136, 160)) or len(seen) > 20, what="a line that moves")


def _codes(glass: Glass) -> bytes:
    return glass.xvfb.image().crop((0, 0, *SIZE)).convert("RGB").tobytes()


@pytest.mark.parametrize("name", ["gas.toml", "side/gas.toml"])
def test_an_emergency_of_any_zone_takes_the_whole_wall_and_then_all_go_on(home: Home, xvfb: Xvfb, name: str):
    told(home, "halves")
    land(home, "a.png", RED)
    land(home, "side/b.png", GREEN)
    with Kiosk(home, "play", xvfb.name) as kiosk:
        glass = Glass(home, xvfb, kiosk)
        glass.shows(RED, 80, 80)
        glass.shows(GREEN, 240, 80)

        land_alarm(home, name)
        glass.shows(ALARM, 4, 4)
        assert near(glass.at(SIZE[0] - 4, 4), ALARM)
        assert near(glass.at(SIZE[0] // 2, 4), ALARM)

        (home.content / name).unlink()
        glass.shows(RED, 80, 80)
        glass.shows(GREEN, 240, 80)
        assert not near(glass.at(4, 4), ALARM)

    assert played(home) == {("main", "a.png"), ("side", "side/b.png"), ("main", name)}


def test_the_safe_slide_is_as_large_as_the_wall(home: Home, xvfb: Xvfb):
    told(home, "halves", '[safe]\nslide = "z.png"\n')
    land(home, "a.png", RED)
    land(home, "z.png", BLUE)
    land(home, "side/b.png", GREEN)
    with Kiosk(home, "play", xvfb.name) as kiosk:
        glass = Glass(home, xvfb, kiosk)
        glass.shows(RED, 80, 80)
        glass.shows(GREEN, 240, 80)

        (home.content / "_safe").touch()
        glass.shows(BLUE, 240, 80)
        assert near(glass.at(80, 80), BLUE)

        (home.content / "_safe").unlink()
        glass.shows(GREEN, 240, 80)
        glass.shows(RED, 80, 80)


@pytest.mark.parametrize(("rotation", "main", "side"), [(0, 80, 240), (180, 240, 80)])
def test_a_dimmed_wall_paints_each_zone_in_its_place(
    home: Home, xvfb: Xvfb, rotation: int, main: int, side: int
):
    told(home, "halves", "[light]\npercent = 50\nnight_percent = 50\n")
    file = home.config / "kiosk.toml"
    file.write_text(file.read_text("utf-8").replace("[slides]", f"rotation = {rotation}\n[slides]"), "utf-8")
    land(home, "a.png", RED)
    land(home, "side/b.png", GREEN)
    with Kiosk(home, "play", xvfb.name) as kiosk:
        glass = Glass(home, xvfb, kiosk)
        glass.shows(_dimmed(RED), main, 80)
        glass.shows(_dimmed(GREEN), side, 80)

        land(home, "side/b.png", BLUE)

        glass.shows(_dimmed(BLUE), side, 80)
        assert near(glass.at(main, 80), _dimmed(RED))
        edges = [near(glass.at(x, 80), _dimmed(RED)) for x in (159, 160)]
        assert edges == ([True, False] if main < side else [False, True])


def _dimmed(colour: tuple[int, int, int]) -> tuple[int, int, int]:
    red, green, blue = (round(code * code_factor(0.5)) for code in colour)
    return red, green, blue
