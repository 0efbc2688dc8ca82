"""What the program does with cases by itself, once a day: close after silence, wake what waited."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from admin import casework, db
from admin.casebook import SYSTEM
from admin.records import Report
from kiosk.files import Home
from kiosk.model.case_needs import SILENCE_DAYS
from kiosk.model.cases import Action, State
from kiosk.settings import Config

_AT_ONCE = 100  # cases in one transaction, so that nobody at the phone waits for us


@dataclass(frozen=True, slots=True)
class Moved:
    """The public numbers of the cases that were moved."""

    closed: tuple[str, ...] = ()
    woken: tuple[str, ...] = ()


def run(engine: Engine, home: Home, config: Config, at: datetime) -> Moved:
    """Close every answered case that has been silent for 7 days, wake every one whose day has come."""
    today = at.astimezone(config.settings.zone).date()
    silent = (Report.state == State.RESOLVED, Report.since <= at - timedelta(days=SILENCE_DAYS))
    over = (Report.state == State.WAITING, Report.waiting_until <= today)
    with db.reading(engine) as rows:
        closing, waking = (tuple(rows.scalars(select(Report.id).where(*one))) for one in (silent, over))
    return Moved(
        closed=_each(engine, home, config, closing, Action.CLOSE_BY_SILENCE, at),
        woken=_each(engine, home, config, waking, Action.WAKE, at),
    )


def _each(
    engine: Engine, home: Home, config: Config, ids: tuple[int, ...], action: Action, at: datetime
) -> tuple[str, ...]:
    moved: list[str] = []
    for first in range(0, len(ids), _AT_ONCE):
        with db.session(engine) as rows:
            found = _still(rows, ids[first : first + _AT_ONCE], action)
            moved += [
                one.public_number
                for one in found
                if casework.take(rows, home, config, one, action, SYSTEM, at)
            ]
    return tuple(moved)


def _still(rows: Session, ids: tuple[int, ...], action: Action) -> list[Report]:
    """Those that nobody has moved since we looked."""
    before = {Action.CLOSE_BY_SILENCE: State.RESOLVED, Action.WAKE: State.WAITING}[action]
    wanted = select(Report).where(Report.id.in_(ids), Report.state == before)
    return list(rows.scalars(wanted.order_by(Report.id)))
