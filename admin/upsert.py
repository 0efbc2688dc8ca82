"""A row put in, or changed where it is there already: one statement, which either database knows in its own
dialect, and which needs no look before.
"""

from functools import lru_cache

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from admin.records import Record


def insert(rows: Session, record: type[Record]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT into the table of those records that can be told what to do `on_conflict`."""
    return _insert(rows.get_bind().dialect.name, record)


def more(rows: Session, record: type[Record], column: str, times: int, **keys: object) -> int:
    """Add to the number that the row of these keys has in that column; what it is then. A row that is not
    there begins at nothing. Whoever adds to the same row at the same time waits, so no number comes twice.
    """
    counted = _more(rows.get_bind().dialect.name, record, column)
    return int(rows.connection().execute(counted, {column: times, **keys}).scalar_one())


@lru_cache(maxsize=16)
def _more(dialect: str, record: type[Record], column: str) -> Executable:
    """Made once: to put a statement together takes as long as to execute it."""
    table = record.metadata.tables[record.__tablename__]
    first = _insert(dialect, record)
    summed = {column: table.c[column] + first.excluded[column]}
    keys = [key.name for key in table.primary_key]
    return first.on_conflict_do_update(index_elements=keys, set_=summed).returning(table.c[column])


def _insert(dialect: str, record: type[Record]) -> sqlite.Insert | postgresql.Insert:
    table = record.metadata.tables[record.__tablename__]
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
