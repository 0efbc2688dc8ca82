"""How long what people told us is kept after their case has ended. Pure.

PIPL Art. 19: no longer than the purpose needs. A receipt re-opens its case for 30 days, so a contact is of
use for as long; a photo for half a year of questions; words until the yearly summary is written. What stays
after that, numbers, days, states and our own masked answer, points at nobody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """What belongs to a case that ended at or before these moments is due to be erased."""

    contacts: datetime
    photos: datetime
    words: datetime


@dataclass(frozen=True, slots=True)
class Keeping:
    """For how long contact, photos and words are kept, each counted from the end of the case."""

    contact_days: int
    photo_days: int
    words_months: int

    def limits(self, at: datetime) -> Limits:
        """The limits of that moment."""
        return Limits(
            contacts=at - timedelta(days=self.contact_days),
            photos=at - timedelta(days=self.photo_days),
            words=_months_before(at, self.words_months),
        )


def _months_before(at: datetime, months: int) -> datetime:
    """The same day so many months ago, or the last of that month."""
    years, month = divmod(at.year * 12 + at.month - 1 - months, 12)
    for day in range(at.day, at.day - 4, -1):
        try:
            return at.replace(year=years, month=month + 1, day=day)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
