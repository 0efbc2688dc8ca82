"""New settings with a player that is a real process; only the clock is the test's own."""

import sys
from collections.abc import Iterator

import pytest
from processes import settings, until

from kiosk import last_good
from kiosk.files import Home
from kiosk.model.trial import PROVEN_SECONDS
from kiosk.player_ward import PlayerWard
from kiosk.probation import KEPT, Probation
from kiosk.ward import end

LIVES = """
import os, sys, time
from kiosk.pulse import Pulse

pulse = Pulse.given(os.environ)
if sys.argv[1:] != ["--kept"]: DIE
while True:
    pulse.passed(1, behind=False)
    time.sleep(0.001)
"""
GOOD = '[community]\nname = "梧桐里"\n'
LIVE = GOOD + "[light]\npercent = 50\n"
BAD = GOOD + "[screen]\nx = 32767\n"


class House:
    """A ward and its probation; `now` goes on with every look."""

    def __init__(self, home: Home, does: str = "pass") -> None:
        self.home, self.now = home, 0.0
        self.player = PlayerWard(home, [sys.executable, "-c", LIVES.replace("DIE", does)])
        self.probation = Probation(home, self.player)

    def look(self, seconds: float = 0.2) -> None:
        self.now += seconds
        self.player.look(self.now)
        self.probation.look(self.now)

    def deaths(self, count: int) -> None:
        """Look until the player has died so often."""

        def died() -> bool:
            self.look()
            return self.player.deaths >= count

        until(died)

    def passes(self) -> None:
        """Wait until the player has gone on since the last look."""
        pulse = self.player._pulse
        assert pulse is not None
        before = pulse.beat.passes
        until(lambda: pulse.beat.passes != before)

    def well(self) -> None:
        """Look until there is something on the glass."""

        def seen() -> bool:
            self.look(0.0)
            return self.player.well

        self.look()
        until(seen)


@pytest.fixture
def house(home: Home) -> Iterator[list[House]]:
    made: list[House] = []
    yield made
    end(one.player for one in made)


def test_settings_with_which_the_player_was_well_are_kept(home: Home, house: list[House]) -> None:
    settings(home, GOOD)
    one = House(home)
    house.append(one)
    one.well()
    before = last_good.texts(home)
    for _ in range(int(PROVEN_SECONDS / 0.2) + 1):
        one.passes()
        one.look()

    assert (before, last_good.texts(home)) == (None, {"kiosk.toml": GOOD})


def test_settings_that_kill_the_player_give_way_to_the_last_good_ones(home: Home, house: list[House]) -> None:
    settings(home, GOOD)
    last_good.keep(home)
    settings(home, BAD)
    one = House(home, "sys.exit(1)")
    house.append(one)
    one.deaths(2)
    one.well()

    assert last_good.refused(home) and last_good.texts(home) == {"kiosk.toml": GOOD}
    assert one.player.deaths == 2


def test_after_a_power_cut_the_refused_settings_are_not_tried_again(home: Home, house: list[House]) -> None:
    settings(home, GOOD)
    last_good.keep(home)
    settings(home, BAD)
    last_good.refuse(home)
    one = House(home, "sys.exit(1)")
    house.append(one)
    one.well()

    assert one.player.deaths == 0


def test_other_settings_are_tried_again(home: Home, house: list[House]) -> None:
    settings(home, GOOD)
    last_good.keep(home)
    settings(home, BAD)
    last_good.refuse(home)
    one = House(home, "pass")
    house.append(one)
    settings(home, GOOD + "\n")
    one.probation.begin()
    one.player.renew()
    one.well()

    assert not last_good.refused(home)
    assert one.player.words == ()


def test_what_the_player_takes_over_as_it_plays_is_proven_by_the_same_player(
    home: Home, house: list[House]
) -> None:
    settings(home, GOOD)
    last_good.keep(home)
    one = House(home)
    house.append(one)
    one.well()
    process = one.player.process
    settings(home, LIVE)
    one.probation.begin()
    one.look()
    early = last_good.texts(home)
    for _ in range(int(PROVEN_SECONDS / 0.2) + 1):
        one.passes()
        one.look()

    assert (early, last_good.texts(home)) == ({"kiosk.toml": GOOD}, {"kiosk.toml": LIVE})
    assert one.player.process is process


def test_a_player_that_does_not_live_with_what_it_has_taken_over_gets_the_last_good_ones(
    home: Home, house: list[House]
) -> None:
    settings(home, GOOD)
    last_good.keep(home)
    one = House(home, f"assert not os.path.exists({str(home.state / 'bad')!r})")
    house.append(one)
    one.well()
    settings(home, LIVE)
    one.probation.begin()
    (home.state / "bad").touch()
    assert one.player.process
    one.player.process.kill()
    one.deaths(2)
    one.well()

    assert last_good.refused(home) and one.player.words == (KEPT,)


def test_without_good_ones_the_player_goes_on_with_what_there_is(home: Home, house: list[House]) -> None:
    settings(home, BAD)
    one = House(home, "sys.exit(1)")
    house.append(one)
    one.deaths(3)

    assert not last_good.refused(home)
