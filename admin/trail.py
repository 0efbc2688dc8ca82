"""The trail: who changed what, before and after."""

from datetime import datetime

from sqlalchemy.orm import Session

from admin.records import Trail

LONGEST = 4000


def note(
    rows: Session, at: datetime, account: str, action: str, subject: str, before: str = "", after: str = ""
) -> None:
    """Add one line to the trail; texts longer than 4000 characters are cut."""
    rows.add(
        Trail(
            at=at,
            account=account,
            action=action,
            subject=subject[:LONGEST],
            before=before[:LONGEST],
            after=after[:LONGEST],
        )
    )
