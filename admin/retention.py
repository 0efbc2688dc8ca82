"""Erasing what is due: contact, photos and words of a case that has ended, each in the time that its own
notice has told the resident (`kiosk.model.notice`): what a later one says holds for later reports.

Counts and a tombstone stay: number, topic, place, days, states, and our answer as everybody could read it.
What is erased is overwritten: SQLite with `secure_delete`, and its log is emptied afterwards.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from operator import attrgetter
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, case, func, literal, or_, select, update
from sqlalchemy.orm import Session

from admin import answer_photo, case_photos, contacts, db, network, trail
from admin.case_records import Contact, Event, NetworkDay, Photo
from admin.casebook import SYSTEM
from admin.records import Moment, Report
from kiosk.files import Home
from kiosk.model import notice
from kiosk.model.cases import ENDED
from kiosk.model.keeping import Limits
from kiosk.model.masking import mask
from kiosk.model.origins import PhotoState

_AT_ONCE = 100  # cases in one transaction, so that nobody at the phone waits for us
_NOT_ERASED = or_(Report.erased.is_(None), Report.erased < Report.ended)  # it was opened again since
_STRAY = timedelta(days=1)  # a photo without a row may be on its way in
_Limit = Callable[[Limits], datetime]
_CONTACTS, _PHOTOS, _WORDS = attrgetter("contacts"), attrgetter("photos"), attrgetter("words")


@dataclass(frozen=True, slots=True)
class Due:
    """What is due: public numbers of cases, and names of files that belong to no row. `networks` are rows."""

    contacts: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    strays: tuple[str, ...] = ()
    networks: int = 0

    @property
    def counts(self) -> str:
        """Contacts, photos, words: as the trail keeps it."""
        return f"{len(self.contacts)} {len(self.photos)} {len(self.words)}"


def due(engine: Engine, home: Home, at: datetime) -> Due:
    """What would be erased at that moment (in the community's zone): the dry run."""
    with db.reading(engine) as rows:
        return Due(
            contacts=_numbers(rows, at, _CONTACTS, Report.id.in_(select(Contact.report_id))),
            photos=_numbers(rows, at, _PHOTOS, Report.id.in_(_with_photos())),
            words=_numbers(rows, at, _WORDS, _NOT_ERASED),
            strays=tuple(path.name for path in _strays(rows, home, at)),
            networks=rows.scalar(select(func.count()).where(_gone_by(at.date()))) or 0,
        )


def erase(engine: Engine, home: Home, at: datetime) -> Due:
    """Erase what is due, and say what it was. Stopped at any moment, the next run goes on."""
    found = due(engine, home, at)
    _each(engine, found.contacts, contacts.erase)
    _each(engine, found.photos, lambda rows, report: _erase_photos(rows, home, report))
    _each(engine, found.words, lambda rows, report: forget(rows, home, report, at))
    for name in found.strays:
        (home.photos / name).unlink(missing_ok=True)
    with db.session(engine) as rows:
        network.forget(rows, home, at.date())
        if found.contacts or found.photos or found.words:
            trail.note(rows, at, SYSTEM.account, "retain", found.counts)
    db.overwrite(engine)
    return found


def _numbers(rows: Session, at: datetime, limit: _Limit, which: ColumnElement[bool]) -> tuple[str, ...]:
    wanted = select(Report.public_number).where(Report.state.in_(ENDED), _over(at, limit), which)
    return tuple(rows.scalars(wanted.order_by(Report.id)))


def _over(at: datetime, limit: _Limit) -> ColumnElement[bool]:
    """The time is over that a case's notice has told; where none is known, the time that is told now."""
    told = {one.version: literal(limit(one.keeping.limits(at)), Moment) for one in notice.VERSIONS}
    return Report.ended <= case(told, value=Report.notice_version, else_=told[notice.current().version])


def _with_photos() -> Select[Any]:
    return select(Photo.report_id).where(Photo.state != PhotoState.ERASED.value)


def _gone_by(today: date) -> ColumnElement[bool]:
    return NetworkDay.day < today


def _each(engine: Engine, numbers: tuple[str, ...], erase: Callable[[Session, Report], object]) -> None:
    for first in range(0, len(numbers), _AT_ONCE):
        with db.session(engine) as rows:
            for report in _reports(rows, numbers[first : first + _AT_ONCE]):
                erase(rows, report)


def _reports(rows: Session, numbers: tuple[str, ...]) -> list[Report]:
    """Those of the cases that are over still: one may have been re-opened just now."""
    wanted = select(Report).where(Report.public_number.in_(numbers), Report.state.in_(ENDED))
    return list(rows.scalars(wanted.order_by(Report.id)))


def _erase_photos(rows: Session, home: Home, report: Report) -> None:
    """The photos, and what was made of them for the screen, whose days are over long since."""
    case_photos.erase(rows, home, report)
    answer_photo.forget(home, report)


def forget(rows: Session, home: Home, report: Report, at: datetime) -> None:
    """What people wrote, the resident's words and ours about them, and all else that is theirs; our answer
    stays as it was published. Whoever does this has the bytes overwritten afterwards (`db.overwrite`).
    """
    contacts.erase(rows, report)
    _erase_photos(rows, home, report)
    report.words, report.erased, report.flags = "", at, ""
    if report.answer:
        report.answer.summary, report.answer.words = mask(report.answer.summary), mask(report.answer.words)
    rows.execute(update(Event).where(Event.report_id == report.id).values(words=""))


def _strays(rows: Session, home: Home, at: datetime) -> list[Path]:
    """Files of photos that no row knows, left behind by a crash."""
    known = set(rows.scalars(select(Photo.file))) | set(rows.scalars(select(Photo.shown)))
    folder = sorted(home.photos.iterdir()) if home.photos.is_dir() else []
    oldest = (at - _STRAY).timestamp()
    return [path for path in folder if path.name not in known and path.stat().st_mtime < oldest]
