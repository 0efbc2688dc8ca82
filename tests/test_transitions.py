import pygame
import pytest

from kiosk.player.loader import MASKS
from kiosk.player.transitions import OPAQUE, TRANSITIONS

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
