"""The promise of a case: the day of its answer, when it grows urgent, and one extension. Pure.

The days are frozen when the report comes in: a setting that is changed later changes no promise. The clock
does not stop while we wait for somebody else (a statistic that stops its own clock flatters); how long the
case waited for others is told beside it, by `spent`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from kiosk.errors import LinliError, Words
from kiosk.model import workdays
from kiosk.model.cases import OPEN, State
from kiosk.model.workdays import UNKNOWN, Holidays

MOST_MORE = 10
"""Working days by which an extension may go beyond the first promise."""
_SHARE = 5
_OTHERS = frozenset({State.NEED_INFO, State.WAITING})


class Light(StrEnum):
    """How urgent a case is."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Deadline:
    """`first` is the day promised at intake, `due` the one that holds now, `amber` the first urgent day.

    `days` are the working days that the topic promises; all four are kept in the row. The answer may come
    on the day `due` itself.
    """

    first: date
    due: date
    amber: date
    days: int
    extended: bool = False

    def light(self, today: date) -> Light:
        """Red from the day after `due`; amber when at most one working day or a fifth of them is left."""
        if today > self.due:
            return Light.RED
        return Light.AMBER if today >= self.amber else Light.GREEN


class NoExtension(LinliError):
    """A deadline that cannot be moved like this."""


@lru_cache(maxsize=64)
def promised(received: date, days: int, holidays: Holidays = UNKNOWN) -> Deadline:
    """The promise of a report that came in on that day, `days` working days ahead."""
    due = workdays.after(received, days, holidays)
    return Deadline(due, due, _amber(received, due, days, holidays), days)


def extended(deadline: Deadline, until: date, today: date, holidays: Holidays = UNKNOWN) -> Deadline:
    """The deadline, moved once to the day `until`. Raises `NoExtension`, which says what is possible.

    `until` is a working day after the present one, within `MOST_MORE` working days of the first promise.
    """
    last = workdays.after(deadline.first, MOST_MORE, holidays)
    if deadline.extended:
        raise NoExtension(Words("已经延期过一次，不能再延。", "It was extended once, and once is all."))
    if not deadline.due < until <= last or until <= today or not holidays.works(until):
        raise NoExtension(
            Words(
                f"请选 {deadline.due} 以后、{last} 以前（含当天）的一个工作日，而且在今天以后。",
                f"Choose a working day after {deadline.due} and today, {last} at the latest.",
            )
        )
    return replace(deadline, due=until, amber=_amber(today, until, deadline.days, holidays), extended=True)


def renewed(deadline: Deadline, today: date, holidays: Holidays = UNKNOWN) -> Deadline:
    """The deadline of a case that is re-opened today: as many days again; the first promise stays known."""
    return replace(promised(today, deadline.days, holidays), first=deadline.first)


def left(today: date, due: date, holidays: Holidays = UNKNOWN) -> int:
    """Working days from today to the day it is due, that one included; below 0 since when it is late."""
    if today > due:
        return -left(due, today, holidays)
    return sum(holidays.works(today + timedelta(days=n + 1)) for n in range((due - today).days))


@dataclass(frozen=True, slots=True)
class Spent:
    """How long a case was open in all, and how long of that we waited for others (待补充, 等待中)."""

    total: timedelta
    for_others: timedelta


def spent(history: Iterable[tuple[datetime, State]], at: datetime) -> Spent:
    """The time spent on a case whose states began at these moments, the earliest first."""
    steps = [*history, (at, None)]
    total = for_others = timedelta(0)
    for (begun, state), (ended, _) in pairwise(steps):
        if state in OPEN:
            total += ended - begun
        if state in _OTHERS:
            for_others += ended - begun
    return Spent(total, for_others)


def _amber(today: date, due: date, days: int, holidays: Holidays) -> date:
    """The first day on which no more than one working day, or a fifth of `days`, is left."""
    urgent, day = max(1, days // _SHARE), due
    while day > today and left(day - timedelta(days=1), due, holidays) <= urgent:
        day -= timedelta(days=1)
    return day
