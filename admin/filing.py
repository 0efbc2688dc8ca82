"""New reports and the first lines of their histories, written without SQLAlchemy's unit of work.

That finds out what has changed and in which order it must be written, which costs more than all the rest of
taking in a report; and of rows that were made a moment ago both are known.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session, make_transient_to_detached

from admin.case_records import Event
from admin.records import Report

REPORT, EVENT = (Report.metadata.tables[one.__tablename__] for one in (Report, Event))
_INTO_REPORT, _INTO_EVENT = insert(REPORT), insert(EVENT)
_OF_TOKENS = select(REPORT.c.token_hash, REPORT.c.id).where(
    REPORT.c.token_hash.in_(bindparam("tokens", expanding=True))
)
_BLANK = {
    column.key: getattr(column.default, "arg", None) for column in REPORT.columns if not column.primary_key
}


def reports(rows: Session, said: Sequence[Mapping[str, Any]]) -> list[Report]:
    """Write a report for each, with what is said of it, and with what else its columns hold by default.

    They are given as if they had been read: without an answer, and belonging to no session.
    """
    written = [{**_BLANK, **one} for one in said]
    rows.connection().execute(_INTO_REPORT, written)  # to have it tell the ids takes twice as long
    known = ids(rows, [one["token_hash"] for one in written])
    return [_as_read({**row, "id": known[row["token_hash"]]}) for row in written]


def ids(rows: Session, token_hashes: Sequence[str]) -> dict[str, int]:
    """Of those that are kept, the id of their report."""
    found = rows.connection().execute(_OF_TOKENS, {"tokens": token_hashes})
    return {one.token_hash: one.id for one in found}


def _as_read(row: Mapping[str, Any]) -> Report:
    made = Report()
    vars(made).update(row, answer=None)  # as a row is read, so nobody is told of thirty changes
    make_transient_to_detached(made)
    return made


def events(rows: Session, said: Sequence[Mapping[str, Any]]) -> None:
    """Write lines of histories; of each all but its `id` is to be said."""
    rows.connection().execute(_INTO_EVENT, said)
