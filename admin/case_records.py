"""The rows that hang on a case, and counters that know no person.

Who may be reached how is in `Contact`, sealed, and nowhere else; a photo is a file, here is only its name.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from admin.records import Record
from kiosk.model.cases import State


def _of_a_report() -> Mapped[int]:
    return mapped_column(ForeignKey("report.id", ondelete="CASCADE"), index=True)


class Event(Record):
    """One thing that happened to a case, in the order of `id`.

    `action` is an `Action` or one of `admin.casebook.NOTES`; `before` and `after` are the states, None where
    it is no step. `by` is a `By`, `account` the name of staff or "". `words` are read by the holder of the
    receipt if `public`, else by staff alone; they are "" once erased. `target` is what it was about: to whom
    it was passed on, the case it was merged into, the new day, the account it was given to.
    """

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = _of_a_report()
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(16))
    account: Mapped[str] = mapped_column(String(64), default="")
    action: Mapped[str] = mapped_column(String(24))
    before: Mapped[State | None]
    after: Mapped[State | None]
    words: Mapped[str] = mapped_column(default="")
    target: Mapped[str] = mapped_column(default="")
    public: Mapped[bool]


class Contact(Record):
    """How to reach somebody, sealed; `admin.contacts` is the only door. `consented`: since when."""

    __tablename__ = "contact"

    report_id: Mapped[int] = mapped_column(
        ForeignKey("report.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    consented: Mapped[datetime]


class Photo(Record):
    """A photo of a case: `file` and `shown` are names in `state/photos/`, "" for none or no more.

    `file` is what was sent, made upright, small and free of metadata; `shown` the copy with the `boxes`
    (JSON, a list of [left, top, right, bottom], each from 0 to 1: `kiosk.model.boxes`) covered, which alone
    may be used.
    `state` is a `PhotoState`; `why` says why it was refused. `key` makes two sendings of one photo one.
    """

    __tablename__ = "photo"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = _of_a_report()
    key: Mapped[str] = mapped_column(String(64), unique=True)
    file: Mapped[str] = mapped_column(String(64), default="")
    shown: Mapped[str] = mapped_column(String(64), default="")
    boxes: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(String(16))
    why: Mapped[str] = mapped_column(default="")
    received: Mapped[datetime]


class Support(Record):
    """Somebody says “我也遇到”. `nonce_hash` is of the form's own number: one form, one voice."""

    __tablename__ = "support"

    nonce_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    report_id: Mapped[int] = _of_a_report()
    day: Mapped[date]


class Counter(Record):
    """How often something happened on a day at a place through a slide; `bucket` is for how many seconds it
    took at most (`kiosk.model.histogram`), 0 where no time is counted.
    """

    __tablename__ = "counter"

    day: Mapped[date] = mapped_column(primary_key=True)
    place: Mapped[str] = mapped_column(String(16), primary_key=True)
    slide: Mapped[str] = mapped_column(String(200), primary_key=True)
    what: Mapped[str] = mapped_column(String(16), primary_key=True)
    bucket: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]


class NetworkDay(Record):
    """How many reports a network has sent today; the key of `key_hash` is destroyed with the day."""

    __tablename__ = "network_day"

    day: Mapped[date] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
