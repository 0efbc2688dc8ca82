"""When a slide may be shown: dates, weekdays, hours. Pure; the time is passed in.

All times are wall-clock times of the home's zone. An end date without a time ends at 24:00.
Hours that pass midnight belong to the day on which they began.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from kiosk.model.recurrence import Days

EVERY_DAY = frozenset(range(1, 8))
MIDNIGHT = time(0, 0)
END_OF_TIME = datetime.max  # noqa: DTZ901 - a wall-clock time, like all times in schedules

WEEK, YEAR = 8, 400
"""Days ahead within which weekdays, and days named by other rules, are looked for."""


@dataclass(frozen=True, slots=True)
class Daypart:
    """A part of the day, from `begin` to before `end`; `end <= begin` passes midnight.

    `00:00-00:00` and `08:00-08:00` are whole days of 24 hours.
    """

    begin: time
    end: time

    @property
    def overnight(self) -> bool:
        """Does it end on the day after it began?"""
        return self.end <= self.begin


WHOLE_DAY = Daypart(MIDNIGHT, MIDNIGHT)


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a slide may be shown.

    `first` and `last` are wall-clock times without a zone: from `first` on, until before `last`.
    `days` are ISO weekdays (1 Monday … 7 Sunday), and so are those of a `kinds`, such as working days.
    Of all these days only the ones that `every` names, if there is a recurrence. `hours` empty means the
    whole day. `places` empty means every screen.
    """

    first: datetime | None = None
    last: datetime | None = None
    days: frozenset[int] = EVERY_DAY
    hours: tuple[Daypart, ...] = ()
    places: frozenset[str] = field(default=frozenset())
    every: Days | None = None
    kinds: tuple[Days, ...] = ()

    @property
    def dated(self) -> bool:
        """Does it ask the calendar at all? (If the clock is not to be trusted, only others play.)"""
        return bool(self.first or self.last or self.selective)

    @property
    def selective(self) -> bool:
        """Does it ask for certain days or hours?"""
        return bool(self.hours) or self.days != EVERY_DAY or self.irregular

    @property
    def irregular(self) -> bool:
        """Does it ask for days that do not come every week?"""
        return bool(self.kinds) or self.every is not None

    def on(self, day: date) -> bool:
        """Is it a day on which its hours may begin?"""
        meant = day.isoweekday() in self.days or any(kind.on(day) for kind in self.kinds)
        return meant and (self.every is None or self.every.on(day))


ALWAYS = Schedule()


def ending(day: date) -> datetime:
    """The wall-clock moment at which an end date without a time ends: 24:00 of that day."""
    if day == date.max:
        return END_OF_TIME
    return datetime.combine(day, MIDNIGHT) + timedelta(days=1)


def active(schedule: Schedule, at: datetime) -> bool:
    """May a slide with this schedule be shown at `at` (aware or wall-clock, zone is dropped)?"""
    wall = at.replace(tzinfo=None)
    if schedule.first and wall < schedule.first:
        return False
    if schedule.last and wall >= schedule.last:
        return False
    if not schedule.selective:
        return True
    today = wall.date()
    return any(
        begin <= wall < end
        for begun in (_later(today, -1), today)
        if begun
        for begin, end in _windows(schedule, begun)
    )


def over(schedule: Schedule, at: datetime) -> bool:
    """Has the schedule ended for good?"""
    return schedule.last is not None and at.replace(tzinfo=None) >= schedule.last


def next_change(schedule: Schedule, at: datetime) -> datetime | None:
    """The next wall-clock moment after `at` at which `active` may change; None if never.

    Looks a week ahead for weekdays and hours, since that is their period. Other days have none that is
    short: what lies more than a year ahead is answered by that time, so ask again then.
    """
    wall = at.replace(tzinfo=None)
    edges = [edge for edge in (schedule.first, schedule.last) if edge and edge > wall]
    for ahead in range(-1, YEAR if schedule.irregular else WEEK) if schedule.selective else ():
        begun = _later(wall.date(), ahead)
        if begun is None:
            continue
        if edges and min(edges) <= datetime.combine(begun, MIDNIGHT):
            break
        edges += [edge for window in _windows(schedule, begun) for edge in window if edge > wall]
    return min(edges, default=_again(wall.date()) if schedule.irregular else None)


def _again(today: date) -> datetime | None:
    day = _later(today, YEAR)
    return datetime.combine(day, MIDNIGHT) if day else None


def _windows(schedule: Schedule, begun: date) -> Iterator[tuple[datetime, datetime]]:
    """The windows that begin on the day `begun`; some of them may end on the day after."""
    if not schedule.on(begun):
        return
    for part in schedule.hours or (WHOLE_DAY,):
        finish = _later(begun, 1) if part.overnight else begun
        end = datetime.combine(finish, part.end) if finish else END_OF_TIME
        yield datetime.combine(begun, part.begin), end


def _later(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None
