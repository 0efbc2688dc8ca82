"""`[light]` of the settings: when the wall is lit, and how brightly."""

from typing import Annotated

import msgspec
from msgspec import Meta

from kiosk.hours import PATTERN, Hours, daypart
from kiosk.model.light import NOWHERE, Light, Season
from kiosk.model.sun import Place

SUN = "sun"

Percent = Annotated[int, Meta(ge=1, le=100)]
MonthDay = Annotated[
    str,
    Meta(
        pattern=r"^(0?[1-9]|1[0-2])-(0?[1-9]|[12]\d|3[01])\Z",
        description='每年的一天，例如 "05-01" / a day of the year such as "05-01"',
    ),
]
Night = Annotated[
    str,
    Meta(
        pattern=rf"^{SUN}\Z|{PATTERN}",
        description='时段，例如 "19:00-07:00"，或 "sun" / a part of the day such as "19:00-07:00", or "sun"',
    ),
]


class OfSeason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of `seasons`: each year from `from` to `until`, both included. None is as in `[light]` itself."""

    first: MonthDay = msgspec.field(name="from")
    last: MonthDay = msgspec.field(name="until")
    hours: tuple[Hours, ...] | None = None
    percent: Percent | None = None
    night: Night | None = None
    night_percent: Percent | None = None


class Lighting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`[light]`: per cent of the wall's light by day and at night, and the hours at which it is lit at all.

    `max_level` is the most average picture level, in per cent.
    """

    hours: tuple[Hours, ...] = ()
    percent: Percent = 100
    night: Night = "19:00-07:00"
    night_percent: Percent = 100
    still_at_night: bool = False
    latitude: Annotated[float, Meta(ge=-90, le=90)] = 0.0
    longitude: Annotated[float, Meta(ge=-180, le=180)] = 0.0
    max_level: Annotated[int, Meta(ge=10, le=100)] = 100
    seasons: tuple[OfSeason, ...] = ()

    @property
    def sunny(self) -> bool:
        """Does any night follow the sun?"""
        return SUN in (self.night, *(one.night for one in self.seasons))

    @property
    def light(self) -> Light:
        """As the player decides by it. Days in no season go by `[light]` alone."""
        rest = Season(
            hours=tuple(map(daypart, self.hours)),
            night=None if self.night == SUN else daypart(self.night),
            day_light=self.percent / 100,
            night_light=self.night_percent / 100,
        )
        return Light(
            (*(self._season(one) for one in self.seasons), rest), Place(self.latitude, self.longitude)
        )

    @property
    def nights(self) -> Light:
        """When it is night, and nothing else: how bright the wall is makes no difference to a drawing."""
        light = self.light
        seasons = tuple(Season(one.first, one.last, night=one.night) for one in light.seasons)
        alike = len({one.night for one in seasons}) == 1
        return Light(seasons[-1:] if alike else seasons, light.place if self.sunny else NOWHERE)

    def _season(self, one: OfSeason) -> Season:
        night = one.night or self.night
        return Season(
            first=_day(one.first),
            last=_day(one.last),
            hours=tuple(map(daypart, self.hours if one.hours is None else one.hours)),
            night=None if night == SUN else daypart(night),
            day_light=(one.percent or self.percent) / 100,
            night_light=(one.night_percent or self.night_percent) / 100,
        )


def _day(text: MonthDay) -> tuple[int, int]:
    month, day = text.split("-")
    return int(month), int(day)
