"""Real time and the clock on the wall, which clock changes pull apart. Pure."""

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache

from kiosk.model.schedule import Schedule, next_change


def after(at: datetime, seconds: float) -> datetime:
    """`at` and `seconds` of real time, whatever the clocks do in between."""
    return (at.astimezone(UTC) + timedelta(seconds=seconds)).astimezone(at.tzinfo)


def change(schedule: Schedule, at: datetime) -> datetime | None:
    """The next aware moment after `at` at which the schedule may open or close; None if never.

    A clock change comes first if it lies before. Nobody knows clock changes for long, so what
    lies behind the end of next year is answered by that end: ask again then.
    """
    wall = next_change(schedule, at)
    if wall is None:
        return None
    now = at.astimezone(UTC)
    horizon = datetime(at.year + 2, 1, 1, tzinfo=UTC)
    reached = wall < datetime(at.year + 2, 1, 1)  # noqa: DTZ001 - wall-clock, like `wall`
    shifts = (*_shifts(at.tzinfo, at.year), *_shifts(at.tzinfo, at.year + 1))
    found = [_moment(wall, at) if reached else horizon, *(shift for shift in shifts if shift > now)]
    return min(found).astimezone(at.tzinfo)


def _moment(wall: datetime, at: datetime) -> datetime:
    """When clocks show `wall` after `at`: of the two times that a clock set back shows it, the next."""
    both = [wall.replace(tzinfo=at.tzinfo, fold=fold).astimezone(UTC) for fold in (0, 1)]
    return min((moment for moment in both if moment > at.astimezone(UTC)), default=max(both))


@lru_cache(maxsize=64)
def _shifts(zone: tzinfo | None, year: int) -> tuple[datetime, ...]:
    """The moments of that year (UTC) at which the clocks of the zone are changed.

    Looked for day by day: two changes within one day are not known of any zone.
    """
    day, found = datetime(year, 1, 1, tzinfo=UTC), []
    while day.year == year:
        following = day + timedelta(days=1)
        if _offset(day, zone) != _offset(following, zone):
            found.append(_shift(day, following, zone))
        day = following
    return tuple(found)


def _shift(low: datetime, high: datetime, zone: tzinfo | None) -> datetime:
    """The whole second at which the offset becomes another, between two moments."""
    before = _offset(low, zone)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        low, high = (middle, high) if _offset(middle, zone) == before else (low, middle)
    return high.replace(microsecond=0)


def _offset(moment: datetime, zone: tzinfo | None) -> timedelta | None:
    return moment.astimezone(zone).utcoffset()
