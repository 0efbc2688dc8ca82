"""The plan in the light of the hour, and the player beside it: one rule for both."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from campaign import tries
from hypothesis import given, settings
from hypothesis import strategies as st
from test_light import CHONGQING, LIGHT
from test_priorities import NOON, SECONDS, later, playlists

from kiosk.hours import daypart
from kiosk.model.light import Light, Lit, Season, changes, lit
from kiosk.model.plan import Loop, Rule, Spell, Turn, turns
from kiosk.model.priority import Level, Priority
from kiosk.model.schedule import Schedule
from kiosk.model.slides import Playlist, Slide, in_light
from kiosk.model.step import InStep
from kiosk.player import in_step
from kiosk.player.stage import Stage

BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = ZoneInfo("Asia/Shanghai")
SUN = Light((Season(hours=(daypart("05:00-23:00"),), night=None, night_light=0.5),), CHONGQING)
ODD = Light((Season(hours=(daypart("22:10-02:40"), daypart("02:41-03:07"))),))

edges = st.lists(st.integers(1, SECONDS - 1), max_size=4).map(lambda some: sorted(set(some)))
lights = st.tuples(edges, st.lists(st.booleans(), min_size=5), st.lists(st.booleans(), min_size=5))


def spells(playlist: Playlist, light: tuple[list[int], list[bool], list[bool]]) -> list[Spell]:
    begins = [0, *light[0]]
    return [
        (later(begin), in_light(playlist, dark=dark, still=still))
        for begin, dark, still in zip(begins, light[1], light[2], strict=False)
    ]


def moving(playlist: Playlist) -> Playlist:
    """Every other slide of it moves."""
    return Playlist(tuple(replace(one, animated=n % 2 == 0) for n, one in enumerate(playlist.slides)))


def shown(stage: Stage, some: list[Spell]) -> list[str]:
    """What a player shows from second to second, that is told of each spell when it begins."""
    told, names = dict(some), []
    for second in range(SECONDS):
        if later(second) in told:
            stage.take(told[later(second)])
        names.append(stage.advance(1 if second else 0, later(second), lambda key: True).front.name)
    return names


def said(plan: list[Turn]) -> list[str]:
    found = (next(t for t in plan if t.start <= later(n) < t.end) for n in range(SECONDS))
    return [turn.slide.name if turn.slide else "" for turn in found]


@pytest.mark.parametrize(("stage", "rule"), [(Stage, Loop), (in_step.InStep, InStep)])
@given(playlists, lights)
@settings(max_examples=tries(150))
def test_the_player_shows_what_the_plan_says_as_the_light_changes(
    stage: type[Stage],
    rule: type[Rule],
    playlist: Playlist,
    light: tuple[list[int], list[bool], list[bool]],
) -> None:
    some = spells(moving(playlist), light)

    plan = list(turns(some, later(SECONDS), rule))

    assert (plan[0].start, plan[-1].end) == (NOON, later(SECONDS))
    assert all(one.end == two.start for one, two in pairwise(plan))
    assert said(plan) == shown(stage("cut"), some)


@given(playlists)
@settings(max_examples=tries(100))
def test_in_step_the_player_joins_after_an_emergency_where_the_plan_does(playlist: Playlist) -> None:
    plan = list(turns([(NOON, playlist)], later(SECONDS), InStep))

    assert said(plan) == shown(in_step.InStep("cut"), [(NOON, playlist)])


def test_a_turn_goes_on_over_a_change_of_light_that_leaves_it() -> None:
    still, film = Slide("a", "a", "card", "1", seconds=40), Slide("b", "b", "video", "1", animated=True)
    all_of_it = Playlist((still, film))

    some = [(NOON, all_of_it), (later(30), in_light(all_of_it, dark=False, still=True))]
    plan = list(turns(some, later(60), Loop))

    assert [((turn.end - NOON).seconds, turn.slide) for turn in plan] == [(40, still), (60, still)]


def test_in_the_dark_only_emergencies_are_on_and_at_dawn_the_loop_begins_again() -> None:
    alarm = Slide("!", "!", "card", "1", seconds=10, priority=Priority.EMERGENCY, show=_until(30))
    loop = Playlist((Slide("a", "a", "card", "1"), Slide("b", "b", "card", "1"), alarm))

    some = [(NOON, in_light(loop, dark=True, still=False)), (later(40), loop)]
    plan = list(turns(some, later(60), Loop))

    assert [turn.slide.name if turn.slide else "" for turn in plan] == ["", "!", "", "a", "b"]


@pytest.mark.parametrize("rule", [Loop, InStep])
def test_an_emergency_that_a_worse_one_of_a_new_light_cuts_short_has_been_told(rule: type[Rule]) -> None:
    red = {"priority": Priority.EMERGENCY, "level": Level.RED}
    film = Slide("film", "film", "video", "1", seconds=2, animated=True, **red)
    card = Slide("card", "card", "card", "1", seconds=5, **red)
    mild = Slide("mild", "mild", "card", "1", seconds=4, priority=Priority.EMERGENCY, level=Level.ORANGE)
    all_of_it = Playlist((film, card, mild))

    some = [(NOON, in_light(all_of_it, dark=False, still=True)), (later(6), all_of_it)]
    plan = list(turns(some, later(15), rule))

    assert [turn.slide.name for turn in plan if turn.slide] == ["card", "mild", "film", "card", "mild"]


def _until(seconds: float) -> Schedule:
    begin = later(20).replace(tzinfo=None)
    return Schedule(begin, begin + timedelta(seconds=seconds - 20))


moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31))


@given(st.sampled_from([LIGHT, SUN, ODD]), st.sampled_from([SHANGHAI, BERLIN]), moments, st.data())
@settings(max_examples=tries(60))
def test_between_two_changes_the_light_is_one_and_the_same(
    light: Light, zone: ZoneInfo, begin: datetime, data: st.DataObject
) -> None:
    at = begin.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    until = (at.astimezone(UTC) + timedelta(hours=50)).astimezone(zone)

    found = list(changes(light, at, until))

    second = data.draw(st.integers(0, 50 * 3600 - 1))
    moment = (at.astimezone(UTC) + timedelta(seconds=second)).replace(microsecond=0)
    seen = [now for change, now in found if change.astimezone(UTC) <= max(moment, at.astimezone(UTC))]
    assert lit(light, max(moment, at.astimezone(UTC)).astimezone(zone)) == seen[-1]
    assert all(one[0].astimezone(UTC) < two[0].astimezone(UTC) for one, two in pairwise(found))
    assert all(one[1] != two[1] for one, two in pairwise(found))


def test_the_changes_of_a_day_are_told_to_the_second() -> None:
    begin = datetime(2026, 7, 1, tzinfo=SHANGHAI)

    told = [(at.time(), now) for at, now in changes(LIGHT, begin, begin + timedelta(days=1))]

    assert told == [
        (time(0), Lit(0.0, True)),
        (time(7), Lit(0.0, False)),
        (time(8, 30), Lit(1.0, False)),
        (time(19), Lit(0.4, True)),
        (time(22), Lit(0.0, True)),
    ]
