"""The two looks of a card: legible, no brighter than a wall should be, and each in its hours."""

import re
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from samples import SAMPLES, TEN, wall

from kiosk import settings, template
from kiosk.formats import card, filling
from kiosk.formats.level import level
from kiosk.look import Look
from kiosk.model import sun
from kiosk.model.light import Light, Season, turn
from kiosk.sight import BRIGHT
from kiosk.typeset import Card, Typesetter

SHANGHAI = ZoneInfo("Asia/Shanghai")
PALETTE = (template.BUILT_IN / "linli/wall/1.0.0/palette.typ").read_text()
GIVEN = SAMPLES | TEN
TONES = ["pine", "ocean", "plum", "clay", "moss", "slate"]
LEGIBLE = 4.5
"""Least contrast of text to its ground (WCAG 2.2, 1.4.3)."""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@cache
def typesetter() -> Typesetter:
    """One for all tests; they are dear to make."""
    return Typesetter()


def tones(look: str) -> dict[str, dict[str, str]]:
    table = PALETTE.partition(f"#let {look}-tones = (")[2].partition("\n)")[0]
    found = re.findall(r"^  (\w+): \((.*?)^  \)", table, re.MULTILINE | re.DOTALL)
    return {name: dict(re.findall(r'(\w+): rgb\("(#\w+)"\)', colours)) for name, colours in found}


def channels(colour: str) -> list[int]:
    return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [one / 255 for one in channels(colour)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_both_looks_have_every_tone() -> None:
    assert tones("day").keys() == tones("night").keys() == set(TONES)


@pytest.mark.parametrize("look", ["day", "night"])
@pytest.mark.parametrize("name", TONES)
def test_words_are_legible_on_every_ground_and_panel(look: str, name: str) -> None:
    tone = tones(look)[name]

    for words in ("#fbfdf8", tone["soft"], tone["accent"]):
        assert contrast(words, tone["ground"]) >= LEGIBLE
        assert contrast(words, tone["panel"]) >= LEGIBLE


@pytest.mark.parametrize("look", ["day", "night"])
@pytest.mark.parametrize("name", TONES)
def test_no_ground_flickers_in_low_greys(look: str, name: str) -> None:
    grounds = (tones(look)[name][part] for part in ("ground", "panel", "raised"))

    assert all(one == 0 or one > 20 for ground in grounds for one in channels(ground))


@pytest.mark.parametrize("name", GIVEN)
def test_no_card_is_brighter_by_day_than_staff_are_warned_of(name: str) -> None:
    for size in ((960, 540), (384, 192)):
        for page in typesetter().pages(replace(GIVEN[name], look="day"), wall(size))[:3]:
            assert level(page) <= BRIGHT


@pytest.mark.parametrize("name", TEN)
def test_a_card_is_brighter_by_day_than_by_night(name: str) -> None:
    day, night = (
        typesetter().pages(replace(TEN[name], look=look), wall((384, 192)))[0] for look in ("day", "night")
    )

    assert level(day) > level(night) or TEN[name].picture


def test_a_card_that_says_nothing_is_dark_wherever_it_is_set() -> None:
    plain = Card("fallback", "x")

    pages = typesetter().pages(plain, replace(wall((192, 96)), cards="day"))

    assert (
        pages[0].tobytes() == typesetter().pages(replace(plain, look="night"), wall((192, 96)))[0].tobytes()
    )


def dressed(said: str, cards: str, moment: str | None = "2026-11-26T12:00") -> tuple[str, float]:
    card, until = filling.dressed(
        Card("slogan", look=said), Look(192, 96, cards=cards), at(moment) if moment else None
    )
    return card.look, until


def test_what_a_card_says_of_its_look_goes_before_the_settings() -> None:
    assert dressed("", "day") == ("day", 0.0)
    assert dressed("", "night") == ("night", 0.0)
    assert dressed("night", "day") == ("night", 0.0)
    assert dressed("day", "auto") == ("day", 0.0)


def test_on_its_own_a_card_is_bright_until_dusk_and_dark_until_dawn() -> None:
    assert dressed("auto", "night") == ("day", at("2026-11-26T19:00").timestamp())
    assert dressed("", "auto", "2026-11-26T19:00") == ("night", at("2026-11-27T07:00").timestamp())


def test_without_a_time_it_is_night() -> None:
    assert dressed("auto", "day", None) == ("night", 0.0)


def test_the_look_is_read_from_the_card_and_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text('template = "slogan"\nlook = "auto"\n')

    assert card.parse(path).look == "auto"
    assert settings.Settings().slides.look == "night"


def test_a_text_has_the_look_of_the_settings(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("停水通知\n周六上午停水。")
    levels = [
        level(next(iter(card.draw(path, Look(192, 96, cards=cards), None, at("2026-11-26T12:00")).images)))
        for cards in ("night", "day", "auto")
    ]

    assert levels[0] < levels[1] == levels[2]


def test_the_next_turn_of_a_night_by_the_clock_is_exact() -> None:
    assert turn(Light(), at("2026-11-26T07:00")) == at("2026-11-26T19:00")
    assert turn(Light(), at("2026-11-26T18:59:59")) == at("2026-11-26T19:00")
    assert turn(Light(), at("2026-11-26T19:00")) == at("2026-11-27T07:00")


def test_the_next_turn_of_a_night_by_the_sun_is_exact_to_a_second() -> None:
    light = Light((Season(night=None),), sun.Place(29.56, 106.55))
    dusk = turn(light, at("2026-06-21T12:00"))

    second = timedelta(seconds=1)
    assert sun.height(dusk, light.place) < 90 - sun.TWILIGHT <= sun.height(dusk - 2 * second, light.place)


def test_where_it_is_never_night_one_looks_again_a_day_later() -> None:
    white_night = Light((Season(night=None),), sun.Place(68.0, 20.0))

    assert turn(white_night, at("2026-06-21T12:00")) == at("2026-06-22T12:00")
