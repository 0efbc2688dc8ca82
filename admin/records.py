"""The rows: what residents said, what was answered, who works here and what they did.

Moments are aware and in UTC. Who sent a report is nowhere here: no name, no address of a phone. What hangs on
a case (its history, contact, photos, supporters) and the counters are in `admin.case_records`.
"""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Date, DateTime, Dialect, Enum, ForeignKey, Index, MetaData, String, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

from admin.roles import Roles, read
from kiosk.model.cases import State


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC; SQLite itself would forget the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Towards the database. Raises `ValueError` for a moment without a zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Record(DeclarativeBase):
    """The root of all records; every constraint gets a name, so that a migration can change it."""

    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ix": "ix_%(table_name)s_%(column_0_name)s",
        }
    )
    type_annotation_map: dict[Any, Any] = {  # noqa: RUF012 - SQLAlchemy reads it as it stands
        datetime: Moment,
        date: Date,
        str: Text,
        State: Enum(
            State, native_enum=False, length=16, values_callable=lambda states: [s.value for s in states]
        ),
    }


class Account(Record):
    """Somebody who logs in. `password` is werkzeug's salted scrypt hash, `role` one role or several.

    `first_password`: somebody else has given it, and it has to be changed. `off`: since when nobody gets in.
    `totp` is the salt of the second step, "" without one; `totp_step` the last step of 30 seconds that was
    used; `recovery` the hashes of the codes that are left, one a line.
    """

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    password: Mapped[str]
    role: Mapped[str] = mapped_column(String(64))
    created: Mapped[datetime]
    first_password: Mapped[bool] = mapped_column(default=False)
    off: Mapped[datetime | None]
    totp: Mapped[str] = mapped_column(String(64), default="")
    totp_step: Mapped[int] = mapped_column(default=0)
    recovery: Mapped[str] = mapped_column(default="")

    @property
    def roles(self) -> Roles:
        """What they may do."""
        return read(self.role)


class Login(Record):
    """One browser that is logged in; the cookie holds the token, we only its hash."""

    __tablename__ = "login"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    csrf: Mapped[str] = mapped_column(String(64))
    created: Mapped[datetime]
    seen: Mapped[datetime]
    device: Mapped[str] = mapped_column(String(64), default="")

    account: Mapped[Account] = relationship(lazy="joined", innerjoin=True)


class Attempt(Record):
    """A log-in that failed; `name` is what was typed, of an account or not."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(index=True)


class Trail(Record):
    """Who did what to what. `account` is a name, so the line outlives the account."""

    __tablename__ = "trail"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    account: Mapped[str] = mapped_column(String(64))
    action: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(default="")
    before: Mapped[str] = mapped_column(default="")
    after: Mapped[str] = mapped_column(default="")


class Numbering(Record):
    """The last public number given in a year."""

    __tablename__ = "numbering"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last: Mapped[int]


_UNENDED = text("ended IS NULL")


class Report(Record):
    """What a resident tells us, and how its case stands.

    `place` is "" for elsewhere, `slide` "" when no slide led here, `handler` who is to mend it as the topic
    said at intake, `assigned_to` the account that has it, "" for none. `words` is "" once `erased` is set.
    The deadline is frozen at intake, None for reports from before there was one: `due_first` is the first
    promise, `due` the one that holds, `amber` the first urgent day, `days` the working days promised.
    `since` is when it came into its state, `changed` the last change of any kind, `ended` when the days of
    keeping began to count. `closed_by` is a `ClosedBy`, `reason` a `Reason`, `merged_into` a public number,
    each "" where it does not apply. `reopened` counts re-openings by the receipt. `origin` is an `Origin`,
    `presence` a `Presence`, `flags` a set of words, sorted, with commas; they are for staff alone.
    """

    __tablename__ = "report"
    __table_args__ = (
        *(
            Index(f"ix_report_{name}_received", name, "received")
            for name in ("state", "topic", "place", "origin", "assigned_to")
        ),
        *(
            Index(f"ix_report_unended_{name}", name, sqlite_where=_UNENDED, postgresql_where=_UNENDED)
            for name in ("received", "due")
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_number: Mapped[str] = mapped_column(String(16), unique=True)
    receipt_hash: Mapped[str] = mapped_column(String(64), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    topic: Mapped[str] = mapped_column(String(32))
    place: Mapped[str] = mapped_column(String(16))
    slide: Mapped[str]
    words: Mapped[str]
    language: Mapped[str] = mapped_column(String(8))
    received: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[State] = mapped_column(index=True)
    changed: Mapped[datetime]
    since: Mapped[datetime]
    ended: Mapped[datetime | None] = mapped_column(index=True)
    erased: Mapped[datetime | None]
    origin: Mapped[str] = mapped_column(String(16), default="web")
    presence: Mapped[str] = mapped_column(String(8), default="none")
    flags: Mapped[str] = mapped_column(default="")
    handler: Mapped[str] = mapped_column(default="")
    assigned_to: Mapped[str] = mapped_column(String(64), default="", index=True)
    due: Mapped[date | None] = mapped_column(index=True)
    due_first: Mapped[date | None]
    amber: Mapped[date | None]
    days: Mapped[int] = mapped_column(default=0)
    extended: Mapped[bool] = mapped_column(default=False)
    waiting_until: Mapped[date | None]
    redirected_to: Mapped[str] = mapped_column(default="")
    redirected_phone: Mapped[str] = mapped_column(String(64), default="")
    reason: Mapped[str] = mapped_column(String(16), default="")
    merged_into: Mapped[str] = mapped_column(String(16), default="", index=True)
    closed_by: Mapped[str] = mapped_column(String(16), default="")
    reopened: Mapped[int] = mapped_column(default=0)
    supporters: Mapped[int] = mapped_column(default=0)
    rating: Mapped[int | None]
    notice_version: Mapped[str] = mapped_column(String(16), default="")
    consent_publish: Mapped[datetime | None]

    answer: Mapped["Answer | None"] = relationship(back_populates="report", lazy="joined")


class Answer(Record):
    """What we tell back. `slide` is its file name under `content/` while it is published, else "".

    `places` are the screens that show it, with commas, "" all; `before_photo` and `after_photo` ids of photos
    of the case that go with it, 0 for none.
    """

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    report_id: Mapped[int] = mapped_column(ForeignKey("report.id", ondelete="CASCADE"), unique=True)
    summary: Mapped[str]
    words: Mapped[str]
    author: Mapped[str] = mapped_column(String(64))
    written: Mapped[datetime]
    slide: Mapped[str] = mapped_column(default="")
    published: Mapped[datetime | None]
    withdrawn: Mapped[datetime | None]
    places: Mapped[str] = mapped_column(default="")
    before_photo: Mapped[int] = mapped_column(default=0)
    after_photo: Mapped[int] = mapped_column(default=0)

    report: Mapped[Report] = relationship(back_populates="answer", lazy="joined", innerjoin=True)

    @property
    def shown_at(self) -> tuple[str, ...]:
        """The places whose screens show it; none means all."""
        return tuple(one for one in self.places.split(",") if one)
