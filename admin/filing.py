"""A new report and the first line of its history, written without SQLAlchemy's unit of work.

That finds out what has changed and in which order it must be written, which costs more than all the rest of
taking in a report; and of a row that was made a moment ago both are known.
"""

from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session, make_transient_to_detached

from admin.case_records import Event
from admin.records import Report

REPORT, EVENT = (Report.metadata.tables[one.__tablename__] for one in (Report, Event))
_INTO_REPORT, _INTO_EVENT = insert(REPORT).returning(REPORT.c.id), insert(EVENT)
_BLANK = {
    column.key: getattr(column.default, "arg", None) for column in REPORT.columns if not column.primary_key
}


def report(rows: Session, **said: Any) -> Report:
    """Write a report with what is said of it, and with what else its columns hold by default.

    It is given as if it had been read: without an answer, and belonging to no session.
    """
    row = {**_BLANK, **said}
    made, row["id"] = Report(), rows.connection().execute(_INTO_REPORT, row).scalar_one()
    vars(made).update(row, answer=None)  # as a row is read, so nobody is told of thirty changes
    make_transient_to_detached(made)
    return made


def event(rows: Session, **said: Any) -> None:
    """Write one line of a history; all but its `id` is to be said."""
    rows.connection().execute(_INTO_EVENT, said)
