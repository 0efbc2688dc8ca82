"""A case in words."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from admin import case_told
from admin.case_records import Event
from admin.records import Report
from kiosk.model.cases import State
from kiosk.model.deadlines import Light

NOON = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)


def case(state: State, **more: Any) -> Report:
    facts = {
        "waiting_until": None,
        "redirected_to": "",
        "redirected_phone": "",
        "merged_into": "",
        "reason": "",
    }
    return Report(state=state, **{**facts, "closed_by": "", **more})


def came(*states: State) -> list[Event]:
    """A history with one step an hour."""
    return [Event(at=NOON + timedelta(hours=hour), after=state) for hour, state in enumerate(states)]


def way(*states: State) -> list[str]:
    """What the stops are called: ✓ gone through, ● now, ○ still to come."""
    stops = case_told.way(came(*states), states[-1], NOON)
    return [f"{'●' if one.now else '✓' if one.at else '○'}{one.words.zh}" for one in stops]


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_sentence_in_both_languages(state: State) -> None:
    told = case_told.standing(case(state))

    assert told.zh.endswith("。") and told.en.endswith(".")


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (case(State.WAITING, waiting_until=date(2026, 12, 1)), "等到 2026-12-01，到时自动接着办。"),
        (case(State.REDIRECTED, redirected_to="城管科", redirected_phone="12"), "已转给城管科，电话 12。"),
        (case(State.MERGED, merged_into="2026-0003"), "已合并到 2026-0003，在那里一起办。"),
        (case(State.REJECTED, reason="spam"), "没有受理：广告或没有内容。"),
        (case(State.REJECTED, reason=""), "没有受理：没有写原因。"),
        (case(State.CLOSED, closed_by="silence"), "答复以后 7 天没有回音。"),
        (case(State.CLOSED, closed_by="resident"), "居民本人说办好了。"),
        (case(State.CLOSED), "已经结案。"),
    ],
)
def test_what_belongs_to_a_state_is_said_with_it(report: Report, words: str) -> None:
    assert case_told.standing(report).zh == words


def test_the_way_shows_what_was_what_is_and_what_is_ahead() -> None:
    assert way(State.RECEIVED) == ["●已收到", "○已受理", "○办理中", "○已办结待确认", "○已结案"]
    assert way(State.RECEIVED, State.WAITING) == ["✓已收到", "●等待中", "○办理中", "○已办结待确认", "○已结案"]
    assert way(State.RECEIVED, State.RESOLVED) == ["✓已收到", "●已办结待确认", "○已结案"]
    assert way(State.RECEIVED, State.REJECTED) == ["✓已收到", "●不予受理"]


def test_a_long_way_is_cut_at_its_beginning_and_a_step_to_the_same_state_is_no_stop() -> None:
    back_and_forth = (State.RECEIVED, *(State.IN_PROGRESS, State.WAITING) * 5, State.WAITING)

    stops = way(*back_and_forth)

    assert stops[:6] == ["✓办理中", "✓等待中", "✓办理中", "✓等待中", "✓办理中", "●等待中"]


def test_a_case_from_before_there_were_histories_has_its_state_all_the_same() -> None:
    [stop, *_] = case_told.way([], State.IN_PROGRESS, NOON)

    assert (stop.state, stop.at, stop.now) == (State.IN_PROGRESS, NOON, True)


@pytest.mark.parametrize(
    ("state", "today", "light"),
    [
        (State.RECEIVED, date(2026, 12, 1), Light.GREEN),
        (State.RECEIVED, date(2026, 12, 2), Light.AMBER),
        (State.WAITING, date(2026, 12, 3), Light.AMBER),
        (State.WAITING, date(2026, 12, 4), Light.RED),
        (State.RESOLVED, date(2026, 12, 4), Light.GREEN),
        (State.CLOSED, date(2027, 12, 4), Light.GREEN),
    ],
)
def test_only_an_open_case_is_urgent(state: State, today: date, light: Light) -> None:
    report = case(state, due=date(2026, 12, 3), amber=date(2026, 12, 2))

    assert case_told.urgency(report, today) is light
    assert case_told.urgency(case(state, due=None, amber=None), today) is Light.GREEN


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 12, 1), "还有 2 天"),
        (date(2026, 12, 3), "今天到期"),
        (date(2026, 12, 4), "已超期 1 天"),
    ],
)
def test_what_is_left_is_said_in_days(today: date, words: str) -> None:
    report = case(
        State.RECEIVED, due=date(2026, 12, 3), due_first=date(2026, 12, 3), amber=date(2026, 12, 2), days=3,
        extended=False,
    )  # fmt: skip

    told = case_told.promise(report, today)

    assert told and told.words.zh == words


@pytest.mark.parametrize(
    ("event", "who", "what"),
    [
        (Event(by="resident", account="", action="reply", target=""), "居民", "补充说明"),
        (
            Event(by="system", account="by itself", action="close_by_silence", target=""),
            "程序自动",
            "没有回音，自动结案",
        ),
        (Event(by="handler", account="小李", action="assign", target=""), "小李", "指派：没有人"),
        (
            Event(by="reviewer", account="小王", action="reject", target="spam"),
            "小王",
            "不予受理：广告或没有内容",
        ),
        (Event(by="resident", account="", action="rate", target="4"), "居民", "评价：4 分（满分 5）"),
        (Event(by="handler", account="小李", action="of tomorrow", target=""), "小李", "of tomorrow"),
    ],
)
def test_a_line_of_the_history_says_who_did_what(event: Event, who: str, what: str) -> None:
    event.at, event.words, event.public = NOON, "", True

    told = case_told.line(event, UTC)

    assert (told.who.zh, told.what.zh, told.hidden) == (who, what, False)
