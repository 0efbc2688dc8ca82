from datetime import date

import pytest

from kiosk.model import workdays
from kiosk.model.cases import NEXT, OPEN, WORDS, State, WrongMove, after


def test_a_report_can_be_answered_at_once() -> None:
    assert after(State.RECEIVED, State.RESOLVED) is State.RESOLVED


@pytest.mark.parametrize("state", [State.RESOLVED, State.CLOSED])
def test_an_answered_or_closed_case_can_be_reopened_and_answered_again(state: State) -> None:
    reopened = after(state, State.REOPENED)

    assert after(reopened, State.RESOLVED) is State.RESOLVED


def test_a_case_is_never_closed_without_an_answer() -> None:
    closers = {state for state in State if State.CLOSED in NEXT[state]}

    assert closers == {State.RESOLVED}


def test_a_wrong_move_says_what_is_possible() -> None:
    with pytest.raises(WrongMove, match="可以变为：重新办理"):
        after(State.CLOSED, State.RECEIVED)


def test_every_state_has_words_and_a_way_on() -> None:
    assert set(WORDS) == set(NEXT) == set(State)
    assert all(NEXT.values())
    assert set(State) - OPEN == {State.RESOLVED, State.CLOSED}


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, date(2026, 11, 27)), (1, date(2026, 11, 30)), (5, date(2026, 12, 4)), (6, date(2026, 12, 7))],
)
def test_working_days_after_a_friday_skip_the_weekend(days: int, expected: date) -> None:
    friday = date(2026, 11, 27)

    assert workdays.after(friday, days) == expected


def test_a_report_on_saturday_is_counted_from_monday() -> None:
    saturday = date(2026, 11, 28)

    assert workdays.after(saturday, 1) == date(2026, 11, 30)
