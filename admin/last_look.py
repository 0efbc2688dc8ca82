"""When anybody last opened the inbox: if nobody does, residents write into the air."""

from datetime import datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from admin import db, upsert
from admin.desk_records import INBOX, LastLook

_OFTEN_ENOUGH = timedelta(minutes=10)


def sign(engine: Engine, at: datetime) -> None:
    """Somebody has opened it; written down now and then, for a page that is read need not write."""
    with db.reading(engine) as rows:
        before = last(rows)
    if before is not None and timedelta(0) <= at - before < _OFTEN_ENOUGH:
        return
    with db.session(engine) as rows:
        written = upsert.insert(rows, LastLook).values(what=INBOX, at=at)
        rows.execute(written.on_conflict_do_update(index_elements=["what"], set_={"at": at}))


def last(rows: Session) -> datetime | None:
    """When that was, None for never."""
    return rows.scalar(select(LastLook.at).where(LastLook.what == INBOX))
