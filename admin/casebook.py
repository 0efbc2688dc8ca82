"""The history of a case, and what is written into it that is no step: notes, new days, voices.

`admin.casework.take` writes the steps. Whoever shows a history reads it with `history`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from admin import deeds, filing, trail, upsert
from admin.case_records import Event, Support
from admin.records import Report
from admin.roles import Role, Roles
from admin.secrets import Secrets
from kiosk.errors import LinliError, Words
from kiosk.model import deadlines
from kiosk.model.cases import By, State
from kiosk.model.deadlines import Deadline
from kiosk.model.workdays import Holidays

RECEIVE, NOTE, ASSIGN, EXTEND, RATE = "receive", "note", "assign", "extend", "rate"
ERASE, WITHDRAW, FORGET = "erase", "withdraw", "forget"
NOTES: Mapping[str, Words] = {
    RECEIVE: Words("收到", "Received"),
    NOTE: Words("内部备注", "Internal note"),
    ASSIGN: Words("指派", "Assigned"),
    EXTEND: Words("延期", "Extended"),
    RATE: Words("评价", "Rated"),
    ERASE: Words("本人删除了联系方式和照片", "Erased contact and photos"),
    WITHDRAW: Words("本人撤回了公开原话的同意", "Withdrew the consent to publish"),
    FORGET: Words("按本人要求删除了原话、照片和联系方式", "Erased words, photos and contact, as they asked"),
}
"""What an event can be that is no `Action`, and how people read it."""
BEST = 5
_MOST_FIRST = (Role.ADMINISTRATOR, Role.REVIEWER, Role.HANDLER, Role.EDITOR, Role.SUPERVISOR)


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `account` is the name of the one who is logged in, "" for residents and the program."""

    by: By
    account: str = ""


RESIDENT, SYSTEM = Actor(By.RESIDENT), Actor(By.SYSTEM, deeds.PROGRAM)


class Wordless(LinliError):
    """Something that needs words, and has none."""


def staff(account: str, roles: Roles) -> Actor:
    """Somebody who is logged in, by the role of theirs that may do most."""
    role = next((one for one in _MOST_FIRST if one in roles), Role.SUPERVISOR)
    return Actor(By(role.value), account)


def enter(rows: Session, arrived: Sequence[tuple[Report, Actor]]) -> None:
    """The first line of the history of each, with who brought it in."""
    lines = [
        {
            "report_id": report.id,
            "at": report.received,
            "by": actor.by.value,
            "account": actor.account,
            "action": RECEIVE,
            "before": None,
            "after": State.RECEIVED,
            "words": "",
            "target": "",
            "public": True,
        }
        for report, actor in arrived
    ]
    filing.events(rows, lines)


def write(
    rows: Session,
    report: Report,
    actor: Actor,
    action: str,
    at: datetime,
    words: str = "",
    *,
    target: str = "",
    public: bool = True,
    before: State | None = None,
    after: State | None = None,
) -> Event:
    """One more line of a history."""
    event = Event(
        report_id=report.id,
        at=at,
        by=actor.by.value,
        account=actor.account,
        action=action,
        before=before,
        after=after,
        words=words,
        target=target,
        public=public,
    )
    rows.add(event)
    return event


def history(rows: Session, report: Report, *, public: bool) -> Sequence[Event]:
    """What happened to a case, the first thing first; with `public` only what the receipt's holder reads."""
    wanted = select(Event).where(Event.report_id == report.id).order_by(Event.id)
    return rows.scalars(wanted.where(Event.public) if public else wanted).all()


def states(events: Sequence[Event]) -> list[tuple[datetime, State]]:
    """When which state began, for `deadlines.spent`; nothing of a case from before there were histories."""
    return [(one.at, one.after) for one in events if one.after is not None]


def note(rows: Session, report: Report, words: str, actor: Actor, at: datetime) -> None:
    """A note among staff, which no resident ever reads. Raises `Wordless`."""
    if not words.strip():
        raise Wordless(Words("备注还没有写。", "The note is empty."))
    write(rows, report, actor, NOTE, at, words, public=False)
    trail.note(rows, at, actor.account, "case.note", report.public_number)


def assign(rows: Session, report: Report, account: str, actor: Actor, at: datetime) -> None:
    """Give the case to the account of that name, "" to nobody. The resident reads `handler`, not the name."""
    before, report.assigned_to, report.changed = report.assigned_to, account, at
    write(rows, report, actor, ASSIGN, at, target=account, public=False)
    trail.note(rows, at, actor.account, "case.assign", report.public_number, before, account)


def deadline(report: Report) -> Deadline | None:
    """The promise of a case, None for one from before there were promises."""
    if report.due is None or report.due_first is None or report.amber is None:
        return None
    return Deadline(report.due_first, report.due, report.amber, report.days, report.extended)


def promise(report: Report, made: Deadline) -> None:
    """Keep a promise in the row."""
    for column, value in promised(made).items():
        setattr(report, column, value)


def promised(made: Deadline) -> Mapping[str, date | int]:
    """A promise as it stands in the columns of a report."""
    return {
        "due_first": made.first,
        "due": made.due,
        "amber": made.amber,
        "days": made.days,
        "extended": made.extended,
    }


def extend(
    rows: Session, report: Report, until: date, words: str, actor: Actor, at: datetime, holidays: Holidays
) -> None:
    """Move the deadline, once, with a reason that the resident reads. `at` is in the community's zone.

    Raises `Wordless`, `deadlines.NoExtension`.
    """
    made = deadline(report)
    if not words.strip():
        raise Wordless(Words("请写延期的原因，居民会看到。", "Write why; the resident will read it."))
    if made is None:
        raise deadlines.NoExtension(Words("这件事没有定过期限。", "This case was never given a deadline."))
    promise(report, deadlines.extended(made, until, at.date(), holidays))
    report.changed = at
    write(rows, report, actor, EXTEND, at, words, target=until.isoformat())
    trail.note(
        rows, at, actor.account, "case.extend", report.public_number, made.due.isoformat(), until.isoformat()
    )


def rate(rows: Session, report: Report, stars: int, words: str, at: datetime) -> None:
    """What the holder of the receipt thinks of the answer, 1 to 5; a later one replaces an earlier one."""
    report.rating = min(max(1, stars), BEST)
    write(rows, report, RESIDENT, RATE, at, words, target=str(report.rating))


def support(rows: Session, secrets: Secrets, report: Report, nonce: str, day: date) -> bool:
    """One more voice for a case; False if this form has given its voice before, to this case or another."""
    voice = upsert.insert(rows, Support).on_conflict_do_nothing().returning(Support.report_id)
    said = {"nonce_hash": secrets.digest("support", nonce), "report_id": report.id, "day": day}
    if rows.scalar(voice, said) is None:
        return False
    count_supporters(rows, report)
    return True


def count_supporters(rows: Session, report: Report) -> None:
    """Count again: voices, and the cases that were merged into this one with theirs."""
    rows.execute(select(Report.id).where(Report.id == report.id).with_for_update(key_share=True))
    voices = rows.scalar(select(func.count()).where(Support.report_id == report.id)) or 0
    merged = select(func.count() + func.coalesce(func.sum(Report.supporters), 0))
    report.supporters = voices + (rows.scalar(merged.where(Report.merged_into == report.public_number)) or 0)
