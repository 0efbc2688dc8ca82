"""Working days and holidays, with the weekends that are worked instead (调休). Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Holidays:
    """The days that a notice names: `off` are holidays, `work` are worked though they are on a weekend.

    `years` are those of which everything is known; in others Monday to Friday counts.
    """

    off: frozenset[date] = frozenset()
    work: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def works(self, day: date) -> bool:
        """Is it a working day?"""
        return day in self.work or (day.weekday() < _SATURDAY and day not in self.off)


UNKNOWN = Holidays()
"""Monday to Friday."""

Kind = Literal["workday", "dayoff", "holiday"]


@dataclass(frozen=True, slots=True)
class Kindred:
    """All days of one kind: working days, the others, or of the others only those that are holidays."""

    kind: Kind
    holidays: Holidays = UNKNOWN

    def on(self, day: date) -> bool:
        """Is it one of them?"""
        if self.kind == "holiday":
            return day in self.holidays.off
        return self.holidays.works(day) == (self.kind == "workday")


def after(day: date, days: int, holidays: Holidays = UNKNOWN) -> date:
    """The working day that comes `days` working days after `day`; `day` itself does not count."""
    while days > 0:
        day += timedelta(days=1)
        days -= holidays.works(day)
    return day


def over(first: Holidays, second: Holidays) -> Holidays:
    """The holidays of `first` where `second` says nothing: neither of a day nor of the whole year."""
    off = frozenset(day for day in first.off if day.year not in second.years) - second.work
    work = frozenset(day for day in first.work if day.year not in second.years) - second.off
    return Holidays(off | second.off, work | second.work, first.years | second.years)


def unknown_years(holidays: Holidays, today: date, days: int = 60) -> tuple[int, ...]:
    """The years of which nothing is known yet, of today and of the next `days` days."""
    years = dict.fromkeys((today.year, (today + timedelta(days=days)).year))
    return tuple(year for year in years if year not in holidays.years)
