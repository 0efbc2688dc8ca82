"""From scan to sent, in counts for each day, place and slide. No row knows a person, a phone or a moment."""

import collections
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from admin import upsert
from admin.case_records import Counter
from kiosk.model import histogram


class What(StrEnum):
    """What is counted: a code scanned, a form opened, words begun, a report sent, the seconds it took."""

    SCAN = "scan"
    OPENED = "opened"
    STARTED = "started"
    SENT = "sent"
    TOOK = "took"


class Key(NamedTuple):
    """One counter. `place` and `slide` are "" where none is known; `bucket` is seconds, 0 but for `TOOK`."""

    day: date
    place: str
    slide: str
    what: What
    bucket: int = 0


_Counted = tuple[str, int, int]
"""What, in which bucket, and how often."""


@dataclass(frozen=True, slots=True)
class Funnel:
    """The counts of some days. `median_seconds` is from opened to sent, rounded up to a bound."""

    counts: Mapping[What, int] = field(default_factory=dict)
    median_seconds: int | None = None


def funnel(rows: Session, first: date, last: date) -> Funnel:
    """From the first to the last day, both included: of all places and slides."""
    wanted = select(Counter.what, Counter.bucket, func.sum(Counter.count)).where(
        Counter.day.between(first, last)
    )
    found = rows.execute(wanted.group_by(Counter.what, Counter.bucket))
    return _summed((what, bucket, times) for what, bucket, times in found)


def by_place(rows: Session, first: date, last: date) -> dict[str, Funnel]:
    """From the first to the last day, both included: of each place where something was counted."""
    return _parted(rows, first, last, Counter.place)


def by_slide(rows: Session, first: date, last: date) -> dict[str, Funnel]:
    """The same of each slide, by its file; "" is what came by no slide."""
    return _parted(rows, first, last, Counter.slide)


def _parted(rows: Session, first: date, last: date, by: InstrumentedAttribute[str]) -> dict[str, Funnel]:
    wanted = (
        select(by, Counter.what, Counter.bucket, func.sum(Counter.count))
        .where(Counter.day.between(first, last))
        .group_by(by, Counter.what, Counter.bucket)
    )
    parts: defaultdict[str, list[_Counted]] = defaultdict(list)
    for name, what, bucket, times in rows.execute(wanted):
        parts[name].append((what, bucket, times))
    return {name: _summed(part) for name, part in parts.items()}


def _summed(counted: Iterable[_Counted]) -> Funnel:
    found = [(what, bucket, int(times)) for what, bucket, times in counted]  # a sum may be a Decimal
    return Funnel(
        counts={one: sum(n for what, _, n in found if what == one) for one in What if one is not What.TOOK},
        median_seconds=histogram.median({bucket: n for what, bucket, n in found if what == What.TOOK}),
    )


def add(rows: Session, counted: Mapping[Key, int]) -> None:
    """So many more of each of these."""
    times = collections.Counter[tuple[date, str, str, str, int]]()
    for key, of_it in counted.items():
        times[key.day, key.place[:16], key.slide[:200], key.what.value, key.bucket] += of_it
    upsert.more(rows, Counter, "count", times)
