"""What goes before what, over time: the plan, and the player beside it."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from campaign import tries
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.model.plan import Turn, turns
from kiosk.model.priority import Level, Priority
from kiosk.model.schedule import Schedule, active
from kiosk.model.slides import Playlist, Slide
from kiosk.player.stage import Stage

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
WALL = NOON.replace(tzinfo=None)
SECONDS = 120

windows = st.tuples(st.integers(0, SECONDS), st.integers(1, 60)).map(
    lambda some: Schedule(WALL + timedelta(seconds=some[0]), WALL + timedelta(seconds=sum(some)))
)
shows = st.just(Schedule()) | windows
kinds = st.one_of(
    st.just({}),
    st.builds(lambda every: {"priority": Priority.INSERT, "every": every}, st.integers(2, 5)),
    st.builds(lambda level: {"priority": Priority.EMERGENCY, "level": level}, st.sampled_from(Level)),
)
rows = st.tuples(shows, st.integers(1, 20), kinds)
playlists = st.lists(rows, max_size=7).map(
    lambda some: Playlist(
        tuple(
            Slide(f"{n}", f"{n}", "card", "1", seconds=long, show=show, **kind)
            for n, (show, long, kind) in enumerate(some)
        )
    )
)


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def plan(playlist: Playlist) -> list[Turn]:
    return list(turns([(NOON, playlist)], later(SECONDS)))


@given(playlists)
@settings(max_examples=tries(150))
def test_priorities_never_invert_and_the_plan_has_no_hole(playlist: Playlist) -> None:
    planned = plan(playlist)

    assert (planned[0].start, planned[-1].end) == (NOON, later(SECONDS))
    assert all(one.end == two.start for one, two in pairwise(planned))
    for turn in planned:
        for second in range(round((turn.end - turn.start).total_seconds())):
            at = turn.start + timedelta(seconds=second)
            alarms = [one for one in playlist.emergencies if active(one.show, at)]
            assert (turn.slide in alarms) if alarms else (turn.slide not in playlist.emergencies)


@given(playlists)
@settings(max_examples=tries(150))
def test_the_player_shows_what_the_plan_says(playlist: Playlist) -> None:
    stage = Stage("cut")
    stage.take(playlist)
    shown = [
        stage.advance(1 if second else 0, later(second), lambda key: True).front.name
        for second in range(SECONDS)
    ]

    planned = plan(playlist)

    assert shown == [_at(planned, later(second)) for second in range(SECONDS)]


def _at(planned: list[Turn], at: datetime) -> str:
    turn = next(turn for turn in planned if turn.start <= at < turn.end)
    return turn.slide.name if turn.slide else ""


@given(playlists)
def test_the_worst_that_begins_is_on_at_once(playlist: Playlist) -> None:
    planned = plan(playlist)

    for one in playlist.emergencies:
        begin = one.show.first.replace(tzinfo=UTC) if one.show.first else NOON
        others = [other for other in playlist.emergencies if other is not one]
        if begin < later(SECONDS) and all(other.level > one.level for other in others):
            assert _at(planned, begin) == one.name


def test_a_slide_cut_short_by_an_emergency_has_its_turn_again() -> None:
    alarm = Schedule(WALL + timedelta(seconds=14), WALL + timedelta(seconds=30))
    slides = (
        Slide("a", "a", "picture", "1"),
        Slide("b", "b", "picture", "1"),
        Slide("!", "!", "card", "1", show=alarm, priority=Priority.EMERGENCY),
    )

    told = [(turn.slide.name, turn.start.second) for turn in plan(Playlist(slides))[:6] if turn.slide]

    assert told == [("a", 0), ("b", 10), ("!", 14), ("!", 24), ("b", 30), ("a", 40)]
