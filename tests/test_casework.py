"""Cases in the register: their steps, their deadlines, what is written into their history."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from cases import ADMINISTRATOR, CONFIG, HANDLER, NOON, SECRETS, after, received, row, sent, taken
from database import a_bare_engine, an_engine  # noqa: F401 - fixtures
from sqlalchemy import Engine, func, select

from admin import casebook, casework, db, nightly, register, roles
from admin.case_records import Event
from admin.casebook import RESIDENT, Actor
from admin.records import Answer, Report, Trail
from kiosk.files import Home
from kiosk.model.cases import Action, By, State, WrongMove
from kiosk.model.deadlines import NoExtension, spent
from kiosk.model.origins import Origin, Presence


@pytest.fixture(name="number")
def a_report(engine: Engine) -> Iterator[str]:
    yield received(engine)


def events(engine: Engine, number: str, *, public: bool = False) -> list[tuple[str, str, str]]:
    """Of each line of the history: what, by whom, with which words."""
    with db.reading(engine) as rows:
        found = casebook.history(rows, row(engine, number), public=public)
        return [(one.action, one.by, one.words) for one in found]


def trails(engine: Engine) -> list[tuple[str, str, str, str]]:
    with db.reading(engine) as rows:
        lines = rows.scalars(select(Trail).order_by(Trail.id))
        return [(one.account, one.action, one.before, one.after) for one in lines]


def test_a_report_comes_in_with_its_promise_its_door_and_the_first_line_of_its_history(
    engine: Engine,
) -> None:
    given = replace(
        sent(),
        origin=Origin.HOTLINE,
        presence=Presence.STALE,
        flags=frozenset({"links", "honeypot"}),
        notice_version="2026-11",
        publish=True,
        by=By.ADMINISTRATOR,
        account="王主任",
    )

    number = register.receive(engine, SECRETS, given).report.public_number

    kept = row(engine, number)
    assert (kept.due, kept.due_first, kept.amber, kept.days, kept.extended) == (
        date(2026, 12, 2), date(2026, 12, 2), date(2026, 12, 1), 3, False,
    )  # fmt: skip
    assert (kept.origin, kept.presence, kept.flags) == ("12345", "stale", "honeypot,links")
    assert (kept.handler, kept.notice_version, kept.consent_publish) == ("物业公司", "2026-11", NOON)
    assert kept.since == NOON and kept.ended is None and kept.erased is None
    assert events(engine, number) == [("receive", "administrator", "")]


def test_sent_twice_it_begins_its_history_once(engine: Engine) -> None:
    for _ in range(2):
        register.receive(engine, SECRETS, sent())

    with db.reading(engine) as rows:
        assert rows.scalar(select(func.count()).select_from(Event)) == 1


def test_a_step_changes_the_row_the_history_and_the_trail_in_one(
    engine: Engine, home: Home, number: str
) -> None:
    to = {"whom": "街道城管科", "phone": "028-1234"}
    moved = taken(engine, home, number, Action.REDIRECT, at=after(hours=2), words="归城管科管", **to)

    kept = row(engine, number)
    assert moved and (kept.state, kept.since, kept.ended) == (
        State.REDIRECTED,
        after(hours=2),
        after(hours=2),
    )
    assert (kept.redirected_to, kept.redirected_phone) == ("街道城管科", "028-1234")
    assert events(engine, number)[1] == ("redirect", "administrator", "归城管科管")
    assert trails(engine) == [("王主任", "case.move", "received", "redirected")]


def test_what_belonged_to_a_state_goes_with_it(engine: Engine, home: Home, number: str) -> None:
    taken(engine, home, number, Action.WAIT, HANDLER, words="等配件", until=date(2026, 12, 8))
    assert row(engine, number).waiting_until == date(2026, 12, 8)

    taken(engine, home, number, Action.START, HANDLER)

    assert row(engine, number).waiting_until is None


def test_a_step_that_is_refused_leaves_nothing_behind(engine: Engine, home: Home, number: str) -> None:
    for action, by in ((Action.CONFIRM, ADMINISTRATOR), (Action.REJECT, HANDLER), (Action.ASK, HANDLER)):
        with pytest.raises(WrongMove):
            taken(engine, home, number, action, by)

    assert row(engine, number).state is State.RECEIVED
    assert len(events(engine, number)) == 1 and trails(engine) == []


def test_a_button_pressed_twice_is_no_mistake_and_one_line(engine: Engine, home: Home, number: str) -> None:
    done = [taken(engine, home, number, Action.ACCEPT) for _ in range(2)]

    assert done == [True, False] and len(events(engine, number)) == 2


def test_two_who_press_at_once_take_one_step(engine: Engine, home: Home, number: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: taken(engine, home, number, Action.ACCEPT), range(8)))

    assert sorted(done) == [False] * 7 + [True] and len(events(engine, number)) == 2


def test_a_question_and_its_reply_are_lines_that_the_resident_reads(
    engine: Engine, home: Home, number: str
) -> None:
    taken(engine, home, number, Action.ASK, HANDLER, words="哪一个桶？")
    taken(engine, home, number, Action.REPLY, RESIDENT, words="蓝色的")
    with db.session(engine) as rows:
        casebook.note(rows, rows.scalars(select(Report)).one(), "打电话问过物业", HANDLER, NOON)

    said = [("receive", "resident", ""), ("ask", "handler", "哪一个桶？"), ("reply", "resident", "蓝色的")]
    assert events(engine, number, public=True) == said
    assert events(engine, number) == [*said, ("note", "handler", "打电话问过物业")]
    assert row(engine, number).state is State.IN_PROGRESS
    assert [line[:2] for line in trails(engine)] == [("小李", "case.move"), ("小李", "case.note")]


def test_a_history_tells_how_long_a_case_took_and_how_long_it_waited_for_others(
    engine: Engine, home: Home, number: str
) -> None:
    taken(engine, home, number, Action.ASK, HANDLER, after(days=1), words="哪一个桶？")
    taken(engine, home, number, Action.REPLY, RESIDENT, after(days=3), words="蓝色的")
    taken(engine, home, number, Action.RESOLVE, HANDLER, after(days=4), words="清了")

    with db.reading(engine) as rows:
        found = spent(
            casebook.states(casebook.history(rows, row(engine, number), public=False)), after(days=9)
        )

    assert (found.total.days, found.for_others.days) == (4, 2)


def test_a_yes_silence_and_staff_are_told_apart(engine: Engine, home: Home) -> None:
    numbers = [received(engine, words) for words in ("一件事", "二件事", "三件事")]
    for number in numbers:
        taken(engine, home, number, Action.RESOLVE, HANDLER, words="办好了")
    taken(engine, home, numbers[0], Action.CONFIRM, RESIDENT)
    taken(engine, home, numbers[1], Action.CONFIRM, ADMINISTRATOR)

    moved = nightly.run(engine, home, CONFIG, after(days=7))

    assert moved.closed == (numbers[2],)
    assert [row(engine, number).closed_by for number in numbers] == ["resident", "staff", "silence"]
    assert nightly.run(engine, home, CONFIG, after(days=8)).closed == ()


def test_a_case_is_not_closed_before_seven_whole_days(engine: Engine, home: Home, number: str) -> None:
    taken(engine, home, number, Action.RESOLVE, words="办好了")

    assert nightly.run(engine, home, CONFIG, after(days=6, hours=23)).closed == ()


def test_what_waits_goes_on_by_itself_when_its_day_has_come(engine: Engine, home: Home, number: str) -> None:
    taken(engine, home, number, Action.WAIT, words="等配件", until=date(2026, 12, 8))
    the_day_there = datetime(2026, 12, 7, 16, 5, tzinfo=UTC)  # five past midnight of the 8th in Shanghai

    assert nightly.run(engine, home, CONFIG, after(days=9)).woken == ()
    assert nightly.run(engine, home, CONFIG, the_day_there).woken == (number,)

    assert row(engine, number).state is State.IN_PROGRESS
    assert trails(engine)[-1] == ("by itself", "case.move", "waiting", "in_progress")


def test_a_receipt_re_opens_once_with_a_new_promise_and_the_answer_leaves_the_wall(
    engine: Engine, home: Home, number: str
) -> None:
    with db.session(engine) as rows:
        report = rows.scalars(select(Report)).one()
        rows.add(
            Answer(report=report, summary="垃圾", words="清了", author="小李", written=NOON, published=NOON)
        )
    taken(engine, home, number, Action.RESOLVE, words="清了")
    card = home.content / f"answer-{number}.toml"
    card.write_text("template = 'answer'")

    taken(engine, home, number, Action.REOPEN, RESIDENT, after(days=10))

    kept = row(engine, number)
    assert not card.exists() and kept.answer and kept.answer.withdrawn == after(days=10)
    assert (kept.state, kept.reopened, kept.ended) == (State.REOPENED, 1, None)
    assert (kept.due_first, kept.due) == (date(2026, 12, 2), date(2026, 12, 10))
    taken(engine, home, number, Action.RESOLVE, words="又清了", at=after(days=11))
    assert not casework.may_reopen(CONFIG, row(engine, number), after(days=11))
    with pytest.raises(WrongMove, match="重新办理过一次"):
        taken(engine, home, number, Action.REOPEN, RESIDENT, after(days=11))


def test_a_receipt_does_not_re_open_what_ended_more_than_thirty_days_ago(
    engine: Engine, home: Home, number: str
) -> None:
    taken(engine, home, number, Action.RESOLVE, words="清了")

    may = [casework.may_reopen(CONFIG, row(engine, number), after(days=days)) for days in (30, 31)]

    assert may == [True, False]


def test_a_re_opening_by_staff_does_not_use_up_the_residents(engine: Engine, home: Home, number: str) -> None:
    taken(engine, home, number, Action.RESOLVE, words="清了")

    taken(engine, home, number, Action.REOPEN, HANDLER)

    assert row(engine, number).reopened == 0


# Merging and voices


def test_merged_cases_and_their_voices_are_counted_where_they_went(engine: Engine, home: Home) -> None:
    first, second, third = (received(engine, words) for words in ("桶满了", "桶也满了", "桶还是满的"))
    with db.session(engine) as rows:
        for nonce, number in (("a", third), ("b", third), ("c", first)):
            report = rows.scalars(select(Report).where(Report.public_number == number)).one()
            assert casebook.support(rows, SECRETS, report, nonce, NOON.date())

    taken(engine, home, third, Action.MERGE, number=second)
    taken(engine, home, second, Action.MERGE, number=first)

    assert [row(engine, one).merged_into for one in (first, second, third)] == ["", first, first]
    assert row(engine, first).supporters == 1 + 1 + (1 + 2)  # its own voice, two cases, two voices of one

    taken(engine, home, third, Action.REOPEN, RESIDENT)

    assert row(engine, first).supporters == 2 and row(engine, third).supporters == 2


def test_one_form_is_one_voice_also_at_once(engine: Engine, number: str) -> None:
    def voice(nonce: str) -> bool:
        with db.session(engine) as rows:
            return casebook.support(rows, SECRETS, rows.scalars(select(Report)).one(), nonce, NOON.date())

    with ThreadPoolExecutor(4) as pool:
        counted = list(pool.map(voice, ["a", "b", "a", "c", "b", "a"]))

    assert sum(counted) == 3 and row(engine, number).supporters == 3


@pytest.mark.parametrize(
    ("into", "said"),
    [
        ("2026-9999", "没有编号"),
        ("2026-0001", "合并到它自己"),
        ("2026-0003", "请写 2026-0002"),
        ("2026-0004", "已经结束"),
    ],
)
def test_a_case_is_merged_into_one_that_stays(engine: Engine, home: Home, into: str, said: str) -> None:
    _, second, third, fourth = (received(engine, words) for words in ("一号事", "二号事", "三号事", "四号事"))
    taken(engine, home, third, Action.MERGE, number=second)
    taken(engine, home, fourth, Action.REJECT, words="广告", reason="spam")

    with pytest.raises(WrongMove, match=said) as refused:
        taken(engine, home, "2026-0001", Action.MERGE, number=into)

    assert set(refused.value.problems) == {"number"} and row(engine, "2026-0001").state is State.RECEIVED


# What is no step


def test_a_deadline_is_extended_once_with_a_reason_that_the_resident_reads(
    engine: Engine, number: str
) -> None:
    def extend(until: date, words: str) -> None:
        with db.session(engine) as rows:
            report = rows.scalars(select(Report)).one()
            casebook.extend(rows, report, until, words, HANDLER, NOON, CONFIG.holidays)

    with pytest.raises(casebook.Wordless):
        extend(date(2026, 12, 9), " ")
    extend(date(2026, 12, 9), "等配件")
    with pytest.raises(NoExtension):
        extend(date(2026, 12, 10), "还在等")

    kept = row(engine, number)
    assert (kept.due_first, kept.due, kept.extended) == (date(2026, 12, 2), date(2026, 12, 9), True)
    assert events(engine, number, public=True)[-1] == ("extend", "handler", "等配件")
    assert trails(engine) == [("小李", "case.extend", "2026-12-02", "2026-12-09")]


def test_a_case_is_given_to_somebody_and_the_resident_reads_no_name(engine: Engine, number: str) -> None:
    with db.session(engine) as rows:
        casebook.assign(rows, rows.scalars(select(Report)).one(), "小李", ADMINISTRATOR, NOON)

    assert row(engine, number).assigned_to == "小李"
    assert [one[0] for one in events(engine, number, public=True)] == ["receive"]
    assert trails(engine) == [("王主任", "case.assign", "", "小李")]


@pytest.mark.parametrize(("stars", "kept"), [(5, 5), (0, 1), (9, 5)])
def test_an_answer_is_rated_from_one_to_five(engine: Engine, number: str, stars: int, kept: int) -> None:
    with db.session(engine) as rows:
        casebook.rate(rows, rows.scalars(select(Report)).one(), stars, "快", NOON)

    assert row(engine, number).rating == kept


@pytest.mark.parametrize(
    ("written", "by"),
    [
        ("handler", By.HANDLER),
        ("editor,handler", By.HANDLER),
        ("handler,reviewer", By.REVIEWER),
        ("", By.SUPERVISOR),
    ],
)
def test_who_has_several_roles_acts_by_the_one_that_may_do_most(written: str, by: By) -> None:
    assert casebook.staff("小李", roles.read(written)) == Actor(by, "小李")
