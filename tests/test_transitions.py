from typing import get_args

import pygame
import pytest

from kiosk.model.style import LIVELY, RANDOM
from kiosk.player.loader import MASKS
from kiosk.player.transitions import OPAQUE, TRANSITIONS
from kiosk.spelling import Transition

FRONT, INCOMING = (200, 40, 10), (20, 180, 250)


def surface(colour: tuple[int, int, int] = (0, 0, 0)) -> pygame.Surface:
    made = pygame.Surface((8, 4), 0, 32, MASKS)
    made.fill(colour)
    return made


def painted(name: str, progress: float) -> tuple[int, int, int]:
    window = surface()
    TRANSITIONS[name](window, surface(FRONT), surface(INCOMING), progress)
    return tuple(window.get_at((3, 2))[:3])


@pytest.mark.parametrize("name", sorted(TRANSITIONS))
def test_a_transition_begins_with_the_front_and_ends_with_the_incoming(name: str):
    begin, end = painted(name, 0.0), painted(name, 1.0)

    assert all(abs(one - other) <= 2 for one, other in zip(begin, FRONT, strict=True))
    assert all(abs(one - other) <= 2 for one, other in zip(end, INCOMING, strict=True))


def pattern(first: int) -> pygame.Surface:
    """A picture of which no two pixels of a row are the same."""
    made = pygame.Surface((37, 23), 0, 32, MASKS)
    for x in range(37):
        for y in range(23):
            made.set_at((x, y), (first + x, 6 * x, 255 - y))
    return made


def after(name: str, progress: float) -> bytes:
    window = pattern(0)
    window.fill((1, 2, 3))
    TRANSITIONS[name](window, pattern(0), pattern(100), progress)
    return pygame.image.tobytes(window, "RGB")


@pytest.mark.parametrize("name", sorted(set(TRANSITIONS) - {"fade"}))
def test_at_its_ends_a_transition_shows_exactly_one_picture(name: str):
    assert after(name, 0.0) == pygame.image.tobytes(pattern(0), "RGB")
    assert after(name, 1.0) == pygame.image.tobytes(pattern(100), "RGB")


@pytest.mark.parametrize("name", sorted(set(TRANSITIONS) - {"cut"}))
def test_on_its_way_it_shows_something_between(name: str):
    assert after(name, 0.4) not in (after(name, 0.0), after(name, 1.0))


@pytest.mark.parametrize("name", sorted(TRANSITIONS))
def test_a_transition_touches_nothing_outside_its_zone(name: str):
    window = pygame.Surface((64, 64), 0, 32, MASKS)
    window.fill((9, 9, 9))
    zone = pygame.Rect(11, 17, 37, 23)
    for step in range(11):
        TRANSITIONS[name](window.subsurface(zone), pattern(0), pattern(100), step / 10)
    window.fill((9, 9, 9), zone)

    assert set(pygame.image.tobytes(window, "RGB")) == {9}


def test_a_push_to_the_left_brings_the_next_from_the_right():
    window = surface()

    TRANSITIONS["push-left"](window, surface(FRONT), surface(INCOMING), 0.5)

    assert [tuple(window.get_at((x, 1))[:3]) for x in (3, 4)] == [FRONT, INCOMING]


def test_halfway_through_black_nothing_is_seen():
    assert painted("black", 0.5) == (0, 0, 0)


def test_a_dissolve_is_the_same_each_time():
    assert after("dissolve", 0.4) == after("dissolve", 0.4)


def test_every_name_that_people_may_write_has_a_function():
    assert set(get_args(Transition)) == {*TRANSITIONS, RANDOM}
    assert set(LIVELY) == set(TRANSITIONS) - {"cut"}


def test_halfway_a_fade_is_in_the_middle():
    middle = painted("fade", 0.5)

    assert all(abs(2 * one - a - b) <= 4 for one, a, b in zip(middle, FRONT, INCOMING, strict=True))


def test_a_fade_never_asks_for_the_alpha_that_takes_the_slow_path():
    asked: list[int | None] = []

    class Watched(pygame.Surface):
        def set_alpha(self, value: int | None = None, flags: int = 0) -> None:
            asked.append(value)
            super().set_alpha(value, flags)

    for step in range(101):
        TRANSITIONS["fade"](surface(), surface(FRONT), Watched((8, 4), 0, 32, MASKS), step / 100)

    assert max(value for value in asked if value is not None) < OPAQUE


def test_the_pictures_are_as_they_were_afterwards():
    incoming = surface(INCOMING)

    TRANSITIONS["fade"](surface(), surface(FRONT), incoming, 0.3)

    assert incoming.get_alpha() is None
