from dataclasses import replace
from datetime import date

import pytest
from case_table import GRID, LACKING, WHO

from admin.roles import Role
from kiosk.model import cases, workdays
from kiosk.model.case_needs import LONGEST_WAIT_DAYS, REASON_WORDS
from kiosk.model.cases import (
    ACTION_WORDS,
    BY_WORDS,
    ENDED,
    OPEN,
    WORDS,
    Action,
    By,
    ClosedBy,
    Given,
    Reason,
    State,
    WrongMove,
    closed_by,
    possible,
    step,
)

TODAY = date(2026, 11, 27)
ALL = Given("修好了", date(2026, 12, 4), TODAY, "街道城管科", "028-12345678", "2026-0001", "spam", 8, 0)
"""Enough for every step but `wake`, which wants a day that has come."""


def enough(action: Action) -> Given:
    return replace(ALL, until=TODAY) if action is Action.WAKE else ALL


def written() -> dict[tuple[State, Action, By], State]:
    """The table as it was written by hand."""
    head, ends, *lines = (line.split() for line in GRID.strip().splitlines())
    leads = dict(zip(head, ends[1:], strict=True))
    return {
        (State(state), Action(action), By(WHO[letter])): State(leads[action])
        for state, *cells in lines
        for action, cell in zip(head, cells, strict=True)
        for letter in cell.replace("-", "")
    }


WRITTEN = written()


def taken(state: State, action: Action, by: By) -> State | None:
    """Where it leads with all that it needs, None if it is refused in words."""
    try:
        return step(state, action, by, enough(action))
    except WrongMove as refused:
        assert refused.words.zh and refused.words.en and not refused.problems
        return None


@pytest.mark.parametrize("state", State)
def test_every_state_and_step_and_role_is_as_it_was_written(state: State) -> None:
    tried = {(state, action, by): taken(state, action, by) for action in Action for by in By}

    assert len(tried) == 13 * 7
    assert {key: after for key, after in tried.items() if after} == {
        key: after for key, after in WRITTEN.items() if key[0] is state
    }
    assert all((action in possible(state, by)) is bool(after) for (_, action, by), after in tried.items())


def test_the_written_table_names_every_state_step_and_role() -> None:
    assert len(GRID.strip().splitlines()) - 2 == len(State)
    assert {by for _, _, by in WRITTEN} == set(By) - {By.EDITOR, By.SUPERVISOR}
    assert {action for _, action, _ in WRITTEN} == set(Action) == set(LACKING)
    assert set(WHO.values()) == set(By)


def test_every_role_of_staff_is_somebody_who_can_be_asked_for_a_step() -> None:
    assert {role.value for role in Role} == {by.value for by in By} - {"resident", "system"}


@pytest.mark.parametrize("action", Action)
def test_a_step_without_what_it_needs_names_everything_that_lacks(action: Action) -> None:
    state, by = next((state, by) for state, one, by in WRITTEN if one is action and by is not By.RESIDENT)
    wanted = set(LACKING[action].split())

    if not wanted:
        assert step(state, action, by)
        return
    nothing = Given(until=TODAY if action is Action.WAKE else None)
    with pytest.raises(WrongMove) as refused:
        step(state, action, by, nothing)

    assert set(refused.value.problems) == wanted
    assert all(one.zh in refused.value.words.zh for one in refused.value.problems.values())


@pytest.mark.parametrize("until", [None, TODAY, date(2026, 11, 1), date(2027, 3, 1)])
def test_waiting_is_until_a_day_ahead_and_not_for_ever(until: date | None) -> None:
    with pytest.raises(WrongMove, match=str(LONGEST_WAIT_DAYS)):
        step(State.ACCEPTED, Action.WAIT, By.HANDLER, replace(ALL, until=until))


def test_a_receipt_re_opens_once_and_within_thirty_days() -> None:
    def reopened(**changed: int) -> State:
        return step(State.CLOSED, Action.REOPEN, By.RESIDENT, replace(ALL, **changed))

    assert reopened(days=30) is State.REOPENED
    with pytest.raises(WrongMove, match="超过 30 天"):
        reopened(days=31)
    with pytest.raises(WrongMove, match="重新办理过一次"):
        reopened(reopenings=1)
    with pytest.raises(WrongMove, match=r"重新办理过一次.*超过 30 天"):
        reopened(reopenings=1, days=31)


def test_staff_may_re_open_whenever_they_were_wrong() -> None:
    given = Given(days=400, reopenings=1)

    assert step(State.REJECTED, Action.REOPEN, By.HANDLER, given) is State.REOPENED


def test_six_days_of_silence_are_none() -> None:
    with pytest.raises(WrongMove, match="没有满 7 天"):
        step(State.RESOLVED, Action.CLOSE_BY_SILENCE, By.SYSTEM, replace(ALL, days=6))

    assert step(State.RESOLVED, Action.CLOSE_BY_SILENCE, By.SYSTEM, Given(days=7)) is State.CLOSED


def test_a_yes_of_the_resident_is_told_from_one_that_staff_heard_and_from_silence() -> None:
    assert closed_by(Action.CONFIRM, By.RESIDENT) is ClosedBy.RESIDENT
    assert closed_by(Action.CONFIRM, By.REVIEWER) is ClosedBy.STAFF
    assert closed_by(Action.CLOSE_BY_SILENCE, By.SYSTEM) is ClosedBy.SILENCE
    assert closed_by(Action.RESOLVE, By.HANDLER) is None


def test_no_case_is_closed_without_an_answer() -> None:
    assert {state for (state, _, _), after in WRITTEN.items() if after is State.CLOSED} == {State.RESOLVED}


def test_a_wrong_move_says_what_is_possible_or_whom_to_ask() -> None:
    with pytest.raises(WrongMove, match="“已结案”的事项不能“受理”，可以：重新办理"):
        step(State.CLOSED, Action.ACCEPT, By.HANDLER)
    with pytest.raises(WrongMove, match="“不予受理”由审核、管理员来做"):
        step(State.RECEIVED, Action.REJECT, By.HANDLER, ALL)
    with pytest.raises(WrongMove, match="居民本人现在没有可以做的"):
        step(State.RECEIVED, Action.REOPEN, By.RESIDENT, ALL)


@pytest.mark.parametrize("reason", ["", "because", "SPAM"])
def test_a_reason_is_one_of_the_list(reason: str) -> None:
    with pytest.raises(WrongMove, match="从列表里选"):
        step(State.RECEIVED, Action.REJECT, By.REVIEWER, replace(ALL, reason=reason))


def test_every_name_has_words_and_every_state_is_open_ended_or_answered() -> None:
    assert (set(WORDS), set(ACTION_WORDS), set(BY_WORDS)) == (set(State), set(Action), set(By))
    assert set(REASON_WORDS) == set(Reason)
    assert set(State) == OPEN | ENDED | {State.RESOLVED} and not OPEN & ENDED
    assert all(possible(state, By.HANDLER) for state in State)


@pytest.mark.parametrize("action", Action)
def test_a_form_asks_for_what_its_step_needs(action: Action) -> None:
    asked = {by: {need.value for need in cases.needs(action, by)} for by in By}

    whose = {by for _, one, by in WRITTEN if one is action}
    wanted = {by: set(LACKING[action].split()) if by in whose else set() for by in By}
    if action is Action.REOPEN:
        wanted[By.RESIDENT] = {"once", "recent"}
    assert asked == wanted


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
