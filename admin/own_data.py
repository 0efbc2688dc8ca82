"""What people may do with what they gave, or have us do (PIPL Arts. 15, 47); each is in the history."""

from datetime import datetime

from sqlalchemy.orm import Session

from admin import answer_card, case_photos, casebook, contacts, retention, trail
from admin.casebook import RESIDENT, Actor
from admin.records import Report
from kiosk.errors import LinliError, Words
from kiosk.files import Home
from kiosk.model.cases import ENDED
from kiosk.settings import Config


class StillOpen(LinliError):
    """Words that somebody is still working on."""


def erase(rows: Session, home: Home, config: Config, report: Report, at: datetime) -> bool:
    """Erase contact and photos at once, also on the screen; whether there were any. The report goes on."""
    contact = contacts.erase(rows, report)
    photos = case_photos.erase(rows, home, report)
    answer_card.without_photos(home, config, report)
    if contact or photos:
        report.changed = at
        casebook.write(rows, report, RESIDENT, casebook.ERASE, at)
    return contact or photos > 0


def withdraw_consent(rows: Session, report: Report, at: datetime) -> bool:
    """No word of theirs may be published from now on; whether there was a consent."""
    if report.consent_publish is None:
        return False
    report.consent_publish, report.changed = None, at
    casebook.write(rows, report, RESIDENT, casebook.WITHDRAW, at)
    return True


def forget(rows: Session, home: Home, config: Config, report: Report, actor: Actor, at: datetime) -> None:
    """Erase all they gave, because they have asked us to. A card of ours goes on, without their photos.

    Raises `StillOpen` while somebody works on it, who could not go on without the words.
    """
    if report.state not in ENDED:
        raise StillOpen(
            Words(
                "这件事还没有结束。请先办结，或者以“本人要求撤回”为原因不予受理。",
                "This case is not over. Close it first, or reject it, as taken back by whoever reported it.",
            )
        )
    answer_card.without_photos(home, config, report)
    retention.forget(rows, home, report, at)
    report.changed = at
    casebook.write(rows, report, actor, casebook.FORGET, at)
    trail.note(rows, at, actor.account, "case.forget", report.public_number)
