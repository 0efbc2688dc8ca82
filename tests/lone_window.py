"""A window of ours alone: every pixel another colour, kept in front until the input ends.

Called with the settings of `[screen]` and the most level as JSON. Each line of input is something to do.
"""

import os
import select
import sys
import time

import msgspec
import pygame

from kiosk.player.window import Window
from kiosk.settings import Screen


def colour(x: int, y: int) -> tuple[int, int, int]:
    return x & 255, y & 255, (x >> 8) | (y >> 8) << 4


def paint(surface: pygame.Surface) -> None:
    rows = b"".join(
        bytes(
            (x >> 8) | (y >> 8) << 4 if c == 2 else (x, y)[c] & 255
            for x in range(surface.get_width())
            for c in range(3)
        )
        for y in range(surface.get_height())
    )
    surface.blit(pygame.image.frombytes(rows, surface.get_size(), "RGB"), (0, 0))


def strobe(window: Window) -> None:
    """Black and white by turns for two seconds, as fast as anybody could play them; grey in the end."""
    end = time.monotonic() + 2
    while time.monotonic() < end:
        for colour in ("white", "black"):
            window.keep(time.monotonic())
            window.surface.fill(colour)
            window.flip()
            time.sleep(0.02)
    window.surface.fill((90, 90, 90))
    window.flip()


def obey(window: Window, word: str, number: float = 0.0) -> None:
    match word:
        case "light":
            window.light(number)
        case "fill":
            window.surface.fill((int(number),) * 3)
            window.flip()
        case "paint":
            paint(window.surface)
            window.flip()
        case "part":
            part = pygame.Rect(10, 20, 30, 17)
            window.surface.fill((int(number),) * 3)
            window.flip([part])
        case "right":
            width, height = window.surface.get_size()
            half = pygame.Rect(width // 2, 0, width - width // 2, height)
            window.surface.fill((int(number),) * 3, half)
            window.flip([half])
        case "strobe":
            strobe(window)


def main() -> None:
    screen, max_level = msgspec.json.decode(sys.argv[1], type=tuple[Screen, float])
    with Window(screen, max_level) as window:
        paint(window.surface)
        window.flip()
        print("ready", flush=True)
        while True:
            if any(event.type == pygame.WINDOWEXPOSED for event in pygame.event.get()):
                window.flip()
            window.keep(time.monotonic())
            if select.select([0], [], [], 0.02)[0]:
                told = os.read(0, 100).decode()
                if not told:
                    return
                for line in told.splitlines():
                    word, *numbers = line.split()
                    obey(window, word, *map(float, numbers))


if __name__ == "__main__":
    main()
