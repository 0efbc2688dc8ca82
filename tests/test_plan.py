import time as stopwatch
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo

from campaign import tries
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.model.plan import after, change, follower, turns
from kiosk.model.schedule import ALWAYS, EVERY_DAY, Daypart, Schedule, active, ending
from kiosk.model.slides import Playlist, Slide

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
SHANGHAI = ZoneInfo("Asia/Shanghai")
EVENING = datetime(2026, 3, 2, 18, 0, tzinfo=SHANGHAI)
SPRING = datetime(2026, 3, 29, 0, 30, tzinfo=BERLIN)
AUTUMN = datetime(2026, 10, 25, 0, 30, tzinfo=BERLIN)
CLOSED = Schedule(last=datetime(2020, 1, 1))

around_clock_changes = st.builds(
    lambda base, minutes: (base.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(base.tzinfo),
    st.sampled_from(
        [
            SPRING,
            AUTUMN,
            datetime(2026, 3, 8, tzinfo=NEW_YORK),
            datetime(2026, 11, 1, tzinfo=NEW_YORK),
            datetime(2026, 10, 25, tzinfo=SHANGHAI),
        ]
    ),
    st.integers(-2000, 2000),
)
moments = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))
days = st.sampled_from([date(2026, month, day) for month, day in ((3, 8), (3, 29), (10, 25), (11, 1))])
walls = st.builds(datetime.combine, days, moments)
schedules = st.just(ALWAYS) | st.builds(
    Schedule,
    first=st.none() | walls,
    last=st.none() | walls,
    days=st.just(EVERY_DAY) | st.frozensets(st.integers(1, 7), min_size=1),
    hours=st.lists(st.builds(Daypart, moments, moments), max_size=2).map(tuple),
)


def slide(name: str, show: Schedule = ALWAYS, seconds: float = 10.0) -> Slide:
    return Slide(name, name, "picture", "1", seconds=seconds, show=show)


def playlist(*slides: Slide) -> Playlist:
    return Playlist(slides)


playlists = st.lists(st.tuples(schedules, st.floats(600, 86400)), max_size=4).map(
    lambda some: playlist(*(slide(f"{n}.png", show, long) for n, (show, long) in enumerate(some)))
)


def utc_minutes(at: datetime, until: datetime) -> list[datetime]:
    """Every full minute of real time after `at` and before `until`, in the zone of `at`."""
    first = at.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    count = int((until.astimezone(UTC) - first) / timedelta(minutes=1))
    return [(first + n * timedelta(minutes=1)).astimezone(at.tzinfo) for n in range(count)]


def names(some: Playlist, at: datetime, hours: float) -> list[str | None]:
    plan = turns([(at, some)], after(at, hours * 3600))
    return [turn.slide.name if turn.slide else None for turn in plan]


def test_slides_follow_each_other_around_the_end() -> None:
    loop = playlist(slide("a"), slide("b"), slide("c"))

    assert names(loop, EVENING, 50 / 3600) == ["a", "b", "c", "a", "b"]


def test_a_slide_that_may_not_play_is_passed_over() -> None:
    loop = playlist(slide("a"), slide("b", CLOSED), slide("c"))
    following = follower(loop, "a", EVENING)

    assert following is not None and following.name == "c"


def test_a_slide_may_follow_itself() -> None:
    alone = playlist(slide("a"))

    assert follower(alone, "a", EVENING) == alone.slides[0]


def test_after_a_slide_that_left_the_playlist_it_begins_again() -> None:
    loop = playlist(slide("a"), slide("b"))

    assert follower(loop, "gone", EVENING) == loop.slides[0]


def test_nothing_follows_when_nothing_may_play() -> None:
    assert follower(playlist(), None, EVENING) is None
    assert follower(playlist(slide("a", CLOSED)), "a", EVENING) is None


def test_an_empty_playlist_is_one_long_turn_of_the_fallback_card() -> None:
    (turn,) = turns([(EVENING, playlist())], after(EVENING, 3600))

    assert turn.slide is None
    assert (turn.start, turn.end) == (EVENING, after(EVENING, 3600))


def test_a_slide_leaves_when_its_hours_end_and_not_when_its_turn_does() -> None:
    dinner = Schedule(hours=(Daypart(time(17), time(18, 0, 4)),))
    first, second = list(turns([(EVENING, playlist(slide("a", dinner), slide("b")))], after(EVENING, 14)))

    assert first.end == EVENING.replace(second=4)
    assert second.slide is not None and second.slide.name == "b"


