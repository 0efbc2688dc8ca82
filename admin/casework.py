"""The one function that takes a case from one state to the next, for every page, door and daily job."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from admin import answer_file, casebook, deeds, trail
from admin.casebook import RESIDENT, Actor
from admin.records import Report
from kiosk.errors import Words
from kiosk.files import Home
from kiosk.model import cases, deadlines
from kiosk.model.cases import ENDED, Action, By, Given, State, WrongMove
from kiosk.settings import Config

_NOTHING = Given()


def take(
    rows: Session,
    home: Home,
    config: Config,
    report: Report,
    action: Action,
    actor: Actor,
    at: datetime,
    given: Given = _NOTHING,
) -> bool:
    """Take one step: state, columns, history, trail; a re-opened case takes its answer off screen and board.

    False if the case is there already: a button pressed twice is no mistake. Of `given` only what somebody
    typed is read (words, until, whom, phone, number, reason); days and counts are taken from the row.
    Raises `WrongMove`, and then nothing has changed. To answer a case use `publish.keep`, which calls this.
    """
    _hold(rows, report)
    before = report.state
    if action not in cases.possible(before, actor.by) and before is cases.leads(action):
        return False
    after = cases.step(before, action, actor.by, facts(config, report, action, given, at))
    stays = _survivor(rows, report, given.number) if action is Action.MERGE else None
    left = report.merged_into
    _clear(report)
    report.state, report.since, report.changed = after, at, at
    report.ended = at if after in ENDED else None
    closed = cases.closed_by(action, actor.by)
    report.closed_by = closed.value if closed else ""
    _EFFECTS.get(action, _none)(report, given)
    casebook.write(
        rows, report, actor, action.value, at, given.words, target=_target(given), before=before, after=after
    )
    if actor.by is not By.RESIDENT:
        trail.note(rows, at, actor.account, "case.move", report.public_number, before.value, after.value)
    if action is Action.REOPEN:
        _begin_again(rows, home, config, report, actor, at, left)
    if stays:
        _merge(rows, report, stays)
    rows.flush()
    return True


def facts(config: Config, report: Report, action: Action, given: Given, at: datetime) -> Given:
    """What was typed, and what the row and the clock add to it."""
    zone = config.settings.zone
    return replace(
        given,
        until=report.waiting_until if action is Action.WAKE else given.until,
        today=at.astimezone(zone).date(),
        days=(at - report.since).days,
        reopenings=report.reopened,
    )


def may_reopen(config: Config, report: Report, at: datetime) -> bool:
    """May the holder of the receipt re-open the case now? For the button on their page."""
    try:
        cases.step(
            report.state, Action.REOPEN, By.RESIDENT, facts(config, report, Action.REOPEN, _NOTHING, at)
        )
    except WrongMove:
        return False
    return True


def _hold(rows: Session, report: Report) -> None:
    """Nobody else moves this case until we have committed, and we see where it stands now.

    `key_share`: whoever adds a row that hangs on the case is not waited for, or two of them would deadlock.
    """
    rows.flush()
    rows.execute(select(Report.id).where(Report.id == report.id).with_for_update(key_share=True))
    rows.refresh(report, ["state", "since", "reopened", "merged_into", "waiting_until"])


def _clear(report: Report) -> None:
    """What belonged to the state that the case leaves."""
    report.waiting_until = None
    report.redirected_to = report.redirected_phone = report.reason = report.merged_into = ""


def _none(_report: Report, _given: Given) -> None:
    """Most steps have no columns of their own."""


def _wait(report: Report, given: Given) -> None:
    report.waiting_until = given.until


def _redirect(report: Report, given: Given) -> None:
    report.redirected_to, report.redirected_phone = given.whom, given.phone[:64]


def _reject(report: Report, given: Given) -> None:
    report.reason = given.reason


_EFFECTS: Mapping[Action, Callable[[Report, Given], None]] = {
    Action.WAIT: _wait,
    Action.REDIRECT: _redirect,
    Action.REJECT: _reject,
}


def _target(given: Given) -> str:
    """What the step was about, in one line of the history."""
    about = (
        given.until.isoformat() if given.until else "",
        given.whom,
        given.phone,
        given.number,
        given.reason,
    )
    return " ".join(one for one in about if one)


def _begin_again(
    rows: Session, home: Home, config: Config, report: Report, actor: Actor, at: datetime, left: str
) -> None:
    """A new promise, the answer off the wall, and no longer a part of the case it was merged into."""
    report.reopened += actor == RESIDENT
    made = casebook.deadline(report)
    if made:
        today = at.astimezone(config.settings.zone).date()
        casebook.promise(report, deadlines.renewed(made, today, config.holidays))
    if report.answer and not report.answer.withdrawn:
        answer_file.take_off(rows, home, config, report, actor.account or deeds.RESIDENT, at)
    if left and (other := rows.scalar(select(Report).where(Report.public_number == left))):
        casebook.count_supporters(rows, other)


def _survivor(rows: Session, report: Report, number: str) -> Report:
    """The case that stays. Raises `WrongMove`, at the field `number`."""
    found = rows.scalar(select(Report).where(Report.public_number == number.strip()))
    if found is None:
        raise _wrong_number(Words(f"没有编号为 {number} 的事项。", f"There is no case {number}."))
    if found is report:
        raise _wrong_number(Words("不能合并到它自己。", "A case cannot be merged into itself."))
    if found.state is State.MERGED:
        into = found.merged_into
        raise _wrong_number(
            Words(f"它已合并到 {into}，请写 {into}。", f"It was merged itself; write {into}.")
        )
    if found.state in ENDED:
        raise _wrong_number(
            Words(
                f"{number} 已经结束了。请先重新办理它，或单独办这一件。",
                f"{number} is over. Re-open it first, or handle this one by itself.",
            )
        )
    return found


def _wrong_number(words: Words) -> WrongMove:
    return WrongMove(words, {"number": words})


def _merge(rows: Session, report: Report, stays: Report) -> None:
    """What was merged into this case goes along, and all the voices are counted where they now belong."""
    report.merged_into = stays.public_number
    rows.flush()
    before = Report.merged_into == report.public_number
    rows.execute(update(Report).where(before).values(merged_into=stays.public_number))
    casebook.count_supporters(rows, report)
    rows.flush()
    casebook.count_supporters(rows, stays)
