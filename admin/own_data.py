"""What the holder of a receipt may do with what they gave (PIPL Arts. 15, 47); each is in the history."""

from datetime import datetime

from sqlalchemy.orm import Session

from admin import answer_card, case_photos, casebook, contacts
from admin.casebook import RESIDENT
from admin.records import Report
from kiosk.files import Home
from kiosk.settings import Config


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
