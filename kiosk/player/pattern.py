"""A test pattern on the wall, until a key is pressed or the program is told to end."""

import signal
import time

import pygame

from kiosk.patterns import Pattern, Wall
from kiosk.player.bell import Bell
from kiosk.player.window import Window
from kiosk.settings import Screen

FRAME_SECONDS = 1 / 60
STILL_SECONDS = 0.1
ENDS = (pygame.QUIT, pygame.KEYDOWN)
UNCOVERED = (pygame.WINDOWEXPOSED, pygame.WINDOWSHOWN, pygame.WINDOWRESTORED)


def show(screen: Screen, pattern: Pattern, wall: Wall) -> None:
    """Draw it in its time. Raises `LinliError` where there is no display to open."""
    bell, told = Bell(), set[int]()

    def end(number: int, _: object) -> None:
        told.add(number)
        bell.ring()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    with Window(screen) as window:
        begun, painted = time.monotonic(), False
        while not told:
            now = time.monotonic()
            window.keep(now)
            kinds = {event.type for event in pygame.event.get()}
            if kinds.intersection(ENDS):
                return
            if pattern.moves or not painted or kinds.intersection(UNCOVERED):
                _paint(window.surface, pattern, wall, now - begun)
                window.flip()
                painted = True
            pause = FRAME_SECONDS if pattern.moves else STILL_SECONDS
            bell.wait(now + pause - time.monotonic())


def _paint(surface: pygame.Surface, pattern: Pattern, wall: Wall, seconds: float) -> None:
    image = pattern.draw(wall, seconds)
    surface.blit(pygame.image.frombuffer(image.tobytes(), image.size, "RGB"), (0, 0))
