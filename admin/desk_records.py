"""Rows of the staff's own desk: searches that somebody keeps, and when somebody last looked."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from admin.records import Record

INBOX = "inbox"


class SavedView(Record):
    """A search in the inbox that an account keeps; `query` is as it stands in an address."""

    __tablename__ = "saved_view"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(32))
    query: Mapped[str]


class LastLook(Record):
    """When anybody last opened something, by its name."""

    __tablename__ = "last_look"

    what: Mapped[str] = mapped_column(String(16), primary_key=True)
    at: Mapped[datetime]
