"""After five wrong passwords a name has to wait, longer each time, whether it exists or not."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from admin.accounts import folded
from admin.records import Attempt
from kiosk.errors import Words

FREE = 5
LONGEST = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=24)


def opens(failures: Sequence[datetime]) -> datetime | None:
    """When the next try is allowed; None at once. 1, 2, 4, 8, then 15 minutes after the last failure."""
    if len(failures) < FREE:
        return None
    return max(failures) + min(timedelta(minutes=2 ** min(len(failures) - FREE, 10)), LONGEST)


def claim(rows: Session, name: str, at: datetime) -> timedelta | None:
    """Count a try before the password is looked at, so that many at once are not free.

    Returns how long to wait if none is allowed now; such a try is not counted.
    """
    rows.execute(delete(Attempt).where(Attempt.at < at - FORGOTTEN))
    moment = opens(list(rows.scalars(select(Attempt.at).where(Attempt.name == _key(name)))))
    if moment and moment > at:
        return moment - at
    rows.add(Attempt(name=_key(name), at=at))
    return None


def forgive(rows: Session, name: str) -> None:
    """Forget the failures of a name that has now logged in."""
    rows.execute(delete(Attempt).where(Attempt.name == _key(name)))


def words(wait: timedelta) -> Words:
    """How long to wait, in a sentence."""
    minutes = max(1, ceil(wait.total_seconds() / 60))
    return Words(
        f"试错的次数太多了，请等 {minutes} 分钟再试。",
        f"Too many wrong tries. Please wait {minutes} min, then try again.",
    )


def _key(name: str) -> str:
    return folded(name)[:64]
