"""The clock jumps, the machine sleeps, the zone changes its time: the loop goes on and shows what is right.

For a stage of its own and for one that keeps step.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.model.schedule import ALWAYS, Daypart, Schedule
from kiosk.model.slides import Playlist, Slide
from kiosk.player.in_step import InStep
from kiosk.player.stage import Stage

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
LOOK = 0.25
"""Seconds between two looks of the player at the clock, at most."""


def slide(name: str, show: Schedule = ALWAYS, seconds: float = 3600.0) -> Slide:
    return Slide(name, name, "picture", "1", seconds=seconds, show=show)


MORNING = slide("morning", Schedule(hours=(Daypart(time(6), time(12, 30)),)))
EVENING = slide("evening", Schedule(hours=(Daypart(time(12, 30), time(6)),)))


@pytest.fixture(params=[Stage, InStep])
def stage(request: pytest.FixtureRequest) -> Stage:
    one: Stage = request.param("cut", 0.8)
    one.take(Playlist((MORNING, EVENING)))
    return one


def seen(stage: Stage, at: datetime, passed: float = LOOK) -> str:
    """What is up at the first look after a jump to `at`, when `passed` seconds of real time have gone by."""
    return stage.advance(passed, at, lambda _: True).front.name


def test_a_jump_forward_shows_what_is_right_at_the_next_look(stage: Stage) -> None:
    assert seen(stage, NOON) == "morning"
    assert seen(stage, NOON + timedelta(hours=5)) == "evening"


def test_a_jump_back_shows_what_is_right_at_the_next_look(stage: Stage) -> None:
    assert seen(stage, NOON + timedelta(days=400, hours=5)) == "evening"
    assert seen(stage, NOON) == "morning"


def test_a_machine_that_has_slept_shows_what_is_right_at_the_next_look(stage: Stage) -> None:
    """The monotonic clock of Linux stands still in a suspended machine, that on the wall does not."""
    assert seen(stage, NOON) == "morning"
    assert seen(stage, NOON + timedelta(hours=20)) == "morning"
    assert seen(stage, NOON + timedelta(hours=30), passed=0.0) == "evening"


def test_a_loop_goes_on_through_a_jump_and_back(stage: Stage) -> None:
    stage.take(Playlist(tuple(slide(name, seconds=10) for name in "abc")))
    names = [seen(stage, NOON + timedelta(seconds=n), 1.0) for n in range(60)]
    names += [seen(stage, NOON + timedelta(days=365, seconds=n), 1.0) for n in range(60)]
    names += [seen(stage, NOON + timedelta(seconds=n), 1.0) for n in range(60)]

    assert {name: names.count(name) for name in "abc"} == {"a": 60, "b": 60, "c": 60}


def test_the_hour_that_berlin_leaves_out_shows_nothing_of_it(stage: Stage) -> None:
    lost = slide("lost", Schedule(hours=(Daypart(time(2), time(3)),)), 60)
    stage.take(Playlist((slide("always", seconds=60), lost)))
    begin = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)  # 1:30 in Berlin, and half an hour later 3:00
    names = {seen(stage, (begin + timedelta(minutes=n)).astimezone(BERLIN), 60.0) for n in range(90)}

    assert names == {"always"}


def test_the_hour_that_berlin_repeats_is_shown_twice(stage: Stage) -> None:
    twice = slide("twice", Schedule(hours=(Daypart(time(2), time(3)),)), 60)
    stage.take(Playlist((twice,)))
    begin = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)  # 1:30 in Berlin; 2:00 to 3:00 comes twice
    names = [seen(stage, (begin + timedelta(minutes=n)).astimezone(BERLIN), 60.0) for n in range(180)]

    assert names.count("twice") == 120
    assert names[29:31] == ["", "twice"] and names[149:151] == ["twice", ""]
