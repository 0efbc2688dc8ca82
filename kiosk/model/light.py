"""How bright the wall is at a time: by season, hours and the sun. Pure; the time is passed in.

Hours that pass midnight belong to the day on which they began, and to its season.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kiosk.model import sun
from kiosk.model.schedule import Daypart

GAMMA = 2.2
"""What a wall's controller expects: light = code value ^ γ (IEC 61966-2-1 is close to it)."""

LUMA = (0.2126, 0.7152, 0.0722)
"""The parts of red, green and blue in luminance and luma (ITU-R BT.709-6, 3.2)."""

NIGHT = Daypart(time(19), time(7))
NOWHERE = sun.Place(0.0, 0.0)

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


def audible(hours: Iterable[Daypart], at: datetime) -> bool:
    """May the wall be heard at `at`? No hours are all hours."""
    hours, wall = tuple(hours), at.replace(tzinfo=None)
    return not hours or any(_within(hours, wall.date() - timedelta(days=ago), wall) for ago in (0, 1))


def code_factor(fraction: float) -> float:
    """What code values are multiplied by, so that the wall gives that fraction of its light."""
    return float(fraction ** (1 / GAMMA))


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
