"""The plan of one screen: what plays when, in the light of each hour."""

from collections.abc import Iterator
from datetime import datetime

from kiosk.model.course import Course
from kiosk.model.light import changes
from kiosk.model.plan import BEGINNING, Loop, Spell, Turn, turns
from kiosk.model.slides import Playlist, in_light
from kiosk.model.step import InStep
from kiosk.settings import Config


def planned(
    config: Config, playlist: Playlist, begin: datetime, end: datetime, course: Course = BEGINNING
) -> Iterator[Turn]:
    """The turns of this screen in the light of the hour: its own, or those of all that keep step.

    `course` is how far its own have come before.
    """
    rule = InStep if config.settings.screen.in_step else Loop
    return turns(_spells(config, playlist, begin, end), end, rule, course)


def _spells(config: Config, playlist: Playlist, begin: datetime, end: datetime) -> Iterator[Spell]:
    """What may play from when on, as the light changes."""
    light, before = config.settings.light, None
    for at, now in changes(light.light, begin, end):
        dark, still = not now.light, now.night and light.still_at_night
        if (dark, still) != before:
            before = dark, still
            yield at, in_light(playlist, dark=dark, still=still)
