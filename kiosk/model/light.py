"""How bright the wall is at a time: by season, hours and the sun. Pure; the time is passed in.

Hours that pass midnight belong to the day on which they began, and to its season.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from kiosk.model import sun
from kiosk.model.schedule import Daypart

GAMMA = 2.2
"""What a wall's controller expects: light = code value ^ γ (IEC 61966-2-1 is close to it)."""

LUMA = (0.2126, 0.7152, 0.0722)
"""The parts of red, green and blue in luminance and luma (ITU-R BT.709-6, 3.2)."""

NIGHT = Daypart(time(19), time(7))
NOWHERE = sun.Place(0.0, 0.0)

QUARTERS = (0, 15, 30, 45)
"""Minutes: the clocks of all zones are a multiple of a quarter of an hour apart."""

Day = tuple[int, int]
"""Month and day of the month."""


@dataclass(frozen=True, slots=True)
class Season:
    """What holds each year from `first` to `last`, both included.

    `hours` are those at which the wall is lit; empty is always. `night` are those of the night; None is
    from dusk to dawn. `day_light` and `night_light` are fractions of the wall's light.
    """

    first: Day = (1, 1)
    last: Day = (12, 31)
    hours: tuple[Daypart, ...] = ()
    night: Daypart | None = NIGHT
    day_light: float = 1.0
    night_light: float = 1.0

    def holds(self, day: date) -> bool:
        """Does `day` belong to it?"""
        today = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= today <= self.last
        return today >= self.first or today <= self.last


@dataclass(frozen=True, slots=True)
class Light:
    """The seasons, the first that holds counts; and where the wall stands."""

    seasons: tuple[Season, ...] = (Season(),)
    place: sun.Place = NOWHERE

    def season(self, day: date) -> Season:
        """The one that `day` belongs to."""
        return next((season for season in self.seasons if season.holds(day)), self.seasons[-1])


@dataclass(frozen=True, slots=True)
class Lit:
    """`light` is the fraction of the wall's light, 0 is dark; `night`: is it night?"""

    light: float = 1.0
    night: bool = False


def lit(light: Light, at: datetime) -> Lit:
    """How bright the wall is at `at` (aware)."""
    wall = at.replace(tzinfo=None)
    season = light.season(wall.date())
    night = _night(light, at)
    on = any(_within(one.hours, begun, wall) or not one.hours for begun, one in _begun(light, wall))
    return Lit((season.night_light if night else season.day_light) if on else 0.0, night)


def changes(light: Light, at: datetime, until: datetime) -> Iterator[tuple[datetime, Lit]]:
    """`at`, and each whole second before `until` at which the light becomes another; with what it is then."""
    moment, found = at.astimezone(UTC), lit(light, at)
    yield at, found
    for mark in _marks(light, moment, until.astimezone(UTC)):
        while (there := _changed(light, moment, mark, at, found)) is not None:
            moment, found = there, lit(light, there.astimezone(at.tzinfo))
            yield there.astimezone(at.tzinfo), found
        moment = mark


def turn(light: Light, at: datetime) -> datetime:
    """When it next becomes night, or day, after `at` (aware); a day later if it does neither."""
    until = at + timedelta(days=1)
    now = lit(light, at).night
    return next((moment for moment, found in changes(light, at, until) if found.night != now), until)


def audible(hours: Iterable[Daypart], at: datetime) -> bool:
    """May the wall be heard at `at`? No hours are all hours."""
    hours, wall = tuple(hours), at.replace(tzinfo=None)
    return not hours or any(_within(hours, wall.date() - timedelta(days=ago), wall) for ago in (0, 1))


def code_factor(fraction: float) -> float:
    """What code values are multiplied by, so that the wall gives that fraction of its light."""
    return float(fraction ** (1 / GAMMA))


def limit(level: float, most: float) -> float:
    """What code values are multiplied by, so that an average picture level becomes no more than `most`."""
    return min(1.0, most / max(level, 0.01))


def _night(light: Light, at: datetime) -> bool:
    wall = at.replace(tzinfo=None)
    if light.season(wall.date()).night is None:
        return sun.height(at, light.place) < 90 - sun.TWILIGHT
    return any(one.night and _within((one.night,), begun, wall) for begun, one in _begun(light, wall))


def _begun(light: Light, wall: datetime) -> list[tuple[date, Season]]:
    """Today and yesterday, each with its season: hours of both may hold."""
    days = (wall.date(), wall.date() - timedelta(days=1))
    return [(day, light.season(day)) for day in days]


def _within(hours: Iterable[Daypart], begun: date, wall: datetime) -> bool:
    """Does one of the hours that began on that day hold at `wall`?"""
    for part in hours:
        begin = datetime.combine(begun, part.begin)
        end = datetime.combine(begun, part.end) + timedelta(days=part.overnight)
        if begin <= wall < end:
            return True
    return False


def _marks(light: Light, begin: datetime, end: datetime) -> Iterator[datetime]:
    """Moments between which no hours begin or end, so that the sun alone can change the light; all UTC."""
    parts = [part for one in light.seasons for part in (*one.hours, *((one.night,) if one.night else ()))]
    written = {0, *(edge.minute for part in parts for edge in (part.begin, part.end))}
    minutes = sorted({(minute + quarter) % 60 for minute in written for quarter in QUARTERS})
    hour = begin.replace(minute=0, second=0, microsecond=0)
    while hour < end:
        marks = (hour + timedelta(minutes=minute) for minute in minutes)
        yield from (mark for mark in marks if begin < mark < end)
        hour += timedelta(hours=1)
    last = (end - timedelta(microseconds=1)).replace(microsecond=0)
    if begin < last:
        yield last


def _changed(light: Light, low: datetime, high: datetime, at: datetime, before: Lit) -> datetime | None:
    """The first whole second up to `high` at which it is not as `before`, as it is at `low`; None if none."""

    def same(moment: datetime) -> bool:
        return lit(light, moment.astimezone(at.tzinfo)) == before

    if same(high):
        return None
    while (middle := (low + (high - low) / 2).replace(microsecond=0)) > low:
        low, high = (middle, high) if same(middle) else (low, middle)
    return high
