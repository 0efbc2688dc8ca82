"""In step: the turn that is on, from the clock alone. The judge is the plan of the whole day."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from campaign import tries
from costs import FEW, LINEAR, MANY, seconds
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.model.plan import Turn, turns
from kiosk.model.schedule import ALWAYS, EVERY_DAY, Daypart, Schedule
from kiosk.model.slides import Playlist, Slide
from kiosk.model.step import Day, InStep, day_of

BERLIN = ZoneInfo("Europe/Berlin")
SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 26, 12, tzinfo=SHANGHAI)

hours = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 30]))
days = st.sampled_from(
    [
        datetime(2026, 3, 29, tzinfo=BERLIN),
        datetime(2026, 10, 25, tzinfo=BERLIN),
        datetime(2028, 2, 29, tzinfo=SHANGHAI),
        datetime(2026, 12, 31, tzinfo=SHANGHAI),
    ]
)
moments = st.builds(
    lambda day, seconds: (day.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(day.tzinfo),
    days,
    st.floats(0, 86399),
)
shows = st.sampled_from([ALWAYS, ALWAYS]) | st.builds(
    Schedule,
    days=st.just(EVERY_DAY) | st.frozensets(st.integers(1, 7), min_size=1),
    hours=st.lists(st.builds(Daypart, hours, hours), max_size=2).map(tuple),
)
playlists = st.lists(st.tuples(shows, st.floats(0, 7200)), max_size=5).map(
    lambda some: Playlist(
        tuple(slide(f"{n}", max(60, seconds), show) for n, (show, seconds) in enumerate(some))
    )
)


def turn_at(playlist: Playlist, at: datetime) -> Turn:
    return Day(playlist, at).turn(at)


def slide(name: str, seconds: float = 10.0, show: Schedule = ALWAYS) -> Slide:
    return Slide(name, name, "picture", "1", seconds=seconds, show=show)


def planned(playlist: Playlist, at: datetime) -> Turn:
    """The same from the plan of that day, turn by turn."""
    begin, end = (moment.astimezone(at.tzinfo) for moment in day_of(at))
    now = at.astimezone(UTC)
    return next(
        turn
        for turn in turns([(begin, playlist)], end)
        if turn.start.astimezone(UTC) <= now < turn.end.astimezone(UTC)
    )


def seen(turn: Turn) -> tuple[datetime, datetime, str | None]:
    return turn.start.astimezone(UTC), turn.end.astimezone(UTC), turn.slide.name if turn.slide else None


@given(playlists, moments)
@settings(max_examples=tries(150))
def test_the_turn_that_is_on_is_that_of_the_plan_of_the_day(playlist: Playlist, at: datetime) -> None:
    assert seen(turn_at(playlist, at)) == seen(planned(playlist, at))


@given(playlists, moments)
@settings(max_examples=tries(80))
def test_whoever_joins_in_the_middle_sees_the_same_turn(playlist: Playlist, at: datetime) -> None:
    turn = turn_at(playlist, at)
    middle = turn.start.astimezone(UTC) + (turn.end.astimezone(UTC) - turn.start.astimezone(UTC)) / 2

    assert turn.start.astimezone(UTC) <= at.astimezone(UTC) < turn.end.astimezone(UTC)
    assert seen(turn_at(playlist, middle.astimezone(at.tzinfo))) == seen(turn)


def test_the_loop_is_counted_from_midnight() -> None:
    loop = Playlist((slide("a", 7), slide("b", 11), slide("c", 13)))
    at = NOON.replace(hour=0) + timedelta(seconds=31 * 100 + 7 + 3)
    turn = turn_at(loop, at)

    assert turn.slide is loop.slides[1]
    assert at - turn.start == timedelta(seconds=3)


def test_midnight_cuts_the_turn_that_is_on() -> None:
    loop = Playlist((slide("a", 7 * 3600), slide("b", 11 * 3600)))
    last, first = turn_at(loop, NOON.replace(hour=23)), turn_at(loop, NOON + timedelta(hours=12))

    assert last.end == first.start == NOON + timedelta(hours=12)
    assert first.slide is loop.slides[0]


def test_what_opens_waits_for_its_turn_and_what_closes_leaves_at_once() -> None:
    lunch = Schedule(hours=(Daypart(time(11, 59, 55), time(12, 0, 33)),))
    loop = Playlist((slide("a", 20), slide("b", 20), slide("lunch", 20, lunch)))
    begin = NOON - timedelta(seconds=40)
    seen_there = []
    turn = turn_at(loop, begin)
    while turn.start < NOON + timedelta(seconds=60):
        seen_there.append((turn.slide.name if turn.slide else "", (turn.end - NOON).total_seconds()))
        turn = turn_at(loop, turn.end)

    assert seen_there == [("a", -20), ("b", 0), ("lunch", 20), ("a", 40), ("b", 60)]


def test_what_opens_where_a_round_ends_comes_next_whatever_was_on_before_the_round() -> None:
    first_seconds = Schedule(hours=(Daypart(time(0), time(0, 0, 15)),))
    later = Schedule(hours=(Daypart(time(0, 1, 5), time(1)),))
    loop = Playlist((slide("a"), slide("b", show=later), slide("c", show=first_seconds)))
    at = NOON.replace(hour=0, minute=1, second=5)

    assert seen(turn_at(loop, at)) == seen(planned(loop, at))
    assert turn_at(loop, at).slide is loop.slides[1]


def test_without_an_open_slide_the_calm_card_stays_until_one_opens() -> None:
    evening = Schedule(hours=(Daypart(time(19), time(22)),))
    turn = turn_at(Playlist((slide("a", 20, evening),)), NOON)

    assert turn.slide is None
    assert turn.end == NOON.replace(hour=19)


def test_finding_the_last_turn_of_a_day_costs_no_more_than_the_home_has_slides() -> None:
    def last(count: int) -> Turn:
        shows = [Schedule(hours=(Daypart(time(n % 23), time(23)),)) for n in range(count)]
        slides = tuple(slide(str(n), 1, show) for n, show in enumerate(shows))
        return turn_at(Playlist(slides), NOON.replace(hour=22, minute=59))

    small, large = seconds(lambda: last(FEW), lambda: last(MANY))

    assert large < LINEAR * small


@given(playlists, st.lists(moments, min_size=2, max_size=8))
@settings(max_examples=tries(60))
def test_a_day_that_is_asked_in_any_order_answers_the_same(playlist: Playlist, ats: list[datetime]) -> None:
    day = Day(playlist, ats[0])

    for at in ats:
        assert not day.covers(at) or seen(day.turn(at)) == seen(turn_at(playlist, at))


@given(playlists, moments, st.floats(0.01, 40))
@settings(max_examples=tries(60))
def test_the_plan_in_step_has_no_hole_and_is_what_screens_show(
    playlist: Playlist, at: datetime, hours: float
) -> None:
    until = (at.astimezone(UTC) + timedelta(hours=hours)).astimezone(at.tzinfo)
    plan = list(turns([(at, playlist)], until, InStep))

    assert (plan[0].start.astimezone(UTC), plan[-1].end.astimezone(UTC)) == (
        at.astimezone(UTC),
        until.astimezone(UTC),
    )
    assert all(one.end.astimezone(UTC) == two.start.astimezone(UTC) for one, two in pairwise(plan))
    for turn in plan[:: len(plan) // 10 + 1]:
        assert turn_at(playlist, turn.start).slide == turn.slide
