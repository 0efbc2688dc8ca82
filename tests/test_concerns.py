"""The table of whom a setting concerns: it is whole, and both the supervisor and the player go by it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.concerns import CONCERNS, Half, overtaken, touched
from kiosk.files import Home
from kiosk.settings import Config, Settings, judged

OTHERWISE = {
    "community": 'community.name = "梧桐里"',
    "screen": "screen.width = 640",
    "slides.seconds": "slides.seconds = 7",
    "slides.transition": 'slides.transition = "wipe"',
    "slides.transition_seconds": "slides.transition_seconds = 2",
    "slides.letterbox": 'slides.letterbox = "black"',
    "slides.look": 'slides.look = "auto"',
    "slides.answer_days": "slides.answer_days = 3",
    "slides.tally": "slides.tally = false",
    "slides.keep_days": "slides.keep_days = 14",
    "slides.keep": "slides.keep = {notice = 3}",
    "light": "light.percent = 50",
    "safe": 'safe.slide = "a.png"',
    "layout": 'layout.use = "whole"',
    "ticker.speed": "ticker.speed = 8",
    "ticker.motion": "ticker.motion = false",
    "sound": 'sound.hours = ["08:00-12:00"]',
    "qr": "qr.corner = true",
    "buttons": "buttons.enabled = true",
    "web.public_url": 'web.public_url = "https://linli.example"',
    "web.public_host": 'web.public_host = "127.0.0.1"',
    "web.public_port": "web.public_port = 9080",
    "web.staff_host": 'web.staff_host = "0.0.0.0"',
    "web.staff_port": "web.staff_port = 9081",
    "web.idle_minutes": "web.idle_minutes = 30",
    "intake": "intake.max_megabytes = 3",
    "watch": 'watch.poll = "always"',
    "storage": "storage.cache_megabytes = 99",
}
"""In `kiosk.toml`, for each row that is about it, what is not the default."""

FILES = {
    "places": ("places.toml", '[[place]]\nslug = "A01"\nname = "一号楼"'),
    "topics": ("topics.toml", '[[theme]]\nslug = "a"\nzh = "甲"\nen = "A"'),
    "holidays": ("holidays.toml", '[[holiday]]\nname = "社区日"\nfrom = 2026-11-25'),
}


def config(*keys: str) -> Config:
    """The settings with something else than the default for these rows."""
    texts = {"kiosk.toml": "\n".join(OTHERWISE[key] for key in keys if key in OTHERWISE)}
    return judged(Home(Path("/nowhere")), texts | dict(FILES[key] for key in keys if key in FILES))


def test_every_setting_has_exactly_one_row_its_own_or_that_of_its_section() -> None:
    for section in Settings.__struct_fields__:
        names = {f"{section}.{name}" for name in getattr(Settings(), section).__struct_fields__}
        own = names & CONCERNS.keys()

        assert own == (set() if section in CONCERNS else names), section

    sections = {key.partition(".")[0] for key in CONCERNS}
    assert sections == {*Settings.__struct_fields__, *Config.__struct_fields__} - {"settings"}


def test_this_test_knows_of_every_row() -> None:
    assert OTHERWISE.keys() | FILES.keys() == CONCERNS.keys()


@pytest.mark.parametrize("key", CONCERNS)
def test_a_change_concerns_whom_its_row_says(key: str) -> None:
    assert touched(config(), config(key)) is CONCERNS[key]


@pytest.mark.parametrize("key", CONCERNS)
def test_a_player_takes_over_what_is_live_and_nothing_else(key: str) -> None:
    taken = overtaken(config(), config(key))

    assert taken == (config(key) if CONCERNS[key] is Half.LIVE else config())


SOME = st.sets(st.sampled_from(sorted(CONCERNS)))


@given(SOME, SOME)
def test_whatever_changes_together_nothing_live_is_left_over_and_nothing_else_is_taken(
    before: set[str], after: set[str]
) -> None:
    running, found = config(*sorted(before)), config(*sorted(after))
    taken = overtaken(running, found)

    assert Half.LIVE not in touched(taken, found)
    assert touched(running, taken) in (Half.NONE, Half.LIVE)
    assert touched(running, found) & ~Half.LIVE == touched(taken, found) & ~Half.LIVE
