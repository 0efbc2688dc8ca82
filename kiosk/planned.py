"""The plan of one screen: what plays when, in the light of each hour."""

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo
from functools import lru_cache

from kiosk.model.airing import aired
from kiosk.model.course import Course
from kiosk.model.light import Light, Lit, changes
from kiosk.model.plan import BEGINNING, Loop, Spell, Turn, turns
from kiosk.model.slides import Playlist, in_light
from kiosk.model.spans import Spans
from kiosk.model.step import InStep
from kiosk.settings import Config


def planned(
    config: Config, playlist: Playlist, begin: datetime, end: datetime, course: Course = BEGINNING
) -> Iterator[Turn]:
    """The turns of this screen in the light of the hour: its own, or those of all that keep step.

    `course` is how far its own have come before.
    """
    rule = InStep if config.settings.screen.in_step else Loop
    lit = changes(config.settings.light.light, begin, end)
    return turns(_spells(config, playlist, lit), end, rule, course)


def in_the_loop(config: Config, playlist: Playlist, begin: datetime, end: datetime) -> dict[str, Spans]:
    """By its name, when each slide of this screen is in the loop, in the light of the hour."""
    spells = _spells(config, playlist, lights(config, begin, end))
    return {slide.name: () for slide in playlist.slides} | aired(spells, end)


def lights(config: Config, begin: datetime, end: datetime) -> tuple[tuple[datetime, Lit], ...]:
    """From when on (aware) the wall is how bright, between the two."""
    return _lights(config.settings.light.light, begin, end, begin.tzinfo)


@lru_cache(maxsize=64)
def _lights(
    light: Light, begin: datetime, end: datetime, zone: tzinfo | None
) -> tuple[tuple[datetime, Lit], ...]:
    """The sun is asked for every quarter of an hour. Equal moments of two zones are equal: hence `zone`."""
    return tuple(changes(light, begin.astimezone(zone), end))


def _spells(config: Config, playlist: Playlist, lit: Iterable[tuple[datetime, Lit]]) -> Iterator[Spell]:
    """What may play from when on, as the light changes."""
    still_at_night, before = config.settings.light.still_at_night, None
    for at, now in lit:
        dark, still = not now.light, now.night and still_at_night
        if (dark, still) != before:
            before = dark, still
            yield at, in_light(playlist, dark=dark, still=still)
