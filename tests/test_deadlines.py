from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk import holidays
from kiosk.model import workdays
from kiosk.model.cases import State
from kiosk.model.deadlines import (
    MOST_MORE,
    Deadline,
    Light,
    NoExtension,
    extended,
    left,
    promised,
    renewed,
    spent,
)

FRIDAY = date(2026, 11, 27)
MONDAY, WEDNESDAY = date(2026, 11, 30), date(2026, 12, 2)


def test_three_working_days_from_a_friday_end_on_wednesday_and_are_urgent_from_tuesday() -> None:
    made = promised(FRIDAY, 3)

    assert made == Deadline(WEDNESDAY, WEDNESDAY, date(2026, 12, 1), 3)


def test_days_off_and_worked_weekends_are_counted_as_the_notice_says() -> None:
    before_the_festival = date(2026, 9, 30)

    assert promised(before_the_festival, 1, holidays.shipped()).due == date(2026, 10, 8)
    assert promised(before_the_festival, 3, holidays.shipped()).due == date(
        2026, 10, 10
    )  # a Saturday, worked


@pytest.mark.parametrize(
    ("today", "light"),
    [
        (FRIDAY, Light.GREEN),
        (MONDAY, Light.GREEN),
        (date(2026, 12, 1), Light.AMBER),
        (WEDNESDAY, Light.AMBER),
        (date(2026, 12, 3), Light.RED),
        (date(2027, 12, 3), Light.RED),
    ],
)
def test_it_is_amber_with_one_day_left_and_red_the_day_after(today: date, light: Light) -> None:
    assert promised(FRIDAY, 3).light(today) is light


def test_of_fifteen_days_the_last_three_are_amber() -> None:
    made = promised(FRIDAY, 15)

    assert (left(made.amber, made.due), made.light(made.amber - timedelta(days=1))) == (3, Light.GREEN)


def test_a_promise_of_one_day_is_urgent_from_the_start() -> None:
    assert promised(FRIDAY, 1).light(FRIDAY) is Light.AMBER


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(1, 60), st.integers(0, 120))
def test_the_light_is_what_the_days_left_say(received: date, days: int, later: int) -> None:
    made, today = promised(received, days, holidays.shipped()), received + timedelta(days=later)

    still = left(today, made.due, holidays.shipped())
    late, urgent = today > made.due, still <= max(1, days // 5)
    assert made.light(today) is (Light.RED if late else Light.AMBER if urgent else Light.GREEN)
    assert left(received, made.due, holidays.shipped()) == days


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(0, 60))
def test_days_left_are_the_days_that_were_counted(day: date, days: int) -> None:
    assert left(day, workdays.after(day, days, holidays.shipped()), holidays.shipped()) == days


def test_days_that_are_over_count_below_nothing() -> None:
    assert [left(WEDNESDAY + timedelta(days=n), WEDNESDAY) for n in (0, 1, 2, 3, 5)] == [0, -1, -2, -2, -3]


def test_a_deadline_is_extended_once_and_the_first_promise_stays() -> None:
    moved = extended(promised(FRIDAY, 3), date(2026, 12, 9), MONDAY)

    assert (moved.first, moved.due, moved.extended) == (WEDNESDAY, date(2026, 12, 9), True)
    assert moved.light(date(2026, 12, 3)) is Light.GREEN
    with pytest.raises(NoExtension, match="已经延期过一次"):
        extended(moved, date(2026, 12, 10), MONDAY)


@pytest.mark.parametrize(
    ("until", "today"),
    [
        (WEDNESDAY, MONDAY),  # the same
        (date(2026, 12, 1), MONDAY),  # earlier
        (date(2026, 12, 5), MONDAY),  # a Saturday
        (date(2026, 12, 17), MONDAY),  # too far
        (date(2026, 12, 9), date(2026, 12, 9)),  # no day left
    ],
)
def test_an_extension_is_to_a_working_day_ahead_within_the_limit(until: date, today: date) -> None:
    limit = workdays.after(WEDNESDAY, MOST_MORE)

    with pytest.raises(NoExtension, match=str(limit)):
        extended(promised(FRIDAY, 3), until, today)
    assert extended(promised(FRIDAY, 3), limit, MONDAY).due == limit


def test_a_case_that_is_re_opened_has_as_many_days_again_and_may_be_extended_again() -> None:
    moved = extended(promised(FRIDAY, 3), date(2026, 12, 9), MONDAY)

    again = renewed(moved, date(2026, 12, 11))

    assert again == Deadline(WEDNESDAY, date(2026, 12, 16), date(2026, 12, 15), 3)


def test_waiting_for_others_stops_no_clock_and_is_told_beside_it() -> None:
    def day(number: int) -> datetime:
        return datetime(2026, 11, number, tzinfo=UTC)

    history = [
        (day(1), State.RECEIVED),
        (day(2), State.NEED_INFO),
        (day(5), State.IN_PROGRESS),
        (day(6), State.WAITING),
        (day(8), State.RESOLVED),
        (day(15), State.REOPENED),
        (day(16), State.CLOSED),
    ]

    found = spent(history, day(30))

    assert (found.total, found.for_others) == (timedelta(days=8), timedelta(days=5))
    assert spent(history[:4], day(7)).total == timedelta(days=6)