def test_a_slide_that_opens_ends_the_fallback_card() -> None:
    night = Schedule(hours=(Daypart(time(19), time(6)),))
    first, second = list(turns([(EVENING, playlist(slide("a", night, 3600)))], after(EVENING, 2 * 3600)))

    assert first.slide is None
    assert first.end == second.start == EVENING.replace(hour=19)


def test_a_night_is_an_hour_shorter_when_clocks_go_forward_and_longer_when_they_go_back() -> None:
    night = Schedule(hours=(Daypart(time(1), time(5)),))

    assert [_hours_shown(night, begin) for begin in (SPRING, AUTUMN)] == [3, 5]


def test_an_hour_that_clocks_leave_out_is_not_shown_and_one_that_they_repeat_is_shown_twice() -> None:
    lost = Schedule(hours=(Daypart(time(2, 15), time(2, 45)),))

    assert [_hours_shown(lost, begin) for begin in (SPRING, AUTUMN)] == [0, 1]


def _hours_shown(show: Schedule, begin: datetime) -> float:
    plan = turns([(begin, playlist(slide("a", show, 86400)))], after(begin, 12 * 3600))
    shown = [turn.end.astimezone(UTC) - turn.start.astimezone(UTC) for turn in plan if turn.slide]
    return sum(shown, timedelta()) / timedelta(hours=1)


def test_a_slide_that_ends_with_the_calendar_is_planned_at_once() -> None:
    for zone in (SHANGHAI, NEW_YORK):
        evening = EVENING.replace(tzinfo=zone)
        loop = playlist(slide("a", Schedule(last=ending(date.max))))

        assert names(loop, evening, 20 / 3600) == ["a", "a"]


def test_a_slide_of_no_length_does_not_stop_the_time() -> None:
    plan = turns([(EVENING, playlist(slide("a", seconds=0)))], after(EVENING, 0.01))

    assert all(turn.end > turn.start for turn in plan)


def test_a_day_of_ten_thousand_slides_is_planned_in_two_seconds() -> None:
    shows = [CLOSED, ALWAYS, CLOSED, Schedule(hours=(Daypart(time(9), time(17)),)), CLOSED] * 2000
    many = playlist(*(slide(f"{n}.png", show) for n, show in enumerate(shows)))
    begin = stopwatch.process_time()
    planned = sum(1 for _ in turns([(EVENING, many)], after(EVENING, 86400)))

    assert planned >= 8640
    assert stopwatch.process_time() - begin < 2


@given(schedules, around_clock_changes)
@settings(max_examples=tries(60))
def test_between_changes_a_schedule_holds_minute_by_minute(show: Schedule, at: datetime) -> None:
    moment = change(show, at)
    horizon = after(at, 3 * 86400)
    if moment and moment.astimezone(UTC) < horizon.astimezone(UTC):
        horizon = moment

    assert moment is None or moment.astimezone(UTC) > at.astimezone(UTC)
    assert {active(show, minute) for minute in utc_minutes(at, horizon)} <= {active(show, at)}


@given(playlists, around_clock_changes, st.floats(0.1, 72))
@settings(max_examples=tries(60))
def test_turns_leave_no_hole_and_never_show_what_may_not_play(
    some: Playlist, at: datetime, hours: float
) -> None:
    until = after(at, hours * 3600)
    plan = list(turns([(at, some)], until))

    assert (plan[0].start, plan[-1].end) == (at, until)
    assert all(one.end.astimezone(UTC) == two.start.astimezone(UTC) for one, two in pairwise(plan))
    assert all(turn.end.astimezone(UTC) > turn.start.astimezone(UTC) for turn in plan)
    for turn in plan:
        for moment in [turn.start, *utc_minutes(turn.start, turn.end)[::7]]:
            assert _right(turn.slide, some, moment)


def _right(shown: Slide | None, some: Playlist, at: datetime) -> bool:
    if shown:
        return active(shown.show, at)
    return not any(active(one.show, at) for one in some.slides)


@given(playlists, around_clock_changes)
@settings(max_examples=tries(40))
def test_every_turn_is_the_follower_of_the_one_before(some: Playlist, at: datetime) -> None:
    name: str | None = None
    for turn in turns([(at, some)], after(at, 86400)):
        assert turn.slide == follower(some, name, turn.start)
        name = turn.slide.name if turn.slide else name


@given(around_clock_changes, st.floats(0, 1e6))
def test_seconds_are_real_whatever_the_clocks_do(at: datetime, seconds: float) -> None:
    later: datetime = after(at, seconds)
    zone: tzinfo | None = later.tzinfo

    assert zone is at.tzinfo
    assert later.astimezone(UTC) - at.astimezone(UTC) == timedelta(seconds=seconds)
