from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kiosk.model.schedule import (
    ALWAYS,
    EVERY_DAY,
    Daypart,
    Schedule,
    active,
    ending,
    next_change,
    over,
)

MONDAY = datetime(2026, 3, 2)
MINUTE = timedelta(minutes=1)
NIGHT = Daypart(time(22), time(6))
NOON = Daypart(time(11), time(13, 30))

minutes = st.builds(time, st.integers(0, 23), st.sampled_from([0, 1, 30, 59]))
near = st.integers(-3 * 1440, 12 * 1440).map(lambda n: MONDAY + n * MINUTE)
ago = st.integers(0, 10_000).map(lambda n: n * MINUTE)
schedules = st.builds(
    Schedule,
    first=st.none() | near,
    last=st.none() | near,
    days=st.just(EVERY_DAY) | st.frozensets(st.integers(1, 7)),
    hours=st.lists(st.builds(Daypart, minutes, minutes), max_size=3).map(tuple),
)


def test_a_slide_without_a_schedule_is_always_shown() -> None:
    assert active(ALWAYS, datetime.min)
    assert active(ALWAYS, MONDAY)
    assert next_change(ALWAYS, MONDAY) is None
    assert not ALWAYS.dated


def test_hours_hold_from_their_first_minute_until_before_their_last() -> None:
    lunch = Schedule(hours=(NOON,))

    assert not active(lunch, MONDAY.replace(hour=10, minute=59))
    assert active(lunch, MONDAY.replace(hour=11))
    assert active(lunch, MONDAY.replace(hour=13, minute=29, second=59))
    assert not active(lunch, MONDAY.replace(hour=13, minute=30))


def test_a_night_belongs_to_the_day_on_which_it_began() -> None:
    monday_night = Schedule(days=frozenset({1}), hours=(NIGHT,))

    assert not active(monday_night, MONDAY.replace(hour=5))
    assert active(monday_night, MONDAY.replace(hour=23))
    assert active(monday_night, MONDAY + timedelta(hours=24))
    assert active(monday_night, MONDAY + timedelta(hours=29, minutes=59))
    assert not active(monday_night, MONDAY + timedelta(hours=30))
    assert not active(monday_night, MONDAY + timedelta(hours=46))


def test_a_whole_day_of_hours_ends_at_midnight() -> None:
    monday = Schedule(days=frozenset({1}), hours=(Daypart(time(0), time(0)),))

    assert active(monday, MONDAY)
    assert active(monday, MONDAY + timedelta(hours=23, minutes=59))
    assert not active(monday, MONDAY + timedelta(hours=24))


def test_the_last_day_ends_at_midnight() -> None:
    may_day = Schedule(first=datetime(2026, 5, 1), last=ending(date(2026, 5, 1)))

    assert not active(may_day, datetime(2026, 4, 30, 23, 59, 59))
    assert active(may_day, datetime(2026, 5, 1, 23, 59, 59))
    assert not active(may_day, datetime(2026, 5, 2))
    assert over(may_day, datetime(2026, 5, 2))


def test_the_last_day_cuts_the_night_that_began_on_it() -> None:
    last_night = Schedule(last=ending(date(2026, 3, 2)), hours=(NIGHT,))

    assert active(last_night, MONDAY + timedelta(hours=23))
    assert not active(last_night, MONDAY + timedelta(hours=25))


def test_the_end_of_the_calendar_is_no_error() -> None:
    for_ever = Schedule(last=ending(date.max), hours=(NIGHT,))
    evening = datetime.combine(date.max, time(23))

    assert active(for_ever, evening)
    assert next_change(for_ever, evening) is not None
    assert next_change(Schedule(hours=(NIGHT,)), datetime.min) == datetime.min.replace(hour=22)


def test_a_slide_of_no_day_is_never_shown() -> None:
    never = Schedule(days=frozenset())

    assert not active(never, MONDAY)
    assert next_change(never, MONDAY) is None


@given(schedules, near, ago)
def test_what_is_over_is_not_shown_any_more(schedule: Schedule, at: datetime, since: timedelta) -> None:
    ended = replace(schedule, last=at - since)

    assert over(ended, at) and not active(ended, at)


@given(schedules, near, st.integers(0, 59))
@example(Schedule(days=frozenset({1}), hours=(NIGHT,)), MONDAY + timedelta(hours=26), 0)
@settings(deadline=None)
def test_nothing_changes_before_the_next_change(schedule: Schedule, start: datetime, seconds: int) -> None:
    at = start + timedelta(seconds=seconds)
    change = next_change(schedule, at)
    horizon = min(change or at + timedelta(days=9), at + timedelta(days=9))
    moment = at
    while moment < horizon:
        assert active(schedule, moment) == active(schedule, at)
        moment = moment.replace(second=0) + MINUTE

    assert change is None or change > at


@given(near, st.none() | ago, st.none() | ago, st.sampled_from((EVERY_DAY, frozenset())))
def test_a_schedule_that_never_changes_is_the_same_for_ever(
    at: datetime, begun: timedelta | None, ended: timedelta | None, days: frozenset[int]
) -> None:
    first = None if begun is None else at - begun
    last = None if ended is None else at - ended
    schedule = Schedule(first, last, days)

    assert next_change(schedule, at) is None
    assert {active(schedule, at + days * timedelta(hours=13)) for days in range(40)} == {active(schedule, at)}
