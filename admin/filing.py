"""New reports and the first lines of their histories, written without SQLAlchemy's unit of work.

That finds out what has changed and in which order it must be written, which costs more than all the rest of
taking in a report; and of rows that were made a moment ago both are known.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session, make_transient_to_detached

from admin.case_records import Event
from admin.records import Report

REPORT, EVENT = (Report.metadata.tables[one.__tablename__] for one in (Report, Event))
_INTO_REPORT = insert(REPORT).returning(REPORT.c.token_hash, REPORT.c.id)  # in any order they like
_INTO_EVENT = insert(EVENT)
_BLANK = {
    column.key: getattr(column.default, "arg", None) for column in REPORT.columns if not column.primary_key
}


def reports(rows: Session, said: Sequence[Mapping[str, Any]]) -> list[Report]:
    """Write a report for each, with what is said of it, and with what else its columns hold by default.

    They are given as if they had been read: without an answer, and belonging to no session.
    """
    written = [{**_BLANK, **one} for one in said]
    ids = {one.token_hash: one.id for one in rows.connection().execute(_INTO_REPORT, written)}
    return [_as_read({**row, "id": ids[row["token_hash"]]}) for row in written]


def _as_read(row: Mapping[str, Any]) -> Report:
    made = Report()
    vars(made).update(row, answer=None)  # as a row is read, so nobody is told of thirty changes
    make_transient_to_detached(made)
    return made


def events(rows: Session, said: Sequence[Mapping[str, Any]]) -> None:
    """Write lines of histories; of each all but its `id` is to be said."""
    rows.connection().execute(_INTO_EVENT, said)
