"""A row put in, or changed where it is there already: one statement, which either database knows in its own
dialect, and which needs no look before.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from admin.records import Record

Key = tuple[Any, ...]
"""The primary key of a row: its values in the order of the columns."""
K = TypeVar("K", bound=Key)


def insert(rows: Session, record: type[Record]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT into the table of those records that can be told what to do `on_conflict`."""
    return _insert(rows.get_bind().dialect.name, record)


def more(rows: Session, record: type[Record], column: str, times: Mapping[K, int]) -> dict[Key, int]:
    """Add to the numbers that the rows of these keys have in that column; what they are then. A row that is
    not there begins at nothing. Whoever adds to the same row at the same time waits: no number comes twice.
    """
    if not times:
        return {}
    names = [key.name for key in record.metadata.tables[record.__tablename__].primary_key]
    said = [
        {**dict(zip(names, key, strict=True)), column: number}
        for key, number in sorted(times.items())  # in one order, or two would wait for each other
    ]
    found = rows.connection().execute(_more(rows.get_bind().dialect.name, record, column), said)
    return {tuple(key): number for *key, number in found}


def in_turn(rows: Session, record: type[Record], column: str, keys: Sequence[K]) -> list[int]:
    """One more for each of these, as if they came in turn: the number that each has made of its row's."""
    times = Counter[Key](keys)
    last = {key: number - times[key] for key, number in more(rows, record, column, times).items()}
    numbers = []
    for key in keys:
        last[key] += 1
        numbers.append(last[key])
    return numbers


@lru_cache(maxsize=16)
def _more(dialect: str, record: type[Record], column: str) -> Executable:
    """Made once: to put a statement together takes as long as to execute it."""
    table = record.metadata.tables[record.__tablename__]
    first = _insert(dialect, record)
    summed = {column: table.c[column] + first.excluded[column]}
    keys = list(table.primary_key)
    return first.on_conflict_do_update(index_elements=keys, set_=summed).returning(*keys, table.c[column])


def _insert(dialect: str, record: type[Record]) -> sqlite.Insert | postgresql.Insert:
    table = record.metadata.tables[record.__tablename__]
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
