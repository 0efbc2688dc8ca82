"""Which days a rule of RFC 5545 names: every second Saturday, the 15th, once a year. Pure.

A day is asked, never the rule for its days: each answer looks at one day, or with `places` at one month
or year, so that no rule costs much, not even one that names no day at all.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, Protocol

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]

FIRST = date(1970, 1, 1)
"""Where a rule without a beginning begins. That of every week is its Monday."""

FAR_YEARS = 41
"""A rule that names no day in so many years names none: even 29 February on a Monday comes in 40."""


class Days(Protocol):
    """Some days, named by whatever rule; equal by what it says, so that it may stand in frozen values."""

    def on(self, day: date) -> bool:
        """Is this one of them?"""
        ...


@dataclass(frozen=True, slots=True)
class Weekday:
    """An ISO weekday (1 Monday … 7 Sunday).

    With `nth` only the nth of the month or year, counted from its end if negative.
    """

    iso: int
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Recurrence:
    """RFC 5545, 3.3.10, as far as it names days.

    `begin` is DTSTART, the first day that counts; only if a rule `needs_begin` it matters which it is.
    `last` is UNTIL. `places` is BYSETPOS, from 1, from the end if negative. `week` is WKST.
    """

    frequency: Frequency
    interval: int = 1
    months: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    weekdays: frozenset[Weekday] = frozenset()
    places: frozenset[int] = frozenset()
    begin: date = FIRST
    last: date | None = None
    week: int = 1

    def on(self, day: date) -> bool:
        """Does the rule name this day?"""
        if day < self.begin or (self.last and day > self.last) or self._periods(day) % self.interval:
            return False
        return self.fits(day) and (not self.places or day in _placed(self, *self._period(day)))

    def _periods(self, day: date) -> int:
        """Days, weeks, months or years from the period of `begin` to that of `day`."""
        begin = self.begin
        if self.frequency == "DAILY":
            return (day - begin).days
        if self.frequency == "WEEKLY":
            shift = self.week - 1
            return (day.toordinal() - 1 - shift) // 7 - (begin.toordinal() - 1 - shift) // 7
        years = day.year - begin.year
        return years if self.frequency == "YEARLY" else 12 * years + day.month - begin.month

    def fits(self, day: date) -> bool:
        """Does it name this day, in whichever period? What it leaves open it takes from its beginning."""
        if not (self.months or self.month_days or self.weekdays) and self.frequency == "YEARLY":
            return (day.month, day.day) == (self.begin.month, self.begin.day)
        if self.months and day.month not in self.months:
            return False
        if self.month_days or self.weekdays:
            return self._month_day(day) and self._weekday(day)
        if self.frequency == "WEEKLY":
            return day.isoweekday() == self.begin.isoweekday()
        return self.frequency == "DAILY" or day.day == self.begin.day

    def _month_day(self, day: date) -> bool:
        length = monthrange(day.year, day.month)[1]
        return not self.month_days or bool(self.month_days & {day.day, day.day - length - 1})

    def _weekday(self, day: date) -> bool:
        return not self.weekdays or any(self._named(one, day) for one in self.weekdays)

    def _named(self, weekday: Weekday, day: date) -> bool:
        if weekday.iso != day.isoweekday():
            return False
        if not weekday.nth:
            return True
        begin, end = self._span(day)
        return weekday.nth in ((day - begin).days // 7 + 1, -((end - day).days // 7) - 1)

    def _span(self, day: date) -> tuple[date, date]:
        """The first and the last day of the month or year within which `nth` counts."""
        return _month(day) if self.months else self._period(day)

    def _period(self, day: date) -> tuple[date, date]:
        """The first and the last day of the month or year of the rule in which `day` lies."""
        if self.frequency == "YEARLY":
            return day.replace(month=1, day=1), day.replace(month=12, day=31)
        return _month(day)


@lru_cache(maxsize=1024)
def _placed(rule: Recurrence, begin: date, end: date) -> frozenset[date]:
    """Of the days of one period those in `places`."""
    span = (begin + timedelta(days=n) for n in range((end - begin).days + 1))
    found = [one for one in span if rule.fits(one)]
    return frozenset(found[at] for at in map(_index, rule.places) if -len(found) <= at < len(found))


def _month(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def _index(place: int) -> int:
    return place - 1 if place > 0 else place


def needs_begin(rule: Recurrence) -> bool:
    """Does it depend on its beginning which days the rule names?"""
    return rule.interval > 1 or (rule.frequency != "DAILY" and not (rule.month_days or rule.weekdays))


@lru_cache(maxsize=1024)
def nth_day(rule: Recurrence, nth: int = 1) -> date | None:
    """The `nth` day that the rule names, from 1; None if that is not within `FAR_YEARS`."""
    for days in range(min(FAR_YEARS * 366, (date.max - rule.begin).days + 1)):
        day = rule.begin + timedelta(days=days)
        nth -= rule.on(day)
        if not nth:
            return day
    return None
