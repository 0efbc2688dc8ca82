"""Whom a changed setting concerns: a table, and what follows from it.

Supervisor and player go by the same rows: for what the player takes over as it plays nobody starts again.
"""

from collections.abc import Mapping
from enum import Flag, auto
from functools import reduce
from operator import or_

import msgspec

from kiosk.settings import Config, Settings


class Half(Flag):
    """Whom a change concerns: who has to start again. `LIVE`: the player takes it over as it plays."""

    NONE = 0
    PLAYER = auto()
    WEB = auto()
    LIVE = auto()
    BOTH = PLAYER | WEB


CONCERNS: Mapping[str, Half] = {
    "community": Half.PLAYER,
    "screen": Half.PLAYER,
    "slides.seconds": Half.LIVE,
    "slides.transition": Half.LIVE,
    "slides.transition_seconds": Half.LIVE,
    "slides.letterbox": Half.PLAYER,
    "slides.look": Half.PLAYER,
    "slides.answer_days": Half.NONE,
    "slides.tally": Half.NONE,
    "slides.keep_days": Half.NONE,
    "slides.keep": Half.NONE,
    "light": Half.LIVE,
    "safe": Half.LIVE,
    "layout": Half.PLAYER,
    "ticker.speed": Half.LIVE,
    "ticker.motion": Half.PLAYER,
    "sound": Half.LIVE,
    "qr": Half.PLAYER,
    "buttons": Half.PLAYER,
    "web.public_url": Half.BOTH,
    "web.public_host": Half.BOTH,
    "web.public_port": Half.BOTH,
    "web.staff_host": Half.WEB,
    "web.staff_port": Half.WEB,
    "web.idle_minutes": Half.NONE,
    "intake": Half.BOTH,
    "watch": Half.PLAYER,
    "storage": Half.BOTH,
    "places": Half.NONE,
    "topics": Half.NONE,
    "holidays": Half.LIVE,
}
"""A section of `kiosk.toml`, one setting of it, or a file of its own. The web goes by the files as they are
at each request: it has to start again only for what is bound when it starts."""


def concerned(key: str) -> Half:
    """Whom a change of this setting concerns, such as `light.percent`."""
    return CONCERNS[key if key in CONCERNS else key.partition(".")[0]]


def touched(before: Config, now: Config) -> Half:
    """Whom these settings concern, where those were in force before."""
    changed = (half for key, half in CONCERNS.items() if _value(before, key) != _value(now, key))
    return reduce(or_, changed, Half.NONE)


def overtaken(running: Config, found: Config) -> Config:
    """What a player goes by that has started with `running`, now that the files come to `found`."""
    for key, half in CONCERNS.items():
        if half is Half.LIVE:
            running = _with(running, key, _value(found, key))
    return running


def _value(config: Config, key: str) -> object:
    section, _, name = key.partition(".")
    table = getattr(config.settings if _in_kiosk_toml(section) else config, section)
    return getattr(table, name) if name else table


def _with(config: Config, key: str, value: object) -> Config:
    replace = msgspec.structs.replace
    section, _, name = key.partition(".")
    if not _in_kiosk_toml(section):
        return replace(config, **{section: value})
    if name:
        value = replace(getattr(config.settings, section), **{name: value})
    return replace(config, settings=replace(config.settings, **{section: value}))


def _in_kiosk_toml(section: str) -> bool:
    return section in Settings.__struct_fields__
